package payment

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
	"tayang/app/tax"
)

// Service is what people do with payments.
type Service struct {
	request access.Transactor[RequestStore]
	write   access.Transactor[Store]
	read    access.Reader[Lists]
	rates   tax.Rates
	now     func() time.Time
	place   *time.Location
}

// NewService makes the service over its storage. rates are those of the law, now and place are the office's
// clock and calendar.
func NewService(request access.Transactor[RequestStore], write access.Transactor[Store], read access.Reader[Lists],
	rates tax.Rates, now func() time.Time, place *time.Location,
) *Service {
	return &Service{request, write, read, rates, now, place}
}

// Request asks for the payment of invoices (SPP) and computes the taxes to keep back. Faults: Forbidden, Invalid by
// field, wrong_state naming each invoice that is in another payment, duplicate (the SPP's number).
func (s *Service) Request(ctx context.Context, actor access.Actor, agency string, r Request) (p Payment, err error) {
	err = s.request(ctx, actor.Does(ctx, access.PaymentRequest, ""), func(tx RequestStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PaymentRequest, agency)
		if err != nil {
			return nil, err
		}
		if err := r.Check(); err != nil {
			return nil, err
		}
		if err := tx.HoldMoney(ctx, ag.ID, r.AgreementID); err != nil {
			return nil, err
		}
		if p, err = s.reckon(ctx, tx, ag, r); err != nil {
			return nil, err
		}
		p.CreatedAt, p.CreatedBy = s.now().UTC(), actor.User
		p.BudgetVersion, err = tx.AddPayment(ctx, p)
		return p, err
	})
	return p, err
}

func (s *Service) reckon(ctx context.Context, tx Reckoning, ag registry.Agency, r Request) (Payment, error) {
	of, err := tx.AgreementNamed(ctx, ag.ID, r.AgreementID)
	if err != nil {
		return Payment{}, err
	}
	found, err := tx.InvoicesNamed(ctx, ag.ID, r.InvoiceIDs)
	if err != nil {
		return Payment{}, err
	}
	payee, err := tx.Payee(ctx, of.VendorID)
	if err != nil {
		return Payment{}, err
	}
	var book Book
	if r.Purpose != ForWork || of.PaymentTerms.Settles() {
		if book, err = tx.Book(ctx, of.ID, r.InvoiceIDs); err != nil {
			return Payment{}, err
		}
	}
	rates := s.rates
	if ag.Scheme == registry.Other {
		rates = tax.Untaxed()
	}
	owed, err := tx.PenaltiesOf(ctx, of.ID)
	if err != nil {
		return Payment{}, err
	}
	p, err := r.Payment(of, found, payee, rates, book)
	if err != nil {
		return p, err
	}
	if p, err = p.keepBack(found, owed); err != nil {
		return p, err
	}
	return p, p.identify()
}

// Authorise puts the payment order (SPM) to a request. Faults: segregation_of_duties for the author of the request,
// Forbidden, stale, wrong_state, payment_held, Invalid by field, not_payable naming the rules that it does not meet.
func (s *Service) Authorise(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, spm Paper) (Payment, error) {
	return s.move(ctx, actor, agency, deed{id, expected, access.PaymentAuthorise, ""}, func(tx Store, old Payment) (Payment, error) {
		p, err := old.Authorise(spm, s.stamp(actor))
		if err != nil {
			return p, err
		}
		if err := s.ready(ctx, tx, p); err != nil {
			return p, err
		}
		return saved(ctx, tx, p)
	})
}

// Settle puts the disbursement order (SP2D) to a payment: the money is realised, the placements are paid, and the last
// payment completes the agreement. Faults: Forbidden, stale, wrong_state, payment_held, Invalid by field, budget_exceeded.
func (s *Service) Settle(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, sp2d Paper) (Payment, error) {
	return s.Disburse(ctx, actor, agency, id, expected, Disbursement{SP2D: sp2d})
}

