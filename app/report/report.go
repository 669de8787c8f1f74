// Package report says what the program's reports contain: which registers with which columns, what their totals must
// be, and how a run of a report goes from request to file. It holds no SQL (db reads the rows) and no cells, styles
// or formulas (reports lays them out); both do what the ports here ask.
package report

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Kind names a report.
type Kind string

// Accountability is the whole chain of one agency and year, from budget to tax deposit, for an auditor.
const Accountability Kind = "accountability"

// Kinds is the catalogue of reports.
func Kinds() []Kind { return []Kind{Accountability} }

// Language is the language of headings, states and explanations in a workbook.
type Language string

// The languages. Indonesian is the default.
const (
	Indonesian Language = "id"
	English    Language = "en"
)

// Words is a text in both languages.
type Words struct{ ID, EN string }

// In gives the text in the language.
func (w Words) In(l Language) string {
	if l == English {
		return w.EN
	}
	return w.ID
}

// Request says what a report is about: an agency's fiscal year, narrowed to the days From to To when they are given.
// A zero From or To is open, so that a whole year also holds what was published or paid outside its calendar days.
type Request struct {
	Kind       Kind        `json:"kind" db:"kind"`
	AgencyID   uuid.UUID   `json:"agency_id" db:"agency_id"`
	FiscalYear int         `json:"fiscal_year" db:"fiscal_year"`
	From       period.Date `json:"from" db:"from_date"`
	To         period.Date `json:"to" db:"to_date"`
	Language   Language    `json:"language" db:"language"`
}

// years that budgets may be kept for, as the database has them.
const (
	yearMin = 2000
	yearMax = 2200
)

// Check gives an Invalid fault that names every wrong field: an unknown kind or language, a year out of range, days
// outside the year or out of order.
func (r Request) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", r.Kind, Kinds()...)
	fault.Choice(&wrong, "/language", r.Language, Indonesian, English)
	wrong.Within("/fiscal_year", int64(r.FiscalYear), yearMin, yearMax)
	r.within(&wrong, "/from", r.From)
	r.within(&wrong, "/to", r.To)
	if !r.From.IsZero() && !(period.Range{From: r.From, To: r.To}).Valid() {
		wrong.Add("/to", "before_start")
	}
	return wrong.Err()
}

// within notes a day outside the fiscal year.
func (r Request) within(wrong *fault.Fields, pointer string, day period.Date) {
	if !day.IsZero() && !period.FiscalYear(r.FiscalYear).Contains(day) {
		wrong.AddWith(pointer, "outside_fiscal_year", fault.Args{"fiscal_year": r.FiscalYear})
	}
}

// Heading is what a report says about itself before any row: whose it is, and when and of which ledger it was taken.
type Heading struct {
	Request
	Government string
	AgencyCode string
	AgencyName string
	Currency   money.Currency
	Place      *time.Location // the office's time zone
	AsOf       time.Time      // the moment of the snapshot
	LedgerSeq  int64          // last entry of the agency's ledger in the snapshot, 0 when there is none
}

// Today is the office's date at the moment of the snapshot.
func (h Heading) Today() period.Date { return period.DateOf(h.AsOf, h.Place) }

// LastMonth is the month that "this month" means in the report: that of To, else the month of the snapshot, held
// inside the fiscal year.
func (h Heading) LastMonth() period.Month {
	year, last := period.FiscalYear(h.FiscalYear), h.To
	if last.IsZero() {
		last = h.Today()
	}
	switch {
	case last.Before(year.Start()):
		last = year.Start()
	case last.After(year.End()):
		last = year.End()
	}
	return last.Month()
}
