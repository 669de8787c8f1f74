package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestOtherSitesChangeNothing sends, with a person's cookies, what his browser would send for another site.
func TestOtherSitesChangeNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(t, "staff")
	vendor := []byte(url.Values{"kind": {"company"}, "legal_name": {"PT Palsu"}}.Encode())
	for _, c := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"another site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a sister site", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another origin, old browser", []string{"Sec-Fetch-Site", "", "Origin", "https://evil.example"}, 403},
		{"another port, old browser", []string{"Sec-Fetch-Site", "", "Origin", "http://127.0.0.1:1"}, 403},
		{"no origin that can be named", []string{"Sec-Fetch-Site", "", "Origin", "null"}, 403},
		{"another origin whatever the browser says", []string{"Sec-Fetch-Site", "cross-site", "Origin", o.url}, 403},
		{"own origin, old browser", []string{"Sec-Fetch-Site", "", "Origin", o.url}, 303},
		{"own page", []string{"Sec-Fetch-Site", "same-origin"}, 303},
	} {
		before := len(o.do(t, "staff", "GET", "/vendors", nil).want(200).items())
		s := v.send("POST", "/vendors", "application/x-www-form-urlencoded", vendor, c.headers...)
		after := len(o.do(t, "staff", "GET", "/vendors", nil).want(200).items())
		if s.status != c.status || (after > before) != (c.status == 303) {
			t.Errorf("%s: %d, %d vendors before and %d after", c.name, s.status, before, after)
		}
		if c.status == 403 {
			s.has(1, "main section.message h1").shows("situs lain")
		}
	}
	v.send("POST", "/sign-out", "", nil, "Sec-Fetch-Site", "cross-site").want(403)
	v.get("./home").want(200)
	o.stranger(t).send("POST", "/sign-in", "application/x-www-form-urlencoded", []byte("email=a&password=b"), "Sec-Fetch-Site", "cross-site").want(403)
}

// TestTheBrowsersParts are sent once, compressed as the browser can, and kept for ever.
func TestTheBrowsersParts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.stranger(t)
	signIn := v.get("/sign-in").want(200)
	hashed := regexp.MustCompile(`/static/[a-z]+-[0-9A-Za-z]{8}\.(js|css|svg)`)
	parts := hashed.FindAllString(string(signIn.raw), -1)
	if len(parts) < 4 {
		t.Fatalf("only %v", parts)
	}
	for _, part := range parts {
		plain := v.send("GET", part, "", nil, "Accept-Encoding", "identity").want(200)
		if got := plain.header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" || plain.header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: Cache-Control %q, Vary %q", part, got, plain.header.Get("Vary"))
		}
		if plain.header.Get("X-Content-Type-Options") != "nosniff" || plain.header.Get("Content-Encoding") != "" || len(plain.raw) == 0 {
			t.Errorf("%s: %v", part, plain.header)
		}
		head := v.send("HEAD", part, "", nil, "Accept-Encoding", "identity").want(200)
		if len(head.raw) != 0 || head.header.Get("Content-Length") != plain.header.Get("Content-Length") || head.header.Get("Content-Type") != plain.header.Get("Content-Type") {
			t.Errorf("HEAD of %s: %v", part, head.header)
		}
		if packed := v.send("GET", part, "", nil, "Accept-Encoding", "gzip, br").want(200); packed.header.Get("Content-Encoding") == "" || len(packed.raw) >= len(plain.raw) {
			t.Errorf("%s: %d of %d bytes, %v", part, len(packed.raw), len(plain.raw), packed.header)
		}
	}
	v.send("POST", parts[0], "", nil).want(401)
	if head := v.send("HEAD", "/sign-in", "", nil).want(200); len(head.raw) != 0 || !strings.Contains(head.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("HEAD of a page: %v", head.header)
	}
	v.send(http.MethodHead, "./home", "", nil).want(303)
}
