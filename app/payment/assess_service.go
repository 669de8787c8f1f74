package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
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
	if err := s.bases(p, facts.Papered); err != nil {
		return Assessment{}, err
	}
	facts.Money.Today = period.DateOf(s.now(), s.place)
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

// Settlement gives how an agreement's money stands: what was paid in advance and settled since, what is kept back.
func (s *Service) Settlement(ctx context.Context, actor access.Actor, agency string, agreement uuid.UUID) (out Settlement, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.AgreementNamed(ctx, agency, agreement); err != nil {
			return fault.Missing()
		}
		out, err = tx.Settlement(ctx, agreement)
		return err
	})
	return out, err
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

// bases computes what the tax invoice of each invoice with VAT should say, as of the payment request.
func (s *Service) bases(p Payment, papered []PaperedInvoice) error {
	for n, i := range papered {
		if i.VAT == 0 {
			continue
		}
		base, err := s.rates.TaxableBase(i.Price, p.SPP.Date)
		if err != nil {
			return err
		}
		papered[n].Base = base
	}
	return nil
}
