package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/payment"
)

// heldReason is why the payment y is held, or ”.
const heldReason = `coalesce((SELECT h.reason FROM payment_hold h WHERE h.government_id = y.government_id AND h.payment_id = y.id AND h.released_at IS NULL), '')`

// completeCorrections reads receipts, holds and refunds of payments.
func (tx *Tx) completeCorrections(ctx context.Context, at map[uuid.UUID]*payment.Payment, ids []uuid.UUID) error {
	var receipts []struct {
		PaymentID uuid.UUID `db:"payment_id"`
		payment.Receipt
	}
	if err := tx.all(ctx, &receipts, `SELECT payment_id, id, number, date, amount FROM payment_receipt
		WHERE government_id = $1 AND payment_id = ANY ($2) ORDER BY date, number`, tx.government(), pq.Array(ids)); err != nil {
		return err
	}
	for _, r := range receipts {
		at[r.PaymentID].Receipts = append(at[r.PaymentID].Receipts, r.Receipt)
	}
	var holds []struct {
		PaymentID uuid.UUID `db:"payment_id"`
		payment.Hold
	}
	if err := tx.all(ctx, &holds, `SELECT payment_id, id, reason, created_at, created_by, released_at, released_by, release_reason FROM payment_hold
		WHERE government_id = $1 AND payment_id = ANY ($2) ORDER BY created_at, id`, tx.government(), pq.Array(ids)); err != nil {
		return err
	}
	for _, h := range holds {
		at[h.PaymentID].Holds = append(at[h.PaymentID].Holds, h.Hold)
	}
	return tx.completeRefunds(ctx, at, ids)
}

func (tx *Tx) completeRefunds(ctx context.Context, at map[uuid.UUID]*payment.Payment, ids []uuid.UUID) error {
	var refunds []struct {
		PaymentID uuid.UUID `db:"payment_id"`
		payment.Refund
		Placements pq.StringArray `db:"placement_ids"`
	}
	if err := tx.all(ctx, &refunds, `SELECT payment_id, id, sts_number AS "sts.number", sts_date AS "sts.date", amount, reason, created_at, created_by,
			placement_ids::text[] AS placement_ids FROM payment_refund
		WHERE government_id = $1 AND payment_id = ANY ($2) ORDER BY sts_date, id`, tx.government(), pq.Array(ids)); err != nil {
		return err
	}
	for _, r := range refunds {
		var err error
		if r.PlacementIDs, err = parsed(r.Placements); err != nil {
			return err
		}
		at[r.PaymentID].Refunds = append(at[r.PaymentID].Refunds, r.Refund)
	}
	return nil
}

// parsed reads ids.
func parsed(texts []string) ([]uuid.UUID, error) {
	out := make([]uuid.UUID, len(texts))
	for i, t := range texts {
		id, err := uuid.Parse(t)
		if err != nil {
			return nil, err
		}
		out[i] = id
	}
	return out, nil
}

func (tx *Tx) addReceipts(ctx context.Context, p payment.Payment) error {
	if len(p.Receipts) == 0 {
		return nil
	}
	return tx.bulk(ctx, `INSERT INTO payment_receipt (government_id, id, agency_id, payment_id, number, date, amount)
		SELECT $1, x.id, $4, $3, x.number, x.date, x.amount FROM jsonb_to_recordset($2) AS x(id uuid, number text, date date, amount bigint)`,
		p.Receipts, p.ID, p.AgencyID)
}

