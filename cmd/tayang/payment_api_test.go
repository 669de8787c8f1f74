package main

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
)

// accepted gives the ids of n placements that were taken over by the report BAST/1.
func (o *office) accepted(t testing.TB, agreement reply, n int) []string {
	t.Helper()
	ids := o.verified(t, agreement.deliverables()[0], n)
	o.do(t, "ppk", "POST", "./acceptances", m{"agreement_id": agreement.id(), "number": "BAST/1", "date": "2026-03-10", "placement_ids": ids}).want(201)
	return ids
}

// bill is an invoice over placements, with the vendor's file.
func (o *office) bill(t testing.TB, agreement reply, number string, amount int64, placements []string) m {
	t.Helper()
	return m{
		"agreement_id": agreement.id(), "number": number, "date": "2026-03-11", "amount": amount, "tax_invoice_number": "040.026-00.12345678",
		"placement_ids": placements, "file": o.paper(t, number),
	}
}

// request is a payment request for invoices.
func request(agreement reply, number string, invoices ...string) m {
	return m{"agreement_id": agreement.id(), "kind": "ls", "invoice_ids": invoices, "spp": m{"number": number, "date": "2026-03-12"}}
}

// paidBy brings a payment of one invoice to its end, and gives it.
func (o *office) paidBy(t testing.TB, agreement reply, invoice, number string) reply {
	t.Helper()
	p := o.do(t, "staff", "POST", "./payments", request(agreement, "SPP/"+number, invoice)).want(201)
	o.do(t, "head", "POST", "./payments/"+p.id()+"/authorise", m{"spm": m{"number": "SPM/" + number, "date": "2026-03-13"}}).want(200)
	return o.do(t, "treasurer", "POST", "./payments/"+p.id()+"/settle", m{"sp2d": m{"number": "SP2D/" + number, "date": "2026-03-16"}}).want(200)
}

func TestInvoicesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 4, 1_000_000))
	ids, early := o.accepted(t, a, 3), o.verified(t, a.deliverables()[0], 1)
	body := o.bill(t, a, "A-123", 1_999_999, ids[:2])
	r := o.do(t, "staff", "POST", "./invoices", body).want(422, "invalid")
	if !slices.Equal(r.pointers(), []string{"/amount"}) {
		t.Errorf("an amount that its placements do not add up to: %s", r.raw)
	}
	body["amount"] = 2_000_000
	body["tax_invoice_number"], body["placement_ids"] = "04002600123456789", append(slices.Clone(ids[:1]), early...)
	if r := o.do(t, "staff", "POST", "./invoices", body).want(409, "wrong_state"); !slices.Equal(r.pointers(), []string{"/placement_ids/1"}) {
		t.Errorf("a placement that nobody accepted: %s", r.raw)
	}
	body["placement_ids"] = ids[:2]
	made := o.do(t, "staff", "POST", "./invoices", body).want(201)
	if made.number("price") != 1_801_802 || made.number("vat") != 198_198 || made.text("status") != "open" {
		t.Errorf("%s", made.raw)
	}
	again := o.bill(t, a, "a 123", 1_000_000, ids[2:])
	if r := o.do(t, "staff", "POST", "./invoices", again).want(409, "duplicate"); !slices.Equal(r.pointers(), []string{"/number"}) {
		t.Errorf("the same number in other dress: %s", r.raw)
	}
	again["number"] = "B-1"
	delete(again, "file")
	late := o.do(t, "staff", "POST", "./invoices", again).want(201)
	path := "./invoices/" + late.id()
	o.do(t, "staff", "PATCH", path, m{"file": o.paper(t, "menyusul")}).want(428)
	o.do(t, "staff", "PATCH", path, m{"amount": 5}, "If-Match", `"1"`).want(422, "invalid")
	o.do(t, "staff", "PATCH", path, m{"file": o.paper(t, "menyusul")}, "If-Match", `"1"`).want(200)
	o.do(t, "staff", "POST", "./payments", request(a, "SPP/1", late.id())).want(201)
	for query, want := range map[string]int{"": 2, "status=open": 1, "status=requested": 1, "q=a-123": 1, "vendor_id=" + vendor: 2, "amount=1000000": 1} {
		if got := len(o.do(t, "auditor", "GET", "./invoices?"+query, nil).want(200).items()); got != want {
			t.Errorf("%q: want %d rows, got %d", query, want, got)
		}
	}
}

func TestPaymentsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 2, 2_220_001))
	ids := o.accepted(t, a, 2)
	one := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 2_220_001, ids[:1])).want(201).id()
	two := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-2", 2_220_001, ids[1:])).want(201).id()

	p := o.do(t, "staff", "POST", "./payments", request(a, "SPP/1", one)).want(201)
	path := "./payments/" + p.id()
	// 2,220,001 with VAT is 2,000,001 and 220,000, collected; PPh 23 of 2% is 40,000 (domain.md §5).
	if p.number("price") != 2_000_001 || p.number("vat") != 220_000 || p.text("vat_collected") != "true" || p.number("net") != 1_960_001 {
		t.Errorf("%s", p.raw)
	}
	taxes := p.body["taxes"].([]any)
	if len(taxes) != 2 || taxes[0].(m)["kind"] != "ppn" || taxes[1].(m)["rate"] != "0.02" || p.body["spm"] != nil {
		t.Errorf("%s", p.raw)
	}
	t.Run("an invoice is in one payment", func(t *testing.T) {
		if r := o.do(t, "staff", "POST", "./payments", request(a, "SPP/2", two, one)).want(409, "wrong_state"); !slices.Equal(r.pointers(), []string{"/invoice_ids/1"}) {
			t.Errorf("%s", r.raw)
		}
		o.do(t, "staff", "POST", "./payments", request(a, "SPP/1", two)).want(409, "duplicate")
	})
	t.Run("each paper by its person, in its order", func(t *testing.T) {
		spm := m{"spm": m{"number": "SPM/1", "date": "2026-03-13"}}
		sp2d := m{"sp2d": m{"number": "SP2D/1", "date": "2026-03-16"}}
		o.do(t, "treasurer", "POST", path+"/settle", sp2d).want(409, "wrong_state")
		o.do(t, "staff", "POST", path+"/authorise", spm).want(403, "segregation_of_duties")
		o.do(t, "ppk", "POST", path+"/authorise", spm).want(403, "forbidden")
		if r := o.do(t, "head", "POST", path+"/authorise", m{}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/spm"}) {
			t.Errorf("%s", r.raw)
		}
		if r := o.do(t, "head", "POST", path+"/authorise", m{"spm": m{"number": "1", "date": "2026-03-01"}}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/spm/date"}) {
			t.Errorf("%s", r.raw)
		}
		o.do(t, "head", "POST", path+"/authorise", spm, "If-Match", `"7"`).want(412, "stale")
		o.do(t, "head", "POST", path+"/authorise", spm, "If-Match", `"1"`).want(200)
		o.do(t, "head", "POST", path+"/settle", sp2d).want(403, "forbidden")
		first := o.do(t, "treasurer", "POST", path+"/settle", sp2d, "Idempotency-Key", "settle").want(200)
		again := o.do(t, "treasurer", "POST", path+"/settle", sp2d, "Idempotency-Key", "settle").want(200)
		if string(first.raw) != string(again.raw) || first.text("status") != "settled" {
			t.Errorf("%s and %s", first.raw, again.raw)
		}
		o.expect(t, line, "realised", 2_220_001)
		o.expect(t, line, "committed", 2_220_001)
	})
	t.Run("the tax is deposited once", func(t *testing.T) {
		deposit := path + "/taxes/" + fmt.Sprint(taxes[0].(m)["id"]) + "/deposit"
		slip := m{"billing_code": "123456789012345", "ntpn": "0123456789abcdef", "date": "2026-04-10"}
		o.do(t, "head", "POST", deposit, slip).want(403, "forbidden")
		r := o.do(t, "treasurer", "POST", deposit, m{"billing_code": "1", "ntpn": "2", "date": "2026-03-01"}).want(422, "invalid")
		if !slices.Equal(r.pointers(), []string{"/billing_code", "/ntpn", "/date"}) {
			t.Errorf("%s", r.raw)
		}
		r = o.do(t, "treasurer", "POST", deposit, slip).want(200)
		if got := r.body["taxes"].([]any)[0].(m); got["ntpn"] != "0123456789ABCDEF" || got["deposited_on"] != "2026-04-10" {
			t.Errorf("%s", r.raw)
		}
		o.do(t, "treasurer", "POST", deposit, slip).want(409, "wrong_state")
		o.do(t, "treasurer", "POST", path+"/taxes/"+nobody+"/deposit", slip).want(404)
	})
	t.Run("the last payment completes the agreement", func(t *testing.T) {
		o.paidBy(t, a, two, "2")
		got := o.do(t, "staff", "GET", "./agreements/"+a.id(), nil).want(200)
		if got.text("status") != "completed" || got.number("paid") != got.number("gross") || got.number("remaining") != 0 {
			t.Errorf("%s", got.raw)
		}
		if s := o.do(t, "staff", "GET", "./placements/"+ids[1], nil).want(200).text("status"); s != "paid" {
			t.Errorf("its placement is %s", s)
		}
		o.expect(t, line, "committed", 0)
	})
	t.Run("what came back is committed again", func(t *testing.T) {
		o.do(t, "treasurer", "POST", path+"/reverse", m{"reason": "salah bayar"}).want(422, "invalid")
		r := o.do(t, "treasurer", "POST", path+"/reverse", m{"reason": "salah bayar", "sts": m{"number": "STS/1", "date": "2026-04-20"}}).want(200)
		if r.text("status") != "reversed" {
			t.Errorf("%s", r.raw)
		}
		o.expect(t, line, "realised", 2_220_001)
		o.expect(t, line, "committed", 2_220_001)
		entries := o.do(t, "auditor", "GET", "./ledger?document_type=payment&document_id="+p.id(), nil).want(200).items()
		if len(entries) != 2 || entries[0]["kind"] != "realise" || entries[1]["kind"] != "refund" || entries[1]["reason"] != "salah bayar" {
			t.Errorf("%v", entries)
		}
		o.paidBy(t, a, one, "3")
		o.expect(t, line, "realised", 4_440_002)
	})
	t.Run("lists are filtered", func(t *testing.T) {
		for query, want := range map[string]int{
			"": 3, "status=settled": 2, "kind=gu": 0, "agreement_id=" + a.id(): 3, "q=SP2D/1": 1,
			"sp2d_date_from=2026-03-16": 3, "gross=" + strconv.Itoa(2_220_001): 3, "sort=-net,spp_number": 3,
		} {
			if got := len(o.do(t, "auditor", "GET", "./payments?"+query, nil).want(200).items()); got != want {
				t.Errorf("%q: want %d rows, got %d", query, want, got)
			}
		}
		o.do(t, "staff.setwan", "GET", path, nil).want(404)
	})
}

