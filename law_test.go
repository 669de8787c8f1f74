// Package tayang_test holds the law of the house: which folder may import which, and the limits of files, functions and
// names. Each rule is one function that lists its offenders; nothing here runs the program.
package tayang_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	functionLinesMax    = 70
	fileLinesMax        = 400
	interfaceMethodsMax = 8
)

// ground, nouns and top are the floors of app; an import never runs upward.
var floors = map[string]int{
	"fault": 0, "money": 0, "period": 0, "lang": 0, "audit": 0,
	"api": 2, "web": 2, // everything else in app is a noun, floor 1
}

type source struct {
	path string // slash-separated, from the root
	file *ast.File
	fset *token.FileSet
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) line(p token.Pos) int { return s.fset.Position(p).Line }

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		out = append(out, source{filepath.ToSlash(name), file, fset})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLawOfFiles(t *testing.T) {
	t.Parallel()
	all := sources(t)
	for name, rule := range map[string]func(source) []string{
		"functions are short": longFunctions, "files are short": longFiles, "names say what is inside": emptyNames,
		"interfaces are narrow": wideInterfaces, "the clock is handed in": clockReaders,
		"exported names are explained": undocumented, "no package has init": inits,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, s := range all {
				for _, offence := range rule(s) {
					t.Errorf("%s: %s", s.path, offence)
				}
			}
		})
	}
}

func longFunctions(s source) (out []string) {
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || s.test() {
			continue
		}
		if n := s.line(f.End()) - s.line(f.Pos()) + 1; n > functionLinesMax {
			out = append(out, fmt.Sprintf("%s has %d lines, at most %d", f.Name.Name, n, functionLinesMax))
		}
	}
	return out
}

func longFiles(s source) []string {
	if n := s.line(s.file.FileEnd); n > fileLinesMax && !s.test() {
		return []string{fmt.Sprintf("%d lines, at most %d", n, fileLinesMax)}
	}
	return nil
}

func emptyNames(s source) (out []string) {
	for _, part := range strings.Split(strings.TrimSuffix(s.path, ".go"), "/") {
		for _, word := range strings.Split(part, "_") {
			if slices.Contains([]string{"util", "utils", "helper", "helpers", "common", "misc"}, word) {
				out = append(out, fmt.Sprintf("%q says nothing", word))
			}
		}
	}
	return out
}

func wideInterfaces(s source) (out []string) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if i, ok := n.(*ast.InterfaceType); ok && i.Methods.NumFields() > interfaceMethodsMax {
			out = append(out, fmt.Sprintf("line %d: %d methods, at most %d", s.line(i.Pos()), i.Methods.NumFields(), interfaceMethodsMax))
		}
		return true
	})
	return out
}

func clockReaders(s source) (out []string) {
	if s.test() || s.path == "db/db.go" || slices.ContainsFunc([]string{"cmd/", "bench/", "db/cluster/", "db/dbtest/"},
		func(folder string) bool { return strings.HasPrefix(s.path, folder) }) {
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Now" {
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" {
				out = append(out, fmt.Sprintf("line %d: time.Now: take the time as an argument", s.line(n.Pos())))
			}
		}
		return true
	})
	return out
}

func inits(s source) (out []string) {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			out = append(out, fmt.Sprintf("line %d: init", s.line(f.Pos())))
		}
	}
	return out
}

func undocumented(s source) (out []string) {
	complain := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		explained := slices.ContainsFunc(docs, func(d *ast.CommentGroup) bool { return d != nil })
		if name.IsExported() && !explained && !s.test() {
			out = append(out, fmt.Sprintf("line %d: %s has no doc comment", s.line(name.Pos()), name.Name))
		}
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type)) {
				complain(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					complain(spec.Name, d.Doc, spec.Doc)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						complain(name, d.Doc, spec.Doc, spec.Comment)
					}
				}
			}
		}
	}
	return out
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	explained := map[string]bool{}
	for _, s := range sources(t) {
		if folder := path.Dir(s.path); !s.test() {
			explained[folder] = explained[folder] || s.file.Doc != nil
		}
	}
	for folder, ok := range explained {
		if !ok {
			t.Errorf("%s: no package comment: what belongs here, and what does not", folder)
		}
	}
}

type imported struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

// packages asks the go command for every package of the module and what it imports.
func packages(t *testing.T) []imported {
	t.Helper()
	var complaint bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Standard,Imports", "./...")
	cmd.Stderr = &complaint
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	var out []imported
	for decoder := json.NewDecoder(bytes.NewReader(text)); ; {
		var p imported
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.ImportPath, "tayang/") {
			out = append(out, p)
		}
	}
}

func TestLawOfImports(t *testing.T) {
	t.Parallel()
	found := packages(t)
	if len(found) == 0 {
		t.Fatal("no package found")
	}
	for _, p := range found {
		for _, i := range p.Imports {
			if why := forbidden(strings.TrimPrefix(p.ImportPath, "tayang/"), i); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, i, why)
			}
		}
	}
}

