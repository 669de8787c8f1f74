package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// wrong are values that the program must not take for the field.
func (in entry) wrong() []string {
	if in.name == "airing_ids" { // rows of a log that a person ticks: TestAStationsLogProvesItsSpots
		return nil
	}
	hostile := []string{"a\x00b", "a\xffb", strings.Repeat("9", 1<<20)}
	switch in.kind {
	case "hidden":
		return map[string][]string{"version": {"", "x", "0", "999999", "1.5"}, "vendor_id": {nobody, "x", ""}, "kind": {"x", ""}}[in.name]
	case "button":
		return map[string][]string{"verb": {"x", "", "a\x00b", hostile[2]}}[in.name]
	case "select":
		return append(hostile, "tidak-ada", nobody)
	case "checkbox":
		if in.name == "placement_ids" || in.name == "invoice_ids" {
			return append(hostile, "x", nobody)
		}
		return nil
	case "date", "datetime-local":
		hostile = append(hostile, "2026-02-30", "30-02-2026", "kemarin", "0000-00-00", "2026-13-01T10:00")
	case "number":
		hostile = append(hostile, "-1", "1,55555", "1e3", "9223372036854775808", "NaN", "0x10", "satu")
	case "url":
		hostile = append(hostile, "javascript:alert(1)", "ftp://contoh.example", "bukan alamat")
	}
	if in.required && in.kind != "file" {
		hostile = append(hostile, "", " \t ")
	}
	return hostile
}

// TestEveryFormRefusesWrongFields puts, into every field of every form that would be taken, whatever the field may not
// hold, and wants to hear of that field with everything else as it was typed; and nothing may have changed.
func TestEveryFormRefusesWrongFields(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	people, before := map[string]*visitor{}, s.content(t)
	for _, who := range []string{"staff", "ppk", "verifier", "treasurer", "head", "auditor", "admin"} {
		people[who] = s.visitor(t, who)
	}
	for _, d := range s.desks() {
		v := people[d.who]
		for _, f := range v.get(d.path).want(200).forms() {
			f = f.filled()
			t.Run(shape(f.action), func(t *testing.T) {
				v := v.in(t)
				for i, in := range f.inputs {
					if in.kind == "file" {
						v.wrongFiles(f, i)
						continue
					}
					for _, value := range in.wrong() {
						bad := f.with(i, func(in *entry) { in.value = value })
						v.submit(bad).refuses(bad, i)
					}
				}
				if after := s.content(t); after != before {
					t.Errorf("%s changed the office:\n%s\nwas\n%s", f.action, after, before)
					before = after
				}
			})
		}
	}
}

// wrongFiles sends files that are not what they say, too large, or missing.
func (v *visitor) wrongFiles(f form, i int) {
	v.t.Helper()
	for _, c := range []struct {
		name, filename, media string
		content               []byte
		status                int
	}{
		{"text as picture", "a.png", "image/png", []byte("just text"), 415},
		{"page as PDF", "a.pdf", "application/pdf", []byte("<!doctype html><script>alert(1)</script>"), 415},
		{"program", "a.exe", "application/octet-stream", []byte("MZ\x90\x00\x03"), 415},
		{"empty", "a.pdf", "application/pdf", nil, 422},
		{"over the limit", "a.pdf", "application/pdf", append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("x"), 26<<20)...), 413},
	} {
		bad := f.with(i, func(in *entry) { in.filename, in.media, in.content = c.filename, c.media, c.content })
		if got := v.submit(bad); got.status != c.status {
			v.t.Errorf("%s, %s: %d instead of %d: %s", f.action, c.name, got.status, c.status, got.words("main .summary, main .message"))
		} else {
			got.refuses(bad, i)
		}
	}
	if f.inputs[i].required {
		bad := f.with(i, func(in *entry) { in.filename, in.media, in.content = "", "application/octet-stream", nil })
		v.submit(bad).refuses(bad, i)
	}
}

// refuses checks the answer to a form whose i-th field is wrong.
func (s screen) refuses(f form, i int) {
	s.t.Helper()
	in := f.inputs[i]
	about := f.action + " with " + in.name + " = " + in.value[:min(len(in.value), 30)] + in.filename
	if s.status == 404 || s.status == 412 {
		if s.status == 404 == (in.kind == "button" || in.kind == "hidden" && in.name != "version") {
			return
		}
	}
	if !slices.Contains([]int{409, 412, 413, 415, 422}, s.status) {
		s.t.Errorf("%s: %d %s", about, s.status, s.words("main .summary, main .message"))
		return
	}
	if s.doc.Find("main .summary li").Length() == 0 {
		s.t.Errorf("%s: no summary: %s", about, s.words("main"))
		return
	}
	s.kept(f, i, about)
	if in.kind == "hidden" || in.kind == "checkbox" || s.status == 409 {
		return
	}
	id := "f-" + strings.ReplaceAll(in.name, ".", "-")
	if s.doc.Find("main .summary a[href='#"+id+"']").Length() == 0 {
		s.t.Errorf("%s: the summary does not link to the field: %s", about, s.words("main .summary"))
	}
	if field := s.doc.Find("#" + id + "[aria-invalid=true]"); field.Length() != 1 || field.Closest(".field, td").Find(".wrong").Text() == "" {
		s.t.Errorf("%s: nothing beside the field", about)
	}
}

// kept wants every other field as it was typed.
func (s screen) kept(f form, wrong int, about string) {
	s.t.Helper()
	shown := map[string]bool{}
	s.doc.Find("main form[action='" + f.action + "']").Find("input, select, textarea").Each(func(_ int, e *goquery.Selection) {
		if in := inputOf(e); in.kind != "unchecked" {
			shown[in.name+"="+strings.TrimSpace(in.value)] = true
		}
	})
	for i, in := range f.inputs {
		if !shown[in.name+"="+strings.TrimSpace(in.value)] && i != wrong && in.kind != "file" && in.kind != "button" && in.name != "version" {
			s.t.Errorf("%s: %s is no longer %q", about, in.name, in.value)
		}
	}
}
