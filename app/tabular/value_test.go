package tabular

import (
	"testing"

	"tayang/app/price"
)

func written(s string) price.Cell { return price.Cell{Text: s} }
func figured(s string) price.Cell { return price.Cell{Text: s, Number: true} }

func TestDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell price.Cell
		want string
	}{
		{written("2026-03-02"), "2026-03-02"}, {written("02/03/2026"), "2026-03-02"}, {written("2.3.26"), "2026-03-02"},
		{written("2 Maret 2026"), "2026-03-02"}, {written("Senin, 02-Mar-2026"), "2026-03-02"}, {written("March 2, 2026"), "2026-03-02"},
		{written("2 agustus 2026"), "2026-08-02"}, {written("17 Agu 2026"), "2026-08-17"}, {written("2026-03-02 07:15:00"), "2026-03-02"},
		{written("2026-03-02T07:15"), "2026-03-02"}, {written("02/03/2026 07.15"), "2026-03-02"},
		{figured("46083"), "2026-03-02"}, {figured("46083.302083"), "2026-03-02"}, {figured("4.6083E4"), "2026-03-02"}, {figured("46082.9999999"), "2026-03-02"},
		{written(""), "required"}, {written("31-02-2026"), "bad_date"}, {written("29/02/2026"), "bad_date"}, {written("13/13/2026"), "bad_date"},
		{written("kemarin"), "bad_date"}, {figured("12"), "bad_date"}, {figured("-4"), "bad_date"}, {figured("99999999"), "bad_date"},
		{written("46083"), "bad_date"}, {written("2 Brumaire 2026"), "bad_date"}, {figured("NaN"), "bad_date"}, {written("00/00/0000"), "bad_date"},
	} {
		got, code := Day(c.cell)
		if code == "" {
			code = got.String()
		}
		if code != c.want {
			t.Errorf("%+v is %s, want %s", c.cell, code, c.want)
		}
	}
}

func TestClocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell price.Cell
		want int
		code string
	}{
		{written("07:15"), 26100, ""}, {written("7.15"), 26100, ""}, {written("07:15:30"), 26130, ""}, {written("07.15 WIB"), 26100, ""},
		{written("7:15 PM"), 69300, ""}, {written("12:00 am"), 0, ""}, {written("23:59:59"), 86399, ""}, {written("00:00"), 0, ""},
		{written("07:15:30.250"), 26130, ""}, {written("2026-03-02 07:15"), 26100, ""},
		{figured("0.302083333333333"), 26100, ""}, {figured("46083.302083333"), 26100, ""}, {figured("0"), 0, ""},
		{written(""), 0, "required"}, {written("24:00"), 0, "bad_time"}, {written("25:00"), 0, "bad_time"}, {written("07:60"), 0, "bad_time"},
		{written("13:00 PM"), 0, "bad_time"}, {written("pagi"), 0, "bad_time"}, {written("07.15 WIT"), 0, "bad_time"}, {figured("7.15"), 0, "bad_time"},
		{figured("1"), 0, "bad_time"}, {figured("-0.5"), 0, "bad_time"},
	} {
		if got, code := Clock(c.cell, "WIB"); got != c.want || code != c.code {
			t.Errorf("%+v is %d %s, want %d %s", c.cell, got, code, c.want, c.code)
		}
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell price.Cell
		want int
		code string
	}{
		{written("30"), 30, ""}, {figured("60"), 60, ""}, {written("30 detik"), 30, ""}, {written(`30"`), 30, ""}, {written("30''"), 30, ""},
		{written("1 menit"), 60, ""}, {written("1'30\""), 90, ""}, {written("00:30"), 30, ""}, {written("00:00:30"), 30, ""}, {written("01:02:03"), 3723, ""},
		{written("2 min 5 sec"), 125, ""}, {figured("0.00034722222"), 30, ""}, {written("60,0"), 60, ""}, {written("1’"), 60, ""}, {written("00:00:29.960"), 29, ""},
		{written(""), 0, "required"}, {written("0"), 0, "bad_duration"}, {written("sebentar"), 0, "bad_duration"}, {written("00:99"), 0, "bad_duration"},
		{figured("-30"), 0, "bad_duration"}, {figured("99999999"), 0, "bad_duration"}, {written("999999"), 0, "bad_duration"},
	} {
		if got, code := Seconds(c.cell); got != c.want || code != c.code {
			t.Errorf("%+v is %d %s, want %d %s", c.cell, got, code, c.want, c.code)
		}
	}
}

func TestWholeNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell price.Cell
		want int64 // -1: nothing
		code string
	}{
		{written("1234"), 1234, ""}, {written("1.234"), 1234, ""}, {written("1,234,567"), 1234567, ""}, {figured("1234.0"), 1234, ""}, {figured("1.2E3"), 1200, ""},
		{written(""), -1, ""}, {written("--"), -1, ""}, {written("N/A"), -1, ""}, {written("1.23"), -1, "not_whole"}, {written("1.234,567"), -1, "not_whole"},
		{figured("1.5"), -1, "not_whole"}, {figured("-1"), -1, "not_whole"}, {written("1,2K"), -1, "not_whole"}, {written("99999999999999999999"), -1, "not_whole"},
		{price.Cell{Text: "5", Formula: true}, -1, "formula"},
	} {
		got, code := Whole(c.cell)
		n := int64(-1)
		if got != nil {
			n = *got
		}
		if n != c.want || code != c.code {
			t.Errorf("%+v is %d %s, want %d %s", c.cell, n, code, c.want, c.code)
		}
	}
}

func TestHeadsAreFoundWhereverTheyStand(t *testing.T) {
	t.Parallel()
	kinds := []Kind{
		{"log", []Column{{"date", true, []string{"tanggal", "date"}}, {"time", true, []string{"jam", "waktu"}}}},
		{"long log", []Column{{"date", true, []string{"tanggal"}}, {"time", true, []string{"jam"}}, {"title", false, []string{"judul"}}}},
	}
	row := func(n int, texts ...string) price.SheetRow {
		r := price.SheetRow{Number: n}
		for _, s := range texts {
			r.Cells = append(r.Cells, written(s))
		}
		return r
	}
	found, err := Find(price.Book{Sheets: []price.Sheet{
		{Name: "Sampul", Rows: []price.SheetRow{row(1, "RADIO CONTOH")}},
		{Name: "Log", Rows: []price.SheetRow{row(1, "BUKTI SIAR"), row(3, "Jam", " TANGGAL ", "Judul"), row(4, "07.15", "2026-03-02", "Spot")}},
	}}, kinds...)
	if err != nil || found.Kind != "long log" || len(found.Rows) != 1 || found.Text(found.Rows[0], "title") != "Spot" || found.Heads["date"] != "TANGGAL" {
		t.Errorf("%v %+v", err, found)
	}
	for name, b := range map[string]price.Book{
		"columns_missing": {Sheets: []price.Sheet{{Rows: []price.SheetRow{row(1, "Tanggal", "Program")}}}},
		"no_rows":         {Sheets: []price.Sheet{{Rows: []price.SheetRow{row(1, "Tanggal", "Jam")}}}},
	} {
		if _, err := Find(b, kinds...); err == nil || err.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
