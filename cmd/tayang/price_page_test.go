package main

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// priceListForm is the form of a price list with a file in it.
func (v *visitor) priceListForm(content string) form {
	v.t.Helper()
	f := v.get("/price-references/import").want(200).forms()[0].filled()
	for i := range f.inputs {
		switch in := &f.inputs[i]; in.name {
		case "file":
			in.content, in.filename, in.media = []byte(content), "ssh.csv", "text/csv"
		case "valid_from":
			in.value = "2026-01-01"
		case "tax_inclusive":
			in.value = "true"
		}
	}
	return f
}

func TestPriceListFromThePage(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	v := s.visitor(t, "staff")
	const good = "STANDAR HARGA 2026\nuraian barang;satuan;harga satuan\nAdlib;siaran;Rp 300.000\nReel;konten;1.500.000,00\n"
	wrong := v.get(v.submit(v.priceListForm(good+"Story;konten;gratis\n")).want(303).location).want(200).has(1, "#complaints tbody tr").has(0, "form.desk-form .btn-primary")
	if got := wrong.words("#complaints tbody tr"); !strings.Contains(got, "5") || !strings.Contains(got, "harga satuan") {
		t.Errorf("%s", got)
	}
	ready := v.get(v.submit(v.priceListForm(good)).want(303).location).want(200).has(0, "#complaints").has(2, "#import-rows tbody tr")
	took := v.submit(ready.forms()[0]).want(303)
	if took.location != "/price-references" {
		t.Errorf("on to %s", took.location)
	}
	v.get("/price-references?q=adlib").want(200).has(1, "#rows tbody tr")
	again := v.get(v.submit(v.priceListForm(good)).want(303).location).want(200).has(0, "#import-rows").has(0, "form.desk-form .btn-primary")
	again.shows("Tidak ada yang berubah")
	v.submit(v.priceListForm("\x89PNG\r\n\x1a\n\x00")).want(415).has(1, "main .summary a[href='#f-file']")
	v.submit(v.priceListForm("a;b\nc;d\n")).want(422).has(1, "main .summary a[href='#f-file']")
	if got := s.visitor(t, "ppk").get("/price-references/import"); got.status != 403 {
		t.Errorf("%d", got.status)
	}
}

// The prices stand beside their references on the form, on the record and before each decision, in words.
func TestPricesAreShownBesideTheirReferences(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.do(t, "staff", "POST", "/price-references", m{
		"product": "advertorial", "unit": "artikel", "unit_price": 900_000, "tax_inclusive": true, "basis": "Perbup 41/2025", "valid_from": "2026-01-01",
	}).want(201)
	v := s.visitor(t, "staff")
	verdicts := func(got screen) (out []string) {
		got.doc.Find("#prices tbody tr td:nth-child(6)").Each(func(_ int, c *goquery.Selection) { out = append(out, strings.TrimSpace(c.Text())) })
		return out
	}
	for page, who := range map[string]*visitor{s.draft: v, s.draft + "/edit": v, s.draft + "/submit": v, s.submitted + "/approve": s.visitor(t, "ppk")} {
		got := who.get(page).want(200).has(1, "#prices").has(1, "#prices .state-red")
		if said := verdicts(got); len(said) != 1 || said[0] != "melebihi" {
			t.Errorf("%s: %q", page, said)
		}
		if text := got.words("#prices tbody tr"); !strings.Contains(text, "Perbup 41/2025") || !strings.Contains(text, "SP/") {
			t.Errorf("%s: %s", page, text)
		}
	}
	v.get(s.draft).want(200).shows("melebihi harga acuan")
}

// list sends a price list and gives the address of its preview.
func (v *visitor) list(t testing.TB, content string) string {
	t.Helper()
	return v.submit(v.priceListForm(content)).want(303).location
}
