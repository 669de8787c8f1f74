package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"tayang/app/period"
)

// Version is the version of the published interface; it rises with every change that a client can notice.
const Version = "1.0.0"

// route is one operation as it is published.
type route struct {
	method, path, tag, summary string
	status                     int
}

func newDocument() *huma.OpenAPI {
	doc := huma.DefaultConfig("Tayang", Version).OpenAPI
	doc.Info.Description = "Public money spent on media and influencers: budgets, agreements, proof, payment. " +
		"Amounts are integers in the smallest unit of the agency's currency."
	doc.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	doc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	doc.Servers = []*huma.Server{{URL: "/api/v1"}}
	return doc
}

// schemaName is the package and the type, so that equal names of two nouns stay apart.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return title(hint)
	}
	name, inner, generic := strings.Cut(t.Name(), "[")
	pkg := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]
	if generic {
		inner = strings.TrimSuffix(inner, "]")
		inner = inner[strings.LastIndex(inner, "/")+1:]
		of, innerName, _ := strings.Cut(inner, ".")
		return title(of) + title(innerName) + name
	}
	if pkg == "api" {
		return title(name)
	}
	return title(pkg) + title(name)
}

func title(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (a *API) document(r route, body, result reflect.Type) {
	op := a.operation(r)
	if body != nil && body != reflect.TypeFor[none]() {
		kind := fiber.MIMEApplicationJSON
		if f, ok := body.FieldByName("File"); ok && f.Tag.Get("format") == "binary" {
			kind = fiber.MIMEMultipartForm
		}
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{kind: {Schema: a.bodySchema(r, body)}}}
	}
	if r.method == "POST" && r.path != "/sessions" {
		op.Parameters = append(op.Parameters, header("Idempotency-Key", "the same key and body give the first answer again", false))
	}
	if r.method == "PATCH" {
		op.Parameters = append(op.Parameters, header("If-Match", "the ETag that the change is based on", true))
	}
	ok := &huma.Response{Description: "done"}
	if result != nil {
		ok.Content = map[string]*huma.MediaType{fiber.MIMEApplicationJSON: {Schema: a.schema(result)}}
	}
	op.Responses[strconv.Itoa(r.status)] = ok
	a.doc.AddOperation(op)
}

// describe adds a parameter of the query to an operation that was documented.
func (a *API) describe(path, name, doc, kind string) {
	op := a.doc.Paths[path].Get
	op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "query", Description: doc, Schema: &huma.Schema{Type: kind}})
}

func (a *API) documentList(r route, result reflect.Type) {
	op := a.operation(r)
	for _, p := range []struct{ name, doc, kind string }{
		{"limit", "rows of a page, 1 to 500", "integer"},
		{"cursor", "next_cursor of the page before", "string"},
		{"count", "also answer total", "boolean"},
		{"q", "free text", "string"},
		{"sort", "field,-field", "string"},
	} {
		op.Parameters = append(op.Parameters, &huma.Param{Name: p.name, In: "query", Description: p.doc, Schema: &huma.Schema{Type: p.kind}})
	}
	op.Description = "Every field of an item that holds one value, but agency_id and version, is a filter by its name and can be sorted by; " +
		"dates, times and amounts are also filters as NAME_from and NAME_to. Several values, parted by commas, mean any of them. " +
		"What is not there yet counts as later than every day in a sort."
	op.Responses["200"] = &huma.Response{Description: "a page", Content: map[string]*huma.MediaType{
		fiber.MIMEApplicationJSON: {Schema: a.schema(result)},
	}}
	a.doc.AddOperation(op)
}

