package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/period"
)

// dueOn is the last day of a tax; of payments settled before it was kept, the 15th of the month after.
const dueOn = `coalesce(t.due_on, (date_trunc('month', y.sp2d_date) + interval '1 month 14 days')::date)`

var owedList = list{
	columns: `t.id, t.payment_id, y.sp2d_number AS payment, y.sp2d_date AS paid_on, coalesce(y.fiscal_year, a.fiscal_year) AS fiscal_year, y.vendor_id,
		v.legal_name AS vendor_name, t.kind, t.base, trim_scale(t.rate)::text AS rate, t.amount, ` + dueOn + ` AS due_on,
		t.deposited_on IS NOT NULL AS deposited, t.billing_code, t.ntpn, t.deposited_on, coalesce(w.number, '') AS slip_number,
		coalesce(w.object_code, '') AS object_code`,
	from: `payment_tax t JOIN payment y ON y.government_id = t.government_id AND y.id = t.payment_id AND y.status = 'settled'
		JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
		JOIN vendor v ON v.government_id = y.government_id AND v.id = y.vendor_id
		LEFT JOIN withholding_slip w ON w.government_id = t.government_id AND w.tax_id = t.id AND w.voided_at IS NULL`,
	fields: map[string]field{
		"id": {"t.id", ofUUID}, "payment_id": {"t.payment_id", ofUUID}, "payment": {"y.sp2d_number", ofText}, "paid_on": {"y.sp2d_date", ofDate},
		"fiscal_year": {"coalesce(y.fiscal_year, a.fiscal_year)", ofInt}, "vendor_id": {"y.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText},
		"kind": {"t.kind", ofText}, "base": {"t.base", ofInt}, "rate": {"trim_scale(t.rate)::text", ofText}, "amount": {"t.amount", ofInt}, "due_on": {dueOn, ofDate},
		"deposited": {"t.deposited_on IS NOT NULL", ofBool}, "billing_code": {"t.billing_code", ofText}, "ntpn": {"t.ntpn", ofText},
		"deposited_on": {"coalesce(t.deposited_on, 'infinity')", ofDate}, "slip_number": {"coalesce(w.number, '')", ofText},
		"object_code": {"coalesce(w.object_code, '')", ofText},
	},
	search: []string{"y.sp2d_number", "v.legal_name", "t.ntpn", "t.billing_code", "w.number"},
	id:     field{"t.id", ofUUID},
	sort:   "due_on",
}

// Taxes lists the taxes of settled payments; the filter due_before narrows them to those that are due before a day.
func (tx *Tx) Taxes(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[payment.Owed], error) {
	scope := []clause{where("t.government_id = ?", tx.government()), where("y.agency_id = ?", agency)}
	if before, asked := q.Filters["due_before"]; asked {
		day, err := period.ParseDate(before[0])
		if err != nil {
			return listing.Page[payment.Owed]{}, listing.Refuse("due_before", "not_readable")
		}
		scope = append(scope, where(dueOn+" < ?::date", day))
		rest := map[string][]string{}
		for name, values := range q.Filters {
			if name != "due_before" {
				rest[name] = values
			}
		}
		q.Filters = rest
	}
	return pageOf[payment.Owed](ctx, tx, owedList, q, scope...)
}

// TaxesDue gives the taxes that are owed and due on the day or before, the oldest first.
func (tx *Tx) TaxesDue(ctx context.Context, agency uuid.UUID, until period.Date, most int) (out []payment.Owed, err error) {
	out = []payment.Owed{}
	err = tx.all(ctx, &out, "SELECT "+owedList.columns+" FROM "+owedList.from+` WHERE t.government_id = $1 AND y.agency_id = $2
		AND t.deposited_on IS NULL AND `+dueOn+` <= $3::date ORDER BY `+dueOn+`, t.id LIMIT $4`, tx.government(), agency, until, most)
	return out, err
}

// depositLock is the class of the locks under which deposits are entered.
const depositLock = 37

// OtherDeposit gives a payment under whose deposit the NTPN stands with another billing code or day. Nobody else enters that
// NTPN before the transaction ends.
func (tx *Tx) OtherDeposit(ctx context.Context, t payment.Tax) (agency, number string, err error) {
	if _, err := tx.conn.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1, hashtext($2))`, depositLock, tx.government().String()+t.NTPN); err != nil {
		return "", "", err
	}
	var found []struct {
		Agency  string `db:"agency"`
		Payment string `db:"payment"`
	}
	err = tx.all(ctx, &found, `SELECT g.code AS agency, y.sp2d_number AS payment FROM payment_tax t
		JOIN payment y ON y.government_id = t.government_id AND y.id = t.payment_id
		JOIN agency g ON g.government_id = y.government_id AND g.id = y.agency_id
		WHERE t.government_id = $1 AND t.ntpn = $2 AND t.id <> $3 AND (t.billing_code <> $4 OR t.deposited_on <> $5::date) AND y.status = 'settled'
		ORDER BY t.id LIMIT 1`, tx.government(), t.NTPN, t.ID, t.BillingCode, t.DepositedOn)
	if err != nil || len(found) == 0 {
		return "", "", err
	}
	return found[0].Agency, found[0].Payment, nil
}

// SaveDeposit writes the deposit of a tax, once.
func (tx *Tx) SaveDeposit(ctx context.Context, p payment.Payment, t payment.Tax) error {
	return tx.exec(ctx, `UPDATE payment_tax SET billing_code = $4, ntpn = $5, deposited_on = $6, deposited_by = $7, billed_on = $8,
			deposited_amount = $9, deposit_note = $10
		WHERE government_id = $1 AND payment_id = $2 AND id = $3 AND deposited_on IS NULL`,
		tx.government(), p.ID, t.ID, t.BillingCode, t.NTPN, t.DepositedOn, t.DepositedBy, t.BilledOn, t.DepositedAmount, t.DepositNote)
}

// SaveDue writes on which day each tax of the payment is due.
func (tx *Tx) SaveDue(ctx context.Context, p payment.Payment) error {
	var ids []uuid.UUID
	var days []string
	for _, t := range p.Taxes {
		ids, days = append(ids, t.ID), append(days, t.DueOn.String())
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE payment_tax t SET due_on = x.due_on FROM unnest($3::uuid[], $4::date[]) AS x(id, due_on)
		WHERE t.government_id = $1 AND t.payment_id = $2 AND t.id = x.id`, tx.government(), p.ID, pq.Array(ids), pq.Array(days))
	return err
}

