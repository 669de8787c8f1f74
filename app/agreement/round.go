package agreement

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/approval"
	"tayang/app/fault"
	"tayang/app/period"
)

// Verdict is what an approver said at his step.
type Verdict string

// The verdicts.
const (
	Approved Verdict = "approved"
	Refused  Verdict = "rejected"
	Returned Verdict = "returned" // for correction, with remarks beside the fields
)

// Decision is one step that was decided, kept for ever. DecidedAt is the program's clock and RecordedAt the database's;
// both are sealed with the trail.
type Decision struct {
	ID           uuid.UUID     `json:"id" db:"id"`
	AmendmentID  uuid.NullUUID `json:"amendment_id" db:"amendment_id" doc:"the amendment that was decided on; none: the agreement"`
	Round        int           `json:"round" db:"round" doc:"of the agreement's submissions, from 1; of an amendment its position"`
	Step         int           `json:"step" db:"step" doc:"from 1"`
	Role         access.Role   `json:"role" db:"role" enum:"ppk,verifier,head"`
	Verdict      Verdict       `json:"verdict" db:"verdict" enum:"approved,rejected,returned"`
	Remark       string        `json:"remark" db:"remark"`
	DecidedAt    time.Time     `json:"decided_at" db:"decided_at"`
	DecidedBy    uuid.UUID     `json:"decided_by" db:"decided_by"`
	Name         string        `json:"name" db:"name"`
	Email        string        `json:"email" db:"email"`
	OverrideID   uuid.NullUUID `json:"acting_override_id" db:"acting_override_id" doc:"the override by which it was done for somebody else"`
	ActingFor    string        `json:"acting_for" db:"acting_for" doc:"e-mail address of the person for whom it was done (Plt, Plh)"`
	ActingName   string        `json:"acting_for_name" db:"acting_name"`
	DecreeNumber string        `json:"decree_number" db:"decree_number"`
	DecreeFrom   period.Date   `json:"decree_from" db:"decree_from" doc:"the day from which he acts"`
	DecreeUntil  period.Date   `json:"decree_until" db:"decree_until" doc:"the last day on which he acts"`
	RecordedAt   time.Time     `json:"recorded_at" db:"recorded_at" doc:"the database's own clock"`
}

// Round is where an agreement stands on its way through the steps of its approval. A round begins with each submission; its
// steps are those that the matrix has for the order date, and stand until it ends.
type Round struct {
	ApprovalRound int            `json:"approval_round" db:"approval_round" doc:"how often it was submitted"`
	ApprovalSteps approval.Steps `json:"approval_steps" db:"approval_steps" doc:"roles that approve, in order; empty before it is first submitted"`
	Awaiting      access.Role    `json:"awaiting" db:"awaiting" doc:"the role whose decision it waits for; empty: none"`
	AwaitingSince *time.Time     `json:"awaiting_since" db:"awaiting_since"`
	Returned      bool           `json:"returned" db:"returned" doc:"rejected so that it is mended: see remarks"`
	HasDecisions  bool           `json:"-" db:"has_decisions"`
	Decisions     []Decision     `json:"decisions,omitempty" db:"-" doc:"every step that was decided, oldest first; on a single agreement only"`
	Remarks       []Remark       `json:"remarks,omitempty" db:"-" doc:"what is or was to be mended, oldest first; on a single agreement only"`
}

// Turn is the step that is next.
type Turn struct {
	Amendment uuid.NullUUID
	Round     int
	Step      int // from 1
	Steps     approval.Steps
	Decided   []Decision // the steps before it
}

// Role is whose turn it is.
func (t Turn) Role() access.Role { return t.Steps[t.Step-1] }

// Last reports whether nobody comes after it.
func (t Turn) Last() bool { return t.Step == len(t.Steps) }

// Turn gives the step that waits, of the amendment that waits or else of the agreement; ok is false when nothing does.
func (a Agreement) Turn() (t Turn, ok bool) {
	t = Turn{Round: a.ApprovalRound, Steps: a.ApprovalSteps}
	ok = a.Status == Submitted
	if m := a.Pending(); m != nil {
		t = Turn{Amendment: uuid.NullUUID{UUID: m.ID, Valid: true}, Round: m.Position, Steps: m.ApprovalSteps}
		ok = true
	}
	if len(t.Steps) == 0 { // before there was a matrix
		t.Steps = approval.Alone()
	}
	for _, d := range a.Decisions {
		if d.AmendmentID == t.Amendment && d.Round == t.Round {
			t.Decided = append(t.Decided, d)
		}
	}
	t.Step = len(t.Decided) + 1
	return t, ok && t.Step <= len(t.Steps)
}

