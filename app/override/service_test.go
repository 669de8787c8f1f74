package override_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

func warns(check override.Check, document override.DocumentType) override.Ask {
	return override.Ask{Kind: override.CheckMode, Subject: override.Subject{Check: check, DocumentType: document, Mode: override.Warn}}
}

func tolerance(amount money.Amount) override.Ask {
	return override.Ask{Kind: override.Tolerance, Subject: override.Subject{DocumentType: override.Invoice, Amount: amount}}
}

// passed are the documents that went through under an override.
func passed(t *testing.T, c *chain.Chain, id uuid.UUID) []override.Use {
	t.Helper()
	o, err := c.Overrides.Get(t.Context(), c.Auditor, c.Agency.Code, id)
	chain.Wants(t, err, "")
	var sum money.Amount
	for _, u := range o.Uses {
		sum += u.Amount
	}
	if o.Passed != sum || o.Count != int64(len(o.Uses)) {
		t.Errorf("says %d of %d, has %+v", o.Passed, o.Count, o.Uses)
	}
	return o.Uses
}

func decide(t *testing.T, c *chain.Chain, who access.Actor, id uuid.UUID, verb override.Verb) error {
	t.Helper()
	_, err := c.Overrides.Decide(t.Context(), who, c.Agency.Code, id, override.DecideCommand{Verb: verb, Remark: "catatan"})
	return err
}

func TestSecondPersonAndReason(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	ask := tolerance(500)
	ask.Reason = "Pembulatan penyedia"
	try := func(who access.Actor, a override.Ask) error {
		_, err := c.Overrides.Ask(t.Context(), who, c.Agency.Code, a)
		return err
	}
	chain.Wants(t, try(c.Auditor, ask), "forbidden")
	chain.Wants(t, try(c.Admin, ask), "forbidden")
	chain.Wants(t, try(c.Neighbour, ask), "not_found")
	chain.Wants(t, try(c.Staff, tolerance(500)), "invalid", "/reason required")
	o, err := c.Overrides.Ask(t.Context(), c.Head, c.Agency.Code, ask)
	chain.Wants(t, err, "")
	if o.Status != override.Requested || o.AskedBy != c.Head.Email || o.Version != 1 || o.Subject != ask.Subject {
		t.Errorf("got %+v", o)
	}
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Approve), "segregation_of_duties")
	chain.Wants(t, decide(t, c, c.PPK, o.ID, override.Approve), "forbidden")
	chain.Wants(t, decide(t, c, c.Neighbour, o.ID, override.Approve), "not_found")
	chain.Wants(t, decide(t, c, c.Admin, o.ID, override.Approve), "forbidden")
	stale := int64(9)
	_, err = c.Overrides.Decide(t.Context(), c.Deputy, c.Agency.Code, o.ID, override.DecideCommand{Verb: override.Approve, Expected: &stale})
	chain.Wants(t, err, "stale")
	chain.Wants(t, decide(t, c, c.Deputy, o.ID, override.Approve), "")
	chain.Wants(t, decide(t, c, c.Deputy, o.ID, override.Refuse), "wrong_state")
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Withdraw), "wrong_state")
	chain.Wants(t, decide(t, c, c.PPK, o.ID, override.Revoke), "forbidden")
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Revoke), "")
	kept, err := c.Overrides.Get(t.Context(), c.Auditor, c.Agency.Code, o.ID)
	chain.Wants(t, err, "")
	if kept.Status != override.Revoked || kept.Decider != c.Deputy.Email || kept.Revoker != c.Head.Email || kept.Remark != "catatan" {
		t.Errorf("got %+v", kept)
	}
	o, err = c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, ask)
	chain.Wants(t, err, "")
	chain.Wants(t, decide(t, c, c.Colleague, o.ID, override.Withdraw), "not_yours")
	chain.Wants(t, decide(t, c, c.Staff, o.ID, override.Withdraw), "")
}

