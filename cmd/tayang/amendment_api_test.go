package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// amendment is a proposal that changes the first line of an agreement to a quantity.
func amendment(number string, of reply, quantity int64) m {
	return m{"number": number, "date": "2026-03-02", "reason": "Tambahan tema", "deliverables": []m{{"id": of.deliverables()[0], "quantity": quantity}}}
}

// amend proposes an amendment of an agreement, as staff.
func (o *office) amend(t testing.TB, a reply, body m) reply {
	t.Helper()
	return o.do(t, "staff", "POST", "./agreements/"+a.id()+"/amend", body)
}

// told writes values with a blank between them.
func told(values ...any) string { return strings.TrimSpace(fmt.Sprintln(values...)) }

// line0 is the first line of an agreement or of one side of an amendment.
func line0(of m) m { return of["deliverables"].([]any)[0].(m) }

func TestAmendmentsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := o.budget(t, 20_000_000, 5_000_000)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, lines[0], 10, 1_000_000))
	path := "./agreements/" + a.id()

	t.Run("a proposal reserves what it adds and changes nothing yet", func(t *testing.T) {
		body := amendment("ADD/1", a, 8)
		body["end_date"] = "2026-12-20"
		body["deliverables"] = append(body["deliverables"].([]m), m{
			"product": "banner", "outlet_id": outlet, "budget_line_id": lines[1], "quantity": 2, "unit": "bulan", "unit_price": 900_000, "tax_inclusive": true,
		})
		got := o.amend(t, a, body).want(200)
		pending := got.body["amendment"].(m)
		if got.text("status") != "active" || got.text("end_date") != "2026-12-15" || got.number("gross") != 10_000_000 || len(got.deliverables()) != 1 ||
			got.header.Get("ETag") == a.header.Get("ETag") {
			t.Errorf("%s", got.raw)
		}
		after := pending["after"].(m)
		if pending["status"] != "proposed" || told(pending["position"], pending["author"], pending["value_before"]) != "1 staff@contoh.go.id 9009010" ||
			after["end_date"] != "2026-12-20" || told(after["gross"], line0(after)["quantity"], line0(pending["before"].(m))["quantity"]) != "9800000 8 10" {
			t.Errorf("%v", pending)
		}
		o.expect(t, lines[0], "committed", 10_000_000)
		o.expect(t, lines[1], "reserved", 1_800_000)
		o.amend(t, a, amendment("ADD/2", a, 11)).want(409, "amendment_pending")
		for _, verb := range []string{"close", "terminate"} {
			o.do(t, "ppk", "POST", path+"/"+verb, m{"reason": "Sebab"}).want(409, "amendment_pending")
		}
	})
	t.Run("approval commits, releases and makes it so", func(t *testing.T) {
		o.do(t, "staff", "POST", path+"/approve", nil).want(403, "segregation_of_duties")
		o.do(t, "head", "POST", path+"/approve", nil).want(403, "forbidden")
		o.do(t, "ppk", "POST", path+"/approve", nil, "If-Match", a.header.Get("ETag")).want(412, "stale")
		got := o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
		if got.text("status") != "active" || got.body["amendment"] != nil || got.text("end_date") != "2026-12-20" || got.number("gross") != 9_800_000 ||
			got.number("remaining") != 9_800_000 || fmt.Sprint(line0(got.body)["quantity"]) != "8" || len(got.deliverables()) != 2 {
			t.Errorf("%s", got.raw)
		}
		first := got.body["amendments"].([]any)[0].(m)
		if first["status"] != "approved" || first["decider"] != "ppk@contoh.go.id" {
			t.Errorf("%v", first)
		}
		o.expect(t, lines[0], "committed", 8_000_000)
		o.expect(t, lines[0], "available", 12_000_000)
		o.expect(t, lines[1], "committed", 1_800_000)
		o.expect(t, lines[1], "reserved", 0)
		var moved []string
		for _, e := range o.do(t, "auditor", "GET", "./ledger?document_number=ADD/1", nil).want(200).items() {
			moved = append(moved, told(e["kind"], e["amount"], e["effective_on"], e["document"].(m)["id"] == a.id(), e["reason"]))
		}
		slices.Sort(moved)
		if want := []string{"commit 1800000 2026-03-02 true Tambahan tema", "release 2000000 2026-03-02 true Tambahan tema", "reserve 1800000 2026-03-02 true Tambahan tema"}; !slices.Equal(moved, want) {
			t.Errorf("%q", moved)
		}
		o.do(t, "ppk", "POST", path+"/approve", nil).want(409, "wrong_state")
		o.do(t, "staff", "POST", path+"/withdraw", nil).want(409, "wrong_state")
		new := got.deliverables()[1]
		o.do(t, "staff", "POST", "./placements", m{"deliverable_id": new, "scheduled_on": "2026-12-18", "title": "Banner"}).want(201)
	})
	t.Run("rejecting and withdrawing give the reservation back", func(t *testing.T) {
		for i, c := range []struct{ who, verb, status string }{{"ppk", "reject", "rejected"}, {"staff", "withdraw", "withdrawn"}} {
			o.amend(t, a, amendment("ADD/2", a, 9)).want(200) // the number of what was turned down comes again
			o.expect(t, lines[0], "reserved", 1_000_000)
			if c.verb == "reject" {
				if r := o.do(t, c.who, "POST", path+"/reject", nil).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/reason"}) {
					t.Errorf("%s", r.raw)
				}
			}
			got := o.do(t, c.who, "POST", path+"/"+c.verb, m{"reason": "Belum perlu"}).want(200)
			last := got.body["amendments"].([]any)[i+1].(m)
			if got.text("status") != "active" || got.body["amendment"] != nil || last["status"] != c.status || last["remark"] != "Belum perlu" || got.number("gross") != 9_800_000 {
				t.Errorf("%s", got.raw)
			}
			o.expect(t, lines[0], "reserved", 0)
			o.expect(t, lines[0], "committed", 8_000_000)
		}
		if r := o.amend(t, a, amendment("ADD/1", a, 9)).want(409, "duplicate"); !slices.Equal(r.pointers(), []string{"/number"}) {
			t.Errorf("the number of an amendment in force is taken: %s", r.raw)
		}
		o.expect(t, lines[0], "reserved", 0)
	})
	t.Run("lists do not carry amendments", func(t *testing.T) {
		for _, i := range o.do(t, "staff", "GET", "./agreements", nil).want(200).items() {
			if i["amendments"] != nil || i["amendment"] != nil {
				t.Errorf("%v", i)
			}
		}
	})
}

func TestAmendmentsThatAreRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 16_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	_, elsewhere := o.medium(t, "0123456789012346")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 10, 1_000_000))
	o.published(t, a.deliverables()[0])
	o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-10-01", "title": "Nanti"}).want(201)
	gone := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-12-01", "title": "Batal"}).want(201)
	o.do(t, "staff", "POST", "./placements/"+gone.id()+"/cancel", m{"reason": "Batal"}).want(200)
	for name, c := range map[string]struct {
		change func(b, d m)
		want   string
	}{
		"no number":            {func(b, _ m) { b["number"] = " " }, "/number"},
		"no reason":            {func(b, _ m) { b["reason"] = "" }, "/reason"},
		"NUL":                  {func(b, _ m) { b["reason"] = "a\x00b" }, "/reason"},
		"no date":              {func(b, _ m) { delete(b, "date") }, "/date"},
		"before the order":     {func(b, _ m) { b["date"] = "2026-02-01" }, "/date"},
		"another year":         {func(b, _ m) { b["date"] = "2027-01-04" }, "/date"},
		"end in another year":  {func(b, _ m) { b["end_date"] = "2027-01-04" }, "/end_date"},
		"end before placement": {func(b, _ m) { b["end_date"] = "2026-09-30" }, "/end_date"},
		"beyond the limit":     {func(_, d m) { d["quantity"] = 12 }, "/deliverables"},
		"fewer than placed":    {func(_, d m) { d["quantity"] = 1 }, "/deliverables/0/quantity"},
		"price of placements":  {func(_, d m) { d["unit_price"] = 900_000 }, "/deliverables/0/unit_price"},
		"nothing changes":      {func(_, d m) { d["quantity"] = 10 }, "/deliverables"},
		"no such line":         {func(_, d m) { d["id"] = nobody }, "/deliverables/0/id"},
		"not an id":            {func(_, d m) { d["id"] = "x" }, "/deliverables/0/id"},
		"half a unit":          {func(_, d m) { d["quantity"] = 10.5 }, "/deliverables/0/quantity"},
		"another product":      {func(_, d m) { d["product"] = "banner" }, "/deliverables/0/product"},
		"unknown field":        {func(_, d m) { d["colour"] = "red" }, "/deliverables/0/colour"},
		"a bare line":          {func(_, d m) { delete(d, "id") }, "/deliverables/0/product"},
		"another's outlet": {func(b, _ m) {
			b["deliverables"] = []m{{"product": "banner", "outlet_id": elsewhere, "budget_line_id": line, "quantity": 1, "unit": "bulan", "unit_price": 1000, "tax_inclusive": true}}
		}, "/deliverables/0/outlet_id"},
		"no budget line": {func(b, _ m) {
			b["deliverables"] = []m{{"product": "banner", "outlet_id": outlet, "budget_line_id": nobody, "quantity": 1, "unit": "bulan", "unit_price": 1000, "tax_inclusive": true}}
		}, "/deliverables/0/budget_line_id"},
	} {
		t.Run(name, func(t *testing.T) {
			b := amendment("ADD/1", a, 11)
			c.change(b, b["deliverables"].([]m)[0])
			if r := o.amend(t, a, b).want(422, "invalid"); !slices.Contains(r.pointers(), c.want) {
				t.Errorf("want %s named, got %s", c.want, r.raw)
			}
		})
	}
	fits := amendment("ADD/1", a, 11)
	for who, want := range map[string]int{"ppk": 403, "head": 403, "auditor": 403, "admin": 403, "staff.setwan": 404, "": 401} {
		o.do(t, who, "POST", "./agreements/"+a.id()+"/amend", fits).want(want)
	}
	o.do(t, "staff", "POST", "./agreements/"+nobody+"/amend", fits).want(404)
	o.do(t, "staff", "POST", "./agreements/"+a.id()+"/amend", fits, "If-Match", `"1"`).want(412, "stale")
	o.expect(t, line, "reserved", 0)

	other := o.do(t, "staff", "POST", "./agreements", terms("SP/2", vendor, outlet, line, 6, 1_000_000)).want(201)
	o.amend(t, other, amendment("ADD/1", other, 7)).want(409, "wrong_state")
	o.do(t, "staff", "POST", "./agreements/"+other.id()+"/submit", nil).want(200)
	o.amend(t, other, amendment("ADD/1", other, 7)).want(409, "wrong_state")
	r := o.amend(t, a, fits).want(409, "budget_exceeded")
	if r.text("budget_line_id") != line || r.number("available") != 0 || r.number("requested") != 1_000_000 {
		t.Errorf("the figures are told: %s", r.raw)
	}
	if got := o.do(t, "staff", "GET", "./agreements/"+a.id(), nil).want(200); got.body["amendments"] != nil {
		t.Errorf("a refused request changes nothing: %s", got.raw)
	}
}

