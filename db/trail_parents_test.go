package db_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/trail"
	"tayang/db/dbtest"
)

// paged are the tables whose records have a page with a history.
func paged() []string {
	return []string{
		"agreement", "budget_line", "budget_version", "campaign", "cash_plan_document", "cooperation_list", "debt_recognition", "invoice",
		"outlet", "override", "owner_group", "payment", "placement", "social_account", "vendor",
	}
}

// links are, by audited table, its columns that point at a record with a page, and whose.
func links(t *testing.T, pool *sql.DB) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for _, row := range column(t, pool, `SELECT t.relname || ' ' || a.attname || ' ' || k.confrelid::regclass FROM (`+auditedTables+`) t
		JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (k.conkey) AND a.attname <> 'government_id' AND a.attname <> 'agency_id'
		WHERE k.confrelid::regclass::text = ANY ('{`+strings.Join(paged(), ",")+`}')`) {
		f := strings.Fields(row)
		if out[f[0]] == nil {
			out[f[0]] = map[string]string{}
		}
		out[f[0]][f[1]] = f[2]
	}
	return out
}

// parentOf records a row with the image and gives the id under which the trail finds it; nothing of it stays.
func parentOf(t *testing.T, pool *sql.DB, table, op string, image trail.Image) string {
	t.Helper()
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	side := "new"
	if op == "delete" {
		side = "old"
	}
	text, err := json.Marshal(map[string]any{side: image})
	if err != nil {
		t.Fatal(err)
	}
	var id sql.NullString
	if err := tx.QueryRowContext(t.Context(), `INSERT INTO audit_event (government_id, seq, recorded_at, verb, table_name, row_id, op, outside, event)
		VALUES (gen_random_uuid(), 1, now(), 'x', $1, 'x', $2, false, $3) RETURNING parent_id`, table, op, string(text)).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id.String
}

// TestEveryRowIsFoundBelowItsRecord asks the catalogue for every audited table that points at a record with a page and has
// none itself: its rows must stand in the history of one such record, the same in words and in the database.
func TestEveryRowIsFoundBelowItsRecord(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	pool := connect(t, owner)
	elsewhere := map[string]string{"ledger_entry": "the page of a budget line lists its entries, of which there are as many as documents"}
	all := links(t, pool)
	for _, table := range slices.Sorted(maps.Keys(all)) {
		image, nouns := trail.Image{}, map[string]string{}
		for name, noun := range all[table] {
			id := uuid.NewString()
			image[name], nouns[id] = id, noun
		}
		inWords, id := trail.Event{Table: table, Op: trail.Insert, New: image}.Parent()
		switch {
		case elsewhere[table] != "":
			continue
		case slices.Contains(paged(), table) && id == "":
			continue // it has a history of its own
		case id == "":
			t.Errorf("%s points at %v and is in the history of none: name its parent in app/trail and by trail_child", table, all[table])
		case nouns[id] != inWords:
			t.Errorf("%s is told as part of the %s %s, which is a %s", table, inWords, id, nouns[id])
		}
		for _, op := range []string{"insert", "baseline", "delete"} {
			if got := parentOf(t, pool, table, op, image); got != id {
				t.Errorf("%s by %s: the database finds it below %q (%s), words say %q", table, op, got, nouns[got], id)
			}
		}
	}
	if len(all) < 30 {
		t.Errorf("only %d tables looked at", len(all))
	}
}

func TestAResultIsToldWhereItWasFound(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	pool := connect(t, owner)
	for _, c := range []struct{ outlet, account, want, noun string }{
		{"o", "", "o", "outlet"}, {"", "a", "a", "social_account"}, {"", "", "v", "vendor"},
	} {
		image := trail.Image{"vendor_id": "v", "outlet_id": nil, "social_account_id": nil}
		if c.outlet != "" {
			image["outlet_id"] = c.outlet
		}
		if c.account != "" {
			image["social_account_id"] = c.account
		}
		noun, id := trail.Event{Table: "requirement_result", Op: trail.Insert, New: image}.Parent()
		if got := parentOf(t, pool, "requirement_result", "insert", image); got != c.want || id != c.want || noun != c.noun {
			t.Errorf("%v: %s by the database, %s %s in words", c, got, noun, id)
		}
	}
}

// TestTheRegistrysIndexKnowsItsTables: the index of the registry's events serves only who asks for no other tables.
func TestTheRegistrysIndexKnowsItsTables(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	pool := connect(t, owner)
	predicate := column(t, pool, `SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = 'audit_event_registry'::regclass`)[0]
	var known []string
	for _, m := range regexp.MustCompile(`'(\w+)'`).FindAllStringSubmatch(predicate, -1) {
		known = append(known, m[1])
	}
	slices.Sort(known)
	if diff := cmp.Diff(trail.Registry(), known); diff != "" {
		t.Error(diff)
	}
	array, err := pq.StringArray(trail.Registry()).Value()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, c := range []struct{ cond, index string }{
		{fmt.Sprintf("e.agency_id IS NULL AND e.table_name = ANY ('%s')", array), "audit_event_registry"},
		{"(e.row_id = 'x' OR e.parent_id = 'x')", "audit_event_parent"},
	} {
		var plan strings.Builder
		if _, err := conn.ExecContext(t.Context(), "SET enable_seqscan = off"); err != nil {
			t.Fatal(err)
		}
		rows, err := conn.QueryContext(t.Context(), `EXPLAIN SELECT FROM audit_event e WHERE e.government_id = gen_random_uuid() AND `+c.cond+` ORDER BY e.seq LIMIT 10`)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			plan.WriteString(line + "\n")
		}
		if err := rows.Err(); err != nil || !strings.Contains(plan.String(), c.index) {
			t.Errorf("%s is not found by %s: %v\n%s", c.cond, c.index, err, &plan)
		}
	}
}
