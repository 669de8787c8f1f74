package live_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/chromium"
	"tayang/db/dbtest/chain"
)

var wib = time.FixedZone("WIB", 7*60*60)

// desk is an office with a worker that looks when the test says so, by a clock of the test.
type desk struct {
	*chain.Chain
	live   *live.Service
	worker *live.Worker
	now    time.Time
}

// newDesk has the browser that opens addresses of the server, which the office lists as its own; without a server none.
func newDesk(t *testing.T, c *chain.Chain, server *httptest.Server) *desk {
	t.Helper()
	d := &desk{Chain: c, now: time.Now().Add(time.Hour)} // a queue goes by the clock of the database, which runs on meanwhile
	clock := func() time.Time { return d.now }
	blobs, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d.worker = &live.Worker{
		Queue: d.Store, Finish: db.Within(d.Store, func(tx *db.Tx) live.FinishStore { return tx }), Files: blobs, Now: clock, Place: wib,
		Log: slog.New(slog.DiscardHandler), Program: "uji",
	}
	if server != nil {
		browser, ok := chromium.Find([]string{strings.TrimPrefix(server.URL, "http://")}, clock)
		if !ok {
			t.Fatal("chromium is not installed; make test installs it, or: apt-get install chromium")
		}
		d.worker.Browser = browser
	}
	d.live = live.NewService(db.Within(d.Store, func(tx *db.Tx) live.Store { return tx }),
		db.Reading(d.Store, func(tx *db.Tx) live.Lists { return tx }), d.Files, server != nil, clock, wib)
	return d
}

// reel is an agreement for reels that stay so many days, under a rule for what falls short.
func (d *desk) reel(t *testing.T, days int64, short agreement.Shortfall, quantity int64) agreement.Agreement {
	t.Helper()
	it := d.Item(quantity)
	it.Product, it.OutletID, it.SocialAccountID = "reel", uuid.NullUUID{}, uuid.NullUUID{UUID: d.Account, Valid: true}
	it.Content = &agreement.Content{Type: agreement.Reel, MinimumLiveDays: days, LabelText: "#iklan", InsightsDue: []int64{1}}
	a, err := d.Agreements.Create(t.Context(), d.Staff, d.Agency.Code, agreement.Terms{
		Kind: agreement.Influencer, Number: "SPK/" + uuid.NewString()[24:], Title: "Reel", VendorID: d.Vendor.ID, Method: "e_purchasing", Form: "surat_pesanan",
		OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-11-30"), FeeVia: agreement.FeeAgency,
		Deliverables: []agreement.Item{it}, Procurement: agreement.Procurement{ShortfallRule: &short},
	})
	chain.Wants(t, err, "")
	return d.Move(t, d.PPK, d.Move(t, d.Staff, a, agreement.Submit), agreement.Approve)
}

// posted is a reel that was published at the address on 2 June, with a proof from then.
func (d *desk) posted(t *testing.T, a agreement.Agreement, address string) placement.Placement {
	t.Helper()
	p := d.Planned(t, a.Deliverables[0].ID)
	_, err := d.Placements.Enter(t.Context(), d.Staff, d.Agency.Code, p.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		yes := true
		e.PublishedOn, e.URL, e.LabelPresent = chain.Day("2026-06-02"), address, &yes
		return e, nil
	})
	chain.Wants(t, err, "")
	shown, taken := chain.Screenshot(p.Title+address), time.Date(2026, 6, 12, 9, 0, 0, 0, wib)
	shown.CapturedAt = &taken
	_, err = d.Proofs.Add(t.Context(), d.Staff, d.Agency.Code, p.ID, shown)
	chain.Wants(t, err, "")
	p, err = d.Placements.Get(t.Context(), d.Staff, d.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	return p
}

func picture(text string) file.Sent {
	return file.Sent{Name: "layar.pdf", DeclaredType: "application/pdf", Content: strings.NewReader("%PDF-1.7\n" + text)}
}

