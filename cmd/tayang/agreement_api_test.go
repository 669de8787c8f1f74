package main

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

func TestAgreementsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := o.budget(t, 20_000_000, 5_000_000)
	vendor, outlet := o.medium(t, "0123456789012345")

	t.Run("prices are fixed per unit, tax apart", func(t *testing.T) {
		a := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, lines[0], 3, 1_000_000)).want(201)
		// 1,000,000 with VAT is 900,901 and 99,099 (11/12 × 12%, domain.md §5), three times.
		if a.number("value") != 2_702_703 || a.number("vat") != 297_297 || a.number("gross") != 3_000_000 || a.text("status") != "draft" {
			t.Fatalf("%s", a.raw)
		}
		if got := o.line(t, lines[0]).number("reserved"); got != 0 {
			t.Fatalf("a draft reserves nothing, got %d", got)
		}
	})
	t.Run("submit reserves, approve commits, close releases", func(t *testing.T) {
		body := terms("SP/2", vendor, outlet, lines[0], 2, 1_500_000)
		second := m{}
		for k, v := range body["deliverables"].([]m)[0] {
			second[k] = v
		}
		second["budget_line_id"] = lines[1]
		body["deliverables"] = append(body["deliverables"].([]m), second)
		a := o.do(t, "staff", "POST", "./agreements", body).want(201)
		path := "./agreements/" + a.id()
		o.do(t, "ppk", "POST", path+"/approve", nil).want(409, "wrong_state")
		o.do(t, "staff", "POST", path+"/submit", nil).want(200)
		o.expect(t, lines[0], "reserved", 3_000_000)
		o.expect(t, lines[1], "reserved", 3_000_000)
		o.do(t, "staff", "POST", path+"/approve", nil).want(403, "segregation_of_duties")
		o.do(t, "treasurer", "POST", path+"/approve", nil).want(403, "forbidden")
		got := o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
		if got.text("status") != "active" || got.text("approved_by") == "<nil>" {
			t.Fatalf("%s", got.raw)
		}
		o.expect(t, lines[0], "committed", 3_000_000)
		o.do(t, "staff", "PATCH", path, m{"title": "X"}, "If-Match", got.header.Get("ETag")).want(409, "wrong_state")
		o.do(t, "staff", "POST", path+"/close", nil).want(403, "forbidden")
		if closed := o.do(t, "ppk", "POST", path+"/close", nil).want(200); closed.text("status") != "closed" {
			t.Fatalf("%s", closed.raw)
		}
		o.expect(t, lines[0], "available", 20_000_000)
		o.expect(t, lines[1], "available", 5_000_000)
		entries := o.do(t, "auditor", "GET", "./ledger?document_id="+a.id(), nil).want(200).items()
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, fmt.Sprint(e["kind"]))
		}
		if want := []string{"reserve", "reserve", "commit", "commit", "release", "release"}; !slices.Equal(kinds, want) {
			t.Errorf("want %v, got %v", want, kinds)
		}
	})
	t.Run("withdraw and reject give the reservation back", func(t *testing.T) {
		a := o.do(t, "staff", "POST", "./agreements", terms("SP/3", vendor, outlet, lines[0], 1, 2_000_000)).want(201)
		path := "./agreements/" + a.id()
		o.do(t, "staff", "POST", path+"/submit", nil).want(200)
		o.do(t, "staff", "POST", path+"/withdraw", nil).want(200)
		o.expect(t, lines[0], "reserved", 0)
		o.do(t, "staff", "POST", path+"/submit", nil).want(200)
		if r := o.do(t, "ppk", "POST", path+"/reject", nil).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/reason"}) {
			t.Errorf("a rejection needs a reason: %s", r.raw)
		}
		r := o.do(t, "ppk", "POST", path+"/reject", m{"reason": "Harga di atas acuan"}).want(200)
		if r.text("status") != "rejected" || r.text("remark") != "Harga di atas acuan" {
			t.Errorf("%s", r.raw)
		}
		o.expect(t, lines[0], "available", 20_000_000)
		changed := o.do(t, "staff", "PATCH", path, m{"title": "Diperbaiki"}, "If-Match", r.header.Get("ETag")).want(200)
		if changed.text("title") != "Diperbaiki" || changed.text("number") != "SP/3" {
			t.Errorf("a rejected agreement can be mended: %s", changed.raw)
		}
		o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	})
	t.Run("beyond the ceiling", func(t *testing.T) {
		a := o.do(t, "staff", "POST", "./agreements", terms("SP/4", vendor, outlet, lines[1], 6, 1_000_000)).want(201)
		r := o.do(t, "staff", "POST", "./agreements/"+a.id()+"/submit", nil).want(409, "budget_exceeded")
		if r.text("budget_line_id") != lines[1] || r.number("available") != 5_000_000 || r.number("requested") != 6_000_000 {
			t.Errorf("the figures are told: %s", r.raw)
		}
		if s := o.do(t, "staff", "GET", "./agreements/"+a.id(), nil).want(200).text("status"); s != "draft" {
			t.Errorf("a refused request changes nothing, got %s", s)
		}
	})
}

