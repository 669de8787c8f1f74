package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tayang/app/audit"
)

// TestTheAuditLogOverHTTP walks the trail as a program would: who sees it, what stands in an entry, filters and pages.
func TestTheAuditLogOverHTTP(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 10_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 2, 1_110_000))

	history := o.do(t, "staff", "GET", "./audit-log?row_id="+a.id()+"&count=true", nil).want(200)
	if history.number("total") != 3 {
		t.Errorf("draft, submission and approval: %s", history.raw)
	}
	approved := history.items()[2]
	old, now := approved["old"].(m), approved["new"].(m)
	if approved["verb"] != "agreement.approve" || approved["op"] != "update" || approved["actor"] != "ppk@contoh.go.id" || approved["table"] != "agreement" ||
		approved["outside"] != false || old["status"] != "submitted" || now["status"] != "active" || now["number"] != "SP/1" || approved["request_id"] == "" {
		t.Errorf("%v", approved)
	}
	seq := fmt.Sprint(approved["seq"])
	if one := o.do(t, "auditor", "GET", "./audit-log/"+seq, nil).want(200); one.text("row_id") != a.id() || one.text("recorded_at") != approved["recorded_at"] {
		t.Errorf("%s", one.raw)
	}
	for path, want := range map[string]int{
		"./audit-log/0": 404, "./audit-log/x": 404, "./audit-log?sort=verb": 422, "./audit-log?nothing=1": 422, "./audit-log?from=2026-13-01": 422, "./audit-log?outside=maybe": 422,
		"./audit-log?record=" + a.id() + "&sort=-seq": 200, "./audit-log?actor=ppk@contoh.go.id&verb=agreement.approve&op=update": 200, "./audit-log?q=SP/1&limit=1": 200,
		"./audit-log?request_id=" + fmt.Sprint(approved["request_id"]): 200, "./audit-log?recorded_at_from=2026-01-01T00:00:00Z": 200,
	} {
		if got := o.do(t, "auditor", "GET", path, nil).want(want); want == 200 && len(got.items()) == 0 {
			t.Errorf("%s: nothing", path)
		}
	}
	o.do(t, "", "GET", "./audit-log", nil).want(401)
	o.do(t, "staff.setwan", "GET", "./audit-log", nil).want(404)
	o.do(t, "staff.setwan", "GET", "./audit-log/"+seq, nil).want(404)
	o.do(t, "admin", "GET", "./audit-log", nil).want(403)
	for _, method := range []string{"POST", "PATCH", "PUT", "DELETE"} {
		if got := o.do(t, "auditor", method, "./audit-log/"+seq, m{}); got.status != 404 && got.status != 405 {
			t.Errorf("%s the trail: %d", method, got.status)
		}
	}

	var all []json.Number
	cursor := ""
	for {
		page := o.do(t, "auditor", "GET", "./audit-log?limit=7&cursor="+cursor, nil).want(200)
		for _, e := range page.items() {
			all = append(all, e["seq"].(json.Number))
			if text := fmt.Sprint(e["old"], e["new"]); strings.Contains(text, "npwp:0") || strings.Contains(text, "0011223344") {
				t.Errorf("a whole identifier: %s", text)
			}
		}
		if page.body["next_cursor"] == nil {
			break
		}
		cursor = page.text("next_cursor")
	}
	if n := o.do(t, "auditor", "GET", "./audit-log?limit=500&count=true", nil).want(200).number("total"); int64(len(all)) < n-7 || len(all) < 20 { // signing in is an event too
		t.Errorf("%d events in pages, %d in all", len(all), n)
	}
	if sessions := o.do(t, "auditor", "GET", "./audit-log?table=session", nil).want(200).items(); len(sessions) == 0 || !strings.Contains(fmt.Sprint(sessions), "secret_hash:•••") {
		t.Errorf("%v", sessions)
	}
	if n := len(o.do(t, "staff", "GET", "./audit-log?table=session", nil).want(200).items()); n != 0 {
		t.Errorf("staff see %d sessions", n)
	}
}

