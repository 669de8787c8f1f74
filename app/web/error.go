package web

import (
	"errors"
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"tayang/app/fault"
)

// errorPage says what was refused, why, and what to do now.
type errorPage struct {
	heading
	Status  int
	Message string
	Details []string
	SignIn  bool
}

func (errorPage) template() string { return "error" }

// statusOf is the one place where a fault becomes the status of a page.
func statusOf(kind fault.Kind) int {
	switch kind {
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

// faultOf reads an error that reached the edge; Fiber's own refusals become faults here.
func faultOf(err error) *fault.Error {
	var refused *fiber.Error
	if !errors.As(err, &refused) {
		return fault.From(err)
	}
	switch refused.Code {
	case fiber.StatusNotFound, fiber.StatusMethodNotAllowed:
		return &fault.Error{Kind: fault.NotFound, Code: "not_found", Cause: err}
	case fiber.StatusRequestEntityTooLarge:
		return &fault.Error{Kind: fault.TooLarge, Code: "too_large", Cause: err}
	case fiber.StatusBadRequest:
		return &fault.Error{Kind: fault.Malformed, Code: "not_readable", Cause: err}
	}
	return fault.From(err)
}

// refuse makes the page of an error. What is inside the program is told to the log alone.
func (w *Web) refuse(r *request, err error) errorPage {
	f := faultOf(err)
	if f.Kind == fault.Internal {
		w.log.ErrorContext(r.ctx(), "page failed", slog.String("path", Told(r.c.Path())), slog.Any("error", err))
	}
	return refusal(r.reader, f)
}

func refusal(in reader, f *fault.Error) errorPage {
	p := errorPage{
		heading: heading{Title: in.Title(f.Kind)}, Status: statusOf(f.Kind), Message: in.Fault(f, in.Agency.Currency),
		SignIn: f.Kind == fault.Unauthenticated,
	}
	for _, field := range f.Fields {
		p.Details = append(p.Details, in.Field(field, in.Agency.Currency))
	}
	return p
}
