package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/placement"
)

// What an acceptance report takes over.
const (
	acceptedCount   = "(SELECT count(*) FROM placement p WHERE p.government_id = c.government_id AND p.acceptance_id = c.id)"
	acceptedPenalty = "(SELECT coalesce(sum(p.penalty), 0)::bigint FROM placement p WHERE p.government_id = c.government_id AND p.acceptance_id = c.id)"
	acceptedGross   = "(SELECT coalesce(sum(p.gross), 0)::bigint FROM placement p WHERE p.government_id = c.government_id AND p.acceptance_id = c.id)"
)

var acceptanceList = list{
	columns: `c.id, c.agency_id, c.agreement_id, a.number AS agreement_number, a.vendor_id, v.legal_name AS vendor_name, c.number, c.date,
		` + acceptedCount + ` AS placements, ` + acceptedGross + ` AS gross,
		` + acceptedPenalty + ` AS penalty,
		c.inspection_id, ` + signingColumns("c") + `,
		c.created_at, c.created_by, c.version`,
	from: `acceptance c LEFT JOIN agreement a ON a.government_id = c.government_id AND a.id = c.agreement_id
		LEFT JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "agreement_id": {"c.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText},
		"vendor_id": {"a.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "fiscal_year": {"a.fiscal_year", ofInt},
		"number": {"c.number", ofText}, "date": {"c.date", ofDate}, "created_at": {"c.created_at", ofTime}, "created_by": {"c.created_by", ofUUID},
		"placements": {acceptedCount, ofInt},
		"gross":      {acceptedGross, ofInt},
		"penalty":    {acceptedPenalty, ofInt},
		"place":      {"c.place", ofText}, "signed_on": {"coalesce(c.signed_on, 'infinity')", ofDate}, "office_signer": {"c.office_signer", ofText},
		"office_nip": {"c.office_nip", ofText}, "vendor_signer": {"c.vendor_signer", ofText}, "vendor_position": {"c.vendor_position", ofText},
		"file": {"coalesce(c.file_sha256, '')", ofText}, "file_origin": {"c.file_origin", ofText},
		"inspection_id": {"coalesce(c.inspection_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"c.number", "a.number", "v.legal_name"},
	id:     field{"c.id", ofUUID},
	sort:   "-",
}

// Acceptances lists acceptance reports without the ids of their placements.
func (tx *Tx) Acceptances(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[placement.Acceptance], error) {
	return pageOf[placement.Acceptance](ctx, tx, acceptanceList, q, where("c.government_id = ?", tx.government()), where("c.agency_id = ?", agency))
}

// Acceptance gives a report with the ids of its placements and what it says falls short.
func (tx *Tx) Acceptance(ctx context.Context, agency, id uuid.UUID) (c placement.Acceptance, err error) {
	if err = tx.one(ctx, &c, acceptanceList, agency, "c", id); err != nil {
		return c, err
	}
	err = tx.all(ctx, &c.PlacementIDs, `SELECT id FROM placement WHERE government_id = $1 AND acceptance_id = $2 ORDER BY id`, tx.government(), id)
	if err != nil {
		return c, err
	}
	c.Shortfalls, err = tx.shortfallsOf(ctx, id)
	return c, err
}

// AddAcceptance inserts the report and marks its placements accepted, all of them or none.
func (tx *Tx) AddAcceptance(ctx context.Context, c placement.Acceptance) error {
	if err := tx.exec(ctx, `INSERT INTO acceptance (government_id, id, agency_id, agreement_id, number, date, created_at, created_by,
			place, signed_on, office_signer, office_nip, vendor_signer, vendor_position, file_sha256, file_origin)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, nullif($15, ''), $16)`,
		append([]any{tx.government(), c.ID, c.AgencyID, c.AgreementID, c.Number, c.Date, c.CreatedAt, c.CreatedBy}, signed(c.Signing)...)...); err != nil {
		return err
	}
	if err := tx.addShortfalls(ctx, c); err != nil {
		return err
	}
	late, err := json.Marshal(c.Late)
	if err != nil {
		return err
	}
	return tx.execAll(ctx, len(c.PlacementIDs), `UPDATE placement p SET status = 'accepted', acceptance_id = $3, late_days = l.late_days, penalty = l.penalty,
			version = version + 1
		FROM jsonb_to_recordset($2) AS l(id uuid, late_days bigint, penalty bigint)
		WHERE p.government_id = $1 AND p.id = l.id AND p.agreement_id = $4 AND p.status = 'verified'`,
		tx.government(), string(late), c.ID, c.AgreementID)
}

// AgreementNamed gives the agreement that a paper names, without its deliverables.
func (tx *Tx) AgreementNamed(ctx context.Context, agency, id uuid.UUID) (a agreement.Agreement, err error) {
	if err = named(tx.one(ctx, &a, agreementList, agency, "a", id), "/agreement_id"); err != nil {
		return a, err
	}
	a.Suspensions, err = tx.suspensionsOf(ctx, id)
	return a, err
}

// named makes a wrong field of what a body names and the agency has not.
func named(err error, pointer string) error {
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var wrong fault.Fields
	wrong.Add(pointer, "not_found")
	return wrong.Err()
}

// execAll runs a statement that must touch exactly want rows; fewer mean that some changed since they were read.
func (tx *Tx) execAll(ctx context.Context, want int, query string, args ...any) error {
	res, err := tx.conn.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != int64(want) {
		return errors.Join(err, errRetry)
	}
	return nil
}
