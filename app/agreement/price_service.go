package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/app/registry"
	"tayang/app/tax"
)

// named is the reference that the client named, not the one that was found.
func (d Deliverable) named() uuid.NullUUID {
	if d.ReferenceNamed {
		return d.PriceReferenceID
	}
	return uuid.NullUUID{}
}

// judge looks up what is known of the agreement's prices and writes the judgements into its lines. Fault: Invalid by field
// when a line names a reference that is not there.
func (a Agreement) judge(ctx context.Context, tx Pricer) (PriceFacts, error) {
	facts, err := tx.PriceFacts(ctx, a)
	if err != nil {
		return facts, err
	}
	if err := facts.checkNamed(a.Deliverables); err != nil {
		return facts, err
	}
	facts = facts.judged(a.Deliverables, a.OrderDate)
	copy(a.Deliverables, facts.kept(a.Deliverables))
	return facts, nil
}

// kept are the lines with their judgements.
func (f PriceFacts) kept(items []Deliverable) []Deliverable {
	out := append([]Deliverable{}, items...)
	for i := range out {
		out[i].keep(f.Lines[i].Judgement)
	}
	return out
}

// rejudge judges the lines of an agreement anew, as of its order date.
func rejudge(ctx context.Context, tx Pricer, a Agreement) error {
	facts, err := tx.PriceFacts(ctx, a)
	if err != nil {
		return err
	}
	return tx.SavePrices(ctx, a.ID, facts.judged(a.Deliverables, a.OrderDate).kept(a.Deliverables))
}

// pricesOf holds the new prices of an amendment against their references, notes under what they pass, and gives the lines
// whose judgement is to be kept. Fault: not_ready.
func (s *Service) pricesOf(ctx context.Context, tx MoveStore, a Agreement, m Amendment) ([]Deliverable, error) {
	after := a
	after.OrderDate, after.Deliverables = m.Date, m.After.Deliverables
	facts, err := tx.Facts(ctx, after)
	if err != nil {
		return nil, err
	}
	inForce, err := tx.InForce(ctx, a.AgencyID, override.CheckMode)
	if err != nil {
		return nil, err
	}
	found := a.assessAmended(m, facts, inForce)
	if err := found.Ready(); err != nil {
		return nil, err
	}
	for _, id := range found.passed() {
		if err := tx.UseOverride(ctx, id, a.Document()); err != nil {
			return nil, err
		}
	}
	was := pricesBefore(m.Before.Deliverables)
	var changed []Deliverable
	for _, d := range found.Facts.Prices.kept(m.After.Deliverables) {
		if was[d.ID] != d.UnitPrice {
			changed = append(changed, d)
		}
	}
	return changed, nil
}

// pricesBefore are the unit prices of lines; those that were not there have none.
func pricesBefore(items []Deliverable) map[uuid.UUID]money.Amount {
	out := map[uuid.UUID]money.Amount{}
	for _, d := range items {
		out[d.ID] = d.UnitPrice
	}
	return out
}

// judgeAmended writes the judgements of new prices into the lines of a proposal; all others stay. Fault: as judge.
func (a Agreement) judgeAmended(ctx context.Context, tx Pricer, before []Deliverable) error {
	facts, err := tx.PriceFacts(ctx, a)
	if err != nil {
		return err
	}
	if err := facts.checkNamed(a.Deliverables); err != nil {
		return err
	}
	was := pricesBefore(before)
	for i, d := range facts.judged(a.Deliverables, a.OrderDate).kept(a.Deliverables) {
		if was[d.ID] != d.UnitPrice {
			a.Deliverables[i] = d
		}
	}
	return nil
}

// PriceQuestion asks how a price would stand; OrderDate is the day that counts, today when it is empty.
type PriceQuestion struct {
	VendorID  uuid.UUID
	OrderDate period.Date
	Item      Item
}

// PriceAnswer is how a price stands. UnitNet and UnitGross are the price without VAT and with it.
type PriceAnswer struct {
	UnitNet    money.Amount     `json:"unit_net" doc:"without VAT"`
	UnitGross  money.Amount     `json:"unit_gross" doc:"with VAT"`
	Judgement  price.Judgement  `json:"judgement"`
	Difference money.Amount     `json:"difference" doc:"price less reference, for one unit"`
	Elsewhere  *price.Elsewhere `json:"cheapest_elsewhere" doc:"the least that an agency of the government pays the vendor for the same in the fiscal year"`
}

// CheckPrice says how a price would stand to its reference and to what other agencies pay the vendor. Faults: NotFound,
// Invalid by field with pointers /query/NAME.
func (s *Service) CheckPrice(ctx context.Context, actor access.Actor, agency string, q PriceQuestion) (out PriceAnswer, err error) {
	if q.OrderDate.IsZero() {
		q.OrderDate = period.DateOf(s.now(), s.place)
	}
	if err := q.check(); err != nil {
		return out, err
	}
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		around, err := tx.Surroundings(ctx, ag.ID, Terms{VendorID: q.VendorID, Deliverables: []Item{q.Item}})
		if err != nil {
			return err
		}
		payee := around.Vendor
		if payee == nil && q.VendorID != uuid.Nil {
			return listedFault("vendor_id")
		}
		if payee == nil {
			payee = &tax.Payee{}
		}
		unit, err := tax.SplitUnit(q.Item.UnitPrice, q.Item.TaxInclusive, *payee, q.OrderDate, s.ratesOf(ag))
		if err != nil {
			return err
		}
		d := q.Item.deliverable(1)
		d.UnitNet, d.UnitVAT, d.UnitGross = unit.Net, unit.VAT, unit.Gross
		a := Agreement{AgencyID: ag.ID, VendorID: q.VendorID, OrderDate: q.OrderDate, FiscalYear: q.OrderDate.Year(), Deliverables: []Deliverable{d}}
		facts, err := tx.PriceFacts(ctx, a)
		if err != nil {
			return err
		}
		line := facts.judged(a.Deliverables, q.OrderDate).Lines[0]
		out = PriceAnswer{UnitNet: unit.Net, UnitGross: unit.Gross, Judgement: line.Judgement, Difference: line.Judgement.Difference(), Elsewhere: line.Elsewhere}
		return nil
	})
	return out, err
}

func (q PriceQuestion) check() error {
	var wrong fault.Fields
	wrong.Text("/query/product", q.Item.Product, true, wordMax)
	wrong.Text("/query/unit", q.Item.Unit, true, wordMax)
	wrong.Text("/query/tier", q.Item.Tier, false, wordMax)
	wrong.Within("/query/unit_price", int64(q.Item.UnitPrice), 1, fault.AmountMax)
	return wrong.Err()
}

func listedFault(name string) error {
	var wrong fault.Fields
	wrong.Add("/query/"+name, "not_found")
	return wrong.Err()
}
