package api

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
)

// call is what every operation is handed: who asks, about which agency and object.
type call struct {
	ctx      context.Context
	actor    access.Actor
	agency   string    // {agency}: its code
	id       uuid.UUID // {id}
	sub      uuid.UUID // {sub}
	expected *int64    // If-Match
	http     *fiber.Ctx
}

// none is the body of an operation that needs none.
type none struct{}

// create registers a POST that makes a thing from a body: 201 and its ETag.
func create[B, R any](a *API, path, tag, summary string, do func(c call, body B) (R, error)) {
	begin(a, fiber.StatusCreated, path, tag, summary, do)
}

// begin is create with a status of its own: 202 for what is made later.
func begin[B, R any](a *API, status int, path, tag, summary string, do func(c call, body B) (R, error)) {
	a.document(route{"POST", path, tag, summary, status}, reflect.TypeFor[B](), reflect.TypeFor[R]())
	a.post(path, status, func(c *fiber.Ctx) (any, error) {
		cl, body := a.read(c), new(B)
		if cl.err != nil {
			return nil, cl.err
		}
		if err := readBody(c, body, true); err != nil {
			return nil, a.refusal(cl.call, path, err)
		}
		return do(cl.call, *body)
	})
}

// act registers a POST that does something to a thing: 200. An empty body counts as {}.
func act[B, R any](a *API, path, tag, summary string, do func(c call, body B) (R, error)) {
	a.document(route{"POST", path, tag, summary, 200}, reflect.TypeFor[B](), reflect.TypeFor[R]())
	a.post(path, fiber.StatusOK, func(c *fiber.Ctx) (any, error) {
		cl, body := a.read(c), new(B)
		if cl.err != nil {
			return nil, cl.err
		}
		read := readBody
		if len(c.BodyRaw()) == 0 {
			read = func(_ *fiber.Ctx, into any, all bool) error { return Decode([]byte("{}"), into, all) }
		}
		if err := read(c, body, true); err != nil {
			return nil, a.refusal(cl.call, path, err)
		}
		return do(cl.call, *body)
	})
}

// upload registers a POST of multipart/form-data; B documents its form.
func upload[B, R any](a *API, path, tag, summary string, do func(c call) (R, error)) {
	uploadAs[B](a, fiber.StatusCreated, path, tag, summary, do)
}

// uploadAs is upload with a status of its own: 200 for what is only looked at.
func uploadAs[B, R any](a *API, status int, path, tag, summary string, do func(c call) (R, error)) {
	a.document(route{"POST", path, tag, summary, status}, reflect.TypeFor[B](), reflect.TypeFor[R]())
	a.post(path, status, func(c *fiber.Ctx) (any, error) {
		cl := a.read(c)
		if cl.err != nil {
			return nil, cl.err
		}
		if kind, _, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); kind != fiber.MIMEMultipartForm {
			return nil, fault.With(fault.UnsupportedMedia, "unsupported_media_type", fault.Args{"expected": fiber.MIMEMultipartForm})
		}
		result, err := do(cl.call)
		if err != nil {
			err = a.refusal(cl.call, path, err)
		}
		return result, err
	})
}

// patch registers a PATCH that changes the named fields of a B; change lays the body over what is there. If-Match
// is required.
func patch[B, R any](a *API, path, tag, summary string, do func(c call, change func(B) (B, error)) (R, error)) {
	a.document(route{"PATCH", path, tag, summary, 200}, reflect.TypeFor[B](), reflect.TypeFor[R]())
	a.router.Patch(fiberPath(path), func(c *fiber.Ctx) error {
		cl := a.read(c)
		if cl.err != nil {
			return SendProblem(c, cl.err)
		}
		if c.Get(fiber.HeaderIfMatch) == "" {
			return SendProblem(c, a.refusal(cl.call, path, fault.New(fault.PreconditionRequired, "if_match_required")))
		}
		if err := readBody(c, new(B), false); err != nil {
			return SendProblem(c, a.refusal(cl.call, path, err))
		}
		body := c.BodyRaw()
		result, err := do(cl.call, func(b B) (B, error) { return b, Decode(body, &b, false) })
		if err != nil {
			return SendProblem(c, err)
		}
		return send(c, fiber.StatusOK, result)
	})
}

