package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// formPage is one form: what it is for, its fields in groups, what is wrong, and the buttons.
type formPage struct {
	heading
	Action    string
	Get       bool
	Multipart bool
	Intro     string
	Errors    []link // the summary; each links to its field
	Groups    []group
	Grid      *grid
	Outlook   *outlook
	Images    []image
	Tables    []table // facts to decide on, or rows to choose from with checkboxes
	Facts     []fact
	Buttons   []button
	Back      string
	Hidden    []box
	Guard     bool // warn before leaving with changes
}

func (formPage) template() string { return "form" }

type group struct {
	Title  string
	Help   string
	Fields []field
}

// field is one input. Name is the JSON pointer of its value with dots, so that faults find it.
type field struct {
	Name     string
	Kind     string // text, email, password, number, money, date, select, textarea, checkbox, file
	Label    string
	Help     string
	Basis    string // legal basis, shown behind a mark
	Value    string
	Unit     string
	Error    string
	Required bool
	Options  []option
	Accept   string
	Wide     bool
	Wrap     string
	List     string   // id of a list of suggestions
	Also     []string // other names whose faults belong here
}

// ID is the field's id in the page, which the error summary links to.
func (f field) ID() string { return "f-" + strings.ReplaceAll(f.Name, ".", "-") }

type button struct {
	Label  string
	Name   string
	Value  string
	Main   bool
	Danger bool
	Key    string
	Icon   string
}

// grid is rows of fields under one heading row.
type grid struct {
	ID      string
	Title   string
	Columns []column
	Rows    []gridRow
	Add     string
	Lists   []datalist
}

// datalist is words that fields suggest.
type datalist struct {
	ID    string
	Words []string
}

type gridRow struct {
	Fields []field
}

// typed is what a person sent, read field by field. What cannot be read is noted and the zero value goes on, so that
// everything wrong is said at once.
type typed struct {
	reader
	get   func(name string) string
	wrong fault.Fields
}

func (r *request) typed() *typed {
	return &typed{reader: r.reader, get: func(name string) string { return strings.TrimSpace(r.c.FormValue(name)) }}
}

// pointer turns a field's name into its JSON pointer.
func pointer(name string) string { return "/" + strings.ReplaceAll(name, ".", "/") }

func (t *typed) text(name string) string { return t.get(name) }

func (t *typed) note(name string, err error) {
	f := fault.From(err)
	t.wrong.AddWith(pointer(name), f.Code, f.Args)
}

// date reads a date; nothing typed is no date.
func (t *typed) date(name string) period.Date {
	if t.get(name) == "" {
		return period.Date{}
	}
	d, err := period.ParseDate(t.get(name))
	if err != nil {
		t.note(name, err)
	}
	return d
}

// amount reads an amount as people type it; nothing typed is zero.
func (t *typed) amount(name string) money.Amount {
	if t.get(name) == "" {
		return 0
	}
	a, err := money.Parse(t.get(name), t.Agency.Currency)
	if err != nil {
		t.note(name, err)
	}
	return a
}

// amountOr is amount, or nil when nothing was typed.
func (t *typed) amountOr(name string) *money.Amount {
	if t.get(name) == "" {
		return nil
	}
	a := t.amount(name)
	return &a
}

// whole reads a whole number, with or without thousands marks.
func (t *typed) whole(name string) int64 {
	s := strings.NewReplacer(".", "", ",", "", " ", "").Replace(t.get(name))
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.wrong.Add(pointer(name), "not_number")
	}
	return n
}

// uuid reads an id that was chosen; nothing chosen, or no id, is uuid.Nil.
func (t *typed) uuid(name string) uuid.UUID {
	id, err := uuid.Parse(t.get(name))
	if err != nil {
		return uuid.Nil
	}
	return id
}

func (t *typed) yes(name string) bool { return t.get(name) != "" }

// rowOf splits "items.3.unit" into 3 and "unit".
func rowOf(prefix, name string) (i int, rest string, ok bool) {
	tail, ok := strings.CutPrefix(name, prefix+".")
	index, rest, found := strings.Cut(tail, ".")
	i, err := strconv.Atoi(index)
	return i, rest, ok && found && err == nil
}

// withoutRow reads the rows after the removed one as if they had moved up.
func withoutRow(prefix string, get func(string) string, gone int) func(string) string {
	return func(name string) string {
		i, rest, ok := rowOf(prefix, name)
		if !ok || i < gone {
			return get(name)
		}
		return get(prefix + "." + strconv.Itoa(i+1) + "." + rest)
	}
}

