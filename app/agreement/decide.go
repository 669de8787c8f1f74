package agreement

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/period"
)

// Decided is an agreement and its amendment after a decision, and what has to be posted.
type Decided struct {
	Agreement Agreement
	Amendment Amendment
	Moves     []budget.Move
	Decision  *Decision // nil when it is withdrawn
}

// Decides reports whether the verb acts on an amendment while one waits.
func (v Verb) Decides() bool { return v == Approve || v == Reject || v == Withdraw }

// Ends reports whether the verb ends the agreement.
func (v Verb) Ends() bool { return v == Close || v == Terminate }

// Decide approves, rejects or withdraws the amendment that waits. It is approved and rejected by somebody who neither
// proposed it nor made the agreement, step by step as the agreement itself; an approval that others follow changes nothing.
// What was placed in the meantime may stand against it. Faults: segregation_of_duties, forbidden, not_your_step,
// wrong_state, reason_required, amendment_outdated.
func (a Agreement) Decide(v Verb, actor access.Actor, now time.Time, today period.Date, reason string, open []Open) (Decided, error) {
	t, m := transitionOf(v), *a.Pending()
	by, err := a.mayMove(t, actor)
	if err != nil {
		return Decided{}, err
	}
	if !v.Decides() || !oneOf(a.Status, []Status{Active, Completed}) {
		return Decided{}, fault.WrongState(string(a.Status), string(v))
	}
	if err := t.reasonedBy(reason); err != nil {
		return Decided{}, err
	}
	if err := m.stillFits(open); v == Approve && err != nil {
		return Decided{}, err
	}
	if err := a.become(m.After).Complete(); v == Approve && err != nil {
		return Decided{}, err
	}
	turn, _ := a.Turn()
	var d *Decision
	if t.decides() {
		d = turn.decided(v, actor, by, now, reason)
		a = a.noting(d, by)
	}
	if v == Approve && !turn.Last() {
		return Decided{Agreement: a, Amendment: m, Decision: d}, nil
	}
	m.Remark, m.DecidedAt, m.DecidedBy = reason, &now, uuid.NullUUID{UUID: actor.User, Valid: true}
	more := budget.Move{Kind: budget.Release, From: budget.Reserved, To: budget.Available, EffectiveOn: a.amendedOn(m, today)}
	switch v { //nolint:exhaustive // the verbs that decide
	case Approve:
		m.Status = AmendmentApproved
		more = budget.Move{Kind: budget.Commit, From: budget.Reserved, To: budget.Committed, EffectiveOn: m.Date}
		return Decided{a.become(m.After), m, a.amending(m, more, true), d}, nil
	case Reject:
		m.Status = AmendmentRejected
	case Withdraw:
		m.Status = AmendmentWithdrawn
	}
	return Decided{a, m, a.amending(m, more, false), d}, nil
}

// stillFits holds the amendment against what is placed by now. Fault: amendment_outdated, with the lines.
func (m Amendment) stillFits(open []Open) error {
	var wrong fault.Fields
	before := make(map[uuid.UUID]Deliverable, len(m.Before.Deliverables))
	for _, d := range m.Before.Deliverables {
		before[d.ID] = d
	}
	for i, d := range m.After.Deliverables {
		placed := placedOf(open, d.ID)
		if d.Quantity < placed {
			wrong.AddWith(itemPointer(i)+"/quantity", "below_placed", fault.Args{"placed": placed})
		}
		if placed > 0 && d.UnitPrice != before[d.ID].UnitPrice {
			wrong.AddWith(itemPointer(i)+"/unit_price", "price_fixed", fault.Args{"placed": placed})
		}
	}
	if last := lastPlaced(open); m.After.EndDate.Before(last) && m.After.EndDate != m.Before.EndDate {
		wrong.AddWith("/end_date", "before_placement", fault.Args{"date": last})
	}
	if len(wrong) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Code: "amendment_outdated", Args: fault.Args{"number": m.Number}, Fields: wrong}
}

// amendedOn is the day on which a proposal is undone: the day itself, not before the amendment and inside the year.
func (a Agreement) amendedOn(m Amendment, today period.Date) period.Date {
	if today.Before(m.Date) {
		return m.Date
	}
	if end := period.FiscalYear(a.FiscalYear).End(); today.After(end) {
		return end
	}
	return today
}