// TestTheTrailOnPages: the page filters and pages, links to records, and a record ends with its history.
func TestTheTrailOnPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	v := s.visitor(t, "auditor")
	list := v.get("./trail").want(200).has(50, ".event").shows("Jejak perubahan")
	next := list.attr("a[rel=next]", "href")
	second := v.get(next).want(200)
	if first, again := list.attr(".event", "id"), second.attr(".event", "id"); first == "" || first == again {
		t.Errorf("the next page is the same: %s %s", first, again)
	}
	for path, shown := range map[string]string{
		"?table=agreement": "Perjanjian disetujui", "?table=session": "Masuk", "?table=deliverable&sort=seq": "bagian dari Perjanjian", "?actor=head@contoh.go.id": "DPA dikunci",
		"?outside=true": "Tidak ada", "?from=2026-01-01&to=2026-01-02": "Tidak ada", "?q=SP%2FJALAN": "SP/JALAN",
	} {
		v.get("./trail" + path).want(200).shows(shown)
	}
	for _, wrong := range []string{"?from=x", "?nothing=1", "?sort=verb"} {
		v.get("./trail" + wrong).want(422)
	}
	for _, path := range []string{s.active, s.submitted, s.published, s.invoice, s.settled, s.budget, s.campaign, s.vendor, s.account, s.line} {
		record := v.get(path).want(200).has(1, "#history .trail").has(1, "#history .trail-more a")
		if n := record.doc.Find("#history .event").Length(); n < 1 || n > 10 {
			t.Errorf("%s: %d events", path, n)
		}
		all := v.get(record.attr("#history .trail-more a", "href")).want(200).has(1, ".chip")
		if all.doc.Find(".event").Length() == 0 {
			t.Errorf("%s: its whole trail is empty", path)
		}
		href := all.attr(".event-record a", "href")
		v.get(href).want(200)
	}
	s.visitor(t, "admin").get(s.vendor).want(200).has(1, "#history .trail").has(0, "#history .trail-more")
	s.visitor(t, "admin").get("./trail").want(403)
	s.visitor(t, "staff.setwan").get("./trail").want(404)
}

// TestAnEventIsProvedToAuditors: the proof holds with the key alone, and shows what nobody else may see whole.
func TestAnEventIsProvedToAuditors(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.medium(t, "0123456789012345")
	event := o.do(t, "auditor", "GET", "./audit-log?table=vendor&op=insert", nil).want(200).items()[0]
	path := "./audit-log/" + fmt.Sprint(event["seq"]) + "/proof"
	soon(t, "the event is sealed", func() bool { return o.do(t, "auditor", "GET", path, nil).status == 200 })
	var proof audit.Inclusion
	raw := o.do(t, "auditor", "GET", path, nil).want(200).raw
	if err := json.Unmarshal(raw, &proof); err != nil {
		t.Fatal(err)
	}
	keys := o.do(t, "", "GET", "/logs", nil).want(200).items()
	verifier := fmt.Sprint(o.do(t, "", "GET", "/logs/"+fmt.Sprint(keys[0]["id"])+"/keys", nil).want(200).items()[0]["verifier"])
	if err := proof.Check(verifier); err != nil || !strings.Contains(proof.Event, "0123456789012345") {
		t.Errorf("%v %s", err, raw)
	}
	for who, want := range map[string]int{"staff": 403, "head": 403, "admin": 403, "": 401} {
		o.do(t, who, "GET", path, nil).want(want)
	}
	o.do(t, "auditor", "GET", "./audit-log/99999999/proof", nil).want(404)
	o.do(t, "", "GET", "/logs/"+nobody+"/growth?from=0", nil).want(404)
	o.do(t, "", "GET", "/logs/"+fmt.Sprint(keys[0]["id"])+"/growth?from=-1", nil).want(422)
}
