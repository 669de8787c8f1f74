package main

import (
	"fmt"
	"strings"
	"testing"
)

// settledWithTaxes is a payment of 2,220,001 that was disbursed on 16 March, and the paths of its taxes.
func settledWithTaxes(t *testing.T, o *office) (p reply, invoice string, taxes []string) {
	t.Helper()
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 1, 2_220_001))
	made := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 2_220_001, o.accepted(t, a, 1))).want(201)
	preview := o.do(t, "staff", "POST", "./payments/preview", m{"agreement_id": a.id(), "kind": "ls", "invoice_ids": []string{made.id()}, "spp": m{"number": "", "date": "2026-03-12"}}).want(200)
	if words := fmt.Sprint(preview.body["taxes_explained"]); !strings.Contains(words, "karena harga tanpa PPN Rp2.000.001 lebih dari Rp2.000.000") || preview.number("net") != 1_960_001 {
		t.Errorf("%s", preview.raw)
	}
	if got := o.do(t, "auditor", "GET", "./payments?count=true", nil).want(200); got.number("total") != 0 {
		t.Errorf("a preview is kept: %s", got.raw)
	}
	p = o.paidBy(t, a, made.id(), "1")
	for _, one := range p.body["taxes"].([]any) {
		taxes = append(taxes, fmt.Sprint(one.(m)["id"]))
	}
	return p, made.id(), taxes
}

func TestTaxesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p, invoice, taxes := settledWithTaxes(t, o)
	t.Run("why which tax, in the reader's language", func(t *testing.T) {
		r := o.do(t, "auditor", "GET", "./payments/"+p.id(), nil, "Accept-Language", "en").want(200)
		if words := fmt.Sprint(r.body["taxes_explained"]); !strings.Contains(words, "is collected because the price without VAT, Rp2,000,001") || !strings.Contains(words, "not_pph_final_none") {
			t.Errorf("%s", words)
		}
	})
	t.Run("what is due and when", func(t *testing.T) {
		for query, want := range map[string]int{"": 2, "due_before=2026-04-15": 0, "due_before=2026-04-16": 2, "kind=pph23": 1, "deposited=true": 0, "late=true": 2} {
			if got := o.do(t, "auditor", "GET", "./taxes?"+query, nil).want(200).items(); len(got) != want {
				t.Errorf("%q: %d taxes, want %d", query, len(got), want)
			}
		}
		o.do(t, "auditor", "GET", "./taxes?due_before=soon", nil).want(422, "invalid")
		if got := o.do(t, "treasurer", "GET", "./tax-reminders", nil).want(200).items(); len(got) != 2 || got[0]["due_on"] != "2026-04-15" {
			t.Errorf("%v", got)
		}
		if got := o.do(t, "staff", "GET", "./tax-reminders", nil).want(200).items(); len(got) != 0 {
			t.Errorf("staff deposit nothing: %v", got)
		}
	})
	t.Run("a wrong deposit is reversed and stays", func(t *testing.T) {
		path := "./payments/" + p.id() + "/taxes/" + taxes[0]
		slip := m{"billing_code": "123456789012345", "ntpn": "0123456789ABCDEF", "date": "2026-04-20", "billed_on": "2026-04-19"}
		o.do(t, "treasurer", "POST", path+"/deposit", slip).want(200)
		o.do(t, "head", "POST", path+"/reverse-deposit", m{"reason": "x"}).want(403, "forbidden")
		o.do(t, "treasurer", "POST", path+"/reverse-deposit", m{"reason": ""}).want(422, "invalid")
		r := o.do(t, "treasurer", "POST", path+"/reverse-deposit", m{"reason": "NTPN salah"}).want(200)
		one := r.body["taxes"].([]any)[0].(m)
		if one["ntpn"] != "" || !strings.Contains(fmt.Sprint(one["reversed_deposits"]), "NTPN salah") {
			t.Errorf("%v", one)
		}
		o.do(t, "treasurer", "POST", path+"/deposit", m{"billing_code": "123456789012345", "ntpn": "0123456789ABCDEG", "date": "2026-04-20", "amount": 5}).want(422, "invalid")
		o.do(t, "treasurer", "POST", path+"/deposit", m{"billing_code": "123456789012345", "ntpn": "0123456789ABCDEG", "date": "2026-04-20"}).want(200)
		got := o.do(t, "auditor", "GET", "./taxes?deposited=true", nil).want(200).items()
		if len(got) != 1 || fmt.Sprint(got[0]["days_late"]) != "5" {
			t.Errorf("%v", got)
		}
	})
	t.Run("slips", func(t *testing.T) { slipsByAPI(t, o, taxes) })
	t.Run("the vendor's papers", func(t *testing.T) { vendorPapersByAPI(t, o, invoice) })
}

