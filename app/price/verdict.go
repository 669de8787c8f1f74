package price

import (
	"slices"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
)

// Verdict is how a price stands to its reference.
type Verdict string

// The verdicts.
const (
	Above    Verdict = "above"     // melebihi
	Equal    Verdict = "equal"     // sesuai
	Below    Verdict = "below"     // di bawah
	NotFound Verdict = "not_found" // tidak ditemukan
	Check    Verdict = "check"     // perlu dicek: somebody has to say which reference it is
)

// Verdicts lists them, the gravest first.
func Verdicts() []Verdict { return []Verdict{Above, Check, NotFound, Equal, Below} }

// Reason says why a price has to be looked at.
type Reason string

// The reasons.
const (
	SeveralPrices Reason = "several_prices"     // more than one reference fits, with different prices
	UnitDiffers   Reason = "unit_differs"       // there is a reference, per another unit
	TierUnknown   Reason = "tier_unknown"       // there are references by tier, and the tier is not known
	AccountOther  Reason = "account_not_listed" // the reference is not for the account code of the budget line
	Outdated      Reason = "not_in_force"       // the reference that was named is void or not in force on the day
	OtherScope    Reason = "scope_differs"      // the reference that was named is for another kind of outlet or tier
)

// Reasons lists them.
func Reasons() []Reason {
	return []Reason{SeveralPrices, UnitDiffers, TierUnknown, AccountOther, Outdated, OtherScope}
}

// Item is what is judged: a line of an agreement. OutletKind is empty on social media. Net and Gross are for one unit,
// without VAT and with it. Reference is the one that its client named.
type Item struct {
	Product     string
	Unit        string
	OutletKind  registry.OutletKind
	Tier        string
	AccountCode string
	Net, Gross  money.Amount
	Reference   uuid.NullUUID
}

// Judgement is how an item was judged. Price and Compared are on the same tax basis: with VAT when TaxInclusive. Where the
// verdict is not_found or check there is no price.
type Judgement struct {
	Verdict      Verdict       `json:"verdict" enum:"above,equal,below,not_found,check"`
	Reason       Reason        `json:"reason,omitempty" enum:"several_prices,unit_differs,tier_unknown,account_not_listed,not_in_force,scope_differs" doc:"why it has to be checked"`
	ReferenceID  uuid.NullUUID `json:"price_reference_id"`
	Price        money.Amount  `json:"reference_price,omitempty" doc:"for one unit"`
	TaxInclusive bool          `json:"reference_tax_inclusive,omitempty" doc:"both prices have VAT in them"`
	Compared     money.Amount  `json:"compared_price,omitempty" doc:"the price of one unit on that basis"`
	Basis        string        `json:"basis,omitempty"`
}

// Difference is the price less the reference, for one unit; zero where there is no reference.
func (j Judgement) Difference() money.Amount { return j.Compared - j.Price }

// on is the item's price on the reference's tax basis.
func (i Item) on(r Reference) money.Amount {
	if r.TaxInclusive {
		return i.Gross
	}
	return i.Net
}

// Judge holds an item against the references of its product as of the day. Of those that fit, one for its kind of outlet or
// its tier comes before one for every channel. A price above every reference that fits is above, whichever is meant.
func Judge(i Item, references []Reference, day period.Date) Judgement {
	if i.Reference.Valid {
		return i.named(references, day)
	}
	fit := slices.DeleteFunc(slices.Clone(references), func(r Reference) bool {
		return !r.InForce(day) || Key(r.Product) != Key(i.Product) || r.OutletKind != "" && r.OutletKind != i.OutletKind
	})
	for _, step := range []struct {
		keeps     func(Reference) bool
		otherwise Reason
	}{
		{func(r Reference) bool { return r.Tier == "" || Key(r.Tier) == Key(i.Tier) }, i.otherTier()},
		{func(r Reference) bool { return Unit(r.Unit) == Unit(i.Unit) }, UnitDiffers},
		{i.payable, AccountOther},
	} {
		before := len(fit)
		if fit = slices.DeleteFunc(fit, func(r Reference) bool { return !step.keeps(r) }); len(fit) == 0 && before > 0 {
			if step.otherwise == "" {
				return Judgement{Verdict: NotFound}
			}
			return Judgement{Verdict: Check, Reason: step.otherwise}
		}
	}
	if len(fit) == 0 {
		return Judgement{Verdict: NotFound}
	}
	return i.among(closest(fit))
}

