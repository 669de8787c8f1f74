package read

import (
	"encoding/xml"
	"strconv"
	"strings"

	"tayang/app/price"
)

// cursor is where in a sheet the reader is.
type cursor struct {
	shared []string
	out    *rows
	row    int // of the row at hand, from 1
	cells  []price.Cell
	next   int // column of a cell that does not say its own
	column int
	kind   string // of the cell at hand
	text   strings.Builder
	value  bool // inside the cell's value
	spoken bool
	made   bool // by a formula
}

// sheet reads the cells of a worksheet.
func (a *archive) sheet(part string, shared []string, out *rows) error {
	c := cursor{shared: shared, out: out}
	return a.each(part, func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			c.open(e)
		case xml.CharData:
			if c.value && !c.spoken && c.text.Len() < cellMax {
				c.text.Write(e)
			}
		case xml.EndElement:
			return c.close(e.Name.Local)
		}
		return nil
	})
}

func (c *cursor) open(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		c.row++
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n >= c.row {
			c.row = n
		}
		c.cells, c.next = nil, 0
	case "c":
		c.kind, c.made, c.column = attribute(e, "t"), false, c.next
		if n, ok := columnOf(attribute(e, "r")); ok {
			c.column = n
		}
		c.next = c.column + 1
		c.text.Reset()
	case "f":
		c.made = true
	case "v", "t":
		c.value = true
	case "rPh":
		c.spoken = true
	}
}

func (c *cursor) close(name string) error {
	switch name {
	case "v", "t":
		c.value = false
	case "rPh":
		c.spoken = false
	case "c":
		c.put()
	case "row":
		return c.out.add(c.row, c.cells)
	}
	return nil
}

// put keeps the cell at hand in its column.
func (c *cursor) put() {
	if c.column >= columnsMax {
		return
	}
	for len(c.cells) <= c.column {
		c.cells = append(c.cells, price.Cell{})
	}
	if c.made {
		c.cells[c.column] = price.Cell{Formula: true}
		return
	}
	text := cut(c.text.String())
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 || n >= len(c.shared) {
			text = ""
		} else {
			text = c.shared[n]
		}
	case "", "n":
		if text = strings.TrimSpace(text); text != "" {
			c.cells[c.column] = price.Cell{Text: text, Number: true}
		}
		return
	case "b", "e":
		text = ""
	}
	c.cells[c.column] = price.Cell{Text: text}
}

// columnOf reads the column of an address such as AB12, from 0.
func columnOf(address string) (column int, ok bool) {
	for _, r := range address {
		if r < 'A' || r > 'Z' {
			break
		}
		if column = column*26 + int(r-'A') + 1; column > 1<<15 {
			return 1 << 15, true
		}
	}
	return column - 1, column > 0
}
