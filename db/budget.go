package db

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/listing"
)

// versionLineRow gives a line its id and its place in the document, for a bulk insert by jsonb_to_recordset.
type versionLineRow struct {
	ID       uuid.UUID `json:"id"`
	Position int       `json:"position"`
	budget.VersionLine
}

// InsertVersion writes a draft with its lines.
func (tx *Tx) InsertVersion(ctx context.Context, v budget.Version) error {
	if err := tx.exec(ctx, `INSERT INTO budget_version (government_id, id, agency_id, fiscal_year, kind, number, date, created_at, created_by,
			approval_number, approval_date)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.government(), v.ID, v.AgencyID, v.FiscalYear, v.Kind, v.Number, v.Date, tx.now, v.CreatedBy, v.ApprovalNumber, v.ApprovalDate); err != nil {
		return err
	}
	return tx.insertVersionLines(ctx, v)
}

// RewriteVersion writes a draft anew, lines included, unless it changed since it was read, and notes who did.
func (tx *Tx) RewriteVersion(ctx context.Context, v budget.Version) error {
	if err := tx.exec(ctx, `UPDATE budget_version SET fiscal_year = $4, kind = $5, number = $6, date = $7, approval_number = $8,
			approval_date = $9, rewritten_by = $10, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), v.ID, v.Version, v.FiscalYear, v.Kind, v.Number, v.Date, v.ApprovalNumber, v.ApprovalDate, tx.act.Actor.User); err != nil {
		return err
	}
	if _, err := tx.conn.ExecContext(ctx, `DELETE FROM budget_version_line WHERE government_id = $1 AND budget_version_id = $2`,
		tx.government(), v.ID); err != nil {
		return err
	}
	return tx.insertVersionLines(ctx, v)
}

func (tx *Tx) insertVersionLines(ctx context.Context, v budget.Version) error {
	rows := make([]versionLineRow, len(v.Lines))
	for i, l := range v.Lines {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = versionLineRow{id, i + 1, l}
	}
	return tx.bulk(ctx, `INSERT INTO budget_version_line (government_id, id, budget_version_id, position, sub_activity_code,
			sub_activity_name, account_code, account_name, fund_source, appropriation)
		SELECT $1, x.id, $3, x.position, x.sub_activity_code, x.sub_activity_name, x.account_code, x.account_name, x.fund_source, x.appropriation
		FROM jsonb_to_recordset($2) AS x(id uuid, position integer, sub_activity_code text, sub_activity_name text, account_code text,
			account_name text, fund_source text, appropriation bigint)`, rows, v.ID)
}

// bulk runs a statement over many rows, handed in as $2 in JSON ($1 is the government).
func (tx *Tx) bulk(ctx context.Context, query string, rows any, args ...any) error {
	body, err := json.Marshal(rows)
	if err != nil || string(body) == "null" || string(body) == "[]" {
		return err
	}
	_, err = tx.conn.ExecContext(ctx, query, append([]any{tx.government(), string(body)}, args...)...)
	return err
}

// versionTotal is the sum of a version's lines.
const versionTotal = `(SELECT coalesce(sum(l.appropriation), 0)::bigint FROM budget_version_line l
	WHERE l.government_id = v.government_id AND l.budget_version_id = v.id)`

