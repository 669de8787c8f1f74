package payment_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/db/dbtest/chain"
)

// till is what the property below knows of one agreement: its invoices, the payment of each, and which units are paid.
type till struct {
	*chain.Chain
	of       agreement.Agreement
	invoices []uuid.UUID
	in       map[uuid.UUID]payment.Payment // by invoice
	numbers  int
}

func (d *till) number(what string) string {
	d.numbers++
	return what + "/M/" + strconv.Itoa(d.numbers)
}

// step does something at random to one invoice that may be done to it.
func (d *till) step(t testing.TB, r *rapid.T, id uuid.UUID) {
	i, err := d.Invoices.Get(t.Context(), d.Auditor, d.Agency.Code, id)
	chain.Wants(t, err, "")
	p, asked := d.in[id]
	switch {
	case !asked && i.Price == 0:
	case !asked && len(i.PlacementIDs) > 1 && rapid.Bool().Draw(r, "credit"):
		d.credit(t, i)
	case !asked:
		d.in[id] = d.Requested(t, d.of, i)
	case p.Status == payment.Requested:
		d.in[id] = d.Authorise(t, p)
	case p.Status == payment.Authorised:
		d.in[id] = d.Settle(t, p)
	case len(i.PlacementIDs) > 1 && rapid.Bool().Draw(r, "part"):
		d.in[id], err = d.Corrections.Refund(t.Context(), d.Treasurer, d.Agency.Code, p.ID, nil, payment.Return{
			PlacementIDs: i.PlacementIDs[:1], STS: paper(d.number("STS"), "2026-07-01"), Reason: "temuan",
		})
		chain.Wants(t, err, "")
	default:
		_, err = d.Payments.Reverse(t.Context(), d.Treasurer, d.Agency.Code, p.ID, nil, payment.Reversal{Reason: "salah", STS: paper(d.number("STS"), "2026-07-01")})
		chain.Wants(t, err, "")
		delete(d.in, id)
	}
}

func (d *till) credit(t testing.TB, i payment.Invoice) {
	_, err := d.Corrections.Credit(t.Context(), d.Staff, d.Agency.Code, i.ID, nil, payment.Note{
		Number: d.number("NK"), Date: period.MustDate("2026-06-12"), Amount: 1_110_000, PlacementIDs: i.PlacementIDs[:1], Reason: "kurang tayang",
	})
	chain.Wants(t, err, "")
}

// agrees holds budget, agreement and penalties against what is known.
func (d *till) agrees(t testing.TB, r *rapid.T) {
	var standing, withheld money.Amount
	for _, p := range d.in {
		withheld += p.Penalty
		if p.Status == payment.Settled {
			standing += p.Standing()
		}
	}
	line := d.Balances(t)[0]
	now, err := d.Agreements.Get(t.Context(), d.Auditor, d.Agency.Code, d.of.ID)
	chain.Wants(t, err, "")
	if line.Realised != standing || now.Paid != standing || line.Committed != now.Gross-standing || now.Remaining != now.Gross-standing {
		r.Fatalf("standing %d: realised %d, paid %d, committed %d, remaining %d", standing, line.Realised, now.Paid, line.Committed, now.Remaining)
	}
	if line.Available+line.Reserved+line.Committed+line.Realised != line.Appropriation {
		r.Fatalf("%+v", line)
	}
	known, err := d.Corrections.Penalties(t.Context(), d.Auditor, d.Agency.Code, d.of.ID)
	chain.Wants(t, err, "")
	if known.Withheld != withheld || known.Withheld > known.Due || known.Open != known.Due-known.Withheld {
		r.Fatalf("withheld %d: %+v", withheld, known)
	}
}

func TestMoneyOfAnAgreementAddsUp(t *testing.T) {
	t.Parallel()
	d := till{Chain: chain.New(t), in: map[uuid.UUID]payment.Payment{}}
	d.of = d.Agreement(t, d.Item(9))
	for _, n := range []int{3, 2, 2} {
		d.invoices = append(d.invoices, d.Invoiced(t, d.of, d.of.Deliverables[0].ID, n).ID)
	}
	rapid.Check(t, func(r *rapid.T) {
		d.step(t, r, rapid.SampledFrom(slices.Clone(d.invoices)).Draw(r, "invoice"))
		d.agrees(t, r)
	})
}
