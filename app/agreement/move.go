package agreement

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Verb is what can be done to an agreement.
type Verb string

// The verbs.
const (
	Submit    Verb = "submit"    // money is reserved
	Approve   Verb = "approve"   // money is committed, by another person than the author
	Reject    Verb = "reject"    // the reservation is released
	Withdraw  Verb = "withdraw"  // the author's side takes it back to draft
	Close     Verb = "close"     // done: the rest is released; nothing may be owed any more
	Terminate Verb = "terminate" // broken off: the rest is released, what is owed stays committed
	Return    Verb = "return"    // Reject with remarks beside the fields, so that it is mended
	Amend     Verb = "amend"     // an amendment is proposed; Approve, Reject and Withdraw then decide on it
)

// transition is one row of the table of verbs.
type transition struct {
	from      []Status
	to        Status
	right     access.Verb
	reasoned  bool // a reason must be given
	entry     budget.EntryKind
	account   budget.Account
	toAccount budget.Account
	released  bool // there is nothing to release
}

func transitionOf(v Verb) transition {
	switch v {
	case Submit:
		return transition{
			from: []Status{Draft, Rejected}, to: Submitted, right: access.AgreementWrite,
			entry: budget.Reserve, account: budget.Available, toAccount: budget.Reserved,
		}
	case Approve:
		return transition{
			from: []Status{Submitted}, to: Active, right: access.AgreementApprove,
			entry: budget.Commit, account: budget.Reserved, toAccount: budget.Committed,
		}
	case Reject, Return:
		return transition{
			from: []Status{Submitted}, to: Rejected, right: access.AgreementApprove, reasoned: v == Reject,
			entry: budget.Release, account: budget.Reserved, toAccount: budget.Available,
		}
	case Withdraw:
		return transition{
			from: []Status{Submitted}, to: Draft, right: access.AgreementWrite,
			entry: budget.Release, account: budget.Reserved, toAccount: budget.Available,
		}
	case Close:
		return transition{
			from: []Status{Active, Completed}, to: Closed, right: access.AgreementEnd,
			entry: budget.Release, account: budget.Committed, toAccount: budget.Available,
		}
	case Terminate:
		return transition{
			from: []Status{Active}, to: Terminated, right: access.AgreementEnd, reasoned: true,
			entry: budget.Release, account: budget.Committed, toAccount: budget.Available,
		}
	case Amend: // moves no state: see Agreement.Amend
		return transition{right: access.AgreementWrite}
	case Suspend, Resume: // nor do these: see Agreement.Suspend
		return transition{right: access.AgreementEnd}
	}
	return transition{}
}

// Open counts the placements of a deliverable: Placed are all but the cancelled ones, Owed those that are published up to
// invoiced and so bind money, Paid the paid ones, and those that were carried over to a later year and turned down there.
// Last is the last day on which one of Placed is planned or appeared.
type Open struct {
	DeliverableID uuid.UUID    `db:"deliverable_id"`
	Placed        int64        `db:"placed"`
	Owed          int64        `db:"owed"`
	Paid          int64        `db:"paid"`
	Last          period.Date  `db:"last"`
	Evidenced     int64        `db:"evidenced"` // verified or further
	Accepted      int64        `db:"accepted"`  // accepted or further
	Settled       int64        `db:"settled"`   // those of Paid that were paid
	Penalty       money.Amount `db:"penalty"`
	Short         int64        `db:"short"` // that acceptance reports say do not come
}

// Moved is the agreement after a verb, what has to be posted, and the step that was decided with it, if one was.
type Moved struct {
	Agreement Agreement
	Moves     []budget.Move
	Decision  *Decision
}

