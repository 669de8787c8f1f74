package db

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/report"
)

// runProgress is in per cent.
const runProgress = "(CASE WHEN r.status = 'done' THEN 100 WHEN r.rows_total = 0 THEN 0 ELSE least(99, r.rows_done * 100 / r.rows_total) END)::integer"

var reportRunList = list{
	columns: `r.id, r.agency_id, r.kind, r.fiscal_year, r.from_date, r.to_date, r.language, r.status, r.rows_done, r.rows_total,
		` + runProgress + ` AS progress,
		r.as_of, r.sha256, r.size, r.agrees, r.error, r.attempts, r.created_at, r.created_by, r.started_at, r.finished_at, r.version,
		r.record, r.person`,
	from: `report_run r`,
	fields: map[string]field{
		"kind": {"r.kind", ofText}, "fiscal_year": {"r.fiscal_year", ofInt}, "language": {"r.language", ofText},
		"status": {"r.status", ofText}, "created_at": {"r.created_at", ofTime}, "created_by": {"r.created_by", ofUUID},
		"sha256": {"r.sha256", ofText},
		"id":     {"r.id", ofUUID}, "from": {"coalesce(r.from_date, 'infinity')", ofDate},
		"to": {"coalesce(r.to_date, 'infinity')", ofDate}, "rows_done": {"r.rows_done", ofInt},
		"rows_total": {"r.rows_total", ofInt}, "as_of": {"coalesce(r.as_of, 'infinity')", ofTime},
		"size": {"r.size", ofInt}, "agrees": {"coalesce(r.agrees::text, '')", ofText}, "error": {"r.error", ofText},
		"started_at":  {"coalesce(r.started_at, 'infinity')", ofTime},
		"finished_at": {"coalesce(r.finished_at, 'infinity')", ofTime}, "progress": {runProgress, ofInt},
	},
	search: []string{"r.kind", "r.fiscal_year::text", "r.sha256"},
	id:     field{"r.id", ofUUID},
	sort:   "-",
}

// InsertReportRun puts a new run into the queue, to be taken at once.
func (tx *Tx) InsertReportRun(ctx context.Context, r report.Run) error {
	return tx.exec(ctx, `INSERT INTO report_run (government_id, id, agency_id, kind, fiscal_year, from_date, to_date, language,
			due_at, created_at, created_by, record, person)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12)`,
		tx.government(), r.ID, r.AgencyID, r.Kind, r.FiscalYear, r.From, r.To, r.Language, tx.now, r.CreatedBy, r.Record, r.Person)
}

// ReportRun finds a run of the agency; NotFound when there is none.
func (tx *Tx) ReportRun(ctx context.Context, agency, id uuid.UUID) (r report.Run, err error) {
	err = tx.get(ctx, &r, `SELECT `+reportRunList.columns+` FROM report_run r
		WHERE r.government_id = $1 AND r.agency_id = $2 AND r.id = $3`, tx.government(), agency, id)
	return r, faultOf(err)
}

// ReportRuns lists the agency's runs, newest first.
func (tx *Tx) ReportRuns(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[report.Run], error) {
	return pageOf[report.Run](ctx, tx, reportRunList, q, where("r.government_id = ?", tx.government()), where("r.agency_id = ?", agency))
}

// CancelReportRun cancels a run that has not ended; wrong_state when it has.
func (tx *Tx) CancelReportRun(ctx context.Context, agency, id uuid.UUID) error {
	var status string
	if err := tx.get(ctx, &status, `SELECT status FROM report_run WHERE government_id = $1 AND agency_id = $2 AND id = $3 FOR UPDATE`,
		tx.government(), agency, id); err != nil {
		return faultOf(err)
	}
	if (report.Run{Status: report.Status(status)}).Ended() {
		return fault.WrongState(status, "cancel")
	}
	return tx.exec(ctx, `UPDATE report_run SET status = 'cancelled', lease = NULL, finished_at = $3, version = version + 1
		WHERE government_id = $1 AND id = $2`, tx.government(), id, tx.now)
}

// ClaimReportRun takes the run that waits longest, over all governments; see report.Queue.
func (s *Store) ClaimReportRun(ctx context.Context, lease uuid.UUID, now, until time.Time, attemptsMax int) (c report.Claim, ok bool, err error) {
	var found []struct {
		Government uuid.UUID `db:"government_id"`
		ID         uuid.UUID `db:"id"`
		User       uuid.UUID `db:"user_id"`
		Email      string    `db:"email"`
		Name       string    `db:"name"`
	}
	if err := s.once(ctx, access.Act{Verb: access.ReportMake}, "BEGIN", func(tx *Tx) error {
		return tx.all(ctx, &found, `SELECT government_id, id, user_id, email, name FROM claim_report_run($1, $2, $3, $4)`, lease, now, until, attemptsMax)
	}); err != nil || len(found) == 0 {
		return c, false, err
	}
	f := found[0]
	c = report.Claim{Lease: lease, Actor: access.Actor{Government: f.Government, User: f.User, Email: f.Email, Name: f.Name}}
	err = s.Read(ctx, c.Actor, func(tx *Tx) error {
		if c.Actor.Grants, err = tx.grants(ctx, f.User); err != nil {
			return err
		}
		return tx.get(ctx, &c.Run, `SELECT `+reportRunList.columns+` FROM report_run r WHERE r.government_id = $1 AND r.id = $2`,
			f.Government, f.ID)
	})
	return c, err == nil, err
}

