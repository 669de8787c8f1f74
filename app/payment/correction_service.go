package payment

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/registry"
)

// Corrections is what people do when money does not go the plain way: holds, partial refunds, credit notes and penalties that
// were paid in.
type Corrections struct {
	write access.Transactor[CorrectionStore]
	read  access.Reader[Lists]
	now   func() time.Time
}

// NewCorrections makes the service over its storage. now is the office's clock.
func NewCorrections(write access.Transactor[CorrectionStore], read access.Reader[Lists], now func() time.Time) *Corrections {
	return &Corrections{write, read, now}
}

func (s *Corrections) stamp(actor access.Actor) Stamp { return Stamp{actor.User, s.now().UTC()} }

// on does a deed to a payment that is held in the transaction, and gives it as it is then.
func (s *Corrections) on(ctx context.Context, actor access.Actor, agency string, d deed, do func(CorrectionStore, Payment) error) (p Payment, err error) {
	err = s.write(ctx, actor.Does(ctx, d.right, d.reason), func(tx CorrectionStore) (any, error) {
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
		if err := do(tx, old); err != nil {
			return nil, err
		}
		p, err = tx.HoldPayment(ctx, ag.ID, d.id)
		return p, err
	})
	return p, err
}

// Hold holds a payment: it is neither ordered nor disbursed until another person lets it go. Faults: Forbidden, stale,
// wrong_state, Invalid by field.
func (s *Corrections) Hold(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Payment, error) {
	reason = strings.TrimSpace(reason)
	return s.on(ctx, actor, agency, deed{id, expected, access.PaymentHold, reason}, func(tx CorrectionStore, p Payment) error {
		h, err := p.Hold(reason, s.stamp(actor))
		if err != nil {
			return err
		}
		if h.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if err := tx.AddHold(ctx, p, h); err != nil {
			return err
		}
		_, err = tx.SavePayment(ctx, p)
		return err
	})
}

// Release lets a held payment go on. Faults: segregation_of_duties for who holds it, Forbidden, stale, wrong_state, Invalid by
// field.
func (s *Corrections) Release(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Payment, error) {
	reason = strings.TrimSpace(reason)
	return s.on(ctx, actor, agency, deed{id, expected, access.PaymentHold, reason}, func(tx CorrectionStore, p Payment) error {
		h, err := p.Release(reason, actor, s.now().UTC())
		if err != nil {
			return err
		}
		if err := tx.SaveRelease(ctx, h); err != nil {
			return err
		}
		_, err = tx.SavePayment(ctx, p)
		return err
	})
}

// Refund notes that part of a settled payment came back by STS: the budget has it again, and the placements are cancelled.
// Faults: Forbidden, stale, wrong_state, Invalid by field, period_closed.
func (s *Corrections) Refund(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, r Return) (Payment, error) {
	r.Reason = strings.TrimSpace(r.Reason)
	return s.on(ctx, actor, agency, deed{id, expected, access.PaymentReverse, r.Reason}, func(tx CorrectionStore, old Payment) error {
		found, err := tx.PlacementsNamed(ctx, old.AgencyID, r.PlacementIDs)
		if err != nil {
			return err
		}
		p, back, err := old.Refunding(r, found, s.stamp(actor))
		if err != nil {
			return err
		}
		if back.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		shares, err := tx.SharesOf(ctx, r.PlacementIDs)
		if err != nil {
			return err
		}
		if err := tx.AddRefund(ctx, p, back); err != nil {
			return err
		}
		return tx.Post(ctx, p.AgencyID, p.Returned(back, shares))
	})
}

// Credit enters a vendor's credit note. Faults: Forbidden, stale, wrong_state, Invalid by field, duplicate (the vendor's number).
func (s *Corrections) Credit(ctx context.Context, actor access.Actor, agency string, invoice uuid.UUID, expected *int64, n Note) (Invoice, error) {
	return s.onInvoice(ctx, actor, agency, deed{invoice, expected, access.InvoiceWrite, strings.TrimSpace(n.Reason)}, func(tx CorrectionStore, i Invoice) error {
		found, err := tx.PlacementsNamed(ctx, i.AgencyID, n.PlacementIDs)
		if err != nil {
			return err
		}
		c, err := i.Credit(n, found, s.stamp(actor))
		if err != nil {
			return err
		}
		if c.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		moves, err := s.frees(ctx, tx, i, c)
		if err != nil {
			return err
		}
		if err := tx.AddCredit(ctx, i, c); err != nil {
			return err
		}
		return tx.Post(ctx, i.AgencyID, moves)
	})
}

