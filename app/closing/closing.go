// Package closing is about months that take no more entries: who asked for a month to be closed, who decided, and what
// must come first. That nothing is posted into a closed month is the ledger's own rule (post_entries); how a month is
// reopened for a while lives with the overrides.
package closing

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// Status is the state of a request to close a month.
type Status string

// The states. Only Closed holds entries off.
const (
	Requested Status = "requested"
	Closed    Status = "closed"
	Refused   Status = "refused"
	Withdrawn Status = "withdrawn"
)

// Period is one request to close a month of an agency, and what became of it.
type Period struct {
	ID            uuid.UUID     `json:"id" db:"id"`
	AgencyID      uuid.UUID     `json:"agency_id" db:"agency_id"`
	Month         period.Month  `json:"month" db:"month" doc:"2026-03"`
	FiscalYear    int           `json:"fiscal_year" db:"fiscal_year"`
	Status        Status        `json:"status" db:"status" enum:"requested,closed,refused,withdrawn"`
	Reason        string        `json:"reason" db:"reason" doc:"why it should be closed"`
	Remark        string        `json:"remark" db:"remark" doc:"why it was refused or withdrawn"`
	RequestedAt   time.Time     `json:"requested_at" db:"requested_at"`
	RequestedBy   uuid.UUID     `json:"requested_by" db:"requested_by"`
	RequestedName string        `json:"requested_name" db:"requested_name"`
	DecidedAt     *time.Time    `json:"decided_at" db:"decided_at"`
	DecidedBy     uuid.NullUUID `json:"decided_by" db:"decided_by"`
	DecidedName   string        `json:"decided_name" db:"decided_name"`
	ReopenedBy    uuid.NullUUID `json:"reopened_by" db:"-" doc:"the override under which the closed month takes entries today"`
	Version       int64         `json:"version" db:"version"`
}

// Document names the request for a deed's record.
func (p Period) Document() access.Document {
	return access.Document{Agency: p.AgencyID, Type: "period", ID: p.ID, Number: p.Month.String()}
}

// Request asks for a month to be closed.
type Request struct {
	Month  period.Month `json:"month" doc:"2026-03"`
	Reason string       `json:"reason"`
}

// Bounds of a request.
const (
	reasonMax = 2000
	yearMin   = 2000
	yearMax   = 2100
)

// Check says by field what is wrong with the request by itself.
func (r Request) Check() error {
	var wrong fault.Fields
	switch {
	case r.Month.IsZero():
		wrong.Add("/month", "required")
	case r.Month.Year() < yearMin || r.Month.Year() > yearMax:
		wrong.AddWith("/month", "date_out_of_range", fault.Args{"min": yearMin, "max": yearMax})
	}
	wrong.Text("/reason", r.Reason, true, reasonMax)
	return wrong.Err()
}

// Period makes the request of a person. year are the requests of the month's fiscal year so far. Faults: month_not_over,
// duplicate when the month is closed or asked for already, earlier_month_open when a month before it in the year is
// neither.
func (r Request) Period(by uuid.UUID, at time.Time, today period.Date, year []Period) (Period, error) {
	if !today.After(r.Month.End()) {
		return Period{}, fault.With(fault.Conflict, "month_not_over", fault.Args{"month": r.Month.String(), "date": r.Month.End()})
	}
	if _, taken := find(year, r.Month, Closed, Requested); taken {
		return Period{}, &fault.Error{Kind: fault.Conflict, Code: "duplicate", Fields: []fault.Field{{Pointer: "/month", Code: "duplicate"}}}
	}
	if err := earlier(r.Month, year, Closed, Requested); err != nil {
		return Period{}, err
	}
	return Period{
		Month: r.Month, FiscalYear: r.Month.Year(), Status: Requested, Reason: r.Reason, RequestedAt: at, RequestedBy: by, Version: 1,
	}, nil
}

// Verb is what becomes of a request.
type Verb string

// The verbs. Another person than who asked decides; who asks may withdraw.
const (
	Approve  Verb = "approve"
	Refuse   Verb = "refuse"
	Withdraw Verb = "withdraw"
)

// right is what the verb takes.
func (v Verb) right() access.Verb {
	if v == Withdraw {
		return access.PeriodRequest
	}
	return access.PeriodDecide
}

// Move does a verb to a request. year are the requests of the month's fiscal year. Faults: segregation_of_duties for who
// asked, forbidden, wrong_state, Invalid without a reason to refuse, earlier_month_open.
func (p Period) Move(v Verb, actor access.Actor, remark string, at time.Time, year []Period) (Period, error) {
	if v != Withdraw {
		if err := actor.Apart(v.right(), p.RequestedBy); err != nil {
			return p, err
		}
	}
	if err := actor.Can(v.right(), p.AgencyID); err != nil {
		return p, err
	}
	if p.Status != Requested {
		return p, fault.WrongState(string(p.Status), string(v))
	}
	var wrong fault.Fields
	wrong.Text("/reason", remark, v == Refuse, reasonMax)
	if err := wrong.Err(); err != nil {
		return p, err
	}
	p.Remark = remark
	switch v {
	case Withdraw:
		p.Status = Withdrawn
		return p, nil
	case Refuse:
		p.Status = Refused
	case Approve:
		if err := earlier(p.Month, year, Closed); err != nil {
			return p, err
		}
		p.Status = Closed
	}
	p.DecidedAt, p.DecidedBy = &at, uuid.NullUUID{UUID: actor.User, Valid: true}
	return p, nil
}

// earlier wants every month of the year before m in one of the states: a year is closed from its beginning on.
func earlier(m period.Month, year []Period, states ...Status) error {
	for _, before := range period.FiscalYear(m.Year()).Months() {
		if before == m {
			return nil
		}
		if _, ok := find(year, before, states...); !ok {
			return fault.With(fault.Conflict, "earlier_month_open", fault.Args{"month": before.String()})
		}
	}
	return nil
}

func find(year []Period, m period.Month, states ...Status) (Period, bool) {
	for _, p := range year {
		for _, s := range states {
			if p.Month == m && p.Status == s {
				return p, true
			}
		}
	}
	return Period{}, false
}

// OfMonth gives what says most about a month: that it is closed, that somebody asked, or else the last word on it; false
// when nobody ever asked. year is in the order of the requests.
func OfMonth(year []Period, m period.Month) (last Period, ok bool) {
	if p, standing := find(year, m, Closed, Requested); standing {
		return p, true
	}
	for _, p := range year {
		if p.Month == m {
			last, ok = p, true
		}
	}
	return last, ok
}
