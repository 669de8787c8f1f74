package dbtest_test

import (
	"testing"
	"time"

	"tayang/db/dbtest"
)

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	ownerA, appA := dbtest.DSNs(t)
	ownerB, appB := dbtest.DSNs(t)
	if ownerA == ownerB || appA == appB || ownerA == appA {
		t.Errorf("connection strings are shared: %q %q %q %q", ownerA, appA, ownerB, appB)
	}
	if err := dbtest.New(t).Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCloneIsFast(t *testing.T) {
	dbtest.DSNs(t) // the first one may start the server and migrate the template
	fastest := time.Hour
	for range 5 {
		began := time.Now()
		dbtest.DSNs(t)
		fastest = min(fastest, time.Since(began))
	}
	t.Logf("clone in %s", fastest)
	if fastest > 200*time.Millisecond {
		t.Errorf("clone in %s, want at most 200 ms", fastest)
	}
}
