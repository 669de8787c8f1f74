package main

import (
	"slices"
	"testing"
)

// TestCreatorsByAPI walks an order from a creator through what is asked of it: refused with everything at once, mended
// paper by paper, and kept as it was known.
func TestCreatorsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor := o.do(t, "staff", "POST", "/vendors", m{"kind": "individual", "legal_name": "Ani Contoh"}).want(201).id()
	account := o.do(t, "staff", "POST", "/social-accounts", m{
		"vendor_id": vendor, "platform": "instagram", "handle": "ani.contoh", "platform_user_id": "261", "creator_born_on": "2009-08-14",
	}).want(201)
	path := "/social-accounts/" + account.id()
	if r := o.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": vendor, "platform": "instagram", "handle": "lain", "platform_user_id": "261"}).want(409, "duplicate"); !slices.Equal(r.pointers(), []string{"/platform_user_id"}) {
		t.Errorf("the field is named: %s", r.raw)
	}
	if got := o.do(t, "admin", "GET", path, nil).want(200); got.body["creator_born_on"] != nil {
		t.Errorf("an administrator sees %s", got.raw)
	}
	o.do(t, "admin", "GET", "/social-accounts?creator_born_on_from=2009-01-01", nil).want(422, "invalid")
	o.tiersByAPI(t)

	body := terms("SP/KREATOR", vendor, "", line, 2, 1_500_000)
	body["kind"], body["fee_via"] = "influencer", "personal"
	item := body["deliverables"].([]m)[0]
	delete(item, "outlet_id")
	item["social_account_id"], item["tier"] = account.id(), "makro"
	item["content"] = m{"type": "story", "minimum_live_days": 2, "insights_due": []int{7, 1}}
	if r := o.do(t, "staff", "POST", "./agreements", body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/deliverables/0/content/minimum_live_days", "/deliverables/0/content/insights_due"}) {
		t.Errorf("terms of a story: %s", r.raw)
	}
	item["content"] = m{"type": "reel", "insights_due": []int{1, 7, 30}}
	a := o.do(t, "staff", "POST", "./agreements", body).want(201)
	here := "./agreements/" + a.id()
	doubts := func() (out []string) {
		for _, d := range o.do(t, "ppk", "GET", here+"/assessment", nil).want(200).body["doubts"].([]any) {
			d := d.(m)
			if slices.Contains([]any{
				"snapshot_missing", "snapshot_stale", "tier_mismatch", "ownership_missing", "content_terms_missing", "conflict_missing", "civil_servant", "guardian_missing",
			}, d["rule"]) {
				out = append(out, d["pointer"].(string)+" "+d["rule"].(string))
			}
		}
		return out
	}
	const on = "/deliverables/0/social_account_id "
	if got := doubts(); !slices.Equal(got, []string{
		"/deliverables/0/content/minimum_live_days content_terms_missing", "/deliverables/0/content/label_text content_terms_missing",
		"/deliverables/0/content/usage_rights/text content_terms_missing", on + "snapshot_missing", on + "ownership_missing", on + "conflict_missing", on + "civil_servant", on + "guardian_missing",
	}) {
		t.Errorf("doubts %q", got)
	}
	o.mendCreator(t, path)
	item["content"] = m{
		"type": "reel", "minimum_live_days": 30, "revision_rounds": 2, "label_text": "#iklan", "insights_due": []int{1, 7, 30},
		"usage_rights": m{"text": "unggah ulang", "until": "2026-12-31"}, "exclusivity": m{"text": "tanpa iklan rokok"},
	}
	changed := o.do(t, "staff", "PATCH", here, m{"deliverables": []m{item}}, "If-Match", a.header.Get("ETag")).want(200)
	if content := changed.body["deliverables"].([]any)[0].(m)["content"].(m); content["label_text"] != "#iklan" || content["usage_rights"].(m)["until"] != "2026-12-31" || changed.text("fee_via") != "personal" {
		t.Errorf("changed %s", changed.raw)
	}
	if got := doubts(); !slices.Equal(got, []string{"/deliverables/0/tier tier_mismatch"}) {
		t.Errorf("what is left: %q", got)
	}
	o.do(t, "staff", "POST", here+"/submit", nil).want(200)
	o.do(t, "ppk", "POST", here+"/approve", nil).want(200)
	o.do(t, "staff", "POST", path+"/snapshots", m{"taken_on": "2026-02-01", "followers": 900_000, "engagement_rate": "1"})
	kept := o.do(t, "ppk", "GET", here+"/assessment", nil).want(200)
	known := kept.body["facts"].(m)["influence"].(m)["accounts"].([]any)[0].(m)
	if kept.text("frozen") != "true" || known["tier"] != "mikro" || known["minor"] != true || known["ownership"].(m)["verified_by"] != "verifier@contoh.go.id" {
		t.Errorf("kept %s", kept.raw)
	}
	o.insightsByAPI(t, a.deliverables()[0])
}

