package web

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
)

// testAssets stands for a bundle, so that these tests need no Node.
func testAssets(t *testing.T) assets {
	t.Helper()
	a, err := readAssets(fstest.MapFS{
		"manifest.json": {Data: []byte(`{"app.js":"app-1.js","app.css":"app-1.css","theme.js":"theme-1.js","icons.svg":"icons-1.svg"}`)},
		"app-1.css":     {Data: []byte("body{}")},
		"app-1.css.br":  {Data: []byte("packed")},
		"theme-1.js":    {Data: []byte("1")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func testWeb(t *testing.T, cfg Config) *Web {
	t.Helper()
	w, err := assemble(cfg, testAssets(t))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestABinaryWithoutBrowserPartsSaysWhatToRun(t *testing.T) {
	t.Parallel()
	if _, err := readAssets(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "npm run build") {
		t.Error(err)
	}
}

func TestTemplatesBelongToPages(t *testing.T) {
	t.Parallel()
	if _, err := parseViews(fstest.MapFS{"stray.html": {Data: []byte("x")}}, testAssets(t)); err == nil || !strings.Contains(err.Error(), "stray.html") {
		t.Error(err)
	}
	if _, err := parseViews(fstest.MapFS{"frame.html": {Data: []byte("x")}}, testAssets(t)); err == nil {
		t.Error("a page without its template must fail at start")
	}
}

func TestEveryStoryRendersInBothLanguages(t *testing.T) {
	t.Parallel()
	w := testWeb(t, Config{})
	for _, code := range []string{"id", "en"} {
		in := storyReader(code)
		seen := map[string]bool{}
		for _, s := range stories(in) {
			if seen[s.Name] {
				t.Errorf("two stories are called %s", s.Name)
			}
			seen[s.Name] = true
			t.Run(code+"/"+s.Name, func(t *testing.T) {
				t.Parallel()
				body, err := w.drawStory(in, s, "")
				if err != nil {
					t.Fatal(err)
				}
				examine(t, code, body)
			})
		}
	}
}

var eventAttribute = regexp.MustCompile(`^on[a-z]+$`)

// examine checks what every page owes its readers.
func examine(t *testing.T, code string, body []byte) {
	t.Helper()
	if i := bytes.Index(body, []byte("⟦")); i >= 0 {
		t.Errorf("untranslated: %s", body[i:min(len(body), i+60)])
	}
	for _, bad := range []string{"<no value>", "%!", "ZgotmplZ", "00000000-0000"} {
		if i := bytes.Index(body, []byte(bad)); i >= 0 {
			t.Errorf("page holds %q: %s", bad, body[max(0, i-80):min(len(body), i+60)])
		}
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Find("html").AttrOr("lang", ""); got != code {
		t.Errorf("lang is %q", got)
	}
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d headings of the first level", n)
	}
	ids := map[string]bool{}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			switch {
			case a.Key == "href" && (a.Val == "" || a.Val == "#"):
				t.Errorf("empty href in %s", goquery.NodeName(s))
			case a.Key == "style" || eventAttribute.MatchString(a.Key):
				t.Errorf("%s has inline %s", goquery.NodeName(s), a.Key)
			case a.Key == "id" && ids[a.Val]:
				t.Errorf("two elements are called %q", a.Val)
			case a.Key == "id":
				ids[a.Val] = true
			}
		}
	})
	doc.Find("label[for]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("for", ""); !ids[id] {
			t.Errorf("label for %q, which is not there", id)
		}
	})
	doc.Find("script:not([src]), style").Each(func(_ int, s *goquery.Selection) { t.Error("inline script or style") })
	doc.Find("a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if id := strings.TrimPrefix(s.AttrOr("href", ""), "#"); !ids[id] {
			t.Errorf("link to #%s, which is not there", id)
		}
	})
}
