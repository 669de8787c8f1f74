package main

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"testing"
)

// upload is a multipart body with its content type; name, value pairs are texts, and the file comes last.
func upload(t testing.TB, filename, mediaType, content string, texts ...string) (body []byte, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(texts); i += 2 {
		if err := w.WriteField(texts[i], texts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if filename != "" {
		h := textproto.MIMEHeader{"Content-Type": {mediaType}, "Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename=%q`, filename)}}
		part, err := w.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

// paper keeps a PDF and gives its SHA-256.
func (o *office) paper(t testing.TB, text string) string {
	t.Helper()
	body, kind := upload(t, "akta.pdf", "application/pdf", "%PDF-1.7\n"+text)
	return o.do(t, "staff", "POST", "/files", body, "Content-Type", kind).want(201).text("sha256")
}

func vendorBody() m {
	return m{
		"kind": "company", "legal_name": "PT Kabar Contoh", "npwp": "01.234.567.8-901.234", "nib": "1234567890123", "kbli": []string{"60102"},
		"vat_registered": true, "pp55": m{"number": "S-1/2026", "valid_until": "2026-12-31"},
		"bank": m{"name": "Bank Contoh", "account_number": "0011223344", "account_owner": "PT Kabar Contoh"}, "address": "Jalan Contoh 1",
	}
}

func TestVendorsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.do(t, "staff", "POST", "/vendors", vendorBody()).want(201)
	path := "/vendors/" + v.id()
	if v.text("npwp") != "012345678901234" || v.header.Get("ETag") != `"1"` || v.number("version") != 1 {
		t.Fatalf("created: %s", v.raw)
	}
	t.Run("only what is needed is asked for", func(t *testing.T) {
		small := o.do(t, "staff", "POST", "/vendors", m{"kind": "individual", "legal_name": "Ani"}).want(201)
		if small.text("npwp") != "" || small.text("vat_registered") != "false" || small.text("kbli") != "[]" {
			t.Errorf("what is not said is empty: %s", small.raw)
		}
	})
	t.Run("every wrong field is named", func(t *testing.T) {
		r := o.do(t, "staff", "POST", "/vendors", m{
			"kind": "ngo", "legal_name": "", "npwp": "1", "nik": "2", "nib": "3",
			"kbli": []string{"60102", "x"}, "pp55": m{"number": "S"}, "bank": m{"name": "B"},
		}).want(422, "invalid")
		want := []string{"/kind", "/legal_name", "/npwp", "/nik", "/nib", "/kbli/1", "/pp55/valid_until", "/bank/account_owner", "/bank/account_number"}
		if !slices.Equal(r.pointers(), want) {
			t.Errorf("want %v, got %s", want, r.raw)
		}
		r = o.do(t, "staff", "POST", "/vendors", m{"legal_name": 5, "colour": "red"}).want(422, "invalid")
		if got := r.pointers(); !slices.Contains(got, "/kind") || !slices.Contains(got, "/legal_name") || !slices.Contains(got, "/colour") {
			t.Errorf("got %v", got)
		}
	})
	t.Run("a taxpayer is one vendor", func(t *testing.T) {
		r := o.do(t, "staff.setwan", "POST", "/vendors", m{"kind": "company", "legal_name": "PT Lain", "npwp": "0012345678901234"}).want(409, "duplicate")
		if !slices.Equal(r.pointers(), []string{"/npwp"}) {
			t.Errorf("the field is named: %s", r.raw)
		}
	})
	t.Run("a change names its fields, null clears, nested fields stay", func(t *testing.T) {
		o.do(t, "staff", "PATCH", path, m{"address": "x"}).want(428, "if_match_required")
		o.do(t, "staff", "PATCH", path, m{"legal_name": nil}, "If-Match", `"1"`).want(422, "invalid")
		changed := o.do(t, "staff.setwan", "PATCH", path, m{"address": nil, "pp55": nil, "bank": m{"name": "Bank Lain"}}, "If-Match", `"1"`).want(200)
		bank := changed.body["bank"].(m)
		if changed.text("address") != "" || changed.body["pp55"].(m)["valid_until"] != nil || bank["name"] != "Bank Lain" ||
			bank["account_number"] != "0011223344" || changed.text("npwp") != "012345678901234" || changed.header.Get("ETag") != `"2"` {
			t.Errorf("changed: %s", changed.raw)
		}
		o.do(t, "staff", "PATCH", path, m{"address": "x"}, "If-Match", `"1"`).want(412, "stale")
	})
	t.Run("numbers are masked for who does not need them", func(t *testing.T) {
		if got := o.do(t, "admin", "GET", path, nil).want(200); got.text("npwp") != "************1234" || got.body["bank"].(m)["account_number"] != "************3344" {
			t.Errorf("an administrator sees %s", got.raw)
		}
		if got := o.do(t, "auditor", "GET", path, nil).want(200); got.text("npwp") != "012345678901234" {
			t.Errorf("an auditor sees %s", got.raw)
		}
	})
	t.Run("a list is searched, filtered and sorted", func(t *testing.T) {
		if got := o.do(t, "auditor", "GET", "/vendors?q=kabar&kind=company&vat_registered=true&sort=-legal_name&count=true", nil).want(200); got.number("total") != 1 || got.items()[0]["id"] != v.id() {
			t.Errorf("found %s", got.raw)
		}
		for _, number := range []string{"012345678901234", "01.234.567.8-901.234", "34567890"} {
			path := "/vendors?q=" + number
			if got := o.do(t, "staff", "GET", path, nil).want(200).items(); len(got) != 1 || got[0]["id"] != v.id() {
				t.Errorf("%s finds %v", path, got)
			}
			if got := o.do(t, "admin", "GET", path, nil).want(200).items(); len(got) != 0 {
				t.Errorf("who sees no numbers finds none by %s, but found %v", path, got)
			}
		}
		o.do(t, "auditor", "GET", "/vendors?colour=red", nil).want(422, "invalid")
	})
	t.Run("the same key gives the same vendor", func(t *testing.T) {
		body := m{"kind": "company", "legal_name": "PT Sekali", "npwp": "0000000000000001"}
		first := o.do(t, "staff", "POST", "/vendors", body, "Idempotency-Key", "k1").want(201)
		again := o.do(t, "staff", "POST", "/vendors", body, "Idempotency-Key", "k1").want(201)
		if !bytes.Equal(first.raw, again.raw) {
			t.Errorf("first %s, again %s", first.raw, again.raw)
		}
	})
}

func TestVendorFilesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	path := "/vendors/" + o.do(t, "staff", "POST", "/vendors", vendorBody()).want(201).id()
	sum := o.paper(t, "akta")
	doc := o.do(t, "staff", "POST", path+"/documents", m{"kind": "deed", "name": "Akta", "number": "12", "date": "2001-04-05", "file": sum}).want(201)
	o.do(t, "staff", "POST", path+"/documents", m{"kind": "deed", "name": "Akta", "file": sum}).want(409, "duplicate")
	if r := o.do(t, "staff", "POST", path+"/documents", m{"kind": "deed", "name": "Akta", "file": strings.Repeat("0", 64)}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/file"}) {
		t.Errorf("a file that was not sent: %s", r.raw)
	}
	if got := o.do(t, "ppk", "GET", path+"/documents", nil).want(200).items(); len(got) != 1 || got[0]["id"] != doc.id() || got[0]["valid_until"] != nil {
		t.Errorf("documents %v", got)
	}
	check := o.do(t, "staff", "POST", path+"/checks", m{"subject": "NPWP", "checked_on": "2026-01-02", "result": "pass"}).want(201)
	if check.text("checked_by") != "staff@contoh.go.id" {
		t.Errorf("check %s", check.raw)
	}
	if r := o.do(t, "staff", "POST", path+"/checks", m{"subject": "NPWP", "checked_on": "2999-01-02", "result": "maybe"}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/checked_on", "/result"}) {
		t.Errorf("check %s", r.raw)
	}
	if got := o.do(t, "auditor", "GET", path+"/checks?result=pass", nil).want(200).items(); len(got) != 1 || got[0]["id"] != check.id() {
		t.Errorf("checks %v", got)
	}
}

func TestOutletsAndSocialAccountsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor := o.do(t, "staff", "POST", "/vendors", vendorBody()).want(201).id()
	outlet := o.do(t, "staff", "POST", "/outlets", m{
		"vendor_id": vendor, "kind": "online", "name": "Kabar", "domain": "Kabar.Example",
		"press_certificate": m{"number": "1/DP", "date": "2025-01-02", "valid_until": nil},
	}).want(201)
	if outlet.text("domain") != "kabar.example" || outlet.text("press_status") != "unlisted" || outlet.text("vendor_name") != "PT Kabar Contoh" {
		t.Errorf("outlet %s", outlet.raw)
	}
	changed := o.do(t, "staff", "PATCH", "/outlets/"+outlet.id(), m{"press_status": "factual"}, "If-Match", outlet.header.Get("ETag")).want(200)
	if changed.text("press_status") != "factual" || changed.body["press_certificate"].(m)["number"] != "1/DP" {
		t.Errorf("changed %s", changed.raw)
	}
	if got := o.do(t, "auditor", "GET", "/outlets?vendor_id="+vendor+"&press_status=factual,administrative", nil).want(200).items(); len(got) != 1 {
		t.Errorf("outlets %v", got)
	}
	if r := o.do(t, "staff", "POST", "/outlets", m{"vendor_id": "0190f5e2-0000-7000-8000-000000000000", "kind": "online", "name": "Kabar"}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/vendor_id"}) {
		t.Errorf("a vendor that is not there: %s", r.raw)
	}

	account := o.do(t, "staff", "POST", "/social-accounts", m{
		"vendor_id": vendor, "platform": "instagram", "handle": "@kabar.contoh",
		"url": "https://www.instagram.com/kabar.contoh",
	}).want(201)
	if account.text("handle") != "kabar.contoh" || account.body["followers"] != nil {
		t.Errorf("account %s", account.raw)
	}
	o.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": vendor, "platform": "instagram", "handle": "KABAR.contoh"}).want(409, "duplicate")
	path := "/social-accounts/" + account.id()
	snapshot := m{"taken_on": "2026-02-01", "followers": 52000, "engagement_rate": "3.250", "file": o.paper(t, "layar")}
	if got := o.do(t, "staff", "POST", path+"/snapshots", snapshot).want(201); got.text("engagement_rate") != "3.25" {
		t.Errorf("snapshot %s", got.raw)
	}
	o.do(t, "staff", "POST", path+"/snapshots", snapshot).want(409, "duplicate")
	snapshot["engagement_rate"] = 3.25
	o.do(t, "staff", "POST", path+"/snapshots", snapshot).want(422, "invalid")
	if got := o.do(t, "auditor", "GET", path, nil).want(200); got.number("followers") != 52000 || got.text("followers_on") != "2026-02-01" {
		t.Errorf("account %s", got.raw)
	}
	o.do(t, "staff", "PATCH", path, m{"handle": "kabar"}, "If-Match", `"1"`).want(200)
	if got := o.do(t, "auditor", "GET", path+"/snapshots", nil).want(200).items(); len(got) != 1 {
		t.Errorf("snapshots %v", got)
	}
}

func TestAgenciesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	body := m{"code": "BAPPEDA", "name": "Badan Perencanaan", "scheme": "apbd", "currency": "IDR"}
	o.do(t, "staff", "POST", "/agencies", body).want(403, "forbidden")
	made := o.do(t, "admin", "POST", "/agencies", body).want(201)
	o.do(t, "admin", "POST", "/agencies", body).want(409, "duplicate")
	o.do(t, "admin", "PATCH", "/agencies/BAPPEDA", m{"name": "Bappeda"}).want(428)
	changed := o.do(t, "admin", "PATCH", "/agencies/BAPPEDA", m{"name": "Bappeda", "currency": "EUR"}, "If-Match", made.header.Get("ETag")).want(200)
	if changed.text("name") != "Bappeda" || changed.text("currency") != "EUR" || changed.number("version") != 2 {
		t.Errorf("changed %s", changed.raw)
	}
	if got := o.do(t, "staff", "GET", "/agencies/BAPPEDA", nil).want(200); !bytes.Equal(got.raw, changed.raw) {
		t.Errorf("got %s", got.raw)
	}
	if got := o.do(t, "staff", "GET", "/agencies?limit=2", nil).want(200); len(got.items()) != 2 || got.body["next_cursor"] == nil {
		t.Errorf("agencies %s", got.raw)
	}
	o.do(t, "staff", "GET", "/agencies/NONE", nil).want(404, "not_found")
	o.budget(t, 1_000_000)
	r := o.do(t, "admin", "PATCH", "/agencies/DISKOMINFO", m{"currency": "EUR"}, "If-Match", `"1"`).want(409, "agency_in_use")
	if !slices.Equal(r.pointers(), []string{"/currency"}) {
		t.Errorf("the field is named: %s", r.raw)
	}
}

func TestCampaignsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	body := m{"name": "Imunisasi", "start_date": "2026-02-01", "end_date": "2026-04-30"}
	made := o.do(t, "staff", "POST", "./campaigns", body).want(201)
	path := "./campaigns/" + made.id()
	changed := o.do(t, "staff", "PATCH", path, m{"objective": "95% balita"}, "If-Match", made.header.Get("ETag")).want(200)
	if changed.text("objective") != "95% balita" || changed.text("name") != "Imunisasi" || changed.header.Get("ETag") != `"2"` {
		t.Errorf("changed %s", changed.raw)
	}
	body["end_date"] = "2026-01-01"
	if r := o.do(t, "staff", "POST", "./campaigns", body).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/end_date"}) {
		t.Errorf("backwards: %s", r.raw)
	}
	if got := o.do(t, "auditor", "GET", "./campaigns?start_date_from=2026-02-01&start_date_to=2026-02-28", nil).want(200).items(); len(got) != 1 {
		t.Errorf("campaigns %v", got)
	}
	o.do(t, "ppk", "POST", "./campaigns", body).want(403, "forbidden")
	o.do(t, "staff.setwan", "GET", path, nil).want(404, "not_found")
	o.do(t, "staff.setwan", "GET", strings.Replace(path, "./", "/agencies/SETWAN/", 1), nil).want(404, "not_found")
}

func TestFilesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	sum := o.paper(t, "satu")
	got := o.do(t, "auditor", "GET", "/files/"+sum, nil).want(200)
	h := got.header
	if string(got.raw) != "%PDF-1.7\nsatu" || h.Get("Content-Type") != "application/pdf" || h.Get("ETag") != `"`+sum+`"` ||
		!strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("content %q with %v", got.raw, h)
	}
	o.do(t, "auditor", "GET", "/files/"+sum, nil, "If-None-Match", `"`+sum+`"`).want(304)
	o.do(t, "admin", "GET", "/files/"+sum, nil).want(404, "not_found")
	o.do(t, "staff", "GET", "/files/"+strings.Repeat("0", 64), nil).want(404, "not_found")
	o.do(t, "staff", "GET", "/files/..%2F..%2Fetc%2Fpasswd", nil).want(404, "not_found")

	t.Run("the same key gives the same file", func(t *testing.T) {
		body, kind := upload(t, "a.pdf", "application/pdf", "%PDF-1.7\ndua")
		first := o.do(t, "staff", "POST", "/files", body, "Content-Type", kind, "Idempotency-Key", "k1").want(201)
		again := o.do(t, "staff", "POST", "/files", body, "Content-Type", kind, "Idempotency-Key", "k1").want(201)
		if !bytes.Equal(first.raw, again.raw) || again.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("first %s, again %s", first.raw, again.raw)
		}
		body, kind = upload(t, "a.pdf", "application/pdf", "%PDF-1.7\ntiga")
		o.do(t, "staff", "POST", "/files", body, "Content-Type", kind, "Idempotency-Key", "k1").want(422, "idempotency_key_reused")
	})
	send := func(who, filename, mediaType, content string, texts ...string) reply {
		body, kind := upload(t, filename, mediaType, content, texts...)
		return o.do(t, who, "POST", "/files", body, "Content-Type", kind)
	}
	for _, c := range []struct {
		name   string
		r      reply
		status int
		code   string
		fields []string
	}{
		{"nobody's", send("auditor", "a.pdf", "application/pdf", "%PDF-1.7"), 403, "forbidden", nil},
		{"empty", send("staff", "a.pdf", "application/pdf", ""), 422, "invalid", []string{"/file"}},
		{"missing", send("staff", "", "", ""), 422, "invalid", []string{"/file"}},
		{"with a text", send("staff", "a.pdf", "application/pdf", "%PDF-1.7", "colour", "red"), 422, "invalid", []string{"/colour"}},
		{"another type than it says", send("staff", "a.png", "image/png", "%PDF-1.7"), 415, "file_type_mismatch", []string{"/file"}},
		{"a page", send("staff", "a.html", "text/html", "<html><script>"), 415, "file_type_not_allowed", []string{"/file"}},
		{"too large", send("staff", "a.pdf", "application/pdf", "%PDF-1.7"+strings.Repeat(" ", fileBytesMax)), 413, "file_too_large", []string{"/file"}},
		{"no form", o.do(t, "staff", "POST", "/files", m{"file": "x"}), 415, "unsupported_media_type", nil},
		{"cut off", o.do(t, "staff", "POST", "/files", []byte("--b\r\nContent-"), "Content-Type", "multipart/form-data; boundary=b"), 400, "malformed", nil},
		{"no boundary", o.do(t, "staff", "POST", "/files", []byte("--b"), "Content-Type", "multipart/form-data"), 400, "malformed", nil},
	} {
		if c.r.status != c.status || c.r.body["code"] != c.code || !slices.Equal(c.r.pointers(), c.fields) {
			t.Errorf("%s: want %d %s %v, got %d %s", c.name, c.status, c.code, c.fields, c.r.status, c.r.raw)
		}
	}
}