// grants are the roles that a person has now: what his register of the trail may show. A role that was taken back, where
// roles are, does not count.
func (tx *Tx) grants(ctx context.Context, user uuid.UUID) (out []access.Grant, err error) {
	var rows []struct {
		Role   access.Role   `db:"role"`
		Agency uuid.NullUUID `db:"agency_id"`
	}
	err = tx.all(ctx, &rows, `SELECT r.role, r.agency_id FROM user_role r WHERE r.government_id = $1 AND r.user_id = $2
		AND to_jsonb(r) ->> 'revoked_at' IS NULL`, tx.government(), user)
	for _, r := range rows {
		out = append(out, access.Grant{Role: r.Role, Agency: r.Agency.UUID})
	}
	return out, err
}

// ReportProgress notes the rows of a claimed run and makes its lease longer.
func (s *Store) ReportProgress(ctx context.Context, c report.Claim, done, total int64, until time.Time) (bool, error) {
	return s.claimed(ctx, c, `rows_done = $4, rows_total = $5, due_at = $6`, done, total, until)
}

// FinishReportRun notes the workbook of a claimed run.
func (s *Store) FinishReportRun(ctx context.Context, c report.Claim, r report.Result, at time.Time) (bool, error) {
	return s.claimed(ctx, c, `status = 'done', lease = NULL, as_of = $4, sha256 = $5, size = $6, agrees = $7, rows_done = $8, rows_total = $8,
		finished_at = $9`, r.AsOf, r.SHA256, r.Size, r.Agrees, r.Rows, at)
}

// ReleaseReportRun gives a claimed run back, to be tried again from due on; tried is false when this was no real try.
func (s *Store) ReleaseReportRun(ctx context.Context, c report.Claim, due time.Time, tried bool) (bool, error) {
	return s.claimed(ctx, c, `status = 'queued', lease = NULL, due_at = $4, attempts = attempts - CASE WHEN $5 THEN 0 ELSE 1 END`, due, tried)
}

// FailReportRun ends a claimed run without a workbook.
func (s *Store) FailReportRun(ctx context.Context, c report.Claim, code string, at time.Time) (bool, error) {
	return s.claimed(ctx, c, `status = 'failed', lease = NULL, error = $4, finished_at = $5`, code, at)
}

// claimed changes a run while it is the claim's, in a transaction of its own; set uses arguments from $4 on.
func (s *Store) claimed(ctx context.Context, c report.Claim, set string, args ...any) (still bool, err error) {
	act := access.Act{Actor: c.Actor, Verb: access.ReportMake}
	err = s.InTx(ctx, act, func(tx *Tx) (any, error) {
		res, err := tx.conn.ExecContext(ctx, `UPDATE report_run SET `+set+`, version = version + 1
			WHERE government_id = $1 AND id = $2 AND lease = $3 AND status = 'running'`,
			append([]any{c.Actor.Government, c.Run.ID, c.Lease}, args...)...)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		still = n > 0
		return nil, err
	})
	return still, err
}

// Workbook is a workbook that was made, as a verification tells of it.
type Workbook struct {
	Agency     string    `db:"agency"`
	Kind       string    `db:"kind"`
	FiscalYear int       `db:"fiscal_year"`
	AsOf       time.Time `db:"as_of"`
	By         string    `db:"by"`
}

// WorkbooksOf finds the workbooks of a government that have the SHA-256.
func (s *Store) WorkbooksOf(ctx context.Context, government uuid.UUID, sum string) (found []Workbook, err error) {
	err = s.Read(ctx, access.Actor{Government: government}, func(tx *Tx) error {
		return tx.all(ctx, &found, `SELECT a.name AS agency, r.kind, r.fiscal_year, r.as_of, coalesce(u.name, '') AS by
			FROM report_run r JOIN agency a ON a.government_id = r.government_id AND a.id = r.agency_id
			LEFT JOIN user_account u ON u.government_id = r.government_id AND u.id = r.created_by
			WHERE r.government_id = $1 AND r.status = 'done' AND r.sha256 = $2 ORDER BY r.as_of`, government, sum)
	})
	return found, err
}
