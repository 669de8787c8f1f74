package payment_test

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// billed is an invoice whose lines are exactly what its placements give.
type billed struct {
	invoice payment.Invoice
	rows    []placement.Fulfilled
	chosen  []placement.Placement
}

func drawBilled(t *rapid.T) billed {
	var b billed
	for range rapid.IntRange(1, 5).Draw(t, "deliverables") {
		price := money.Amount(rapid.Int64Range(1, 50_000_000).Draw(t, "price"))
		row := placement.Fulfilled{DeliverableID: uuid.New(), Product: "item", UnitPrice: price, TaxInclusive: rapid.Bool().Draw(t, "inclusive"), UnitGross: price}
		if !row.TaxInclusive {
			row.UnitGross += money.Amount(rapid.Int64Range(0, int64(price)/8+1).Draw(t, "vat"))
		}
		n := rapid.Int64Range(1, 40).Draw(t, "quantity")
		row.Units = placement.Units{Ordered: n + 3, Verified: n + 1, Accepted: n}
		for range n {
			b.chosen = append(b.chosen, placement.Placement{ID: uuid.New(), Order: placement.Order{DeliverableID: row.DeliverableID}, Gross: row.UnitGross})
		}
		b.rows = append(b.rows, row)
		b.invoice.Lines = append(b.invoice.Lines, payment.InvoiceLine{BillLine: payment.BillLine{
			DeliverableID: row.DeliverableID, Quantity: n, UnitPrice: price, TaxInclusive: row.TaxInclusive, Amount: row.UnitGross * money.Amount(n),
		}})
		b.invoice.Price += row.UnitGross * money.Amount(n)
	}
	b.invoice.Amount = b.invoice.Price
	return b
}

func (b billed) match() payment.Match { return b.invoice.Match(b.rows, b.chosen, 0) }

func TestAnInvoiceThatIsRightMatches(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := drawBilled(t)
		if m := b.match(); !m.Agrees || !m.Detailed || m.Due != m.Amount {
			t.Fatalf("%+v", m)
		}
	})
}

// Whatever is changed of one line is found, though the invoice asks for as much as before, or for less.
func TestOneWrongLineIsFoundThoughTheTotalIsNotHigher(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := drawBilled(t)
		l := &b.invoice.Lines[rapid.IntRange(0, len(b.invoice.Lines)-1).Draw(t, "line")]
		switch rapid.SampledFrom([]string{"more units", "fewer units", "dearer", "cheaper", "tax", "lower", "elsewhere", "gone"}).Draw(t, "what") {
		case "more units":
			l.Quantity += rapid.Int64Range(1, 5).Draw(t, "by")
		case "fewer units":
			l.Quantity -= rapid.Int64Range(1, l.Quantity).Draw(t, "by")
		case "dearer":
			l.UnitPrice += money.Amount(rapid.Int64Range(1, 1000).Draw(t, "by"))
		case "cheaper":
			l.UnitPrice -= money.Amount(rapid.Int64Range(1, int64(l.UnitPrice)).Draw(t, "by"))
		case "tax":
			l.TaxInclusive = !l.TaxInclusive
		case "lower":
			l.Amount -= money.Amount(rapid.Int64Range(1, int64(l.Amount)).Draw(t, "by"))
		case "elsewhere":
			l.DeliverableID = uuid.New()
		case "gone":
			b.invoice.Lines = b.invoice.Lines[1:]
			if len(b.invoice.Lines) == 0 {
				t.Skip("an invoice without lines is another rule's")
			}
		}
		if m := b.match(); m.Agrees {
			t.Fatalf("passed: %+v", m.Lines)
		}
	})
}

// What is taken from one line and put on another leaves the total as it was.
func TestWhatIsMovedBetweenTwoLinesIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := drawBilled(t)
		if len(b.invoice.Lines) < 2 {
			t.Skip("one line")
		}
		one, two := &b.invoice.Lines[0], &b.invoice.Lines[1]
		switch rapid.SampledFrom([]string{"amount", "units", "prices"}).Draw(t, "what") {
		case "amount":
			by := money.Amount(rapid.Int64Range(1, int64(one.Amount)).Draw(t, "by"))
			one.Amount, two.Amount = one.Amount-by, two.Amount+by
		case "units":
			one.Quantity, two.Quantity = one.Quantity-1, two.Quantity+1
		case "prices":
			if one.UnitPrice == two.UnitPrice {
				t.Skip("the same price")
			}
			one.UnitPrice, two.UnitPrice = two.UnitPrice, one.UnitPrice
		}
		if m := b.match(); m.Agrees {
			t.Fatalf("passed: %+v", m.Lines)
		}
	})
}

func TestWithinTheToleranceALinePassesAndIsNoted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := drawBilled(t)
		tolerance := money.Amount(rapid.Int64Range(1, 1000).Draw(t, "tolerance"))
		by := money.Amount(rapid.Int64Range(-int64(tolerance)-5, int64(tolerance)+5).Draw(t, "by"))
		b.invoice.Lines[0].Amount += by
		m := b.invoice.Match(b.rows, b.chosen, tolerance)
		inside := by >= -tolerance && by <= tolerance
		if m.Agrees != inside || m.Lines[0].Difference != by || inside && by != 0 && m.Lines[0].Verdict != payment.LineTolerated {
			t.Fatalf("%d within %d: %+v", by, tolerance, m.Lines[0])
		}
	})
}

