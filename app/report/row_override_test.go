package report

import (
	"strings"
	"testing"

	"tayang/app/lang"
	"tayang/app/override"
)

// TestOverridesSayWhichCheck: a rule that one agreement departs from is said in words, with the agreement.
func TestOverridesSayWhichCheck(t *testing.T) {
	t.Parallel()
	row := func(check override.Check, number string) Words {
		return OverrideRow{Category: "check_mode", Subject: override.Subject{
			Check: check, DocumentType: override.Agreement, Mode: override.Warn, DocumentNumber: number,
		}}.words("IDR")
	}
	for _, c := range []struct {
		check  override.Check
		number string
		want   Words
	}{
		{override.Budget, "", Words{"pemeriksaan anggaran pada perjanjian hanya memperingatkan", "budget check of the agreement only warns"}},
		{"price_above_reference", "027/1", Words{
			"aturan “Harga di atas harga acuan” hanya memperingatkan pada perjanjian 027/1",
			"rule “" + lang.For(lang.EN).T("rule.price_above_reference") + "” only warns for agreement 027/1",
		}},
		{"forgotten", "027/1", Words{"aturan “forgotten” hanya memperingatkan pada perjanjian 027/1", "rule “forgotten” only warns for agreement 027/1"}},
	} {
		if got := row(c.check, c.number); got != c.want {
			t.Errorf("%s: %q, want %q", c.check, got, c.want)
		}
	}
	for _, check := range override.Checks() {
		if got := row(check, "X/1"); strings.Contains(got.ID, string(check)) && strings.Contains(string(check), "_") || strings.Contains(got.EN, "“”") || strings.Contains(got.ID, "“”") {
			t.Errorf("%s is not in words: %q", check, got)
		}
	}
}
