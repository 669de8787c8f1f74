package payment

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Receipt (kwitansi) is what the treasurer paid out of cash before a payment of kind UP, GU or TU makes it good. Numbers are
// compared without punctuation and case: one receipt is in one payment of the agency, unless that was reversed.
type Receipt struct {
	ID     uuid.UUID    `json:"id,omitzero" db:"id" required:"false"`
	Number string       `json:"number" db:"number"`
	Date   period.Date  `json:"date" db:"date"`
	Amount money.Amount `json:"amount" db:"amount" doc:"gross, in the smallest unit"`
}

// Drawing is the additional cash (TU) out of which a payment was made: its SP2D, and the slip (STS) by which what was left of
// it went back.
type Drawing struct {
	Number string       `json:"number" db:"number" doc:"of the SP2D that brought the cash"`
	Date   period.Date  `json:"date" db:"date"`
	Amount money.Amount `json:"amount" db:"amount" doc:"in the smallest unit; at least what was paid out of it"`
	STS    Paper        `json:"sts,omitzero" db:"sts" required:"false" doc:"by which the rest went back"`
}

// IsZero reports whether no cash was drawn.
func (d Drawing) IsZero() bool { return d == Drawing{} }

// Left is what was not used of the cash, when gross was paid out of it.
func (d Drawing) Left(gross money.Amount) money.Amount { return max(0, d.Amount-gross) }

// Cash is what a request of kind UP, GU or TU says of the treasurer's cash; each may be left out.
type Cash struct {
	Receipts []Receipt `json:"receipts,omitempty" required:"false" doc:"of kinds up, gu and tu: what the treasurer paid out already; they add up to the gross"`
	Drawn    Drawing   `json:"drawn,omitzero" required:"false" doc:"of kind tu: the additional cash"`
}

// Disbursement is the SP2D, with the bank's slip where there is one.
type Disbursement struct {
	SP2D     Paper `json:"sp2d"`
	Transfer Paper `json:"transfer,omitzero" required:"false" doc:"the bank's transfer slip"`
}

// check wants cash with the kinds that have it, each paper whole and none after the request.
func (c *Cash) check(wrong *fault.Fields, kind Kind, spp period.Date) {
	if kind == LS && len(c.Receipts) > 0 {
		wrong.Add("/receipts", "only_of_cash")
	}
	if len(c.Receipts) > invoicesMax {
		wrong.AddWith("/receipts", "too_many", fault.Args{"max": invoicesMax})
	}
	for i := range c.Receipts {
		at, r := "/receipts/"+strconv.Itoa(i), &c.Receipts[i]
		p := Paper{r.Number, r.Date}
		p.check(wrong, at)
		r.Number = p.Number
		notAfter(wrong, at+"/date", r.Date, "spp.date", spp)
		wrong.Within(at+"/amount", int64(r.Amount), 1, fault.AmountMax)
	}
	if c.Drawn.IsZero() {
		return
	}
	if kind != TU {
		wrong.Add("/drawn", "only_of_tu")
	}
	p := Paper{c.Drawn.Number, c.Drawn.Date}
	p.check(wrong, "/drawn")
	c.Drawn.Number, c.Drawn.STS.Number = p.Number, strings.TrimSpace(c.Drawn.STS.Number)
	notAfter(wrong, "/drawn/date", c.Drawn.Date, "spp.date", spp)
	wrong.Within("/drawn/amount", int64(c.Drawn.Amount), 1, fault.AmountMax)
	if !c.Drawn.STS.IsZero() {
		c.Drawn.STS.check(wrong, "/drawn/sts")
		notBefore(wrong, "/drawn/sts/date", c.Drawn.STS.Date, "drawn.date", c.Drawn.Date)
	}
}

// on puts the cash to the payment that makes it good. Faults: Invalid by field: receipts that do not add up, more paid than
// was drawn, a rest that is none.
func (c Cash) on(p Payment) (Payment, error) {
	p.Receipts, p.Drawn = append([]Receipt{}, c.Receipts...), c.Drawn
	var wrong fault.Fields
	var sum money.Amount
	for _, r := range c.Receipts {
		sum += r.Amount
	}
	if len(c.Receipts) > 0 && sum != p.Gross {
		wrong.AddWith("/receipts", "amount_mismatch", fault.Args{"amount": sum, "expected": p.Gross})
	}
	if !c.Drawn.IsZero() {
		if c.Drawn.Amount < p.Gross {
			wrong.AddWith("/drawn/amount", "amount_mismatch", fault.Args{"amount": c.Drawn.Amount, "expected": p.Gross})
		} else if c.Drawn.Amount == p.Gross && !c.Drawn.STS.IsZero() {
			wrong.Add("/drawn/sts", "no_rest")
		}
	}
	return p, wrong.Err()
}

// transferred notes the bank's slip of a settled payment. Fault: Invalid by field.
func (p Payment) transferred(slip Paper) (Payment, error) {
	if slip.IsZero() {
		return p, nil
	}
	var wrong fault.Fields
	slip.check(&wrong, "/transfer")
	notBefore(&wrong, "/transfer/date", slip.Date, "sp2d.date", p.SP2D.Date)
	p.Transfer = slip
	return p, wrong.Err()
}

// identify gives the payment, its taxes and its receipts their ids.
func (p *Payment) identify() (err error) {
	ids := []*uuid.UUID{&p.ID}
	for i := range p.Taxes {
		ids = append(ids, &p.Taxes[i].ID)
	}
	for i := range p.Receipts {
		ids = append(ids, &p.Receipts[i].ID)
	}
	for _, id := range ids {
		if *id, err = uuid.NewV7(); err != nil {
			return err
		}
	}
	return nil
}

func notAfter(wrong *fault.Fields, at string, date period.Date, field string, latest period.Date) {
	if !date.IsZero() && !latest.IsZero() && date.After(latest) {
		wrong.AddWith(at, "after", fault.Args{"field": field, "date": latest})
	}
}
