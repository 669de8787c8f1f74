package main

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tayang/db/sample"
)

// row is a row of the approval matrix for all agencies.
func row(kind string, from int64, to any, steps ...string) m {
	return m{"kind": kind, "gross_from": from, "gross_to": to, "steps": steps, "valid_from": "2026-01-01", "basis": "SK Bupati 7/2026"}
}

func TestApprovalMatrixByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for who, code := range map[string]int{"staff": 403, "ppk": 403, "head": 403, "auditor": 403, "": 401} {
		o.do(t, who, "POST", "/approval-rules", row("any", 0, 10, "ppk")).want(code)
	}
	first := o.do(t, "admin", "POST", "/approval-rules", row("any", 50_000_000, nil, "ppk", "head"), "Idempotency-Key", "a").want(201)
	if again := o.do(t, "admin", "POST", "/approval-rules", row("any", 50_000_000, nil, "ppk", "head"), "Idempotency-Key", "a").want(201); again.id() != first.id() {
		t.Error("the same key sets twice")
	}
	if r := o.do(t, "admin", "POST", "/approval-rules", row("any", 70_000_000, 80_000_000, "ppk")).want(409, "approval_rule_overlaps"); !slices.Equal(r.pointers(), []string{"/gross_from"}) {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "admin", "POST", "/approval-rules", row("media", 70_000_000, 80_000_000, "ppk")).want(201)
	for at, change := range map[string]func(m){
		"/kind":       func(b m) { b["kind"] = "press" },
		"/steps/1":    func(b m) { b["steps"] = []string{"ppk", "auditor"} },
		"/gross_to":   func(b m) { b["gross_to"] = 1 },
		"/valid_to":   func(b m) { b["valid_to"] = "2025-01-01" },
		"/basis":      func(b m) { b["basis"] = " " },
		"/valid_from": func(b m) { delete(b, "valid_from") },
		"/agency_id":  func(b m) { b["agency_id"] = nobody },
	} {
		b := row("influencer", 5, 9, "ppk")
		change(b)
		if r := o.do(t, "admin", "POST", "/approval-rules", b).want(422, "invalid"); !slices.Equal(r.pointers(), []string{at}) {
			t.Errorf("%s: %s", at, r.raw)
		}
	}
	path := "/approval-rules/" + first.id()
	if r := o.do(t, "admin", "POST", path+"/end", m{"valid_to": "2026-06-30"}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/reason"}) {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "admin", "POST", path+"/end", m{"reason": "x", "valid_to": "2025-06-30"}).want(422, "invalid")
	o.do(t, "staff", "POST", path+"/end", m{"reason": "x", "valid_to": "2026-06-30"}).want(403, "forbidden")
	o.do(t, "admin", "POST", path+"/end", m{"reason": "x", "valid_to": "2026-06-30"}, "If-Match", `"9"`).want(412, "stale")
	ended := o.do(t, "admin", "POST", path+"/end", m{"reason": "SK baru", "valid_to": "2026-06-30"}, "If-Match", `"1"`).want(200)
	if ended.text("valid_to") != "2026-06-30" || ended.header.Get("ETag") != `"2"` {
		t.Errorf("%s", ended.raw)
	}
	o.do(t, "admin", "POST", path+"/void", m{"reason": "keliru"}).want(200)
	o.do(t, "admin", "POST", path+"/void", m{"reason": "keliru"}).want(409, "wrong_state")
	o.do(t, "admin", "POST", path+"/end", m{"reason": "x", "valid_to": "2026-06-30"}).want(409, "wrong_state")
	list := o.do(t, "staff", "GET", "/approval-rules?kind=any&voided=true&count=true", nil).want(200)
	if list.number("total") != 1 || list.items()[0]["void_reason"] != "keliru" {
		t.Errorf("%s", list.raw)
	}
	o.do(t, "ppk", "GET", path, nil).want(200)
	o.do(t, "ppk", "GET", "/approval-rules/"+nobody, nil).want(404)
}

func TestTwoStepsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	o.do(t, "admin", "POST", "/approval-rules", row("any", 50_000_000, nil, "ppk", "head")).want(201)
	small := o.active(t, terms("SP/KECIL", vendor, outlet, line, 49, 1_000_000))
	if small.text("status") != "active" || small.text("awaiting") != "" {
		t.Errorf("under the least amount it is the ppk alone: %s", small.raw)
	}
	for ceiling, steps := range map[int64]string{49_999_999: "[ppk]", 50_000_000: "[ppk head]"} {
		body := terms(fmt.Sprint("PAYUNG/", ceiling), vendor, outlet, line, 1, 1_000_000)
		body["framework"], body["ceiling"] = true, ceiling
		f := "./agreements/" + o.do(t, "staff", "POST", "./agreements", body).want(201).id()
		if sent := o.do(t, "staff", "POST", f+"/submit", nil).want(200); fmt.Sprint(sent.body["approval_steps"]) != steps {
			t.Errorf("a framework agreement takes the steps of its ceiling: %s", sent.raw)
		}
		o.do(t, "staff", "POST", f+"/withdraw", m{"reason": "x"}).want(200)
	}
	a := o.do(t, "staff", "POST", "./agreements", terms("SP/BESAR", vendor, outlet, line, 50, 1_000_000)).want(201)
	path := "./agreements/" + a.id()
	sent := o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	if sent.text("awaiting") != "ppk" || sent.number("approval_round") != 1 || fmt.Sprint(sent.body["approval_steps"]) != "[ppk head]" {
		t.Errorf("%s", sent.raw)
	}
	queue := func(who, filter string) (numbers []string) {
		for _, a := range o.do(t, who, "GET", "./agreements?sort=number&awaiting="+filter, nil).want(200).items() {
			numbers = append(numbers, fmt.Sprint(a["number"]))
		}
		return numbers
	}
	waits := []string{"SP/BESAR"}
	if !slices.Equal(queue("ppk", "me"), waits) || queue("head", "me") != nil || queue("staff", "me") != nil || !slices.Equal(queue("auditor", "ppk"), waits) {
		t.Errorf("it waits for the ppk: %v %v %v", queue("ppk", "me"), queue("head", "me"), queue("auditor", "ppk"))
	}
	for _, c := range []struct{ who, verb, code string }{
		{"head", "approve", "not_your_step"}, {"head", "reject", "not_your_step"}, {"head", "return", "not_your_step"}, {"verifier", "approve", "forbidden"},
		{"staff", "approve", "segregation_of_duties"}, {"treasurer", "return", "forbidden"},
	} {
		r := o.do(t, c.who, "POST", path+"/"+c.verb, m{"reason": "x"}, "Accept-Language", "id").want(403, c.code)
		if c.code == "not_your_step" && !strings.Contains(r.text("detail"), "PPK") {
			t.Errorf("whose turn it is is said: %s", r.raw)
		}
	}
	first := o.do(t, "ppk", "POST", path+"/approve", m{"reason": "Sesuai"}).want(200)
	if first.text("status") != "submitted" || first.text("awaiting") != "head" || first.text("approved_by") != "<nil>" {
		t.Errorf("%s", first.raw)
	}
	o.expect(t, line, "committed", 49_000_000)
	o.expect(t, line, "reserved", 50_000_000)
	o.do(t, "ppk", "POST", path+"/approve", nil).want(403, "segregation_of_duties")
	if queue("ppk", "me") != nil || !slices.Equal(queue("head", "me"), waits) {
		t.Errorf("it waits for the head: %v", queue("head", "me"))
	}
	o.do(t, "staff", "PATCH", path, m{"title": "Lain"}, "If-Match", first.header.Get("ETag")).want(409, "wrong_state")
	last := o.do(t, "head", "POST", path+"/approve", nil, "If-Match", first.header.Get("ETag")).want(200)
	steps := last.body["decisions"].([]any)
	if last.text("status") != "active" || len(steps) != 2 || steps[0].(m)["email"] != "ppk@contoh.go.id" || steps[0].(m)["remark"] != "Sesuai" || steps[1].(m)["role"] != "head" {
		t.Errorf("%s", last.raw)
	}
	o.expect(t, line, "committed", 99_000_000)
	o.do(t, "staff", "GET", "./agreements?awaiting_since_from=x", nil).want(422)
}

