package main

import (
	"errors"
	"io"
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"tayang/app/api"
)

// errBodyTooLarge ends a body that says nothing of its size.
var errBodyTooLarge = fiber.ErrRequestEntityTooLarge

// bodies lets files that are sent to the API pass through as they come, and reads every other body whole. What a handler
// leaves of a body is read away: it would be taken for the next request.
func (p *program) bodies(c *fiber.Ctx) error {
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return c.Next()
	}
	if c.Request().Header.ContentLength() > requestBytesMax {
		c.Context().SetConnectionClose()
		return errBodyTooLarge
	}
	body := &measured{from: stream, left: requestBytesMax, announced: int64(c.Request().Header.ContentLength())}
	if passes(c) {
		p.sending.Add(1)
		defer p.sending.Add(-1)
		api.PassBody(c, body)
		err := c.Next()
		if _, rest := io.Copy(io.Discard, body); rest != nil {
			c.Context().SetConnectionClose()
		}
		return err
	}
	text, err := io.ReadAll(body)
	if err != nil {
		c.Context().SetConnectionClose()
		if errors.Is(err, errBodyTooLarge) {
			return err
		}
		return fiber.ErrBadRequest
	}
	c.Request().SetBodyRaw(text)
	return c.Next()
}

// passes reports whether the body is a form with a file that is sent to the API.
func passes(c *fiber.Ctx) bool {
	kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	return err == nil && kind == fiber.MIMEMultipartForm && strings.HasPrefix(c.Path(), "/api/")
}

// measured is a body that may not go on for ever, nor end before it is as long as was announced.
type measured struct {
	from      io.Reader
	left      int64
	announced int64 // below zero: nothing was
	came      int64
}

func (m *measured) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	m.came += int64(n)
	if m.left -= int64(n); m.left < 0 {
		return n, errBodyTooLarge
	}
	if errors.Is(err, io.EOF) && m.came < m.announced {
		return n, io.ErrUnexpectedEOF
	}
	return n, err
}
