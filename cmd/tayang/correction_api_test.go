package main

import (
	"slices"
	"testing"
)

// TestMoneyThatDepartsByAPI walks holds, credit notes, refunds and penalties by the API.
func TestMoneyThatDepartsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 3, 1_000_000))
	ids := o.accepted(t, a, 3)
	i := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 3_000_000, ids)).want(201)
	note := m{"number": "NK-1", "date": "2026-03-12", "amount": 1_000_000, "placement_ids": ids[:1], "reason": "kurang tayang", "file": o.paper(t, "nota")}
	credited := o.do(t, "staff", "POST", "./invoices/"+i.id()+"/credit-notes", note).want(201)
	if credited.number("credited") != 1_000_000 || credited.number("placements") != 2 {
		t.Errorf("%s", credited.raw)
	}
	o.do(t, "head", "POST", "./invoices/"+i.id()+"/credit-notes", note).want(403, "forbidden")
	ask := request(a, "SPP/1", i.id())
	ask["kind"], ask["receipts"] = "gu", []m{{"number": "KW-1", "date": "2026-03-11", "amount": 1_999_999}}
	if r := o.do(t, "staff", "POST", "./payments", ask).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/receipts"}) {
		t.Errorf("%s", r.raw)
	}
	ask["receipts"] = []m{{"number": "KW-1", "date": "2026-03-11", "amount": 2_000_000}}
	p := o.do(t, "staff", "POST", "./payments", ask).want(201)
	path := "./payments/" + p.id()
	o.do(t, "verifier", "POST", path+"/hold", m{"reason": "rekening pasif"}).want(200)
	o.do(t, "head", "POST", path+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-03-13"}}).want(409, "payment_held")
	o.do(t, "verifier", "POST", path+"/release", m{"reason": "beres"}).want(403, "segregation_of_duties")
	if r := o.do(t, "treasurer", "POST", path+"/release", m{"reason": "beres"}).want(200); r.text("held") != "" {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "head", "POST", path+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-03-13"}}).want(200)
	settle := m{"sp2d": m{"number": "SP2D/1", "date": "2026-03-16"}, "transfer": m{"number": "TRF/1", "date": "2026-03-16"}}
	o.do(t, "treasurer", "POST", path+"/settle", settle).want(200)
	o.expect(t, line, "realised", 2_000_000)
	back := m{"placement_ids": ids[1:2], "sts": m{"number": "STS/1", "date": "2026-04-01"}, "reason": "temuan"}
	o.do(t, "staff", "POST", path+"/refunds", back).want(403, "forbidden")
	if r := o.do(t, "treasurer", "POST", path+"/refunds", back).want(201); r.number("refunded") != 1_000_000 {
		t.Errorf("%s", r.raw)
	}
	o.expect(t, line, "realised", 1_000_000)
	o.expect(t, line, "committed", 2_000_000)
	known := o.do(t, "auditor", "GET", "./agreements/"+a.id()+"/penalties", nil).want(200)
	if known.number("open") < 0 {
		t.Errorf("%s", known.raw)
	}
	o.do(t, "staff", "POST", "./agreements/"+a.id()+"/penalty-receipts", m{"sts": m{"number": "STS/D", "date": "2026-04-01"}, "amount": 1}).want(403, "forbidden")
}

// TestMoneyFormsAreTaken sends the forms of holds and refunds as a browser does.
func TestMoneyFormsAreTaken(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 2, 1_000_000))
	ids := o.accepted(t, a, 2)
	i := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 2_000_000, ids)).want(201)
	p := o.do(t, "staff", "POST", "./payments", request(a, "SPP/1", i.id())).want(201)
	path := "./payments/" + p.id()
	send := func(who, page string, more ...entry) {
		t.Helper()
		v := o.visitor(t, who)
		f := v.get(page).want(200).forms()[0].filled()
		f.inputs = append(f.inputs, more...)
		if got := v.submit(f); got.status != 303 {
			t.Errorf("%s by %s: %d %s", page, who, got.status, got.words("main .summary, main .message"))
		}
	}
	send("verifier", path+"/hold")
	send("treasurer", path+"/release")
	o.do(t, "head", "POST", path+"/authorise", m{"spm": m{"number": "SPM/1", "date": "2026-03-13"}}).want(200)
	o.do(t, "treasurer", "POST", path+"/settle", m{"sp2d": m{"number": "SP2D/1", "date": "2026-03-16"}}).want(200)
	send("treasurer", path+"/refunds/new", entry{name: "placement_ids", value: ids[0]})
}