// TestRoundsByAPI: taking it back, rejecting and returning end a round, and the next begins at the first step.
func TestRoundsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	o.do(t, "admin", "POST", "/approval-rules", row("any", 0, nil, "ppk", "verifier")).want(201)
	a := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, line, 3, 1_000_000)).want(201)
	path := "./agreements/" + a.id()
	remarks := m{"remarks": []m{{"pointer": "/deliverables/0/quantity", "text": "Terlalu sedikit"}, {"pointer": "/title", "text": "Kurang jelas"}}, "reason": "Lihat catatan"}
	o.do(t, "ppk", "POST", path+"/return", remarks).want(409, "wrong_state")
	round := int64(0)
	submitThen := func(who, verb string, body any) reply {
		round++
		if sent := o.do(t, "staff", "POST", path+"/submit", nil).want(200); sent.number("approval_round") != round || sent.text("awaiting") != "ppk" {
			t.Errorf("round %d begins at the first step: %s", round, sent.raw)
		}
		o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
		r := o.do(t, who, "POST", path+"/"+verb, body).want(200)
		o.expect(t, line, "reserved", 0)
		return r
	}
	submitThen("staff", "withdraw", nil)
	if r := submitThen("verifier", "reject", m{"reason": "Tidak perlu"}); r.text("returned") != "false" || r.text("status") != "rejected" {
		t.Errorf("%s", r.raw)
	}
	for at, body := range map[string]m{
		"/remarks":           {"reason": "x"},
		"/remarks/0/pointer": {"remarks": []m{{"pointer": "/deliverables/1/quantity", "text": "x"}}},
		"/remarks/0/text":    {"remarks": []m{{"pointer": "/title", "text": " "}}},
	} {
		o.do(t, "staff", "POST", path+"/submit", nil).want(200)
		round++
		if r := o.do(t, "ppk", "POST", path+"/return", body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{at}) {
			t.Errorf("%s: %s", at, r.raw)
		}
		o.do(t, "staff", "POST", path+"/withdraw", nil).want(200)
	}
	back := submitThen("verifier", "return", remarks)
	if back.text("status") != "rejected" || back.text("returned") != "true" || back.text("remark") != "Lihat catatan" {
		t.Errorf("%s", back.raw)
	}
	of := back.body["remarks"].([]any)
	id := fmt.Sprint(of[0].(m)["id"])
	if len(of) != 2 || of[0].(m)["pointer"] != "/deliverables/0/quantity" {
		t.Errorf("%s", back.raw)
	}
	list := o.do(t, "staff", "GET", "./agreements?returned=true&count=true", nil).want(200)
	if list.number("total") != 1 {
		t.Errorf("%s", list.raw)
	}
	o.do(t, "staff", "PATCH", path, m{"title": "Advertorial hari jadi"}, "If-Match", back.header.Get("ETag")).want(200)
	for at, answers := range map[string][]m{
		"/answers/0/remark_id": {{"remark_id": nobody, "text": "Sudah"}},
		"/answers/0/text":      {{"remark_id": id, "text": ""}},
	} {
		if r := o.do(t, "staff", "POST", path+"/submit", m{"answers": answers}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{at}) {
			t.Errorf("%s: %s", at, r.raw)
		}
	}
	sent := o.do(t, "staff", "POST", path+"/submit", m{"answers": []m{{"remark_id": id, "text": "Cukup menurut rencana media"}}}).want(200)
	if one := sent.body["remarks"].([]any)[0].(m); one["answer"] != "Cukup menurut rencana media" || one["answerer"] == "" {
		t.Errorf("%s", sent.raw)
	}
	o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
	if done := o.do(t, "verifier", "POST", path+"/approve", nil).want(200); done.text("status") != "active" {
		t.Errorf("%s", done.raw)
	}
}

func TestAmendmentTakesTheStepsOfItsValue(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 100, 1_000_000))
	o.do(t, "admin", "POST", "/approval-rules", row("any", 105_000_000, nil, "ppk", "head")).want(201)
	path := "./agreements/" + a.id()
	o.amend(t, a, amendment("ADD/1", a, 104)).want(200)
	if one := o.do(t, "ppk", "POST", path+"/approve", nil).want(200); one.text("awaiting") != "" || one.number("gross") != 104_000_000 {
		t.Errorf("below it is the ppk alone: %s", one.raw)
	}
	proposed := o.amend(t, a, amendment("ADD/2", a, 105)).want(200)
	if proposed.text("awaiting") != "ppk" || fmt.Sprint(proposed.body["amendment"].(m)["approval_steps"]) != "[ppk head]" {
		t.Errorf("%s", proposed.raw)
	}
	o.do(t, "head", "POST", path+"/approve", nil).want(403, "not_your_step")
	if half := o.do(t, "ppk", "POST", path+"/approve", nil).want(200); half.text("awaiting") != "head" || half.number("gross") != 104_000_000 || half.text("amendment") == "<nil>" {
		t.Errorf("%s", half.raw)
	}
	o.do(t, "ppk", "POST", path+"/approve", nil).want(403, "segregation_of_duties")
	o.do(t, "head", "POST", path+"/return", m{"remarks": []m{{"pointer": "", "text": "x"}}}).want(409, "wrong_state")
	if done := o.do(t, "head", "POST", path+"/approve", nil).want(200); done.number("gross") != 105_000_000 || done.text("awaiting") != "" {
		t.Errorf("%s", done.raw)
	}
}

