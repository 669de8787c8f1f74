package main

import (
	"net/url"
	"strings"
	"testing"
)

// values are a form as a browser would send it.
func (f form) values() url.Values {
	out := url.Values{}
	for _, in := range f.inputs {
		out.Set(in.name, in.value)
	}
	return out
}

// TestProcurementByPages follows a clerk who writes an agreement, sees what its value asks for, fills its file, and a
// commitment officer who sees what is still in doubt.
func TestProcurementByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, ppk := s.visitor(t, "staff"), s.visitor(t, "ppk")

	edit := staff.get(s.draft+"/edit").want(200).has(1, "[name='procurement.legal_basis']").has(1, "[name='procurement.minutes.date']").forms()[0].filled().values()
	edit.Set("method", "pengadaan_langsung")
	edit.Set("form", "kuitansi")
	edit.Set("deliverables.0.quantity", "60")
	seen := staff.post("./agreements/preview", edit).want(200)
	if got := seen.words("#preview"); !strings.Contains(got, "Bentuk kontrak menurut nilaiSPK") || !strings.Contains(got, "HPSwajib ada") ||
		!strings.Contains(got, "Kuitansi tidak cukup untuk nilai Rp60.000.000") {
		t.Errorf("what the value asks for: %s", got)
	}
	edit.Set("deliverables.0.quantity", "10")
	if got := staff.post("./agreements/preview", edit).want(200).words("#preview"); !strings.Contains(got, "tidak wajib sampai Rp10.000.000") || strings.Contains(got, "tidak cukup") {
		t.Errorf("ten million need no estimate: %s", got)
	}
	edit.Set("deliverables.0.quantity", "60")
	edit.Set("form", "spk")
	edit.Set("procurement.legal_basis", "Perbup 9/2024")
	edit.Set("procurement.shortfall_rule", "none")
	staff.post(s.draft, edit).want(303)

	record := staff.get(s.draft).want(200).shows("Perbup 9/2024", "Tidak disepakati", "Berkas perjanjian")
	if got := record.words("#papers"); !strings.Contains(got, "berkas wajib belum ada") || !strings.Contains(got, "pejabat pengadaan/pokja") {
		t.Errorf("the checklist: %s", got)
	}
	upload := record.attr("#papers a[href*='code=offer']", "href")
	form := staff.get(upload).want(200).forms()[0].filled()
	if got := form.values().Get("code"); got != "offer" {
		t.Errorf("the paper that was asked for is chosen: %s", got)
	}
	staff.submit(form).want(303)
	staff.get(s.draft).want(200).has(2, "#papers a[href$='/void']")

	check := staff.get(s.draft+"/submit").want(200).has(1, "#doubts")
	if got := check.words("#doubts"); !strings.Contains(got, "Aturan kekurangan tayang belum ada") || !strings.Contains(got, "Menolak") || !strings.Contains(got, "Memperingatkan") {
		t.Errorf("before it is submitted: %s", got)
	}
	if check.attr("#doubts a[href$='/edit']", "href") == "" || check.attr("#doubts a[href$='#papers']", "href") == "" {
		t.Error("no way to mend")
	}
	staff.submit(check.forms()[0].filled()).want(303)
	decide := ppk.get(s.draft+"/approve").want(200).has(1, "#doubts").forms()[0]
	for i, in := range decide.inputs {
		if in.name == "verb" {
			decide = decide.with(i, func(in *entry) { in.value = "approve" })
		}
	}
	refused := ppk.submit(decide).want(409).has(1, "#doubts")
	if got := refused.words("main .summary"); !strings.Contains(got, "belum disepakati apa yang berlaku") {
		t.Errorf("why it is refused: %s", got)
	}
}

// TestCooperatingMediaByPages names media for a year, takes one off, and voids the list.
func TestCooperatingMediaByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, auditor := s.visitor(t, "staff"), s.visitor(t, "auditor")
	auditor.get("/cooperation-lists").want(200).has(1, "#rows tbody tr").has(0, "main a[href='/cooperation-lists/new']")
	made := staff.submit(staff.get("/cooperation-lists/new").want(200).forms()[0].filled()).want(303).location
	page := staff.get(made).want(200).has(1, "#add form")
	form := page.forms()[0].filled()
	staff.submit(form).want(303)
	staff.submit(form).want(409).has(1, "#add .summary")
	empty := form
	empty.inputs = nil
	staff.submit(empty).want(422).has(1, "#add .summary a[href='#f-channel']")
	entries := staff.get(made).want(200).has(1, "#entry-rows tbody tr")
	auditor.get(made).want(200).has(0, "main form[method=post]").has(1, "#entry-rows tbody tr")
	remove := staff.get(entries.attr("#entry-rows a[href$='/void']", "href")).want(200).forms()[0].filled()
	staff.submit(remove).want(303)
	staff.submit(remove).want(412)
	staff.get(made).want(200).shows("Sebab").has(0, "#entry-rows a[href$='/void']")
	staff.submit(staff.get(made + "/void").want(200).forms()[0].filled()).want(303)
	staff.get(made).want(200).has(0, "main form[method=post]").shows("Sebab")
}

// TestRequiredPapersByPages sets a row of the checklist and takes it out again.
func TestRequiredPapersByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	admin, staff := s.visitor(t, "admin"), s.visitor(t, "staff")
	staff.get("/paper-requirements").want(200).has(1, "#own-rows tbody tr").has(0, "main a[href$='/new']").shows("Naskah kontrak bertanda tangan", "E-purchasing")
	admin.submit(admin.get("/paper-requirements/new").want(200).forms()[0].filled()).want(303)
	page := admin.get("/paper-requirements").want(200).has(2, "#own-rows tbody tr").shows("Surat minat")
	void := admin.get(page.attr("#own-rows a[href$='/void']", "href")).want(200).forms()[0].filled()
	admin.submit(void).want(303)
	admin.submit(void).want(412)
	admin.get("/paper-requirements").want(200).has(1, "#own-rows a[href$='/void']").shows("Sebab")
}
