package web

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// picture is the smallest PNG.
var picture = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc`\xf8\xcf\xc0\x00\x00\x00\x05\x00\x01\x80\xd4\xd0\xa3\xd6\x00\x00\x00\x00IEND\xaeB`\x82")

const home = "/a/DISKOMINFO"

// walk is an office on its way through the chain, with the addresses of what was made.
type walk struct {
	staff, ppk, verifier, treasurer, head        *visitor
	vendor, vendorID, line, agreement, placement string
	payment                                      string
}

func newWalk(t *testing.T) *walk {
	t.Helper()
	app := newOffice(t)
	w := &walk{staff: visit(t, app, "staff"), ppk: visit(t, app, "ppk"), verifier: visit(t, app, "verifier"), treasurer: visit(t, app, "treasurer"), head: visit(t, app, "head")}
	w.budget()
	w.register()
	return w
}

func (w *walk) budget() {
	line := "2.16.02.2.01.0014\tRelasi Media\t5.1.02.02.01.0055\tBelanja Jasa Iklan\tPAD\t10.000.000"
	document := w.staff.post(home+"/budgets", "fiscal_year", "2026", "kind", "original", "number", "DPA/1", "date", "2026-01-02", "lines", line).moved()
	ask := w.staff.get(document+"/lock").shows(200, "Rp10.000.000")
	w.staff.post(document+"/lock", "version", ask.value("version")).moved()
	w.staff.get(document).shows(200, "dikunci", "Relasi Media")
	list := w.staff.get(home+"/budget-lines").shows(200, "10.000.000")
	w.line = list.links(`/budget-lines/`)[0]
	w.staff.get(w.line).shows(200, "Pagu → Tersedia", "DPA/1")
}

func (w *walk) register() {
	w.vendor = w.staff.post("/vendors", "kind", "company", "legal_name", "PT Contoh", "npwp", "0012345678901000", "vat_registered", "yes",
		"bank.name", "Bank", "bank.account_number", "1234567", "bank.account_owner", "PT Contoh").moved()
	w.vendorID = strings.TrimPrefix(w.vendor, "/vendors/")
	w.staff.post(w.vendor+"/outlets", "name", "Contoh.id", "kind", "online", "domain", "contoh.id", "press_status", "factual").moved()
	account := w.staff.post(w.vendor+"/social-accounts", "platform", "instagram", "handle", "contoh").moved()
	w.staff.send(account+"/snapshots", picture, "taken_on", "2026-11-20", "followers", "12.345", "engagement_rate", "2.5").moved()
	w.staff.get(account).shows(200, "12.345", "2,5%")
	w.staff.send(w.vendor+"/papers", picture, "kind", "npwp", "name", "Kartu NPWP").moved()
	w.staff.post(w.vendor+"/checks", "subject", "Dewan Pers", "checked_on", "2026-11-20", "result", "pass").moved()
	w.staff.get(w.vendor).shows(200, "Contoh.id", "@contoh", "Kartu NPWP", "Dewan Pers", "•••• •••• •••• 1000")
	w.staff.get("/vendors").shows(200, "PT Contoh")
}

// terms is the form of an agreement over n articles at the price.
func (w *walk) terms(number string, n int, price string) []string {
	form := w.staff.get(home + "/agreements/new?kind=media&vendor_id=" + w.vendorID).shows(200)
	return []string{
		"kind", "media", "vendor_id", w.vendorID, "number", number, "title", "Publikasi", "method", "pengadaan_langsung", "form", "spk",
		"order_date", "2026-11-01", "start_date", "2026-11-01", "end_date", "2026-12-20", "deliverables.0.product", "advertorial",
		"deliverables.0.channel", form.choice("deliverables.0.channel", "Contoh.id"), "deliverables.0.budget_line_id", form.choice("deliverables.0.budget_line_id", "Relasi Media"),
		"deliverables.0.quantity", strconv.Itoa(n), "deliverables.0.unit", "artikel", "deliverables.0.unit_price", price, "deliverables.0.tax_inclusive", "yes", "deliverables.0.label_required", "yes",
	}
}

func (w *walk) agree() {
	campaign := w.staff.post(home+"/campaigns", "name", "Hari Jadi", "start_date", "2026-11-01", "end_date", "2026-12-01").moved()
	edit := w.staff.get(campaign + "/edit").shows(200)
	w.staff.post(campaign, "version", edit.value("version"), "name", "Hari Jadi", "start_date", "2026-11-01", "end_date", "2026-10-01").shows(422, "Selesai: ")
	w.staff.post(campaign, "version", edit.value("version"), "name", "Hari Jadi Kabupaten", "start_date", "2026-11-01", "end_date", "2026-12-01").moved()
	w.staff.get(campaign).shows(200, "Hari Jadi Kabupaten", "Belum ada perjanjian di sini")
	w.staff.get(home+"/campaigns").shows(200, "Hari Jadi Kabupaten")
	w.agreement = strings.TrimSuffix(w.staff.post(home+"/agreements", append(w.terms("K/1", 2, "2.220.001"), "next", "submit")...).moved(), "/submit")
	check := w.staff.get(w.agreement+"/submit").shows(200, "4.440.002", "5.559.998", "cukup")
	w.staff.post(w.agreement+"/submit", "version", check.value("version")).moved()
	decide := w.ppk.get(w.agreement+"/approve").shows(200, "Rp4.440.002")
	w.staff.post(w.agreement+"/decide", "version", decide.value("version"), "verb", "approve").shows(403, "Harus orang lain")
	w.ppk.post(w.agreement+"/decide", "version", decide.value("version"), "verb", "reject").shows(422, "Alasan: wajib diisi")
	w.ppk.post(w.agreement+"/decide", "version", decide.value("version"), "verb", "approve").moved()
	w.staff.get(w.agreement).shows(200, "aktif", "2 penayangan belum direncanakan")
}