func (a *API) operation(r route) *huma.Operation {
	op := &huma.Operation{
		Method: r.method, Path: r.path, Summary: r.summary, Tags: []string{r.tag}, OperationID: operationID(r),
		Responses: map[string]*huma.Response{"default": {Description: "refused", Content: map[string]*huma.MediaType{
			"application/problem+json": {Schema: a.schema(reflect.TypeFor[Problem]())},
		}}},
	}
	if r.path != "/sessions" && !strings.HasPrefix(r.path, "/logs") {
		op.Security = []map[string][]string{{"bearer": {}}}
	}
	for _, part := range strings.Split(r.path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		if !ok {
			continue
		}
		name = strings.TrimSuffix(name, "}")
		s := &huma.Schema{Type: huma.TypeString, Format: "uuid"}
		switch name {
		case "agency":
			s = &huma.Schema{Type: huma.TypeString, Description: "agency code"}
		case "seq":
			s = &huma.Schema{Type: huma.TypeInteger, Format: "int64"}
		}
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: s})
	}
	return op
}

func operationID(r route) string {
	return strings.ToLower(r.method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(r.path)
}

func header(name, doc string, required bool) *huma.Param {
	return &huma.Param{Name: name, In: "header", Description: doc, Required: required, Schema: &huma.Schema{Type: huma.TypeString}}
}

func (a *API) schema(t reflect.Type) *huma.Schema {
	s := a.doc.Components.Schemas.Schema(t, true, "")
	a.mend(t, map[reflect.Type]bool{})
	if t == reflect.TypeFor[Problem]() {
		a.doc.Components.Schemas.Map()[schemaName(t, "")].AdditionalProperties = true
	}
	return s
}

// bodySchema is the type's schema; a PATCH may leave every field out.
func (a *API) bodySchema(r route, body reflect.Type) *huma.Schema {
	s := a.schema(body)
	if r.method != "PATCH" {
		return s
	}
	partial := *a.doc.Components.Schemas.SchemaFromRef(s.Ref)
	partial.Required = nil
	return &partial
}

// mend says of our own types what their text form hides: that it is a date, or that it may be null.
func (a *API) mend(t reflect.Type, seen map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	object := a.doc.Components.Schemas.Map()[schemaName(t, "")]
	if object == nil {
		return
	}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		s := object.Properties[name]
		if s == nil {
			continue
		}
		switch f.Type {
		case reflect.TypeFor[period.Date]():
			s.Format, s.Nullable = "date", true
		case reflect.TypeFor[uuid.NullUUID]():
			s.Format, s.Nullable = "uuid", true
		case reflect.TypeFor[uuid.UUID]():
			s.Format = "uuid"
		case reflect.TypeFor[[]tlog.Hash]():
			s.Items = &huma.Schema{Type: huma.TypeString, Description: "SHA-256, base64"}
		default:
			a.mend(f.Type, seen)
		}
		if f.Type.Kind() == reflect.Slice && s.Ref == "" {
			s.Nullable = false
		}
	}
}

// Document is the OpenAPI document, as it is served.
func (a *API) Document() ([]byte, error) {
	raw, err := a.doc.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("write the API document: %w", err)
	}
	var pretty bytes.Buffer
	err = json.Indent(&pretty, raw, "", "  ")
	return pretty.Bytes(), err
}

func (a *API) mountDocument(group fiber.Router) error {
	doc, err := a.Document()
	if err != nil {
		return err
	}
	page, err := a.docsPage()
	if err != nil {
		return err
	}
	group.Get("/openapi.json", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(doc)
	})
	group.Get("/docs", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'")
		return c.Send(page)
	})
	return nil
}

// docsPage is the document for reading, without anything fetched from elsewhere.
func (a *API) docsPage() ([]byte, error) {
	t, err := template.New("docs").Funcs(template.FuncMap{"json": func(v any) (string, error) {
		b, err := json.MarshalIndent(v, "", "  ")
		return string(b), err
	}}).Parse(docsTemplate)
	if err != nil {
		return nil, err
	}
	type entry struct {
		Method string
		Op     *huma.Operation
	}
	var ops []entry
	for _, path := range sortedPaths(a.doc.Paths) {
		item := a.doc.Paths[path]
		for _, e := range []entry{{"GET", item.Get}, {"POST", item.Post}, {"PATCH", item.Patch}, {"DELETE", item.Delete}} {
			if e.Op != nil {
				ops = append(ops, e)
			}
		}
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"Doc": a.doc, "Operations": ops, "Schemas": a.doc.Components.Schemas.Map()})
	return b.Bytes(), err
}
