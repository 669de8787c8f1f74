package main

import (
	"bytes"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestTheTrailAsAWorkbook: asked for over the API, from the page and on the command line, about one record.
func TestTheTrailAsAWorkbook(t *testing.T) {
	s := newOffice(t)
	line := s.budget(t, 10_000_000)[0]
	vendor, outlet := s.medium(t, "0123456789012345")
	record := s.active(t, terms("SP/1", vendor, outlet, line, 2, 1_110_000)).id()
	for _, wrong := range []m{
		{"kind": "trail", "record": nobody}, {"kind": "trail", "person": "nobody@contoh.go.id"}, {"kind": "trail", "from": "2026-02-01", "to": "2026-01-01"},
		{"kind": "trail", "fiscal_year": 1900}, {"kind": "accountability"}, {"kind": "accountability", "fiscal_year": 2026, "person": "staff@contoh.go.id"},
	} {
		s.do(t, "auditor", "POST", "./reports", wrong).want(422, "invalid")
	}
	made := s.do(t, "auditor", "POST", "./reports", m{"kind": "trail", "record": record, "person": "PPK@contoh.go.id", "language": "en", "from": "2026-01-01"}).want(202)
	var done reply
	soon(t, "the register is made", func() bool {
		done = s.do(t, "auditor", "GET", "./reports/"+made.id(), nil).want(200)
		return done.text("status") == "done"
	})
	if done.text("record") != record || done.text("person") != "ppk@contoh.go.id" || done.text("fiscal_year") != "0" || done.body["agrees"] != true {
		t.Errorf("%s", done.raw)
	}
	file := s.do(t, "auditor", "GET", "./reports/"+made.id()+"/file", nil).want(200)
	if name := file.header.Get("Content-Disposition"); !strings.Contains(name, "trail-") {
		t.Errorf("called %s", name)
	}
	rows := trailSheet(t, file.raw, "Trail")
	var deeds []string
	for _, row := range rows[1:] {
		if row[6] != "ppk@contoh.go.id" {
			t.Errorf("of somebody else: %v", row)
		}
		deeds = append(deeds, row[7])
	}
	if got, want := slices.Compact(deeds), []string{"Assessment of an agreement recorded", "Approved at one step", "Agreement approved"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q: %v", got, want, rows)
	}

	v := s.visitor(t, "staff")
	asked := v.get("./trail?record="+record).want(200).attr(".page-head .actions a", "href")
	form := v.get(asked).want(200)
	if form.attr("#f-kind option[selected]", "value") != "trail" || form.attr("#f-record", "value") != record || form.attr("#f-fiscal_year option[selected]", "value") != "" {
		t.Errorf("the form does not ask for what was shown: %s", asked)
	}
	v.post("./reports", url.Values{"kind": {"trail"}, "fiscal_year": {""}, "language": {"id"}, "record": {record}}).want(303)
	soon(t, "the page's register is made", func() bool { return v.get("./reports").doc.Find("#runs a[href$='/file']").Length() == 2 })
	v.post("./reports", url.Values{"kind": {"trail"}, "fiscal_year": {""}, "language": {"id"}, "person": {"nobody@contoh.go.id"}}).want(422).has(1, "#f-person.is-invalid")

	out := filepath.Join(t.TempDir(), "jejak.xlsx")
	t.Setenv("DATABASE_URL", s.p.cfg.DatabaseURL)
	t.Setenv("TAYANG_DATA", t.TempDir())
	var said, errs bytes.Buffer
	if code := run(t.Context(), []string{"report", "trail", "-o", out, "--record", record}, &said, &errs); code != exitDone || !strings.Contains(said.String(), "DISKOMINFO, ") {
		t.Errorf("%d %s %s", code, said.String(), errs.String())
	}
	if code := run(t.Context(), []string{"report", "trail", "-o", out, "--person", "nobody@contoh.go.id"}, &said, &errs); code != exitUsage || !strings.Contains(errs.String(), "Person") {
		t.Errorf("%d %s", code, errs.String())
	}
}

func trailSheet(t *testing.T, workbook []byte, name string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