func (w *walk) publish() {
	plan := w.staff.get(w.agreement + "/placements/new").shows(200)
	of := plan.choice("placements.0.deliverable_id", "advertorial")
	w.staff.post(w.agreement+"/placements", "placements.0.deliverable_id", of, "placements.0.title", "Artikel satu", "placements.0.scheduled_on", "2026-11-10",
		"placements.1.deliverable_id", of, "placements.1.title", "", "placements.1.scheduled_on", "2026-11-11").shows(422, "1 baris tersimpan", "Judul (baris 1): wajib diisi")
	w.placement = w.staff.get(home+"/placements?status=planned").shows(200, "Artikel satu").links(`/placements/[0-9a-f-]{36}$`)[0]
	form := w.staff.get(w.placement + "/publication").shows(200)
	w.staff.post(w.placement+"/publication", "version", form.value("version"), "title", "Artikel satu", "scheduled_on", "2026-11-10", "published_on", "2026-11-10",
		"url", "https://contoh.id/satu", "label_present", "yes", "metrics.views", "1.200").moved()
	w.staff.send(w.placement+"/proofs", []byte("not a picture"), "kind", "screenshot", "origin", "staff").shows(415, "isinya text/plain")
	w.staff.send(w.placement+"/proofs", picture, "kind", "screenshot", "origin", "vendor", "captured_at", "2026-11-10T10:00").moved()
	record := w.staff.get(w.placement).shows(200, "10 Nov 2026 10:00", "1.200")
	if seen := w.staff.get(record.doc.Find("img").AttrOr("src", "")); seen.status != 200 || seen.body != string(picture) {
		w.staff.t.Errorf("the proof comes back as %d", seen.status)
	}
}

func (w *walk) verify() {
	decide := w.verifier.get(w.placement+"/decide").shows(200, "https://contoh.id/satu")
	w.staff.post(w.placement+"/decide", "version", decide.value("version"), "verb", "verify").shows(403, "Harus orang lain")
	w.verifier.post(w.placement+"/decide", "version", decide.value("version"), "verb", "verify").moved()
	w.staff.post(w.placement+"/decide", "version", decide.value("version"), "verb", "nonsense").shows(404)
}

func (w *walk) bill() {
	ready := w.staff.get(w.agreement+"/acceptances/new").shows(200, "Artikel satu")
	id := ready.value("placement_ids")
	w.staff.post(w.agreement+"/acceptances", "number", "", "date", "2026-11-12").shows(422, "Nomor: wajib diisi", "Penayangan: wajib diisi")
	w.staff.post(w.agreement+"/acceptances", "number", "BAST/1", "date", "2026-11-12", "placement_ids", id).moved()
	form := w.staff.get(w.agreement + "/invoices/new").shows(200)
	bill := []string{"number", "INV/1", "date", "2026-11-12", "tax_invoice_number", "0400260012345678", "placement_ids", id}
	w.staff.post(w.agreement+"/invoices", append(bill, "amount", "1")...).shows(422, "seharusnya Rp2.220.001")
	invoice := w.staff.post(w.agreement+"/invoices", append(bill, "amount", form.value("amount"))...).moved()
	open := w.staff.get(invoice).shows(200, "Berkas asli tagihan belum diunggah")
	w.staff.send(invoice+"/file", picture, "version", open.value("version")).moved()
	w.staff.get(invoice).shows(200, "Buka berkas")
	w.staff.get(invoice+"/papers/new").shows(200, "e-meterai")
	receipt := append(slices.Clone(picture), 0)
	w.staff.send(invoice+"/papers", receipt, "kind", "receipt", "origin", "scan", "number", "KW/1", "date", "2026-11-12", "amount", "1", "covers", "gross").shows(422, "seharusnya Rp2.220.001")
	w.staff.send(invoice+"/papers", receipt, "kind", "receipt", "origin", "scan", "number", "KW/1", "date", "2026-11-12", "amount", "2.220.001", "covers", "gross").moved()
	w.staff.get(invoice).shows(200, "kuitansi", "dipindai petugas")
}

