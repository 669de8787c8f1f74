package payment

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/placement"
)

// BillLine is one line of a vendor's invoice, as he wrote it.
type BillLine struct {
	DeliverableID uuid.UUID    `json:"deliverable_id" db:"deliverable_id"`
	Description   string       `json:"description" db:"description" required:"false"`
	Quantity      int64        `json:"quantity" db:"quantity"`
	UnitPrice     money.Amount `json:"unit_price" db:"unit_price"`
	TaxInclusive  bool         `json:"tax_inclusive" db:"tax_inclusive" required:"false" doc:"the unit price has VAT in it"`
	Amount        money.Amount `json:"amount" db:"amount" doc:"of the line, VAT included"`
}

// InvoiceLine is a BillLine as it is kept, once for ever.
type InvoiceLine struct {
	ID uuid.UUID `json:"id" db:"id"`
	BillLine
	Difference money.Amount `json:"difference" db:"difference" doc:"amount less what the line should be, within the tolerance of the invoice's day"`
}

// Match holds what a vendor billed against what was ordered and what was evidenced and taken over, deliverable by deliverable.
type Match struct {
	InvoiceID uuid.UUID    `json:"invoice_id"`
	Number    string       `json:"number"`
	Detailed  bool         `json:"detailed" doc:"the vendor wrote lines; else they are derived from the placements"`
	Tolerance money.Amount `json:"tolerance" doc:"by how much the amount of a line may differ"`
	Agrees    bool         `json:"agrees"`
	Lines     []MatchLine  `json:"lines"`
	Amount    money.Amount `json:"amount" doc:"as the vendor wrote it"`
	Due       money.Amount `json:"due" doc:"of the placements: never more is paid"`
}

// MatchLine is one deliverable of an invoice. Difference is Amount less Due.
type MatchLine struct {
	DeliverableID uuid.UUID    `json:"deliverable_id"`
	Product       string       `json:"product"`
	Channel       string       `json:"channel"`
	Unit          string       `json:"unit"`
	Ordered       int64        `json:"ordered"`
	Evidenced     int64        `json:"evidenced" doc:"verified placements of the deliverable"`
	Accepted      int64        `json:"accepted" doc:"taken over, of the deliverable"`
	Here          int64        `json:"here" doc:"taken over and named by this invoice"`
	Quantity      int64        `json:"quantity" doc:"as the vendor wrote it"`
	UnitPrice     money.Amount `json:"unit_price"`
	TaxInclusive  bool         `json:"tax_inclusive"`
	AgreedPrice   money.Amount `json:"agreed_price"`
	AgreedTax     bool         `json:"agreed_tax" doc:"the agreed price has VAT in it"`
	Amount        money.Amount `json:"amount"`
	Due           money.Amount `json:"due"`
	Difference    money.Amount `json:"difference"`
	Verdict       LineVerdict  `json:"verdict" enum:"agrees,tolerated,quantity,price,tax,amount,no_placements,no_line"`
}

// LineVerdict says how a line stands.
type LineVerdict string

// The verdicts; all but the first two are wrong.
const (
	LineAgrees       LineVerdict = "agrees"
	LineTolerated    LineVerdict = "tolerated"
	LineQuantity     LineVerdict = "quantity"
	LinePrice        LineVerdict = "price"
	LineTax          LineVerdict = "tax"
	LineAmount       LineVerdict = "amount"
	LineNoPlacements LineVerdict = "no_placements"
	LineNoLine       LineVerdict = "no_line"
)

// Right reports whether the line may be paid.
func (v LineVerdict) Right() bool { return v == LineAgrees || v == LineTolerated }

const linesMax = 1000

