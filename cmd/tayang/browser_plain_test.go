package main

import (
	"testing"
	"time"

	"tayang/app/period"
)

// TestPagesWorkWithoutScript signs in, walks a list, and enters an agreement with the buttons that stand in for the
// scripts: recalculate, add a row.
func TestPagesWorkWithoutScript(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	today := period.DateOf(time.Now(), o.p.place)
	day := today.String()
	b := budgetBody("original", "DPA/1", 5_000_000)
	b["fiscal_year"], b["date"] = today.Year(), day
	v := o.do(t, "staff", "POST", "./budget-versions", b).want(201)
	o.do(t, "head", "POST", "./budget-versions/"+v.id()+"/lock", nil).want(200)
	o.medium(t, "012345678901234")
	d := newDesk(t, newBrowser(t), o.url)
	d.withoutScript()
	d.signIn("staff")

	d.open("/vendors?q=nobody")
	d.sees("main", "Tidak ada yang cocok")
	d.press(".chip")
	d.press("#rows tbody a")
	d.sees("#outlets", "Contoh Pos")

	d.open("./agreements/new?kind=media&vendor_id=" + ask[string](d, `location.pathname.split("/").at(-1)`))
	d.fill("number", "1/SP", "title", "Tanpa skrip", "order_date", day, "start_date", day, "end_date", day)
	d.fill("deliverables.0.product", "advertorial", "deliverables.0.channel", "Contoh Pos", "deliverables.0.budget_line_id", "Relasi Media",
		"deliverables.0.quantity", "2", "deliverables.0.unit", "artikel", "deliverables.0.unit_price", "1.000.000")
	d.press("#preview button")
	d.sees("#preview", "Rp2.220.000")
	d.press(`button[name="add"]`)
	d.fill("deliverables.1.product", "banner", "deliverables.1.channel", "Contoh Pos", "deliverables.1.budget_line_id", "Relasi Media",
		"deliverables.1.quantity", "1", "deliverables.1.unit", "bulan", "deliverables.1.unit_price", "500.000")
	d.press(`button[value="draft"]`)
	d.sees("h1", "1/SP")
	d.sees("main", "Rp2.775.000")
}
