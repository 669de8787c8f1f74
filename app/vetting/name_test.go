package vetting_test

import (
	"strings"
	"testing"
	"unicode"

	"tayang/app/vetting"
)

func TestNamesAreComparedWithoutTheirForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"PT Media Contoh", "PT. MEDIA CONTOH", true},
		{"PT Media Contoh", "P.T. Media Contoh", true},
		{"PT Media Contoh", "Media Contoh, PT", true},
		{"PT Media Contoh Tbk", "PT MEDIA CONTOH", true},
		{"PT Media Contoh (Persero) Tbk.", "media contoh", true},
		{"CV Warta-Contoh", "C.V. WARTA CONTOH", true},
		{"CV Warta & Lensa", "CV WARTA DAN LENSA", true},
		{"PT MediaContoh", "PT Media Contoh", true},
		{"PT Media Contoh", "PT Media Contoh Dua", false},
		{"PT Media Contoh", "Budi Contoh", false},
		{"PT", "CV", false},
		{"PT", "pt.", true},
		{"Ptolemeus Contoh", "Olemeus Contoh", false},
		{"Ani Contoh", "ANI  CONTOH", true},
	} {
		if got := vetting.SameName(c.a, c.b); got != c.same {
			t.Errorf("%q and %q: %v (%s, %s)", c.a, c.b, got, vetting.LegalName(c.a), vetting.LegalName(c.b))
		}
	}
}

// FuzzLegalName: a name is compared by letters and digits alone, what stands around them changes nothing, and neither does
// the form of the company.
func FuzzLegalName(f *testing.F) {
	for _, s := range []string{"PT Media Contoh", "P.T. A", "cv", "Tbk PT", "", "& &", "ünïcode ﬁ", "p t pt tbk x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := vetting.LegalName(name)
		for _, r := range got {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				t.Errorf("%q keeps %q", name, r)
			}
		}
		if around := vetting.LegalName("  ." + name + ". "); around != got {
			t.Errorf("%q with points around: %q, without %q", name, around, got)
		}
		if spaced := vetting.LegalName(strings.ReplaceAll(name, " ", "\t  ")); spaced != got {
			t.Errorf("%q with wide blanks: %q, else %q", name, spaced, got)
		}
		if form := vetting.LegalName("PT " + name + " zz Tbk"); form != vetting.LegalName(name+" zz") {
			t.Errorf("PT %q zz Tbk: %q, without form %q", name, form, vetting.LegalName(name+" zz"))
		}
	})
}
