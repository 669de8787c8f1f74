package reports

import (
	"fmt"
	"strconv"
	"strings"

	"tayang/app/report"
)

// formula writes a sum of measures over the tables.
func (wb *workbook) formula(sum report.Sum) string {
	var b strings.Builder
	for i, p := range sum {
		switch {
		case p.Minus:
			b.WriteByte('-')
		case i > 0:
			b.WriteByte('+')
		}
		b.WriteString(wb.measure(p.Measure))
	}
	return b.String()
}

// measure is one figure over one table, in structured references. Rows are counted by their ids.
func (wb *workbook) measure(m *report.Measure) string {
	target := m.Column
	if target == "" {
		target = "id"
	}
	name := wb.ref(m.Register, target)
	if len(m.Where) == 0 {
		if m.Column == "" {
			return "COUNTA(" + name + ")"
		}
		return "SUM(" + name + ")"
	}
	var matches []string
	for _, w := range m.Where {
		matches = append(matches, wb.ref(m.Register, w.Column), quote(wb.say(report.WordsOf(w.Value))))
	}
	if m.Column == "" {
		return "COUNTIFS(" + strings.Join(matches, ",") + ")"
	}
	return "SUMIFS(" + name + "," + strings.Join(matches, ",") + ")"
}

// ref is the reference to a column of a register's table, by its head.
func (wb *workbook) ref(k report.Key, column string) string {
	return wb.table(k) + "[" + escape.Replace(wb.head(k, column)) + "]"
}

// escape protects what means something inside a structured reference.
var escape = strings.NewReplacer("'", "''", "[", "'[", "]", "']", "#", "'#", "@", "'@")

// head is the head of a register's column; every key that is asked for is there, which the tests hold.
func (wb *workbook) head(k report.Key, column string) string {
	for _, r := range wb.doc.Registers {
		if r.Key != k {
			continue
		}
		for _, c := range r.Columns {
			if c.Key == column {
				return wb.say(c.Head)
			}
		}
	}
	return fmt.Sprintf("?%s.%s", k, column)
}

// difference is what two cells differ by, rounded to the currency's digits: sums of decimals carry noise.
func difference(a, b string, digits int) string {
	return "ROUND(" + a + "-" + b + "," + strconv.Itoa(digits) + ")"
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
