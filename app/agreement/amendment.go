package agreement

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"tayang/app/approval"
	"tayang/app/budget"
	"tayang/app/money"
	"tayang/app/period"
)

// AmendmentStatus is the state of an amendment.
type AmendmentStatus string

// The states of an amendment.
const (
	AmendmentProposed  AmendmentStatus = "proposed" // what it adds is reserved
	AmendmentApproved  AmendmentStatus = "approved" // the agreement is as it says
	AmendmentRejected  AmendmentStatus = "rejected"
	AmendmentWithdrawn AmendmentStatus = "withdrawn"
)

// Amendment (addendum) changes an agreement in force: proposed by one person, decided by another. Before and After are
// what it can change, as it was and as it will be.
type Amendment struct {
	ID          uuid.UUID       `json:"id" db:"id"`
	AgreementID uuid.UUID       `json:"agreement_id" db:"agreement_id"`
	Position    int             `json:"position" db:"position" doc:"among the agreement's amendments, from 1"`
	Number      string          `json:"number" db:"number"`
	Date        period.Date     `json:"date" db:"date"`
	Reason      string          `json:"reason" db:"reason"`
	Status      AmendmentStatus `json:"status" db:"status" enum:"proposed,approved,rejected,withdrawn"`
	Remark      string          `json:"remark" db:"remark" doc:"of who decided"`
	ValueBefore money.Amount    `json:"value_before" db:"value_before" doc:"without VAT"`
	ValueAfter  money.Amount    `json:"value_after" db:"value_after" doc:"without VAT"`
	Before      Scope           `json:"before" db:"before"`
	After       Scope           `json:"after" db:"after"`
	CreatedAt   time.Time       `json:"created_at" db:"created_at"`
	CreatedBy   uuid.UUID       `json:"created_by" db:"created_by"`
	Author      string          `json:"author" db:"author" doc:"e-mail address of who proposed it"`
	DecidedAt   *time.Time      `json:"decided_at" db:"decided_at"`
	DecidedBy   uuid.NullUUID   `json:"decided_by" db:"decided_by"`
	Decider     string          `json:"decider" db:"decider" doc:"e-mail address of who decided"`
	// ApprovalSteps are those that the matrix has for the amended value.
	ApprovalSteps approval.Steps `json:"approval_steps" db:"approval_steps" doc:"roles that approve, in order"`
}

// Scope is what an amendment can change of an agreement.
type Scope struct {
	EndDate      period.Date   `json:"end_date"`
	Value        money.Amount  `json:"value" doc:"without VAT"`
	VAT          money.Amount  `json:"vat"`
	Gross        money.Amount  `json:"gross"`
	LookThrough  *LookThrough  `json:"look_through,omitempty" doc:"of an agreement with an agency"`
	Deliverables []Deliverable `json:"deliverables"`
}

// Scan reads the scope from JSON.
func (s *Scope) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("agreement.Scope: cannot scan %T", src)
	}
	return json.Unmarshal(b, s)
}

// scope is what an amendment could change of the agreement as it is now.
func (a Agreement) scope() Scope {
	return Scope{a.EndDate, a.Value, a.VAT, a.Gross, a.LookThrough.kept(), append([]Deliverable{}, a.Deliverables...)}
}

// become puts what an approved amendment says into the agreement. Paying all of it completes an agreement, and an
// amendment that orders more makes it active anew.
func (a Agreement) become(s Scope) Agreement {
	a.EndDate, a.Value, a.VAT, a.Gross, a.Deliverables = s.EndDate, s.Value, s.VAT, s.Gross, s.Deliverables
	if s.LookThrough != nil {
		a.LookThrough = *s.LookThrough
	}
	if a.Status = Active; a.Paid == a.Gross {
		a.Status = Completed
	}
	a.Remaining = a.Gross - a.Paid
	return a
}

// Pending gives the amendment that waits for a decision; nil when none does.
func (a Agreement) Pending() *Amendment {
	for i := range a.Amendments {
		if a.Amendments[i].Status == AmendmentProposed {
			return &a.Amendments[i]
		}
	}
	return nil
}

// approved are the amendments in force, oldest first.
func (a Agreement) approved() (out []Amendment) {
	for _, m := range a.Amendments {
		if m.Status == AmendmentApproved {
			out = append(out, m)
		}
	}
	return out
}

// original is the value of the agreement before its first amendment.
func (a Agreement) original() money.Amount {
	if in := a.approved(); len(in) > 0 {
		return in[0].ValueBefore
	}
	return a.Value
}

// change is what happens to one budget line, VAT included: positive when the amendment asks it for more.
type change struct {
	line uuid.UUID
	by   money.Amount
}

// changes sums per budget line what the amendment adds or gives back.
func (m Amendment) changes() (out []change) {
	_, before := ByLine(m.Before.Deliverables, Deliverable.Gross)
	lines, after := ByLine(m.After.Deliverables, Deliverable.Gross) // no line is ever taken off an agreement
	for _, line := range lines {
		if by := after[line] - before[line]; by != 0 {
			out = append(out, change{line, by})
		}
	}
	return out
}

// amending are the entries of an amendment: more for what it adds, and with back the release of what it gives back.
func (a Agreement) amending(m Amendment, more budget.Move, back bool) (out []budget.Move) {
	more.Document, more.Reason = budget.Document{Type: "agreement", ID: a.ID, Number: m.Number}, m.Reason
	for _, c := range m.changes() {
		move := more
		if move.Line, move.Amount = c.line, c.by; c.by < 0 {
			move.Kind, move.From, move.To, move.Amount = budget.Release, budget.Committed, budget.Available, -c.by
		}
		if c.by > 0 || back {
			out = append(out, move)
		}
	}
	return out
}
