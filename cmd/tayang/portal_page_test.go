package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"tayang/db/sample"
)

// TestAVendorComesByHisLink walks a vendor through his pages: what he sees, what he sends, and how the office takes it in.
func TestAVendorComesByHisLink(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 500_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	a := o.active(t, terms("SP/1", vendor, outlet, line, 3, 1_000_000))
	o.accepted(t, a, 1)
	p := o.do(t, "staff", "POST", "./placements", m{"deliverable_id": a.deliverables()[0], "scheduled_on": "2026-03-02", "title": "Bupati meninjau"}).want(201)
	v, link := o.admit(t, m{"vendor_id": vendor, "purpose": "Triwulan I", "email": "redaksi@contoh.example"})

	home := v.get("/v/").want(200).shows("SP/1").has(2, ".missing a").has(0, "nav")
	if strings.Contains(string(home.raw), "/a/"+sample.Kominfo) || strings.Contains(string(home.raw), "redaksi@") {
		t.Error("the page leads into the office, or tells whose address is noted")
	}
	v.get("/v/agreements/"+a.id()).want(200).shows("Bupati meninjau").has(1, "#claims").has(1, "#payouts")

	// A proof, with what he proposes of the publication.
	f := v.get("/v/placements/" + p.id()).want(200).forms()[0].filled()
	for i, in := range f.inputs {
		switch in.name {
		case "url":
			f.inputs[i].value = "https://contoh-pos.example/bupati"
		case "published_on":
			f.inputs[i].value = "2026-03-02"
		}
	}
	receipt := v.submit(f).want(303)
	if again := v.submit(f).want(303); again.location != receipt.location {
		t.Errorf("the same form twice: %s and %s", receipt.location, again.location)
	}
	sum := v.get(receipt.location).want(200).shows("Diterima").words("#receipt .code")
	if len(sum) < 64 {
		t.Errorf("fingerprint %q", sum)
	}
	if got := o.do(t, "staff", "GET", "./placements/"+p.id(), nil).want(200); got.text("published_on") != "<nil>" || got.text("url") != "" {
		t.Errorf("a proposal was written: %s", got.raw)
	}
	staff := o.visitor(t, "staff")
	staff.get("./home").want(200).has(1, ".queue a[href$='/vendor-submissions?status=waiting']")
	staff.get("./placements/"+p.id()).want(200).has(1, ".missing a[href*='/vendor-submissions/']").shows("penyedia melalui tautan")
	invoice := v.sendInvoice(t, a.id(), "INV/9").want(303).location
	for _, s := range o.do(t, "staff", "GET", "./vendor-submissions?status=waiting", nil).want(200).items() {
		o.do(t, "staff", "POST", fmt.Sprintf("./vendor-submissions/%s/accept", s["id"]), nil).want(200)
	}
	if got := o.do(t, "staff", "GET", "./placements/"+p.id(), nil).want(200); got.text("published_on") != "2026-03-02" {
		t.Errorf("taken in, and not written: %s", got.raw)
	}
	v.get(invoice).want(200).shows("diambil")
	v.get("/v/agreements/"+a.id()).want(200).has(1, "#claim-rows tbody tr").shows("INV/9")
	entry := o.do(t, "auditor", "GET", "./audit-log?actor=link:"+link, nil).want(200).items()
	if len(entry) == 0 || entry[0]["actor"] != "link:"+link {
		t.Errorf("the trail does not name the link: %v", entry)
	}

	v.post("/v/settings", url.Values{"lang": {"en"}, "next": {"/v/"}}).want(303)
	v.get("/v/").want(200).shows("What was sent", "SP/1")
	mark := v.get("/v/").attr("form[action='/v/leave'] [name=csrf]", "value")
	v.post("/v/leave", nil).want(403)
	v.post("/v/leave", url.Values{"csrf": {mark}}).want(200)
	v.get("/v/").want(404)
}

// TestADoorSaysTheSameToAll: what expired, was revoked, was tampered with or never was is one page, in both languages.
func TestADoorSaysTheSameToAll(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, _ := o.medium(t, "0123456789012345")
	made := o.do(t, "staff", "POST", "./vendor-links", m{"vendor_id": vendor, "purpose": "Bukti"}).want(201)
	door := doorOf(made)
	here := o.stranger(t).get(door).want(200)
	if here.header.Get("X-Robots-Tag") != "noindex, nofollow" || here.header.Get("Referrer-Policy") != "no-referrer" || len(here.header.Values("Set-Cookie")) > 0 {
		t.Errorf("headers %v", here.header)
	}
	if got := o.do(t, "staff", "GET", "./vendor-links/"+made.id(), nil).want(200); got.text("uses") != "0" || strings.Contains(string(got.raw), "/v/") {
		t.Errorf("a look counted, or the address is told again: %s", got.raw)
	}
	inside := o.stranger(t)
	opened := inside.post(door, nil).want(303)
	cookie := strings.ToLower(strings.Join(opened.header.Values("Set-Cookie"), "\n"))
	for _, want := range []string{"httponly", "samesite=strict", "path=/v/"} {
		if !strings.Contains(cookie, want) || opened.location != "/v/" {
			t.Errorf("cookie %s, on to %s", cookie, opened.location)
		}
	}
	inside.get("/v/").want(200)
	tampered := door[:len(door)-2] + map[bool]string{true: "AA", false: "BB"}[door[len(door)-2:] != "AA"]
	gone := o.stranger(t).get(tampered).want(404).has(1, "[lang=id] h1").has(1, "[lang=en] h2").has(0, "main a")
	o.do(t, "ppk", "POST", "./vendor-links/"+made.id()+"/revoke", m{"reason": "salah kirim"}).want(200)
	for name, got := range map[string]screen{
		"revoked": o.stranger(t).get(door), "revoked, opened": o.stranger(t).post(door, nil), "revoked, inside": inside.get("/v/"),
		"nothing": o.stranger(t).get("/v/x"), "no cookie": o.stranger(t).get("/v/agreements/" + nobody), "nowhere": o.stranger(t).get("/v/a/b/c"),
	} {
		if got.status != 404 || got.words("main") != gone.words("main") {
			t.Errorf("%s: %d %s", name, got.status, got.words("main"))
		}
	}
	guesser := o.stranger(t)
	for range 12 {
		guesser.get("/v/" + strings.Repeat("A", 86))
	}
	guesser.get("/v/" + strings.Repeat("A", 86)).want(429)
}

