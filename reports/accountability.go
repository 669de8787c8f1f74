// Package reports lays reports out as workbooks: which sheet, which columns how wide, which formula beside which figure.
// What the figures are is decided in app/report; how a workbook is written, in reports/book.
package reports

import (
	"context"
	"io"
	"strings"

	"tayang/app/report"
	"tayang/reports/book"
)

// Writer writes reports as Excel workbooks.
type Writer struct{}

// Names of the sheets that are not registers.
func summaryTitle() report.Words    { return report.Words{ID: "Ringkasan", EN: "Summary"} }
func provenanceTitle() report.Words { return report.Words{ID: "Keaslian", EN: "Provenance"} }
func dictionaryTitle() report.Words { return report.Words{ID: "Kamus", EN: "Dictionary"} }

// workbook is one document on its way into a book.
type workbook struct {
	*book.Book
	doc    *report.Document
	lang   report.Language
	digits int
	styles styles
}

// WriteAccountability writes the accountability workbook of a document onto w: summary, registers, provenance and
// dictionary, in the document's language. The registers go first, for the summary needs their totals; the order of
// the sheets is not touched by it.
func (Writer) WriteAccountability(ctx context.Context, doc *report.Document, w io.Writer) error {
	wb, err := begin(doc, w, summaryTitle())
	if err != nil {
		return err
	}
	budgetLines := 0
	for _, r := range doc.Registers {
		rows, err := wb.register(ctx, r)
		if err != nil {
			return err
		}
		if r.Key == report.Budget {
			budgetLines = rows
		}
	}
	if err := wb.summary(budgetLines); err != nil {
		return err
	}
	if err := wb.provenance(); err != nil {
		return err
	}
	if err := wb.dictionary(); err != nil {
		return err
	}
	return wb.Close()
}

// begin opens the workbook of a document: the sheets of those titles first, then its registers, provenance and dictionary.
func begin(doc *report.Document, w io.Writer, first ...report.Words) (*workbook, error) {
	wb := &workbook{doc: doc, lang: doc.Heading.Language, digits: doc.Heading.Currency.Digits()}
	var sheets []string
	for _, f := range first {
		sheets = append(sheets, wb.say(f))
	}
	for _, r := range doc.Registers {
		sheets = append(sheets, wb.say(r.Key.Title()))
	}
	sheets = append(sheets, wb.say(provenanceTitle()), wb.say(dictionaryTitle()))
	b, err := book.New(w, book.Properties{
		Title: wb.say(title(doc.Heading.Kind)) + " — " + doc.Heading.AgencyName, Creator: "Tayang",
		Language: string(wb.lang), Program: "Tayang", Time: doc.Heading.AsOf,
	}, sheets...)
	if err != nil {
		return nil, err
	}
	wb.Book = b
	wb.styles, err = newStyles(b, wb.digits)
	return wb, err
}

func title(k report.Kind) report.Words {
	if k == report.Trail {
		return report.Words{ID: "Jejak Perubahan Data Belanja Media dan Influencer", EN: "Trail of Changes of Media and Influencer Spending"}
	}
	return report.Words{ID: "Laporan Pertanggungjawaban Belanja Media dan Influencer", EN: "Accountability Report on Media and Influencer Spending"}
}

func (wb *workbook) say(w report.Words) string { return w.In(wb.lang) }

// tell is for texts that are used once.
func (wb *workbook) tell(id, en string) string { return wb.say(report.Words{ID: id, EN: en}) }

// table is the name of a register's table: that of its sheet, without blanks.
func (wb *workbook) table(k report.Key) string { return strings.ReplaceAll(wb.say(k.Title()), " ", "") }

// footer is the left foot of every printed page.
func (wb *workbook) footer(sheet string) string {
	h := wb.doc.Heading
	return h.Government + " · " + h.AgencyName + " · " + sheet + " · " + wb.asOf()
}

// asOf is the moment of the snapshot on the office's clock.
func (wb *workbook) asOf() string {
	t := wb.doc.Heading.AsOf.In(wb.doc.Heading.Place)
	return wb.doc.Heading.Today().Format(string(wb.lang)) + " " + t.Format("15:04:05 MST")
}

// period is the fiscal year and the days that the report was narrowed to.
func (wb *workbook) period() string {
	h := wb.doc.Heading
	from, to := h.From.FormatLong(string(wb.lang)), h.To.FormatLong(string(wb.lang))
	if h.Kind == report.Trail && from == "" && to == "" && h.FiscalYear == 0 {
		return wb.tell("sejak jejak dimulai", "since the trail began")
	}
	switch {
	case from != "" && to != "":
		return from + " – " + to
	case from != "":
		return wb.tell("sejak ", "from ") + from
	case to != "":
		return wb.tell("sampai ", "until ") + to
	}
	return wb.tell("seluruh tahun anggaran", "the whole fiscal year")
}
