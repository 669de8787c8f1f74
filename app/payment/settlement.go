package payment

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Purpose is what a payment is for.
type Purpose string

// The purposes.
const (
	ForWork      Purpose = ""          // invoices over accepted placements
	ForAdvance   Purpose = "advance"   // uang muka: before anything appears
	ForRetention Purpose = "retention" // what was kept back of earlier payments
)

// Standing is how an agreement's money stands on one budget line: what was ordered, paid in advance (Advanced, of settled
// payments), and of payments that stand: accepted work, how much of the advance it settled, what was kept back, and what of
// that was paid later. All with VAT, in the smallest unit.
type Standing struct {
	Line      uuid.UUID    `json:"budget_line_id" db:"budget_line_id"`
	Year      int          `json:"-" db:"fiscal_year"`
	Ordered   money.Amount `json:"ordered" db:"ordered"`
	Advancing money.Amount `json:"advancing" db:"advancing" doc:"of advance payments that stand, disbursed or not"`
	Advanced  money.Amount `json:"advanced" db:"advanced" doc:"of advance payments that were disbursed"`
	Work      money.Amount `json:"work" db:"work" doc:"accepted work for which payment was asked"`
	Recouped  money.Amount `json:"recouped" db:"recouped" doc:"of the advance, settled by that work"`
	Retained  money.Amount `json:"retained" db:"retained" doc:"kept back of it"`
	Kept      money.Amount `json:"kept" db:"kept" doc:"kept back by payments that were disbursed"`
	Released  money.Amount `json:"released" db:"released" doc:"of what was kept back, paid later"`
}

// Settlement is how an agreement's money stands: line by line, and the VAT of each kind of payment so far.
type Settlement struct {
	Lines       []Standing   `json:"lines" db:"-"`
	AdvancedVAT money.Amount `json:"-" db:"advanced_vat"` // of advance payments that were disbursed
	RecoupedVAT money.Amount `json:"-" db:"recouped_vat"`
	RetainedVAT money.Amount `json:"-" db:"retained_vat"` // of what disbursed payments kept back
	ReleasedVAT money.Amount `json:"-" db:"released_vat"`
}

// Outstanding is what of the advance no work has settled yet.
func (s Settlement) Outstanding() (sum money.Amount) {
	for _, l := range s.Lines {
		sum += l.Advanced - l.Recouped
	}
	return sum
}

// Withheld is what was kept back of disbursed payments and not paid yet.
func (s Settlement) Withheld() (sum money.Amount) {
	for _, l := range s.Lines {
		sum += l.Kept - l.Released
	}
	return sum
}

// Part is what one budget line bears of a payment: accepted work less what it settles of the advance and what is kept back.
type Part struct {
	Line     uuid.UUID    `json:"budget_line_id" db:"budget_line_id"`
	Year     int          `json:"fiscal_year" db:"fiscal_year"`
	Work     money.Amount `json:"work" db:"work"`
	Recouped money.Amount `json:"recouped" db:"recouped"`
	Retained money.Amount `json:"retained" db:"retained"`
	Gross    money.Amount `json:"gross" db:"gross" doc:"work - recouped - retained"`
}

// Sum is an amount with what of it is VAT.
type Sum struct{ Gross, VAT money.Amount }

// line finds how a budget line stands; a line of which nothing was ordered stands empty.
func (s Settlement) line(id uuid.UUID) Standing {
	if i := slices.IndexFunc(s.Lines, func(l Standing) bool { return l.Line == id }); i >= 0 {
		return s.Lines[i]
	}
	return Standing{Line: id}
}

