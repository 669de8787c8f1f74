package db

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/portal"
	"tayang/app/registry"
)

// told is the time of a story, or else of the database.
const told = `coalesce(nullif(current_setting('tayang.clock', true), '')::timestamptz, now())`

const linkStatus = `CASE WHEN l.revoked_at IS NOT NULL THEN 'revoked' WHEN l.expires_at <= ` + told + ` THEN 'expired' ELSE 'active' END`

const linkSent = `(SELECT count(*) FROM vendor_submission s WHERE s.government_id = l.government_id AND s.link_id = l.id)`

var linkList = list{
	columns: `l.id, l.agency_id, l.vendor_id, v.legal_name AS vendor_name, l.agreement_id, coalesce(a.number, '') AS agreement_number, l.purpose, l.email,
		l.expires_at, ` + linkStatus + ` AS status, coalesce(u.uses, 0) AS uses, u.last_used_at, coalesce(u.last_source, '') AS last_source, ` + linkSent + ` AS sent,
		l.revoked_at, l.revoked_by, l.revoke_reason, l.created_at, l.created_by, l.version`,
	from: `vendor_link l JOIN vendor v ON v.government_id = l.government_id AND v.id = l.vendor_id
		LEFT JOIN agreement a ON a.government_id = l.government_id AND a.id = l.agreement_id
		LEFT JOIN LATERAL (SELECT count(*) AS uses, max(t.opened_at) AS last_used_at, (array_agg(t.source ORDER BY t.opened_at DESC))[1] AS last_source
			FROM vendor_visit t WHERE t.government_id = l.government_id AND t.link_id = l.id) u ON true`,
	fields: map[string]field{
		"id": {"l.id", ofUUID}, "vendor_id": {"l.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText},
		"agreement_id":     {"coalesce(l.agreement_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"agreement_number": {"coalesce(a.number, '')", ofText}, "purpose": {"l.purpose", ofText}, "email": {"l.email", ofText},
		"expires_at": {"l.expires_at", ofTime}, "status": {linkStatus, ofText}, "uses": {"coalesce(u.uses, 0)", ofInt},
		"last_used_at": {"coalesce(u.last_used_at, 'infinity')", ofTime}, "last_source": {"coalesce(u.last_source, '')", ofText}, "sent": {linkSent, ofInt},
		"revoked_at":    {"coalesce(l.revoked_at, 'infinity')", ofTime},
		"revoked_by":    {"coalesce(l.revoked_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"revoke_reason": {"l.revoke_reason", ofText}, "created_at": {"l.created_at", ofTime}, "created_by": {"l.created_by", ofUUID},
	},
	search: []string{"l.purpose", "l.email", "v.legal_name", "a.number"},
	id:     field{"l.id", ofUUID},
	sort:   "-created_at",
}

// VendorLinks lists links, newest first.
func (tx *Tx) VendorLinks(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[portal.Link], error) {
	return pageOf[portal.Link](ctx, tx, linkList, q, where("l.government_id = ?", tx.government()), where("l.agency_id = ?", agency))
}

// VendorLink gives one link; NotFound when the agency has none of that id.
func (tx *Tx) VendorLink(ctx context.Context, agency, id uuid.UUID) (l portal.Link, err error) {
	err = tx.one(ctx, &l, linkList, agency, "l", id)
	return l, err
}

// AddVendorLink keeps a link with the hash of its secret.
func (tx *Tx) AddVendorLink(ctx context.Context, l portal.Link, secretHash []byte) error {
	return tx.exec(ctx, `INSERT INTO vendor_link (government_id, id, agency_id, vendor_id, agreement_id, purpose, email, secret_hash, expires_at, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.government(), l.ID, l.AgencyID, l.VendorID, l.AgreementID, l.Purpose, l.Email, secretHash, l.ExpiresAt, l.CreatedAt, l.CreatedBy)
}

// RevokeVendorLink writes that a link was taken back, unless it changed since it was read.
func (tx *Tx) RevokeVendorLink(ctx context.Context, l portal.Link) error {
	return tx.exec(ctx, `UPDATE vendor_link SET revoked_at = $4, revoked_by = $5, revoke_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), l.ID, l.Version, l.RevokedAt, l.RevokedBy, l.RevokeReason)
}

// doorColumns are what a secret opens: the link, whose it is, and where.
const doorColumns = `l.id AS link_id, l.vendor_id, l.agency_id, l.agreement_id, l.purpose, l.expires_at AS link_ends, v.legal_name AS vendor_name,
	v.vat_registered, g.code, g.name AS agency_name, g.scheme, g.currency
	FROM vendor_link l JOIN vendor v ON v.government_id = l.government_id AND v.id = l.vendor_id
	JOIN agency g ON g.government_id = l.government_id AND g.id = l.agency_id`

// door is one row of doorColumns.
type door struct {
	Hash          []byte          `db:"secret_hash"`
	Visit         uuid.UUID       `db:"visit_id"`
	Link          uuid.UUID       `db:"link_id"`
	Vendor        uuid.UUID       `db:"vendor_id"`
	Agency        uuid.UUID       `db:"agency_id"`
	Agreement     uuid.NullUUID   `db:"agreement_id"`
	Purpose       string          `db:"purpose"`
	LinkEnds      time.Time       `db:"link_ends"`
	Ends          time.Time       `db:"ends"`
	VendorName    string          `db:"vendor_name"`
	VATRegistered bool            `db:"vat_registered"`
	Code          string          `db:"code"`
	AgencyName    string          `db:"agency_name"`
	Scheme        registry.Scheme `db:"scheme"`
	Currency      money.Currency  `db:"currency"`
}

func (d door) keyed(government uuid.UUID) portal.Keyed {
	return portal.Keyed{Hash: d.Hash, Visitor: portal.Visitor{
		Vendor:     access.Vendor{Government: government, Link: d.Link, Visit: d.Visit, Vendor: d.Vendor, Agency: d.Agency, Agreement: d.Agreement},
		AgencyOf:   registry.Agency{ID: d.Agency, Code: d.Code, Name: d.AgencyName, Scheme: d.Scheme, Currency: d.Currency},
		VendorName: d.VendorName, VATRegistered: d.VATRegistered, Purpose: d.Purpose, LinkEnds: d.LinkEnds.UTC(), Ends: d.Ends.UTC(),
	}}
}

// LinkDoor gives a link that opens at that time.
func (tx *Tx) LinkDoor(ctx context.Context, link uuid.UUID, now time.Time) (portal.Keyed, error) {
	var d door
	err := tx.get(ctx, &d, `SELECT l.secret_hash, l.expires_at AS ends, `+doorColumns+`
		WHERE l.government_id = $1 AND l.id = $2 AND l.revoked_at IS NULL AND l.expires_at > $3`, tx.government(), link, now)
	return d.keyed(tx.government()), err
}

// VisitDoor gives a visit that goes on at that time, of a link that still opens.
func (tx *Tx) VisitDoor(ctx context.Context, visit uuid.UUID, now time.Time) (portal.Keyed, error) {
	var d door
	err := tx.get(ctx, &d, `SELECT t.secret_hash, t.id AS visit_id, t.expires_at AS ends, `+doorColumns+`
		JOIN vendor_visit t ON t.government_id = l.government_id AND t.link_id = l.id
		WHERE l.government_id = $1 AND t.id = $2 AND t.ended_at IS NULL AND t.expires_at > $3 AND l.revoked_at IS NULL AND l.expires_at > $3`,
		tx.government(), visit, now)
	return d.keyed(tx.government()), err
}

// AddVisit records the opening of a link.
func (tx *Tx) AddVisit(ctx context.Context, v portal.Visit) error {
	return tx.exec(ctx, `INSERT INTO vendor_visit (government_id, id, agency_id, link_id, secret_hash, source, agent, opened_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, tx.government(), v.ID, v.AgencyID, v.LinkID, v.Hash, v.Source, v.Agent, v.OpenedAt, v.Ends)
}

// EndVisit ends a visit; one that has ended stays as it is.
func (tx *Tx) EndVisit(ctx context.Context, visit uuid.UUID, at time.Time) error {
	_, err := tx.conn.ExecContext(ctx, `UPDATE vendor_visit SET ended_at = $3 WHERE government_id = $1 AND id = $2 AND ended_at IS NULL`,
		tx.government(), visit, at)
	return err
}

// HoldVendorLink waits for whoever else sends through the link, and is NotFound when it does not open any more.
func (tx *Tx) HoldVendorLink(ctx context.Context, v access.Vendor, now time.Time) error {
	var id uuid.UUID
	return faultOf(tx.get(ctx, &id, `SELECT id FROM vendor_link WHERE government_id = $1 AND id = $2 AND vendor_id = $3 AND revoked_at IS NULL AND expires_at > $4
		FOR NO KEY UPDATE`, tx.government(), v.Link, v.Vendor, now))
}

// VendorSent counts what came through the link since then, and its bytes.
func (tx *Tx) VendorSent(ctx context.Context, link uuid.UUID, since time.Time) (n, bytes int64, err error) {
	var sum struct {
		N     int64 `db:"n"`
		Bytes int64 `db:"bytes"`
	}
	err = tx.get(ctx, &sum, `SELECT count(*) AS n, coalesce(sum(c.size), 0)::bigint AS bytes FROM vendor_submission s
		JOIN file c ON c.government_id = s.government_id AND c.sha256 = s.file_sha256
		WHERE s.government_id = $1 AND s.link_id = $2 AND s.created_at >= $3`, tx.government(), link, since)
	return sum.N, sum.Bytes, err
}

var submissionList = list{
	columns: `s.id, s.agency_id, s.link_id, s.visit_id, s.vendor_id, v.legal_name AS vendor_name, s.agreement_id, a.number AS agreement_number, s.placement_id,
		coalesce(p.title, '') AS placement_title, s.kind, s.status, s.once, s.file_sha256 AS sha256, c.size, c.media_type, s.filename, s.proof_id, s.url,
		s.published_on, s.number, s.date, s.amount, s.tax_invoice_number, s.placement_ids, s.invoice_id, s.remark, s.decided_at, s.decided_by, s.created_at, s.version`,
	from: `vendor_submission s JOIN vendor v ON v.government_id = s.government_id AND v.id = s.vendor_id
		JOIN agreement a ON a.government_id = s.government_id AND a.id = s.agreement_id
		JOIN file c ON c.government_id = s.government_id AND c.sha256 = s.file_sha256
		LEFT JOIN placement p ON p.government_id = s.government_id AND p.id = s.placement_id`,
	fields: map[string]field{
		"id": {"s.id", ofUUID}, "link_id": {"s.link_id", ofUUID}, "visit_id": {"s.visit_id", ofUUID}, "vendor_id": {"s.vendor_id", ofUUID},
		"vendor_name": {"v.legal_name", ofText}, "agreement_id": {"s.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText},
		"placement_id":    {"coalesce(s.placement_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"placement_title": {"coalesce(p.title, '')", ofText}, "kind": {"s.kind", ofText}, "status": {"s.status", ofText}, "sha256": {"s.file_sha256", ofText},
		"size": {"c.size", ofInt}, "media_type": {"c.media_type", ofText}, "filename": {"s.filename", ofText},
		"proof_id": {"coalesce(s.proof_id, '00000000-0000-0000-0000-000000000000')", ofUUID}, "url": {"s.url", ofText},
		"published_on": {"coalesce(s.published_on, 'infinity')", ofDate}, "number": {"s.number", ofText}, "date": {"coalesce(s.date, 'infinity')", ofDate},
		"amount": {"s.amount", ofInt}, "tax_invoice_number": {"s.tax_invoice_number", ofText},
		"invoice_id": {"coalesce(s.invoice_id, '00000000-0000-0000-0000-000000000000')", ofUUID}, "remark": {"s.remark", ofText},
		"decided_at": {"coalesce(s.decided_at, 'infinity')", ofTime},
		"decided_by": {"coalesce(s.decided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "created_at": {"s.created_at", ofTime},
	},
	search: []string{"s.number", "s.url", "s.filename", "v.legal_name", "a.number", "p.title"},
	id:     field{"s.id", ofUUID},
	sort:   "-created_at",
}

// VendorSubmissions lists what vendors sent, newest first.
func (tx *Tx) VendorSubmissions(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[portal.Submission], error) {
	return pageOf[portal.Submission](ctx, tx, submissionList, q, where("s.government_id = ?", tx.government()), where("s.agency_id = ?", agency))
}

// VendorSubmission gives one submission; NotFound when the agency has none of that id.
func (tx *Tx) VendorSubmission(ctx context.Context, agency, id uuid.UUID) (s portal.Submission, err error) {
	err = tx.one(ctx, &s, submissionList, agency, "s", id)
	return s, err
}

// HoldVendorSubmission gives a submission to decide on; nobody else does before the transaction ends.
func (tx *Tx) HoldVendorSubmission(ctx context.Context, agency, id uuid.UUID) (s portal.Submission, err error) {
	err = tx.get(ctx, &s, "SELECT "+submissionList.columns+" FROM "+submissionList.from+
		" WHERE s.government_id = $1 AND s.agency_id = $2 AND s.id = $3 FOR NO KEY UPDATE OF s", tx.government(), agency, id)
	return s, err
}

// AddVendorSubmission keeps what was sent; its file is noted.
func (tx *Tx) AddVendorSubmission(ctx context.Context, s portal.Submission) error {
	return tx.exec(ctx, `INSERT INTO vendor_submission (government_id, id, agency_id, link_id, visit_id, vendor_id, agreement_id, placement_id, kind, status, once,
			file_sha256, filename, proof_id, url, published_on, number, date, amount, tax_invoice_number, placement_ids, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		tx.government(), s.ID, s.AgencyID, s.LinkID, s.VisitID, s.VendorID, s.AgreementID, s.PlacementID, s.Kind, s.Status, s.Once,
		s.SHA256, s.Filename, s.ProofID, s.URL, s.PublishedOn, s.Number, s.Date, s.Amount, s.TaxInvoiceNumber, s.PlacementIDs, s.CreatedAt)
}

// DecideVendorSubmission writes the decision, unless the submission changed since it was read.
func (tx *Tx) DecideVendorSubmission(ctx context.Context, s portal.Submission) error {
	return tx.exec(ctx, `UPDATE vendor_submission SET status = $4, invoice_id = $5, remark = $6, decided_at = $7, decided_by = $8, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), s.ID, s.Version, s.Status, s.InvoiceID, s.Remark, s.DecidedAt, s.DecidedBy)
}
