package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// narrow makes the window as wide as a small phone.
func (d *desk) narrow() {
	d.t.Helper()
	d.do("hold a phone", chromedp.EmulateViewport(360, 780))
}

// fits fails when the page is wider than the phone, or is in somebody's way.
func (d *desk) fits() {
	d.t.Helper()
	if wide := ask[int](d, `document.documentElement.scrollWidth`); wide > 360 {
		d.t.Errorf("%s is %d wide: %s", ask[string](d, `location.pathname`), wide,
			ask[string](d, `[...document.querySelectorAll("main *, header *")].filter((e) => e.getBoundingClientRect().right > 361).map((e) => e.tagName + "." + e.className).slice(0, 5).join(", ")`))
	}
	d.accessible()
}

// TestAVendorAtHisPhone sends a proof with scripts and an invoice by keyboard, on a screen 360 wide, and a proof without
// scripts.
func TestAVendorAtHisPhone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("027/14/SPK/2026", vendor, outlet, line, 4, 1_000_000))
	o.accepted(t, a, 1)
	var placements []string
	for _, title := range []string{"Bupati meresmikan pusat layanan terpadu di kecamatan", "Festival budaya"} {
		placements = append(placements, o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": title}).want(201).id())
	}
	door := doorOf(o.do(t, "staff", "POST", "./vendor-links", m{"vendor_id": vendor, "purpose": "Bukti dan tagihan triwulan I"}).want(201))
	file := filepath.Join(t.TempDir(), "tagihan.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.7\nbukti"), 0o600); err != nil {
		t.Fatal(err)
	}
	browser := newBrowser(t)
	d := newDesk(t, browser, o.url)
	d.narrow()
	d.open(door)
	d.fits()
	d.press("main form .btn-primary")
	if at := ask[string](d, `location.pathname`); at != "/v/" {
		t.Errorf("the address stays in the bar: %s", at)
	}
	d.fits()
	d.open("/v/placements/" + placements[0])
	d.fits()
	d.fill("file", file, "published_on", "2026-03-02", "url", "https://contoh-pos.example/bupati")
	d.press("#prove .btn-primary")
	d.sees("h1", "Tanda terima")
	d.sees("#receipt", "tagihan.pdf")
	d.fits()

	// By keyboard alone, from what the office wants to the invoice.
	d.open("/v/")
	keyboard{d}.reach(`.missing a[href$="/invoice"]`)
	d.do("follow it", chromedp.KeyEvent("\r"))
	d.until("the form is there", `!!document.querySelector("#f-number")`)
	d.fits()
	d.fill("number", "INV/31", "date", "2026-03-31", "file", file)
	keyboard{d}.reach(`main form .buttons .btn-primary`)
	d.do("send it", chromedp.KeyEvent("\r"))
	d.sees("h1", "Tanda terima")
	d.sees("#receipt", "INV/31")
	d.open("/v/agreements/" + a.id())
	d.fits()

	plain := newDesk(t, browser, o.url)
	plain.narrow()
	plain.withoutScript()
	plain.open(door)
	plain.press("main form .btn-primary")
	plain.open("/v/placements/" + placements[1])
	plain.fill("file", file)
	plain.press("#prove .btn-primary")
	plain.sees("h1", "Tanda terima")

	staff := o.sit(t, browser, "staff")
	staff.open("./vendor-submissions?status=waiting")
	staff.accessible()
	staff.press("#rows tbody a")
	staff.accessible()
	staff.open("./vendor-links")
	staff.accessible()
}
