package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
)

// assessor is where an agreement is assessed.
type assessor interface {
	Files
	override.Passes
}

// assess looks up what is known around an agreement and holds it against that.
func (s *Service) assess(ctx context.Context, tx assessor, a Agreement) (Assessment, error) {
	facts, err := tx.Facts(ctx, a)
	if err != nil {
		return Assessment{}, err
	}
	facts.EnteredOn = period.DateOf(a.CreatedAt, s.place)
	inForce, err := tx.InForce(ctx, a.AgencyID, override.CheckMode)
	if err != nil {
		return Assessment{}, err
	}
	return a.Assess(facts, inForce, s.now().UTC()), nil
}

// ready lets an agreement come into force that meets every rule or has an override for it, notes those, and keeps what
// was known. Fault: not_ready.
func (s *Service) ready(ctx context.Context, tx MoveStore, a Agreement) error {
	found, err := s.assess(ctx, tx, a)
	if err != nil {
		return err
	}
	if err := found.Ready(); err != nil {
		return err
	}
	for _, id := range found.passed() {
		if err := tx.UseOverride(ctx, id, a.Document()); err != nil {
			return err
		}
	}
	if err := tx.SavePrices(ctx, a.ID, found.Facts.Prices.kept(a.Deliverables)); err != nil {
		return err
	}
	found.Frozen = true
	return tx.Freeze(ctx, a, found)
}

// Assessment gives what is known of an agreement: as it was when it came into force, else as it is now.
func (s *Service) Assessment(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (found Assessment, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		a, err := tx.Agreement(ctx, ag.ID, id)
		if err != nil {
			return err
		}
		var ok bool
		if found, ok, err = tx.Frozen(ctx, a.ID); ok || err != nil {
			return err
		}
		found, err = s.assess(ctx, tx, a)
		return err
	})
	return found, err
}

// Reach gives what is known of the social accounts that an agreement orders from, saved or not.
func (s *Service) Reach(ctx context.Context, actor access.Actor, agency string, a Agreement) (known InfluenceFacts, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		a.AgencyID = ag.ID
		facts, err := tx.Facts(ctx, a)
		known = facts.Influence
		return err
	})
	return known, err
}
