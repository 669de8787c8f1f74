package read_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tayang/app/fault"
	"tayang/app/price"
	"tayang/reports/read"
)

func book(t *testing.T, content []byte) (price.Book, error) {
	t.Helper()
	return read.Reader{}.ReadBook("daftar", bytes.NewReader(content), int64(len(content)))
}

func wants(t *testing.T, err error, code string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != code || len(f.Fields) != 1 || f.Fields[0].Pointer != "/file" {
		t.Errorf("%v, want %s", err, code)
	}
}

// made is a workbook as Excel writes one.
func made(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t *testing.T, f *excelize.File, sheet, cell string, v any) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, v); err != nil {
		t.Fatal(err)
	}
}

func TestWorkbookKeepsTextsAndFigures(t *testing.T) {
	t.Parallel()
	content := made(t, func(f *excelize.File) {
		set(t, f, "Sheet1", "A1", "STANDAR HARGA")
		set(t, f, "Sheet1", "C3", "0055.01")
		set(t, f, "Sheet1", "D3", 1_485_000)
		set(t, f, "Sheet1", "E3", "=1+1")
		set(t, f, "Sheet1", "F3", true)
		if err := f.SetCellFormula("Sheet1", "G3", "SUM(D3:D3)"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellRichText("Sheet1", "H3", []excelize.RichTextRun{{Text: "dua "}, {Text: "warna"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet("Lain"); err != nil {
			t.Fatal(err)
		}
		set(t, f, "Lain", "B2", 12.5)
	})
	b, err := book(t, content)
	if err != nil || len(b.Sheets) != 2 || len(b.Sheets[0].Rows) != 2 {
		t.Fatalf("%v %+v", err, b)
	}
	row := b.Sheets[0].Rows[1]
	want := []price.Cell{{}, {}, {Text: "0055.01"}, {Text: "1485000", Number: true}, {Text: "=1+1"}, {}, {Formula: true}, {Text: "dua warna"}}
	if row.Number != 3 || fmt.Sprint(row.Cells) != fmt.Sprint(want) {
		t.Errorf("%+v", row)
	}
	if other := b.Sheets[1]; other.Name != "Lain" || other.Rows[0].Number != 2 || other.Rows[0].Cells[1] != (price.Cell{Text: "12.5", Number: true}) {
		t.Errorf("%+v", other)
	}
}

func TestCSVWithAnySeparator(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"\ufeffuraian;satuan;harga\r\n\"Iklan; besar\";\"per\n\"\"tayang\"\"\";1.485.000,00\r\n",
		"uraian,satuan,harga\n\"Iklan; besar\",\"per\n\"\"tayang\"\"\",\"1.485.000,00\"\n",
		"uraian\tsatuan\tharga\n\"Iklan; besar\"\t\"per\n\"\"tayang\"\"\"\t1.485.000,00\n",
	} {
		b, err := book(t, []byte(text))
		if err != nil || len(b.Sheets[0].Rows) != 2 {
			t.Fatalf("%q: %v %+v", text, err, b)
		}
		if c := b.Sheets[0].Rows[1].Cells; c[0].Text != "Iklan; besar" || c[1].Text != "per\n\"tayang\"" || c[2] != (price.Cell{Text: "1.485.000,00"}) {
			t.Errorf("%q: %+v", text, c)
		}
	}
}

// packed is an archive of parts that somebody wrote by hand.
func packed(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	rels  = `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`
	sheet = `<workbook xmlns:r="x"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`
)

func with(data string, more ...string) map[string]string {
	m := map[string]string{"xl/_rels/workbook.xml.rels": rels, "xl/workbook.xml": sheet, "xl/worksheets/sheet1.xml": data}
	for i := 0; i+1 < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

func TestHostileFiles(t *testing.T) {
	t.Parallel()
	var wide strings.Builder
	for range 21 {
		wide.WriteString(`<sheet name="S" r:id="r1"/>`)
	}
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{
		"no archive":         {[]byte("PK\x03\x04 and nothing"), "workbook_unreadable"},
		"nothing":            {nil, "workbook_unreadable"},
		"a picture":          {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "workbook_unreadable"},
		"an old workbook":    {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "workbook_unreadable"},
		"not UTF-8":          {[]byte("uraian;satuan;harga\nIklan \xe9;a;1\n"), "workbook_unreadable"},
		"any other archive":  {packed(t, map[string]string{"word/document.xml": "<x/>"}), "workbook_unreadable"},
		"broken XML":         {packed(t, with(`<worksheet><row><c>`)), "workbook_unreadable"},
		"an entity":          {packed(t, with(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><row><c t="str"><v>&b;</v></c></row></worksheet>`)), "workbook_unreadable"},
		"too deep":           {packed(t, with(strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100))), "workbook_unreadable"},
		"a bomb":             {packed(t, with("<worksheet>"+strings.Repeat(" ", 101<<20)+"</worksheet>")), "workbook_too_large"},
		"a bomb of texts":    {packed(t, with("<worksheet/>", "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>a</t></si>", 400_001)+"</sst>")), "workbook_too_large"},
		"too many rows":      {packed(t, with("<worksheet>"+strings.Repeat("<row><c><v>1</v></c></row>", 20_001)+"</worksheet>")), "workbook_too_large"},
		"too many CSV lines": {[]byte(strings.Repeat("a;b\n", 20_001)), "workbook_too_large"},
		"too many sheets": {packed(t, map[string]string{
			"xl/_rels/workbook.xml.rels": rels, "xl/workbook.xml": `<workbook xmlns:r="x"><sheets>` + wide.String() + `</sheets></workbook>`,
		}), "workbook_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := book(t, c.content)
			wants(t, err, c.code)
		})
	}
}

func TestOddCellsAreRead(t *testing.T) {
	t.Parallel()
	b, err := book(t, packed(t, with(`<worksheet><sheetData>
		<row r="7"><c r="B7" t="s"><v>0</v></c><c t="s"><v>99</v></c><c r="ZZZZ7"><v>1</v></c></row>
		<row r="3"><c r="A3" t="inlineStr"><is><t>in</t><t>line</t><rPh><t>x</t></rPh></is></c><c t="e"><v>#REF!</v></c><c t="str"><f>1+1</f><v>2</v></c></row>
		<row r="-1"><c r="1A"><v> 5 </v></c></row><row r="99999999999999999999"><c><v>6</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml", `<sst><si><r><t>dua </t></r><r><t>bagian</t></r><rPh><t>no</t></rPh></si></sst>`)))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(b.Sheets[0].Rows)
	want := "[{7 [{ false false} {dua bagian false false}]} {8 [{inline false false} { false false} { false true}]} {9 [{5 true false}]} {10 [{6 true false}]}]"
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// FuzzReadBook wants every file to be read or refused by a fault about /file.
func FuzzReadBook(f *testing.F) {
	f.Add([]byte("uraian;satuan;harga\nIklan;a;1\n"))
	f.Add([]byte("\ufeffa,\"b\nc\",d"))
	f.Add([]byte("PK\x03\x04"))
	workbook := excelize.NewFile()
	if err := workbook.SetCellValue("Sheet1", "A1", "uraian"); err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	if err := workbook.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, err := book(t, content); err != nil {
			var found *fault.Error
			if !errors.As(err, &found) || len(found.Fields) != 1 {
				t.Fatalf("%v", err)
			}
		}
	})
}

// FuzzSheet hides anything in a sheet of an archive that is sound.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><row r="2"><c r="A2" t="s"><v>0</v></c></row></worksheet>`, `<sst><si><t>a</t></si></sst>`)
	f.Add(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`, "<sst/>")
	f.Fuzz(func(t *testing.T, data, texts string) {
		b, err := book(t, packed(t, with(data, "xl/sharedStrings.xml", texts)))
		if err != nil {
			return
		}
		last := 0
		for _, r := range b.Sheets[0].Rows {
			if r.Number <= last || len(r.Cells) > 60 {
				t.Fatalf("row %d after %d with %d cells", r.Number, last, len(r.Cells))
			}
			last = r.Number
		}
	})
}