// TestALinkOpensNothingOfTheOffice asks for every route of the program with the cookie of a visit, and with its secret as
// a person's session and as a token.
func TestALinkOpensNothingOfTheOffice(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, _ := o.medium(t, "0123456789012345")
	v, _ := o.admit(t, m{"vendor_id": vendor, "purpose": "Bukti"})
	cookie := v.client.Jar.(pocket)["tayang_vendor"]
	if cookie == "" {
		t.Fatal("no visit")
	}
	v.client.Jar.SetCookies(nil, []*http.Cookie{{Name: "tayang_session", Value: cookie}})
	app, err := o.p.server()
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]bool{
		"/": true, "/healthz": true, "/readyz": true, "/metrics": true, "/sign-in": true, "/sign-out": true, "/settings": true, "/static/*": true,
		"/api/openapi.json": true, "/api/docs": true, "/api/openapi.yaml": true, "/api/v1/sessions": true,
	}
	asked := 0
	for _, r := range app.GetRoutes(true) {
		if open[r.Path] || strings.HasPrefix(r.Path, "/v/") || r.Path == "/v" || r.Method == http.MethodHead || strings.HasPrefix(r.Path, "/api/v1/log") {
			continue
		}
		path := strings.NewReplacer(":agency", sample.Kominfo, ":id", nobody, ":below", nobody, ":sub", nobody, ":sha256<len(64)>", strings.Repeat("0", 64), "*", "x").Replace(r.Path)
		got := v.send(r.Method, path, "", nil, "Authorization", "Bearer "+cookie)
		asked++
		switch {
		case got.status == 401, got.status == 404, got.status == 405:
		case got.status == 303 && strings.HasPrefix(got.location, "/sign-in"):
		default:
			t.Errorf("%s %s: %d %s", r.Method, path, got.status, got.location)
		}
	}
	if asked < 300 {
		t.Errorf("only %d routes", asked)
	}
}

// TestTheAddressIsKeptNowhere looks for the secret of a link in what the server writes and in everything that the database holds.
func TestTheAddressIsKeptNowhere(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	if _, err := sample.Begin(t.Context(), o.p.store); err != nil {
		t.Fatal(err)
	}
	var written safeBuffer
	o.p.log = slog.New(slog.NewTextHandler(&written, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if o.p.app, err = o.p.wire(); err != nil {
		t.Fatal(err)
	}
	o.serve(t)
	vendor, _ := o.medium(t, "0123456789012345")
	body := m{"vendor_id": vendor, "purpose": "Bukti"}
	made := o.do(t, "staff", "POST", "./vendor-links", body, "Idempotency-Key", "satu").want(201)
	door := doorOf(made)
	if again := o.do(t, "staff", "POST", "./vendor-links", body, "Idempotency-Key", "satu").want(201); again.id() != made.id() || again.text("url") != "<nil>" {
		t.Errorf("the same key again: %s", again.raw)
	}
	v := o.stranger(t)
	v.get(door).want(200)
	v.post(door, nil).want(303)
	v.get("/v/").want(200)
	v.get(strings.ToUpper(door[:3]) + door[3:])
	secrets := []string{strings.TrimPrefix(door, "/v/"), v.client.Jar.(pocket)["tayang_vendor"]}
	for _, secret := range secrets {
		if secret == "" || strings.Contains(written.String(), secret) {
			t.Errorf("the log has %q", secret)
		}
	}
	if !strings.Contains(written.String(), "path=/v/…") {
		t.Error("the log has no line of the visit")
	}
	pool, err := sql.Open("postgres", o.p.owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	rows, err := pool.QueryContext(t.Context(), `SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			var n int
			// bytea too: idempotency keeps answers as bytes
			if err := pool.QueryRowContext(t.Context(), fmt.Sprintf(`SELECT count(*) FROM %q r WHERE strpos(to_jsonb(r)::text, $1) > 0 OR strpos(to_jsonb(r)::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0`, table), secret).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				t.Errorf("%d rows of %s have the secret", n, table)
			}
		}
	}
}

// safeBuffer is what several write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
