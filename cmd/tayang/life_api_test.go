package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// framework makes a framework agreement of one article at a price, in force, and gives it.
func (o *office) framework(t testing.TB, number, vendor, outlet, line string, price, ceiling int64) reply {
	t.Helper()
	body := terms(number, vendor, outlet, line, 1, price)
	body["framework"], body["ceiling"] = true, ceiling
	return o.active(t, body)
}

// under are the terms of an order under a framework agreement.
func under(f reply, number, vendor, outlet, line string, quantity, price int64) m {
	body := terms(number, vendor, outlet, line, quantity, price)
	body["framework_id"] = f.id()
	return body
}

func TestFrameworksByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	stranger, elsewhere := o.medium(t, "0123456789012346")
	f := o.framework(t, "PAYUNG/1", vendor, outlet, line, 1_000_000, 10_000_000)
	path := "./agreements/" + f.id()
	if f.text("status") != "active" || told(f.number("ceiling"), f.number("gross"), f.number("called_off")) != "10000000 0 0" {
		t.Fatalf("%s", f.raw)
	}
	o.expect(t, line, "committed", 0)
	o.expect(t, line, "reserved", 0)
	one := o.active(t, under(f, "SP/1", vendor, outlet, line, 6, 1_000_000))
	if one.text("framework_number") != "PAYUNG/1" {
		t.Errorf("%s", one.raw)
	}
	o.expect(t, line, "committed", 6_000_000)
	t.Run("never above the ceiling", func(t *testing.T) {
		two := o.do(t, "staff", "POST", "./agreements", under(f, "SP/2", vendor, outlet, line, 5, 1_000_000)).want(201)
		r := o.do(t, "staff", "POST", "./agreements/"+two.id()+"/submit", nil).want(409, "framework_exceeded")
		if told(r.number("ceiling"), r.number("called_off"), r.number("left"), r.number("requested")) != "10000000 6000000 4000000 5000000" || r.text("framework_id") != f.id() ||
			!strings.Contains(r.text("detail"), "sisa 4.000.000") {
			t.Errorf("the figures are told: %s", r.raw)
		}
		o.expect(t, line, "reserved", 0)
		fits := o.active(t, under(f, "SP/3", vendor, outlet, line, 4, 1_000_000))
		if got := o.do(t, "auditor", "GET", path, nil).want(200); got.number("called_off") != 10_000_000 {
			t.Errorf("%s", got.raw)
		}
		o.do(t, "ppk", "POST", "./agreements/"+fits.id()+"/close", nil).want(200)
		if got := o.do(t, "auditor", "GET", path, nil).want(200); got.number("called_off") != 6_000_000 {
			t.Errorf("of a closed order what was paid counts: %s", got.raw)
		}
		if n := len(o.do(t, "staff", "GET", "./agreements?framework_id="+f.id(), nil).want(200).items()); n != 3 {
			t.Errorf("%d orders", n)
		}
	})
	t.Run("an amendment of an order keeps to it", func(t *testing.T) {
		o.active(t, under(f, "SP/4", vendor, outlet, line, 4, 900_000))
		big := o.active(t, terms("SP/5", vendor, outlet, line, 20, 100_000))
		o.do(t, "ppk", "POST", "./agreements/"+big.id()+"/close", nil).want(200)
		body := amendment("ADD/1", one, 6)
		body["end_date"] = "2026-12-20"
		if r := o.amend(t, one, body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/end_date"}) {
			t.Errorf("%s", r.raw)
		}
		body = amendment("ADD/1", one, 6)
		body["deliverables"].([]m)[0]["unit_price"] = 1_050_000
		if r := o.amend(t, one, body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/deliverables/0/unit_price"}) {
			t.Errorf("%s", r.raw)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		fit := o.do(t, "staff", "POST", "./agreements", under(f, "SP/9", vendor, outlet, line, 1, 900_000)).want(201)
		for name, c := range map[string]struct {
			change func(b, d m)
			want   string
		}{
			"dearer":          {func(_, d m) { d["unit_price"] = 1_000_001 }, "/deliverables/0/unit_price"},
			"not listed":      {func(_, d m) { d["product"] = "banner" }, "/deliverables/0/product"},
			"no such":         {func(b, _ m) { b["framework_id"] = nobody }, "/framework_id"},
			"no framework":    {func(b, _ m) { b["framework_id"] = one.id() }, "/framework_id"},
			"another vendor":  {func(b, d m) { b["vendor_id"], d["outlet_id"] = stranger, elsewhere }, "/framework_id"},
			"outside":         {func(b, _ m) { b["end_date"] = "2026-12-16" }, "/end_date"},
			"both":            {func(b, _ m) { b["framework"] = true }, "/framework_id"},
			"an own ceiling":  {func(b, _ m) { b["ceiling"] = 5 }, "/ceiling"},
			"not a number":    {func(b, _ m) { b["ceiling"] = "x" }, "/ceiling"},
			"a minus ceiling": {func(b, _ m) { b["ceiling"], b["framework"] = -1, true; delete(b, "framework_id") }, "/ceiling"},
		} {
			body := under(f, "SP/10", vendor, outlet, line, 1, 900_000)
			c.change(body, body["deliverables"].([]m)[0])
			if r := o.do(t, "staff", "POST", "./agreements", body).want(422, "invalid"); !slices.Contains(r.pointers(), c.want) {
				t.Errorf("%s: want %s named, got %s", name, c.want, r.raw)
			}
		}
		r := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": f.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Berita"})
		r.want(409, "placement_under_framework")
		o.amend(t, f, amendment("ADD/1", f, 2)).want(409, "framework_not_amendable")
		o.do(t, "ppk", "POST", path+"/suspend", m{"date": "2026-04-01", "reason": "Sebab"}).want(409, "wrong_state")
		o.do(t, "ppk", "POST", path+"/close", nil).want(200)
		o.do(t, "staff", "POST", "./agreements/"+fit.id()+"/submit", nil).want(409, "framework_not_active")
		o.do(t, "auditor", "GET", path+"/final-account", nil).want(404)
	})
}

func TestSuspensionByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 8, 1_000_000))
	path, of := "./agreements/"+a.id(), a.deliverables()[0]
	before := o.verified(t, of, 2)
	planned := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": of, "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
	for who, want := range map[string]int{"staff": 403, "verifier": 403, "auditor": 403, "admin": 403, "staff.setwan": 404, "": 401} {
		o.do(t, who, "POST", path+"/suspend", m{"date": "2026-03-02", "reason": "Sebab"}).want(want)
	}
	o.do(t, "ppk", "POST", path+"/suspend", m{"date": "2026-03-02", "reason": "Sebab"}, "If-Match", `"1"`).want(412, "stale")
	o.do(t, "ppk", "POST", path+"/resume", m{"date": "2026-03-10"}).want(409, "wrong_state")
	if r := o.do(t, "ppk", "POST", path+"/suspend", m{"date": "2026-03-02"}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/reason"}) {
		t.Errorf("%s", r.raw)
	}
	held := o.do(t, "ppk", "POST", path+"/suspend", m{"date": "2026-03-02", "reason": "Situs diretas"}).want(200)
	if held.text("status") != "active" || held.text("suspended_on") != "2026-03-02" || held.text("suspension_reason") != "Situs diretas" || held.header.Get("ETag") == a.header.Get("ETag") {
		t.Fatalf("%s", held.raw)
	}
	o.do(t, "ppk", "POST", path+"/suspend", m{"date": "2026-03-03", "reason": "Lagi"}).want(409, "wrong_state")
	plan := func(on string) reply {
		return o.do(t, "staff", "POST", "./placements", m{"deliverable_id": of, "scheduled_on": on, "title": "Berita"})
	}
	publish := func(p reply, on string) reply {
		return o.do(t, "staff", "PATCH", "./placements/"+p.id(), m{"published_on": on, "url": "https://contoh-pos.example/x", "label_present": true}, "If-Match", "*")
	}
	if r := plan("2026-03-02").want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/scheduled_on"}) {
		t.Errorf("%s", r.raw)
	}
	plan("2026-12-01").want(422, "invalid")
	plan("2026-03-01").want(201)
	if r := publish(planned, "2026-03-05").want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/published_on"}) {
		t.Errorf("%s", r.raw)
	}
	accept := func(number string, ids ...string) reply {
		return o.do(t, "ppk", "POST", "./acceptances", m{"agreement_id": a.id(), "number": number, "date": "2026-03-20", "placement_ids": ids})
	}
	if r := accept("BAST/1", before...).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/placement_ids/0", "/placement_ids/1"}) {
		t.Errorf("dated in the suspension: %s", r.raw)
	}
	if r := o.do(t, "ppk", "POST", path+"/resume", m{"date": "2026-03-02"}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/date"}) {
		t.Errorf("%s", r.raw)
	}
	on := o.do(t, "ppk", "POST", path+"/resume", m{"date": "2026-03-12", "reason": "Pulih"}).want(200)
	if s := on.body["suspensions"].([]any)[0].(m); on.body["suspended_on"] != nil || s["resumed_on"] != "2026-03-12" || s["resume_reason"] != "Pulih" {
		t.Errorf("%s", on.raw)
	}
	plan("2026-03-11").want(422, "invalid")
	plan("2026-03-12").want(201)
	publish(planned, "2026-03-11").want(422, "invalid")
	// Planned for the 2nd, out on the 13th: of eleven days only the 12th and the 13th are late.
	got := publish(planned, "2026-03-13").want(200)
	if told(got.number("late_days"), got.number("penalty")) != "2 1802" {
		t.Errorf("two thousandths of 900.901: %s", got.raw)
	}
	accept("BAST/2", before...).want(422, "invalid")
	for _, verb := range []string{"agreement.end"} {
		if n := len(o.do(t, "auditor", "GET", "./audit-log?table=agreement_suspension&verb="+verb, nil).want(200).items()); n != 2 {
			t.Errorf("%d events in the trail", n)
		}
	}
}

