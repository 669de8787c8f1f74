package chromium_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/db/chromium"
)

func now() time.Time { return time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC) }

// site is a server of test pages; inner is one on this machine that no page may reach.
func site(t *testing.T) (pages *httptest.Server, reached *atomic.Int64) {
	t.Helper()
	reached = &atomic.Int64{}
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(inner.Close)
	mux := http.NewServeMux()
	mux.HandleFunc("/berita", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" {
			t.Error("the page is asked with cookies")
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		fmt.Fprintf(w, `<!doctype html><html><head><title>Berita — Situs</title><meta property="og:title" content="Bupati resmikan pusat layanan">
			<meta property="article:published_time" content="2026-03-02T08:00:00+07:00"></head><body style="margin:0">
			<h1>Bupati resmikan pusat layanan</h1><div style="height:3000px;background:linear-gradient(red,blue)">isi</div>
			<img src="%s/rahasia"><script>fetch("%s/rahasia").catch(() => {}); document.body.append("selesai")</script></body></html>`, inner.URL, inner.URL)
	})
	mux.HandleFunc("/pindah", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/berita", http.StatusFound) })
	mux.HandleFunc("/masuk", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inner.URL+"/rahasia", http.StatusFound)
	})
	mux.HandleFunc("/unduh", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Disposition", "attachment; filename=a.zip")
		_, _ = w.Write([]byte("PK"))
	})
	mux.HandleFunc("/hilang", http.NotFound)
	mux.HandleFunc("/besar", func(w http.ResponseWriter, _ *http.Request) {
		piece := append([]byte("<!--"), append(bytes.Repeat([]byte("x"), 1<<20), "-->"...)...)
		for range 100 {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	})
	pages = httptest.NewServer(mux)
	t.Cleanup(pages.Close)
	return pages, reached
}

func find(t *testing.T, pages *httptest.Server) *chromium.Browser {
	t.Helper()
	b, ok := chromium.Find([]string{strings.TrimPrefix(pages.URL, "http://")}, now)
	if !ok {
		t.Fatal("chromium is not installed; make test installs it, or: apt-get install chromium")
	}
	return b
}

func TestCapture(t *testing.T) {
	t.Parallel()
	pages, reached := site(t)
	b := find(t, pages)
	var steps []capture.Step
	s, err := b.Capture(t.Context(), pages.URL+"/pindah", func(s capture.Step) { steps = append(steps, s) })
	if err != nil {
		t.Fatal(err)
	}
	if s.FinalURL != pages.URL+"/berita" || s.Status != 200 || s.Title != "Bupati resmikan pusat layanan" || s.Published != "2026-03-02T08:00:00+07:00" || !s.At.Equal(now()) {
		t.Errorf("got %+v", capture.Snapshot{FinalURL: s.FinalURL, Status: s.Status, Title: s.Title, Published: s.Published, At: s.At})
	}
	if !bytes.Contains(s.HTML, []byte("selesai")) {
		t.Error("the page is kept as it came, not as it was shown")
	}
	img, err := png.Decode(bytes.NewReader(s.Picture))
	if err != nil || img.Bounds().Dx() != 1280 || img.Bounds().Dy() < 3000 {
		t.Errorf("the picture is not of the whole page: %v", err)
	}
	if len(steps) != 3 || reached.Load() != 0 {
		t.Errorf("steps %v; a page reached this machine %d times", steps, reached.Load())
	}
}

func TestCaptureIsRefused(t *testing.T) {
	t.Parallel()
	pages, reached := site(t)
	b := find(t, pages)
	for address, code := range map[string]string{
		pages.URL + "/masuk":                         "capture_address_refused", // a redirect to this machine
		pages.URL + "/unduh":                         "capture_no_page",
		pages.URL + "/besar":                         "capture_too_large",
		"file:///etc/passwd":                         "capture_address_refused",
		"chrome://version":                           "capture_address_refused",
		"http://127.0.0.1/":                          "capture_address_refused",
		"http://localhost/":                          "capture_address_refused",
		"http://10.1.2.3/":                           "capture_address_refused",
		"http://[::ffff:192.168.1.1]/":               "capture_address_refused",
		"http://169.254.169.254/latest/":             "capture_address_refused",
		"http://kabar.test:22/":                      "capture_address_refused",
		"http://a:b@kabar.test/":                     "capture_address_refused",
		"http://nama-yang-tidak-ada.kabar.invalid/x": "capture_unreachable",
	} {
		t.Run(address, func(t *testing.T) {
			if _, err := b.Capture(t.Context(), address, func(capture.Step) {}); !fault.Is(err, code) {
				t.Errorf("got %v, want %s", err, code)
			}
		})
	}
	if reached.Load() != 0 {
		t.Error("this machine was reached")
	}
}

func TestAPageThatIsGoneIsKeptAsSuch(t *testing.T) {
	t.Parallel()
	pages, _ := site(t)
	s, err := find(t, pages).Capture(t.Context(), pages.URL+"/hilang", func(capture.Step) {})
	if err != nil || s.Status != 404 {
		t.Errorf("got %d, %v", s.Status, err)
	}
}

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1": true, "127.0.0.1": false, "::1": false, "10.0.0.1": false, "172.16.0.1": false, "192.168.0.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "::": false, "fc00::1": false, "fe80::1": false, "::ffff:10.0.0.1": false,
		"64:ff9b::a00:1": false, "2002:a00:1::": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false, "::7f00:1": false, "fec0::1": false,
	} {
		if got := chromium.Public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}
