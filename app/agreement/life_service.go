package agreement

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

// Pause suspends an agreement or lets it go on. Faults: Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Pause(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, verb Verb, p Pause) (a Agreement, err error) {
	p.Reason = strings.TrimSpace(p.Reason)
	err = s.write(ctx, actor.Does(ctx, access.AgreementEnd, p.Reason), func(tx Store) (any, error) {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		if a, err = tx.Agreement(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, a.Version); err != nil {
			return nil, err
		}
		if err := s.pause(ctx, tx, actor, a, verb, p); err != nil {
			return nil, err
		}
		a, err = tx.Agreement(ctx, ag.ID, id)
		return a, err
	})
	return a, err
}

func (s *Service) pause(ctx context.Context, tx Store, actor access.Actor, a Agreement, verb Verb, p Pause) error {
	now := s.now().UTC()
	if verb == Resume {
		one, err := a.Resume(actor, p, now)
		if err != nil {
			return err
		}
		return tx.EndSuspension(ctx, a, one)
	}
	one, err := a.Suspend(actor, p, now)
	if err != nil {
		return err
	}
	if one.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	return tx.AddSuspension(ctx, a, one)
}

// end saves an agreement that ended: its money, its state and its final account, and what was never published.
func (s *Service) end(ctx context.Context, tx MoveStore, actor access.Actor, moved Moved, c Account, open []Open) error {
	a := moved.Agreement
	if err := c.check(a); err != nil {
		return err
	}
	if _, err := tx.MoveAgreement(ctx, a); err != nil { // refuses while an advance or a retention is open
		return err
	}
	if err := tx.Post(ctx, a.AgencyID, moved.Moves); err != nil {
		return err
	}
	if err := tx.CancelUnpublished(ctx, a.ID); err != nil || a.Framework {
		return err
	}
	now := s.now()
	f := a.finalAccount(c, open, period.DateOf(now, s.place))
	f.CreatedAt, f.CreatedBy = now.UTC(), actor.User
	var err error
	if f.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	return tx.AddFinalAccount(ctx, a, f)
}

// FinalAccount gives the final account of an agreement that ended. Fault: NotFound while it lives.
func (s *Service) FinalAccount(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (f FinalAccount, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		f, err = tx.FinalAccount(ctx, ag.ID, id)
		return err
	})
	return f, err
}

// promises reports whether the agreement moves money itself: a framework agreement does not.
func (a Agreement) promises(moves []budget.Move) []budget.Move {
	if a.Framework {
		return nil
	}
	return moves
}
