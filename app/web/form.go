package web

import (
	"strings"
)

// formPage is one form: what it is for, its fields in groups, what is wrong, and the buttons.
type formPage struct {
	heading
	Action    string
	Get       bool
	Multipart bool
	Intro     string
	Errors    []link // the summary; each links to its field
	Remarks   []link // what an approver wants mended; each links to its field
	Groups    []group
	Present   *grid // rows that are there already: changed, neither added nor taken away
	Grid      *grid
	Split     *splitForm // whom an agency passes the money on to
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
	Remark   string // what an approver wants mended
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

// grid is rows of fields under one heading row. Rows come and go when there is a word for adding one.
type grid struct {
	ID      string
	Title   string
	Columns []column
	Rows    []gridRow
	Add     string
	Suffix  string // of the names of its buttons, where a form has two grids with rows that come and go
	Lists   []datalist
	More    string // what the second line of a row holds, where rows have one
}

// datalist is words that fields suggest.
type datalist struct {
	ID    string
	Words []string
}

// gridRow is what stands in a row before its fields, the fields, and what stands in place of those that cannot be typed.
// More is a second line of fields below them, which is shown at once when Open.
type gridRow struct {
	Head   []cell
	Fields []field
	Tail   []cell
	More   []field
	Open   bool
}

// Opened reports whether the second line is shown: it is when it says something.
func (r gridRow) Opened() bool {
	for _, f := range r.More {
		if f.Value != "" || f.Error != "" {
			return true
		}
	}
	return r.Open
}

// each visits every field of the form until stop says so, and gives the one at which it did.
func (p *formPage) each(stop func(*field) bool) *field {
	for g := range p.Groups {
		for i := range p.Groups[g].Fields {
			if f := &p.Groups[g].Fields[i]; stop(f) {
				return f
			}
		}
	}
	var parted *grid
	if p.Split != nil {
		for i := range p.Split.Fields {
			if f := &p.Split.Fields[i]; stop(f) {
				return f
			}
		}
		parted = p.Split.Grid
	}
	for _, g := range []*grid{p.Present, p.Grid, parted} {
		if g == nil {
			continue
		}
		for r := range g.Rows {
			for i := range g.Rows[r].Fields {
				if f := &g.Rows[r].Fields[i]; stop(f) {
					return f
				}
			}
			for i := range g.Rows[r].More {
				if f := &g.Rows[r].More[i]; stop(f) {
					return f
				}
			}
		}
	}
	return nil
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
