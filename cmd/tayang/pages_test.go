package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"tayang/db/sample"
)

func TestSigningInAndOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.stranger(t)
	v.get("./agreements?status=draft").want(303)
	if got := v.get("./agreements?status=draft").location; got != "/sign-in?next=%2Fa%2FDISKOMINFO%2Fagreements%3Fstatus%3Ddraft" {
		t.Errorf("the page is remembered: %s", got)
	}
	v.post("./agreements", url.Values{}).want(401)
	try := func(email, password, next string) screen {
		return v.post("/sign-in", url.Values{"email": {email}, "password": {password}, "next": {next}})
	}
	wrong := try("staff@contoh.go.id", "x", "/vendors").want(401).shows("Surel atau kata sandi salah")
	if wrong.attr("[name=email]", "value") != "staff@contoh.go.id" || wrong.attr(".signin [name=next]", "value") != "/vendors" {
		t.Errorf("what was typed is lost: %s", wrong.raw)
	}
	if unknown := try("nobody@contoh.go.id", sample.Password, "").want(401); unknown.words(".alert") != wrong.words(".alert") {
		t.Errorf("an unknown address is told apart: %s", unknown.words(".alert"))
	}
	try("", "", "").want(401)
	try("a\x00\xff", "b\x00\xff", "").want(422)
	try(strings.Repeat("x", 1<<20), strings.Repeat("x", 1<<20), "").want(401)
	for next, want := range map[string]string{
		"/vendors": "/vendors", "": "/", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/", "/\t/evil.example": "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x=y": "/",
	} {
		if got := try("staff@contoh.go.id", sample.Password, next).want(303); got.location != want || got.header.Get("X") != "" {
			t.Errorf("after %q on to %q, want %q", next, got.location, want)
		}
	}
	v.get("/").want(303)
	v.get("./home").want(200).shows("Selamat datang")
	before := v.client.Jar.Cookies(nil)
	v.post("/sign-out", nil).want(303)
	if got := v.get("./home").want(303).location; !strings.HasPrefix(got, "/sign-in") {
		t.Errorf("signed out, and still inside: %s", got)
	}
	v.client.Jar.SetCookies(nil, before)
	v.get("./home").want(303)
}

func TestSessionCookiesAreForTheServerAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	s := o.stranger(t).post("/sign-in", url.Values{"email": {"staff@contoh.go.id"}, "password": {sample.Password}}).want(303)
	for _, cookie := range s.header.Values("Set-Cookie") {
		if low := strings.ToLower(cookie); !strings.Contains(low, "httponly") || !strings.Contains(low, "samesite=lax") || !strings.Contains(low, "path=/") {
			t.Errorf("cookie %q", cookie)
		}
	}
	v := o.visitor(t, "staff")
	v.said = append(v.said, "Cookie", "tayang_session=nonsense")
	v.get("./home").want(303)
	v.said = []string{"Cookie", "tayang_flash=saved; tayang_agency=%ZZ; lang=xx; theme=pink"}
	v.get("/sign-in").want(200)
}

func TestPagesSpeakTwoLanguages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(t, "staff")
	first := v.get("./agreements").want(200)
	if first.attr("html", "lang") != "id" || first.words("h1") != "Perjanjian" {
		t.Errorf("Indonesian comes first: %s", first.words("h1"))
	}
	here := first.attr("form[action='/settings'] [name=next]", "value")
	if got := v.post("/settings", url.Values{"lang": {"en"}, "next": {here}}).want(303).location; got != "/a/DISKOMINFO/agreements" {
		t.Errorf("back to %s", got)
	}
	if second := v.get("./agreements").want(200); second.attr("html", "lang") != "en" || second.words("h1") != "Agreements" {
		t.Errorf("then English: %s", second.words("h1"))
	}
	v.post("/settings", url.Values{"lang": {"xx"}, "theme": {"pink"}, "next": {"//evil.example"}}).want(303)
	v.get("./agreements/" + nobody).want(404).shows("This is not there")
	v.post("/settings", url.Values{"theme": {"dark"}, "next": {"/"}}).want(303)
	if third := v.get("./home").want(200); third.attr("html", "lang") != "en" || third.attr("html", "data-theme") != "dark" {
		t.Errorf("language and theme stay: %s", third.raw[:200])
	}
}

// leaf is one page of the program and the name that it has in the golden file.
type leaf struct{ name, path string }