// mayDecide gives the grant by which the actor decides at the step that is next: not on what he made, submitted or decided
// at an earlier step, and by the role of the step. Faults: segregation_of_duties, forbidden, not_found, not_your_step.
func (a Agreement) mayDecide(actor access.Actor) (access.Grant, error) {
	turn, waits := a.Turn()
	others := []uuid.UUID{a.CreatedBy, a.SubmittedBy.UUID}
	if m := a.Pending(); m != nil {
		others = append(others, m.CreatedBy)
	}
	if waits {
		for _, d := range turn.Decided {
			others = append(others, d.DecidedBy)
		}
	}
	if err := actor.Apart(access.AgreementApprove, others...); err != nil {
		return access.Grant{}, err
	}
	if err := actor.Can(access.AgreementApprove, a.AgencyID); err != nil {
		return access.Grant{}, err
	}
	held := func(role access.Role) bool {
		_, ok := actor.As(role, a.AgencyID)
		return ok
	}
	if !slices.ContainsFunc(turn.Steps, held) {
		return access.Grant{}, fault.With(fault.Forbidden, "forbidden", fault.Args{"verb": string(access.AgreementApprove)})
	}
	if !waits { // nothing to decide on: the state says so
		return access.Grant{}, nil
	}
	grant, ok := actor.As(turn.Role(), a.AgencyID)
	if !ok {
		return grant, fault.With(fault.Forbidden, "not_your_step", fault.Args{"role": string(turn.Role()), "step": turn.Step, "steps": len(turn.Steps)})
	}
	return grant, nil
}

// Decidable reports why the actor cannot decide on what waits: nil when he can. Faults: see mayDecide, and wrong_state.
func (a Agreement) Decidable(actor access.Actor) error {
	if _, err := a.mayDecide(actor); err != nil {
		return err
	}
	if _, ok := a.Turn(); !ok {
		return fault.WrongState(string(a.Status), string(Approve))
	}
	return nil
}

// admits refuses who may not decide, before he is told that what he saw has changed.
func (a Agreement) admits(v Verb, actor access.Actor) error {
	if !transitionOf(v).decides() {
		return nil
	}
	_, err := a.mayDecide(actor)
	return err
}

// verdictOf is what a verb says at a step.
func verdictOf(v Verb) Verdict {
	switch v { //nolint:exhaustive // the verbs that decide
	case Reject:
		return Refused
	case Return:
		return Returned
	}
	return Approved
}

// decided is the decision that the actor takes at the step, by the grant.
func (t Turn) decided(v Verb, actor access.Actor, by access.Grant, now time.Time, reason string) *Decision {
	d := &Decision{
		AmendmentID: t.Amendment, Round: t.Round, Step: t.Step, Role: t.Role(), Verdict: verdictOf(v), Remark: reason,
		DecidedAt: now, DecidedBy: actor.User, Name: actor.Name, Email: actor.Email,
	}
	if by.For != "" {
		d.ActingFor, d.OverrideID = by.For, uuid.NullUUID{UUID: by.Override, Valid: true}
	}
	return d
}

// noting is the agreement with one more decision, taken by the grant.
func (a Agreement) noting(d *Decision, by access.Grant) Agreement {
	a.by = &by
	a.Decisions, a.HasDecisions = append(slices.Clip(a.Decisions), *d), true
	a.Returned = d.Verdict == Returned
	a.Awaiting, a.AwaitingSince = "", nil
	if next, ok := a.Turn(); ok && d.Verdict == Approved {
		a.Awaiting, a.AwaitingSince = next.Role(), &d.DecidedAt
	}
	return a
}

// ActedAs gives the grant by which a step was just decided.
func (a Agreement) ActedAs() (g access.Grant, known bool) {
	if a.by == nil {
		return access.Grant{}, false
	}
	return *a.by, true
}
