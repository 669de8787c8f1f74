package period

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tayang/app/fault"
)

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "0000-01-01", "2026-1-1", "26-01-01",
		"23-11-2026", "2026/11/23", "2026-11-23T00:00:00Z", " 2026-11-23", "2026-11-23 ", "-026-01-01", "10000-01-01", "２026-01-01",
	} {
		if d, err := ParseDate(text); !fault.Is(err, "date_invalid") || !d.IsZero() {
			t.Errorf("%q: %s, %v", text, d, err)
		}
	}
}

func TestNewDate(t *testing.T) {
	t.Parallel()
	if d, err := NewDate(2024, time.February, 29); err != nil || d.String() != "2024-02-29" {
		t.Errorf("%s, %v", d, err)
	}
	for _, d := range [][3]int{{2026, 2, 29}, {2026, 0, 1}, {2026, 13, 1}, {0, 1, 1}, {10000, 1, 1}, {math.MaxInt64, 1, 1}} {
		if got, err := NewDate(d[0], time.Month(d[1]), d[2]); !fault.Is(err, "date_invalid") || !got.IsZero() {
			t.Errorf("%v: %s, %v", d, got, err)
		}
	}
}

func TestMustDatePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	MustDate("tomorrow")
}

func TestDateOfFollowsThePlace(t *testing.T) {
	t.Parallel()
	jakarta := time.FixedZone("WIB", 7*60*60)
	moment := time.Date(2026, time.December, 31, 17, 0, 0, 0, time.UTC)
	if got := DateOf(moment, jakarta); got != MustDate("2027-01-01") {
		t.Error(got)
	}
	if got := DateOf(moment, time.UTC); got != MustDate("2026-12-31") {
		t.Error(got)
	}
	if got := DateOf(time.Date(40000, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC); !got.IsZero() {
		t.Error(got)
	}
}

// anyDate draws dates of all years that exist.
func anyDate() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		return MustDate("0001-01-01").AddDays(rapid.IntRange(0, 3_652_058).Draw(t, "day"))
	})
}

func TestDatesAreDaysInARow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate().Draw(t, "a"), anyDate().Draw(t, "b")
		if a.AddDays(b.Sub(a)) != b || b.Sub(a) != -a.Sub(b) {
			t.Fatalf("%s and %s are %d days apart", a, b, b.Sub(a))
		}
		if a.Before(b) != (a.String() < b.String()) || a.After(b) != b.Before(a) || (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("order of %s and %s", a, b)
		}
		if !a.Month().Range().Contains(a) || !FiscalYear(a.Year()).Contains(a) || !FiscalYear(a.Year()).Range().Contains(a) {
			t.Fatalf("%s lies outside its month or year", a)
		}
	})
}

func TestEncodingsGoBothWays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.OneOf(rapid.Just(Date{}), anyDate()).Draw(t, "date")
		var byJSON, byText, bySQL Date
		text, err := json.Marshal(want)
		if err != nil || json.Unmarshal(text, &byJSON) != nil || byJSON != want {
			t.Fatalf("JSON %s: %s, %v", text, byJSON, err)
		}
		text, err = want.MarshalText()
		if err != nil || byText.UnmarshalText(text) != nil || byText != want {
			t.Fatalf("text %s: %s, %v", text, byText, err)
		}
		value, err := want.Value()
		if err != nil || bySQL.Scan(value) != nil || bySQL != want {
			t.Fatalf("SQL %v: %s, %v", value, bySQL, err)
		}
		if !want.IsZero() && (bySQL.Scan(want.Time()) != nil || bySQL != want) {
			t.Fatalf("time %v: %s", want.Time(), bySQL)
		}
	})
}

