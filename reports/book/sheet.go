package book

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of the file format.
const (
	rowsMax    = 1_048_576
	columnsMax = 16_384
)

// Layout is how a sheet is shown and printed. Paper is A4 landscape.
type Layout struct {
	Widths     []float64 // of the columns, in characters
	FrozenRows int       // also repeated on every printed page
	FrozenCols int       // also repeated on every printed page
	PagesWide  int       // on how many pages side by side a row is printed, 1 when 0
	Bare       bool      // without grid lines
	Tab        string    // colour of the tab, RRGGBB
	Footer     string    // left foot of every printed page, before "page / pages"
}

// Sheet is one sheet that is being written, row by row from the top.
type Sheet struct {
	book      *Book
	name      string
	index     int
	layout    Layout
	w         *bufio.Writer
	columns   []string // letters of the columns written so far
	row       int      // number of the row that is open or was the last
	column    int      // of the next cell, from 0
	marks     []string
	relations []string // elements that point to other parts, in the order of their ids
	scratch   []byte
	err       error
}

// Sheet begins the sheet of that name; the one before must be closed.
func (b *Book) Sheet(name string, layout Layout) (*Sheet, error) {
	if b.open != nil {
		return nil, fmt.Errorf("sheet %s is still open", b.open.name)
	}
	for i, n := range b.sheets {
		if n != name {
			continue
		}
		if b.done[path(i)] != nil {
			return nil, fmt.Errorf("sheet %s is written already", name)
		}
		w, err := b.out.Create(path(i))
		if err != nil {
			return nil, err
		}
		s := &Sheet{book: b, name: name, index: i, layout: layout, w: bufio.NewWriterSize(w, 1<<16)}
		b.open, b.done[path(i)] = s, s
		s.head()
		return s, s.repeat()
	}
	return nil, fmt.Errorf("there is no sheet %s", name)
}

func (s *Sheet) head() {
	s.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`+
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr>`, tab(s.layout.Tab),
		`<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"`)
	if s.layout.Bare {
		s.put(` showGridLines="0"`)
	}
	if s.index == 0 {
		s.put(` tabSelected="1"`)
	}
	s.put(`>`, s.pane(), `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	if len(s.layout.Widths) > 0 {
		s.put(`<cols>`)
		for i, width := range s.layout.Widths {
			n := strconv.Itoa(i + 1)
			s.put(`<col min="`, n, `" max="`, n, `" width="`, strconv.FormatFloat(width, 'f', -1, 64), `" customWidth="1"/>`)
		}
		s.put(`</cols>`)
	}
	s.put(`<sheetData>`)
}

func tab(color string) string {
	if color == "" {
		return ""
	}
	return `<tabColor rgb="FF` + color + `"/>`
}

// pane freezes the first rows and columns.
func (s *Sheet) pane() string {
	rows, cols := s.layout.FrozenRows, s.layout.FrozenCols
	if rows == 0 && cols == 0 {
		return ""
	}
	active := "bottomRight"
	var b strings.Builder
	b.WriteString(`<pane`)
	if cols > 0 {
		b.WriteString(` xSplit="` + strconv.Itoa(cols) + `"`)
	} else {
		active = "bottomLeft"
	}
	if rows > 0 {
		b.WriteString(` ySplit="` + strconv.Itoa(rows) + `"`)
	} else {
		active = "topRight"
	}
	b.WriteString(` topLeftCell="` + Letters(cols) + strconv.Itoa(rows+1) + `" activePane="` + active + `" state="frozen"/>` +
		`<selection pane="` + active + `"/>`)
	return b.String()
}

// repeat has the frozen rows and columns printed on every page.
func (s *Sheet) repeat() error {
	var parts []string
	quoted := "'" + strings.ReplaceAll(s.name, "'", "''") + "'!"
	if n := s.layout.FrozenCols; n > 0 {
		parts = append(parts, quoted+"$A:$"+Letters(n-1))
	}
	if n := s.layout.FrozenRows; n > 0 {
		parts = append(parts, quoted+"$1:$"+strconv.Itoa(n))
	}
	if len(parts) == 0 {
		return nil
	}
	return s.book.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: strings.Join(parts, ","), Scope: s.name})
}

// Marks colours the cells of a range by their text.
func (s *Sheet) Marks(area string, marks ...Mark) error {
	for _, m := range marks {
		id, err := s.book.markID(m)
		if err != nil {
			return err
		}
		s.marks = append(s.marks, fmt.Sprintf(`<conditionalFormatting sqref="%s"><cfRule type="cellIs" dxfId="%d" priority="%d" operator="equal">`+
			`<formula>"%s"</formula></cfRule></conditionalFormatting>`, area, id, len(s.marks)+1, appendText(nil, m.Equals)))
	}
	return nil
}

// Close ends the sheet; its cells are in the archive then.
func (s *Sheet) Close() error {
	if s.row > 0 {
		s.put(`</row>`)
	}
	s.put(`</sheetData>`, strings.Join(s.marks, ""))
	wide := strconv.Itoa(max(1, s.layout.PagesWide))
	s.put(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>`,
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="`, wide, `" fitToHeight="0"/>`,
		`<headerFooter><oddFooter>`, string(appendText(nil, footer(s.layout.Footer))),
		`</oddFooter></headerFooter>`, ignored, strings.Join(s.relations, ""), `</worksheet>`)
	s.book.open = nil
	if s.err != nil {
		return s.err
	}
	return s.w.Flush()
}

// footer is the foot of a printed page, in the codes of the format, which allows it 255 characters; a "&" takes two.
// The blank after a size keeps figures that follow apart from it.
func footer(left string) string {
	const leftMax = 115
	if runes := []rune(left); len(runes) > leftMax {
		left = string(runes[:leftMax-1]) + "…"
	}
	return "&L&8 " + strings.ReplaceAll(left, "&", "&&") + "&R&8 &A · &P / &N"
}

// ignored keeps Excel from warning of identifiers that are text on purpose.
const ignored = `<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>`

// put writes texts as they are; the first failure is kept for Close.
func (s *Sheet) put(texts ...string) {
	for _, t := range texts {
		if _, err := s.w.WriteString(t); err != nil && s.err == nil {
			s.err = err
		}
	}
}

// Letters is the name of a column, from 0.
func Letters(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Cell is the name of a cell by row, from 1, and column, from 0.
func Cell(row, column int) string { return Letters(column) + strconv.Itoa(row) }
