package report

import (
	"fmt"
	"slices"

	"tayang/app/money"
)

// Match keeps the rows whose column holds the value, as a code.
type Match struct{ Column, Value string }

// Measure is a figure that is read off a register: the sum of a column, or the number of rows when Column is "",
// over the rows that match. The workbook computes it by formula, this program while the rows go by.
type Measure struct {
	Register Key
	Column   string
	Where    []Match

	total   money.Amount
	column  int
	columns []int
}

// Total is the figure over all rows that went by.
func (m *Measure) Total() money.Amount { return m.total }

// resolve finds the measure's columns among the register's.
func (m *Measure) resolve(columns []Column) error {
	find := func(key string) (int, error) {
		i := slices.IndexFunc(columns, func(c Column) bool { return c.Key == key })
		if i < 0 {
			return 0, fmt.Errorf("register %s has no column %s", m.Register, key)
		}
		return i, nil
	}
	m.columns = m.columns[:0]
	for _, w := range m.Where {
		i, err := find(w.Column)
		if err != nil {
			return err
		}
		m.columns = append(m.columns, i)
	}
	if m.Column == "" {
		return nil
	}
	var err error
	m.column, err = find(m.Column)
	return err
}

func (m *Measure) add(cells []Cell) (err error) {
	for i, w := range m.Where {
		if cells[m.columns[i]].Text != w.Value {
			return nil
		}
	}
	step := money.Amount(1)
	if m.Column != "" {
		step = money.Amount(cells[m.column].Number)
	}
	m.total, err = m.total.Add(step)
	return err
}

// Part is a measure that is added, or taken away.
type Part struct {
	*Measure
	Minus bool
}

// Sum is what parts come to.
type Sum []Part

// Total is the sum over all rows that went by.
func (s Sum) Total() (total money.Amount) {
	for _, p := range s {
		if p.Minus {
			total -= p.total
		} else {
			total += p.total
		}
	}
	return total
}

// Control is one line of the summary: a figure that the sheets give, held against the program's own figure, or,
// when Against is there, against another sheet.
type Control struct {
	Label   Words
	Type    Type // Money or Count
	Sheet   Sum
	Program money.Amount
	Against Sum
}

// Other is the figure that the sheet's must equal.
func (c Control) Other() money.Amount {
	if c.Against != nil {
		return c.Against.Total()
	}
	return c.Program
}

// Agrees reports whether both figures are the same, once all rows went by.
func (c Control) Agrees() bool { return c.Sheet.Total() == c.Other() }

// Section is a group of controls under one heading.
type Section struct {
	Title    Words
	Controls []Control
}

// tally follows the rows of all registers as they go by: measures are added up, and seen hears of every row.
type tally struct {
	measures []*Measure
	seen     func()
}

// counts are the measures of one register.
type counts struct {
	measures []*Measure
	seen     func()
	err      error
}

// of resolves the measures of a register. A measure of a column that is not there shows as the error of the first
// row, or never when there are no rows; the tests hold every measure against its columns.
func (t *tally) of(key Key, columns []Column) counts {
	c := counts{seen: t.seen}
	for _, m := range t.measures {
		if m.Register == key {
			c.measures = append(c.measures, m)
			if err := m.resolve(columns); err != nil {
				c.err = err
			}
		}
	}
	return c
}

func (c counts) add(cells []Cell) error {
	if c.err != nil {
		return c.err
	}
	for _, m := range c.measures {
		if err := m.add(cells); err != nil {
			return err
		}
	}
	if c.seen != nil {
		c.seen()
	}
	return nil
}

// follow makes the tally of all measures behind the controls and the populations.
func follow(sections []Section, populations []Population, seen func()) *tally {
	t := &tally{seen: seen}
	for _, s := range sections {
		for _, c := range s.Controls {
			for _, p := range slices.Concat(c.Sheet, c.Against) {
				t.measures = append(t.measures, p.Measure)
			}
		}
	}
	for _, p := range populations {
		t.measures = append(t.measures, p.Rows, p.Sum)
	}
	return t
}
