package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/listing"
	"tayang/app/payment"
)

// An invoice carries the sums of its placements, which one lateral query gives.
var invoiceList = list{
	columns: `i.id, i.agency_id, i.agreement_id, a.number AS agreement_number, i.vendor_id, v.legal_name AS vendor_name, i.number, i.date,
		i.amount, i.excess, s.price, s.vat, s.penalty, i.amount - i.excess - s.price - s.vat AS credited, i.tax_invoice_number, coalesce(i.file_sha256, '') AS file, s.placements, s.accepted_on, s.inspected_on,
		coalesce(s.carried_year, a.fiscal_year, 0) AS fiscal_year, i.payment_id,
		coalesce(y.status, 'open') AS status, i.created_at, i.created_by, i.version`,
	from: `invoice i LEFT JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
		LEFT JOIN vendor v ON v.government_id = i.government_id AND v.id = i.vendor_id
		LEFT JOIN payment y ON y.government_id = i.government_id AND y.id = i.payment_id
		LEFT JOIN LATERAL (SELECT coalesce(sum(p.net), 0)::bigint AS price, coalesce(sum(p.vat), 0)::bigint AS vat, coalesce(sum(p.penalty), 0)::bigint AS penalty,
				count(*) AS placements, max(c.date) AS accepted_on, max(p.carried_year) AS carried_year, max(b.date) AS inspected_on
			FROM placement p JOIN acceptance c ON c.government_id = p.government_id AND c.id = p.acceptance_id
			LEFT JOIN inspection b ON b.government_id = c.government_id AND b.id = c.inspection_id
			WHERE p.government_id = i.government_id AND p.invoice_id = i.id) s ON true`,
	fields: map[string]field{
		"id": {"i.id", ofUUID}, "agreement_id": {"i.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText},
		"vendor_id": {"i.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "fiscal_year": {"coalesce(s.carried_year, a.fiscal_year, 0)", ofInt},
		"number": {"i.number", ofText}, "date": {"i.date", ofDate}, "amount": {"i.amount", ofInt}, "excess": {"i.excess", ofInt},
		"tax_invoice_number": {"i.tax_invoice_number", ofText}, "file": {"coalesce(i.file_sha256, '')", ofText},
		"status": {"coalesce(y.status, 'open')", ofText}, "payment_id": {"coalesce(i.payment_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"created_at": {"i.created_at", ofTime}, "created_by": {"i.created_by", ofUUID},
		"price": {"s.price", ofInt}, "vat": {"s.vat", ofInt}, "penalty": {"s.penalty", ofInt}, "credited": {"i.amount - i.excess - s.price - s.vat", ofInt}, "placements": {"s.placements", ofInt},
		"accepted_on": {"coalesce(s.accepted_on, 'infinity')", ofDate}, "inspected_on": {"coalesce(s.inspected_on, 'infinity')", ofDate},
	},
	search: []string{"i.number", "i.tax_invoice_number", "a.number", "v.legal_name"},
	id:     field{"i.id", ofUUID},
	sort:   "-",
}

// Invoices lists invoices without the ids of their placements.
func (tx *Tx) Invoices(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[payment.Invoice], error) {
	return pageOf[payment.Invoice](ctx, tx, invoiceList, q, where("i.government_id = ?", tx.government()), where("i.agency_id = ?", agency))
}

// Invoice gives an invoice with the ids of its placements and its lines.
func (tx *Tx) Invoice(ctx context.Context, agency, id uuid.UUID) (i payment.Invoice, err error) {
	if err = tx.one(ctx, &i, invoiceList, agency, "i", id); err != nil {
		return i, err
	}
	if err = tx.all(ctx, &i.PlacementIDs, `SELECT id FROM placement WHERE government_id = $1 AND invoice_id = $2 ORDER BY id`, tx.government(), id); err != nil {
		return i, err
	}
	i.Credits, err = tx.creditsOf(ctx, id)
	if err != nil {
		return i, err
	}
	i.Lines, err = tx.linesOf(ctx, id)
	return i, err
}

// InvoicesNamed gives those of the named invoices that exist in the agency.
func (tx *Tx) InvoicesNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) (found []payment.Invoice, err error) {
	err = tx.all(ctx, &found, "SELECT "+invoiceList.columns+" FROM "+invoiceList.from+
		" WHERE i.government_id = $1 AND i.agency_id = $2 AND i.id = ANY ($3)", tx.government(), agency, pq.Array(ids))
	return found, err
}

// AddInvoice inserts the invoice and marks its placements invoiced, all of them or none.
func (tx *Tx) AddInvoice(ctx context.Context, i payment.Invoice) error {
	if err := tx.exec(ctx, `INSERT INTO invoice (government_id, id, agency_id, agreement_id, vendor_id, number, date, amount,
			tax_invoice_number, file_sha256, created_at, created_by, excess)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12, $13)`,
		tx.government(), i.ID, i.AgencyID, i.AgreementID, i.VendorID, i.Number, i.Date, i.Amount,
		i.TaxInvoiceNumber, i.File, tx.now, i.CreatedBy, i.Excess); err != nil {
		return err
	}
	if err := tx.addLines(ctx, i); err != nil {
		return err
	}
	if err := tx.fileAsPaper(ctx, i, i.CreatedBy); err != nil {
		return err
	}
	return tx.execAll(ctx, len(i.PlacementIDs), `UPDATE placement SET status = 'invoiced', invoice_id = $3, version = version + 1
		WHERE government_id = $1 AND id = ANY ($2) AND agreement_id = $4 AND status = 'accepted'`,
		tx.government(), pq.Array(i.PlacementIDs), i.ID, i.AgreementID)
}

// SaveInvoicePapers writes the papers of an open invoice, unless it changed since it was read.
func (tx *Tx) SaveInvoicePapers(ctx context.Context, i payment.Invoice) error {
	if err := tx.exec(ctx, `UPDATE invoice SET tax_invoice_number = $4, file_sha256 = nullif($5, ''), version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3 AND payment_id IS NULL`,
		tx.government(), i.ID, i.Version, i.TaxInvoiceNumber, i.File); err != nil {
		return err
	}
	return tx.fileAsPaper(ctx, i, tx.act.Actor.User)
}
