package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tayang/db/dbtest"
	"tayang/db/sample"
)

// m is a JSON object.
type m = map[string]any

// office is the whole program over a database of its own, with the accounts of the sample office and no data.
type office struct {
	p      *program
	url    string
	mu     sync.Mutex
	tokens map[string]string
}

func newOffice(t testing.TB) *office {
	t.Helper()
	o := openOffice(t)
	if _, err := sample.Begin(t.Context(), o.p.store); err != nil {
		t.Fatal(err)
	}
	o.serve(t)
	return o
}

// openOffice is the program before it serves, over an empty database.
func openOffice(t testing.TB) *office {
	t.Helper()
	return openOfficeWith(t, func(*config) {})
}

// openOfficeWith is openOffice with other settings.
func openOfficeWith(t testing.TB, change func(*config)) *office {
	t.Helper()
	owner, _ := dbtest.DSNs(t)
	cfg := config{Addr: "127.0.0.1:0", DatabaseURL: owner, Data: t.TempDir(), BaseURL: "http://127.0.0.1:8080", Log: "error"}
	change(&cfg)
	p, err := open(t.Context(), cfg, slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		t.Fatal(err)
	}
	return &office{p: p, tokens: map[string]string{}}
}

func (o *office) serve(t testing.TB) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- o.p.serve(ctx, ln) }()
	o.url = "http://" + ln.Addr().String()
	t.Cleanup(func() {
		stop()
		http.DefaultClient.CloseIdleConnections()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := o.p.Close(); err != nil {
			t.Error(err)
		}
	})
}

// testLog writes the server's log into the test's.
type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// reply is an answer of the server.
type reply struct {
	t      testing.TB
	what   string
	status int
	header http.Header
	raw    []byte
	body   m
}

// token signs somebody in, once.
func (o *office) token(t testing.TB, who string) string {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.tokens[who] == "" {
		r := o.send(t, "POST", "/api/v1/sessions", nil, m{"email": who + "@contoh.go.id", "password": sample.Password}).want(201)
		o.tokens[who], _ = r.body["token"].(string)
	}
	return o.tokens[who]
}

// do asks the API as somebody ("" is nobody). Paths that begin with ./ lie in the communication office. A body may be
// raw bytes, else it is sent as JSON; headers are name, value pairs.
func (o *office) do(t testing.TB, who, method, path string, body any, headers ...string) reply {
	t.Helper()
	h := http.Header{}
	if who != "" {
		h.Set("Authorization", "Bearer "+o.token(t, who))
	}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	path = "/api/v1" + strings.Replace(path, "./", "/agencies/"+sample.Kominfo+"/", 1)
	return o.send(t, method, path, h, body)
}

func (o *office) send(t testing.TB, method, path string, h http.Header, body any) reply {
	t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		content = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, o.url+path, content)
	if err != nil {
		t.Fatal(err)
	}
	if h != nil {
		req.Header = h
	}
	if body != nil && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	r := reply{t: t, what: method + " " + path, status: res.StatusCode, header: res.Header}
	if r.raw, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(res.Header.Get("Content-Type"), "json") {
		d := json.NewDecoder(bytes.NewReader(r.raw))
		d.UseNumber()
		if err := d.Decode(&r.body); err != nil {
			t.Fatalf("%s: %v in %s", r.what, err, r.raw)
		}
	}
	return r
}

// want fails the test unless the status is the wanted one, and the code of a problem, when one is named.
func (r reply) want(status int, code ...string) reply {
	r.t.Helper()
	if r.status != status || len(code) > 0 && r.body["code"] != code[0] {
		r.t.Fatalf("%s: want %d %v, got %d %s", r.what, status, code, r.status, r.raw)
	}
	return r
}

// pointers are the fields that a problem names.
func (r reply) pointers() (out []string) {
	list, _ := r.body["errors"].([]any)
	for _, e := range list {
		out = append(out, fmt.Sprint(e.(m)["pointer"]))
	}
	return out
}

