package live

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/placement"
)

// conclude draws what follows from a finished check: what is gone early is a shortfall, what is back ends one.
func conclude(ctx context.Context, tx Record, p placement.Placement, c Check, where *time.Location) error {
	if c.Result != There && c.Result != Gone {
		return nil
	}
	s, stands, err := tx.StandingShortfall(ctx, p.ID)
	if err != nil {
		return err
	}
	switch {
	case c.Result == There && stands && s.Kind == GoneEarly:
		s.Status, s.EndedBy = Ended, uuid.NullUUID{UUID: c.ID, Valid: true}
		return tx.SaveShortfall(ctx, s)
	case c.Result == There || stands:
		return nil
	}
	known, err := tx.LiveKnown(ctx, p, *c.CheckedAt)
	if err != nil {
		return err
	}
	s, short, err := early(p, known, c, where)
	if err != nil || !short {
		return err
	}
	if s.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	s.CreatedAt = *c.CheckedAt
	return tx.AddShortfall(ctx, s)
}

// Shortfalls lists the shortfalls of an agency, newest first.
func (s *Service) Shortfalls(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Shortfall], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Shortfalls(ctx, agency, q)
		return err
	})
	return page, err
}

// Shortfall gives one shortfall.
func (s *Service) Shortfall(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (found Shortfall, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		found, err = tx.Shortfall(ctx, agency, id)
		return err
	})
	return found, err
}

// Decide says that the money of a shortfall is not owed. Faults: segregation_of_duties for who found it, Forbidden, stale,
// wrong_state, Invalid without a reason.
func (s *Service) Decide(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Shortfall, error) {
	reason = strings.TrimSpace(reason)
	return s.move(ctx, actor, agency, deed{id, expected, access.ShortfallDecide, reason}, func(f Shortfall) (Shortfall, error) {
		return f.Decide(reason, actor.User, s.now().UTC())
	})
}

// Void says that there is no shortfall. Faults: as Decide.
func (s *Service) Void(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Shortfall, error) {
	reason = strings.TrimSpace(reason)
	return s.move(ctx, actor, agency, deed{id, expected, access.ShortfallDecide, reason}, func(f Shortfall) (Shortfall, error) {
		return f.Void(reason, actor.User, s.now().UTC())
	})
}

// Recover says that the money of a decided shortfall came back or was kept back. Faults: Forbidden, stale, wrong_state,
// Invalid by field.
func (s *Service) Recover(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, r Recovery) (Shortfall, error) {
	return s.move(ctx, actor, agency, deed{id, expected, access.ShortfallRecover, ""}, func(f Shortfall) (Shortfall, error) {
		return f.Recover(r, s.today())
	})
}

// deed is what somebody wants to do with one shortfall.
type deed struct {
	id       uuid.UUID
	expected *int64
	right    access.Verb
	reason   string
}

func (s *Service) move(ctx context.Context, actor access.Actor, agency string, d deed, by func(Shortfall) (Shortfall, error)) (f Shortfall, err error) {
	err = s.write(ctx, actor.Does(ctx, d.right, d.reason), func(tx Store) (any, error) {
		ag, err := visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		if f, err = tx.HoldShortfall(ctx, ag, d.id); err != nil {
			return nil, err
		}
		if d.right == access.ShortfallDecide && f.CreatedBy.Valid {
			if err := actor.Apart(d.right, f.CreatedBy.UUID); err != nil {
				return nil, err
			}
		}
		if err := actor.Can(d.right, ag); err != nil {
			return nil, err
		}
		if err := fault.Expect(d.expected, f.Version); err != nil {
			return nil, err
		}
		if f, err = by(f); err != nil {
			return nil, err
		}
		if err := tx.SaveShortfall(ctx, f); err != nil {
			return nil, err
		}
		f.Version++
		return f, nil
	})
	return f, err
}
