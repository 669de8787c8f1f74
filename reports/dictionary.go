package reports

import (
	"unicode/utf8"

	"tayang/app/report"
	"tayang/reports/book"
)

// dictionaryHeads are the columns of the dictionary. Fields and meanings stand there in both languages, so that a
// workbook can be read by who did not choose its language.
func dictionaryHeads() []report.Words {
	return []report.Words{
		{ID: "Lembar", EN: "Sheet"},
		{ID: "Kolom (id)", EN: "Field (id)"},
		{ID: "Kolom (en)", EN: "Field (en)"},
		{ID: "Arti (id)", EN: "Meaning (id)"},
		{ID: "Arti (en)", EN: "Meaning (en)"},
		{ID: "Satuan", EN: "Unit"},
		{ID: "Sumber", EN: "Source"},
	}
}

// dictionary writes what every column of every register means, in what unit, and where it comes from.
func (wb *workbook) dictionary() error {
	name := wb.say(dictionaryTitle())
	s, err := wb.Sheet(name, book.Layout{Widths: []float64{20, 24, 24, 44, 44, 22, 36}, FrozenRows: 1, Tab: quiet, Footer: wb.footer(name)})
	if err != nil {
		return err
	}
	if err := s.Row(22); err != nil {
		return err
	}
	var heads []string
	for _, h := range dictionaryHeads() {
		heads = append(heads, wb.say(h))
		s.Text(wb.styles.registerHead, wb.say(h))
	}
	for _, r := range wb.doc.Registers {
		for _, c := range r.Columns {
			if err := wb.define(s, r, c); err != nil {
				return err
			}
		}
	}
	if err := s.Table(name, 1, heads); err != nil {
		return err
	}
	return s.Close()
}

// dictionaryHeight is the height of a row whose longest meaning may take several lines.
func dictionaryHeight(c report.Column) float64 {
	const perLine, charactersPerLine = 14, 46
	longest := max(utf8.RuneCountInString(c.Meaning.ID), utf8.RuneCountInString(c.Meaning.EN))
	return perLine*float64(1+(longest-1)/charactersPerLine) + 2
}

func (wb *workbook) define(s *book.Sheet, r report.Register, c report.Column) error {
	if err := s.Row(dictionaryHeight(c)); err != nil {
		return err
	}
	source := c.Source
	if source == "" {
		source = wb.tell("belum dicatat program: kolom kosong", "not recorded by the program yet: empty")
	}
	for _, text := range []string{wb.say(r.Key.Title()), c.Head.ID, c.Head.EN, c.Meaning.ID, c.Meaning.EN, wb.say(wb.unit(c)), source} {
		s.Text(wb.styles.wrapped, text)
	}
	return nil
}

// unit is what the figures of a column count.
func (wb *workbook) unit(c report.Column) report.Words {
	switch c.Type {
	case report.Identifier:
		return report.Words{ID: "teks (pengenal)", EN: "text (identifier)"}
	case report.Text:
		return report.Words{ID: "teks", EN: "text"}
	case report.Term:
		return report.Words{ID: "istilah baku", EN: "fixed term"}
	case report.Money:
		return report.Words{ID: string(wb.doc.Heading.Currency), EN: string(wb.doc.Heading.Currency)}
	case report.Count:
		return report.Words{ID: "bilangan", EN: "number"}
	case report.Share:
		return report.Words{ID: "persen", EN: "percent"}
	case report.Day:
		return report.Words{ID: "tanggal", EN: "date"}
	case report.Moment:
		return report.Words{ID: "tanggal dan jam kantor", EN: "date and office time"}
	case report.YearMonth:
		return report.Words{ID: "bulan", EN: "month"}
	}
	return report.Words{}
}
