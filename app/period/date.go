// Package period is the calendar of an office: civil dates without clock or zone, months, fiscal years and ranges.
// Moments (time.Time) and the current time do not belong here; DateOf is the only bridge from one to a date.
package period

import (
	"cmp"
	"time"

	"tayang/app/fault"
)

// Date is a day of the Gregorian calendar. Dates are comparable with ==; the zero Date means no date.
// The years 1 to 9999 exist.
type Date struct {
	year  int16
	month int8
	day   int8
}

const layout = "2006-01-02"

// NewDate makes a date, or gives the fault date_invalid when there is no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); y != year || m != month || d != day || civil(t).IsZero() {
		return Date{}, invalid()
	}
	return civil(t), nil
}

// ParseDate reads exactly the form 2026-11-23, or gives the fault date_invalid.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(layout, text)
	if err != nil || len(text) != len(layout) || t.Year() < 1 {
		return Date{}, invalid()
	}
	return civil(t), nil
}

// MustDate is ParseDate for dates written in code, such as the day when a law began; it panics on anything else.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic("period: no such date: " + text)
	}
	return d
}

// DateOf is the day on the wall calendar of the place at that moment; no date outside the years 1 to 9999.
func DateOf(t time.Time, place *time.Location) Date { return civil(t.In(place)) }

func invalid() error { return fault.New(fault.Invalid, "date_invalid") }

func civil(t time.Time) Date {
	year, month, day := t.Date()
	if year < 1 || year > 9999 {
		return Date{}
	}
	return Date{int16(year), int8(month), int8(day)} //nolint:gosec // of a valid time, bounded by its caller
}

// Time is midnight UTC of the date, for drivers and workbooks that want a time; the zero Date gives the zero time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year is the calendar year; 0 for no date.
func (d Date) Year() int { return int(d.year) }

// Month is the month that the date lies in.
func (d Date) Month() Month { return Month{d.year, d.month} }

// Day is the day of the month; 0 for no date.
func (d Date) Day() int { return int(d.day) }

// Compare is -1, 0 or +1 as d lies before, on or after e; no date lies before every date.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d lies after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays is the date that many days later, or earlier for a negative number; no date stays no date. A day beyond
// year 1 to 9999 is no date.
func (d Date) AddDays(days int) Date {
	if d.IsZero() {
		return Date{}
	}
	return civil(d.Time().AddDate(0, 0, days))
}

// Sub is the number of days from e to d; both must be dates.
func (d Date) Sub(e Date) int {
	const secondsPerDay = 24 * 60 * 60
	return int((d.Time().Unix() - e.Time().Unix()) / secondsPerDay) // a time.Duration ends at 292 years
}

// String is the form 2026-11-23, empty for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(layout)
}