// TestAgreementWithoutMoneyIsOnlyWarnedOf: a line of a billion, and an agreement of more than that.
func TestAgreementWithoutMoneyIsOnlyWarnedOf(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	submit := func(a agreement.Agreement) (agreement.Agreement, error) {
		return c.Agreements.Move(t.Context(), c.Staff, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Submit})
	}
	move := func(a agreement.Agreement, v agreement.Verb) error {
		_, err := c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: v, Reason: "sebab"})
		return err
	}
	large := c.Draft(t, c.Item(1_000)) // 1,110,000,000
	_, err := submit(large)
	chain.Wants(t, err, "budget_exceeded")
	o := c.Override(t, c.PPK, c.Head, warns(override.Budget, override.Agreement))
	small, err := submit(c.Draft(t, c.Item(1)))
	chain.Wants(t, err, "")
	if small.Unreserved || len(passed(t, c, o.ID)) != 0 || c.Balances(t)[0].Reserved != small.Gross {
		t.Errorf("what a line has money for is reserved as ever: %+v", small)
	}
	large, err = submit(large)
	chain.Wants(t, err, "")
	got := passed(t, c, o.ID)
	if !large.Unreserved || len(got) != 1 || got[0].DocumentID != large.ID || got[0].Amount != large.Gross || got[0].User != c.Staff.Email {
		t.Errorf("submitted with a warning: %+v, %+v", large, got)
	}
	if line := c.Balances(t)[0]; line.Reserved != small.Gross {
		t.Errorf("nothing is reserved for it, %+v", line)
	}
	chain.Wants(t, move(large, agreement.Approve), "budget_exceeded") // the ceiling has no mode
	chain.Wants(t, move(large, agreement.Reject), "")
	large, err = submit(large)
	chain.Wants(t, err, "")
	c.Move(t, c.Staff, large, agreement.Withdraw)
	if line := c.Balances(t)[0]; line.Reserved != small.Gross || line.Available != chain.Ceiling-small.Gross {
		t.Errorf("there was nothing to release: %+v", line)
	}
	// When the money is there by then, approval commits it straight from what is available.
	tight := c.Draft(t, c.Item(900)) // 999,000,000; small holds 1,110,000
	tight, err = submit(tight)
	chain.Wants(t, err, "")
	c.Move(t, c.Staff, small, agreement.Withdraw)
	tight = c.Move(t, c.PPK, tight, agreement.Approve)
	line := c.Balances(t)[0]
	if tight.Unreserved || line.Committed != tight.Gross || line.Reserved != 0 {
		t.Errorf("approved: %+v, %+v", tight, line)
	}
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Revoke), "")
	_, err = submit(large)
	chain.Wants(t, err, "budget_exceeded")
}

func TestInvoiceAboveItsPlacements(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(5))
	bill := func(more money.Amount) payment.Bill {
		ps := c.Verified(t, a.Deliverables[0].ID, 1)
		c.Accept(t, a, ps)
		b := c.Bill(t, a, ps)
		b.Amount += more
		return b
	}
	create := func(b payment.Bill) (payment.Invoice, error) {
		return c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	}
	higher := bill(400)
	_, err := create(higher)
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	o := c.Override(t, c.Staff, c.Head, tolerance(500))
	i, err := create(higher)
	chain.Wants(t, err, "")
	if i.Excess != 400 || i.Price+i.VAT != 1_110_000 || i.Amount != 1_110_400 {
		t.Errorf("the difference is kept apart: %+v", i)
	}
	if got := passed(t, c, o.ID); len(got) != 1 || got[0].DocumentNumber != i.Number || got[0].Amount != i.Amount {
		t.Errorf("passed %+v", got)
	}
	_, err = create(bill(501))
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	_, err = create(bill(-1))
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	mode := c.Override(t, c.Treasurer, c.Head, warns(override.Matching, override.Invoice))
	_, err = create(bill(-1)) // lower stays refused
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	far, err := create(bill(200_000))
	chain.Wants(t, err, "")
	if got := passed(t, c, mode.ID); len(got) != 1 || got[0].DocumentID != far.ID {
		t.Errorf("passed %+v", got)
	}
	p := c.Settle(t, c.Authorise(t, c.Requested(t, a, i, far)))
	if p.Gross != 2*1_110_000 || c.Balances(t)[0].Realised != p.Gross {
		t.Errorf("only what is evidenced is paid: %+v", p)
	}
}