// get registers a GET of one thing, with its ETag.
func get[R any](a *API, path, tag, summary string, do func(c call) (R, error)) {
	a.document(route{"GET", path, tag, summary, 200}, nil, reflect.TypeFor[R]())
	a.router.Get(fiberPath(path), func(c *fiber.Ctx) error {
		cl := a.read(c)
		if cl.err != nil {
			return SendProblem(c, cl.err)
		}
		result, err := do(cl.call)
		if err != nil {
			return SendProblem(c, err)
		}
		if tag := etag(result); tag != "" && c.Get(fiber.HeaderIfNoneMatch) == tag {
			c.Set(fiber.HeaderETag, tag)
			return c.SendStatus(fiber.StatusNotModified)
		}
		return send(c, fiber.StatusOK, result)
	})
}

// list registers a GET of a list, with paging, filters, search and sort.
func list[R any](a *API, path, tag, summary string, do func(c call, q listing.Query) (listing.Page[R], error)) {
	a.documentList(route{"GET", path, tag, summary, 200}, reflect.TypeFor[listing.Page[R]]())
	a.router.Get(fiberPath(path), func(c *fiber.Ctx) error {
		cl := a.read(c)
		if cl.err != nil {
			return SendProblem(c, cl.err)
		}
		q, err := queryOf(c)
		if err != nil {
			return SendProblem(c, err)
		}
		page, err := do(cl.call, q)
		if err != nil {
			return SendProblem(c, err)
		}
		return send(c, fiber.StatusOK, page)
	})
}

func queryOf(c *fiber.Ctx) (listing.Query, error) {
	params, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return listing.Query{}, fault.New(fault.Malformed, "malformed")
	}
	return listing.Parse(params)
}

// fiberPath writes {name} as :name.
func fiberPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

type reading struct {
	call call
	err  error
}

// read takes the path and the headers apart; an id that is none is not there.
func (a *API) read(c *fiber.Ctx) reading {
	actor, _ := c.Locals(actorKey).(access.Actor)
	cl := call{ctx: c.UserContext(), actor: actor, http: c}
	var err error
	if cl.agency, err = url.PathUnescape(c.Params("agency")); err != nil {
		return reading{err: fault.Missing()}
	}
	for name, into := range map[string]*uuid.UUID{"id": &cl.id, "sub": &cl.sub} {
		if text := c.Params(name); text != "" {
			if *into, err = uuid.Parse(text); err != nil || len(text) != 36 {
				return reading{err: fault.Missing()}
			}
		}
	}
	cl.expected, err = ifMatch(c.Get(fiber.HeaderIfMatch))
	return reading{cl, err}
}

// ifMatch reads the one version that the caller has seen; * means any.
func ifMatch(header string) (*int64, error) {
	header = strings.TrimSpace(header)
	if header == "" || header == "*" {
		return nil, nil
	}
	text := strings.Trim(strings.TrimPrefix(header, "W/"), `"`)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, fault.New(fault.Stale, "stale")
	}
	return &n, nil
}

// etag is the version of a resource that has one.
func etag(resource any) string {
	v := reflect.Indirect(reflect.ValueOf(resource))
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName("Version"); f.IsValid() && f.Kind() == reflect.Int64 {
		return `"` + strconv.FormatInt(f.Int(), 10) + `"`
	}
	return ""
}

func readBody(c *fiber.Ctx, into any, all bool) error {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEApplicationJSON || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return fault.With(fault.UnsupportedMedia, "unsupported_media_type", fault.Args{"expected": fiber.MIMEApplicationJSON})
	}
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return fault.With(fault.UnsupportedMedia, "unsupported_encoding", nil)
	}
	return Decode(c.BodyRaw(), into, all)
}

func encode(result any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(result)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func send(c *fiber.Ctx, status int, result any) error {
	body, err := encode(result)
	if err != nil {
		return SendProblem(c, err)
	}
	return sendBytes(c, status, etag(result), body)
}

func sendBytes(c *fiber.Ctx, status int, tag string, body []byte) error {
	if tag != "" {
		c.Set(fiber.HeaderETag, tag)
	}
	c.Set(fiber.HeaderContentType, "application/json")
	return c.Status(status).Send(body)
}
