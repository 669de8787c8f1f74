package report

import (
	"math"
	"strings"
	"testing"
	"time"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

func date(t *testing.T, text string) period.Date {
	t.Helper()
	var d period.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRequestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		year     int
		from, to string
		wrong    string
	}{
		{2026, "", "", ""},
		{2026, "2026-01-01", "2026-12-31", ""},
		{2026, "2026-05-01", "2026-05-01", ""},
		{2026, "2026-05-01", "", ""},
		{2026, "2026-05-02", "2026-05-01", "/to:before_start"},
		{2026, "2025-12-31", "", "/from:outside_fiscal_year"},
		{2026, "", "2027-01-01", "/to:outside_fiscal_year"},
		{1999, "", "", "/fiscal_year:out_of_range"},
		{0, "2026-01-01", "", "/fiscal_year:out_of_range /from:outside_fiscal_year"},
	} {
		err := Request{Kind: Accountability, FiscalYear: c.year, From: date(t, c.from), To: date(t, c.to), Language: English}.Check()
		var got []string
		if err != nil {
			for _, f := range fault.From(err).Fields {
				got = append(got, f.Pointer+":"+f.Code)
			}
		}
		if strings.Join(got, " ") != c.wrong {
			t.Errorf("%d %s–%s: %v, want %s", c.year, c.from, c.to, got, c.wrong)
		}
	}
}

func TestLastMonth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to   string
		asOf string
		want string
	}{
		{"2026-03-15", "2026-11-24T00:00:00Z", "2026-03"},
		{"", "2026-11-24T00:00:00Z", "2026-11"},
		{"", "2026-11-30T20:00:00Z", "2026-12"}, // already 1 December at the office
		{"", "2027-02-01T00:00:00Z", "2026-12"},
		{"", "2025-12-01T00:00:00Z", "2026-01"},
	} {
		asOf, err := time.Parse(time.RFC3339, c.asOf)
		if err != nil {
			t.Fatal(err)
		}
		h := Heading{Request: Request{FiscalYear: 2026, To: date(t, c.to)}, AsOf: asOf, Place: time.FixedZone("WIB", 7*60*60)}
		if got := h.LastMonth().String(); got != c.want {
			t.Errorf("until %q at %s: %s, want %s", c.to, c.asOf, got, c.want)
		}
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	views, none := int64(18_400), int64(0)
	at := time.Date(2026, 1, 1, 20, 0, 0, 0, time.UTC)
	place := time.FixedZone("WIB", 7*60*60)
	for name, c := range map[string]struct{ got, want Cell }{
		"empty text":          {text(""), None()},
		"no amount":           {amountOf(nil), None()},
		"no date":             {day(period.Date{}), None()},
		"first day":           {day(date(t, "1970-01-02")), Cell{Number: 1, Set: true}},
		"before 1970":         {day(date(t, "1969-12-31")), Cell{Number: -1, Set: true}},
		"month":               {month(date(t, "1970-02-15").Month()), Cell{Number: 31, Set: true}},
		"office clock":        {moment(&at, place), Cell{Number: at.Unix() + 7*60*60, Set: true}},
		"no moment":           {moment(nil, place), None()},
		"a third":             {share(1, 3), Cell{Number: 333_333, Set: true}},
		"of nothing":          {share(1, 0), None()},
		"beyond 64 bits":      {share(math.MaxInt64, 1), None()},
		"per thousand views":  {perMille(1_500_000, &views), Cell{Number: 81_522, Set: true}},
		"no views":            {perMille(1_500_000, &none), None()},
		"views not entered":   {perMille(1_500_000, nil), None()},
		"unknown yes or no":   {yesOf(nil), None()},
		"deposited in time":   {TaxRow{PaidOn: date(t, "2026-03-20"), DepositedOn: date(t, "2026-04-15")}.late(date(t, "2026-11-24")), None()},
		"deposited late":      {TaxRow{PaidOn: date(t, "2026-03-20"), DepositedOn: date(t, "2026-04-16")}.late(date(t, "2026-11-24")), Cell{Number: 1, Set: true}},
		"owed, not yet due":   {TaxRow{PaidOn: date(t, "2026-12-31")}.late(date(t, "2027-01-15")), None()},
		"owed and late":       {TaxRow{PaidOn: date(t, "2026-12-31")}.late(date(t, "2027-01-20")), Cell{Number: 5, Set: true}},
		"what is owed is nil": {amount(TaxRow{Amount: 5}.deposited()), Cell{Set: true}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", name, c.got, c.want)
		}
	}
}