// pages are all that can be opened.
func (s *stock) pages() []leaf {
	var out []leaf
	add := func(name, path string, below ...string) {
		for _, b := range append([]string{""}, below...) {
			out = append(out, leaf{name + b, path + b})
		}
	}
	add("/", "/")
	add("/registry", "/registry")
	add("/vendors", "/vendors", "/new")
	add("/price-references", "/price-references", "/new", "/import")
	add("/price-references/:id", s.price, "/void")
	add("/price-references/import/preview", s.listed)
	add("/vendors/:id", s.vendor, "/edit", "/papers/new", "/checks/new", "/outlets/new", "/social-accounts/new")
	add("/vendors/:id/outlets/:below", s.outlet)
	add("/vendors/:id/social-accounts/:below", s.vendor+s.account)
	add("/social-accounts/:id", s.account, "/edit", "/ownership-proofs/new", "/statements/new")
	add("/social-accounts/:id/ownership-proofs/:below/decide", s.ownership+"/decide")
	add("/tiers", "/tiers", "/new")
	add("/tiers/:id", s.tier, "/void")
	s.vettingPages(add)
	add("/owner-groups", "/owner-groups", "/new")
	add("/owner-groups/:id", s.group, "/edit", "/members/new", "/members/end")
	for _, list := range []string{"home", "reports", "trail", "budgets", "budgets/new", "budget-lines", "agreements", "agreements/new", "placements", "live-checks", "shortfalls", "payments", "periods", "periods/new", "cash-plans", "cash-plans/new", "year-end"} {
		add("./"+list, "./"+list)
	}
	add("./budgets/:id", s.budget, "/edit", "/lock")
	add("./budget-lines/:id", s.line)
	add("./campaigns", "./campaigns", "/new")
	add("./campaigns/:id", s.campaign, "/edit")
	add("/cooperation-lists", "/cooperation-lists", "/new")
	add("/cooperation-lists/:id", s.decree, "/void")
	add("/cooperation-lists/:id/entries/:below/void", s.entry+"/void")
	add("/paper-requirements", "/paper-requirements", "/new")
	add("/paper-requirements/:id/void", s.required+"/void")
	add("./agreements/:id (draft)", s.draft, "/edit", "/submit", "/papers/new")
	add("./agreements/:id/papers/:below/void", s.file+"/void")
	add("./agreements/:id (submitted)", s.submitted, "/withdraw", "/approve")
	add("./agreements/:id (active)", s.active, "/placements/new", "/acceptances/new", "/invoices/new", "/payments/new", "/penalties", "/close", "/terminate", "/amend", "/suspend")
	add("./agreements/:id (held)", s.held, "/resume")
	add("./agreements/:id (framework)", s.framework)
	add("./agreements/new (order)", "./agreements/new?framework_id="+strings.TrimPrefix(s.framework, "./agreements/"))
	add("./agreements/:id (ended)", s.ended, "/final-account")
	add("./agreements/:id (through)", s.through, "/amend")
	add("./agreements/:id (amended)", s.pending, "/approve", "/withdraw")
	add("./placements/:id (planned)", s.planned, "/publication", "/cancel")
	add("./placements/:id (published)", s.published, "/decide")
	add("./invoices/:id", s.invoice, "/credit-notes/new")
	s.handoverPages(add)
	add("./payments/:id (requested)", s.requested, "/authorise", "/papers/new", "/file-index")
	add("./payments/:id/papers/:below/void", s.receipt+"/void")
	add("./agreements/:id/file-index", s.active+"/file-index")
	add("./missing-papers", "./missing-papers")
	add("./payments/:id (authorised)", s.authorised, "/settle", "/hold", "/release")
	add("./payments/:id (settled)", s.settled, "/reverse", "/refunds/new")
	add("./payments/:id/taxes/:below", s.tax)
	add("./payments/:id/taxes/:below/reverse-deposit", s.tax+"/reverse-deposit")
	add("./payments/:id/taxes/:below/slip", s.tax+"/slip")
	add("./taxes", "./taxes")
	add("./withholding-slips", "./withholding-slips")
	add("./withholding-slips/:id", s.slip)
	add("./withholding-slips/:id/give", s.slip+"/give")
	add("./withholding-slips/:id/void", s.slip+"/void")
	add("./invoices/:id/papers/new", s.invoice+"/papers/new")
	add("./invoices/:id/papers/:below/void", s.vendorPaper+"/void")
	add("/tax-objects", "/tax-objects")
	add("/tax-objects/new", "/tax-objects/new")
	add("/tax-objects/:id/void", s.object+"/void")
	add("./debt-recognitions/new", "./debt-recognitions/new?agreement_id="+s.owed)
	add("./debt-recognitions/:id", s.debt, "/decide", "/withdraw")
	add("./cash-plans/:id", s.cash, "/edit", "/lock")
	add("./periods/:id/decide", s.january+"/decide")
	add("./periods/:id/withdraw", s.january+"/withdraw")
	add("./overrides", "./overrides", "/new", "/new?kind=tolerance", "/new?kind=without_agreement", "/new?kind=acting")
	add("./overrides/:id (requested)", s.asked, "/decide")
	add("./overrides/:id (mine)", s.mine, "/withdraw")
	add("./overrides/:id (approved)", s.tolerated, "/revoke")
	add("./overrides/:id (role)", s.roleAsked, "/decide")
	add("./vendor-links", "./vendor-links")
	add("./vendor-links/new", s.linkNew)
	add("./vendor-links/:id", s.link, "/revoke")
	add("./vendor-submissions", "./vendor-submissions")
	add("./vendor-submissions/:id", s.sent)
	return out
}

