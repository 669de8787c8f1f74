package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// outsideServer serves the pages that need nobody signed in.
func outsideServer(t *testing.T) *fiber.App {
	t.Helper()
	w := testWeb(t, Config{Now: time.Now, Place: time.UTC, Log: slog.New(slog.DiscardHandler)})
	app := fiber.New(fiber.Config{Immutable: true, ErrorHandler: w.Refuse})
	w.Mount(app)
	return app
}

// reply is what the server answered.
type reply struct {
	status int
	header http.Header
	body   string
}

func ask(t *testing.T, app *fiber.App, method, path string, headers map[string]string) reply {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader("lang=en&next=/sign-in"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	res, err := app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(body)}
}

func TestOtherSitesCannotPost(t *testing.T) {
	t.Parallel()
	app := outsideServer(t)
	for _, c := range []struct {
		name    string
		headers map[string]string
		want    int
	}{
		{"own page", map[string]string{"Sec-Fetch-Site": "same-origin"}, 303},
		{"address bar", map[string]string{"Sec-Fetch-Site": "none"}, 303},
		{"other site", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"sister site", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"old browser, own origin", map[string]string{"Origin": "http://example.com"}, 303},
		{"old browser, other origin", map[string]string{"Origin": "http://evil.example"}, 403},
		{"old browser, no origin at all", map[string]string{"Origin": "null"}, 403},
		{"no browser", nil, 303},
	} {
		if res := ask(t, app, "POST", "/settings", c.headers); res.status != c.want {
			t.Errorf("%s: %d, want %d", c.name, res.status, c.want)
		}
	}
}

func TestEveryPageIsGuarded(t *testing.T) {
	t.Parallel()
	app := outsideServer(t)
	res := ask(t, app, "GET", "/sign-in", nil)
	if res.status != http.StatusOK || !strings.Contains(res.body, "Masuk ke Tayang") {
		t.Errorf("%d %s", res.status, res.body)
	}
	csp := res.header.Get("Content-Security-Policy")
	if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("policy %q", csp)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin"} {
		if got := res.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhoIsNotSignedInComesBackAfterSigningIn(t *testing.T) {
	t.Parallel()
	app := outsideServer(t)
	res := ask(t, app, "GET", "/a/X/agreements?status=draft", nil)
	if got := res.header.Get("Location"); res.status != http.StatusSeeOther || got != "/sign-in?next=%2Fa%2FX%2Fagreements%3Fstatus%3Ddraft" {
		t.Errorf("%d %s", res.status, got)
	}
	if res := ask(t, app, "POST", "/a/X/agreements", nil); res.status != 401 {
		t.Errorf("a deed by nobody: %d", res.status)
	}
}

func TestBrowserPartsAreKeptForEver(t *testing.T) {
	t.Parallel()
	app := outsideServer(t)
	res := ask(t, app, "GET", "/static/app-1.css", map[string]string{"Accept-Encoding": "gzip, br"})
	if res.body != "packed" || res.header.Get("Content-Encoding") != "br" || !strings.Contains(res.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%q %v", res.body, res.header)
	}
	for _, path := range []string{"/static/manifest.json", "/static/..%2Fmanifest.json", "/static/app-2.css", "/static/"} {
		if res := ask(t, app, "GET", path, nil); res.status != 404 {
			t.Errorf("%s: %d", path, res.status)
		}
	}
}

func TestRedirectsStayInside(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{"/a/X/home": "/a/X/home", "//evil.example": "/", "https://evil.example": "/", "": "/", "/\\evil.example": "/", "/a\r\nX: y": "/"} {
		if got := inside(next); got != want {
			t.Errorf("%q goes to %q", next, got)
		}
	}
}