// TestWhatWasVerifiedBeforeASuspensionIsPaid: what is dated before it goes on to its end.
func TestWhatWasVerifiedBeforeASuspensionIsPaid(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 2, 1_000_000))
	ids := o.verified(t, a.deliverables()[0], 1)
	o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/suspend", m{"date": "2026-03-03", "reason": "Sebab"}).want(200)
	o.do(t, "ppk", "POST", "./acceptances", m{"agreement_id": a.id(), "number": "BAST/1", "date": "2026-03-10", "placement_ids": ids}).want(201)
	invoice := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 1_000_000, ids)).want(201)
	o.paidBy(t, a, invoice.id(), "1")
	if got := o.do(t, "staff", "GET", "./agreements/"+a.id(), nil).want(200); got.number("paid") != 1_000_000 {
		t.Errorf("%s", got.raw)
	}
}

func TestPenaltyStandsFromAcceptanceOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 3, 1_000_000))
	late := func() string {
		p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
		got := o.do(t, "staff", "PATCH", "./placements/"+p.id(), m{"published_on": "2026-03-12", "url": "https://contoh-pos.example/" + p.id(), "label_present": true, "scheduled_on": "2026-03-12"},
			"If-Match", "*").want(200)
		if got.text("due_on") != "2026-03-02" || told(got.number("late_days"), got.number("penalty")) != "10 9009" {
			t.Fatalf("ten thousandths of 900.901, though the plan was moved: %s", got.raw)
		}
		o.prove(t, "staff", p.id(), p.id(), "kind", "screenshot", "origin", "staff").want(201)
		o.do(t, "verifier", "POST", "./placements/"+p.id()+"/verify", nil).want(200)
		return p.id()
	}
	first, second := late(), late()
	accept := func(number, id string) reply {
		return o.do(t, "ppk", "POST", "./acceptances", m{"agreement_id": a.id(), "number": number, "date": "2026-03-20", "placement_ids": []string{id}}).want(201)
	}
	if r := accept("BAST/1", first); r.number("penalty") != 9_009 {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "admin", "POST", "/rules", m{"code": "late_penalty_permil", "figure": 2, "valid_from": "2026-01-01", "basis": "Perbup 9/2026"}).want(201)
	if r := accept("BAST/2", second); r.number("penalty") != 18_018 {
		t.Errorf("the rule as it stands when it is accepted: %s", r.raw)
	}
	for id, want := range map[string]int64{first: 9_009, second: 18_018} {
		if p := o.do(t, "auditor", "GET", "./placements/"+id, nil).want(200); p.number("penalty") != want {
			t.Errorf("%s", p.raw)
		}
	}
	if got := o.do(t, "auditor", "GET", "./agreements/"+a.id(), nil).want(200); got.number("penalty") != 27_027 {
		t.Errorf("%s", got.raw)
	}
	if n := len(o.do(t, "auditor", "GET", "./placements?late=true", nil).want(200).items()); n != 2 {
		t.Errorf("%d late", n)
	}
}

func TestFinalAccountByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 10, 1_000_000))
	path := "./agreements/" + a.id()
	paid := o.accepted(t, a, 2)
	invoice := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 2_000_000, paid)).want(201)
	o.paidBy(t, a, invoice.id(), "1")
	o.verified(t, a.deliverables()[0], 3)
	o.published(t, a.deliverables()[0])
	o.do(t, "auditor", "GET", path+"/final-account", nil).want(404)
	body := m{"reason": "Wanprestasi", "final_account": m{"number": "NA/1", "date": "2026-01-31"}}
	if r := o.do(t, "ppk", "POST", path+"/terminate", body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/final_account/date"}) {
		t.Errorf("%s", r.raw)
	}
	body["final_account"].(m)["date"] = "2026-06-30"
	o.do(t, "ppk", "POST", path+"/terminate", body).want(200)
	f := o.do(t, "auditor", "GET", path+"/final-account", nil).want(200)
	if told(f.text("kind"), f.text("number"), f.text("date"), f.text("reason")) != "terminated NA/1 2026-06-30 Wanprestasi" ||
		told(f.number("ordered"), f.number("evidenced"), f.number("accepted"), f.number("paid"), f.number("owed"), f.number("lapsed"), f.number("released")) != "10000000 5000000 2000000 2000000 4000000 0 4000000" {
		t.Errorf("%s", f.raw)
	}
	one := f.body["lines"].([]any)[0].(m)
	if u := one["units"].(m); told(u["ordered"], u["evidenced"], u["paid"], u["owed"], u["released"]) != "10 5 2 4 4" || told(one["released"]) != "4000000" {
		t.Errorf("%s", f.raw)
	}
	o.expect(t, line, "committed", 4_000_000)
	o.expect(t, line, "available", 14_000_000)
	o.do(t, "staff.setwan", "GET", path+"/final-account", nil).want(404)
	b := o.active(t, terms("SP/2", vendor, outlet, line, 2, 1_000_000))
	o.do(t, "ppk", "POST", "./agreements/"+b.id()+"/close", nil).want(200)
	if f := o.do(t, "auditor", "GET", "./agreements/"+b.id()+"/final-account", nil).want(200); told(f.text("kind"), f.number("released")) != "closed 2000000" {
		t.Errorf("%s", f.raw)
	}
}

func TestTheClockByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	body := terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 4, 1_000_000)
	a := o.active(t, body)
	plan := func() reply {
		return o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
	}
	publish := func(p reply, on string) reply {
		return o.do(t, "staff", "PATCH", "./placements/"+p.id(), m{"published_on": on, "url": "https://contoh-pos.example/" + p.id()}, "If-Match", "*")
	}
	p := plan()
	for on, code := range map[string]string{"2026-02-01": "before", "2026-12-16": "outside_period"} {
		r := publish(p, on).want(422, "invalid")
		if e := r.body["errors"].([]any)[0].(m); e["pointer"] != "/published_on" || e["code"] != code {
			t.Errorf("%s", r.raw)
		}
	}
	pass := m{
		"kind": "check_mode", "reason": "Keadaan darurat banjir",
		"subject": m{"check": "published_before_order", "document_type": "agreement", "mode": "warn", "document_number": "SP/1"},
	}
	granted := o.override(t, "staff", "head", pass)
	o.visitor(t, "staff").get("./overrides/" + granted.id()).want(200).shows("Aturan “Tayang sebelum pesanan” pada perjanjian SP/1")
	got := publish(p, "2026-02-01").want(200)
	if flags := fmt.Sprint(got.body["clock_flags"]); flags != "[published_before_order published_before_approval]" {
		t.Errorf("%s", got.raw)
	}
	if used := o.do(t, "auditor", "GET", "./overrides/"+granted.id(), nil).want(200); !strings.Contains(string(used.raw), p.id()) {
		t.Errorf("the override names what passed: %s", used.raw)
	}
	if again := publish(p, "2026-03-02").want(200); fmt.Sprint(again.body["clock_flags"]) != fmt.Sprint(got.body["clock_flags"]) {
		t.Errorf("the flags stay: %s", again.raw)
	}
	publish(plan(), "2026-12-16").want(422, "invalid")
	t.Run("what was published before the approval is never silent", func(t *testing.T) {
		late := publish(plan(), "2026-03-02").want(200)
		if fmt.Sprint(late.body["clock_flags"]) != "[published_before_approval]" {
			t.Errorf("%s", late.raw)
		}
		o.do(t, "admin", "POST", "/rules", m{"code": "published_before_approval", "mode": "refuse", "valid_from": "2026-01-01", "basis": "SE 1/2026"}).want(201)
		r := publish(plan(), "2026-03-02").want(422, "invalid")
		if e := r.body["errors"].([]any)[0].(m); e["code"] != "published_before_approval" {
			t.Errorf("%s", r.raw)
		}
	})
	t.Run("no client sets a system time", func(t *testing.T) {
		for _, field := range []string{"created_at", "submitted_at", "approved_at", "created_by"} {
			forged := terms("SP/9", vendor, outlet, a.text("id"), 1, 1_000)
			forged[field] = "2026-01-01T00:00:00Z"
			if r := o.do(t, "staff", "POST", "./agreements", forged).want(422, "invalid"); !slices.Contains(r.pointers(), "/"+field) {
				t.Errorf("%s: %s", field, r.raw)
			}
		}
	})
}

