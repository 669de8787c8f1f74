package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tayang/db/sample"
)

// patience is how long one step at a desk may take on a machine that is busy with other tests.
const patience = 90 * time.Second

// newBrowser starts a Chromium for the test; desks are contexts in it that share nothing.
func newBrowser(t testing.TB) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("chromium is not installed; make test installs it, or: apt-get install chromium")
	}
	all, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("force-color-profile", "srgb"))
	browser, quit := chromedp.NewContext(all)
	t.Cleanup(func() {
		if err := chromedp.Cancel(browser); err != nil {
			t.Logf("end chromium: %v", err)
		}
		quit()
		stop()
	})
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return browser
}

// desk is one person at a browser of his own.
type desk struct {
	t   testing.TB
	ctx context.Context
	url string
}

// newDesk opens an empty window on the server at url. What the pages' scripts complain about fails the test.
func newDesk(t testing.TB, browser context.Context, url string) *desk {
	t.Helper()
	ctx, leave := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	d := &desk{t: t, ctx: ctx, url: url}
	if err := chromedp.Do(ctx); err != nil {
		leave()
		t.Fatalf("open a window: %v", err)
	}
	complaints := make(chan struct{})
	console := chromedp.Console(ctx)
	go func() {
		defer close(complaints)
		for m, err := range console {
			if err != nil {
				return
			}
			if refused := m.Source == "network"; !refused && (m.IsException() || m.Type == chromedp.ConsoleError) {
				t.Errorf("console: %s (%s:%d)", m, m.URL, m.Line)
			}
		}
	}()
	t.Cleanup(func() { leave(); <-complaints })
	return d
}

// sit opens a desk for somebody of the sample office and signs in.
func (o *office) sit(t testing.TB, browser context.Context, who string) *desk {
	t.Helper()
	d := newDesk(t, browser, o.url)
	d.signIn(who)
	return d
}

func (d *desk) signIn(who string) {
	d.t.Helper()
	d.open("/sign-in")
	d.fill("email", who+"@contoh.go.id", "password", sample.Password)
	d.press(".signin button.btn-primary")
	d.sees("header.top .person-name", "")
}

// do runs one step and says where it failed.
func (d *desk) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		d.t.Fatalf("%s: %v\nat %s", what, err, d.view())
	}
}

// view is where the person is and what he reads.
func (d *desk) view() string {
	ctx, cancel := context.WithTimeout(d.ctx, 10*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.pathname + "\n" + document.querySelector("main").innerText.slice(0, 1500)`))
	if err != nil {
		return err.Error()
	}
	return text
}

// ask evaluates an expression in the page; %s in it are the arguments as JSON.
func ask[T any](d *desk, expression string, args ...any) T {
	d.t.Helper()
	quoted := make([]any, len(args))
	for i, a := range args {
		b, err := json.Marshal(a)
		if err != nil {
			d.t.Fatal(err)
		}
		quoted[i] = string(b)
	}
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf(expression, quoted...), chromedp.EvalAwaitPromise))
	if err != nil {
		d.t.Fatalf("ask: %v\nat %s", err, d.view())
	}
	return out
}

// open goes to an address; ./ is the communication office.
func (d *desk) open(path string) {
	d.t.Helper()
	d.do("open "+path, chromedp.Navigate(d.url+strings.Replace(path, "./", "/a/"+sample.Kominfo+"/", 1)))
}

// press clicks a link or button and waits for the page that it leads to. The element itself is clicked, once it can be
// seen: a click at its place would miss it when the page moves in between.
func (d *desk) press(css string) {
	d.t.Helper()
	arrive := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		if _, err := chromedp.WaitVisible(chromedp.CSS(css))(ctx, t); err != nil {
			return chromedp.Void{}, err
		}
		_, err := chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Evaluate[bool](fmt.Sprintf("document.querySelector(%q).click(), true", css)))(ctx, t)
		return chromedp.Void{}, err
	}
	d.do("press "+css, arrive)
}

// save presses the main button of the page's form, and fails when the page complains.
func (d *desk) save() {
	d.t.Helper()
	d.press("main form .buttons .btn-primary")
	if wrong := d.text(".alert-danger"); wrong != "" {
		d.t.Fatalf("refused: %s\nat %s", wrong, d.view())
	}
}

// text is what an element says; "" when it is not there.
func (d *desk) text(css string) string {
	d.t.Helper()
	return ask[string](d, `document.querySelector(%s)?.innerText ?? ""`, css)
}

// sees waits until an element holds the text.
func (d *desk) sees(css, text string) {
	d.t.Helper()
	d.until(fmt.Sprintf("see %q in %s", text, css), fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, css, text))
}

// until waits until an expression is true in the page.
func (d *desk) until(what, expression string) {
	d.t.Helper()
	d.do(what, func(ctx context.Context, t *chromedp.Target) (none chromedp.Void, err error) {
		for {
			if there, err := chromedp.Evaluate[bool](expression)(ctx, t); err != nil || there {
				return none, err
			}
			select {
			case <-ctx.Done():
				return none, ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
}

// fill writes into fields: name, value pairs. A list takes the choice that holds the value.
func (d *desk) fill(pairs ...string) {
	d.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		d.put(pairs[i], pairs[i+1])
	}
}

// settle sets lists and dates as their pickers do, and tells what else the field is.
const settle = `((name, value) => {
  const field = document.querySelector("main [name=" + CSS.escape(name) + "]:not([type=hidden])");
  if (!field) return "no such field";
  if (field.type === "select-one") {
    const at = [...field.options].findIndex((o) => o.text.includes(value));
    if (at < 0) return "no such choice among " + [...field.options].map((o) => o.text).join(" | ");
    field.selectedIndex = at;
  } else if (field.type === "date") field.value = value;
  else return field.type === "checkbox" && field.checked ? "" : field.type;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  return "";
})(%s, %s)`

func (d *desk) put(name, value string) {
	d.t.Helper()
	field := chromedp.CSS(fmt.Sprintf(`main [name=%q]`, name))
	switch kind := ask[string](d, settle, name, value); kind {
	case "":
	case "checkbox":
		d.do("tick "+name, chromedp.Click(field))
	case "file":
		d.do("choose a file for "+name, chromedp.SetUploadFiles(field, []string{value}))
	case "text", "email", "password", "url", "textarea", "search":
		written := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: value})
			return err
		})
		d.do("write "+name, chromedp.Focus(field), chromedp.Evaluate[chromedp.Void](`document.activeElement.select()`), written)
	default:
		d.t.Fatalf("field %s: %s\nat %s", name, kind, d.view())
	}
}

// withoutScript turns the scripts of the pages off.
func (d *desk) withoutScript() {
	d.t.Helper()
	d.do("turn scripts off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// accessible fails the test for what axe-core finds to be in the way of people with disabilities.
func (d *desk) accessible() {
	d.t.Helper()
	axe, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		d.t.Fatal("axe-core is not installed; make test installs it, or: npm ci")
	}
	d.do("bring axe-core", chromedp.Evaluate[chromedp.Void](string(axe)+";undefined"))
	for _, found := range ask[[]string](d, `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations
		.filter((v) => v.impact === "serious" || v.impact === "critical")
		.map((v) => v.id + ": " + v.help + " at " + v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")))`) {
		d.t.Errorf("%s at %s", found, ask[string](d, `location.pathname`))
	}
}
