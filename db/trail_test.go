package db_test

import (
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/google/uuid"

	"tayang/db/dbtest"
)

// event is what a test looks at of an event of the trail.
type event struct {
	Seq     int64           `json:"seq"`
	Actor   *string         `json:"actor"`
	Agency  *string         `json:"agency"`
	Verb    string          `json:"verb"`
	Reason  string          `json:"reason"`
	Request string          `json:"request"`
	Table   string          `json:"table"`
	Row     string          `json:"row"`
	Op      string          `json:"op"`
	Old     map[string]any  `json:"old"`
	New     map[string]any  `json:"new"`
	Outside json.RawMessage `json:"outside"`
}

func lastEvent(t *testing.T, owner *sql.DB, row string) (e event) {
	t.Helper()
	var text string
	if err := owner.QueryRowContext(t.Context(), `SELECT event FROM audit_event WHERE row_id = $1 ORDER BY seq DESC LIMIT 1`, row).Scan(&text); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return e
}

func TestEveryChangeIsAnEvent(t *testing.T) {
	t.Parallel()
	dsn, _ := dbtest.DSNs(t)
	owner := connect(t, dsn)
	government, agency, user := uuid.NewString(), uuid.NewString(), uuid.NewString()
	acts := func(verb string, statements ...string) {
		t.Helper()
		tx, err := owner.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		for _, s := range append([]string{"SET LOCAL tayang.actor = '" + user + "'", "SET LOCAL tayang.verb = '" + verb + "'",
			"SET LOCAL tayang.reason = 'sebab'", "SET LOCAL tayang.request = 'r-1'"}, statements...) {
			if _, err := tx.ExecContext(t.Context(), s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	acts("agency.write", `INSERT INTO government (government_id, name, created_at) VALUES ('`+government+`', 'Contoh', now())`,
		`INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at) VALUES ('`+government+`', '`+agency+`', 'A', 'Lama', 'apbd', 'IDR', now())`)
	acts("agency.write", `UPDATE agency SET name = 'Baru'`)
	e := lastEvent(t, owner, agency)
	if e.Op != "update" || e.Actor == nil || *e.Actor != user || e.Verb != "agency.write" || e.Reason != "sebab" || e.Request != "r-1" || string(e.Outside) != "null" {
		t.Errorf("who, what and why: %+v", e)
	}
	if len(e.Old) != 1 || e.Old["name"] != "Lama" || e.New["name"] != "Baru" || e.New["code"] != "A" {
		t.Errorf("the old value and the whole new row: %v %v", e.Old, e.New)
	}
	before := e.Seq
	acts("agency.write", `UPDATE agency SET name = name`)
	if e = lastEvent(t, owner, agency); e.Seq != before {
		t.Errorf("nothing changed, and an event says so: %+v", e)
	}
	if _, err := owner.ExecContext(t.Context(), `UPDATE agency SET name = 'Diam-diam'`); err != nil {
		t.Fatal(err)
	}
	if e = lastEvent(t, owner, agency); e.Actor != nil || e.Verb != "outside" || string(e.Outside) == "null" {
		t.Errorf("a change past the program: %+v", e)
	}
	if _, err := owner.ExecContext(t.Context(), `DELETE FROM agency`); err != nil {
		t.Fatal(err)
	}
	if e = lastEvent(t, owner, agency); e.Op != "delete" || e.New != nil || e.Old["name"] != "Diam-diam" {
		t.Errorf("what was deleted is kept: %+v", e)
	}
	if code, _ := refusal(func() error { _, err := owner.ExecContext(t.Context(), `TRUNCATE audit_event`); return err }()); code != "42501" {
		t.Errorf("the trail was emptied: %s", code)
	}
}

func TestSecretsAreKeptByTheirHash(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	user := uuid.New()
	if err := o.do(t.Context(), o.government, `INSERT INTO user_account (government_id, id, email, name, password_hash, created_at)
		VALUES ('`+o.government.String()+`', '`+user.String()+`', 'a@b.test', 'A', 'rahasia', now())`); err != nil {
		t.Fatal(err)
	}
	var events []string
	if err := o.do(t.Context(), o.government); err != nil {
		t.Fatal(err)
	}
	tx, err := o.app.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), "SET LOCAL tayang.government = '"+o.government.String()+"'"); err != nil {
		t.Fatal(err)
	}
	rows, err := tx.QueryContext(t.Context(), `SELECT event FROM audit_event WHERE row_id = $1`, user.String())
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		events = append(events, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	var e event
	if len(events) != 1 || json.Unmarshal([]byte(events[0]), &e) != nil || e.New["password_hash"] == "rahasia" || len(e.New["password_hash"].(string)) != 64 {
		t.Errorf("the trail knows the password's hash: %v", events)
	}
}
