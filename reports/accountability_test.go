package reports_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"tayang/app/money"
	"tayang/app/report"
)

func TestWorkbookInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, language := range []report.Language{report.Indonesian, report.English} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			doc := document(t, heading(language, money.IDR), smallOffice(t), smallFigures())
			golden(t, "accountability."+string(language)+".txt", dump(t, build(t, doc)))
		})
	}
}

func TestSheetsOfTheContract(t *testing.T) {
	t.Parallel()
	for language, want := range map[report.Language]string{
		report.Indonesian: "Ringkasan · Realisasi Anggaran · Perjanjian · Penayangan · Influencer · Pembayaran · Pajak · Penyedia · Buku Besar · Penyimpangan · Keaslian · Kamus",
		report.English:    "Summary · Budget · Agreements · Placements · Influencers · Payments · Taxes · Vendors · Ledger · Overrides · Provenance · Dictionary",
	} {
		f := open(t, build(t, document(t, heading(language, money.IDR), smallOffice(t), smallFigures())))
		if got := strings.Join(f.GetSheetList(), " · "); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
}

func TestSameDataSameBytes(t *testing.T) {
	t.Parallel()
	first := build(t, document(t, heading(report.Indonesian, money.IDR), smallOffice(t), smallFigures()))
	for range 5 {
		again := build(t, document(t, heading(report.Indonesian, money.IDR), smallOffice(t), smallFigures()))
		if sum(first) == sum(again) {
			continue
		}
		a, b := parts(t, first), parts(t, again)
		for _, name := range keys(a) {
			if a[name] != b[name] {
				t.Errorf("part %s differs", name)
			}
		}
		t.Fatal("two builds of the same data differ")
	}
}

// TestHeads: a table's heads are unlike each other, and those that formulas name need no escape.
func TestHeads(t *testing.T) {
	t.Parallel()
	doc := document(t, heading(report.Indonesian, money.IDR), smallOffice(t), smallFigures())
	heads := map[report.Key]map[string]report.Words{}
	for _, r := range doc.Registers {
		heads[r.Key] = map[string]report.Words{}
		seen := map[string]bool{}
		for _, c := range r.Columns {
			heads[r.Key][c.Key] = c.Head
			for _, head := range []string{"id:" + strings.ToLower(c.Head.ID), "en:" + strings.ToLower(c.Head.EN)} {
				if seen[head] {
					t.Errorf("%s has two columns %s", r.Key, head)
				}
				seen[head] = true
			}
			if c.Head.ID == "" || c.Head.EN == "" || c.Meaning.ID == "" || c.Meaning.EN == "" {
				t.Errorf("%s.%s has no words", r.Key, c.Key)
			}
		}
		if r.Columns[0].Key != "id" {
			t.Errorf("%s begins with %s", r.Key, r.Columns[0].Key)
		}
	}
	plain := func(s string) bool {
		return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' }) < 0
	}
	check := func(m *report.Measure) {
		for _, column := range append([]string{m.Column}, matched(m)...) {
			if w := heads[m.Register][column]; column != "" && (w.ID == "" || !plain(w.ID) || !plain(w.EN)) {
				t.Errorf("%s.%s is named in a formula: %q %q", m.Register, column, w.ID, w.EN)
			}
		}
	}
	for _, s := range doc.Sections {
		for _, c := range s.Controls {
			for _, p := range append(append(report.Sum{}, c.Sheet...), c.Against...) {
				check(p.Measure)
			}
		}
	}
	for _, p := range doc.Populations {
		check(p.Rows)
		check(p.Sum)
	}
}

func matched(m *report.Measure) (out []string) {
	for _, w := range m.Where {
		out = append(out, w.Column)
	}
	return out
}

func TestEmptyOffice(t *testing.T) {
	t.Parallel()
	doc := document(t, heading(report.English, money.IDR), &office{}, nil)
	f := open(t, build(t, doc))
	tables, err := f.GetTables("Placements")
	if err != nil || len(tables) != 1 || !strings.HasSuffix(tables[0].Range, "2") {
		t.Errorf("table of an empty register: %v %v", tables, err)
	}
	if len(doc.Differences()) != 0 {
		t.Errorf("an empty office differs: %v", doc.Differences())
	}
}

// TestHostileText: what people type stays text, as they typed it, less what XML cannot hold.
func TestHostileText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 40_000)
	for _, c := range []struct{ typed, read string }{
		{`=HYPERLINK("http://evil.example","x")`, `=HYPERLINK("http://evil.example","x")`},
		{`=1+1`, `=1+1`},
		{`+62 812`, `+62 812`},
		{`-1`, `-1`},
		{`@SUM(A1)`, `@SUM(A1)`},
		{"\t=1+1", "\t=1+1"},
		{`<script>&amp;</t></is></c>"'`, `<script>&amp;</t></is></c>"'`},
		{" lead and trail ", " lead and trail "},
		{"a\x00b\x0bc\x1fd\ufffee", "abcde"},
		{"bad \xff\xfe bytes", "bad \ufffd\ufffd bytes"},
		{"two\r\nlines", "two\nlines"},
		{"_x0041_ stays", "_x0041_ stays"},
		{"0012345678901234567890", "0012345678901234567890"},
		{"😀 emoji", "😀 emoji"},
		{long, long[:2*32_767]},
	} {
		o := smallOffice(t)
		o.placements[0].Title = c.typed
		workbook := build(t, document(t, heading(report.English, money.IDR), o, smallFigures()))
		parts(t, workbook)
		f := open(t, workbook)
		if got, err := f.GetCellValue("Placements", "H2", excelize.Options{RawCellValue: true}); err != nil || got != c.read {
			t.Errorf("%.40q is read as %.40q (%v)", c.typed, got, err)
		}
		if formula, err := f.GetCellFormula("Placements", "H2"); err != nil || formula != "" {
			t.Errorf("%.40q became a formula %s (%v)", c.typed, formula, err)
		}
		if kind, err := f.GetCellType("Placements", "H2"); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%.40q has the type %v (%v)", c.typed, kind, err)
		}
	}
}

// TestExactMoney: cents are written as decimal text, out of whole numbers.
func TestExactMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		currency money.Currency
		amount   money.Amount
		written  string
	}{
		{money.IDR, 1, "1"},
		{money.IDR, 900_000_000_000_000, "900000000000000"},
		{money.EUR, 10, "0.1"},
		{money.EUR, 100, "1"},
		{money.EUR, 2_607_590_791, "26075907.91"},
		{money.MXN, -5, "-0.05"},
		{money.MXN, 899_999_999_999_999, "8999999999999.99"},
	} {
		o := smallOffice(t)
		o.placements[0].Gross = c.amount
		f := open(t, build(t, document(t, heading(report.English, c.currency), o, smallFigures())))
		if got, err := f.GetCellValue("Placements", "W2", excelize.Options{RawCellValue: true}); err != nil || got != c.written {
			t.Errorf("%d %s is written %q, want %q (%v)", c.amount, c.currency, got, c.written, err)
		}
	}
}
