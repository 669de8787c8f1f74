package vetting

import (
	"slices"
	"strings"
	"unicode"
)

// LegalName is a name as it is compared: letters and digits only, capitals, without the form of the company before or after
// it, & as DAN. A name that is nothing but a form keeps it.
func LegalName(name string) string {
	parts := words(strings.ReplaceAll(name, "&", " dan "))
	kept := slices.Clone(parts)
	for again := true; again; {
		again = false
		for _, form := range [][]string{{"pt"}, {"p", "t"}, {"cv"}, {"c", "v"}, {"ud"}, {"u", "d"}, {"tbk"}, {"persero"}, {"fa"}, {"firma"}} {
			n := len(form)
			if len(kept) > n && slices.Equal(kept[:n], form) {
				kept, again = kept[n:], true
			}
			if len(kept) > n && slices.Equal(kept[len(kept)-n:], form) {
				kept, again = kept[:len(kept)-n], true
			}
		}
	}
	return strings.ToUpper(strings.Join(kept, ""))
}

// SameName reports whether two names are one, as LegalName compares them.
func SameName(a, b string) bool { return LegalName(a) == LegalName(b) }

// phone is a telephone number as it is compared: digits, Indonesia's country code as the zero of a call within it.
func phone(s string) string {
	s = digitsOf(s)
	if rest, abroad := strings.CutPrefix(s, "62"); abroad {
		s = "0" + rest
	}
	const shortest = 6
	if len(s) < shortest {
		return ""
	}
	return s
}

// address is an address as it is compared: the usual short words in one form, without punctuation and blanks. One of a few
// letters is the name of a town, not an address.
func address(s string) string {
	short := map[string]string{"jl": "jalan", "jln": "jalan", "gg": "gang", "no": "", "nomor": "", "kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan"}
	var b strings.Builder
	for _, w := range words(s) {
		if long, ok := short[w]; ok {
			w = long
		}
		b.WriteString(w)
	}
	const shortest = 10
	if b.Len() < shortest {
		return ""
	}
	return b.String()
}

// account is an account number as it is compared.
func account(s string) string {
	return strings.ToUpper(strings.Join(words(s), ""))
}

// taxNumber is an NPWP as it is compared: the 15 digits of old are the 16 of now without the first zero.
func taxNumber(s string) string {
	const long, old = 16, 15
	if s = digitsOf(s); len(s) == old {
		return "0" + s
	} else if len(s) == long {
		return s
	}
	return ""
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