// TestPsqlActivatesNothing: the owner of the tables, past the program, is held to the steps too.
func TestPsqlActivatesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, line, 3, 1_000_000)).want(201)
	o.do(t, "staff", "POST", "./agreements/"+a.id()+"/submit", nil).want(200)
	pool, err := sql.Open("postgres", o.p.owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	for name, q := range map[string]string{
		"the state":            `UPDATE agreement SET status = 'active', approved_by = (SELECT id FROM user_account WHERE email = 'ppk@contoh.go.id')`,
		"the steps":            `UPDATE agreement SET approval_steps = '{head}'`,
		"a step of its author": `INSERT INTO agreement_approval (government_id, id, agency_id, agreement_id, round, step, role, verdict, decided_at, decided_by) SELECT government_id, gen_random_uuid(), agency_id, id, 1, 1, 'ppk', 'approved', now(), created_by FROM agreement`,
	} {
		if _, err := pool.ExecContext(t.Context(), q); err == nil {
			t.Errorf("%s was changed", name)
		}
	}
}

func TestActingOfficialByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	acting := o.override(t, "admin", "head", m{"kind": "acting", "reason": "Cuti", "valid_until": "2099-12-31", "subject": m{
		"email": "verifier@contoh.go.id", "for_email": "ppk@contoh.go.id", "role": "ppk", "agency_code": sample.Kominfo, "decree_number": "800/9/2026",
	}})
	o.do(t, "admin", "POST", "/approval-rules", row("any", 0, nil, "verifier", "ppk")).want(201)
	a := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, line, 3, 1_000_000)).want(201)
	path := "./agreements/" + a.id()
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	o.do(t, "verifier", "POST", path+"/approve", nil).want(200)
	o.do(t, "verifier", "POST", path+"/approve", nil).want(403, "segregation_of_duties")
	if uses := o.do(t, "head", "GET", "./overrides/"+acting.id(), nil).want(200).body["uses"]; uses != nil && len(uses.([]any)) > 0 {
		t.Errorf("at the step of his own office he acted for nobody: %v", uses)
	}
	b := o.do(t, "staff", "POST", "./agreements", terms("SP/2", vendor, outlet, line, 3, 1_000_000)).want(201)
	o.do(t, "head", "POST", "./overrides/"+acting.id()+"/revoke", m{"remark": "Sudah masuk"}).want(200)
	o.do(t, "admin", "POST", "/approval-rules", row("media", 0, nil, "ppk")).want(201)
	o.do(t, "staff", "POST", "./agreements/"+b.id()+"/submit", nil).want(200)
	o.do(t, "verifier", "POST", "./agreements/"+b.id()+"/approve", nil).want(403, "forbidden")
	again := o.override(t, "admin", "head", m{"kind": "acting", "reason": "Cuti", "valid_until": "2099-12-31", "subject": m{
		"email": "verifier@contoh.go.id", "for_email": "ppk@contoh.go.id", "role": "ppk", "agency_code": sample.Kominfo, "decree_number": "800/10/2026",
	}})
	done := o.do(t, "verifier", "POST", "./agreements/"+b.id()+"/approve", nil).want(200)
	d := done.body["decisions"].([]any)[0].(m)
	if done.text("status") != "active" || d["acting_for"] != "ppk@contoh.go.id" || d["decree_number"] != "800/10/2026" || d["decree_until"] != "2099-12-31" {
		t.Errorf("%s", done.raw)
	}
	if uses := o.do(t, "head", "GET", "./overrides/"+again.id(), nil).want(200).body["uses"].([]any); len(uses) != 1 {
		t.Errorf("%v", uses)
	}
}
