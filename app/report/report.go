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

// The reports: the whole chain of one agency and year, from budget to tax deposit; and every change of a row, from its old
// values to its new ones. Both are for auditors.
const (
	Accountability Kind = "accountability"
	Trail          Kind = "trail"
)

// Kinds is the catalogue of reports.
func Kinds() []Kind { return []Kind{Accountability, Trail} }

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
// A zero From or To is open, so that a whole year also holds what was published or paid outside its calendar days. A
// register of the trail may be about no fiscal year (0), and about one record with what belongs to it or one person's deeds.
type Request struct {
	Kind       Kind        `json:"kind" db:"kind"`
	AgencyID   uuid.UUID   `json:"agency_id" db:"agency_id"`
	FiscalYear int         `json:"fiscal_year" db:"fiscal_year"`
	From       period.Date `json:"from" db:"from_date"`
	To         period.Date `json:"to" db:"to_date"`
	Language   Language    `json:"language" db:"language"`
	Record     string      `json:"record" db:"record" doc:"id of the record that a register of the trail is about, or empty"`
	Person     string      `json:"person" db:"person" doc:"e-mail address of whose deeds a register of the trail is about, or empty"`
}

// Span are the days whose events a register of the trail holds: those of its fiscal year where none are given.
func (r Request) Span() (from, to period.Date) {
	from, to = r.From, r.To
	if r.FiscalYear != 0 && from.IsZero() {
		from = period.FiscalYear(r.FiscalYear).Start()
	}
	if r.FiscalYear != 0 && to.IsZero() {
		to = period.FiscalYear(r.FiscalYear).End()
	}
	return from, to
}

// years that budgets may be kept for, as the database has them.
const (
	yearMin = 2000
	yearMax = 2200
	textMax = 200 // characters of a record's id or a person's address
)

// Check gives an Invalid fault that names every wrong field: an unknown kind or language, a year out of range, days
// outside the year or out of order, a record or person in a report that is not about any.
func (r Request) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", r.Kind, Kinds()...)
	fault.Choice(&wrong, "/language", r.Language, Indonesian, English)
	if !r.ofNoYear() {
		wrong.Within("/fiscal_year", int64(r.FiscalYear), yearMin, yearMax)
	}
	for pointer, value := range map[string]string{"/record": r.Record, "/person": r.Person} {
		if wrong.Text(pointer, value, false, textMax); r.Kind != Trail && value != "" {
			wrong.Add(pointer, "only_trail")
		}
	}
	r.within(&wrong, "/from", r.From)
	r.within(&wrong, "/to", r.To)
	if !r.From.IsZero() && !(period.Range{From: r.From, To: r.To}).Valid() {
		wrong.Add("/to", "before_start")
	}
	return wrong.Err()
}

// ofNoYear reports whether the report is about no fiscal year, as a register of the trail may be.
func (r Request) ofNoYear() bool { return r.Kind == Trail && r.FiscalYear == 0 }

// within notes a day outside the fiscal year.
func (r Request) within(wrong *fault.Fields, pointer string, day period.Date) {
	if !r.ofNoYear() && !day.IsZero() && !period.FiscalYear(r.FiscalYear).Contains(day) {
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
	TrailSeq   int64          // last event of the government's trail in the snapshot, 0 when there is none
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
