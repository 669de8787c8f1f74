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
	title, subtitle, label, value, note      int
	section, head, headRight, headCenter     int
	text, wrapped, id, count, money, check   int
	total, overall                           int
	cell                                     map[report.Type]int
	registerHead, registerHeadRight, idQuiet int
	registerHeadCenter, number               int
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
	money := moneyFormat(digits)
	s = styles{
		title:      id(book.Style{Bold: true, Size: 16, Color: paper, Fill: accent, Indent: 1}),
		subtitle:   id(book.Style{Size: 11, Color: paper, Fill: accent, Indent: 1}),
		label:      id(book.Style{Color: quiet, Indent: 1, Top: true}),
		value:      id(book.Style{Align: book.Left, Wrap: true, Top: true}),
		note:       id(book.Style{Color: quiet, Italic: true, Indent: 1}),
		section:    id(book.Style{Bold: true, Size: 11, Color: accent, Fill: band, Indent: 1}),
		headCenter: id(book.Style{Bold: true, Color: quiet, Bottom: quiet, Align: book.Center}),
		head:       id(book.Style{Bold: true, Color: quiet, Bottom: quiet, Indent: 1}), headRight: id(book.Style{Bold: true, Color: quiet, Bottom: quiet, Align: book.Right}),
		text:    id(book.Style{Indent: 1, Bottom: line}),
		wrapped: id(book.Style{Wrap: true, Top: true}),
		id:      id(book.Style{Format: "@"}), idQuiet: id(book.Style{Format: "@", Color: quiet, Size: 8}),
		count: id(book.Style{Format: countFormat, Bottom: line}), money: id(book.Style{Format: money, Bottom: line}),
		check: id(book.Style{Align: book.Center, Bottom: line}), total: id(book.Style{Bold: true, Size: 11, Indent: 1}),
		overall:            id(book.Style{Bold: true, Size: 11, Align: book.Center}),
		registerHead:       id(book.Style{Bold: true, Color: paper, Fill: accent, Wrap: true}),
		registerHeadCenter: id(book.Style{Bold: true, Color: paper, Fill: accent, Wrap: true, Align: book.Center}),
		number:             id(book.Style{Align: book.Center, Color: quiet}),
		registerHeadRight:  id(book.Style{Bold: true, Color: paper, Fill: accent, Wrap: true, Align: book.Right}),
	}
	s.cell = map[report.Type]int{
		report.Identifier: s.id, report.Text: id(book.Style{}), report.Term: id(book.Style{}),
		report.Money: id(book.Style{Format: money}), report.Count: id(book.Style{Format: countFormat}),
		report.Share: id(book.Style{Format: "0.00%"}), report.Day: id(book.Style{Format: "dd-mm-yyyy", Align: book.Center}),
		report.Moment: id(book.Style{Format: "dd-mm-yyyy hh:mm", Align: book.Center}), report.YearMonth: id(book.Style{Format: "mm-yyyy", Align: book.Center}),
	}
	return s, err
}
