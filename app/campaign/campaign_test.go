package campaign_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"tayang/app/access"
	"tayang/app/campaign"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/db"
	"tayang/db/dbtest/office"
)

func day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func form() campaign.Form {
	return campaign.Form{Name: "Imunisasi", Objective: "95% balita", StartDate: day("2026-02-01"), EndDate: day("2026-04-30")}
}

func TestForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*campaign.Form)
		want   []string
	}{
		{"right", func(*campaign.Form) {}, nil},
		{"one day", func(f *campaign.Form) { f.EndDate = f.StartDate }, nil},
		{"nothing", func(f *campaign.Form) { *f = campaign.Form{Name: " "} }, []string{"/name required", "/start_date required", "/end_date required"}},
		{"backwards", func(f *campaign.Form) { f.EndDate = day("2026-01-31") }, []string{"/end_date before_start"}},
		{"long ago", func(f *campaign.Form) { f.StartDate = day("1999-12-31") }, []string{"/start_date date_out_of_range"}},
		{"texts", func(f *campaign.Form) { f.Name, f.Objective = "a\x00", strings.Repeat("a", 2001) }, []string{"/name bad_text", "/objective too_long"}},
	} {
		f := form()
		c.change(&f)
		var got []string
		if err := f.Trimmed().Check(); err != nil {
			for _, w := range fault.From(err).Fields {
				got = append(got, w.Pointer+" "+w.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func newService(t *testing.T) (*office.Office, *campaign.Service) {
	t.Helper()
	o := office.New(t)
	as := func(tx *db.Tx) campaign.Store { return tx }
	return o, campaign.NewService(db.Within(o.Store, as), db.Reading(o.Store, as))
}

func TestLife(t *testing.T) {
	t.Parallel()
	o, s := newService(t)
	ctx := t.Context()
	made, err := s.Create(ctx, o.Staff, "kominfo", form())
	if err != nil || made.Form != form() || made.Version != 1 || made.AgencyID != o.Agency.ID || made.CreatedBy != o.Staff.User {
		t.Fatalf("made %+v, %v", made, err)
	}
	longer := func(f campaign.Form) (campaign.Form, error) { f.EndDate = day("2026-12-31"); return f, nil }
	changed, err := s.Change(ctx, o.Staff, "kominfo", made.ID, &made.Version, longer)
	if err != nil || changed.EndDate != day("2026-12-31") || changed.Name != made.Name || changed.Version != 2 {
		t.Fatalf("changed %+v, %v", changed, err)
	}
	if _, err := s.Change(ctx, o.Staff, "kominfo", made.ID, &made.Version, longer); !fault.Is(err, "stale") {
		t.Errorf("got %v", err)
	}
	page, err := s.List(ctx, o.Auditor, "kominfo", listing.Query{Text: "imun"})
	if err != nil || !reflect.DeepEqual(page.Items, []campaign.Campaign{changed}) {
		t.Errorf("got %+v, %v", page, err)
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	o, s := newService(t)
	ctx := t.Context()
	made, err := s.Create(ctx, o.Staff, "kominfo", form())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		actor         access.Actor
		agency        string
		reads, writes string
	}{
		{o.Staff, "kominfo", "", ""},
		{o.Colleague, "kominfo", "", ""},
		{o.PPK, "kominfo", "", "forbidden"},
		{o.Auditor, "kominfo", "", "forbidden"},
		{o.Admin, "kominfo", "forbidden", "forbidden"},
		{o.Neighbour, "kominfo", "not_found", "not_found"},
		{o.Neighbour, "setwan", "not_found", "not_found"},
		{o.Stranger, "kominfo", "not_found", "not_found"},
		{o.Staff, "dispar", "not_found", "not_found"},
	} {
		_, err := s.Campaign(ctx, c.actor, c.agency, made.ID)
		refused(t, c.actor.Name+" reads in "+c.agency, err, c.reads)
		_, err = s.Change(ctx, c.actor, c.agency, made.ID, nil, func(f campaign.Form) (campaign.Form, error) { return f, nil })
		refused(t, c.actor.Name+" writes in "+c.agency, err, c.writes)
	}
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if code == "" && err != nil || code != "" && !fault.Is(err, code) {
		t.Errorf("%s: got %v, want %q", what, err, code)
	}
}
