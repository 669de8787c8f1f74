package placement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Acceptances is what people do with acceptance reports.
type Acceptances struct {
	write access.Transactor[AcceptanceStore]
	read  access.Reader[Lists]
	now   func() time.Time
}

// NewAcceptances makes the service over its storage. now is the office's clock.
func NewAcceptances(write access.Transactor[AcceptanceStore], read access.Reader[Lists], now func() time.Time) *Acceptances {
	return &Acceptances{write, read, now}
}

// Create takes verified placements over. Faults: Forbidden, Invalid by field, wrong_state naming each placement that is
// not verified, duplicate (its number).
func (s *Acceptances) Create(ctx context.Context, actor access.Actor, agency string, r Report) (a Acceptance, err error) {
	err = s.write(ctx, actor.Does(ctx, access.AcceptanceWrite, ""), func(tx AcceptanceStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AcceptanceWrite, agency)
		if err != nil {
			return nil, err
		}
		if err := r.Check(); err != nil {
			return nil, err
		}
		if a, err = s.accept(ctx, tx, ag, r); err != nil {
			return nil, err
		}
		a.CreatedAt, a.CreatedBy = s.now().UTC(), actor.User
		return a, tx.AddAcceptance(ctx, a)
	})
	return a, err
}

func (s *Acceptances) accept(ctx context.Context, tx AcceptanceStore, ag registry.Agency, r Report) (Acceptance, error) {
	of, err := tx.AgreementNamed(ctx, ag.ID, r.AgreementID)
	if err != nil {
		return Acceptance{}, err
	}
	found, err := tx.PlacementsNamed(ctx, ag.ID, r.PlacementIDs)
	if err != nil {
		return Acceptance{}, err
	}
	set, err := tx.RulesOf(ctx, ag.ID)
	if err != nil {
		return Acceptance{}, err
	}
	if err := s.there(ctx, tx, ag, r, found, set); err != nil {
		return Acceptance{}, err
	}
	a, err := r.Accept(of, found, agreement.PenaltyRatesOn(set, ag.Scheme, of.OrderDate))
	if err != nil {
		return a, err
	}
	if len(r.Shortfalls) > 0 {
		rows, err := tx.FulfilmentOf(ctx, ag.ID, of.ID)
		if err != nil {
			return a, err
		}
		if a.Shortfalls, err = r.shortfalls(of, rows); err != nil {
			return a, err
		}
	}
	a.ID, err = uuid.NewV7()
	return a, err
}

// Sign puts the signers and the signed paper to a report, until it is inspected. Faults: Forbidden, NotFound, stale, wrong_state,
// Invalid by field.
func (s *Acceptances) Sign(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, by Signing) (a Acceptance, err error) {
	by = by.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.AcceptanceWrite, ""), func(tx AcceptanceStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AcceptanceWrite, agency)
		if err != nil {
			return nil, err
		}
		if a, err = tx.Acceptance(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, a.Version); err != nil {
			return nil, err
		}
		if a.InspectionID.Valid {
			return nil, fault.WrongState("inspected", "sign")
		}
		var wrong fault.Fields
		by.Check(&wrong, a.Date, true)
		if err := wrong.Err(); err != nil {
			return nil, err
		}
		a.Signing = by
		if err := tx.SignAcceptance(ctx, a); err != nil {
			return nil, err
		}
		a.Version++
		return a, nil
	})
	return a, err
}

// Get gives one report with the ids of its placements.
func (s *Acceptances) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (a Acceptance, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		a, err = tx.Acceptance(ctx, agency, id)
		return err
	})
	return a, err
}

// List lists reports without the ids of their placements.
func (s *Acceptances) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Acceptance], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Acceptances(ctx, agency, q)
		return err
	})
	return page, err
}
