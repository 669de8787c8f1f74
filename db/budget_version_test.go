package db_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/db/dbtest/chain"
)

// shift puts a shift in force that leaves every ceiling as it is.
func shift(t *testing.T, c *chain.Chain, number, date string) budget.Version {
	t.Helper()
	cmd := budget.CreateCommand{FiscalYear: 2026, Kind: budget.Shift, Number: number, Date: chain.Day(date)}
	for _, l := range c.Lines {
		cmd.Lines = append(cmd.Lines, budget.VersionLine{Code: l.Code, SubActivityName: l.SubActivityName, AccountName: l.AccountName, Appropriation: chain.Ceiling})
	}
	v, err := c.Budgets.Create(t.Context(), c.Staff, c.Agency.Code, cmd)
	chain.Wants(t, err, "")
	v, err = c.Budgets.Lock(t.Context(), c.Head, c.Agency.Code, v.ID, nil)
	chain.Wants(t, err, "")
	return v
}

func TestPapersNameTheBudgetInForce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Draft(t, c.Item(2))
	if a.BudgetVersionID.Valid {
		t.Errorf("a draft promises nothing: %v", a.BudgetVersion)
	}
	names := func(what string, got agreement.BudgetVersion, want string) {
		t.Helper()
		if got.BudgetVersionNumber != want || !got.BudgetVersionID.Valid {
			t.Errorf("%s under %+v, want %s", what, got, want)
		}
	}
	a = c.Move(t, c.Staff, a, agreement.Submit)
	names("submitted", a.BudgetVersion, "DPA/1")
	shift(t, c, "DPPA/1", "2026-04-01")
	a = c.Move(t, c.PPK, a, agreement.Approve)
	names("approved", a.BudgetVersion, "DPPA/1")

	p := c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1))
	names("requested", p.BudgetVersion, "DPPA/1")
	shift(t, c, "DPPA/2", "2026-05-01")
	p = c.Authorise(t, p)
	names("authorised", p.BudgetVersion, "DPPA/1")
	p = c.Settle(t, p)
	names("settled", p.BudgetVersion, "DPPA/2")
	p, err := c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	names("read again", p.BudgetVersion, "DPPA/2")
	shift(t, c, "DPPA/3", "2026-06-01")
	a, err = c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	names("what was approved stays under", a.BudgetVersion, "DPPA/1")
}

// TestAShiftIsLockedByAnother: what a person with psql and the program's password cannot do.
func TestAShiftIsLockedByAnother(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	draft := func(kind budget.VersionKind, by access.Actor) uuid.UUID {
		v, err := c.Budgets.Create(t.Context(), by, c.Agency.Code, budget.CreateCommand{
			FiscalYear: 2026, Kind: kind, Number: string(kind), Date: chain.Day("2026-04-01"),
			Lines: []budget.VersionLine{{Code: c.Lines[0].Code, SubActivityName: "a", AccountName: "a", Appropriation: 1}},
		})
		chain.Wants(t, err, "")
		return v.ID
	}
	lock := func(id uuid.UUID, by access.Actor) string {
		_, constraint := refusal(in(t, c, `UPDATE budget_version SET status = 'locked', locked_at = now(), locked_by = $2 WHERE id = $1`, id, by.User))
		return constraint
	}
	if got := lock(draft(budget.Shift, c.Staff), c.Staff); got != "budget_version_not_locked_by_author" {
		t.Errorf("locked by its author: %q", got)
	}
	revision := draft(budget.Revision, c.Staff)
	_, err := c.Budgets.Rewrite(t.Context(), c.Head, c.Agency.Code, revision, nil, func(cmd budget.CreateCommand) (budget.CreateCommand, error) { return cmd, nil })
	chain.Wants(t, err, "")
	if got := lock(revision, c.Head); got != "budget_version_not_locked_by_author" {
		t.Errorf("locked by who rewrote it: %q", got)
	}
	if got := lock(revision, c.PPK); got != "" {
		t.Errorf("another person is refused by %q", got)
	}
}
