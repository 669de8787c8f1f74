package period

import (
	"fmt"
	"time"
)

// Month is a month of one year, comparable with ==; the zero Month means none.
type Month struct {
	year  int16
	month int8
}

// NewMonth makes a month, or gives the fault date_invalid.
func NewMonth(year int, month time.Month) (Month, error) {
	d, err := NewDate(year, month, 1)
	return d.Month(), err
}

// ParseMonth reads exactly the form 2026-11, or gives the fault date_invalid.
func ParseMonth(text string) (Month, error) {
	d, err := ParseDate(text + "-01")
	return d.Month(), err
}

// IsZero reports whether there is no month.
func (m Month) IsZero() bool { return m == Month{} }

// Year is the calendar year.
func (m Month) Year() int { return int(m.year) }

// Number is the month of the year, 1 to 12; 0 for no month.
func (m Month) Number() time.Month { return time.Month(m.month) }

// Start is the first day.
func (m Month) Start() Date {
	if m.IsZero() {
		return Date{}
	}
	return Date{m.year, m.month, 1}
}

// End is the last day.
func (m Month) End() Date {
	if m.IsZero() {
		return Date{}
	}
	return civil(time.Date(m.Year(), m.Number()+1, 0, 0, 0, 0, 0, time.UTC))
}

// Range is all days of the month.
func (m Month) Range() Range { return Range{m.Start(), m.End()} }

// Next is the month after.
func (m Month) Next() Month { return m.End().AddDays(1).Month() }

// String is the form 2026-11, empty for no month.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.year, m.month)
}

// FiscalYear is a budget year, 1 January to 31 December (Law 17/2003 article 4).
type FiscalYear int

// Start is 1 January; no date outside the years 1 to 9999.
func (y FiscalYear) Start() Date {
	return civil(time.Date(int(y), time.January, 1, 0, 0, 0, 0, time.UTC))
}

// End is 31 December; no date outside the years 1 to 9999.
func (y FiscalYear) End() Date {
	return civil(time.Date(int(y), time.December, 31, 0, 0, 0, 0, time.UTC))
}

// Contains reports whether the date lies in the year.
func (y FiscalYear) Contains(d Date) bool { return d.Year() == int(y) && !d.IsZero() }

// Range is all days of the year.
func (y FiscalYear) Range() Range { return Range{y.Start(), y.End()} }

// Months are the twelve months in order.
func (y FiscalYear) Months() []Month {
	months := make([]Month, 12)
	for i := range months {
		months[i] = civil(time.Date(int(y), time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)).Month()
	}
	return months
}

// Range is the days from From to To, both included; a zero end is open.
type Range struct {
	From Date
	To   Date
}

// Contains reports whether the date lies in the range; no date lies in none.
func (r Range) Contains(d Date) bool {
	return !d.IsZero() && !d.Before(r.From) && (r.To.IsZero() || !d.After(r.To))
}

// Valid reports whether the range does not end before it begins.
func (r Range) Valid() bool { return r.To.IsZero() || !r.To.Before(r.From) }

// Overlaps reports whether some day lies in both ranges.
func (r Range) Overlaps(s Range) bool {
	return (r.To.IsZero() || !s.From.After(r.To)) && (s.To.IsZero() || !r.From.After(s.To))
}

// Days is the number of days, both ends included; 0 when an end is open or the range is not valid.
func (r Range) Days() int {
	if r.From.IsZero() || r.To.IsZero() || !r.Valid() {
		return 0
	}
	return r.To.Sub(r.From) + 1
}
