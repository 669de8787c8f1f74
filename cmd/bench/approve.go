package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/audit"
	"tayang/app/tax"
	"tayang/db"
	"tayang/db/keyring"
)

// Limits of approving.
const (
	approveRatioMin = 0.5  // of what pgbench reaches with the same statements
	sealedRatioMin  = 0.95 // of the rate without sealing
)

// yard is an agency with submitted agreements that wait for approval.
type yard struct {
	code       string
	tag        int
	lines      int64
	agreements int64
	next       atomic.Int64
	services   *agreement.Service
	actor      access.Actor
}

// id is the id of an agreement of the yard, which is its number too.
func (y *yard) id(n int64) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("01a00000-%04x-7000-8000-%012x", y.tag+agreementKind, n))
}

// expression writes the id of row :n for pgbench.
func (y *yard) expression(kind int, number string) string {
	return fmt.Sprintf("('01a00000-%04x-7000-8000-' || lpad(to_hex(%s), 12, '0'))", y.tag+kind, "("+number+")::bigint")
}

// approvals lets clients approve agreements by the use case, beside pgbench with the same statements: over many budget
// lines and on one; then with the log being sealed meanwhile.
func (h *house) approvals(ctx context.Context, f *figures) error {
	if err := h.stopServer(); err != nil { // it would seal
		return err
	}
	rec, err := newRecorder(h.cluster.AppDSN())
	if err != nil {
		return err
	}
	store, err := db.OpenBy(ctx, rec)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	sealer := audit.NewSealer(store, keyring.Open(filepath.Join(h.folder, "server", "keys")), time.Now, slog.New(slog.DiscardHandler))
	for _, y := range []*yard{{code: "BENCH-WIDE", tag: 0x400, lines: 1000}, {code: "BENCH-HOT", tag: 0x500, lines: 1}} {
		if err := h.approveIn(ctx, f, y, rec, store, sealer); err != nil {
			return fmt.Errorf("%s: %w", y.code, err)
		}
	}
	return nil
}

// approveRounds is how often the three take turns.
const approveRounds = 3

func (h *house) approveIn(ctx context.Context, f *figures, y *yard, rec *recorder, store *db.Store, sealer *audit.Sealer) error {
	if err := h.fillYard(ctx, y, store, int64(h.seconds)*40_000); err != nil {
		return err
	}
	script, err := y.script(ctx, rec)
	if err != nil {
		return err
	}
	name := map[int64]string{1: "hot"}[y.lines]
	if name == "" {
		name = "wide"
	}
	turn := max(time.Second, time.Duration(h.seconds)*time.Second/approveRounds)
	var ours, theirs, sealed float64
	var took times
	for range approveRounds {
		some, rate, err := h.approve(ctx, y, turn)
		if err != nil {
			return err
		}
		took, ours = append(took, some...), ours+rate/approveRounds
		if rate, err = h.approveByPgbench(ctx, y, script, turn); err != nil {
			return fmt.Errorf("pgbench: %w", err)
		}
		theirs += rate / approveRounds
		if rate, err = h.approveSealed(ctx, y, sealer, turn); err != nil {
			return err
		}
		sealed += rate / approveRounds
	}
	f.add("approve_"+name, ours, "a second", limit{})
	f.add("approve_"+name+"_pgbench", theirs, "a second", limit{})
	f.add("approve_"+name+"_ratio", ours/theirs, "times", atLeast(approveRatioMin))
	f.add("approve_"+name+"_p99", took.quantile(0.99), "ms", limit{})
	f.add("approve_"+name+"_sealed", sealed, "a second", limit{})
	f.add("approve_"+name+"_sealed_ratio", sealed/ours, "times", atLeast(sealedRatioMin))
	return h.booksHold(ctx, y)
}

// fillYard makes the rows, and the services of its commitment officer.
func (h *house) fillYard(ctx context.Context, y *yard, store *db.Store, agreements int64) error {
	y.agreements = agreements
	var staff, ppk uuid.UUID
	if err := h.sql.QueryRowContext(ctx, `SELECT (SELECT id FROM user_account WHERE email = 'staff@contoh.go.id'),
		(SELECT id FROM user_account WHERE email = 'ppk@contoh.go.id')`).Scan(&staff, &ppk); err != nil {
		return err
	}
	y.actor = access.Actor{Government: h.government, User: ppk, Grants: []access.Grant{{Role: access.PPK}}}
	within := db.Within(store, func(tx *db.Tx) agreement.Store { return tx })
	moves := db.Within(store, func(tx *db.Tx) agreement.MoveStore { return tx })
	reading := db.Reading(store, func(tx *db.Tx) agreement.Lists { return tx })
	y.services = agreement.NewService(within, moves, reading, tax.Statutory(), time.Now, time.FixedZone("WIB", 7*60*60))
	conn, err := h.sql.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	text, err := statements.ReadFile("rows/yard.sql")
	if err != nil {
		return err
	}
	for _, q := range []string{
		"DISCARD ALL", "SET session_replication_role = replica",
		`CREATE FUNCTION pg_temp.key(kind integer, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
			$$ SELECT ('01a00000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$`,
		fmt.Sprintf(`CREATE TEMP TABLE yard AS SELECT '%s'::uuid AS government, '%s'::text AS code, %d AS tag, %d::bigint AS agreements, %d::bigint AS lines,
			'%s'::uuid AS staff, '%s'::uuid AS ppk`, h.government, y.code, y.tag, y.agreements, y.lines, staff, ppk),
		string(text), "DISCARD ALL", "VACUUM ANALYZE", "CHECKPOINT",
	} {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%.60s: %w", q, err)
		}
	}
	return nil
}

