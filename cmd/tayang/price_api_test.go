package main

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"testing"
)

// sendList sends a price list as staff.
func (o *office) sendList(t testing.TB, who, path, content string, values m, headers ...string) reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, v := range values {
		if err := form.WriteField(name, fmt.Sprint(v)); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", "ssh.csv")
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return o.do(t, who, http.MethodPost, path, body.Bytes(), append(headers, "Content-Type", form.FormDataContentType())...)
}

// child is an object below another, the first of a list.
func child(of m, name string) m {
	if all, ok := of[name].([]any); ok && len(all) > 0 {
		return all[0].(m)
	}
	return of[name].(m)
}

func TestPriceReferencesByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := o.budget(t, 200_000_000)
	vendor, outlet := o.medium(t, "0123456789012345")
	body := m{
		"product": "advertorial", "outlet_kind": "online", "unit": "artikel", "unit_price": 1_000_000, "tax_inclusive": true,
		"basis": "Perbup 41/2025", "valid_from": "2026-01-01", "valid_until": "2026-12-31",
	}
	r := o.do(t, "staff", "POST", "/price-references", body).want(201)
	o.do(t, "ppk", "POST", "/price-references", body).want(403, "forbidden")
	o.do(t, "staff", "POST", "/price-references", body).want(409, "overlaps")
	both := m{"tier": "makro"}
	for k, v := range body {
		both[k] = v
	}
	if got := o.do(t, "staff", "POST", "/price-references", both).want(422, "invalid").pointers(); !slices.Equal(got, []string{"/tier"}) {
		t.Errorf("%v", got)
	}
	if got := o.do(t, "auditor", "GET", "/price-references?product=advertorial&q=perbup&valid_from_to=2026-06-01", nil).want(200).items(); len(got) != 1 {
		t.Errorf("%v", got)
	}
	check := "./price-check?product=Advertorial&unit=artikel&unit_price=1000001&tax_inclusive=true&order_date=2026-02-02&vendor_id=" + vendor + "&outlet_id=" + outlet
	if got := o.do(t, "ppk", "GET", check, nil).want(200); child(got.body, "judgement")["verdict"] != "above" || got.number("difference") != 1 {
		t.Errorf("%s", got.raw)
	}
	o.do(t, "ppk", "GET", "./price-check?product=x&unit_price=a&vendor_id=1", nil).want(422, "invalid")

	dear := o.do(t, "staff", "POST", "./agreements", terms("SP/1", vendor, outlet, lines[0], 2, 1_200_000)).want(201)
	if d := child(dear.body, "deliverables"); d["price_verdict"] != "above" || d["price_reference_id"] != r.id() || fmt.Sprint(d["reference_price"]) != "1000000" {
		t.Fatalf("%v", d)
	}
	path := "./agreements/" + dear.id()
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	refused := o.do(t, "ppk", "POST", path+"/approve", nil).want(409, "not_ready")
	if got := refused.pointers(); !slices.Contains(got, "/deliverables/0/unit_price") {
		t.Errorf("%s", refused.raw)
	}
	v := o.do(t, "staff", "POST", "/price-references/"+r.id()+"/void", m{"reason": "salah"}).want(200)
	if v.text("void_reason") != "salah" {
		t.Errorf("%s", v.raw)
	}
	o.do(t, "staff", "POST", "/price-references/"+r.id()+"/void", m{"reason": "salah"}).want(409, "wrong_state")
	o.do(t, "ppk", "POST", path+"/approve", nil).want(200)
}

func TestPriceListsByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const content = "kode barang,uraian barang,satuan,harga satuan,kode rekening\n1.1,Adlib,siaran,\"300.000,00\",\"5.1.02.02.01.0055,5.1.02.02.01.0062\"\n1.2,Videotron,pekan,8000000,\n"
	values := m{"basis": "Perbup 41/2025", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
	got := o.sendList(t, "staff", "/price-references/import/preview", content, values).want(200)
	if got.number("new") != 2 || got.body["committed"] != false {
		t.Fatalf("%s", got.raw)
	}
	if n := len(o.do(t, "staff", "GET", "/price-references", nil).want(200).items()); n != 0 {
		t.Fatalf("a preview wrote %d rows", n)
	}
	first := o.sendList(t, "staff", "/price-references/import", content, values, "Idempotency-Key", "list-1").want(201)
	if again := o.sendList(t, "staff", "/price-references/import", content, values, "Idempotency-Key", "list-2").want(201); again.number("unchanged") != 2 || again.number("new") != 0 {
		t.Errorf("%s", again.raw)
	}
	rows := o.do(t, "staff", "GET", "/price-references?sort=item_code", nil).want(200).items()
	if len(rows) != 2 || fmt.Sprint(rows[0]["account_codes"]) != "[5.1.02.02.01.0055 5.1.02.02.01.0062]" || rows[0]["source_file"] != first.text("file") {
		t.Errorf("%v", rows)
	}
	o.do(t, "auditor", "GET", "/files/"+first.text("file"), nil).want(200)
	bad := o.sendList(t, "staff", "/price-references/import/preview", content+"1.3,Reel,konten,gratis,\n", values).want(200)
	if c := child(bad.body, "complaints"); fmt.Sprint(c["row"]) != "4" || c["column"] != "harga satuan" || c["detail"] == "" || bad.number("wrong") != 1 {
		t.Errorf("%s", bad.raw)
	}
	if got := o.sendList(t, "staff", "/price-references/import", content+"1.3,Reel,konten,gratis,\n", values).want(422, "import_refused").pointers(); !slices.Equal(got, []string{"/rows/3/unit_price"}) {
		t.Errorf("%v", got)
	}
	o.sendList(t, "staff", "/price-references/import", "%PDF-1.7\x00", values).want(415, "workbook_unreadable")
	o.sendList(t, "staff", "/price-references/import", content, m{"valid_from": "besok", "tax_inclusive": "mungkin", "basis": "x"}).want(422, "invalid")
	o.sendList(t, "ppk", "/price-references/import", content, values).want(403, "forbidden")
	o.do(t, "staff", "POST", "/price-references/import", m{}).want(415)
}
