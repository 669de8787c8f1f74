// Package web is the pages: per noun a file that turns what the services give into typed pages and what people type
// into commands. Rules, money and SQL do not belong here, nor JSON for programs (package api).
package web

import (
	"embed"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

//go:embed template
var templates embed.FS

// registryWide asks about the government's registry instead of one agency.
var registryWide = uuid.Nil

// Config is what the pages need of the program.
type Config struct {
	Sessions Sessions
	Now      func() time.Time
	Place    *time.Location // the office's time zone
	Secure   bool           // cookies only over https
	Log      *slog.Logger
	Services Services
}

// Web serves the pages.
type Web struct {
	sessions Sessions
	now      func() time.Time
	place    *time.Location
	secure   bool
	log      *slog.Logger
	assets   assets
	views    views
	services Services
}

// New reads the embedded templates and browser parts; it fails when one is missing and says what to run.
func New(cfg Config) (*Web, error) {
	a, err := bundled()
	if err != nil {
		return nil, err
	}
	return assemble(cfg, a)
}

func assemble(cfg Config, a assets) (*Web, error) {
	files, err := fs.Sub(templates, "template")
	if err != nil {
		return nil, err
	}
	v, err := parseViews(files, a)
	if err != nil {
		return nil, err
	}
	return &Web{
		sessions: cfg.Sessions, now: cfg.Now, place: cfg.Place, secure: cfg.Secure, log: cfg.Log, assets: a, views: v,
		services: cfg.Services,
	}, nil
}

// Mount puts the pages at the root of the server; what lies under /api stays with the API. It belongs after every
// other route, because it answers all that is left with the page "not found".
func (w *Web) Mount(app fiber.Router) {
	pages := app.Group("/", beside(secure), beside(w.guarded(sameSite)), beside(w.guarded(readable)))
	pages.Get("/static/*", w.guarded(w.assets.serve))
	pages.Get("/sign-in", w.open(w.signInForm))
	pages.Post("/sign-in", w.open(w.signIn))
	pages.Post("/sign-out", w.open(w.signOut))
	pages.Post("/settings", w.open(w.choose))
	pages.Get("/", w.signedIn(w.inHand(w.start)))
	w.doorRoutes(pages)
	w.routes(pages)
	pages.Use(beside(w.signedIn(func(*request) (answer, error) { return answer{}, fault.Missing() })))
}

// beside leaves everything of the API alone.
func beside(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if strings.HasPrefix(c.Path(), "/api/") {
			return c.Next()
		}
		return h(c)
	}
}

// guarded shows the page of an error that a middleware of ours gives back.
func (w *Web) guarded(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		err := h(c)
		if err == nil || c.Response().StatusCode() >= fiber.StatusBadRequest && len(c.Response().Body()) > 0 {
			return err
		}
		r := w.request(c)
		return w.send(r, answer{page: w.refuse(r, err), status: statusOf(faultOf(err).Kind)})
	}
}

// Refuse answers an error that reached the server outside any page: the last resort of its error handler.
func (w *Web) Refuse(c *fiber.Ctx, err error) error {
	secureHeaders(c)
	r := w.request(c)
	return w.send(r, answer{page: w.refuse(r, err), status: statusOf(faultOf(err).Kind)})
}

// start opens the home page of the agency that the person last turned to; the registry for who may open none.
func (w *Web) start(r *request) (answer, error) {
	if r.Agency.Code == "" || !r.can(access.Read) {
		return answer{location: "/vendors"}, nil
	}
	return answer{location: r.path("home")}, nil
}
