package api

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"tayang/app/fault"
	"tayang/app/file"
)

// paperForm is the form of a paper on its way in.
type paperForm struct {
	File string `json:"file" format:"binary"`
}

func (a *API) mountFiles() {
	const tag, path = "Files", "/files"
	upload[paperForm](a, path, tag, "Send a paper, to be named by its SHA-256 where it belongs", func(c call) (f file.File, err error) {
		form, err := readForm(c.http)
		if err != nil {
			return f, err
		}
		defer func() { err = errors.Join(err, form.Close()) }()
		form.sent.Purpose = file.Paper
		return a.Files.Keep(c.ctx, c.actor, form.sent)
	})
	download(a, path+"/{sha256}", tag, "The content of a file", func(c call) (file.File, io.ReadCloser, error) {
		return a.Files.Open(c.ctx, c.actor, c.http.Params("sha256"))
	})
}

// form is a multipart/form-data body: one file, and texts by name.
type form struct {
	sent    file.Sent
	values  map[string]string
	content multipart.File
}

// Close gives the file back.
func (f form) Close() error { return f.content.Close() }

// readForm takes a multipart body apart, strictly: one part "file", each known text at most once, nothing else. The
// caller closes the form.
func readForm(c *fiber.Ctx, known ...string) (form, error) {
	body, err := c.MultipartForm()
	if err != nil {
		return form{}, &fault.Error{Kind: fault.Malformed, Code: "malformed", Cause: err}
	}
	var wrong fault.Fields
	out := form{values: map[string]string{}}
	for _, name := range sorted(body.Value) {
		values := body.Value[name]
		switch {
		case !slices.Contains(known, name):
			wrong.Add("/"+escape(name), "unknown_field")
		case len(values) > 1:
			wrong.Add("/"+name, "doubled")
		case !utf8.ValidString(values[0]) || strings.ContainsRune(values[0], 0):
			wrong.Add("/"+name, "bad_text")
		default:
			out.values[name] = values[0]
		}
	}
	for _, name := range sorted(body.File) {
		switch {
		case name != "file":
			wrong.Add("/"+escape(name), "unknown_field")
		case len(body.File[name]) > 1:
			wrong.Add("/file", "doubled")
		}
	}
	if len(body.File["file"]) == 0 {
		wrong.Add("/file", "required")
	}
	if len(wrong) > 0 {
		return form{}, wrong.Err()
	}
	return out.open(body.File["file"][0])
}

func (f form) open(header *multipart.FileHeader) (form, error) {
	content, err := header.Open()
	if err != nil {
		return form{}, err
	}
	f.content = content
	f.sent = file.Sent{Name: header.Filename, DeclaredType: header.Header.Get(fiber.HeaderContentType), Content: content}
	return f, nil
}

func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// download registers a GET of a file's content. Its ETag is the SHA-256; a browser is told to save it, not to run it.
func download(a *API, path, tag, summary string, do func(c call) (file.File, io.ReadCloser, error)) {
	a.documentContent(route{"GET", path, tag, summary, 200})
	a.router.Get(fiberPath(path), func(c *fiber.Ctx) error {
		cl := a.read(c)
		if cl.err != nil {
			return SendProblem(c, cl.err)
		}
		cl.call.ctx = context.WithoutCancel(cl.call.ctx) // the content is sent after this handler has returned
		f, content, err := do(cl.call)
		if err != nil {
			return SendProblem(c, err)
		}
		tag := `"` + f.SHA256 + `"`
		c.Set(fiber.HeaderETag, tag)
		if c.Get(fiber.HeaderIfNoneMatch) == tag {
			return errors.Join(content.Close(), c.SendStatus(fiber.StatusNotModified))
		}
		c.Set(fiber.HeaderContentType, f.MediaType)
		c.Set(fiber.HeaderContentDisposition, "attachment; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(f.Title()), "+", "%20"))
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
		return c.SendStream(content, int(f.Size)) // closes the content
	})
}

func (a *API) documentContent(r route) {
	a.document(r, nil, nil)
	op := a.doc.Paths[r.path].Get
	op.Responses["200"].Content = map[string]*huma.MediaType{"*/*": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	for _, p := range op.Parameters {
		if p.Name == "sha256" {
			p.Schema = &huma.Schema{Type: huma.TypeString, Pattern: "^[0-9a-f]{64}$"}
		}
	}
	op.Responses["304"] = &huma.Response{Description: "the caller has it already"}
}
