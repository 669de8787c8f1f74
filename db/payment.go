package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/tax"
)

const paymentJoins = ` JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
	LEFT JOIN vendor v ON v.government_id = y.government_id AND v.id = y.vendor_id
	LEFT JOIN budget_version bv ON bv.government_id = y.government_id AND bv.id = y.budget_version_id`

var paymentList = list{
	columns: `y.id, y.agency_id, y.agreement_id, a.number AS agreement_number, a.status AS agreement_status, coalesce(y.fiscal_year, a.fiscal_year) AS fiscal_year, y.vendor_id,
		v.legal_name AS vendor_name, y.kind, y.status, y.spp_number AS "spp.number", y.spp_date AS "spp.date",
		y.spm_number AS "spm.number", y.spm_date AS "spm.date", y.sp2d_number AS "sp2d.number", y.sp2d_date AS "sp2d.date",
		y.sts_number AS "sts.number", y.sts_date AS "sts.date", y.reason, y.purpose, y.instalment, y.recouped, y.retained, y.recouped_vat, y.retained_vat, y.basis, y.price, y.vat, y.gross, y.vat_collected, y.net, y.penalty, y.refunded, ` + heldReason + ` AS held,
		y.transfer_number AS "transfer.number", y.transfer_date AS "transfer.date", y.drawn_number AS "drawn.number", y.drawn_date AS "drawn.date",
		y.drawn_amount AS "drawn.amount", y.leftover_number AS "drawn.sts.number", y.leftover_date AS "drawn.sts.date",
		y.created_at, y.created_by, y.authorised_at, y.authorised_by, y.settled_at, y.settled_by, y.reversed_at, y.reversed_by,
		y.budget_version_id, coalesce(bv.number, '') AS budget_version_number, y.taxes_explained, y.version`,
	from: `payment y LEFT` + paymentJoins,
	fields: map[string]field{
		"id": {"y.id", ofUUID}, "agreement_id": {"y.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText},
		"vendor_id": {"y.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "fiscal_year": {"coalesce(y.fiscal_year, a.fiscal_year)", ofInt},
		"kind": {"y.kind", ofText}, "status": {"y.status", ofText}, "spp_number": {"y.spp_number", ofText}, "spp_date": {"y.spp_date", ofDate},
		"spm_number": {"y.spm_number", ofText}, "spm_date": {"coalesce(y.spm_date, 'infinity')", ofDate},
		"sp2d_number": {"y.sp2d_number", ofText}, "sp2d_date": {"coalesce(y.sp2d_date, 'infinity')", ofDate},
		"sts_number": {"y.sts_number", ofText}, "price": {"y.price", ofInt}, "vat": {"y.vat", ofInt}, "gross": {"y.gross", ofInt},
		"net": {"y.net", ofInt}, "penalty": {"y.penalty", ofInt}, "refunded": {"y.refunded", ofInt}, "held": {heldReason, ofText}, "vat_collected": {"y.vat_collected", ofBool}, "created_at": {"y.created_at", ofTime},
		"created_by": {"y.created_by", ofUUID},
		"sts_date":   {"coalesce(y.sts_date, 'infinity')", ofDate}, "reason": {"y.reason", ofText}, "purpose": {"y.purpose", ofText}, "instalment": {"y.instalment", ofText}, "recouped": {"y.recouped", ofInt}, "retained": {"y.retained", ofInt},
		"authorised_at":         {"coalesce(y.authorised_at, 'infinity')", ofTime},
		"authorised_by":         {"coalesce(y.authorised_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"settled_at":            {"coalesce(y.settled_at, 'infinity')", ofTime},
		"settled_by":            {"coalesce(y.settled_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"reversed_at":           {"coalesce(y.reversed_at, 'infinity')", ofTime},
		"reversed_by":           {"coalesce(y.reversed_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"budget_version_id":     {"coalesce(y.budget_version_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"budget_version_number": {"coalesce(bv.number, '')", ofText},
	},
	search: []string{"y.spp_number", "y.spm_number", "y.sp2d_number", "a.number", "v.legal_name"},
	id:     field{"y.id", ofUUID},
	sort:   "-",
}

// Payments lists payments with their taxes and invoices. Asked for a range of days of a paper, it leaves out what has no
// such paper yet.
func (tx *Tx) Payments(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[payment.Payment], error) {
	scope := []clause{where("y.government_id = ?", tx.government()), where("y.agency_id = ?", agency)}
	for _, paper := range []string{"spm_date", "sp2d_date"} {
		if q.Filters[paper+"_from"] != nil || q.Filters[paper+"_to"] != nil {
			scope = append(scope, where("y."+paper+" IS NOT NULL"))
		}
	}
	page, err := pageOf[payment.Payment](ctx, tx, paymentList, q, scope...)
	if err != nil {
		return page, err
	}
	return page, tx.completePayments(ctx, page.Items)
}

// Payment gives a payment with its taxes and the ids of the invoices that it was asked for.
func (tx *Tx) Payment(ctx context.Context, agency, id uuid.UUID) (payment.Payment, error) {
	found := make([]payment.Payment, 1)
	if err := tx.one(ctx, &found[0], paymentList, agency, "y", id); err != nil {
		return payment.Payment{}, err
	}
	err := tx.completePayments(ctx, found)
	return found[0], err
}

// HoldPayment gives a payment as Payment does, and holds it and its agreement until the transaction ends: of two who
// settle it, the second must find it settled before he asks the budget. Nobody who holds a budget line waits for either.
func (tx *Tx) HoldPayment(ctx context.Context, agency, id uuid.UUID) (payment.Payment, error) {
	found := make([]payment.Payment, 1)
	if err := tx.get(ctx, &found[0], "SELECT "+paymentList.columns+" FROM payment y"+paymentJoins+
		" WHERE y.government_id = $1 AND y.agency_id = $2 AND y.id = $3 FOR NO KEY UPDATE OF y, a", tx.government(), agency, id); err != nil {
		return payment.Payment{}, err
	}
	err := tx.completePayments(ctx, found)
	return found[0], err
}

// completePayments reads what does not stand in the payments' own rows: taxes, and the invoices that were asked for.
func (tx *Tx) completePayments(ctx context.Context, payments []payment.Payment) error {
	at, ids := make(map[uuid.UUID]*payment.Payment, len(payments)), make([]uuid.UUID, len(payments))
	for i := range payments {
		payments[i].Taxes, payments[i].InvoiceIDs = []payment.Tax{}, []uuid.UUID{}
		payments[i].Receipts, payments[i].Holds, payments[i].Refunds = []payment.Receipt{}, []payment.Hold{}, []payment.Refund{}
		at[payments[i].ID], ids[i] = &payments[i], payments[i].ID
	}
	var taxes []struct {
		PaymentID uuid.UUID `db:"payment_id"`
		payment.Tax
	}
	if err := tx.all(ctx, &taxes, `SELECT t.payment_id, t.id, t.kind, t.base, trim_scale(t.rate)::text AS rate, t.amount, t.legal_basis, t.billing_code,
			t.ntpn, t.deposited_on, t.deposited_by, t.due_on, t.billed_on, t.deposited_amount, t.deposit_note,
			coalesce(w.number, '') AS slip_number, coalesce(w.object_code, '') AS object_code
		FROM payment_tax t LEFT JOIN withholding_slip w ON w.government_id = t.government_id AND w.tax_id = t.id AND w.voided_at IS NULL
		WHERE t.government_id = $1 AND t.payment_id = ANY ($2) ORDER BY t.id`, tx.government(), pq.Array(ids)); err != nil {
		return err
	}
	reversed, err := tx.reversedDeposits(ctx, ids)
	if err != nil {
		return err
	}
	for _, t := range taxes {
		t.ReversedSlips = reversed[t.ID]
		at[t.PaymentID].Taxes = append(at[t.PaymentID].Taxes, t.Tax)
	}
	if err := tx.completeCorrections(ctx, at, ids); err != nil {
		return err
	}
	var invoices []struct {
		PaymentID uuid.UUID `db:"payment_id"`
		InvoiceID uuid.UUID `db:"invoice_id"`
	}
	if err := tx.all(ctx, &invoices, `SELECT id AS payment_id, unnest(invoice_ids) AS invoice_id
		FROM payment WHERE government_id = $1 AND id = ANY ($2)`, tx.government(), pq.Array(ids)); err != nil {
		return err
	}
	for _, i := range invoices {
		at[i.PaymentID].InvoiceIDs = append(at[i.PaymentID].InvoiceIDs, i.InvoiceID)
	}
	return nil
}

// Payee gives what taxes ask of a vendor.
func (tx *Tx) Payee(ctx context.Context, vendor uuid.UUID) (tax.Payee, error) {
	var v struct {
		Kind          tax.PayeeKind `db:"kind"`
		VATRegistered bool          `db:"vat_registered"`
		NPWP          string        `db:"npwp"`
		NIK           string        `db:"nik"`
		PP55          period.Date   `db:"pp55_valid_until"`
	}
	err := tx.get(ctx, &v, `SELECT kind, vat_registered, npwp, nik, pp55_valid_until FROM vendor WHERE government_id = $1 AND id = $2`,
		tx.government(), vendor)
	return tax.Payee{Kind: v.Kind, VATRegistered: v.VATRegistered, HasNPWP: v.NPWP != "", HasNIK: v.NIK != "", PP55ValidUntil: v.PP55}, err
}

// versionOf gives back the budget document that the row written was stamped with.
const versionOf = ` RETURNING budget_version_id, coalesce((SELECT bv.number FROM budget_version bv
	WHERE bv.government_id = $1 AND bv.id = budget_version_id), '') AS budget_version_number`

// AddPayment inserts the payment with its taxes and takes its invoices, all of them or none, and notes the budget
// document in force.
func (tx *Tx) AddPayment(ctx context.Context, p payment.Payment) (v agreement.BudgetVersion, err error) {
	if err := tx.get(ctx, &v, `INSERT INTO payment (government_id, id, agency_id, agreement_id, vendor_id, kind, spp_number, spp_date,
			price, vat, gross, vat_collected, net, invoice_ids, created_at, created_by, budget_version_id, fiscal_year,
			purpose, instalment, recouped, retained, recouped_vat, retained_vat, basis, taxes_explained,
			penalty, drawn_number, drawn_date, drawn_amount, leftover_number, leftover_date)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, budget_in_force($1, $3, $17), $17, $18, $19, $20, $21, $22, $23, $24, $25,
			$26, $27, $28, $29, $30, $31)`+versionOf,
		tx.government(), p.ID, p.AgencyID, p.AgreementID, p.VendorID, p.Kind, p.SPP.Number, p.SPP.Date,
		p.Price, p.VAT, p.Gross, p.VATCollected, p.Net, pq.Array(p.InvoiceIDs), p.CreatedAt, p.CreatedBy, p.FiscalYear,
		p.Purpose, p.Instalment, p.Recouped, p.Retained, p.RecoupedVAT, p.RetainedVAT, p.Basis, p.Explained,
		p.Penalty, p.Drawn.Number, p.Drawn.Date, p.Drawn.Amount, p.Drawn.STS.Number, p.Drawn.STS.Date); err != nil {
		return v, err
	}
	if err := tx.addReceipts(ctx, p); err != nil {
		return v, err
	}
	if err := tx.bulk(ctx, `INSERT INTO payment_tax (government_id, id, payment_id, kind, base, rate, amount, legal_basis)
		SELECT $1, x.id, $3, x.kind, x.base, x.rate, x.amount, x.legal_basis
		FROM jsonb_to_recordset($2) AS x(id uuid, kind text, base bigint, rate numeric, amount bigint, legal_basis text)`, p.Taxes, p.ID); err != nil {
		return v, err
	}
	if err := tx.addParts(ctx, p); err != nil {
		return v, err
	}
	return v, tx.execAll(ctx, len(p.InvoiceIDs), `UPDATE invoice SET payment_id = $3, version = version + 1
		WHERE government_id = $1 AND id = ANY ($2) AND agreement_id = $4 AND payment_id IS NULL`,
		tx.government(), pq.Array(p.InvoiceIDs), p.ID, p.AgreementID)
}

// SavePayment writes papers and state, unless the payment changed since it was read. What is settled is noted with the
// budget document in force.
func (tx *Tx) SavePayment(ctx context.Context, p payment.Payment) (v agreement.BudgetVersion, err error) {
	err = tx.returning(ctx, &v, `UPDATE payment SET status = $4, spm_number = $5, spm_date = $6, sp2d_number = $7, sp2d_date = $8, sts_number = $9,
			sts_date = $10, reason = $11, authorised_by = $12, authorised_at = $13, settled_by = $14, settled_at = $15,
			reversed_by = $16, reversed_at = $17, version = version + 1,
			budget_version_id = CASE WHEN $4 = 'settled' AND status <> 'settled' THEN budget_in_force(government_id, agency_id, $18) ELSE budget_version_id END,
			fiscal_year = $18, transfer_number = $19, transfer_date = $20
		WHERE government_id = $1 AND id = $2 AND version = $3`+versionOf,
		tx.government(), p.ID, p.Version, p.Status, p.SPM.Number, p.SPM.Date, p.SP2D.Number, p.SP2D.Date, p.STS.Number, p.STS.Date,
		p.Reason, p.AuthorisedBy, p.AuthorisedAt, p.SettledBy, p.SettledAt, p.ReversedBy, p.ReversedAt, p.FiscalYear,
		p.Transfer.Number, p.Transfer.Date)
	return v, err
}

// MarkPaid puts the payment's gross and placements to the account of its agreement. Since every unit has a price, an
// agreement whose gross is paid has nothing left to deliver: it is completed.
func (tx *Tx) MarkPaid(ctx context.Context, p payment.Payment) error {
	if err := tx.exec(ctx, `UPDATE agreement SET paid = paid + $3, version = version + 1,
			status = CASE WHEN status = 'active' AND paid + $3 = gross THEN 'completed' ELSE status END
		WHERE government_id = $1 AND id = $2 AND status = $4`, tx.government(), p.AgreementID, p.Gross, p.AgreementStatus); err != nil {
		return err
	}
	if p.Purpose != payment.ForWork {
		return nil
	}
	return tx.exec(ctx, `UPDATE placement SET status = 'paid', payment_id = $2, version = version + 1
		WHERE government_id = $1 AND status = 'invoiced'
			AND invoice_id IN (SELECT id FROM invoice WHERE government_id = $1 AND payment_id = $2)`, tx.government(), p.ID)
}

// MarkReversed frees the payment's invoices. When it was paid, its gross and its placements are taken off the account of
// the agreement again, which is active anew if it was completed.
func (tx *Tx) MarkReversed(ctx context.Context, p payment.Payment, paid bool) error {
	if paid {
		if err := tx.exec(ctx, `UPDATE agreement SET paid = paid - $3, version = version + 1,
				status = CASE WHEN status = 'completed' THEN 'active' ELSE status END
			WHERE government_id = $1 AND id = $2 AND status = $4`, tx.government(), p.AgreementID, p.Standing(), p.AgreementStatus); err != nil {
			return err
		}
		if err := tx.freePlacements(ctx, p); err != nil {
			return err
		}
	}
	if _, err := tx.conn.ExecContext(ctx, `UPDATE payment_receipt SET live = false WHERE government_id = $1 AND payment_id = $2`, tx.government(), p.ID); err != nil {
		return err
	}
	if p.Purpose != payment.ForWork {
		return nil
	}
	return tx.exec(ctx, `UPDATE invoice SET payment_id = NULL, version = version + 1 WHERE government_id = $1 AND payment_id = $2`,
		tx.government(), p.ID)
}

// freePlacements makes the placements of a payment that was paid invoiced again.
func (tx *Tx) freePlacements(ctx context.Context, p payment.Payment) error {
	if p.Purpose != payment.ForWork {
		return nil
	}
	return tx.exec(ctx, `UPDATE placement SET status = 'invoiced', payment_id = NULL, version = version + 1
		WHERE government_id = $1 AND agreement_id = $3 AND status = 'paid' AND payment_id = $2`, tx.government(), p.ID, p.AgreementID)
}
