package main

import (
	"fmt"
	"strings"
	"testing"

	"tayang/app/access"
)

// handed are the papers between publication and payment: an agreement of their own, two recaps, two acceptance reports of
// which one is in an inspection report, and a placement that failed.
type handed struct {
	handed, recap, dropped, bast, inspection, gone string
	over                                           string // the id of the acceptance report that waits
}

func (s *stock) handOver(t testing.TB) {
	t.Helper()
	of := func(page string) string { return page[strings.LastIndexByte(page, '/')+1:] }
	a := s.office.active(t, terms("SP/BAP", of(s.vendor), of(s.outlet), of(s.line), 6, 1_000_000))
	s.handed.handed = "./agreements/" + a.id()
	placements := s.office.verified(t, a.deliverables()[0], 2)
	recap := func(number string) string {
		return "./recaps/" + s.do(t, "staff", "POST", "./recaps", recapBody(a.id(), number)).want(201).id()
	}
	s.recap, s.dropped = recap("REKAP/1"), recap("REKAP/2")
	bast := func(number, placement string) string {
		return s.do(t, "ppk", "POST", "./acceptances", m{"agreement_id": a.id(), "number": number, "date": "2026-03-31", "placement_ids": []string{placement}}).want(201).id()
	}
	inspected := bast("BAST/B1", placements[0])
	s.over = bast("BAST/B2", placements[1])
	s.bast = "./acceptances/" + s.over
	s.inspection = "./inspections/" + s.do(t, "ppk", "POST", "./inspections", bapBody(a.id(), "BAP/1", inspected)).want(201).id()
	gone := s.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-20", "title": "Gagal"}).want(201).id()
	s.gone = "./placements/" + gone
	s.do(t, "staff", "POST", s.gone+"/cancel", m{"reason": "tidak tayang"}).want(200)
}

func recapBody(agreement, number string) m {
	return m{"agreement_id": agreement, "number": number, "date": "2026-04-10", "from": "2026-01-01", "to": "2026-03-31"}
}

func bapBody(agreement, number, over string) m {
	return m{"agreement_id": agreement, "number": number, "date": "2026-04-10", "acceptance_ids": []string{over}}
}

func signingBody(file any) m {
	return m{"signed_on": "2026-04-10", "office_signer": "Pramono", "vendor_signer": "Nusa", "file": file}
}

// handoverPages are those of the papers between publication and payment.
func (s *stock) handoverPages(add func(name, path string, below ...string)) {
	add("./agreements/:id (handed)", s.handed.handed, "/recaps/new", "/inspections/new")
	add("./recaps/:id", s.recap, "/sign", "/void")
	add("./acceptances/:id", s.bast, "/sign")
	add("./inspections/:id", s.inspection, "/sign", "/void")
	add("./invoices/:id/lines", s.invoice+"/lines")
	add("./placements/:id/make-good", s.gone+"/make-good")
}

// handoverDesks are their forms, in an order in which one does not hinder the next.
func (s *stock) handoverDesks() []struct{ who, path string } {
	return []struct{ who, path string }{
		{"staff", s.handed.handed + "/recaps/new"}, {"staff", s.recap + "/sign"}, {"ppk", s.dropped + "/void"}, {"ppk", s.bast + "/sign"},
		{"ppk", s.inspection + "/sign"}, {"staff", s.inspection + "/void"}, {"ppk", s.handed.handed + "/inspections/new"},
		{"staff", s.gone + "/make-good"}, {"staff", s.invoice + "/lines"},
	}
}

// handoverDeeds are what changes something of them.
func (s *stock) handoverDeeds(t testing.TB, file string) []deed {
	t.Helper()
	of := func(page string) string { return page[strings.LastIndexByte(page, '/')+1:] }
	agreement := of(s.handed.handed)
	found := s.do(t, "staff", "GET", s.invoice, nil).want(200)
	placed := s.do(t, "staff", "GET", "./placements/"+fmt.Sprint(found.body["placement_ids"].([]any)[0]), nil).want(200)
	good := s.do(t, "staff", "GET", s.gone, nil).want(200)
	line := m{"deliverable_id": placed.text("deliverable_id"), "quantity": 1, "unit_price": 1_000_000, "tax_inclusive": true, "amount": 1_000_000}
	return []deed{
		{access.AcceptanceWrite, s.handed.handed + "/recaps/new", "", "POST", "./recaps", recapBody(agreement, "REKAP/API")},
		{access.AcceptanceWrite, s.recap + "/sign", "", "POST", s.recap + "/sign", signingBody(file)},
		{access.AcceptanceWrite, s.dropped + "/void", "", "POST", s.dropped + "/void", m{"reason": "Sebab"}},
		{access.AcceptanceWrite, s.bast + "/sign", "", "POST", s.bast + "/sign", signingBody(file)},
		{access.AcceptanceWrite, s.inspection + "/sign", "", "POST", s.inspection + "/sign", signingBody(file)},
		{access.AcceptanceWrite, s.inspection + "/void", "", "POST", s.inspection + "/void", m{"reason": "Sebab"}},
		{access.AcceptanceWrite, s.handed.handed + "/inspections/new", "", "POST", "./inspections", bapBody(agreement, "BAP/API", s.over)},
		{access.PlacementWrite, s.gone + "/make-good", "", "POST", "./placements", m{
			"deliverable_id": good.text("deliverable_id"), "scheduled_on": "2026-03-25", "title": "Pengganti", "make_good_for": of(s.gone), "make_good_reason": "Sebab",
		}},
		{access.InvoiceWrite, s.invoice + "/lines", "", "POST", s.invoice + "/lines", m{"lines": []m{line}}},
	}
}

// handedOver takes a placement over with every paper signed, and gives the vendor's itemised invoice over it.
func (o *office) handedOver(t testing.TB, a reply, placement string) reply {
	t.Helper()
	signed := func(path, day string) {
		o.do(t, "ppk", "POST", path+"/sign", m{"signed_on": day, "office_signer": "Pramono", "vendor_signer": "Nusa", "file": o.paper(t, path)}).want(200)
	}
	signed("./recaps/"+o.do(t, "staff", "POST", "./recaps", m{"agreement_id": a.id(), "number": "REKAP/L", "date": "2026-03-09", "from": "2026-03-01", "to": "2026-03-09"}).want(201).id(), "2026-03-09")
	bast := o.do(t, "ppk", "POST", "./acceptances", m{"agreement_id": a.id(), "number": "BAST/L", "date": "2026-03-10", "placement_ids": []string{placement}}).want(201).id()
	signed("./acceptances/"+bast, "2026-03-10")
	signed("./inspections/"+o.do(t, "ppk", "POST", "./inspections", m{"agreement_id": a.id(), "number": "BAP/L", "date": "2026-03-10", "acceptance_ids": []string{bast}}).want(201).id(), "2026-03-10")
	bill := o.bill(t, a, "INV/L", 1_000_000, []string{placement})
	bill["lines"] = []m{{"deliverable_id": a.deliverables()[0], "quantity": 1, "unit_price": 1_000_000, "tax_inclusive": true, "amount": 1_000_000}}
	return o.do(t, "staff", "POST", "./invoices", bill).want(201)
}
