package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/completeness"
	"tayang/app/listing"
)

// subjectsOf gives the rows of agreements or payments whose files are asked about ($1 government, $2 agency): one ($3), or all
// that count still.
func subjectsOf(d completeness.Document, one bool) string {
	query, which, all := `SELECT 'agreement' AS document, a.id, NULL::uuid AS payment_id, a.agency_id, a.id AS agreement_id, a.vendor_id, a.number, a.title, a.status,
		a.kind, a.method, a.form, 'ls' AS payment_kind, a.vat > 0 AS vat, a.via_agency, a.gross AS amount, a.order_date, a.order_date AS day,
		NULL::date AS settled_on, NULL::uuid[] AS invoice_ids, a.budget_version_id, a.fiscal_year
		FROM agreement a WHERE a.government_id = $1 AND a.agency_id = $2`, "a.id = $3", "a.status IN ('active', 'completed')"
	if d == completeness.Payment {
		query, which, all = `SELECT 'payment' AS document, y.id, y.id AS payment_id, y.agency_id, y.agreement_id, y.vendor_id, y.spp_number AS number, a.title, y.status,
			a.kind, a.method, a.form, y.kind AS payment_kind, y.vat > 0 AS vat, a.via_agency, y.gross AS amount, a.order_date, coalesce(y.spm_date, y.spp_date) AS day,
			CASE y.status WHEN 'settled' THEN y.sp2d_date END AS settled_on, y.invoice_ids, y.budget_version_id, coalesce(y.fiscal_year, a.fiscal_year) AS fiscal_year
			FROM payment y JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
			WHERE y.government_id = $1 AND y.agency_id = $2`, "y.id = $3", "y.status <> 'reversed'"
	}
	if one {
		return query + " AND " + which
	}
	return query + " AND " + all
}

// withSubjects names what the queries about files begin with: the subjects, the placements that each is about, and the
// outlets and accounts of those.
func withSubjects(d completeness.Document, one bool) string {
	return `WITH subject AS (` + subjectsOf(d, one) + `), placed AS (
		SELECT s.id AS subject_id, p.id, p.deliverable_id, p.acceptance_id, p.invoice_id, p.url, p.published_on, p.title, p.metrics, p.label_present,
			l.label_required, l.outlet_id, l.social_account_id
		FROM subject s
		JOIN placement p ON p.government_id = $1 AND p.agreement_id = s.agreement_id AND p.status NOT IN ('cancelled', 'rejected')
			AND (s.payment_id IS NULL OR p.invoice_id = ANY (s.invoice_ids))
		JOIN deliverable l ON l.government_id = $1 AND l.id = p.deliverable_id
	), item AS (
		SELECT s.id AS subject_id, l.id, l.outlet_id, l.social_account_id FROM subject s
		JOIN deliverable l ON l.government_id = $1 AND l.agreement_id = s.agreement_id
		WHERE s.payment_id IS NULL OR EXISTS (SELECT FROM placed p WHERE p.subject_id = s.id AND p.deliverable_id = l.id)
	), channel AS (
		SELECT DISTINCT i.subject_id, i.outlet_id, i.social_account_id, coalesce(o.kind, 'social') AS kind FROM item i
		LEFT JOIN outlet o ON o.government_id = $1 AND o.id = i.outlet_id
	), billed AS (
		SELECT s.id AS subject_id, i.id, i.number, i.date, i.file_sha256, i.tax_invoice_number, i.created_at FROM subject s
		JOIN invoice i ON i.government_id = $1 AND (s.payment_id IS NULL AND i.agreement_id = s.agreement_id OR i.id = ANY (s.invoice_ids))
	) `
}

