package report

import (
	"iter"
	"slices"
)

// Key names a register, and with it its sheet and table.
type Key string

// The registers of the accountability report, in the order of their sheets.
const (
	Budget      Key = "budget"
	Agreements  Key = "agreements"
	Placements  Key = "placements"
	Influencers Key = "influencers"
	Payments    Key = "payments"
	Taxes       Key = "taxes"
	Vendors     Key = "vendors"
	Ledger      Key = "ledger"
	Overrides   Key = "overrides"
	Events      Key = "events" // the one register of the trail
)

// Column is one column of a register and its entry in the dictionary. A column without Source is there because
// offices expect it, while the program does not record its data yet: its cells are empty.
type Column struct {
	Key     string
	Type    Type
	Head    Words
	Meaning Words
	Source  string // table.field of the program's database, or how it is derived
}

// Title is the name of the register's sheet.
func (k Key) Title() Words { return registerTitles[string(k)] }

// Register is one table of a report. Rows may be read once; a row is valid until the next one is asked for.
type Register struct {
	Key     Key
	Columns []Column
	Rows    iter.Seq2[[]Cell, error]
}

// column is a Column with the way to its value in a row of type R.
type column[R any] struct {
	Column
	value func(*R) Cell
}

// of makes a column.
func of[R any](key string, t Type, head, meaning Words, source string, value func(*R) Cell) column[R] {
	return column[R]{Column{key, t, head, meaning, source}, value}
}

// unrecorded makes a column whose data the program does not record yet.
func unrecorded[R any](key string, t Type, head, meaning Words) column[R] {
	return of(key, t, head, meaning, "", func(*R) Cell { return None() })
}

// bind makes a register of typed rows; each row is numbered in the column "no" and counted in the tally.
func bind[R any](key Key, columns []column[R], rows iter.Seq2[R, error], t *tally) Register {
	plain := make([]Column, len(columns))
	for i, c := range columns {
		plain[i] = c.Column
	}
	return Register{Key: key, Columns: plain, Rows: func(yield func([]Cell, error) bool) {
		counts := t.of(key, plain)
		no := slices.IndexFunc(plain, func(c Column) bool { return c.Key == "no" })
		cells := make([]Cell, len(columns))
		n := int64(0)
		for row, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			for i, c := range columns {
				cells[i] = c.value(&row)
			}
			if n++; no >= 0 {
				cells[no] = number(n)
			}
			if err := counts.add(cells); err != nil {
				yield(nil, err)
				return
			}
			if !yield(cells, nil) {
				return
			}
		}
	}}
}

// rowNumber is the column "no" of every register.
func rowNumber[R any]() column[R] {
	return of("no", Count, Words{"No", "No"}, Words{"Nomor urut dalam lembar ini", "Running number in this sheet"}, "—",
		func(*R) Cell { return None() })
}
