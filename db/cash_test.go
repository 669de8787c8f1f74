package db_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"tayang/app/cash"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/db/dbtest/chain"
)

// planned puts a cash plan in force: amounts of the first budget line from January on.
func planned(t *testing.T, c *chain.Chain, number string, amounts map[int]money.Amount) cash.Plan {
	t.Helper()
	cmd := cash.Command{FiscalYear: 2026, Number: number, Date: chain.Day("2026-01-05")}
	for m := 1; m <= 12; m++ {
		if a, ok := amounts[m]; ok {
			cmd.Lines = append(cmd.Lines, cash.Line{BudgetLineID: c.Lines[0].ID, Month: m, Amount: a})
		}
	}
	p, err := c.Cash.Create(t.Context(), c.Staff, c.Agency.Code, cmd)
	chain.Wants(t, err, "")
	p, err = c.Cash.Lock(t.Context(), c.Head, c.Agency.Code, p.ID, &p.Version)
	chain.Wants(t, err, "")
	return p
}

// unit is what one article of the chain costs, VAT included.
const unit = 1_110_000

func TestAPaymentStaysWithinTheReleasedCash(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(5))
	pays := make([]payment.Payment, 5)
	for i := range pays {
		pays[i] = c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1)))
	}
	chain.Wants(t, settle(c, pays[0], "SP2D/0", "2026-06-30"), "") // no plan, no bound
	planned(t, c, "SPD/1", map[int]money.Amount{1: unit, 7: unit + 1, 8: unit - 1})
	err := settle(c, pays[1], "SP2D/1", "2026-06-30")
	chain.Wants(t, err, "cash_exceeded", "/sp2d/date cash_exceeded")
	if f := fault.From(err); f.Kind != fault.Conflict || f.Args["available"] != int64(0) || f.Args["requested"] != int64(unit) || f.Args["budget_line_id"] != c.Lines[0].ID.String() {
		t.Errorf("line and figures are named: %+v", f.Args)
	}
	chain.Wants(t, settle(c, pays[1], "SP2D/1", "2026-07-01"), "")
	err = settle(c, pays[2], "SP2D/2", "2026-07-31")
	chain.Wants(t, err, "cash_exceeded", "/sp2d/date cash_exceeded")
	if f := fault.From(err); f.Args["available"] != int64(1) {
		t.Errorf("one rupiah is left: %+v", f.Args)
	}
	chain.Wants(t, settle(c, pays[2], "SP2D/2", "2026-08-01"), "")
	chain.Wants(t, settle(c, pays[3], "SP2D/3", "2026-12-31"), "cash_exceeded", "/sp2d/date cash_exceeded")

	o, err := c.Cash.Outlook(t.Context(), c.Auditor, c.Agency.Code, c.Lines[0].ID)
	chain.Wants(t, err, "")
	if m := o.Months; !o.Planned || m[5].Realised != unit || m[6].Released != 2*unit+1 || m[7].Spent != 3*unit || m[11].Released != 3*unit {
		t.Errorf("the months of the line: %+v", o)
	}
	warn := departs(t, c, "check_mode", `{"check": "budget", "document_type": "payment", "mode": "warn"}`, "2199-12-31")
	chain.Wants(t, settle(c, pays[3], "SP2D/3", "2026-12-31"), "")
	if got := fmt.Sprint(uses(t, c, warn)); got != "[payment SP2D/3 1110000]" {
		t.Errorf("the override keeps %s", got)
	}
	if err := in(t, c, `UPDATE override SET status = 'revoked', revoked_at = now(), revoked_by = $1`, c.Head.User); err != nil {
		t.Fatal(err)
	}
	planned(t, c, "SPD/2", map[int]money.Amount{12: 2 * unit}) // December anew; the rest stays
	chain.Wants(t, settle(c, pays[4], "SP2D/4", "2026-11-30"), "cash_exceeded", "/sp2d/date cash_exceeded")
	chain.Wants(t, settle(c, pays[4], "SP2D/4", "2026-12-31"), "")
}

