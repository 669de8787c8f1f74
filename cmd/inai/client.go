package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// role is which of the office's people asks.
type role string

// The people whose accounts a load needs.
const (
	staff     role = "staff"
	ppk       role = "ppk"
	verifier  role = "verifier"
	treasurer role = "treasurer"
	head      role = "head"
	admin     role = "admin"
)

// account is how somebody signs in.
type account struct{ email, password string }

// client speaks to the API as several people. It is safe for concurrent use once everybody is signed in.
type client struct {
	base     string // "http://127.0.0.1:8080"
	http     *http.Client
	tokens   map[role]string
	requests atomic.Int64
}

// requestTime bounds one request, answer included.
const requestTime = 60 * time.Second

func newClient(base string) *client {
	return &client{
		base: strings.TrimRight(base, "/"), tokens: map[role]string{},
		http: &http.Client{Timeout: requestTime, Transport: &http.Transport{MaxIdleConnsPerHost: workers}},
	}
}

// problem is a refusal of the API (RFC 9457).
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Errors []struct {
		Pointer string `json:"pointer"`
		Code    string `json:"code"`
		Detail  string `json:"detail"`
	} `json:"errors"`
}

// Error says the refusal in one line: its status, and each field that is wrong, else what is wrong with the whole.
func (p *problem) Error() string {
	if len(p.Errors) == 0 {
		return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail)
	}
	fields := make([]string, len(p.Errors))
	for i, e := range p.Errors {
		fields[i] = fmt.Sprintf("%s %s (%s)", e.Pointer, e.Code, e.Detail)
	}
	return fmt.Sprintf("%d %s", p.Status, strings.Join(fields, ", "))
}

// refusedByAPI gives the refusal of the request itself: not of the person, and no failure of the server.
func refusedByAPI(err error) (*problem, bool) {
	var p *problem
	if !errors.As(err, &p) {
		return nil, false
	}
	switch p.Status {
	case http.StatusConflict, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		return p, true
	}
	return nil, false
}

// stale reports whether the thing has another version than the request expected.
func stale(err error) bool {
	var p *problem
	return errors.As(err, &p) && p.Status == http.StatusPreconditionFailed
}

func (c *client) signIn(ctx context.Context, who role, a account) error {
	var answer struct {
		Token string `json:"token"`
	}
	err := c.send(ctx, call{who: "", method: http.MethodPost, path: "/sessions"},
		jsonBody(map[string]string{"email": a.email, "password": a.password}), &answer)
	if err != nil {
		return fmt.Errorf("sign in %s: %w", a.email, err)
	}
	c.tokens[who] = answer.Token
	return nil
}

// post makes or moves something. The key makes it safe to send again: the same key gives the first answer.
func (c *client) post(ctx context.Context, who role, path, key string, in, out any) error {
	return c.send(ctx, call{who: who, method: http.MethodPost, path: path, key: key}, jsonBody(in), out)
}

// patch changes what is at that version.
func (c *client) patch(ctx context.Context, who role, path string, version int64, in, out any) error {
	return c.send(ctx, call{who: who, method: http.MethodPatch, path: path, match: fmt.Sprintf(`"%d"`, version)}, jsonBody(in), out)
}

func (c *client) get(ctx context.Context, who role, path string, out any) error {
	return c.send(ctx, call{who: who, method: http.MethodGet, path: path}, body{}, out)
}

// upload sends a PDF with the fields of its form.
func (c *client) upload(ctx context.Context, who role, path, key string, fields map[string]string, name string, pdf []byte, out any) error {
	b, err := formBody(fields, name, pdf)
	if err != nil {
		return err
	}
	return c.send(ctx, call{who: who, method: http.MethodPost, path: path, key: key}, b, out)
}

// call is where a request goes, and how.
type call struct {
	who          role
	method, path string
	key, match   string
}

// body is what a request carries; none when the type is empty.
type body struct {
	media   string
	content []byte
	err     error
}

func jsonBody(in any) body {
	content, err := json.Marshal(in)
	return body{"application/json", content, err}
}

func formBody(fields map[string]string, name string, pdf []byte) (body, error) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	// A fixed boundary: a request that is sent again must be the same to the byte.
	if err := form.SetBoundary("inai-2015-form-boundary"); err != nil {
		return body{}, err
	}
	for _, field := range []string{"kind", "origin"} {
		if value, ok := fields[field]; ok {
			if err := form.WriteField(field, value); err != nil {
				return body{}, err
			}
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		return body{}, err
	}
	if _, err := part.Write(pdf); err != nil {
		return body{}, err
	}
	err = form.Close()
	return body{form.FormDataContentType(), b.Bytes(), err}, err
}

// send asks and reads a JSON answer into out. A refusal is a *problem.
func (c *client) send(ctx context.Context, to call, b body, out any) error {
	answer, _, err := c.fetch(ctx, to, b)
	if err != nil || out == nil {
		return err
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%s %s: read the answer: %w", to.method, to.path, err)
	}
	return nil
}

func (c *client) fetch(ctx context.Context, to call, b body) (answer []byte, h http.Header, err error) {
	if b.err != nil {
		return nil, nil, b.err
	}
	req, err := http.NewRequestWithContext(ctx, to.method, c.base+"/api/v1"+to.path, bytes.NewReader(b.content))
	if err != nil {
		return nil, nil, err
	}
	for name, value := range map[string]string{"Content-Type": b.media, "Idempotency-Key": to.key, "If-Match": to.match} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if token := c.tokens[to.who]; token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	req.Header.Set("Accept-Language", "en")
	c.requests.Add(1)
	res, err := c.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, res.Body.Close()) }()
	if answer, err = io.ReadAll(res.Body); err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", to.method, to.path, err)
	}
	if res.StatusCode >= http.StatusBadRequest {
		return nil, nil, problemOf(to, res.StatusCode, answer)
	}
	return answer, res.Header, nil
}

func problemOf(to call, status int, answer []byte) error {
	p := &problem{}
	if json.Unmarshal(answer, p) != nil || p.Code == "" {
		p = &problem{Status: status, Code: "no_problem_document", Detail: string(answer[:min(len(answer), 200)])}
	}
	return fmt.Errorf("%s %s: %w", to.method, to.path, p)
}
