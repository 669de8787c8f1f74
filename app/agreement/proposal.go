package agreement

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Proposal is an amendment as a client enters it.
type Proposal struct {
	Number       string      `json:"number"`
	Date         period.Date `json:"date"`
	Reason       string      `json:"reason"`
	EndDate      period.Date `json:"end_date,omitzero" doc:"new last day; empty when it stays"`
	Deliverables []Change    `json:"deliverables,omitempty" doc:"lines to change, by id, and new lines; all others stay"`
	LookThrough  *Shares     `json:"look_through,omitempty" doc:"the new split of an agreement with an agency; needed when the gross changes"`
}

// Change is one line of a proposal. With an ID it changes that line: its quantity, its unit price, or both. Without one
// it is a new line, with the fields of a line of an agreement.
type Change struct {
	ID              uuid.NullUUID `json:"id,omitempty" doc:"of the line to change; without it the line is new"`
	Quantity        *int64        `json:"quantity,omitempty" doc:"0 takes out a line without placements"`
	UnitPrice       *money.Amount `json:"unit_price,omitempty" doc:"of a line without placements, in the smallest unit"`
	Product         string        `json:"product,omitempty" doc:"this and what follows: of a new line only"`
	OutletID        uuid.NullUUID `json:"outlet_id,omitempty"`
	SocialAccountID uuid.NullUUID `json:"social_account_id,omitempty"`
	BudgetLineID    uuid.NullUUID `json:"budget_line_id,omitempty"`
	Unit            string        `json:"unit,omitempty"`
	OfferedPrice    *money.Amount `json:"offered_price,omitempty"`
	TaxInclusive    *bool         `json:"tax_inclusive,omitempty"`
	LabelRequired   *bool         `json:"label_required,omitempty"`
	// Tier and PriceReferenceID are as on a line of an agreement.
	PriceReferenceID uuid.NullUUID `json:"price_reference_id,omitempty"`
	Tier             string        `json:"tier,omitempty"`
	Content          *Content      `json:"content,omitempty"`
}

// Trimmed is the proposal without blanks around its texts.
func (p Proposal) Trimmed() Proposal {
	p.Number, p.Reason = strings.TrimSpace(p.Number), strings.TrimSpace(p.Reason)
	changes := make([]Change, len(p.Deliverables))
	for i, c := range p.Deliverables {
		c.Product, c.Unit, c.Tier = strings.TrimSpace(c.Product), strings.TrimSpace(c.Unit), strings.TrimSpace(c.Tier)
		c.Tier, c.Content = strings.TrimSpace(c.Tier), c.Content.trimmed()
		changes[i] = c
	}
	p.Deliverables = changes
	if p.LookThrough != nil {
		p.LookThrough = &Shares{p.LookThrough.Fee, Split{Recipients: p.LookThrough.Recipients}.Trimmed().Recipients}
	}
	return p
}

// Check says everything that is wrong with the proposal by itself, by field.
func (p Proposal) Check(kind Kind) error {
	var wrong fault.Fields
	wrong.Text("/number", p.Number, true, numberMax)
	wrong.Text("/reason", p.Reason, true, reasonMax)
	if p.Date.IsZero() {
		wrong.Add("/date", "required")
	}
	if len(p.Deliverables) > itemsMax {
		wrong.AddWith("/deliverables", "too_many", fault.Args{"max": itemsMax})
		return wrong.Err()
	}
	seen := map[uuid.UUID]bool{}
	for i, c := range p.Deliverables {
		at := itemPointer(i)
		if !c.ID.Valid {
			c.checkNew(&wrong, at, kind)
			continue
		}
		if seen[c.ID.UUID] {
			wrong.Add(at+"/id", "doubled")
		}
		seen[c.ID.UUID] = true
		c.check(&wrong, at)
	}
	return wrong.Err()
}

// check looks at a change of a line that is there.
func (c Change) check(wrong *fault.Fields, at string) {
	if c.Quantity != nil {
		wrong.Within(at+"/quantity", *c.Quantity, 0, quantityMax)
	}
	if c.UnitPrice != nil {
		wrong.Within(at+"/unit_price", int64(*c.UnitPrice), 1, fault.AmountMax)
	}
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"product", c.Product != ""},
		{"outlet_id", c.OutletID.Valid},
		{"social_account_id", c.SocialAccountID.Valid},
		{"budget_line_id", c.BudgetLineID.Valid},
		{"unit", c.Unit != ""},
		{"offered_price", c.OfferedPrice != nil},
		{"tax_inclusive", c.TaxInclusive != nil},
		{"label_required", c.LabelRequired != nil},
		{"price_reference_id", c.PriceReferenceID.Valid},
		{"tier", c.Tier != ""},
		{"content", c.Content != nil},
	} {
		if f.given {
			wrong.Add(at+"/"+f.name, "not_amendable")
		}
	}
}

// checkNew looks at a new line as at a line of an agreement.
func (c Change) checkNew(wrong *fault.Fields, at string, kind Kind) {
	for _, f := range []struct {
		name    string
		missing bool
	}{{"quantity", c.Quantity == nil}, {"unit_price", c.UnitPrice == nil}, {"tax_inclusive", c.TaxInclusive == nil}} {
		if f.missing {
			wrong.Add(at+"/"+f.name, "required")
		}
	}
	item := c.item()
	if c.Quantity == nil {
		item.Quantity = 1 // said already
	}
	if c.UnitPrice == nil {
		item.UnitPrice = 1
	}
	item.check(wrong, at, kind)
}

// item is a new line as an agreement has it.
func (c Change) item() Item {
	item := Item{
		Product: c.Product, OutletID: c.OutletID, SocialAccountID: c.SocialAccountID, BudgetLineID: c.BudgetLineID.UUID,
		Unit: c.Unit, OfferedPrice: c.OfferedPrice, TaxInclusive: c.TaxInclusive != nil && *c.TaxInclusive,
		LabelRequired: c.LabelRequired != nil && *c.LabelRequired, Tier: c.Tier, PriceReferenceID: c.PriceReferenceID, Content: c.Content,
	}
	if c.Quantity != nil {
		item.Quantity = *c.Quantity
	}
	if c.UnitPrice != nil {
		item.UnitPrice = *c.UnitPrice
	}
	return item
}

// named is what the proposal names besides the agreement, for storage to look up.
func (p Proposal) named(a Agreement) Terms {
	t := Terms{VendorID: a.VendorID, Framing: Framing{FrameworkID: a.FrameworkID}}
	if p.LookThrough != nil {
		t.LookThrough.Recipients = slices.Clone(p.LookThrough.Recipients)
	}
	for _, d := range a.Deliverables {
		t.LookThrough.Recipients = append(t.LookThrough.Recipients, Share{OutletID: d.OutletID, SocialAccountID: d.SocialAccountID})
	}
	for _, c := range p.Deliverables {
		if !c.ID.Valid {
			t.Deliverables = append(t.Deliverables, c.item())
		}
	}
	return t
}
