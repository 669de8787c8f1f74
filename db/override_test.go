package db_test

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"tayang/db/dbtest"
)

// departure is an override in a government of its own, written past the program by the owner of the tables.
type departure struct {
	owner, app               *sql.DB
	government, agency, user uuid.UUID
}

func newDeparture(t *testing.T) departure {
	t.Helper()
	ownerDSN, appDSN := dbtest.DSNs(t)
	d := departure{connect(t, ownerDSN), connect(t, appDSN), uuid.New(), uuid.New(), uuid.New()}
	for _, s := range []string{
		`INSERT INTO government (government_id, name, created_at) VALUES ('%[1]s', 'Contoh', now())`,
		`INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at) VALUES ('%[1]s', '%[2]s', 'A', 'A', 'apbd', 'IDR', now())`,
	} {
		d.must(t, s)
	}
	return d
}

func (d departure) exec(t *testing.T, pool *sql.DB, statement string) error {
	t.Helper()
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), fmt.Sprintf(`SET LOCAL tayang.government = '%s'`, d.government)); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), fmt.Sprintf(statement, d.government, d.agency, d.user)); err != nil {
		return err
	}
	return tx.Commit()
}

func (d departure) must(t *testing.T, statement string) {
	t.Helper()
	if err := d.exec(t, d.owner, statement+` /* %[1]s %[2]s %[3]s */`); err != nil {
		t.Fatal(err)
	}
}

func (d departure) insert(t *testing.T, columns, values string) error {
	t.Helper()
	return d.exec(t, d.owner, `INSERT INTO override (government_id, id, agency_id, reason, created_at, created_by, `+columns+`)
		VALUES ('%[1]s', gen_random_uuid(), '%[2]s', 'sebab', now(), '%[3]s', `+values+`)`)
}

// TestDatabaseRefusesOwnApproval: not even the owner of the tables lets somebody decide on what he asked for.
func TestDatabaseRefusesOwnApproval(t *testing.T) {
	t.Parallel()
	d := newDeparture(t)
	if err := d.insert(t, "kind, subject", `'tolerance', '{}'`); err != nil {
		t.Fatal(err)
	}
	own := `UPDATE override SET status = 'approved', decided_at = now(), decided_by = '%[3]s' WHERE government_id = '%[1]s' /* %[2]s */`
	other := `UPDATE override SET status = 'approved', decided_at = now(), decided_by = '%[2]s' WHERE government_id = '%[1]s' /* %[3]s */`
	for name, c := range map[string]struct {
		pool             *sql.DB
		statement        string
		code, constraint string
	}{
		"by the owner":         {d.owner, own, "23514", "override_not_decided_by_author"},
		"by the program":       {d.app, own, "23514", "override_not_decided_by_author"},
		"by nobody":            {d.app, `UPDATE override SET status = 'approved' WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "23514", "override_decided_by_someone"},
		"another author":       {d.app, `UPDATE override SET created_by = '%[2]s' WHERE government_id = '%[1]s' /* %[3]s */`, "42501", ""},
		"another subject":      {d.app, `UPDATE override SET subject = '{"amount": 9}' WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "42501", ""},
		"longer":               {d.app, `UPDATE override SET valid_until = '2030-01-01' WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "42501", ""},
		"without trace":        {d.app, `DELETE FROM override WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "42501", ""},
		"a use that was not":   {d.app, `UPDATE override_use SET amount = 0 WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "42501", ""},
		"a role of yesterday":  {d.app, `UPDATE user_role SET role = 'head' WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "42501", ""},
		"a role that vanishes": {d.app, `DELETE FROM user_role WHERE government_id = '%[1]s' /* %[2]s %[3]s */`, "42501", ""},
	} {
		if code, constraint := refusal(d.exec(t, c.pool, c.statement)); code != c.code || constraint != c.constraint && c.constraint != "" {
			t.Errorf("%s: %s %s, want %s %s", name, code, constraint, c.code, c.constraint)
		}
	}
	if err := d.exec(t, d.app, other); err != nil {
		t.Errorf("another person: %v", err)
	}
	if _, constraint := refusal(d.insert(t, "kind, subject", `'acting', '{"email": "a@b.test"}'`)); constraint != "override_acting_expires" {
		t.Errorf("acting for ever: %s", constraint)
	}
}

// TestLedgerFindsWhatIsInForce holds what is stored against the function that post_entries asks.
func TestLedgerFindsWhatIsInForce(t *testing.T) {
	t.Parallel()
	d := newDeparture(t)
	const columns, decided = "kind, subject, valid_until, status, decided_at, decided_by", `, 'approved', now(), gen_random_uuid()`
	for _, values := range []string{
		`'period_reopen', '{"month": "2026-03"}', NULL` + decided,
		`'period_reopen', '{"month": "2026-04"}', NULL, 'requested', NULL, NULL`,
		`'back_date', '{"month": "2026-04", "document_number": "SP2D/9"}', '2026-05-31'` + decided,
		`'check_mode', '{"check": "budget", "document_type": "payment", "mode": "warn"}', NULL` + decided,
	} {
		if err := d.insert(t, columns, values); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []struct {
		kind, subject, on string
		want              bool
	}{
		{"period_reopen", `{"month": "2026-03"}`, "2026-11-24", true},
		{"period_reopen", `{"month": "2026-04"}`, "2026-11-24", false},
		{"back_date", `{"month": "2026-04", "document_number": "SP2D/9"}`, "2026-05-31", true},
		{"back_date", `{"month": "2026-04", "document_number": "SP2D/9"}`, "2026-06-01", false},
		{"back_date", `{"month": "2026-04", "document_number": "SP2D/8"}`, "2026-05-31", false},
		{"check_mode", `{"check": "budget", "document_type": "payment", "mode": "warn"}`, "2026-11-24", true},
		{"check_mode", `{"check": "budget", "document_type": "agreement", "mode": "warn"}`, "2026-11-24", false},
	} {
		var got bool
		if err := d.owner.QueryRowContext(t.Context(), `SELECT override_in_force($1, $2, $3, $4, $5) IS NOT NULL`,
			d.government, d.agency, q.kind, q.subject, q.on).Scan(&got); err != nil || got != q.want {
			t.Errorf("%s %s on %s: %v, %v", q.kind, q.subject, q.on, got, err)
		}
	}
}