// Disburse is Settle with the bank's slip beside the SP2D.
func (s *Service) Disburse(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, d Disbursement) (Payment, error) {
	return s.move(ctx, actor, agency, deed{id, expected, access.PaymentSettle, ""}, func(tx Store, old Payment) (Payment, error) {
		shares, err := tx.Shares(ctx, old.ID)
		if err != nil {
			return old, err
		}
		p, err := old.borne(shares).Settle(d.SP2D, s.stamp(actor))
		if err == nil {
			p, err = p.transferred(d.Transfer)
		}
		if err != nil {
			return p, err
		}
		if err := post(ctx, tx, p, shares, p.Realise); err != nil {
			return p, err
		}
		if err := tx.MarkPaid(ctx, p); err != nil {
			return p, err
		}
		set, err := tx.RulesOf(ctx, p.AgencyID)
		if err != nil {
			return p, err
		}
		if p = p.due(set); len(p.Taxes) > 0 {
			if err := tx.SaveDue(ctx, p); err != nil {
				return p, err
			}
		}
		return saved(ctx, tx, p)
	})
}

// Reverse undoes a payment: not yet settled, it is withdrawn; settled, its realisation is refunded. Its invoices can be
// paid anew. Faults: Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Reverse(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, r Reversal) (Payment, error) {
	r.Reason = strings.TrimSpace(r.Reason)
	return s.move(ctx, actor, agency, deed{id, expected, access.PaymentReverse, r.Reason}, func(tx Store, old Payment) (Payment, error) {
		p, err := old.Reverse(r, s.stamp(actor))
		if err != nil {
			return p, err
		}
		paid := old.Status == Settled
		if paid {
			shares, err := tx.Shares(ctx, p.ID)
			if err != nil {
				return p, err
			}
			if err := post(ctx, tx, p, shares, p.Refund); err != nil {
				return p, err
			}
		}
		if err := tx.MarkReversed(ctx, p, paid); err != nil {
			return p, err
		}
		return saved(ctx, tx, p)
	})
}

// deed is what somebody wants to do with one payment.
type deed struct {
	id       uuid.UUID
	expected *int64
	right    access.Verb
	reason   string
}

// move loads a payment, asks whether the actor may, and does the deed, which saves it.
func (s *Service) move(ctx context.Context, actor access.Actor, agency string, d deed, do func(Store, Payment) (Payment, error)) (p Payment, err error) {
	err = s.write(ctx, actor.Does(ctx, d.right, d.reason), func(tx Store) (any, error) {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		old, err := tx.HoldPayment(ctx, ag.ID, d.id)
		if err != nil {
			return nil, err
		}
		if err := mayMove(actor, old, d); err != nil {
			return nil, err
		}
		if p, err = do(tx, old); err != nil {
			return nil, err
		}
		p.Version++
		return p, nil
	})
	return p, err
}

// mayMove asks for the other person first: the author of a request hears so, whatever his role.
func mayMove(actor access.Actor, p Payment, d deed) error {
	if d.right == access.PaymentAuthorise {
		if err := actor.Apart(d.right, p.CreatedBy); err != nil {
			return err
		}
	}
	if err := actor.Can(d.right, p.AgencyID); err != nil {
		return err
	}
	return fault.Expect(d.expected, p.Version)
}

func saved(ctx context.Context, tx Store, p Payment) (_ Payment, err error) {
	p.BudgetVersion, err = tx.SavePayment(ctx, p)
	return p, err
}

func post(ctx context.Context, tx Store, p Payment, shares []Share, moves func([]Share) ([]budget.Move, error)) error {
	m, err := moves(shares)
	if err != nil {
		return err
	}
	return tx.Post(ctx, p.AgencyID, m)
}

func (s *Service) stamp(actor access.Actor) Stamp {
	return Stamp{actor.User, s.now().UTC()}
}

// Get gives one payment with its taxes and the ids of its invoices.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (p Payment, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.Payment(ctx, agency, id)
		return err
	})
	return p, err
}

// List lists payments with their taxes and the ids of their invoices.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Payment], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Payments(ctx, agency, q)
		return err
	})
	return page, err
}
