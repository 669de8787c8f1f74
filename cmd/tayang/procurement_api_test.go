package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// checklistBody is a row of the checklist for the media's agreements.
func checklistBody(code string) m {
	return m{
		"code": code, "name_id": "Surat minat", "name_en": "Letter of interest", "kind": "media", "mandatory": true, "owner": "vendor",
		"valid_from": "2026-01-01", "basis": "Perbup 1/2026",
	}
}

// decreeBody names the cooperating media of 2026.
func decreeBody(number string) m {
	return m{"fiscal_year": 2026, "number": number, "date": "2026-01-08", "basis": "Perbup 1/2026"}
}

// refusedFields are the fields of a refusal, each with its code.
func (r reply) refusedFields() (out []string) {
	list, _ := r.body["errors"].([]any)
	for _, e := range list {
		out = append(out, fmt.Sprint(e.(m)["pointer"], " ", e.(m)["code"]))
	}
	return out
}

// doubts are the rules that an agreement does not meet, of those that begin with one of the prefixes.
func (o *office) doubts(t testing.TB, path string, rules ...string) (out []string) {
	t.Helper()
	for _, d := range o.do(t, "auditor", "GET", path+"/assessment", nil).want(200).body["doubts"].([]any) {
		if name := fmt.Sprint(d.(m)["rule"]); slices.Contains(rules, name) {
			out = append(out, fmt.Sprint(d.(m)["pointer"], " ", name, " ", d.(m)["mode"]))
		}
	}
	return out
}

// TestProcurementByAPI walks one agreement from a client that knows nothing of procurement to a file that lacks nothing.
func TestProcurementByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 900_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	path := "./agreements/" + o.do(t, "staff", "POST", "./agreements", terms("SPK/1", vendor, outlet, line, 60, 1_000_000)).want(201).id()
	a := o.do(t, "staff", "GET", path, nil).want(200)
	if p := a.body["procurement"].(m); p["shortfall_rule"] != "per_unit" || p["package"] != "" {
		t.Errorf("what the client left out: %v", p)
	}
	all := []string{"method_over_limit", "form_below_value", "estimate_missing", "rup_missing", "rup_late", "negotiation_missing", "shortfall_missing", "document_missing", "basis_missing"}
	patch := func(body m) reply {
		t.Helper()
		etag := o.do(t, "staff", "GET", path, nil).want(200).header.Get("ETag")
		return o.do(t, "staff", "PATCH", path, body, "If-Match", etag)
	}
	patch(m{"method": "pengadaan_langsung", "form": "spk", "procurement": m{"rup_announced_on": "2026-03-01", "shortfall_rule": ""}}).want(200)
	got := o.doubts(t, path, all...)
	if want := []string{
		"/owner_estimate estimate_missing warn", "/procurement/rup_announced_on rup_late warn", "/procurement/minutes/number negotiation_missing warn",
		"/procurement/shortfall_rule shortfall_missing refuse", "/procurement/legal_basis basis_missing warn",
	}; !slices.Equal(got[:5], want) || len(got) != 10 {
		t.Errorf("got %q", got)
	}
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	if r := o.do(t, "ppk", "POST", path+"/approve", nil).want(409, "not_ready"); !slices.Equal(r.refusedFields(), []string{"/procurement/shortfall_rule shortfall_missing"}) {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "staff", "POST", path+"/withdraw", nil).want(200)
	patch(m{"procurement": m{"shortfall_rule": "per_kata"}}).want(422, "invalid")
	patch(m{"owner_estimate": 66_000_000, "procurement": m{
		"package": "Publikasi", "rup_announced_on": "2026-01-05", "legal_basis": "Perbup 1/2026", "minutes": m{"number": "BAN/1", "date": "2026-02-01"}, "shortfall_rule": "make_good",
	}}).want(200)
	if p := patch(m{"procurement": m{"media_plan": "RENC/1"}}).want(200).body["procurement"].(m); p["package"] != "Publikasi" || p["shortfall_rule"] != "make_good" || p["media_plan"] != "RENC/1" {
		t.Errorf("a part of it changes only that part: %v", p)
	}
	o.fileWhole(t, path)
	if got := o.doubts(t, path, all...); len(got) > 0 {
		t.Errorf("nothing lacks, and still: %q", got)
	}
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
}

