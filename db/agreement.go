package db

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
)

var agreementList = list{
	columns: `a.id, a.agency_id, a.kind, a.number, a.title, a.campaign_id, a.vendor_id, v.legal_name AS vendor_name, a.method, a.form,
		a.rup_code, a.order_date, a.start_date, a.end_date, a.fiscal_year, a.owner_estimate, a.status, a.value, a.vat, a.gross, a.paid,
		a.gross - a.paid AS remaining, a.unreserved, a.fee_via, a.payment_terms, a.remark, a.package AS "procurement.package", a.rup_announced_on AS "procurement.rup_announced_on",
		a.no_estimate_reason AS "procurement.no_estimate_reason", a.legal_basis AS "procurement.legal_basis", a.media_plan AS "procurement.media_plan",
		a.minutes_number AS "procurement.minutes.number", a.minutes_date AS "procurement.minutes.date", a.shortfall_rule AS "procurement.shortfall_rule", ` + lookThroughColumns + `,
		EXISTS (SELECT FROM amendment m WHERE m.government_id = a.government_id AND m.agreement_id = a.id) AS amended, a.created_at, a.created_by, a.submitted_at, a.submitted_by, a.approved_at,
		a.approved_by, a.ended_at, a.ended_by, a.budget_version_id, coalesce(bv.number, '') AS budget_version_number,
		a.framework, a.ceiling, a.framework_id, coalesce(fw.number, '') AS framework_number, fw.end_date AS framework_end, ` + calledOff + ` AS called_off,
		a.suspended_on, a.suspension_reason, ` + latePenalty + ` AS penalty, a.version,
		a.approval_round, a.approval_steps, ` + awaitingRole + ` AS awaiting, ` + awaitingSince + ` AS awaiting_since, ` + returnedNow + ` AS returned,
		EXISTS (SELECT FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id) AS has_decisions`,
	from: `agreement a JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id
		LEFT JOIN agreement fw ON fw.government_id = a.government_id AND fw.id = a.framework_id
		LEFT JOIN budget_version bv ON bv.government_id = a.government_id AND bv.id = a.budget_version_id`,
	fields: map[string]field{
		"id": {"a.id", ofUUID}, "kind": {"a.kind", ofText}, "number": {"a.number", ofText}, "title": {"a.title", ofText},
		"campaign_id": {"coalesce(a.campaign_id, '00000000-0000-0000-0000-000000000000')", ofUUID}, "vendor_id": {"a.vendor_id", ofUUID},
		"vendor_name": {"v.legal_name", ofText}, "method": {"a.method", ofText}, "form": {"a.form", ofText}, "rup_code": {"a.rup_code", ofText},
		"order_date": {"a.order_date", ofDate}, "start_date": {"a.start_date", ofDate}, "end_date": {"a.end_date", ofDate},
		"fiscal_year": {"a.fiscal_year", ofInt}, "status": {"a.status", ofText}, "value": {"a.value", ofInt}, "gross": {"a.gross", ofInt},
		"paid": {"a.paid", ofInt}, "remaining": {"a.gross - a.paid", ofInt}, "unreserved": {"a.unreserved", ofBool}, "created_at": {"a.created_at", ofTime},
		"created_by": {"a.created_by", ofUUID},
		"vat":        {"a.vat", ofInt}, "owner_estimate": {"coalesce(a.owner_estimate, 0)", ofInt},
		"fee_via": {"a.fee_via", ofText},
		"remark":  {"a.remark", ofText}, "submitted_at": {"coalesce(a.submitted_at, 'infinity')", ofTime},
		"submitted_by": {"coalesce(a.submitted_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"approved_at":  {"coalesce(a.approved_at, 'infinity')", ofTime},
		"approved_by":  {"coalesce(a.approved_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"ended_at":     {"coalesce(a.ended_at, 'infinity')", ofTime},
		"ended_by":     {"coalesce(a.ended_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"amendment": {`CASE WHEN EXISTS (SELECT FROM amendment m WHERE m.government_id = a.government_id AND m.agreement_id = a.id
			AND m.status = 'proposed') THEN 'proposed' ELSE 'none' END`, ofText},
		"look_through.via_agency": {"a.via_agency", ofBool}, "look_through.fee": {"a.agency_fee", ofInt},
		"budget_version_id":     {"coalesce(a.budget_version_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"budget_version_number": {"coalesce(bv.number, '')", ofText},
		"framework":             {"a.framework", ofBool}, "framework_id": {"coalesce(a.framework_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"framework_number": {"coalesce(fw.number, '')", ofText}, "ceiling": {"a.ceiling", ofInt}, "called_off": {calledOff, ofInt},
		"suspended_on": {"coalesce(a.suspended_on, 'infinity')", ofDate}, "suspended": {"a.suspended_on IS NOT NULL", ofBool},
		"suspension_reason": {"a.suspension_reason", ofText}, "penalty": {latePenalty, ofInt},
		"awaiting": {awaitingRole, ofText}, "awaiting_since": {"coalesce(" + awaitingSince + ", 'infinity')", ofTime},
		"returned": {returnedNow, ofBool}, "approval_round": {"a.approval_round", ofInt},
	},
	search: []string{"a.number", "a.title", "v.legal_name", "a.rup_code"},
	id:     field{"a.id", ofUUID},
	sort:   "-",
}

// Agreements lists agreements without their deliverables.
func (tx *Tx) Agreements(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[agreement.Agreement], error) {
	scope := []clause{where("a.government_id = ?", tx.government()), where("a.agency_id = ?", agency)}
	q, mine := tx.awaitingMe(agency, q)
	return pageOf[agreement.Agreement](ctx, tx, agreementList, q, append(scope, mine...)...)
}

// Agreement gives an agreement with its deliverables and amendments in order; NotFound when the agency has none of that id.
func (tx *Tx) Agreement(ctx context.Context, agency, id uuid.UUID) (a agreement.Agreement, err error) {
	if err = tx.one(ctx, &a, agreementList, agency, "a", id); err != nil {
		return a, err
	}
	if err = tx.all(ctx, &a.Deliverables, `SELECT d.id, d.agreement_id, d.position, d.product, d.outlet_id, d.social_account_id,
			coalesce(o.name, s.platform || ' @' || s.handle) AS channel,
			coalesce(o.vendor_id, s.vendor_id) AS channel_vendor_id, d.budget_line_id, d.quantity, d.unit, d.offered_price,
			d.unit_price, d.tax_inclusive, d.label_required, d.content, d.unit_net, d.unit_vat, d.unit_gross, d.placed,
			coalesce(p.tier, '') AS tier, p.price_reference_id, coalesce(p.named, false) AS reference_named, p.reference_price,
			coalesce(p.reference_tax_inclusive, false) AS reference_tax_inclusive, coalesce(p.verdict, '') AS price_verdict, coalesce(p.reason, '') AS price_reason
		FROM deliverable d
		LEFT JOIN deliverable_price p ON p.government_id = d.government_id AND p.id = d.id
		LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
		LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
		WHERE d.government_id = $1 AND d.agreement_id = $2 ORDER BY d.position`, tx.government(), id); err != nil {
		return a, err
	}
	if a.Suspensions, err = tx.suspensionsOf(ctx, id); err != nil {
		return a, err
	}
	if err = tx.recipients(ctx, &a); err != nil {
		return a, err
	}
	if a.Amended {
		if a.Amendments, err = tx.amendments(ctx, id); err != nil {
			return a, err
		}
		a.Amendment = a.Pending()
	}
	if a.HasDecisions {
		err = tx.decisions(ctx, &a)
	}
	return a, err
}

// drafted is what a draft says, column by column.
func drafted(a agreement.Agreement) (columns []string, values []any) {
	p := a.Procurement
	for _, c := range []struct {
		name  string
		value any
	}{
		{"kind", a.Kind}, {"number", a.Number}, {"title", a.Title}, {"campaign_id", a.CampaignID}, {"vendor_id", a.VendorID}, {"method", a.Method},
		{"form", a.Form}, {"rup_code", a.RUPCode}, {"order_date", a.OrderDate}, {"start_date", a.StartDate}, {"end_date", a.EndDate},
		{"fiscal_year", a.FiscalYear}, {"owner_estimate", a.OwnerEstimate}, {"value", a.Value}, {"vat", a.VAT}, {"gross", a.Gross},
		{"package", p.Package}, {"rup_announced_on", p.RUPAnnouncedOn}, {"no_estimate_reason", p.NoEstimateReason}, {"legal_basis", p.LegalBasis},
		{"media_plan", p.MediaPlan}, {"minutes_number", p.Minutes.Number}, {"minutes_date", p.Minutes.Date}, {"shortfall_rule", p.Shortfall()},
		{"fee_via", a.FeeVia}, {"payment_terms", a.PaymentTerms}, {"framework", a.Framework}, {"ceiling", a.Ceiling}, {"framework_id", a.FrameworkID},
	} {
		columns, values = append(columns, c.name), append(values, c.value)
	}
	return columns, values
}

// SaveDraft inserts an agreement whose Version is 0, else writes the draft of that version anew, lines included.
func (tx *Tx) SaveDraft(ctx context.Context, a agreement.Agreement) error {
	columns, values := drafted(a)
	names := strings.Join(columns, ", ")
	if a.Version == 0 {
		if err := tx.exec(ctx, "INSERT INTO agreement (government_id, id, agency_id, created_at, created_by, "+names+") VALUES ("+places(1, 5+len(columns))+")",
			append([]any{tx.government(), a.ID, a.AgencyID, tx.now, a.CreatedBy}, values...)...); err != nil {
			return err
		}
		if err := tx.insertDeliverables(ctx, a); err != nil {
			return err
		}
		return tx.saveSplit(ctx, a)
	}
	if err := tx.exec(ctx, "UPDATE agreement SET ("+names+", version) = ("+places(4, len(columns))+", version + 1) WHERE government_id = $1 AND id = $2 AND version = $3",
		append([]any{tx.government(), a.ID, a.Version}, values...)...); err != nil {
		return err
	}
	if _, err := tx.conn.ExecContext(ctx, `DELETE FROM deliverable WHERE government_id = $1 AND agreement_id = $2`, tx.government(), a.ID); err != nil {
		return err
	}
	if err := tx.insertDeliverables(ctx, a); err != nil {
		return err
	}
	return tx.saveSplit(ctx, a)
}

// places are n parameters of a statement from the one of that number on.
func places(from, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(out, ", ")
}

func (tx *Tx) insertDeliverables(ctx context.Context, a agreement.Agreement) error {
	if err := tx.bulk(ctx, `INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, social_account_id,
			budget_line_id, quantity, unit, offered_price, unit_price, tax_inclusive, label_required, content, unit_net, unit_vat, unit_gross)
		SELECT $1, x.id, $3, x.position, x.product, x.outlet_id, x.social_account_id, x.budget_line_id, x.quantity, x.unit,
			x.offered_price, x.unit_price, x.tax_inclusive, x.label_required, x.content, x.unit_net, x.unit_vat, x.unit_gross
		FROM jsonb_to_recordset($2) AS x(id uuid, position integer, product text, outlet_id uuid, social_account_id uuid,
			budget_line_id uuid, quantity bigint, unit text, offered_price bigint, unit_price bigint, tax_inclusive boolean,
			label_required boolean, content jsonb, unit_net bigint, unit_vat bigint, unit_gross bigint)`, a.Deliverables, a.ID); err != nil {
		return err
	}
	return tx.SavePrices(ctx, a.ID, a.Deliverables)
}

// MoveAgreement saves state, remark, stamps, end and value, unless the agreement changed since it was read, and gives it as
// it is now. With a promise it notes the budget document in force.
func (tx *Tx) MoveAgreement(ctx context.Context, a agreement.Agreement) (agreement.Agreement, error) {
	var now struct {
		agreement.BudgetVersion
		SubmittedAt *time.Time `db:"submitted_at"`
		ApprovedAt  *time.Time `db:"approved_at"`
		EndedAt     *time.Time `db:"ended_at"`
	}
	err := tx.returning(ctx, &now, `UPDATE agreement SET status = $4, remark = $5, submitted_at = $6, submitted_by = $7, approved_at = $8,
			approved_by = $9, ended_at = $10, ended_by = $11, end_date = $12, value = $13, vat = $14, gross = $15, unreserved = $16, version = version + 1,
			budget_version_id = CASE WHEN $4 IN ('submitted', 'active') THEN budget_in_force(government_id, agency_id, fiscal_year) ELSE budget_version_id END
		WHERE government_id = $1 AND id = $2 AND version = $3`+versionOf+`, submitted_at, approved_at, ended_at`,
		tx.government(), a.ID, a.Version, a.Status, a.Remark, a.SubmittedAt, a.SubmittedBy, a.ApprovedAt, a.ApprovedBy, a.EndedAt, a.EndedBy,
		a.EndDate, a.Value, a.VAT, a.Gross, a.Unreserved)
	a.BudgetVersion, a.SubmittedAt, a.ApprovedAt, a.EndedAt = now.BudgetVersion, now.SubmittedAt, now.ApprovedAt, now.EndedAt
	a.Version++
	return a, err
}

// OpenPlacements counts the placements of each deliverable that has any, and holds the agreement until the transaction
// ends: nobody plans or publishes under it after the count.
func (tx *Tx) OpenPlacements(ctx context.Context, id uuid.UUID) (open []agreement.Open, err error) {
	if err = tx.exec(ctx, `SELECT id FROM agreement WHERE government_id = $1 AND id = $2 FOR NO KEY UPDATE`, tx.government(), id); err != nil {
		return nil, err
	}
	err = tx.all(ctx, &open, `SELECT coalesce(c.deliverable_id, f.deliverable_id) AS deliverable_id, coalesce(c.placed, 0) AS placed, coalesce(c.owed, 0) AS owed,
			coalesce(c.paid, 0) AS paid, c.last, coalesce(c.evidenced, 0) AS evidenced, coalesce(c.accepted, 0) AS accepted, coalesce(c.settled, 0) AS settled,
			coalesce(c.penalty, 0) AS penalty, coalesce(f.short, 0) AS short
		FROM (SELECT deliverable_id, count(*) FILTER (WHERE status <> 'cancelled') AS placed,
			count(*) FILTER (WHERE status IN ('published', 'verified', 'accepted', 'invoiced')) AS owed,
			count(*) FILTER (WHERE status = 'paid' OR carried_line_id IS NOT NULL AND status IN ('rejected', 'cancelled')) AS paid,
			max(coalesce(published_on, scheduled_on)) FILTER (WHERE status <> 'cancelled') AS last,
			count(*) FILTER (WHERE status IN ('verified', 'accepted', 'invoiced', 'paid')) AS evidenced,
			count(*) FILTER (WHERE status IN ('accepted', 'invoiced', 'paid')) AS accepted, count(*) FILTER (WHERE status = 'paid') AS settled,
			coalesce(sum(penalty) FILTER (WHERE status NOT IN ('planned', 'rejected', 'cancelled')), 0)::bigint AS penalty
		FROM placement WHERE government_id = $1 AND agreement_id = $2 AND (status <> 'cancelled' OR carried_line_id IS NOT NULL)
		GROUP BY deliverable_id) c
		FULL JOIN (SELECT deliverable_id, sum(quantity)::bigint AS short FROM acceptance_shortfall WHERE government_id = $1 AND agreement_id = $2
			GROUP BY deliverable_id) f ON f.deliverable_id = c.deliverable_id`, tx.government(), id)
	return open, err
}

// CancelUnpublished cancels the placements that were planned or rejected, and gives their places back.
func (tx *Tx) CancelUnpublished(ctx context.Context, id uuid.UUID) error {
	_, err := tx.conn.ExecContext(ctx, `WITH gone AS (
			UPDATE placement SET status = 'cancelled', version = version + 1
			WHERE government_id = $1 AND agreement_id = $2 AND status IN ('planned', 'rejected') RETURNING deliverable_id),
		counted AS (SELECT deliverable_id, count(*) AS n FROM gone GROUP BY deliverable_id)
		UPDATE deliverable d SET placed = d.placed - counted.n FROM counted
		WHERE d.government_id = $1 AND d.id = counted.deliverable_id`, tx.government(), id)
	return err
}
