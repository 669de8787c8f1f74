package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"tayang/app/period"
)

// walk is the way of one agreement through the pages, from the budget to the workbook.
type walk struct {
	t         *testing.T
	office    *office
	browser   context.Context
	staff     *desk
	day       string // today, the date of every paper
	agreement string // address of the agreement's page
}

// TestPeopleWalkTheWholeChain has six people do their parts, each at a browser of his own.
func TestPeopleWalkTheWholeChain(t *testing.T) {
	t.Parallel()
	w := walk{t: t, office: newOffice(t), browser: newBrowser(t)}
	w.day = period.DateOf(time.Now(), w.office.p.place).String()
	door := newDesk(t, w.browser, w.office.url)
	door.open("/sign-in")
	door.accessible()
	w.staff = w.sit("staff")
	w.budget()
	w.vendor()
	w.order()
	w.decide()
	w.publish()
	w.verify()
	w.bill()
	w.pay()
	w.audit()
}

func (w *walk) sit(who string) *desk {
	w.t.Helper()
	return w.office.sit(w.t, w.browser, who)
}

// budget: staff enter the document, the head locks it.
func (w *walk) budget() {
	w.staff.open("./budgets")
	w.staff.accessible()
	w.staff.press(`main a[href$="/budgets/new"]`)
	w.staff.fill("number", "DPA/1/2026", "date", w.day, "lines", strings.Join([]string{
		"2.16.02.2.01.0014;Relasi Media;5.1.02.02.01.0055;Belanja Jasa Iklan;PAD;6.000.000",
		"2.16.02.2.01.0015;Kemitraan Komunitas;5.1.02.02.01.0055;Belanja Jasa Iklan;PAD;4.000.000",
	}, "\n"))
	w.staff.save()
	head := w.sit("head")
	head.open("./budgets")
	head.press("#rows tbody a")
	head.sees("main", "Rp10.000.000")
	head.press(`main a[href$="/lock"]`)
	head.save()
	head.sees(".record-state", "dikunci")
}

// vendor: staff register who publishes, and where.
func (w *walk) vendor() {
	w.staff.open("/vendors/new")
	w.staff.fill("kind", "Badan usaha", "legal_name", "PT Kabar Contoh", "npwp", "01.234.567.8-901.2345", "vat_registered", "yes",
		"bank.name", "Bank Contoh", "bank.account_number", "0011223344", "bank.account_owner", "PT Kabar Contoh")
	w.staff.save()
	w.staff.press(`main a[href$="/outlets/new"]`)
	w.staff.fill("name", "Kabar Contoh", "kind", "Daring", "domain", "kabar-contoh.example", "press_status", "aktual")
	w.staff.save()
	w.staff.sees("#outlets", "Kabar Contoh")
}

// order: staff write an agreement of two items, watch what it leaves of each budget line, and hand it in.
func (w *walk) order() {
	d := w.staff
	d.open("./agreements/new")
	d.fill("kind", "Media", "vendor_id", "PT Kabar Contoh")
	d.press("main form .buttons .btn-primary")
	d.fill("number", "027/1/SP", "title", "Advertorial dan banner", "method", "E-purchasing", "form", "Surat pesanan",
		"rup_code", "12345678", "order_date", w.day, "start_date", w.day, "end_date", w.day)
	w.item(0, "advertorial", "Relasi Media", "3", "2.220.000")
	d.sees("#preview", "kurang Rp660.000")
	d.fill("deliverables.0.quantity", "2")
	d.sees("#preview", "Rp4.440.000")
	d.do("add a row", chromedp.Click(chromedp.CSS(`[data-add="items"]`)))
	w.item(1, "banner", "Kemitraan Komunitas", "1", "1.110.000")
	d.sees("#preview", "Rp5.550.000")
	d.accessible()
	d.save()
	d.sees("h1", "Periksa kembali")
	d.sees("#reservation", "1.560.000")
	d.save()
	d.sees(".record-state", "diajukan")
	d.accessible()
	w.agreement = ask[string](d, `location.pathname`)
}