func (w *walk) pay() {
	ask := w.staff.get(w.agreement+"/payments/new").shows(200, "INV/1", "Yang akan dipotong", "Bukan PPh 21")
	w.staff.post(w.agreement+"/payments", "kind", "ls", "invoice_ids", ask.value("invoice_ids"), "spp.number", "SPP/1", "spp.date", "2026-11-13", "preview", "1").shows(200, "PPN Rp220.000 dipungut karena harga tanpa PPN Rp2.000.001 lebih dari Rp2.000.000")
	w.payment = w.staff.post(w.agreement+"/payments", "kind", "ls", "invoice_ids", ask.value("invoice_ids"), "spp.number", "SPP/1", "spp.date", "2026-11-13").moved()
	order := w.head.get(w.payment+"/authorise").shows(200, "Rp1.960.001", "PPh 23")
	w.head.post(w.payment+"/authorise", "version", order.value("version"), "spm.number", "SPM/1", "spm.date", "2026-11-01").shows(422, "Tanggal SPM: mendahului Tanggal SPP")
	w.head.post(w.payment+"/authorise", "version", order.value("version"), "spm.number", "SPM/1", "spm.date", "2026-11-14").moved()
	w.treasurer.get(home+"/home").shows(200, "pembayaran menunggu SP2D")
	settle := w.treasurer.get(w.payment + "/settle").shows(200)
	w.treasurer.post(w.payment+"/settle", "version", settle.value("version"), "sp2d.number", "SP2D/1", "sp2d.date", "2026-11-16").moved()
	paid := w.treasurer.get(w.payment).shows(200, "PPN belum disetor")
	deposit := paid.links(`/taxes/`)[0]
	w.treasurer.post(deposit, "version", w.treasurer.get(deposit).shows(200).value("version"), "billing_code", "1", "ntpn", "a", "date", "2026-11-20").shows(422, "harus 15 angka", "harus 16 huruf besar")
	w.treasurer.post(deposit, "version", w.treasurer.get(deposit).value("version"), "billing_code", "123456789012345", "ntpn", "ABCD1234ABCD1234", "date", "2026-11-20").moved()
	w.treasurer.get(w.payment).shows(200, "NTPN ABCD 1234 ABCD 1234", "Jatuh tempo 15 Des 2026")
	back := deposit + "/reverse-deposit"
	w.treasurer.post(back, "version", w.treasurer.get(back).shows(200, "ABCD 1234").value("version"), "reason", "").shows(422, "Alasan: wajib diisi")
	w.treasurer.post(back, "version", w.treasurer.get(back).value("version"), "reason", "NTPN salah ketik").moved()
	w.treasurer.get(w.payment).shows(200, "NTPN salah ketik", "PPN belum disetor")
	w.treasurer.get(home+"/taxes?deposited=false").shows(200, "PPh 23", "Rp")
	slip := deposit + "/slip"
	w.treasurer.post(slip, "number", "BP/0", "date", "2026-11-20").shows(422, "PPN tidak punya bukti potong")
	slip = w.treasurer.get(w.payment).links(`/slip$`)[0]
	if got := w.treasurer.get(slip).shows(200).value("object_code"); got != "24-104-34" {
		w.staff.t.Errorf("the slip begins with the object %q", got)
	}
	w.treasurer.post(slip, "number", "BP/1", "date", "2026-11-20", "object_code", "24").shows(422, "NN-NNN-NN")
	w.treasurer.post(slip, "number", "BP/1", "date", "2026-11-20", "object_code", "24-104-34").moved()
	made := w.treasurer.get(home+"/withholding-slips").shows(200, "BP/1", "24-104-34").links(`/withholding-slips/[0-9a-f-]{36}$`)[0]
	w.treasurer.post(made+"/give", "version", w.treasurer.get(made+"/give").shows(200).value("version"), "handed_on", "2026-11-21").moved()
	w.treasurer.post(made+"/void", "version", w.treasurer.get(made+"/void").shows(200).value("version"), "reason", "Salah masa").moved()
	w.treasurer.get(made).shows(200, "Salah masa")
}

func TestTheWholeChainByPages(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	for _, leg := range []func(){w.agree, w.publish, w.verify, w.bill, w.pay} {
		leg()
	}
	w.staff.get(w.line).shows(200, "Realisasi", "SP2D/1", "treasurer@contoh.go.id")
	w.staff.get(home+"/home").shows(200, "Rp2.220.001")
	undo := w.treasurer.get(w.payment + "/reverse").shows(200)
	w.treasurer.post(w.payment+"/reverse", "version", undo.value("version"), "reason", "Salah rekening", "sts.number", "STS/1", "sts.date", "2026-11-21").moved()
	w.treasurer.get(w.payment).shows(200, "dibatalkan", "Salah rekening")
	w.staff.post(home+"/reports", "kind", "accountability", "fiscal_year", "2026", "language", "id", "from", "2025-01-01").shows(422, "di luar tahun anggaran")
	w.staff.post(home+"/reports", "kind", "accountability", "fiscal_year", "2026", "language", "id").moved()
	w.staff.get(home+"/reports").shows(200, "menunggu", "Pertanggungjawaban 2026")
}
