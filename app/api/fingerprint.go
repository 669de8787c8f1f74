package api

import (
	"bytes"
	"crypto/sha256"
	"hash"
	"io"
	"mime"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
)

const (
	bodyKey  = "body"  // a body that passes through, see PassBody
	printKey = "print" // the fingerprint that is taken of it meanwhile
)

// PassBody hands the body of a request to the operation as it comes, instead of whole; what the operation leaves is the
// caller's to read away.
func PassBody(c *fiber.Ctx, body io.Reader) { c.Locals(bodyKey, body) }

// passing is the body of a request as it comes, when it is not there whole. What is read of it is in its fingerprint.
func passing(c *fiber.Ctx) (io.Reader, bool) {
	body, ok := c.Locals(bodyKey).(io.Reader)
	if !ok {
		return nil, false
	}
	if p, ok := c.Locals(printKey).(*print); ok {
		return p, true
	}
	return body, true
}

// print tells whether two requests are the same: method, path and body. The boundary of a form is made up anew for each
// sending, so it does not count. Of a body that passes through it is known once all of that has passed.
type print struct {
	hash     hash.Hash
	boundary []byte
	held     []byte    // the end of what passed, in which a boundary may begin
	rest     io.Reader // what has not passed yet
	done     []byte
	answer   *access.Answer
}

func fingerprint(c *fiber.Ctx) *print {
	p := &print{hash: sha256.New()}
	if kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err == nil && kind == fiber.MIMEMultipartForm {
		p.boundary = []byte(params["boundary"])
	}
	for _, part := range [][]byte{[]byte(c.Method()), c.Request().URI().Path()} {
		p.hash.Write(part)
		p.hash.Write([]byte{0})
	}
	if body, ok := passing(c); ok {
		p.rest = body
		c.Locals(printKey, p)
		return p
	}
	p.rest = bytes.NewReader(c.BodyRaw())
	_, _ = p.sum() // reading from memory does not fail
	return p
}

// keep puts the fingerprint into the answer to keep, once it is known.
func (p *print) keep(a *access.Answer) { p.answer, a.RequestHash = a, p.done }

// Read lets the body pass.
func (p *print) Read(b []byte) (int, error) {
	n, err := p.rest.Read(b)
	p.write(b[:n])
	if err == io.EOF && p.done == nil { //nolint:errorlint // a reader's end is never wrapped
		p.hash.Write(p.held)
		p.hash.Write([]byte{0})
		p.done = p.hash.Sum(nil)
		if p.answer != nil {
			p.answer.RequestHash = p.done
		}
	}
	return n, err
}

// write counts what passed, but for boundaries and what may yet become one.
func (p *print) write(b []byte) {
	if len(p.boundary) == 0 {
		p.hash.Write(b)
		return
	}
	p.held = append(p.held, b...)
	for {
		at := bytes.Index(p.held, p.boundary)
		if at < 0 {
			break
		}
		p.hash.Write(p.held[:at])
		p.held = p.held[at+len(p.boundary):]
	}
	if sure := len(p.held) - len(p.boundary) + 1; sure > 0 {
		p.hash.Write(p.held[:sure])
		p.held = append(p.held[:0:0], p.held[sure:]...)
	}
}

// sum reads to the end of the body and gives the fingerprint. Fault: malformed when the body ends too early.
func (p *print) sum() ([]byte, error) {
	if p.done == nil {
		if _, err := io.Copy(io.Discard, p); err != nil {
			return nil, broken(err)
		}
	}
	return p.done, nil
}

// broken is the fault of a body that cannot be read to its end.
func broken(err error) error {
	if f := faultOf(err); f.Kind != fault.Internal {
		return f
	}
	return &fault.Error{Kind: fault.Malformed, Code: "malformed", Cause: err}
}
