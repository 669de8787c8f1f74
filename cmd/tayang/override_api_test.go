package main

import (
	"fmt"
	"slices"
	"testing"

	"tayang/db/sample"
)

// tolerate is a request for a tolerance on invoices.
func tolerate(amount int64) m {
	return m{"kind": "tolerance", "subject": m{"document_type": "invoice", "amount": amount}, "reason": "Pembulatan"}
}

// override asks as one person and has another approve.
func (o *office) override(t testing.TB, asks, decides string, body m) reply {
	t.Helper()
	asked := o.do(t, asks, "POST", "./overrides", body).want(201)
	return o.do(t, decides, "POST", "./overrides/"+asked.id()+"/approve", nil).want(200)
}

func TestOverridesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	asked := o.do(t, "staff", "POST", "./overrides", tolerate(500), "Idempotency-Key", "k-1").want(201)
	if again := o.do(t, "staff", "POST", "./overrides", tolerate(500), "Idempotency-Key", "k-1").want(201); again.id() != asked.id() {
		t.Errorf("the same key asks twice: %s", again.raw)
	}
	o.do(t, "staff", "POST", "./overrides", tolerate(501), "Idempotency-Key", "k-1").want(422, "idempotency_key_reused")
	path := "./overrides/" + asked.id()
	if asked.text("status") != "requested" || asked.header.Get("ETag") != `"1"` || asked.text("asked_by") != "staff@contoh.go.id" || asked.text("agency_id") == "<nil>" {
		t.Errorf("%s %v", asked.raw, asked.header)
	}
	o.do(t, "staff", "POST", path+"/approve", nil).want(403, "segregation_of_duties")
	o.do(t, "ppk", "POST", path+"/approve", nil).want(403, "forbidden")
	o.do(t, "admin", "POST", path+"/approve", nil).want(403, "forbidden")
	o.do(t, "staff.setwan", "GET", path, nil).want(404)
	o.do(t, "head", "POST", path+"/approve", nil, "If-Match", `"7"`).want(412)
	if r := o.do(t, "head", "POST", path+"/refuse", nil).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/remark"}) {
		t.Errorf("to refuse needs a remark: %s", r.raw)
	}
	approved := o.do(t, "head", "POST", path+"/approve", m{"remark": "Disetujui"}, "If-Match", `"1"`).want(200)
	if approved.text("status") != "approved" || approved.text("decider") != "head@contoh.go.id" || approved.header.Get("ETag") != `"2"` {
		t.Errorf("%s", approved.raw)
	}
	o.do(t, "head", "POST", path+"/approve", nil).want(409, "wrong_state")
	o.do(t, "staff", "POST", path+"/withdraw", nil).want(409, "wrong_state")
	o.do(t, "head", "POST", path+"/revoke", nil).want(422, "invalid")
	o.do(t, "staff", "POST", path+"/revoke", m{"remark": "x"}).want(403, "forbidden")
	o.do(t, "head", "POST", path+"/revoke", m{"remark": "Selesai"}).want(200)
	o.do(t, "staff", "POST", "./overrides", tolerate(9)).want(201)
	o.do(t, "admin", "POST", "./overrides", tolerate(9)).want(403, "forbidden")
	o.do(t, "auditor", "POST", "./overrides", tolerate(9)).want(403, "forbidden")

	list := o.do(t, "auditor", "GET", "./overrides?status=revoked&kind=tolerance&count=true", nil).want(200)
	if list.number("total") != 1 || fmt.Sprint(list.items()[0]["id"]) != asked.id() {
		t.Errorf("%s", list.raw)
	}
	if first := o.do(t, "auditor", "GET", "./overrides?limit=1&sort=-created_at", nil).want(200); first.text("next_cursor") == "<nil>" {
		t.Errorf("%s", first.raw)
	}
	if admin := o.do(t, "admin", "GET", "./overrides", nil).want(200); len(admin.items()) != 0 {
		t.Errorf("money is not the administrator's: %s", admin.raw)
	}
	o.do(t, "auditor", "GET", "./overrides?nothing=1", nil).want(422)
}