// state asks for a check and gives it the word of the actor.
func (d *desk) state(t *testing.T, by access.Actor, p placement.Placement, said live.Statement) live.Check {
	t.Helper()
	c, err := d.live.Ask(t.Context(), d.Staff, d.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	c, err = d.live.State(t.Context(), by, d.Agency.Code, p.ID, c.ID, &c.Version, said, picture(c.ID.String()))
	chain.Wants(t, err, "")
	return c
}

func (d *desk) shortfalls(t *testing.T, of placement.Placement) []live.Shortfall {
	t.Helper()
	page, err := d.live.Shortfalls(t.Context(), d.Auditor, d.Agency.Code, listing.Query{Limit: 50}.Where("placement_id", of.ID.String()))
	chain.Wants(t, err, "")
	return page.Items
}

func TestThePagesOfASiteAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	var down atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte("<title>Reel Ani</title>isi"))
	}))
	defer server.Close()
	d := newDesk(t, chain.New(t), server)
	p := d.posted(t, d.reel(t, 30, agreement.ProRataDays, 2), server.URL+"/reel/1")
	look := func(want live.Result) live.Check {
		t.Helper()
		c, err := d.live.Ask(t.Context(), d.Staff, d.Agency.Code, p.ID)
		chain.Wants(t, err, "")
		if worked, err := d.worker.Step(t.Context()); err != nil || !worked {
			t.Fatalf("the worker worked: %v, %v", worked, err)
		}
		c, err = d.live.Get(t.Context(), d.Auditor, d.Agency.Code, p.ID, c.ID)
		chain.Wants(t, err, "")
		if c.Status != capture.Done || c.Result != want || c.Origin != live.ByProgram || c.Due {
			t.Fatalf("looked: %+v, want %q", c, want)
		}
		d.now = d.now.Add(time.Minute)
		return c
	}
	down.Store(true)
	gone := look(live.Gone)
	short := d.shortfalls(t, p)
	if len(short) != 1 || short[0].Gross != 740_000 || short[0].DaysMissing != 20 || short[0].Whole || short[0].LiveCheckID.UUID != gone.ID || short[0].CreatedBy.Valid {
		t.Fatalf("20 of 30 days are missing: %+v", short)
	}
	look(live.Gone)
	if got := d.shortfalls(t, p); len(got) != 1 {
		t.Errorf("found gone twice is one shortfall: %+v", got)
	}
	down.Store(false)
	back := look(live.There)
	if got := d.shortfalls(t, p); len(got) != 1 || got[0].Status != live.Ended || got[0].EndedBy.UUID != back.ID {
		t.Errorf("back online: %+v", got)
	}
	down.Store(true)
	look(live.Gone)
	if got := d.shortfalls(t, p); len(got) != 1 {
		t.Errorf("seen after the end of its period, and gone then: %+v", got)
	}
}

func TestTwoWorkersLookOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, chain.New(t), nil)
	a := d.reel(t, 30, agreement.PerUnit, 4)
	for i := range 4 {
		p := d.posted(t, a, fmt.Sprintf("https://www.instagram.com/reel/Cabc%d/", i))
		_, err := d.live.Ask(t.Context(), d.Staff, d.Agency.Code, p.ID)
		chain.Wants(t, err, "")
	}
	eyes := &blind{seen: map[string]int{}}
	var working sync.WaitGroup
	for range 3 {
		w := *d.worker
		w.Browser = eyes
		working.Go(func() {
			for range 4 {
				if _, err := w.Step(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	working.Wait()
	if len(eyes.seen) != 4 {
		t.Errorf("looked at %v", eyes.seen)
	}
	for address, n := range eyes.seen {
		if n != 1 {
			t.Errorf("%s was looked at %d times", address, n)
		}
	}
	page, err := d.live.All(t.Context(), d.Auditor, d.Agency.Code, listing.Query{Limit: 50}.Where("result", "there").Where("due", "false"))
	chain.Wants(t, err, "")
	if len(page.Items) != 4 {
		t.Errorf("%d checks", len(page.Items))
	}
}

// blind sees every page as it ought to be.
type blind struct {
	mu   sync.Mutex
	seen map[string]int
}

func (b *blind) Capture(_ context.Context, address string, step func(capture.Step)) (capture.Snapshot, error) {
	step(capture.Opening)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[address]++
	return capture.Snapshot{FinalURL: address, Status: 200, Title: "Unggahan", At: time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC), HTML: []byte("isi"), Picture: []byte("png")}, nil
}

// TestChecksComeByThemselves: at the end of the period, once, and before payment for what nobody looked at lately.
func TestChecksComeByThemselves(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	d := newDesk(t, c, nil)
	a := d.reel(t, 30, agreement.PerUnit, 3)
	p := d.posted(t, a, "https://www.instagram.com/reel/Cabc123/")
	due := func(day string, want int64) {
		t.Helper()
		d.now = time.Date(2026, 7, 2, 0, 0, 0, 0, wib).AddDate(0, 0, chain.Day(day).Sub(chain.Day("2026-07-02"))).Add(time.Minute)
		if added, err := d.worker.Schedule(t.Context()); err != nil || added != want {
			t.Fatalf("%s: %d are due, want %d: %v", day, added, want, err)
		}
	}
	due("2026-07-01", 0)
	due("2026-07-02", 1)
	due("2026-07-02", 0) // again, as after a restart
	due("2026-07-20", 0)
	page, err := d.live.List(t.Context(), d.Auditor, d.Agency.Code, p.ID, listing.Query{Limit: 5})
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || page.Items[0].Purpose != live.PeriodEnd || page.Items[0].DueOn != chain.Day("2026-07-02") || page.Items[0].CreatedBy.Valid || !page.Items[0].Due {
		t.Fatalf("%+v", page.Items)
	}
	found, err := d.live.Waiting(t.Context(), d.Staff, d.Agency.Code)
	chain.Wants(t, err, "")
	if found.Due != 1 || found.DueSince != chain.Day("2026-07-02") || found.Open != 0 {
		t.Errorf("waiting %+v", found)
	}
	_, err = d.live.Ask(t.Context(), d.Staff, d.Agency.Code, p.ID)
	chain.Wants(t, err, "duplicate", "/url duplicate")

	article := c.Agreement(t, c.Item(2))
	invoice := c.Invoiced(t, article, article.Deliverables[0].ID, 2)
	due("2026-07-21", 0)
	c.Requested(t, article, invoice)
	due("2026-07-21", 2)
	due("2026-07-21", 0)
}

func TestWhoStatesDoesNotDecide(t *testing.T) {
	t.Parallel()
	d := newDesk(t, chain.New(t), nil)
	p := d.posted(t, d.reel(t, 30, agreement.PerUnit, 1), "https://www.instagram.com/reel/Cabc123/")
	c := d.state(t, d.PPK, p, live.Statement{Result: live.Gone, Text: "halaman tidak tersedia", GoneOn: chain.Day("2026-06-20")})
	if c.Origin != live.ByStaff || c.CheckedBy.UUID != d.PPK.User || c.File == "" {
		t.Errorf("%+v", c)
	}
	s := d.shortfalls(t, p)[0]
	if !s.Whole || s.Gross != 1_110_000 || s.GoneOn != chain.Day("2026-06-20") || s.SeenOn != chain.Day("2026-06-12") || s.CreatedBy.UUID != d.PPK.User {
		t.Errorf("%+v", s)
	}
	_, err := d.live.State(t.Context(), d.Verifier, d.Agency.Code, p.ID, c.ID, nil, live.Statement{Result: live.There, Text: "ada"}, picture("lagi"))
	chain.Wants(t, err, "wrong_state")
	_, err = d.live.Decide(t.Context(), d.PPK, d.Agency.Code, s.ID, nil, "pasal 7")
	chain.Wants(t, err, "segregation_of_duties")
	_, err = d.live.Void(t.Context(), d.PPK, d.Agency.Code, s.ID, nil, "keliru")
	chain.Wants(t, err, "segregation_of_duties")
	_, err = d.live.Decide(t.Context(), d.Staff, d.Agency.Code, s.ID, nil, "pasal 7")
	chain.Wants(t, err, "forbidden")
	_, err = d.live.Recover(t.Context(), d.Treasurer, d.Agency.Code, s.ID, nil, live.Recovery{Reference: "STS/1", Date: chain.Day("2026-07-01")})
	chain.Wants(t, err, "wrong_state")
	s, err = d.live.Decide(t.Context(), d.Verifier, d.Agency.Code, s.ID, &s.Version, "pasal 7")
	chain.Wants(t, err, "")
	_, err = d.live.Recover(t.Context(), d.Treasurer, d.Agency.Code, s.ID, nil, live.Recovery{Reference: " ", Date: chain.Day("2026-06-01")})
	if f := fault.From(err); f == nil || len(f.Fields) != 2 {
		t.Errorf("%v", err)
	}
	s, err = d.live.Recover(t.Context(), d.Treasurer, d.Agency.Code, s.ID, &s.Version, live.Recovery{Reference: "STS/1", Date: chain.Day("2026-07-01")})
	chain.Wants(t, err, "")
	if s.Status != live.Recovered {
		t.Errorf("%+v", s)
	}
}

func TestWhatIsGoneIsNeitherVerifiedNorTakenOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t, chain.Strict(t, rule.PlacementGone), nil)
	a := d.reel(t, 30, agreement.PerUnit, 3)
	p := d.posted(t, a, "https://www.instagram.com/reel/Cabc123/")
	d.state(t, d.Staff, p, live.Statement{Result: live.Gone, Text: "hilang"})
	_, err := d.Placements.Verify(t.Context(), d.Verifier, d.Agency.Code, p.ID, nil)
	if f := fault.From(err); f == nil || f.Code != "not_verifiable" || f.Fields[0].Code != "placement_gone" {
		t.Fatalf("%v", err)
	}
	d.state(t, d.Staff, p, live.Statement{Result: live.There, Text: "tayang lagi"})
	_, err = d.Placements.Verify(t.Context(), d.Verifier, d.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "")
	other := d.posted(t, a, "https://www.instagram.com/reel/Cabc456/")
	_, err = d.Placements.Verify(t.Context(), d.Verifier, d.Agency.Code, other.ID, nil)
	chain.Wants(t, err, "")
	d.state(t, d.Staff, other, live.Statement{Result: live.Gone, Text: "hilang"})
	report := placement.Report{AgreementID: a.ID, Number: "BAST/9", Date: chain.Day("2026-11-20"), PlacementIDs: []uuid.UUID{p.ID, other.ID}}
	_, err = d.Acceptances.Create(t.Context(), d.PPK, d.Agency.Code, report)
	if f := fault.From(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Pointer != "/placement_ids/1" || f.Fields[0].Code != "placement_gone" {
		t.Fatalf("%v", err)
	}
	o, err := d.Overrides.Ask(t.Context(), d.Staff, d.Agency.Code, override.Ask{Kind: override.CheckMode, Reason: "diganti unggahan lain", Subject: override.Subject{
		Check: override.Check(rule.PlacementGone), DocumentType: override.Placement, Mode: override.Warn, DocumentNumber: other.ID.String(),
	}})
	chain.Wants(t, err, "")
	_, err = d.Overrides.Decide(t.Context(), d.Deputy, d.Agency.Code, o.ID, override.DecideCommand{Verb: override.Approve})
	chain.Wants(t, err, "")
	_, err = d.Acceptances.Create(t.Context(), d.PPK, d.Agency.Code, report)
	chain.Wants(t, err, "")
}

func TestAPaymentAsksWhetherItIsStillThere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, chain.Strict(t, rule.LiveCheckMissing, rule.GoneEarly), nil)
	a := d.Agreement(t, d.Item(2))
	i := d.Invoiced(t, a, a.Deliverables[0].ID, 2)
	full, err := d.Invoices.Get(t.Context(), d.Staff, d.Agency.Code, i.ID)
	chain.Wants(t, err, "")
	p := d.Requested(t, a, i)
	doubts := func(want ...string) {
		t.Helper()
		_, err := d.Payments.Authorise(t.Context(), d.Head, d.Agency.Code, p.ID, nil, payment.Paper{Number: "SPM/1", Date: chain.Day("2026-11-24")})
		var got []string
		if f := fault.From(err); f != nil {
			for _, one := range f.Fields {
				got = append(got, one.Code)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("refused for %v, want %v: %v", got, want, err)
		}
	}
	d.now = time.Date(2026, 11, 16, 9, 0, 0, 0, wib) // eight days before
	doubts("live_check_missing", "live_check_missing")
	one := placement.Placement{ID: full.PlacementIDs[0]}
	two := placement.Placement{ID: full.PlacementIDs[1]}
	d.state(t, d.Staff, one, live.Statement{Result: live.There, Text: "ada"})
	d.now = d.now.AddDate(0, 0, 1)
	d.state(t, d.Staff, two, live.Statement{Result: live.There, Text: "ada"})
	doubts("live_check_missing")
	d.now = d.now.AddDate(0, 0, 3)
	d.state(t, d.Staff, one, live.Statement{Result: live.Gone, Text: "hilang"})
	doubts("gone_early")
	s := d.shortfalls(t, one)[0]
	if !s.Whole {
		t.Errorf("an article has no days to count: %+v", s)
	}
	_, err = d.live.Decide(t.Context(), d.Head, d.Agency.Code, s.ID, nil, "pasal 7")
	chain.Wants(t, err, "")
	doubts("gone_early") // not owed at all
	d.state(t, d.Staff, one, live.Statement{Result: live.There, Text: "tayang lagi"})
	doubts()
}
