package payment_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/tax"
	"tayang/db/dbtest/chain"
)

// differs says where two things differ.
func differs(want, got any) string {
	return cmp.Diff(want, got, cmpopts.EquateComparable(period.Date{}))
}

func TestPaymentRealisesTheBudget(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	second := c.Item(1)
	second.BudgetLineID, second.UnitPrice = c.Lines[1].ID, 3_000_000
	a := c.Agreement(t, c.Item(2), second)
	one, two := c.Invoiced(t, a, a.Deliverables[0].ID, 2), c.Invoiced(t, a, a.Deliverables[1].ID, 1)
	p := c.Requested(t, a, one, two)
	if p.Price != 5_000_000 || p.VAT != 550_000 || p.Gross != 5_550_000 || !p.VATCollected || p.Penalty != 5_000 || p.Net != 4_895_000 {
		t.Errorf("requested %+v", p)
	}
	got := []string{}
	for _, l := range p.Taxes {
		got = append(got, fmt.Sprint(l.Kind, " ", l.Rate, " ", l.Amount))
	}
	if diff := cmp.Diff([]string{"ppn 0.12 550000", "pph23 0.02 100000"}, got); diff != "" {
		t.Error(diff)
	}
	p = c.Settle(t, c.Authorise(t, p))
	kept, err := c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	p.AgreementStatus = kept.AgreementStatus // as it was before
	if diff := differs(p, kept); diff != "" {
		t.Errorf("the answer is not what is kept: %s", diff)
	}
	for i, want := range []money.Amount{2_220_000, 3_330_000} {
		if l := c.Balances(t)[i]; l.Realised != want || l.Committed != 0 {
			t.Errorf("line %d: realised %d, committed %d, want %d", i, l.Realised, l.Committed, want)
		}
	}
	if now, err := c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, a.ID); err != nil || now.Status != agreement.Completed || now.Remaining != 0 {
		t.Errorf("the agreement is %+v, %v", now, err)
	}
	entries, err := c.Budgets.Entries(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("kind", "realise"))
	chain.Wants(t, err, "")
	for _, e := range entries.Items {
		if e.Document.Number != p.SP2D.Number || e.EffectiveOn != p.SP2D.Date || e.Document.ID != p.ID {
			t.Errorf("entry %+v", e)
		}
	}
	if len(entries.Items) != 2 {
		t.Errorf("%d entries", len(entries.Items))
	}
}

func TestAuthoriserIsAnotherPerson(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	p := c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1))
	spm, sp2d := paper("SPM/1", "2026-06-13"), paper("SP2D/1", "2026-06-15")
	authorise := func(actor access.Actor) error {
		_, err := c.Payments.Authorise(t.Context(), actor, c.Agency.Code, p.ID, &p.Version, spm)
		return err
	}
	settle := func(actor access.Actor) error {
		_, err := c.Payments.Settle(t.Context(), actor, c.Agency.Code, p.ID, nil, sp2d)
		return err
	}
	chain.Wants(t, authorise(c.Staff), "segregation_of_duties")
	chain.Wants(t, authorise(c.Treasurer), "forbidden")
	chain.Wants(t, authorise(c.Neighbour), "not_found")
	chain.Wants(t, settle(c.Treasurer), "wrong_state")
	chain.Wants(t, authorise(c.Verifier), "")
	chain.Wants(t, authorise(c.Head), "stale")
	chain.Wants(t, settle(c.Head), "forbidden")
	chain.Wants(t, settle(c.Treasurer), "")
}

func TestInvoiceIsPaidOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	i := c.Invoiced(t, a, a.Deliverables[0].ID, 1)
	made := successes(t, chain.Crowd(t.Context(), 8, func(ctx context.Context) error {
		_, err := c.Payments.Request(ctx, c.Staff, c.Agency.Code, c.Request(a, i))
		return err
	}), "wrong_state", "/invoice_ids/0 wrong_state")
	if made != 1 {
		t.Fatalf("%d payments of one invoice", made)
	}
	page, err := c.Payments.List(t.Context(), c.Auditor, c.Agency.Code, listing.All())
	chain.Wants(t, err, "")
	p := c.Authorise(t, page.Items[0])
	made = successes(t, chain.Crowd(t.Context(), 8, func(ctx context.Context) error {
		_, err := c.Payments.Settle(ctx, c.Treasurer, c.Agency.Code, p.ID, nil, paper("SP2D/1", "2026-06-15"))
		return err
	}), "wrong_state")
	if line := c.Balances(t)[0]; made != 1 || line.Realised != p.Gross {
		t.Errorf("settled %d times, realised %d of %d", made, line.Realised, p.Gross)
	}
}

