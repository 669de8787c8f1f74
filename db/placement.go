package db

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/listing"
	"tayang/app/placement"
)

// orderColumns are what a placement or a new unit of a deliverable says of its order.
const orderColumns = `d.agreement_id, a.number AS agreement_number, d.id AS deliverable_id, a.vendor_id,
	v.legal_name AS vendor_name, d.product, coalesce(o.name, s.platform || ' @' || s.handle) AS channel,
	coalesce(o.kind, 'social') AS channel_kind, d.label_required, d.content, a.fiscal_year, a.status AS agreement_status, a.order_date,
	a.start_date, a.end_date, a.approved_at, a.framework`

// agreementJoin and partyJoins follow a deliverable to its order. The parties are outer joins to whole keys, so that a
// count can leave them out.
const (
	agreementJoin = ` JOIN agreement a ON a.government_id = d.government_id AND a.id = d.agreement_id`
	partyJoins    = `
	LEFT JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id
	LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
	LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id`
	deliverableJoin = ` JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id`
)

// insightsDueOn is the first day on which figures of published content are due that are not there. Figures without a day
// stand for the first while there is no reading.
const insightsDueOn = `CASE WHEN p.status IN ('rejected', 'cancelled') OR p.published_on IS NULL THEN 'infinity' ELSE coalesce((
	SELECT min(p.published_on + x.day::integer) FROM jsonb_array_elements_text(d.content -> 'insights_due') WITH ORDINALITY AS x(day, n)
	WHERE NOT EXISTS (SELECT FROM insight i WHERE i.government_id = p.government_id AND i.placement_id = p.id AND i.voided_at IS NULL AND i.due_day = x.day::integer)
		AND NOT (x.n = 1 AND p.metrics <> '{}' AND NOT EXISTS (SELECT FROM insight i
			WHERE i.government_id = p.government_id AND i.placement_id = p.id AND i.voided_at IS NULL))), 'infinity') END`

const proofCount = "(SELECT count(*) FROM proof f WHERE f.government_id = p.government_id AND f.placement_id = p.id)"

// madeGoodBy is the placement that stands in for p.
const madeGoodBy = `CASE WHEN p.status = 'cancelled' THEN (SELECT g.id FROM placement g
	WHERE g.government_id = p.government_id AND g.make_good_for = p.id AND g.status <> 'cancelled') END`