// script is the statements of one approval, as the program sends them, for pgbench. Each of its clients takes every
// clients-th agreement.
func (y *yard) script(ctx context.Context, rec *recorder) (string, error) {
	n := y.next.Add(1) - 1
	since := time.Now().Truncate(time.Millisecond)
	said, err := rec.during(func() error { return y.one(ctx, n) })
	if err != nil {
		return "", err
	}
	vary := fresh(said, since)
	line := fmt.Sprintf("01a00000-%04x-7000-8000-%012x", y.tag+2, n%y.lines)
	vary[y.id(n).String()] = y.expression(agreementKind, ":n")
	vary[line] = y.expression(2, ":n::bigint % "+strconv.FormatInt(y.lines, 10))
	for kind, row := range map[int]int64{3: n / 100, 4: n / 100, 8: n} { // vendor, outlet and line of the agreement
		number := ":n"
		if kind < 8 {
			number = ":n::bigint / 100"
		}
		vary[fmt.Sprintf("01a00000-%04x-7000-8000-%012x", y.tag+kind, row)] = y.expression(kind, number)
	}
	return "\\set n :base + :client_id + :clients * :i\n\\set i :i + 1\n" + pgbenchScript(said, vary), nil
}

func (y *yard) one(ctx context.Context, n int64) error {
	if n >= y.agreements {
		return errors.New("all agreements are approved: fewer seconds, or more rows")
	}
	a, err := y.services.Move(ctx, y.actor, y.code, y.id(n), agreement.MoveCommand{Verb: agreement.Approve})
	if err == nil && a.Status != agreement.Active {
		err = fmt.Errorf("agreement %d is %s", n, a.Status)
	}
	return err
}

// approve gives the time of each approval and their rate.
func (h *house) approve(ctx context.Context, y *yard, turn time.Duration) (times, float64, error) {
	var mu sync.Mutex
	var took times
	var errs []error
	var clients sync.WaitGroup
	begin := time.Now()
	for range h.clients {
		clients.Go(func() {
			var mine times
			var err error
			for err == nil && time.Since(begin) < turn {
				start := time.Now()
				err = y.one(ctx, y.next.Add(1)-1)
				mine = append(mine, time.Since(start))
			}
			mu.Lock()
			defer mu.Unlock()
			took, errs = append(took, mine...), append(errs, err)
		})
	}
	clients.Wait()
	return took, float64(len(took)) / time.Since(begin).Seconds(), errors.Join(errs...)
}

// approveSealed is approve while the log is sealed; what was not sealed before is not counted against it.
func (h *house) approveSealed(ctx context.Context, y *yard, sealer *audit.Sealer, turn time.Duration) (float64, error) {
	if err := sealer.Step(ctx); err != nil {
		return 0, err
	}
	running, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); sealer.Run(running) }()
	_, rate, err := h.approve(ctx, y, turn)
	lag := sealer.State()
	stop()
	<-done
	if err == nil && (lag.Failing != "" || time.Since(lag.Since) > turn/2+time.Second) {
		err = fmt.Errorf("sealing did not keep up: %+v", lag)
	}
	return rate, err
}

func (h *house) approveByPgbench(ctx context.Context, y *yard, script string, turn time.Duration) (float64, error) {
	program, err := pgbench()
	if err != nil {
		return 0, err
	}
	file := filepath.Join(h.folder, "approve-"+y.code+".sql")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		return 0, err
	}
	base := y.next.Load()
	cmd := exec.CommandContext(ctx, program, "-n", "-M", "prepared", "-c", strconv.Itoa(h.clients), "-j", "2", "-T", strconv.Itoa(int(turn.Seconds())), //nolint:gosec // PostgreSQL's own program
		"-D", "base="+strconv.FormatInt(base, 10), "-D", "i=0", "-D", "clients="+strconv.Itoa(h.clients), "-f", file, h.cluster.AppDSN())
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%w: %.800s", err, out)
	}
	found := regexp.MustCompile(`(?m)^tps = ([0-9.]+)`).FindSubmatch(out)
	all := regexp.MustCompile(`actually processed: (\d+)`).FindSubmatch(out)
	if found == nil || all == nil {
		return 0, fmt.Errorf("no rate in %.500s", out)
	}
	processed, _ := strconv.ParseInt(string(all[1]), 10, 64)
	y.next.Add(2*processed + int64(h.clients)) // clients are not equally fast
	return strconv.ParseFloat(string(found[1]), 64)
}

// booksHold wants every approved agreement to be committed on its line, with an entry and an event.
func (h *house) booksHold(ctx context.Context, y *yard) error {
	var wrong string
	err := h.sql.QueryRowContext(ctx, `SELECT format('%s approved, %s entries, %s committed, %s events', a.n, e.n, l.n, t.n)
		FROM (SELECT count(*) AS n FROM agreement WHERE government_id = $1 AND agency_id = $2 AND status = 'active') a,
			(SELECT count(*) AS n FROM ledger_entry WHERE government_id = $1 AND agency_id = $2 AND kind = 'commit') e,
			(SELECT sum(committed) / 1000000 AS n FROM budget_line WHERE government_id = $1 AND agency_id = $2) l,
			(SELECT count(*) AS n FROM audit_event WHERE government_id = $1 AND agency_id = $2 AND table_name = 'agreement') t
		WHERE NOT (a.n = e.n AND a.n = l.n AND a.n = t.n)`, h.government, fmt.Sprintf("01a00000-%04x-7000-8000-%012x", y.tag, 0)).Scan(&wrong)
	if err == nil {
		return fmt.Errorf("the books do not hold: %s", wrong)
	}
	return nil
}
