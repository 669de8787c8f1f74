package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/budget"
	"tayang/app/debt"
	"tayang/app/listing"
)

// Standing gives what an agreement still binds, and holds the agreement until the transaction ends: nobody changes its
// placements or pays under it after the count.
func (tx *Tx) Standing(ctx context.Context, agency, agreement uuid.UUID) (s debt.Standing, err error) {
	if s.Agreement, err = tx.Agreement(ctx, agency, agreement); err != nil {
		return s, named(err, "/agreement_id")
	}
	open, err := tx.OpenPlacements(ctx, agreement)
	if err != nil {
		return s, err
	}
	if s.Agreement, err = tx.Agreement(ctx, agency, agreement); err != nil { // as it is now that it is held
		return s, err
	}
	bound := make(map[uuid.UUID]int64, len(open))
	for _, o := range open {
		bound[o.DeliverableID] = o.Owed + o.Paid
	}
	for _, d := range s.Agreement.Deliverables {
		s.Unpublished += d.Quantity - bound[d.ID]
	}
	s.Owed, err = tx.OwedUnder(ctx, agreement)
	return s, err
}

// OwedUnder gives what is owed under an agreement, by the budget line that bears it.
func (tx *Tx) OwedUnder(ctx context.Context, agreement uuid.UUID) (owed []debt.Owed, err error) {
	err = tx.all(ctx, &owed, `SELECT coalesce(p.carried_line_id, d.budget_line_id) AS budget_line_id,
			max(coalesce(p.carried_year, a.fiscal_year)) AS fiscal_year, sum(p.gross)::bigint AS gross
		FROM placement p JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
		JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
		WHERE p.government_id = $1 AND p.agreement_id = $2 AND p.status IN ('published', 'verified', 'accepted', 'invoiced')
		GROUP BY 1 ORDER BY 1`, tx.government(), agreement)
	return owed, err
}

// LinesNamed gives those of the named budget lines that exist in the agency.
func (tx *Tx) LinesNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]budget.Line, error) {
	var found []budget.Line
	err := tx.all(ctx, &found, "SELECT "+lineList.columns+" FROM "+lineList.from+
		" WHERE l.government_id = $1 AND l.agency_id = $2 AND l.id = ANY ($3)", tx.government(), agency, pq.Array(ids))
	out := make(map[uuid.UUID]budget.Line, len(found))
	for _, l := range found {
		out[l.ID] = l
	}
	return out, err
}

// debtRow gives a line of a recognition its id and its place.
type debtRow struct {
	ID       uuid.UUID `json:"id"`
	Position int       `json:"position"`
	debt.Line
}

// AddDebt inserts a recognition with its lines.
func (tx *Tx) AddDebt(ctx context.Context, r debt.Recognition) error {
	if err := tx.exec(ctx, `INSERT INTO debt_recognition (government_id, id, agency_id, agreement_id, fiscal_year, number, date, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.government(), r.ID, r.AgencyID, r.AgreementID, r.FiscalYear, r.Number, r.Date, r.CreatedAt, r.CreatedBy); err != nil {
		return err
	}
	rows := make([]debtRow, len(r.Lines))
	for i, l := range r.Lines {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = debtRow{id, i + 1, l}
	}
	return tx.bulk(ctx, `INSERT INTO debt_recognition_line (government_id, id, debt_recognition_id, position, from_line, to_line, amount)
		SELECT $1, x.id, $3, x.position, x.from_line, x.to_line, x.amount
		FROM jsonb_to_recordset($2) AS x(id uuid, position integer, from_line uuid, to_line uuid, amount bigint)`, rows, r.ID)
}

// debtTotal is the sum of a recognition's lines.
const debtTotal = `(SELECT coalesce(sum(l.amount), 0)::bigint FROM debt_recognition_line l
	WHERE l.government_id = r.government_id AND l.debt_recognition_id = r.id)`

var debtList = list{
	columns: `r.id, r.agency_id, r.agreement_id, a.number AS agreement_number, v.legal_name AS vendor_name, r.fiscal_year, r.number, r.date, r.status,
		r.remark, r.created_at, r.created_by, coalesce(made.name, '') AS created_name, r.decided_at, r.decided_by,
		coalesce(decided.name, '') AS decided_name, r.version, ` + debtTotal + ` AS total`,
	from: `debt_recognition r JOIN agreement a ON a.government_id = r.government_id AND a.id = r.agreement_id
		JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id
		LEFT JOIN user_account made ON made.government_id = r.government_id AND made.id = r.created_by
		LEFT JOIN user_account decided ON decided.government_id = r.government_id AND decided.id = r.decided_by`,
	fields: map[string]field{
		"id": {"r.id", ofUUID}, "agreement_id": {"r.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText},
		"vendor_name": {"v.legal_name", ofText}, "fiscal_year": {"r.fiscal_year", ofInt}, "number": {"r.number", ofText}, "date": {"r.date", ofDate},
		"status": {"r.status", ofText}, "created_at": {"r.created_at", ofTime}, "created_by": {"r.created_by", ofUUID},
		"remark": {"r.remark", ofText}, "created_name": {"coalesce(made.name, '')", ofText}, "decided_name": {"coalesce(decided.name, '')", ofText},
		"decided_at": {"coalesce(r.decided_at, 'infinity')", ofTime}, "total": {debtTotal, ofInt},
		"decided_by": {"coalesce(r.decided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"r.number", "a.number", "v.legal_name"},
	id:     field{"r.id", ofUUID},
	sort:   "-",
}

// Debts lists recognitions without their lines.
func (tx *Tx) Debts(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[debt.Recognition], error) {
	return pageOf[debt.Recognition](ctx, tx, debtList, q, where("r.government_id = ?", tx.government()), where("r.agency_id = ?", agency))
}

// Debt gives one recognition with its lines.
func (tx *Tx) Debt(ctx context.Context, agency, id uuid.UUID) (r debt.Recognition, err error) {
	if err = tx.one(ctx, &r, debtList, agency, "r", id); err != nil {
		return r, err
	}
	err = tx.all(ctx, &r.Lines, `SELECT from_line, to_line, amount FROM debt_recognition_line
		WHERE government_id = $1 AND debt_recognition_id = $2 ORDER BY position`, tx.government(), id)
	return r, err
}

// DecideDebt writes what became of a recognition, unless it changed since it was read.
func (tx *Tx) DecideDebt(ctx context.Context, r debt.Recognition) error {
	return tx.exec(ctx, `UPDATE debt_recognition SET status = $4, remark = $5, decided_at = $6, decided_by = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), r.ID, r.Version, r.Status, r.Remark, r.DecidedAt, r.DecidedBy)
}

