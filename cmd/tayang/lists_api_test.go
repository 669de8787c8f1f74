package main

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
)

// TestListsFilterAndSortByEveryField holds what the API's document says of lists: each field of an item that holds one
// value, but its agency and version, filters to exactly the items that hold it, and sorts without losing any.
func TestListsFilterAndSortByEveryField(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	if err := o.p.tellSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.serve(t)
	first := func(path string) string {
		return o.do(t, "auditor", "GET", path, nil).want(200).items()[0]["id"].(string)
	}
	o.do(t, "auditor", "POST", "./reports", m{"kind": "accountability", "fiscal_year": 2026, "language": "id"}).want(202)
	vendor, line := first("/vendors"), first("./budget-lines")
	through := first("./agreements?look_through.via_agency=true")
	recipient := fmt.Sprint(o.do(t, "auditor", "GET", "./agreements/"+through+"/recipients", nil).want(200).body["recipients"].([]any)[0].(m)["id"])
	for _, path := range []string{
		"/agencies", "/vendors", "/vendors/" + vendor + "/documents", "/vendors/" + vendor + "/checks", "/outlets", "/social-accounts", "/price-references",
		"/social-accounts/" + first("/social-accounts") + "/snapshots", "/social-accounts/" + first("/social-accounts") + "/ownership-proofs",
		"/social-accounts/" + first("/social-accounts") + "/statements", "/tiers", "./budget-versions", "./budget-lines",
		"./budget-lines/" + line + "/entries", "./campaigns", "./agreements", "./placements", "./live-checks", "./shortfalls",
		"./placements/" + first("./placements?status=paid") + "/proofs", "./acceptances", "./invoices", "./payments", "./ledger", "./reports", "./periods", "./cash-plans",
		"./open-commitments", "/paper-requirements", "/cooperation-lists", "./agreements/" + first("./agreements?number=027/018/DISKOMINFO/2026") + "/papers",
		"/requirements", "/requirement-grades", "/product-rules", "/blacklist-entries",
		"/outlets/" + o.outletOf(t, "Contoh Pos") + "/press-checks", "/outlets/" + o.outletOf(t, "Contoh Pos") + "/requirement-results",
		"/outlets/" + o.outletOf(t, "Contoh Pos") + "/journalist-certificates",
		"./withholding-slips", "/tax-objects", "./invoices/" + first("./invoices?status=settled&sort=number") + "/papers",
		"./open-commitments", "/owner-groups", "/owner-groups/" + first("/owner-groups") + "/members", "./agreements/" + through + "/recipients/" + recipient + "/confirmations",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			items := o.whole(t, path+"?limit=500")
			for name := range items[0] {
				if name != "agency_id" && name != "version" {
					o.listBy(t, path, name, items)
				}
			}
		})
	}
}

// whole reads a list to its last page.
func (o *office) whole(t *testing.T, path string) (all []m) {
	t.Helper()
	for next := ""; ; {
		page := o.do(t, "auditor", "GET", path+next, nil).want(200)
		all = append(all, page.items()...)
		cursor, more := page.body["next_cursor"].(string)
		if !more {
			return all
		}
		next = "&cursor=" + url.QueryEscape(cursor)
	}
}

// outletOf finds an outlet by its name.
func (o *office) outletOf(t *testing.T, name string) string {
	t.Helper()
	return fmt.Sprint(o.do(t, "auditor", "GET", "/outlets?"+url.Values{"name": {name}}.Encode(), nil).want(200).items()[0]["id"])
}

func (o *office) listBy(t *testing.T, path, name string, items []m) {
	t.Helper()
	at := slices.IndexFunc(items, func(i m) bool { return plain(i[name]) })
	if at < 0 {
		return
	}
	want := 0
	for _, i := range items {
		if i[name] == items[at][name] {
			want++
		}
	}
	filter := url.Values{"limit": {"500"}, name: {fmt.Sprint(items[at][name])}}
	got := o.whole(t, path+"?"+filter.Encode())
	if len(got) != want || slices.ContainsFunc(got, func(i m) bool { return i[name] != items[at][name] }) {
		t.Errorf("%s=%v: %d items, want %d", name, items[at][name], len(got), want)
	}
	if sorted := o.whole(t, path+"?limit=500&sort=-"+name); len(sorted) != len(items) {
		t.Errorf("sorted by %s: %d items, want %d", name, len(sorted), len(items))
	}
}

// plain says that a field holds one value, and has it.
func plain(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case nil, m, []any:
		return false
	}
	return true
}
