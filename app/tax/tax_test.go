package tax

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

var ( // days and payees that many tests use
	in2026 = period.MustDate("2026-11-23")
	pkp    = Payee{Kind: Company, VATRegistered: true, HasNPWP: true}
	person = Payee{Kind: Individual, HasNPWP: true, HasNIK: true}
)

// line is what the tables compare of a Line.
type line struct {
	Kind   Kind
	Base   money.Amount
	Rate   string
	Amount money.Amount
}

func linesOf(r Result) (lines []line) {
	for _, l := range r.Lines {
		lines = append(lines, line{l.Kind, l.Base, l.Rate, l.Amount})
	}
	return lines
}

// TestVectors holds the engine to figures that treasurers work with, from unit price to what the vendor receives.
func TestVectors(t *testing.T) {
	t.Parallel()
	suket := Payee{Kind: Company, HasNPWP: true, PP55ValidUntil: period.MustDate("2026-12-31")}
	in2019 := period.MustDate("2019-06-01")
	for _, c := range []struct {
		name      string
		payee     Payee
		inclusive bool
		on        period.Date
		input     money.Amount
		unit      Unit
		base      money.Amount
		collected bool
		lines     []line
		receives  money.Amount
	}{
		{
			"registered, price without VAT", pkp, false, in2026, 10_000_000,
			Unit{10_000_000, 1_100_000, 11_100_000},
			9_166_667, true,
			[]line{{PPN, 9_166_667, "0.12", 1_100_000}, {PPh23, 10_000_000, "0.02", 200_000}},
			9_800_000,
		},
		{
			"registered, at the threshold", pkp, false, in2026, 2_000_000,
			Unit{2_000_000, 220_000, 2_220_000},
			1_833_333, false,
			[]line{{PPh23, 2_000_000, "0.02", 40_000}},
			2_180_000,
		},
		{
			"registered, a rupiah above the threshold", pkp, true, in2026, 2_220_001,
			Unit{2_000_001, 220_000, 2_220_001},
			1_833_334, true,
			[]line{{PPN, 1_833_334, "0.12", 220_000}, {PPh23, 2_000_001, "0.02", 40_000}},
			1_960_001,
		},
		{
			"registered, small, VAT included", pkp, true, in2026, 2_000_000,
			Unit{1_801_802, 198_198, 2_000_000},
			1_651_652, false,
			[]line{{PPh23, 1_801_802, "0.02", 36_036}},
			1_963_964,
		},
		{
			"registered, VAT included", pkp, true, in2026, 4_995_000,
			Unit{4_500_000, 495_000, 4_995_000},
			4_125_000, true,
			[]line{{PPN, 4_125_000, "0.12", 495_000}, {PPh23, 4_500_000, "0.02", 90_000}},
			4_410_000,
		},
		{
			"company without numbers",
			Payee{Kind: Company},
			false, in2026, 1_000_000,
			Unit{1_000_000, 0, 1_000_000},
			0, false,
			[]line{{PPh23, 1_000_000, "0.04", 40_000}},
			960_000,
		},
		{
			"company with certificate", suket, false, in2026, 10_000_000,
			Unit{10_000_000, 0, 10_000_000},
			0, false,
			[]line{{PPhFinal, 10_000_000, "0.005", 50_000}},
			9_950_000,
		},
		{
			"person", person, false, in2026, 1_500_000,
			Unit{1_500_000, 0, 1_500_000},
			0, false,
			[]line{{PPh21, 750_000, "0.05", 37_500}},
			1_462_500,
		},
		{
			"person without numbers",
			Payee{Kind: Individual},
			false, in2026, 550_000,
			Unit{550_000, 0, 550_000},
			0, false,
			[]line{{PPh21, 275_000, "0.06", 16_500}},
			533_500,
		},
		{
			"person, two brackets", person, false, in2026, 200_000_000,
			Unit{200_000_000, 0, 200_000_000},
			0, false,
			[]line{{PPh21, 100_000_000, "0.09", 9_000_000}},
			191_000_000,
		},
		{
			"rates of 2019, rounded down", pkp, true, in2019, 1_200_000,
			Unit{1_090_909, 109_091, 1_200_000},
			1_090_909, true,
			[]line{{PPN, 1_090_909, "0.1", 109_091}, {PPh23, 1_090_909, "0.02", 21_818}},
			1_069_091,
		},
		{
			"VAT from the price, not from the rounded base", pkp, false, in2026, 32,
			Unit{32, 4, 36},
			29, false,
			[]line{{PPh23, 32, "0.02", 1}},
			35,
		},
	} {
		unit, err := SplitUnit(c.input, c.inclusive, c.payee, c.on, Statutory())
		if err != nil || unit != c.unit {
			t.Errorf("%s: unit %+v, %v", c.name, unit, err)
		}
		got, err := Withhold(Input{Payee: c.payee, Class: Service, Price: unit.Net, VAT: unit.VAT, On: c.on}, Statutory())
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		want := Result{Price: c.unit.Net, TaxableBase: c.base, VAT: c.unit.VAT, VATCollected: c.collected, Net: c.receives}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Result{}, "Lines")); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.lines, linesOf(got)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

