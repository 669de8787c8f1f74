package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/handover"
	"tayang/app/listing"
)

// handedOver are the columns and joins that recaps and inspection reports have in common, of the alias h.
var (
	handedOver = `h.id, h.agency_id, h.agreement_id, a.number AS agreement_number, a.vendor_id, v.legal_name AS vendor_name, h.number, h.date,
		` + signingColumns("h") + `, h.created_at, h.created_by, h.voided_at, h.voided_by, h.void_reason, h.version`
	handoverJoins = ` h LEFT JOIN agreement a ON a.government_id = h.government_id AND a.id = h.agreement_id
		LEFT JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id`
)

// handoverFields are what both lists are filtered and sorted by.
func handoverFields(own map[string]field) map[string]field {
	for name, f := range map[string]field{
		"id": {"h.id", ofUUID}, "agreement_id": {"h.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText},
		"vendor_id": {"a.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "number": {"h.number", ofText}, "date": {"h.date", ofDate},
		"created_at": {"h.created_at", ofTime}, "created_by": {"h.created_by", ofUUID}, "place": {"h.place", ofText},
		"signed_on": {"coalesce(h.signed_on, 'infinity')", ofDate}, "office_signer": {"h.office_signer", ofText}, "office_nip": {"h.office_nip", ofText},
		"vendor_signer": {"h.vendor_signer", ofText}, "vendor_position": {"h.vendor_position", ofText},
		"file": {"coalesce(h.file_sha256, '')", ofText}, "file_origin": {"h.file_origin", ofText},
		"voided_at":   {"coalesce(h.voided_at, 'infinity')", ofTime},
		"voided_by":   {"coalesce(h.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"void_reason": {"h.void_reason", ofText},
	} {
		own[name] = f
	}
	return own
}

var recapList = list{
	columns: handedOver + `, h.from_on, h.to_on, cardinality(h.placement_ids) AS placements, h.gross`,
	from:    "recap" + handoverJoins,
	fields: handoverFields(map[string]field{
		"from": {"h.from_on", ofDate}, "to": {"h.to_on", ofDate}, "placements": {"cardinality(h.placement_ids)", ofInt}, "gross": {"h.gross", ofInt},
	}),
	search: []string{"h.number", "a.number", "v.legal_name"},
	id:     field{"h.id", ofUUID},
	sort:   "-",
}

// Recaps lists recaps without their lines.
func (tx *Tx) Recaps(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[handover.Recap], error) {
	return pageOf[handover.Recap](ctx, tx, recapList, q, where("h.government_id = ?", tx.government()), where("h.agency_id = ?", agency))
}

// Recap gives a recap with its lines.
func (tx *Tx) Recap(ctx context.Context, agency, id uuid.UUID) (r handover.Recap, err error) {
	if err = tx.one(ctx, &r, recapList, agency, "h", id); err != nil {
		return r, err
	}
	err = tx.get(ctx, &r.Lines, `SELECT lines FROM recap WHERE government_id = $1 AND id = $2`, tx.government(), id)
	return r, err
}

// evidence is the SHA-256 over the sorted SHA-256 of a placement's proofs, a line each.
const evidence = `(SELECT encode(sha256(convert_to(coalesce(string_agg(f.file_sha256, E'\n' ORDER BY f.file_sha256), ''), 'UTF8')), 'hex')
	FROM proof f WHERE f.government_id = p.government_id AND f.placement_id = p.id)`

// RecapLines gives what was verified of an agreement and published in the period, in order of publication.
func (tx *Tx) RecapLines(ctx context.Context, agency uuid.UUID, f handover.RecapForm) ([]handover.RecapLine, error) {
	found := []handover.RecapLine{}
	err := tx.all(ctx, &found, `SELECT p.id AS placement_id, p.deliverable_id, p.title, d.product, coalesce(o.name, s.platform || ' @' || s.handle) AS channel,
			p.published_on, concat_ws(' ', nullif(p.url, ''), nullif(p.edition, ''), nullif(p.page, ''), nullif(p.slot, '')) AS "where", p.gross,
			`+proofCount+` AS proofs, `+evidence+` AS evidence
		FROM placement p JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
		LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
		LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
		WHERE p.government_id = $1 AND p.agency_id = $2 AND p.agreement_id = $3 AND p.published_on BETWEEN $4 AND $5
			AND p.status IN ('verified', 'accepted', 'invoiced', 'paid')
		ORDER BY p.published_on, p.title, p.id`, tx.government(), agency, f.AgreementID, f.From, f.To)
	return found, err
}

// AddRecap inserts a recap.
func (tx *Tx) AddRecap(ctx context.Context, r handover.Recap) error {
	ids := make([]uuid.UUID, len(r.Lines))
	for i, l := range r.Lines {
		ids[i] = l.PlacementID
	}
	return tx.exec(ctx, `INSERT INTO recap (government_id, id, agency_id, agreement_id, number, date, from_on, to_on, placement_ids, gross, lines, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.government(), r.ID, r.AgencyID, r.AgreementID, r.Number, r.Date, r.From, r.To, pq.Array(ids), r.Gross, r.Lines, r.CreatedAt, r.CreatedBy)
}

// SaveRecap writes who signed or voided a recap, unless it changed since it was read.
func (tx *Tx) SaveRecap(ctx context.Context, r handover.Recap) error {
	return tx.saveHandover(ctx, "recap", r.Head)
}

func (tx *Tx) saveHandover(ctx context.Context, table string, h handover.Head) error {
	return tx.exec(ctx, `UPDATE `+table+` SET (place, signed_on, office_signer, office_nip, vendor_signer, vendor_position, file_sha256, file_origin) =
			($4, $5, $6, $7, $8, $9, nullif($10, ''), $11), voided_at = $12, voided_by = $13, void_reason = $14, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		append(append([]any{tx.government(), h.ID, h.Version}, signed(h.Signing)...), h.VoidedAt, h.VoidedBy, h.VoidReason)...)
}

// inspectedGross is what the acceptance reports of the inspection report took over.
const inspectedGross = `(SELECT coalesce(sum(p.gross), 0)::bigint FROM placement p WHERE p.government_id = h.government_id AND p.acceptance_id = ANY (h.acceptance_ids))`

var inspectionList = list{
	columns: handedOver + `, cardinality(h.acceptance_ids) AS acceptances, ` + inspectedGross + ` AS gross`,
	from:    "inspection" + handoverJoins,
	fields:  handoverFields(map[string]field{"acceptances": {"cardinality(h.acceptance_ids)", ofInt}, "gross": {inspectedGross, ofInt}}),
	search:  []string{"h.number", "a.number", "v.legal_name"},
	id:      field{"h.id", ofUUID},
	sort:    "-",
}

// Inspections lists inspection reports without the ids of their acceptance reports.
func (tx *Tx) Inspections(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[handover.Inspection], error) {
	return pageOf[handover.Inspection](ctx, tx, inspectionList, q, where("h.government_id = ?", tx.government()), where("h.agency_id = ?", agency))
}

// Inspection gives an inspection report with the ids of its acceptance reports.
func (tx *Tx) Inspection(ctx context.Context, agency, id uuid.UUID) (i handover.Inspection, err error) {
	if err = tx.one(ctx, &i, inspectionList, agency, "h", id); err != nil {
		return i, err
	}
	err = tx.all(ctx, &i.AcceptanceIDs, `SELECT unnest(acceptance_ids) FROM inspection WHERE government_id = $1 AND id = $2`, tx.government(), id)
	return i, err
}

// ToInspect gives those of the named acceptance reports that exist in the agency.
func (tx *Tx) ToInspect(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) (found []handover.Inspected, err error) {
	err = tx.all(ctx, &found, `SELECT c.id, c.agreement_id, c.number, c.date, `+acceptedGross+` AS gross, c.inspection_id,
			(SELECT min(y.spp_date) FROM placement p
				JOIN invoice i ON i.government_id = p.government_id AND i.id = p.invoice_id
				JOIN payment y ON y.government_id = i.government_id AND y.id = i.payment_id
				WHERE p.government_id = c.government_id AND p.acceptance_id = c.id) AS requested_on
		FROM acceptance c WHERE c.government_id = $1 AND c.agency_id = $2 AND c.id = ANY ($3)`, tx.government(), agency, pq.Array(ids))
	return found, err
}

// AddInspection inserts a report and puts its acceptance reports into it, all of them or none.
func (tx *Tx) AddInspection(ctx context.Context, i handover.Inspection) error {
	s := i.Signing
	if err := tx.exec(ctx, `INSERT INTO inspection (government_id, id, agency_id, agreement_id, number, date, acceptance_ids, created_at, created_by,
			place, signed_on, office_signer, office_nip, vendor_signer, vendor_position, file_sha256, file_origin)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, nullif($16, ''), $17)`,
		append([]any{tx.government(), i.ID, i.AgencyID, i.AgreementID, i.Number, i.Date, pq.Array(i.AcceptanceIDs), i.CreatedAt, i.CreatedBy}, signed(s)...)...); err != nil {
		return err
	}
	return tx.execAll(ctx, len(i.AcceptanceIDs), `UPDATE acceptance SET inspection_id = $3, version = version + 1
		WHERE government_id = $1 AND id = ANY ($2) AND inspection_id IS NULL`, tx.government(), pq.Array(i.AcceptanceIDs), i.ID)
}

// SaveInspection writes who signed or voided a report; a void one lets its acceptance reports go.
func (tx *Tx) SaveInspection(ctx context.Context, i handover.Inspection) error {
	if err := tx.saveHandover(ctx, "inspection", i.Head); err != nil || i.VoidedAt == nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE acceptance SET inspection_id = NULL, version = version + 1
		WHERE government_id = $1 AND inspection_id = $2`, tx.government(), i.ID)
	return err
}
