package trail

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/period"
)

// Teller says events in one language, in the currency and on the clock of one agency.
type Teller struct {
	*lang.Lang
	Currency money.Currency
	Place    *time.Location
	Names    Names
	Texts    map[string]string // texts that were looked up, to be kept for the next event; nil keeps none
}

// find gives the text of the first key that has one; "" when none has.
func (t Teller) find(keys ...string) string {
	for _, key := range keys {
		text, looked := t.Texts[key]
		if !looked {
			if t.Has(key) {
				text = t.T(key)
			}
			if t.Texts != nil {
				t.Texts[key] = text
			}
		}
		if text != "" {
			return text
		}
	}
	return ""
}

// value writes one value for people; nothing is "".
func (t Teller) value(c column, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		return t.yes(v)
	case string:
		return t.text(c, v)
	case json.Number:
		return t.number(c, v)
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, t.value(c, x))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return t.object(v)
	}
	return ""
}

func (t Teller) yes(b bool) string {
	if b {
		return t.find("word.yes")
	}
	return t.find("word.no")
}

func (t Teller) text(c column, s string) string {
	switch c.form {
	case secret:
		return unseen
	case masked4:
		return grouped(Mask(s))
	case term:
		return t.word(c.of, s)
	case ref:
		return t.named(s)
	case digest:
		return s[:min(len(s), digestShown)]
	case day:
		if d, err := period.ParseDate(s); err == nil {
			return d.Format(t.Code())
		}
	case month:
		if d, err := period.ParseDate(s); err == nil {
			return d.Month().Format(t.Code())
		}
	case moment:
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return t.Moment(at)
		}
	case plain, hidden, cash, count, year, truth, rate:
	}
	return s
}

// digestShown is how much of a fingerprint tells one file from another to the eye.
const digestShown = 12

// word is a code in words, those of the pages first; one without words is its own.
func (t Teller) word(prefix, code string) string {
	if code == "" {
		return ""
	}
	if text := t.find(prefix+"."+code, "trail."+prefix+"."+code); text != "" {
		return text
	}
	return code
}

// Worded reports whether a code of the column has words; one of a column that holds no codes needs none.
func (t Teller) Worded(tableName, columnName, code string) bool {
	c, _ := tables()[tableName].column(columnName)
	return c.form != term || t.Has(c.of+"."+code) || t.Has("trail."+c.of+"."+code)
}

// named is what the record of that id is called, or as much of the id as tells it from others.
func (t Teller) named(id string) string {
	if n, ok := t.Names[id]; ok {
		return n.Text
	}
	return short(id)
}

func short(id string) string {
	if i := strings.LastIndexByte(id, '-'); i >= 0 {
		return "…" + id[i+1:]
	}
	return id
}

func (t Teller) number(c column, n json.Number) string {
	whole, err := n.Int64()
	switch {
	case c.form == rate:
		return t.percent(n.String())
	case err != nil:
		return t.decimal(n.String())
	case c.form == cash:
		return t.Money(money.Amount(whole), t.Currency)
	case c.form == year:
		return n.String()
	}
	return t.Number(whole)
}

// decimal writes a decimal number as the language does, without zeros at its end.
func (t Teller) decimal(text string) string {
	whole, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return text
	}
	if fraction == "" {
		return t.Number(n)
	}
	point := ","
	if t.Code() == lang.EN {
		point = "."
	}
	return t.Number(n) + point + fraction
}

// percent writes a part of one: 0.020000 is 2%.
func (t Teller) percent(text string) string {
	whole, fraction, _ := strings.Cut(text, ".")
	fraction += "00"
	return t.decimal(whole+fraction[:2]+"."+fraction[2:]) + "%"
}

// object writes a JSON value by its keys in order, each under its label.
func (t Teller) object(v map[string]any) string {
	var keys []string
	for k := range v {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var parts []string
	for _, k := range keys {
		c := shared()[k]
		if c.form == hidden {
			continue
		}
		if text := t.value(c, v[k]); text != "" {
			parts = append(parts, t.label("", k)+": "+text)
		}
	}
	return strings.Join(parts, "; ")
}

// Moment writes a time of the office's clock.
func (t Teller) Moment(at time.Time) string {
	return period.DateOf(at, t.Place).Format(t.Code()) + " " + at.In(t.Place).Format("15:04:05")
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