// TestIncomeTax shows which income tax falls on whom, and how it changed over the years.
func TestIncomeTax(t *testing.T) {
	t.Parallel()
	certificate := func(p Payee, until string) Payee { p.PP55ValidUntil = period.MustDate(until); return p }
	company := Payee{Kind: Company, HasNPWP: true}
	for _, c := range []struct {
		name  string
		payee Payee
		class Class
		on    string
		price money.Amount
		want  line
	}{
		{"certificate on its last day", certificate(company, "2026-11-23"), Service, "2026-11-23", 1_000_000, line{PPhFinal, 1_000_000, "0.005", 5_000}},
		{"certificate a day too old", certificate(company, "2026-11-22"), Service, "2026-11-23", 1_000_000, line{PPh23, 1_000_000, "0.02", 20_000}},
		{"a person cannot use it", certificate(person, "2026-12-31"), Service, "2026-11-23", 1_000_000, line{PPh21, 500_000, "0.05", 25_000}},
		{"certificate of the older regulation", certificate(company, "2022-12-31"), Service, "2022-06-01", 199, line{}},
		{"NIK alone is a number", Payee{Kind: Individual, HasNIK: true}, Service, "2026-11-23", 1_000_000, line{PPh21, 500_000, "0.05", 25_000}},
		{"a NIK is no number of a company", Payee{Kind: Company, HasNIK: true}, Service, "2026-11-23", 1_000_000, line{PPh23, 1_000_000, "0.04", 40_000}},
		{"rental from a company", certificate(company, "2026-12-31"), LandBuildingRental, "2026-11-23", 1_000_000, line{PPh42, 1_000_000, "0.1", 100_000}},
		{"rental from a person without number", Payee{Kind: Individual}, LandBuildingRental, "2026-11-23", 1_000_000, line{PPh42, 1_000_000, "0.1", 100_000}},
		{"half a rupiah goes up since 2025", company, Service, "2025-01-01", 25, line{PPh23, 25, "0.02", 1}},
		{"and was dropped before", company, Service, "2024-12-31", 99, line{PPh23, 99, "0.02", 1}},
		{"half a base goes up", person, Service, "2026-11-23", 1_000_001, line{PPh21, 500_001, "0.05", 25_000}},
		{"brackets of 2021", person, Service, "2021-12-31", 120_000_000, line{PPh21, 60_000_000, "0.066667", 4_000_000}},
		{"brackets of 2022", person, Service, "2022-01-01", 120_000_000, line{PPh21, 60_000_000, "0.05", 3_000_000}},
		{"all brackets", person, Service, "2026-11-23", 12_000_000_000, line{PPh21, 6_000_000_000, "0.299", 1_794_000_000}},
		{"all brackets, without number", Payee{Kind: Individual}, Service, "2026-11-23", 12_000_000_000, line{PPh21, 6_000_000_000, "0.3588", 2_152_800_000}},
		{"too little to tax", company, Service, "2026-11-23", 24, line{}},
		{"nothing", person, Service, "2026-11-23", 0, line{}},
	} {
		got, err := Withhold(Input{Payee: c.payee, Class: c.class, Price: c.price, On: period.MustDate(c.on)}, Statutory())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var lines []line
		if c.want != (line{}) {
			lines = []line{c.want}
		}
		if diff := cmp.Diff(lines, linesOf(got)); diff != "" || got.Net != c.price-c.want.Amount {
			t.Errorf("%s: net %d\n%s", c.name, got.Net, diff)
		}
	}
}

