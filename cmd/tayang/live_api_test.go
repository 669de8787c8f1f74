package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tayang/app/capture"
	"tayang/db/sample"
)

// Pages are looked at again: by the program where it can, by people where it cannot; what is gone is money that is not owed.
func TestPagesAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	var down atomic.Bool
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte("<title>Berita</title>isi"))
	}))
	t.Cleanup(site.Close)
	o := openOfficeWith(t, func(c *config) { c.Capture = strings.TrimPrefix(site.URL, "http://") })
	if _, err := sample.Begin(t.Context(), o.p.store); err != nil {
		t.Fatal(err)
	}
	o.serve(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 4, 1_000_000))
	enter := func(url string) string {
		p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
		path := "./placements/" + p.id()
		o.do(t, "staff", "POST", path+"/live-checks", nil).want(409, "wrong_state")
		o.do(t, "staff", "PATCH", path, m{"published_on": "2026-03-02", "url": url, "label_present": true}, "If-Match", p.header.Get("ETag")).want(200)
		o.prove(t, "staff", p.id(), p.id(), "kind", "screenshot", "origin", "staff").want(201)
		return path
	}
	await := func(path string) reply {
		t.Helper()
		c := o.do(t, "verifier", "POST", path+"/live-checks", nil).want(202)
		for range 600 {
			if c = o.do(t, "auditor", "GET", path+"/live-checks/"+c.id(), nil).want(200); c.text("status") == "done" || c.text("status") == "failed" {
				return c
			}
			time.Sleep(200 * time.Millisecond)
		}
		t.Fatalf("the check does not end: %s", c.raw)
		return c
	}
	path := enter(site.URL + "/satu")
	o.do(t, "auditor", "POST", path+"/live-checks", nil).want(403)
	c := await(path)
	if c.text("status") != "done" || c.text("result") != "there" || c.number("http_status") != 200 || c.text("page_title") != "Berita" || c.text("origin") != "capture" {
		t.Fatalf("looked: %s", c.raw)
	}
	if manifest, err := capture.Check(o.do(t, "auditor", "GET", path+"/live-checks/"+c.id()+"/evidence", nil).want(200).raw); err != nil || manifest.URL != site.URL+"/satu" {
		t.Errorf("the evidence: %+v, %v", manifest, err)
	}
	down.Store(true)
	await(path)
	shortfalls := func(query string) (out []string) {
		t.Helper()
		for _, s := range o.do(t, "auditor", "GET", "./shortfalls?"+query, nil).want(200).items() {
			out = append(out, fmt.Sprint(s["status"], " ", s["gross"], " ", s["rule"], " ", s["whole"]))
		}
		return out
	}
	if got := shortfalls("kind=gone_early"); !slices.Equal(got, []string{"open 1000000 per_unit true"}) {
		t.Fatalf("gone: %q", got)
	}
	id := o.do(t, "auditor", "GET", "./shortfalls", nil).items()[0]["id"].(string)
	o.do(t, "staff", "POST", "./shortfalls/"+id+"/decide", m{"reason": "pasal 7"}).want(403)
	o.do(t, "head", "POST", "./shortfalls/"+id+"/decide", m{"reason": " "}).want(422, "invalid")
	head := o.visitor(t, "head")
	head.submit(head.get("./shortfalls/" + id + "/decide").want(200).forms()[0].set("reason", "pasal 7").filled()).want(303)
	s := o.do(t, "head", "GET", "./shortfalls/"+id, nil).want(200)
	o.do(t, "head", "POST", "./shortfalls/"+id+"/decide", m{"reason": "pasal 7"}).want(409, "wrong_state")
	o.do(t, "treasurer", "POST", "./shortfalls/"+id+"/recover", m{"reference": "STS/1", "date": "2026-03-20"}, "If-Match", `"1"`).want(412)
	o.visitor(t, "treasurer").get("./shortfalls/" + s.id() + "/recover").want(200)
	known := string(o.do(t, "verifier", "GET", path+"/assessment", nil).want(200).raw)
	if !strings.Contains(known, "placement_gone") {
		t.Errorf("verified though it is gone: %s", known)
	}
	down.Store(false)
	await(path)
	if got := shortfalls("status=ended"); len(got) != 1 {
		t.Errorf("back online: %v", shortfalls(""))
	}
	o.stateByHand(t, enter("http://10.0.0.1/rahasia"), await)
}

// stateByHand states what staff saw of a page that the program does not open, by API and by page.
func (o *office) stateByHand(t *testing.T, path string, await func(path string) reply) {
	t.Helper()
	c := await(path)
	if c.text("status") != "failed" || c.text("error") != "capture_address_refused" || c.body["due"] != true {
		t.Fatalf("refused: %s", c.raw)
	}
	due := o.do(t, "verifier", "GET", "./live-checks?due=true", nil).want(200).items()
	if len(due) != 1 || due[0]["id"] != c.id() {
		t.Errorf("due: %v", due)
	}
	o.visitor(t, "verifier").get("./home").want(200).shows("Periksa ulang yang menunggu jawaban")
	o.visitor(t, "verifier").get("./live-checks?due=true").want(200).shows("Nyatakan yang terlihat")
	o.visitor(t, "staff").get(path).want(200).shows("Masih tayang").shows("Periksa sekarang")
	here := path + "/live-checks/" + c.id() + "/state"
	o.visitor(t, "verifier").get(here).want(200).shows("Turun per")
	body, kind := upload(t, "layar.pdf", "application/pdf", "%PDF-1.7\nlayar", "result", "gone", "statement", "tidak tersedia", "gone_on", "2026-03-01")
	o.do(t, "verifier", "POST", here, body, "Content-Type", kind).want(422, "invalid")
	body, kind = upload(t, "layar.pdf", "application/pdf", "%PDF-1.7\nlayar", "result", "gone", "statement", "tidak tersedia", "gone_on", "2026-03-09")
	o.do(t, "auditor", "POST", here, body, "Content-Type", kind).want(403)
	c = o.do(t, "verifier", "POST", here, body, "Content-Type", kind).want(200)
	if c.text("result") != "gone" || c.text("origin") != "staff" || c.text("gone_on") != "2026-03-09" || c.text("sha256") == "" {
		t.Errorf("stated: %s", c.raw)
	}
	s := o.do(t, "auditor", "GET", "./shortfalls?status=open", nil).want(200).items()[0]
	o.do(t, "verifier", "POST", "./shortfalls/"+s["id"].(string)+"/decide", m{"reason": "x"}).want(403, "segregation_of_duties")
	ppk := o.visitor(t, "ppk")
	ppk.submit(ppk.get("./shortfalls/" + s["id"].(string) + "/void").want(200).forms()[0].set("reason", "alamat keliru").filled()).want(303)
	o.visitor(t, "ppk").get("./shortfalls/" + s["id"].(string)).want(200).shows("alamat keliru")
}
