package main

import (
	"net/url"
	"strings"
	"testing"
)

// TestAmendmentByPages proposes an amendment with a new line, has it decided, and reads what became of it.
func TestAmendmentByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, ppk := s.visitor(t, "staff"), s.visitor(t, "ppk")
	home := ppk.get("./home").want(200).shows("perjanjian dengan adendum menunggu persetujuan")
	link := home.attr("main a[href*='amendment=proposed']", "href")
	ppk.get(link).want(200).has(2, "#rows tbody tr").shows("SP/ADENDUM", "SP/BATAL")

	form := staff.get(s.plain+"/amend").want(200).has(0, "[name^='added.']").forms()[0].filled()
	values := url.Values{"add": {"1"}}
	for _, in := range form.inputs {
		values.Set(in.name, in.value)
	}
	values.Set("deliverables.0.quantity", "8")
	values.Set("deliverables.0.unit_price", "900.000")
	more := staff.post(s.plain+"/amend", values).want(200).has(1, "[name='added.0.product']")
	if got := more.attr("[name='deliverables.0.quantity']", "value"); got != "8" {
		t.Errorf("what was typed is lost: %s", got)
	}
	values.Del("add")
	for name, value := range map[string]string{
		"product": "Banner", "unit": "bulan", "quantity": "2", "unit_price": "1.110.000", "tax_inclusive": "yes",
		"channel":        more.attr("[name='added.0.channel'] option:last-child", "value"),
		"budget_line_id": more.attr("[name='added.0.budget_line_id'] option:last-child", "value"),
	} {
		values.Set("added.0."+name, value)
	}
	values.Set("added.1.product", " ") // a row that is empty does not count
	wrong := url.Values{}
	for name := range values {
		wrong.Set(name, values.Get(name))
	}
	wrong.Set("added.0.unit", "")
	wrong.Set("added.0.quantity", "0")
	staff.post(s.plain+"/amend", wrong).want(422).has(1, "main .summary a[href='#f-added-0-unit']").has(1, "main .summary a[href='#f-added-0-quantity']")
	wrong.Set("added.0.unit", "bulan")
	wrong.Set("added.0.quantity", "9")
	staff.post(s.plain+"/amend", wrong).want(422).shows("10% di atas nilai awal (Perpres 16/2018 pasal 54 ayat (2))")

	staff.post(s.plain+"/amend", values).want(303)
	seen := staff.get(s.plain).want(200).has(2, "#amendment-rows tbody tr").shows("Adendum F/1 menunggu keputusan", "10 → 8", "1.000.000 → 900.000", "item baru", "15 Des 2026 → 31 Des 2026").
		has(0, "main .page-head .actions a[href$='/close']").has(1, "main .page-head .actions a[href$='/withdraw']")
	if got := seen.words("#amendment-rows tfoot"); !strings.Contains(got, "10.000.000") || !strings.Contains(got, "9.420.000") || !strings.Contains(got, "−580.000") {
		t.Errorf("what it does in all: %s", got)
	}
	staff.get(s.plain + "/amend").want(409).shows("F/1")
	decide := ppk.get(s.plain + "/approve").want(200).shows("Putuskan adendum F/1").forms()[0]
	for i, in := range decide.inputs {
		if in.name == "verb" {
			decide = decide.with(i, func(in *entry) { in.value = "approve" })
		}
	}
	ppk.submit(decide).want(303)
	ppk.get(s.plain).want(200).has(2, "#deliverable-rows tbody tr").has(0, "#amendment").has(1, "#amendment-history tbody tr").
		shows("Rp9.420.000", "31 Des 2026", "disetujui", "ppk@contoh.go.id")
}
