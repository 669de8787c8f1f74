package main

import (
	"net/url"
	"strings"
	"testing"
)

// decide is what an approver sends from the page of a decision.
func (v *visitor) decide(page, verb string, more url.Values) screen {
	v.t.Helper()
	values := url.Values{"verb": {verb}}
	for _, in := range v.get(page + "/approve").want(200).forms()[0].inputs {
		if in.name != "verb" {
			values.Set(in.name, in.value)
		}
	}
	for name := range more {
		values.Set(name, more.Get(name))
	}
	return v.post(page+"/decide", values)
}

// TestApprovalByPages goes through a round by pages, without script: sent back with remarks beside the fields, mended,
// answered, approved in two steps.
func TestApprovalByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, ppk, head, admin := s.visitor(t, "staff"), s.visitor(t, "ppk"), s.visitor(t, "head"), s.visitor(t, "admin")
	staff.get("/approval-rules").want(200).has(0, "main .page-head .actions a").has(1, "#approval-rules tbody tr")
	staff.get("/approval-rules/new").want(403)
	admin.post("/approval-rules", url.Values{"kind": {"media"}, "gross_from": {"1.500.000"}, "steps.0": {"ppk"}, "steps.1": {"head"}, "valid_from": {"2026-01-01"}, "basis": {""}}).
		want(422).has(1, ".summary a[href='#f-basis']")
	admin.post("/approval-rules", url.Values{"kind": {"media"}, "gross_from": {"1.500.000"}, "steps.0": {"ppk"}, "steps.1": {"head"}, "valid_from": {"2026-01-01"}, "basis": {"SK 2"}}).want(303)
	admin.post("/approval-rules", url.Values{"kind": {"media"}, "gross_from": {"2.500.000"}, "steps.0": {"ppk"}, "valid_from": {"2026-01-01"}, "basis": {"SK 2"}}).
		want(409).shows("tumpang tindih", "Sudah ada baris lain")
	admin.get("/approval-rules").want(200).shows("PPK → PA/KPA", "Rp")

	page := s.draft
	s.do(t, "staff", "POST", page+"/submit", nil).want(200)
	head.get(page+"/approve").want(200).shows("Ini langkah 1 dari 2").has(0, "main form button[name=verb]")
	s.visitor(t, "verifier").get(page + "/approve").want(403)
	decision := ppk.get(page+"/approve").want(200).has(3, "main form button[name=verb]").has(1, "button[data-key=s]").has(1, "button[data-key=k]").has(1, "button[data-key=t]").
		shows("Menunggu PPK (langkah 1 dari 2)", "diteruskan kepada PA/KPA")
	if n := decision.doc.Find("input[name^='remarks.']").Length(); n < 12 {
		t.Errorf("a remark beside each field: %d", n)
	}
	ppk.decide(page, "return", nil).want(422).shows("wajib diisi")
	ppk.decide(page, "approve", url.Values{"remarks.1.text": {"Judul kurang jelas"}}).want(422).has(1, ".summary a[href='#f-remarks-1-text']").
		has(1, "input[name='remarks.1.text'][value='Judul kurang jelas']")
	ppk.decide(page, "return", url.Values{"remarks.1.text": {"Judul kurang jelas"}, "remarks.11.text": {"Kuantitas terlalu kecil"}, "reason": {"Perbaiki dua hal"}}).want(303)

	staff.get(page).want(200).shows("perlu perbaikan", "Judul kurang jelas", "Kuantitas terlalu kecil", "Perbaiki dua hal").has(2, "#remark-rows tbody tr").
		shows("dikembalikan untuk diperbaiki")
	staff.get("./home").want(200).shows("perlu perbaikan")
	edit := staff.get(page+"/edit").want(200).has(1, ".corrections a[href='#f-title']").has(1, "#f-title-note .remark")
	if got := edit.words("#f-title-note .remark"); !strings.Contains(got, "Judul kurang jelas") {
		t.Errorf("beside its field: %s", got)
	}
	if got := edit.attr("#f-title", "aria-describedby"); got != "f-title-note" {
		t.Errorf("it is read with the field: %s", got)
	}
	edit.has(1, ".remark:contains('Kuantitas terlalu kecil')")

	answer := staff.get(page+"/submit").want(200).has(2, "textarea[name^='answers.']").forms()[0]
	for i, in := range answer.inputs {
		if in.name == "answers.0.text" {
			answer = answer.with(i, func(in *entry) { in.value = "Judul sudah diperjelas" })
		}
	}
	staff.submit(answer).want(303)
	staff.get(page).want(200).shows("Judul sudah diperjelas", "belum dijawab", "menunggu PPK")
	queue := ppk.get("./home").want(200).attr("main a[href*='awaiting=me'][href*='submitted']", "href")
	ppk.get(queue).want(200).shows("SP/DRAF")
	ppk.decide(page, "approve", url.Values{"reason": {"Sesuai"}}).want(303)
	ppk.get(page).want(200).shows("Keputusan berikutnya: SP/").has(0, "main .page-head .actions a[href$='"+page[1:]+"/approve']")
	head.get("./home").want(200).has(1, "main a[href*='awaiting=me']")
	head.decide(page, "approve", nil).want(303)
	done := staff.get(page).want(200).has(3, "#approval-rows tbody tr").shows("Disetujui pada satu langkah", "Yang harus diperbaiki", "hari sesudahnya")
	if done.doc.Find(".event-legal.late").Length() < 4 {
		t.Error("what was written back shows beside its date")
	}
	if got := done.words("#history"); strings.Count(got, "Perjanjian diajukan") != 2 || !strings.Contains(got, "Perjanjian disetujui") {
		t.Errorf("the whole history: %s", got)
	}
	s.sealed(t)
	staff.get(page).want(200).shows("tersegel dalam")
}
