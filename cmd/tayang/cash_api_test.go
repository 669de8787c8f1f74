package main

import (
	"slices"
	"strings"
	"testing"
)

func TestCashPlansByAPI(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	line := strings.TrimPrefix(s.line, "./budget-lines/")
	lock := func(who, path string) reply { return s.do(t, who, "POST", path+"/lock", nil) }

	s.do(t, "ppk", "POST", "./cash-plans", cashBody("SPD/2", line, 1)).want(403, "forbidden")
	s.do(t, "staff", "POST", "./cash-plans", cashBody("SPD/1", line, 1)).want(409, "duplicate")
	bad := cashBody("", nobody, -1)
	bad["date"] = "2027-01-01"
	if r := s.do(t, "staff", "POST", "./cash-plans", bad).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/number", "/date", "/lines/0/amount", "/lines/1/amount"}) {
		t.Errorf("every field is named: %s", r.raw)
	}
	if r := s.do(t, "staff", "POST", "./cash-plans", cashBody("SPD/2", nobody, 1)).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/lines/0/budget_line_id", "/lines/1/budget_line_id"}) {
		t.Errorf("a line of nobody: %s", r.raw)
	}
	beyond := s.do(t, "treasurer", "POST", "./cash-plans", cashBody("SPD/3", line, 300_000_000)).want(201)
	r := lock("head", "./cash-plans/"+beyond.id()).want(409, "cash_plan_out_of_bounds")
	if r.text("budget_line_id") != line || !slices.Equal(r.pointers(), []string{"/lines/0"}) {
		t.Errorf("the line is named: %s", r.raw)
	}
	lock("staff", s.cash).want(403, "forbidden")
	changed := s.do(t, "staff", "PATCH", s.cash, cashBody("SPD/1", line, 3_000_000), "If-Match", `"1"`).want(200)
	if changed.number("total") != 6_000_000 || changed.text("status") != "draft" {
		t.Errorf("changed: %s", changed.raw)
	}
	if r := lock("head", s.cash).want(200); r.text("status") != "locked" {
		t.Errorf("locked: %s", r.raw)
	}
	lock("head", s.cash).want(409, "wrong_state")
	o := s.do(t, "auditor", "GET", s.line+"/cash", nil).want(200)
	if months := o.body["months"].([]any); o.body["planned"] != true || len(months) != 12 {
		t.Errorf("the months of the line: %s", o.raw)
	}
	r = s.do(t, "treasurer", "POST", s.authorised+"/settle", m{"sp2d": m{"number": "SP2D/9", "date": "2026-03-27"}}).want(409, "cash_exceeded")
	if r.text("budget_line_id") != line || r.number("requested") != 1_110_000 && r.number("requested") != 1_000_000 || !slices.Equal(r.pointers(), []string{"/sp2d/date"}) {
		t.Errorf("line, figures and field are named: %s", r.raw)
	}
	s.do(t, "treasurer", "POST", s.authorised+"/settle", m{"sp2d": m{"number": "SP2D/9", "date": "2026-04-27"}}).want(200)
	if got := len(s.do(t, "auditor", "GET", "./cash-plans?status=locked&fiscal_year=2026", nil).want(200).items()); got != 1 {
		t.Errorf("one plan is in force, got %d", got)
	}
}

func TestCashPlansByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, treasurer := s.visitor(t, "staff"), s.visitor(t, "treasurer")
	staff.get("./cash-plans").want(200).shows("SPD/1")
	staff.get(s.line).want(200).shows("Baris ini tidak punya anggaran kas")
	f := treasurer.get("./cash-plans/new").want(200).forms()[0].filled()
	text := func(lines string) screen {
		bad := f
		for i, in := range f.inputs {
			if in.name == "lines" {
				bad = f.with(i, func(in *entry) { in.value = lines })
			}
		}
		return treasurer.submit(bad)
	}
	codes := "2.16.02.2.01.0014;5.1.02.02.01.0055;PAD;"
	text("a;b;c;1").want(422).shows("Baris anggaran")
	text("a;b").want(422)
	text(codes + "satu").want(422)
	text(codes + ";;;1.000.000\n" + codes + ";;;2.000.000").want(422)
	text(codes + ";;;1.000.000").want(303)
	s.do(t, "head", "POST", s.cash+"/lock", nil).want(200)
	staff.get(s.line).want(200).shows("Pembayaran tidak dapat melebihi kas")
	settle := treasurer.get(s.authorised + "/settle").want(200).forms()[0].filled()
	treasurer.submit(settle).want(409).shows("Melebihi anggaran kas", "minta penyimpangan").has(1, `a[href="#f-sp2d-date"]`)
}