func TestAPlanIsRefusedLineByLine(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	c.Settle(t, c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1))))
	make := func(number string, lines ...cash.Line) cash.Plan {
		p, err := c.Cash.Create(t.Context(), c.Staff, c.Agency.Code, cash.Command{FiscalYear: 2026, Number: number, Date: chain.Day("2026-01-05"), Lines: lines})
		chain.Wants(t, err, "")
		return p
	}
	lock := func(p cash.Plan) error {
		_, err := c.Cash.Lock(t.Context(), c.Head, c.Agency.Code, p.ID, nil)
		return err
	}
	small := make("SPD/1", cash.Line{BudgetLineID: c.Lines[0].ID, Month: 1, Amount: unit - 1}, cash.Line{BudgetLineID: c.Lines[1].ID, Month: 1, Amount: chain.Ceiling + 1})
	chain.Wants(t, lock(small), "cash_plan_out_of_bounds", "/lines/0 below_realised", "/lines/1 above_ceiling")
	_, err := c.Cash.Create(t.Context(), c.Staff, c.Agency.Code, cash.Command{FiscalYear: 2025, Number: "SPD/X", Date: chain.Day("2025-01-05"), Lines: small.Lines[:1]})
	chain.Wants(t, err, "invalid", "/lines/0/budget_line_id not_found")
	_, err = c.Cash.Rewrite(t.Context(), c.Staff, c.Agency.Code, small.ID, &small.Version, func(cmd cash.Command) (cash.Command, error) {
		cmd.Lines = cmd.Lines[:1]
		cmd.Lines[0].Amount = unit
		return cmd, nil
	})
	chain.Wants(t, err, "")
	chain.Wants(t, lock(small), "")
	chain.Wants(t, lock(small), "wrong_state")
	_, err = c.Cash.Rewrite(t.Context(), c.Staff, c.Agency.Code, small.ID, nil, func(cmd cash.Command) (cash.Command, error) { return cmd, nil })
	chain.Wants(t, err, "wrong_state")
	_, err = c.Cash.Lock(t.Context(), c.Staff, c.Agency.Code, small.ID, nil)
	chain.Wants(t, err, "forbidden")
}

