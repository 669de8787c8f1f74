package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"strings"
	"testing"
)

// shot is a picture of the seed as a JPEG file.
func shot(t testing.TB, seed uint64, quality int) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for range 60 {
		x, y := rng.IntN(400), rng.IntN(300)
		c := color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255}
		for j := y; j < min(300, y+5+rng.IntN(60)); j++ {
			for i := x; i < min(400, x+50); i++ {
				img.SetRGBA(i, j, c)
			}
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The second to bring the evidence is told, cannot have it verified, and can with an override.
func TestEvidenceIsUsedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	deliverables := o.active(t, terms("SP/1", vendor, outlet, o.budget(t, 20_000_000)[0], 3, 1_000_000)).deliverables()
	enter := func(url, content string) reply {
		p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": deliverables[0], "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
		path := "./placements/" + p.id()
		p = o.do(t, "staff", "PATCH", path, m{"published_on": "2026-03-02", "url": url, "label_present": true}, "If-Match", p.header.Get("ETag")).want(200)
		body, kind := upload(t, "bukti.jpg", "image/jpeg", content, "kind", "screenshot", "origin", "vendor")
		f := o.do(t, "staff", "POST", path+"/proofs", body, "Content-Type", kind, "User-Agent", "uji/1").want(201)
		if f.text("source") != "127.0.0.1" && f.text("source") != "0.0.0.0" || f.text("agent") != "uji/1" {
			t.Errorf("from where the proof came: %v", f.body)
		}
		soon(t, "the proof is inspected", func() bool {
			f = o.do(t, "staff", "GET", path+"/proofs/"+f.id(), nil).want(200)
			return f.body["inspected"] == true
		})
		o.do(t, "staff", "GET", path+"/proofs/"+f.id()+"/thumbnail", nil).want(200)
		o.do(t, "auditor", "GET", "/files/"+f.text("thumbnail_sha256"), nil).want(200)
		return p
	}
	for _, check := range []string{"proof_seen_before", "proof_looks_alike"} { // the sample office only warns
		o.do(t, "admin", "POST", "/rules", m{"code": check, "mode": "refuse", "valid_from": "2026-01-01", "basis": "Perbup 1/2026"}).want(201)
	}
	first := enter("https://contoh-pos.example/berita/satu", shot(t, 1, 90))
	second := enter("https://m.contoh-pos.example/berita/satu?fbclid=x", shot(t, 1, 50))
	path := "./placements/" + second.id()
	known := o.do(t, "verifier", "GET", path+"/assessment", nil).want(200)
	sightings, _ := known.body["sightings"].([]any)
	doubts, _ := known.body["doubts"].([]any)
	if len(sightings) != 2 || len(doubts) < 2 || sightings[0].(m)["placement_id"] != first.id() {
		t.Fatalf("what is known: %v", known.body)
	}
	r := o.do(t, "verifier", "POST", path+"/verify", nil).want(409, "not_verifiable")
	if got := strings.Join(r.pointers(), " "); got != "/url /proofs" {
		t.Errorf("the reasons: %v", r.body)
	}
	for _, check := range []string{"proof_seen_before", "proof_looks_alike"} {
		asked := o.do(t, "staff", "POST", "./overrides", m{
			"kind": "check_mode", "reason": "iklan yang sama, dua kali tayang",
			"subject": m{"check": check, "document_type": "placement", "mode": "warn", "document_number": second.id()},
		}).want(201)
		o.do(t, "head", "POST", "./overrides/"+asked.id()+"/approve", m{}).want(200)
	}
	o.do(t, "verifier", "POST", path+"/verify", nil).want(200)

	third := enter("https://contoh-pos.example/berita/satu/", shot(t, 3, 90))
	v := o.visitor(t, "staff")
	page := v.get("./placements/" + third.id()).want(200).shows("Pernah terlihat").shows("sudah menjadi bukti penayangan lain").shows("Dikirim dari")
	if !strings.Contains(string(page.raw), "check=proof_seen_before") {
		t.Error("nothing leads to an override")
	}
	form := v.get("./overrides/new?kind=check_mode&check=proof_seen_before&number=" + third.id()).want(200)
	if form.attr("[name='subject.document_number']", "value") != third.id() {
		t.Errorf("the form does not know the placement: %s", form.raw)
	}
}
