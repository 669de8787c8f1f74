package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/payment"
	"tayang/app/period"
)

const shortfallFrom = `shortfall f JOIN placement p ON p.government_id = f.government_id AND p.id = f.placement_id
	JOIN agreement a ON a.government_id = f.government_id AND a.id = f.agreement_id
	JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id`

var shortfallList = list{
	columns: `f.id, f.agency_id, f.agreement_id, a.number AS agreement_number, v.legal_name AS vendor_name, f.placement_id, p.title AS placement_title,
		f.live_check_id, f.kind, f.rule, f.days_agreed, f.days_missing, f.seen_on, f.gone_on, f.net, f.vat, f.gross, f.whole, f.status, f.remark,
		f.reference, f.recovered_on, f.ended_by_check_id, f.created_at, f.created_by, f.decided_at, f.decided_by, f.version`,
	from: shortfallFrom,
	fields: map[string]field{
		"id": {"f.id", ofUUID}, "agreement_id": {"f.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText}, "vendor_id": {"a.vendor_id", ofUUID},
		"vendor_name": {"v.legal_name", ofText}, "placement_id": {"f.placement_id", ofUUID}, "placement_title": {"p.title", ofText},
		"live_check_id": {"coalesce(f.live_check_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"kind":          {"f.kind", ofText}, "rule": {"f.rule", ofText}, "days_agreed": {"f.days_agreed", ofInt}, "days_missing": {"f.days_missing", ofInt},
		"seen_on": {"coalesce(f.seen_on, 'infinity')", ofDate}, "gone_on": {"coalesce(f.gone_on, 'infinity')", ofDate},
		"net": {"f.net", ofInt}, "vat": {"f.vat", ofInt}, "gross": {"f.gross", ofInt}, "whole": {"f.whole", ofBool}, "status": {"f.status", ofText},
		"remark": {"f.remark", ofText}, "reference": {"f.reference", ofText}, "recovered_on": {"coalesce(f.recovered_on, 'infinity')", ofDate},
		"ended_by_check_id": {"coalesce(f.ended_by_check_id, '00000000-0000-0000-0000-000000000000')", ofUUID}, "fiscal_year": {"a.fiscal_year", ofInt},
		"created_at": {"f.created_at", ofTime}, "created_by": {"coalesce(f.created_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"decided_at": {"coalesce(f.decided_at, 'infinity')", ofTime}, "decided_by": {"coalesce(f.decided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"p.title", "a.number", "v.legal_name", "f.reference"},
	id:     field{"f.id", ofUUID},
	sort:   "-created_at",
}

// Shortfalls lists the shortfalls of an agency, newest first.
func (tx *Tx) Shortfalls(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[live.Shortfall], error) {
	return pageOf[live.Shortfall](ctx, tx, shortfallList, q, where("f.government_id = ?", tx.government()), where("f.agency_id = ?", agency))
}

// Shortfall gives one shortfall; NotFound when the agency has none of that id.
func (tx *Tx) Shortfall(ctx context.Context, agency, id uuid.UUID) (s live.Shortfall, err error) {
	err = tx.one(ctx, &s, shortfallList, agency, "f", id)
	return s, err
}

// HoldShortfall gives a shortfall to change.
func (tx *Tx) HoldShortfall(ctx context.Context, agency, id uuid.UUID) (s live.Shortfall, err error) {
	err = tx.get(ctx, &s, "SELECT "+shortfallList.columns+" FROM "+shortfallFrom+
		" WHERE f.government_id = $1 AND f.agency_id = $2 AND f.id = $3 FOR UPDATE OF f", tx.government(), agency, id)
	return s, err
}

// StandingShortfall gives the placement's shortfall that was found by looking again and stands, held; false when there is
// none.
func (tx *Tx) StandingShortfall(ctx context.Context, of uuid.UUID) (s live.Shortfall, ok bool, err error) {
	err = tx.get(ctx, &s, "SELECT "+shortfallList.columns+" FROM "+shortfallFrom+`
		WHERE f.government_id = $1 AND f.placement_id = $2 AND f.kind = 'gone_early' AND f.status IN ('open', 'decided') FOR UPDATE OF f`, tx.government(), of)
	if errors.Is(err, sql.ErrNoRows) {
		return s, false, nil
	}
	return s, err == nil, err
}

// AddShortfall inserts a shortfall.
func (tx *Tx) AddShortfall(ctx context.Context, s live.Shortfall) error {
	return tx.exec(ctx, `INSERT INTO shortfall (government_id, id, agency_id, agreement_id, placement_id, live_check_id, kind, rule, days_agreed,
			days_missing, seen_on, gone_on, net, vat, gross, whole, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		tx.government(), s.ID, s.AgencyID, s.AgreementID, s.PlacementID, s.LiveCheckID, s.Kind, s.Rule, s.DaysAgreed, s.DaysMissing, s.SeenOn, s.GoneOn,
		s.Net, s.VAT, s.Gross, s.Whole, s.CreatedAt, s.CreatedBy)
}

// SaveShortfall writes what became of a shortfall, unless it changed since it was read.
func (tx *Tx) SaveShortfall(ctx context.Context, s live.Shortfall) error {
	return tx.exec(ctx, `UPDATE shortfall SET status = $4, remark = $5, reference = $6, recovered_on = $7, ended_by_check_id = $8, decided_at = $9,
			decided_by = $10, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), s.ID, s.Version, s.Status, s.Remark, s.Reference, s.RecoveredOn, s.EndedBy, s.DecidedAt, s.DecidedBy)
}

// WholeShortfalls gives those of the placements of which the whole unit is not owed.
func (tx *Tx) WholeShortfalls(ctx context.Context, placements []uuid.UUID) (found []uuid.UUID, err error) {
	err = tx.all(ctx, &found, `SELECT placement_id FROM shortfall WHERE government_id = $1 AND placement_id = ANY ($2) AND whole
		AND status IN ('open', 'decided')`, tx.government(), pq.Array(placements))
	return found, err
}

// liveFacts looks up whether the pages of the payment's placements are still there. What was seen at the end of its period
// counts as kept, whatever became of it.
func (tx *Tx) liveFacts(ctx context.Context, p payment.Payment, _ period.Date, f *payment.Facts) error {
	f.Live = []payment.LiveFact{}
	return tx.all(ctx, &f.Live, `SELECT p.id AS placement_id, p.title, coalesce(looked.result, '') AS result,
			(looked.checked_at AT TIME ZONE g.timezone)::date AS checked_on, coalesce(kept.kept, false) AS kept, p.url <> '' AND coalesce(o.kind, 'social') IN ('online', 'social')
				AND CASE WHEN d.content IS NULL THEN o.id IS NOT NULL OR d.product NOT ILIKE '%story%' ELSE d.content ->> 'type' <> 'story' END AS page,
			coalesce(f.status, '') AS shortfall, coalesce(f.gross, 0)::bigint AS gross, coalesce(f.whole, false) AS whole, f.gone_on
		FROM invoice i JOIN placement p ON p.government_id = i.government_id AND p.invoice_id = i.id`+deliverableJoin+`
		JOIN government g ON g.government_id = p.government_id
		LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
		LEFT JOIN LATERAL (SELECT l.result, l.checked_at FROM live_check l WHERE l.government_id = $1 AND l.placement_id = p.id AND l.result IN ('there', 'gone')
			ORDER BY l.checked_at DESC, l.id DESC LIMIT 1) looked ON true
		LEFT JOIN LATERAL (SELECT true AS kept FROM live_check l WHERE l.government_id = $1 AND l.placement_id = p.id AND l.result = 'there'
			AND (l.checked_at AT TIME ZONE g.timezone)::date >= p.published_on + nullif((d.content ->> 'minimum_live_days')::integer, 0) LIMIT 1) kept ON true
		LEFT JOIN LATERAL (SELECT f.status, f.gross, f.whole, f.gone_on FROM shortfall f WHERE f.government_id = $1 AND f.placement_id = p.id
			AND f.status IN ('open', 'decided') ORDER BY f.whole DESC, f.created_at LIMIT 1) f ON true
		WHERE i.government_id = $1 AND i.id = ANY ($2) ORDER BY array_position($2, i.id), p.created_at, p.id`, tx.government(), pq.Array(p.InvoiceIDs))
}
