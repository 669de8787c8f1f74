package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"tayang/db/sample"
)

// line is one connection to the server, of which every byte is ours.
type line struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func (o *office) dial(t *testing.T) *line {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(o.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &line{t, conn, bufio.NewReader(conn)}
}

func (l *line) ask(request string) (status int, body string) {
	l.t.Helper()
	if _, err := io.WriteString(l.conn, request); err != nil {
		l.t.Fatal(err)
	}
	res, err := http.ReadResponse(l.in, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// TestWhatIsLeftOfABody: a file that is refused before it was read is not taken for the next request, a body without a size
// may not go on for ever, and one in pieces is the same as a whole one.
func TestWhatIsLeftOfABody(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	form, kind := upload(t, "bukti.jpg", "image/jpeg", shot(t, 1, 90)+strings.Repeat("GET /evil HTTP/1.1\r\nHost: x\r\n\r\n", 4000), "kind", "photo", "origin", "vendor")
	head := func(token, size string) string {
		return "POST /api/v1/agencies/" + sample.Kominfo + "/placements/00000000-0000-7000-8000-000000000000/proofs HTTP/1.1\r\nHost: x\r\n" +
			token + "Content-Type: " + kind + "\r\n" + size + "\r\n"
	}
	whole := fmt.Sprintf("Content-Length: %d\r\n", len(form))
	l := o.dial(t)
	for range 2 {
		if status, body := l.ask(head("", whole) + string(form)); status != 401 {
			t.Errorf("nobody: %d %s", status, body)
		}
		if status, body := l.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); status != 200 || body != "ok" {
			t.Errorf("the next request: %d %s", status, body)
		}
	}
	bearer := "Authorization: Bearer " + o.token(t, "staff") + "\r\n"
	pieces := fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 1000, form[:1000], len(form)-1000, form[1000:])
	for _, request := range []string{head(bearer, whole) + string(form), head(bearer, "Transfer-Encoding: chunked\r\n") + pieces} {
		if status, body := l.ask(request); status != 404 {
			t.Errorf("no such placement: %d %s", status, body)
		}
	}
	huge := fmt.Sprintf("Content-Length: %d\r\n", requestBytesMax+1)
	if status, body := o.dial(t).ask(head(bearer, huge) + strings.Repeat("x", 12<<10)); status != 413 {
		t.Errorf("too large: %d %s", status, body)
	}
	json := "POST /api/v1/vendors HTTP/1.1\r\nHost: x\r\n" + bearer + "Content-Type: application/json\r\n"
	if status, body := o.dial(t).ask(json + huge + "\r\n" + strings.Repeat("x", 12<<10)); status != 413 {
		t.Errorf("too large: %d %s", status, body)
	}
	if status, body := l.ask(json + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"); status != 422 {
		t.Errorf("in pieces: %d %s", status, body)
	}
}
