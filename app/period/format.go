package period

import (
	"fmt"
	"strconv"
	"time"
)

// MonthName is the short name of a month: in Indonesian for "id", else in English.
func MonthName(month time.Month, language string) string {
	id := [...]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}
	return name(month, language, id, month.String()[:3])
}

// MonthLongName is the full name of a month: in Indonesian for "id", else in English.
func MonthLongName(month time.Month, language string) string {
	id := [...]string{
		"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
		"Oktober", "November", "Desember",
	}
	return name(month, language, id, month.String())
}

func name(month time.Month, language string, id [12]string, en string) string {
	if month < time.January || month > time.December {
		return ""
	}
	if language == "id" {
		return id[month-1]
	}
	return en
}

// Format writes the date for reading, "23 Nov 2026" or "23 Des 2026"; empty for no date.
func (d Date) Format(language string) string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().Format(language)
}

// FormatLong writes the date as papers do, "23 November 2026"; empty for no date.
func (d Date) FormatLong(language string) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day(), MonthLongName(d.Month().Number(), language), d.Year())
}

// Short writes the date in figures as Indonesian offices do, "23-11-2026"; empty for no date.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02-01-2006")
}

// Format writes the month for reading, "Nov 2026"; empty for no month.
func (m Month) Format(language string) string {
	if m.IsZero() {
		return ""
	}
	return MonthName(m.Number(), language) + " " + strconv.Itoa(m.Year())
}