// vettingPages are those of requirements, what was found, and the blacklist.
func (s *stock) vettingPages(add func(name, path string, below ...string)) {
	outlet := strings.TrimPrefix(s.outlet, s.vendor+"/outlets/")
	add("/outlets/:id", "/outlets/"+outlet)
	add("/vetting", "/vetting", "/pairs", "/blacklist-entries", "/requirements/new", "/requirements/copy", "/requirement-grades/new", "/product-rules/new")
	for _, book := range []string{"requirement-results", "press-checks", "journalist-certificates"} {
		add("/vetting/"+book+"/new", "/vetting/"+book+"/new?outlet_id="+outlet)
	}
	add("/vetting/requirement-results/new (account)", "/vetting/requirement-results/new?social_account_id="+s.account[strings.LastIndexByte(s.account, '/')+1:])
	add("/vetting/requirement-results/new (vendor)", "/vetting/requirement-results/new?vendor_id="+strings.TrimPrefix(s.vendor, "/vendors/"))
	add("/vetting/blacklist-entries/new", "/vetting/blacklist-entries/new?vendor_id="+strings.TrimPrefix(s.vendor, "/vendors/"))
	for _, row := range []string{s.requirement, s.grade, s.productRule, s.extra, s.journalist, s.lifted} {
		add("/vetting"+row[:strings.LastIndexByte(row, '/')]+"/:id/void", "/vetting"+row+"/void")
	}
	add("/vetting/requirement-results/:id/verify", "/vetting"+s.result+"/verify")
	add("/vetting/blacklist-entries/:id/lift", "/vetting"+s.barred+"/lift")
}

// A list that filters hide says so and gives the way back; one that shows rows names its totals for those who see cards.
func TestAListThatFiltersHideIsNotAnEmptyOne(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	v := s.visitor(t, "staff")
	hidden := v.get("./agreements?q=zzzz").want(200).has(1, "#list .blank").has(0, "#rows")
	if all := hidden.attr("#list .blank a", "href"); v.get(all).want(200).doc.Find("#rows tbody tr").Length() == 0 {
		t.Errorf("%s shows the rows again", all)
	}
	v.get("./agreements?vendor_id="+nobody).want(200).has(1, "#list .blank a[href$='/agreements']")
	v.get("./agreements").want(200).has(3, "#rows tfoot td[data-label]:not(:first-child)")
}

// TestEveryPageByRole holds what each role is answered on each page against testdata/pages.golden, and every page in
// both languages to what lookOver asks.
func TestEveryPageByRole(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	rows := [][]string{append([]string{"page"}, roles()...)}
	for _, p := range s.pages() {
		rows = append(rows, []string{p.name})
	}
	for _, who := range roles() {
		v := s.visitor(t, who)
		for i, p := range s.pages() {
			got := v.get(p.path)
			rows[i+1] = append(rows[i+1], strconv.Itoa(got.status))
			if got.status >= 400 {
				got.has(1, "main section.message h1").has(1, "main section.message a.btn")
			}
		}
	}
	english := s.visitor(t, "staff")
	english.post("/settings", url.Values{"lang": {"en"}}).want(303)
	for _, p := range s.pages() {
		english.get(p.path)
	}
	golden(t, "testdata/pages.golden", rows)
}