// ForWork parts accepted work, given by line, into what is paid, what settles the advance and what is kept back. On each line
// the work up to now has settled the advance in proportion to what was ordered there, so that the last work settles the
// last of it; of the work the retention is kept back, rounded down.
func (s Settlement) ForWork(terms agreement.PaymentTerms, work []Share) (parts []Part, recouped, retained Sum, err error) {
	for _, w := range work {
		l, p := s.line(w.Line), Part{Line: w.Line, Year: w.Year, Work: w.Gross}
		if l.Ordered > 0 {
			target, err := money.MulDiv(l.Advanced, int64(min(l.Work+w.Gross, l.Ordered)), int64(l.Ordered), money.HalfUp)
			if err != nil {
				return nil, recouped, retained, err
			}
			p.Recouped = min(max(target-l.Recouped, 0), l.Advanced-l.Recouped, w.Gross)
		}
		if p.Retained, err = money.MulDiv(w.Gross, terms.RetentionPercent, 100, money.Down); err != nil {
			return nil, recouped, retained, err
		}
		p.Retained = min(p.Retained, w.Gross-p.Recouped)
		p.Gross = p.Work - p.Recouped - p.Retained
		recouped.Gross, retained.Gross = recouped.Gross+p.Recouped, retained.Gross+p.Retained
		parts = append(parts, p)
	}
	var advanced, sofar money.Amount
	for _, l := range s.Lines {
		advanced, sofar = advanced+l.Advanced, sofar+l.Recouped
	}
	recouped.VAT, err = inProportion(s.AdvancedVAT, sofar+recouped.Gross, advanced, s.RecoupedVAT)
	return parts, recouped, retained, err
}

// inProportion is what of a whole falls on a part of its base, less what fell on the parts before.
func inProportion(whole, part, base, before money.Amount) (money.Amount, error) {
	if base == 0 {
		return 0, nil
	}
	upTo, err := money.MulDiv(whole, int64(part), int64(base), money.HalfUp)
	return max(upTo-before, 0), err
}

// ForAdvance parts an advance over the budget lines in proportion to what was ordered on each. Faults: advance_not_agreed,
// advance_paid when one stands already, Invalid about /amount.
func (s Settlement) ForAdvance(a agreement.Agreement, amount money.Amount) (parts []Part, sum Sum, err error) {
	most, err := money.MulDiv(a.Gross, a.PaymentTerms.AdvancePercent, 100, money.Down)
	switch {
	case err != nil:
		return nil, sum, err
	case most == 0:
		return nil, sum, fault.New(fault.Conflict, "advance_not_agreed")
	case slices.ContainsFunc(s.Lines, func(l Standing) bool { return l.Advancing > 0 }):
		return nil, sum, fault.New(fault.Conflict, "advance_paid")
	case slices.ContainsFunc(s.Lines, func(l Standing) bool { return l.Work > 0 }):
		return nil, sum, fault.New(fault.Conflict, "advance_late")
	}
	if sum.Gross = cmp.Or(amount, most); sum.Gross > most || sum.Gross < 0 {
		var wrong fault.Fields
		wrong.Within("/amount", int64(sum.Gross), 1, int64(most))
		return nil, sum, wrong.Err()
	}
	var weights []int64
	for _, l := range s.Lines {
		weights = append(weights, int64(l.Ordered))
	}
	for i, part := range money.Allocate(sum.Gross, weights) {
		if part > 0 {
			parts = append(parts, Part{Line: s.Lines[i].Line, Year: s.Lines[i].Year, Work: part, Gross: part})
		}
	}
	sum.VAT, err = money.MulDiv(a.VAT, int64(sum.Gross), int64(a.Gross), money.HalfUp)
	return parts, sum, err
}

// ForRetention pays what was kept back, all of it. Faults: retention_none, and Invalid about /spp/date before the day that was
// agreed on.
func (s Settlement) ForRetention(terms agreement.PaymentTerms, on period.Date) (parts []Part, sum Sum, err error) {
	for _, l := range s.Lines {
		if left := l.Kept - l.Released; left > 0 {
			parts = append(parts, Part{Line: l.Line, Year: l.Year, Work: left, Gross: left})
			sum.Gross += left
		}
	}
	if sum.Gross == 0 {
		return nil, sum, fault.New(fault.Conflict, "retention_none")
	}
	var wrong fault.Fields
	notBefore(&wrong, "/spp/date", on, "payment_terms.retention_until", terms.RetentionUntil)
	sum.VAT = s.RetainedVAT - s.ReleasedVAT
	return parts, sum, wrong.Err()
}