// fileWhole puts every mandatory paper into the file.
func (o *office) fileWhole(t *testing.T, path string) {
	t.Helper()
	checklist := o.do(t, "auditor", "GET", path+"/checklist", nil).want(200).items()
	for _, i := range checklist {
		if i["mandatory"] == true {
			o.do(t, "staff", "POST", path+"/papers", m{"code": i["code"], "number": "1", "date": "2026-02-01", "file": o.paper(t, fmt.Sprint(i["code"]))}).want(201)
		}
	}
	for _, i := range o.do(t, "auditor", "GET", path+"/checklist", nil).want(200).items() {
		if i["mandatory"] == true && len(i["papers"].([]any)) != 1 {
			t.Errorf("%v is not there", i)
		}
	}
}

func TestPapersOfAgreementsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 900_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	path := "./agreements/" + o.do(t, "staff", "POST", "./agreements", terms("SPK/1", vendor, outlet, line, 2, 1_000_000)).want(201).id()
	file := o.paper(t, "kontrak")
	body := m{"code": "contract", "number": "KTR/1", "date": "2026-02-01", "file": file}
	o.do(t, "ppk", "POST", path+"/papers", body).want(403, "forbidden")
	o.do(t, "staff.setwan", "POST", path+"/papers", body).want(404)
	for field, value := range map[string]any{"code": "surat_cinta", "file": "abc", "number": strings.Repeat("x", 101)} {
		wrong := m{"code": "contract", "file": file}
		wrong[field] = value
		if r := o.do(t, "staff", "POST", path+"/papers", wrong).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/" + field}) {
			t.Errorf("%s: %s", field, r.raw)
		}
	}
	o.do(t, "staff", "POST", path+"/papers", m{"code": "other", "file": file}).want(422, "invalid")
	if r := o.do(t, "staff", "POST", path+"/papers", m{"code": "contract", "file": strings.Repeat("0", 64)}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/file"}) {
		t.Errorf("a file that was never sent: %s", r.raw)
	}
	p := o.do(t, "staff", "POST", path+"/papers", body).want(201)
	if p.text("author") != "staff@contoh.go.id" || p.text("voided_at") != "<nil>" {
		t.Errorf("%s", p.raw)
	}
	o.do(t, "staff", "POST", path+"/papers", body).want(409, "duplicate")
	o.do(t, "auditor", "GET", "/files/"+file, nil).want(200)
	o.do(t, "staff.setwan", "GET", "/files/"+file, nil).want(404)
	paper := path + "/papers/" + p.id()
	o.do(t, "staff", "POST", paper+"/void", nil).want(422, "invalid")
	o.do(t, "ppk", "POST", paper+"/void", m{"reason": "Salah"}).want(403, "forbidden")
	if r := o.do(t, "staff", "POST", paper+"/void", m{"reason": " Salah berkas "}, "If-Match", p.header.Get("ETag")).want(200); r.text("void_reason") != "Salah berkas" {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "staff", "POST", paper+"/void", m{"reason": "Lagi"}).want(409, "wrong_state")
	o.do(t, "staff", "POST", path+"/papers", body).want(201)
	if got := o.do(t, "auditor", "GET", path+"/papers", nil).want(200).items(); len(got) != 2 {
		t.Errorf("voided ones stay in the list: %v", got)
	}
}

func TestRequiredPapersByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 900_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	path := "./agreements/" + o.do(t, "staff", "POST", "./agreements", terms("SPK/1", vendor, outlet, line, 2, 1_000_000)).want(201).id()
	o.do(t, "staff", "POST", "/paper-requirements", checklistBody("surat_minat")).want(403, "forbidden")
	for field, value := range map[string]any{"code": "Surat Minat", "kind": "pers", "method": "lelang", "form": "lisan", "owner": "bupati", "name_en": "", "basis": " "} {
		body := checklistBody("surat_minat")
		body[field] = value
		if r := o.do(t, "admin", "POST", "/paper-requirements", body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/" + field}) {
			t.Errorf("%s: %s", field, r.raw)
		}
	}
	asked := func(code string) any {
		for _, i := range o.do(t, "auditor", "GET", path+"/checklist", nil).want(200).items() {
			if i["code"] == code {
				return i["mandatory"]
			}
		}
		return nil
	}
	row := o.do(t, "admin", "POST", "/paper-requirements", checklistBody("surat_minat")).want(201)
	lenient := checklistBody("contract")
	lenient["mandatory"] = false
	o.do(t, "admin", "POST", "/paper-requirements", lenient).want(201)
	if asked("surat_minat") != true || asked("contract") != false || asked("catalogue_package") != true {
		t.Errorf("%v %v %v", asked("surat_minat"), asked("contract"), asked("catalogue_package"))
	}
	o.do(t, "admin", "POST", "/paper-requirements/"+row.id()+"/void", m{"reason": "Salah"}).want(200)
	o.do(t, "admin", "POST", "/paper-requirements/"+row.id()+"/void", m{"reason": "Salah"}).want(409, "wrong_state")
	if asked("surat_minat") != nil {
		t.Error("a void row is still asked for")
	}
	if n := len(o.do(t, "auditor", "GET", "/paper-requirements", nil).want(200).items()); n != 2 {
		t.Errorf("%d rows", n)
	}
	if n := len(o.do(t, "auditor", "GET", "/statutory-papers", nil).want(200).items()); n < 20 {
		t.Errorf("%d rows of the law", n)
	}
}

func TestCooperationListsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 900_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	path := "./agreements/" + o.do(t, "staff", "POST", "./agreements", terms("SPK/1", vendor, outlet, line, 2, 1_000_000)).want(201).id()
	if got := o.doubts(t, path, "not_cooperating"); got != nil {
		t.Errorf("no list, no question: %q", got)
	}
	o.do(t, "ppk", "POST", "/cooperation-lists", decreeBody("KEP/1")).want(403, "forbidden")
	list := "/cooperation-lists/" + o.do(t, "staff", "POST", "/cooperation-lists", decreeBody("KEP/1")).want(201).id()
	o.do(t, "staff", "POST", "/cooperation-lists", decreeBody("KEP/1")).want(409, "duplicate")
	if got := o.doubts(t, path, "not_cooperating"); !slices.Equal(got, []string{"/deliverables/0/outlet_id not_cooperating warn"}) {
		t.Errorf("got %q", got)
	}
	o.do(t, "staff", "POST", list+"/entries", m{}).want(422, "invalid")
	o.do(t, "staff", "POST", list+"/entries", m{"outlet_id": nobody}).want(422, "invalid")
	r := o.do(t, "staff", "POST", list+"/entries", m{"outlet_id": outlet}).want(201)
	entry := list + "/entries/" + fmt.Sprint(r.body["entries"].([]any)[0].(m)["id"])
	o.do(t, "staff", "POST", list+"/entries", m{"outlet_id": outlet}).want(409, "duplicate")
	if got := o.doubts(t, path, "not_cooperating"); got != nil {
		t.Errorf("on the list: %q", got)
	}
	o.do(t, "staff", "POST", entry+"/void", m{"reason": "Berhenti terbit"}).want(200)
	o.do(t, "staff", "POST", entry+"/void", m{"reason": "Berhenti terbit"}).want(409, "wrong_state")
	if got := o.doubts(t, path, "not_cooperating"); len(got) != 1 {
		t.Errorf("off the list: %q", got)
	}
	o.do(t, "staff", "POST", list+"/void", m{"reason": "Salah tahun"}).want(200)
	o.do(t, "staff", "POST", list+"/entries", m{"outlet_id": outlet}).want(409, "wrong_state")
	if got := o.doubts(t, path, "not_cooperating"); got != nil {
		t.Errorf("the only list is void: %q", got)
	}
	elsewhere := decreeBody("KEP/SETWAN")
	for _, a := range o.do(t, "auditor", "GET", "/agencies", nil).want(200).items() {
		if a["code"] == "SETWAN" {
			elsewhere["agency_id"] = a["id"]
		}
	}
	o.do(t, "staff", "POST", "/cooperation-lists", elsewhere).want(201)
	if got := o.doubts(t, path, "not_cooperating"); got != nil {
		t.Errorf("another agency's list: %q", got)
	}
	o.do(t, "staff", "GET", "/cooperation-lists?fiscal_year=2026", nil).want(200)
}
