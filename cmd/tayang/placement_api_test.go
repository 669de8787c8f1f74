package main

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

// deliverables are the ids of an agreement's deliverables.
func (r reply) deliverables() (ids []string) {
	list, _ := r.body["deliverables"].([]any)
	for _, d := range list {
		ids = append(ids, fmt.Sprint(d.(m)["id"]))
	}
	return ids
}

// prove sends a proof of a placement.
func (o *office) prove(t testing.TB, who, placement, text string, texts ...string) reply {
	t.Helper()
	body, kind := upload(t, "bukti.pdf", "application/pdf", "%PDF-1.7\n"+text, texts...)
	return o.do(t, who, "POST", "./placements/"+placement+"/proofs", body, "Content-Type", kind)
}

// published plans a placement, enters its publication and proves it, and gives its path.
func (o *office) published(t testing.TB, deliverable string) reply {
	t.Helper()
	p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": deliverable, "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
	path := "./placements/" + p.id()
	o.do(t, "staff", "PATCH", path, m{"published_on": "2026-03-02", "url": "https://contoh-pos.example/" + p.id(), "label_present": true},
		"If-Match", p.header.Get("ETag")).want(200)
	o.prove(t, "staff", p.id(), p.id(), "kind", "screenshot", "origin", "staff").want(201)
	return o.do(t, "staff", "GET", path, nil).want(200)
}

// verified gives the ids of n placements that were verified.
func (o *office) verified(t testing.TB, deliverable string, n int) (ids []string) {
	t.Helper()
	for range n {
		p := o.published(t, deliverable)
		o.do(t, "verifier", "POST", "./placements/"+p.id()+"/verify", nil).want(200)
		ids = append(ids, p.id())
	}
	return ids
}

func TestPlacementsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 3, 1_000_000))
	of := a.deliverables()[0]
	plan := m{"deliverable_id": of, "scheduled_on": "2026-03-02", "title": "Berita"}
	p := o.do(t, "staff", "POST", "./placements", plan).want(201)
	path := "./placements/" + p.id()
	if p.text("status") != "planned" || p.number("gross") != 1_000_000 || p.number("net") != 900_901 || p.header.Get("ETag") != `"1"` {
		t.Fatalf("planned: %s", p.raw)
	}
	t.Run("a change names the version that it is based on", func(t *testing.T) {
		o.do(t, "staff", "PATCH", path, m{"url": "https://a.example/"}).want(428)
		o.do(t, "staff", "PATCH", path, m{"url": "https://a.example/"}, "If-Match", `"9"`).want(412, "stale")
	})
	t.Run("every wrong field is named", func(t *testing.T) {
		r := o.do(t, "staff", "PATCH", path, m{"published_on": "2026-02-30", "url": 5, "metrics": m{"likes": 1.5}, "status": "verified"},
			"If-Match", `"1"`).want(422, "invalid")
		for _, want := range []string{"/published_on", "/url", "/metrics/likes", "/status"} {
			if !slices.Contains(r.pointers(), want) {
				t.Errorf("%s is not named: %s", want, r.raw)
			}
		}
		r = o.do(t, "staff", "PATCH", path, m{"published_on": "2027-01-01", "url": "ftp://a", "metrics": m{"likes": -1, "stars": 1}},
			"If-Match", `"1"`).want(422, "invalid")
		if want := []string{"/published_on", "/url", "/metrics/likes", "/metrics/stars"}; !slices.Equal(r.pointers(), want) {
			t.Errorf("want %v, got %s", want, r.raw)
		}
	})
	t.Run("publication, proof and another person make it verified", func(t *testing.T) {
		o.do(t, "verifier", "POST", path+"/verify", nil).want(409, "wrong_state")
		r := o.do(t, "staff", "PATCH", path, m{"published_on": "2026-03-02", "metrics": m{"views": 10}}, "If-Match", `"1"`).want(200)
		if r.text("status") != "published" || r.header.Get("ETag") != `"2"` {
			t.Fatalf("%s", r.raw)
		}
		if r = o.do(t, "verifier", "POST", path+"/verify", nil).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/url", "/proofs", "/label_present"}) {
			t.Errorf("what is missing is named: %s", r.raw)
		}
		o.do(t, "staff", "PATCH", path, m{"url": "https://contoh-pos.example/1", "label_present": false}, "If-Match", `"2"`).want(200)
		o.prove(t, "staff", p.id(), "satu", "kind", "screenshot", "origin", "vendor", "captured_at", "2026-03-02T10:00:00+07:00").want(201)
		o.do(t, "staff", "POST", path+"/verify", nil).want(403, "segregation_of_duties")
		o.do(t, "treasurer", "POST", path+"/verify", nil).want(403, "forbidden")
		if r = o.do(t, "verifier", "POST", path+"/verify", nil).want(200); r.text("status") != "verified" {
			t.Errorf("%s", r.raw)
		}
		o.do(t, "staff", "PATCH", path, m{"url": "https://contoh-pos.example/2"}, "If-Match", r.header.Get("ETag")).want(409, "wrong_state")
	})
	t.Run("no more than was ordered", func(t *testing.T) {
		second := o.do(t, "staff", "POST", "./placements", plan).want(201)
		o.do(t, "staff", "POST", "./placements", plan).want(201)
		if r := o.do(t, "staff", "POST", "./placements", plan).want(409, "quantity_exceeded"); !slices.Equal(r.pointers(), []string{"/deliverable_id"}) {
			t.Errorf("%s", r.raw)
		}
		o.do(t, "staff", "POST", "./placements/"+second.id()+"/cancel", m{"reason": "batal"}).want(200)
		o.do(t, "staff", "POST", "./placements", plan).want(201)
	})
	t.Run("nobody else knows it", func(t *testing.T) {
		o.do(t, "staff.setwan", "GET", path, nil).want(404)
		o.do(t, "staff.setwan", "POST", "./placements", plan).want(404)
		o.do(t, "auditor", "GET", path, nil).want(200)
		o.do(t, "", "GET", path, nil).want(401)
	})
	t.Run("lists are filtered", func(t *testing.T) {
		for query, want := range map[string]int{
			"": 4, "status=planned": 2, "status=planned,verified": 3, "deliverable_id=" + of: 4,
			"vendor_id=" + vendor: 4, "vendor_id=" + nobody: 0, "published_on=2026-03-02": 1, "scheduled_on_from=2026-03-03": 0,
			"q=berita+sp/1": 4, "agreement_id=" + a.id() + "&channel_kind=online": 4,
		} {
			if got := len(o.do(t, "auditor", "GET", "./placements?"+query, nil).want(200).items()); got != want {
				t.Errorf("%q: want %d rows, got %d", query, want, got)
			}
		}
		o.do(t, "staff", "GET", "./placements?colour=red", nil).want(422, "invalid")
	})
}

func TestProofsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 1, 1_000_000))
	p := o.published(t, a.deliverables()[0])
	path := "./placements/" + p.id() + "/proofs"
	f := o.prove(t, "staff", p.id(), "isi", "kind", "page_scan", "origin", "vendor", "captured_at", "2026-03-02T10:00:00+07:00").want(201)
	if f.text("captured_at") != "2026-03-02T03:00:00Z" || f.number("size") != 12 || f.text("media_type") != "application/pdf" || len(f.text("sha256")) != 64 {
		t.Errorf("%s", f.raw)
	}
	content := o.do(t, "auditor", "GET", path+"/"+f.id()+"/file", nil).want(200)
	if !bytes.Equal(content.raw, []byte("%PDF-1.7\nisi")) || content.header.Get("ETag") != `"`+f.text("sha256")+`"` {
		t.Errorf("%q, %v", content.raw, content.header)
	}
	if got := o.do(t, "auditor", "GET", path, nil).want(200).items(); len(got) != 2 || fmt.Sprint(got[1]["id"]) != f.id() {
		t.Errorf("proofs, oldest first: %v", got)
	}
	o.do(t, "auditor", "GET", path+"/"+f.id(), nil).want(200)
	o.do(t, "staff.setwan", "GET", path+"/"+f.id()+"/file", nil).want(404)
	o.do(t, "auditor", "GET", path+"/"+nobody, nil).want(404)
	o.prove(t, "staff", p.id(), "isi", "kind", "photo", "origin", "staff").want(409, "duplicate")
	o.prove(t, "treasurer", p.id(), "lain", "kind", "photo", "origin", "staff").want(403, "forbidden")
	o.prove(t, "staff", nobody, "lain", "kind", "photo", "origin", "staff").want(404)
	for want, texts := range map[string][]string{
		"/kind": {"kind", "selfie", "origin", "staff"}, "/origin": {"kind", "photo"}, "/colour": {"kind", "photo", "origin", "staff", "colour", "red"},
		"/captured_at": {"kind", "photo", "origin", "staff", "captured_at", "kemarin"},
	} {
		if r := o.prove(t, "staff", p.id(), "lain", texts...).want(422, "invalid"); !slices.Equal(r.pointers(), []string{want}) {
			t.Errorf("%s: %s", want, r.raw)
		}
	}
	o.do(t, "staff", "POST", path, m{"kind": "photo"}).want(415)
	body, kind := upload(t, "bukti.png", "image/png", "%PDF-1.7\nx", "kind", "photo", "origin", "staff")
	o.do(t, "staff", "POST", path, body, "Content-Type", kind).want(415, "file_type_mismatch")
}

func TestAcceptancesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 3, 1_000_000))
	ids, early := o.verified(t, a.deliverables()[0], 2), o.published(t, a.deliverables()[0]).id()
	body := m{"agreement_id": a.id(), "number": "BAST/1", "date": "2026-03-10", "placement_ids": append(slices.Clone(ids), early)}
	r := o.do(t, "ppk", "POST", "./acceptances", body).want(409, "wrong_state")
	if !slices.Equal(r.pointers(), []string{"/placement_ids/2"}) {
		t.Errorf("the placement that is not verified is named: %s", r.raw)
	}
	body["placement_ids"], body["date"] = ids, "2026-03-01"
	if r := o.do(t, "ppk", "POST", "./acceptances", body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/date"}) {
		t.Errorf("%s", r.raw)
	}
	body["date"] = "2026-03-10"
	made := o.do(t, "ppk", "POST", "./acceptances", body).want(201)
	got := o.do(t, "auditor", "GET", "./acceptances/"+made.id(), nil).want(200)
	if got.number("placements") != 2 || got.number("gross") != 2_000_000 || len(got.body["placement_ids"].([]any)) != 2 {
		t.Errorf("%s", got.raw)
	}
	if p := o.do(t, "staff", "GET", "./placements/"+ids[0], nil).want(200); p.text("status") != "accepted" || p.text("acceptance_id") != made.id() {
		t.Errorf("%s", p.raw)
	}
	body["placement_ids"] = o.acceptable(t, early)
	if r := o.do(t, "ppk", "POST", "./acceptances", body).want(409, "duplicate"); !slices.Equal(r.pointers(), []string{"/number"}) {
		t.Errorf("%s", r.raw)
	}
	if p := o.do(t, "staff", "GET", "./placements/"+early, nil).want(200); p.text("status") != "verified" {
		t.Errorf("a refused report changes nothing: %s", p.raw)
	}
}

// acceptable verifies a placement and names it.
func (o *office) acceptable(t testing.TB, id string) []string {
	t.Helper()
	o.do(t, "verifier", "POST", "./placements/"+id+"/verify", nil).want(200)
	return []string{id}
}