func successes(t *testing.T, errs []error, code string, fields ...string) (n int) {
	t.Helper()
	for _, err := range errs {
		if err == nil {
			n++
			continue
		}
		chain.Wants(t, err, code, fields...)
	}
	return n
}

func TestPaymentsOfOneAgreementSettleAtOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	const n = 12
	a := c.Agreement(t, c.Item(n))
	var ids []uuid.UUID
	for range n {
		ids = append(ids, c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1))).ID)
	}
	errs := make(chan uuid.UUID, n)
	for _, id := range ids {
		errs <- id
	}
	for _, err := range chain.Crowd(t.Context(), n, func(ctx context.Context) error {
		id := <-errs
		_, err := c.Payments.Settle(ctx, c.Treasurer, c.Agency.Code, id, nil, paper("SP2D/"+id.String(), "2026-06-15"))
		return err
	}) {
		chain.Wants(t, err, "")
	}
	now, err := c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if now.Paid != a.Gross || now.Status != agreement.Completed || c.Balances(t)[0].Realised != a.Gross {
		t.Errorf("got %+v", now)
	}
}

func TestWithdrawnRequestFreesItsInvoices(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	i := c.Invoiced(t, a, a.Deliverables[0].ID, 1)
	p := c.Requested(t, a, i)
	reverse := func(actor access.Actor, r payment.Reversal) (payment.Payment, error) {
		return c.Payments.Reverse(t.Context(), actor, c.Agency.Code, p.ID, nil, r)
	}
	_, err := reverse(c.Staff, payment.Reversal{Reason: "salah"})
	chain.Wants(t, err, "forbidden")
	_, err = reverse(c.Head, payment.Reversal{Reason: " "})
	chain.Wants(t, err, "invalid", "/reason required")
	got, err := reverse(c.Head, payment.Reversal{Reason: "salah"})
	chain.Wants(t, err, "")
	if got.Status != payment.Reversed || len(got.InvoiceIDs) != 1 {
		t.Errorf("got %+v", got)
	}
	_, err = reverse(c.Head, payment.Reversal{Reason: "salah"})
	chain.Wants(t, err, "wrong_state")
	c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
	if line := c.Balances(t)[0]; line.Realised != p.Gross {
		t.Errorf("realised %d", line.Realised)
	}
}

func TestReversalOfSettledPayment(t *testing.T) {
	t.Parallel()
	sts := payment.Reversal{Reason: "tidak tayang", STS: paper("STS/1", "2026-07-01")}
	for name, r := range map[string]struct {
		items     int64
		end       agreement.Verb
		status    agreement.Status
		committed money.Amount
	}{
		"of a running agreement":    {2, "", agreement.Active, 2_220_000},
		"of a completed agreement":  {1, "", agreement.Active, 1_110_000},
		"of a closed agreement":     {2, agreement.Close, agreement.Closed, 0},
		"of a terminated agreement": {2, agreement.Terminate, agreement.Terminated, 1_110_000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := chain.New(t)
			a := c.Agreement(t, c.Item(r.items))
			i := c.Invoiced(t, a, a.Deliverables[0].ID, 1)
			p := c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
			if r.end != "" {
				c.Move(t, c.PPK, a, r.end)
			}
			_, err := c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, sts)
			chain.Wants(t, err, "")
			now, err := c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, a.ID)
			chain.Wants(t, err, "")
			line := c.Balances(t)[0]
			if now.Status != r.status || now.Paid != 0 || line.Realised != 0 || line.Committed != r.committed {
				t.Errorf("agreement %s, paid %d, realised %d, committed %d", now.Status, now.Paid, line.Realised, line.Committed)
			}
			q, err := c.Placements.Get(t.Context(), c.Auditor, c.Agency.Code, i.PlacementIDs[0])
			chain.Wants(t, err, "")
			if q.Status != placement.Invoiced || q.PaymentID.Valid {
				t.Errorf("its placement is %s", q.Status)
			}
		})
	}
}

