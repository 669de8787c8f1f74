package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tayang/app/capture"
	"tayang/db/sample"
)

// news is a site of test pages on this machine, which the office lists as its own.
func news(t testing.TB) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hilang" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, `<!doctype html><title>Berita %s</title><meta property="article:published_time" content="2026-03-04T08:00:00+07:00">
			<body><h1>Berita %[1]s</h1><p style="width:%dpx;height:300px;background:#123">isi</p>`, r.URL.Path, 100+10*len(r.URL.Path))
	}))
	t.Cleanup(s.Close)
	return s
}

// The page is opened by the program itself, and what it showed is kept as proof and as a sealed bundle.
func TestPagesAreCaptured(t *testing.T) {
	t.Parallel()
	site := news(t)
	o := openOfficeWith(t, func(c *config) { c.Capture = strings.TrimPrefix(site.URL, "http://") })
	if _, err := sample.Begin(t.Context(), o.p.store); err != nil {
		t.Fatal(err)
	}
	o.serve(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	of := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 4, 1_000_000)).deliverables()[0]
	enter := func(url string) string {
		p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": of, "scheduled_on": "2026-03-02", "title": "Berita /satu"}).want(201)
		o.do(t, "staff", "PATCH", "./placements/"+p.id(), m{"published_on": "2026-03-02", "url": url, "label_present": true}, "If-Match", p.header.Get("ETag")).want(200)
		return "./placements/" + p.id()
	}
	await := func(path string) reply {
		c := o.do(t, "staff", "POST", path+"/captures", nil).want(202)
		o.do(t, "staff", "POST", path+"/captures", nil).want(409, "duplicate")
		for range 600 {
			if c = o.do(t, "auditor", "GET", path+"/captures/"+c.id(), nil).want(200); c.text("status") == "done" || c.text("status") == "failed" {
				return c
			}
			time.Sleep(200 * time.Millisecond)
		}
		t.Fatalf("the capture does not end: %s", c.raw)
		return c
	}
	path := enter(site.URL + "/satu")
	c := await(path)
	if c.text("status") != "done" || c.number("http_status") != 200 || c.text("title") != "Berita /satu" || c.number("progress") != 100 {
		t.Fatalf("captured: %s", c.raw)
	}
	bundle := o.do(t, "auditor", "GET", path+"/captures/"+c.id()+"/bundle", nil).want(200)
	sum := sha256.Sum256(bundle.raw)
	if hex.EncodeToString(sum[:]) != c.text("bundle_sha256") {
		t.Error("the bundle is not the one that was sealed")
	}
	manifest, err := capture.Check(bundle.raw)
	if err != nil || manifest.URL != site.URL+"/satu" || manifest.HTTPStatus != 200 || len(manifest.Files) != 2 {
		t.Errorf("the manifest: %+v, %v", manifest, err)
	}
	if _, err := capture.Check(bytes.Replace(bundle.raw, []byte("Berita"), []byte("Berito"), 1)); err == nil {
		t.Error("a bundle that was changed passes")
	}
	proof := o.do(t, "verifier", "GET", path+"/proofs/"+c.text("proof_id"), nil).want(200)
	if proof.text("origin") != "capture" || proof.text("media_type") != "image/png" || proof.text("captured_at") == "<nil>" {
		t.Errorf("the proof: %s", proof.raw)
	}
	known := string(o.do(t, "verifier", "GET", path+"/assessment", nil).want(200).raw)
	if !strings.Contains(known, "page_date_differs") || strings.Contains(known, "page_title_differs") {
		t.Errorf("what the page says is not held against the entry: %s", known)
	}
	body, kind := upload(t, "a.pdf", "application/pdf", "%PDF-1.7\nx", "kind", "screenshot", "origin", "capture")
	o.do(t, "staff", "POST", path+"/proofs", body, "Content-Type", kind).want(422, "invalid")

	gone := enter(site.URL + "/hilang")
	if c := await(gone); c.number("http_status") != 404 {
		t.Errorf("a page that is gone: %s", c.raw)
	}
	page := o.visitor(t, "staff").get(path).want(200).shows("Tersegel").shows("Tangkapan halaman")
	if !strings.Contains(string(page.raw), "/captures/"+c.id()) {
		t.Error("nothing leads to the bundle")
	}
	inside := enter("http://10.0.0.1/rahasia")
	o.do(t, "staff", "POST", inside+"/captures", nil).want(422, "invalid")
	o.do(t, "verifier", "POST", path+"/captures", nil).want(403)
	o.visitor(t, "staff").post(inside+"/captures", nil).want(422).shows("tidak dibuka")
}
