package db_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/report"
	"tayang/db"
	"tayang/db/blob"
)

// lines writes a report as lines of text. before, when it is there, runs first.
type lines struct{ before func(context.Context) error }

func (l lines) WriteAccountability(ctx context.Context, doc *report.Document, w io.Writer) error {
	if l.before != nil {
		if err := l.before(ctx); err != nil {
			return err
		}
	}
	for _, r := range doc.Registers {
		for row, err := range r.Rows {
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintln(w, r.Key, row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l lines) WriteTrail(ctx context.Context, doc *report.Document, w io.Writer) error {
	return l.WriteAccountability(ctx, doc, w)
}

// bench is a worker over the office's queue, and a clock to move.
type bench struct {
	*report.Worker
	service *report.Service
	mu      sync.Mutex
	clock   time.Time
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.clock
}

func (b *bench) later(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock = b.clock.Add(d)
}

func newBench(t *testing.T, store *db.Store, w report.Writer) *bench {
	t.Helper()
	files, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	b := &bench{clock: time.Now().Add(time.Second)}
	b.Worker = &report.Worker{
		Maker: report.Maker{Source: store, Writer: w, Program: "test"}, Queue: store, Files: files, Now: b.now,
		Log: slog.New(slog.DiscardHandler),
	}
	b.service = report.NewService(db.Within(store, func(tx *db.Tx) report.Runs { return tx }),
		db.Reading(store, func(tx *db.Tx) report.RunLists { return tx }), files)
	return b
}

func (b *bench) create(t *testing.T, actor access.Actor, cmd report.CreateCommand) report.Run {
	t.Helper()
	run, err := b.service.Create(t.Context(), actor, "DISKOMINFO", cmd)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func (b *bench) step(t *testing.T, want bool) {
	t.Helper()
	if worked, err := b.Step(t.Context()); err != nil || worked != want {
		t.Fatalf("step: worked %v, %v", worked, err)
	}
}

func (b *bench) get(t *testing.T, actor access.Actor, id uuid.UUID) report.Run {
	t.Helper()
	run, err := b.service.Get(t.Context(), actor, "DISKOMINFO", id)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func year() report.CreateCommand {
	return report.CreateCommand{Kind: report.Accountability, FiscalYear: 2026}
}

func TestReportRunFromRequestToFile(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	b := newBench(t, store, lines{})
	b.step(t, false)
	run := b.create(t, actor, year())
	if run.Status != report.Queued || run.Language != report.Indonesian || run.AsOf != nil || run.Progress != 0 {
		t.Errorf("queued run %+v", run)
	}
	if _, _, err := b.service.File(t.Context(), actor, "DISKOMINFO", run.ID); !fault.Is(err, "wrong_state") {
		t.Errorf("file of a queued run: %v", err)
	}
	b.step(t, true)
	run = b.get(t, actor, run.ID)
	if run.Status != report.Done || run.Progress != 100 || run.AsOf == nil || len(run.SHA256) != 64 || run.Agrees == nil || !*run.Agrees || run.FinishedAt == nil {
		t.Errorf("finished run %+v", run)
	}
	_, content, err := b.service.File(t.Context(), actor, "DISKOMINFO", run.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	text, err := io.ReadAll(content)
	if err != nil || int64(len(text)) != run.Size || !strings.Contains(string(text), "027/01") {
		t.Errorf("file of %d bytes, said to be %d: %v", len(text), run.Size, err)
	}
	b.step(t, false)
	page, err := b.service.List(t.Context(), actor, "DISKOMINFO", listing.All().Where("status", "done"))
	if err != nil || len(page.Items) != 1 {
		t.Errorf("list %+v, %v", page, err)
	}
}

func TestReportRunRefusals(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	b := newBench(t, store, lines{})
	past, future := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	for _, c := range []struct {
		name   string
		change func(*report.CreateCommand)
		fields string
	}{
		{"kind", func(c *report.CreateCommand) { c.Kind = "other" }, "/kind:unknown_choice"},
		{"year", func(c *report.CreateCommand) { c.FiscalYear = 26 }, "/fiscal_year:out_of_range"},
		{"language", func(c *report.CreateCommand) { c.Language = "nl" }, "/language:unknown_choice"},
		{"from", func(c *report.CreateCommand) { c.From = day(t, "2025-12-31") }, "/from:outside_fiscal_year"},
		{"to", func(c *report.CreateCommand) { c.To = day(t, "2027-01-01") }, "/to:outside_fiscal_year"},
		{"order", func(c *report.CreateCommand) { c.From, c.To = day(t, "2026-05-02"), day(t, "2026-05-01") }, "/to:before_start"},
		{"past", func(c *report.CreateCommand) { c.AsOf = &past }, "/as_of:as_of_past_unsupported"},
		{"future", func(c *report.CreateCommand) { c.AsOf = &future }, "/as_of:as_of_future"},
		{"two", func(c *report.CreateCommand) { c.Kind, c.AsOf = "", &past }, "/kind:unknown_choice /as_of:as_of_past_unsupported"},
	} {
		cmd := year()
		c.change(&cmd)
		_, err := b.service.Create(t.Context(), actor, "DISKOMINFO", cmd)
		var got []string
		for _, f := range fault.From(err).Fields {
			got = append(got, f.Pointer+":"+f.Code)
		}
		if strings.Join(got, " ") != c.fields {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	admin, stranger := actor, actor
	admin.Grants = []access.Grant{{Role: access.Admin}}
	stranger.Grants = []access.Grant{{Role: access.Staff, Agency: uuid.New()}}
	if _, err := b.service.Create(t.Context(), admin, "DISKOMINFO", year()); !fault.Is(err, "forbidden") {
		t.Errorf("an administrator's report: %v", err)
	}
	if _, err := b.service.Create(t.Context(), stranger, "DISKOMINFO", year()); !fault.Is(err, "not_found") {
		t.Errorf("a stranger's report: %v", err)
	}
	b.step(t, false)
}

func TestReportRunCancelled(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	var b *bench
	var running uuid.UUID
	b = newBench(t, store, lines{before: func(ctx context.Context) error {
		if _, err := b.service.Cancel(ctx, actor, "DISKOMINFO", running); err != nil {
			return err
		}
		<-ctx.Done() // until the heartbeat sees it
		return ctx.Err()
	}})
	waiting := b.create(t, actor, year())
	if run, err := b.service.Cancel(t.Context(), actor, "DISKOMINFO", waiting.ID); err != nil || run.Status != report.Cancelled {
		t.Fatalf("cancel a waiting run: %+v %v", run, err)
	}
	b.step(t, false)
	running = b.create(t, actor, year()).ID
	b.step(t, true)
	if run := b.get(t, actor, running); run.Status != report.Cancelled || run.SHA256 != "" {
		t.Errorf("cancelled run %+v", run)
	}
	if _, err := b.service.Cancel(t.Context(), actor, "DISKOMINFO", running); !fault.Is(err, "wrong_state") {
		t.Errorf("cancel twice: %v", err)
	}
}

func TestReportRunTriedAgain(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	tries := 0
	b := newBench(t, store, lines{before: func(context.Context) error {
		if tries++; tries == 2 {
			panic("the disk is full")
		}
		return errors.New("the disk is full")
	}})
	run := b.create(t, actor, year())
	for range 3 {
		b.step(t, true)
		b.step(t, false) // it waits
		b.later(time.Hour)
	}
	b.step(t, false)
	if run = b.get(t, actor, run.ID); run.Status != report.Failed || run.Error != "internal" || tries != 3 {
		t.Errorf("after %d tries: %+v", tries, run)
	}
}

// TestReportRunOfDeadWorker: what a worker left behind is taken over when its lease has ended, and what it still says
// is not heard; a run that kills every worker has failed.
func TestReportRunOfDeadWorker(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	b := newBench(t, store, lines{})
	run := b.create(t, actor, year())
	dead, ok, err := store.ClaimReportRun(t.Context(), uuid.New(), b.now(), b.now().Add(time.Minute), 3)
	if err != nil || !ok || dead.Run.ID != run.ID || dead.Actor.Name != "Sari" {
		t.Fatalf("claim %+v %v %v", dead, ok, err)
	}
	b.step(t, false)
	b.later(2 * time.Minute)
	b.step(t, true)
	if still, err := store.ReportProgress(t.Context(), dead, 1, 2, b.now()); err != nil || still {
		t.Errorf("the dead worker is heard: %v %v", still, err)
	}
	if still, err := store.FailReportRun(t.Context(), dead, "internal", b.now()); err != nil || still {
		t.Errorf("the dead worker is heard: %v %v", still, err)
	}
	if got := b.get(t, actor, run.ID); got.Status != report.Done {
		t.Errorf("taken over: %+v", got)
	}

	killer := b.create(t, actor, year())
	for range 3 {
		b.later(2 * time.Minute)
		if _, ok, err := store.ClaimReportRun(t.Context(), uuid.New(), b.now(), b.now().Add(time.Minute), 3); err != nil || !ok {
			t.Fatalf("claim: %v %v", ok, err)
		}
	}
	b.later(2 * time.Minute)
	b.step(t, false)
	if got := b.get(t, actor, killer.ID); got.Status != report.Failed || got.Error != "attempts_exhausted" {
		t.Errorf("a run that kills workers: %+v", got)
	}
}

// TestReportRunWhenTheProgramEnds: a report that is being made then waits for the next start, and no try is lost.
func TestReportRunWhenTheProgramEnds(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	ctx, end := context.WithCancel(t.Context())
	ending := true
	b := newBench(t, store, lines{before: func(ctx context.Context) error {
		if ending {
			end()
			<-ctx.Done()
		}
		return ctx.Err()
	}})
	run := b.create(t, actor, year())
	b.Run(ctx)
	if got := b.get(t, actor, run.ID); got.Status != report.Queued || got.Attempts != 0 {
		t.Errorf("after the end: %+v", got)
	}
	ending = false
	b.step(t, true)
	if got := b.get(t, actor, run.ID); got.Status != report.Done || got.Attempts != 1 {
		t.Errorf("after the next start: %+v", got)
	}
}

func TestReportRunProgress(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	b := newBench(t, store, lines{})
	run := b.create(t, actor, year())
	c, _, err := store.ClaimReportRun(t.Context(), uuid.New(), b.now(), b.now().Add(time.Minute), 3)
	if err != nil {
		t.Fatal(err)
	}
	if still, err := store.ReportProgress(t.Context(), c, 50, 200, b.now().Add(time.Minute)); err != nil || !still {
		t.Fatal(still, err)
	}
	if got := b.get(t, actor, run.ID); got.Status != report.Running || got.Progress != 25 || got.RowsTotal != 200 || got.StartedAt == nil {
		t.Errorf("running run %+v", got)
	}
}

// TestWorkersShareTheQueue: two workers never make the same report.
func TestWorkersShareTheQueue(t *testing.T) {
	t.Parallel()
	store, actor, _ := reportOffice(t)
	b := newBench(t, store, lines{})
	for range 6 {
		b.create(t, actor, year())
	}
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			for {
				if worked, err := b.Step(t.Context()); err != nil || !worked {
					return
				}
			}
		})
	}
	group.Wait()
	page, err := b.service.List(t.Context(), actor, "DISKOMINFO", listing.All().Where("status", "done"))
	if err != nil || len(page.Items) != 6 {
		t.Fatalf("%d done, %v", len(page.Items), err)
	}
	for _, run := range page.Items {
		if run.Version > 4 { // created, claimed, perhaps one heartbeat, finished
			t.Errorf("run %s was changed %d times", run.ID, run.Version)
		}
	}
}
