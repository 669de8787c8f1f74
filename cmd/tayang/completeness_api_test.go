package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"mime/multipart"
	"slices"
	"strings"
	"testing"
)

// putPaper sends a paper into the file of a payment, with a text of its own.
func (o *office) putPaper(t testing.TB, who, payment, code, text string, more ...string) reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fields := append([]string{"code", code, "number", text, "date", "2026-03-12"}, more...)
	for i := 0; i < len(fields); i += 2 {
		if err := form.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("file", "../../"+code+".pdf")
	if err == nil {
		_, err = fmt.Fprintf(file, "%%PDF-1.7\n%s %s", code, text)
	}
	if err != nil || form.Close() != nil {
		t.Fatal(err)
	}
	return o.do(t, who, "POST", payment+"/papers", body.Bytes(), "Content-Type", form.FormDataContentType())
}

// states are the papers of a file by code.
func states(r reply) map[string]string {
	out := map[string]string{}
	for _, i := range r.items() {
		out[fmt.Sprint(i["code"])] = fmt.Sprint(i["state"])
	}
	return out
}

func TestTheFileOfAPaymentByAPI(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	file := s.do(t, "auditor", "GET", s.requested+"/completeness", nil).want(200)
	is := states(file)
	for code, want := range map[string]string{
		"receipt": "present", "proof": "present", "bast": "present", "invoice": "present", "spp": "present", "bap": "missing", "recap": "missing", "sp2d": "later",
		"withholding_slip": "later", "addendum": "not_applicable",
	} {
		if is[code] != want {
			t.Errorf("%s: %s, want %s", code, is[code], want)
		}
	}
	was := file.number("lacking")
	bap := s.putPaper(t, "staff", s.requested, "bap", "BAP/1", "origin", "vendor").want(201)
	if bap.text("origin") != "vendor" || bap.text("filename") != "bap.pdf" || bap.text("date") != "2026-03-12" {
		t.Errorf("%s", bap.raw)
	}
	after := s.do(t, "auditor", "GET", s.requested+"/completeness", nil).want(200)
	if after.number("lacking") != was-1 || states(after)["bap"] != "present" {
		t.Errorf("after the report: %s", after.raw)
	}
	s.do(t, "staff", "POST", s.requested+"/papers/"+bap.id()+"/void", m{"reason": "Salah pindai"}).want(200)
	s.do(t, "staff", "POST", s.requested+"/papers/"+bap.id()+"/void", m{"reason": "Salah pindai"}).want(409, "wrong_state")
	if n := len(s.do(t, "auditor", "GET", s.requested+"/papers", nil).want(200).items()); n != 2 {
		t.Errorf("%d papers, want the receipt and the voided report", n)
	}
	if r := s.putPaper(t, "staff", s.requested, "proof", "x").want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/code"}) {
		t.Errorf("%s", r.raw)
	}
	if r := s.putPaper(t, "staff", s.requested, "bap", "x", "date", "12-03-2026"); r.status != 422 {
		t.Errorf("two dates: %s", r.raw)
	}
	s.putPaper(t, "auditor", s.requested, "bap", "x").want(403, "forbidden")
	s.do(t, "auditor", "GET", "./payments/"+nobody+"/completeness", nil).want(404)
	s.do(t, "staff.setwan", "GET", s.requested+"/completeness", nil).want(404)
}

func TestWhoOwesWhatByAPI(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	all := s.do(t, "auditor", "GET", "./missing-papers?limit=500&count=true", nil).want(200)
	if len(all.items()) == 0 || all.number("total") != int64(len(all.items())) {
		t.Fatalf("%s", all.raw)
	}
	n := 0
	for _, owner := range []string{"staff", "ppk", "procurement", "vendor", "treasurer", "verifier"} {
		for _, i := range s.do(t, "auditor", "GET", "./missing-papers?limit=500&owner="+owner, nil).want(200).items() {
			if i["owner"] != owner {
				t.Errorf("%v among those of %s", i, owner)
			}
			n++
		}
	}
	if n != len(all.items()) {
		t.Errorf("%d by owner, %d in all", n, len(all.items()))
	}
	s.do(t, "auditor", "GET", "./missing-papers?color=red", nil).want(422)
	s.do(t, "auditor", "GET", "./missing-papers?cursor=x", nil).want(422)
	a := s.do(t, "auditor", "GET", s.active+"/completeness", nil).want(200)
	if is := states(a); is["agreement"] != "present" || is["spp"] != "" {
		t.Errorf("%v", is)
	}
}

func TestAFileAsOneArchiveByAPI(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	r := s.do(t, "auditor", "GET", s.requested+"/file.zip", nil).want(200)
	z, err := zip.NewReader(bytes.NewReader(r.raw), int64(len(r.raw)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	has := func(part string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, part) })
	}
	if !has("index.csv") || !has("index.html") || !has("_receipt/receipt_") || !has("_proof/") || !has("_invoice/") || has("..") {
		t.Errorf("%v", names)
	}
	s.do(t, "auditor", "GET", s.active+"/file.zip", nil).want(200)
	s.do(t, "staff.setwan", "GET", s.requested+"/file.zip", nil).want(404)
}

// payWhole uploads what the file of a payment lacks before its order; what cannot be uploaded stays as it is.
func (o *office) payWhole(t testing.TB, payment string) {
	t.Helper()
	for _, i := range o.do(t, "auditor", "GET", payment+"/completeness", nil).want(200).items() {
		if i["upload"] == true && i["mandatory"] == true && i["state"] == "missing" && i["stage"] != "settlement" {
			code := fmt.Sprint(i["code"])
			o.putPaper(t, "treasurer", payment, code, "NO/"+code).want(201)
		}
	}
}