func TestClosedAgreementPaysNoMore(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	i := c.Invoiced(t, a, a.Deliverables[0].ID, 1)
	p := c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
	c.Move(t, c.PPK, a, agreement.Close)
	_, err := c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Reversal{Reason: "salah", STS: paper("STS/1", "2026-07-01")})
	chain.Wants(t, err, "")
	_, err = c.Payments.Request(t.Context(), c.Staff, c.Agency.Code, c.Request(a, i))
	chain.Wants(t, err, "wrong_state")
}

func TestTaxesAreDepositedOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	p := c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1)))
	slip := payment.Slip{BillingCode: "123456789012345", NTPN: "abcd1234EFGH5678", Date: chain.Day("2026-07-10")}
	deposit := func(actor access.Actor, tax uuid.UUID) (payment.Payment, error) {
		return c.Payments.Deposit(t.Context(), actor, c.Agency.Code, p.ID, nil, tax, slip)
	}
	_, err := deposit(c.Treasurer, p.Taxes[0].ID)
	chain.Wants(t, err, "wrong_state")
	p = c.Settle(t, p)
	_, err = deposit(c.Staff, p.Taxes[0].ID)
	chain.Wants(t, err, "forbidden")
	_, err = deposit(c.Treasurer, uuid.New())
	chain.Wants(t, err, "not_found")
	done, err := deposit(c.Treasurer, p.Taxes[0].ID)
	chain.Wants(t, err, "")
	if got := done.Taxes[0]; got.NTPN != "ABCD1234EFGH5678" || got.DepositedOn != slip.Date || done.Version != p.Version+1 {
		t.Errorf("got %+v", got)
	}
	_, err = deposit(c.Treasurer, p.Taxes[0].ID)
	chain.Wants(t, err, "wrong_state")
	kept, err := c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	if diff := differs(done.Taxes, kept.Taxes); diff != "" {
		t.Error(diff)
	}
}

func TestPaymentsAreListed(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	one, two := c.Invoiced(t, a, a.Deliverables[0].ID, 1), c.Invoiced(t, a, a.Deliverables[0].ID, 1)
	open, done := c.Requested(t, a, one), c.Settle(t, c.Authorise(t, c.Requested(t, a, two)))
	for name, l := range map[string]struct {
		query listing.Query
		want  []uuid.UUID
	}{
		"newest first":  {listing.All(), []uuid.UUID{done.ID, open.ID}},
		"by state":      {listing.All().Where("status", "requested"), []uuid.UUID{open.ID}},
		"by agreement":  {listing.All().Where("agreement_id", a.ID.String()).Where("kind", "ls"), []uuid.UUID{done.ID, open.ID}},
		"settled since": {listing.All().Where("sp2d_date_from", "2026-06-15"), []uuid.UUID{done.ID}},
		"by number":     {listing.Query{Text: done.SP2D.Number}, []uuid.UUID{done.ID}},
	} {
		page, err := c.Payments.List(t.Context(), c.Auditor, c.Agency.Code, l.query)
		chain.Wants(t, err, "")
		var got []uuid.UUID
		for _, p := range page.Items {
			got = append(got, p.ID)
		}
		if diff := cmp.Diff(l.want, got); diff != "" {
			t.Errorf("%s (-want +got): %s", name, diff)
		}
	}
	page, err := c.Payments.List(t.Context(), c.Auditor, c.Agency.Code, listing.All())
	chain.Wants(t, err, "")
	kept, err := c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, done.ID)
	chain.Wants(t, err, "")
	if diff := differs(kept, page.Items[0]); diff != "" || len(kept.Taxes) != 1 || len(kept.InvoiceIDs) != 1 {
		t.Errorf("a listed payment is not the one that is kept: %s", diff)
	}
	for state, want := range map[string]uuid.UUID{"requested": one.ID, "settled": two.ID} {
		page, err := c.Invoices.List(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("status", state))
		chain.Wants(t, err, "")
		if len(page.Items) != 1 || page.Items[0].ID != want {
			t.Errorf("%s invoices: %+v", state, page.Items)
		}
	}
}

func TestOtherSchemePaysWithoutTaxes(t *testing.T) {
	t.Parallel()
	p, err := payment.Request{SPP: paper("SPP/1", "2026-06-12")}.Payment(agreement.Agreement{Status: agreement.Active}, nil,
		tax.Payee{Kind: tax.Company}, tax.Untaxed(), payment.Book{})
	chain.Wants(t, err, "")
	if len(p.Taxes) != 0 || p.Taxes == nil || p.Net != p.Gross {
		t.Errorf("got %+v", p)
	}
}
