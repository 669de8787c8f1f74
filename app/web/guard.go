package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"tayang/app/fault"
)

// policy lets a page load only what this server serves: no inline script, no inline style, no frames, no plug-ins.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// secure sets the headers that keep a browser from doing what a page never asks for.
func secure(c *fiber.Ctx) error {
	secureHeaders(c)
	return c.Next()
}

func secureHeaders(c *fiber.Ctx) {
	c.Set("Content-Security-Policy", policy)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("X-Frame-Options", "DENY")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
}

// sameSite refuses a changing request that another site made the browser send: by Sec-Fetch-Site, else by Origin.
// Requests with neither header do not come from a browser that other sites could use.
func sameSite(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return c.Next()
	case "":
	default:
		return fault.New(fault.Forbidden, "cross_site")
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return c.Next()
	}
	from, err := url.Parse(origin)
	if err != nil || !strings.EqualFold(from.Host, string(c.Request().Host())) {
		return fault.New(fault.Forbidden, "cross_site")
	}
	return c.Next()
}
