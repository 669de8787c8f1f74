package db_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/debt"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/report"
	"tayang/db/dbtest/chain"
)

// nextYear puts a budget of 2027 in force with the lines of 2026, and gives them in the same order.
func nextYear(t *testing.T, c *chain.Chain) []budget.Line {
	t.Helper()
	cmd := budget.CreateCommand{FiscalYear: 2027, Kind: budget.Original, Number: "DPA/2027", Date: chain.Day("2027-01-04")}
	for _, l := range c.Lines {
		cmd.Lines = append(cmd.Lines, budget.VersionLine{Code: l.Code, SubActivityName: l.SubActivityName, AccountName: l.AccountName, Appropriation: 100_000_000})
	}
	v, err := c.Budgets.Create(t.Context(), c.Staff, c.Agency.Code, cmd)
	chain.Wants(t, err, "")
	_, err = c.Budgets.Lock(t.Context(), c.Head, c.Agency.Code, v.ID, nil)
	chain.Wants(t, err, "")
	page, err := c.Budgets.Lines(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("fiscal_year", "2027"))
	chain.Wants(t, err, "")
	return page.Items
}

// accounts are the balances of a line: committed, realised.
func accounts(t *testing.T, c *chain.Chain, line uuid.UUID) string {
	t.Helper()
	l, err := c.Budgets.Line(t.Context(), c.Auditor, c.Agency.Code, line)
	chain.Wants(t, err, "")
	return fmt.Sprint(int64(l.Committed)/unit, " ", int64(l.Realised)/unit)
}

func propose(c *chain.Chain, a agreement.Agreement, number string, lines ...debt.Line) (debt.Recognition, error) {
	return c.Debts.Propose(context.Background(), c.Staff, c.Agency.Code, debt.Form{AgreementID: a.ID, Number: number, Date: chain.Day("2027-01-05"), Lines: lines})
}

func approve(c *chain.Chain, r debt.Recognition) error {
	_, err := c.Debts.Move(context.Background(), c.Head, c.Agency.Code, r.ID, debt.MoveCommand{Verb: debt.Approve, Expected: &r.Version})
	return err
}

// agrees makes the workbooks of both years, over the whole year and parts of it, and wants every control to agree.
func agrees(t *testing.T, c *chain.Chain, when string) {
	t.Helper()
	for _, span := range [][3]string{
		{"2026"}, {"2027"}, {"2026", "", "2026-06-30"}, {"2026", "2026-06-01", "2026-12-31"}, {"2027", "", "2027-02-28"}, {"2027", "2027-03-01", ""}, {"2027", "2027-01-01", "2027-12-31"},
	} {
		var year int
		_, _ = fmt.Sscan(span[0], &year)
		req := report.Request{Kind: report.Accountability, AgencyID: c.Agency.ID, FiscalYear: year, From: day(t, span[1]), To: day(t, span[2]), Language: "id"}
		var read discard
		out, err := (report.Maker{Source: c.Store, Writer: &read}).Make(t.Context(), c.Auditor, req, io.Discard, nil)
		chain.Wants(t, err, "")
		for _, d := range read.doc.Differences() {
			t.Errorf("%s, workbook %v: %s: sheet %d, other %d", when, span, d.Label.EN, d.Sheet.Total(), d.Other())
		}
		if !out.Agrees {
			t.Errorf("%s, workbook %v does not agree", when, span)
		}
	}
}

