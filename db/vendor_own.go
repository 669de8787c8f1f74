package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/access"
	"tayang/app/portal"
)

// ownOrders bounds a query to what a link opens: agreements of the vendor in the agency that came into force, or the one
// that the link is of. Its arguments are the first four of every query here (own).
const ownOrders = `a.government_id = $1 AND a.vendor_id = $2 AND a.agency_id = $3 AND ($4::uuid IS NULL OR a.id = $4) AND a.approved_at IS NOT NULL`

func (tx *Tx) own(v access.Vendor, more ...any) []any {
	return append([]any{tx.government(), v.Vendor, v.Agency, v.Agreement}, more...)
}

// What a placement takes and wants; they say the same as the rules of placements.
const (
	takesProof = `(p.status IN ('planned', 'published', 'rejected') AND (p.carried_line_id IS NULL OR p.status = 'published')
		AND (a.status = 'active' OR a.status = 'terminated' AND p.status = 'published'))`
	wantsProof = `(` + takesProof + ` AND (p.status = 'rejected' OR NOT EXISTS (SELECT FROM proof f WHERE f.government_id = p.government_id AND f.placement_id = p.id)))`
	toBill     = `(p.status = 'accepted' AND p.invoice_id IS NULL AND a.status IN ('active', 'completed', 'terminated')
		AND NOT EXISTS (SELECT FROM vendor_submission s WHERE s.government_id = p.government_id AND s.agreement_id = p.agreement_id
			AND s.status = 'waiting' AND s.kind = 'invoice' AND p.id = ANY (s.placement_ids)))`
)

const ownOrderColumns = `SELECT a.id, a.number, a.title, a.start_date, a.end_date, a.status, a.gross, a.paid, n.placed, n.owing, n.to_bill FROM agreement a
	CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE p.status <> 'cancelled') AS placed, count(*) FILTER (WHERE ` + wantsProof + `) AS owing,
		count(*) FILTER (WHERE ` + toBill + `) AS to_bill FROM placement p WHERE p.government_id = a.government_id AND p.agreement_id = a.id) n
	WHERE ` + ownOrders

// OwnOrders gives the vendor's agreements, those that want something first.
func (tx *Tx) OwnOrders(ctx context.Context, v access.Vendor, limit int) (out []portal.Order, err error) {
	err = tx.all(ctx, &out, ownOrderColumns+` ORDER BY n.owing + n.to_bill > 0 DESC, a.order_date DESC, a.id LIMIT $5`, tx.own(v, limit)...)
	return out, err
}

// OwnOrder gives one agreement of the vendor.
func (tx *Tx) OwnOrder(ctx context.Context, v access.Vendor, id uuid.UUID) (o portal.Order, err error) {
	err = tx.get(ctx, &o, ownOrderColumns+` AND a.id = $5`, tx.own(v, id)...)
	return o, err
}

const ownItemColumns = `SELECT p.id, p.agreement_id, a.number AS agreement_number, p.title, d.product, coalesce(o.name, s.platform || ' @' || s.handle) AS channel,
		coalesce(o.kind, 'social') AS channel_kind, p.scheduled_on, p.published_on, p.url, p.status,
		CASE WHEN p.status = 'rejected' THEN p.remark ELSE '' END AS remark, p.gross, ` + proofCount + ` AS proofs, ` + takesProof + ` AS open
	FROM placement p JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id` + deliverableJoin + `
	LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
	LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
	WHERE p.government_id = $1 AND ` + ownOrders

// OwnItem gives one placement of the vendor.
func (tx *Tx) OwnItem(ctx context.Context, v access.Vendor, id uuid.UUID) (p portal.Item, err error) {
	err = tx.get(ctx, &p, ownItemColumns+` AND p.id = $5`, tx.own(v, id)...)
	return p, err
}

// OwnItems gives the placements under an agreement, those that want something first.
func (tx *Tx) OwnItems(ctx context.Context, v access.Vendor, order uuid.UUID, limit, offset int) (out []portal.Item, err error) {
	err = tx.all(ctx, &out, ownItemColumns+` AND a.id = $5 ORDER BY `+wantsProof+` DESC, p.status = 'rejected' DESC, p.scheduled_on DESC, p.id LIMIT $6 OFFSET $7`,
		tx.own(v, order, limit, offset)...)
	return out, err
}

// OwnToBill gives the placements that an invoice may be sent over.
func (tx *Tx) OwnToBill(ctx context.Context, v access.Vendor, order uuid.UUID) (out []portal.Item, err error) {
	err = tx.all(ctx, &out, ownItemColumns+` AND a.id = $5 AND `+toBill+` ORDER BY p.published_on, p.id`, tx.own(v, order)...)
	return out, err
}

