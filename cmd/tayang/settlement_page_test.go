package main

import (
	"strings"
	"testing"
)

// TestAdvancesByPages: terms of payment typed into the form, the advance and later the retention asked for by page, and what
// the payment of work says of both.
func TestAdvancesByPages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	body := terms("SP/TERMIN", vendor, outlet, o.budget(t, 20_000_000)[0], 2, 1_000_000)
	body["payment_terms"] = m{
		"advance_percent": 20, "retention_percent": 5, "retention_until": "2026-03-01",
		"instalments": []m{{"name": "Termin 1", "percent": 40}, {"name": "Termin 2", "percent": 60}},
	}
	draft := o.do(t, "staff", "POST", "./agreements", body).want(201)
	staff, path := o.visitor(t, "staff"), "./agreements/"+draft.id()
	form := staff.get(path + "/edit").want(200).forms()[0]
	for _, wrong := range []string{"Termin 1", "Termin 1; banyak", "Termin 1; 40; kapan-kapan"} {
		staff.submit(form.set("payment_terms.instalments", wrong).filled()).want(422).shows("tidak terbaca")
	}
	staff.submit(form.set("payment_terms.instalments", "Termin 1; 50; 2026-06-30; separuh tayang\nTermin 2; 50").filled()).want(303)
	a := o.do(t, "staff", "GET", path, nil).want(200)
	if got := a.body["payment_terms"].(m); got["instalments"].([]any)[0].(m)["condition"] != "separuh tayang" || got["advance_percent"].(interface{ String() string }).String() != "20" {
		t.Errorf("%v", got)
	}
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
	staff.get(path).want(200).shows("Ajukan uang muka").shows("separuh tayang")

	ask := staff.get(path + "/advance/new").want(200).forms()[0].set("spp.number", "SPP/UM").set("spp.date", "2026-02-10").
		set("basis.number", "SRT/UM").set("basis.date", "2026-02-09").set("amount", "").set("basis.guarantee.number", "").
		set("basis.guarantee.issuer", "").set("basis.guarantee.amount", "").set("basis.guarantee.valid_until", "")
	staff.submit(ask.set("basis.number", "")).want(422)
	advance := staff.submit(ask).want(303).location
	staff.get(advance).want(200).shows("Uang muka")
	id := advance[strings.LastIndex(advance, "/")+1:]
	o.do(t, "head", "POST", "./payments/"+id+"/authorise", m{"spm": m{"number": "SPM/UM", "date": "2026-02-11"}}).want(200)
	o.do(t, "treasurer", "POST", "./payments/"+id+"/settle", m{"sp2d": m{"number": "SP2D/UM", "date": "2026-02-12"}}).want(200)
	if got := o.do(t, "auditor", "GET", path+"/settlement", nil).want(200); !strings.Contains(string(got.raw), `"advanced":400000`) {
		t.Errorf("%s", got.raw)
	}
	staff.submit(staff.get(path + "/retention/new").want(200).forms()[0].set("spp.date", "2026-03-02").set("basis.date", "2026-03-01").filled()).want(409)

	ids := o.accepted(t, a, 2)
	i := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "INV/1", 2_000_000, ids)).want(201)
	pay := o.do(t, "staff", "POST", "./payments", request(a, "SPP/K", i.id())).want(201)
	if pay.number("gross") != 1_500_000 || pay.number("recouped") != 400_000 || pay.number("retained") != 100_000 {
		t.Errorf("%s", pay.raw)
	}
	staff.get("./payments/" + pay.id()).want(200).shows("Uang muka diperhitungkan").shows("Retensi ditahan")
	o.do(t, "ppk", "POST", path+"/close", nil).want(409)
	o.do(t, "head", "POST", "./payments/"+pay.id()+"/authorise", m{"spm": m{"number": "SPM/K", "date": "2026-03-13"}}).want(200)
	o.do(t, "treasurer", "POST", "./payments/"+pay.id()+"/settle", m{"sp2d": m{"number": "SP2D/K", "date": "2026-03-16"}}).want(200)
	kept := staff.submit(staff.get(path + "/retention/new").want(200).shows("100.000").forms()[0].set("spp.number", "SPP/R").set("spp.date", "2026-03-20").
		set("basis.number", "SRT/R").set("basis.date", "2026-03-19").filled()).want(303).location
	staff.get(kept).want(200).shows("Pelepasan retensi")
}