func (w *walk) item(row int, product, line, quantity, price string) {
	w.t.Helper()
	at := fmt.Sprintf("deliverables.%d.", row)
	w.staff.fill(at+"product", product, at+"channel", "Kabar Contoh", at+"budget_line_id", line, at+"quantity", quantity, at+"unit", "artikel",
		at+"unit_price", price, at+"tax_inclusive", "yes", at+"label_required", "yes")
}

// decide: the author may not decide; the PPK finds the agreement at home and approves it.
func (w *walk) decide() {
	w.staff.open(w.agreement + "/approve")
	w.staff.sees("h1", "Tidak berwenang")
	ppk := w.sit("ppk")
	ppk.accessible()
	ppk.press(`.queue a[href*="agreements"]`)
	ppk.press("#rows tbody a")
	ppk.press(`main a[href$="/approve"]`)
	ppk.save()
	ppk.sees(".record-state", "aktif")
}

// publish: staff plan a placement of each item, record where it appeared, and upload the proof.
func (w *walk) publish() {
	d := w.staff
	d.open(w.agreement + "/placements/new")
	d.fill("placements.0.deliverable_id", "advertorial", "placements.0.title", "Bupati resmikan pasar", "placements.0.scheduled_on", w.day)
	d.do("add a row", chromedp.Click(chromedp.CSS(`[data-add="items"]`)))
	d.fill("placements.1.deliverable_id", "banner", "placements.1.title", "Banner pajak daerah", "placements.1.scheduled_on", w.day)
	d.save()
	for i, title := range []string{"Bupati resmikan pasar", "Banner pajak daerah"} {
		d.open("./placements?status=planned&q=" + strings.ReplaceAll(title, " ", "+"))
		d.press("#rows tbody a")
		d.press(`main a[href$="/publication"]`)
		d.fill("published_on", w.day, "url", fmt.Sprintf("https://kabar-contoh.example/berita/%d", i+1), "label_present", "ya")
		d.save()
		d.fill("kind", "Tangkapan", "origin", "petugas", "file", screenshot(w.t, i))
		d.sees("#f-file-preview", "bukti.png")
		d.press("#new-proof .btn-primary")
		d.sees("#proofs figcaption", "bukti.png")
	}
}

