package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/placement"
)

// fulfilmentQuery counts the placements of an agreement's deliverables by how far they came, in one pass over them.
const fulfilmentQuery = `
	SELECT d.id AS deliverable_id, d.position, d.product, coalesce(o.name, s.platform || ' @' || s.handle) AS channel, d.unit,
		d.unit_price, d.tax_inclusive, d.unit_gross, d.quantity AS ordered, c.planned, c.published, c.verified, c.accepted, c.invoiced,
		c.paid, c.make_goods, f.short, d.quantity * d.unit_gross AS ordered_gross, c.evidenced_gross, c.paid_gross,
		f.short * d.unit_gross AS short_gross, greatest(d.quantity - f.short - c.verified, 0) * d.unit_gross AS missing_gross
	FROM deliverable d JOIN agreement a ON a.government_id = d.government_id AND a.id = d.agreement_id
	LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
	LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
	CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE p.status <> 'cancelled') AS planned,
			count(*) FILTER (WHERE p.status IN ('published', 'verified', 'accepted', 'invoiced', 'paid')) AS published,
			count(*) FILTER (WHERE p.status IN ('verified', 'accepted', 'invoiced', 'paid')) AS verified,
			count(*) FILTER (WHERE p.status IN ('accepted', 'invoiced', 'paid')) AS accepted,
			count(*) FILTER (WHERE p.status IN ('invoiced', 'paid')) AS invoiced, count(*) FILTER (WHERE p.status = 'paid') AS paid,
			count(*) FILTER (WHERE p.status <> 'cancelled' AND p.make_good_for IS NOT NULL) AS make_goods,
			coalesce(sum(p.gross) FILTER (WHERE p.status IN ('verified', 'accepted', 'invoiced', 'paid')), 0)::bigint AS evidenced_gross,
			coalesce(sum(p.gross) FILTER (WHERE p.status = 'paid'), 0)::bigint AS paid_gross
		FROM placement p WHERE p.government_id = d.government_id AND p.deliverable_id = d.id) c
	CROSS JOIN LATERAL (SELECT coalesce(sum(x.quantity), 0)::bigint AS short FROM acceptance_shortfall x
		WHERE x.government_id = d.government_id AND x.deliverable_id = d.id) f
	WHERE d.government_id = $1 AND a.agency_id = $2 AND d.agreement_id = $3 ORDER BY d.position`

// FulfilmentOf gives the deliverables of an agreement with their units by how far they came.
func (tx *Tx) FulfilmentOf(ctx context.Context, agency, agreement uuid.UUID) ([]placement.Fulfilled, error) {
	found := []placement.Fulfilled{}
	if err := tx.all(ctx, &found, fulfilmentQuery, tx.government(), agency, agreement); err != nil || len(found) > 0 {
		return found, err
	}
	var there bool // a framework agreement has none
	if err := tx.get(ctx, &there, `SELECT EXISTS (SELECT FROM agreement WHERE government_id = $1 AND agency_id = $2 AND id = $3)`,
		tx.government(), agency, agreement); err != nil {
		return nil, err
	}
	if !there {
		return nil, fault.Missing()
	}
	return found, nil
}

// signingColumns are who signed the paper of the alias, and the signed paper.
func signingColumns(alias string) string {
	return alias + ".place, " + alias + ".signed_on, " + alias + ".office_signer, " + alias + ".office_nip, " + alias + ".vendor_signer, " +
		alias + ".vendor_position, coalesce(" + alias + ".file_sha256, '') AS file, " + alias + ".file_origin"
}

// SignAcceptance writes who signed a report, unless it changed since it was read.
func (tx *Tx) SignAcceptance(ctx context.Context, a placement.Acceptance) error {
	return tx.exec(ctx, `UPDATE acceptance SET (place, signed_on, office_signer, office_nip, vendor_signer, vendor_position, file_sha256, file_origin) =
			($4, $5, $6, $7, $8, $9, nullif($10, ''), $11), version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3 AND inspection_id IS NULL`, append([]any{tx.government(), a.ID, a.Version}, signed(a.Signing)...)...)
}

// signed are the values of who signed, in the order of the columns.
func signed(s placement.Signing) []any {
	return []any{s.Place, s.SignedOn, s.OfficeSigner, s.OfficeNIP, s.VendorSigner, s.VendorPosition, s.File, s.FileOrigin}
}

// addShortfalls keeps what a report says falls short.
func (tx *Tx) addShortfalls(ctx context.Context, c placement.Acceptance) error {
	return tx.bulk(ctx, `INSERT INTO acceptance_shortfall (government_id, id, agency_id, agreement_id, acceptance_id, deliverable_id, quantity, amount, rule,
			reason, created_at, created_by)
		SELECT $1, x.id, $3, $4, $5, x.deliverable_id, x.quantity, x.amount, x.rule, x.reason, $6, $7
		FROM jsonb_to_recordset($2) AS x(id uuid, deliverable_id uuid, quantity bigint, amount bigint, rule text, reason text)`,
		c.Shortfalls, c.AgencyID, c.AgreementID, c.ID, c.CreatedAt, c.CreatedBy)
}

// shortfallsOf gives what an acceptance report says falls short.
func (tx *Tx) shortfallsOf(ctx context.Context, acceptance uuid.UUID) (found []placement.QuantityShortfall, err error) {
	err = tx.all(ctx, &found, `SELECT x.id, x.deliverable_id, x.quantity, x.reason, d.product, x.amount, x.rule
		FROM acceptance_shortfall x JOIN deliverable d ON d.government_id = x.government_id AND d.id = x.deliverable_id
		WHERE x.government_id = $1 AND x.acceptance_id = $2 ORDER BY d.position`, tx.government(), acceptance)
	return found, err
}
