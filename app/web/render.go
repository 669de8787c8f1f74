package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"tayang/app/lang"
)

// pageTemplates are the templates that pages name; frame.html and parts.html are shared by all.
var pageTemplates = []string{"doormessage", "dossier", "error", "form", "home", "hub", "list", "record", "report", "signin", "stories", "trail"}

// views are all pages' templates in each language, parsed once at start.
type views map[string]*template.Template // "id/frame/list"

// view is what a template sees.
type view struct {
	Frame frame
	Page  page
}

// parseViews reads every template in both languages. A page without its template, or a template that no page
// names, is an error at start and not at the first click.
func parseViews(files fs.FS, a assets) (views, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if !slices.Contains(pageTemplates, name) && name != "frame" && name != "door" && name != "parts" {
			return nil, fmt.Errorf("template %s belongs to no page", e.Name())
		}
	}
	out := views{}
	for _, code := range []string{lang.ID, lang.EN} {
		for _, name := range pageTemplates {
			for _, around := range []string{"frame", "door"} {
				t, err := template.New(around+".html").Funcs(functions(lang.For(code), a)).Option("missingkey=error").
					ParseFS(files, around+".html", "parts.html", name+".html")
				if err != nil {
					return nil, fmt.Errorf("template %s: %w", name, err)
				}
				out[path.Join(code, around, name)] = t
			}
		}
	}
	return out, nil
}

// render writes the page to memory first, so that a broken template never leaves half a page.
func (v views) render(f frame, p page) ([]byte, error) {
	around := "frame"
	if f.Door != nil {
		around = "door"
	}
	t, ok := v[path.Join(f.Code(), around, p.template())]
	if !ok {
		return nil, fmt.Errorf("no template %q", p.template())
	}
	var b bytes.Buffer
	if err := t.Execute(&b, view{f, p}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// functions are the few that templates may call, in one language.
func functions(l *lang.Lang, a assets) template.FuncMap {
	return template.FuncMap{
		"t":     l.T,
		"asset": a.url,
		"icon": func(name string) (template.HTML, error) {
			href, err := a.icon(name)
			return template.HTML(`<svg class="icon" aria-hidden="true"><use href="` + href + `"></use></svg>`), err //nolint:gosec // href is one of our own file names
		},
		"json": func(v any) (string, error) {
			b, err := json.Marshal(v)
			return string(b), err
		},
		"add": func(a, b int) int { return a + b },
	}
}
