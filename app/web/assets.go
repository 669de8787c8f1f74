package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"tayang/app/fault"
)

//go:embed static
var static embed.FS

// errNotBundled says what to do when the binary was built before the browser parts.
var errNotBundled = errors.New("the browser parts are not in this binary: run `npm ci && npm run build`, then build it again")

// assets are the bundled browser parts with their hashed names.
type assets struct {
	files fs.FS
	names map[string]string // "app.js" -> "app-5WMEZ3CC.js"
	icons []string
}

// bundled gives the browser parts that are embedded in the binary.
func bundled() (assets, error) {
	files, err := fs.Sub(static, "static/dist")
	if err != nil {
		return assets{}, err
	}
	return readAssets(files)
}

// readAssets reads the manifest of a bundle; errNotBundled when there is none.
func readAssets(files fs.FS) (assets, error) {
	a := assets{files: files}
	text, err := fs.ReadFile(files, "manifest.json")
	if err != nil {
		return a, errNotBundled
	}
	if err := json.Unmarshal(text, &a.names); err != nil {
		return a, fmt.Errorf("manifest of the browser parts: %w", err)
	}
	for _, name := range []string{"app.js", "app.css", "theme.js", "icons.svg"} {
		if a.names[name] == "" {
			return a, fmt.Errorf("manifest names no %s: %w", name, errNotBundled)
		}
	}
	text, err = static.ReadFile("static/src/icons.json")
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(text, &a.icons)
}

// url is the address of a bundled part.
func (a assets) url(name string) (string, error) {
	if a.names[name] == "" {
		return "", fmt.Errorf("no bundled part %q", name)
	}
	return "/static/" + a.names[name], nil
}

// icon checks the name of an icon against the sprite and gives its address.
func (a assets) icon(name string) (string, error) {
	if !slices.Contains(a.icons, name) {
		return "", fmt.Errorf("icon %q is not in static/src/icons.json", name)
	}
	return "/static/" + a.names["icons.svg"] + "#" + name, nil
}

// serve sends one bundled file, compressed as the browser allows. The names carry hashes, so they may be kept for ever.
func (a assets) serve(c *fiber.Ctx) error {
	name := path.Base(c.Params("*"))
	body, err := fs.ReadFile(a.files, name)
	if err != nil || !strings.Contains(name, "-") {
		return fault.Missing()
	}
	for _, coding := range [][2]string{{"br", ".br"}, {"gzip", ".gz"}} {
		if packed, err := fs.ReadFile(a.files, name+coding[1]); err == nil && c.AcceptsEncodings(coding[0]) != "" {
			c.Set(fiber.HeaderContentEncoding, coding[0])
			body = packed
			break
		}
	}
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderContentType, mime.TypeByExtension(path.Ext(name)))
	return c.Send(body)
}
