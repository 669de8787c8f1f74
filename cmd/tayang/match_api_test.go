package main

import (
	"fmt"
	"testing"
)

// TestMatchByAPI walks from verified placements to an ordered payment with every paper signed and every line matched.
func TestMatchByAPI(t *testing.T) {
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 5, 4_995_000))
	deliverable := a.deliverables()[0]
	placements := o.verified(t, deliverable, 2)
	file := func(text string) any {
		form, kind := upload(t, "paper.pdf", "application/pdf", "%PDF-1.7\n"+text)
		return o.do(t, "staff", "POST", "/files", form, "Content-Type", kind).want(201).body["sha256"]
	}
	signing := func(day, text string) m {
		return m{"place": "Contoh", "signed_on": day, "office_signer": "Pramono", "office_nip": "198001012005011001", "vendor_signer": "Nusa", "file": file(text), "file_origin": "vendor"}
	}

	failed := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": deliverable, "scheduled_on": "2026-03-20", "title": "Gagal"}).want(201)
	good := m{"deliverable_id": deliverable, "scheduled_on": "2026-04-20", "title": "Pengganti", "make_good_for": failed.id(), "make_good_reason": "tidak tayang"}
	made := o.do(t, "staff", "POST", "./placements", good).want(201)
	if got := o.do(t, "auditor", "GET", "./placements/"+failed.id(), nil).want(200); got.text("status") != "cancelled" || got.text("made_good_by") != made.id() {
		t.Errorf("%s", got.raw)
	}
	o.do(t, "staff", "POST", "./placements", good).want(409)

	recap := o.do(t, "staff", "POST", "./recaps", m{"agreement_id": a.id(), "number": "REKAP/1", "date": "2026-03-31", "from": "2026-01-01", "to": "2026-03-31"}).want(201)
	if recap.number("placements") != 2 || recap.number("gross") != 9_990_000 {
		t.Errorf("%s", recap.raw)
	}
	o.do(t, "staff", "POST", "./recaps/"+recap.id()+"/sign", signing("2026-03-31", "rekap")).want(200)
	o.do(t, "auditor", "POST", "./recaps/"+recap.id()+"/void", m{"reason": "x"}).want(403)
	bast := o.do(t, "ppk", "POST", "./acceptances", m{
		"agreement_id": a.id(), "number": "BAST/1", "date": "2026-03-31", "placement_ids": placements,
		"shortfalls": []m{{"deliverable_id": deliverable, "quantity": 1, "reason": "tidak terbit"}},
	}).want(201)
	o.do(t, "ppk", "POST", "./acceptances/"+bast.id()+"/sign", signing("2026-03-31", "bast")).want(200)
	bap := m{"agreement_id": a.id(), "number": "BAP/1", "date": "2026-04-01", "acceptance_ids": []string{bast.id()}}
	inspection := o.do(t, "ppk", "POST", "./inspections", bap).want(201)
	bap["number"] = "BAP/2"
	o.do(t, "ppk", "POST", "./inspections", bap).want(422)
	o.do(t, "ppk", "POST", "./inspections/"+inspection.id()+"/sign", signing("2026-04-01", "bap")).want(200)
	f := o.do(t, "auditor", "GET", "./agreements/"+a.id()+"/fulfilment", nil).want(200).body["total"].(m)
	if fmt.Sprintf("%v %v %v %v %v", f["ordered"], f["verified"], f["accepted"], f["make_goods"], f["short"]) != "5 2 2 1 1" {
		t.Errorf("%v", f)
	}

	bill := func(lines ...m) m {
		return m{"agreement_id": a.id(), "number": "INV-1", "date": "2026-03-31", "amount": 9_990_000, "placement_ids": placements, "file": file("tagihan"), "lines": lines}
	}
	of := func(quantity, price, amount int) m {
		return m{"deliverable_id": deliverable, "description": "Advertorial", "quantity": quantity, "unit_price": price, "tax_inclusive": true, "amount": amount}
	}
	for _, wrong := range []struct {
		line    m
		pointer string
	}{
		{of(3, 4_995_000, 9_990_000), "[/lines/0/quantity]"}, {of(2, 4_995_001, 9_990_000), "[/lines/0/unit_price]"}, {of(2, 4_995_000, 9_989_999), "[/lines]"},
	} {
		if got := o.do(t, "staff", "POST", "./invoices", bill(wrong.line)).want(422); fmt.Sprint(got.pointers()) != wrong.pointer {
			t.Errorf("want %s: %s", wrong.pointer, got.raw)
		}
	}
	invoice := o.do(t, "staff", "POST", "./invoices", bill(of(2, 4_995_000, 9_990_000))).want(201)
	match := o.do(t, "auditor", "GET", "./invoices/"+invoice.id()+"/match", nil).want(200)
	if match.body["agrees"] != true || match.body["detailed"] != true {
		t.Errorf("%s", match.raw)
	}
	pay := o.do(t, "treasurer", "POST", "./payments", m{"agreement_id": a.id(), "kind": "ls", "invoice_ids": []string{invoice.id()}, "spp": m{"number": "SPP/1", "date": "2026-04-02"}}).want(201)
	known := o.do(t, "auditor", "GET", "./payments/"+pay.id()+"/assessment", nil).want(200)
	for _, d := range known.body["doubts"].([]any) {
		switch d.(m)["rule"] {
		case "invoice_lines_missing", "match_differs", "recap_missing", "acceptance_unsigned", "bap_missing":
			t.Errorf("nothing is wrong with it: %v", d)
		}
	}
	o.do(t, "head", "POST", "./payments/"+pay.id()+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-04-03"}}).want(200)
	o.do(t, "treasurer", "POST", "./payments/"+pay.id()+"/settle", m{"sp2d": m{"number": "SP2D/1", "date": "2026-04-04"}}).want(200)
	o.do(t, "ppk", "POST", "./inspections/"+inspection.id()+"/void", m{"reason": "keliru"}).want(409, "inspection_paid")
}
