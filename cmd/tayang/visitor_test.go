package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tayang/db/sample"
)

// visitor is a person at a browser that runs no script: it keeps cookies and follows nothing by itself.
type visitor struct {
	t      testing.TB
	office *office
	client *http.Client
	said   []string // headers of every request, name and value in turn
}

// screen is what a visitor was answered; doc is nil when it was no page.
type screen struct {
	t        testing.TB
	what     string
	status   int
	header   http.Header
	raw      []byte
	doc      *goquery.Document
	location string
}

// pocket keeps the cookies of one server by name. It does not look at a clock, because the office's may stand still.
type pocket map[string]string

func (p pocket) SetCookies(_ *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		if p[c.Name] = c.Value; c.Value == "" {
			delete(p, c.Name)
		}
	}
}

func (p pocket) Cookies(*url.URL) (out []*http.Cookie) {
	for name, value := range p {
		out = append(out, &http.Cookie{Name: name, Value: value})
	}
	return out
}

// stranger is a visitor who has not signed in.
func (o *office) stranger(t testing.TB) *visitor {
	t.Helper()
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{t, o, &http.Client{Jar: pocket{}, CheckRedirect: stay}, []string{"Sec-Fetch-Site", "same-origin"}}
}

// visitor signs somebody of the sample office in.
func (o *office) visitor(t testing.TB, who string) *visitor {
	t.Helper()
	v := o.stranger(t)
	v.post("/sign-in", url.Values{"email": {who + "@contoh.go.id"}, "password": {sample.Password}}).want(303)
	return v
}

// in is the same visitor in a part of the test.
func (v *visitor) in(t testing.TB) *visitor {
	same := *v
	same.t = t
	return &same
}

func (v *visitor) get(path string) screen {
	v.t.Helper()
	return v.send(http.MethodGet, path, "", nil)
}

func (v *visitor) post(path string, form url.Values) screen {
	v.t.Helper()
	return v.send(http.MethodPost, path, "application/x-www-form-urlencoded", []byte(form.Encode()))
}

// send asks the server; paths that begin with ./ lie in the communication office. Headers are name, value pairs; an
// empty value takes a header away. Every page that comes back is looked over.
func (v *visitor) send(method, path, mediaType string, body []byte, headers ...string) screen {
	v.t.Helper()
	path = strings.Replace(path, "./", "/a/"+sample.Kominfo+"/", 1)
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.office.url+path, bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	for h := append(append([]string{}, v.said...), headers...); len(h) > 1; h = h[2:] {
		if req.Header.Set(h[0], h[1]); h[1] == "" {
			req.Header.Del(h[0])
		}
	}
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	s := screen{t: v.t, what: method + " " + path, status: res.StatusCode, header: res.Header, location: res.Header.Get("Location")}
	if s.raw, err = io.ReadAll(res.Body); err != nil {
		v.t.Fatal(err)
	}
	s.lookOver(method)
	return s
}

// lookOver checks what every answer owes: the headers that bind the browser, and on pages one title, no text without
// translation, and nothing inline.
func (s *screen) lookOver(method string) {
	s.t.Helper()
	if s.status >= 500 {
		s.t.Errorf("%s: %d %.300s", s.what, s.status, s.raw)
	}
	if !strings.HasPrefix(s.header.Get("Content-Type"), "text/html") || method == http.MethodHead {
		return
	}
	var err error
	if s.doc, err = goquery.NewDocumentFromReader(bytes.NewReader(s.raw)); err != nil {
		s.t.Fatal(err)
	}
	referrer := "same-origin"
	if strings.Contains(strings.ToLower(s.what), " /v/") { // a vendor's page
		referrer = "no-referrer"
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": referrer, "Cache-Control": "no-store",
		"Cross-Origin-Opener-Policy": "same-origin", "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; " +
			"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
	} {
		if got := s.header.Get(name); got != want {
			s.t.Errorf("%s: %s is %q", s.what, name, got)
		}
	}
	for _, bad := range []string{"⟦", "&lt;no value&gt;", "%!", "ZgotmplZ"} {
		if i := bytes.Index(s.raw, []byte(bad)); i >= 0 {
			s.t.Errorf("%s: the page holds %s", s.what, s.raw[max(0, i-80):min(len(s.raw), i+60)])
		}
	}
	if n := s.doc.Find("h1").Length(); n != 1 {
		s.t.Errorf("%s: %d headings of the first level", s.what, n)
	}
	if n := s.doc.Find("script:not([src]), style, [style], [onclick], [onload], [onsubmit]").Length(); n != 0 {
		s.t.Errorf("%s: %d elements with inline script or style", s.what, n)
	}
}

// want fails the test unless the status is the wanted one.
func (s screen) want(status int) screen {
	s.t.Helper()
	if s.status != status {
		s.t.Fatalf("%s: want %d, got %d %s: %s", s.what, status, s.status, s.location, s.words("main"))
	}
	return s
}

var blanks = regexp.MustCompile(`\s+`)

// words is the text of the elements, with one blank between words.
func (s screen) words(css string) string {
	if s.doc == nil {
		return ""
	}
	return strings.TrimSpace(blanks.ReplaceAllString(s.doc.Find(css).Text(), " "))
}

// shows fails the test unless all the texts stand in the page's main part.
func (s screen) shows(texts ...string) screen {
	s.t.Helper()
	for _, text := range texts {
		if got := s.words("main"); !strings.Contains(got, text) {
			s.t.Errorf("%s: %q is not on the page: %s", s.what, text, got)
		}
	}
	return s
}

// has fails the test unless exactly n elements match.
func (s screen) has(n int, css string) screen {
	s.t.Helper()
	if got := s.doc.Find(css).Length(); got != n {
		s.t.Errorf("%s: %d elements %s, want %d", s.what, got, css, n)
	}
	return s
}

// attr is an attribute of the first element that matches; the test fails when there is none.
func (s screen) attr(css, name string) string {
	s.t.Helper()
	value, ok := s.doc.Find(css).Attr(name)
	if !ok {
		s.t.Fatalf("%s: no %s with %s: %s", s.what, css, name, s.words("main"))
	}
	return value
}
