package placement

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Lateness is how late a placement appeared and what that costs the vendor. It is reckoned anew whenever the publication is
// entered, and stands once the placement is accepted.
type Lateness struct {
	DueOn    period.Date  `json:"due_on" db:"due_on" doc:"the day that counts where the plan was moved after it; null: the planned day"`
	LateDays int64        `json:"late_days" db:"late_days" doc:"calendar days after the due day, without days of suspension"`
	Penalty  money.Amount `json:"penalty" db:"penalty" doc:"for late delivery; without VAT"`
}

// Flags name the rules of the clock that a publication departed from.
type Flags []rule.Code

// Clock is what a publication is held against besides its order: the rules and overrides that hold, and the calendar. The
// zero clock is as strict as the program's own rules.
type Clock struct {
	Rules   rule.Set
	InForce []override.Override
	Scheme  registry.Scheme
	Today   period.Date
	Place   *time.Location
	Passed  []uuid.UUID // overrides under which the publication passed
}

// published wants a day of the agreement's period, not before the order, on which the agreement was not suspended and the
// program knew of its approval. What passes all the same is flagged.
func (c *Clock) published(wrong *fault.Fields, o Order, on period.Date) (flags Flags) {
	const at = "/published_on"
	o.Suspensions.Refusal(wrong, at, on)
	term := period.Range{From: o.StartDate, To: o.EndDate}
	switch {
	case on.Before(o.OrderDate):
		if c.passes(o, rule.PublishedBeforeOrder) {
			flags = append(flags, rule.PublishedBeforeOrder)
		} else {
			wrong.AddWith(at, "before", fault.Args{"field": "order_date", "date": o.OrderDate})
		}
	case !term.Contains(on):
		if c.passes(o, rule.PublishedOutsideTerm) {
			flags = append(flags, rule.PublishedOutsideTerm)
		} else {
			wrong.AddWith(at, "outside_period", fault.Args{"from": term.From, "to": term.To})
		}
	}
	if known, ok := c.known(o); ok && on.Before(known) {
		if c.passes(o, rule.PublishedBeforeApproval) {
			flags = append(flags, rule.PublishedBeforeApproval)
		} else {
			wrong.AddWith(at, string(rule.PublishedBeforeApproval), fault.Args{"date": known})
		}
	}
	return flags
}

// known is the day on which the program knew of the agreement's approval, by the office's calendar.
func (c *Clock) known(o Order) (period.Date, bool) {
	if o.ApprovedAt == nil || c.Place == nil {
		return period.Date{}, false
	}
	return period.DateOf(*o.ApprovedAt, c.Place), true
}

// passes reports whether a departure from the rule goes through, by the rule as it stood on the order date or by an
// override for this agreement.
func (c *Clock) passes(o Order, code rule.Code) bool {
	if c.Rules.On(code, o.OrderDate).Mode != rule.Refuse {
		return true
	}
	pass, ok := override.Warns(c.InForce, override.Check(code), override.Agreement, o.AgreementNumber)
	if ok && !slices.Contains(c.Passed, pass.ID) {
		c.Passed = append(c.Passed, pass.ID)
	}
	return ok
}

// with gives the flags with more of them; none is ever taken off.
func (f Flags) with(more Flags) Flags {
	for _, code := range more {
		if !slices.Contains(f, code) {
			f = append(slices.Clone(f), code)
		}
	}
	return f
}

// due is the day by which the placement had to appear: the planned one, or the one before a plan that was moved after its
// day, and never after the agreement's end.
func (p Placement) due() period.Date {
	due := p.ScheduledOn
	if !p.DueOn.IsZero() {
		due = p.DueOn
	}
	if !p.EndDate.IsZero() && p.EndDate.Before(due) {
		due = p.EndDate
	}
	return due
}

// moved keeps the due day when the plan is moved on or after it: what is late stays late.
func (p Placement) moved(old Placement, today period.Date) period.Date {
	switch due := old.due(); {
	case p.ScheduledOn == old.ScheduledOn:
		return old.DueOn
	case today.IsZero() || !today.After(due):
		return period.Date{}
	default:
		return due
	}
}

// late reckons lateness and penalty by the rates.
func (p Placement) late(rates agreement.PenaltyRates, s agreement.Suspensions) Lateness {
	days := agreement.DaysLate(p.due(), p.PublishedOn, s)
	return Lateness{p.DueOn, days, rates.Of(p.Net, days)}
}
