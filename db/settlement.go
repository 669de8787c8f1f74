package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/payment"
)

// workByLine is what each budget line bears of the placements of invoices $2: the lines of their deliverables, or those to
// which a recognition of debt carried them.
const workByLine = `SELECT coalesce(p.carried_line_id, d.budget_line_id) AS budget_line_id,
		max(coalesce(p.carried_year, a.fiscal_year)) AS fiscal_year, sum(p.gross)::bigint AS gross
	FROM invoice i JOIN placement p ON p.government_id = i.government_id AND p.invoice_id = i.id
	JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
	JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
	WHERE i.government_id = $1 AND `

// Shares gives what each budget line bears of the payment, and in which year: as it was kept with the payment, else what its
// placements cost.
func (tx *Tx) Shares(ctx context.Context, of uuid.UUID) (shares []payment.Share, err error) {
	err = tx.all(ctx, &shares, `WITH kept AS (SELECT budget_line_id, fiscal_year, gross FROM payment_share WHERE government_id = $1 AND payment_id = $2)
		SELECT * FROM kept WHERE gross > 0 UNION ALL SELECT * FROM (`+workByLine+`i.payment_id = $2 GROUP BY 1) w
			WHERE NOT EXISTS (SELECT FROM kept) ORDER BY 1`, tx.government(), of)
	return shares, err
}

// HoldMoney holds an agreement, if there is one of that id, so that of two requests for its money the second knows the first.
func (tx *Tx) HoldMoney(ctx context.Context, agency, agreement uuid.UUID) error {
	_, err := tx.conn.ExecContext(ctx, `SELECT FROM agreement WHERE government_id = $1 AND agency_id = $2 AND id = $3 FOR NO KEY UPDATE`,
		tx.government(), agency, agreement)
	return err
}

// Book gives how the agreement's money stands, and the accepted work of the invoices by budget line.
func (tx *Tx) Book(ctx context.Context, agreement uuid.UUID, invoices []uuid.UUID) (b payment.Book, err error) {
	if b.Settlement, err = tx.Settlement(ctx, agreement); err != nil {
		return b, err
	}
	err = tx.all(ctx, &b.WorkByLine, workByLine+`i.id = ANY ($2) GROUP BY 1 ORDER BY 1`, tx.government(), pq.Array(invoices))
	return b, err
}

// Settlement gives how an agreement's money stands.
func (tx *Tx) Settlement(ctx context.Context, agreement uuid.UUID) (s payment.Settlement, err error) {
	if err = tx.all(ctx, &s.Lines, `SELECT * FROM settlement_of($1, $2) ORDER BY budget_line_id`, tx.government(), agreement); err != nil {
		return s, err
	}
	err = tx.get(ctx, &s, `SELECT
			coalesce(sum(vat) FILTER (WHERE purpose = 'advance' AND status = 'settled'), 0)::bigint AS advanced_vat,
			coalesce(sum(recouped_vat), 0)::bigint AS recouped_vat,
			coalesce(sum(retained_vat) FILTER (WHERE status = 'settled'), 0)::bigint AS retained_vat,
			coalesce(sum(vat) FILTER (WHERE purpose = 'retention'), 0)::bigint AS released_vat
		FROM payment WHERE government_id = $1 AND agreement_id = $2 AND status <> 'reversed'`, tx.government(), agreement)
	return s, err
}

// addParts keeps what each budget line bears of a payment that is not what its placements cost.
func (tx *Tx) addParts(ctx context.Context, p payment.Payment) error {
	type row struct {
		ID uuid.UUID `json:"id"`
		payment.Part
	}
	rows := make([]row, len(p.Parts))
	for i, part := range p.Parts {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = row{id, part}
	}
	return tx.bulk(ctx, `INSERT INTO payment_share (government_id, id, payment_id, budget_line_id, fiscal_year, work, recouped, retained, gross)
		SELECT $1, x.id, $3, x.budget_line_id, x.fiscal_year, x.work, x.recouped, x.retained, x.gross
		FROM jsonb_to_recordset($2) AS x(id uuid, budget_line_id uuid, fiscal_year integer, work bigint, recouped bigint, retained bigint, gross bigint)`, rows, p.ID)
}
