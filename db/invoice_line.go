package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
)

// linesOf gives the lines of an invoice in order.
func (tx *Tx) linesOf(ctx context.Context, invoice uuid.UUID) (found []payment.InvoiceLine, err error) {
	err = tx.all(ctx, &found, `SELECT id, deliverable_id, description, quantity, unit_price, tax_inclusive, amount, difference
		FROM invoice_line WHERE government_id = $1 AND invoice_id = $2 ORDER BY position`, tx.government(), invoice)
	return found, err
}

// addLines keeps the lines of an invoice, once for ever.
func (tx *Tx) addLines(ctx context.Context, i payment.Invoice) error {
	type row struct {
		payment.InvoiceLine
		Position int `json:"position"`
	}
	rows := make([]row, len(i.Lines))
	for n, l := range i.Lines {
		rows[n] = row{l, n + 1}
	}
	return tx.bulk(ctx, `INSERT INTO invoice_line (government_id, id, agency_id, invoice_id, deliverable_id, position, description, quantity, unit_price,
			tax_inclusive, amount, difference, created_at, created_by)
		SELECT $1, x.id, $3, $4, x.deliverable_id, x.position, x.description, x.quantity, x.unit_price, x.tax_inclusive, x.amount, x.difference, $5, $6
		FROM jsonb_to_recordset($2) AS x(id uuid, deliverable_id uuid, position integer, description text, quantity bigint, unit_price bigint,
			tax_inclusive boolean, amount bigint, difference bigint)`, rows, i.AgencyID, i.ID, tx.now, tx.act.Actor.User)
}

// AddInvoiceLines inserts the lines of an open invoice that has none, unless it changed since it was read.
func (tx *Tx) AddInvoiceLines(ctx context.Context, i payment.Invoice) error {
	if err := tx.exec(ctx, `UPDATE invoice SET version = version + 1 WHERE government_id = $1 AND id = $2 AND version = $3 AND payment_id IS NULL`,
		tx.government(), i.ID, i.Version); err != nil {
		return err
	}
	return tx.addLines(ctx, i)
}

// matchFacts looks up the lines of the payment's invoices, what they are held against, and the papers of handing over.
func (tx *Tx) matchFacts(ctx context.Context, p payment.Payment, _ period.Date, f *payment.Facts) (err error) {
	m := &f.Match
	if m.Deliverable, err = tx.FulfilmentOf(ctx, p.AgencyID, p.AgreementID); err != nil {
		return err
	}
	if m.Itemised, err = tx.itemised(ctx, p); err != nil {
		return err
	}
	m.Handovers = []payment.HandoverFact{}
	if err = tx.all(ctx, &m.Handovers, `SELECT c.id, c.number, c.date, c.file_sha256 IS NOT NULL AND c.office_signer <> '' AND c.vendor_signer <> '' AS signed,
			coalesce(b.number, '') AS inspected, b.file_sha256 IS NOT NULL AS inspection_signed
		FROM acceptance c LEFT JOIN inspection b ON b.government_id = c.government_id AND b.id = c.inspection_id
		WHERE c.government_id = $1 AND c.id IN (SELECT p.acceptance_id FROM placement p WHERE p.government_id = $1 AND p.invoice_id = ANY ($2))
		ORDER BY c.date, c.number`, tx.government(), pq.Array(p.InvoiceIDs)); err != nil {
		return err
	}
	return tx.get(ctx, &m.Unrecapped, `SELECT count(*) FROM placement p WHERE p.government_id = $1 AND p.invoice_id = ANY ($2)
		AND NOT EXISTS (SELECT FROM recap r WHERE r.government_id = $1 AND r.agreement_id = p.agreement_id AND r.voided_at IS NULL
			AND r.file_sha256 IS NOT NULL AND p.id = ANY (r.placement_ids))`, tx.government(), pq.Array(p.InvoiceIDs))
}

// itemised gives the payment's invoices with lines and placements, in the order in which they were asked for.
func (tx *Tx) itemised(ctx context.Context, p payment.Payment) ([]payment.ItemisedFact, error) {
	invoices, err := tx.InvoicesNamed(ctx, p.AgencyID, p.InvoiceIDs)
	if err != nil {
		return nil, err
	}
	var lines []struct {
		InvoiceID uuid.UUID `db:"invoice_id"`
		payment.InvoiceLine
	}
	if err := tx.all(ctx, &lines, `SELECT invoice_id, id, deliverable_id, description, quantity, unit_price, tax_inclusive, amount, difference
		FROM invoice_line WHERE government_id = $1 AND invoice_id = ANY ($2) ORDER BY invoice_id, position`, tx.government(), pq.Array(p.InvoiceIDs)); err != nil {
		return nil, err
	}
	var named []placement.Placement
	if err := tx.all(ctx, &named, `SELECT id, invoice_id, deliverable_id, status, net, vat, gross FROM placement WHERE government_id = $1 AND invoice_id = ANY ($2)`,
		tx.government(), pq.Array(p.InvoiceIDs)); err != nil {
		return nil, err
	}
	out := make([]payment.ItemisedFact, 0, len(invoices))
	for _, id := range p.InvoiceIDs {
		for _, i := range invoices {
			if i.ID != id {
				continue
			}
			fact := payment.ItemisedFact{Invoice: i}
			for _, l := range lines {
				if l.InvoiceID == id {
					fact.Invoice.Lines = append(fact.Invoice.Lines, l.InvoiceLine)
				}
			}
			for _, one := range named {
				if one.InvoiceID.UUID == id {
					fact.Chosen = append(fact.Chosen, one)
				}
			}
			out = append(out, fact)
		}
	}
	return out, nil
}
