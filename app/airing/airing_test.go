package airing

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/price"
	"tayang/app/tabular"
)

func day(text string) period.Date { return period.MustDate(text) }

func ran(on, at, title string, seconds int64) Airing {
	return Airing{AiredOn: day(on), AiredAt: at, Title: title, Seconds: seconds, Remarks: Remarks{}}
}

func ordered(n byte, on, title, slot string) Spot {
	return Spot{ID: uuid.UUID{15: n}, Title: title, Product: "spot radio 30 detik", ScheduledOn: day(on), Slot: slot, Status: placement.Planned}
}

func TestTheBestPairsComeFirst(t *testing.T) {
	t.Parallel()
	spots := []Spot{
		ordered(1, "2026-03-02", "Spot Vaksin", "07.00-08.00"), ordered(2, "2026-03-02", "Spot Vaksin", "19.00"),
		ordered(3, "2026-03-02", "Spot Pajak Daerah", ""), ordered(4, "2026-03-03", "Spot Vaksin", "07.00"),
	}
	rows := []Airing{
		ran("2026-03-02", "07:30:00", "Vaksin", 30),      // in the window of the first
		ran("2026-03-02", "19:14:00", "Vaksin", 30),      // within the tolerance of the second
		ran("2026-03-02", "12:00:00", "Pajak daerah", 0), // any hour
		ran("2026-03-03", "07:16:00", "Vaksin", 30),      // a minute beyond the tolerance
		ran("2026-03-03", "07:00:00", "Lagu daerah", 30), // another title
		ran("2026-03-03", "07:00:00", "Vaksin", 15),      // shorter than ordered
		ran("2026-03-02", "07:10:00", "Vaksin", 30),      // the first spot is shown already
	}
	got := map[int]byte{}
	for _, p := range Match(rows, spots, 15) {
		got[p.Airing] = spots[p.Spot].ID[15]
	}
	if diff := cmp.Diff(map[int]byte{6: 1, 1: 2, 2: 3}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Match(rows, spots, 16); len(got) != 4 {
		t.Errorf("the tolerance is not asked: %v", got)
	}
}

func TestMatchingIsFairAndKnowsNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		titles := rapid.SampledFrom([]string{"Spot Vaksin", "Vaksin", "Spot Pajak", "", "Lagu"})
		days := rapid.SampledFrom([]string{"2026-03-02", "2026-03-03"})
		var rows []Airing
		seen := map[string]bool{}
		for range rapid.IntRange(0, 25).Draw(r, "rows") {
			a := ran(days.Draw(r, "day"), clockText(rapid.IntRange(0, 86399).Draw(r, "at")), titles.Draw(r, "title"), rapid.Int64Range(0, 60).Draw(r, "seconds"))
			if !seen[a.Key()] {
				seen[a.Key()] = true
				rows = append(rows, a)
			}
		}
		var spots []Spot
		for i := range rapid.IntRange(0, 12).Draw(r, "spots") {
			slot := rapid.SampledFrom([]string{"", "07.00", "06.00-09.00", "Pagi"}).Draw(r, "slot")
			spots = append(spots, ordered(byte(i+1), days.Draw(r, "day"), titles.Draw(r, "title")+" x", slot))
		}
		tolerance := rapid.Int64Range(0, 120).Draw(r, "tolerance")
		told := func(rows []Airing, spots []Spot) (out []string) {
			used, shown := map[int]bool{}, map[int]bool{}
			for _, p := range Match(rows, spots, tolerance) {
				a, s := rows[p.Airing], spots[p.Spot]
				if used[p.Airing] || shown[p.Spot] {
					r.Fatal("something is matched twice")
				}
				if used[p.Airing], shown[p.Spot] = true, true; a.AiredOn != s.day() || a.Seconds > 0 && a.Seconds < 30 || p.Distance > int(tolerance)*60 {
					r.Fatalf("%+v does not show %+v", a, s)
				}
				out = append(out, a.Key()+"="+s.ID.String())
			}
			slices.Sort(out)
			return out
		}
		want := told(rows, spots)
		if got := told(rapid.Permutation(rows).Draw(r, "other rows"), rapid.Permutation(spots).Draw(r, "other spots")); !slices.Equal(got, want) {
			r.Fatalf("another order gives other matches:\n%v\n%v", want, got)
		}
	})
}

func TestRowsAreRemarkedOn(t *testing.T) {
	t.Parallel()
	f := Frame{StartDate: day("2026-03-01"), EndDate: day("2026-03-31"), OutletName: "Radio Suara Contoh 100 FM"}
	rows := []Airing{
		ran("2026-03-02", "07:00:00", "Spot", 30), ran("2026-03-02", "07:00:00", "SPOT", 30), ran("2026-04-01", "07:00:00", "Spot", 15), ran("2026-03-03", "07:00:00", "Spot", 30),
		ran("2026-03-04", "07:00:00", "Spot", 0),
	}
	rows[0].Station, rows[3].Station = "SUARA CONTOH", "Radio Siar Contoh"
	remark(rows, f, []Spot{ordered(1, "2026-03-02", "Spot", "")}, []Airing{ran("2026-03-04", "07:00:00", "spot", 60)})
	got := ""
	for _, a := range rows {
		got += fmt.Sprintln(a.Remarks)
	}
	want := "[]\n[repeated]\n[outside_term short]\n[other_station]\n[known_before]\n"
	if got != want {
		t.Errorf("%s", got)
	}
}

