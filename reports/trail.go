package reports

import (
	"context"
	"io"
	"strconv"

	"tayang/app/report"
)

// WriteTrail writes the register of the trail onto w: the events, provenance with the checks, and the dictionary.
func (Writer) WriteTrail(ctx context.Context, doc *report.Document, w io.Writer) error {
	wb, err := begin(doc, w)
	if err != nil {
		return err
	}
	for _, r := range doc.Registers {
		if _, err := wb.register(ctx, r); err != nil {
			return err
		}
	}
	if err := wb.provenance(); err != nil {
		return err
	}
	if err := wb.dictionary(); err != nil {
		return err
	}
	return wb.Close()
}

// trailFacts say which part of the trail the workbook holds, and how far the trail went.
func (wb *workbook) trailFacts() []fact {
	h := wb.doc.Heading
	year, seq := "–", "–"
	if h.FiscalYear > 0 {
		year = strconv.Itoa(h.FiscalYear)
	}
	if h.TrailSeq > 0 {
		seq = strconv.FormatInt(h.TrailSeq, 10)
	}
	all := func(s string) string {
		if s == "" {
			return wb.tell("semua", "all")
		}
		return s
	}
	return []fact{
		{report.Words{ID: "Jenis laporan", EN: "Report"}, string(h.Kind)},
		{report.Words{ID: "Pemerintah", EN: "Government"}, h.Government},
		{report.Words{ID: "Perangkat daerah", EN: "Agency"}, h.AgencyCode + " · " + h.AgencyName},
		{report.Words{ID: "Saringan: tahun anggaran", EN: "Filter: fiscal year"}, year},
		{report.Words{ID: "Saringan: periode", EN: "Filter: period"}, wb.period()},
		{report.Words{ID: "Saringan: catatan", EN: "Filter: record"}, all(h.Record)},
		{report.Words{ID: "Saringan: orang", EN: "Filter: person"}, all(h.Person)},
		{report.Words{ID: "Bahasa", EN: "Language"}, string(h.Language)},
		{report.Words{ID: "Keadaan data (jam kantor)", EN: "Data as of (office time)"}, wb.asOf()},
		{report.Words{ID: "Keadaan data (UTC)", EN: "Data as of (UTC)"}, h.AsOf.UTC().Format("2006-01-02T15:04:05.000000Z")},
		{report.Words{ID: "Peristiwa terakhir dalam jejak", EN: "Last event of the trail"}, seq},
		{report.Words{ID: "Dibuat untuk", EN: "Made for"}, wb.doc.MadeFor},
		{report.Words{ID: "Program", EN: "Program"}, "Tayang " + wb.doc.Program},
	}
}

// counts reports whether a population's control total counts instead of adding up money.
func (wb *workbook) counts(p report.Population) bool {
	for _, r := range wb.doc.Registers {
		for _, c := range r.Columns {
			if r.Key == p.Register && c.Key == p.Column {
				return c.Type == report.Count
			}
		}
	}
	return false
}
