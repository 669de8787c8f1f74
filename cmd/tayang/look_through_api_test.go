package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// accountOf finds a registered account by its handle.
func (o *office) accountOf(t testing.TB, handle string) string {
	t.Helper()
	return fmt.Sprint(o.do(t, "staff", "GET", "/social-accounts?handle="+handle, nil).want(200).items()[0]["id"])
}

func TestLookThroughByAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	agency := o.creators(t, "ani", "budi")
	ani, budi := o.accountOf(t, "ani"), o.accountOf(t, "budi")
	body := throughTerms("SP/1", agency, line, 300_000, m{"social_account_id": ani, "net": 900_000}, m{"social_account_id": budi, "net": 700_000, "name": "Manajer Budi"})
	a := o.do(t, "staff", "POST", "./agreements", body).want(201)
	path := "./agreements/" + a.id()
	residual := func(r reply) string {
		return told(r.body["look_through"].(m)["residual"], r.body["look_through"].(m)["net"])
	}
	if residual(a) != "100000 1600000" {
		t.Fatalf("%s", a.raw)
	}
	r := o.do(t, "staff", "POST", path+"/submit", nil).want(409, "look_through_open")
	if !slices.Equal(r.pointers(), []string{"/look_through/recipients"}) || !strings.Contains(string(r.raw), "residual") {
		t.Errorf("%s", r.raw)
	}
	o.expect(t, line, "reserved", 0)
	patched := o.do(t, "staff", "PATCH", path, m{"look_through": m{"fee": 400_000}}, "If-Match", a.header.Get("ETag")).want(200)
	if residual(patched) != "0 1600000" || fmt.Sprint(patched.body["look_through"].(m)["fee"]) != "400000" {
		t.Errorf("the recipients stay: %s", patched.raw)
	}
	o.do(t, "staff", "POST", path+"/submit", nil).want(200)
	o.expect(t, line, "reserved", 2_000_000)

	found := o.do(t, "auditor", "GET", path+"/recipients", nil).want(200)
	first := found.body["recipients"].([]any)[0].(m)
	if told(first["channel"], first["vendor_name"], first["confirmed"]) != "instagram @ani Kreator ani <nil>" {
		t.Errorf("%v", first)
	}
	papers := path + "/recipients/" + fmt.Sprint(first["id"]) + "/confirmations"
	file := o.paper(t, "konfirmasi")
	word := func(amount int) m {
		return m{"amount": amount, "date": "2026-02-01", "file": file, "origin": "recipient"}
	}
	o.do(t, "ppk", "POST", papers, word(900_000)).want(403)
	o.do(t, "staff.setwan", "POST", papers, word(900_000)).want(404)
	o.do(t, "staff", "POST", path+"/recipients/"+nobody+"/confirmations", word(900_000)).want(404)
	for at, change := range map[string]m{"/amount": {"amount": -1}, "/date": {"date": "2999-01-01"}, "/file": {"file": strings.Repeat("0", 64)}, "/origin": {"origin": "x"}} {
		b := word(900_000)
		for k, v := range change {
			b[k] = v
		}
		if r := o.do(t, "staff", "POST", papers, b).want(422, "invalid"); !slices.Contains(r.pointers(), at) {
			t.Errorf("want %s named: %s", at, r.raw)
		}
	}
	o.do(t, "staff", "POST", papers, word(650_000)).want(201)
	got := o.do(t, "staff", "GET", path, nil).want(200).body["look_through"].(m)["recipients"].([]any)[0].(m)
	if told(got["confirmed"], got["difference"], got["confirmed_on"]) != "650000 250000 2026-02-01" {
		t.Errorf("a difference is shown with its money: %v", got)
	}
	doubts := string(o.do(t, "ppk", "GET", path+"/assessment", nil).want(200).raw)
	if strings.Count(doubts, `"confirmation_missing"`) != 2 {
		t.Errorf("%s", doubts)
	}
	o.do(t, "staff", "POST", papers, word(900_000)).want(201)
	if items := o.do(t, "auditor", "GET", papers, nil).want(200).items(); len(items) != 2 || items[0]["author"] != "staff@contoh.go.id" {
		t.Errorf("%v", items)
	}
	o.do(t, "ppk", "POST", path+"/approve", nil).want(200)

	gathered := o.do(t, "auditor", "GET", "./concentration?fiscal_year=2026", nil).want(200)
	parts := gathered.body["by_vendor"].(m)["parts"].([]any)
	if gathered.number("total") != 2_000_000 || len(parts) != 3 || told(parts[0].(m)["gross"], parts[0].(m)["share"], gathered.body["by_vendor"].(m)["hhi"]) != "900000 4500 3650" {
		t.Errorf("%s", gathered.raw)
	}
	o.do(t, "auditor", "GET", "./concentration", nil).want(422, "invalid")
	o.do(t, "staff.setwan", "GET", "./concentration?fiscal_year=2026", nil).want(404)
}

func TestSplitsThatTheAPIRefuses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	agency := o.creators(t, "ani", "budi")
	ani, budi := o.accountOf(t, "ani"), o.accountOf(t, "budi")
	for name, c := range map[string]struct {
		change func(split, share m)
		want   string
	}{
		"no agency":          {func(s, _ m) { s["via_agency"] = false }, "/look_through/recipients"},
		"no such account":    {func(_, r m) { r["social_account_id"] = nobody }, "/look_through/recipients/0/social_account_id"},
		"nobody":             {func(_, r m) { delete(r, "social_account_id") }, "/look_through/recipients/0/outlet_id"},
		"no net":             {func(_, r m) { delete(r, "net") }, "/look_through/recipients/0/net"},
		"half a rupiah":      {func(_, r m) { r["net"] = 0.5 }, "/look_through/recipients/0/net"},
		"below zero":         {func(s, _ m) { s["fee"] = -1 }, "/look_through/fee"},
		"twice":              {func(s, r m) { s["recipients"] = []m{r, r} }, "/look_through/recipients/1/social_account_id"},
		"a line of another":  {func(_, r m) { r["deliverables"] = []int{2} }, "/look_through/recipients/0/deliverables/0"},
		"a line out of none": {func(_, r m) { r["deliverables"] = []int{9} }, "/look_through/recipients/0/deliverables/0"},
		"unknown field":      {func(s, _ m) { s["colour"] = "red" }, "/look_through/colour"},
	} {
		t.Run(name, func(t *testing.T) {
			share := m{"social_account_id": ani, "net": 900_000}
			body := throughTerms("SP/1", agency, line, 100_000, share, m{"social_account_id": budi, "net": 1})
			c.change(body["look_through"].(m), share)
			if r := o.do(t, "staff", "POST", "./agreements", body).want(422, "invalid"); !slices.Contains(r.pointers(), c.want) {
				t.Errorf("want %s named, got %s", c.want, r.raw)
			}
		})
	}
}