// TestCollection shows who pays the VAT in.
func TestCollection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		price, deal money.Amount
		on          string
		collected   bool
	}{
		{"at the threshold", 2_000_000, 2_000_000, "2026-11-23", false},
		{"above the threshold", 2_000_001, 2_000_001, "2026-11-23", true},
		{"a small part of a large deal", 500_000, 6_000_000, "2026-11-23", true},
		{"a deal that was not told", 3_000_000, 0, "2026-11-23", true},
		{"the last day of the lower threshold", 1_500_000, 0, "2020-03-31", true},
		{"the first day of the higher threshold", 1_500_000, 0, "2020-04-01", false},
		{"a million with VAT", 909_090, 0, "2019-06-01", false},
		{"a rupiah more", 909_091, 0, "2019-06-01", true},
	} {
		in := Input{Payee: pkp, Class: Service, Price: c.price, VAT: c.price / 10, DealPrice: c.deal, On: period.MustDate(c.on)}
		if got, err := Withhold(in, Statutory()); err != nil || got.VATCollected != c.collected {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	in := Input{Payee: pkp, Class: Service, Price: 9_000_000, On: in2026}
	if got, err := Withhold(in, Statutory()); err != nil || got.VATCollected || got.TaxableBase != 0 || len(got.Lines) != 1 {
		t.Errorf("no VAT to collect: %+v, %v", got, err)
	}
}

func TestVATThroughTheYears(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]Unit{
		"2022-03-31": {99, 9, 108}, "2022-04-01": {99, 10, 109}, "2024-12-31": {99, 10, 109}, "2025-01-01": {99, 11, 110},
	} {
		if got, err := SplitUnit(99, false, pkp, period.MustDate(on), Statutory()); got != want || err != nil {
			t.Errorf("%s: %+v, %v", on, got, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	good := Input{Payee: pkp, Class: Service, Price: 100, VAT: 11, On: in2026}
	for code, changes := range map[string][]func(*Input){
		"amount_negative":    {func(in *Input) { in.Price = -1 }, func(in *Input) { in.VAT = -1 }},
		"vat_unregistered":   {func(in *Input) { in.Payee.VATRegistered = false }},
		"class_unknown":      {func(in *Input) { in.Class = "" }},
		"payee_kind_unknown": {func(in *Input) { in.Payee.Kind = "" }},
		"tax_rate_missing": {
			func(in *Input) { in.On = period.Date{} }, func(in *Input) { in.On = period.MustDate("2018-12-31") },
			func(in *Input) { in.On = period.MustDate("2018-12-31"); in.VAT = 0 },
		},
		"amount_overflow": {
			func(in *Input) { in.Price = math.MaxInt64 }, func(in *Input) { in.Price = math.MaxInt64 / 100 },
			func(in *Input) { in.Payee = person; in.Price, in.VAT = math.MaxInt64, 0 },
		},
	} {
		for i, change := range changes {
			in := good
			change(&in)
			if got, err := Withhold(in, Statutory()); !fault.Is(err, code) || fault.From(err).Kind != fault.Invalid || got.Net != 0 {
				t.Errorf("%s %d: %+v, %v", code, i, got, err)
			}
		}
	}
	for _, c := range []struct {
		price money.Amount
		on    period.Date
		rates Rates
		code  string
	}{
		{-1, in2026, Statutory(), "amount_negative"},
		{1, in2026, Rates{}, "tax_rate_missing"},
		{1, period.Date{}, Statutory(), "tax_rate_missing"},
		{math.MaxInt64, in2026, Statutory(), "amount_overflow"},
	} {
		if got, err := SplitUnit(c.price, false, pkp, c.on, c.rates); !fault.Is(err, c.code) || got != (Unit{}) {
			t.Errorf("%d on %s: %+v, %v", c.price, c.on, got, err)
		}
	}
}

func TestUntaxedAmountsPassUntouched(t *testing.T) {
	t.Parallel()
	if got, err := SplitUnit(12_345, true, pkp, in2026, Untaxed()); err != nil || got != (Unit{12_345, 0, 12_345}) {
		t.Errorf("%+v, %v", got, err)
	}
	got, err := Withhold(Input{Payee: Payee{Kind: Individual}, Price: 12_345}, Untaxed())
	if diff := cmp.Diff(Result{Price: 12_345, Net: 12_345}, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestStatutoryRowsHold(t *testing.T) {
	t.Parallel()
	rows := Statutory().Rows()
	if _, err := NewRates(rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.LegalBasis == "" {
			t.Errorf("%s from %s has no legal basis", r.Kind, r.ValidFrom)
		}
		if !r.ValidTo.IsZero() {
			if _, err := Statutory().At(r.Kind, r.ValidTo.AddDays(1)); err != nil {
				t.Errorf("a hole after %s: %v", r.ValidTo, err)
			}
		}
	}
}

func TestNewRatesRefuses(t *testing.T) {
	t.Parallel()
	for pointer, change := range map[string]func(*Rate){
		"/1/valid_from:overlaps": func(r *Rate) { r.ValidFrom = period.MustDate("2025-06-01") },
		"/1/valid_from:invalid":  func(r *Rate) { r.ValidTo = period.MustDate("2020-01-01") },
		"/1/base:invalid":        func(r *Rate) { r.Base.Den = 0 },
		"/1/brackets:invalid":    func(r *Rate) { r.Brackets = nil },
	} {
		first := Rate{
			Kind: PPN, ValidFrom: period.MustDate("2025-01-01"), ValidTo: period.MustDate("2025-12-31"),
			Base: Fraction{1, 1}, Unnumbered: Fraction{1, 1},
		}.flat(100)
		second := first
		second.ValidFrom, second.ValidTo = period.MustDate("2026-01-01"), period.Date{}
		if _, err := NewRates([]Rate{first, second}); err != nil {
			t.Fatal(err)
		}
		change(&second)
		if _, err := NewRates([]Rate{first, second}); !fault.Is(err, "invalid") || !strings.Contains(err.Error(), pointer) {
			t.Errorf("%s: %v", pointer, err)
		}
	}
	for _, brackets := range [][]Bracket{{{10, 100}}, {{0, 100}, {0, 200}}, {{10, 1}, {10, 2}, {0, 3}}, {{0, -1}}, {{0, 10_001}}} {
		if ascending(brackets) {
			t.Errorf("%v passes", brackets)
		}
	}
}

// anyPayment draws a payment whose units were split by the rates of its own day.
func anyPayment(t *rapid.T) (in Input, units []Unit) {
	in = Input{
		Payee: Payee{
			Kind:          rapid.SampledFrom([]PayeeKind{Company, Individual}).Draw(t, "kind"),
			VATRegistered: rapid.Bool().Draw(t, "registered"),
			HasNPWP:       rapid.Bool().Draw(t, "npwp"),
			HasNIK:        rapid.Bool().Draw(t, "nik"),
		},
		Class: rapid.SampledFrom([]Class{Service, LandBuildingRental}).Draw(t, "class"),
		On:    period.MustDate("2019-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "day")),
	}
	in.Payee.PP55ValidUntil = rapid.SampledFrom([]period.Date{{}, period.MustDate("2023-06-30")}).Draw(t, "certificate")
	inclusive := rapid.Bool().Draw(t, "inclusive")
	for range rapid.IntRange(1, 5).Draw(t, "units") {
		price := money.Amount(rapid.Int64Range(0, 20_000_000_000).Draw(t, "price"))
		unit, err := SplitUnit(price, inclusive, in.Payee, in.On, Statutory())
		if err != nil {
			t.Fatal(err)
		}
		if unit.Net+unit.VAT != unit.Gross || inclusive && unit.Gross != price || !inclusive && unit.Net != price {
			t.Fatalf("%d becomes %+v", price, unit)
		}
		units = append(units, unit)
		in.Price += unit.Net
		in.VAT += unit.VAT
	}
	in.DealPrice = in.Price
	return in, units
}

func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, units := anyPayment(t)
		got, err := Withhold(in, Statutory())
		if err != nil {
			t.Fatal(err)
		}
		var gross money.Amount
		for _, u := range units {
			gross += u.Gross
		}
		kept, seen := money.Amount(0), map[Kind]bool{}
		for _, l := range got.Lines {
			if l.Amount <= 0 || l.LegalBasis == "" || seen[l.Kind] {
				t.Fatalf("line %+v", l)
			}
			kept += l.Amount
			seen[l.Kind] = true
		}
		if got.Net+kept != gross || got.Net < 0 || got.Price+got.VAT != gross {
			t.Fatalf("%d + %d withheld is not %d", got.Net, kept, gross)
		}
		if seen[PPN] != got.VATCollected || got.VATCollected && !in.Payee.VATRegistered || in.Payee.Kind == Individual && seen[PPhFinal] {
			t.Fatalf("%+v for %+v", got, in.Payee)
		}
	})
}

// TestInclusivePricesGoBack: adding VAT to the net of an inclusive price comes back to that price, but for one unit,
// or two in the years when both net and VAT were rounded down.
func TestInclusivePricesGoBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		price := money.Amount(rapid.Int64Range(0, math.MaxInt64/2).Draw(t, "price"))
		on := period.MustDate("2019-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "day"))
		inclusive, err := SplitUnit(price, true, pkp, on, Statutory())
		if err != nil {
			t.Fatal(err)
		}
		exclusive, err := SplitUnit(inclusive.Net, false, pkp, on, Statutory())
		most := money.Amount(1)
		if on.Year() < 2025 {
			most = 2
		}
		if err != nil || exclusive.VAT-inclusive.VAT > most || inclusive.VAT-exclusive.VAT > most {
			t.Fatalf("%+v and %+v, %v", inclusive, exclusive, err)
		}
	})
}