func TestExpiryIsByDate(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, ps)
	b := c.Bill(t, a, ps)
	b.Amount += 100
	at := func(text string, do func(s *db.Store)) {
		t.Helper()
		now, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		do(c.Store.At(func() time.Time { return now }))
	}
	ask := tolerance(500)
	ask.ValidUntil = chain.Day("2026-12-31")
	c.Override(t, c.Staff, c.Head, ask)
	allowed := func(s *db.Store) (found []override.Override) {
		err := s.Read(t.Context(), c.Staff, func(tx *db.Tx) (err error) {
			found, err = tx.InForce(t.Context(), c.Agency.ID, override.Tolerance)
			return err
		})
		chain.Wants(t, err, "")
		return found
	}
	at("2026-12-31T16:59:59Z", func(s *db.Store) { // 23:59:59 in Jakarta
		if len(allowed(s)) != 1 {
			t.Error("it holds to the end of its last day")
		}
	})
	at("2026-12-31T17:00:00Z", func(s *db.Store) {
		if len(allowed(s)) != 0 {
			t.Error("it holds after its last day")
		}
		late := payment.NewInvoices(db.Within(s, func(tx *db.Tx) payment.InvoiceStore { return tx }), db.Reading(s, func(tx *db.Tx) payment.Lists { return tx }))
		_, err := late.Create(t.Context(), c.Staff, c.Agency.Code, b)
		chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	})
	later := override.NewService(db.Within(c.Store, func(tx *db.Tx) override.Store { return tx }), db.Reading(c.Store, func(tx *db.Tx) override.Lists { return tx }),
		func() time.Time { return chain.Now().AddDate(1, 0, 0) }, time.UTC)
	page, err := later.List(t.Context(), c.Auditor, c.Agency.Code, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || !page.Items[0].Expired {
		t.Errorf("a year later: %+v", page.Items)
	}
	_, err = later.Decide(t.Context(), c.Head, c.Agency.Code, page.Items[0].ID, override.DecideCommand{Verb: override.Revoke, Remark: "x"})
	chain.Wants(t, err, "wrong_state")
}

func TestSpendingWithoutAgreement(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	ask := override.Ask{Kind: override.WithoutAgreement, Reason: "Siaran darurat", Subject: override.Subject{
		VendorID: c.Vendor.ID, BudgetLineID: c.Lines[0].ID, Amount: 4_000_000, Date: chain.Day("2026-06-01"), Number: "KW-01/26", Description: "Iklan darurat banjir",
	}}
	wrong := ask
	wrong.Subject.VendorID, wrong.Subject.BudgetLineID = uuid.New(), uuid.New()
	_, err := c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, wrong)
	chain.Wants(t, err, "invalid", "/subject/vendor_id not_found", "/subject/budget_line_id not_found")
	wrong = ask
	wrong.Subject.Date = chain.Day("2025-12-31")
	_, err = c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, wrong)
	chain.Wants(t, err, "invalid", "/subject/date outside_fiscal_year")
	o := c.Override(t, c.Treasurer, c.Head, ask)
	line := c.Balances(t)[0]
	if line.Realised != 4_000_000 || line.Committed != 0 || line.Available != chain.Ceiling-4_000_000 {
		t.Errorf("line %+v", line)
	}
	if got := passed(t, c, o.ID); len(got) != 1 || got[0].DocumentType != "spending" || got[0].Amount != 4_000_000 || got[0].DocumentNumber != "KW-01/26" {
		t.Errorf("passed %+v", got)
	}
	entries, err := c.Budgets.Entries(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("document_type", "spending"))
	chain.Wants(t, err, "")
	if len(entries.Items) != 2 || entries.Items[0].Kind != budget.Commit || entries.Items[1].Kind != budget.Realise || entries.Items[1].EffectiveOn != ask.Subject.Date {
		t.Errorf("entries %+v", entries.Items)
	}
	again := ask
	again.Subject.Number = "kw 01 26"
	_, err = c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, again)
	chain.Wants(t, err, "duplicate", "/subject/number duplicate")
	beyond := ask
	beyond.Subject.Number, beyond.Subject.Amount = "KW-02", chain.Ceiling
	large, err := c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, beyond)
	chain.Wants(t, err, "")
	chain.Wants(t, decide(t, c, c.Head, large.ID, override.Approve), "budget_exceeded") // the ceiling has no mode
	kept, err := c.Overrides.Get(t.Context(), c.Auditor, c.Agency.Code, large.ID)
	chain.Wants(t, err, "")
	if kept.Status != override.Requested || kept.Count != 0 {
		t.Errorf("a refused approval changes nothing: %+v", kept)
	}
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Revoke), "")
	if line := c.Balances(t)[0]; line.Realised != 0 || line.Available != chain.Ceiling {
		t.Errorf("the money is free again: %+v", line)
	}
	_, err = c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, again)
	chain.Wants(t, err, "")
}
