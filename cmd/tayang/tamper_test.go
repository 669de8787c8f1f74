package main

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tayang/app/audit"
	"tayang/db/keyring"
)

// superuser does statements with every trigger off, as somebody who owns the database can.
func (s *stock) superuser(t testing.TB, statements ...string) {
	t.Helper()
	pool, err := sql.Open("postgres", s.p.owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, q := range append([]string{"SET LOCAL session_replication_role = replica"}, statements...) {
		if _, err := tx.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// checked runs the checks and gives what was printed, and whether anything was found.
func (s *stock) checked(t testing.TB) (text string, failed bool) {
	t.Helper()
	var out bytes.Buffer
	err := s.p.checkAll(t.Context(), console{&out, io.Discard}, "")
	if err != nil && !errors.Is(err, errProblems) {
		t.Fatal(err)
	}
	return out.String(), err != nil
}

// sealed waits until everything that was done is sealed.
func (s *stock) sealed(t testing.TB) {
	t.Helper()
	soon(t, "the log is sealed", func() bool {
		return s.count(t, `SELECT count(*) FROM audit_event`) == s.count(t, `SELECT max(size) FROM audit_seal`)
	})
}

func (s *stock) count(t testing.TB, query string) (n int64) {
	t.Helper()
	pool, err := sql.Open("postgres", s.p.owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if err := pool.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestTamperingIsNamed: a superuser with the triggers off changes what was recorded; each case is named by the check.
func TestTamperingIsNamed(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.sealed(t)
	if text, failed := s.checked(t); failed {
		t.Fatalf("before anything was done:\n%s", text)
	}
	for _, c := range []struct{ name, do, undo, want string }{
		{"an amount", `UPDATE payment SET price = price + 1, gross = gross + 1 WHERE status = 'settled'`,
			`UPDATE payment SET price = price - 1, gross = gross - 1 WHERE status = 'settled'`, "changed past the trail: gross, price"},
		{"an entry of the ledger", `UPDATE ledger_entry SET amount = amount + 7 WHERE kind = 'realise'`,
			`UPDATE ledger_entry SET amount = amount - 7 WHERE kind = 'realise'`, "FAILED balances_are_entries"},
		{"a balance beyond the ceiling", `ALTER TABLE budget_line DROP CONSTRAINT budget_line_available_not_negative;
			UPDATE budget_line SET available = available - 600000000, committed = committed + 600000000`,
			`UPDATE budget_line SET available = available + 600000000, committed = committed - 600000000`, "FAILED no_overspend"},
		{"a balance alone", `ALTER TABLE budget_line DROP CONSTRAINT budget_line_balanced; UPDATE budget_line SET realised = realised + 5`,
			`UPDATE budget_line SET realised = realised - 5`, "FAILED ledger_balanced"},
		{"who approved", `UPDATE agreement SET approved_by = gen_random_uuid() WHERE status = 'active'`,
			"", "changed past the trail: approved_by"},
		{"an event of the trail", `UPDATE audit_event SET event = replace(event, '"verb" : "payment.settle"', '"verb" : "payment.request"') WHERE verb = 'payment.settle'`,
			`UPDATE audit_event SET event = replace(event, '"verb" : "payment.request"', '"verb" : "payment.settle"') WHERE verb = 'payment.settle'`, "FAILED log_events"},
		{"an event's label", `UPDATE audit_event SET verb = 'x' WHERE verb = 'payment.settle'`, `UPDATE audit_event SET verb = 'payment.settle' WHERE verb = 'x'`, "FAILED trail_labels"},
		{"a guard", `ALTER TABLE payment DISABLE TRIGGER trail_update`, `ALTER TABLE payment ENABLE TRIGGER trail_update`, "FAILED trail_guarded"},
		{"a row that nobody entered", `INSERT INTO campaign SELECT government_id, gen_random_uuid(), agency_id, 'Selundupan', '', start_date, end_date, 1, created_at, created_by FROM campaign LIMIT 1`,
			`DELETE FROM campaign WHERE name = 'Selundupan'`, "was never recorded"},
		{"a document behind an entry", `UPDATE ledger_entry SET document_id = gen_random_uuid() WHERE kind = 'realise'`, "", "FAILED entries_have_documents"},
		{"a payment", `DELETE FROM payment_tax; UPDATE placement SET payment_id = NULL, status = 'invoiced' WHERE payment_id IS NOT NULL;
			UPDATE invoice SET payment_id = NULL; DELETE FROM payment WHERE status = 'settled'`, "", "was deleted past the trail"},
		{"the end of the trail", `DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)`, "", "was sealed and is not there any more"},
	} {
		s.superuser(t, c.do)
		text, failed := s.checked(t)
		if !failed || !strings.Contains(strings.Join(strings.Fields(text), " "), c.want) {
			t.Errorf("%s: want %q in\n%s", c.name, c.want, text)
		}
		if c.undo != "" {
			s.superuser(t, c.undo)
		}
	}
}

// TestFilesAreChecked: a proof that was exchanged on disk, and one that is gone.
func TestFilesAreChecked(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	var files []string
	err := filepath.WalkDir(filepath.Join(s.p.cfg.Data, "files"), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	if err := errors.Join(os.WriteFile(files[0], []byte("lain"), 0o600), os.Remove(files[1])); err != nil {
		t.Fatal(err)
	}
	text, failed := s.checked(t)
	for _, want := range []string{"FAILED files_are_there", filepath.Base(files[0]) + ": file", "is damaged", filepath.Base(files[1]) + ": is not there"} {
		if !failed || !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

// TestWitnessSeesHistoryRewritten: somebody with the database and the signing key rewrites the whole log so that every
// check of ours holds; only who kept a checkpoint can tell.
func TestWitnessSeesHistoryRewritten(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.sealed(t)
	state := filepath.Join(t.TempDir(), "witness")
	look := func(want int, said ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(t.Context(), []string{"witness", s.url, "--state", state}, &out, &errs); got != want {
			t.Errorf("exit %d, want %d: %s %s", got, want, out.String(), errs.String())
		}
		for _, text := range said {
			if !strings.Contains(out.String()+errs.String(), text) {
				t.Errorf("want %q in %s %s", text, out.String(), errs.String())
			}
		}
	}
	look(0, "first look", "all that was seen before is there")
	s.do(t, "staff", "POST", "./campaigns", m{"name": "Lanjut", "start_date": "2026-02-01", "end_date": "2026-06-30"}).want(201)
	s.sealed(t)
	look(0, "all that was seen before is there")

	// The rewriting: another amount in the oldest events, every hash and signature made anew.
	s.superuser(t, `UPDATE audit_event SET event = replace(event, 'Sehat', 'Sakit')`, `UPDATE campaign SET name = 'Sakit' WHERE name = 'Sehat'`,
		`DELETE FROM audit_seal`, `DELETE FROM audit_event WHERE table_name = 'audit_key'`, `DELETE FROM audit_key`)
	forger := audit.NewSealer(s.p.store, keyring.Open(s.p.keys.Folder()), s.p.now, quiet())
	for range 2 {
		if err := forger.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if text, failed := s.checked(t); failed {
		t.Errorf("the forgery is to be seen by its own means only:\n%s", text)
	}
	soon(t, "the running server notices as well", func() bool { return strings.Contains(s.p.sealer.State().Failing, "HISTORY REWRITTEN") })
	look(3, "HISTORY REWRITTEN", "evidence")
	look(3, "HISTORY REWRITTEN")
	evidence, err := filepath.Glob(filepath.Join(state, "*.evidence-*.json"))
	if err != nil || len(evidence) == 0 {
		t.Errorf("what was seen and what is said now is not kept: %v", err)
	}
}

// TestNotReadyWhileNothingIsSealed: a lost key stops the sealing, and everybody who asks is told.
func TestNotReadyWhileNothingIsSealed(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.sealed(t)
	if err := os.RemoveAll(s.p.keys.Folder()); err != nil {
		t.Fatal(err)
	}
	s.do(t, "staff", "POST", "./campaigns", m{"name": "Lanjut", "start_date": "2026-02-01", "end_date": "2026-06-30"}).want(201)
	soon(t, "sealing fails", func() bool { return s.p.sealer.State().Failing != "" })
	why, late := s.p.sealer.Late(time.Now().Add(time.Hour))
	if !late || !strings.Contains(why, "key") {
		t.Errorf("after an hour: %q", why)
	}
	s.p.now = func() time.Time { return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }
	if r := s.send(t, "GET", "/readyz", nil, nil); r.status != 503 || !strings.Contains(string(r.raw), "not sealed") {
		t.Errorf("/readyz: %d %s", r.status, r.raw)
	}
}

// TestNightlyCheckIsShown: what the check of the night found stands on a page for those who answer for the data.
func TestNightlyCheckIsShown(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.sealed(t)
	admin := s.visitor(t, "admin")
	admin.get("/health").want(200).shows("Belum ada pemeriksaan malam")
	if err := s.p.checkAndKeep(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin.get("/health").want(200).shows("semua sesuai")
	s.superuser(t, `UPDATE payment SET net = net - 1 WHERE status = 'settled'`)
	if err := s.p.checkAndKeep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"admin", "auditor", "head"} {
		s.visitor(t, who).get("/health").want(200).shows("changed past the trail: net")
	}
	s.visitor(t, "staff").get("/health").want(403)
}
