package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folderOfRecord finds the public record beside the project; tests that need it are skipped where it is not.
func folderOfRecord(t *testing.T) string {
	t.Helper()
	shared := os.Getenv("TAYANG_SHARED_DATA")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared", "data") // beside the module's root
	}
	folder := filepath.Join(shared, "inai-2015")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the public record is not here (%v); TAYANG_SHARED_DATA names the folder that holds inai-2015", err)
	}
	return folder
}

// buildProgram builds the real program.
func buildProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tayang")
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", path, "tayang/cmd/tayang").CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, said)
	}
	return path
}

// TestRealYear takes the whole record over by the API of the real program, twice: the second run must hear the first
// answers and change nothing.
func TestRealYear(t *testing.T) {
	t.Parallel()
	folder := folderOfRecord(t)
	private, err := startServer(context.Background(), buildProgram(t)) // it outlives t.Context, to be stopped in order
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := private.Close(); err != nil {
			t.Error(err)
		}
	})
	s := settings{url: private.url, agency: agencyCode, accounts: accountsFile(t, private.accounts), record: folder, out: t.TempDir()}
	var said bytes.Buffer
	first, err := s.load(t.Context(), &said)
	if err != nil {
		t.Fatalf("%v\n%s", err, &said)
	}
	first.print(&said)
	t.Log(said.String())
	t.Run("known answers of the record", func(t *testing.T) { checkRecord(t, first) })
	t.Run("every centavo ties", func(t *testing.T) { checkBooks(t, first) })
	t.Run("what is refused, and why", func(t *testing.T) { checkRefusals(t, first, said.String()) })
	t.Run("the workbook", func(t *testing.T) { checkWorkbook(t, first.workbook) })
	t.Run("again", func(t *testing.T) {
		again, err := s.load(t.Context(), &bytes.Buffer{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(first.books, again.books, cmp.AllowUnexported(books{})); d != "" {
			t.Errorf("the books change (-first +again):\n%s", d)
		}
		if first.workbook.sha256 != again.workbook.sha256 {
			t.Error("another workbook")
		}
		checkBooks(t, again)
	})
}

func accountsFile(t *testing.T, accounts map[role]account) string {
	t.Helper()
	var lines strings.Builder
	for who, a := range accounts {
		fmt.Fprintln(&lines, who, a.email, a.password)
	}
	path := filepath.Join(t.TempDir(), "accounts")
	if err := os.WriteFile(path, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func checkRecord(t *testing.T, got *tally) {
	if got.total != 2_607_590_791 || got.lines != 167 {
		t.Errorf("%s in %d lines", got.total, got.lines)
	}
	want := map[string]centavos{"36101": 2_414_879_408, "33605": 186_612_103, "33604": 6_099_280}
	if d := cmp.Diff(want, got.byItem); d != "" {
		t.Errorf("by item: %s", d)
	}
	if got.withoutContract != 890_954_791 || got.looseLines != 155 {
		t.Errorf("without contract: %s in %d lines", got.withoutContract, got.looseLines)
	}
	if got.withoutBudget != 6_099_280 {
		t.Errorf("without budget line: %s", got.withoutBudget)
	}
	if got.contracts != 12 || got.exactContracts != 12 {
		t.Errorf("%d of %d contracts are invoiced exactly", got.exactContracts, got.contracts)
	}
	if len(got.strangers) != 1 || !strings.Contains(got.strangers[0], "id_factura 60") || !strings.Contains(got.strangers[0], "La Crónica Diaria") ||
		!strings.Contains(got.strangers[0], "Editorial de Monterrey") || !strings.Contains(got.strangers[0], "OI-07-15") {
		t.Errorf("the invoice of another vendor: %q", got.strangers)
	}
}

func checkBooks(t *testing.T, got *tally) {
	if d := got.differences(); len(d) > 0 {
		t.Errorf("%q", d)
	}
	if got.loaded+got.refused != 2_607_590_791 || got.loaded != 2_595_364_739 || got.refused != 12_226_052 {
		t.Errorf("loaded %s, refused %s", got.loaded, got.refused)
	}
	if got.paidContracts != 12 {
		t.Errorf("%d contracts are paid to exactly 100%%", got.paidContracts)
	}
	want := []budgetLine{
		{AccountCode: "33605", Appropriation: 529_345_403, Available: 348_860_072, Realised: 180_485_331},
		{AccountCode: "36101", Appropriation: 2_427_845_837, Available: 12_966_429, Realised: 2_414_879_408},
	}
	for i := range got.books.lines {
		if i < len(want) {
			want[i].ID = got.books.lines[i].ID
		}
	}
	if d := cmp.Diff(want, got.books.lines); d != "" {
		t.Errorf("the budget lines (-want +got):\n%s", d)
	}
}

func checkRefusals(t *testing.T, got *tally, said string) {
	type refusedRow struct {
		invoice string
		amount  centavos
		field   string
	}
	var rows []refusedRow
	for _, r := range got.refusals {
		p, ok := refusedByAPI(r.why.err)
		if !ok || len(p.Errors) != 1 {
			t.Fatalf("invoice %s: %v", r.bill.id, r.why.err)
		}
		rows = append(rows, refusedRow{r.bill.id, r.bill.amount, p.Errors[0].Pointer + " " + p.Errors[0].Code})
		if !strings.Contains(said, r.vendor) || !strings.Contains(said, r.bill.amount.String()) {
			t.Errorf("invoice %s of %s is not told", r.bill.id, r.vendor)
		}
	}
	want := []refusedRow{
		{"60", 6_126_772, "/deliverables/0/outlet_id other_vendor"},
		{"170", 3_480_000, "/deliverables/0/budget_line_id required"},
		{"171", 2_619_280, "/deliverables/0/budget_line_id required"},
	}
	if d := cmp.Diff(want, rows, cmp.AllowUnexported(refusedRow{})); d != "" {
		t.Errorf("refused (-want +got):\n%s", d)
	}
}

// checkWorkbook has LibreOffice open the workbook and compute its summary: each of its checks must agree.
func checkWorkbook(t *testing.T, w workbook) {
	if filepath.Base(w.path) != workbookName || len(w.sha256) != 64 {
		t.Errorf("%s, SHA-256 %s", w.path, w.sha256)
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice (LibreOffice Calc) is not installed")
	}
	dir := t.TempDir()
	if said, err := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "csv", "--outdir", dir, w.path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	said, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(workbookName, ".xlsx")+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	summary := string(said)
	if strings.Contains(summary, "differs") || strings.Count(summary, "agrees") < 50 {
		t.Errorf("not every check agrees:\n%s", summary)
	}
	for _, want := range []string{
		"Number of agreements,164,164,0,agrees", "Realised,25953647.39,25953647.39,0,agrees",
		"Number with status paid,272,272,0,agrees",
	} {
		if !strings.Contains(summary, want) {
			t.Errorf("no %q in the summary:\n%s", want, summary)
		}
	}
}
