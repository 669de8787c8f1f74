package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/audit"
	"tayang/app/fault"
	"tayang/db"
	"tayang/db/dbtest"
	"tayang/db/keyring"
)

// sealing is a store with a sealer and the keys of its logs.
type sealing struct {
	office
	store  *db.Store
	owner  *sql.DB
	keys   keyring.Directory
	sealer *audit.Sealer
}

func newSealing(t *testing.T) *sealing {
	t.Helper()
	dsn, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s := &sealing{store: store, owner: connect(t, dsn), keys: keyring.Open(filepath.Join(t.TempDir(), "keys"))}
	s.office = office{app: connect(t, app), government: uuid.New(), agency: uuid.New(), user: uuid.New()}
	s.sealer = s.another()
	s.write(t, s.app, `INSERT INTO government (government_id, name, created_at) VALUES ('`+s.government.String()+`', 'Contoh', now())`)
	return s
}

func (s *sealing) another() *audit.Sealer {
	return audit.NewSealer(s.store, s.keys, time.Now, slog.New(slog.DiscardHandler))
}

// write does a statement as somebody inside the program.
func (s *sealing) write(t *testing.T, on *sql.DB, statement string) {
	t.Helper()
	tx := s.begin(t, on, statement)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (s *sealing) begin(t *testing.T, on *sql.DB, statement string) *sql.Tx {
	t.Helper()
	tx, err := on.BeginTx(context.WithoutCancel(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	for _, q := range []string{"SET LOCAL tayang.government = '" + s.government.String() + "'", "SET LOCAL tayang.actor = '" + s.user.String() + "'", statement} {
		if _, err := tx.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	return tx
}

func (s *sealing) vendor() string {
	return `INSERT INTO vendor (government_id, id, kind, legal_name, created_at, created_by) VALUES ('` + s.government.String() + `', '` +
		uuid.NewString() + `', 'company', 'PT Contoh', now(), '` + s.user.String() + `')`
}

func (s *sealing) step(t *testing.T) {
	t.Helper()
	if err := s.sealer.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// verify follows the whole log and gives its size and what is wrong with it.
func (s *sealing) verify(t *testing.T) (v *audit.Verification, problems []string) {
	t.Helper()
	err := s.store.Read(t.Context(), access.Actor{Government: s.government}, func(tx *db.Tx) error {
		keys, err := tx.Hashes(t.Context()).LogKeys()
		if err != nil {
			return err
		}
		v = audit.NewVerification(audit.Origin(s.government), keys)
		return tx.EachSeal(t.Context(), func(seal audit.Seal, events map[int64][]byte) error {
			for _, p := range v.Add(seal, events) {
				problems = append(problems, p.String())
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return v, problems
}

func (s *sealing) wantSealed(t *testing.T, events int64) {
	t.Helper()
	v, problems := s.verify(t)
	if v.Size() != events || len(problems) > 0 {
		t.Errorf("%d leaves, want %d; %s", v.Size(), events, strings.Join(problems, "; "))
	}
}

func (s *sealing) events(t *testing.T) (n int64) {
	t.Helper()
	if err := s.owner.QueryRowContext(t.Context(), `SELECT count(*) FROM audit_event`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEventsThatBecomeVisibleLateAreSealed(t *testing.T) {
	t.Parallel()
	s := newSealing(t)
	slow := s.begin(t, s.app, s.vendor()) // has its number already
	s.write(t, s.app, s.vendor())
	for range 3 {
		s.step(t)
	}
	before := s.events(t)
	s.wantSealed(t, before)
	if err := slow.Commit(); err != nil {
		t.Fatal(err)
	}
	s.step(t)
	s.wantSealed(t, before+1)
	gone := s.begin(t, s.app, s.vendor())
	s.write(t, s.app, s.vendor())
	s.step(t)
	_ = gone.Rollback()
	s.sealer = s.another() // after a restart nothing is forgotten and nothing is sealed twice
	for range 3 {
		s.write(t, s.app, s.vendor())
		s.step(t)
	}
	s.wantSealed(t, before+5)
}

func TestTwoSealersAndManyWriters(t *testing.T) {
	t.Parallel()
	s := newSealing(t)
	ctx, stop := context.WithCancel(t.Context())
	var sealers, writers sync.WaitGroup
	for range 2 {
		one := s.another()
		sealers.Go(func() { one.Run(ctx) })
		writers.Go(func() {
			for n := range 60 {
				tx := s.begin(t, s.app, s.vendor())
				if n%7 == 0 {
					time.Sleep(20 * time.Millisecond)
				}
				if n%5 == 0 {
					_ = tx.Rollback()
				} else if err := tx.Commit(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	time.Sleep(300 * time.Millisecond)
	stop()
	sealers.Wait()
	s.step(t)
	s.wantSealed(t, s.events(t))
}

func TestProofOfAnEvent(t *testing.T) {
	t.Parallel()
	s := newSealing(t)
	for range 5 {
		s.write(t, s.app, s.vendor())
		s.step(t)
	}
	ring, err := s.keys.Ring(s.government, false)
	if err != nil {
		t.Fatal(err)
	}
	err = s.store.ReadLog(t.Context(), s.government, func(log audit.Lookup) error {
		old, err := log.LastSeal()
		if err != nil {
			return err
		}
		for _, seq := range old.Seqs {
			p, err := audit.Prove(log, seq)
			if err != nil {
				return err
			}
			if err := p.Check(ring.Verifier); err != nil {
				return err
			}
		}
		if _, err := audit.Prove(log, 1<<40); !fault.Is(err, "not_found") {
			return fmt.Errorf("an event that is not sealed: %w", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	// Another government knows nothing of it.
	err = s.store.ReadLog(t.Context(), uuid.New(), func(log audit.Lookup) error {
		_, err := log.LastSeal()
		return err
	})
	if !fault.Is(err, "not_found") {
		t.Errorf("another government's log: %v", err)
	}
}

func TestKeysAreRotatedAndLostInTheOpen(t *testing.T) {
	t.Parallel()
	s := newSealing(t)
	s.step(t)
	if err := s.keys.Rotate(s.government); err != nil {
		t.Fatal(err)
	}
	s.write(t, s.app, s.vendor())
	s.step(t)
	s.step(t) // the event of the key itself
	v, problems := s.verify(t)
	if len(problems) > 0 || len(v.Gaps) > 0 {
		t.Errorf("rotated: %v %v", problems, v.Gaps)
	}
	if err := os.Remove(filepath.Join(s.keys.Folder(), s.government.String()+".key")); err != nil {
		t.Fatal(err)
	}
	s.write(t, s.app, s.vendor())
	if err := s.sealer.Step(t.Context()); !errors.Is(err, audit.ErrKeyMissing) {
		t.Fatalf("without its key the log must not go on in silence: %v", err)
	}
	ring, err := s.keys.Ring(s.government, false)
	if !errors.Is(err, audit.ErrKeyMissing) {
		t.Fatalf("%+v %v", ring, err)
	}
	var lost string
	if err := s.owner.QueryRowContext(t.Context(), `SELECT key_name FROM audit_seal ORDER BY size DESC LIMIT 1`).Scan(&lost); err != nil {
		t.Fatal(err)
	}
	if err := s.keys.Lose(s.government, lost); err != nil {
		t.Fatal(err)
	}
	s.step(t)
	if v, problems = s.verify(t); len(problems) > 0 || len(v.Gaps) != 1 {
		t.Errorf("lost: %v, gaps %v", problems, v.Gaps)
	}
}
