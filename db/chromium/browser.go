package chromium

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tayang/app/capture"
	"tayang/app/fault"
)

// Browser opens pages in the system's Chromium, each in a profile of its own that is thrown away.
type Browser struct {
	path    string
	allowed []string
	now     func() time.Time
}

// Find looks for Chromium; false when this machine has none. allowed are the office's own test pages, as host:port, that
// may be opened although their addresses are not public.
func Find(allowed []string, now func() time.Time) (*Browser, bool) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return &Browser{path, allowed, now}, true
		}
	}
	return nil, false
}

// Bounds of one capture.
const (
	pageTime   = 60 * time.Second
	settleTime = 2 * time.Second // for what scripts still fetch
	width      = 1280
	heightMax  = 16_000 // of a picture, in pixels
)

// Refusal says why an address is not opened: capture_address_refused; nil when it may be. A name is looked up again, and
// looked at again, when the page is fetched.
func (b *Browser) Refusal(ctx context.Context, address string) error {
	refused := fault.New(fault.Invalid, "capture_address_refused")
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return refused
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if slices.Contains(b.allowed, net.JoinHostPort(u.Hostname(), port)) {
		return nil
	}
	if port != "80" && port != "443" {
		return refused
	}
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return nil // the capture says that the page cannot be reached
	}
	if slices.ContainsFunc(found, func(a netip.Addr) bool { return !Public(a) }) {
		return refused
	}
	return nil
}

// Capture opens the page and keeps what it shows. Faults: capture_address_refused, capture_too_large, capture_no_page; worth
// another try: capture_unreachable, capture_timeout.
func (b *Browser) Capture(ctx context.Context, address string, step func(capture.Step)) (s capture.Snapshot, err error) {
	if err := b.Refusal(ctx, address); err != nil {
		return s, err
	}
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	through, err := listen(ctx, b.allowed, cancel)
	if err != nil {
		return s, err
	}
	defer func() { _ = through.Close() }()
	profile, err := os.MkdirTemp("", "tayang-capture-*")
	if err != nil {
		return s, err
	}
	defer func() { _ = os.RemoveAll(profile) }()
	allocated, stop := chromedp.NewExecAllocator(ctx, b.options(profile, through.address)...)
	defer stop()
	tab, quit := chromedp.NewContext(allocated)
	defer quit()
	if s, err = b.look(tab, address, step); err != nil {
		return s, explained(err, through)
	}
	return s, through.answered(s)
}

// answered refuses a page that was the proxy's own answer.
func (p *proxy) answered(s capture.Snapshot) error {
	u, err := url.Parse(s.FinalURL)
	if err != nil {
		return fault.New(fault.Invalid, "capture_address_refused")
	}
	of := func(hostPort string) bool { return strings.HasPrefix(hostPort, u.Hostname()+":") }
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case s.Status == http.StatusForbidden && slices.ContainsFunc(p.refused, of):
		return fault.New(fault.Invalid, "capture_address_refused")
	case s.Status == http.StatusBadGateway && slices.ContainsFunc(p.missed, of):
		return fault.New(fault.Internal, "capture_unreachable")
	}
	return nil
}

