package money

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tayang/app/fault"
)

func TestParseReads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		currency Currency
		want     Amount
	}{
		{"0", IDR, 0},
		{"1234567", IDR, 1_234_567},
		{" 1.234.567 ", IDR, 1_234_567},
		{"1,234,567", IDR, 1_234_567},
		{"1.500", IDR, 1_500},
		{"1,500", IDR, 1_500},
		{"Rp1.500.000", IDR, 1_500_000},
		{"Rp 1.500.000,-", IDR, 1_500_000},
		{"Rp. 1.500.000,00", IDR, 1_500_000},
		{"1500000.00", IDR, 1_500_000},
		{"-2.500", IDR, -2_500},
		{"\u22122.500", IDR, -2_500},
		{"-9223372036854775808", IDR, math.MinInt64},
		{"9.223.372.036.854.775.807", IDR, math.MaxInt64},
		{"1.234.567,89", EUR, 123_456_789},
		{"1,234,567.89", MXN, 123_456_789},
		{"1234567.89", MXN, 123_456_789},
		{"1234567,8", EUR, 123_456_780},
		{"1234", EUR, 123_400},
		{"0,05", EUR, 5},
		{"1.234.567", EUR, 123_456_700},
		{"-0.5", USD, -50},
	} {
		if got, err := Parse(c.text, c.currency); got != c.want || err != nil {
			t.Errorf("%q in %s: %d, %v", c.text, c.currency, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code     string
		currency Currency
		texts    []string
	}{
		{"amount_unreadable", IDR, []string{
			"", " ", "-", "--1", "- 1", "1-", "Rp", ",-", "1.", ".5", "1..2", "1,2,3", "12.34.567",
			"1234.567.890", "1.2345.678", "0.123", "007", "1e6", "0x10", "1_000", "1 000", "١٢٣", "１２", "1.000 ,00", "1.234,5a",
			"(100)", "+5", "$5", "NaN", "1\x00", "\xff", "1.234,567,890", strings.Repeat("9", 1<<20),
		}},
		{"amount_unreadable", EUR, []string{"Rp5", "5,-", "1.23.456,00", "1,", ",05", "1.234,", "€5"}},
		{"amount_ambiguous", EUR, []string{"1.234", "1,234", "123.456"}},
		{"amount_fraction", IDR, []string{"1,5", "1.50", "1.234,56", "1,234.05", "1.234,567", "1,0000"}},
		{"amount_fraction", EUR, []string{"1,2345", "1.234,567", "1,234.567", "0.0001"}},
		{"amount_overflow", IDR, []string{"9223372036854775808", "-9223372036854775809", "99.999.999.999.999.999.999"}},
		{"amount_overflow", EUR, []string{"92233720368547758.08"}},
	} {
		for _, text := range c.texts {
			if got, err := Parse(text, c.currency); !fault.Is(err, c.code) || got != 0 {
				t.Errorf("%.40q in %s: %d, %v; want %s", text, c.currency, got, err, c.code)
			}
		}
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount        Amount
		currency      Currency
		id, en, plain string
	}{
		{0, IDR, "0", "0", "0"},
		{999, IDR, "999", "999", "999"},
		{1_234_567, IDR, "1.234.567", "1,234,567", "1234567"},
		{-100_000, IDR, "−100.000", "−100,000", "-100000"},
		{0, EUR, "0,00", "0.00", "0.00"},
		{-5, EUR, "−0,05", "−0.05", "-0.05"},
		{123_456_789, MXN, "1.234.567,89", "1,234,567.89", "1234567.89"},
		{math.MinInt64, IDR, "−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808", "-9223372036854775808"},
	} {
		id, en, plain := Format(c.amount, c.currency, "id"), Format(c.amount, c.currency, "en"), FormatPlain(c.amount, c.currency)
		if id != c.id || en != c.en || plain != c.plain {
			t.Errorf("%d %s: %s | %s | %s", c.amount, c.currency, id, en, plain)
		}
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := anyAmount().Draw(t, "amount")
		c := rapid.SampledFrom([]Currency{IDR, MXN, EUR, USD}).Draw(t, "currency")
		for _, text := range []string{Format(a, c, "id"), Format(a, c, "en"), FormatPlain(a, c)} {
			if got, err := Parse(text, c); got != a || err != nil {
				t.Fatalf("%s: %d, %v", text, got, err)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"1.234.567,89", "1,234,567.89", "Rp 1.500.000,-", "-0.5", "−1.234", "9223372036854775808", "1.2.3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []Currency{IDR, EUR} {
			a, err := Parse(text, c)
			if err != nil {
				if fault.From(err).Kind != fault.Invalid {
					t.Fatalf("%q: %v", text, err)
				}
				continue
			}
			for _, again := range []string{Format(a, c, "id"), Format(a, c, "en"), FormatPlain(a, c)} {
				if b, err := Parse(again, c); a != b || err != nil {
					t.Fatalf("%q is %d, written %q, read %d, %v", text, a, again, b, err)
				}
			}
		}
	})
}

func TestInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount   Amount
		currency Currency
		id, en   string
	}{
		{0, IDR, "nol rupiah", "zero rupiah"},
		{1, IDR, "satu rupiah", "one rupiah"},
		{10, IDR, "sepuluh rupiah", "ten rupiah"},
		{11, IDR, "sebelas rupiah", "eleven rupiah"},
		{19, IDR, "sembilan belas rupiah", "nineteen rupiah"},
		{20, IDR, "dua puluh rupiah", "twenty rupiah"},
		{99, IDR, "sembilan puluh sembilan rupiah", "ninety-nine rupiah"},
		{100, IDR, "seratus rupiah", "one hundred rupiah"},
		{111, IDR, "seratus sebelas rupiah", "one hundred eleven rupiah"},
		{1_000, IDR, "seribu rupiah", "one thousand rupiah"},
		{1_001, IDR, "seribu satu rupiah", "one thousand one rupiah"},
		{2_000, IDR, "dua ribu rupiah", "two thousand rupiah"},
		{11_000, IDR, "sebelas ribu rupiah", "eleven thousand rupiah"},
		{101_000, IDR, "seratus satu ribu rupiah", "one hundred one thousand rupiah"},
		{1_000_000, IDR, "satu juta rupiah", "one million rupiah"},
		{1_001_000, IDR, "satu juta seribu rupiah", "one million one thousand rupiah"},
		{
			2_524_660_000, IDR, "dua miliar lima ratus dua puluh empat juta enam ratus enam puluh ribu rupiah",
			"two billion five hundred twenty-four million six hundred sixty thousand rupiah",
		},
		{-1_000_000_000_000, IDR, "minus satu triliun rupiah", "minus one trillion rupiah"},
		{
			math.MinInt64, IDR, "minus sembilan kuintiliun dua ratus dua puluh tiga kuadriliun tiga ratus tujuh puluh dua triliun " +
				"tiga puluh enam miliar delapan ratus lima puluh empat juta tujuh ratus tujuh puluh lima ribu delapan ratus delapan rupiah",
			"minus nine quintillion two hundred twenty-three quadrillion three hundred seventy-two trillion " +
				"thirty-six billion eight hundred fifty-four million seven hundred seventy-five thousand eight hundred eight rupiah",
		},
		{5, EUR, "nol euro lima sen", "zero euros and five cents"},
		{101, USD, "satu dolar Amerika Serikat satu sen", "one US dollar and one cent"},
		{12_345, MXN, "seratus dua puluh tiga peso Meksiko empat puluh lima sen", "one hundred twenty-three Mexican pesos and forty-five centavos"},
	} {
		if id := InWords(c.amount, c.currency, "id"); id != c.id {
			t.Errorf("%d: %s", c.amount, id)
		}
		if en := InWords(c.amount, c.currency, "en"); en != c.en {
			t.Errorf("%d: %s", c.amount, en)
		}
	}
}