// golden compares a table with its golden file, or writes it when the environment says UPDATE_GOLDEN=1.
func golden(t *testing.T, file string, rows [][]string) {
	t.Helper()
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-46s", row[0])
		for _, c := range row[1:] {
			fmt.Fprintf(&b, " %-12s", c)
		}
		b.WriteString("\n")
	}
	got := strings.ReplaceAll(b.String(), " \n", "\n")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(got, "\n") {
		if lines := strings.Split(string(want), "\n"); i >= len(lines) || line != lines[i] {
			t.Errorf("%s is not in %s (UPDATE_GOLDEN=1 writes it)", line, file)
		}
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	v := s.visitor(t, "staff")
	for _, path := range []string{
		"/nowhere", "/a", "/a/", "/a/NONE/home", "./", "./nowhere", "./agreements/x", "./agreements/" + nobody, s.active + "/nonsense", "./agreements/" + nobody + "/edit",
		"./placements/" + s.agreementID, "./invoices/x", "./payments/" + nobody, "./budgets/1/lock", "./budget-lines/" + nobody,
		"/vendors/x", "/vendors/" + nobody, s.vendor + "/outlets/" + nobody, s.vendor + "/social-accounts/x", "/social-accounts/x", "/social-accounts/" + nobody, s.account + "/ownership-proofs/" + nobody + "/decide", "/tiers/x/void", "/files/" + strings.Repeat("0", 64), "/files/x",
		s.published + "/proofs/" + nobody, "./reports/" + nobody + "/file", "/static/nothing.js", "/static/../wire.go", "/static/manifest.json", "/a/%ff/home", "/a/%00/home",
	} {
		v.get(path).want(404).has(1, "main section.message h1")
	}
	s.visitor(t, "treasurer").get(s.settled + "/taxes/" + nobody).want(404)
	v.send("DELETE", s.active, "", nil).want(404)
	v.send("PUT", "/vendors", "text/plain", []byte("x")).want(404)
	for _, path := range []string{"?limit=x", "?limit=-1", "?cursor=x", "?sort=nothing", "?nothing=1", "?status=nothing", "?q=" + strings.Repeat("x", 300), "?q=%ff", "?q=%00", "?status=a&status=b"} {
		for _, list := range []string{"./agreements", "./placements", "./payments", "./budgets", "./overrides", "./trail", "/vendors"} {
			if got := v.get(list + path); got.status != 422 && got.status != 400 && got.status != 200 {
				t.Errorf("%s%s: %d", list, path, got.status)
			}
		}
	}
}

func TestAnotherAgencysRecordsAreNotThere(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	v := s.visitor(t, "staff.setwan")
	for _, p := range s.pages() {
		if !strings.HasPrefix(p.path, "./") {
			continue
		}
		v.get(p.path).want(404)
		if got := v.get(strings.Replace(p.path, "./", "/a/"+sample.Setwan+"/", 1)); strings.Contains(p.name, ":id") && got.status != 404 && got.status != 403 {
			t.Errorf("%s below another agency's address: %d", p.name, got.status)
		}
	}
	if got := v.get(s.vendor).want(200); strings.Contains(string(got.raw), "DISKOMINFO") || strings.Contains(string(got.raw), "SP/JALAN") {
		t.Error("the shared registry tells of another agency's affairs")
	}
}

func TestRecordsShowTheirStateAndWhatComesNext(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	for _, c := range []struct{ path, state, step, who, next string }{
		{s.draft, "draf", "draf", "staff", "/submit"},
		{s.submitted, "diajukan", "diajukan", "ppk", "/approve"},
		{s.pending, "aktif", "aktif", "ppk", "/approve"},
		{s.budget, "draf", "draf", "head", "/lock"},
		{s.published, "tayang", "tayang", "verifier", "/decide"},
		{s.requested, "diminta", "SPP", "head", "/authorise"},
		{s.authorised, "disahkan", "SPM", "treasurer", "/settle"},
		{s.active, "aktif", "aktif", "staff", "/placements/new"},
		{s.asked, "diminta", "diminta", "head", "/decide"},
	} {
		link := "main .page-head .actions a[href$='" + strings.TrimPrefix(c.path, ".") + c.next + "']"
		mine := s.visitor(t, c.who).get(c.path).want(200).has(1, link).has(1, ".steps-line [aria-current=step]")
		if state, step := mine.words(".record-state"), mine.words(".steps-line [aria-current=step] strong"); !strings.Contains(state, c.state) || step != c.step {
			t.Errorf("%s: state %q, step %q", c.path, state, step)
		}
		theirs := s.visitor(t, "auditor")
		seen := theirs.get(c.path).want(200).has(0, "main .page-head .actions a, main .page-head .actions form, main .desk-form")
		seen.doc.Find("main a[href^='/']").Each(func(_ int, a *goquery.Selection) { theirs.get(a.AttrOr("href", "")).want(200) })
	}
	s.visitor(t, "staff").get(s.requested).want(200).has(0, "main .page-head .actions a[href$='/authorise']")
}