// explained tells a page that was refused or cannot be reached from a browser that failed.
func explained(err error, through *proxy) error {
	switch text := err.Error(); {
	case through.left.Load() < 0:
		return &fault.Error{Kind: fault.Invalid, Code: "capture_too_large", Cause: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &fault.Error{Kind: fault.Internal, Code: "capture_timeout", Cause: err}
	case len(through.refusals()) > 0 && strings.Contains(text, "net::ERR_TUNNEL"):
		return &fault.Error{Kind: fault.Invalid, Code: "capture_address_refused", Cause: err}
	case strings.Contains(text, "net::ERR_ABORTED"): // what was to be a page is a file to save
		return &fault.Error{Kind: fault.Invalid, Code: "capture_no_page", Cause: err}
	case strings.Contains(text, "net::ERR_"):
		return &fault.Error{Kind: fault.Internal, Code: "capture_unreachable", Cause: err}
	}
	return fmt.Errorf("capture a page: %w", err)
}

// options start the browser without anything of the office: an empty profile, no connection but through the proxy, no
// lookup of names, no word to its maker.
func (b *Browser) options(profile, through string) []chromedp.ExecAllocatorOption {
	out := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(b.path), chromedp.Headless, chromedp.NoFirstRun, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.WindowSize(width, 900), chromedp.ProxyServer("http://" + through), chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"), chromedp.Flag("incognito", true),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"), chromedp.Flag("lang", "id-ID"),
	}
	for _, name := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars",
		"disable-extensions", "disable-default-apps", "mute-audio", "no-pings", "disable-domain-reliability", "deny-permission-prompts",
	} {
		out = append(out, chromedp.Flag(name, true))
	}
	if os.Geteuid() == 0 { // the sandbox of Chromium does not work for root
		out = append(out, chromedp.NoSandbox)
	}
	return out
}

// look opens the page in the tab, lets it come to rest and keeps it.
func (b *Browser) look(ctx context.Context, address string, step func(capture.Step)) (s capture.Snapshot, err error) {
	step(capture.Opening)
	if err := chromedp.Do(ctx); err != nil {
		return s, fmt.Errorf("start chromium: %w", err)
	}
	if _, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorDeny,
	}); err != nil {
		return s, fmt.Errorf("refuse downloads: %w", err)
	}
	answer, err := chromedp.Run(ctx, chromedp.NavigateResponse(address))
	if err != nil {
		return s, err
	}
	if answer == nil {
		return s, errors.New("the page gave no answer")
	}
	s.Status, s.At = int(answer.Status), b.now().UTC()
	step(capture.Settling)
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](scrollThrough, chromedp.EvalAwaitPromise)); err != nil {
		return s, fmt.Errorf("scroll the page: %w", err)
	}
	select {
	case <-time.After(settleTime):
	case <-ctx.Done():
		return s, ctx.Err()
	}
	said, err := chromedp.Run(ctx, chromedp.Evaluate[said](whatItSays))
	if err != nil {
		return s, fmt.Errorf("read the page: %w", err)
	}
	s.FinalURL, s.Title, s.Published, s.HTML = said.URL, said.Title, said.Published, []byte(said.HTML)
	step(capture.Drawing)
	s.Picture, err = draw(ctx, said.Height)
	return s, err
}

// said is what a page tells of itself.
type said struct {
	URL, Title, Published, HTML string
	Height                      float64
}

// scrollThrough shows every part of the page once, so that it fetches what it fetches late; whatItSays reads it.
const (
	scrollThrough = `new Promise(done => {
		let y = 0;
		const step = () => {
			scrollTo(0, y);
			y += innerHeight;
			if (y < Math.min(document.documentElement.scrollHeight, 16000)) setTimeout(step, 60); else { scrollTo(0, 0); done(true); }
		};
		step();
	})`
	whatItSays = `(() => {
		const of = (s, a) => { const e = document.querySelector(s); return e ? (e.getAttribute(a) || "").trim() : ""; };
		return {
			URL: location.href, Title: of('meta[property="og:title"]', "content") || document.title,
			Published: of('meta[property="article:published_time"]', "content") || of('meta[itemprop="datePublished"]', "content") ||
				of('meta[name="pubdate"]', "content") || of("time[datetime]", "datetime"),
			HTML: document.documentElement.outerHTML.slice(0, 8000000), Height: document.documentElement.scrollHeight,
		};
	})()`
)

// draw takes the picture of the whole page, as far down as a picture goes.
func draw(ctx context.Context, height float64) ([]byte, error) {
	height = min(max(height, 200), heightMax)
	beyond := true
	r, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{Width: width, Height: height, Scale: 1},
	})
	if err != nil {
		return nil, fmt.Errorf("draw the page: %w", err)
	}
	return r.Data, nil
}
