package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

func sortedPaths(paths map[string]*huma.PathItem) []string {
	out := make([]string, 0, len(paths))
	for p := range paths {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

const docsTemplate = `<!doctype html><html lang="en"><meta charset="utf-8"><title>{{.Doc.Info.Title}} API {{.Doc.Info.Version}}</title>
<style>
body{font:14px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1f2937}
code,pre{font:12px/1.4 ui-monospace,monospace}pre{background:#f3f4f6;padding:.75rem;overflow:auto}
h2{font-size:16px;margin:2rem 0 .25rem}summary{cursor:pointer;padding:.25rem 0}b{display:inline-block;width:4rem}
@media(prefers-color-scheme:dark){body{background:#111827;color:#e5e7eb}pre{background:#1f2937}a{color:#93c5fd}}
</style>
<h1>{{.Doc.Info.Title}} API {{.Doc.Info.Version}}</h1><p>{{.Doc.Info.Description}} <a href="/api/openapi.json">OpenAPI 3.1</a></p>
<h2>Operations</h2>
{{range .Operations}}<details><summary><b>{{.Method}}</b> <code>/api/v1{{.Op.Path}}</code> {{.Op.Summary}}</summary>
{{if .Op.Description}}<p>{{.Op.Description}}</p>{{end}}<pre>{{json .Op}}</pre></details>
{{end}}
<h2>Schemas</h2>
{{range $name, $schema := .Schemas}}<details id="{{$name}}"><summary><code>{{$name}}</code></summary><pre>{{json $schema}}</pre></details>
{{end}}</html>`
