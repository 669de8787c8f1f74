package money

import (
	"fmt"
	"strings"
)

// minusSign is the typographic minus, which has the width of a figure.
const minusSign = "\u2212"

// Format writes the amount for reading, without a currency: 1.234.567,89 when the language is "id", else
// 1,234,567.89, with all the decimals that the currency has.
func Format(a Amount, c Currency, language string) string {
	group, point := ",", "."
	if language == "id" {
		group, point = ".", ","
	}
	whole, decimals := parts(a, c)
	var b strings.Builder
	if a < 0 {
		b.WriteString(minusSign)
	}
	for i, figure := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(figure)
	}
	if decimals != "" {
		b.WriteString(point + decimals)
	}
	return b.String()
}

// FormatPlain writes the amount for machines: 1234567.89, with an ASCII minus.
func FormatPlain(a Amount, c Currency) string {
	whole, decimals := parts(a, c)
	if a < 0 {
		whole = "-" + whole
	}
	if decimals != "" {
		return whole + "." + decimals
	}
	return whole
}

// parts are the figures before and after the decimal point, without sign.
func parts(a Amount, c Currency) (whole, decimals string) {
	text := fmt.Sprintf("%0*d", c.Digits()+1, size(int64(a)))
	at := len(text) - c.Digits()
	return text[:at], text[at:]
}
