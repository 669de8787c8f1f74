package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// pictureBytesMax keeps the guide quick to open.
const pictureBytesMax = 250_000

// TestPictures draws the pictures of the guide anew from the sample office when PICTURES is set:
//
//	PICTURES=1 go test -run TestPictures ./cmd/tayang
func TestPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("PICTURES=1 draws the pictures of the guide anew")
	}
	o := openOffice(t)
	if err := o.p.tellSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.serve(t)
	browser := newBrowser(t)
	staff, verifier, auditor := o.sit(t, browser, "staff"), o.sit(t, browser, "verifier"), o.sit(t, browser, "auditor")

	staff.open("./home")
	staff.until("the chart is drawn", `document.querySelectorAll(".chart-body svg path").length > 8`)
	staff.picture("home.png")

	busy := o.do(t, "staff", "GET", "./agreements?status=active&kind=media&sort=-paid&limit=1", nil).want(200).items()[0]
	staff.open("./agreements/" + fmt.Sprint(busy["id"]))
	staff.picture("agreement.png")

	staff.drawForm(fmt.Sprint(busy["vendor_id"]))
	staff.picture("agreement-form.png")

	open := o.do(t, "staff", "GET", "./placements?status=published&channel_kind=online&sort=-published_on&limit=1", nil).want(200).items()[0]
	verifier.open("./placements/" + fmt.Sprint(open["id"]) + "/decide")
	verifier.until("the proof is shown", `document.querySelector("main img").complete`)
	verifier.picture("placement.png")

	auditor.open("./reports")
	auditor.save()
	auditor.sees("#runs", "semua kontrol cocok")
	auditor.open("./reports")
	auditor.picture("report.png")
	run := o.do(t, "auditor", "GET", "./reports?limit=1", nil).want(200).items()[0]
	drawSummary(t, o.do(t, "auditor", "GET", "./reports/"+fmt.Sprint(run["id"])+"/file", nil).want(200).raw)
}

// drawForm enters two items of a vendor and looks at what they leave of the budget.
func (d *desk) drawForm(vendor string) {
	d.t.Helper()
	d.open("./agreements/new?kind=media&vendor_id=" + vendor)
	d.fill("number", "027/SPK/311/2026", "title", "Publikasi layanan publik Desember", "order_date", "2026-11-24", "start_date", "2026-11-25", "end_date", "2026-12-18")
	for i, item := range [][3]string{{"advertorial", "4", "1.850.000"}, {"banner", "1", "2.400.000"}} {
		at := fmt.Sprintf("deliverables.%d.", i)
		if i > 0 {
			d.do("add a row", chromedp.Click(chromedp.CSS(`[data-add="items"]`)))
		}
		d.fill(at+"product", item[0], at+"quantity", item[1], at+"unit", "tayang", at+"unit_price", item[2], at+"label_required", "yes")
		ask[bool](d, `["channel", "budget_line_id"].map((n) => { const s = document.querySelector("[name='" + %s + n + "']"); s.selectedIndex = 1 + %s; s.dispatchEvent(new Event("change", {bubbles: true})); return true; })[0]`, at, i)
	}
	d.sees("#reservation", "8.214.000")
	ask[bool](d, `(scrollTo(0, document.querySelector("#items").getBoundingClientRect().top + scrollY - 330), true)`)
}

// picture keeps what the window shows in the guide's folder.
func (d *desk) picture(name string) {
	d.t.Helper()
	d.do("settle", chromedp.EmulateViewport(1280, 900), chromedp.Sleep(time.Second))
	raw, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.t.Fatal(err)
	}
	keepPicture(d.t, name, raw)
}

func keepPicture(t testing.TB, name string, raw []byte) {
	t.Helper()
	if len(raw) > pictureBytesMax {
		t.Errorf("%s takes %d bytes, more than %d", name, len(raw), pictureBytesMax)
	}
	folder := filepath.Join("..", "..", "docs", "pictures")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), raw, 0o644); err != nil {
		t.Fatal(err)
	}
}

// indonesian has LibreOffice write numbers as the office's own Excel does.
const indonesian = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item></oor:items>`

// drawSummary prints the first sheet of a workbook as LibreOffice shows it.
func drawSummary(t *testing.T, book []byte) {
	t.Helper()
	folder := t.TempDir()
	settings := filepath.Join(folder, "profile", "user")
	if err := errors.Join(os.MkdirAll(settings, 0o755), os.WriteFile(filepath.Join(settings, "registrymodifications.xcu"), []byte(indonesian), 0o600),
		os.WriteFile(filepath.Join(folder, "book.xlsx"), book, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*exec.Cmd{
		exec.Command("soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, filepath.Join(folder, "book.xlsx")),
		exec.Command("pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-singlefile", "-png", filepath.Join(folder, "book.pdf"), filepath.Join(folder, "summary")),
	} {
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", c.Path, err, out)
		}
	}
	raw, err := os.ReadFile(filepath.Join(folder, "summary.png"))
	if err != nil {
		t.Fatal(err)
	}
	keepPicture(t, "workbook-summary.png", raw)
}
