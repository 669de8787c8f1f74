package api

import (
	"encoding/json"
	"errors"
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/lang"
)

// statusOf is the one table of what each kind of refusal is over HTTP.
func statusOf(k fault.Kind) int {
	switch k {
	case fault.Malformed:
		return fiber.StatusBadRequest
	case fault.Unauthenticated:
		return fiber.StatusUnauthorized
	case fault.Forbidden:
		return fiber.StatusForbidden
	case fault.NotFound:
		return fiber.StatusNotFound
	case fault.Conflict:
		return fiber.StatusConflict
	case fault.Stale:
		return fiber.StatusPreconditionFailed
	case fault.TooLarge:
		return fiber.StatusRequestEntityTooLarge
	case fault.UnsupportedMedia:
		return fiber.StatusUnsupportedMediaType
	case fault.Invalid:
		return fiber.StatusUnprocessableEntity
	case fault.PreconditionRequired:
		return fiber.StatusPreconditionRequired
	case fault.TooMany:
		return fiber.StatusTooManyRequests
	case fault.Full:
		return fiber.StatusInsufficientStorage
	case fault.Unavailable:
		return fiber.StatusServiceUnavailable
	case fault.Internal:
	}
	return fiber.StatusInternalServerError
}

// problemField names one wrong field (RFC 6901 pointer into the body, or /query/NAME).
type problemField struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

// Problem is an RFC 9457 problem document; the figures of a refusal stand beside these fields by their names.
type Problem struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail"`
	Code   string         `json:"code"`
	Errors []problemField `json:"errors,omitempty"`
}

// SendProblem answers with a problem document in the caller's language. What broke inside is logged, not told.
func SendProblem(c *fiber.Ctx, err error) error {
	f := faultOf(err)
	if f.Kind == fault.Internal || f.Kind == fault.Full || f.Kind == fault.Unavailable {
		slog.LogAttrs(c.UserContext(), slog.LevelError, "request failed", slog.String("path", c.Path()), slog.Any("error", err),
			slog.String("request_id", requestID(c)))
	}
	l := languageOf(c)
	p := Problem{Type: "urn:tayang:problem:" + f.Code, Title: l.Title(f.Kind), Status: statusOf(f.Kind), Detail: l.Fault(f, ""), Code: f.Code}
	for _, w := range f.Fields {
		p.Errors = append(p.Errors, problemField{w.Pointer, w.Code, l.Field(w, "")})
	}
	body, err := withArgs(p, f.Args)
	if err != nil {
		return err
	}
	if f.Kind == fault.Unauthenticated {
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="tayang"`)
	}
	if f.Kind == fault.TooMany {
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	if f.Kind == fault.Full || f.Kind == fault.Unavailable {
		c.Set(fiber.HeaderRetryAfter, "30")
	}
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return c.Status(p.Status).Send(body)
}

// withArgs puts the figures of the refusal beside the fixed members, which they cannot replace.
func withArgs(p Problem, args fault.Args) ([]byte, error) {
	fixed, err := json.Marshal(p)
	if err != nil || len(args) == 0 {
		return fixed, err
	}
	all := map[string]any{}
	for k, v := range args {
		all[k] = v
	}
	if err := json.Unmarshal(fixed, &all); err != nil {
		return nil, err
	}
	all["status"] = p.Status
	return json.Marshal(all)
}

// faultOf also understands what Fiber itself refuses.
func faultOf(err error) *fault.Error {
	var fe *fiber.Error
	if errors.As(err, &fe) {
		switch fe.Code {
		case fiber.StatusNotFound:
			return fault.Missing()
		case fiber.StatusMethodNotAllowed:
			return fault.New(fault.NotFound, "no_such_operation")
		case fiber.StatusRequestEntityTooLarge:
			return fault.New(fault.TooLarge, "body_too_large")
		case fiber.StatusBadRequest, fiber.StatusUnprocessableEntity:
			return &fault.Error{Kind: fault.Malformed, Code: "malformed", Cause: err}
		case fiber.StatusUnsupportedMediaType:
			return fault.New(fault.UnsupportedMedia, "unsupported_media_type")
		}
	}
	return fault.From(err)
}

// languageOf is the language that the request asks for, else the signed-in person's, else Indonesian.
func languageOf(c *fiber.Ctx) *lang.Lang {
	if h := c.Get(fiber.HeaderAcceptLanguage); h != "" {
		return lang.Accept(h)
	}
	if a, ok := c.Locals(actorKey).(access.Actor); ok {
		return lang.For(a.Language)
	}
	return lang.For("id")
}
