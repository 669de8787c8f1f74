package override

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// Verb is what can be done to an override.
type Verb string

// The verbs.
const (
	Approve  Verb = "approve"  // by another person than who asked and whom it concerns
	Refuse   Verb = "refuse"   // with a remark, likewise
	Withdraw Verb = "withdraw" // by who asked
	Revoke   Verb = "revoke"   // with a remark: from now on nothing passes under it
)

// Verbs lists them.
func Verbs() []Verb { return []Verb{Approve, Refuse, Withdraw, Revoke} }

// Move does a verb: the override after it. Faults: segregation_of_duties for who asked and whom it concerns, Forbidden,
// wrong_state, Invalid at /remark when a reason is needed.
func (o Override) Move(v Verb, actor access.Actor, agency uuid.UUID, now time.Time, today period.Date, remark string) (Override, error) {
	if err := o.mayMove(v, actor, agency); err != nil {
		return o, err
	}
	if err := o.openTo(v, today); err != nil {
		return o, err
	}
	var wrong fault.Fields
	wrong.Text("/remark", remark, v == Refuse || v == Revoke, reasonMax)
	if err := wrong.Err(); err != nil {
		return o, err
	}
	at, by := now.UTC(), uuid.NullUUID{UUID: actor.User, Valid: true}
	switch v {
	case Approve:
		o.Status, o.DecidedAt, o.DecidedBy, o.Decider = Approved, &at, by, actor.Email
	case Refuse:
		o.Status, o.DecidedAt, o.DecidedBy, o.Decider = Refused, &at, by, actor.Email
	case Withdraw:
		o.Status = Withdrawn
	case Revoke:
		o.Status, o.RevokedAt, o.RevokedBy, o.Revoker = Revoked, &at, by, actor.Email
	}
	o.Remark = remark
	return o, nil
}

// mayMove asks for the other person first: who asked hears so, whatever his role.
func (o Override) mayMove(v Verb, actor access.Actor, agency uuid.UUID) error {
	right := o.Kind.DecideRight()
	switch v {
	case Withdraw:
		if right = o.Kind.AskRight(); o.CreatedBy != actor.User {
			return fault.With(fault.Forbidden, "not_yours", fault.Args{"verb": string(v)})
		}
	case Approve, Refuse:
		if err := actor.Apart(right, o.CreatedBy); err != nil {
			return err
		}
		if o.Concerns(actor) {
			return fault.With(fault.Forbidden, "segregation_of_duties", fault.Args{"verb": string(right)})
		}
	case Revoke:
	}
	return actor.Can(right, agency)
}

// Concerns reports whether the override is about the actor himself: his role, or his acting for another.
func (o Override) Concerns(actor access.Actor) bool {
	return o.Kind.aboutRoles() && o.Subject.Email == actor.Email
}

// openTo gives wrong_state when the verb has no place in the override's state. What took effect at once is not revoked,
// but for spending, whose money can come back.
func (o Override) openTo(v Verb, today period.Date) error {
	status, from := o.Status, Requested
	if v == Revoke {
		from = Approved
	}
	if o.At(today).Expired && (v == Approve || v == Revoke) {
		status = "expired"
	}
	if status != from || v == Revoke && o.Kind == RoleChange {
		return fault.WrongState(string(status), string(v))
	}
	return nil
}

// Offers reports whether the verb is the actor's to do now; pages show what it says.
func (o Override) Offers(v Verb, actor access.Actor, agency uuid.UUID, today period.Date) bool {
	return o.mayMove(v, actor, agency) == nil && o.openTo(v, today) == nil
}
