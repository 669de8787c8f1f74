package reports

import (
	"fmt"

	"tayang/app/report"
	"tayang/reports/book"
)

// Columns of the summary's table of controls.
const (
	colLabel = iota
	colSheet
	colProgram
	colDifference
	colCheck
)

// Words of the check cells.
func agreesWord() report.Words  { return report.Words{ID: "sesuai", EN: "agrees"} }
func differsWord() report.Words { return report.Words{ID: "berbeda", EN: "differs"} }

// summary writes the first sheet: whose report it is, every control as a live formula beside the figure it must
// equal, and the chart of the budget's lines beside them.
func (wb *workbook) summary(budgetLines int) error {
	name := wb.say(summaryTitle())
	widths := []float64{46, 20, 20, 13, 11, 2, 12, 12, 12, 12, 12, 12, 12}
	s, err := wb.Sheet(name, book.Layout{Widths: widths, Bare: true, Tab: barMiddle, Footer: wb.footer(name)})
	if err != nil {
		return err
	}
	if err := wb.heading(s, name, len(widths)); err != nil {
		return err
	}
	overall := s.RowNumber() + 1
	first := overall + 2
	if err := wb.overall(s, first); err != nil {
		return err
	}
	for _, section := range wb.doc.Sections {
		if err := wb.section(s, section); err != nil {
			return err
		}
	}
	if err := wb.marks(s, overall, s.RowNumber()); err != nil {
		return err
	}
	if budgetLines > 0 {
		if err := wb.chart(s, overall, budgetLines); err != nil {
			return err
		}
	}
	return s.Close()
}

// heading writes the coloured band over so many columns at the head of a sheet without a register.
func (wb *workbook) heading(s *book.Sheet, name string, columns int) error {
	h := wb.doc.Heading
	for _, l := range []struct {
		text   string
		height float64
		style  int
	}{
		{wb.say(title(h.Kind)), 30, wb.styles.title},
		{h.Government + " · " + h.AgencyName + " (" + h.AgencyCode + ")", 20, wb.styles.subtitle},
		{wb.year() + wb.period() + " · " + name, 20, wb.styles.subtitle},
	} {
		if err := s.Row(l.height); err != nil {
			return err
		}
		s.Text(l.style, l.text)
		for range columns - 1 {
			s.Blank(l.style)
		}
	}
	if err := s.Row(0); err != nil {
		return err
	}
	s.Text(wb.styles.note, wb.tell("Keadaan data: ", "Data as of: ")+wb.asOf()+" · "+wb.tell("semua jumlah dalam ", "all amounts in ")+string(h.Currency))
	return s.Row(0)
}

// year is the fiscal year before what else is said of the period; empty for a report that is about none.
func (wb *workbook) year() string {
	if wb.doc.Heading.FiscalYear == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d · ", wb.tell("Tahun Anggaran", "Fiscal Year"), wb.doc.Heading.FiscalYear)
}

// overall writes the one cell that says whether all checks below agree.
func (wb *workbook) overall(s *book.Sheet, first int) error {
	if err := s.Row(22); err != nil {
		return err
	}
	last, controls := first, 0
	for _, section := range wb.doc.Sections {
		controls += len(section.Controls)
		last += len(section.Controls) + sectionRows
	}
	word := agreesWord()
	if len(wb.doc.Differences()) > 0 {
		word = differsWord()
	}
	s.Text(wb.styles.total, wb.tell("Semua pemeriksaan di bawah", "All checks below"))
	s.Skip(colCheck - 1)
	s.TextFormula(wb.styles.overall, fmt.Sprintf("IF(COUNTIF(%s:%s,%s)=%d,%s,%s)", book.Cell(first, colCheck), book.Cell(last, colCheck),
		quote(wb.say(agreesWord())), controls, quote(wb.say(agreesWord())), quote(wb.say(differsWord()))), wb.say(word))
	return nil
}

// sectionRows is how many rows a section takes besides its controls: a blank one, its title and its heads.
const sectionRows = 3

