package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/cash"
	"tayang/app/listing"
)

// cashRow gives a line of a plan its id and its place in the document.
type cashRow struct {
	ID       uuid.UUID `json:"id"`
	Position int       `json:"position"`
	cash.Line
}

// InsertCashPlan writes a draft with its lines.
func (tx *Tx) InsertCashPlan(ctx context.Context, p cash.Plan) error {
	if err := tx.exec(ctx, `INSERT INTO cash_plan_document (government_id, id, agency_id, fiscal_year, number, date, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.government(), p.ID, p.AgencyID, p.FiscalYear, p.Number, p.Date, tx.now, p.CreatedBy); err != nil {
		return err
	}
	return tx.insertCashLines(ctx, p)
}

// RewriteCashPlan writes a draft anew, lines included, unless it changed since it was read, and notes who did.
func (tx *Tx) RewriteCashPlan(ctx context.Context, p cash.Plan) error {
	if err := tx.exec(ctx, `UPDATE cash_plan_document SET fiscal_year = $4, number = $5, date = $6, rewritten_by = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), p.ID, p.Version, p.FiscalYear, p.Number, p.Date, tx.act.Actor.User); err != nil {
		return err
	}
	if _, err := tx.conn.ExecContext(ctx, `DELETE FROM cash_plan_document_line WHERE government_id = $1 AND document_id = $2`,
		tx.government(), p.ID); err != nil {
		return err
	}
	return tx.insertCashLines(ctx, p)
}

func (tx *Tx) insertCashLines(ctx context.Context, p cash.Plan) error {
	rows := make([]cashRow, len(p.Lines))
	for i, l := range p.Lines {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = cashRow{id, i + 1, l}
	}
	return tx.bulk(ctx, `INSERT INTO cash_plan_document_line (government_id, id, document_id, position, budget_line_id, month, amount)
		SELECT $1, x.id, $3, x.position, x.budget_line_id, x.month, x.amount
		FROM jsonb_to_recordset($2) AS x(id uuid, position integer, budget_line_id uuid, month integer, amount bigint)`, rows, p.ID)
}

// cashTotal is the sum of a plan's lines.
const cashTotal = `(SELECT coalesce(sum(l.amount), 0)::bigint FROM cash_plan_document_line l
	WHERE l.government_id = c.government_id AND l.document_id = c.id)`

var cashList = list{
	columns: `c.id, c.agency_id, c.fiscal_year, c.number, c.date, c.status, c.created_at, c.created_by, c.rewritten_by, c.locked_at, c.locked_by,
		c.version, ` + cashTotal + ` AS total`,
	from: `cash_plan_document c`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "fiscal_year": {"c.fiscal_year", ofInt}, "number": {"c.number", ofText}, "date": {"c.date", ofDate},
		"status": {"c.status", ofText}, "created_at": {"c.created_at", ofTime}, "created_by": {"c.created_by", ofUUID},
		"rewritten_by": {"coalesce(c.rewritten_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"locked_at":    {"coalesce(c.locked_at, 'infinity')", ofTime},
		"locked_by":    {"coalesce(c.locked_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"total":        {cashTotal, ofInt},
	},
	search: []string{"c.number", "c.fiscal_year::text"},
	id:     field{"c.id", ofUUID},
	sort:   "-fiscal_year,-date",
}

// CashPlans lists plans without their lines.
func (tx *Tx) CashPlans(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[cash.Plan], error) {
	return pageOf[cash.Plan](ctx, tx, cashList, q, where("c.government_id = ?", tx.government()), where("c.agency_id = ?", agency))
}

// CashPlan gives a plan with its lines in the order of the document.
func (tx *Tx) CashPlan(ctx context.Context, agency, id uuid.UUID) (p cash.Plan, err error) {
	if err = tx.one(ctx, &p, cashList, agency, "c", id); err != nil {
		return p, err
	}
	err = tx.all(ctx, &p.Lines, `SELECT budget_line_id, month, amount FROM cash_plan_document_line
		WHERE government_id = $1 AND document_id = $2 ORDER BY position`, tx.government(), id)
	return p, err
}

// CashInForce gives the amounts in force of the agency and year.
func (tx *Tx) CashInForce(ctx context.Context, agency uuid.UUID, year int) (lines []cash.Line, err error) {
	err = tx.all(ctx, &lines, `SELECT c.budget_line_id, c.month, c.amount
		FROM budget_line b JOIN cash_plan c ON c.government_id = b.government_id AND c.budget_line_id = b.id
		WHERE b.government_id = $1 AND b.agency_id = $2 AND b.fiscal_year = $3 ORDER BY c.budget_line_id, c.month`, tx.government(), agency, year)
	return lines, err
}

// LockCashPlan puts a plan in force, unless it changed since it was read; the table itself carries the amounts over.
func (tx *Tx) LockCashPlan(ctx context.Context, p cash.Plan) error {
	return tx.exec(ctx, `UPDATE cash_plan_document SET status = 'locked', locked_at = $4, locked_by = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), p.ID, p.Version, tx.now, tx.act.Actor.User)
}

// CashMonths gives the twelve months of a budget line, and whether it has a cash plan.
func (tx *Tx) CashMonths(ctx context.Context, agency, line uuid.UUID) (months []cash.Month, planned bool, err error) {
	if err = tx.all(ctx, &months, `SELECT m AS month, coalesce(c.amount, 0) AS planned, coalesce(paid.amount, 0) AS realised
		FROM generate_series(1, 12) AS m
		LEFT JOIN cash_plan c ON c.government_id = $1 AND c.budget_line_id = $3 AND c.month = m
		LEFT JOIN (SELECT extract(month FROM e.effective_on)::integer AS month, sum(CASE e.kind WHEN 'realise' THEN e.amount ELSE -e.amount END)::bigint AS amount
			FROM ledger_entry e WHERE e.government_id = $1 AND e.agency_id = $2 AND e.budget_line_id = $3 AND e.kind IN ('realise', 'refund')
			GROUP BY 1) paid ON paid.month = m
		ORDER BY m`, tx.government(), agency, line); err != nil {
		return nil, false, err
	}
	err = tx.get(ctx, &planned, `SELECT EXISTS (SELECT FROM cash_plan WHERE government_id = $1 AND budget_line_id = $2)`, tx.government(), line)
	return months, planned, err
}