// TestADebtIsPaidOutOfTheNextYear follows an agreement over the end of its year: one article is paid in it, one waits for
// its SP2D, one is published only, and one lies on another line.
func TestADebtIsPaidOutOfTheNextYear(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	other := c.Item(1)
	other.BudgetLineID = c.Lines[1].ID
	a := c.Agreement(t, c.Item(3), other)
	first, second := a.Deliverables[0].ID, a.Deliverables[1].ID
	paid := c.Settle(t, c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, first, 1))))
	waiting := c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, first, 1)))
	next := nextYear(t, c)

	_, err := propose(c, a, "PU/0", debt.Line{FromLine: c.Lines[0].ID, ToLine: next[0].ID, Amount: unit})
	chain.Wants(t, err, "unpublished_units")
	shown := c.Published(t, first)
	c.Verified(t, second, 1)
	open, err := c.Debts.Open(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("fiscal_year", "2026"))
	chain.Wants(t, err, "")
	if len(open.Items) != 1 || open.Items[0].Owed != 3*unit || open.Items[0].Unpublished != 0 {
		t.Errorf("open commitments: %+v", open.Items)
	}
	_, err = propose(c, a, "PU/0", debt.Line{FromLine: c.Lines[0].ID, ToLine: next[0].ID, Amount: unit})
	chain.Wants(t, err, "invalid", "/lines/0/amount amount_mismatch", "/lines line_missing")
	lines := []debt.Line{{FromLine: c.Lines[0].ID, ToLine: next[0].ID, Amount: 2 * unit}, {FromLine: c.Lines[1].ID, ToLine: next[1].ID, Amount: unit}}
	r, err := propose(c, a, "PU/1", lines...)
	chain.Wants(t, err, "")
	_, err = propose(c, a, "PU/2", lines...)
	chain.Wants(t, err, "duplicate", "/agreement_id duplicate")
	agrees(t, c, "before")
	chain.Wants(t, approve(c, r), "")
	chain.Wants(t, approve(c, r), "stale")
	agrees(t, c, "carried over")
	if got := fmt.Sprint(accounts(t, c, c.Lines[0].ID), accounts(t, c, c.Lines[1].ID), accounts(t, c, next[0].ID), accounts(t, c, next[1].ID)); got != "0 1"+"0 0"+"2 0"+"1 0" {
		t.Errorf("committed and realised: %s", got)
	}

	chain.Wants(t, settle(c, waiting, "SP2D/OLD", "2026-12-30"), "invalid", "/sp2d/date outside_fiscal_year")
	chain.Wants(t, settle(c, waiting, "SP2D/NEW", "2027-02-01"), "")
	p, err := c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, waiting.ID)
	chain.Wants(t, err, "")
	if p.FiscalYear != 2027 || p.BudgetVersionNumber != "DPA/2027" {
		t.Errorf("borne by 2027: %d %s", p.FiscalYear, p.BudgetVersionNumber)
	}
	agrees(t, c, "paid")
	reverse := func(p payment.Payment, date string) error {
		_, err := c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Reversal{Reason: "salah rekening", STS: payment.Paper{Number: "STS/" + date, Date: chain.Day(date)}})
		return err
	}
	chain.Wants(t, reverse(waiting, "2028-01-10"), "invalid", "/sts/date outside_fiscal_year")
	chain.Wants(t, reverse(waiting, "2027-03-10"), "")
	if got := accounts(t, c, next[0].ID); got != "2 0" {
		t.Errorf("given back to the new line: %s", got)
	}
	agrees(t, c, "reversed")
	if _, err := c.Placements.Reject(t.Context(), c.Verifier, c.Agency.Code, shown.ID, nil, "bukti tidak cocok"); err != nil {
		t.Fatal(err)
	}
	if got := accounts(t, c, next[0].ID) + accounts(t, c, c.Lines[0].ID); got != "1 0"+"0 1" {
		t.Errorf("turned down, released in the new year: %s", got)
	}
	_, err = c.Placements.Enter(t.Context(), c.Staff, c.Agency.Code, shown.ID, nil, func(e placement.Entry) (placement.Entry, error) { return e, nil })
	chain.Wants(t, err, "wrong_state")
	agrees(t, c, "turned down")
	chain.Wants(t, reverse(paid, "2026-12-20"), "")
	if got := accounts(t, c, c.Lines[0].ID); got != "1 0" {
		t.Errorf("what was paid in the old year goes back there: %s", got)
	}
	agrees(t, c, "old payment reversed")
	again, err := propose(c, a, "PU/3", debt.Line{FromLine: c.Lines[0].ID, ToLine: next[1].ID, Amount: unit})
	chain.Wants(t, err, "")
	chain.Wants(t, approve(c, again), "")
	if got := fmt.Sprint(accounts(t, c, c.Lines[0].ID), accounts(t, c, next[0].ID), accounts(t, c, next[1].ID)); got != "0 0"+"1 0"+"2 0" {
		t.Errorf("carried after it: %s", got)
	}
	agrees(t, c, "carried once more")
}

// TestADebtAndItsPaymentDoNotBothWin: while the payment is settled in the old year, its debt is carried over.
func TestADebtAndItsPaymentDoNotBothWin(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	next := nextYear(t, c)
	for n := range 6 {
		a := c.Agreement(t, c.Item(1))
		p := c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1)))
		r, err := propose(c, a, fmt.Sprint("PU/", n), debt.Line{FromLine: c.Lines[0].ID, ToLine: next[0].ID, Amount: unit})
		chain.Wants(t, err, "")
		carried := make(chan error)
		go func() { carried <- approve(c, r) }()
		paid := settle(c, p, fmt.Sprint("SP2D/", n), "2026-12-31")
		over := <-carried
		switch {
		case paid == nil && (fault.Is(over, "nothing_owed") || fault.Is(over, "wrong_state")): // a paid agreement is completed
		case over == nil && fault.Is(paid, "invalid"):
		default:
			t.Errorf("paid: %v, carried over: %v", paid, over)
		}
	}
	agrees(t, c, "after the race")
	var committed, realised money.Amount
	for _, l := range c.Balances(t) {
		committed, realised = committed+l.Committed, realised+l.Realised
	}
	if committed+realised != 6*unit {
		t.Errorf("committed %d, realised %d", committed, realised)
	}
}

