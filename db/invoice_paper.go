package db

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/period"
)

var invoicePaperList = list{
	columns: `p.id, p.agency_id, p.invoice_id, p.kind, p.number, p.date, p.amount, p.covers, p.file_sha256, p.origin, p.passport, p.office_name,
		p.meterai_number, p.meterai_on, p.base, p.vat, p.seller_npwp, p.created_at, p.created_by, u.email AS author, p.voided_at, p.voided_by,
		p.void_reason, p.version`,
	from: `invoice_paper p JOIN user_account u ON u.government_id = p.government_id AND u.id = p.created_by`,
	fields: map[string]field{
		"id": {"p.id", ofUUID}, "invoice_id": {"p.invoice_id", ofUUID}, "kind": {"p.kind", ofText}, "number": {"p.number", ofText},
		"date": {"coalesce(p.date, 'infinity')", ofDate}, "amount": {"p.amount", ofInt}, "covers": {"p.covers", ofText}, "file": {"p.file_sha256", ofText},
		"origin": {"p.origin", ofText}, "office_name": {"p.office_name", ofText}, "meterai_number": {"p.meterai_number", ofText},
		"meterai_on": {"coalesce(p.meterai_on, 'infinity')", ofDate}, "base": {"p.base", ofInt}, "vat": {"p.vat", ofInt}, "author": {"u.email", ofText},
		"created_at": {"p.created_at", ofTime}, "created_by": {"p.created_by", ofUUID}, "voided_at": {"coalesce(p.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(p.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"p.void_reason", ofText},
	},
	search: []string{"p.number", "p.kind"},
	id:     field{"p.id", ofUUID},
	sort:   "-created_at",
}

// InvoicePapers lists the papers of an invoice, voided ones too.
func (tx *Tx) InvoicePapers(ctx context.Context, invoice uuid.UUID, q listing.Query) (listing.Page[payment.InvoicePaper], error) {
	return pageOf[payment.InvoicePaper](ctx, tx, invoicePaperList, q, where("p.government_id = ?", tx.government()), where("p.invoice_id = ?", invoice))
}

// InvoicePaper finds a paper of the invoice; NotFound when there is none.
func (tx *Tx) InvoicePaper(ctx context.Context, invoice, id uuid.UUID) (p payment.InvoicePaper, err error) {
	err = tx.get(ctx, &p, "SELECT "+invoicePaperList.columns+" FROM "+invoicePaperList.from+`
		WHERE p.government_id = $1 AND p.invoice_id = $2 AND p.id = $3`, tx.government(), invoice, id)
	return p, faultOf(err)
}

// AddInvoicePaper puts a paper to the invoice; an open invoice that names no file, or no tax invoice, names this one from
// then on.
func (tx *Tx) AddInvoicePaper(ctx context.Context, p payment.InvoicePaper) error {
	if err := tx.exec(ctx, `INSERT INTO invoice_paper (government_id, id, agency_id, invoice_id, kind, number, date, amount, covers, file_sha256, origin,
			passport, office_name, meterai_number, meterai_on, base, vat, seller_npwp, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		tx.government(), p.ID, p.AgencyID, p.InvoiceID, p.Kind, p.Number, p.Date, p.Amount, p.Covers, p.File, p.Origin,
		p.Passport, p.OfficeName, p.MeteraiNumber, p.MeteraiOn, p.Base, p.VAT, p.SellerNPWP, tx.now, p.CreatedBy); err != nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE invoice SET version = version + 1,
			file_sha256 = CASE WHEN $3 = 'invoice' THEN coalesce(file_sha256, $4) ELSE file_sha256 END,
			tax_invoice_number = CASE WHEN $3 = 'tax_invoice' AND tax_invoice_number = '' AND $5 ~ '^[0-9]{16,17}$' THEN $5 ELSE tax_invoice_number END
		WHERE government_id = $1 AND id = $2 AND payment_id IS NULL
			AND ($3 = 'invoice' AND file_sha256 IS NULL OR $3 = 'tax_invoice' AND tax_invoice_number = '' AND $5 ~ '^[0-9]{16,17}$')`,
		tx.government(), p.InvoiceID, string(p.Kind), p.File, p.Number)
	return err
}

// VoidInvoicePaper takes a paper away, unless it changed since it was read.
func (tx *Tx) VoidInvoicePaper(ctx context.Context, p payment.InvoicePaper) error {
	return tx.exec(ctx, `UPDATE invoice_paper SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), p.ID, p.Version, tx.now, p.VoidedBy, p.VoidReason)
}

// fileAsPaper notes the file that an invoice names as its paper, once.
func (tx *Tx) fileAsPaper(ctx context.Context, i payment.Invoice, by uuid.UUID) error {
	if i.File == "" {
		return nil
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = tx.conn.ExecContext(ctx, `INSERT INTO invoice_paper (government_id, id, agency_id, invoice_id, kind, number, date, amount, file_sha256, origin, created_at, created_by)
		VALUES ($1, $2, $3, $4, 'invoice', $5, $6, $7, $8, 'vendor', $9, $10)
		ON CONFLICT (government_id, invoice_id, kind, file_sha256) WHERE voided_at IS NULL DO NOTHING`,
		tx.government(), id, i.AgencyID, i.ID, i.Number, i.Date, i.Amount, i.File, tx.now, by)
	return err
}

// issued says of a file's SHA-256 whether the program itself made it: a workbook, what it opened, a small picture.
const issued = `(EXISTS (SELECT FROM report_run r WHERE r.government_id = $1 AND r.sha256 = %[1]s)
	OR EXISTS (SELECT FROM capture c WHERE c.government_id = $1 AND c.bundle_sha256 = %[1]s)
	OR EXISTS (SELECT FROM proof f WHERE f.government_id = $1 AND (f.thumbnail_sha256 = %[1]s OR f.origin = 'capture' AND f.file_sha256 = %[1]s)))`

// Issued reports whether the file is one that the program itself made.
func (tx *Tx) Issued(ctx context.Context, sha256 string) (ours bool, err error) {
	err = tx.get(ctx, &ours, "SELECT "+strings.ReplaceAll(issued, "%[1]s", "$2"), tx.government(), sha256)
	return ours, err
}

// NameInOffice gives the person of the government who is called so, by name or e-mail address; "" when nobody is.
func (tx *Tx) NameInOffice(ctx context.Context, name string) (string, error) {
	if name = strings.ToLower(strings.TrimSpace(name)); name == "" {
		return "", nil
	}
	var found []string
	err := tx.all(ctx, &found, `SELECT name FROM user_account WHERE government_id = $1 AND (lower(name) = $2 OR lower(email) = $2) ORDER BY id LIMIT 1`,
		tx.government(), name)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// twinsMax bounds how many candidates are compared.
const twinsMax = 500

// TwinCandidates gives the government's other invoices of the vendor, and of those who share something with him, over the
// same amount, and those behind which one of its files stands, oldest first.
func (tx *Tx) TwinCandidates(ctx context.Context, i payment.Invoice) (out []payment.Twin, err error) {
	err = tx.all(ctx, &out, twinQuery, tx.government(), i.ID, i.VendorID, i.Amount, i.File, twinsMax)
	return out, err
}

const twinQuery = `WITH kin AS (SELECT $3::uuid AS vendor_id
		UNION SELECT o.vendor_id FROM vendor_sign s JOIN vendor_sign o ON o.government_id = s.government_id AND o.sign = s.sign
		WHERE s.government_id = $1 AND s.vendor_id = $3),
	files AS (SELECT $5::text AS sha256 WHERE $5 <> ''
		UNION SELECT p.file_sha256 FROM invoice_paper p WHERE p.government_id = $1 AND p.invoice_id = $2 AND p.voided_at IS NULL AND p.kind IN ('invoice', 'receipt')),
	same AS (SELECT n.id FROM invoice n JOIN files f ON n.file_sha256 = f.sha256 WHERE n.government_id = $1
		UNION SELECT p.invoice_id FROM invoice_paper p JOIN files f ON p.file_sha256 = f.sha256
		WHERE p.government_id = $1 AND p.voided_at IS NULL AND p.kind IN ('invoice', 'receipt'))
	SELECT n.id, n.agency_id, g.code AS agency_code, g.name AS agency_name, n.number, n.date, n.amount, n.vendor_id, v.legal_name AS vendor_name,
		n.id IN (SELECT id FROM same) AS same_file
	FROM invoice n JOIN agency g ON g.government_id = n.government_id AND g.id = n.agency_id
	JOIN vendor v ON v.government_id = n.government_id AND v.id = n.vendor_id
	WHERE n.government_id = $1 AND n.id <> $2
		AND (n.vendor_id IN (SELECT vendor_id FROM kin) AND n.amount = $4 OR n.id IN (SELECT id FROM same))
	ORDER BY n.created_at, n.id LIMIT $6`

// papersFacts looks up the vendor's papers behind the invoices of a payment, and which other invoices are alike.
func (tx *Tx) papersFacts(ctx context.Context, p payment.Payment, _ period.Date, f *payment.Facts) error {
	f.Papered, f.Explained = []payment.PaperedInvoice{}, p.Explained
	if err := tx.all(ctx, &f.Papered, `SELECT i.id, i.number, i.date, s.price, s.vat, i.tax_invoice_number, v.npwp AS seller_npwp, `+
		strings.ReplaceAll(issued, "%[1]s", "i.file_sha256")+` AS issued
		FROM invoice i JOIN vendor v ON v.government_id = i.government_id AND v.id = i.vendor_id
		CROSS JOIN LATERAL (SELECT coalesce(sum(p.net), 0)::bigint AS price, coalesce(sum(p.vat), 0)::bigint AS vat FROM placement p
			WHERE p.government_id = i.government_id AND p.invoice_id = i.id) s
		WHERE i.government_id = $1 AND i.id = ANY ($2) ORDER BY array_position($2, i.id)`, tx.government(), pq.Array(p.InvoiceIDs)); err != nil {
		return err
	}
	at := map[uuid.UUID]*payment.PaperedInvoice{}
	for n := range f.Papered {
		one := &f.Papered[n]
		one.Papers, one.Reused, one.Twins, at[one.ID] = []payment.PaperFact{}, []payment.Elsewhere{}, []payment.Twin{}, one
	}
	var papers []payment.PaperFact
	if err := tx.all(ctx, &papers, `SELECT invoice_id, kind, number, date, amount, covers, file_sha256, meterai_number, base, vat, seller_npwp
		FROM invoice_paper WHERE government_id = $1 AND invoice_id = ANY ($2) AND voided_at IS NULL ORDER BY created_at, id`,
		tx.government(), pq.Array(p.InvoiceIDs)); err != nil {
		return err
	}
	for _, one := range papers {
		at[one.InvoiceID].Papers = append(at[one.InvoiceID].Papers, one)
	}
	if err := tx.reused(ctx, p, at); err != nil {
		return err
	}
	return tx.twinsOf(ctx, p, at)
}

// reused finds other invoices with the same tax invoice, by what the invoices name and by their papers.
func (tx *Tx) reused(ctx context.Context, p payment.Payment, at map[uuid.UUID]*payment.PaperedInvoice) error {
	var found []payment.Elsewhere
	if err := tx.all(ctx, &found, `WITH mine AS (
			SELECT i.id, i.tax_invoice_number AS number FROM invoice i WHERE i.government_id = $1 AND i.id = ANY ($2) AND i.tax_invoice_number <> ''
			UNION SELECT p.invoice_id, p.number FROM invoice_paper p
			WHERE p.government_id = $1 AND p.invoice_id = ANY ($2) AND p.kind = 'tax_invoice' AND p.voided_at IS NULL),
		named AS (
			SELECT m.id, i.id AS other FROM mine m JOIN invoice i ON i.government_id = $1 AND i.tax_invoice_number = m.number AND i.tax_invoice_number <> ''
			UNION SELECT m.id, p.invoice_id FROM mine m
			JOIN invoice_paper p ON p.government_id = $1 AND p.number = m.number AND p.kind = 'tax_invoice' AND p.voided_at IS NULL)
		SELECT n.id AS invoice_id, g.code AS agency_code, o.number FROM named n JOIN invoice o ON o.government_id = $1 AND o.id = n.other
		JOIN agency g ON g.government_id = o.government_id AND g.id = o.agency_id
		WHERE n.other <> ALL ($2) ORDER BY n.id, g.code, o.number LIMIT 100`, tx.government(), pq.Array(p.InvoiceIDs)); err != nil {
		return err
	}
	for _, one := range found {
		at[one.InvoiceID].Reused = append(at[one.InvoiceID].Reused, one)
	}
	return nil
}

// twinsOf compares each invoice of the payment with those that may be the same bill.
func (tx *Tx) twinsOf(ctx context.Context, p payment.Payment, at map[uuid.UUID]*payment.PaperedInvoice) error {
	invoices, err := tx.InvoicesNamed(ctx, p.AgencyID, p.InvoiceIDs)
	if err != nil {
		return err
	}
	for _, i := range invoices {
		found, err := tx.TwinCandidates(ctx, i)
		if err != nil {
			return err
		}
		at[i.ID].Twins = i.Twins(found)
	}
	return nil
}
