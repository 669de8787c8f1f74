package web

import (
	"strings"
	"testing"
)

func TestFormsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	form := w.terms("K/9", 1, "abc")
	form[len(form)-1] = "yes"
	s := w.staff.post(home+"/agreements", append(form, "owner_estimate", "1,5")...).shows(422, "Harga satuan (baris 1): bukan jumlah uang", "HPS: angka di belakang koma")
	if got := s.value("deliverables.0.unit_price"); got != "abc" {
		t.Errorf("the price is %q", got)
	}
	if got := s.value("title"); got != "Publikasi" {
		t.Errorf("the title is %q", got)
	}
	if s.doc.Find("a[href='#f-deliverables-0-unit_price']").Length() != 1 || s.doc.Find("#f-deliverables-0-unit_price[aria-invalid]").Length() != 1 {
		t.Error("the summary does not link to the field")
	}
}

func TestRowsComeAndGoWithoutScript(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	two := w.staff.post(home+"/agreements", append(w.terms("K/2", 1, "1.000.000"), "add", "1")...).shows(200, "Rp1.000.000")
	if n := two.doc.Find("#items tbody tr:not(.more)").Length(); n != 2 {
		t.Errorf("%d rows after adding one", n)
	}
	one := w.staff.post(home+"/agreements", append(w.terms("K/2", 1, "1.000.000"), "deliverables.1.product", "banner", "remove", "0")...).shows(200)
	if n := one.doc.Find("#items tbody tr:not(.more)").Length(); n != 1 || one.value("deliverables.0.product") != "banner" {
		t.Errorf("%d rows, the first is %q", n, one.value("deliverables.0.product"))
	}
}

func TestThePreviewNeedsNoCompleteForm(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	form := w.terms("", 5, "2.220.001")
	w.staff.post(home+"/agreements/preview", form...).shows(200, "Rp11.100.005", "kurang Rp1.100.005")
	w.staff.post(home+"/agreements/preview", "kind", "media", "vendor_id", w.vendorID).shows(200, "perhitungan tampil di sini")
}

func TestOverTheCeilingIsSaidInFigures(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	a := w.staff.post(home+"/agreements", w.terms("K/3", 5, "2.220.001")...).moved()
	check := w.staff.get(a+"/submit").shows(200, "kurang Rp1.100.005")
	w.staff.post(a+"/submit", "version", check.value("version")).shows(409, "sisa Rp10.000.000 pada 2.16.02.2.01.0014 / 5.1.02.02.01.0055, diminta Rp11.100.005")
	w.staff.get(a).shows(200, "draf")
}

func TestTwoPeopleOnOneRecord(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	seen := w.staff.get(w.vendor + "/edit").shows(200)
	change := func(version, name string) screen {
		return w.staff.post(w.vendor, "version", version, "kind", "company", "legal_name", name)
	}
	change(seen.value("version"), "PT Satu").moved()
	late := change(seen.value("version"), "PT Dua").shows(412, "diubah setelah Anda membukanya")
	if late.value("legal_name") != "PT Dua" {
		t.Error("what was typed is lost")
	}
	change(late.value("version"), "PT Dua").moved()
	w.staff.get(w.vendor).shows(200, "PT Dua")
}

func TestNobodySeesOtherPeoplesAffairs(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	app := w.staff.app
	admin, auditor := visit(t, app, "admin"), visit(t, app, "auditor")
	if got := admin.get("/").moved(); got != "/vendors" {
		t.Errorf("an administrator begins at %s", got)
	}
	admin.get(home + "/home").shows(403)
	auditor.get(home + "/home").shows(200)
	auditor.get(home + "/agreements/new").shows(403)
	auditor.post(home+"/budgets", "fiscal_year", "2026").shows(422)
	for _, path := range []string{"/a/NONE/home", home + "/agreements/x", home + "/agreements/018f0000-0000-7000-8000-000000000000", "/vendors/x", "/files/" + strings.Repeat("0", 64), home + "/budgets/1/lock", "/nowhere"} {
		w.staff.get(path).shows(404)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	app := newOffice(t)
	v := visit(t, app, "staff")
	v.get(home+"/home").shows(200, "Selamat datang")
	v.post("/sign-out").moved()
	if got := v.get(home + "/home"); got.status != 303 || !strings.HasPrefix(got.location, "/sign-in") {
		t.Errorf("%d %s", got.status, got.location)
	}
	wrong := &visitor{t, app, map[string]string{}}
	wrong.post("/sign-in", "email", "staff@contoh.go.id", "password", "x").shows(401, "Surel atau kata sandi salah")
}

func TestHostileInput(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	for name, value := range map[string]string{"NUL": "a\x00b", "not UTF-8": "a\xffb", "long": strings.Repeat("x", 1<<20), "blank": "  ", "markup": ""} {
		if s := w.staff.post("/vendors", "kind", "company", "legal_name", value); s.status != 422 {
			t.Errorf("%s: %d", name, s.status)
		}
	}
	evil := w.staff.post("/vendors", "kind", "company", "legal_name", `<script>alert(1)</script>`).moved()
	if s := w.staff.get(evil); strings.Contains(s.body, "<script>alert") {
		t.Error("markup of others runs")
	}
	for _, path := range []string{"?limit=x", "?cursor=x", "?sort=nothing", "?status=draft&nothing=1", "?fiscal_year=x", "?q=" + strings.Repeat("x", 300)} {
		w.staff.get(home + "/agreements" + path).shows(422)
	}
	w.staff.post(home+"/agreements", "deliverables.99999999999.product", "x", "deliverables.-1.unit", "y", "kind", "media", "vendor_id", w.vendorID).shows(400)
	w.staff.get(home + "/agreements?status=%00").shows(422)
}
