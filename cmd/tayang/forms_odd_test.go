package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"tayang/db/sample"
)

// TestFormsThatNoBrowserSends sends every form in ways that can be read in two ways or not at all.
func TestFormsThatNoBrowserSends(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	people, before := map[string]*visitor{}, s.content(t)
	for _, d := range s.desks() {
		if people[d.who] == nil {
			people[d.who] = s.visitor(t, d.who)
		}
		v := people[d.who]
		for _, f := range v.get(d.path).want(200).forms() {
			f = f.filled()
			for mediaType, want := range map[string]int{
				"application/json": 415, "text/plain": 415, "application/xml": 415, "": 415, ";": 415, "multipart/form-data": 400, "multipart/form-data; boundary=x": 400,
			} {
				v.send("POST", f.action, mediaType, []byte(`{"version":1}`), "Content-Type", mediaType).want(want)
			}
			if len(f.inputs) > 0 { // a button alone sends nothing that could be packed
				v.submit(f, "Content-Encoding", "gzip").want(415)
			}
			for _, in := range f.inputs {
				if in.name == "placement_ids" || in.name == "invoice_ids" || in.name == "acceptance_ids" || in.name == "airing_ids" {
					continue
				}
				twice := f
				twice.inputs = append([]entry{in}, f.inputs...)
				v.submit(twice).want(400).has(1, "main section.message li")
			}
		}
	}
	if after := s.content(t); after != before {
		t.Errorf("the office changed:\n%s\nwas\n%s", after, before)
	}
}

// TestWrongPapers are forms whose every field can be read and that are wrong all the same.
func TestWrongPapers(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	other := s.elsewhere(t)
	before := s.content(t)
	id := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
	for _, c := range []struct {
		who, page, field, value, says string
	}{
		{"staff", "./agreements/new?kind=media&vendor_id=" + id(s.vendor), "order_date", "2025-12-31", "#f-order_date"},
		{"staff", "./agreements/new?kind=media&vendor_id=" + id(s.vendor), "end_date", "2027-01-01", "#f-end_date"},
		{"staff", "./agreements/new?kind=media&vendor_id=" + id(s.vendor), "end_date", "2026-01-01", "#f-end_date"},
		{"staff", "./agreements/new?kind=media&vendor_id=" + id(s.vendor), "deliverables.0.budget_line_id", other.line, "#f-deliverables-0-budget_line_id"},
		{"staff", "./agreements/new?kind=media&vendor_id=" + id(s.vendor), "deliverables.0.channel", "outlet:" + other.outlet, "#f-deliverables-0-channel"},
		{"staff", "./agreements/new?kind=media&vendor_id=" + id(s.vendor), "deliverables.0.quantity", "0", "#f-deliverables-0-quantity"},
		{"staff", s.draft + "/edit", "deliverables.0.budget_line_id", other.line, "#f-deliverables-0-budget_line_id"},
		{"staff", s.plain + "/amend", "date", "2026-01-31", "#f-date"},
		{"staff", s.plain + "/amend", "end_date", "2027-01-01", "#f-end_date"},
		{"staff", s.active + "/amend", "deliverables.0.quantity", "1", "#f-deliverables-0-quantity"},
		{"staff", s.active + "/placements/new", "placements.0.deliverable_id", other.deliverable, "#f-placements-0-deliverable_id"},
		{"staff", s.active + "/placements/new", "placements.0.scheduled_on", "2027-01-01", "#f-placements-0-scheduled_on"},
		{"staff", s.planned + "/publication", "published_on", "2025-12-31", "#f-published_on"},
		{"ppk", s.active + "/acceptances/new", "date", "2026-01-01", "#f-date"},
		{"ppk", s.active + "/acceptances/new", "number", "BAST/1", "#f-number"},
		{"staff", s.active + "/invoices/new", "number", "a 1", "#f-number"},
		{"staff", s.active + "/invoices/new", "amount", "1", "#f-amount"},
		{"staff", s.active + "/payments/new", "spp.number", "SPP/1", "#f-spp-number"},
		{"head", s.requested + "/authorise", "spm.date", "2026-03-01", "#f-spm-date"},
		{"treasurer", s.authorised + "/settle", "sp2d.date", "2026-03-12", "#f-sp2d-date"},
		{"treasurer", s.settled + "/reverse", "sts.date", "2026-03-01", "#f-sts-date"},
		{"staff", "./budgets/new", "date", "2027-06-01", "#f-date"},
		{"staff", "./budgets/new", "number", "DPA/1", "#f-number"},
		{"staff", "./budgets/new", "lines", "a;b;c", "#f-lines"},
		{"staff", "./budgets/new", "lines", strings.Repeat("a;b;c;d;e;1\n", 50_000), "#f-lines"},
		{"auditor", "./reports", "from", "2025-01-01", "#f-from"},
		{"staff", s.vendor + "/outlets/new", "press_certificate.valid_until", "2026-13-45", "#f-press_certificate-valid_until"},
	} {
		v := s.visitor(t, c.who)
		f := v.get(c.page).want(200).forms()[0].filled()
		for i, in := range f.inputs {
			if in.name == c.field {
				got := v.submit(f.with(i, func(in *entry) { in.value = c.value }))
				if got.status != 422 && got.status != 409 || got.doc.Find("main .summary a[href='"+c.says+"']").Length() == 0 {
					t.Errorf("%s with %s = %.30s: %d %s", c.page, c.field, c.value, got.status, got.words("main .summary, main .message"))
				}
			}
		}
	}
	if after := s.content(t); after != before {
		t.Errorf("the office changed:\n%s\nwas\n%s", after, before)
	}
}

