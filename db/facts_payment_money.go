package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/vetting"
)

// moneyFacts looks up the dates behind a payment, and its payee as he is on the day.
func (tx *Tx) moneyFacts(ctx context.Context, p payment.Payment, day period.Date, f *payment.Facts) error {
	m := &f.Money
	m.Receipts, m.Expired, m.Chain, m.Barred = p.Receipts, []payment.ExpiredFact{}, []payment.DateFact{}, []vetting.Blacklisting{}
	if err := tx.get(ctx, &m.Payee, `SELECT id, legal_name, kind, npwp <> '' AS has_npwp, nik <> '' AS has_nik, bank_account_number <> '' AS has_bank,
			bank_account_owner AS account_owner, vat_registered, pp55_valid_until
		FROM vendor WHERE government_id = $1 AND id = $2`, tx.government(), p.VendorID); err != nil {
		return err
	}
	if err := tx.all(ctx, &m.Expired, `SELECT d.kind, d.name, d.valid_until FROM (
			SELECT DISTINCT ON (kind) kind, name, valid_until FROM vendor_document WHERE government_id = $1 AND vendor_id = $2
			ORDER BY kind, valid_until DESC NULLS FIRST, id) d
		WHERE d.valid_until < $3 ORDER BY d.kind`, tx.government(), p.VendorID, day); err != nil {
		return err
	}
	var blacklist []vetting.Blacklisting
	if err := tx.all(ctx, &blacklist, "SELECT "+blacklistList.columns+" FROM "+blacklistList.from+` WHERE t.government_id = $1 AND t.vendor_id = $2
		ORDER BY t.valid_from DESC, t.id`, tx.government(), p.VendorID); err != nil {
		return err
	}
	m.Barred = append(m.Barred, vetting.Known{Blacklist: blacklist}.Barred(p.VendorID, day)...)
	return tx.chainFacts(ctx, p.InvoiceIDs, m)
}

func (tx *Tx) chainFacts(ctx context.Context, invoices []uuid.UUID, m *payment.MoneyFacts) error {
	return tx.all(ctx, &m.Chain, `SELECT i.id AS invoice_id, i.number, a.order_date AS ordered, min(p.published_on) AS first, max(p.published_on) AS last, i.date AS invoiced
		FROM invoice i JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
		JOIN placement p ON p.government_id = i.government_id AND p.invoice_id = i.id
		WHERE i.government_id = $1 AND i.id = ANY ($2) GROUP BY i.id, i.number, a.order_date, i.date ORDER BY array_position($2, i.id)`,
		tx.government(), pq.Array(invoices))
}