// Move does a verb: the next state and the entries that go with it. An approval that others follow moves neither state nor
// money. open is looked at by Close and Terminate only. Faults: segregation_of_duties, forbidden, not_your_step,
// wrong_state, reason_required, open_placements, amendment_pending.
func (a Agreement) Move(v Verb, actor access.Actor, now time.Time, today period.Date, reason string, open []Open) (Moved, error) {
	t := transitionOf(v)
	by, err := a.mayMove(t, actor)
	if err != nil {
		return Moved{}, err
	}
	if !oneOf(a.Status, t.from) {
		return Moved{}, fault.WrongState(string(a.Status), string(v))
	}
	if a.Pending() != nil {
		return Moved{}, a.pendingFault()
	}
	if err := t.reasonedBy(reason); err != nil {
		return Moved{}, err
	}
	if err := a.Complete(); err != nil && (v == Submit || v == Approve) {
		return Moved{}, err
	}
	turn, _ := a.Turn()
	if v == Approve && !turn.Last() {
		d := turn.decided(v, actor, by, now, reason)
		return Moved{Agreement: a.noting(d, by), Decision: d}, nil
	}
	bound := Deliverable.Gross
	if t.to == Closed || t.to == Terminated {
		left := rest(open)
		bound = func(d Deliverable) money.Amount { return d.UnitGross * money.Amount(left(d)) }
		if owed := owed(open); t.to == Closed && owed > 0 {
			return Moved{}, fault.With(fault.Conflict, "open_placements", fault.Args{"count": owed})
		}
	}
	moves := a.moves(a.moneyOf(t), bound, a.effectiveOn(v, today), reason)
	moves = a.promises(moves)
	a.Unreserved = false
	a.Status, a.Remark = t.to, reason
	a.stamp(v, actor.User, now)
	if !t.decides() {
		return Moved{Agreement: a, Moves: moves}, nil
	}
	d := turn.decided(v, actor, by, now, reason)
	return Moved{a.noting(d, by), moves, d}, nil
}

// decides reports whether the verb is a step of the approval.
func (t transition) decides() bool { return t.right == access.AgreementApprove }

// reasonedBy wants a reason where one must be given.
func (t transition) reasonedBy(reason string) error {
	var wrong fault.Fields
	if t.reasoned && reason == "" {
		wrong.Add("/reason", "required")
	}
	return wrong.Err()
}

// Unreserved is the submission under an override: the agreement waits for its approval with nothing reserved.
func (m Moved) Unreserved() Moved {
	m.Agreement.Unreserved, m.Moves = true, nil
	return m
}

// moneyOf is the row of the table for an agreement that may have been submitted without a reservation: approval takes
// the money from what is available, and there is nothing to release.
func (a Agreement) moneyOf(t transition) transition {
	if a.Unreserved && t.account == budget.Reserved {
		t.account, t.released = budget.Available, t.entry == budget.Release
	}
	return t
}

// mayMove gives the grant by which a step is decided; other verbs ask for the right alone.
func (a Agreement) mayMove(t transition, actor access.Actor) (access.Grant, error) {
	if t.decides() {
		return a.mayDecide(actor)
	}
	return access.Grant{}, actor.Can(t.right, a.AgencyID)
}

// effectiveOn is the order date while the promise is being made, and the day itself when it is undone or ended,
// kept inside the agreement's fiscal year.
func (a Agreement) effectiveOn(v Verb, today period.Date) period.Date {
	year := period.FiscalYear(a.FiscalYear)
	switch {
	case v == Submit || v == Approve || today.Before(a.OrderDate):
		return a.OrderDate
	case today.After(year.End()):
		return year.End()
	}
	return today
}

func (a Agreement) moves(t transition, amount func(Deliverable) money.Amount, on period.Date, reason string) (out []budget.Move) {
	lines, sums := ByLine(a.Deliverables, amount)
	for _, line := range lines {
		if sums[line] == 0 || t.released {
			continue
		}
		out = append(out, budget.Move{
			Line: line, Kind: t.entry, From: t.account, To: t.toAccount, Amount: sums[line], EffectiveOn: on,
			Document: budget.Document{Type: documentType, ID: a.ID, Number: a.Number}, Reason: reason,
		})
	}
	return out
}

func (a *Agreement) stamp(v Verb, who uuid.UUID, at time.Time) {
	by := uuid.NullUUID{UUID: who, Valid: true}
	switch v {
	case Submit:
		a.SubmittedAt, a.SubmittedBy = &at, by
	case Approve:
		a.ApprovedAt, a.ApprovedBy = &at, by
	case Close, Terminate:
		a.EndedAt, a.EndedBy = &at, by
	case Reject, Return, Withdraw, Amend, Suspend, Resume:
	}
}

func rest(open []Open) func(Deliverable) int64 {
	bound := make(map[uuid.UUID]int64, len(open))
	for _, o := range open {
		bound[o.DeliverableID] = o.Owed + o.Paid
	}
	return func(d Deliverable) int64 { return d.Quantity - bound[d.ID] }
}

func owed(open []Open) (n int64) {
	for _, o := range open {
		n += o.Owed
	}
	return n
}

func oneOf(s Status, of []Status) bool {
	for _, o := range of {
		if s == o {
			return true
		}
	}
	return false
}
