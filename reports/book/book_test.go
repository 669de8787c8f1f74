package book

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// write makes a workbook with one sheet and gives it as another program reads it.
func write(t testing.TB, layout Layout, fill func(*Sheet)) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	book, err := New(&b, Properties{Title: "T", Creator: "C", Program: "P", Time: time.Unix(0, 0)}, "Its 'own' & only")
	if err != nil {
		t.Fatal(err)
	}
	s, err := book.Sheet("Its 'own' & only", layout)
	if err != nil {
		t.Fatal(err)
	}
	fill(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n      int64
		digits int
		want   string
	}{
		{0, 0, "0"},
		{0, 2, "0"},
		{5, 2, "0.05"},
		{50, 2, "0.5"},
		{100, 2, "1"},
		{-5, 2, "-0.05"},
		{-12345, 2, "-123.45"},
		{math.MaxInt64, 0, "9223372036854775807"},
		{math.MinInt64, 2, "-92233720368547758.08"},
		{120_000, 6, "0.12"},
		{1, 9, "0.000000001"},
	} {
		if got := string(appendDecimal(nil, c.n, c.digits)); got != c.want {
			t.Errorf("%d with %d digits is %s, want %s", c.n, c.digits, got, c.want)
		}
	}
}

func TestDatesAndTimes(t *testing.T) {
	t.Parallel()
	moments := []time.Time{
		time.Date(2026, 11, 24, 10, 4, 5, 0, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC),
		time.Date(2000, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(1900, 3, 1, 12, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	f := write(t, Layout{}, func(s *Sheet) {
		for _, m := range moments {
			if err := s.Row(0); err != nil {
				t.Fatal(err)
			}
			s.Moment(0, m.Unix())
		}
	})
	for i, want := range moments {
		raw, err := f.GetCellValue("Its 'own' & only", Cell(i+1, 0), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		var serial float64
		if err := xml.Unmarshal([]byte("<v>"+raw+"</v>"), &serial); err != nil {
			t.Fatal(err)
		}
		got, err := excelize.ExcelDateToTime(serial, false)
		if err != nil || got.Round(time.Second) != want {
			t.Errorf("%s is read as %s (%s, %v)", want, got, raw, err)
		}
	}
}

func TestCellNames(t *testing.T) {
	t.Parallel()
	for column, want := range map[int]string{0: "A1", 25: "Z1", 26: "AA1", 51: "AZ1", 52: "BA1", 701: "ZZ1", 702: "AAA1", columnsMax - 1: "XFD1"} {
		if got := Cell(1, column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

func TestSheetsAreHeldTo(t *testing.T) {
	t.Parallel()
	b, err := New(io.Discard, Properties{}, "A", "B")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Sheet("C", Layout{}); err == nil {
		t.Error("a sheet that was not declared is written")
	}
	s, err := b.Sheet("A", Layout{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Sheet("B", Layout{}); err == nil {
		t.Error("two sheets are open at once")
	}
	s.row = rowsMax
	if err := s.Row(0); err == nil {
		t.Error("a row beyond the last is written")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Sheet("A", Layout{}); err == nil {
		t.Error("a sheet is written twice")
	}
	if err := b.Close(); err == nil || !strings.Contains(err.Error(), "B") {
		t.Errorf("a workbook without one of its sheets: %v", err)
	}
}

type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

// TestFullDisk: a failed write is told at the next row, or at the latest at the end.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	for _, room := range []int{0, 2_000, 200_000} {
		b, err := New(&full{room}, Properties{}, "A")
		if err == nil {
			err = fillUp(b)
		}
		if err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
}

func fillUp(b *Book) error {
	s, err := b.Sheet("A", Layout{})
	if err != nil {
		return err
	}
	for i := range 300_000 {
		if err := s.Row(0); err != nil {
			return err
		}
		s.Decimal(0, int64(i)*7919, 0)
	}
	if err := s.Close(); err != nil {
		return err
	}
	return b.Close()
}

func TestTableAndChart(t *testing.T) {
	t.Parallel()
	f := write(t, Layout{FrozenRows: 1, FrozenCols: 1, Widths: []float64{10, 20}, Footer: "A & B"}, func(s *Sheet) {
		for _, row := range [][]string{{"Name", "A & <B>"}, {"x", "y"}} {
			if err := s.Row(0); err != nil {
				t.Fatal(err)
			}
			for _, text := range row {
				s.Text(0, text)
			}
		}
		if err := s.Table("Things", 1, []string{"Name", "A & <B>"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Table("Things", 1, []string{"Name"}); err == nil {
			t.Error("two tables of one name")
		}
	})
	tables, err := f.GetTables("Its 'own' & only")
	if err != nil || len(tables) != 1 || tables[0].Range != "A1:B2" || tables[0].Name != "Things" {
		t.Errorf("tables %+v %v", tables, err)
	}
	panes, err := f.GetPanes("Its 'own' & only")
	if err != nil || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != 1 || panes.TopLeftCell != "B2" {
		t.Errorf("panes %+v %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].RefersTo != "'Its ''own'' & only'!$A:$A,'Its ''own'' & only'!$1:$1" {
		t.Errorf("repeated on paper: %+v", names)
	}
}

func TestFooterFits(t *testing.T) {
	t.Parallel()
	for _, left := range []string{"", "2026 & 2027", strings.Repeat("&", 500), strings.Repeat("ä", 500)} {
		if got := footer(left); utf8.RuneCountInString(got) > 255 || !strings.HasSuffix(got, "&P / &N") {
			t.Errorf("footer of %d characters: %s", utf8.RuneCountInString(got), got)
		}
	}
	if got := footer("7 & 8"); got != "&L&8 7 && 8&R&8 &A · &P / &N" {
		t.Errorf("footer %s", got)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "=1+1", "a\x00b", "\xff", "_x0041_", "_x005F_x0041_", "]]>", "😀", "\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		written := appendText(nil, typed)
		var read string
		if err := xml.Unmarshal([]byte("<t>"+string(written)+"</t>"), &read); err != nil {
			t.Fatalf("%q is not XML: %v", written, err)
		}
		if !utf8.ValidString(read) || len(utf16.Encode([]rune(strings.ReplaceAll(read, "_x005F_", "_")))) > textMax {
			t.Fatalf("%q does not fit a cell", read)
		}
	})
}