// OwnHandovers gives the acceptance reports under an agreement, newest first.
func (tx *Tx) OwnHandovers(ctx context.Context, v access.Vendor, order uuid.UUID, limit int) (out []portal.Handover, err error) {
	err = tx.all(ctx, &out, `SELECT c.number, c.date, `+acceptedCount+` AS placements, `+acceptedGross+` AS gross
		FROM acceptance c JOIN agreement a ON a.government_id = c.government_id AND a.id = c.agreement_id
		WHERE c.government_id = $1 AND `+ownOrders+` AND a.id = $5 ORDER BY c.date DESC, c.id DESC LIMIT $6`, tx.own(v, order, limit)...)
	return out, err
}

// OwnClaims gives the vendor's invoices under an agreement, newest first.
func (tx *Tx) OwnClaims(ctx context.Context, v access.Vendor, order uuid.UUID, limit int) (out []portal.Claim, err error) {
	err = tx.all(ctx, &out, `SELECT i.number, i.date, i.amount, i.tax_invoice_number, i.file_sha256 IS NOT NULL AS filed, coalesce(y.status, 'open') AS status,
			(SELECT count(*) FROM placement p WHERE p.government_id = i.government_id AND p.invoice_id = i.id) AS placements
		FROM invoice i JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
		LEFT JOIN payment y ON y.government_id = i.government_id AND y.id = i.payment_id
		WHERE i.government_id = $1 AND i.vendor_id = $2 AND `+ownOrders+` AND a.id = $5 ORDER BY i.date DESC, i.id DESC LIMIT $6`, tx.own(v, order, limit)...)
	return out, err
}

// OwnPayouts gives the payments under an agreement with the taxes that were kept back, newest first.
func (tx *Tx) OwnPayouts(ctx context.Context, v access.Vendor, order uuid.UUID, limit int) (out []portal.Payout, err error) {
	if err := tx.all(ctx, &out, `SELECT y.id, y.status, y.spp_date, y.spm_date, y.sp2d_date, y.gross, y.net
		FROM payment y JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
		WHERE y.government_id = $1 AND y.vendor_id = $2 AND `+ownOrders+` AND a.id = $5 ORDER BY y.spp_date DESC, y.id DESC LIMIT $6`, tx.own(v, order, limit)...); err != nil {
		return nil, err
	}
	at, ids := map[uuid.UUID]*portal.Payout{}, make([]uuid.UUID, len(out))
	for i := range out {
		at[out[i].ID], ids[i] = &out[i], out[i].ID
	}
	var taxes []portal.Withheld
	err = tx.all(ctx, &taxes, `SELECT payment_id, kind, base, trim_scale(rate)::text AS rate, amount, deposited_on
		FROM payment_tax WHERE government_id = $1 AND payment_id = ANY ($2) ORDER BY id`, tx.government(), pq.Array(ids))
	for _, t := range taxes {
		at[t.PaymentID].Taxes = append(at[t.PaymentID].Taxes, t)
	}
	return out, err
}

// ownSent bounds submissions to those of the vendor in the agency, under what his link opens.
const ownSent = ` WHERE s.government_id = $1 AND s.vendor_id = $2 AND s.agency_id = $3 AND ($4::uuid IS NULL OR s.agreement_id = $4)`

// OwnSubmission gives what the vendor sent.
func (tx *Tx) OwnSubmission(ctx context.Context, v access.Vendor, id uuid.UUID) (s portal.Submission, err error) {
	err = tx.get(ctx, &s, "SELECT "+submissionList.columns+" FROM "+submissionList.from+ownSent+" AND s.id = $5", tx.own(v, id)...)
	return s, err
}

// OwnSubmissions gives what the vendor sent, newest first.
func (tx *Tx) OwnSubmissions(ctx context.Context, v access.Vendor, order uuid.NullUUID, limit int) (out []portal.Submission, err error) {
	err = tx.all(ctx, &out, "SELECT "+submissionList.columns+" FROM "+submissionList.from+ownSent+
		" AND ($5::uuid IS NULL OR s.agreement_id = $5) ORDER BY s.created_at DESC, s.id DESC LIMIT $6", tx.own(v, order, limit)...)
	return out, err
}

// VendorSentOnce gives the submission that the same form made before.
func (tx *Tx) VendorSentOnce(ctx context.Context, v access.Vendor, once uuid.UUID) (s portal.Submission, err error) {
	err = tx.get(ctx, &s, "SELECT "+submissionList.columns+" FROM "+submissionList.from+ownSent+" AND s.link_id = $5 AND s.once = $6", tx.own(v, v.Link, once)...)
	return s, faultOf(err)
}
