package web

import (
	"context"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/registry"
)

// reader is who looks at a page: language, person, agency, the day. It writes values as the reader expects them.
type reader struct {
	*lang.Lang
	Actor    access.Actor
	Agency   registry.Agency
	Agencies []registry.Agency // all that the person may open
	Now      time.Time
	Place    *time.Location
}

// can reports whether the reader's roles allow the verb in the agency at hand.
func (in reader) can(v access.Verb) bool { return in.Actor.Can(v, in.Agency.ID) == nil }

// path is an address inside the agency at hand: path("agreements", id) is /a/CODE/agreements/ID.
func (in reader) path(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/a/" + url.PathEscape(in.Agency.Code) + "/" + strings.Join(parts, "/")
}

// request is one call of a page.
type request struct {
	reader
	c    *fiber.Ctx
	door *doorway // of a vendor's page
}

// ctx is the only context that may reach the services.
func (r *request) ctx() context.Context { return r.c.UserContext() }

// lasting is the context for a body that is sent after the handler has returned, when the request's own has ended.
func (r *request) lasting() context.Context { return context.WithoutCancel(r.ctx()) }

// id reads a UUID from the path; anything else is not found.
func (r *request) id(name string) (uuid.UUID, error) {
	id, err := uuid.Parse(r.c.Params(name))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}

// answer is what a handler gives back: a page with its status, or an address to go on at with a message to show there.
type answer struct {
	page     page
	status   int
	location string
	flash    flash
	sent     bool // the handler has answered by itself
}

func show(p page) (answer, error) { return answer{page: p, status: fiber.StatusOK}, nil }

// done sends the reader on after a deed, with a message.
func done(location, key string, args ...string) (answer, error) {
	return answer{location: location, flash: newFlash(key, args...)}, nil
}

// again shows a form once more with what was typed and what is wrong with it.
func again(p page, f *fault.Error) (answer, error) {
	return answer{page: p, status: statusOf(f.Kind)}, nil
}

type handler func(r *request) (answer, error)

// open serves a page that needs nobody signed in.
func (w *Web) open(h handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := w.request(c)
		return w.finish(r, h)
	}
}

// signedIn serves a page to a signed-in person; others go to the sign-in page and come back.
func (w *Web) signedIn(h handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, err := w.identify(c)
		if fault.From(err).Kind == fault.Unauthenticated && err != nil && (c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead) {
			return c.Redirect("/sign-in?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
		}
		if err != nil {
			return w.send(r, answer{page: w.refuse(r, err), status: statusOf(faultOf(err).Kind)})
		}
		return w.finish(r, h)
	}
}

// inAgency serves a page of one agency, named in the path; one that the person has no part in is not found.
func (w *Web) inAgency(h handler) fiber.Handler {
	return w.signedIn(func(r *request) (answer, error) {
		code, err := url.PathUnescape(r.c.Params("agency"))
		if err != nil {
			return answer{}, fault.Missing()
		}
		for _, a := range r.Agencies {
			if a.Code == code {
				r.Agency = a
				if r.c.Cookies(agencyCookie) != url.QueryEscape(a.Code) {
					r.c.Cookie(&fiber.Cookie{Name: agencyCookie, Value: url.QueryEscape(a.Code), Path: "/", HTTPOnly: true, Secure: w.secure, SameSite: "Lax"})
				}
				return h(r)
			}
		}
		return answer{}, fault.Missing()
	})
}

const agencyCookie = "tayang_agency"

// inHand serves a page of the whole government, with the agency that the person last turned to around it.
func (w *Web) inHand(h handler) handler {
	return func(r *request) (answer, error) {
		last, _ := url.QueryUnescape(r.c.Cookies(agencyCookie))
		for _, a := range r.Agencies {
			if r.Agency.Code == "" || a.Code == last {
				r.Agency = a
			}
		}
		return h(r)
	}
}

// finish runs the handler and sends its answer, or the page of its error.
func (w *Web) finish(r *request, h handler) error {
	a, err := h(r)
	if err != nil {
		a = answer{page: w.refuse(r, err), status: statusOf(faultOf(err).Kind)}
	}
	if a.sent {
		return nil
	}
	return w.send(r, a)
}

func (w *Web) send(r *request, a answer) error {
	if a.location != "" {
		a.flash.keep(r.c, w.secure)
		return r.c.Redirect(a.location, fiber.StatusSeeOther)
	}
	body, err := w.views.render(w.frame(r), a.page)
	if err != nil {
		w.log.ErrorContext(r.ctx(), "render page", slog.Any("error", err))
		return fiber.ErrInternalServerError
	}
	r.c.Set(fiber.HeaderCacheControl, "no-store")
	r.c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return r.c.Status(a.status).Send(body)
}

// request is a call by nobody yet, in the language of the cookie or else in Indonesian.
func (w *Web) request(c *fiber.Ctx) *request {
	return &request{c: c, reader: reader{Lang: lang.For(c.Cookies("lang")), Now: w.now(), Place: w.place}}
}

// identify finds the person behind the session cookie and the agencies that he may open.
func (w *Web) identify(c *fiber.Ctx) (*request, error) {
	r := w.request(c)
	token := c.Cookies(sessionCookie)
	if token == "" {
		return r, fault.New(fault.Unauthenticated, "unauthenticated")
	}
	actor, err := w.sessions.Actor(r.ctx(), token)
	if err != nil {
		return r, err
	}
	r.Actor = actor
	c.SetUserContext(access.WithRequest(c.UserContext(), c.GetRespHeader(fiber.HeaderXRequestID), nil))
	if c.Cookies("lang") == "" {
		r.Lang = lang.For(actor.Language)
	}
	r.Agencies, err = w.agencies(r)
	return r, err
}
