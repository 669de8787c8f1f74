package reports

import (
	"strconv"

	"tayang/app/report"
	"tayang/reports/book"
)

// provenance writes where the workbook comes from: what was asked, by whom, as of when, of which ledger, by which
// program, and how much each register holds.
func (wb *workbook) provenance() error {
	name := wb.say(provenanceTitle())
	widths := []float64{34, 44, 24, 22, 28}
	s, err := wb.Sheet(name, book.Layout{Widths: widths, Bare: true, Tab: quiet, Footer: wb.footer(name)})
	if err != nil {
		return err
	}
	if err := wb.heading(s, name, len(widths)); err != nil {
		return err
	}
	for _, f := range wb.facts() {
		if err := s.Row(0); err != nil {
			return err
		}
		s.Text(wb.styles.label, wb.say(f.label))
		s.Text(wb.styles.value, f.value)
	}
	if err := wb.populations(s); err != nil {
		return err
	}
	if wb.doc.Heading.Kind == report.Trail { // it has no summary: its checks stand here
		if err := wb.checks(s); err != nil {
			return err
		}
	}
	return s.Close()
}

// checks writes every control beside the figure that it must equal.
func (wb *workbook) checks(s *book.Sheet) error {
	if err := s.Row(0); err != nil {
		return err
	}
	overall := s.RowNumber() + 1
	if err := wb.overall(s, overall+2); err != nil {
		return err
	}
	for _, section := range wb.doc.Sections {
		if err := wb.section(s, section); err != nil {
			return err
		}
	}
	return wb.marks(s, overall, s.RowNumber())
}

type fact struct {
	label report.Words
	value string
}

func (wb *workbook) facts() []fact {
	h := wb.doc.Heading
	if h.Kind == report.Trail {
		return wb.trailFacts()
	}
	seq := "–"
	if h.LedgerSeq > 0 {
		seq = strconv.FormatInt(h.LedgerSeq, 10)
	}
	return []fact{
		{report.Words{ID: "Jenis laporan", EN: "Report"}, string(h.Kind)},
		{report.Words{ID: "Pemerintah", EN: "Government"}, h.Government},
		{report.Words{ID: "Perangkat daerah", EN: "Agency"}, h.AgencyCode + " · " + h.AgencyName},
		{report.Words{ID: "Saringan: tahun anggaran", EN: "Filter: fiscal year"}, strconv.Itoa(h.FiscalYear)},
		{report.Words{ID: "Saringan: periode", EN: "Filter: period"}, wb.period()},
		{report.Words{ID: "Mata uang", EN: "Currency"}, string(h.Currency)},
		{report.Words{ID: "Bahasa", EN: "Language"}, string(h.Language)},
		{report.Words{ID: "Keadaan data (jam kantor)", EN: "Data as of (office time)"}, wb.asOf()},
		{report.Words{ID: "Keadaan data (UTC)", EN: "Data as of (UTC)"}, h.AsOf.UTC().Format("2006-01-02T15:04:05.000000Z")},
		{report.Words{ID: "Ayat buku besar terakhir", EN: "Last ledger entry"}, seq},
		{report.Words{ID: "Dibuat untuk", EN: "Made for"}, wb.doc.MadeFor},
		{report.Words{ID: "Program", EN: "Program"}, "Tayang " + wb.doc.Program},
	}
}

func (wb *workbook) populations(s *book.Sheet) error {
	st := wb.styles
	for range 2 {
		if err := s.Row(0); err != nil {
			return err
		}
	}
	s.Text(st.section, wb.tell("Populasi dan angka kendali", "Populations and control totals"))
	for range 4 {
		s.Blank(st.section)
	}
	if err := s.Row(0); err != nil {
		return err
	}
	s.Text(st.head, wb.tell("Lembar", "Sheet"))
	s.Text(st.headRight, wb.tell("Baris saat dibuat", "Rows when made"))
	s.Text(st.headRight, wb.tell("Baris di lembar (rumus)", "Rows in sheet (formula)"))
	s.Text(st.headRight, wb.tell("Angka kendali", "Control total"))
	s.Text(st.head, wb.tell("Kolom angka kendali", "Column of control total"))
	for _, p := range wb.doc.Populations {
		if err := s.Row(0); err != nil {
			return err
		}
		s.Text(st.text, wb.say(p.Register.Title()))
		s.Decimal(st.count, int64(p.Rows.Total()), 0)
		s.Formula(st.count, wb.measure(p.Rows), int64(p.Rows.Total()), 0)
		style, digits := st.money, wb.digits
		if wb.counts(p) {
			style, digits = st.count, 0
		}
		s.Decimal(style, int64(p.Sum.Total()), digits)
		s.Text(st.text, wb.head(p.Register, p.Column))
	}
	return nil
}
