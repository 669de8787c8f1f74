package reports_test

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tayang/app/money"
	"tayang/app/report"
)

// recalculated is the workbook after LibreOffice opened it, computed every formula and saved it again.
func recalculated(t *testing.T, workbook []byte) *excelize.File {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice (LibreOffice Calc) is not installed")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "book.xlsx"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, workbook, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	saved, err := os.ReadFile(filepath.Join(out, "book.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	return open(t, saved)
}

// stale replaces what the workbook remembers of its check cells, so that only a computation can mend them.
func stale(t *testing.T, workbook []byte, words ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts(t, workbook) {
		if name == "xl/worksheets/sheet1.xml" {
			for _, w := range words {
				content = strings.ReplaceAll(content, "<v>"+w+"</v>", "<v>stale</v>")
			}
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checks counts the words in the summary's check cells, and gives the first one, which speaks for all.
func checks(t *testing.T, f *excelize.File) (overall string, counts map[string]int) {
	t.Helper()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	counts = map[string]int{}
	for i, row := range rows {
		const check = 4
		if len(row) <= check || row[check] == "Check" || row[check] == "Periksa" {
			continue
		}
		if i == 5 {
			overall = row[check]
			continue
		}
		counts[row[check]]++
	}
	return overall, counts
}

func controls(doc *report.Document) (n int) {
	for _, s := range doc.Sections {
		n += len(s.Controls)
	}
	return n
}

// TestRecalculation: LibreOffice computes every formula anew, in each language and with cents, and every check agrees.
func TestRecalculation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language report.Language
		currency money.Currency
		word     string
	}{{report.Indonesian, money.IDR, "sesuai"}, {report.English, money.EUR, "agrees"}} {
		t.Run(string(c.language), func(t *testing.T) {
			t.Parallel()
			doc := document(t, heading(c.language, c.currency), smallOffice(t), smallFigures())
			workbook := build(t, doc)
			overall, counts := checks(t, recalculated(t, stale(t, workbook, "agrees", "sesuai")))
			if overall != c.word || counts[c.word] != controls(doc) || len(counts) != 1 {
				t.Errorf("all %q, each %v of %d", overall, counts, controls(doc))
			}
		})
	}
}

// TestWrongFigureDiffers: a program that reckons wrongly, and a ledger that lost an entry, are seen by LibreOffice.
func TestWrongFigureDiffers(t *testing.T) {
	t.Parallel()
	figures, o := smallFigures(), smallOffice(t)
	for i := range figures {
		if figures[i].Group == "net" {
			figures[i].Amount++
		}
	}
	o.ledger = o.ledger[:len(o.ledger)-1] // the realisation
	doc := document(t, heading(report.English, money.IDR), o, figures)
	workbook := build(t, doc)
	const wrong = 4 // net; ledger by kind; committed and realised across sheets
	if n := len(doc.Differences()); n != wrong {
		t.Errorf("the program sees %d differences, want %d", n, wrong)
	}
	overall, counts := checks(t, recalculated(t, stale(t, workbook, "agrees", "differs")))
	if overall != "differs" || counts["differs"] != wrong || counts["agrees"] != controls(doc)-wrong {
		t.Errorf("all %q, each %v of %d", overall, counts, controls(doc))
	}
}

// TestEmptyOfficeRecalculates: registers without rows are valid tables, and their checks agree.
func TestEmptyOfficeRecalculates(t *testing.T) {
	t.Parallel()
	doc := document(t, heading(report.English, money.IDR), &office{}, nil)
	overall, counts := checks(t, recalculated(t, stale(t, build(t, doc), "agrees")))
	if overall != "agrees" || counts["agrees"] != controls(doc) {
		t.Errorf("all %q, each %v of %d", overall, counts, controls(doc))
	}
}