func (o *office) tiersByAPI(t *testing.T) {
	t.Helper()
	mikro := m{"name": "mikro", "followers_from": 10_000, "followers_to": 50_000, "valid_from": "2026-01-01", "basis": "Perbup 41/2025"}
	made := o.do(t, "staff", "POST", "/tiers", mikro).want(201)
	path := "/tiers/" + made.id()
	if r := o.do(t, "staff", "POST", "/tiers", mikro).want(409, "overlap"); !slices.Equal(r.pointers(), []string{"/followers_from"}) {
		t.Errorf("the field is named: %s", r.raw)
	}
	o.do(t, "ppk", "POST", "/tiers", mikro).want(403, "forbidden")
	o.do(t, "staff", "PATCH", path, m{"valid_to": "2025-01-01"}, "If-Match", `"1"`).want(422, "invalid")
	ended := o.do(t, "staff", "PATCH", path, m{"valid_to": "2026-12-31"}, "If-Match", `"1"`).want(200)
	if ended.text("valid_to") != "2026-12-31" || ended.number("followers_to") != 50_000 {
		t.Errorf("ended %s", ended.raw)
	}
	wrong := o.do(t, "staff", "POST", "/tiers", m{"name": "nano", "followers_from": 0, "followers_to": 10_000, "valid_from": "2026-01-01", "basis": "Perbup"}).want(201)
	o.do(t, "staff", "POST", "/tiers/"+wrong.id()+"/void", m{"reason": ""}).want(422, "invalid")
	o.do(t, "staff", "POST", "/tiers/"+wrong.id()+"/void", m{"reason": "salah"}).want(200)
	o.do(t, "staff", "POST", "/tiers/"+wrong.id()+"/void", m{"reason": "salah"}).want(409, "wrong_state")
	if got := o.do(t, "auditor", "GET", "/tiers?voided=false", nil).want(200).items(); len(got) != 1 || got[0]["id"] != made.id() {
		t.Errorf("tiers %v", got)
	}
}

// mendCreator puts every paper into the file of a minor, as of the order.
func (o *office) mendCreator(t *testing.T, path string) {
	t.Helper()
	o.do(t, "staff", "POST", path+"/snapshots", m{"taken_on": "2026-01-20", "followers": 38_600, "engagement_rate": "4.8", "file": o.paper(t, "profil")}).want(201)
	proof := o.do(t, "staff", "POST", path+"/ownership-proofs", m{"proven_by": "screen_recording", "proven_on": "2026-01-20", "file": o.paper(t, "layar")}).want(201)
	o.do(t, "staff", "POST", path+"/ownership-proofs/"+proof.id()+"/verify", nil).want(403, "segregation_of_duties")
	o.do(t, "auditor", "POST", path+"/ownership-proofs/"+proof.id()+"/verify", nil).want(403, "forbidden")
	if seen := o.do(t, "verifier", "POST", path+"/ownership-proofs/"+proof.id()+"/verify", nil, "If-Match", `"1"`).want(200); seen.text("status") != "verified" || seen.text("decider") != "verifier@contoh.go.id" {
		t.Errorf("seen %s", seen.raw)
	}
	for _, statement := range []m{
		{"kind": "conflict_of_interest", "answer": "none"}, {"kind": "civil_servant", "answer": "no"},
		{"kind": "guardian_consent", "guardian_name": "Laras Contoh", "relation": "ibu kandung"},
	} {
		statement["given_on"], statement["file"] = "2026-01-20", o.paper(t, "pernyataan "+statement["kind"].(string))
		o.do(t, "staff", "POST", path+"/statements", statement).want(201)
	}
	if got := o.do(t, "auditor", "GET", path+"/statements?kind=guardian_consent", nil).want(200).items(); len(got) != 1 || got[0]["guardian_name"] != "Laras Contoh" {
		t.Errorf("statements %v", got)
	}
}

// insightsByAPI publishes a reel and asks for what is due.
func (o *office) insightsByAPI(t *testing.T, deliverable string) {
	t.Helper()
	p := o.published(t, deliverable)
	due := func(until string) int {
		return len(o.do(t, "staff", "GET", "./placements?insights_due_on_to="+until, nil).want(200).items())
	}
	published := p.text("published_on")
	if before := due(published); before != 0 {
		t.Errorf("due on the day of publication: %d", before)
	}
	if late := due("2026-12-31"); late != 1 {
		t.Errorf("due later: %d", late)
	}
	v := o.visitor(t, "staff")
	v.get("./home").want(200).shows("Insight jatuh tempo")
	v.get("./placements/"+p.id()).want(200).shows("D+7", "Tayang minimum sampai", "terlambat")
	now := o.do(t, "staff", "GET", "./placements/"+p.id(), nil).want(200)
	o.do(t, "staff", "PATCH", "./placements/"+p.id(), m{"metrics": m{"reach": 1_000}}, "If-Match", now.header.Get("ETag")).want(200)
	if first := due("2026-03-03"); first != 0 {
		t.Errorf("figures without a day stand for the first that are due: %d", first)
	}
	v.get("./placements/" + p.id()).want(200).shows("ada angka")
}