// checkLines says by field what is wrong with lines by themselves: they have to sum to the amount.
func checkLines(wrong *fault.Fields, lines []BillLine, amount money.Amount) {
	if len(lines) == 0 {
		return
	}
	if len(lines) > linesMax {
		wrong.AddWith("/lines", "too_many", fault.Args{"max": linesMax})
		return
	}
	before, sum := len(*wrong), money.Amount(0)
	for i, l := range lines {
		at := lineAt(i)
		if l.DeliverableID == uuid.Nil {
			wrong.Add(at+"/deliverable_id", "required")
		}
		wrong.Text(at+"/description", l.Description, false, DescriptionMax)
		wrong.Within(at+"/quantity", l.Quantity, 1, placement.PlacementsMax)
		wrong.Within(at+"/unit_price", int64(l.UnitPrice), 1, fault.AmountMax/placement.PlacementsMax)
		wrong.Within(at+"/amount", int64(l.Amount), 1, fault.AmountMax/linesMax)
		sum += l.Amount
	}
	if len(*wrong) == before && sum != amount {
		wrong.AddWith("/lines", "lines_sum", fault.Args{"amount": sum, "expected": amount})
	}
}

// DescriptionMax bounds the description of a line, in characters.
const DescriptionMax = 500

func lineAt(i int) string { return "/lines/" + strconv.Itoa(i) }

func trimmedLines(lines []BillLine) []BillLine {
	out := make([]BillLine, len(lines))
	for i, l := range lines {
		l.Description = strings.TrimSpace(l.Description)
		out[i] = l
	}
	return out
}

// named counts the units of each deliverable that an invoice names.
type named map[uuid.UUID]int64

func namedBy(chosen []placement.Placement) named {
	out := named{}
	for _, p := range chosen {
		out[p.DeliverableID]++
	}
	return out
}

// tolerances are by how much the amount of a line may be below and above what it should be.
type tolerances struct{ below, above money.Amount }

func (t tolerances) allow(difference money.Amount) bool {
	return difference >= -t.below && difference <= max(t.above, t.below)
}

// matched is every line as it stands, in order, and at the end the deliverables that have placements and no line. Lines of one
// deliverable are held together against its placements: the last of them answers for the quantity.
func matched(lines []BillLine, rows []placement.Fulfilled, units named, tolerance tolerances) []MatchLine {
	billed, last := named{}, map[uuid.UUID]int{}
	for i, l := range lines {
		billed[l.DeliverableID] += l.Quantity
		last[l.DeliverableID] = i
	}
	out := make([]MatchLine, 0, len(lines))
	for i, l := range lines {
		m := matchLine(l, rows, units)
		m.Verdict = verdictOf(l, m, billed[l.DeliverableID] == units[l.DeliverableID] || last[l.DeliverableID] != i, tolerance)
		out = append(out, m)
	}
	for _, r := range rows {
		if n := units[r.DeliverableID]; n > 0 && billed[r.DeliverableID] == 0 {
			m := matchLine(BillLine{DeliverableID: r.DeliverableID}, rows, units)
			m.Due = r.UnitGross * money.Amount(n)
			m.Difference, m.Verdict = -m.Due, LineNoLine
			out = append(out, m)
		}
	}
	return out
}

func matchLine(l BillLine, rows []placement.Fulfilled, units named) MatchLine {
	m := MatchLine{
		DeliverableID: l.DeliverableID, Product: l.Description, Here: units[l.DeliverableID], Quantity: l.Quantity,
		UnitPrice: l.UnitPrice, TaxInclusive: l.TaxInclusive, Amount: l.Amount,
	}
	for _, r := range rows {
		if r.DeliverableID == l.DeliverableID {
			m.Product, m.Channel, m.Unit, m.Ordered, m.Evidenced, m.Accepted = r.Product, r.Channel, r.Unit, r.Ordered, r.Verified, r.Accepted
			m.AgreedPrice, m.AgreedTax = r.UnitPrice, r.TaxInclusive
			m.Due = r.UnitGross * money.Amount(l.Quantity)
		}
	}
	m.Difference = m.Amount - m.Due
	return m
}

