package main

import (
	"slices"
	"testing"
)

func TestPeriodsByAPI(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	ask := func(who string, body m) reply { return s.do(t, who, "POST", "./periods", body) }
	move := func(who, path, verb string, body any) reply { return s.do(t, who, "POST", path+"/"+verb, body) }

	ask("head", m{"month": "2026-03", "reason": "a"}).want(403, "forbidden")
	ask("staff.setwan", m{"month": "2026-03", "reason": "a"}).want(404, "not_found")
	if r := ask("treasurer", m{"month": "2026-3", "reason": ""}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/month"}) {
		t.Errorf("a month is written 2026-03: %s", r.raw)
	}
	if r := ask("treasurer", m{"month": "2026-03", "reason": " "}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/reason"}) {
		t.Errorf("a reason is asked for: %s", r.raw)
	}
	ask("treasurer", m{"month": "2026-11", "reason": "a"}).want(409, "month_not_over")
	ask("treasurer", m{"month": "2026-04", "reason": "a"}).want(409, "earlier_month_open")
	if r := ask("staff", m{"month": "2026-02", "reason": "a"}).want(409, "duplicate"); !slices.Equal(r.pointers(), []string{"/month"}) {
		t.Errorf("February is asked for already: %s", r.raw)
	}
	move("treasurer", s.january, "approve", nil).want(403, "segregation_of_duties")
	move("verifier", s.january, "approve", nil).want(403, "forbidden")
	move("head", s.february, "approve", nil).want(409, "earlier_month_open")
	move("head", s.january, "refuse", nil).want(422, "invalid")
	s.do(t, "head", "POST", s.january+"/approve", nil, "If-Match", `"7"`).want(412, "stale")
	if r := move("head", s.january, "approve", nil).want(200); r.text("status") != "closed" || r.text("month") != "2026-01" || r.number("fiscal_year") != 2026 || r.header.Get("ETag") != `"2"` {
		t.Errorf("closed: %s", r.raw)
	}
	move("head", s.january, "approve", nil).want(409, "wrong_state")
	move("treasurer", s.january, "withdraw", nil).want(409, "wrong_state")
	move("head", s.february, "refuse", m{"reason": "SP2D belum lengkap"}).want(200)
	february := ask("treasurer", m{"month": "2026-02", "reason": "lengkap"}).want(201)
	move("head", "./periods/"+february.id(), "approve", m{}).want(200)
	move("head", "./periods/"+ask("treasurer", m{"month": "2026-03", "reason": "lengkap"}).want(201).id(), "approve", nil).want(200)

	if got := len(s.do(t, "auditor", "GET", "./periods?fiscal_year=2026", nil).want(200).items()); got != 4 {
		t.Errorf("four requests were made, got %d", got)
	}
	if got := len(s.do(t, "auditor", "GET", "./periods?status=closed&month=2026-03", nil).want(200).items()); got != 1 {
		t.Errorf("March is closed, got %d", got)
	}
	s.do(t, "auditor", "GET", s.february, nil).want(200)
	r := s.do(t, "treasurer", "POST", s.authorised+"/settle", m{"sp2d": m{"number": "SP2D/77", "date": "2026-03-27"}}).want(409, "period_closed")
	if r.text("month") != "2026-03" || r.text("document") != "SP2D/77" || !slices.Equal(r.pointers(), []string{"/sp2d/date"}) {
		t.Errorf("month, document and field are named: %s", r.raw)
	}
	s.do(t, "treasurer", "POST", s.authorised+"/settle", m{"sp2d": m{"number": "SP2D/77", "date": "2026-04-01"}}).want(200)
}

func TestPeriodsByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	head, treasurer := s.visitor(t, "head"), s.visitor(t, "treasurer")
	page := treasurer.get("./periods").want(200).shows("Periode 2026", "berjalan sampai 30 Nov 2026", "Rekonsiliasi selesai")
	if got := page.doc.Find("#months tbody tr").Length(); got != 12 {
		t.Errorf("%d months", got)
	}
	treasurer.get("./periods?fiscal_year=2025").want(200).shows("Periode 2025")
	treasurer.get("./periods?fiscal_year=x").want(404)
	f := head.get(s.january + "/decide").want(200).shows("Tutup Jan 2026?").forms()[0].filled()
	for i := range f.inputs {
		if f.inputs[i].name == "verb" {
			f.inputs[i].value = "approve"
		}
	}
	if got := head.submit(f).want(303).location; got != "/a/DISKOMINFO/periods?fiscal_year=2026" {
		t.Errorf("on to %s", got)
	}
	head.get("./periods").want(200).shows("Jan 2026", "ditutup")
	settle := treasurer.get(s.authorised + "/settle").want(200).forms()[0].filled()
	for i := range settle.inputs {
		if settle.inputs[i].name == "sp2d.date" {
			settle.inputs[i].value = "2026-01-15"
		}
	}
	treasurer.submit(settle).want(422) // before its SPM
}