func (s *Corrections) frees(ctx context.Context, tx CorrectionStore, i Invoice, c Credit) ([]budget.Move, error) {
	if c.PaymentID.Valid {
		return nil, nil
	}
	a, err := tx.AgreementNamed(ctx, i.AgencyID, i.AgreementID)
	if err != nil {
		return nil, err
	}
	shares, err := tx.SharesOf(ctx, c.PlacementIDs)
	return c.Frees(a, shares), err
}

// VoidCredit takes a credit note of a paid invoice back that was entered wrongly. Faults: Forbidden, NotFound, stale,
// wrong_state, credit_used, Invalid by field.
func (s *Corrections) VoidCredit(ctx context.Context, actor access.Actor, agency string, invoice, note uuid.UUID, reason string) (Invoice, error) {
	reason = strings.TrimSpace(reason)
	return s.onInvoice(ctx, actor, agency, deed{invoice, nil, access.InvoiceWrite, reason}, func(tx CorrectionStore, i Invoice) error {
		k := slices.IndexFunc(i.Credits, func(c Credit) bool { return c.ID == note })
		if k < 0 {
			return fault.Missing()
		}
		c, err := i.Credits[k].Void(reason, s.stamp(actor))
		if err != nil {
			return err
		}
		return tx.SaveCreditVoid(ctx, c)
	})
}

// onInvoice does a deed to an invoice that is held in the transaction, and gives it as it is then.
func (s *Corrections) onInvoice(ctx context.Context, actor access.Actor, agency string, d deed, do func(CorrectionStore, Invoice) error) (i Invoice, err error) {
	err = s.write(ctx, actor.Does(ctx, d.right, d.reason), func(tx CorrectionStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, d.right, agency)
		if err != nil {
			return nil, err
		}
		old, err := tx.HoldInvoice(ctx, ag.ID, d.id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(d.expected, old.Version); err != nil {
			return nil, err
		}
		if err := do(tx, old); err != nil {
			return nil, err
		}
		i, err = tx.HoldInvoice(ctx, ag.ID, d.id)
		return i, err
	})
	return i, err
}

// PayPenalty notes that the vendor paid a penalty in himself. Faults: Forbidden, Invalid by field, penalty_exceeded, duplicate
// (STS number).
func (s *Corrections) PayPenalty(ctx context.Context, actor access.Actor, agency string, of uuid.UUID, in PenaltyPaid) (PenaltyAccount, error) {
	return s.onPenalties(ctx, actor, agency, of, "", func(tx CorrectionStore, a agreement.Agreement, known PenaltyAccount) error {
		r, err := known.Pay(in, a.OrderDate, s.stamp(actor))
		if err != nil {
			return err
		}
		if r.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		return tx.AddPenaltyReceipt(ctx, a, r)
	})
}

// VoidPenalty takes a receipt of a penalty back that was entered wrongly. Faults: Forbidden, NotFound, wrong_state, Invalid by
// field.
func (s *Corrections) VoidPenalty(ctx context.Context, actor access.Actor, agency string, of, receipt uuid.UUID, reason string) (PenaltyAccount, error) {
	reason = strings.TrimSpace(reason)
	return s.onPenalties(ctx, actor, agency, of, reason, func(tx CorrectionStore, _ agreement.Agreement, known PenaltyAccount) error {
		k := slices.IndexFunc(known.Receipts, func(r PenaltyReceipt) bool { return r.ID == receipt })
		if k < 0 {
			return fault.Missing()
		}
		r, err := known.Receipts[k].Void(reason, s.stamp(actor))
		if err != nil {
			return err
		}
		return tx.SavePenaltyVoid(ctx, r)
	})
}

func (s *Corrections) onPenalties(ctx context.Context, actor access.Actor, agency string, of uuid.UUID, reason string,
	do func(CorrectionStore, agreement.Agreement, PenaltyAccount) error,
) (known PenaltyAccount, err error) {
	err = s.write(ctx, actor.Does(ctx, access.TaxDeposit, reason), func(tx CorrectionStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.TaxDeposit, agency)
		if err != nil {
			return nil, err
		}
		a, err := tx.AgreementNamed(ctx, ag.ID, of)
		if err != nil {
			return nil, err
		}
		if known, err = tx.PenaltiesOf(ctx, a.ID); err != nil {
			return nil, err
		}
		if err := do(tx, a, known); err != nil {
			return nil, err
		}
		known, err = tx.PenaltiesOf(ctx, a.ID)
		return known, err
	})
	return known, err
}

// Penalties gives what became of an agreement's penalties. Fault: NotFound.
func (s *Corrections) Penalties(ctx context.Context, actor access.Actor, agency string, of uuid.UUID) (known PenaltyAccount, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		a, err := tx.AgreementNamed(ctx, agency, of)
		if err != nil {
			return err
		}
		known, err = tx.PenaltiesOf(ctx, a.ID)
		return err
	})
	return known, err
}
