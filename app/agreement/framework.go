package agreement

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Framing says that an agreement is a framework agreement (kontrak payung) with a ceiling, or an order under one. A
// framework fixes prices, term and ceiling; it reserves, commits and owes nothing itself: its orders do.
type Framing struct {
	Framework   bool          `json:"framework,omitempty" db:"framework" doc:"a framework agreement: its orders name it in framework_id"`
	Ceiling     money.Amount  `json:"ceiling,omitempty" db:"ceiling" doc:"of a framework agreement: the most that its orders may come to, VAT included; when left out, the sum of its lines"`
	FrameworkID uuid.NullUUID `json:"framework_id,omitempty" db:"framework_id" doc:"of an order: the framework agreement, of the same vendor"`
}

// Called is how far a framework agreement is used, and what an order belongs to.
type Called struct {
	FrameworkNumber string       `json:"framework_number" db:"framework_number"`
	FrameworkEnd    period.Date  `json:"-" db:"framework_end"`
	CalledOff       money.Amount `json:"called_off" db:"called_off" doc:"of a framework agreement: its orders, VAT included; of a closed one what was paid"`
}

// Weight is the money by which limits and the steps of approval are chosen: gross, and of a framework agreement, which by
// itself promises nothing, its ceiling.
func (a Agreement) Weight() money.Amount {
	if a.Framework {
		return a.Ceiling
	}
	return a.Gross
}

// Left is what may still be ordered under a framework agreement, VAT included.
func (a Agreement) Left() money.Amount { return a.Ceiling - a.CalledOff }

// checkFraming says what is wrong with the framing by itself.
func (t Terms) checkFraming(wrong *fault.Fields) {
	switch {
	case t.Framework && t.FrameworkID.Valid:
		wrong.Add("/framework_id", "one_framing")
	case t.Framework && t.Ceiling != 0:
		wrong.Within("/ceiling", int64(t.Ceiling), 1, fault.AmountMax)
	case !t.Framework && t.Ceiling != 0:
		wrong.Add("/ceiling", "not_of_framework")
	}
}

// fitFramework holds an order against its framework agreement, by field: there, in force, of the vendor; inside its term;
// nothing that it does not list, and nothing dearer.
func (t Terms) fitFramework(wrong *fault.Fields, f *Agreement) {
	if !t.FrameworkID.Valid {
		return
	}
	if f == nil || !f.Framework {
		wrong.Add("/framework_id", "not_found")
		return
	}
	if f.VendorID != t.VendorID {
		wrong.Add("/framework_id", "other_vendor")
	}
	if f.Status != Active {
		wrong.AddWith("/framework_id", "framework_not_active", fault.Args{"number": f.Number, "status": string(f.Status)})
	}
	for _, d := range []struct {
		at   string
		date period.Date
		out  bool
	}{
		{"/order_date", t.OrderDate, t.OrderDate.Before(f.OrderDate)},
		{"/start_date", t.StartDate, t.StartDate.Before(f.StartDate)},
		{"/end_date", t.EndDate, t.EndDate.After(f.EndDate)},
	} {
		if d.out && !d.date.IsZero() {
			wrong.AddWith(d.at, "outside_framework", fault.Args{"number": f.Number, "from": f.StartDate, "to": f.EndDate})
		}
	}
}

// checkFrameworkPrices wants every line of an order to be one that the framework agreement lists, and not dearer without VAT.
func checkFrameworkPrices(items []Deliverable, f Agreement) error {
	var wrong fault.Fields
	for i, d := range items {
		listed, ok := f.listing(d)
		switch {
		case !ok:
			wrong.AddWith(itemPointer(i)+"/product", "not_in_framework", fault.Args{"number": f.Number, "product": d.Product})
		case d.UnitNet > listed.UnitNet:
			wrong.AddWith(itemPointer(i)+"/unit_price", "above_framework_price", fault.Args{"number": f.Number, "limit": listed.UnitNet, "amount": d.UnitNet})
		}
	}
	return wrong.Err()
}

// listing finds the framework's line for the same product, unit and channel, the dearest where there are several.
func (a Agreement) listing(of Deliverable) (found Deliverable, ok bool) {
	for _, d := range a.Deliverables {
		same := strings.EqualFold(d.Product, of.Product) && strings.EqualFold(d.Unit, of.Unit) &&
			d.OutletID == of.OutletID && d.SocialAccountID == of.SocialAccountID
		if same && (!ok || d.UnitNet > found.UnitNet) {
			found, ok = d, true
		}
	}
	return found, ok
}

// frame puts the framing into the agreement, whose money is summed already. A framework agreement promises nothing: its sum
// is its ceiling unless the terms name another.
func (a *Agreement) frame(t Terms) {
	a.Framing = t.Framing
	if !a.Framework {
		return
	}
	if a.Ceiling == 0 {
		a.Ceiling = a.Gross
	}
	a.Value, a.VAT, a.Gross = 0, 0, 0
}
