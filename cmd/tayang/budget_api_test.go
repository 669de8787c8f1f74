package main

import (
	"fmt"
	"slices"
	"testing"
)

func TestBudgetsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := o.budget(t, 100_000_000, 50_000_000)
	line := o.line(t, lines[0])
	if line.number("available") != 100_000_000 || line.number("appropriation") != 100_000_000 {
		t.Fatalf("the appropriation is the ceiling: %s", line.raw)
	}
	if n := len(o.do(t, "auditor", "GET", "./ledger", nil).want(200).items()); n != 2 {
		t.Fatalf("want an entry for each line, got %d", n)
	}

	t.Run("a second original is refused", func(t *testing.T) {
		v := o.do(t, "staff", "POST", "./budget-versions", budgetBody("original", "DPA/X", 1)).want(201)
		o.do(t, "head", "POST", "./budget-versions/"+v.id()+"/lock", nil).want(409, "original_exists")
	})
	t.Run("its number is taken", func(t *testing.T) {
		o.do(t, "staff", "POST", "./budget-versions", budgetBody("revision", "DPA/1", 1)).want(409, "duplicate")
	})
	t.Run("a draft can be changed, a locked document cannot", func(t *testing.T) {
		v := o.do(t, "staff", "POST", "./budget-versions", budgetBody("shift", "DPPA/0", 90_000_000, 60_000_000)).want(201)
		path := "./budget-versions/" + v.id()
		o.do(t, "staff", "PATCH", path, m{"number": "DPPA/1"}).want(428, "if_match_required")
		o.do(t, "staff", "PATCH", path, m{"number": "DPPA/1"}, "If-Match", `"9"`).want(412, "stale")
		o.do(t, "staff", "PATCH", path, m{"number": "DPPA/0a"}, "If-Match", "*").want(200)
		changed := o.do(t, "staff", "PATCH", path, m{"number": "DPPA/1"}, "If-Match", `W/"2"`).want(200)
		if changed.text("number") != "DPPA/1" || changed.header.Get("ETag") != `"3"` || len(changed.body["lines"].([]any)) != 2 {
			t.Fatalf("only the number changes: %s", changed.raw)
		}
		o.do(t, "head", "POST", path+"/lock", nil, "If-Match", `"1"`).want(412)
		o.do(t, "head", "POST", path+"/lock", nil).want(200)
		o.do(t, "head", "POST", path+"/lock", nil).want(409, "wrong_state")
		o.do(t, "staff", "PATCH", path, m{"number": "X"}, "If-Match", `"4"`).want(409, "wrong_state")
		if got := o.line(t, lines[0]).number("available"); got != 90_000_000 {
			t.Fatalf("the shift moves the ceiling, got %d", got)
		}
	})
	t.Run("a cut below what is promised is refused line by line", func(t *testing.T) {
		vendor, outlet := o.medium(t, "0123456789012345")
		o.active(t, terms("SP/1", vendor, outlet, lines[0], 10, 1_000_000))
		v := o.do(t, "staff", "POST", "./budget-versions", budgetBody("revision", "DPPA/2", 9_999_999, 60_000_000)).want(201)
		r := o.do(t, "head", "POST", "./budget-versions/"+v.id()+"/lock", nil).want(409, "budget_exceeded")
		if r.text("budget_line_id") != lines[0] || !slices.Equal(r.pointers(), []string{"/lines/0"}) {
			t.Fatalf("the line and its place are named: %s", r.raw)
		}
		if got := o.line(t, lines[0]).number("appropriation"); got != 90_000_000 {
			t.Fatalf("nothing changed, got %d", got)
		}
	})
	t.Run("a shift is locked by another person, and what it would cut is said first", func(t *testing.T) {
		short := o.do(t, "head", "POST", "./budget-versions", budgetBody("shift", "DPPA/3", 1, 60_000_000)).want(201)
		o.do(t, "head", "POST", "./budget-versions/"+short.id()+"/lock", nil).want(409, "budget_exceeded")
		body := budgetBody("shift", "DPPA/4", 95_000_000, 55_000_000)
		body["approval_number"], body["approval_date"] = "903/12/BPKAD", "2026-04-01"
		v := o.do(t, "staff", "POST", "./budget-versions", body).want(201)
		path := "./budget-versions/" + v.id()
		if v.text("approval_number") != "903/12/BPKAD" || v.text("approval_date") != "2026-04-01" {
			t.Errorf("the approval is kept: %s", v.raw)
		}
		o.do(t, "staff", "POST", path+"/lock", nil).want(403, "segregation_of_duties")
		o.do(t, "head", "PATCH", path, m{"number": "DPPA/4a"}, "If-Match", "*").want(200)
		o.do(t, "head", "POST", path+"/lock", nil).want(403, "segregation_of_duties")
		o.do(t, "staff", "PATCH", path, m{"number": "DPPA/4"}, "If-Match", "*").want(200)
		o.do(t, "head", "POST", path+"/lock", nil).want(200)
		if got := o.line(t, lines[1]).number("appropriation"); got != 55_000_000 {
			t.Errorf("the shift is in force, got %d", got)
		}
	})
	t.Run("entries of a line sum to its balances", func(t *testing.T) {
		sums := map[string]int64{}
		for _, e := range o.do(t, "staff", "GET", "./budget-lines/"+lines[0]+"/entries?limit=500", nil).want(200).items() {
			var amount int64
			_, _ = fmt.Sscan(fmt.Sprint(e["amount"]), &amount)
			sums[fmt.Sprint(e["to"])] += amount
			sums[fmt.Sprint(e["from"])] -= amount
		}
		l := o.line(t, lines[0])
		for _, account := range []string{"available", "reserved", "committed", "realised"} {
			if sums[account] != l.number(account) {
				t.Errorf("%s: entries sum to %d, the balance is %d", account, sums[account], l.number(account))
			}
		}
	})
}

