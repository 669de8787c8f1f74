package lang_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/money"
)

func messages(t *testing.T, code string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(code + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	id, en := messages(t, "id"), messages(t, "en")
	placeholder := regexp.MustCompile(`{{\.\w+}}`)
	for key, text := range id {
		other, ok := en[key]
		if !ok {
			t.Errorf("%s has no English text", key)
		}
		for _, p := range placeholder.FindAllString(asText(t, text), -1) {
			if !strings.Contains(asText(t, other), p) {
				t.Errorf("%s: %s is missing in English", key, p)
			}
		}
	}
	for key := range en {
		if _, ok := id[key]; !ok {
			t.Errorf("%s has no Indonesian text", key)
		}
	}
}

func asText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestNumbersAndPlurals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		n    int64
		want string
	}{{"id", 1234567, "1.234.567"}, {"en", 1234567, "1,234,567"}, {"id", -1000, "−1.000"}, {"en", 999, "999"}, {"id", 0, "0"}} {
		if got := lang.For(c.code).Number(c.n); got != c.want {
			t.Errorf("%s %d = %s, want %s", c.code, c.n, got, c.want)
		}
	}
	if got := lang.For("id").Money(-12500000, money.IDR); got != "−Rp12.500.000" {
		t.Error(got)
	}
	if got := lang.For("en").T("list.count", "n", 1) + "|" + lang.For("en").T("list.count", "n", 1200); got != "1 row|1,200 rows" {
		t.Error(got)
	}
	if got := lang.For("xx").T("no.such.key"); got != "⟦no.such.key⟧" {
		t.Error(got)
	}
}

func TestAcceptLanguage(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{"": "id", "en-GB,en;q=0.9": "en", "id-ID,en;q=0.5": "id", "ja": "id", ";;;": "id"} {
		if got := lang.Accept(header).Code(); got != want {
			t.Errorf("%q = %s, want %s", header, got, want)
		}
	}
}

func TestFaultsSayWhatWhereWhyAndHowToMend(t *testing.T) {
	t.Parallel()
	f := fault.With(fault.Conflict, "budget_exceeded", fault.Args{
		"line": "2.16.02.2.01.0014 / 5.1.02.02.01.0055", "available": int64(12_500_000), "requested": money.Amount(19_980_000),
	})
	if got := lang.For("id").Fault(f, money.IDR); !strings.Contains(got, "sisa Rp12.500.000 pada 2.16.02.2.01.0014 / 5.1.02.02.01.0055, diminta Rp19.980.000") {
		t.Error(got)
	}
	field := fault.Field{Pointer: "/deliverables/2/unit_price", Code: "required"}
	if got := lang.For("id").Field(field, money.IDR); got != "Harga satuan (baris 3): wajib diisi" {
		t.Error(got)
	}
	if got := lang.For("en").Label(""); got != "The body" {
		t.Errorf("what is wrong with the body as a whole is said of it: %q", got)
	}
	if got := lang.For("en").Label("/bank/account_number"); got != "Account number" {
		t.Error(got)
	}
	shared := fault.Field{Pointer: "/vendor_id", Code: "shared_identifier", Args: fault.Args{"mark": "phone", "other": "CV Lain", "other_id": "01a21247"}}
	if got := lang.For("id").Field(shared, money.IDR); !strings.Contains(got, "milik CV Lain.") {
		t.Errorf("an id beside a name is no text in Indonesian: %s", got)
	}
	if got := lang.For("en").Fault(fault.WrongState("draft", "approve"), ""); got != `Cannot approve in the state "draft". Reload the page to see the next step.` {
		t.Error(got)
	}
}

// TestEveryFaultCodeHasAText reads the source for the codes that are given to fault.New, fault.With and the like.
func TestEveryFaultCodeHasAText(t *testing.T) {
	t.Parallel()
	id := messages(t, "id")
	for code, where := range codes(t, map[string]int{"New": 1, "With": 1}, true) {
		if id["fault."+code] == nil {
			t.Errorf("%s: fault %q has no text", where, code)
		}
	}
	for code, where := range codes(t, map[string]int{"Add": 1, "add": 1, "AddWith": 1, "Refuse": 1}, false) {
		if id["invalid."+code] == nil {
			t.Errorf("%s: field code %q has no text", where, code)
		}
	}
}

// codes collects the string literals at the argument's place in calls of the named functions, with where they stand.
func codes(t *testing.T, functions map[string]int, ofFault bool) map[string]string {
	t.Helper()
	found := map[string]string{}
	set := token.NewFileSet()
	root, _ := filepath.Abs("../..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return nil //nolint:nilerr // the compiler will say it better
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if code, ok := codeIn(n, functions, ofFault); ok {
				found[code] = set.Position(n.Pos()).String()
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func codeIn(n ast.Node, functions map[string]int, ofFault bool) (string, bool) {
	if literal, ok := n.(*ast.CompositeLit); ok {
		return codeOfLiteral(literal, ofFault)
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	at, ok := functions[sel.Sel.Name]
	if pkg, isName := sel.X.(*ast.Ident); ofFault && (!isName || pkg.Name != "fault") {
		return "", false
	} else if !ok || len(call.Args) <= at {
		return "", false
	}
	return codeText(call.Args[at])
}

// codeOfLiteral reads fault.Error{Code: "..."} and fault.Field{Code: "..."}.
func codeOfLiteral(literal *ast.CompositeLit, ofFault bool) (string, bool) {
	sel, ok := literal.Type.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != map[bool]string{true: "Error", false: "Field"}[ofFault] {
		return "", false
	}
	if pkg, isName := sel.X.(*ast.Ident); !isName || pkg.Name != "fault" {
		return "", false
	}
	for _, e := range literal.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Code" {
				return codeText(kv.Value)
			}
		}
	}
	return "", false
}

func codeText(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	code, err := strconv.Unquote(literal.Value)
	return code, err == nil && regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(code)
}
