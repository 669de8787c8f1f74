package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// endpoint is one operation with a JSON body, read from the published document: what is not published is not tested
// here, and nothing can be published without being tested here.
type endpoint struct {
	method, path string
	schema       m
}

const nobody = "0190f5e2-0000-7000-8000-000000000000"

func endpoints(t *testing.T, o *office) (out []endpoint, schemas m) {
	t.Helper()
	doc := o.send(t, "GET", "/api/openapi.json", nil, nil).want(200).body
	schemas = doc["components"].(m)["schemas"].(m)
	for path, item := range doc["paths"].(m) {
		for method, op := range item.(m) {
			body, ok := op.(m)["requestBody"].(m)
			if !ok {
				continue
			}
			content, ok := body["content"].(m)["application/json"].(m)
			if !ok {
				continue
			}
			path := strings.NewReplacer("{agency}", "DISKOMINFO", "{id}", nobody, "{sub}", nobody, "{code}", "DISKOMINFO").Replace(path)
			out = append(out, endpoint{strings.ToUpper(method), path, resolve(schemas, content["schema"].(m))})
		}
	}
	if len(out) < 5 {
		t.Fatalf("the document has only %d operations with a body", len(out))
	}
	return out, schemas
}

func resolve(schemas, s m) m {
	if ref, ok := s["$ref"].(string); ok {
		return schemas[ref[strings.LastIndex(ref, "/")+1:]].(m)
	}
	return s
}

// wrongValues gives, by pointer, raw JSON that no field of the schema may take.
func wrongValues(schemas, s m, at string, depth int) map[string][]string {
	out := map[string][]string{}
	s = resolve(schemas, s)
	switch kindOf(s) {
	case "string":
		out[at] = []string{`5`, `{}`, `[]`, `true`}
		if s["format"] == "date" {
			out[at] = append(out[at], `"2026-02-30"`, `"26-1-1"`, `""`, `"2026-11-23T00:00:00Z"`)
		}
		if s["format"] == "uuid" {
			out[at] = append(out[at], `"x"`, `"0190f5e2"`)
		}
	case "integer":
		out[at] = []string{`1.5`, `1.0`, `1e3`, `9223372036854775808`, `-9223372036854775809`, `"5"`, `true`, `{}`}
	case "boolean":
		out[at] = []string{`"true"`, `1`, `{}`}
	case "array":
		out[at] = []string{`{}`, `"x"`, `1`}
		if items, ok := s["items"].(m); ok && depth < 3 {
			for pointer, values := range wrongValues(schemas, items, at+"/0", depth+1) {
				out[pointer] = append(out[pointer], values...)
			}
		}
	case "object":
		out[at] = []string{`[]`, `"x"`, `1`}
		properties, _ := s["properties"].(m)
		for name, p := range properties {
			for pointer, values := range wrongValues(schemas, p.(m), at+"/"+name, depth+1) {
				out[pointer] = values
			}
		}
	}
	return out
}

func kindOf(s m) string {
	if list, ok := s["type"].([]any); ok {
		return fmt.Sprint(list[0])
	}
	return fmt.Sprint(s["type"])
}

// wrap builds the smallest body that has raw at the pointer.
func wrap(pointer, raw string) string {
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i] == "0" {
			raw = "[" + raw + "]"
		} else {
			raw = fmt.Sprintf(`{%q:%s}`, parts[i], raw)
		}
	}
	return raw
}

// person is somebody who may do what the endpoint does: anybody else is told that first.
func (e endpoint) person() string {
	deed := e.path[strings.LastIndexByte(e.path, '/')+1:]
	switch {
	case e.path == "/sessions":
		return ""
	case strings.HasPrefix(e.path, "/rules"), strings.HasPrefix(e.path, "/paper-requirements"), strings.HasPrefix(e.path, "/approval-rules"), strings.HasPrefix(e.path, "/tax-objects"), strings.Count(e.path, "/") < 3 && strings.HasPrefix(e.path, "/agencies"):
		return "admin"
	case strings.Contains(e.path, "/shortfalls/") && deed != "recover":
		return "ppk"
	case strings.Contains(e.path, "/agreements/") && slices.Contains([]string{"approve", "return", "reject", "close", "terminate", "suspend", "resume"}, deed):
		return "ppk"
	case deed == "authorise", deed == "reverse", deed == "refuse", deed == "approve" && !strings.Contains(e.path, "/overrides/"):
		return "head"
	case deed == "settle", deed == "recover", deed == "deposit", deed == "reverse-deposit", strings.Contains(e.path, "/withholding-slips"), deed == "hold", deed == "release", deed == "refunds", strings.Contains(e.path, "/penalty-receipts"):
		return "treasurer"
	}
	return "staff"
}

