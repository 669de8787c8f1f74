package api

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"tayang/app/file"
)

// paperForm is the form of a paper on its way in.
type paperForm struct {
	File string `json:"file" format:"binary"`
}

func (a *API) mountFiles() {
	const tag, path = "Files", "/files"
	upload[paperForm](a, path, tag, "Send a paper, to be named by its SHA-256 where it belongs", func(c call) (f file.File, err error) {
		form, err := a.readForm(c.http)
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