// sheetOf is a table as a reader gives it.
func sheetOf(rows ...[]price.Cell) price.Book {
	s := price.Sheet{Name: "Log"}
	for i, cells := range rows {
		s.Rows = append(s.Rows, price.SheetRow{Number: i + 1, Cells: cells})
	}
	return price.Book{Sheets: []price.Sheet{s}}
}

func words(texts ...string) (out []price.Cell) {
	for _, s := range texts {
		out = append(out, price.Cell{Text: s})
	}
	return out
}

func TestAHostileLog(t *testing.T) {
	t.Parallel()
	num := func(s string) price.Cell { return price.Cell{Text: s, Number: true} }
	got, err := Read(sheetOf(
		words("BUKTI SIAR RADIO CONTOH"), words("Jam Siar", "TGL", "Durasi (detik)", "Materi Iklan", "Mata Acara"),
		[]price.Cell{num("0.302083333333"), num("46083"), num("30"), {Text: "Spot"}, {Text: "=HYPERLINK(1)"}},
		words("25:00", "31-02-2026", "lama", "Spot", ""),
		[]price.Cell{{Text: "07.15"}, {Formula: true}, num("30"), {Text: "Spot"}},
		words("Jam Siar", "TGL", "Durasi (detik)", "Materi Iklan", "Mata Acara"),
		words("", "", "", "", "Mengetahui, Kepala Studio"),
		words("24:00", "2 Maret 2026", "1 menit", "Spot\x07", ""),
		words("23:59:59", "Senin, 2 Maret 2026", "1 menit", strings.Repeat("panjang ", 90), ""),
	), "WIB")
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, c := range got.Complaints {
		said += fmt.Sprintf("%d %s %s\n", c.Row, c.Column, c.Code)
	}
	if want := "4 TGL bad_date\n4 Jam Siar bad_time\n4 Durasi (detik) bad_duration\n5 TGL formula\n8 Jam Siar bad_time\n"; said != want || got.Wrong != 3 {
		t.Errorf("%s", said)
	}
	if len(got.Rows) != 2 || got.Rows[0].AiredAt != "07:15:00" || got.Rows[0].AiredOn != day("2026-03-02") || got.Rows[0].Programme != "=HYPERLINK(1)" || got.Rows[1].Seconds != 60 ||
		len(got.Rows[1].Title) > wordsMax {
		t.Errorf("%+v", got.Rows)
	}
	for _, b := range []price.Book{{}, sheetOf(words("Nama", "Alamat"), words("a", "b")), sheetOf(words("Tanggal", "Jam"))} {
		if _, err := Read(b, "WIB"); err == nil {
			t.Errorf("%v is a log", b)
		}
	}
}

func TestTenThousandRows(t *testing.T) {
	t.Parallel()
	rows := [][]price.Cell{words("Tanggal", "Jam", "Judul")}
	for i := range 10_000 {
		rows = append(rows, words("2026-03-02", clockText(i*8%86400), "Spot Vaksin"))
	}
	got, err := Read(sheetOf(rows...), "WIB")
	if err != nil || len(got.Rows) != 10_000 {
		t.Fatalf("%v %d", err, len(got.Rows))
	}
	var spots []Spot
	for i := range 20 {
		spots = append(spots, ordered(byte(i+1), "2026-03-02", "Spot Vaksin", ""))
	}
	remark(got.Rows, Frame{StartDate: day("2026-01-01"), EndDate: day("2026-12-31")}, spots, nil)
	if n := len(Match(got.Rows, spots, 15)); n != 20 {
		t.Errorf("%d spots are shown", n)
	}
}

func FuzzReadLog(f *testing.F) {
	f.Add("Tanggal;Jam;Durasi\n02/03/2026;07.15;30\n", false)
	f.Add("Date,Time,Title\n46083,0.5,x\n", true)
	f.Fuzz(func(t *testing.T, text string, numbers bool) {
		var rows [][]price.Cell
		for line := range bytes.Lines([]byte(text)) {
			var cells []price.Cell
			for _, c := range strings.FieldsFunc(string(line), func(r rune) bool { return r == ';' || r == ',' }) {
				cells = append(cells, price.Cell{Text: strings.TrimSpace(c), Number: numbers && strings.Trim(c, "0123456789.eE+-") == ""})
			}
			rows = append(rows, cells)
		}
		got, err := Read(sheetOf(rows...), "WIB")
		if err != nil {
			return
		}
		for _, a := range got.Rows {
			if a.AiredOn.IsZero() || clockText(secondsAfterMidnight(a.AiredAt)) != a.AiredAt || a.Seconds < 0 || a.Seconds > 86400 {
				t.Errorf("%+v", a)
			}
			if tabular.Clean(a.Title) != a.Title && strings.TrimSpace(a.Title) != a.Title {
				t.Errorf("blanks around %q", a.Title)
			}
		}
	})
}