// forbidden says why a package of ours, by its path from the root, may not import another; empty when it may.
func forbidden(from, to string) string {
	room, _, _ := strings.Cut(from, "/")
	to, ours := strings.CutPrefix(to, "tayang/")
	if !ours {
		return foreign(from, room, to)
	}
	toRoom, _, _ := strings.Cut(to, "/")
	switch {
	case room == "cmd" || room == "bench":
		return ""
	case room == "app" && toRoom != "app":
		return "app imports nothing of ours outside app"
	case room == "app" && floor(to) > floor(from):
		return "an import never runs upward"
	case room == "app" && floor(from) == 2 && floor(to) == 2 && noun(from) != noun(to):
		return "api and web do not know each other"
	case (room == "db" || room == "reports") && toRoom != room && toRoom != "app":
		return "db and reports import app, never each other"
	case (room == "db" || room == "reports") && toRoom == "app" && floor(to) == 2:
		return "storage and workbooks know neither screen nor wire"
	}
	return ""
}

// foreign keeps each outside technology in its room. The two interfaces of database/sql/driver, by which a value says how
// it is stored, are open to all.
func foreign(from, room, to string) string {
	for _, rule := range []struct{ prefix, home string }{
		{"github.com/jmoiron/sqlx", "db"},
		{"github.com/lib/pq", "db"},
		{"database/sql", "db"},
		{"github.com/pressly/goose", "db"},
		{"github.com/xuri/excelize", "reports"},
		{"github.com/gofiber/fiber", "app/api app/web"},
		{"github.com/danielgtaylor/huma", "app/api"},
		{"html/template", "app/api app/web"},
	} {
		at := slices.ContainsFunc(strings.Fields(rule.home), func(home string) bool { return from == home || strings.HasPrefix(from, home+"/") })
		if strings.HasPrefix(to, rule.prefix) && to != "database/sql/driver" && !at && room != "cmd" && room != "bench" {
			return "it lives in " + rule.home
		}
	}
	return ""
}

func noun(p string) string {
	parts := strings.Split(p, "/")
	if len(parts) < 2 {
		return ""
	}
	return parts[1]
}

func floor(p string) int {
	if f, ok := floors[noun(p)]; ok {
		return f
	}
	return 1
}

func TestForbiddenImports(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		allowed  bool
	}{
		{"app/payment", "tayang/db", false},
		{"app/fault", "tayang/app/budget", false},
		{"app/budget", "tayang/app/fault", true},
		{"app/budget", "tayang/app/web", false},
		{"app/web", "tayang/app/budget", true},
		{"app/web", "tayang/app/api", false},
		{"db", "tayang/reports/book", false},
		{"reports/book", "tayang/db", false},
		{"db", "tayang/app/budget", true},
		{"db", "tayang/app/api", false},
		{"cmd/tayang", "tayang/db", true},
		{"db/dbtest", "tayang/db/cluster", true},
		{"app/budget", "github.com/lib/pq", false},
		{"db", "github.com/lib/pq", true},
		{"app/tax", "github.com/gofiber/fiber/v2", false},
		{"app/api/problem", "github.com/gofiber/fiber/v2", true},
		{"app/report", "github.com/xuri/excelize/v2", false},
	} {
		if why := forbidden(c.from, c.to); (why == "") != c.allowed {
			t.Errorf("%s imports %s: %q, allowed should be %v", c.from, c.to, why, c.allowed)
		}
	}
}

func TestEveryDependencyIsExplained(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	var explained []string
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, "|"); len(cells) == 6 {
			explained = append(explained, strings.TrimSpace(cells[1]))
		}
	}
	for _, s := range sources(t) {
		for _, i := range s.file.Imports {
			name := strings.Trim(i.Path.Value, `"`)
			if host, _, _ := strings.Cut(name, "/"); !strings.Contains(host, ".") {
				continue // the standard library, or ours
			}
			if !slices.ContainsFunc(explained, func(module string) bool { return name == module || strings.HasPrefix(name, module+"/") }) {
				t.Errorf("%s imports %s, which has no line in docs/dependencies.md", s.path, name)
			}
		}
	}
	var browser struct{ Dependencies, DevDependencies map[string]string }
	if text, err = os.ReadFile("package.json"); err == nil {
		err = json.Unmarshal(text, &browser)
	}
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(browser.Dependencies, browser.DevDependencies)
	for name := range browser.Dependencies {
		if !slices.Contains(explained, name) {
			t.Errorf("package.json names %s, which has no line in docs/dependencies.md", name)
		}
	}
}

func TestEverySettingIsListed(t *testing.T) {
	t.Parallel()
	listed, err := os.ReadFile(".env.example")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("cmd/tayang/config.go")
	if err != nil {
		t.Fatal(err)
	}
	settings := regexp.MustCompile("`env:\"([A-Z_]+)\"(?: envDefault:\"([^\"]*)\")?`").FindAllStringSubmatch(string(code), -1)
	if len(settings) == 0 {
		t.Error("cmd/tayang/config.go reads no setting")
	}
	for _, s := range settings {
		if line := s[1] + "=" + s[2]; !strings.Contains("\n"+string(listed), "\n"+line+"\n") {
			t.Errorf(".env.example lacks the line %s", line)
		}
	}
}
