package price_test

import (
	"errors"
	"strings"
	"testing"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/price"
)

func names(err error, pointer string) bool {
	var f *fault.Error
	if !errors.As(err, &f) {
		return false
	}
	for _, w := range f.Fields {
		if w.Pointer == pointer {
			return true
		}
	}
	return false
}

// book is a sheet of texts; a cell that begins with # is a number, with = a formula.
func book(lines ...string) price.Book {
	var s price.Sheet
	for i, l := range lines {
		r := price.SheetRow{Number: i + 1}
		for _, c := range strings.Split(l, "|") {
			switch {
			case strings.HasPrefix(c, "#"):
				r.Cells = append(r.Cells, price.Cell{Text: c[1:], Number: true})
			case strings.HasPrefix(c, "="):
				r.Cells = append(r.Cells, price.Cell{Formula: true})
			default:
				r.Cells = append(r.Cells, price.Cell{Text: c})
			}
		}
		s.Rows = append(s.Rows, r)
	}
	return price.Book{Sheets: []price.Sheet{{Name: "Petunjuk"}, s}}
}

const heads = "Kode Kelompok Barang|Uraian Kelompok|ID Standar Harga|Kode Barang|Uraian Barang|Spesifikasi|Satuan|Harga Satuan|Kode Rekening"

func TestListedReadsWhatOfficesExport(t *testing.T) {
	t.Parallel()
	lines, complaints, err := price.Listed(book(
		"PEMERINTAH KABUPATEN CONTOH", "STANDAR HARGA SATUAN TAHUN 2026||", "",
		"Harga  Satuan (Rp)|No|SATUAN|Uraian Barang|Kode Rekening|Spesifikasi|Kode Barang",
		"(8)|(1)|(7)|(5)|(9)|(6)|(4)",
		"#1485000|1|artikel|Advertorial Daring|5.1.02.02.01.0055, 5.1.02.02.01.0062|Media lokal|1.3.1",
		"1.234.567,00|2|siaran|Adlib|5.1.02.02.01.0055||", "Rp 1.485.000|3|tayang|Videotron|||", "rp1.000.000,-|4|halaman|Iklan|||",
		"#1.485E6|5|pekan|LED|||", "#2500000.0|6|spot|Spot Radio|||", "|||JASA LAIN||", "#300000|7|siaran|ADLIB |5.1.02.02.01.0062||9",
		"#1485000|8|artikel|Advertorial  daring|5.1.02.02.01.0063|media LOKAL|1.3.1",
	))
	if err != nil || len(complaints) > 0 {
		t.Fatalf("%v %+v", err, complaints)
	}
	want := []money.Amount{1_485_000, 1_234_567, 1_485_000, 1_000_000, 1_485_000, 2_500_000, 300_000}
	if len(lines) != len(want) {
		t.Fatalf("%d lines: %+v", len(lines), lines)
	}
	for i, l := range lines {
		if l.UnitPrice != want[i] {
			t.Errorf("line %d: %d, want %d", i, l.UnitPrice, want[i])
		}
	}
	if first := lines[0]; first.AccountCodes.String() != "5.1.02.02.01.0055,5.1.02.02.01.0062,5.1.02.02.01.0063" || first.ItemCode != "1.3.1" || first.Row != 6 {
		t.Errorf("%+v", first)
	}
}

func TestListedComplainsByRowAndColumn(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"1|a|s|k|Produk|x|unit|#1485000.5|":      "harga satuan amount_fraction",
		"1|a|s|k|Produk|x|unit|#1.4850005E6|":    "harga satuan amount_fraction",
		"1|a|s|k|Produk|x|unit|1.485.000,50|":    "harga satuan amount_fraction",
		"1|a|s|k|Produk|x|unit|gratis|":          "harga satuan amount_unreadable",
		"1|a|s|k|Produk|x|unit|#1E999999999|":    "harga satuan amount_unreadable",
		"1|a|s|k|Produk|x|unit|#-5|":             "harga satuan out_of_range",
		"1|a|s|k|Produk|x|unit|#0|":              "harga satuan out_of_range",
		"1|a|s|k|Produk|x|unit||":                "harga satuan required",
		"1|a|s|k|Produk|x|unit|=|":               "harga satuan formula",
		"1|a|s|k|=|x|unit|#5|":                   "uraian barang formula",
		"1|a|s|k||x|unit|#5|":                    "uraian barang required",
		"1|a|s|k|Produk|x||#5|":                  "satuan required",
		"1|a|s|k|Produk|x|unit|#5|belanja iklan": "kode rekening bad_code",
		"1|a|s|k|Pro\x07duk|x|unit|#5|":          "uraian barang bad_text",
		"1|a|s|k|Ada|x|unit|#6|":                 "harga satuan doubled_price",
	} {
		_, complaints, err := price.Listed(book(heads, "1|a|s|k|Ada|x|unit|#5|", row))
		if err != nil || len(complaints) != 1 {
			t.Errorf("%s: %v %+v", row, err, complaints)
			continue
		}
		if c := complaints[0]; c.Column+" "+c.Code != want || c.Row != 3 {
			t.Errorf("%s: %+v, want %s", row, c, want)
		}
	}
}

func TestListedRefusesOtherTables(t *testing.T) {
	t.Parallel()
	for _, b := range []price.Book{{}, book(""), book("Uraian Barang|Satuan", "a|b"), book(heads), book(heads, "|||", "")} {
		if _, _, err := price.Listed(b); !names(err, "/file") {
			t.Errorf("%v", err)
		}
	}
}

// FuzzListed wants every table to be read or refused, and every line that is taken to be one that may be written.
func FuzzListed(f *testing.F) {
	f.Add(heads+"\n1|a|s|k|Produk|x|unit|Rp 1.485.000|5.1.02", "#1485000")
	f.Add("uraian barang|satuan|harga\na|b|#1e20", "=")
	f.Fuzz(func(t *testing.T, table, cell string) {
		b := book(append(strings.Split(table, "\n"), heads, "1|a|s|k|Produk|x|unit|"+cell)...)
		lines, _, err := price.Listed(b)
		if err != nil && !names(err, "/file") {
			t.Fatalf("%v", err)
		}
		for _, l := range lines {
			l.Basis, l.ValidFrom = "Perbup", day
			if err := l.Trimmed().Check(); err != nil {
				t.Fatalf("%+v: %v", l, err)
			}
		}
	})
}
