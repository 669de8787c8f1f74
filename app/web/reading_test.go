package web

import (
	"strings"
	"testing"

	"tayang/app/money"
	"tayang/app/period"
)

func TestListsPageSortAndFilter(t *testing.T) {
	t.Parallel()
	staff := visit(t, newOffice(t), "staff")
	for _, name := range []string{"Alfa", "Beta", "Gama"} {
		staff.post(home+"/campaigns", "name", name, "start_date", "2026-01-01", "end_date", "2026-02-01").moved()
	}
	first := staff.get(home+"/campaigns?limit=2&sort=-name").shows(200, "3 baris", "Gama", "Beta")
	if strings.Contains(first.said(), "Alfa") {
		t.Error("the first page is longer than asked for")
	}
	if got := first.doc.Find("th[aria-sort]").AttrOr("aria-sort", ""); got != "descending" {
		t.Errorf("sorted %q", got)
	}
	second := staff.get(first.doc.Find("a[rel=next]").AttrOr("href", "")).shows(200, "Alfa", "Halaman pertama")
	if second.doc.Find("a[rel=next]").Length() != 0 {
		t.Error("the last page has a next one")
	}
	found := staff.get(home+"/campaigns?q=bet").shows(200, "Beta", "1 baris")
	staff.get(found.doc.Find("a.chip").AttrOr("href", "")).shows(200, "3 baris")
	staff.get(home+"/campaigns?q=nothing").shows(200, "0 baris")
}

func TestTheReaderChoosesLanguageAndTheme(t *testing.T) {
	t.Parallel()
	staff := visit(t, newOffice(t), "staff")
	staff.get(home+"/home").shows(200, "Beranda")
	if got := staff.post("/settings", "lang", "en", "next", home+"/home").moved(); got != home+"/home" {
		t.Errorf("goes on at %s", got)
	}
	staff.post("/settings", "theme", "dark", "next", "https://evil.example").moved()
	page := staff.get(home + "/home")
	if html := page.doc.Find("html"); html.AttrOr("lang", "") != "en" || html.AttrOr("data-bs-theme", "") != "dark" || !strings.Contains(page.said(), "Home") {
		t.Errorf("%s", page.said())
	}
	staff.post("/settings", "lang", "xx", "theme", "pink", "next", "/").moved()
	if got := staff.get(home+"/home").doc.Find("html").AttrOr("lang", ""); got != "en" {
		t.Errorf("an unknown language gives %q", got)
	}
}

func TestOtherCurrenciesKeepTheirCents(t *testing.T) {
	t.Parallel()
	in := storyReader("en")
	in.Agency.Currency = money.MXN
	sent := map[string]string{"price": "1,234.56", "vague": "1,234", "count": "1.200", "word": "x", "at": "2026-02-30", "when": "2026-11-10T09:30"}
	f := &typed{reader: in, get: func(name string) string { return sent[name] }}
	if a := f.amount("price"); a != 123456 || in.money(a).Text != "1,234.56" || in.cash(a) != "MX$1,234.56" {
		t.Errorf("%d %s %s", a, in.money(a).Text, in.cash(a))
	}
	if f.amount("none") != 0 || f.amountOr("none") != nil || f.whole("count") != 1200 || !f.date("none").IsZero() {
		t.Error("what was not typed is not nothing")
	}
	if at := f.moment("when"); at == nil || in.moment(*at) != "10 Nov 2026 09:30" {
		t.Errorf("%v", at)
	}
	f.amount("vague")
	f.whole("word")
	f.date("at")
	f.moment("at")
	var codes []string
	for _, w := range f.wrong {
		codes = append(codes, w.Pointer+" "+w.Code)
	}
	if got := strings.Join(codes, ", "); got != "/vague amount_ambiguous, /word not_number, /at date_invalid, /at date_invalid" {
		t.Error(got)
	}
}

func TestTheYearElapses(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]int64{"2025-12-31": 0, "2026-01-01": 0, "2026-07-02": 50, "2026-12-31": 100, "2027-01-01": 100} {
		if got := elapsedPercent(period.FiscalYear(2026), day(on)); got != want {
			t.Errorf("%s: %d%%, want %d%%", on, got, want)
		}
	}
}