// subjectsQuery counts of how many things each file must hold something.
func subjectsQuery(d completeness.Document, one bool) string {
	return withSubjects(d, one) + `SELECT s.document, s.id, s.agency_id, s.agreement_id, s.vendor_id, s.number, s.title, v.legal_name AS vendor_name, s.status, s.kind,
		s.method, s.form, s.payment_kind, v.kind AS vendor_kind, s.vat, s.via_agency, s.amount, s.order_date, s.day, s.settled_on,
		coalesce(c.kinds, '') AS channels, coalesce(c.accounts, 0) AS accounts, coalesce(c.outlets, 0) AS outlets,
		coalesce(p.placements, 0) AS placements, coalesce(p.labelled, 0) AS labelled, coalesce(b.n, 0) AS invoices, coalesce(i.n, 0) AS items,
		(SELECT count(*) FROM recipient r WHERE r.government_id = $1 AND r.agreement_id = s.agreement_id AND EXISTS (SELECT FROM channel c
			WHERE c.subject_id = s.id AND (c.outlet_id = r.outlet_id OR c.social_account_id = r.social_account_id))) AS recipients,
		(SELECT count(*) FROM amendment m WHERE m.government_id = $1 AND m.agreement_id = s.agreement_id AND m.status = 'approved') AS addenda,
		(SELECT count(*) FROM agreement_final_account f WHERE f.government_id = $1 AND f.agreement_id = s.agreement_id AND f.penalty > 0
			AND f.date <= s.day) AS penalties,
		coalesce(t.taxes, 0) AS taxes, coalesce(t.withheld, 0) AS withheld
		FROM subject s JOIN vendor v ON v.government_id = $1 AND v.id = s.vendor_id
		LEFT JOIN (SELECT subject_id, count(*) AS placements, count(*) FILTER (WHERE label_required) AS labelled FROM placed GROUP BY 1) p ON p.subject_id = s.id
		LEFT JOIN (SELECT subject_id, string_agg(DISTINCT kind, ' ') AS kinds, count(social_account_id) AS accounts,
			count(outlet_id) FILTER (WHERE kind <> 'outdoor') AS outlets FROM channel GROUP BY 1) c ON c.subject_id = s.id
		LEFT JOIN (SELECT subject_id, count(*) AS n FROM billed GROUP BY 1) b ON b.subject_id = s.id
		LEFT JOIN (SELECT subject_id, count(*) AS n FROM item GROUP BY 1) i ON i.subject_id = s.id
		LEFT JOIN (SELECT t.payment_id, count(*) AS taxes, count(*) FILTER (WHERE t.kind <> 'ppn') AS withheld FROM payment_tax t
			JOIN subject s ON s.payment_id = t.payment_id WHERE t.government_id = $1 AND t.amount > 0 GROUP BY 1) t ON t.payment_id = s.payment_id
		ORDER BY s.day, s.number, s.id`
}

// Subject gives an agreement or a payment, with what decides which papers its file must hold; NotFound when there is none.
func (tx *Tx) Subject(ctx context.Context, agency uuid.UUID, d completeness.Document, id uuid.UUID) (s completeness.Subject, err error) {
	err = tx.get(ctx, &s, subjectsQuery(d, true), tx.government(), agency, id)
	return s, faultOf(err)
}

// Subjects gives the agreements in force, or the payments that were not reversed, of an agency.
func (tx *Tx) Subjects(ctx context.Context, agency uuid.UUID, d completeness.Document) (out []completeness.Subject, err error) {
	err = tx.all(ctx, &out, subjectsQuery(d, false), tx.government(), agency)
	return out, err
}

// inFileQuery gives everything that stands in a file; equal papers about several things are one row for each.
func inFileQuery(d completeness.Document) string {
	return withSubjects(d, true) + `, known AS (` + knownPapers() + `)
		SELECT k.subject_id, k.code, k.about, k.source, k.paper_id, k.name, k.number, k.date, coalesce(k.file, '') AS file, coalesce(f.size, 0) AS size,
			coalesce(f.media_type, '') AS media_type, k.origin, k.at
		FROM known k LEFT JOIN file f ON f.government_id = $1 AND f.sha256 = k.file
		ORDER BY k.code, k.source, k.date, k.number, k.at, k.file, k.about, k.paper_id`
}

