package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestYearEndByAPI(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	line := strings.TrimPrefix(s.line, "./budget-lines/")
	propose := func(who string, body m) reply { return s.do(t, who, "POST", "./debt-recognitions", body) }
	move := func(who, path, verb string, body any) reply { return s.do(t, who, "POST", path+"/"+verb, body) }

	open := s.do(t, "auditor", "GET", "./open-commitments?fiscal_year=2026&sort=number&count=true", nil).want(200)
	var numbers []string
	for _, o := range open.items() {
		numbers = append(numbers, fmt.Sprint(o["number"], " ", o["unpublished"], " ", o["owed"]))
	}
	for _, want := range []string{"SP/JALAN 13000000 6000000", "SP/SEPI 1000000 0", "SP/UTANG/1 0 1000000", "SP/UTANG/2 0 1000000", "SP/UTANG/3 0 1000000"} {
		if !slices.Contains(numbers, want) {
			t.Errorf("no %s among the open commitments %v", want, numbers)
		}
	}
	propose("treasurer", debtBody("PU/9", s.owed, line, s.next, 1_000_000)).want(403, "forbidden")
	propose("staff", debtBody("PU/1", s.owed, line, s.next, 1_000_000)).want(409, "duplicate")
	if r := propose("staff", debtBody("PU/9", s.owed, line, s.next, 999_999)).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/lines/0/amount"}) {
		t.Errorf("exactly what is owed: %s", r.raw)
	}
	if r := propose("staff", debtBody("PU/9", nobody, line, s.next, 1)).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/agreement_id"}) {
		t.Errorf("nobody's agreement: %s", r.raw)
	}
	propose("staff", debtBody("PU/9", s.agreementID, line, s.next, 6_000_000)).want(409, "unpublished_units")
	move("staff", s.debt, "approve", nil).want(403, "segregation_of_duties")
	move("ppk", s.debt, "approve", nil).want(403, "forbidden")
	before, after := s.line, "./budget-lines/"+s.next
	committed := s.do(t, "head", "GET", before, nil).number("committed")
	if r := move("head", s.debt, "approve", nil).want(200); r.text("status") != "approved" || r.number("total") != 1_000_000 || r.number("fiscal_year") != 2027 {
		t.Errorf("approved: %s", r.raw)
	}
	if got := s.do(t, "head", "GET", before, nil).number("committed"); got != committed-1_000_000 {
		t.Errorf("released in the old year: %d", committed-got)
	}
	if got := s.do(t, "head", "GET", after, nil).number("committed"); got != 1_000_000 {
		t.Errorf("committed in the new year: %d", got)
	}
	entries := s.do(t, "auditor", "GET", "./ledger?document_type=debt_recognition", nil).want(200).items()
	if len(entries) != 2 || entries[0]["effective_on"] == entries[1]["effective_on"] {
		t.Errorf("two entries: %v", entries)
	}
	move("head", s.undecided, "refuse", m{"reason": "belum direviu"}).want(200)
	s.do(t, "auditor", "GET", s.undecided, nil).want(200)
	if got := len(s.do(t, "auditor", "GET", "./open-commitments?fiscal_year=2027", nil).want(200).items()); got != 1 {
		t.Errorf("the debt is a commitment of 2027 now, got %d", got)
	}
}

func TestYearEndByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, head := s.visitor(t, "staff"), s.visitor(t, "head")
	page := staff.get("./year-end").want(200).shows("Tutup tahun 2026", "SP/UTANG/3", "lepas sisanya dahulu", "Akui sebagai utang")
	if got := page.attr(`a[href*="debt-recognitions/new?agreement_id=`+s.owed+`"]`, "href"); got == "" {
		t.Error("no way to recognise the debt")
	}
	head.get("./year-end").want(200).shows("Putus dan lepas", "Tutup")
	staff.get("./year-end?fiscal_year=2024").want(200).shows("Tidak ada komitmen terbuka")
	decide := head.get(s.debt + "/decide").want(200).shows("Setujui PU/1?").forms()[0].filled()
	for i := range decide.inputs {
		if decide.inputs[i].name == "verb" {
			decide.inputs[i].value = "approve"
		}
	}
	head.submit(decide).want(303)
	staff.get(s.debt).want(200).shows("disetujui", "Baris yang dialihkan")
	staff.get("./year-end?fiscal_year=2027").want(200).shows("SP/UTANG/1")
}
