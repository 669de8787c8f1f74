package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

// Amend proposes an amendment of an agreement in force and reserves what it adds; Move decides on it. Faults: Forbidden,
// stale, Invalid by field, wrong_state, amendment_pending, duplicate (its number), budget_exceeded.
func (s *Service) Amend(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, p Proposal) (a Agreement, err error) {
	p = p.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.AgreementWrite, p.Reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AgreementWrite, agency)
		if err != nil {
			return nil, err
		}
		if a, err = tx.Agreement(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, a.Version); err != nil {
			return nil, err
		}
		if err := p.Check(a.Kind); err != nil {
			return nil, err
		}
		if err := s.propose(ctx, tx, actor, ag, a, p); err != nil {
			return nil, err
		}
		a, err = tx.Agreement(ctx, ag.ID, id)
		return a, err
	})
	return a, err
}

func (s *Service) propose(ctx context.Context, tx Store, actor access.Actor, ag registry.Agency, a Agreement, p Proposal) error {
	around, err := tx.Surroundings(ctx, ag.ID, p.named(a))
	if err != nil {
		return err
	}
	open, err := tx.OpenPlacements(ctx, a.ID)
	if err != nil {
		return err
	}
	m, moves, err := a.Amend(p, Circumstances{around, open, s.ratesOf(ag), limitOf(ag, p.Date)})
	if err != nil {
		return err
	}
	for i := range m.After.Deliverables {
		if d := &m.After.Deliverables[i]; d.ID == uuid.Nil {
			if d.ID, err = uuid.NewV7(); err != nil {
				return err
			}
		}
	}
	if m.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	m.CreatedAt, m.CreatedBy = s.now().UTC(), actor.User
	if err := tx.Post(ctx, a.AgencyID, moves); err != nil {
		return err
	}
	return tx.AddAmendment(ctx, a, m)
}

// limitOf is the limit of the law for the agency; those outside the country's budget schemes have none.
func limitOf(ag registry.Agency, day period.Date) *Limit {
	if ag.Scheme == registry.Other {
		return nil
	}
	return limitOn(StatutoryLimits(), day)
}

// decide does a verb to the amendment that waits, and gives the grant by which a step was decided.
func (s *Service) decide(ctx context.Context, tx MoveStore, actor access.Actor, a Agreement, cmd MoveCommand, open []Open) (*access.Grant, error) {
	now := s.now()
	decided, err := a.Decide(cmd.Verb, actor, now.UTC(), period.DateOf(now, s.place), cmd.Reason, open)
	if err != nil {
		return nil, err
	}
	if d := decided.Decision; d != nil {
		if _, err := s.addDecision(ctx, tx, a, *d); err != nil {
			return nil, err
		}
	}
	if err := tx.Post(ctx, a.AgencyID, decided.Moves); err != nil {
		return nil, err
	}
	if _, err := tx.MoveAgreement(ctx, decided.Agreement); err != nil {
		return nil, err
	}
	if decided.Amendment.Status == AmendmentProposed { // others decide after this one
		return decided.Agreement.by, nil
	}
	return decided.Agreement.by, tx.DecideAmendment(ctx, decided.Amendment)
}
