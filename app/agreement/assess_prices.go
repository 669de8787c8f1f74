package agreement

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Pricing is how the price of a line was judged: when it was saved, and again when it was submitted and came into force;
// since then it stands. ReferencePrice has VAT in it when ReferenceTaxInclusive. A line without a verdict is older than
// price references.
type Pricing struct {
	Tier                  string        `json:"tier,omitempty" db:"tier" doc:"of the influencer, as price references name it"`
	PriceReferenceID      uuid.NullUUID `json:"price_reference_id" db:"price_reference_id" doc:"that the price was judged by"`
	ReferenceNamed        bool          `json:"reference_named,omitempty" db:"reference_named" doc:"the client named it"`
	ReferencePrice        *money.Amount `json:"reference_price" db:"reference_price" doc:"for one unit; none where the verdict is not_found or check"`
	ReferenceTaxInclusive bool          `json:"reference_tax_inclusive,omitempty" db:"reference_tax_inclusive" doc:"the reference has VAT in it and is held against unit_gross"`
	PriceVerdict          price.Verdict `json:"price_verdict" db:"price_verdict" enum:",above,equal,below,not_found,check"`
	PriceReason           price.Reason  `json:"price_reason,omitempty" db:"price_reason" doc:"why it has to be checked"`
}

// PriceFacts is what is known of the prices of an agreement, line by line. References and what others pay are looked up;
// lines are what Assess makes of them.
type PriceFacts struct {
	Lines      []LinePrice                       `json:"lines"`
	References []price.Reference                 `json:"-"`
	Elsewhere  []price.Elsewhere                 `json:"-"`
	Outlets    map[uuid.UUID]registry.OutletKind `json:"-"`
	Accounts   map[uuid.UUID]string              `json:"-"` // account codes of budget lines
}

// LinePrice is the judgement of one line, and the least that any agency of the government pays the vendor for the same.
type LinePrice struct {
	Position  int              `json:"position"`
	Product   string           `json:"product"`
	Unit      string           `json:"unit"`
	UnitPrice money.Amount     `json:"unit_price"`
	UnitNet   money.Amount     `json:"unit_net"`
	Quantity  int64            `json:"quantity"`
	Judgement price.Judgement  `json:"judgement"`
	Elsewhere *price.Elsewhere `json:"cheapest_elsewhere" doc:"in other agreements of the fiscal year, its own agency's too"`
}

// Excess is by how much the line is above its reference, on the reference's tax basis; zero when it is not.
func (l LinePrice) Excess() money.Amount {
	if l.Judgement.Verdict != price.Above {
		return 0
	}
	return l.Judgement.Difference() * money.Amount(l.Quantity)
}

// Dearer is by how much the line is above the least price elsewhere, without VAT; zero when it is not.
func (l LinePrice) Dearer() money.Amount {
	if l.Elsewhere == nil || l.UnitNet <= l.Elsewhere.Net {
		return 0
	}
	return (l.UnitNet - l.Elsewhere.Net) * money.Amount(l.Quantity)
}

// priceItem is the line as it is judged.
func (d Deliverable) priceItem(f PriceFacts) price.Item {
	item := price.Item{
		Product: d.Product, Unit: d.Unit, Tier: d.Tier, AccountCode: f.Accounts[d.BudgetLineID], Net: d.UnitNet, Gross: d.UnitGross,
		OutletKind: f.Outlets[d.OutletID.UUID],
	}
	if d.ReferenceNamed {
		item.Reference = d.PriceReferenceID
	}
	return item
}

// judged holds each line against the references as of the day.
func (f PriceFacts) judged(items []Deliverable, day period.Date) PriceFacts {
	f.Lines = make([]LinePrice, 0, len(items))
	for i, d := range items {
		f.Lines = append(f.Lines, LinePrice{
			Position: i + 1, Product: d.Product, Unit: d.Unit, UnitPrice: d.UnitPrice, UnitNet: d.UnitNet, Quantity: d.Quantity,
			Judgement: price.Judge(d.priceItem(f), f.References, day), Elsewhere: price.Cheapest(f.Elsewhere, d.Product, d.Unit),
		})
	}
	return f
}

// keep writes the judgement into the line.
func (d *Deliverable) keep(j price.Judgement) {
	if !d.ReferenceNamed {
		d.PriceReferenceID = j.ReferenceID
	}
	d.ReferencePrice, d.ReferenceTaxInclusive, d.PriceVerdict, d.PriceReason = nil, j.TaxInclusive, j.Verdict, j.Reason
	if j.Price > 0 {
		d.ReferencePrice = &j.Price
	}
}

// checkNamed wants the references that lines name to exist.
func (f PriceFacts) checkNamed(items []Deliverable) error {
	var wrong fault.Fields
	for i, d := range items {
		known := false
		for _, r := range f.References {
			known = known || r.ID == d.PriceReferenceID.UUID
		}
		if d.ReferenceNamed && !known {
			wrong.Add(itemPointer(i)+"/price_reference_id", "not_found")
		}
	}
	return wrong.Err()
}

// assessPrices holds the agreement against its prices: above the reference, without one, and dearer than elsewhere.
func (a Agreement) assessPrices(s *assessing) {
	s.facts.Prices = s.facts.Prices.judged(a.Deliverables, a.OrderDate)
	for i, l := range s.facts.Prices.Lines {
		l.assess(s, itemPointer(i)+"/unit_price")
	}
}

func (l LinePrice) assess(s *assessing, at string) {
	j := l.Judgement
	switch j.Verdict {
	case price.Above:
		s.say(rule.PriceAboveReference, at, AtPrices, uuid.Nil, fault.Args{
			"price": j.Compared, "reference": j.Price, "difference": j.Difference(), "amount": l.Excess(), "quantity": l.Quantity, "basis": j.Basis,
			"tax": taxWord(j.TaxInclusive),
		})
	case price.NotFound, price.Check:
		s.say(rule.PriceWithoutRef, at, AtPrices, uuid.Nil, fault.Args{
			"product": l.Product, "unit": l.Unit, "verdict": string(j.Verdict), "reason": string(j.Reason),
		})
	case price.Equal, price.Below:
	}
	if more := l.Dearer(); more > 0 {
		e := l.Elsewhere
		s.say(rule.PriceDearerElsewhere, at, AtAgreement, uuid.Nil, fault.Args{
			"price": l.UnitNet, "lowest": e.Net, "difference": l.UnitNet - e.Net, "amount": more, "quantity": l.Quantity,
			"agency": e.AgencyName, "number": e.Agreement,
		})
	}
}

// taxWord names the tax basis of two prices in a message's figures.
func taxWord(inclusive bool) string {
	if inclusive {
		return "with"
	}
	return "without"
}

// assessAmended asks about the prices that an amendment brings: of lines that are new or have another price than before.
// They are held against what is in force on its date.
func (a Agreement) assessAmended(m Amendment, f Facts, inForce []override.Override) Assessment {
	s := assessing{facts: f, day: m.Date, inForce: inForce, number: a.Number, doubts: []Doubt{}}
	was := pricesBefore(m.Before.Deliverables)
	s.facts.Prices = f.Prices.judged(m.After.Deliverables, m.Date)
	for i, l := range s.facts.Prices.Lines {
		if was[m.After.Deliverables[i].ID] != l.UnitPrice {
			l.assess(&s, itemPointer(i)+"/unit_price")
		}
	}
	return Assessment{Doubts: s.doubts, Facts: s.facts}
}
