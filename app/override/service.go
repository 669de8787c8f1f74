package override

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

// Service is what people do with overrides.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
	now   func() time.Time
	place *time.Location
}

// NewService makes the service over its storage; now and place are the office's clock and calendar.
func NewService(write access.Transactor[Store], read access.Reader[Lists], now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, now, place}
}

func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }

// Ask requests an override; it does nothing until another person has approved it. Faults: Forbidden, Invalid by field,
// duplicate (the number of spending that is recorded already).
func (s *Service) Ask(ctx context.Context, actor access.Actor, agency string, ask Ask) (o Override, err error) {
	ask = ask.Trimmed()
	if err := readable("/reason", ask.Reason); err != nil {
		return o, err
	}
	err = s.write(ctx, actor.Does(ctx, ask.Kind.AskRight(), ask.Reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.OverrideRead, agency)
		if err != nil {
			return nil, err
		}
		if err := s.mayAsk(ctx, tx, actor, ag, ask); err != nil {
			return nil, err
		}
		o = Override{
			Kind: ask.Kind, Subject: ask.Subject, Reason: ask.Reason, Status: Requested, ValidUntil: ask.ValidUntil, CreatedBy: actor.User,
			AgencyID: uuid.NullUUID{UUID: ag.ID, Valid: ask.Kind != RoleChange || ask.Subject.AgencyCode != ""},
		}
		if o.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		if err := tx.AddOverride(ctx, o); err != nil {
			return nil, err
		}
		o, err = tx.Override(ctx, ag.ID, o.ID)
		o = o.At(s.today())
		return o, err
	})
	return o, err
}

// readable refuses a text that no database keeps, before it goes along with the deed.
func readable(at, text string) error {
	var wrong fault.Fields
	wrong.Text(at, text, false, reasonMax)
	return wrong.Err()
}

func (s *Service) mayAsk(ctx context.Context, tx Store, actor access.Actor, ag registry.Agency, ask Ask) error {
	if ask.Kind.Known() {
		if err := actor.Can(ask.Kind.AskRight(), ag.ID); err != nil {
			return err
		}
	}
	if err := ask.Check(s.today()); err != nil {
		return err
	}
	around, err := tx.SubjectAround(ctx, ag.ID, ask.Subject)
	if err != nil {
		return err
	}
	return ask.Subject.fit(ask.Kind, ag.Code, around)
}

// DecideCommand asks for a verb; Remark is needed to refuse and to revoke.
type DecideCommand struct {
	Verb     Verb
	Expected *int64
	Remark   string
}

// Decide does a verb to an override, with its effect: a role changes hands, spending without agreement is realised or
// comes back. Faults: see Override.Move, and stale, budget_exceeded, subject_changed.
func (s *Service) Decide(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd DecideCommand) (o Override, err error) {
	cmd.Remark = strings.TrimSpace(cmd.Remark)
	if err := readable("/remark", cmd.Remark); err != nil {
		return o, err
	}
	right := access.OverrideDecide
	if cmd.Verb == Withdraw {
		right = access.OverrideAsk
	}
	err = s.write(ctx, actor.Does(ctx, right, cmd.Remark), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.OverrideRead, agency)
		if err != nil {
			return nil, err
		}
		old, err := tx.Override(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := old.Kind.Visible(actor, ag.ID); err != nil {
			return nil, err
		}
		if err := s.decide(ctx, tx, actor, ag, old, cmd); err != nil {
			return nil, err
		}
		o, err = tx.Override(ctx, ag.ID, id)
		o = o.At(s.today())
		return o, err
	})
	return o, err
}

func (s *Service) decide(ctx context.Context, tx Store, actor access.Actor, ag registry.Agency, old Override, cmd DecideCommand) error {
	next, err := old.Move(cmd.Verb, actor, ag.ID, s.now(), s.today(), cmd.Remark)
	if err != nil {
		return err
	}
	if err := fault.Expect(cmd.Expected, old.Version); err != nil {
		return err
	}
	switch next.Status {
	case Approved:
		if err := s.approve(ctx, tx, ag, next); err != nil {
			return err
		}
	case Revoked:
		if next.Kind == WithoutAgreement {
			if err := tx.Post(ctx, ag.ID, next.Refund(s.today())); err != nil {
				return err
			}
		}
	case Requested, Refused, Withdrawn:
	}
	return tx.MoveOverride(ctx, next)
}

// approve looks again at what the subject names, and does what takes effect at once.
func (s *Service) approve(ctx context.Context, tx Store, ag registry.Agency, o Override) error {
	around, err := tx.SubjectAround(ctx, ag.ID, o.Subject)
	if err != nil {
		return err
	}
	if err := o.Subject.fit(o.Kind, ag.Code, around); err != nil {
		return &fault.Error{Kind: fault.Conflict, Code: "subject_changed", Fields: fault.From(err).Fields}
	}
	switch o.Kind {
	case WithoutAgreement:
		if err := tx.Post(ctx, ag.ID, o.Spend()); err != nil {
			return err
		}
		return tx.UseOverride(ctx, o.ID, o.SpendingDocument())
	case RoleChange:
		return tx.ChangeRole(ctx, around.Person.ID, o)
	case CheckMode, Tolerance, PeriodReopen, BackDate, Acting:
	}
	return nil
}

// Get gives an override with the documents that passed under it.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (o Override, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if o, err = tx.Override(ctx, agency, id); err != nil {
			return err
		}
		return o.Kind.Visible(actor, agency)
	})
	return o.At(s.today()), err
}

// List lists the agency's overrides and those of the whole government; who may not read the agency's affairs sees those
// about roles.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Override], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		var kinds []Kind
		if !actor.Sees(agency) {
			kinds = RoleKinds()
		}
		page, err = tx.Overrides(ctx, agency, kinds, q)
		return err
	})
	for i, o := range page.Items {
		page.Items[i] = o.At(s.today())
	}
	return page, err
}

// Uses lists what passed under the agency's overrides, for who may read its affairs.
func (s *Service) Uses(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Use], err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		page, err = tx.OverrideUses(ctx, ag.ID, q)
		return err
	})
	return page, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.OverrideRead, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
