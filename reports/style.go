package reports

import (
	"strings"

	"tayang/app/report"
	"tayang/reports/book"
)

// The palette: one accent, greys for structure, colour only for meaning.
const (
	ink       = "1F2933"
	accent    = "1F4E5F"
	quiet     = "7B8794"
	paper     = "FFFFFF"
	band      = "E8EEF1"
	line      = "CBD2D9"
	goodInk   = "1B5E20"
	goodFill  = "E3F2E4"
	badInk    = "9B1C1C"
	badFill   = "FBE3E3"
	barFrame  = "B8C4CC"
	barMiddle = "E0A458"
	barDark   = accent
)

// styles are the numbers of the styles that the sheets use.
type styles struct {
	title, subtitle, label, value, note  int // headings and facts
	section, head, headRight, headCenter int // of the summary's tables
	text, count, money, check            int
	total, overall                       int
	registerHead, registerHeadRight      int // of registers
	registerHeadCenter                   int
	id, number, blank, wrapped           int
	cell                                 map[report.Type]int
}

// moneyFormat shows thousands, the currency's decimals, negatives in parentheses and zero as a dash.
func moneyFormat(digits int) string {
	plain := "#,##0"
	if digits > 0 {
		plain += "." + strings.Repeat("0", digits)
	}
	return plain + `_);(` + plain + `);"–"_)`
}

const countFormat = `#,##0_);(#,##0);"–"_)`

func newStyles(b *book.Book, digits int) (s styles, err error) {
	id := func(st book.Style) int {
		if st.Color == "" {
			st.Color = ink
		}
		n, e := b.StyleID(st)
		if e != nil && err == nil {
			err = e
		}
		return n
	}
	s.title = id(book.Style{Bold: true, Size: 16, Color: paper, Fill: accent, Indent: 1})
	s.subtitle = id(book.Style{Size: 11, Color: paper, Fill: accent, Indent: 1})
	s.label = id(book.Style{Color: quiet, Indent: 1, Top: true})
	s.value = id(book.Style{Align: book.Left, Wrap: true, Top: true})
	s.note = id(book.Style{Color: quiet, Italic: true, Indent: 1})
	s.section = id(book.Style{Bold: true, Size: 11, Color: accent, Fill: band, Indent: 1})
	s.head = id(book.Style{Bold: true, Color: quiet, Bottom: quiet, Indent: 1})
	s.headRight = id(book.Style{Bold: true, Color: quiet, Bottom: quiet, Align: book.Right})
	s.headCenter = id(book.Style{Bold: true, Color: quiet, Bottom: quiet, Align: book.Center})
	s.text = id(book.Style{Indent: 1, Bottom: line})
	s.count = id(book.Style{Format: countFormat, Bottom: line})
	s.money = id(book.Style{Format: moneyFormat(digits), Bottom: line})
	s.check = id(book.Style{Align: book.Center, Bottom: line})
	s.total = id(book.Style{Bold: true, Size: 11, Indent: 1})
	s.overall = id(book.Style{Bold: true, Size: 11, Align: book.Center})
	s.registers(id)
	return s, err
}

// registers are the styles of the tables; id gives the number of a style.
func (s *styles) registers(id func(book.Style) int) {
	s.registerHead = id(book.Style{Bold: true, Color: paper, Fill: accent, Wrap: true, Indent: 1})
	s.registerHeadRight = id(book.Style{Bold: true, Color: paper, Fill: accent, Wrap: true, Align: book.Right})
	s.registerHeadCenter = id(book.Style{Bold: true, Color: paper, Fill: accent, Wrap: true, Align: book.Center})
	s.id = id(book.Style{Format: "@", Color: quiet, Size: 8, Bottom: line, Indent: 1})
	s.number = id(book.Style{Align: book.Center, Color: quiet, Bottom: line})
	s.blank = id(book.Style{Bottom: line, Indent: 1})
	s.wrapped = id(book.Style{Wrap: true, Top: true, Bottom: line, Indent: 1})
	s.cell = map[report.Type]int{
		report.Identifier: id(book.Style{Format: "@", Bottom: line, Indent: 1}), report.Text: s.blank, report.Term: s.blank,
		report.Money: s.money, report.Count: s.count, report.Share: id(book.Style{Format: "0.00%", Bottom: line}),
		report.Day:       id(book.Style{Format: "dd-mm-yyyy", Align: book.Center, Bottom: line}),
		report.Moment:    id(book.Style{Format: "dd-mm-yyyy hh:mm", Align: book.Center, Bottom: line}),
		report.YearMonth: id(book.Style{Format: "mm-yyyy", Align: book.Center, Bottom: line}),
	}
}