// SaveReversedDeposit keeps a deposit that was entered wrongly, and takes it off its tax.
func (tx *Tx) SaveReversedDeposit(ctx context.Context, p payment.Payment, was payment.ReversedDeposit) error {
	if err := tx.exec(ctx, `INSERT INTO reversed_deposit (government_id, id, agency_id, payment_id, tax_id, kind, billing_code, billed_on, ntpn,
			deposited_on, deposited_by, amount, note, reason, reversed_at, reversed_by)
		SELECT $1, $2, $3, $4, t.id, t.kind, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 FROM payment_tax t
		WHERE t.government_id = $1 AND t.payment_id = $4 AND t.id = $5`,
		tx.government(), was.ID, p.AgencyID, p.ID, was.TaxID, was.BillingCode, was.BilledOn, was.NTPN, was.DepositedOn, was.DepositedBy,
		was.Amount, was.Note, was.Reason, was.ReversedAt, was.ReversedBy); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE payment_tax SET billing_code = '', ntpn = '', deposited_on = NULL, deposited_by = NULL, billed_on = NULL,
			deposited_amount = 0, deposit_note = ''
		WHERE government_id = $1 AND payment_id = $2 AND id = $3 AND deposited_on IS NOT NULL`, tx.government(), p.ID, was.TaxID)
}

// reversedDeposits gives the deposits of payments that were entered wrongly, oldest first.
func (tx *Tx) reversedDeposits(ctx context.Context, payments []uuid.UUID) (map[uuid.UUID][]payment.ReversedDeposit, error) {
	var found []payment.ReversedDeposit
	err := tx.all(ctx, &found, `SELECT id, tax_id, billing_code, billed_on, ntpn, deposited_on, deposited_by, amount, note, reason, reversed_at, reversed_by
		FROM reversed_deposit WHERE government_id = $1 AND payment_id = ANY ($2) ORDER BY reversed_at, id`, tx.government(), pq.Array(payments))
	out := map[uuid.UUID][]payment.ReversedDeposit{}
	for _, r := range found {
		out[r.TaxID] = append(out[r.TaxID], r)
	}
	return out, err
}

var slipList = list{
	columns: `w.id, w.agency_id, w.payment_id, w.tax_id, w.number, w.date, w.object_code, w.handed_on, coalesce(w.file_sha256, '') AS file, t.kind, t.base,
		t.amount, y.sp2d_number AS payment, y.sp2d_date AS paid_on, y.vendor_id, v.legal_name AS vendor_name, w.created_at, w.created_by,
		u.email AS author, w.voided_at, w.voided_by, w.void_reason, w.version`,
	from: `withholding_slip w JOIN payment_tax t ON t.government_id = w.government_id AND t.id = w.tax_id
		JOIN payment y ON y.government_id = w.government_id AND y.id = w.payment_id
		JOIN vendor v ON v.government_id = y.government_id AND v.id = y.vendor_id
		JOIN user_account u ON u.government_id = w.government_id AND u.id = w.created_by`,
	fields: map[string]field{
		"id": {"w.id", ofUUID}, "payment_id": {"w.payment_id", ofUUID}, "tax_id": {"w.tax_id", ofUUID}, "number": {"w.number", ofText}, "date": {"w.date", ofDate},
		"object_code": {"w.object_code", ofText}, "handed_on": {"coalesce(w.handed_on, 'infinity')", ofDate}, "file": {"coalesce(w.file_sha256, '')", ofText},
		"kind": {"t.kind", ofText}, "base": {"t.base", ofInt}, "amount": {"t.amount", ofInt}, "payment": {"y.sp2d_number", ofText}, "paid_on": {"y.sp2d_date", ofDate},
		"vendor_id": {"y.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "author": {"u.email", ofText}, "created_at": {"w.created_at", ofTime},
		"created_by": {"w.created_by", ofUUID}, "voided_at": {"coalesce(w.voided_at, 'infinity')", ofTime},
		"voided_by":   {"coalesce(w.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"void_reason": {"w.void_reason", ofText}, "given": {"w.handed_on IS NOT NULL", ofBool}, "voided": {"w.voided_at IS NOT NULL", ofBool},
	},
	search: []string{"w.number", "w.object_code", "y.sp2d_number", "v.legal_name"},
	id:     field{"w.id", ofUUID},
	sort:   "-date",
}

// WithholdingSlips lists the register of an agency, voided slips too.
func (tx *Tx) WithholdingSlips(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[payment.WithholdingSlip], error) {
	return pageOf[payment.WithholdingSlip](ctx, tx, slipList, q, where("w.government_id = ?", tx.government()), where("w.agency_id = ?", agency))
}

// WithholdingSlip finds a slip of the agency; NotFound when there is none.
func (tx *Tx) WithholdingSlip(ctx context.Context, agency, id uuid.UUID) (w payment.WithholdingSlip, err error) {
	err = tx.one(ctx, &w, slipList, agency, "w", id)
	return w, faultOf(err)
}

// PaymentOfTax gives the payment that a tax was kept back from; Invalid at /tax_id when the agency has none.
func (tx *Tx) PaymentOfTax(ctx context.Context, agency, id uuid.UUID) (payment.Payment, error) {
	var of []uuid.UUID
	if err := tx.all(ctx, &of, `SELECT payment_id FROM payment_tax WHERE government_id = $1 AND id = $2`, tx.government(), id); err != nil {
		return payment.Payment{}, err
	}
	if len(of) == 1 {
		p, err := tx.HoldPayment(ctx, agency, of[0])
		if err = faultOf(err); err == nil || !fault.Is(err, "not_found") {
			return p, err
		}
	}
	var wrong fault.Fields
	wrong.Add("/tax_id", "not_found")
	return payment.Payment{}, wrong.Err()
}

// AddWithholdingSlip enters a slip.
func (tx *Tx) AddWithholdingSlip(ctx context.Context, w payment.WithholdingSlip) error {
	return tx.exec(ctx, `INSERT INTO withholding_slip (government_id, id, agency_id, payment_id, tax_id, number, date, object_code, handed_on, file_sha256,
			created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12)`,
		tx.government(), w.ID, w.AgencyID, w.PaymentID, w.TaxID, w.Number, w.Date, w.ObjectCode, w.HandedOn, w.File, tx.now, w.CreatedBy)
}

// SaveWithholdingSlip writes when it was given and that it is void, unless it changed since it was read.
func (tx *Tx) SaveWithholdingSlip(ctx context.Context, w payment.WithholdingSlip) error {
	return tx.exec(ctx, `UPDATE withholding_slip SET handed_on = $4, voided_by = $5::uuid, void_reason = $6,
			voided_at = CASE WHEN $5::uuid IS NULL THEN NULL ELSE $7::timestamptz END, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), w.ID, w.Version, w.HandedOn, w.VoidedBy, w.VoidReason, tx.now)
}

