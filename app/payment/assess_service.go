package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/placement"
)

// Knowledge is what is asked when a payment is held against the rules.
type Knowledge interface {
	placement.Rules
	override.Passes
	// PaymentFacts looks up everything that an assessment asks about, as of the day.
	PaymentFacts(ctx context.Context, p Payment, day period.Date) (Facts, error)
	// FrozenPayment gives the assessment under which a payment was ordered; false when there is none.
	FrozenPayment(ctx context.Context, id uuid.UUID) (Assessment, bool, error)
}

// assess looks up what is known around a payment and holds it against that.
func (s *Service) assess(ctx context.Context, tx Knowledge, p Payment, day period.Date) (Assessment, error) {
	facts, err := tx.PaymentFacts(ctx, p, day)
	if err != nil {
		return Assessment{}, err
	}
	if facts.Rules, err = tx.RulesOf(ctx, p.AgencyID); err != nil {
		return Assessment{}, err
	}
	inForce, err := tx.InForce(ctx, p.AgencyID, override.CheckMode)
	if err != nil {
		return Assessment{}, err
	}
	return p.Assess(facts, inForce, day, s.now().UTC()), nil
}

// ready lets a payment be ordered that meets every rule or has an override for it, notes those, and keeps what was known.
// Fault: not_payable.
func (s *Service) ready(ctx context.Context, tx Store, p Payment) error {
	found, err := s.assess(ctx, tx, p, p.SPM.Date)
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
	found.Frozen = true
	return tx.FreezePayment(ctx, p, found)
}

// Assessment gives what is known of a payment and which rules it does not meet: as it was when it was ordered, else as
// things are today.
func (s *Service) Assessment(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (found Assessment, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err := tx.Payment(ctx, agency, id)
		if err != nil {
			return err
		}
		var ok bool
		if found, ok, err = tx.FrozenPayment(ctx, p.ID); ok || err != nil {
			return err
		}
		found, err = s.assess(ctx, tx, p, period.DateOf(s.now(), s.place))
		return err
	})
	return found, err
}