// twoItems is an agreement with two deliverables and accepted placements of both: two at 1,110,000 and one at 555,000.
func twoItems(t *testing.T, c *chain.Chain) (payment.Bill, []payment.BillLine) {
	t.Helper()
	cheap := c.Item(2)
	cheap.Product, cheap.UnitPrice, cheap.TaxInclusive = "banner", 555_000, true
	a := c.Agreement(t, c.Item(3), cheap)
	ps := append(c.Verified(t, a.Deliverables[0].ID, 2), c.Verified(t, a.Deliverables[1].ID, 1)...)
	c.Accept(t, a, ps)
	return c.Bill(t, a, ps), []payment.BillLine{
		{DeliverableID: a.Deliverables[0].ID, Quantity: 2, UnitPrice: 1_000_000, Amount: 2_220_000},
		{DeliverableID: a.Deliverables[1].ID, Quantity: 1, UnitPrice: 555_000, TaxInclusive: true, Amount: 555_000},
	}
}

func TestAnInvoiceWithAWrongLineIsRefusedThoughItsTotalIsRight(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	b, right := twoItems(t, c)
	for name, of := range map[string]struct {
		change func([]payment.BillLine) []payment.BillLine
		wants  map[string]string
	}{
		"swapped prices": {func(l []payment.BillLine) []payment.BillLine {
			l[0].UnitPrice, l[1].UnitPrice = l[1].UnitPrice, l[0].UnitPrice
			return l
		}, map[string]string{"/lines/0/unit_price": "line_price", "/lines/1/unit_price": "line_price"}},
		"a unit moved": {func(l []payment.BillLine) []payment.BillLine {
			l[0].Quantity, l[1].Quantity = 1, 2
			return l
		}, map[string]string{"/lines/0/quantity": "line_quantity", "/lines/1/quantity": "line_quantity"}},
		"money moved": {func(l []payment.BillLine) []payment.BillLine {
			l[0].Amount, l[1].Amount = l[0].Amount-5, l[1].Amount+5
			return l
		}, map[string]string{"/lines/0/amount": "line_amount", "/lines/1/amount": "line_amount"}},
		"a line missing": {func(l []payment.BillLine) []payment.BillLine {
			l[0].Amount += l[1].Amount
			return l[:1]
		}, map[string]string{"/lines/0/amount": "line_amount", "/lines": "line_unbilled"}},
		"a line too many": {func(l []payment.BillLine) []payment.BillLine {
			l[1].Amount -= 5
			return append(l, payment.BillLine{DeliverableID: uuid.New(), Quantity: 1, UnitPrice: 5, Amount: 5})
		}, map[string]string{"/lines/1/amount": "line_amount", "/lines/2/deliverable_id": "line_no_placements"}},
		"another sum": {func(l []payment.BillLine) []payment.BillLine {
			l[0].Amount--
			return l
		}, map[string]string{"/lines": "lines_sum"}},
	} {
		bill := b
		bill.Lines = of.change(append([]payment.BillLine{}, right...))
		_, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, bill)
		f := fault.From(err)
		if err == nil || f.Kind != fault.Invalid || len(f.Fields) != len(of.wants) {
			t.Errorf("%s: %+v", name, err)
			continue
		}
		for _, w := range f.Fields {
			if of.wants[w.Pointer] != w.Code {
				t.Errorf("%s: %s is %s", name, w.Pointer, w.Code)
			}
		}
	}
	b.Lines = right
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	got, err := c.Invoices.Get(t.Context(), c.Auditor, c.Agency.Code, i.ID)
	chain.Wants(t, err, "")
	if len(got.Lines) != 2 || got.Lines[0].Description != "advertorial" || got.Lines[1].Amount != 555_000 {
		t.Errorf("kept: %+v", got.Lines)
	}
	m, err := c.Invoices.Match(t.Context(), c.Auditor, c.Agency.Code, i.ID)
	chain.Wants(t, err, "")
	if !m.Agrees || !m.Detailed || m.Lines[0].Ordered != 3 || m.Lines[0].Evidenced != 2 || m.Lines[0].Here != 2 {
		t.Errorf("match: %+v", m)
	}
	_, err = c.Invoices.Detail(t.Context(), c.Staff, c.Agency.Code, i.ID, nil, right)
	chain.Wants(t, err, "wrong_state")
}

func TestLinesMayFollowAndPaymentWaitsForThem(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.InvoiceLinesMissing, rule.MatchDiffers)
	b, right := twoItems(t, c)
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	m, err := c.Invoices.Match(t.Context(), c.Auditor, c.Agency.Code, i.ID)
	chain.Wants(t, err, "")
	if m.Detailed || len(m.Lines) != 2 || m.Lines[0].Quantity != 2 {
		t.Errorf("derived: %+v", m)
	}
	asked := c.Request(agreementOf(b), i)
	p, err := c.Payments.Request(t.Context(), c.Staff, c.Agency.Code, asked)
	chain.Wants(t, err, "")
	_, err = c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, nil, paper("SPM/1", "2026-06-13"))
	if f := fault.From(err); err == nil || f.Code != "not_payable" || len(f.Fields) != 1 || f.Fields[0].Code != "invoice_lines_missing" {
		t.Fatalf("%+v", err)
	}
	_, err = c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Reversal{Reason: "menunggu rincian"})
	chain.Wants(t, err, "")
	_, err = c.Invoices.Detail(t.Context(), c.Staff, c.Agency.Code, i.ID, nil, nil)
	chain.Wants(t, err, "invalid", "/lines required")
	i, err = c.Invoices.Detail(t.Context(), c.Staff, c.Agency.Code, i.ID, nil, right)
	chain.Wants(t, err, "")
	p = c.Authorise(t, c.Requested(t, agreementOf(b), i))
	known, err := c.Payments.Assessment(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	if !known.Frozen || len(known.Facts.Match.Matches) != 1 || !known.Facts.Match.Matches[0].Agrees {
		t.Errorf("frozen: %+v", known.Facts.Match)
	}
}

func agreementOf(b payment.Bill) agreement.Agreement { return agreement.Agreement{ID: b.AgreementID} }