func TestDeliverablesKeepTheirIDs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	body := terms("SP/1", vendor, outlet, line, 1, 1_000_000)
	a := o.do(t, "staff", "POST", "./agreements", body).want(201)
	changed := o.do(t, "staff", "PATCH", "./agreements/"+a.id(), m{"title": "Diperbaiki"}, "If-Match", a.header.Get("ETag")).want(200)
	if was, is := deliverableIDs(a), deliverableIDs(changed); !slices.Equal(was, is) {
		t.Errorf("deliverables that were not changed are the same ones: %v, %v", was, is)
	}
	items := body["deliverables"].([]m)
	changed = o.do(t, "staff", "PATCH", "./agreements/"+a.id(), m{"deliverables": append(items, items[0])}, "If-Match", changed.header.Get("ETag")).want(200)
	if was, is := deliverableIDs(a), deliverableIDs(changed); len(is) != 2 || is[0] != was[0] || is[1] == was[0] {
		t.Errorf("the added one is new: %v, %v", was, is)
	}
}

func deliverableIDs(a reply) (ids []string) {
	for _, d := range a.body["deliverables"].([]any) {
		ids = append(ids, fmt.Sprint(d.(m)["id"]))
	}
	return ids
}

// expect fails unless the account of the line holds the amount.
func (o *office) expect(t *testing.T, line, account string, amount int64) {
	t.Helper()
	if got := o.line(t, line).number(account); got != amount {
		t.Fatalf("%s: want %d, got %d", account, amount, got)
	}
}

func TestWrongTermsAreNamed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	other, _ := o.medium(t, "0123456789012346")
	for name, c := range map[string]struct {
		change func(b, d m)
		want   string
	}{
		"kind":              {func(b, _ m) { b["kind"] = "press" }, "/kind"},
		"blank number":      {func(b, _ m) { b["number"] = "  " }, "/number"},
		"no vendor":         {func(b, _ m) { b["vendor_id"] = nobody }, "/vendor_id"},
		"no campaign":       {func(b, _ m) { b["campaign_id"] = nobody }, "/campaign_id"},
		"method":            {func(b, _ m) { b["method"] = "lelang" }, "/method"},
		"RUP":               {func(b, _ m) { b["rup_code"] = "123" }, "/rup_code"},
		"end before start":  {func(b, _ m) { b["end_date"] = "2026-01-31" }, "/end_date"},
		"other fiscal year": {func(b, _ m) { b["end_date"] = "2027-01-31" }, "/end_date"},
		"ordered last year": {func(b, _ m) { b["order_date"] = "2025-12-31" }, "/order_date"},
		"no deliverable":    {func(b, _ m) { b["deliverables"] = []m{} }, "/deliverables"},
		"quantity":          {func(_, d m) { d["quantity"] = 0 }, "/deliverables/0/quantity"},
		"negative price":    {func(_, d m) { d["unit_price"] = -5 }, "/deliverables/0/unit_price"},
		"price too large":   {func(_, d m) { d["unit_price"] = int64(9_000_000_000_000_000) }, "/deliverables/0/unit_price"},
		"sum too large":     {func(_, d m) { d["unit_price"], d["quantity"] = int64(900_000_000_000), 1_000_000 }, "/deliverables/0"},
		"no line":           {func(_, d m) { d["budget_line_id"] = nobody }, "/deliverables/0/budget_line_id"},
		"no outlet":         {func(_, d m) { d["outlet_id"] = nobody }, "/deliverables/0/outlet_id"},
		"other's outlet":    {func(b, _ m) { b["vendor_id"] = other }, "/deliverables/0/outlet_id"},
		"influencer by ad":  {func(b, _ m) { b["kind"] = "influencer" }, "/deliverables/0/social_account_id"},
		"NUL":               {func(b, _ m) { b["title"] = "a\x00b" }, "/title"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := terms("SP/"+name, vendor, outlet, line, 1, 1_000_000)
			c.change(b, b["deliverables"].([]m)[0])
			r := o.do(t, "staff", "POST", "./agreements", b).want(422, "invalid")
			if !slices.Contains(r.pointers(), c.want) {
				t.Errorf("want %s named, got %s", c.want, r.raw)
			}
		})
	}
}

