package placement

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
)

// Short says in an acceptance report that units of a deliverable do not come.
type Short struct {
	DeliverableID uuid.UUID `json:"deliverable_id" db:"deliverable_id"`
	Quantity      int64     `json:"quantity" db:"quantity" doc:"units that do not come"`
	Reason        string    `json:"reason" db:"reason"`
}

// QuantityShortfall is a Short as it stands: Amount is what the units cost, VAT included. They are never paid; what was committed for
// them goes back to the budget line when the agreement is closed.
type QuantityShortfall struct {
	ID uuid.UUID `json:"id" db:"id"`
	Short
	Product string              `json:"product" db:"product"`
	Amount  money.Amount        `json:"amount" db:"amount" doc:"VAT included"`
	Rule    agreement.Shortfall `json:"rule" db:"rule" enum:"per_unit,make_good," doc:"what the agreement says about a shortfall"`
}

// shortsMax bounds the deliverables of one report.
const shortsMax = 500

func checkShorts(wrong *fault.Fields, shorts []Short) {
	if len(shorts) > shortsMax {
		wrong.AddWith("/shortfalls", "too_many", fault.Args{"max": shortsMax})
		return
	}
	seen := map[uuid.UUID]bool{}
	for i, s := range shorts {
		at := "/shortfalls/" + strconv.Itoa(i)
		wrong.Within(at+"/quantity", s.Quantity, 1, fault.AmountMax)
		wrong.Text(at+"/reason", strings.TrimSpace(s.Reason), true, ReasonMax)
		if seen[s.DeliverableID] {
			wrong.Add(at+"/deliverable_id", "duplicate")
		}
		seen[s.DeliverableID] = true
	}
}

// shortfalls holds what falls short against what the agreement still owes; rows are its deliverables. Under an agreement that
// has units made good nothing falls short before its end. Fault: Invalid by field.
func (r Report) shortfalls(a agreement.Agreement, rows []Fulfilled) ([]QuantityShortfall, error) {
	var wrong fault.Fields
	out := []QuantityShortfall{}
	rule := a.Procurement.Shortfall()
	for i, s := range r.Shortfalls {
		at := "/shortfalls/" + strconv.Itoa(i)
		row, ok := fulfilledOf(rows, s.DeliverableID)
		switch left := row.Ordered - row.Planned - row.Short; {
		case !ok:
			wrong.Add(at+"/deliverable_id", "not_found")
			continue
		case rule == agreement.MakeGood && !r.Date.After(a.EndDate):
			wrong.AddWith(at+"/deliverable_id", "shortfall_make_good", fault.Args{"date": a.EndDate})
		case s.Quantity > left:
			wrong.AddWith(at+"/quantity", "shortfall_too_many", fault.Args{"n": left, "planned": row.Planned})
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		s.Reason = strings.TrimSpace(s.Reason)
		out = append(out, QuantityShortfall{ID: id, Short: s, Product: row.Product, Amount: row.UnitGross * money.Amount(s.Quantity), Rule: rule})
	}
	return out, wrong.Err()
}

func fulfilledOf(rows []Fulfilled, deliverable uuid.UUID) (Fulfilled, bool) {
	for _, r := range rows {
		if r.DeliverableID == deliverable {
			return r, true
		}
	}
	return Fulfilled{}, false
}
