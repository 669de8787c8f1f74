package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func requirementBody(code string) m {
	return m{"fiscal_year": 2026, "outlet_kind": "online", "code": code, "name": "Syarat " + code, "mandatory": true, "points": 20, "basis": "Perbup 12/2025"}
}

func TestRequirementsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	r := o.do(t, "staff", "POST", "/requirements", requirementBody("akta")).want(201)
	if r.text("criterion") != "none" || r.number("version") != 1 || r.header.Get("ETag") != `"1"` {
		t.Errorf("created: %s", r.raw)
	}
	o.do(t, "staff", "POST", "/requirements", requirementBody("akta")).want(409, "duplicate")
	o.do(t, "ppk", "POST", "/requirements", requirementBody("x")).want(403, "forbidden")
	bad := o.do(t, "staff", "POST", "/requirements", m{"fiscal_year": 1, "outlet_kind": "blog", "code": "Akta Baru", "name": "", "points": 2000, "criterion": "luck"}).want(422, "invalid")
	if want := []string{"/fiscal_year", "/outlet_kind", "/code", "/name", "/points", "/criterion"}; !slices.Equal(bad.pointers(), want) {
		t.Errorf("want %v, got %v", want, bad.pointers())
	}
	o.do(t, "staff", "POST", "/requirement-grades", m{"fiscal_year": 2026, "grade": "A", "min_points": 20, "basis": "Perbup 12/2025"}).want(201)
	stands := func(on string) reply {
		return o.do(t, "auditor", "GET", "/outlets/"+outlet+"/vetting?on="+on, nil).want(200)
	}
	if got := stands("2026-05-01"); got.text("eligible") != "false" || got.text("grade") != "" {
		t.Errorf("with nothing found: %s", got.raw)
	}
	results := "/outlets/" + outlet + "/requirement-results"
	o.do(t, "staff", "POST", results, m{"requirement_id": nobody, "met": true, "valid_from": "2026-05-01"}).want(422, "invalid")
	evidence := o.paper(t, "akta")
	found := o.do(t, "staff", "POST", results, m{"requirement_id": r.id(), "met": true, "valid_from": "2026-05-01", "valid_until": "2026-05-31", "file": evidence}).want(201)
	if got := stands("2026-05-01"); got.text("eligible") != "false" {
		t.Errorf("unverified: %s", got.raw)
	}
	verify := "/requirement-results/" + found.id() + "/verify"
	o.do(t, "staff", "POST", verify, nil).want(403, "segregation_of_duties")
	o.do(t, "treasurer", "POST", verify, nil).want(403, "forbidden")
	if got := o.do(t, "verifier", "POST", verify, nil, "If-Match", `"1"`).want(200); got.text("verifier") != "verifier@contoh.go.id" {
		t.Errorf("verified: %s", got.raw)
	}
	for on, grade := range map[string]string{"2026-04-30": "", "2026-05-01": "A", "2026-05-31": "A", "2026-06-01": ""} {
		if got := stands(on); got.text("grade") != grade {
			t.Errorf("on %s: %s", on, got.raw)
		}
	}
	o.do(t, "auditor", "GET", "/outlets/"+outlet+"/vetting?on=x", nil).want(422, "invalid")
	o.do(t, "auditor", "GET", "/files/"+evidence, nil).want(200)
	if got := o.do(t, "auditor", "GET", results, nil).want(200).items(); len(got) != 1 || got[0]["entered_by"] != "staff@contoh.go.id" {
		t.Errorf("results: %v", got)
	}
	whole := o.do(t, "auditor", "GET", "/vendors/"+vendor+"/vetting?on=2026-05-01", nil).want(200)
	if channels := whole.body["channels"].([]any); len(channels) != 1 || channels[0].(m)["grade"] != "A" || whole.text("account_owner_agrees") != "true" {
		t.Errorf("the vendor: %s", whole.raw)
	}
	copied := o.do(t, "staff", "POST", "/requirements/copy", m{"from_year": 2026, "to_year": 2027, "basis": "Perbup 1/2027"}).want(200)
	if len(copied.body["requirements"].([]any)) != 1 || len(copied.body["grades"].([]any)) != 1 {
		t.Errorf("copied: %s", copied.raw)
	}
	o.do(t, "staff", "POST", "/requirements/copy", m{"from_year": 2026, "to_year": 2027, "basis": "Perbup 1/2027"}).want(409, "nothing_to_copy")
	o.do(t, "staff", "POST", "/requirements/"+r.id()+"/void", m{}).want(422, "invalid")
	o.do(t, "staff", "POST", "/requirements/"+r.id()+"/void", m{"reason": "Salah"}, "If-Match", `"9"`).want(412, "stale")
	o.do(t, "staff", "POST", "/requirements/"+r.id()+"/void", m{"reason": "Salah"}).want(200)
	o.do(t, "staff", "POST", "/requirements/"+r.id()+"/void", m{"reason": "Salah"}).want(409, "wrong_state")
	o.do(t, "staff", "POST", results, m{"requirement_id": r.id(), "met": true, "valid_from": "2026-05-01"}).want(422, "invalid")
	o.do(t, "staff", "POST", "/requirements", requirementBody("akta")).want(201)
}

func TestPressCouncilByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	_, outlet := o.medium(t, "0123456789012345")
	path := "/outlets/" + outlet
	if got := o.do(t, "staff", "GET", path+"/press-checks", nil).want(200).items(); len(got) != 1 || got[0]["status"] != "factual" {
		t.Errorf("registering an outlet with a status is a look at it: %v", got)
	}
	o.do(t, "staff", "PATCH", path, m{"name": "Contoh Pos Baru"}, "If-Match", `"1"`).want(200)
	o.do(t, "staff", "PATCH", path, m{"press_status": "revoked"}, "If-Match", `"2"`).want(200)
	if got := o.do(t, "staff", "GET", path+"/press-checks?sort=created_at", nil).want(200).items(); len(got) != 2 || got[1]["status"] != "revoked" || got[1]["checked_by"] != "staff@contoh.go.id" {
		t.Errorf("a change of status is another, a change of name is not: %v", got)
	}
	early := m{"status": "in_process", "checked_on": "2026-01-05", "note": "Antrean 311", "certificate": m{"number": ""}}
	o.do(t, "staff", "POST", path+"/press-checks", early).want(201)
	if got := o.do(t, "staff", "GET", path, nil).want(200); got.text("press_status") != "revoked" {
		t.Errorf("an older look does not change what the outlet says: %s", got.raw)
	}
	o.do(t, "staff", "POST", path+"/press-checks", m{"status": "good", "checked_on": "2999-01-01"}).want(422, "invalid")
	on := o.do(t, "auditor", "GET", path+"/vetting?on=2026-02-01", nil).want(200)
	if press := on.body["press"].(m); press["status"] != "in_process" || press["checked_on"] != "2026-01-05" {
		t.Errorf("on 1 February: %s", on.raw)
	}
	j := o.do(t, "staff", "POST", path+"/journalist-certificates", m{"name": "Tini", "number": "1-UKW", "level": "madya", "valid_until": "2026-06-30"}).want(201)
	o.do(t, "staff", "POST", path+"/journalist-certificates", m{"name": "Tini", "number": "1-UKW", "level": "madya"}).want(409, "duplicate")
	o.do(t, "staff", "POST", path+"/journalist-certificates", m{"name": "", "number": "", "level": "hebat"}).want(422, "invalid")
	for on, n := range map[string]string{"2026-06-30": "1", "2026-07-01": "0"} {
		if got := o.do(t, "auditor", "GET", path+"/vetting?on="+on, nil).want(200); got.text("journalists") != n {
			t.Errorf("on %s: %s", on, got.raw)
		}
	}
	o.do(t, "staff", "POST", "/journalist-certificates/"+j.id()+"/void", m{"reason": "Salah media"}).want(200)
}

func TestBlacklistByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, outlet := o.medium(t, "0123456789012345")
	line := o.budget(t, 500_000_000)[0]
	body := m{"vendor_id": vendor, "valid_from": "2026-02-01", "ground": "Ingkar janji", "decree_number": "027/1/2026"}
	b := o.do(t, "staff", "POST", "/blacklist-entries", body).want(201)
	o.do(t, "staff", "POST", "/blacklist-entries", body).want(409, "duplicate")
	o.do(t, "staff", "POST", "/blacklist-entries", m{"vendor_id": nobody, "valid_from": "2026-02-01", "ground": "x", "decree_number": "x"}).want(422, "invalid")
	a := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, line, 1, 1_000_000)).want(201)
	o.do(t, "staff", "POST", "./agreements/"+a.id()+"/submit", nil).want(200)
	refused := o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(409, "not_ready")
	if got := refused.pointers(); !slices.Equal(got, []string{"/vendor_id"}) || !strings.Contains(string(refused.raw), "027/1/2026") {
		t.Errorf("%s", refused.raw)
	}
	o.do(t, "staff", "POST", "/blacklist-entries/"+b.id()+"/lift", m{"date": "2026-01-01", "reason": "x"}).want(422, "invalid")
	o.do(t, "staff", "POST", "/blacklist-entries/"+b.id()+"/lift", m{"date": "2026-02-02", "reason": "Keputusan dicabut"}).want(200)
	o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(200)
	frozen := o.do(t, "auditor", "GET", "./agreements/"+a.id()+"/assessment", nil).want(200)
	channels := frozen.body["facts"].(m)["vetting"].(m)["channels"].([]any)
	if press := channels[0].(m)["press"].(m); frozen.text("frozen") != "true" || press["status"] != "factual" {
		t.Errorf("%s", frozen.raw)
	}
}

func TestVendorsSideBySide(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, _ := o.medium(t, "0123456789012345")
	second := o.do(t, "staff", "POST", "/vendors", m{
		"kind": "company", "legal_name": "CV Kembar", "phone": "+62 812-3456-789", "email": "a@kembar.example",
		"directors": []m{{"name": "Hendra Contoh", "nik": "3512340101900001"}},
		"bank":      m{"name": "Bank Contoh", "account_number": "0011 2233 44", "account_owner": "CV Kembar"},
	}).want(201)
	got := o.do(t, "auditor", "GET", "/vendor-pairs", nil).want(200).items()
	if len(got) != 1 || fmt.Sprint(got[0]["marks"]) != "[bank_account]" {
		t.Errorf("%v", got)
	}
	if his := o.do(t, "auditor", "GET", "/vendors/"+first+"/pairs", nil).want(200).items(); len(his) != 1 {
		t.Errorf("%v", his)
	}
	for who, want := range map[string][2]string{"auditor": {"+62 812-3456-789", "3512340101900001"}, "admin": {"************-789", "************0001"}} {
		v := o.do(t, who, "GET", "/vendors/"+second.id(), nil).want(200)
		if d := v.body["directors"].([]any)[0].(m); v.text("phone") != want[0] || d["nik"] != want[1] {
			t.Errorf("%s sees %s", who, v.raw)
		}
		if pairs := o.do(t, who, "GET", "/vendor-pairs", nil).want(200); strings.Contains(string(pairs.raw), "3512340101900001") != (who == "auditor") {
			t.Errorf("%s sees %s", who, pairs.raw)
		}
	}
	o.do(t, "admin", "GET", "/vendors?phone=1", nil).want(422, "invalid")
	bad := o.do(t, "staff", "POST", "/vendors", m{"kind": "company", "legal_name": "X", "phone": "telepon", "email": "x", "directors": []m{{"name": "", "nik": "1"}}}).want(422, "invalid")
	if want := []string{"/phone", "/email", "/directors/0/name", "/directors/0/nik"}; !slices.Equal(bad.pointers(), want) {
		t.Errorf("want %v, got %v", want, bad.pointers())
	}
}

func TestProductRulesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	body := m{"product": "Advertorial!", "kbli": []string{"58130", "63*"}, "accounts": []string{"5.1.02.02.01.0055"}, "valid_from": "2026-01-01", "basis": "SE Sekda"}
	r := o.do(t, "staff", "POST", "/product-rules", body).want(201)
	if r.text("product") != "advertorial" {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "staff", "POST", "/product-rules", body).want(409, "duplicate")
	o.do(t, "staff", "POST", "/product-rules", m{"product": "!", "kbli": []string{"x"}, "accounts": []string{"5.*.1"}, "valid_from": "2026-01-01", "basis": "x"}).want(422, "invalid")
	o.do(t, "staff", "POST", "/product-rules/"+r.id()+"/void", m{"reason": "Salah"}).want(200)
	o.do(t, "staff", "POST", "/product-rules", body).want(201)
}
