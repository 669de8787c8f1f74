package payment_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/tax"
)

// vectors are the cases of the treasurers' table (domain.md §5) and what they leave out.
func vectors() []struct {
	name      string
	payee     tax.Payee
	inclusive bool
	on        string
	price     money.Amount
	deal      money.Amount
} {
	pkp := tax.Payee{Kind: tax.Company, VATRegistered: true, HasNPWP: true}
	person := tax.Payee{Kind: tax.Individual, HasNPWP: true, HasNIK: true}
	suket := func(until string) tax.Payee {
		return tax.Payee{Kind: tax.Company, HasNPWP: true, PP55ValidUntil: period.MustDate(until)}
	}
	influencer := person
	influencer.PP55ValidUntil = period.MustDate("2026-12-31")
	return []struct {
		name      string
		payee     tax.Payee
		inclusive bool
		on        string
		price     money.Amount
		deal      money.Amount
	}{
		{"PKP, price excl.", pkp, false, "2026-11-23", 10_000_000, 0},
		{"PKP, excl., at threshold", pkp, false, "2026-11-23", 2_000_000, 0},
		{"PKP, gross incl., a rupiah above", pkp, true, "2026-11-23", 2_220_001, 0},
		{"PKP, gross incl., small", pkp, true, "2026-11-23", 2_000_000, 0},
		{"PKP, gross incl.", pkp, true, "2026-11-23", 4_995_000, 0},
		{"PKP, a part of a larger deal", pkp, false, "2026-11-23", 1_000_000, 12_000_000},
		{"not PKP, no NPWP", tax.Payee{Kind: tax.Company}, false, "2026-11-23", 1_000_000, 0},
		{"CV with Suket", suket("2026-12-31"), false, "2026-11-23", 10_000_000, 0},
		{"CV whose Suket ended", suket("2025-12-31"), false, "2026-11-23", 10_000_000, 0},
		{"individual with NPWP/NIK", person, false, "2026-11-23", 1_500_000, 0},
		{"individual with a Suket", influencer, false, "2026-11-23", 1_500_000, 0},
		{"individual without", tax.Payee{Kind: tax.Individual}, false, "2026-11-23", 550_000, 0},
		{"individual, two brackets", person, false, "2026-11-23", 200_000_000, 0},
		{"2019 rates", pkp, true, "2019-06-01", 1_200_000, 0},
		{"order-of-rounding trap", pkp, false, "2026-11-23", 32, 0},
		{"nothing left to keep back", tax.Payee{Kind: tax.Company, HasNPWP: true}, false, "2026-11-23", 20, 0},
	}
}

// TestTheChoiceIsExplained holds the sentences about every case against those that were read and found right.
func TestTheChoiceIsExplained(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, v := range vectors() {
		unit, err := tax.SplitUnit(v.price, v.inclusive, v.payee, period.MustDate(v.on), tax.Statutory())
		if err != nil {
			t.Fatal(err)
		}
		reasons, err := tax.Explain(tax.Input{
			Payee: v.payee, Class: tax.Service, Price: unit.Net, VAT: unit.VAT, On: period.MustDate(v.on), DealPrice: max(v.deal, unit.Net),
		}, tax.Statutory())
		if err != nil {
			t.Fatal(err)
		}
		reasons = stored(t, reasons)
		for _, code := range []string{lang.ID, lang.EN} {
			fmt.Fprintf(&b, "%s [%s]\n", v.name, code)
			for _, r := range reasons {
				fmt.Fprintf(&b, "  %s\n", lang.For(code).Reason(string(r.Code), r.Args, money.IDR))
			}
		}
	}
	const golden = "testdata/taxes_explained.txt"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// stored gives the sentences as they come back from where they are kept: their figures and dates must read the same.
func stored(t *testing.T, reasons []tax.Reason) payment.Reasons {
	t.Helper()
	text, err := payment.Reasons(reasons).Value()
	if err != nil {
		t.Fatal(err)
	}
	var back payment.Reasons
	if err := back.Scan([]byte(text.(string))); err != nil {
		t.Fatal(err)
	}
	for i, r := range back {
		was := lang.For(lang.ID).Reason(string(reasons[i].Code), reasons[i].Args, money.IDR)
		if is := lang.For(lang.ID).Reason(string(r.Code), r.Args, money.IDR); is != was {
			t.Errorf("kept as %q, was %q", is, was)
		}
	}
	return back
}

func TestEveryCodeOfTaxesHasWords(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, c := range tax.ReasonCodes() {
		keys = append(keys, "tax.why."+string(c))
	}
	for _, f := range tax.InvoiceFlaws() {
		keys = append(keys, "tax.flaw."+string(f))
	}
	for _, h := range payment.TwinHows() {
		keys = append(keys, "tax.twin."+string(h))
	}
	for _, k := range payment.PaperKinds() {
		keys = append(keys, "invoice_paper."+string(k))
	}
	for _, k := range keys {
		if !lang.For(lang.ID).Has(k) || !lang.For(lang.EN).Has(k) {
			t.Errorf("%s has no words", k)
		}
	}
}
