package db_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/db"
	"tayang/db/dbtest"
)

func connect(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

func column(t *testing.T, pool *sql.DB, query string) []string {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	out := []string{}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// schema describes every relation, column, constraint, function, policy and grant of the schema.
const schema = `
	SELECT format('relation %s %s rls %s', relkind, oid::regclass, relrowsecurity) FROM pg_class
		WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'goose_%'
	UNION ALL SELECT format('column %s.%s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, coalesce(attacl::text, ''))
		FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
		WHERE attnum > 0 AND NOT attisdropped AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%'
	UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
		WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'goose_%'
	UNION ALL SELECT format('function %s %s', oid::regprocedure, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
	UNION ALL SELECT format('policy %s %s %s', tablename, policyname, qual) FROM pg_policies
	UNION ALL SELECT format('grant %s %s %s', table_name, grantee, privilege_type) FROM information_schema.role_table_grants
		WHERE table_schema = 'public' AND grantee = 'tayang_app'
	ORDER BY 1`

func TestMigrationsGoUpDownAndUp(t *testing.T) {
	t.Parallel()
	owner := dbtest.Empty(t)
	pool := connect(t, owner)
	empty := column(t, pool, schema)
	up := func() {
		if err := db.MigrateUp(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
	}
	up()
	first := column(t, pool, schema)
	steps, err := db.MigrateStatus(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range slices.Backward(steps) {
		if !step.Applied {
			t.Errorf("%s is not applied", step.Name)
		}
		if err := db.MigrateDown(t.Context(), owner); err != nil {
			t.Fatalf("take back %s: %v", step.Name, err)
		}
	}
	if diff := cmp.Diff(empty, column(t, pool, schema)); diff != "" {
		t.Errorf("taking everything back leaves (-before +after):\n%s", diff)
	}
	up()
	if diff := cmp.Diff(first, column(t, pool, schema)); diff != "" {
		t.Errorf("the second time differs (-first +second):\n%s", diff)
	}
}

// TestWalls asks the catalogue for what breaks the rules of docs/decisions on tenants and roles.
func TestWalls(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	pool := connect(t, owner)
	for _, rule := range []struct{ name, offenders string }{
		{"every table belongs to a government", `SELECT c.relname FROM pg_class c
			WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%' AND c.relname <> 'tax_rate'
				AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'government_id' AND a.attnotnull)`},
		{"every table has row-level security and a policy", `SELECT c.relname FROM pg_class c
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'government_id'
			WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity
				AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
					AND pg_get_expr(p.polqual, p.polrelid) LIKE '%government_id = %tayang.government%'))`},
		{"the government leads every primary key, and is in every unique key", `SELECT i.indexrelid::regclass FROM pg_index i
			JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%' AND c.relname <> 'tax_rate'
			WHERE i.indisunique AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid
				AND a.attname = 'government_id' AND a.attnum = i.indkey[0])`},
		{"the law's table of rates is read only", `SELECT p FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
			WHERE has_table_privilege('tayang_app', 'tax_rate', p)`},
		{"foreign keys stay inside a government", `SELECT conname FROM pg_constraint
			WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_attribute a
				WHERE a.attrelid = conrelid AND a.attname = 'government_id' AND a.attnum = conkey[1])`},
		{"the program owns nothing and passes no wall", `SELECT rolname FROM pg_roles WHERE rolname = 'tayang_app'
			AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole)
			UNION ALL SELECT relname FROM pg_class WHERE relowner = 'tayang_app'::regrole`},
		{"the program deletes only where a policy says that it is a draft", `SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants g
			WHERE grantee IN ('tayang_app', 'PUBLIC') AND table_schema = 'public' AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE')
				AND NOT (privilege_type = 'DELETE' AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = g.table_name
					AND p.policyname = 'draft_only' AND p.permissive = 'RESTRICTIVE' AND p.cmd = 'DELETE' AND p.qual LIKE '%draft%'))`},
		{"the program neither writes nor changes entries", `SELECT p FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
			WHERE has_table_privilege('tayang_app', 'ledger_entry', p)`},
		{"the program writes the trail through its triggers only, and changes nothing in it", `SELECT t || ' ' || p
			FROM unnest(ARRAY['audit_event', 'audit_seal', 'audit_key']) t, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
			WHERE has_table_privilege('tayang_app', t, p) AND NOT (p = 'INSERT' AND t <> 'audit_event')`},
		{"every change of a row is recorded, and no table can be emptied", `SELECT c.relname FROM pg_class c
			WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%'
				AND c.relname NOT IN ('idempotency', 'audit_event', 'audit_seal', 'placement_address', 'vendor_sign', 'picture', 'picture_key', 'picture_match', 'proof_inspection')
				AND (SELECT bit_or(t.tgtype) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled = 'O'
					AND t.tgfoid IN ('record_change'::regproc, 'record_rate_change'::regproc, 'refuse_truncate'::regproc)) & 60 <> 60`},
		{"the trail calls every row by a key that no other row has", `SELECT t.tgrelid::regclass FROM pg_trigger t
			WHERE t.tgfoid = 'record_change'::regproc AND t.tgname = 'trail' AND NOT EXISTS (SELECT FROM pg_index i
				WHERE i.indrelid = t.tgrelid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
					AND (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey))
						<@ ARRAY['government_id', rtrim(encode(t.tgargs, 'escape'), '\\000')])`},
		{"no column of the ledger is open", `SELECT column_name || ' ' || privilege_type FROM information_schema.column_privileges
			WHERE grantee IN ('tayang_app', 'PUBLIC') AND table_name = 'ledger_entry' AND privilege_type <> 'SELECT'`},
		{"the program reaches no balance", `SELECT column_name || ' ' || privilege_type FROM information_schema.column_privileges
			WHERE grantee IN ('tayang_app', 'PUBLIC') AND table_name = 'budget_line' AND privilege_type <> 'SELECT'
				AND column_name IN ('appropriation', 'available', 'reserved', 'committed', 'realised')`},
		{"functions with the owner's rights fix their search path and are not for everybody", `SELECT proname FROM pg_proc
			WHERE prosecdef AND pronamespace = 'public'::regnamespace
				AND (NOT 'search_path=public, pg_temp' = ANY (coalesce(proconfig, '{}')) OR has_function_privilege('public', oid, 'EXECUTE'))`},
	} {
		if offenders := column(t, pool, rule.offenders); len(offenders) > 0 {
			t.Errorf("%s, except: %s", rule.name, strings.Join(offenders, ", "))
		}
	}
}

// office is one government with an agency and two budget lines, seen by the program's own role.
type office struct {
	app                      *sql.DB
	government, agency, user uuid.UUID
	line, other              uuid.UUID
}

func newOffice(t *testing.T) office {
	t.Helper()
	_, app := dbtest.DSNs(t)
	o := office{app: connect(t, app), government: uuid.New(), agency: uuid.New(), user: uuid.New(), line: uuid.New(), other: uuid.New()}
	if err := o.do(t.Context(), o.government,
		`INSERT INTO government (government_id, name, created_at) VALUES ('`+o.government.String()+`', 'Contoh', now())`,
		`INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at)
			VALUES ('`+o.government.String()+`', '`+o.agency.String()+`', 'A', 'A', 'apbd', 'IDR', now())`,
		o.insertLine(o.line, "1"), o.insertLine(o.other, "2"),
		o.post(move{o.line, "appropriate", "appropriation", "available", 100}),
	); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o office) insertLine(id uuid.UUID, code string) string {
	return fmt.Sprintf(`INSERT INTO budget_line (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name,
		account_code, account_name, fund_source, created_at) VALUES ('%s', '%s', '%s', 2026, '%s', 's', 'a', 'a', 'PAD', now())`,
		o.government, id, o.agency, code)
}

type move struct {
	line           uuid.UUID
	kind, from, to string
	amount         int64
}

func (o office) post(moves ...move) string {
	entries := []map[string]any{}
	for _, m := range moves {
		entries = append(entries, map[string]any{
			"budget_line_id": m.line, "kind": m.kind, "from": m.from, "to": m.to, "amount": m.amount,
			"effective_on": "2026-01-02", "document_type": "agreement", "document_id": uuid.New(), "document_number": "1",
		})
	}
	text, err := json.Marshal(entries)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`SELECT post_entries('%s', '%s', '%s', now(), '%s')`, o.government, o.agency, o.user, text)
}

// do runs the statements in one transaction inside the government's walls.
func (o office) do(ctx context.Context, government uuid.UUID, statements ...string) error {
	tx, err := o.app.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, s := range append([]string{"SET LOCAL tayang.government = '" + government.String() + "'"}, statements...) {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return tx.Commit()
}

func refusal(err error) (code, constraint string) {
	var pe *pq.Error
	if errors.As(err, &pe) {
		return string(pe.Code), pe.Constraint
	}
	return "", ""
}

func TestMoneyMovesOnlyThroughTheFunction(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reserve := func(line uuid.UUID, amount int64) move { return move{line, "reserve", "available", "reserved", amount} }
	for _, c := range []struct{ name, statement, code, constraint string }{
		{"insert an entry", `INSERT INTO ledger_entry (government_id) VALUES ('` + o.government.String() + `')`, "42501", ""},
		{"change an entry", "UPDATE ledger_entry SET amount = 1", "42501", ""},
		{"delete an entry", "DELETE FROM ledger_entry", "42501", ""},
		{"raise a balance", "UPDATE budget_line SET available = available + 1, appropriation = appropriation + 1", "42501", ""},
		{"begin with money", `INSERT INTO budget_line (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name,
			account_code, account_name, fund_source, created_at, available, appropriation)
			SELECT government_id, gen_random_uuid(), agency_id, 2027, '1', '1', '1', '1', '1', now(), 5, 5 FROM budget_line LIMIT 1`, "42501", ""},
		{"drop the walls", "ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY", "42501", ""},
		{"beyond the ceiling", o.post(reserve(o.line, 101)), "23514", "budget_line_ceiling"},
		{"beyond the ceiling in two steps", o.post(reserve(o.line, 60), reserve(o.line, 41)), "23514", "budget_line_ceiling"},
		{"an empty line beside a full one", o.post(reserve(o.line, 1), reserve(o.other, 1)), "23514", "budget_line_ceiling"},
		{"no such line", o.post(reserve(uuid.New(), 1)), "23514", "budget_line_missing"},
		{"nothing", o.post(reserve(o.line, 0)), "23514", "ledger_entry_amount_positive"},
		{"less than nothing", o.post(reserve(o.line, -1)), "23514", "ledger_entry_amount_positive"},
		{"a move that does not exist", o.post(move{o.line, "realise", "available", "realised", 1}), "23514", "ledger_entry_move_known"},
		{"an account that does not exist", o.post(move{o.line, "reserve", "pocket", "available", 1}), "23514", ""},
	} {
		err := o.do(t.Context(), o.government, c.statement)
		if code, constraint := refusal(err); code != c.code || c.constraint != "" && constraint != c.constraint {
			t.Errorf("%s: got %v, want %s %s", c.name, err, c.code, c.constraint)
		}
	}
	if err := o.do(t.Context(), uuid.New(), o.post(reserve(o.line, 1))); err == nil {
		t.Error("another government moved money")
	}
	if err := o.do(t.Context(), o.government, o.post(reserve(o.line, 60), move{o.line, "commit", "reserved", "committed", 25})); err != nil {
		t.Fatal(err)
	}
	owner := o.balances(t)
	if want := "100 40 35 25 0"; owner != want {
		t.Errorf("balances %s, want %s", owner, want)
	}
}

func (o office) balances(t *testing.T) string {
	t.Helper()
	tx, err := o.app.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), "SET LOCAL tayang.government = '"+o.government.String()+"'"); err != nil {
		t.Fatal(err)
	}
	var out string
	if err := tx.QueryRowContext(t.Context(), `SELECT concat_ws(' ', appropriation, available, reserved, committed, realised)
		FROM budget_line WHERE government_id = $1 AND id = $2`, o.government, o.line).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRefusalNamesLineAndFigures(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	err := o.do(t.Context(), o.government, o.post(move{o.line, "reserve", "available", "reserved", 101}))
	var pe *pq.Error
	if !errors.As(err, &pe) {
		t.Fatalf("got %v, want a refusal", err)
	}
	want := fmt.Sprintf(`{"line": "1 / a", "available": 100, "requested": 101, "budget_line_id": "%s"}`, o.line)
	if pe.Detail != want {
		t.Errorf("detail %s, want %s", pe.Detail, want)
	}
}

func TestOtherGovernmentsAreInvisible(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if lines := column(t, o.app, "SELECT id FROM budget_line"); len(lines) > 0 {
		t.Errorf("without a government %d lines are visible", len(lines))
	}
	err := o.do(t.Context(), uuid.New(), o.insertLine(uuid.New(), "3"))
	if code, _ := refusal(err); code != "42501" {
		t.Errorf("a row for another government: %v, want 42501", err)
	}
}
