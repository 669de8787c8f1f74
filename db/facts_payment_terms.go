package db

import (
	"context"

	"tayang/app/payment"
	"tayang/app/period"
)

// termsFacts looks up how the payment's agreement is paid, and the work for which payment was asked.
func (tx *Tx) termsFacts(ctx context.Context, p payment.Payment, _ period.Date, f *payment.Facts) error {
	return tx.get(ctx, &f.Terms, `SELECT a.payment_terms, a.gross, coalesce((SELECT sum(y.gross + y.recouped + y.retained) FROM payment y
			WHERE y.government_id = a.government_id AND y.agreement_id = a.id AND y.status <> 'reversed' AND y.purpose = ''), 0)::bigint AS work
		FROM agreement a WHERE a.government_id = $1 AND a.id = $2`, tx.government(), p.AgreementID)
}