func TestNoDate(t *testing.T) {
	t.Parallel()
	d := MustDate("2026-11-23")
	if err := json.Unmarshal([]byte("null"), &d); err != nil || !d.IsZero() {
		t.Error(d, err)
	}
	for _, text := range []string{`""`, `20261123`, `"2026-02-30"`, `{}`, `"2026-11-23T00:00:00Z"`} {
		if err := json.Unmarshal([]byte(text), &d); !fault.Is(err, "date_invalid") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := d.Scan(7); err == nil {
		t.Error("scanned a number")
	}
	if err := d.Scan([]byte("2026-11-23")); err != nil || d.String() != "2026-11-23" {
		t.Error(d, err)
	}
	var none Date
	if none.String()+none.Short()+none.Format("id")+none.FormatLong("en")+none.Month().Format("id")+none.Month().String() != "" ||
		!none.AddDays(1).IsZero() || !none.Time().IsZero() || !none.Month().Start().IsZero() || !none.Month().End().IsZero() {
		t.Error("no date shows as one")
	}
	if !MustDate("9999-12-31").AddDays(1).IsZero() {
		t.Error("there is a year 10000")
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	d := MustDate("2026-05-03")
	for _, c := range [][2]string{
		{d.Format("id"), "3 Mei 2026"},
		{d.Format("en"), "3 May 2026"},
		{d.FormatLong("id"), "3 Mei 2026"},
		{MustDate("2026-08-17").Format("id"), "17 Agu 2026"},
		{MustDate("2026-08-17").FormatLong("id"), "17 Agustus 2026"},
		{MustDate("2026-12-01").FormatLong("en"), "1 December 2026"},
		{d.Short(), "03-05-2026"},
		{d.Month().Format("id"), "Mei 2026"},
		{d.Month().String(), "2026-05"},
		{MonthName(0, "id"), ""},
		{MonthLongName(13, "en"), ""},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, not %q", c[0], c[1])
		}
	}
}

func TestMonths(t *testing.T) {
	t.Parallel()
	feb, err := ParseMonth("2024-02")
	if err != nil || feb.Start().String() != "2024-02-01" || feb.End().String() != "2024-02-29" || feb.Range().Days() != 29 {
		t.Error(feb, err)
	}
	if dec, err := NewMonth(2026, time.December); err != nil || dec.Next().String() != "2027-01" || dec.Number() != 12 || dec.Year() != 2026 {
		t.Error(dec, err)
	}
	for _, text := range []string{"", "2026", "2026-13", "2026-1", "2026-01-01"} {
		if m, err := ParseMonth(text); !fault.Is(err, "date_invalid") || !m.IsZero() {
			t.Errorf("%q: %s, %v", text, m, err)
		}
	}
	months := FiscalYear(2026).Months()
	if len(months) != 12 || months[0].Start() != FiscalYear(2026).Start() || months[11].End() != FiscalYear(2026).End() {
		t.Error(months)
	}
	if y := FiscalYear(70_000); !y.Start().IsZero() || !y.End().IsZero() || y.Contains(Date{}) || !y.Months()[3].IsZero() {
		t.Error("a year beyond the calendar has days")
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	day := func(text string) Date {
		if text == "" {
			return Date{}
		}
		return MustDate(text)
	}
	for _, c := range []struct {
		from, to, on string
		in           bool
	}{
		{"2026-01-01", "2026-01-31", "2026-01-01", true},
		{"2026-01-01", "2026-01-31", "2026-01-31", true},
		{"2026-01-01", "2026-01-31", "2026-02-01", false},
		{"2026-01-01", "", "2099-01-01", true},
		{"", "2026-01-01", "1999-01-01", true},
		{"", "", "2026-01-01", true},
		{"", "", "", false},
	} {
		if got := (Range{day(c.from), day(c.to)}).Contains(day(c.on)); got != c.in {
			t.Errorf("%v: %v", c, got)
		}
	}
	january, february := MustDate("2026-01-01").Month().Range(), MustDate("2026-02-01").Month().Range()
	if january.Overlaps(february) || !january.Overlaps(Range{From: january.To}) || !(Range{}).Overlaps(january) {
		t.Error("overlap")
	}
	backwards := Range{february.To, january.From}
	if backwards.Valid() || !january.Valid() || backwards.Days() != 0 || january.Days() != 31 || (Range{From: january.From}).Days() != 0 {
		t.Error("validity")
	}
}
