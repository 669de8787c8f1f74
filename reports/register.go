package reports

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"tayang/app/report"
	"tayang/reports/book"
)

// register writes a register as one table whose heads are the sheet's first row, and gives the number of its rows.
func (wb *workbook) register(ctx context.Context, r report.Register) (int, error) {
	name := wb.say(r.Key.Title())
	s, err := wb.Sheet(name, wb.registerLayout(r, name))
	if err != nil {
		return 0, err
	}
	heads, err := wb.heads(s, r)
	if err != nil {
		return 0, err
	}
	rows, cells := 0, wb.cells(r.Columns)
	for row, err := range r.Rows {
		if err != nil {
			return rows, err
		}
		if err := ctx.Err(); err != nil {
			return rows, err
		}
		if err := s.Row(0); err != nil {
			return rows, err
		}
		for i, cell := range row {
			if cell.Set {
				cells[i](s, cell)
			} else {
				s.Blank(wb.styles.blank)
			}
		}
		rows++
	}
	if err := s.Table(wb.table(r.Key), 1, heads); err != nil {
		return rows, err
	}
	return rows, s.Close()
}

// frozen columns of a register: its id, its number, and what it is known by.
const frozen = 3

// pageWidth is how many characters of width still print readably side by side.
const pageWidth = 210

func (wb *workbook) registerLayout(r report.Register, name string) book.Layout {
	l := book.Layout{FrozenRows: 1, FrozenCols: frozen, Tab: accent, Footer: wb.footer(name)}
	total := 0.0
	for _, c := range r.Columns {
		w := wb.width(c)
		l.Widths = append(l.Widths, w)
		total += w
	}
	l.PagesWide = 1 + int(total/pageWidth)
	return l
}

func (wb *workbook) heads(s *book.Sheet, r report.Register) ([]string, error) {
	const height = 32
	if err := s.Row(height); err != nil {
		return nil, err
	}
	heads := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		heads[i] = wb.say(c.Head)
		s.Text(wb.headStyle(c), heads[i])
	}
	return heads, nil
}

// headStyle stands as the cells below it do.
func (wb *workbook) headStyle(c report.Column) int {
	switch c.Type {
	case report.Money, report.Count, report.Share:
		if c.Key != "no" {
			return wb.styles.registerHeadRight
		}
		return wb.styles.registerHeadCenter
	case report.Day, report.Moment, report.YearMonth:
		return wb.styles.registerHeadCenter
	case report.Identifier, report.Text, report.Term:
	}
	return wb.styles.registerHead
}

// width is a readable width of a column, in characters: by what it holds, and wide enough for its head.
func (wb *workbook) width(c report.Column) float64 {
	w := map[report.Type]float64{
		report.Identifier: 18, report.Text: 26, report.Term: 15, report.Money: 17, report.Count: 10,
		report.Share: 10, report.Day: 12, report.Moment: 17, report.YearMonth: 10,
	}[c.Type]
	switch c.Key {
	case "id":
		w = 10
	case "no":
		w = 6
	case "sub_activity_name", "account_name", "label":
		w = 54
	case "method":
		w = 20
	case "product", "content_kind":
		w = 22
	case "press_status":
		w = 26
	case "title", "url", "channels", "address", "subject", "reason":
		w = 36
	case "record", "parent", "old", "new":
		w = 40
	case "deed", "field", "category":
		w = 28
	case "document_id", "budget_line_id", "override_id", "row_id", "request_id":
		w = 38
	case "fund_source", "fund_sources", "bank":
		w = 14
	case "number", "agreement", "document_number", "invoices", "sub_activities", "accounts", "acceptances":
		w = 24
	case "page", "edition", "slot", "label_present":
		w = 10
	}
	return max(w, headWidth(wb.say(c.Head)))
}

// headWidth is what a head needs on two lines, beside the button of its filter; no word is broken.
func headWidth(head string) float64 {
	const button = 4
	longest := (utf8.RuneCountInString(head) + 1) / 2
	for _, word := range strings.Fields(head) {
		longest = max(longest, utf8.RuneCountInString(word))
	}
	return float64(longest + button)
}

// cells gives, for each column, how one of its cells is written.
func (wb *workbook) cells(columns []report.Column) []func(*book.Sheet, report.Cell) {
	out := make([]func(*book.Sheet, report.Cell), len(columns))
	for i, c := range columns {
		out[i] = wb.cell(c)
	}
	return out
}

func (wb *workbook) cell(c report.Column) func(*book.Sheet, report.Cell) {
	style := wb.styles.cell[c.Type]
	switch c.Type {
	case report.Money:
		return func(s *book.Sheet, v report.Cell) { s.Decimal(style, v.Number, wb.digits) }
	case report.Count:
		if c.Key == "no" {
			style = wb.styles.number
		}
		return func(s *book.Sheet, v report.Cell) { s.Decimal(style, v.Number, 0) }
	case report.Share:
		const millionths = 6
		return func(s *book.Sheet, v report.Cell) { s.Decimal(style, v.Number, millionths) }
	case report.Day, report.YearMonth:
		return func(s *book.Sheet, v report.Cell) { wb.day(s, style, v.Number) }
	case report.Moment:
		return func(s *book.Sheet, v report.Cell) { s.Moment(style, v.Number) }
	case report.Term:
		words := map[string]string{}
		return func(s *book.Sheet, v report.Cell) {
			word, known := words[v.Text]
			if !known {
				word = wb.say(report.WordsOf(v.Text))
				words[v.Text] = word
			}
			s.Text(style, word)
		}
	case report.Identifier:
		if c.Key == "id" {
			style = wb.styles.id
		}
	case report.Text:
	}
	return func(s *book.Sheet, v report.Cell) { s.Text(style, v.Text) }
}

// day writes a date as a date, or, before workbooks have dates, as text.
func (wb *workbook) day(s *book.Sheet, style int, days int64) {
	if days >= book.Earliest {
		s.Day(style, days)
		return
	}
	const perDay = 86_400
	s.Text(style, time.Unix(days*perDay, 0).UTC().Format(time.DateOnly))
}