func TestWrongOverridesAreNamed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for name, c := range map[string]struct {
		who  string
		body m
		want string
	}{
		"no such kind":      {"staff", m{"kind": "ceiling", "subject": m{}, "reason": "x"}, "/kind"},
		"no reason":         {"staff", m{"kind": "tolerance", "subject": m{"document_type": "invoice", "amount": 1}, "reason": " "}, "/reason"},
		"another's field":   {"staff", m{"kind": "tolerance", "subject": m{"document_type": "invoice", "amount": 1, "month": "2026-01"}, "reason": "x"}, "/subject/month"},
		"unknown field":     {"staff", m{"kind": "tolerance", "subject": m{"document_type": "invoice", "amount": 1, "x": 1}, "reason": "x"}, "/subject/x"},
		"missing field":     {"staff", m{"kind": "check_mode", "subject": m{"check": "budget", "mode": "warn"}, "reason": "x"}, "/subject/document_type"},
		"stop is no mode":   {"staff", m{"kind": "check_mode", "subject": m{"check": "budget", "document_type": "agreement", "mode": "stop"}, "reason": "x"}, "/subject/mode"},
		"in the past":       {"staff", m{"kind": "period_reopen", "subject": m{"month": "2026-03"}, "reason": "x", "valid_until": "2020-01-01"}, "/valid_until"},
		"no such month":     {"staff", m{"kind": "period_reopen", "subject": m{"month": "March"}, "reason": "x"}, "/subject/month"},
		"nobody":            {"admin", m{"kind": "role_change", "subject": m{"email": "x@y.test", "role": "ppk", "agency_code": sample.Kominfo, "action": "grant"}, "reason": "x"}, "/subject/email"},
		"acting, no end":    {"admin", m{"kind": "acting", "subject": m{"email": "ppk@contoh.go.id", "for_email": "head@contoh.go.id", "role": "head", "agency_code": sample.Kominfo, "decree_number": "1"}, "reason": "x"}, "/valid_until"},
		"another agency":    {"admin", m{"kind": "role_change", "subject": m{"email": "staff@contoh.go.id", "role": "ppk", "agency_code": sample.Setwan, "action": "grant"}, "reason": "x"}, "/subject/agency_code"},
		"spending, no line": {"staff", m{"kind": "without_agreement", "subject": m{"vendor_id": nobody, "budget_line_id": nobody, "amount": 1, "date": "2026-01-01", "number": "1", "description": "x"}, "reason": "x"}, "/subject/budget_line_id"},
	} {
		if r := o.do(t, c.who, "POST", "./overrides", c.body).want(422, "invalid"); !slices.Contains(r.pointers(), c.want) {
			t.Errorf("%s: %s is not named: %s", name, c.want, r.raw)
		}
	}
}

// TestUnreservedAgreementByAPI: the check warns, the ceiling does not.
func TestUnreservedAgreementByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 5_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, line, 6, 1_000_000)).want(201)
	path := "./agreements/" + a.id()
	o.do(t, "staff", "POST", path+"/submit", nil).want(409, "budget_exceeded")
	w := o.override(t, "ppk", "head", m{"kind": "check_mode", "subject": m{"check": "budget", "document_type": "agreement", "mode": "warn"}, "reason": "DPPA menyusul"})
	if r := o.do(t, "staff", "POST", path+"/submit", nil).want(200); r.text("unreserved") != "true" || r.text("status") != "submitted" {
		t.Errorf("%s", r.raw)
	}
	o.expect(t, line, "reserved", 0)
	o.do(t, "ppk", "POST", path+"/approve", nil).want(409, "budget_exceeded")
	o.visitor(t, "ppk").get(path).want(200).shows("Diajukan tanpa pencadangan").shows("Lewat karena penyimpangan")
	used := o.do(t, "auditor", "GET", "./overrides/"+w.id(), nil).want(200)
	if used.number("passed") != 6_000_000 || used.number("use_count") != 1 || len(used.body["uses"].([]any)) != 1 {
		t.Errorf("%s", used.raw)
	}
	if uses := o.do(t, "auditor", "GET", "./override-uses?document_id="+a.id(), nil).want(200).items(); len(uses) != 1 || uses[0]["kind"] != "check_mode" {
		t.Errorf("%v", uses)
	}
	revision := o.do(t, "staff", "POST", "./budget-versions", budgetBody("revision", "DPPA/1", 6_000_000)).want(201)
	o.do(t, "head", "POST", "./budget-versions/"+revision.id()+"/lock", nil).want(200)
	if r := o.do(t, "ppk", "POST", path+"/approve", nil).want(200); r.text("unreserved") != "false" {
		t.Errorf("%s", r.raw)
	}
	o.expect(t, line, "committed", 6_000_000)
}