// TestCashIsNotInReach: what a person with psql and the program's password cannot do.
func TestCashIsNotInReach(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	locked := planned(t, c, "SPD/1", map[int]money.Amount{1: unit})
	gov, agency := c.Staff.Government, c.Agency.ID
	draft := func(line uuid.UUID, year int, amount int64) uuid.UUID {
		id := uuid.New()
		if err := in(t, c, `INSERT INTO cash_plan_document (government_id, id, agency_id, fiscal_year, number, date, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, '2026-01-05', now(), $6)`, gov, id, agency, year, id.String(), c.Staff.User); err != nil {
			t.Fatal(err)
		}
		if err := in(t, c, `INSERT INTO cash_plan_document_line (government_id, id, document_id, position, budget_line_id, month, amount) VALUES ($1, $2, $3, 1, $4, 2, $5)`,
			gov, uuid.New(), id, line, amount); err != nil {
			t.Fatal(err)
		}
		return id
	}
	lock := func(id uuid.UUID, by uuid.UUID) error {
		return in(t, c, `UPDATE cash_plan_document SET status = 'locked', locked_at = now(), locked_by = $2 WHERE id = $1`, id, by)
	}
	pay := func(amount int64, on string) error {
		return in(t, c, `SELECT post_entries($1, $2, $3, now(), jsonb_build_array(
			jsonb_build_object('budget_line_id', $4::uuid, 'kind', 'commit', 'from', 'available', 'to', 'committed', 'amount', $5::bigint, 'effective_on', $6::date,
				'document_type', 'agreement', 'document_id', $4::uuid, 'document_number', '1'),
			jsonb_build_object('budget_line_id', $4::uuid, 'kind', 'realise', 'from', 'committed', 'to', 'realised', 'amount', $5::bigint, 'effective_on', $6::date,
				'document_type', 'payment', 'document_id', $4::uuid, 'document_number', '1')))`, gov, agency, c.Staff.User, c.Lines[0].ID, amount, on)
	}
	for _, x := range []struct {
		name             string
		err              error
		code, constraint string
	}{
		{"release cash", in(t, c, `INSERT INTO cash_plan (government_id, budget_line_id, month, agency_id, amount, document_id) VALUES ($1, $2, 3, $3, 1, $4)`, gov, c.Lines[0].ID, agency, locked.ID), "42501", ""},
		{"raise it", in(t, c, `UPDATE cash_plan SET amount = amount + 1`), "42501", ""},
		{"drop it", in(t, c, `DELETE FROM cash_plan`), "42501", ""},
		{"begin with a locked plan", in(t, c, `INSERT INTO cash_plan_document (government_id, id, agency_id, fiscal_year, number, date, created_at, created_by, status)
			VALUES ($1, $2, $3, 2026, 'x', '2026-01-05', now(), $4, 'locked')`, gov, uuid.New(), agency, c.Staff.User), "42501", ""},
		{"lock one's own", lock(draft(c.Lines[0].ID, 2026, 1), c.Staff.User), "23514", "cash_plan_document_not_locked_by_author"},
		{"lock again", lock(locked.ID, c.PPK.User), "23514", "cash_plan_document_locked_once"},
		{"open again", in(t, c, `UPDATE cash_plan_document SET status = 'draft', locked_at = NULL, locked_by = NULL WHERE id = $1`, locked.ID), "23514", "cash_plan_document_locked_once"},
		{"add a line to a locked one", in(t, c, `INSERT INTO cash_plan_document_line (government_id, id, document_id, position, budget_line_id, month, amount)
			VALUES ($1, $2, $3, 9, $4, 9, 1)`, gov, uuid.New(), locked.ID, c.Lines[0].ID), "42501", ""},
		{"above the ceiling", lock(draft(c.Lines[0].ID, 2026, int64(chain.Ceiling)), c.Head.User), "23514", "cash_plan_within_ceiling"},
		{"another year's line", lock(draft(c.Lines[1].ID, 2027, 1), c.Head.User), "23514", "cash_plan_of_the_year"},
		{"pay beyond it", pay(unit+1, "2026-12-31"), "23514", "cash_exceeded"},
		{"pay the year before", pay(1, "2025-12-31"), "23514", "cash_exceeded"},
		{"pay what is released", pay(unit, "2026-01-01"), "", ""},
	} {
		if code, constraint := refusal(x.err); code != x.code || x.constraint != "" && constraint != x.constraint || x.code == "" && x.err != nil {
			t.Errorf("%s: got %v, want %s %s", x.name, x.err, x.code, x.constraint)
		}
	}
}

// TestCashHoldsAgainstACrowd: many pay at once out of cash for some of them.
func TestCashHoldsAgainstACrowd(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(8))
	pays := make(chan payment.Payment, 8)
	for range cap(pays) {
		pays <- c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1)))
	}
	planned(t, c, "SPD/1", map[int]money.Amount{6: 3*unit + 5})
	paid := 0
	for _, err := range chain.Crowd(t.Context(), cap(pays), func(context.Context) error {
		p := <-pays
		return settle(c, p, "SP2D/"+p.ID.String(), "2026-06-30")
	}) {
		if err == nil {
			paid++
		} else if !fault.Is(err, "cash_exceeded") {
			t.Error(err)
		}
	}
	if got := c.Balances(t)[0].Realised; paid != 3 || got != 3*unit {
		t.Errorf("%d paid, realised %d", paid, got)
	}
}