func (wb *workbook) section(s *book.Sheet, section report.Section) error {
	st := wb.styles
	if err := s.Row(0); err != nil {
		return err
	}
	if err := s.Row(20); err != nil {
		return err
	}
	tie := section.Controls[0].Against != nil
	against := wb.tell("Angka program", "Program's figure")
	if tie {
		against = wb.tell("Lembar pembanding", "Other sheet")
	}
	s.Text(st.section, wb.say(section.Title))
	for range colCheck {
		s.Blank(st.section)
	}
	if err := s.Row(0); err != nil {
		return err
	}
	s.Text(st.head, wb.tell("Uraian", "Item"))
	s.Text(st.headRight, wb.tell("Rumus atas lembar", "Formula over sheet"))
	s.Text(st.headRight, against)
	s.Text(st.headRight, wb.tell("Selisih", "Difference"))
	s.Text(st.headCenter, wb.tell("Periksa", "Check"))
	for _, c := range section.Controls {
		if err := wb.control(s, c); err != nil {
			return err
		}
	}
	return nil
}

func (wb *workbook) control(s *book.Sheet, c report.Control) error {
	if err := s.Row(0); err != nil {
		return err
	}
	style, digits := wb.styles.money, wb.digits
	if c.Type == report.Count {
		style, digits = wb.styles.count, 0
	}
	s.Text(wb.styles.text, wb.say(c.Label))
	s.Formula(style, wb.formula(c.Sheet), int64(c.Sheet.Total()), digits)
	if c.Against != nil {
		s.Formula(style, wb.formula(c.Against), int64(c.Against.Total()), digits)
	} else {
		s.Decimal(style, int64(c.Program), digits)
	}
	row := s.RowNumber()
	s.Formula(style, difference(book.Cell(row, colSheet), book.Cell(row, colProgram), digits), int64(c.Sheet.Total()-c.Other()), digits)
	word := agreesWord()
	if !c.Agrees() {
		word = differsWord()
	}
	s.TextFormula(wb.styles.check, fmt.Sprintf("IF(%s=0,%s,%s)", book.Cell(row, colDifference), quote(wb.say(agreesWord())),
		quote(wb.say(differsWord()))), wb.say(word))
	return nil
}

func (wb *workbook) marks(s *book.Sheet, first, last int) error {
	return s.Marks(book.Cell(first, colCheck)+":"+book.Cell(last, colCheck),
		book.Mark{Equals: wb.say(agreesWord()), Color: goodInk, Fill: goodFill},
		book.Mark{Equals: wb.say(differsWord()), Color: badInk, Fill: badFill})
}

// Size of the chart: a fixed frame and a strip for each line, for as many lines as can still be read.
const (
	chartWidth    = 590
	chartFrame    = 170
	chartPerLine  = 54
	chartLinesMax = 30
)

// chart draws appropriation, commitment and realisation of the first budget lines.
func (wb *workbook) chart(s *book.Sheet, row, lines int) error {
	shown := min(lines, chartLinesMax)
	chart := book.Bars{
		Title:  wb.tell("Pagu, komitmen dan realisasi per baris anggaran", "Appropriation, commitment and realisation per budget line"),
		Format: wb.axisFormat(), Width: chartWidth, Height: uint(chartFrame + chartPerLine*shown),
	}
	for _, x := range []struct{ column, color string }{{"appropriation", barFrame}, {"committed", barMiddle}, {"realised", barDark}} {
		chart.Series = append(chart.Series, book.Series{
			Name:   wb.budgetCells(x.column, 0, 0),
			Labels: wb.budgetCells("label", 1, shown), Values: wb.budgetCells(x.column, 1, shown), Color: x.color,
		})
	}
	return s.Chart(book.Cell(row, colCheck+2), chart)
}

// axisFormat shortens the figures of an axis, the only place where figures are not written out.
func (wb *workbook) axisFormat() string {
	return `[>=1000000000]#,##0.0,,,"` + wb.tell(" M", " bn") + `";[>=1000000]#,##0,,"` + wb.tell(" jt", " m") + `";#,##0`
}

// budgetCells is a range of a column of the budget sheet, by rows below its head; row 0 is the head itself.
func (wb *workbook) budgetCells(column string, from, to int) string {
	for _, r := range wb.doc.Registers {
		for i, c := range r.Columns {
			if r.Key == report.Budget && c.Key == column {
				name := book.Letters(i)
				sheet := "'" + wb.say(report.Budget.Title()) + "'!"
				if from == to {
					return fmt.Sprintf("%s$%s$%d", sheet, name, from+1)
				}
				return fmt.Sprintf("%s$%s$%d:$%s$%d", sheet, name, from+1, name, to+1)
			}
		}
	}
	return ""
}