func verdictOf(l BillLine, m MatchLine, quantity bool, tolerance tolerances) LineVerdict {
	switch {
	case m.Here == 0:
		return LineNoPlacements
	case !quantity:
		return LineQuantity
	case l.TaxInclusive != m.AgreedTax:
		return LineTax
	case l.UnitPrice != m.AgreedPrice:
		return LinePrice
	case !tolerance.allow(m.Difference):
		return LineAmount
	case m.Difference != 0:
		return LineTolerated
	}
	return LineAgrees
}

// refuseLines names each line that is wrong, with what it should say.
func refuseLines(wrong *fault.Fields, lines []MatchLine) {
	for i, m := range lines {
		at, args := lineAt(i), fault.Args{"product": m.Product, "channel": m.Channel}
		switch m.Verdict {
		case LineNoPlacements:
			wrong.AddWith(at+"/deliverable_id", "line_no_placements", args)
		case LineQuantity:
			args["n"], args["here"] = m.Quantity, m.Here
			wrong.AddWith(at+"/quantity", "line_quantity", args)
		case LineTax:
			wrong.AddWith(at+"/tax_inclusive", "line_tax", args)
		case LinePrice:
			args["amount"], args["expected"] = m.UnitPrice, m.AgreedPrice
			wrong.AddWith(at+"/unit_price", "line_price", args)
		case LineAmount:
			args["amount"], args["expected"] = m.Amount, m.Due
			wrong.AddWith(at+"/amount", "line_amount", args)
		case LineNoLine:
			args["n"] = m.Here
			wrong.AddWith("/lines", "line_unbilled", args)
		case LineAgrees, LineTolerated:
		}
	}
}

// derived are the lines that an invoice without any would have: what its placements give.
func derived(rows []placement.Fulfilled, units named) (out []BillLine) {
	for _, r := range rows {
		if n := units[r.DeliverableID]; n > 0 {
			out = append(out, BillLine{
				DeliverableID: r.DeliverableID, Description: r.Product, Quantity: n, UnitPrice: r.UnitPrice, TaxInclusive: r.TaxInclusive,
				Amount: r.UnitGross * money.Amount(n),
			})
		}
	}
	return out
}

// Match holds the invoice with its kept lines against its placements; rows are the deliverables of its agreement.
func (i Invoice) Match(rows []placement.Fulfilled, chosen []placement.Placement, tolerance money.Amount) Match {
	m := Match{InvoiceID: i.ID, Number: i.Number, Detailed: len(i.Lines) > 0, Tolerance: tolerance, Amount: i.Amount, Due: i.Price + i.VAT, Agrees: true}
	units := namedBy(chosen)
	lines := make([]BillLine, len(i.Lines))
	for n, l := range i.Lines {
		lines[n] = l.BillLine
	}
	if !m.Detailed {
		lines = derived(rows, units)
	}
	m.Lines = matched(lines, rows, units, tolerances{below: tolerance, above: max(tolerance, i.Excess)})
	for _, l := range m.Lines {
		m.Agrees = m.Agrees && l.Verdict.Right()
	}
	return m
}

// detail gives the invoice its lines. rows are the deliverables of its agreement, chosen its placements. Fault: Invalid, with a
// pointer for each line that is wrong and what it should say.
func (i Invoice) detail(lines []BillLine, rows []placement.Fulfilled, chosen []placement.Placement, tolerance money.Amount) (Invoice, error) {
	found := matched(lines, rows, namedBy(chosen), tolerances{below: tolerance, above: max(tolerance, i.Excess)})
	var wrong fault.Fields
	refuseLines(&wrong, found)
	if err := wrong.Err(); err != nil {
		return i, err
	}
	i.Lines = make([]InvoiceLine, len(lines))
	for n, l := range lines {
		if l.Description == "" {
			l.Description = found[n].Product
		}
		id, err := uuid.NewV7()
		if err != nil {
			return i, err
		}
		i.Lines[n] = InvoiceLine{ID: id, BillLine: l, Difference: found[n].Difference}
	}
	return i, nil
}

// slack is how much an invoice with these lines may be above its placements without an override: the tolerance of each line.
func slack(lines []BillLine, tolerance money.Amount) money.Amount {
	return tolerance * money.Amount(len(lines))
}
