package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tayang/app/api"
	"tayang/app/web"
)

// Limits of a request.
const (
	requestBytesMax = 32 << 20
	requestTime     = 60 * time.Second
	idleTime        = 2 * time.Minute
)

// server puts the API and the pages behind the middleware that all requests pass.
func (p *program) server() (*fiber.App, error) {
	app := fiber.New(fiber.Config{
		AppName: "tayang", Immutable: true, DisableStartupMessage: true,
		// How much is awaited before the handler is called; what a body may have is held there (bodies.go).
		BodyLimit:                    1,
		StreamRequestBody:            true, // files pass through; all else is read whole, within the limit
		DisablePreParseMultipartForm: true, // else a broken form is refused before anybody can say so in the right words
		ReadTimeout:                  requestTime, WriteTimeout: requestTime, IdleTimeout: idleTime, ErrorHandler: p.refuse,
		ReadBufferSize: 16 << 10,
	})
	seconds, registry := meters()
	app.Use(api.WithRequestID, p.logged(seconds), recover.New(), deadline, p.bodies)
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok") })
	app.Get("/readyz", p.ready)
	app.Get("/metrics", adaptor.HTTPHandler(promhttp.HandlerFor(registry, promhttp.HandlerOpts{})))
	if err := p.app.api.Mount(app); err != nil {
		return nil, err
	}
	if p.app.web != nil {
		p.app.web.Mount(app)
	}
	return app, nil
}

// refuse answers errors that no handler answered: a body over the limit, a path that cannot be read, a panic.
func (p *program) refuse(c *fiber.Ctx, err error) error {
	if p.app.web == nil || strings.HasPrefix(c.Path(), "/api") {
		return api.SendProblem(c, err)
	}
	return p.app.web.Refuse(c, err)
}

func deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), requestTime)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// ready says whether work can be done: the database answers (its schema was brought up to date at the start), what
// is done is sealed, and files can be kept.
func (p *program) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	if err := p.store.Ping(ctx); err != nil {
		p.log.LogAttrs(ctx, slog.LevelError, "not ready", slog.Any("error", err))
		return c.Status(fiber.StatusServiceUnavailable).SendString("database not reachable")
	}
	if why, late := p.sealer.Late(p.now()); late {
		p.log.LogAttrs(ctx, slog.LevelError, "not ready", slog.String("sealing", why))
		return c.Status(fiber.StatusServiceUnavailable).SendString("the log is not sealed: " + why)
	}
	if code := p.Storage(ctx); code != "" {
		return c.Status(fiber.StatusServiceUnavailable).SendString("files cannot be kept: " + code)
	}
	return c.SendString("ready")
}

func meters() (*prometheus.HistogramVec, *prometheus.Registry) {
	registry := prometheus.NewRegistry()
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "tayang_http_request_seconds",
		Help: "Time to answer a request.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 10),
	}, []string{"method", "route", "status"})
	registry.MustRegister(seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return seconds, registry
}

// logged writes one line for each request and counts it by route, never by the path that was asked for.
func (p *program) logged(seconds *prometheus.HistogramVec) fiber.Handler {
	return func(c *fiber.Ctx) error {
		begin := time.Now()
		err := c.Next()
		if err != nil {
			if err = p.refuse(c, err); err != nil {
				return err
			}
		}
		took, status := time.Since(begin), c.Response().StatusCode()
		seconds.WithLabelValues(c.Method(), c.Route().Path, statusClass(status)).Observe(took.Seconds())
		level := slog.LevelDebug
		if status >= fiber.StatusInternalServerError {
			level = slog.LevelError
		}
		p.log.LogAttrs(c.UserContext(), level, "request", slog.String("method", c.Method()), slog.String("path", web.Told(c.Path())),
			slog.Int("status", status), slog.Duration("took", took), slog.Any("request_id", c.GetRespHeader(fiber.HeaderXRequestID)))
		return nil
	}
}

func statusClass(status int) string {
	return []string{"?", "1xx", "2xx", "3xx", "4xx", "5xx"}[max(0, min(status/100, 5))]
}
