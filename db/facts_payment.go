package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/payment"
	"tayang/app/period"
)

// PaymentFacts looks up everything that the assessment of a payment asks about, as of the day.
func (tx *Tx) PaymentFacts(ctx context.Context, p payment.Payment, day period.Date) (f payment.Facts, err error) {
	if f.Agency, err = tx.AgencyByID(ctx, p.AgencyID); err != nil {
		return f, err
	}
	for _, look := range []func(context.Context, payment.Payment, period.Date, *payment.Facts) error{
		tx.invoiceFacts, tx.termsFacts, tx.matchFacts, tx.liveFacts, tx.papersFacts, tx.moneyFacts,
		tx.fileFacts,
	} {
		if err := look(ctx, p, day, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// invoiceFacts looks up the invoices in the order in which they were asked for.
func (tx *Tx) invoiceFacts(ctx context.Context, p payment.Payment, _ period.Date, f *payment.Facts) error {
	f.Invoices = []payment.InvoiceFact{}
	return tx.all(ctx, &f.Invoices, `SELECT i.id, i.number, coalesce(i.file_sha256, (SELECT p.file_sha256 FROM invoice_paper p
			WHERE p.government_id = i.government_id AND p.invoice_id = i.id AND p.kind = 'invoice' AND p.voided_at IS NULL ORDER BY p.created_at LIMIT 1), '') AS file
		FROM invoice i WHERE i.government_id = $1 AND i.id = ANY ($2) ORDER BY array_position($2, i.id)`, tx.government(), pq.Array(p.InvoiceIDs))
}

// FreezePayment keeps the assessment under which the payment was ordered, for ever.
func (tx *Tx) FreezePayment(ctx context.Context, p payment.Payment, s payment.Assessment) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO payment_assessment (government_id, id, agency_id, payment_id, day, made_at, made_by, assessment)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.government(), id, p.AgencyID, p.ID, s.Day, tx.now, tx.act.Actor.User, s)
}

// FrozenPayment gives the assessment that was kept; false when the payment was never ordered, or was before they were.
func (tx *Tx) FrozenPayment(ctx context.Context, id uuid.UUID) (s payment.Assessment, ok bool, err error) {
	err = tx.get(ctx, &s, `SELECT assessment FROM payment_assessment WHERE government_id = $1 AND payment_id = $2`, tx.government(), id)
	if errors.Is(err, sql.ErrNoRows) {
		return s, false, nil
	}
	return s, err == nil, err
}
