package web

import (
	"strings"
	"time"

	"tayang/app/money"
	"tayang/app/period"
)

// cell is one value as it stands in a table or a list of facts.
type cell struct {
	Text   string
	Sub    string // a second line, fainter
	Href   string
	Class  string // "money", "num", "date", "code", "main"
	State  *state // a status in word, colour and icon
	Secret string // the whole identifier behind a masked one; empty for who may not see it
	Bar    *bar
}

type row struct {
	Href  string
	Cells []cell
	Check *box // what selecting the row sends
	Class string
}

// box is a checkbox.
type box struct {
	Name, Value string
	Label       string
	Checked     bool
}

type column struct {
	Label string
	Class string
	Sort  string // address that sorts by this column; empty when it cannot
	Order string // "ascending", "descending" or empty
}

type table struct {
	ID      string
	Caption string
	Columns []column
	Rows    []row
	Foot    []cell
	Empty   empty
	Checks  bool
}

// add puts a row at the end; a row with an address opens it.
func (t *table) add(href string, cells ...cell) {
	t.Rows = append(t.Rows, row{Href: href, Cells: cells})
}

// empty says what will be here and offers the one action.
type empty struct {
	Text   string
	Action *action
}

func text(s string) cell       { return cell{Text: s} }
func code(s string) cell       { return cell{Text: s, Class: "code"} }
func to(s, href string) cell   { return cell{Text: s, Href: href} }
func two(s, under string) cell { return cell{Text: s, Sub: under} }
func number(s, href, under string) cell {
	return cell{Text: s, Href: href, Sub: under, Class: "main"}
}

// money writes the whole amount, a dash for zero; the currency stands in the heading.
func (in reader) money(a money.Amount) cell {
	if a == 0 {
		return cell{Text: "–", Class: "money"}
	}
	return cell{Text: money.Format(a, in.Agency.Currency, in.Code()), Class: "money"}
}

// shown writes an amount that stands by itself: with its currency, a dash for zero.
func (in reader) shown(a money.Amount) string {
	if a == 0 {
		return "–"
	}
	return in.cash(a)
}

// cash writes an amount with its currency, for running text and figures.
func (in reader) cash(a money.Amount) string { return in.Money(a, in.Agency.Currency) }

// moneyLabel is a column's heading with the currency in it.
func (in reader) moneyLabel(key string) string {
	return in.T(key) + " (" + in.sign() + ")"
}

// sign is the currency as it stands before an amount.
func (in reader) sign() string {
	return strings.TrimSuffix(in.Money(0, in.Agency.Currency), money.Format(0, in.Agency.Currency, in.Code()))
}

func (in reader) count(n int64) cell { return cell{Text: in.Number(n), Class: "num"} }

// day writes a date as lists do, 23-11-2026.
func (in reader) day(d period.Date) cell {
	if d.IsZero() {
		return cell{Text: "–", Class: "date"}
	}
	return cell{Text: d.Short(), Class: "date"}
}

// date writes a date as records do, 23 Nov 2026.
func (in reader) date(d period.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.Format(in.Code())
}

// moment writes a time of the office's clock, for history only.
func (in reader) moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	local := t.In(in.Place)
	return period.DateOf(local, in.Place).Format(in.Code()) + " " + local.Format("15:04")
}

func (in reader) moments(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return in.moment(*t)
}

// status shows a state as word, colour and icon.
func (in reader) status(s string) cell {
	st := stateOf(s)
	return cell{Text: in.T("status." + s), State: &st}
}

// identifier writes a personal or bank number in groups of four with all but the last four masked; those who need it
// may open the whole.
func (in reader) identifier(s string, open bool) cell {
	if s == "" {
		return cell{Text: "–", Class: "code"}
	}
	c := cell{Text: masked(s), Class: "code"}
	if open {
		c.Secret = grouped(s)
	}
	return c
}

// grouped puts a blank after every four characters.
func grouped(s string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func masked(s string) string {
	runes := []rune(s)
	for i := range max(0, len(runes)-4) {
		runes[i] = '•'
	}
	return grouped(string(runes))
}

// yes writes a truth in a word.
func (in reader) yes(b bool) string {
	if b {
		return in.T("word.yes")
	}
	return in.T("word.no")
}