func (r reply) id() string           { return fmt.Sprint(r.body["id"]) }
func (r reply) text(f string) string { return fmt.Sprint(r.body[f]) }

// number is a field that must be a whole number.
func (r reply) number(field string) int64 {
	r.t.Helper()
	n, err := strconv.ParseInt(fmt.Sprint(r.body[field]), 10, 64)
	if err != nil {
		r.t.Fatalf("%s: %s: %v", r.what, field, err)
	}
	return n
}

// items are the rows of a list.
func (r reply) items() (out []m) {
	list, _ := r.body["items"].([]any)
	for _, i := range list {
		out = append(out, i.(m))
	}
	return out
}

// budget locks an original budget of one line for each appropriation, and gives the ids of the lines.
func (o *office) budget(t testing.TB, appropriations ...int64) []string {
	t.Helper()
	v := o.do(t, "staff", "POST", "./budget-versions", budgetBody("original", "DPA/1", appropriations...)).want(201)
	o.do(t, "head", "POST", "./budget-versions/"+v.id()+"/lock", nil).want(200)
	var ids []string
	for _, l := range o.do(t, "staff", "GET", "./budget-lines?sort=sub_activity_code", nil).want(200).items() {
		ids = append(ids, fmt.Sprint(l["id"]))
	}
	return ids
}

func budgetBody(kind, number string, appropriations ...int64) m {
	var lines []m
	for i, a := range appropriations {
		lines = append(lines, m{
			"sub_activity_code": fmt.Sprintf("2.16.02.2.01.%04d", 14+i), "sub_activity_name": "Relasi Media",
			"account_code": "5.1.02.02.01.0055", "account_name": "Belanja Jasa Iklan", "fund_source": "PAD", "appropriation": a,
		})
	}
	return m{"fiscal_year": 2026, "kind": kind, "number": number, "date": "2026-01-05", "lines": lines}
}

// medium makes a VAT-registered vendor with one online outlet.
func (o *office) medium(t testing.TB, npwp string) (vendor, outlet string) {
	t.Helper()
	v := o.do(t, "staff", "POST", "/vendors", m{
		"kind": "company", "legal_name": "PT Media Contoh " + npwp, "npwp": npwp, "vat_registered": true,
		"bank": m{"name": "Bank Contoh", "account_number": "0011223344", "account_owner": "PT Media Contoh " + npwp},
	}).want(201)
	out := o.do(t, "staff", "POST", "/outlets", m{
		"vendor_id": v.id(), "kind": "online", "name": "Contoh Pos", "domain": "contoh-pos.example",
		"press_status": "factual",
	}).want(201)
	return v.id(), out.id()
}

// terms are an agreement about some articles at one price, tax included.
func terms(number, vendor, outlet, line string, quantity, price int64) m {
	return m{
		"kind": "media", "number": number, "title": "Advertorial", "vendor_id": vendor, "method": "e_purchasing", "form": "surat_pesanan",
		"rup_code": "12345678", "order_date": "2026-02-02", "start_date": "2026-02-02", "end_date": "2026-12-15",
		"deliverables": []m{{
			"product": "advertorial", "outlet_id": outlet, "budget_line_id": line, "quantity": quantity, "unit": "artikel",
			"offered_price": price + 1000, "unit_price": price, "tax_inclusive": true, "label_required": true,
		}},
	}
}

// active makes an agreement that is in force, and gives it.
func (o *office) active(t testing.TB, body m) reply {
	t.Helper()
	a := o.do(t, "staff", "POST", "./agreements", body).want(201)
	o.do(t, "staff", "POST", "./agreements/"+a.id()+"/submit", nil).want(200)
	return o.do(t, "ppk", "POST", "./agreements/"+a.id()+"/approve", nil).want(200)
}

// line reads a budget line.
func (o *office) line(t testing.TB, id string) reply {
	t.Helper()
	return o.do(t, "staff", "GET", "./budget-lines/"+id, nil).want(200)
}

func soon(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("in vain: " + what)
		}
	}
}

// quiet is a log that nobody reads.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
