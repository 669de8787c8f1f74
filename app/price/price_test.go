package price_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/app/registry"
)

var day = period.MustDate("2026-06-15")

func reference(n byte, change func(*price.Reference)) price.Reference {
	r := price.Reference{ID: uuid.UUID{15: n}, Form: price.Form{
		Product: "Advertorial", Unit: "artikel", UnitPrice: 1_500_000, Basis: "Perbup", ValidFrom: period.MustDate("2026-01-01"),
		ValidUntil: period.MustDate("2026-12-31"),
	}}
	if change != nil {
		change(&r)
	}
	return r
}

func item(net, gross money.Amount, change func(*price.Item)) price.Item {
	i := price.Item{Product: "advertorial", Unit: "artikel", OutletKind: registry.Online, AccountCode: "5.1.02.02.01.0055", Net: net, Gross: gross}
	if change != nil {
		change(&i)
	}
	return i
}

func TestJudge(t *testing.T) {
	t.Parallel()
	taxed := func(r *price.Reference) { r.TaxInclusive = true }
	named := func(n byte) func(*price.Item) {
		return func(i *price.Item) { i.Reference = uuid.NullUUID{UUID: uuid.UUID{15: n}, Valid: true} }
	}
	for _, c := range []struct {
		name    string
		item    price.Item
		against []price.Reference
		verdict price.Verdict
		reason  price.Reason
		price   money.Amount
	}{
		{"nothing", item(1, 1, nil), nil, price.NotFound, "", 0},
		{"equal without tax", item(1_500_000, 1_665_000, nil), []price.Reference{reference(1, nil)}, price.Equal, "", 1_500_000},
		{"one rupiah more", item(1_500_001, 1_665_001, nil), []price.Reference{reference(1, nil)}, price.Above, "", 1_500_000},
		{"one rupiah less", item(1_499_999, 1_664_999, nil), []price.Reference{reference(1, nil)}, price.Below, "", 1_500_000},
		{"with tax it is the gross that counts", item(1_351_352, 1_500_001, nil), []price.Reference{reference(1, taxed)}, price.Above, "", 1_500_000},
		{"with tax, equal", item(1_351_351, 1_500_000, nil), []price.Reference{reference(1, taxed)}, price.Equal, "", 1_500_000},
		{"case and blanks", item(1, 1, func(i *price.Item) { i.Product, i.Unit = "  ADVERTORIAL ", "Naskah" }), []price.Reference{reference(1, nil)}, price.Below, "", 1_500_000},
		{"another product", item(1, 1, func(i *price.Item) { i.Product = "banner" }), []price.Reference{reference(1, nil)}, price.NotFound, "", 0},
		{"another kind of outlet", item(1, 1, nil), []price.Reference{reference(1, func(r *price.Reference) { r.OutletKind = registry.Print })}, price.NotFound, "", 0},
		{"another unit", item(1, 1, func(i *price.Item) { i.Unit = "halaman" }), []price.Reference{reference(1, nil)}, price.Check, price.UnitDiffers, 0},
		{"not begun", item(9e6, 9e6, nil), []price.Reference{reference(1, func(r *price.Reference) { r.ValidFrom = day.AddDays(1) })}, price.NotFound, "", 0},
		{"ended", item(9e6, 9e6, nil), []price.Reference{reference(1, func(r *price.Reference) { r.ValidUntil = day.AddDays(-1) })}, price.NotFound, "", 0},
		{"last day", item(9e6, 9e6, nil), []price.Reference{reference(1, func(r *price.Reference) { r.ValidUntil = day })}, price.Above, "", 1_500_000},
		{"first day", item(9e6, 9e6, nil), []price.Reference{reference(1, func(r *price.Reference) { r.ValidFrom = day })}, price.Above, "", 1_500_000},
		{"the narrow one counts", item(1_500_001, 1_500_001, nil), []price.Reference{
			reference(1, nil), reference(2, func(r *price.Reference) { r.OutletKind, r.UnitPrice = registry.Online, 2_000_000 }),
		}, price.Below, "", 2_000_000},
		{"several prices", item(1_600_000, 1_600_000, nil), []price.Reference{
			reference(1, nil), reference(2, func(r *price.Reference) { r.Specification, r.UnitPrice = "1 halaman", 2_000_000 }),
		}, price.Check, price.SeveralPrices, 0},
		{"above each of several", item(2_000_001, 2_000_001, nil), []price.Reference{
			reference(1, nil), reference(2, func(r *price.Reference) { r.Specification, r.UnitPrice = "1 halaman", 2_000_000 }),
		}, price.Above, "", 2_000_000},
		{"several with one price", item(1_500_000, 1_500_000, nil), []price.Reference{
			reference(1, nil), reference(2, func(r *price.Reference) { r.Specification = "1 halaman" }),
		}, price.Equal, "", 1_500_000},
		{"account on the list", item(1, 1, nil), []price.Reference{reference(1, func(r *price.Reference) { r.AccountCodes = registry.Codes{"5.1.02.02.01.0055"} })}, price.Below, "", 1_500_000},
		{"account not on the list", item(1, 1, nil), []price.Reference{reference(1, func(r *price.Reference) { r.AccountCodes = registry.Codes{"5.1.02.02.01.0062"} })}, price.Check, price.AccountOther, 0},
		{"tier unknown", item(1, 1, func(i *price.Item) { i.OutletKind = "" }), []price.Reference{reference(1, func(r *price.Reference) { r.Tier = "makro" })}, price.Check, price.TierUnknown, 0},
		{"tier known", item(2e6, 2e6, func(i *price.Item) { i.OutletKind, i.Tier = "", "Makro" }), []price.Reference{
			reference(1, func(r *price.Reference) { r.Tier = "makro" }), reference(2, func(r *price.Reference) { r.Tier, r.UnitPrice = "mikro", 550_000 }),
		}, price.Above, "", 1_500_000},
		{"a tier without a price", item(1, 1, func(i *price.Item) { i.OutletKind, i.Tier = "", "nano" }), []price.Reference{reference(1, func(r *price.Reference) { r.Tier = "makro" })}, price.NotFound, "", 0},
		{"tiers are not for outlets", item(1, 1, nil), []price.Reference{reference(1, func(r *price.Reference) { r.Tier = "makro" })}, price.NotFound, "", 0},
		{"named", item(1_600_000, 1_600_000, named(2)), []price.Reference{reference(1, nil), reference(2, func(r *price.Reference) { r.Specification, r.UnitPrice = "besar", 2_000_000 })}, price.Below, "", 2_000_000},
		{"named and void", item(1, 1, named(1)), []price.Reference{reference(1, func(r *price.Reference) { at := day.Time(); r.VoidedAt = &at })}, price.Check, price.Outdated, 0},
		{"named for another outlet", item(1, 1, named(1)), []price.Reference{reference(1, func(r *price.Reference) { r.OutletKind = registry.TV })}, price.Check, price.OtherScope, 0},
		{"another product's reference does not help", item(1_600_000, 1_600_000, named(2)), []price.Reference{
			reference(1, nil), reference(2, func(r *price.Reference) { r.Product, r.UnitPrice = "videotron", 8_000_000 }),
		}, price.Above, "", 1_500_000},
		{"the list's own name for the product", item(1_600_000, 1_600_000, named(2)), []price.Reference{reference(2, func(r *price.Reference) { r.Product = "Jasa Iklan Advertorial" })}, price.Above, "", 1_500_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := price.Judge(c.item, c.against, day)
			if got.Verdict != c.verdict || got.Reason != c.reason || got.Price != c.price {
				t.Errorf("%s %s %d, want %s %s %d", got.Verdict, got.Reason, got.Price, c.verdict, c.reason, c.price)
			}
			if got.Price > 0 && (got.Difference() > 0) != (got.Verdict == price.Above) {
				t.Errorf("%s by %d", got.Verdict, got.Difference())
			}
		})
	}
}