// TestAnEndedAgreementAndAClosedYear: what a terminated agreement owes is carried over, not into a closed December.
func TestAnEndedAgreementAndAClosedYear(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	next := nextYear(t, c)
	a := c.Agreement(t, c.Item(3))
	shown := c.Verified(t, a.Deliverables[0].ID, 2)
	a = c.Move(t, c.Head, a, agreement.Terminate)
	r, err := propose(c, a, "PU/1", debt.Line{FromLine: c.Lines[0].ID, ToLine: next[0].ID, Amount: 2 * unit})
	chain.Wants(t, err, "")
	chain.Wants(t, func() error {
		_, err := c.Debts.Move(t.Context(), c.Staff, c.Agency.Code, r.ID, debt.MoveCommand{Verb: debt.Approve})
		return err
	}(), "segregation_of_duties")
	if _, constraint := refusal(in(t, c, `UPDATE debt_recognition SET status = 'approved', decided_at = now(), decided_by = created_by`)); constraint != "debt_recognition_not_decided_by_author" {
		t.Errorf("approved by its author with psql: %s", constraint)
	}
	if err := in(t, c, `INSERT INTO period (government_id, id, agency_id, month, reason, requested_at, requested_by) VALUES ($1, $2, $3, '2026-12-01', 'a', now(), $4)`,
		c.Staff.Government, uuid.New(), c.Agency.ID, c.Staff.User); err != nil {
		t.Fatal(err)
	}
	if err := in(t, c, `UPDATE period SET status = 'closed', decided_at = now(), decided_by = $1`, c.Head.User); err != nil {
		t.Fatal(err)
	}
	chain.Wants(t, approve(c, r), "period_closed", "/date period_closed")
	departs(t, c, "back_date", `{"month": "2026-12", "document_number": "PU/1"}`, "2199-12-31")
	chain.Wants(t, approve(c, r), "")
	if _, constraint := refusal(in(t, c, `UPDATE debt_recognition SET status = 'requested', decided_at = NULL, decided_by = NULL`)); constraint != "debt_recognition_decided_once" {
		t.Errorf("decided anew with psql: %s", constraint)
	}
	_, err = c.Placements.Reject(t.Context(), c.Verifier, c.Agency.Code, shown[0].ID, nil, "salah")
	chain.Wants(t, err, "")
	if got := accounts(t, c, c.Lines[0].ID) + accounts(t, c, next[0].ID); got != "0 0"+"1 0" {
		t.Errorf("the rejected article is released on the new line: %s", got)
	}
	agrees(t, c, "terminated and carried over")
}

// TestACarriedAgreementClosesWithoutItsOldLine: an active agreement whose carried article was turned down has nothing left
// to release on the old year's line.
func TestACarriedAgreementClosesWithoutItsOldLine(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	next := nextYear(t, c)
	bystander := c.Agreement(t, c.Item(5)) // its money must stay
	a := c.Agreement(t, c.Item(1))
	shown := c.Published(t, a.Deliverables[0].ID)
	r, err := propose(c, a, "PU/1", debt.Line{FromLine: c.Lines[0].ID, ToLine: next[0].ID, Amount: unit})
	chain.Wants(t, err, "")
	chain.Wants(t, approve(c, r), "")
	_, err = c.Placements.Cancel(t.Context(), c.Staff, c.Agency.Code, shown.ID, nil, "tidak jadi")
	chain.Wants(t, err, "")
	_, err = c.Placements.Create(t.Context(), c.Staff, c.Agency.Code, placement.Plan{DeliverableID: a.Deliverables[0].ID, ScheduledOn: chain.Day("2026-06-01"), Title: "lagi"})
	chain.Wants(t, err, "quantity_exceeded", "/deliverable_id quantity_exceeded")
	c.Move(t, c.Head, a, agreement.Close)
	if got := accounts(t, c, c.Lines[0].ID) + accounts(t, c, next[0].ID); got != "5 0"+"0 0" {
		t.Errorf("the bystander's money: %s", got)
	}
	if bystander.Status != agreement.Active {
		t.Error(bystander.Status)
	}
	agrees(t, c, "closed")
}
