// Package lang is the program's two languages: Indonesian, which is the default, and English. Here belong every text
// that people read, and how numbers and faults are written in each language. Dates and amounts are written by period
// and money; what is said when and where is decided by the pages, the API and the workbooks.
package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"tayang/app/money"
	"tayang/app/period"
)

// The languages of the program.
const (
	ID = "id" // Indonesian, the default
	EN = "en" // English
)

//go:embed id.json en.json
var files embed.FS

// Lang writes texts in one language. It is immutable and may be shared.
type Lang struct {
	code      string
	localizer *i18n.Localizer
}

// languages parses the message files once; they are part of the binary, so a file that cannot be read is a fault
// of the build and stops the program.
var languages = sync.OnceValue(func() map[string]*Lang {
	bundle := i18n.NewBundle(language.Indonesian)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	out := map[string]*Lang{}
	for _, code := range []string{ID, EN} {
		if _, err := bundle.LoadMessageFileFS(files, code+".json"); err != nil {
			panic(fmt.Errorf("message file %s.json: %w", code, err))
		}
		out[code] = &Lang{code: code, localizer: i18n.NewLocalizer(bundle, code)}
	}
	return out
})

// For gives the language of that code; an unknown code gives Indonesian.
func For(code string) *Lang {
	if l, ok := languages()[code]; ok {
		return l
	}
	return languages()[ID]
}

// Accept gives the best language for an Accept-Language header.
func Accept(header string) *Lang {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return For(ID)
	}
	_, i, _ := language.NewMatcher([]language.Tag{language.Indonesian, language.English}).Match(tags...)
	return For([]string{ID, EN}[i])
}

// Code is "id" or "en".
func (l *Lang) Code() string { return l.code }

// T gives the text of a key. args are names and values in turn; whole numbers are written with thousands, and the
// one named "n" chooses the plural. A key without text gives the key in brackets, which the tests look for.
func (l *Lang) T(key string, args ...any) string {
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	return l.text(key, data)
}

// Has reports whether the key has a text.
func (l *Lang) Has(key string) bool {
	_, err := l.localizer.Localize(&i18n.LocalizeConfig{MessageID: key})
	return err == nil
}

func (l *Lang) text(key string, data map[string]any) string {
	shown := make(map[string]any, len(data))
	for name, value := range data {
		if shown[name] = l.show(value); strings.HasSuffix(name, "year") {
			shown[name] = fmt.Sprint(value)
		}
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: shown}
	if n, ok := whole(data["n"]); ok {
		config.PluralCount = n
	}
	text, err := l.localizer.Localize(config)
	if err != nil && config.PluralCount != nil { // a text that is the same for one and many
		config.PluralCount = nil
		text, err = l.localizer.Localize(config)
	}
	if err != nil {
		return "⟦" + key + "⟧"
	}
	return text
}

// show writes whole numbers and dates as the language does, lists with commas, and leaves everything else alone.
func (l *Lang) show(value any) any {
	if n, ok := whole(value); ok {
		return l.Number(n)
	}
	if d, ok := value.(period.Date); ok {
		return d.Format(l.code)
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.Slice {
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = fmt.Sprint(l.show(v.Index(i).Interface()))
		}
		return strings.Join(parts, ", ")
	}
	return value
}

func whole(value any) (int64, bool) {
	switch v := value.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	}
	return 0, false
}

// Number writes a whole number with the thousands mark of the language and a true minus: 1.234.567 or 1,234,567.
func (l *Lang) Number(n int64) string {
	digits, mark := strconv.FormatInt(n, 10), "."
	if l.code == EN {
		mark = ","
	}
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return sign + digits
}

// Money writes an amount with its currency: Rp1.234.567, €1,234.56.
func (l *Lang) Money(a money.Amount, c money.Currency) string {
	text := money.Format(a, c, l.code)
	if number, negative := strings.CutPrefix(text, "−"); negative {
		return "−" + symbol(c) + number
	}
	return symbol(c) + text
}

func symbol(c money.Currency) string {
	switch c {
	case money.IDR:
		return "Rp"
	case money.MXN:
		return "MX$"
	case money.EUR:
		return "€"
	case money.USD:
		return "US$"
	}
	return string(c) + " "
}