// screenshot draws a small picture of its own for each i, and gives its file.
func screenshot(t testing.TB, i int) string {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for x := range 320 {
		for y := range 200 {
			picture.Set(x, y, color.RGBA{R: uint8(x), G: uint8(y), B: uint8(80 * i), A: 255})
		}
	}
	path := filepath.Join(t.TempDir(), "bukti.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
	return path
}

// verify: the verifier comes from what waits at home, and is led from one placement to the next.
func (w *walk) verify() {
	d := w.sit("verifier")
	d.press(`.queue a[href*="status=published"]`)
	d.press("#rows tbody a")
	d.press(`main a[href$="/decide"]`)
	for range 2 {
		d.until("the proof shows beside the claim", `document.querySelector("main img").naturalWidth > 0`)
		d.save()
		d.sees(".flash", "terverifikasi")
	}
	d.open("./home")
	d.sees(".waiting", "Tidak ada yang menunggu")
}

// bill: staff take the placements over and record the vendor's invoice with its file.
func (w *walk) bill() {
	d := w.staff
	d.open(w.agreement + "/acceptances/new")
	d.fill("number", "027/BAST/1", "date", w.day)
	d.save()
	d.open(w.agreement + "/invoices/new")
	if got := ask[string](d, `document.querySelector("[name=amount]").value`); got != "3.330.000" {
		w.t.Errorf("the form proposes %s", got)
	}
	d.fill("number", "KC-77", "date", w.day, "tax_invoice_number", "0100022600000001", "file", screenshot(w.t, 2))
	d.save()
	d.sees("main", "KC-77")
}

// pay: the treasurer asks, the head authorises, the treasurer pays out and deposits each tax.
func (w *walk) pay() {
	treasurer := w.sit("treasurer")
	treasurer.open(w.agreement + "/payments/new")
	treasurer.fill("spp.number", "SPP/1", "spp.date", w.day)
	treasurer.save()
	for _, figure := range []string{"Rp3.330.000", "Rp2.940.000", "330.000", "60.000"} {
		treasurer.sees("main", figure)
	}
	payment := ask[string](treasurer, `location.pathname`)
	head := w.sit("head")
	head.press(`.queue a[href*="payments"]`)
	head.press("#rows tbody a")
	head.press(`main a[href$="/authorise"]`)
	head.fill("spm.number", "SPM/1", "spm.date", w.day)
	head.save()
	treasurer.open(payment + "/settle")
	treasurer.fill("sp2d.number", "SP2D/1", "sp2d.date", w.day)
	treasurer.save()
	treasurer.sees(".record-state", "cair")
	treasurer.accessible()
	for i := range 2 {
		treasurer.press(`#tax-rows a[href*="/taxes/"]`)
		treasurer.fill("billing_code", fmt.Sprintf("12345678901234%d", i), "ntpn", fmt.Sprintf("ABCDEF012345678%d", i), "date", w.day)
		treasurer.save()
	}
	if left := ask[float64](treasurer, `document.querySelectorAll('#tax-rows a[href*="/taxes/"]').length`); left != 0 {
		w.t.Errorf("%v taxes still ask for their deposit", left)
	}
}

// audit: the auditor has the workbook made, waits for it on the page, and reads it.
func (w *walk) audit() {
	d := w.sit("auditor")
	for _, list := range []string{"agreements", "placements", "payments"} {
		d.open("./" + list)
		d.accessible()
	}
	d.open("./reports")
	d.save()
	d.sees("#runs", "semua kontrol cocok")
	d.accessible()
	fingerprint := strings.ReplaceAll(ask[string](d, `document.querySelector("#runs .secret > span").textContent`), " ", "")
	path := w.download(d, `#runs a[href$="/file"]`)
	raw, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != fingerprint {
		w.t.Errorf("the page prints %s, the file is %x", fingerprint, sum)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer book.Close()
	w.read(book)
}

// download clicks a link that gives a file, and waits for it.
func (w *walk) download(d *desk, css string) string {
	w.t.Helper()
	folder := w.t.TempDir()
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	progress := chromedp.BrowserEvents(ctx, browser.DownloadProgress)
	events := true
	if _, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		DownloadPath: folder, EventsEnabled: &events,
	}); err != nil {
		w.t.Fatal(err)
	}
	d.do("download", chromedp.Click(chromedp.CSS(css)))
	for p, err := range progress {
		if err != nil || p.State == browser.DownloadProgressStateCanceled {
			w.t.Fatalf("download: %v %s", err, p.State)
		}
		if p.State == browser.DownloadProgressStateCompleted {
			return filepath.Join(folder, p.GUID)
		}
	}
	w.t.Fatal("no download")
	return ""
}

// read holds the workbook against what was done on the pages.
func (w *walk) read(book *excelize.File) {
	w.t.Helper()
	want := "Ringkasan · Realisasi Anggaran · Perjanjian · Penayangan · Influencer · Pembayaran · Pajak · Penyedia · Buku Besar · Penyimpangan · Keaslian · Kamus"
	if got := strings.Join(book.GetSheetList(), " · "); got != want {
		w.t.Errorf("sheets %s", got)
	}
	for sheet, cells := range map[string][]string{
		"Realisasi Anggaran": {"6000000", "2220000", "4000000", "1110000"}, "Pembayaran": {"3330000", "2940000"},
		"Pajak": {"330000", "60000"}, "Penayangan": {"Bupati resmikan pasar", "Banner pajak daerah"}, "Penyedia": {"PT Kabar Contoh"},
	} {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			w.t.Fatal(err)
		}
		held := slices.Concat(rows...)
		for _, cell := range cells {
			if !slices.Contains(held, cell) {
				w.t.Errorf("%s does not hold %s", sheet, cell)
			}
		}
	}
}