func TestMeasures(t *testing.T) {
	t.Parallel()
	columns := []Column{{Key: "id"}, {Key: "amount", Type: Money}, {Key: "status", Type: Term}}
	all, sums, paid := rowsOf(Ledger), sumOf(Ledger, "amount"), sumOf(Ledger, "amount", Match{"status", "paid"})
	seen := 0
	tally := &tally{measures: []*Measure{all, sums, paid}, seen: func() { seen++ }}
	c := tally.of(Ledger, columns)
	for _, row := range [][]Cell{{text("1"), amount(5), text("paid")}, {text("2"), amount(7), text("draft")}, {text("3"), None(), text("paid")}} {
		if err := c.add(row); err != nil {
			t.Fatal(err)
		}
	}
	if all.Total() != 3 || sums.Total() != 12 || paid.Total() != 5 || seen != 3 {
		t.Errorf("rows %d, sum %d, paid %d, seen %d", all.Total(), sums.Total(), paid.Total(), seen)
	}
	if got := (Sum{{Measure: sums}, {Measure: paid, Minus: true}}).Total(); got != 7 {
		t.Errorf("difference %d", got)
	}
	if err := tally.of(Ledger, columns).add([]Cell{text("4"), amount(math.MaxInt64), text("draft")}); !fault.Is(err, "amount_overflow") {
		t.Errorf("overflow: %v", err)
	}
	tally.measures = []*Measure{sumOf(Ledger, "nothing")}
	if err := tally.of(Ledger, columns).add(nil); err == nil {
		t.Error("a measure of no column is not told")
	}
}

func TestControlsAgree(t *testing.T) {
	t.Parallel()
	five := &Measure{total: 5}
	for _, c := range []struct {
		control Control
		want    bool
	}{
		{Control{Sheet: only(five), Program: 5}, true},
		{Control{Sheet: only(five), Program: 4}, false},
		{Control{Sheet: only(five), Against: only(five), Program: 4}, true},
		{Control{Sheet: only(five), Against: Sum{}, Program: 5}, false},
	} {
		if got := c.control.Agrees(); got != c.want {
			t.Errorf("%+v agrees: %v", c.control, got)
		}
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	f := Figures{{figPlacement, "paid", 2, 10}, {figPlacement, "planned", 1, 5}, {figTax, "ppn", 3, 7}}
	rows, sum := f.all(figPlacement)
	if rows != 3 || sum != 15 || f.amount(figTax, "ppn") != 7 || f.rows(figTax, "ppn") != 3 || f.Rows() != 6 {
		t.Errorf("rows %d, sum %d, all %d", rows, sum, f.Rows())
	}
	if f.amount(figPlacement, "unknown") != money.Amount(0) {
		t.Error("an unknown figure is not zero")
	}
}

// TestWordsAreApart: within one vocabulary no two codes share a word, for formulas choose rows by it.
func TestWordsAreApart(t *testing.T) {
	t.Parallel()
	for i, vocabulary := range terms() {
		for _, language := range []Language{Indonesian, English} {
			seen := map[string]string{}
			for code, words := range vocabulary {
				word := strings.ToLower(words.In(language))
				if other, ok := seen[word]; ok || word == "" {
					t.Errorf("vocabulary %d, %s: %s and %s are both %q", i, language, code, other, word)
				}
				seen[word] = code
			}
		}
	}
}
