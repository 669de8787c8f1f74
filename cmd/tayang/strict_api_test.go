package main

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// strictly revokes every rule by which the office only warns: from here on the program is as strict as the law.
func (o *office) strictly(t testing.TB) {
	t.Helper()
	for _, r := range o.do(t, "admin", "GET", "/rules?limit=500", nil).want(200).items() {
		o.do(t, "admin", "POST", "/rules/"+fmt.Sprint(r["id"])+"/void", m{"reason": "masa peralihan berakhir"}).want(200)
	}
	for _, s := range o.do(t, "admin", "GET", "/rule-standing", nil).want(200).items() {
		if s["rule_id"] != nil {
			t.Fatalf("still set otherwise: %v", s)
		}
	}
}

// stopping are the rules that stop a document now.
func (o *office) stopping(t testing.TB, path string) (out []string) {
	t.Helper()
	for _, d := range o.do(t, "auditor", "GET", path+"/assessment", nil).want(200).body["doubts"].([]any) {
		if d := d.(m); d["mode"] == "refuse" {
			out = append(out, fmt.Sprint(d["pointer"], " ", d["rule"]))
		}
	}
	return out
}

// TestACompleteFileMeetsEveryRule: with every rule as strict as the program knows it, what an office can complete comes into
// force, appears, is verified and paid, without one override. The same agreement from a client that completes nothing is
// refused with all of it at once.
func TestACompleteFileMeetsEveryRule(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.strictly(t)
	line := o.budget(t, 900_000_000)[0]

	bare, bareOutlet := o.medium(t, "0123456789012345")
	empty := terms("SPK/KOSONG", bare, bareOutlet, line, 250, 1_000_000)
	empty["method"], empty["form"], empty["rup_code"], empty["procurement"] = "pengadaan_langsung", "kuitansi", "", m{"shortfall_rule": ""}
	refused := "./agreements/" + o.do(t, "staff", "POST", "./agreements", empty).want(201).id()
	if got := o.stopping(t, refused); !slices.Equal(got, []string{
		"/method method_over_limit", "/form form_below_value", "/owner_estimate estimate_missing", "/rup_code rup_missing", "/procurement/shortfall_rule shortfall_missing",
	}) {
		t.Errorf("an empty file: %q", got)
	}
	o.do(t, "staff", "POST", refused+"/submit", nil).want(200)
	r := o.do(t, "ppk", "POST", refused+"/approve", nil).want(409, "not_ready")
	if got := r.refusedFields(); !slices.Equal(got, o.stopping(t, refused)) {
		t.Errorf("refused with %q, doubted %q", got, o.stopping(t, refused))
	}

	vendor := o.do(t, "staff", "POST", "/vendors", m{
		"kind": "company", "legal_name": "PT Lengkap Contoh", "npwp": "0998877665544332", "nib": "1234567890123", "kbli": []string{"60102", "73100", "63122", "58130"},
		"vat_registered": true, "bank": m{"name": "Bank Contoh", "account_number": "5544332211", "account_owner": "PT Lengkap Contoh"},
		"address": "Jalan Lengkap 17, Contoh", "phone": "0271 555 777", "directors": []m{{"name": "Dewi Lengkap", "nik": "3512340101800009"}},
	}).want(201).id()
	outlet := o.do(t, "staff", "POST", "/outlets", m{
		"vendor_id": vendor, "kind": "online", "name": "Kabar Lengkap", "domain": "kabar-lengkap.example", "press_status": "factual",
	}).want(201).id()
	body := terms("SPK/LENGKAP", vendor, outlet, line, 60, 1_000_000)
	body["method"], body["form"], body["owner_estimate"] = "pengadaan_langsung", "spk", 66_000_000
	body["procurement"] = m{
		"package": "Publikasi", "rup_announced_on": "2026-01-05", "legal_basis": "Perbup 1/2026", "media_plan": "RENC/1",
		"minutes": m{"number": "BAN/1", "date": "2026-02-01"}, "shortfall_rule": "per_unit",
	}
	path := "./agreements/" + o.do(t, "staff", "POST", "./agreements", body).want(201).id()
	o.fileWhole(t, path)
	if got := o.stopping(t, path); len(got) > 0 {
		t.Fatalf("nothing lacks, and still: %q", got)
	}
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	a := o.do(t, "ppk", "POST", path+"/approve", nil).want(200)

	p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
	here := "./placements/" + p.id()
	o.do(t, "staff", "PATCH", here, m{"published_on": "2026-03-02", "url": "https://kabar-lengkap.example/berita/1", "label_present": true},
		"If-Match", p.header.Get("ETag")).want(200)
	o.prove(t, "staff", p.id(), "lengkap", "kind", "screenshot", "origin", "staff").want(201)
	if got := o.stopping(t, here); len(got) > 0 {
		t.Fatalf("the proof is whole, and still: %q", got)
	}
	o.do(t, "verifier", "POST", here+"/verify", nil).want(200)
	i := o.handedOver(t, a, p.id())
	o.do(t, "staff", "POST", "./invoices/"+i.id()+"/papers", m{
		"kind": "receipt", "origin": "vendor", "number": "KW/L", "date": "2026-03-11", "amount": 1_000_000, "covers": "gross", "file": o.paper(t, "kuitansi lengkap"),
	}).want(201)
	pay := "./payments/" + o.do(t, "staff", "POST", "./payments", request(a, "SPP/L", i.id())).want(201).id()
	if got := o.stopping(t, pay); !slices.Contains(got, "/invoice_ids live_check_missing") {
		t.Fatalf("nobody looked whether it is still there: %q", got)
	}
	o.seenThere(t, here)
	o.payWhole(t, pay)
	if got := o.stopping(t, pay); len(got) > 0 {
		t.Fatalf("the payment's file is whole, and still: %q", got)
	}
	o.do(t, "head", "POST", pay+"/authorise", m{"spm": m{"number": "SPM/L", "date": "2026-03-13"}}).want(200)
	o.do(t, "treasurer", "POST", pay+"/settle", m{"sp2d": m{"number": "SP2D/L", "date": "2026-03-16"}}).want(200)
}