func TestListsKeepTheirState(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	v := s.visitor(t, "staff")
	v.get("./agreements?q=sp%2Fjalan").want(200).has(1, "#rows tbody tr").shows("SP/JALAN")
	list := v.get("./agreements?number=SP%2FSEPI,SP%2FJALAN&status=active&sort=-number&limit=1").want(200).has(1, "#rows tbody tr").shows("SP/SEPI")
	if got := list.attr("#filter-status option[selected]", "value"); got != "active" {
		t.Errorf("the filter shows %s", got)
	}
	if got := list.attr("form.filters [name=sort]", "value"); got != "-number" {
		t.Errorf("a filter forgets the sort: %s", got)
	}
	if got := list.attr("th[aria-sort=descending] a", "href"); !strings.Contains(got, "status=active") || !strings.Contains(got, "sort=number") {
		t.Errorf("a sort forgets the filter: %s", got)
	}
	if got := list.attr("a.chip", "href"); strings.Contains(got, "status") || !strings.Contains(got, "sort=-number") {
		t.Errorf("without the filter: %s", got)
	}
	next := list.attr("a[rel=next]", "href")
	for _, kept := range []string{"status=active", "sort=-number", "limit=1", "cursor="} {
		if !strings.Contains(next, kept) {
			t.Errorf("the next page forgets %s: %s", kept, next)
		}
	}
	second := v.get(next).want(200).has(1, "#rows tbody tr").shows("SP/JALAN").has(0, "a[rel=next]")
	if got := second.attr(".pager a", "href"); strings.Contains(got, "cursor") || !strings.Contains(got, "status=active") {
		t.Errorf("back to the first page by %s", got)
	}
	for _, path := range []string{"./agreements", "./placements", "./payments", "./budgets", "./budget-lines", "./overrides", "/vendors"} {
		v.get(path).want(200).doc.Find("th a, a.chip, nav.side a").Each(func(_ int, a *goquery.Selection) { v.get(a.AttrOr("href", "")).want(200) })
	}
}

func TestWorkbookFromThePage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.budget(t, 5_000_000)
	v := o.visitor(t, "auditor")
	v.post("./reports", url.Values{"kind": {"accountability"}, "fiscal_year": {"2026"}, "language": {"id"}}).want(303)
	v.get("./reports").want(200).has(1, "#runs tbody tr")
	soon(t, "the report is done", func() bool { return v.get("./reports").doc.Find("#runs a[href$='/file']").Length() == 1 })
	path := v.get("./reports").attr("#runs a[href$='/file']", "href")
	file := v.get(path).want(200)
	if !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") || file.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v", file.header)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if rows, err := book.GetRows(book.GetSheetList()[1]); err != nil || len(rows) < 2 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	o.visitor(t, "staff.setwan").get(path).want(404)
	o.visitor(t, "admin").get(path).want(403)
	o.stranger(t).get(path).want(303)
}

// TestEveryRegisterIsReached walks from the navigation over the hub into each register, as each role.
func TestEveryRegisterIsReached(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for who, doors := range map[string]int{"staff": 13, "ppk": 12, "treasurer": 12, "auditor": 12, "admin": 12} {
		v := o.visitor(t, who)
		hub := v.get("/registry").want(200).has(1, "nav.side a[href='/registry'][aria-current=page]").has(doors, "ul.hub a")
		hub.doc.Find("ul.hub a").Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			current := "a[aria-current=page][href='/registry']"
			if href == "/vendors" {
				current = "a[aria-current=page][href='/vendors']"
			}
			v.get(href).want(200).has(1, "nav.side "+current)
		})
	}
	o.stranger(t).get("/registry").want(303)
}