func TestWhoMaySeeAndWrite(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.budget(t, 1_000_000)
	for _, c := range []struct {
		who, method, path string
		body              any
		status            int
		code              string
	}{
		{"", "GET", "./budget-lines", nil, 401, "sign_in_required"},
		{"auditor", "GET", "./budget-lines", nil, 200, ""},
		{"auditor", "POST", "./budget-versions", budgetBody("shift", "A", 1), 403, "forbidden"},
		{"admin", "GET", "./budget-lines", nil, 403, "forbidden"},
		{"treasurer", "POST", "./budget-versions", budgetBody("shift", "A", 1), 403, "forbidden"},
		{"staff.setwan", "GET", "./budget-lines", nil, 404, "not_found"},
		{"staff", "GET", "/agencies/NONE/budget-lines", nil, 404, "not_found"},
		{"staff", "GET", "./budget-lines/0190f5e2-0000-7000-8000-000000000000", nil, 404, "not_found"},
		{"staff", "GET", "./budget-lines/no-id", nil, 404, "not_found"},
		{"staff", "GET", "./no-such-thing", nil, 404, "not_found"},
	} {
		t.Run(fmt.Sprint(c.who, " ", c.method, " ", c.path), func(t *testing.T) {
			r := o.do(t, c.who, c.method, c.path, c.body).want(c.status)
			if c.code != "" {
				r.want(c.status, c.code)
			}
		})
	}
	soon(t, "who guesses passwords has to wait", func() bool {
		r := o.do(t, "", "POST", "/sessions", m{"email": "guess@contoh.go.id", "password": "wrong"})
		return r.status == 429 && r.text("code") == "too_many_attempts" && r.header.Get("Retry-After") != ""
	})
	r := o.do(t, "", "GET", "./budget-lines", nil, "Authorization", "Bearer nonsense").want(401, "session_invalid")
	if r.header.Get("Content-Type") != "application/problem+json" || r.header.Get("WWW-Authenticate") == "" {
		t.Errorf("a problem document and how to sign in: %v", r.header)
	}
}
