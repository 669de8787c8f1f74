package api

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"tayang/app/fault"
	"tayang/app/file"
)

// Bounds of a form: its parts, and each text in bytes.
const (
	partsMax = 100
	textMax  = 64 << 10
)

// form is a multipart/form-data body: one file, and texts by name.
type form struct {
	sent    file.Sent
	values  map[string]string
	content file.Spool
	wrong   fault.Fields
}

// Close gives the file back.
func (f form) Close() error {
	if f.content == nil {
		return nil
	}
	return f.content.Close()
}

// readForm takes a multipart body apart as it comes, strictly: one part "file", each known text at most once, nothing
// else. The file waits on the disk, not in memory, for the parts may come in any order. The caller closes the form. Faults:
// malformed, Invalid by field, storage_full.
func (a *API) readForm(c *fiber.Ctx, known ...string) (out form, err error) {
	parts, err := partsOf(c)
	if err != nil {
		return form{}, err
	}
	out = form{values: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Close())
			out = form{}
		}
	}()
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && n == partsMax {
			err = fmt.Errorf("more than %d parts", partsMax)
		}
		if err != nil {
			return out, broken(err)
		}
		if err := a.takePart(&out, part, known); err != nil {
			return out, err
		}
	}
	if p, ok := c.Locals(printKey).(*print); ok { // what follows the last part is of the body too
		if _, err := p.sum(); err != nil {
			return out, err
		}
	}
	if out.content == nil {
		out.wrong.Add("/file", "required")
	}
	if len(out.wrong) > 0 {
		slices.SortStableFunc(out.wrong, func(a, b fault.Field) int { return strings.Compare(a.Pointer, b.Pointer) })
		return out, out.wrong.Err()
	}
	_, err = out.content.Seek(0, io.SeekStart)
	return out, err
}

// partsOf opens the body of a form.
func partsOf(c *fiber.Ctx) (*multipart.Reader, error) {
	body, ok := passing(c)
	if !ok {
		body = bytes.NewReader(c.BodyRaw())
	}
	_, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch encoding := c.Get(fiber.HeaderContentEncoding); {
	case err == nil && params["boundary"] == "":
		err = errors.New("a form without a boundary")
	case err == nil && encoding == "gzip":
		body, err = gzip.NewReader(body)
	case err == nil && encoding != "":
		err = fmt.Errorf("unknown encoding %q", encoding)
	}
	if err != nil {
		return nil, broken(err)
	}
	return multipart.NewReader(body, params["boundary"]), nil
}

// takePart reads one part into the form; what is wrong with it is noted.
func (a *API) takePart(out *form, part *multipart.Part, known []string) error {
	name := part.FormName()
	if name == "" {
		return nil // as the standard library has it
	}
	if part.FileName() != "" {
		switch {
		case name != "file":
			out.wrong.Add("/"+escape(name), "unknown_field")
		case out.content != nil:
			out.wrong.Add("/file", "doubled")
		default:
			return a.takeFile(out, part)
		}
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(part, textMax+1))
	if err != nil {
		return broken(err)
	}
	_, twice := out.values[name]
	switch {
	case !slices.Contains(known, name):
		out.wrong.Add("/"+escape(name), "unknown_field")
	case twice:
		out.wrong.Add("/"+name, "doubled")
	case len(text) > textMax:
		out.wrong.AddWith("/"+name, "too_long", fault.Args{"max": textMax})
	case !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0:
		out.wrong.Add("/"+name, "bad_text")
	default:
		out.values[name] = string(text)
	}
	return nil
}

// takeFile lets the file wait on the disk. Of one that is too large only so much is taken that this shows.
func (a *API) takeFile(out *form, part *multipart.Part) (err error) {
	if out.content, err = a.Spool(); err != nil {
		return err
	}
	out.sent = file.Sent{Name: part.FileName(), DeclaredType: part.Header.Get(fiber.HeaderContentType), Content: out.content}
	if _, err = io.Copy(out.content, io.LimitReader(part, a.Files.SizeMax()+1)); err == nil {
		return nil
	}
	if f := fault.From(err); f.Kind != fault.Internal { // the disk's trouble, not the sender's
		return f
	}
	return broken(err)
}
