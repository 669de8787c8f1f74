package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// wire is one kept-alive connection of one client. It is thin, so that the client takes little of the machine that it
// shares with the server.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
	body bytes.Buffer
}

func (h *house) dial(ctx context.Context) (*wire, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", h.address)
	if err != nil {
		return nil, err
	}
	return &wire{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (w *wire) close() { _ = w.conn.Close() }

// send gives the status and the body, which holds until the next send.
func (w *wire) send(request []byte) (int, []byte, error) {
	if _, err := w.conn.Write(request); err != nil {
		return 0, nil, err
	}
	res, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	w.body.Reset()
	_, err = io.Copy(&w.body, res.Body)
	return res.StatusCode, w.body.Bytes(), err
}

// want is send for an answer that must have that status.
func (w *wire) want(status int, request []byte) ([]byte, error) {
	got, body, err := w.send(request)
	if err == nil && got != status {
		line, _, _ := bytes.Cut(request, []byte("\r"))
		err = fmt.Errorf("%s: status %d, want %d: %.300s", line, got, status, body)
	}
	return body, err
}

// get asks for JSON or a page; a session opens both, by header or by cookie.
func get(path, token string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\nCookie: tayang_session=%s\r\n\r\n", path, token, token)
}

func post(path, token string, body []byte) []byte {
	bearer := ""
	if token != "" {
		bearer = "Authorization: Bearer " + token + "\r\n"
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: bench\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, bearer, len(body), body)
}

// drive lets clients send until next has no more requests, each over its own connection, and gives how long each took.
// next is asked by all clients at once with the number of the request; every answer must have the status.
func (h *house) drive(ctx context.Context, clients, status int, next func(client int) (request []byte, ok bool)) (times, error) {
	var (
		all   times
		first error
		mu    sync.Mutex
		wg    sync.WaitGroup
	)
	for client := range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			took, err := h.client(ctx, status, func() ([]byte, bool) { return next(client) })
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
			if first == nil {
				first = err
			}
		}()
	}
	wg.Wait()
	return all, first
}

func (h *house) client(ctx context.Context, status int, next func() ([]byte, bool)) (took times, err error) {
	w, err := h.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	for request, ok := next(); ok && ctx.Err() == nil; request, ok = next() {
		begin := time.Now()
		if _, err := w.want(status, request); err != nil {
			return took, err
		}
		took = append(took, time.Since(begin))
	}
	return took, ctx.Err()
}
