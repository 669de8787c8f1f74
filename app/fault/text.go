package fault

import (
	"unicode"
	"unicode/utf8"
)

// AmountMax bounds every amount from outside, in the smallest unit: sums of ten thousand of them stay within 64 bits,
// and a single one within what a spreadsheet and a browser keep exactly.
const AmountMax = 900_000_000_000_000

// Text notes a text that is empty though required, longer than max characters, or holds characters that cannot be seen
// and change what is: controls, and orders to write in the other direction.
func (fs *Fields) Text(pointer, value string, required bool, max int) {
	switch {
	case value == "" && required:
		fs.Add(pointer, "required")
	case utf8.RuneCountInString(value) > max:
		fs.AddWith(pointer, "too_long", Args{"max": max})
	case !utf8.ValidString(value) || hasControl(value):
		fs.Add(pointer, "bad_text")
	}
}

func hasControl(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return true
		}
	}
	return false
}

// Within notes a number below min or above max.
func (fs *Fields) Within(pointer string, n, min, max int64) {
	if n < min || n > max {
		fs.AddWith(pointer, "out_of_range", Args{"min": min, "max": max})
	}
}

// Choice notes a value that is none of the choices.
func Choice[T ~string](fs *Fields, pointer string, value T, choices ...T) {
	for _, c := range choices {
		if value == c {
			return
		}
	}
	fs.AddWith(pointer, "unknown_choice", Args{"choices": choices})
}
