package web

import (
	"bufio"
	"context"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
)

// Files keeps and opens what people send.
type Files interface {
	Keep(ctx context.Context, actor access.Actor, in file.Sent) (file.File, error)
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
}

// What a file field offers to choose; the service looks into the file itself.
const (
	pictures = "image/png,image/jpeg,image/webp,application/pdf"
	evidence = "image/*,application/pdf,video/mp4,audio/mpeg,.mp4,.mp3,.wav,.csv,.txt"
	papers   = "application/pdf,image/png,image/jpeg,.docx,.xlsx"
)

const fileField = "file"

// upload makes the file field of a form; there is one on each that has any.
func (in reader) upload(required bool, accept string) field {
	f := in.input(fileField, "file", required)
	f.Accept, f.Help = accept, in.T("form.file_help")
	return f
}

// sent opens the file of a form; the fault file_absent, Invalid, when none was chosen.
func (r *request) sent() (*multipart.FileHeader, multipart.File, error) {
	header, err := r.c.FormFile(fileField)
	if err != nil || header.Size == 0 && header.Filename == "" {
		return nil, nil, &fault.Error{Kind: fault.Invalid, Code: "file_absent", Fields: []fault.Field{{Pointer: pointer(fileField), Code: "required"}}}
	}
	body, err := header.Open()
	return header, body, err
}

// keep takes the paper that a form carries into the government's register.
func (w *Web) keep(r *request) (file.File, error) {
	header, body, err := r.sent()
	if err != nil {
		return file.File{}, err
	}
	defer func() { _ = body.Close() }()
	return w.services.Files.Keep(r.ctx(), r.Actor, file.Sent{
		Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"),
		Content: bufio.NewReader(body), Purpose: file.Paper,
	})
}

// openFile sends a kept file to those who may see it.
func (w *Web) openFile(c *fiber.Ctx) error {
	r, err := w.identify(c)
	if err == nil {
		var f file.File
		var body io.ReadCloser
		if f, body, err = w.services.Files.Open(r.lasting(), r.Actor, c.Params("sha256")); err == nil {
			return stream(c, f.MediaType, c.Params("sha256")[:12], f.Size, body)
		}
	}
	return w.send(r, answer{page: w.refuse(r, err), status: statusOf(faultOf(err).Kind)})
}

// stream sends a file of others: pictures, pages and recordings are shown, all else is saved, and nothing in it may
// run here.
func stream(c *fiber.Ctx, mediaType, name string, size int64, body io.ReadCloser) error {
	disposition := "attachment"
	shown := []string{"image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf", "video/mp4", "audio/mpeg"}
	if slices.Contains(shown, mediaType) {
		disposition = "inline"
	}
	if extensions, err := mime.ExtensionsByType(mediaType); err == nil && len(extensions) > 0 && !strings.Contains(name, ".") {
		name += extensions[0]
	}
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType(disposition, map[string]string{"filename": name}))
	if mediaType != "application/pdf" { // the browser's own reader does not work in a sandbox
		c.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox")
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	return c.SendStream(body, int(size))
}
