package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestChainByAPI walks from the budget to the workbook with everybody whom it takes.
func TestChainByAPI(t *testing.T) {
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 4, 4_995_000))
	deliverable := a.deliverables()[0]
	placements := o.verified(t, deliverable, 2)

	o.do(t, "staff", "POST", "./invoices", m{
		"agreement_id": a.id(), "number": "INV-1", "date": "2026-03-05", "amount": 9_990_000,
		"placement_ids": placements,
	}).want(409)
	o.do(t, "staff", "POST", "./acceptances", m{"agreement_id": a.id(), "number": "BAST/1", "date": "2026-03-04", "placement_ids": placements}).want(201)
	wrong := o.do(t, "staff", "POST", "./invoices", m{
		"agreement_id": a.id(), "number": "INV-1", "date": "2026-03-05", "amount": 9_990_001,
		"tax_invoice_number": "0100002612345678", "placement_ids": placements,
	}).want(422)
	if got := fmt.Sprint(wrong.pointers()); got != "[/amount]" {
		t.Errorf("the amount is named: %s", wrong.raw)
	}
	form, kind := upload(t, "invoice.pdf", "application/pdf", "%PDF-1.7\ninvoice")
	paper := o.do(t, "staff", "POST", "/files", form, "Content-Type", kind).want(201)
	invoice := o.do(t, "staff", "POST", "./invoices", m{
		"agreement_id": a.id(), "number": "INV-1", "date": "2026-03-05", "amount": 9_990_000,
		"tax_invoice_number": "010.000-26.12345678", "placement_ids": placements, "file": paper.body["sha256"],
	}).want(201)
	o.do(t, "staff", "POST", "./invoices", m{
		"agreement_id": a.id(), "number": "inv 1", "date": "2026-03-05", "amount": 9_990_000,
		"placement_ids": placements,
	}).want(409)

	request := m{"agreement_id": a.id(), "kind": "ls", "invoice_ids": []string{invoice.id()}, "spp": m{"number": "SPP/1", "date": "2026-03-06"}}
	pay := o.do(t, "treasurer", "POST", "./payments", request).want(201)
	// Twice 4,995,000 with VAT: 4,500,000 and 495,000 each; VAT collected, PPh 23 of 2% (domain.md §5).
	if pay.number("gross") != 9_990_000 || pay.number("price") != 9_000_000 || pay.number("vat") != 990_000 || pay.body["vat_collected"] != true ||
		pay.number("net") != 8_820_000 {
		t.Errorf("%s", pay.raw)
	}
	path := "./payments/" + pay.id()
	o.do(t, "treasurer", "POST", "./payments", m{
		"agreement_id": a.id(), "kind": "ls", "invoice_ids": []string{invoice.id()},
		"spp": m{"number": "SPP/2", "date": "2026-03-06"},
	}).want(409)
	o.do(t, "treasurer", "POST", path+"/settle", m{"sp2d": m{"number": "SP2D/1", "date": "2026-03-10"}}).want(409, "wrong_state")
	o.do(t, "treasurer", "POST", path+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-03-09"}}).want(403, "segregation_of_duties")
	o.do(t, "head", "POST", path+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-03-01"}}).want(422)
	o.do(t, "head", "POST", path+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-03-09"}}).want(200)
	settled := o.do(t, "treasurer", "POST", path+"/settle", m{"sp2d": m{"number": "SP2D/1", "date": "2026-03-10"}}, "Idempotency-Key", "pay").want(200)
	o.do(t, "treasurer", "POST", path+"/settle", m{"sp2d": m{"number": "SP2D/1", "date": "2026-03-10"}}, "Idempotency-Key", "pay").want(200)
	o.expect(t, line, "realised", 9_990_000)
	o.expect(t, line, "committed", 9_990_000)
	for _, p := range placements {
		if s := o.do(t, "staff", "GET", "./placements/"+p, nil).want(200).text("status"); s != "paid" {
			t.Errorf("want paid, got %s", s)
		}
	}
	for _, tax := range settled.body["taxes"].([]any) {
		slip := m{"billing_code": "123456789012345", "ntpn": "0123456789ABCDEF", "date": "2026-04-10"}
		o.do(t, "treasurer", "POST", path+"/taxes/"+fmt.Sprint(tax.(m)["id"])+"/deposit", slip).want(200)
	}
	if got := o.do(t, "auditor", "GET", "./agreements/"+a.id(), nil).want(200); got.number("paid") != 9_990_000 || got.number("remaining") != 9_990_000 {
		t.Errorf("%s", got.raw)
	}
	o.workbook(t)

	o.do(t, "treasurer", "POST", path+"/reverse", m{"reason": "salah rekening", "sts": m{"number": "STS/1", "date": "2026-05-04"}}).want(200)
	o.expect(t, line, "realised", 0)
	o.expect(t, line, "committed", 19_980_000)
	again := o.do(t, "treasurer", "POST", "./payments", m{
		"agreement_id": a.id(), "kind": "ls", "invoice_ids": []string{invoice.id()},
		"spp": m{"number": "SPP/3", "date": "2026-05-05"},
	}).want(201)
	if again.number("gross") != 9_990_000 {
		t.Errorf("after a reversal the invoice can be paid: %s", again.raw)
	}
}

// workbook asks for the accountability workbook by the API, and by the command; both are the same report.
func (o *office) workbook(t *testing.T) {
	t.Helper()
	made := o.do(t, "auditor", "POST", "./reports", m{"kind": "accountability", "fiscal_year": 2026, "language": "en"}).want(202)
	soon(t, "the report is done", func() bool {
		made = o.do(t, "auditor", "GET", "./reports/"+made.id(), nil).want(200)
		if made.text("status") == "failed" {
			t.Fatalf("%s", made.raw)
		}
		return made.text("status") == "done"
	})
	file := o.do(t, "auditor", "GET", "./reports/"+made.id()+"/file", nil).want(200)
	sum := sha256.Sum256(file.raw)
	if got := hex.EncodeToString(sum[:]); got != made.text("sha256") || file.header.Get("ETag") != `"`+got+`"` {
		t.Errorf("the file is what the run says: %s, %s, %s", got, made.text("sha256"), file.header.Get("ETag"))
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), " · "); got !=
		"Summary · Budget · Agreements · Placements · Influencers · Payments · Taxes · Vendors · Ledger · Overrides · Provenance · Dictionary" {
		t.Errorf("sheets: %s", got)
	}
	rows, err := book.GetRows("Placements")
	if err != nil || len(rows) != 3 {
		t.Errorf("two placements and a heading, got %d rows, %v", len(rows), err)
	}

	out := filepath.Join(t.TempDir(), "book.xlsx")
	t.Setenv("DATABASE_URL", o.p.cfg.DatabaseURL)
	t.Setenv("TAYANG_DATA", t.TempDir())
	var said, errs bytes.Buffer
	if code := run(t.Context(), []string{"report", "accountability", "-o", out, "--agency", "DISKOMINFO", "--year", "2026", "--language", "en"}, &said, &errs); code != 0 {
		t.Fatalf("tayang report: %d %s", code, errs.String())
	}
	if info, err := os.Stat(out); err != nil || info.Size() == 0 {
		t.Errorf("the workbook is there: %v", err)
	}
	said.Reset()
	if code := run(t.Context(), []string{"report", "accountability", "-o", out}, &said, &errs); code != 0 || !strings.Contains(said.String(), "DISKOMINFO 2026,") {
		t.Errorf("left out, the agency of most accounts and its year with a budget are taken: %d %s %s", code, said.String(), errs.String())
	}
}