func TestAmendmentLimitByRule(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 50_000_000)[0], 10, 1_000_000))
	approve := func() { o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(200) }
	o.amend(t, a, amendment("ADD/1", a, 11)).want(200)
	approve()
	if r := o.amend(t, a, amendment("ADD/2", a, 12)).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/deliverables"}) {
		t.Errorf("the rise of the first counts: %s", r.raw)
	}
	rule := func(body m) {
		t.Helper()
		body["basis"] = "Perbup 5/2026"
		o.do(t, "admin", "POST", "/rules", body).want(201)
	}
	rule(m{"code": "addendum_percent", "figure": 20, "valid_from": "2026-04-01"})
	o.amend(t, a, amendment("ADD/2", a, 12)).want(422, "invalid") // dated in March
	later := amendment("ADD/2", a, 12)
	later["date"] = "2026-04-01"
	o.amend(t, a, later).want(200)
	approve()
	over := amendment("ADD/3", a, 13)
	over["date"] = "2026-04-02"
	o.amend(t, a, over).want(422, "invalid")
	granted := o.override(t, "staff", "head", m{
		"kind": "check_mode", "reason": "Bencana",
		"subject": m{"check": "addendum_over_limit", "document_type": "agreement", "mode": "warn", "document_number": "SP/1"},
	})
	o.amend(t, a, over).want(200)
	if used := o.do(t, "auditor", "GET", "./overrides/"+granted.id(), nil).want(200); !strings.Contains(string(used.raw), a.id()) {
		t.Errorf("%s", used.raw)
	}
}

func TestRemindersByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 10, 1_000_000))
	b := o.active(t, terms("SP/2", vendor, outlet, line, 1, 1_000_000))
	o.do(t, "ppk", "POST", "./agreements/"+b.id()+"/suspend", m{"date": "2026-03-02", "reason": "Sebab"}).want(200)
	o.do(t, "staff", "POST", "./agreements", terms("SP/3", vendor, outlet, line, 1, 1_000_000)).want(201)
	kinds := func(who string) (out []string) {
		for _, i := range o.do(t, who, "GET", "./reminders", nil).want(200).items() {
			out = append(out, told(i["kind"], i["number"]))
		}
		return out
	}
	o.do(t, "admin", "POST", "/rules", m{"code": "ending_soon", "figure": 9999, "valid_from": "2026-01-01", "basis": "x"}).want(201)
	if got := kinds("ppk"); !slices.Contains(got, "suspended SP/2") || !slices.Contains(got, "ending SP/1") && !slices.Contains(got, "ended SP/1") || slices.Contains(got, "behind SP/2") {
		t.Errorf("%v", got)
	}
	if got := kinds("staff"); slices.Contains(got, "submitted SP/1") {
		t.Errorf("%v", got)
	}
	if got := kinds("treasurer"); got != nil {
		t.Errorf("nothing of it is the treasurer's: %v", got)
	}
	o.do(t, "staff.setwan", "GET", "./reminders", nil).want(http.StatusNotFound)
	_ = a
}