var versionList = list{
	columns: `v.id, v.agency_id, v.fiscal_year, v.kind, v.number, v.date, v.approval_number, v.approval_date, v.status, v.created_at,
		v.created_by, v.rewritten_by, v.locked_at, v.locked_by, v.version, ` + versionTotal + ` AS total`,
	from: `budget_version v`,
	fields: map[string]field{
		"id": {"v.id", ofUUID}, "fiscal_year": {"v.fiscal_year", ofInt}, "kind": {"v.kind", ofText},
		"number": {"v.number", ofText}, "date": {"v.date", ofDate}, "status": {"v.status", ofText}, "created_at": {"v.created_at", ofTime},
		"created_by": {"v.created_by", ofUUID}, "locked_at": {"coalesce(v.locked_at, 'infinity')", ofTime},
		"locked_by":       {"coalesce(v.locked_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"total":           {versionTotal, ofInt},
		"approval_number": {"v.approval_number", ofText}, "approval_date": {"coalesce(v.approval_date, 'infinity')", ofDate},
		"rewritten_by": {"coalesce(v.rewritten_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"v.number", "v.fiscal_year::text"},
	id:     field{"v.id", ofUUID},
	sort:   "-fiscal_year,-date",
}

// BudgetVersions lists budget documents without their lines.
func (tx *Tx) BudgetVersions(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[budget.Version], error) {
	return pageOf[budget.Version](ctx, tx, versionList, q, where("v.government_id = ?", tx.government()), where("v.agency_id = ?", agency))
}

// BudgetVersion gives a version with its lines in the order of the document.
func (tx *Tx) BudgetVersion(ctx context.Context, agency, id uuid.UUID) (v budget.Version, err error) {
	if err = tx.one(ctx, &v, versionList, agency, "v", id); err != nil {
		return v, err
	}
	err = tx.all(ctx, &v.Lines, `SELECT sub_activity_code, sub_activity_name, account_code, account_name, fund_source, appropriation
		FROM budget_version_line WHERE government_id = $1 AND budget_version_id = $2 ORDER BY position`, tx.government(), id)
	return v, err
}

// one reads the row of a list by its id within an agency; a missing one is NotFound.
func (tx *Tx) one(ctx context.Context, dest any, l list, agency uuid.UUID, alias string, id uuid.UUID) error {
	return tx.get(ctx, dest, "SELECT "+l.columns+" FROM "+l.from+" WHERE "+alias+".government_id = $1 AND "+alias+".agency_id = $2 AND "+
		alias+".id = $3", tx.government(), agency, id)
}

// LockVersion marks v locked by the actor, unless it changed since it was read.
func (tx *Tx) LockVersion(ctx context.Context, v budget.Version) error {
	return tx.exec(ctx, `UPDATE budget_version SET status = 'locked', locked_at = $4, locked_by = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), v.ID, v.Version, tx.now, tx.act.Actor.User)
}

var lineList = list{
	columns: `l.id, l.agency_id, l.fiscal_year, l.sub_activity_code, l.sub_activity_name, l.account_code, l.account_name,
		l.fund_source, l.appropriation, l.available, l.reserved, l.committed, l.realised, l.version`,
	from: `budget_line l`,
	fields: map[string]field{
		"id": {"l.id", ofUUID}, "fiscal_year": {"l.fiscal_year", ofInt},
		"sub_activity_code": {"l.sub_activity_code", ofText}, "sub_activity_name": {"l.sub_activity_name", ofText},
		"account_code": {"l.account_code", ofText}, "account_name": {"l.account_name", ofText}, "fund_source": {"l.fund_source", ofText},
		"appropriation": {"l.appropriation", ofInt}, "available": {"l.available", ofInt}, "reserved": {"l.reserved", ofInt},
		"committed": {"l.committed", ofInt}, "realised": {"l.realised", ofInt},
	},
	search: []string{"l.sub_activity_code", "l.sub_activity_name", "l.account_code", "l.account_name", "l.fund_source"},
	id:     field{"l.id", ofUUID},
	sort:   "fiscal_year,sub_activity_code,account_code,fund_source",
}

// BudgetLines lists lines in force.
func (tx *Tx) BudgetLines(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[budget.Line], error) {
	return pageOf[budget.Line](ctx, tx, lineList, q, where("l.government_id = ?", tx.government()), where("l.agency_id = ?", agency))
}

// BudgetLine gives one line.
func (tx *Tx) BudgetLine(ctx context.Context, agency, id uuid.UUID) (l budget.Line, err error) {
	err = tx.one(ctx, &l, lineList, agency, "l", id)
	return l, err
}

// YearLines gives every line in force of the agency and year, and the year's locked versions, oldest first.
func (tx *Tx) YearLines(ctx context.Context, agency uuid.UUID, year int) (lines []budget.Line, locked []budget.Version, err error) {
	if err = tx.all(ctx, &lines, "SELECT "+lineList.columns+` FROM budget_line l
		WHERE l.government_id = $1 AND l.agency_id = $2 AND l.fiscal_year = $3 ORDER BY l.id`, tx.government(), agency, year); err != nil {
		return nil, nil, err
	}
	err = tx.all(ctx, &locked, "SELECT "+versionList.columns+` FROM budget_version v
		WHERE v.government_id = $1 AND v.agency_id = $2 AND v.fiscal_year = $3 AND v.status = 'locked' ORDER BY v.locked_at`,
		tx.government(), agency, year)
	return lines, locked, err
}

// BeginLines makes lines with empty accounts, and brings the names of existing ones up to the document.
func (tx *Tx) BeginLines(ctx context.Context, v budget.Version, begin []budget.Line) error {
	if err := tx.bulk(ctx, `INSERT INTO budget_line (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name,
			account_code, account_name, fund_source, created_at)
		SELECT $1, x.id, x.agency_id, x.fiscal_year, x.sub_activity_code, x.sub_activity_name, x.account_code, x.account_name, x.fund_source, $3
		FROM jsonb_to_recordset($2) AS x(id uuid, agency_id uuid, fiscal_year integer, sub_activity_code text, sub_activity_name text,
			account_code text, account_name text, fund_source text)`, begin, tx.now); err != nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE budget_line l SET sub_activity_name = d.sub_activity_name, account_name = d.account_name
		FROM budget_version_line d
		WHERE l.government_id = $1 AND d.government_id = $1 AND d.budget_version_id = $2 AND l.agency_id = $3 AND l.fiscal_year = $4
			AND (l.sub_activity_code, l.account_code, l.fund_source) = (d.sub_activity_code, d.account_code, d.fund_source)
			AND (l.sub_activity_name, l.account_name) <> (d.sub_activity_name, d.account_name)`,
		tx.government(), v.ID, v.AgencyID, v.FiscalYear)
	return err
}
