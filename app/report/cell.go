package report

import (
	"time"

	"tayang/app/money"
	"tayang/app/period"
)

// Type says what the cells of a column hold, and so how they are written.
type Type int

// The types of columns.
const (
	Identifier Type = iota // text that is never a number: codes, NPWP, account numbers
	Text                   // text of people
	Term                   // a word of the program's vocabulary, by code
	Money                  // smallest unit of the agency's currency
	Count                  // whole number
	Share                  // part of one, in millionths
	Day                    // days since 1970-01-01
	Moment                 // seconds since 1970-01-01 on the office's clock
	YearMonth              // a month, by its first day
)

// Cell is one value of a register; what Number means depends on the column's type. A cell that is not Set is empty.
type Cell struct {
	Text   string
	Number int64
	Set    bool
}

// None is the empty cell.
func None() Cell { return Cell{} }

func text(s string) Cell { return Cell{Text: s, Set: s != ""} }

func number(n int64) Cell { return Cell{Number: n, Set: true} }

func amount(a money.Amount) Cell { return number(int64(a)) }

func amountOf(a *money.Amount) Cell {
	if a == nil {
		return None()
	}
	return amount(*a)
}

func numberOf(n *int64) Cell {
	if n == nil {
		return None()
	}
	return number(*n)
}

func day(d period.Date) Cell {
	if d.IsZero() {
		return None()
	}
	return number(d.Time().Unix() / secondsPerDay)
}

func month(m period.Month) Cell { return day(m.Start()) }

const secondsPerDay = 24 * 60 * 60

// moment is the time on the office's wall clock.
func moment(t *time.Time, place *time.Location) Cell {
	if t == nil {
		return None()
	}
	_, offset := t.In(place).Zone()
	return number(t.Unix() + int64(offset))
}

func yes(b bool) Cell {
	if b {
		return text("yes")
	}
	return text("no")
}

func yesOf(b *bool) Cell {
	if b == nil {
		return None()
	}
	return yes(*b)
}

// million is the denominator of a Share.
const million = 1_000_000

// share is part ÷ whole in millionths, empty when there is no whole.
func share(part, whole money.Amount) Cell {
	n, err := money.MulDiv(part, million, int64(whole), money.HalfUp)
	if err != nil {
		return None()
	}
	return amount(n)
}
