// Package dbtest gives each test a database of its own on a real PostgreSQL: a clone of one migrated template. All test
// processes share one server, which is TEST_DATABASE_URL or a private cluster in the user's cache folder. It makes no
// rows: those belong to the tests.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"testing"

	"tayang/db"
)

// New opens a store on a fresh, migrated, empty database, as the program's own role. The database is dropped when the
// test has ended.
func New(t testing.TB) *db.Store {
	t.Helper()
	_, app := DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close test database: %v", err)
		}
	})
	return store
}

// DSNs makes a fresh, migrated, empty database and gives the lib/pq connection strings of the role that owns the schema
// and of the program's own role. The database is dropped when the test has ended.
func DSNs(t testing.TB) (owner, app string) {
	t.Helper()
	s := server(t)
	name := databaseName()
	if _, err := s.admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+s.template); err != nil {
		t.Fatalf("clone test database: %v", err)
	}
	t.Cleanup(func() { drop(t, s.admin, name) })
	return s.owner(name), s.app(name)
}

// Empty makes a database without any schema, for tests of the migrations themselves, and gives its owner's connection
// string.
func Empty(t testing.TB) (owner string) {
	t.Helper()
	s := server(t)
	name := databaseName()
	if _, err := s.admin.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatalf("make test database: %v", err)
	}
	t.Cleanup(func() { drop(t, s.admin, name) })
	return s.owner(name)
}

func server(t testing.TB) *shared {
	t.Helper()
	s, err := sharedServer()
	if err != nil {
		t.Fatalf("test PostgreSQL: %v", err)
	}
	return s
}

func drop(t testing.TB, admin *sql.DB, name string) {
	if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		t.Errorf("drop test database: %v", err)
	}
}

// databaseName carries the process's number, so that what a killed test left behind can be told and dropped.
func databaseName() string {
	var random [6]byte
	_, _ = rand.Read(random[:]) // never fails
	return fmt.Sprintf("test_%d_%s", os.Getpid(), hex.EncodeToString(random[:]))
}
