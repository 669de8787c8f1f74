package placement

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
)

// Service is what people do with placements.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
	now   func() time.Time
	place *time.Location

	settle func(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) error // nil: no proof waits
}

// NewService makes the service over its storage. now and place are the office's clock and calendar.
func NewService(write access.Transactor[Store], read access.Reader[Lists], now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, now, place, nil}
}

// Inspecting is the service that has proofs which wait looked into before their placement is verified.
func (s *Service) Inspecting(by *Inspector) *Service {
	out := *s
	out.settle = by.Settle
	return &out
}

// Create plans one unit of a deliverable. Faults: Forbidden, Invalid by field, wrong_state unless the agreement is
// active, quantity_exceeded when the deliverable has no unit left.
func (s *Service) Create(ctx context.Context, actor access.Actor, agency string, n Plan) (p Placement, err error) {
	n.Title, n.MakeGoodReason = strings.TrimSpace(n.Title), strings.TrimSpace(n.MakeGoodReason)
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return nil, err
		}
		if p, err = s.plan(ctx, tx, ag.ID, actor.User, n); err != nil {
			return nil, err
		}
		if n.MakeGoodFor.Valid {
			if err := s.standIn(ctx, tx, ag.ID, n); err != nil {
				return nil, err
			}
		}
		p.CreatedAt, err = tx.AddPlacement(ctx, p)
		return p, err
	})
	return p, err
}

func (s *Service) plan(ctx context.Context, tx Store, agency, by uuid.UUID, n Plan) (Placement, error) {
	unit, err := tx.UnitOf(ctx, agency, n.DeliverableID)
	if err != nil {
		return Placement{}, err
	}
	if unit.AgreementStatus != agreement.Active {
		return Placement{}, fault.WrongState(string(unit.AgreementStatus), string(access.PlacementWrite))
	}
	if unit.Framework {
		return Placement{}, fault.With(fault.Conflict, "placement_under_framework", fault.Args{"number": unit.AgreementNumber})
	}
	if err := n.Check(unit.Order); err != nil {
		return Placement{}, err
	}
	id, err := uuid.NewV7()
	return Placement{
		ID: id, AgencyID: agency, MakeGood: n.MakeGood, Order: unit.Order, BudgetYear: unit.FiscalYear, ScheduledOn: n.ScheduledOn, Title: n.Title,
		Publication: Publication{Metrics: Metrics{}}, Status: Planned, Net: unit.Net, VAT: unit.VAT, Gross: unit.Gross, ClockFlags: Flags{},
		CreatedAt: s.now().UTC(), CreatedBy: by, RecordedBy: People{}, Version: 1,
	}, err
}

// Enter writes what is known of a placement; change lays it over what was written so far. Faults: Forbidden, stale,
// wrong_state, Invalid by field.
func (s *Service) Enter(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(Entry) (Entry, error)) (Placement, error) {
	return s.move(ctx, actor, agency, deed{id, expected, access.PlacementWrite, ""}, entering(actor, change))
}

// EnterWithin is Enter as part of another deed, inside its transaction.
func (s *Service) EnterWithin(ctx context.Context, tx Store, actor access.Actor, agency string, id uuid.UUID, change func(Entry) (Entry, error)) (Placement, error) {
	enter := entering(actor, change)
	return s.within(ctx, tx, actor, agency, deed{id, nil, access.PlacementWrite, ""}, func(_ Store, p Placement, c *Clock) (Placement, error) {
		return enter(p, c)
	})
}

func entering(actor access.Actor, change func(Entry) (Entry, error)) func(Placement, *Clock) (Placement, error) {
	return func(p Placement, c *Clock) (Placement, error) {
		e, err := change(p.Entry())
		if err != nil {
			return p, err
		}
		return p.Enter(e, actor.User, c)
	}
}

// Verify says that the proof shows what is claimed. Faults: segregation_of_duties for everyone who entered the
// placement, its publication or a proof, Forbidden, stale, wrong_state, Invalid naming the missing evidence, not_verifiable naming the
// rules that it does not meet, proof_not_inspected while the file of a proof was not looked into.
func (s *Service) Verify(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (Placement, error) {
	d := deed{id, expected, access.PlacementVerify, ""}
	if s.settle != nil {
		if err := s.settle(ctx, actor, agency, id); err != nil {
			return Placement{}, err
		}
	}
	return s.moving(ctx, actor, agency, d, func(tx Store, p Placement, _ *Clock) (Placement, error) {
		next, err := p.Verify(actor.User, s.now().UTC())
		if err != nil {
			return next, err
		}
		return next, s.ready(ctx, tx, p)
	})
}

// Reject sends a placement back, with a reason. Faults: Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Reject(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Placement, error) {
	reason = strings.TrimSpace(reason)
	return s.move(ctx, actor, agency, deed{id, expected, access.PlacementVerify, reason}, func(p Placement, _ *Clock) (Placement, error) {
		return p.Reject(reason)
	})
}

