// Package tabular finds the head of a table in a workbook or CSV file that anybody may have made, and reads dates, times,
// durations and whole numbers out of its cells as offices and stations write them. What the columns mean, and what a row is
// worth, is known where they are used.
package tabular

import (
	"slices"
	"strconv"
	"strings"

	"tayang/app/fault"
	"tayang/app/price"
)

// Column is a field of a table and the heads that files give it. The first is what it is called in complaints.
type Column struct {
	Field    string
	Required bool
	Heads    []string
}

// Kind is a sort of table: a name and its columns.
type Kind struct {
	Name    string
	Columns []Column
}

// Table is a table that was found: which kind, which column of the sheet holds which field, and the rows below its head.
type Table struct {
	Kind  string
	Heads map[string]string // by field, as the file writes it
	Rows  []price.SheetRow

	at map[string]int
}

// Complaint is what is wrong with a row: Column as the file calls it, Code as in a refusal's field.
type Complaint struct {
	Row    int        `json:"row" doc:"as the sheet numbers it"`
	Column string     `json:"column" doc:"as the file calls it"`
	Field  string     `json:"field"`
	Code   string     `json:"code"`
	Args   fault.Args `json:"args,omitempty"`
	Detail string     `json:"detail,omitempty" doc:"what is wrong and how to mend it"`
}

// Refusal is the complaint as a refusal's field: /rows/11/date is the date in row 12.
func (c Complaint) Refusal() fault.Field {
	return fault.Field{Pointer: "/rows/" + strconv.Itoa(c.Row-1) + "/" + c.Field, Code: c.Code, Args: c.Args}
}

// headRowsMax is how far down a sheet its head is looked for: titles stand above it.
const headRowsMax = 60

// Key is a head without case, punctuation and doubled blanks.
func Key(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, " ")
}

// Find finds the first sheet and row that is the head of one of the kinds, and takes the kind of which most columns are
// there; the columns may stand in any order. Fault: Invalid about /file, with the heads that are missing where most were
// found, or no_rows when nothing stands below.
func Find(b price.Book, kinds ...Kind) (Table, error) {
	var missing []string
	for _, s := range b.Sheets {
		for i, r := range s.Rows[:min(len(s.Rows), headRowsMax)] {
			var best *Table
			for _, k := range kinds {
				t, lacks := k.match(r)
				if len(lacks) == 0 && (best == nil || len(t.at) > len(best.at)) {
					best = &t
				}
				if len(lacks) > 0 && len(t.at) > 0 && (missing == nil || len(lacks) < len(missing)) {
					missing = lacks
				}
			}
			if best == nil {
				continue
			}
			if best.Rows = s.Rows[i+1:]; len(best.Rows) == 0 {
				return Table{}, about("no_rows", nil)
			}
			return *best, nil
		}
	}
	if missing == nil {
		for _, c := range kinds[0].Columns {
			if c.Required {
				missing = append(missing, c.Heads[0])
			}
		}
	}
	return Table{}, about("columns_missing", fault.Args{"columns": strings.Join(missing, ", ")})
}

func about(code string, args fault.Args) error {
	var wrong fault.Fields
	wrong.AddWith("/file", code, args)
	return wrong.Err()
}

// match lays the kind over a row: which columns are there, and which required ones are not.
func (k Kind) match(r price.SheetRow) (t Table, lacks []string) {
	t = Table{Kind: k.Name, at: map[string]int{}, Heads: map[string]string{}}
	for _, c := range k.Columns {
		n := -1
		for _, head := range c.Heads { // the first of the heads that is there: a more exact one stands before a vaguer one
			if n = slices.IndexFunc(r.Cells, func(x price.Cell) bool { return Key(x.Text) == Key(head) }); n >= 0 {
				break
			}
		}
		if n >= 0 {
			t.at[c.Field], t.Heads[c.Field] = n, Clean(r.Cells[n].Text)
		} else if c.Required {
			lacks = append(lacks, c.Heads[0])
		}
	}
	return t, lacks
}

// Has reports whether the table has the field's column.
func (t Table) Has(field string) bool { _, ok := t.at[field]; return ok }

// Cell is a row's cell of the field, its text without blanks around it; an empty one where the row has none.
func (t Table) Cell(r price.SheetRow, field string) price.Cell {
	n, ok := t.at[field]
	if !ok || n >= len(r.Cells) {
		return price.Cell{}
	}
	c := r.Cells[n]
	c.Text = Clean(c.Text)
	return c
}

// Text is a row's text of the field.
func (t Table) Text(r price.SheetRow, field string) string { return t.Cell(r, field).Text }

// Blank reports whether a row says nothing in the fields, not even by a formula, or only repeats the heads.
func (t Table) Blank(r price.SheetRow, fields ...string) bool {
	for _, f := range fields {
		c := t.Cell(r, f)
		if c.Formula || c.Text != "" && Key(c.Text) != Key(t.Heads[f]) {
			return false
		}
	}
	return true
}

// Complain is a complaint about the row's cell of the field.
func (t Table) Complain(r price.SheetRow, field, code string, args fault.Args) Complaint {
	return Complaint{Row: r.Number, Column: t.Heads[field], Field: field, Code: code, Args: args}
}

// Clean is a text without blanks around it; those that only look like blanks count too.
func Clean(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u200b", "", "\ufeff", "", "\u202f", " ").Replace(s))
}