func TestEveryEndpointRefusesBadBodies(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	all, schemas := endpoints(t, o)
	before := o.do(t, "auditor", "GET", "./ledger?count=true", nil).want(200).text("total")
	send := func(t *testing.T, e endpoint, body string, headers ...string) reply {
		t.Helper()
		return o.do(t, e.person(), e.method, e.path, []byte(body), append([]string{"If-Match", `"1"`}, headers...)...)
	}
	for _, e := range all {
		t.Run(e.method+" "+e.path, func(t *testing.T) {
			t.Parallel()
			send(t, e, `{"a":`).want(400, "not_json")
			send(t, e, `{} {}`).want(400, "not_json")
			send(t, e, "{\"a\":\"\xff\"}").want(400, "not_utf8")
			send(t, e, `[]`).want(422, "invalid")
			send(t, e, `{}`, "Content-Type", "text/plain").want(415)
			send(t, e, `{}`, "Content-Type", "application/json; charset=latin1").want(415)
			send(t, e, `{}`, "Content-Encoding", "gzip").want(415)
			if r := send(t, e, `{"no_such_field":1}`).want(422, "invalid"); !slices.Contains(r.pointers(), "/no_such_field") {
				t.Errorf("the unknown field is named: %s", r.raw)
			}
			if r := send(t, e, `{"no_such_field":1}`, "Accept-Language", "en").want(422); strings.Contains(string(r.raw), "isian") {
				t.Errorf("in the caller's language: %s", r.raw)
			}
			for pointer, values := range wrongValues(schemas, e.schema, "", 0) {
				if pointer == "" {
					continue
				}
				for _, v := range values {
					if r := send(t, e, wrap(pointer, v)).want(422, "invalid"); !slices.Contains(r.pointers(), pointer) {
						t.Errorf("%s = %s: the field is not named: %s", pointer, v, r.raw)
					}
				}
				if first, _, _ := strings.Cut(pointer[1:], "/"); "/"+first == pointer {
					doubled := fmt.Sprintf(`{%q:null,%q:null}`, first, first)
					if r := send(t, e, doubled).want(422, "invalid"); !slices.Contains(r.pointers(), pointer) {
						t.Errorf("%s twice: the field is not named: %s", pointer, r.raw)
					}
				}
			}
			for name, p := range e.schema["properties"].(m) {
				large := strings.Repeat("x", 1<<20)
				if s := resolve(schemas, p.(m)); kindOf(s) == "string" && e.path != "/sessions" {
					r := send(t, e, fmt.Sprintf(`{%q:%q}`, name, large))
					if r.status != 422 && r.status != 404 && r.status != 403 {
						t.Errorf("a text of 1 MB in %s: got %d %.200s", name, r.status, r.raw)
					}
				}
			}
		})
	}
	t.Cleanup(func() {
		if after := o.do(t, "auditor", "GET", "./ledger?count=true", nil).want(200).text("total"); after != before {
			t.Errorf("refused requests moved money: %s entries before, %s after", before, after)
		}
	})
}

func TestHugeAndBrokenRequests(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	path := "./budget-versions"
	list := `{"fiscal_year":2026,"kind":"original","number":"A","date":"2026-01-01","lines":[` + strings.Repeat(`{},`, 100_000) + `{}]}`
	o.do(t, "staff", "POST", path, []byte(list)).want(422, "invalid")
	deep := strings.Repeat(`[`, 50_000)
	o.do(t, "staff", "POST", path, []byte(deep)).want(400)
	o.do(t, "staff", "POST", path, bytes.Repeat([]byte(" "), 9<<20)).want(413, "body_too_large")
	o.do(t, "staff", "GET", "./agreements?q="+strings.Repeat("x", 5000), nil).want(422, "invalid")
	o.do(t, "staff", "GET", "./agreements?q=%00", nil).want(422)
	o.do(t, "staff", "GET", "./agreements?cursor=AAAA", nil).want(422, "invalid")
	o.do(t, "staff", "GET", "./agreements?limit=501", nil).want(422, "invalid")
	o.do(t, "staff", "GET", "./agreements?order_date=2026-02-30", nil).want(422, "invalid")
	o.do(t, "staff", "GET", "./agreements?status=active&nonsense=1", nil).want(422, "invalid")
	if r := o.send(t, "GET", "/healthz", nil, nil); r.status != 200 {
		t.Fatalf("the server goes on: %d", r.status)
	}
}

// TestBodyCutOff sends less than it announces and goes away; the server keeps serving, and nothing was done.
func TestBodyCutOff(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	token := o.token(t, "staff")
	conn, err := net.Dial("tcp", strings.TrimPrefix(o.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := json.Marshal(budgetBody("original", "A", 1))
	_, _ = fmt.Fprintf(conn, "POST /api/v1/agencies/DISKOMINFO/budget-versions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", token, len(body)+10, body)
	_ = conn.(*net.TCPConn).CloseWrite()
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	answer, _ := io.ReadAll(conn)
	_ = conn.Close()
	if strings.Contains(string(answer), " 201 ") {
		t.Fatalf("half a request was taken for a whole one: %s", answer)
	}
	if n := len(o.do(t, "staff", "GET", "./budget-versions", nil).want(http.StatusOK).items()); n != 0 {
		t.Fatalf("nothing was done, but there are %d documents", n)
	}
}