// rows counts the rows of a grid by the highest index that was sent; the bound keeps a hostile form small.
func (r *request) rows(prefix string) int {
	const rowsMax = 500
	n := 0
	seen := func(key string) {
		if i, _, ok := rowOf(prefix, key); ok && i >= 0 && i < rowsMax {
			n = max(n, i+1)
		}
	}
	r.c.Request().PostArgs().VisitAll(func(key, _ []byte) { seen(string(key)) })
	if form, err := r.c.MultipartForm(); err == nil {
		for key := range form.Value {
			seen(key)
		}
	}
	return n
}

// all gives every value of a repeated field, such as checkboxes.
func (r *request) all(name string) (out []string) {
	for _, v := range r.c.Request().PostArgs().PeekMulti(name) {
		out = append(out, string(v))
	}
	if form, err := r.c.MultipartForm(); err == nil {
		out = append(out, form.Value[name]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// expected is the version of the object that the person has seen.
func (r *request) expected() *int64 {
	n, err := strconv.ParseInt(r.c.FormValue("version"), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// seen is expected for a form that is shown again.
func (r *request) seen() int64 {
	if v := r.expected(); v != nil {
		return *v
	}
	return 0
}

// mark puts what is wrong beside the fields and into the summary. A complaint whose field is not on the form still
// stands in the summary.
func (p *formPage) mark(in reader, f *fault.Error) {
	if len(f.Fields) == 0 || f.Kind != fault.Invalid {
		p.Errors = append(p.Errors, link{Text: in.Fault(f, in.Agency.Currency)})
	}
	for _, wrong := range f.Fields {
		name := strings.ReplaceAll(strings.TrimPrefix(wrong.Pointer, "/"), "/", ".")
		l := link{Text: in.Field(wrong, in.Agency.Currency)}
		if target := p.find(name); target != nil {
			if target.Error == "" {
				target.Error = in.FieldMessage(wrong, in.Agency.Currency)
			}
			l.Href = "#" + target.ID()
		}
		p.Errors = append(p.Errors, l)
	}
}

// find gives the field of that name, or the first below it (for /bank, of bank.*), or the one above it (for a line of
// a pasted text, the text).
func (p *formPage) find(name string) *field {
	for {
		if f := p.findBelow(name); f != nil {
			return f
		}
		at := strings.LastIndexByte(name, '.')
		if at < 0 {
			return nil
		}
		name = name[:at]
	}
}

func (p *formPage) findBelow(name string) *field {
	for _, match := range []func(field) bool{
		func(f field) bool { return f.Name == name || slices.Contains(f.Also, name) },
		func(f field) bool { return strings.HasPrefix(f.Name, name+".") },
	} {
		for g := range p.Groups {
			for i := range p.Groups[g].Fields {
				if match(p.Groups[g].Fields[i]) {
					return &p.Groups[g].Fields[i]
				}
			}
		}
		if p.Grid == nil {
			continue
		}
		for r := range p.Grid.Rows {
			for i := range p.Grid.Rows[r].Fields {
				if match(p.Grid.Rows[r].Fields[i]) {
					return &p.Grid.Rows[r].Fields[i]
				}
			}
		}
	}
	return nil
}

// fill puts back what was typed.
func (p *formPage) fill(get func(name string) string) {
	each := func(f *field) {
		if f.Kind == "password" || f.Kind == "file" {
			return
		}
		f.Value = get(f.Name)
		for i := range f.Options {
			f.Options[i].Selected = f.Options[i].Value == f.Value
		}
	}
	for g := range p.Groups {
		for i := range p.Groups[g].Fields {
			each(&p.Groups[g].Fields[i])
		}
	}
	if p.Grid == nil {
		return
	}
	for r := range p.Grid.Rows {
		for i := range p.Grid.Rows[r].Fields {
			each(&p.Grid.Rows[r].Fields[i])
		}
	}
}

// input makes a field with its label from the messages: field.NAME.
func (in reader) input(name, kind string, required bool) field {
	return field{Name: name, Kind: kind, Label: in.Label(pointer(name)), Required: required}
}

// choice makes a select field.
func (in reader) choice(name string, required bool, options []option) field {
	f := in.input(name, "select", required)
	f.Options = options
	return f
}

// isFault splits an error: a refusal that belongs on the form, or one that has a page of its own.
func isFault(err error) (*fault.Error, bool) {
	f := fault.From(err)
	switch f.Kind {
	case fault.Invalid, fault.Conflict, fault.Stale, fault.TooLarge, fault.UnsupportedMedia:
		return f, true
	case fault.Forbidden:
		return f, f.Code == "segregation_of_duties"
	}
	return f, false
}

// refused shows the form again with what was typed, or hands a refusal of another kind on.
func (r *request) refused(p formPage, err error) (answer, error) {
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	p.fill(r.typed().get)
	p.mark(r.reader, f)
	return answer{page: p, status: statusOf(f.Kind)}, nil
}