// InFile gives everything that stands in the file of an agreement or a payment.
func (tx *Tx) InFile(ctx context.Context, s completeness.Subject) (out []completeness.Found, err error) {
	err = tx.all(ctx, &out, inFileQuery(s.Document), tx.government(), s.AgencyID, s.ID)
	return out, err
}

// standingQuery counts what stands in the files of an agency.
func standingQuery(d completeness.Document) string {
	return withSubjects(d, false) + `, known AS (` + knownPapers() + `)
		SELECT subject_id, code, source, count(DISTINCT about) AS standing FROM known GROUP BY subject_id, code, source, about IS NULL`
}

// PapersStanding gives how many of each paper stand in the files of the agency's agreements or payments; none about anything: it
// stands for all.
func (tx *Tx) PapersStanding(ctx context.Context, agency uuid.UUID, d completeness.Document) (out []completeness.Found, err error) {
	err = tx.all(ctx, &out, standingQuery(d), tx.government(), agency)
	return out, err
}

var paymentPaperList = list{
	columns: `p.id, p.agency_id, p.payment_id, p.code, p.name, p.number, p.date, p.origin, p.file_sha256, p.filename, p.created_at, p.created_by,
		u.email AS author, p.voided_at, p.voided_by, p.void_reason, p.version`,
	from: `payment_paper p JOIN user_account u ON u.government_id = p.government_id AND u.id = p.created_by`,
	fields: map[string]field{
		"id": {"p.id", ofUUID}, "payment_id": {"p.payment_id", ofUUID}, "code": {"p.code", ofText}, "name": {"p.name", ofText},
		"number": {"p.number", ofText}, "date": {"coalesce(p.date, 'infinity')", ofDate}, "origin": {"p.origin", ofText}, "file": {"p.file_sha256", ofText},
		"filename": {"p.filename", ofText}, "author": {"u.email", ofText}, "created_at": {"p.created_at", ofTime}, "created_by": {"p.created_by", ofUUID},
		"voided_at": {"coalesce(p.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(p.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"p.void_reason", ofText},
	},
	search: []string{"p.code", "p.name", "p.number"},
	id:     field{"p.id", ofUUID},
	sort:   "-created_at",
}

// PaymentPapers lists the papers that were put into the file of a payment, voided ones too.
func (tx *Tx) PaymentPapers(ctx context.Context, payment uuid.UUID, q listing.Query) (listing.Page[completeness.Paper], error) {
	return pageOf[completeness.Paper](ctx, tx, paymentPaperList, q, where("p.government_id = ?", tx.government()), where("p.payment_id = ?", payment))
}

// PaymentPaper finds a paper of the payment; NotFound when there is none.
func (tx *Tx) PaymentPaper(ctx context.Context, payment, id uuid.UUID) (p completeness.Paper, err error) {
	err = tx.get(ctx, &p, "SELECT "+paymentPaperList.columns+" FROM "+paymentPaperList.from+`
		WHERE p.government_id = $1 AND p.payment_id = $2 AND p.id = $3`, tx.government(), payment, id)
	return p, faultOf(err)
}

// AddPaymentPaper puts a paper into the file of its payment.
func (tx *Tx) AddPaymentPaper(ctx context.Context, p completeness.Paper) error {
	return tx.exec(ctx, `INSERT INTO payment_paper (government_id, id, agency_id, payment_id, code, name, number, date, origin, file_sha256, filename, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, tx.government(), p.ID, p.AgencyID, p.PaymentID, p.Code, p.Name, p.Number, p.Date,
		p.Origin, p.File, p.Filename, tx.now, p.CreatedBy)
}

// VoidPaymentPaper takes a paper out of the file, unless it changed since it was read.
func (tx *Tx) VoidPaymentPaper(ctx context.Context, p completeness.Paper) error {
	return tx.exec(ctx, `UPDATE payment_paper SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), p.ID, p.Version, tx.now, p.VoidedBy, p.VoidReason)
}
