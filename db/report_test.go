package db_test

import (
	"context"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/report"
	"tayang/db"
	"tayang/db/dbtest"
)

// reportStore is a database with the small year of testdata/report.sql, and more.
func reportStore(t testing.TB, more string) *db.Store {
	t.Helper()
	owner, app := dbtest.DSNs(t)
	script, err := os.ReadFile("testdata/report.sql")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("postgres", owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(t.Context(), string(script)+more); err != nil {
		t.Fatalf("fill the office: %v", err)
	}
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// reportOffice is the small year with its staff and agency.
func reportOffice(t *testing.T) (*db.Store, access.Actor, uuid.UUID) {
	t.Helper()
	agency := uuid.MustParse("01930000-0000-7000-8000-0000000000a1")
	return reportStore(t, ""), access.Actor{
		Government: uuid.MustParse("01930000-0000-7000-8000-000000000001"), Name: "Sari",
		User: uuid.MustParse("01930000-0000-7000-8000-0000000000b1"), Grants: []access.Grant{{Role: access.Staff, Agency: agency}},
	}, agency
}

// discard reads every register of a document, as a writer does.
type discard struct{ doc *report.Document }

func (d *discard) WriteAccountability(_ context.Context, doc *report.Document, _ io.Writer) error {
	d.doc = doc
	for _, r := range doc.Registers {
		for _, err := range r.Rows {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *discard) WriteTrail(ctx context.Context, doc *report.Document, w io.Writer) error {
	return d.WriteAccountability(ctx, doc, w)
}

func day(t *testing.T, text string) period.Date {
	t.Helper()
	if text == "" {
		return period.Date{}
	}
	d, err := period.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReportQueriesPrepare(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	pool := connect(t, owner)
	files, err := filepath.Glob("query/report_*.sql")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d queries: %v", len(files), err)
	}
	publication, err := os.ReadFile("query/report_publication.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(query)
		switch filepath.Base(file) {
		case "report_publication.sql":
			continue // the beginning of the next two
		case "report_placements.sql", "report_influencers.sql":
			text = string(publication) + text
		}
		prepare(t, pool, file, text)
	}
}

func prepare(t *testing.T, pool *sql.DB, name, query string) {
	t.Helper()
	stmt, err := pool.PrepareContext(t.Context(), query)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	defer func() { _ = stmt.Close() }()
}

// TestReportAgrees holds every control of the report, over the whole year and over parts of it, before and after a
// payment was reversed and the budget revised.
func TestReportAgrees(t *testing.T) {
	t.Parallel()
	store, actor, agency := reportOffice(t)
	for _, span := range [][2]string{
		{"", ""},
		{"2026-01-01", "2026-12-31"},
		{"", "2026-02-28"},
		{"", "2026-03-01"},
		{"", "2026-03-31"},
		{"2026-04-01", "2026-04-30"},
		{"2026-04-01", "2026-05-31"},
		{"2026-04-01", "2026-06-30"},
		{"2026-06-01", ""},
		{"2026-12-01", "2026-12-31"},
	} {
		t.Run(span[0]+"–"+span[1], func(t *testing.T) {
			var read discard
			out, err := report.Maker{Source: store, Writer: &read}.Make(t.Context(), actor, report.Request{
				Kind:     report.Accountability,
				AgencyID: agency, FiscalYear: 2026, From: day(t, span[0]), To: day(t, span[1]), Language: report.English,
			}, io.Discard, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range read.doc.Differences() {
				t.Errorf("%s: sheet %d, other %d", c.Label.EN, c.Sheet.Total(), c.Other())
			}
			if !out.Agrees || out.Rows == 0 {
				t.Errorf("outcome %+v", out)
			}
		})
	}
}

// TestReportFigures says what some of those figures are.
func TestReportFigures(t *testing.T) {
	t.Parallel()
	store, actor, agency := reportOffice(t)
	for _, c := range []struct {
		to            string
		appropriation money.Amount
		committed     money.Amount
		realised      money.Amount
		settled       money.Amount
	}{
		{"", 766_405_000, 3_720_000, 1_110_000, 1_110_000},
		{"2026-05-31", 757_600_000, 2_610_000, 2_220_000, 2_220_000}, // before the reversal and the revision
		{"2026-03-01", 757_600_000, 0, 0, 0},
	} {
		var read discard
		if _, err := (report.Maker{Source: store, Writer: &read}).Make(t.Context(), actor, report.Request{
			Kind:     report.Accountability,
			AgencyID: agency, FiscalYear: 2026, To: day(t, c.to), Language: report.English,
		}, io.Discard, nil); err != nil {
			t.Fatal(err)
		}
		for label, want := range map[string]money.Amount{
			"Appropriation": c.appropriation, "Committed": c.committed, "Realised": c.realised,
			"Gross with status settled": c.settled,
		} {
			if got := control(t, read.doc, label); got != want {
				t.Errorf("until %q: %s is %d, want %d", c.to, label, got, want)
			}
		}
	}
}

func control(t *testing.T, doc *report.Document, label string) money.Amount {
	t.Helper()
	for _, s := range doc.Sections {
		for _, c := range s.Controls {
			if c.Label.EN == label {
				return c.Sheet.Total()
			}
		}
	}
	t.Fatalf("no control %s", label)
	return 0
}

// TestReportRows looks at what single rows say.
func TestReportRows(t *testing.T) {
	t.Parallel()
	store, actor, agency := reportOffice(t)
	err := store.ReportSnapshot(t.Context(), actor, report.Request{
		Kind: report.Accountability, AgencyID: agency, FiscalYear: 2026,
		Language: report.Indonesian,
	}, func(s report.Snapshot) error {
		if h := s.Heading; h.Government != "Kabupaten Contoh" || h.AgencyCode != "DISKOMINFO" || h.LedgerSeq == 0 || h.Place.String() != "Asia/Jakarta" {
			t.Errorf("heading %+v", h)
		}
		for r, err := range s.Rows.ReportAgreements(t.Context()) {
			if err != nil {
				return err
			}
			if want := map[string]string{"027/01": "ADD/01; ADD/02"}[r.Number]; r.Addenda != want {
				t.Errorf("agreement %s has the addenda %q, want %q", r.Number, r.Addenda, want)
			}
		}
		for r, err := range s.Rows.ReportInfluencers(t.Context()) {
			if err != nil {
				return err
			}
			if r.Handle != "@kota.contoh" || *r.Followers != 52_000 || *r.Views != 18_400 || *r.Interactions != 940 || *r.Reach != 30_000 ||
				r.SnapshotOn != day(t, "2026-02-20") || r.Evidenced != 1 || r.ChannelKind != "social" {
				t.Errorf("influencer %+v", r)
			}
		}
		for r, err := range s.Rows.ReportPlacements(t.Context()) {
			if err != nil {
				return err
			}
			if r.Status == "paid" && (r.ProofHashes != strings.Repeat("b", 64)+" "+strings.Repeat("a", 64) || r.Invoice != "INV/0001" ||
				r.SP2D != "SP2D/01" || r.PressStatus != "factual" || r.ProofTaken.UTC().Hour() != 2) {
				t.Errorf("placement %+v", r)
			}
		}
		for r, err := range s.Rows.ReportVendors(t.Context()) {
			if err != nil {
				return err
			}
			if r.Name == "PT Warta Contoh" && r.Press != "revoked" {
				t.Errorf("vendor %+v", r)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReportKeepsWalls(t *testing.T) {
	t.Parallel()
	store, actor, agency := reportOffice(t)
	stranger := actor
	stranger.Government = uuid.New()
	_, err := report.Maker{Source: store, Writer: &discard{}}.Make(t.Context(), stranger, report.Request{
		Kind:     report.Accountability,
		AgencyID: agency, FiscalYear: 2026, Language: report.English,
	}, io.Discard, nil)
	if !fault.Is(err, "not_found") {
		t.Errorf("a stranger's report: %v", err)
	}
}
