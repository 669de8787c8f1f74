package payment_test

import (
	"context"
	"strings"
	"testing"

	"tayang/app/access"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

func TestInvoiceIsKept(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	made := c.Invoiced(t, a, a.Deliverables[0].ID, 2)
	got, err := c.Invoices.Get(t.Context(), c.Auditor, c.Agency.Code, made.ID)
	chain.Wants(t, err, "")
	if diff := differs(made, got); diff != "" {
		t.Errorf("the answer is not what is kept: %s", diff)
	}
	if got.Price != 2_000_000 || got.VAT != 220_000 || got.Status != payment.Open || got.AcceptedOn != chain.Day("2026-06-10") {
		t.Errorf("got %+v", got)
	}
	p, err := c.Placements.Get(t.Context(), c.Auditor, c.Agency.Code, made.PlacementIDs[0])
	chain.Wants(t, err, "")
	if p.Status != placement.Invoiced || p.InvoiceID.UUID != made.ID {
		t.Errorf("its placement is %+v", p)
	}
}

func TestInvoiceNumbersAreComparedWithoutSigns(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	ps := c.Verified(t, a.Deliverables[0].ID, 2)
	c.Accept(t, a, ps)
	create := func(actor access.Actor, number string, p placement.Placement) error {
		b := c.Bill(t, a, []placement.Placement{p})
		b.Number = number
		_, err := c.Invoices.Create(t.Context(), actor, c.Agency.Code, b)
		return err
	}
	chain.Wants(t, create(c.Verifier, "A-123", ps[0]), "forbidden")
	chain.Wants(t, create(c.Neighbour, "A-123", ps[0]), "not_found")
	chain.Wants(t, create(c.Staff, "A-123", ps[0]), "")
	chain.Wants(t, create(c.Staff, "a 123", ps[1]), "duplicate", "/number duplicate")
	chain.Wants(t, create(c.Staff, "A-124", ps[0]), "wrong_state", "/placement_ids/0 wrong_state")
	chain.Wants(t, create(c.Treasurer, "A-124", ps[1]), "")
}

func TestInvoiceFileComesBeforePayment(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, ps)
	b := c.Bill(t, a, ps)
	kept := b.File
	b.File = strings.Repeat("0", 64)
	_, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "invalid", "/file not_found")
	b.File = ""
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	put := func(p payment.Papers) (payment.Invoice, error) {
		return c.Invoices.Put(t.Context(), c.Staff, c.Agency.Code, i.ID, nil, func(payment.Papers) (payment.Papers, error) { return p, nil })
	}
	_, err = put(payment.Papers{File: "nothing"})
	chain.Wants(t, err, "invalid", "/file bad_hash")
	i, err = put(payment.Papers{TaxInvoiceNumber: "040.026.00-123.45679", File: kept})
	chain.Wants(t, err, "")
	if i.File != kept || i.TaxInvoiceNumber != "0400260012345679" || i.Version != 2 {
		t.Errorf("got %+v", i)
	}
	c.Requested(t, a, i)
	_, err = put(i.Papers())
	chain.Wants(t, err, "wrong_state")
}

func TestPlacementIsInvoicedOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, ps)
	bills := make(chan payment.Bill, 6)
	for range cap(bills) {
		bills <- c.Bill(t, a, ps)
	}
	made := successes(t, chain.Crowd(t.Context(), cap(bills), func(ctx context.Context) error {
		_, err := c.Invoices.Create(ctx, c.Staff, c.Agency.Code, <-bills)
		return err
	}), "wrong_state", "/placement_ids/0 wrong_state")
	if made != 1 {
		t.Errorf("%d invoices over one placement", made)
	}
}
