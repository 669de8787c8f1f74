package rule

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

func day(s string) period.Date { return period.MustDate(s) }

func days(n int64) *int64 { return &n }

// TestWhichRowCounts tries rows of different scope, dates and age.
func TestWhichRowCounts(t *testing.T) {
	t.Parallel()
	agency := uuid.NullUUID{UUID: uuid.New(), Valid: true}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	row := func(of uuid.NullUUID, mode Mode, figure *int64, from, to string, entered int) Rule {
		f := Form{Code: SnapshotStale, AgencyID: of, Mode: mode, Figure: figure, ValidFrom: day(from), Basis: from}
		if to != "" {
			f.ValidTo = day(to)
		}
		return Rule{ID: uuid.New(), Form: f, CreatedAt: at.AddDate(0, 0, entered)}
	}
	none := uuid.NullUUID{}
	voided := row(agency, Off, nil, "2026-01-01", "", 9)
	voided.VoidedAt = &at
	set := Set{
		row(none, Warn, nil, "2026-01-01", "2026-06-30", 0),
		row(none, "", days(45), "2026-03-01", "", 0),
		row(none, "", days(60), "2026-03-01", "2026-03-31", 1),
		row(agency, Off, nil, "2026-05-10", "2026-05-20", 0),
		voided,
	}
	for _, c := range []struct {
		on     string
		mode   Mode
		figure int64
	}{
		{"2025-12-31", Refuse, 30}, {"2026-01-01", Warn, 30}, {"2026-02-28", Warn, 30},
		{"2026-03-01", Refuse, 60}, {"2026-03-31", Refuse, 60}, // the row entered last, of two that begin on the day
		{"2026-04-01", Refuse, 45}, {"2026-05-09", Refuse, 45}, {"2026-05-10", Off, 30}, {"2026-05-20", Off, 30}, {"2026-05-21", Refuse, 45},
	} {
		got := set.On(SnapshotStale, day(c.on))
		if got.Mode != c.mode || got.Figure != c.figure {
			t.Errorf("%s: %s %d, want %s %d", c.on, got.Mode, got.Figure, c.mode, c.figure)
		}
	}
	if got := (Set{}).On("no_such_rule", day("2026-01-01")); got.Mode != Off {
		t.Errorf("an unknown rule is %q", got.Mode)
	}
}

// TestWrongRows names everything that is wrong with a row at once.
func TestWrongRows(t *testing.T) {
	t.Parallel()
	right := Form{Code: SnapshotStale, Mode: Warn, Figure: days(0), ValidFrom: day("2026-01-01"), Basis: "Perbup"}
	if err := right.Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		form Form
		want []string
	}{
		"nothing":              {Form{}, []string{"/code:unknown_choice", "/mode:required", "/valid_from:required", "/basis:required"}},
		"no such rule":         {Form{Code: "x", Mode: Warn, ValidFrom: day("2026-01-01"), Basis: "b"}, []string{"/code:unknown_choice"}},
		"a mode for a figure":  {Form{Code: AddendumPercent, Mode: Warn, ValidFrom: day("2026-01-01"), Basis: "b"}, []string{"/mode:not_of_rule"}},
		"a figure for a mode":  {Form{Code: RUPMissing, Figure: days(1), ValidFrom: day("2026-01-01"), Basis: "b"}, []string{"/figure:not_of_rule"}},
		"below zero":           {Form{Code: SnapshotStale, Figure: days(-1), ValidFrom: day("2026-01-01"), Basis: "b"}, []string{"/figure:out_of_range"}},
		"ends before it began": {Form{Code: RUPMissing, Mode: Off, ValidFrom: day("2026-01-02"), ValidTo: day("2026-01-01"), Basis: "b"}, []string{"/valid_to:before"}},
	} {
		var got []string
		for _, f := range fault.From(c.form.Check()).Fields {
			got = append(got, f.Pointer+":"+f.Code)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestEveryRuleIsTold wants each rule once, and a figure only with its unit.
func TestEveryRuleIsTold(t *testing.T) {
	t.Parallel()
	seen := map[Code]bool{}
	for _, k := range Statutory() {
		if seen[k.Code] {
			t.Errorf("%s stands twice", k.Code)
		}
		seen[k.Code] = true
		if (k.Unit == None) != (k.Figure == 0) && k.Code != MatchTolerance || k.Mode == "" && k.Unit == None {
			t.Errorf("%s: %+v", k.Code, k)
		}
	}
}
