package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
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
	m, moves, pass, err := s.fitted(ctx, tx, ag, a, p, Circumstances{Surroundings: around, Open: open, Rates: s.ratesOf(ag)})
	if err != nil {
		return err
	}
	if around.Framework != nil {
		if err := checkFrameworkPrices(m.After.Deliverables, *around.Framework); err != nil {
			return err
		}
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
	after := a
	after.OrderDate, after.Deliverables = m.Date, m.After.Deliverables
	if err := after.judgeAmended(ctx, tx, m.Before.Deliverables); err != nil {
		return err
	}
	m.CreatedAt, m.CreatedBy = s.now().UTC(), actor.User
	if err := tx.Post(ctx, a.AgencyID, moves); err != nil {
		return err
	}
	if pass != uuid.Nil {
		if err := tx.UseOverride(ctx, pass, a.Document()); err != nil {
			return err
		}
	}
	return tx.AddAmendment(ctx, a, m)
}

// fitted lays a proposal over the agreement. One whose value is beyond the limit passes under an override of that rule,
// which is given.
func (s *Service) fitted(ctx context.Context, tx Store, ag registry.Agency, a Agreement, p Proposal, c Circumstances) (m Amendment, moves []budget.Move, pass uuid.UUID, err error) {
	set, err := tx.RulesOf(ctx, ag.ID)
	if err != nil {
		return m, nil, pass, err
	}
	c.Limit = limitOf(set, ag, p.Date)
	if m, moves, err = a.Amend(p, c); !overLimit(err) {
		return m, moves, pass, err
	}
	inForce, errForce := tx.InForce(ctx, ag.ID, override.CheckMode)
	if errForce != nil {
		return m, nil, pass, errForce
	}
	o, ok := override.Warns(inForce, override.Check(rule.AddendumOverLimit), override.Agreement, a.Number)
	if !ok {
		return m, nil, pass, err
	}
	c.Limit = nil
	m, moves, err = a.Amend(p, c)
	return m, moves, o.ID, err
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
	var priced []Deliverable
	if cmd.Verb == Approve {
		if priced, err = s.pricesOf(ctx, tx, a, decided.Amendment); err != nil {
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
	if err := tx.DecideAmendment(ctx, decided.Amendment); err != nil {
		return nil, err
	}
	return decided.Agreement.by, tx.SavePrices(ctx, a.ID, priced)
}