var placementList = list{
	columns: `p.id, p.agency_id, ` + orderColumns + `, coalesce(p.carried_line_id, d.budget_line_id) AS budget_line_id,
		coalesce(p.carried_year, a.fiscal_year) AS budget_year, p.carried_line_id IS NOT NULL AS carried, p.scheduled_on, p.title,
		p.published_on, p.url, p.edition, p.page, p.slot, p.label_present, p.metrics, p.status, p.remark, p.net, p.vat, p.gross,
		` + proofCount + ` AS proofs,
		p.due_on, p.late_days, p.penalty, p.clock_flags, p.make_good_for, p.make_good_reason, ` + madeGoodBy + ` AS made_good_by,
		p.acceptance_id, p.invoice_id, p.payment_id, p.created_at, p.created_by, p.recorded_by, p.verified_at, p.verified_by, p.version`,
	own:  "placement p",
	from: `placement p LEFT` + deliverableJoin + ` LEFT` + agreementJoin + partyJoins,
	fields: map[string]field{
		"id": {"p.id", ofUUID}, "status": {"p.status", ofText}, "title": {"p.title", ofText}, "url": {"p.url", ofText},
		"agreement_id": {"p.agreement_id", ofUUID}, "deliverable_id": {"p.deliverable_id", ofUUID},
		"agreement_number": {"a.number", ofText}, "vendor_id": {"a.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText},
		"budget_year": {"coalesce(p.carried_year, a.fiscal_year)", ofInt}, "carried": {"p.carried_line_id IS NOT NULL", ofBool},
		"budget_line_id": {"coalesce(p.carried_line_id, d.budget_line_id)", ofUUID}, "product": {"d.product", ofText}, "fiscal_year": {"a.fiscal_year", ofInt},
		"channel":      {"coalesce(o.name, s.platform || ' @' || s.handle)", ofText},
		"channel_kind": {"coalesce(o.kind, 'social')", ofText}, "scheduled_on": {"p.scheduled_on", ofDate},
		"published_on": {"coalesce(p.published_on, 'infinity')", ofDate}, "net": {"p.net", ofInt}, "vat": {"p.vat", ofInt},
		"gross": {"p.gross", ofInt}, "created_at": {"p.created_at", ofTime}, "created_by": {"p.created_by", ofUUID},
		"acceptance_id":  {"coalesce(p.acceptance_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"invoice_id":     {"coalesce(p.invoice_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"payment_id":     {"coalesce(p.payment_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"label_required": {"d.label_required", ofBool}, "label_present": {"coalesce(p.label_present::text, '')", ofText},
		"edition": {"p.edition", ofText}, "page": {"p.page", ofText}, "slot": {"p.slot", ofText},
		"remark": {"p.remark", ofText}, "verified_at": {"coalesce(p.verified_at, 'infinity')", ofTime},
		"verified_by": {"coalesce(p.verified_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"proofs":      {proofCount, ofInt}, "insights_due_on": {insightsDueOn, ofDate},
		"due_on": {"coalesce(p.due_on, p.scheduled_on)", ofDate}, "late_days": {"p.late_days", ofInt}, "penalty": {"p.penalty", ofInt},
		"make_good_for":    {"coalesce(p.make_good_for, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"made_good_by":     {"coalesce((" + madeGoodBy + "), '00000000-0000-0000-0000-000000000000')", ofUUID},
		"make_good_reason": {"p.make_good_reason", ofText},
		"flagged":          {"p.clock_flags <> '{}'", ofBool}, "late": {"p.late_days > 0", ofBool},
	},
	search: []string{"p.title", "p.url", "a.number", "v.legal_name", "o.name", "s.handle"},
	id:     field{"p.id", ofUUID},
	// Not the id alone, though it goes with time: its index is the whole government's, and a walk along it passes every
	// younger row of the other agencies.
	sort: "-created_at",
}

// Placements lists placements. Asked for a range of days of publication, it leaves out what is not published.
func (tx *Tx) Placements(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[placement.Placement], error) {
	scope := []clause{where("p.government_id = ?", tx.government()), where("p.agency_id = ?", agency)}
	if q.Filters["published_on_from"] != nil || q.Filters["published_on_to"] != nil {
		scope = append(scope, where("p.published_on IS NOT NULL"))
	}
	return pageOf[placement.Placement](ctx, tx, placementList, q, scope...)
}

// Placement gives one placement; NotFound when the agency has none of that id.
func (tx *Tx) Placement(ctx context.Context, agency, id uuid.UUID) (p placement.Placement, err error) {
	err = tx.one(ctx, &p, placementList, agency, "p", id)
	return p, err
}

// PlacementsNamed gives those of the named placements that exist in the agency.
func (tx *Tx) PlacementsNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) (found []placement.Placement, err error) {
	err = tx.all(ctx, &found, "SELECT "+placementList.columns+" FROM "+placementList.from+
		" WHERE p.government_id = $1 AND p.agency_id = $2 AND p.id = ANY ($3)", tx.government(), agency, pq.Array(ids))
	return found, err
}

// UnitOf gives the deliverable to place, and holds its agreement as it is until the transaction ends.
func (tx *Tx) UnitOf(ctx context.Context, agency, deliverable uuid.UUID) (u placement.Unit, err error) {
	err = named(tx.get(ctx, &u, `SELECT `+orderColumns+`, `+suspensions+` AS suspensions, d.budget_line_id, d.unit_net AS net, d.unit_vat AS vat, d.unit_gross AS gross
		FROM deliverable d`+agreementJoin+partyJoins+`
		WHERE d.government_id = $1 AND a.agency_id = $2 AND d.id = $3 FOR SHARE OF a`, tx.government(), agency, deliverable), "/deliverable_id")
	return u, err
}

// AddPlacement takes one unit of the deliverable and inserts the placement, in one round trip, unless an amendment has
// given the deliverable another price since it was read. It gives when the database took it in.
func (tx *Tx) AddPlacement(ctx context.Context, p placement.Placement) (at time.Time, err error) {
	err = tx.returning(ctx, &at, `WITH taken AS (
			UPDATE deliverable SET placed = placed + 1
			WHERE government_id = $1 AND id = $5 AND (unit_net, unit_vat) = ($8, $9) RETURNING id)
		INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, net, vat, gross, created_at, created_by,
			make_good_for, make_good_reason)
		SELECT $1, $2, $3, $4, taken.id, $6, $7, $8, $9, $10, $11, $12, $13, $14 FROM taken RETURNING created_at`,
		tx.government(), p.ID, p.AgencyID, p.AgreementID, p.DeliverableID, p.ScheduledOn, p.Title, p.Net, p.VAT, p.Gross, p.CreatedAt, p.CreatedBy,
		p.MakeGoodFor, p.MakeGoodReason)
	return at.UTC(), err
}

// HoldPlacement gives a placement to change, and holds its agreement as it is until the transaction ends.
func (tx *Tx) HoldPlacement(ctx context.Context, agency, id uuid.UUID) (p placement.Placement, err error) {
	err = tx.get(ctx, &p, "SELECT "+placementList.columns+", "+suspensions+" AS suspensions FROM placement p"+deliverableJoin+agreementJoin+partyJoins+
		" WHERE p.government_id = $1 AND p.agency_id = $2 AND p.id = $3 FOR SHARE OF a", tx.government(), agency, id)
	return p, err
}

// HoldReplaced is HoldPlacement for what a make-good stands in for.
func (tx *Tx) HoldReplaced(ctx context.Context, agency, id uuid.UUID) (placement.Placement, error) {
	p, err := tx.HoldPlacement(ctx, agency, id)
	return p, named(err, "/make_good_for")
}

// SavePlacement writes what is known of a placement and its state, unless it changed since it was read.
func (tx *Tx) SavePlacement(ctx context.Context, p placement.Placement) error {
	if err := tx.exec(ctx, `UPDATE placement SET scheduled_on = $4, title = $5, published_on = $6, url = $7, edition = $8, page = $9, slot = $10,
			label_present = $11, metrics = $12, status = $13, remark = $14, recorded_by = $15, verified_by = $16, verified_at = $17,
			due_on = $18, late_days = $19, penalty = $20, clock_flags = $21, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), p.ID, p.Version, p.ScheduledOn, p.Title, p.PublishedOn, p.URL, p.Edition, p.Page, p.Slot,
		p.LabelPresent, p.Metrics, p.Status, p.Remark, p.RecordedBy, p.VerifiedBy, p.VerifiedAt,
		p.DueOn, p.LateDays, p.Penalty, p.ClockFlags); err != nil {
		return err
	}
	if p.URL == "" && p.Version == 1 {
		return nil
	}
	return tx.saveAddress(ctx, p.ID, p.Address())
}

// ReturnUnit gives the deliverable the unit of a cancelled placement back.
func (tx *Tx) ReturnUnit(ctx context.Context, p placement.Placement) error {
	return tx.exec(ctx, `UPDATE deliverable SET placed = placed - 1 WHERE government_id = $1 AND id = $2`, tx.government(), p.DeliverableID)
}

// proofRow is the row of the log by which a proof shows its placement; 0 when it is none, or not matched.
const proofRow = `coalesce((SELECT r.row_number FROM airing r JOIN airing_log l ON l.government_id = r.government_id AND l.id = r.log_id
	WHERE r.government_id = f.government_id AND r.placement_id = f.placement_id AND l.file_sha256 = f.file_sha256), 0)`

var proofList = list{
	columns: `f.id, f.placement_id, f.kind, f.origin, f.captured_at, f.file_sha256 AS sha256, c.size, c.media_type, f.filename,
		f.created_at, f.created_by, coalesce(f.thumbnail_sha256, '') AS thumbnail_sha256, f.source, f.agent, f.passport, NOT f.uninspected AS inspected, ` + proofRow + ` AS log_row`,
	from: `proof f JOIN file c ON c.government_id = f.government_id AND c.sha256 = f.file_sha256`,
	fields: map[string]field{
		"id": {"f.id", ofUUID}, "kind": {"f.kind", ofText}, "origin": {"f.origin", ofText},
		"sha256": {"f.file_sha256", ofText}, "media_type": {"c.media_type", ofText}, "size": {"c.size", ofInt},
		"filename": {"f.filename", ofText}, "created_at": {"f.created_at", ofTime}, "created_by": {"f.created_by", ofUUID},
		"thumbnail_sha256": {"coalesce(f.thumbnail_sha256, '')", ofText}, "source": {"f.source", ofText}, "agent": {"f.agent", ofText},
		"placement_id": {"f.placement_id", ofUUID}, "captured_at": {"coalesce(f.captured_at, 'infinity')", ofTime},
		"inspected": {"NOT f.uninspected", ofBool},
	},
	search: []string{"f.filename"},
	id:     field{"f.id", ofUUID},
	sort:   "created_at",
}

// Proofs lists the proofs of a placement, oldest first.
func (tx *Tx) Proofs(ctx context.Context, of uuid.UUID, q listing.Query) (listing.Page[placement.Proof], error) {
	return pageOf[placement.Proof](ctx, tx, proofList, q, where("f.government_id = ?", tx.government()), where("f.placement_id = ?", of))
}

// Proof gives one proof of a placement.
func (tx *Tx) Proof(ctx context.Context, of, id uuid.UUID) (f placement.Proof, err error) {
	err = tx.get(ctx, &f, "SELECT "+proofList.columns+" FROM "+proofList.from+
		" WHERE f.government_id = $1 AND f.placement_id = $2 AND f.id = $3", tx.government(), of, id)
	return f, err
}

// AddProof inserts a proof whose file is kept already; one that was not inspected waits for it.
func (tx *Tx) AddProof(ctx context.Context, f placement.Proof) error {
	if err := tx.exec(ctx, `INSERT INTO proof (government_id, id, placement_id, kind, origin, captured_at, file_sha256, filename, created_at, created_by,
			thumbnail_sha256, source, agent, passport, uninspected)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, ''), $12, $13, $14, NOT $15)`,
		tx.government(), f.ID, f.PlacementID, f.Kind, f.Origin, f.CapturedAt, f.SHA256, f.Filename, f.CreatedAt, f.CreatedBy,
		f.Thumbnail, f.Source, f.Agent, f.Passport, f.Inspected); err != nil || f.Inspected {
		return err
	}
	return tx.queueInspection(ctx, f.ID)
}
