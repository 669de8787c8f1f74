package agreement

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/tax"
)

// Surroundings are the facts around the terms: the vendor, whose outlets and accounts they are, and the budget
// lines, by id. What is not in a map does not exist for this agency.
type Surroundings struct {
	Vendor         *tax.Payee // nil: no such vendor
	CampaignExists bool
	OutletVendor   map[uuid.UUID]uuid.UUID
	AccountVendor  map[uuid.UUID]uuid.UUID
	ChannelName    map[uuid.UUID]string // of outlets and accounts, as lists show them
	Lines          map[uuid.UUID]LineFacts
	Advice         *Advice    // what the value asks for; of a preview only, and of an agency that Indonesian law binds
	Framework      *Agreement // that an order names; nil: the agency has none of that id
	Prices         PriceFacts // of terms that were priced
}

// LineFacts is what an agreement has to know of a budget line.
type LineFacts struct {
	FiscalYear int
	Available  money.Amount
	Name       string
}

// Fit holds the terms against their surroundings, by field: everything named exists, channels belong to the vendor,
// all lines are of one fiscal year, and the dates lie in it. It returns that year.
func (t Terms) Fit(s Surroundings) (year int, err error) {
	var wrong fault.Fields
	if s.Vendor == nil {
		wrong.Add("/vendor_id", "not_found")
	}
	if t.CampaignID.Valid && !s.CampaignExists {
		wrong.Add("/campaign_id", "not_found")
	}
	for i, d := range t.Deliverables {
		at := itemPointer(i)
		d.fit(&wrong, at, s, t.VendorID, t.LookThrough.ViaAgency)
		line, ok := s.Lines[d.BudgetLineID]
		switch {
		case !ok:
			wrong.Add(at+"/budget_line_id", "not_found")
		case year == 0:
			year = line.FiscalYear
		case year != line.FiscalYear:
			wrong.AddWith(at+"/budget_line_id", "other_fiscal_year", fault.Args{"fiscal_year": year})
		}
	}
	t.fitFramework(&wrong, s.Framework)
	t.LookThrough.fit(&wrong, s, channels(t.Deliverables))
	if year != 0 {
		t.fitYear(&wrong, period.FiscalYear(year))
	}
	return year, wrong.Err()
}

// fit wants the channel of a line to be the vendor's; an agency may sell those of others.
func (d Item) fit(wrong *fault.Fields, at string, s Surroundings, vendor uuid.UUID, viaAgency bool) {
	checkOwner(wrong, at+"/outlet_id", d.OutletID, s.OutletVendor, vendor, viaAgency)
	checkOwner(wrong, at+"/social_account_id", d.SocialAccountID, s.AccountVendor, vendor, viaAgency)
}

func checkOwner(wrong *fault.Fields, at string, id uuid.NullUUID, owners map[uuid.UUID]uuid.UUID, vendor uuid.UUID, viaAgency bool) {
	if !id.Valid {
		return
	}
	if owner, ok := owners[id.UUID]; !ok {
		wrong.Add(at, "not_found")
	} else if owner != vendor && !viaAgency {
		wrong.Add(at, "other_vendor")
	}
}

func (t Terms) fitYear(wrong *fault.Fields, year period.FiscalYear) {
	for _, d := range []struct {
		at   string
		date period.Date
	}{{"/order_date", t.OrderDate}, {"/start_date", t.StartDate}, {"/end_date", t.EndDate}} {
		if !d.date.IsZero() && !year.Contains(d.date) {
			wrong.AddWith(d.at, "outside_fiscal_year", fault.Args{"fiscal_year": int(year)})
		}
	}
}

// Price fixes VAT and gross per unit as of the order date, and sums the agreement. rates decide the tax; amounts
// beyond bounds are refused by field.
func (t Terms) Price(payee tax.Payee, rates tax.Rates) (items []Deliverable, value, vat money.Amount, err error) {
	var wrong fault.Fields
	items = make([]Deliverable, len(t.Deliverables))
	for i, d := range t.Deliverables {
		unit, err := tax.SplitUnit(d.UnitPrice, d.TaxInclusive, payee, t.OrderDate, rates)
		if err != nil {
			return nil, 0, 0, err
		}
		items[i] = d.deliverable(i + 1)
		items[i].UnitNet, items[i].UnitVAT, items[i].UnitGross = unit.Net, unit.VAT, unit.Gross
	}
	value, vat, _ = sum(&wrong, items)
	return items, value, vat, wrong.Err()
}

// deliverable is the line at its place in the agreement, without its unit amounts.
func (d Item) deliverable(position int) Deliverable {
	return Deliverable{
		Position: position, Product: d.Product, OutletID: d.OutletID, SocialAccountID: d.SocialAccountID,
		BudgetLineID: d.BudgetLineID, Quantity: d.Quantity, Unit: d.Unit, OfferedPrice: d.OfferedPrice, UnitPrice: d.UnitPrice,
		TaxInclusive: d.TaxInclusive, LabelRequired: d.LabelRequired,
		Pricing: Pricing{Tier: d.Tier, PriceReferenceID: d.PriceReferenceID, ReferenceNamed: d.PriceReferenceID.Valid},
		Content: d.Content,
	}
}

// sum adds up the lines, and names each that brings the sum beyond bounds; then it is not ok.
func sum(wrong *fault.Fields, items []Deliverable) (value, vat money.Amount, ok bool) {
	ok = true
	for i, d := range items {
		net, errNet := d.UnitNet.Times(d.Quantity)
		tax, errTax := d.UnitVAT.Times(d.Quantity)
		if errNet != nil || errTax != nil || net > fault.AmountMax-value-vat-tax {
			wrong.AddWith(itemPointer(i), "sum_too_large", fault.Args{"max": int64(fault.AmountMax)})
			ok = false
			continue
		}
		value, vat = value+net, vat+tax
	}
	return value, vat, ok
}

// Gross is the whole price of the line, VAT included.
func (d Deliverable) Gross() money.Amount { return d.UnitGross * money.Amount(d.Quantity) }

// ByLine sums per budget line what amount gives for each deliverable, in the order in which lines first occur.
func ByLine(items []Deliverable, amount func(Deliverable) money.Amount) (lines []uuid.UUID, sums map[uuid.UUID]money.Amount) {
	sums = map[uuid.UUID]money.Amount{}
	for _, d := range items {
		if _, ok := sums[d.BudgetLineID]; !ok {
			lines = append(lines, d.BudgetLineID)
		}
		sums[d.BudgetLineID] += amount(d)
	}
	return lines, sums
}
