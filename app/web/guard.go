package web

import (
	"mime"
	"net/url"
	"slices"
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
	if origin == "" || origin == "null" && atDoor(c) { // its pages name no referrer, and have marks of their own
		return c.Next()
	}
	from, err := url.Parse(origin)
	if err != nil || !strings.EqualFold(from.Host, string(c.Request().Host())) {
		return fault.New(fault.Forbidden, "cross_site")
	}
	return c.Next()
}

// repeatable are the fields that a form may send more than once: one for each row that was chosen.
func repeatable() []string { return []string{"placement_ids", "invoice_ids", "acceptance_ids"} }

// readable refuses what no form of ours sends: other kinds of content, a body that is cut or packed, a field that is on
// none of them, and a field given twice, of which nobody could say which one is meant.
func readable(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodPost || len(c.Request().Body()) == 0 {
		return c.Next()
	}
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return fault.New(fault.UnsupportedMedia, "unsupported_encoding")
	}
	seen := map[string]int{}
	kind, _, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch kind {
	case fiber.MIMEApplicationForm:
		for name := range c.Request().PostArgs().All() {
			seen[string(name)]++
		}
	case fiber.MIMEMultipartForm:
		form, err := c.MultipartForm()
		if err != nil {
			return &fault.Error{Kind: fault.Malformed, Code: "not_readable", Cause: err}
		}
		for name, values := range form.Value {
			seen[name] += len(values)
		}
		for name, files := range form.File {
			seen[name] += len(files)
		}
	default:
		return fault.New(fault.UnsupportedMedia, "unsupported_media_type")
	}
	refused := &fault.Error{Kind: fault.Malformed, Code: "malformed"}
	for name, times := range seen {
		switch {
		case !ours(name):
			refused.Fields = append(refused.Fields, fault.Field{Pointer: pointer(name), Code: "unknown_field"})
		case times > 1 && !slices.Contains(repeatable(), name):
			refused.Fields = append(refused.Fields, fault.Field{Pointer: pointer(name), Code: "doubled"})
		}
	}
	if len(refused.Fields) > 0 {
		return refused
	}
	return c.Next()
}
