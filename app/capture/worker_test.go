package capture_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/chromium"
	"tayang/db/dbtest/chain"
)

// desk is an office with a worker that opens pages when the test says so, by a clock of the test.
type desk struct {
	*chain.Chain
	captures *capture.Service
	worker   *capture.Worker
	now      time.Time
	of       placement.Placement
}

// newDesk plans one article at the address of a server of the test, which the office lists as its own.
func newDesk(t *testing.T, server *httptest.Server) *desk {
	t.Helper()
	d := &desk{Chain: chain.New(t), now: time.Now().Add(time.Second)} // a queue goes by the clock of the database
	clock := func() time.Time { return d.now }
	browser, ok := chromium.Find([]string{strings.TrimPrefix(server.URL, "http://")}, clock)
	if !ok {
		t.Fatal("chromium is not installed; make test installs it, or: apt-get install chromium")
	}
	blobs, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d.captures = capture.NewService(db.Within(d.Store, func(tx *db.Tx) capture.Store { return tx }),
		db.Reading(d.Store, func(tx *db.Tx) capture.Lists { return tx }), d.Files, browser, clock)
	d.worker = &capture.Worker{
		Browser: browser, Queue: d.Store, Finish: db.Within(d.Store, func(tx *db.Tx) capture.FinishStore { return tx }), Proofs: d.Proofs,
		Files: blobs, Now: clock, Log: slog.New(slog.DiscardHandler), Program: "uji",
	}
	d.of = d.Planned(t, d.Agreement(t, d.Item(1)).Deliverables[0].ID)
	d.of, err = d.Placements.Enter(t.Context(), d.Staff, d.Agency.Code, d.of.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		e.PublishedOn, e.URL = d.of.ScheduledOn, server.URL+"/satu"
		return e, nil
	})
	chain.Wants(t, err, "")
	return d
}

func (d *desk) ask(t *testing.T) capture.Capture {
	t.Helper()
	c, err := d.captures.Ask(t.Context(), d.Staff, d.Agency.Code, d.of.ID, nil)
	chain.Wants(t, err, "")
	return c
}

// step lets the worker work once, and gives the capture as it is then.
func (d *desk) step(t *testing.T, ctx context.Context, worked bool, id uuid.UUID) capture.Capture {
	t.Helper()
	if got, err := d.worker.Step(ctx); err != nil || got != worked {
		t.Fatalf("the worker worked: %v, %v", got, err)
	}
	c, err := d.captures.Get(t.Context(), d.Auditor, d.Agency.Code, d.of.ID, id)
	chain.Wants(t, err, "")
	return c
}

func TestWhatCannotBeReachedIsTriedAgain(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close() // nobody listens any more
	d := newDesk(t, server)
	c := d.ask(t)
	for attempt := 1; attempt <= 3; attempt++ {
		got := d.step(t, t.Context(), true, c.ID)
		if attempt < 3 && (got.Status != capture.Queued || got.Attempts != attempt) || attempt == 3 && (got.Status != capture.Failed || got.Error != "capture_unreachable") {
			t.Fatalf("after attempt %d: %+v", attempt, got)
		}
		if attempt < 3 {
			d.step(t, t.Context(), false, c.ID) // not before its time
		}
		d.now = d.now.Add(5 * time.Minute)
	}
	d.step(t, t.Context(), false, c.ID)
	again := d.ask(t)
	if again.ID == c.ID || again.Status != capture.Queued {
		t.Errorf("asked for anew: %+v", again)
	}
}

func TestAWorkerThatDiedIsFollowedByAnother(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<title>Berita</title>isi")) }))
	defer server.Close()
	d := newDesk(t, server)
	c := d.ask(t)
	claim, ok, err := d.Store.ClaimCapture(t.Context(), uuid.New(), d.now, d.now.Add(time.Minute), 3) // and is never heard of again
	if err != nil || !ok || claim.Agency != d.Agency.Code || claim.Actor.Can(access.PlacementWrite, d.Agency.ID) != nil {
		t.Fatalf("claimed: %+v, %v", claim, err)
	}
	d.step(t, t.Context(), false, c.ID)
	d.now = d.now.Add(2 * time.Minute)
	if got := d.step(t, t.Context(), true, c.ID); got.Status != capture.Done || got.Attempts != 2 || !got.ProofID.Valid {
		t.Errorf("the second worker: %+v", got)
	}
	for name, still := range map[string]func() (bool, error){
		"progress": func() (bool, error) {
			return d.Store.CaptureProgress(t.Context(), claim, capture.Drawing, d.now.Add(time.Minute))
		},
		"failure": func() (bool, error) { return d.Store.FailCapture(t.Context(), claim, "internal", d.now) },
		"release": func() (bool, error) { return d.Store.ReleaseCapture(t.Context(), claim, d.now, true) },
	} {
		if ok, err := still(); ok || err != nil {
			t.Errorf("%s of the first worker counts: %v", name, err)
		}
	}
	page, err := d.Proofs.List(t.Context(), d.Auditor, d.Agency.Code, d.of.ID, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || page.Items[0].Origin != placement.Captured {
		t.Errorf("proofs %+v", page.Items)
	}
	_, err = d.Placements.Verify(t.Context(), d.Staff, d.Agency.Code, d.of.ID, nil)
	chain.Wants(t, err, "segregation_of_duties")
}

func TestAWorkerThatIsStoppedGivesThePageBack(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	asked := make(chan struct{}, 10)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer server.Close()
	d := newDesk(t, server)
	c := d.ask(t)
	go func() {
		<-asked
		stop()
	}()
	if got := d.step(t, ctx, true, c.ID); got.Status != capture.Queued || got.Attempts != 0 {
		t.Errorf("given back: %+v", got)
	}
}

func TestAPlacementThatIsVerifiedMeanwhileKeepsItsProofs(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<title>Berita</title>isi")) }))
	defer server.Close()
	d := newDesk(t, server)
	c := d.ask(t)
	_, err := d.Placements.Cancel(t.Context(), d.Staff, d.Agency.Code, d.of.ID, nil, "batal")
	chain.Wants(t, err, "")
	if got := d.step(t, t.Context(), true, c.ID); got.Status != capture.Failed || got.Error != "wrong_state" {
		t.Errorf("captured for a placement that takes no proof: %+v", got)
	}
}

func TestWithoutABrowser(t *testing.T) {
	t.Parallel()
	d := newDesk(t, httptest.NewServer(http.NotFoundHandler()))
	none := capture.NewService(db.Within(d.Store, func(tx *db.Tx) capture.Store { return tx }),
		db.Reading(d.Store, func(tx *db.Tx) capture.Lists { return tx }), d.Files, nil, chain.Now)
	_, err := none.Ask(t.Context(), d.Staff, d.Agency.Code, d.of.ID, nil)
	chain.Wants(t, err, "capture_unavailable")
	if none.Available() || !d.captures.Available() {
		t.Error("what is there and what is not")
	}
}