// Cancel says that a placement will not be, with a reason; its unit can be placed anew. Faults: as Reject.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Placement, error) {
	reason = strings.TrimSpace(reason)
	return s.move(ctx, actor, agency, deed{id, expected, access.PlacementWrite, reason}, func(p Placement, _ *Clock) (Placement, error) {
		return p.Cancel(reason)
	})
}

// deed is what somebody wants to do with one placement.
type deed struct {
	id       uuid.UUID
	expected *int64
	right    access.Verb
	reason   string
}

// move loads a placement, asks whether the actor may, applies the rule, moves what it frees, and saves.
func (s *Service) move(ctx context.Context, actor access.Actor, agency string, d deed, rule func(Placement, *Clock) (Placement, error)) (Placement, error) {
	return s.moving(ctx, actor, agency, d, func(_ Store, p Placement, clock *Clock) (Placement, error) { return rule(p, clock) })
}

// moving is move by a rule that asks the storage.
func (s *Service) moving(ctx context.Context, actor access.Actor, agency string, d deed, rule func(Store, Placement, *Clock) (Placement, error)) (p Placement, err error) {
	err = s.write(ctx, actor.Does(ctx, d.right, d.reason), func(tx Store) (any, error) {
		p, err = s.within(ctx, tx, actor, agency, d, rule)
		return p, err
	})
	return p, err
}

// within is moving inside a transaction.
func (s *Service) within(ctx context.Context, tx Store, actor access.Actor, agency string, d deed, rule func(Store, Placement, *Clock) (Placement, error)) (p Placement, err error) {
	ag, err := registry.Visible(ctx, tx, actor, agency)
	if err != nil {
		return p, err
	}
	old, err := tx.HoldPlacement(ctx, ag.ID, d.id)
	if err != nil {
		return p, err
	}
	if err := mayMove(actor, old, d); err != nil {
		return p, err
	}
	clock, err := s.clock(ctx, tx, ag, d)
	if err != nil {
		return p, err
	}
	if p, err = rule(tx, old, clock); err != nil {
		return p, err
	}
	for _, id := range clock.Passed {
		if err := tx.UseOverride(ctx, id, p.Document()); err != nil {
			return p, err
		}
	}
	if err := s.save(ctx, tx, old, p); err != nil {
		return p, err
	}
	p.Version++
	return p, nil
}

// clock looks up what a publication is held against; other deeds need none of it.
func (s *Service) clock(ctx context.Context, tx Store, ag registry.Agency, d deed) (*Clock, error) {
	c := &Clock{Scheme: ag.Scheme, Today: s.today(), Place: s.place}
	if d.right != access.PlacementWrite || d.reason != "" {
		return c, nil
	}
	var err error
	if c.Rules, err = tx.RulesOf(ctx, ag.ID); err != nil {
		return c, err
	}
	c.InForce, err = tx.InForce(ctx, ag.ID, override.CheckMode)
	return c, err
}

// mayMove asks for the other person first: who had a hand in the evidence hears so, whatever his role.
func mayMove(actor access.Actor, p Placement, d deed) error {
	if d.right == access.PlacementVerify {
		if err := actor.Apart(d.right, p.Authors()...); err != nil {
			return err
		}
	}
	if err := actor.Can(d.right, p.AgencyID); err != nil {
		return err
	}
	return fault.Expect(d.expected, p.Version)
}

func (s *Service) save(ctx context.Context, tx Store, old, p Placement) error {
	if err := tx.Post(ctx, p.AgencyID, old.Freed(p, s.today())); err != nil {
		return err
	}
	if p.Status == Cancelled && !p.Carried { // the money of a recognised debt went: its unit is not placed anew
		if err := tx.ReturnUnit(ctx, p); err != nil {
			return err
		}
	}
	return tx.SavePlacement(ctx, p)
}

func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }

// Get gives one placement.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (p Placement, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.Placement(ctx, agency, id)
		return err
	})
	return p, err
}

// List lists placements.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Placement], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Placements(ctx, agency, q)
		return err
	})
	return page, err
}

// reading runs fn for somebody who may read the agency's affairs.
func reading(ctx context.Context, read access.Reader[Lists], actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
