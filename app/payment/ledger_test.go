package payment_test

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/db/dbtest/chain"
)

// desk is what the property below knows: which invoice is in which payment.
type desk struct {
	*chain.Chain
	of       agreement.Agreement
	invoices []payment.Invoice
	in       map[uuid.UUID]payment.Payment // by invoice
}

// step does the next thing to the payment of one invoice, or undoes it.
func (d *desk) step(t testing.TB, i payment.Invoice, undo bool) {
	p, ok := d.in[i.ID]
	switch {
	case !ok:
		d.in[i.ID] = d.Requested(t, d.of, i)
	case undo:
		r := payment.Reversal{Reason: "salah"}
		if p.Status == payment.Settled {
			r.STS = paper("STS/1", "2026-07-01")
		}
		_, err := d.Payments.Reverse(t.Context(), d.Treasurer, d.Agency.Code, p.ID, nil, r)
		chain.Wants(t, err, "")
		delete(d.in, i.ID)
	case p.Status == payment.Requested:
		d.in[i.ID] = d.Authorise(t, p)
	case p.Status == payment.Authorised:
		d.in[i.ID] = d.Settle(t, p)
	}
}

// settled sums the settled payments.
func (d *desk) settled() (sum money.Amount) {
	for _, p := range d.in {
		if p.Status == payment.Settled {
			sum += p.Gross
		}
	}
	return sum
}

func TestLedgerIsTheSumOfSettledPayments(t *testing.T) {
	t.Parallel()
	d := desk{Chain: chain.New(t), in: map[uuid.UUID]payment.Payment{}}
	second := d.Item(3)
	second.BudgetLineID, second.UnitPrice, second.TaxInclusive = d.Lines[1].ID, 777_777, true
	d.of = d.Agreement(t, d.Item(3), second)
	for _, of := range d.of.Deliverables {
		for range of.Quantity {
			d.invoices = append(d.invoices, d.Invoiced(t, d.of, of.ID, 1))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(r, "steps") {
			d.step(t, rapid.SampledFrom(d.invoices).Draw(r, "invoice"), rapid.IntRange(0, 3).Draw(r, "undo") == 0)
		}
		var realised, committed money.Amount
		for _, l := range d.Balances(t) {
			realised, committed = realised+l.Realised, committed+l.Committed
		}
		now, err := d.Agreements.Get(t.Context(), d.Auditor, d.Agency.Code, d.of.ID)
		chain.Wants(t, err, "")
		if want := d.settled(); realised != want || now.Paid != want || committed != now.Gross-want {
			r.Fatalf("settled %d, realised %d, paid %d, committed %d", want, realised, now.Paid, committed)
		}
		if done := now.Paid == now.Gross; done != (now.Status == agreement.Completed) {
			r.Fatalf("paid %d of %d and %s", now.Paid, now.Gross, now.Status)
		}
	})
}
