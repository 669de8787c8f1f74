package placement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/override"
)

// Knowledge is what is asked when a proof is held against the rules.
type Knowledge interface {
	Law
	// PlacementAround looks up the ordered channel of a placement, and every other placement of the government that has the
	// same address, post, file or picture; those that were cancelled do not count.
	PlacementAround(ctx context.Context, p Placement) (Around, error)
}

// assess looks up what is known around a placement and holds its proof against that.
func (s *Service) assess(ctx context.Context, tx Knowledge, p Placement) (a Assessment, err error) {
	around, err := tx.PlacementAround(ctx, p)
	if err != nil {
		return a, err
	}
	rules, err := tx.RulesOf(ctx, p.AgencyID)
	if err != nil {
		return a, err
	}
	inForce, err := tx.InForce(ctx, p.AgencyID, override.CheckMode)
	if err != nil {
		return a, err
	}
	return p.Assess(around, rules, inForce, s.today(), s.place), nil
}

// ready lets a proof be verified that meets every rule or has an override for it, and notes those. Fault: not_verifiable.
func (s *Service) ready(ctx context.Context, tx Knowledge, p Placement) error {
	found, err := s.assess(ctx, tx, p)
	if err != nil {
		return err
	}
	if err := found.Ready(); err != nil {
		return err
	}
	for _, id := range found.passed() {
		if err := tx.UseOverride(ctx, id, p.Document()); err != nil {
			return err
		}
	}
	return nil
}

// Assessment gives where a placement's evidence was seen before and which rules it does not meet, as things are now.
func (s *Service) Assessment(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (found Assessment, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err := tx.Placement(ctx, agency, id)
		if err != nil {
			return err
		}
		found, err = s.assess(ctx, tx, p)
		return err
	})
	for i, f := range found.Sightings {
		found.Sightings[i] = f.shownTo(actor)
	}
	return found, err
}
