package db_test

import (
	"database/sql"
	"fmt"
	"testing"

	"tayang/db"
	"tayang/db/dbtest"
	"tayang/db/sample"
)

func connection(t *testing.T, s *db.Store) *sql.Conn {
	t.Helper()
	conn, err := db.Pool(s).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func kept(t *testing.T, conn *sql.Conn) (n int) {
	t.Helper()
	if err := conn.QueryRowContext(t.Context(), "SELECT count(*) FROM pg_prepared_statements").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStatementsAreKept(t *testing.T) {
	t.Parallel()
	conn := connection(t, dbtest.New(t))
	plus := func(i int) {
		var sum int
		if err := conn.QueryRowContext(t.Context(), fmt.Sprintf("SELECT $1::integer + %d", i), 1).Scan(&sum); err != nil || sum != i+1 {
			t.Fatalf("1 + %d = %d, %v", i, sum, err)
		}
	}
	for range 3 {
		plus(0)
	}
	if n := kept(t, conn); n != 1 {
		t.Errorf("one statement, three times: %d kept", n)
	}
	for i := range 200 {
		plus(i)
		plus(0)
	}
	if n := kept(t, conn); n != 64 {
		t.Errorf("200 statements: %d kept, want 64", n)
	}
	if _, err := conn.ExecContext(t.Context(), "SELECT $1::integer / 0", 1); err == nil {
		t.Error("division by zero passed")
	}
	plus(0)
}

// A schema that changes under the program costs one failed statement, not the connection.
func TestKeptStatementOutlivesItsPlan(t *testing.T) {
	t.Parallel()
	owner, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	people, err := sample.Begin(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	find := func() error {
		return store.Read(t.Context(), people["staff@contoh.go.id"], func(tx *db.Tx) error {
			_, err := tx.AgencyByCode(t.Context(), sample.Kominfo)
			return err
		})
	}
	if err := find(); err != nil {
		t.Fatal(err)
	}
	if _, err := connect(t, owner).ExecContext(t.Context(), "ALTER TABLE agency ALTER COLUMN name TYPE varchar(200)"); err != nil {
		t.Fatal(err)
	}
	if err := find(); err == nil {
		t.Error("the plan did not notice the new type; the test tests nothing")
	}
	if err := find(); err != nil {
		t.Errorf("after the schema changed: %v", err)
	}
}