func slipsByAPI(t *testing.T, o *office, taxes []string) {
	t.Helper()
	body := m{"tax_id": taxes[1], "number": "BP-1", "date": "2026-04-10"}
	o.do(t, "staff", "POST", "./withholding-slips", body).want(403, "forbidden")
	o.do(t, "treasurer", "POST", "./withholding-slips", m{"tax_id": taxes[0], "number": "BP-0", "date": "2026-04-10"}).want(422, "invalid")
	o.do(t, "treasurer", "POST", "./withholding-slips", m{"tax_id": nobody, "number": "BP-0", "date": "2026-04-10"}).want(422, "invalid")
	made := o.do(t, "treasurer", "POST", "./withholding-slips", body).want(201)
	if made.text("object_code") != "24-104-34" {
		t.Errorf("%s", made.raw)
	}
	o.do(t, "treasurer", "POST", "./withholding-slips", body).want(409, "duplicate")
	path := "./withholding-slips/" + made.id()
	o.do(t, "treasurer", "POST", path+"/give", m{"handed_on": "2026-04-01"}).want(422, "invalid")
	o.do(t, "treasurer", "POST", path+"/give", m{"handed_on": "2026-04-12"}, "If-Match", `"1"`).want(200)
	o.do(t, "treasurer", "POST", path+"/void", m{"reason": "Salah masa"}).want(200)
	object := m{"kind": "pph23", "code": "24-104-01", "name": "Jasa teknik", "valid_from": "2026-01-01", "source": "KPP"}
	o.do(t, "staff", "POST", "/tax-objects", object).want(403, "forbidden")
	set := o.do(t, "admin", "POST", "/tax-objects", object).want(201)
	again := o.do(t, "treasurer", "POST", "./withholding-slips", body).want(201)
	if again.text("object_code") != "24-104-01" {
		t.Errorf("the government says otherwise: %s", again.raw)
	}
	o.do(t, "admin", "POST", "/tax-objects/"+set.id()+"/void", m{"reason": "salah"}).want(200)
	if got := o.do(t, "auditor", "GET", "./withholding-slips?voided=false", nil).want(200).items(); len(got) != 1 || got[0]["number"] != "BP-1" {
		t.Errorf("%v", got)
	}
}

func vendorPapersByAPI(t *testing.T, o *office, invoice string) {
	t.Helper()
	path := "./invoices/" + invoice
	if got := o.do(t, "auditor", "GET", path+"/papers", nil).want(200).items(); len(got) != 1 || got[0]["kind"] != "invoice" {
		t.Errorf("the file that the invoice names is a paper: %v", got)
	}
	body, kind := upload(t, "kuitansi.pdf", "application/pdf", "%PDF-1.7\nkuitansi", "kind", "receipt", "origin", "scan", "number", "KW-1", "date", "2026-03-11", "amount", "2220001", "covers", "gross")
	made := o.do(t, "staff", "POST", path+"/paper-files", body, "Content-Type", kind).want(201)
	if made.text("origin") != "scan" || made.text("author") == "" {
		t.Errorf("%s", made.raw)
	}
	body, kind = upload(t, "kuitansi.pdf", "application/pdf", "%PDF-1.7\nlain", "kind", "receipt", "origin", "scan", "amount", "banyak")
	o.do(t, "staff", "POST", path+"/paper-files", body, "Content-Type", kind).want(422, "invalid")
	o.do(t, "staff", "POST", path+"/papers", m{"kind": "other", "origin": "vendor", "file": strings.Repeat("0", 64)}).want(422, "invalid")
	o.do(t, "staff", "POST", path+"/papers/"+made.id()+"/void", m{"reason": "x"}).want(409, "wrong_state")
	if got := o.do(t, "auditor", "GET", path+"/twins", nil).want(200).items(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