// TestManyCommitmentsOneCeiling lets many requests run for the same money; what was promised never exceeds it.
func TestManyCommitmentsOneCeiling(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 10_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	o.token(t, "staff")
	var wg sync.WaitGroup
	statuses := make([]int, 24)
	for i := range statuses {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a := o.do(t, "staff", "POST", "./agreements", terms(fmt.Sprint("SP/", i), vendor, outlet, line, 1, 1_000_000))
			statuses[i] = o.do(t, "staff", "POST", "./agreements/"+a.id()+"/submit", nil).status
		}()
	}
	wg.Wait()
	ok := 0
	for _, s := range statuses {
		switch s {
		case 200:
			ok++
		case 409:
		default:
			t.Errorf("status %d", s)
		}
	}
	if ok != 10 {
		t.Errorf("ten fit under the ceiling, %d got in", ok)
	}
	o.expect(t, line, "available", 0)
	o.expect(t, line, "reserved", 10_000_000)
}

func TestIdempotencyKeys(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 10_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	body := terms("SP/1", vendor, outlet, line, 1, 1_000_000)
	first := o.do(t, "staff", "POST", "./agreements", body, "Idempotency-Key", "one").want(201)
	again := o.do(t, "staff", "POST", "./agreements", body, "Idempotency-Key", "one").want(201)
	if string(first.raw) != string(again.raw) || first.header.Get("ETag") != again.header.Get("ETag") {
		t.Errorf("the first answer again: %s and %s", first.raw, again.raw)
	}
	body["title"] = "other"
	o.do(t, "staff", "POST", "./agreements", body, "Idempotency-Key", "one").want(422, "idempotency_key_reused")
	submit := "./agreements/" + first.id() + "/submit"
	o.token(t, "staff")
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if r := o.do(t, "staff", "POST", submit, nil, "Idempotency-Key", "submit"); r.status != 200 || r.text("status") != "submitted" {
				t.Errorf("every racer hears the first answer, got %d %s", r.status, r.raw)
			}
		}()
	}
	wg.Wait()
	o.expect(t, line, "reserved", 1_000_000)
	o.do(t, "staff", "POST", submit, nil).want(409, "wrong_state")

	var sums []string
	for range 2 { // each form has a boundary of its own
		form, kind := upload(t, "surat.pdf", "application/pdf", "%PDF-1.7\nsurat")
		sums = append(sums, o.do(t, "staff", "POST", "/files", form, "Content-Type", kind, "Idempotency-Key", "paper").want(201).text("sha256"))
	}
	if sums[0] != sums[1] {
		t.Errorf("the same file again: %v", sums)
	}
}

func TestListsPageFilterAndSort(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 100_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	for i := range 7 {
		o.do(t, "staff", "POST", "./agreements", terms(fmt.Sprintf("SP/%d", i), vendor, outlet, line, int64(i%3+1), 1_000_000)).want(201)
	}
	for _, sort := range []string{"number", "-number", "gross,-number", "-gross,number", "-created_at"} {
		var seen []string
		cursor := ""
		for {
			p := o.do(t, "staff", "GET", "./agreements?limit=2&count=true&sort="+sort+cursor, nil).want(200)
			if p.number("total") != 7 {
				t.Fatalf("%s: total %s", sort, p.text("total"))
			}
			for _, i := range p.items() {
				seen = append(seen, fmt.Sprint(i["number"]))
			}
			if p.body["next_cursor"] == nil {
				break
			}
			cursor = "&cursor=" + p.text("next_cursor")
		}
		unique := slices.Compact(slices.Sorted(slices.Values(seen)))
		if len(seen) != 7 || len(unique) != 7 {
			t.Errorf("%s: every row once, got %v", sort, seen)
		}
		if sort == "-number" && seen[0] != "SP/6" {
			t.Errorf("%s: %v", sort, seen)
		}
	}
	for query, want := range map[string]int{
		"number=SP/1": 1, "number=SP/1,SP/2": 2, "gross=3000000": 2, "gross_from=2000000": 4,
		"q=sp/3": 1, "q=media+contoh": 7, "q=%25": 0, "status=active": 0, "order_date_to=2026-02-01": 0,
	} {
		if got := len(o.do(t, "staff", "GET", "./agreements?"+query, nil).want(200).items()); got != want {
			t.Errorf("%s: want %d rows, got %d", query, want, got)
		}
	}
}