// TestActingByAPI: a session takes up and loses another's role without a new sign-in.
func TestActingByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	body := m{"kind": "acting", "reason": "Cuti", "valid_until": "2099-12-31", "subject": m{
		"email": "ppk@contoh.go.id", "for_email": "head@contoh.go.id", "role": "head", "agency_code": sample.Kominfo, "decree_number": "800/1",
	}}
	o.do(t, "staff", "POST", "./overrides", body).want(403, "forbidden")
	asked := o.do(t, "staff", "POST", "./overrides", tolerate(5)).want(201)
	o.do(t, "ppk", "POST", "./overrides/"+asked.id()+"/approve", nil).want(403, "forbidden")
	o.visitor(t, "head").get("./home").want(200).shows("penyimpangan menunggu keputusan")
	acting := o.override(t, "admin", "head", body)
	o.do(t, "ppk", "POST", "./overrides/"+asked.id()+"/approve", nil).want(200)
	me := o.do(t, "ppk", "GET", "/sessions/current", nil).want(200)
	if list := me.body["roles"].([]any); len(list) != 2 || list[1].(m)["acting_for"] != "head@contoh.go.id" {
		t.Errorf("%s", me.raw)
	}
	done := o.do(t, "head", "GET", "./overrides/"+acting.id(), nil).want(200)
	if uses := done.body["uses"].([]any); len(uses) != 1 || uses[0].(m)["acting_for"] != "head@contoh.go.id" || uses[0].(m)["document_id"] != asked.id() {
		t.Errorf("%s", done.raw)
	}
	o.do(t, "head", "POST", "./overrides/"+acting.id()+"/revoke", m{"remark": "Sudah masuk"}).want(200)
	o.do(t, "ppk", "POST", "./overrides/"+asked.id()+"/revoke", m{"remark": "x"}).want(403, "forbidden")
}

// TestRoleChangeByAPI: an administrator asks, a head decides, and the person may at once.
func TestRoleChangeByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	body := m{"kind": "role_change", "reason": "SK mutasi", "subject": m{"email": "verifier@contoh.go.id", "role": "treasurer", "agency_code": sample.Kominfo, "action": "grant"}}
	asked := o.do(t, "admin", "POST", "./overrides", body).want(201)
	o.do(t, "verifier", "POST", "./overrides", m{"kind": "without_agreement", "subject": m{}, "reason": "x"}).want(422, "invalid")
	o.do(t, "admin", "POST", "./overrides/"+asked.id()+"/approve", nil).want(403, "segregation_of_duties")
	o.do(t, "head", "POST", "./overrides/"+asked.id()+"/approve", nil).want(200)
	if list := o.do(t, "verifier", "GET", "/sessions/current", nil).want(200).body["roles"].([]any); len(list) != 2 {
		t.Errorf("%v", list)
	}
	o.do(t, "admin", "POST", "./overrides", body).want(422, "invalid")
	body["subject"].(m)["action"] = "revoke"
	o.override(t, "admin", "head", body)
	if list := o.do(t, "verifier", "GET", "/sessions/current", nil).want(200).body["roles"].([]any); len(list) != 1 {
		t.Errorf("%v", list)
	}
}

func TestSpendingWithoutAgreementByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 5_000_000)[0]
	vendor, _ := o.medium(t, "0123456789012345")
	body := func(number string, amount int64) m {
		return m{"kind": "without_agreement", "reason": "Banjir", "subject": m{
			"vendor_id": vendor, "budget_line_id": line, "amount": amount, "date": "2026-03-04", "number": number, "description": "Iklan darurat",
		}}
	}
	spent := o.override(t, "staff", "head", body("KW/1", 2_000_000))
	if spent.number("passed") != 2_000_000 {
		t.Errorf("%s", spent.raw)
	}
	o.expect(t, line, "realised", 2_000_000)
	o.do(t, "staff", "POST", "./overrides", body("kw 1", 1)).want(409, "duplicate")
	large := o.do(t, "staff", "POST", "./overrides", body("KW/2", 3_000_001)).want(201)
	if r := o.do(t, "head", "POST", "./overrides/"+large.id()+"/approve", nil).want(409, "budget_exceeded"); r.number("available") != 3_000_000 {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "head", "POST", "./overrides/"+spent.id()+"/revoke", m{"remark": "Salah catat"}).want(200)
	o.expect(t, line, "available", 5_000_000)
}

// TestHigherInvoiceByAPI: within the tolerance the difference is kept and shown, and only the evidence is paid.
func TestHigherInvoiceByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 5_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 2, 1_000_000))
	ids := o.accepted(t, a, 2)
	o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 1_000_400, ids[:1])).want(422, "invalid")
	w := o.override(t, "staff", "head", tolerate(500))
	o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 1_000_501, ids[:1])).want(422, "invalid")
	o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 999_999, ids[:1])).want(422, "invalid")
	i := o.do(t, "staff", "POST", "./invoices", o.bill(t, a, "A-1", 1_000_400, ids[:1])).want(201)
	if i.number("excess") != 400 || i.number("price")+i.number("vat") != 1_000_000 {
		t.Errorf("%s", i.raw)
	}
	o.visitor(t, "treasurer").get("./invoices/" + i.id()).want(200).shows("Rp400").shows("Lewat karena penyimpangan: Toleransi tagihan")
	if used := o.do(t, "head", "GET", "./overrides/"+w.id(), nil).want(200); used.number("passed") != 1_000_400 {
		t.Errorf("%s", used.raw)
	}
	if paid := o.paidBy(t, a, i.id(), "1"); paid.number("gross") != 1_000_000 {
		t.Errorf("%s", paid.raw)
	}
	o.expect(t, line, "realised", 1_000_000)
}