// AddHold inserts a hold.
func (tx *Tx) AddHold(ctx context.Context, p payment.Payment, h payment.Hold) error {
	return tx.exec(ctx, `INSERT INTO payment_hold (government_id, id, agency_id, payment_id, reason, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, tx.government(), h.ID, p.AgencyID, p.ID, h.Reason, h.CreatedAt, h.CreatedBy)
}

// SaveRelease ends a hold, once.
func (tx *Tx) SaveRelease(ctx context.Context, h payment.Hold) error {
	return tx.exec(ctx, `UPDATE payment_hold SET released_at = $3, released_by = $4, release_reason = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND released_at IS NULL`, tx.government(), h.ID, h.ReleasedAt, h.ReleasedBy, h.ReleaseReason)
}

// SharesOf gives what each budget line bears of the placements, and in which year.
func (tx *Tx) SharesOf(ctx context.Context, placements []uuid.UUID) (shares []payment.Share, err error) {
	err = tx.all(ctx, &shares, `SELECT coalesce(p.carried_line_id, d.budget_line_id) AS budget_line_id, p.carried_line_id IS NOT NULL AS carried,
			max(coalesce(p.carried_year, a.fiscal_year)) AS fiscal_year, sum(p.gross)::bigint AS gross
		FROM placement p JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
		JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
		WHERE p.government_id = $1 AND p.id = ANY ($2) GROUP BY 1, 2 ORDER BY 1, 2`, tx.government(), pq.Array(placements))
	return shares, err
}

// AddRefund inserts a refund, cancels its placements, gives their units back and takes it off payment and agreement, which is
// active again if it was completed.
func (tx *Tx) AddRefund(ctx context.Context, p payment.Payment, r payment.Refund) error {
	if err := tx.exec(ctx, `INSERT INTO payment_refund (government_id, id, agency_id, payment_id, sts_number, sts_date, amount, reason, placement_ids, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, tx.government(), r.ID, p.AgencyID, p.ID, r.STS.Number, r.STS.Date, r.Amount, r.Reason,
		pq.Array(r.PlacementIDs), r.CreatedAt, r.CreatedBy); err != nil {
		return err
	}
	if err := tx.execAll(ctx, len(r.PlacementIDs), `UPDATE placement SET status = 'cancelled', payment_id = NULL, invoice_id = NULL, refund_id = $3, remark = $4, version = version + 1
		WHERE government_id = $1 AND id = ANY ($2) AND status = 'paid' AND payment_id = $5`, tx.government(), pq.Array(r.PlacementIDs), r.ID, r.Reason, p.ID); err != nil {
		return err
	}
	if err := tx.returnUnits(ctx, r.PlacementIDs); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE agreement SET paid = paid - $3, version = version + 1, status = CASE WHEN status = 'completed' THEN 'active' ELSE status END
		WHERE government_id = $1 AND id = $2`, tx.government(), p.AgreementID, r.Amount); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE payment SET refunded = $3, version = version + 1 WHERE government_id = $1 AND id = $2`, tx.government(), p.ID, p.Refunded)
}

// returnUnits gives deliverables the units of cancelled placements back; what was carried over to a later year is placed anew
// by nobody.
func (tx *Tx) returnUnits(ctx context.Context, placements []uuid.UUID) error {
	_, err := tx.conn.ExecContext(ctx, `UPDATE deliverable d SET placed = d.placed - gone.n
		FROM (SELECT deliverable_id, count(*) AS n FROM placement WHERE government_id = $1 AND id = ANY ($2) AND carried_line_id IS NULL GROUP BY 1) gone
		WHERE d.government_id = $1 AND d.id = gone.deliverable_id`, tx.government(), pq.Array(placements))
	return err
}

// HoldInvoice gives an invoice as Invoice does, and holds it and its agreement until the transaction ends.
func (tx *Tx) HoldInvoice(ctx context.Context, agency, id uuid.UUID) (i payment.Invoice, err error) {
	if err = tx.get(ctx, &i.ID, `SELECT i.id FROM invoice i JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
		WHERE i.government_id = $1 AND i.agency_id = $2 AND i.id = $3 FOR NO KEY UPDATE OF i, a`, tx.government(), agency, id); err != nil {
		return i, err
	}
	return tx.Invoice(ctx, agency, id)
}

// creditsOf gives the credit notes of an invoice, oldest first.
func (tx *Tx) creditsOf(ctx context.Context, invoice uuid.UUID) ([]payment.Credit, error) {
	var found []struct {
		payment.Credit
		Placements pq.StringArray `db:"placement_ids"`
	}
	if err := tx.all(ctx, &found, `SELECT c.id, c.invoice_id, c.payment_id, c.number, c.date, c.price, c.vat, c.amount, c.reason, c.placement_ids::text[] AS placement_ids,
			coalesce(c.file_sha256, '') AS file, c.created_at, c.created_by, c.voided_at, c.voided_by, c.void_reason, c.version,
			(SELECT coalesce(sum(p.gross), 0)::bigint FROM placement p WHERE p.government_id = c.government_id AND p.id = ANY (c.placement_ids) AND p.status = 'paid') AS open
		FROM credit_note c WHERE c.government_id = $1 AND c.invoice_id = $2 ORDER BY c.date, c.id`, tx.government(), invoice); err != nil {
		return nil, err
	}
	out := make([]payment.Credit, len(found))
	for i, f := range found {
		var err error
		if f.PlacementIDs, err = parsed(f.Placements); err != nil {
			return nil, err
		}
		out[i] = f.Credit
	}
	return out, nil
}