// foreign is what another agency and another vendor have.
type foreign struct{ line, outlet, deliverable string }

// elsewhere gives the council's office a budget line and another vendor an outlet; the deliverable is another agreement's.
func (s *stock) elsewhere(t testing.TB) (f foreign) {
	t.Helper()
	setwan := "/agencies/" + sample.Setwan + "/"
	v := s.do(t, "staff.setwan", "POST", setwan+"budget-versions", budgetBody("original", "DPA/2", 1_000_000)).want(201)
	s.do(t, "head.setwan", "POST", setwan+"budget-versions/"+v.id()+"/lock", nil).want(200)
	f.line, _ = s.do(t, "staff.setwan", "GET", setwan+"budget-lines", nil).want(200).items()[0]["id"].(string)
	_, f.outlet = s.medium(t, "9876543210987654")
	f.deliverable = s.do(t, "staff", "GET", s.idle, nil).want(200).deliverables()[0]
	return f
}

// TestBodiesOverTheLimit are refused on a page, and the server goes on.
func TestBodiesOverTheLimit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(t, "staff")
	conn, err := net.Dial("tcp", strings.TrimPrefix(o.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintf(conn, "POST /vendors HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\nx", 33<<20)
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	answer, _ := io.ReadAll(conn)
	if _ = conn.Close(); !strings.HasPrefix(string(answer), "HTTP/1.1 413 ") || !strings.Contains(string(answer), "<h1>") {
		t.Errorf("a body over the limit: %.400s", answer)
	}
	var rows strings.Builder
	for range 20_000 {
		rows.WriteString("&deliverables." + strings.Repeat("9", 30) + ".product=x&deliverables.0.product")
	}
	v.send("POST", "./agreements", "application/x-www-form-urlencoded", []byte("kind=media"+rows.String())).want(400)
	o.budget(t, 1_000_000)
	vendor, _ := o.medium(t, "0123456789012345")
	many := url.Values{"kind": {"media"}, "vendor_id": {vendor}, "deliverables.1000000000.product": {"x"}, "deliverables.1000.product": {"x"}, "deliverables.-1.product": {"x"}}
	v.post("./agreements", many).want(400)
	many.Del("deliverables.-1.product")
	v.post("./agreements", many).want(422)
	v.get("./home").want(200)
}

// TestTwoPeopleOnOneRecord has two open the same form: the second hears that the first was there, what he typed stays,
// and he may save it knowingly.
func TestTwoPeopleOnOneRecord(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	for _, d := range []struct{ page, field string }{
		{s.vendor + "/edit", "legal_name"},
		{s.outlet, "name"},
		{s.account + "/edit", "handle"},
		{s.budget + "/edit", "number"},
		{s.draft + "/edit", "title"},
		{s.planned + "/publication", "title"},
		{s.campaign + "/edit", "name"},
	} {
		one, two := s.visitor(t, "staff"), s.visitor(t, "staff")
		change := func(v *visitor, f form, value string) screen {
			for i, in := range f.inputs {
				if in.name == d.field {
					f = f.with(i, func(in *entry) { in.value = value })
				}
			}
			return v.submit(f)
		}
		seenByOne, seenByTwo := one.get(d.page).want(200).forms()[0].filled(), two.get(d.page).want(200).forms()[0].filled()
		change(one, seenByOne, "satu").want(303)
		late := change(two, seenByTwo, "dua").want(412).has(1, "main .summary").shows("diubah setelah Anda membukanya")
		if got := late.attr("[name='"+d.field+"']", "value"); got != "dua" {
			t.Errorf("%s: what was typed is lost: %q", d.page, got)
		}
		change(one, late.forms()[0].filled(), "dua").want(303)
		if got := one.get(d.page).want(200).attr("[name='"+d.field+"']", "value"); got != "dua" {
			t.Errorf("%s: the second save holds: %q", d.page, got)
		}
	}
}

// TestDecisionsOnWhatHasChanged are refused once, with the present state to look at.
func TestDecisionsOnWhatHasChanged(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, verifier := s.visitor(t, "staff"), s.visitor(t, "verifier")
	decide := verifier.get(s.published + "/decide").want(200).forms()[0].filled()
	change := staff.get(s.published + "/publication").want(200).forms()[0].filled()
	staff.submit(change).want(303)
	late := verifier.submit(decide).want(412).shows("diubah setelah Anda membukanya")
	if late.words("[name=reason]") != "Sebab" {
		t.Errorf("the reason is lost: %s", late.raw)
	}
	again := late.forms()[0].filled()
	for i, in := range again.inputs {
		if in.name == "reason" {
			again = again.with(i, func(in *entry) { in.value = "baris satu\r\nbaris dua" })
		}
	}
	verifier.submit(again).want(303)
	staff.get(s.published).want(200).shows("baris satu")
}