// TestCreatorsThroughAnAgencyMeetEveryRule: an influencer agreement through an agency, with every rule at its strictest.
func TestCreatorsThroughAnAgencyMeetEveryRule(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.strictly(t)
	line := o.budget(t, 50_000_000)[0]
	agency, ani := o.creators(t, "ani"), ""
	ani = o.accountOf(t, "ani")
	body := throughTerms("SP/LENGKAP", agency, line, 300_000, m{"social_account_id": ani, "net": 700_000})
	item := body["deliverables"].([]m)[0]
	item["label_required"] = true
	path := "./agreements/" + o.do(t, "staff", "POST", "./agreements", body).want(201).id()
	if got := o.stopping(t, path); len(got) < 6 {
		t.Errorf("nothing is known of the creator: %q", got)
	}
	o.mendCreator(t, "/social-accounts/"+ani)
	o.do(t, "staff", "POST", "/tiers", m{"name": "mikro", "followers_from": 10_000, "followers_to": 50_000, "valid_from": "2026-01-01", "basis": "Perbup 41/2025"}).want(201)
	item["tier"] = "mikro"
	item["content"] = m{
		"type": "reel", "minimum_live_days": 30, "revision_rounds": 2, "label_text": "#iklan", "insights_due": []int{1, 7, 30},
		"usage_rights": m{"text": "unggah ulang", "until": "2026-12-31"}, "exclusivity": m{"text": "tanpa iklan rokok"},
	}
	etag := o.do(t, "staff", "GET", path, nil).want(200).header.Get("ETag")
	o.do(t, "staff", "PATCH", path, m{"owner_estimate": 1_100_000, "deliverables": []m{item}, "procurement": m{
		"package": "Konten", "rup_announced_on": "2026-01-05", "legal_basis": "Perbup 1/2026", "minutes": m{"number": "BAN/2", "date": "2026-02-01"},
	}}, "If-Match", etag).want(200)
	o.fileWhole(t, path)
	for _, r := range o.do(t, "staff", "GET", path+"/recipients", nil).want(200).body["recipients"].([]any) {
		o.do(t, "staff", "POST", path+"/recipients/"+fmt.Sprint(r.(m)["id"])+"/confirmations",
			m{"amount": r.(m)["net"], "date": "2026-02-01", "file": o.paper(t, "konfirmasi"), "origin": "recipient"}).want(201)
	}
	if got := o.stopping(t, path); len(got) > 0 {
		t.Fatalf("nothing lacks, and still: %q", got)
	}
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
}

// seenThere lets the verifier state that the placement's page is still there, once no worker looks at it.
func (o *office) seenThere(t testing.TB, placement string) {
	t.Helper()
	check := placement + "/live-checks/" + o.do(t, "verifier", "POST", placement+"/live-checks", nil).want(202).id()
	body, kind := upload(t, "layar.pdf", "application/pdf", "%PDF-1.7\n"+placement, "result", "there", "statement", "masih tampil")
	for range 300 {
		if r := o.do(t, "verifier", "POST", check+"/state", body, "Content-Type", kind); r.status != 409 {
			r.want(200)
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	t.Fatal("the check is never free")
}
