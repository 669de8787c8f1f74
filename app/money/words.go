package money

import "strings"

// InWords spells the amount out with its currency, as receipts do ("terbilang"): "seribu lima ratus rupiah" when
// the language is "id", else "one thousand five hundred rupiah". Cents follow when there are any.
func InWords(a Amount, c Currency, language string) string {
	number, join := english, " and "
	if language == "id" {
		number, join = indonesian, " "
	}
	n, cents := size(int64(a)), uint64(0)
	if c.Digits() == 2 {
		n, cents = n/100, n%100
	}
	main, small := unitNames(c, language)
	text := number(n) + " " + plural(main, n)
	if cents > 0 {
		text += join + number(cents) + " " + plural(small, cents)
	}
	if a < 0 {
		return "minus " + text
	}
	return text
}

// unitNames are the names of the currency and of its hundredth, each for one and for many.
func unitNames(c Currency, language string) (main, small [2]string) {
	if language == "id" {
		names := map[Currency]string{IDR: "rupiah", MXN: "peso Meksiko", EUR: "euro", USD: "dolar Amerika Serikat"}
		return [2]string{names[c], names[c]}, [2]string{"sen", "sen"}
	}
	switch c {
	case MXN:
		return [2]string{"Mexican peso", "Mexican pesos"}, [2]string{"centavo", "centavos"}
	case EUR:
		return [2]string{"euro", "euros"}, [2]string{"cent", "cents"}
	case USD:
		return [2]string{"US dollar", "US dollars"}, [2]string{"cent", "cents"}
	case IDR:
		return [2]string{"rupiah", "rupiah"}, [2]string{"sen", "sen"}
	}
	return [2]string{string(c), string(c)}, [2]string{"cent", "cents"}
}

func plural(names [2]string, n uint64) string {
	if n == 1 {
		return names[0]
	}
	return names[1]
}

// byThousands spells n in groups of three figures, each followed by the name of its scale.
func byThousands(n uint64, scales []string, group func(n uint64, scale string) string) string {
	var words []string
	for i := len(scales) - 1; i >= 0; i-- {
		power := uint64(1)
		for range i {
			power *= 1000
		}
		if g := n / power % 1000; g > 0 {
			words = append(words, group(g, scales[i]))
		}
	}
	return strings.Join(words, " ")
}

func indonesian(n uint64) string {
	if n == 0 {
		return "nol"
	}
	scales := []string{"", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"}
	return byThousands(n, scales, func(g uint64, scale string) string {
		if g == 1 && scale == "ribu" {
			return "seribu"
		}
		return strings.TrimSpace(hundredsID(g) + " " + scale)
	})
}

// hundredsID spells 1 to 999; 11 to 19 end in belas, and one ten, hundred or belas takes se-.
func hundredsID(n uint64) string {
	ones := [...]string{"", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"}
	var words []string
	switch h := n / 100; {
	case h == 1:
		words = append(words, "seratus")
	case h > 1:
		words = append(words, ones[h], "ratus")
	}
	switch rest := n % 100; {
	case rest == 10:
		words = append(words, "sepuluh")
	case rest == 11:
		words = append(words, "sebelas")
	case rest > 11 && rest < 20:
		words = append(words, ones[rest-10], "belas")
	default:
		if rest > 19 {
			words = append(words, ones[rest/10], "puluh")
		}
		if rest%10 > 0 {
			words = append(words, ones[rest%10])
		}
	}
	return strings.Join(words, " ")
}

func english(n uint64) string {
	if n == 0 {
		return "zero"
	}
	scales := []string{"", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"}
	return byThousands(n, scales, func(g uint64, scale string) string {
		return strings.TrimSpace(hundredsEN(g) + " " + scale)
	})
}

// hundredsEN spells 1 to 999, with a hyphen between tens and ones.
func hundredsEN(n uint64) string {
	ones := [...]string{
		"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
		"twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	}
	tens := [...]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	var words []string
	if n >= 100 {
		words = append(words, ones[n/100], "hundred")
	}
	switch rest := n % 100; {
	case rest == 0:
	case rest < 20:
		words = append(words, ones[rest])
	case rest%10 == 0:
		words = append(words, tens[rest/10])
	default:
		words = append(words, tens[rest/10]+"-"+ones[rest%10])
	}
	return strings.Join(words, " ")
}
