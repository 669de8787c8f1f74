package book

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Row begins the next row; a height of 0 is the usual one. It fails beyond the last row that a sheet can have, and
// when an earlier write failed.
func (s *Sheet) Row(height float64) error {
	if s.row > 0 {
		s.put(`</row>`)
	}
	s.row++
	s.column = 0
	if s.row > rowsMax {
		return fmt.Errorf("sheet %s: more than %d rows", s.name, rowsMax)
	}
	b := s.scratch[:0]
	b = append(b, `<row r="`...)
	b = strconv.AppendInt(b, int64(s.row), 10)
	if height > 0 {
		b = append(b, `" ht="`...)
		b = strconv.AppendFloat(b, height, 'f', -1, 64)
		b = append(b, `" customHeight="1`...)
	}
	s.write(append(b, `">`...))
	return s.err
}

// RowNumber is the number of the row being written, from 1.
func (s *Sheet) RowNumber() int { return s.row }

// Skip leaves n cells empty.
func (s *Sheet) Skip(n int) { s.column += n }

// Blank writes an empty cell that only has a style.
func (s *Sheet) Blank(style int) { s.write(append(s.begin(style), `/>`...)) }

// Text writes text as text, whatever it begins with. Characters that XML cannot hold are left out, and what is
// beyond the length of a cell is cut.
func (s *Sheet) Text(style int, text string) {
	b := append(s.begin(style), ` t="inlineStr"><is><t xml:space="preserve">`...)
	s.write(append(appendText(b, text), `</t></is></c>`...))
}

// Decimal writes n ÷ 10^digits exactly.
func (s *Sheet) Decimal(style int, n int64, digits int) {
	b := append(s.begin(style), `><v>`...)
	s.write(append(appendDecimal(b, n, digits), `</v></c>`...))
}

// Day writes a date by its days since 1970-01-01.
func (s *Sheet) Day(style int, days int64) { s.Decimal(style, days+epoch, 0) }

// Moment writes a time by its seconds since 1970-01-01, on the clock that is to be shown.
func (s *Sheet) Moment(style int, seconds int64) {
	const perDay, digits = 86_400, 1_000_000_000
	days, rest := seconds/perDay, seconds%perDay
	if rest < 0 {
		days, rest = days-1, rest+perDay
	}
	s.Decimal(style, (days+epoch)*digits+(rest*digits+perDay/2)/perDay, 9)
}

// epoch is 1970-01-01 as workbooks count days: from 1900, with a 29 February in that year.
const epoch = 25_569

// Earliest is the first date, in days since 1970-01-01, that workbooks count as the calendar does: 1 March 1900.
const Earliest = 61 - epoch

// Formula writes a formula that gives a number, with the figure that it had when the workbook was made.
func (s *Sheet) Formula(style int, formula string, n int64, digits int) {
	b := append(s.begin(style), `><f>`...)
	b = append(appendText(b, formula), `</f><v>`...)
	s.write(append(appendDecimal(b, n, digits), `</v></c>`...))
}

// TextFormula writes a formula that gives text, with the text that it had when the workbook was made.
func (s *Sheet) TextFormula(style int, formula, text string) {
	b := append(s.begin(style), ` t="str"><f>`...)
	b = append(appendText(b, formula), `</f><v>`...)
	s.write(append(appendText(b, text), `</v></c>`...))
}

// begin opens the next cell, up to before the end of its tag.
func (s *Sheet) begin(style int) []byte {
	for len(s.columns) <= s.column {
		s.columns = append(s.columns, Letters(len(s.columns)))
	}
	b := s.scratch[:0]
	b = append(b, `<c r="`...)
	b = append(b, s.columns[s.column]...)
	b = strconv.AppendInt(b, int64(s.row), 10)
	if style > 0 {
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(style), 10)
	}
	s.column++
	return append(b, '"')
}

// write hands a cell on and keeps its buffer for the next.
func (s *Sheet) write(b []byte) {
	if _, err := s.w.Write(b); err != nil && s.err == nil {
		s.err = err
	}
	s.scratch = b[:0]
}

func appendDecimal(b []byte, n int64, digits int) []byte {
	if digits == 0 {
		return strconv.AppendInt(b, n, 10)
	}
	size := uint64(n) //nolint:gosec // two's complement: negated below, this is right for the smallest number too
	if n < 0 {
		b = append(b, '-')
		size = -size
	}
	unit := uint64(1)
	for range digits {
		unit *= 10
	}
	b = strconv.AppendUint(b, size/unit, 10)
	rest := size % unit
	if rest == 0 {
		return b
	}
	b = append(b, '.')
	for unit /= 10; unit > 0 && rest > 0; unit /= 10 {
		b = append(b, "0123456789"[rest/unit])
		rest %= unit
	}
	return b
}

// textMax is how much text a cell holds, in UTF-16 units as Excel counts it.
const textMax = 32_767

// appendText escapes text for XML: what XML cannot hold is left out, line ends are \n, and "_x0041_", which Excel would
// read as a character, stays what it is.
func appendText(b []byte, text string) []byte {
	units := 0
	for i, r := range text {
		if !legal(r) {
			continue
		}
		if units++; r > 0xFFFF {
			units++
		}
		if units > textMax {
			break
		}
		switch r {
		case '&':
			b = append(b, `&amp;`...)
		case '<':
			b = append(b, `&lt;`...)
		case '>':
			b = append(b, `&gt;`...)
		case '"':
			b = append(b, `&quot;`...)
		case '_':
			if encoded(text[i:]) {
				b = append(b, `_x005F`...)
			}
			b = append(b, '_')
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// legal reports whether a workbook can hold the character; a carriage return is dropped with the control characters.
func legal(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// encoded reports whether text begins with what Excel takes for an encoded character, such as _x000D_.
func encoded(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