// TestAmendmentsMeetWhatHappensMeanwhile: between proposal and decision the agreement goes on.
func TestAmendmentsMeetWhatHappensMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	plan := func(a reply) reply {
		return o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Berita"})
	}
	t.Run("placements beyond the new quantity", func(t *testing.T) {
		a := o.active(t, terms("SP/1", vendor, outlet, line, 2, 1_000_000))
		o.amend(t, a, amendment("ADD/1", a, 1)).want(200)
		plan(a).want(201)
		plan(a).want(201)
		r := o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(409, "amendment_outdated")
		if !slices.Equal(r.pointers(), []string{"/deliverables/0/quantity"}) {
			t.Errorf("%s", r.raw)
		}
		o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/reject", m{"reason": "Sudah direncanakan"}).want(200)
	})
	t.Run("placements at the old price", func(t *testing.T) {
		a := o.active(t, terms("SP/2", vendor, outlet, line, 2, 1_000_000))
		body := amendment("ADD/1", a, 2)
		body["deliverables"].([]m)[0]["unit_price"] = 950_000
		o.amend(t, a, body).want(200)
		plan(a).want(201)
		o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(409, "amendment_outdated")
		o.do(t, "staff", "POST", "./agreements/"+a.id()+"/withdraw", nil).want(200)
	})
	t.Run("a new price holds for the placements after it", func(t *testing.T) {
		a := o.active(t, terms("SP/3", vendor, outlet, line, 2, 1_000_000))
		body := amendment("ADD/1", a, 2)
		body["deliverables"].([]m)[0]["unit_price"] = 950_000
		o.amend(t, a, body).want(200)
		o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(200)
		if p := plan(a).want(201); p.number("gross") != 950_000 {
			t.Errorf("%s", p.raw)
		}
	})
	t.Run("the last payment, and more after it", func(t *testing.T) {
		a := o.active(t, terms("SP/4", vendor, outlet, line, 2, 1_000_000))
		ids := o.accepted(t, a, 1)
		body := amendment("ADD/1", a, 1)
		o.amend(t, a, body).want(200)
		invoice := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 1_000_000, ids)).want(201)
		o.paidBy(t, a, invoice.id(), "1")
		got := o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(200)
		if got.text("status") != "completed" || got.number("remaining") != 0 {
			t.Errorf("what is left is paid: %s", got.raw)
		}
		o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/close", nil).want(200)
	})
	t.Run("many proposals at once", func(t *testing.T) {
		a := o.active(t, terms("SP/5", vendor, outlet, line, 10, 1_000_000))
		reserved := o.line(t, line).number("reserved")
		var wg sync.WaitGroup
		statuses := make([]int, 8)
		for i := range statuses {
			wg.Go(func() { statuses[i] = o.amend(t, a, amendment(fmt.Sprint("ADD/", i), a, 11)).status })
		}
		wg.Wait()
		slices.Sort(statuses)
		if statuses[0] != http.StatusOK || statuses[1] != http.StatusConflict {
			t.Errorf("one waits, the others hear so: %v", statuses)
		}
		o.expect(t, line, "reserved", reserved+1_000_000)
		for i := range statuses {
			wg.Go(func() { statuses[i] = o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).status })
		}
		wg.Wait()
		slices.Sort(statuses)
		if statuses[0] != http.StatusOK || statuses[1] != http.StatusConflict {
			t.Errorf("one decides, the others hear so: %v", statuses)
		}
		o.expect(t, line, "reserved", reserved)
	})
}