// AddCredit inserts a credit note; the placements of an unpaid invoice are cancelled and their units given back.
func (tx *Tx) AddCredit(ctx context.Context, i payment.Invoice, c payment.Credit) error {
	if err := tx.exec(ctx, `INSERT INTO credit_note (government_id, id, agency_id, agreement_id, invoice_id, vendor_id, payment_id, number, date, price, vat, amount,
			reason, placement_ids, file_sha256, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, nullif($15, ''), $16, $17)`,
		tx.government(), c.ID, i.AgencyID, i.AgreementID, i.ID, i.VendorID, c.PaymentID, c.Number, c.Date, c.Price, c.VAT, c.Amount,
		c.Reason, pq.Array(c.PlacementIDs), c.File, c.CreatedAt, c.CreatedBy); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE invoice SET version = version + 1 WHERE government_id = $1 AND id = $2`, tx.government(), i.ID); err != nil {
		return err
	}
	if c.PaymentID.Valid {
		return nil
	}
	if err := tx.execAll(ctx, len(c.PlacementIDs), `UPDATE placement SET status = 'cancelled', invoice_id = NULL, credit_note_id = $3, remark = $4, version = version + 1
		WHERE government_id = $1 AND id = ANY ($2) AND status = 'invoiced' AND invoice_id = $5`,
		tx.government(), pq.Array(c.PlacementIDs), c.ID, c.Reason, i.ID); err != nil {
		return err
	}
	return tx.returnUnits(ctx, c.PlacementIDs)
}

// SaveCreditVoid writes that a credit note was voided, once.
func (tx *Tx) SaveCreditVoid(ctx context.Context, c payment.Credit) error {
	return tx.exec(ctx, `UPDATE credit_note SET voided_at = $3, voided_by = $4, void_reason = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND voided_at IS NULL`, tx.government(), c.ID, c.VoidedAt, c.VoidedBy, c.VoidReason)
}

// PenaltiesOf gives what became of an agreement's penalties, with its receipts.
func (tx *Tx) PenaltiesOf(ctx context.Context, of uuid.UUID) (a payment.PenaltyAccount, err error) {
	if err = tx.get(ctx, &a, `SELECT s.due, s.taken - s.paid_in AS withheld, s.paid_in, greatest(s.due - s.taken, 0) AS open
		FROM (SELECT penalty_due($1, $2) AS due, penalty_taken($1, $2) AS taken, (SELECT coalesce(sum(r.amount), 0)::bigint FROM penalty_receipt r
			WHERE r.government_id = $1 AND r.agreement_id = $2 AND r.voided_at IS NULL) AS paid_in) s`, tx.government(), of); err != nil {
		return a, err
	}
	a.Receipts = []payment.PenaltyReceipt{}
	err = tx.all(ctx, &a.Receipts, `SELECT id, sts_number AS "sts.number", sts_date AS "sts.date", amount, remark, created_at, created_by, voided_at, voided_by,
			void_reason, version
		FROM penalty_receipt WHERE government_id = $1 AND agreement_id = $2 ORDER BY sts_date, id`, tx.government(), of)
	return a, err
}

// AddPenaltyReceipt inserts a receipt of a penalty that was paid in.
func (tx *Tx) AddPenaltyReceipt(ctx context.Context, a agreement.Agreement, r payment.PenaltyReceipt) error {
	return tx.exec(ctx, `INSERT INTO penalty_receipt (government_id, id, agency_id, agreement_id, sts_number, sts_date, amount, remark, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, tx.government(), r.ID, a.AgencyID, a.ID, r.STS.Number, r.STS.Date, r.Amount, r.Remark, r.CreatedAt, r.CreatedBy)
}

// SavePenaltyVoid writes that a receipt was voided, once.
func (tx *Tx) SavePenaltyVoid(ctx context.Context, r payment.PenaltyReceipt) error {
	return tx.exec(ctx, `UPDATE penalty_receipt SET voided_at = $3, voided_by = $4, void_reason = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND voided_at IS NULL`, tx.government(), r.ID, r.VoidedAt, r.VoidedBy, r.VoidReason)
}