// otherTier is why references of other tiers only leave an item open: none when its tier is known, or it has none.
func (i Item) otherTier() Reason {
	if Key(i.Tier) == "" && i.OutletKind == "" {
		return TierUnknown
	}
	return ""
}

func (i Item) payable(r Reference) bool {
	return len(r.AccountCodes) == 0 || i.AccountCode == "" || slices.Contains(r.AccountCodes, i.AccountCode)
}

// closest keeps those for one kind of outlet or one tier, when there are any.
func closest(fit []Reference) []Reference {
	narrow := slices.DeleteFunc(slices.Clone(fit), func(r Reference) bool { return r.OutletKind == "" && r.Tier == "" })
	if len(narrow) > 0 {
		return narrow
	}
	return fit
}

// among judges by references of which each could be meant.
func (i Item) among(fit []Reference) Judgement {
	highest := fit[0]
	same := true
	for _, r := range fit[1:] {
		same = same && r.UnitPrice == highest.UnitPrice && r.TaxInclusive == highest.TaxInclusive
	}
	if same {
		return i.by(highest)
	}
	for _, r := range fit {
		if i.on(r) <= r.UnitPrice {
			return Judgement{Verdict: Check, Reason: SeveralPrices}
		}
		if i.on(r)-r.UnitPrice < i.on(highest)-highest.UnitPrice {
			highest = r
		}
	}
	return i.by(highest)
}

// named judges by the reference that the client named. One of another product does not make a price good that is above a
// reference of its own product.
func (i Item) named(references []Reference, day period.Date) Judgement {
	n := slices.IndexFunc(references, func(r Reference) bool { return r.ID == i.Reference.UUID })
	if n < 0 {
		return Judgement{Verdict: NotFound}
	}
	r := references[n]
	open := Judgement{Verdict: Check, ReferenceID: i.Reference, Basis: r.Basis}
	switch {
	case !r.InForce(day):
		open.Reason = Outdated
	case Unit(r.Unit) != Unit(i.Unit):
		open.Reason = UnitDiffers
	case r.OutletKind != "" && r.OutletKind != i.OutletKind || r.Tier != "" && Key(i.Tier) != "" && Key(r.Tier) != Key(i.Tier):
		open.Reason = OtherScope
	case !i.payable(r):
		open.Reason = AccountOther
	}
	if Key(r.Product) != Key(i.Product) {
		own := i
		own.Reference = uuid.NullUUID{}
		if j := Judge(own, references, day); j.Verdict == Above {
			return j
		}
	}
	if open.Reason != "" {
		return open
	}
	return i.by(r)
}

func (i Item) by(r Reference) Judgement {
	j := Judgement{
		Verdict: Equal, ReferenceID: uuid.NullUUID{UUID: r.ID, Valid: true}, Price: r.UnitPrice, TaxInclusive: r.TaxInclusive,
		Compared: i.on(r), Basis: r.Basis,
	}
	switch {
	case j.Compared > j.Price:
		j.Verdict = Above
	case j.Compared < j.Price:
		j.Verdict = Below
	}
	return j
}

// Elsewhere is the least that an agency of the government pays the vendor for a product, per unit.
type Elsewhere struct {
	Product    string       `json:"product" db:"product"`
	Unit       string       `json:"unit" db:"unit"`
	AgencyCode string       `json:"agency_code" db:"agency_code"`
	AgencyName string       `json:"agency_name" db:"agency_name"`
	Agreement  string       `json:"agreement_number" db:"agreement"`
	Net        money.Amount `json:"unit_net" db:"net" doc:"without VAT"`
	Gross      money.Amount `json:"unit_gross" db:"gross" doc:"with VAT"`
}

// Cheapest finds the least price for the product and unit, without VAT; nil when there is none.
func Cheapest(all []Elsewhere, product, unit string) (least *Elsewhere) {
	for n := range all {
		e := &all[n]
		if Key(e.Product) == Key(product) && Unit(e.Unit) == Unit(unit) && (least == nil || e.Net < least.Net) {
			least = e
		}
	}
	return least
}
