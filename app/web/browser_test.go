package web

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is Chromium on the storybook, with everything that pages complain about on the console.
type browser struct {
	context.Context
	url string
	mu  sync.Mutex
	log []string
}

// storyBrowser opens the storybook in a real browser. It needs the bundle and Chromium, which make test sets up.
func storyBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a real browser is not short")
	}
	app, err := Storybook()
	if err != nil {
		t.Skip(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(ln) }()
	allocated, stop := chromedp.NewExecAllocator(t.Context(), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU, chromedp.WindowSize(1280, 900))
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(func() { cancel(); stop(); _ = app.Shutdown() })
	b := &browser{Context: ctx, url: "http://" + ln.Addr().String()}
	if err := chromedp.Do(ctx, chromedp.Navigate(b.url+"/id")); err != nil { // the first call starts the browser and lends it its context
		t.Fatal(err)
	}
	go func() {
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.log = append(b.log, m.String())
			b.mu.Unlock()
		}
	}()
	return b
}

func (b *browser) open(t *testing.T, path string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(b.url+path)); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// eval runs an expression in the page and gives its value.
func eval[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, 30*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return out
}

// complaints gives what the console said since it was asked last.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.log
	b.log = nil
	return out
}

// accessible asks axe-core for what stands in the way of readers with disabilities.
const accessible = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}).then(r =>
	r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + " at " + n.target.join(" ") + ": " + n.any.concat(n.all).map(x => x.message).join("; "))))`

func TestEveryStoryIsAccessible(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed: npm ci")
	}
	b := storyBrowser(t)
	for i, s := range stories(storyReader("id")) {
		look := []string{"", "?theme=dark"}[i%2]
		b.open(t, "/id/"+s.Name+look)
		eval[bool](t, b, string(axe)+";true")
		for _, v := range eval[[]string](t, b, accessible) {
			t.Errorf("%s%s: %s", s.Name, look, v)
		}
		for _, c := range b.complaints() {
			if !strings.Contains(c, "favicon") {
				t.Errorf("%s: %s", s.Name, c)
			}
		}
	}
}

func TestPagesFitEveryScreen(t *testing.T) {
	t.Parallel()
	b := storyBrowser(t)
	for _, width := range []int64{360, 1024, 2560} {
		if err := chromedp.Do(b, chromedp.EmulateViewport(width, 900)); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"home", "agreements", "agreement-active", "agreement-form-filled", "placement-decide", "payment-settled", "reports", "sign-in"} {
			b.open(t, "/id/"+name)
			if over := eval[int64](t, b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s is %d pixels wider than a screen of %d", name, over, width)
			}
		}
	}
}

func TestKeysAndRows(t *testing.T) {
	t.Parallel()
	b := storyBrowser(t)
	b.open(t, "/id/agreements")
	press := func(key string) {
		eval[bool](t, b, fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true})), true`, key))
	}
	press("j")
	press("j")
	if got := eval[int64](t, b, `[...document.querySelectorAll("tbody tr")].findIndex(r => r.classList.contains("current"))`); got != 1 {
		t.Errorf("j twice chose row %d", got)
	}
	press("/")
	if got := eval[string](t, b, `document.activeElement.name`); got != "q" {
		t.Errorf("/ went to %q", got)
	}
	b.open(t, "/id/agreement-form-filled")
	eval[bool](t, b, `document.querySelector("[data-add]").click(), true`)
	if got := eval[string](t, b, `[...document.querySelectorAll("#items tbody tr:not(.more)")].map(r => r.querySelector("input").name + "#" + r.querySelector("input").id).join()`); got !=
		"deliverables.0.product#f-deliverables-0-product,deliverables.1.product#f-deliverables-1-product,deliverables.2.product#f-deliverables-2-product" {
		t.Error(got)
	}
	eval[bool](t, b, `document.querySelector("[data-remove]").click(), true`)
	if got := eval[int64](t, b, `document.querySelectorAll("#items tbody tr:not(.more)").length`); got != 2 {
		t.Errorf("%d rows after removing one of three", got)
	}
}

func TestTheChartIsDrawn(t *testing.T) {
	t.Parallel()
	b := storyBrowser(t)
	b.open(t, "/id/home")
	got := eval[int64](t, b, `new Promise(done => { const look = () => { const n = document.querySelectorAll(".chart-body svg path").length; n > 8 ? done(n) : setTimeout(look, 50); }; look(); })`)
	if got <= 8 {
		t.Errorf("%d shapes", got)
	}
}