func TestCheapestIsWithoutTax(t *testing.T) {
	t.Parallel()
	all := []price.Elsewhere{{Product: "reel", Unit: "konten", AgencyCode: "A", Net: 900, Gross: 999}, {Product: "Reel ", Unit: "KONTEN", AgencyCode: "B", Net: 890, Gross: 1000}, {Product: "reel", Unit: "paket", Net: 1}}
	if got := price.Cheapest(all, "REEL", "per konten"); got == nil || got.AgencyCode != "B" {
		t.Errorf("%+v", got)
	}
	if got := price.Cheapest(all, "story", "konten"); got != nil {
		t.Errorf("%+v", got)
	}
}

func TestEveryVerdictHasWords(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"id", "en"} {
		l := lang.For(code)
		for _, v := range price.Verdicts() {
			if !l.Has("verdict." + string(v)) {
				t.Errorf("verdict.%s has no text in %s", v, code)
			}
		}
		for _, r := range price.Reasons() {
			if !l.Has("price.reason." + string(r)) {
				t.Errorf("price.reason.%s has no text in %s", r, code)
			}
		}
	}
}

func TestFormIsCheckedByField(t *testing.T) {
	t.Parallel()
	f := price.Form{Product: " - ", OutletKind: "blimp", Tier: "x", UnitPrice: 0, ValidFrom: day, ValidUntil: day.AddDays(-1), AccountCodes: registry.Codes{"5.1.x"}}
	err := f.Trimmed().Check()
	for _, want := range []string{"/product", "/outlet_kind", "/tier", "/unit", "/unit_price", "/basis", "/valid_until", "/account_codes"} {
		if !names(err, want) {
			t.Errorf("%s is not named in %v", want, err)
		}
	}
}