// CarryOver makes the new lines bear what the agreement owes.
func (tx *Tx) CarryOver(ctx context.Context, r debt.Recognition) error {
	return tx.exec(ctx, `UPDATE placement p SET carried_line_id = l.to_line, carried_year = $4, version = p.version + 1
		FROM debt_recognition_line l, deliverable d
		WHERE p.government_id = $1 AND p.agreement_id = $2 AND p.status IN ('published', 'verified', 'accepted', 'invoiced')
			AND d.government_id = $1 AND d.id = p.deliverable_id AND l.government_id = $1 AND l.debt_recognition_id = $3
			AND l.from_line = coalesce(p.carried_line_id, d.budget_line_id)`, tx.government(), r.AgreementID, r.ID, r.FiscalYear)
}

// A year's open commitments are those of its own agreements and of those carried into it.
var openList = list{
	columns: `a.id AS agreement_id, a.number, a.title, v.legal_name AS vendor_name, a.status, o.fiscal_year, o.unpublished, o.owed,
		(SELECT r.id FROM debt_recognition r WHERE r.government_id = a.government_id AND r.agreement_id = a.id AND r.status = 'requested') AS pending_id`,
	from: `agreement a JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id
		CROSS JOIN LATERAL (
			SELECT a.fiscal_year, CASE WHEN a.status = 'active' THEN (SELECT coalesce(sum(d.unit_gross * d.quantity), 0) FROM deliverable d
					WHERE d.government_id = a.government_id AND d.agreement_id = a.id) - bound.gross ELSE 0 END::bigint AS unpublished,
				bound.owed::bigint AS owed
			FROM (SELECT coalesce(sum(p.gross), 0) AS gross,
					coalesce(sum(p.gross) FILTER (WHERE p.status <> 'paid' AND p.carried_year IS NULL), 0) AS owed
				FROM placement p WHERE p.government_id = a.government_id AND p.agreement_id = a.id
					AND (p.status IN ('published', 'verified', 'accepted', 'invoiced', 'paid') OR p.carried_year IS NOT NULL)) bound
			UNION ALL
			SELECT p.carried_year, 0, sum(p.gross)::bigint FROM placement p
			WHERE p.government_id = a.government_id AND p.agreement_id = a.id AND p.carried_year IS NOT NULL
				AND p.status IN ('published', 'verified', 'accepted', 'invoiced')
			GROUP BY p.carried_year) o`,
	fields: map[string]field{
		"agreement_id": {"a.id", ofUUID}, "number": {"a.number", ofText}, "vendor_name": {"v.legal_name", ofText}, "status": {"a.status", ofText},
		"fiscal_year": {"o.fiscal_year", ofInt}, "unpublished": {"o.unpublished", ofInt}, "owed": {"o.owed", ofInt},
		"title": {"a.title", ofText},
	},
	search: []string{"a.number", "a.title", "v.legal_name"},
	id:     field{"a.id::text || o.fiscal_year", ofText},
	sort:   "number",
}

// OpenCommitments lists the agreements that still bind money.
func (tx *Tx) OpenCommitments(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[debt.Open], error) {
	return pageOf[debt.Open](ctx, tx, openList, q, where("a.government_id = ?", tx.government()), where("a.agency_id = ?", agency),
		where("a.status IN ('active', 'terminated')"), where("(o.unpublished > 0 OR o.owed > 0)"))
}
