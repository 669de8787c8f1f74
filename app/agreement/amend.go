package agreement

import (
	"slices"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/tax"
)

// Circumstances are the facts around a proposal: what its new lines name, what is placed, and what the law says.
type Circumstances struct {
	Surroundings
	Open  []Open
	Rates tax.Rates
	Limit *Limit // nil: none applies
}

// Amend lays a proposal, checked by itself, over the agreement: the amendment that then waits for a decision, and the
// money to reserve for what it adds. New lines have no id yet. Faults: wrong_state unless active, amendment_pending,
// Invalid by field.
func (a Agreement) Amend(p Proposal, c Circumstances) (Amendment, []budget.Move, error) {
	if err := a.Amendable(); err != nil {
		return Amendment{}, nil, err
	}
	var wrong fault.Fields
	after := a.scope()
	if !p.EndDate.IsZero() {
		after.EndDate = p.EndDate
	}
	a.checkAmendedDates(&wrong, p, c.Open)
	for i, change := range p.Deliverables {
		var err error
		if change.ID.Valid {
			err = after.alter(&wrong, itemPointer(i), change, p.Date, c)
		} else {
			err = after.extend(&wrong, itemPointer(i), change.item(), a, p.Date, c)
		}
		if err != nil {
			return Amendment{}, nil, err
		}
	}
	if len(wrong) == 0 {
		if err := a.checkAmendedValue(&wrong, &after, p, c); err != nil {
			return Amendment{}, nil, err
		}
	}
	m := Amendment{
		AgreementID: a.ID, Position: len(a.Amendments) + 1, Number: p.Number, Date: p.Date, Reason: p.Reason, Status: AmendmentProposed,
		Before: a.scope(), After: after, ValueBefore: a.Value, ValueAfter: after.Value,
	}
	reserve := budget.Move{Kind: budget.Reserve, From: budget.Available, To: budget.Reserved, EffectiveOn: p.Date}
	return m, a.amending(m, reserve, false), wrong.Err()
}

// Amendable refuses an agreement that cannot be amended now, with wrong_state or amendment_pending.
func (a Agreement) Amendable() error {
	if a.Status != Active {
		return fault.WrongState(string(a.Status), string(Amend))
	}
	if a.Framework {
		return fault.With(fault.Conflict, "framework_not_amendable", fault.Args{"number": a.Number})
	}
	if a.Pending() != nil {
		return a.pendingFault()
	}
	return nil
}

// pendingFault refuses what has to wait for the decision on an amendment.
func (a Agreement) pendingFault() error {
	return fault.With(fault.Conflict, "amendment_pending", fault.Args{"number": a.Pending().Number})
}

// checkAmendedDates wants the amendment inside the fiscal year, after the order and the amendments before it, and the
// new end not before anything that was planned or has appeared.
func (a Agreement) checkAmendedDates(wrong *fault.Fields, p Proposal, open []Open) {
	year := period.FiscalYear(a.FiscalYear)
	for _, d := range []struct {
		at   string
		date period.Date
	}{{"/date", p.Date}, {"/end_date", p.EndDate}} {
		if !d.date.IsZero() && !year.Contains(d.date) {
			wrong.AddWith(d.at, "outside_fiscal_year", fault.Args{"fiscal_year": a.FiscalYear})
		}
	}
	if p.Date.Before(a.OrderDate) {
		wrong.AddWith("/date", "before", fault.Args{"field": "order_date", "date": a.OrderDate})
	}
	if in := a.approved(); len(in) > 0 && p.Date.Before(in[len(in)-1].Date) {
		wrong.AddWith("/date", "before_amendment", fault.Args{"number": in[len(in)-1].Number, "date": in[len(in)-1].Date})
	}
	if p.EndDate.IsZero() {
		return
	}
	for _, d := range []struct {
		field string
		date  period.Date
	}{{"start_date", a.StartDate}, {"order_date", a.OrderDate}} {
		if p.EndDate.Before(d.date) {
			wrong.AddWith("/end_date", "before", fault.Args{"field": d.field, "date": d.date})
		}
	}
	if end := a.FrameworkEnd; !end.IsZero() && p.EndDate.After(end) {
		wrong.AddWith("/end_date", "outside_framework", fault.Args{"number": a.FrameworkNumber, "from": a.StartDate, "to": end})
	}
	if last := lastPlaced(open); p.EndDate.Before(last) {
		wrong.AddWith("/end_date", "before_placement", fault.Args{"date": last})
	}
}