var taxObjectList = list{
	columns: `o.id, o.kind, o.code, o.name, o.valid_from, o.valid_to, o.source, o.created_at, o.created_by, o.voided_at, o.voided_by, o.void_reason, o.version`,
	from:    `tax_object o`,
	fields: map[string]field{
		"id": {"o.id", ofUUID}, "kind": {"o.kind", ofText}, "code": {"o.code", ofText}, "name": {"o.name", ofText}, "valid_from": {"o.valid_from", ofDate},
		"valid_to": {"coalesce(o.valid_to, 'infinity')", ofDate}, "source": {"o.source", ofText}, "created_at": {"o.created_at", ofTime},
		"created_by": {"o.created_by", ofUUID}, "voided_at": {"coalesce(o.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(o.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"o.void_reason", ofText},
	},
	search: []string{"o.code", "o.name", "o.source"},
	id:     field{"o.id", ofUUID},
	sort:   "kind",
}

// TaxObjects lists the government's kinds of objects, voided rows too.
func (tx *Tx) TaxObjects(ctx context.Context, q listing.Query) (listing.Page[payment.TaxObject], error) {
	return pageOf[payment.TaxObject](ctx, tx, taxObjectList, q, where("o.government_id = ?", tx.government()))
}

// TaxObject finds a row; NotFound when there is none.
func (tx *Tx) TaxObject(ctx context.Context, id uuid.UUID) (o payment.TaxObject, err error) {
	err = tx.get(ctx, &o, "SELECT "+taxObjectList.columns+" FROM tax_object o WHERE o.government_id = $1 AND o.id = $2", tx.government(), id)
	return o, faultOf(err)
}

// AddTaxObject inserts a row.
func (tx *Tx) AddTaxObject(ctx context.Context, o payment.TaxObject) error {
	return tx.exec(ctx, `INSERT INTO tax_object (government_id, id, kind, code, name, valid_from, valid_to, source, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.government(), o.ID, o.Kind, o.Code, o.Name, o.ValidFrom, o.ValidTo, o.Source, tx.now, o.CreatedBy)
}

// VoidTaxObject marks a row as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidTaxObject(ctx context.Context, o payment.TaxObject) error {
	return tx.exec(ctx, `UPDATE tax_object SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), o.ID, o.Version, tx.now, o.VoidedBy, o.VoidReason)
}
