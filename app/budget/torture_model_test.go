package budget_test

import (
	"sync/atomic"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/money"
)

// op is a kind of command. The first does nothing, so that a failing run shrinks to the commands that matter; the second
// is one that can be done.
type op int

const (
	rest op = iota
	onward
	enter
	submit
	approve
	amend
	reject
	withdraw
	bill
	pay
	reverse
	end
	terminate
	opsEnd
)

func (o op) String() string {
	return [...]string{"rest", "next", "enter", "submit", "approve", "amend", "reject", "withdraw", "bill", "pay", "reverse", "close", "terminate"}[o]
}

// shares are the balances of one budget line as the acknowledged commands make them. Effects are only added, so their
// order among the clerks does not matter.
type shares struct{ available, reserved, committed, realised atomic.Int64 }

func (s *shares) of(a budget.Account) *atomic.Int64 {
	switch a { //nolint:exhaustive // where money comes from has no share
	case budget.Available:
		return &s.available
	case budget.Reserved:
		return &s.reserved
	case budget.Committed:
		return &s.committed
	default:
		return &s.realised
	}
}

func (s *shares) move(m effect) {
	s.of(m.from).Add(-int64(m.amount))
	s.of(m.to).Add(int64(m.amount))
}

// effect is what a command does to the budget line of an agreement, when it moves anything.
type effect struct {
	from, to budget.Account
	amount   money.Amount
}

// model is what is known of an agreement of one line: units at a price, how many are ordered, invoiced and paid. more is
// what the amendment that waits adds; 0 when none waits.
type model struct {
	status                                   agreement.Status
	net, gross                               money.Amount // of a unit
	original, quantity, invoiced, paid, more int64
}

func (m model) worth(units int64) money.Amount { return m.gross * money.Amount(units) }

// placed counts the units that somebody has to pay or has paid.
func (m model) placed() int64 { return m.invoiced + m.paid }

// tooMuch reports whether a quantity is more than a tenth above the original.
func (m model) tooMuch(quantity int64) bool {
	was, is := m.net*money.Amount(m.original), m.net*money.Amount(quantity)
	return quantity > m.quantity && is > was+was/10
}

// fitting are the commands that the agreement would take, those of a longer life more than once.
func (m model) fitting(change int64) (out []op) {
	for _, o := range []op{submit, approve, approve, approve, reject, withdraw, amend, amend, bill, bill, bill, pay, pay, pay, pay, reverse, end, terminate} {
		_, _, refused := m.after(command{op: o, change: change})
		if refused == "" && (o != pay || m.invoiced > 0) && (o != reverse || m.paid > 0) {
			out = append(out, o)
		}
	}
	return out
}

// after is the model of one command: the agreement after it and what it moves, or the code by which it is refused. A
// command that takes from what is available may be refused by the ceiling besides.
func (m model) after(c command) (next model, e effect, refused string) {
	is := func(states ...agreement.Status) bool {
		for _, s := range states {
			if m.status == s {
				return true
			}
		}
		return false
	}
	next = m
	switch c.op { //nolint:exhaustive // entering and resting are no commands to an agreement
	case submit:
		next.status, e = agreement.Submitted, effect{budget.Available, budget.Reserved, m.worth(m.quantity)}
		if !is(agreement.Draft, agreement.Rejected) {
			refused = "wrong_state"
		}
	case approve, reject, withdraw:
		return m.decided(c.op)
	case amend:
		return m.amended(c.change)
	case bill:
		if next.invoiced++; !is(agreement.Active) {
			refused = "wrong_state"
		} else if m.placed() == m.quantity {
			refused = "quantity_exceeded"
		}
	case pay:
		next.invoiced, next.paid, e = m.invoiced-1, m.paid+1, effect{budget.Committed, budget.Realised, m.gross}
		if !is(agreement.Active, agreement.Completed, agreement.Terminated) {
			refused = "wrong_state"
		}
		next.status = next.settled()
	case reverse:
		next.invoiced, next.paid, e = m.invoiced+1, m.paid-1, effect{budget.Realised, budget.Committed, m.gross}
		if is(agreement.Closed) {
			e.to = budget.Available
		}
		next.status = next.settled()
	case end, terminate:
		return m.ended(c.op)
	}
	return next, e, refused
}

// settled is the state that follows from what is paid: all of it completes an agreement in force.
func (m model) settled() agreement.Status {
	switch {
	case m.status != agreement.Active && m.status != agreement.Completed:
		return m.status
	case m.paid == m.quantity:
		return agreement.Completed
	}
	return agreement.Active
}

func (m model) decided(by op) (next model, e effect, refused string) {
	next = m
	switch {
	case m.status == agreement.Submitted:
		next.status = map[op]agreement.Status{approve: agreement.Active, reject: agreement.Rejected, withdraw: agreement.Draft}[by]
		if e = (effect{budget.Reserved, budget.Available, m.worth(m.quantity)}); by == approve {
			e.to = budget.Committed
		}
	case m.more == 0:
		refused = "wrong_state"
	case by != approve:
		if next.more = 0; m.more > 0 {
			e = effect{budget.Reserved, budget.Available, m.worth(m.more)}
		}
	case m.quantity+m.more < m.placed():
		refused = "amendment_outdated"
	default:
		next.quantity, next.more = m.quantity+m.more, 0
		if next.status = next.settled(); m.more > 0 {
			e = effect{budget.Reserved, budget.Committed, m.worth(m.more)}
		} else {
			e = effect{budget.Committed, budget.Available, m.worth(-m.more)}
		}
	}
	return next, e, refused
}

func (m model) amended(change int64) (next model, e effect, refused string) {
	next = m
	next.more = change
	quantity := m.quantity + change
	switch {
	case quantity < 0:
		refused = "invalid"
	case m.status != agreement.Active:
		refused = "wrong_state"
	case m.more != 0:
		refused = "amendment_pending"
	case change == 0 || quantity == 0 || quantity < m.placed() || m.tooMuch(quantity):
		refused = "invalid"
	case change > 0:
		e = effect{budget.Available, budget.Reserved, m.worth(change)}
	}
	return next, e, refused
}

// ended gives back what is neither paid nor owed.
func (m model) ended(by op) (next model, e effect, refused string) {
	next = m
	next.status, e = agreement.Terminated, effect{budget.Committed, budget.Available, m.worth(m.quantity - m.placed())}
	if by == end {
		next.status = agreement.Closed
	}
	switch {
	case m.status != agreement.Active && (by == terminate || m.status != agreement.Completed):
		refused = "wrong_state"
	case m.more != 0:
		refused = "amendment_pending"
	case by == end && m.invoiced > 0:
		refused = "open_placements"
	}
	return next, e, refused
}