// alter changes a line that is there. A placement has the price at which it was ordered, so a line with placements
// keeps its price.
func (s *Scope) alter(wrong *fault.Fields, at string, c Change, on period.Date, around Circumstances) error {
	i := slices.IndexFunc(s.Deliverables, func(d Deliverable) bool { return d.ID == c.ID.UUID })
	if i < 0 {
		wrong.Add(at+"/id", "not_found")
		return nil
	}
	d := &s.Deliverables[i]
	placed := placedOf(around.Open, d.ID)
	if c.Quantity != nil {
		if d.Quantity = *c.Quantity; d.Quantity < placed {
			wrong.AddWith(at+"/quantity", "below_placed", fault.Args{"placed": placed})
		}
	}
	if c.UnitPrice == nil || *c.UnitPrice == d.UnitPrice {
		return nil
	}
	if placed > 0 {
		wrong.AddWith(at+"/unit_price", "price_fixed", fault.Args{"placed": placed})
		return nil
	}
	d.UnitPrice = *c.UnitPrice
	return d.split(on, around)
}

// extend adds a new line.
func (s *Scope) extend(wrong *fault.Fields, at string, item Item, a Agreement, on period.Date, around Circumstances) error {
	if len(s.Deliverables) == itemsMax {
		wrong.AddWith(at, "too_many", fault.Args{"max": itemsMax})
		return nil
	}
	item.fit(wrong, at, around.Surroundings, a.VendorID, a.LookThrough.ViaAgency)
	line, ok := around.Lines[item.BudgetLineID]
	if !ok {
		wrong.Add(at+"/budget_line_id", "not_found")
	} else if line.FiscalYear != a.FiscalYear {
		wrong.AddWith(at+"/budget_line_id", "other_fiscal_year", fault.Args{"fiscal_year": a.FiscalYear})
	}
	d := item.deliverable(len(s.Deliverables) + 1)
	d.AgreementID = a.ID
	d.Channel = around.ChannelName[d.channel()]
	d.ChannelVendorID, _ = around.owner(d.channel())
	err := d.split(on, around)
	s.Deliverables = append(s.Deliverables, d)
	return err
}

// split fixes price and VAT of one unit, as of the day of the amendment.
func (d *Deliverable) split(on period.Date, around Circumstances) error {
	if around.Vendor == nil {
		return fault.Missing()
	}
	unit, err := tax.SplitUnit(d.UnitPrice, d.TaxInclusive, *around.Vendor, on, around.Rates)
	d.UnitNet, d.UnitVAT, d.UnitGross = unit.Net, unit.VAT, unit.Gross
	return err
}

// checkAmendedValue sums what the amendment makes of the agreement, wants it to change something and to leave something,
// holds it against the limit, and wants all of the money through an agency to be split again.
func (a Agreement) checkAmendedValue(wrong *fault.Fields, after *Scope, p Proposal, c Circumstances) error {
	limit := c.Limit
	var ok bool
	if after.Value, after.VAT, ok = sum(wrong, after.Deliverables); !ok {
		return nil
	}
	after.Gross = after.Value + after.VAT
	if err := after.resplit(wrong, a, p, c); err != nil {
		return err
	}
	switch {
	case after.EndDate == a.EndDate && slices.Equal(priced(after.Deliverables), priced(a.Deliverables)) && sameSplit(after.LookThrough, a.scope().LookThrough):
		wrong.Add("/deliverables", "nothing_changes")
	case after.Value == 0:
		wrong.Add("/deliverables", "nothing_left")
	case limit != nil && after.Value > a.Value && after.Value > limit.most(a.original()):
		wrong.AddWith("/deliverables", "above_amendment_limit", fault.Args{
			"limit": limit.most(a.original()), "amount": after.Value, "percent": limit.Percent, "basis": limit.Basis,
		})
	}
	return nil
}

// priced is what counts of lines when two versions are compared.
func priced(items []Deliverable) []Deliverable {
	out := make([]Deliverable, len(items))
	for i, d := range items {
		out[i] = Deliverable{ID: d.ID, Quantity: d.Quantity, UnitNet: d.UnitNet, UnitVAT: d.UnitVAT, UnitPrice: d.UnitPrice}
	}
	return out
}

func placedOf(open []Open, deliverable uuid.UUID) int64 {
	for _, o := range open {
		if o.DeliverableID == deliverable {
			return o.Placed
		}
	}
	return 0
}

// lastPlaced is the last day on which anything is planned or has appeared.
func lastPlaced(open []Open) (last period.Date) {
	for _, o := range open {
		if o.Last.After(last) {
			last = o.Last
		}
	}
	return last
}
