package money

import (
	"strconv"
	"strings"

	"tayang/app/fault"
)

// longest is the most characters that a person's amount can have, with groups, decimals, sign and "Rp".
const longest = 40

// Parse reads an amount as people type or paste it, and refuses what can be read in two ways.
//
// It takes plain figures (1234567 or 1234567.89), Indonesian (1.234.567,89) and English groups (1,234,567.89), a
// leading minus, and for the rupiah a leading "Rp" and decimals of nothing (",00" or ",-"). A single separator
// before three figures groups thousands in rupiah, which have no decimals; in other currencies it is refused.
//
// The faults are amount_unreadable, amount_ambiguous, amount_fraction (more decimals than the currency has; Args
// "digits") and amount_overflow.
func Parse(text string, c Currency) (Amount, error) {
	if len(text) > longest {
		return 0, unreadable()
	}
	rest, negative := cutSign(strings.TrimSpace(text))
	if c == IDR {
		rest = cutRupiah(rest)
	}
	whole, decimals, err := split(rest, c)
	if err != nil {
		return 0, err
	}
	if decimals, err = fit(decimals, c); err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(whole+decimals, 10, 64)
	if err != nil {
		return 0, overflow()
	}
	return signed(negative, n)
}

func unreadable() error { return fault.New(fault.Invalid, "amount_unreadable") }

func cutSign(text string) (rest string, negative bool) {
	for _, minus := range []string{"-", minusSign} {
		if rest, negative = strings.CutPrefix(text, minus); negative {
			return rest, true
		}
	}
	return text, false
}

// cutRupiah takes off what people write around rupiah: "Rp" or "Rp." in front, ",-" behind.
func cutRupiah(text string) string {
	if rest, found := strings.CutPrefix(text, "Rp"); found {
		text = strings.TrimSpace(strings.TrimPrefix(rest, "."))
	}
	return strings.TrimSuffix(text, ",-")
}

// split parts the text into the figures before and after the decimal separator, both without separators.
func split(text string, c Currency) (whole, decimals string, err error) {
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		return grouped(text, "")
	}
	separator, tail := text[last:last+1], text[last+1:]
	other := "."
	if separator == "." {
		other = ","
	}
	switch {
	case strings.Count(text, separator) > 1:
		return grouped(text, separator)
	case strings.Contains(text, other):
		whole, _, err = grouped(text[:last], other)
	case len(tail) == 3 && c.Digits() == 0:
		return grouped(text, separator)
	case len(tail) == 3:
		return "", "", fault.New(fault.Invalid, "amount_ambiguous")
	default:
		whole, _, err = grouped(text[:last], "")
	}
	if err == nil && !figures(tail) {
		err = unreadable()
	}
	return whole, tail, err
}

// grouped reads a whole number whose thousands are set apart by the separator, or not at all when it is empty.
// Figures with a leading zero are no amount; they may be an account number.
func grouped(text, separator string) (whole, decimals string, err error) {
	groups := []string{text}
	if separator != "" {
		groups = strings.Split(text, separator)
	}
	for i, g := range groups {
		if !figures(g) || i > 0 && len(g) != 3 || i == 0 && separator != "" && len(g) > 3 {
			return "", "", unreadable()
		}
	}
	whole = strings.Join(groups, "")
	if len(whole) > 1 && whole[0] == '0' {
		return "", "", unreadable()
	}
	return whole, "", nil
}

// fit brings the decimals to the currency's digits; only a currency without decimals may have zeros too many.
func fit(decimals string, c Currency) (string, error) {
	if c.Digits() == 0 && (decimals == "0" || decimals == "00") {
		return "", nil
	}
	if len(decimals) > c.Digits() {
		return "", fault.With(fault.Invalid, "amount_fraction", fault.Args{"digits": c.Digits()})
	}
	return decimals + strings.Repeat("0", c.Digits()-len(decimals)), nil
}

func figures(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