// TestPersonIsPaidByHisOwnTaxes walks an influencer's post to its payment (domain.md §5: 1,500,000 gives PPh 21 37,500).
func TestPersonIsPaidByHisOwnTaxes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	v := o.do(t, "staff", "POST", "/vendors", m{"kind": "individual", "legal_name": "Ani Contoh", "nik": "3201010101010001"}).want(201).id()
	account := o.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": v, "platform": "instagram", "handle": "ani.contoh"}).want(201).id()
	body := terms("MG/1", v, "", line, 1, 1_500_000)
	body["kind"] = "influencer"
	d := body["deliverables"].([]m)[0]
	delete(d, "outlet_id")
	d["social_account_id"], d["product"] = account, "feed"
	a := o.active(t, body)
	ids := o.accepted(t, a, 1)
	bill := o.bill(t, a, "K-1", 1_500_000, ids)
	delete(bill, "tax_invoice_number")
	p := o.paidBy(t, a, o.do(t, "staff", "POST", "./invoices", bill).want(201).id(), "1")
	taxes := p.body["taxes"].([]any)
	if len(taxes) != 1 || taxes[0].(m)["kind"] != "pph21" || fmt.Sprint(taxes[0].(m)["amount"]) != "37500" || p.number("net") != 1_462_500 || p.number("vat") != 0 {
		t.Errorf("%s", p.raw)
	}
	if s := o.do(t, "staff", "GET", "./placements/"+ids[0], nil).want(200); s.text("channel") != "instagram @ani.contoh" || s.text("channel_kind") != "social" {
		t.Errorf("%s", s.raw)
	}
}
