package web

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
)

const sessionCookie = "tayang_session"

// Sessions lets people in and out (access.Sessions). A wrong address or password and a session that is no more are
// Unauthenticated; from is the caller's network address.
type Sessions interface {
	SignIn(ctx context.Context, kind access.SessionKind, email, password, from string) (access.SignedIn, error)
	Actor(ctx context.Context, token string) (access.Actor, error)
	SignOut(ctx context.Context, token string) error
}

// signInPage asks for e-mail and password.
type signInPage struct {
	heading
	Email string
	Next  string
	Wrong string
}

func (signInPage) template() string { return "signin" }

func newSignIn(in reader, email, next string, f *fault.Error) signInPage {
	p := signInPage{heading: heading{Title: in.T("signin.title")}, Email: email, Next: inside(next)}
	if f != nil {
		p.Wrong = in.Fault(f, "")
	}
	return p
}

func (w *Web) signInForm(r *request) (answer, error) {
	return show(newSignIn(r.reader, "", r.c.Query("next"), nil))
}

func (w *Web) signIn(r *request) (answer, error) {
	email, next := strings.TrimSpace(r.c.FormValue("email")), r.c.FormValue("next")
	signed, err := w.sessions.SignIn(r.ctx(), access.WebSession, email, r.c.FormValue("password"), r.c.IP())
	if f := fault.From(err); err != nil && f.Kind != fault.Internal {
		return again(newSignIn(r.reader, email, next, f), f)
	}
	if err != nil {
		return answer{}, err
	}
	r.c.Cookie(&fiber.Cookie{Name: sessionCookie, Value: signed.Token, Path: "/", HTTPOnly: true, Secure: w.secure, SameSite: "Lax", Expires: signed.ExpiresAt})
	return done(inside(next), "flash.welcome", "name", signed.Actor.Name)
}

func (w *Web) signOut(r *request) (answer, error) {
	if token := r.c.Cookies(sessionCookie); token != "" {
		if err := w.sessions.SignOut(r.ctx(), token); err != nil && fault.From(err).Kind != fault.Unauthenticated {
			return answer{}, err
		}
	}
	r.c.Cookie(&fiber.Cookie{Name: sessionCookie, Path: "/", HTTPOnly: true, Secure: w.secure, SameSite: "Lax", Expires: time.Unix(0, 0)})
	return done("/sign-in", "flash.signed_out")
}

// inside lets a redirect stay on this server.
func inside(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// choose keeps the reader's language and theme in cookies and goes back to the page.
func (w *Web) choose(r *request) (answer, error) {
	for name, values := range map[string][]string{"lang": {"id", "en"}, "theme": {"auto", "light", "dark"}} {
		for _, v := range values {
			if r.c.FormValue(name) == v {
				r.c.Cookie(&fiber.Cookie{Name: name, Value: v, Path: "/", HTTPOnly: true, Secure: w.secure, SameSite: "Lax", MaxAge: 365 * 24 * 3600})
			}
		}
	}
	return answer{location: inside(r.c.FormValue("next"))}, nil
}
