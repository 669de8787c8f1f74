package web

import (
	"bytes"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestEveryFieldIsKnown: whatever a form of a story would send is taken by the guard.
func TestEveryFieldIsKnown(t *testing.T) {
	t.Parallel()
	w := testWeb(t, Config{})
	in := storyReader("id")
	drawn := map[string]bool{}
	for _, s := range stories(in) {
		body, err := w.drawStory(in, s, "")
		if err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("form[method=post] [name]").Each(func(_ int, e *goquery.Selection) {
			name := e.AttrOr("name", "")
			drawn[name] = true
			if !ours(name) {
				t.Errorf("%s: %q is on a form, and the guard would refuse it", s.Name, name)
			}
		})
	}
	if len(drawn) < 50 {
		t.Errorf("only %d fields are drawn", len(drawn))
	}
	for _, name := range []string{"no_such_field", "deliverables.x.unit", "deliverables.1.colour", "deliverables.1", "", "version.1"} {
		if ours(name) {
			t.Errorf("%q is on no form", name)
		}
	}
}
