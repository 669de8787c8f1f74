package db_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/closing"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// in runs a statement in a transaction of the program's role inside the walls of the chain's government.
func in(t *testing.T, c *chain.Chain, statement string, args ...any) error {
	t.Helper()
	tx, err := db.Pool(c.Store).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), "SET LOCAL tayang.government = '"+c.Staff.Government.String()+"'"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), statement, args...); err != nil {
		return err
	}
	return tx.Commit()
}

// departs lets a person ask for a departure and the head approve it.
func departs(t *testing.T, c *chain.Chain, kind, subject, until string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	if err := in(t, c, `INSERT INTO override (government_id, id, agency_id, kind, subject, reason, status, valid_until, created_at, created_by, decided_at, decided_by)
		VALUES ($1, $2, $3, $4, $5, 'sebab', 'approved', $6, $7, $8, $7, $9)`,
		c.Staff.Government, id, c.Agency.ID, kind, subject, until, chain.Now(), c.Treasurer.User, c.Head.User); err != nil {
		t.Fatal(err)
	}
	return id
}

// uses are the documents that passed under an override.
func uses(t *testing.T, c *chain.Chain, id uuid.UUID) []string {
	t.Helper()
	return within(t, c, `SELECT document_type || ' ' || document_number || ' ' || amount FROM override_use
		WHERE override_id = $1 ORDER BY used_at, document_number`, id)
}

// within reads a column inside the walls of the chain's government.
func within(t *testing.T, c *chain.Chain, query string, args ...any) (out []string) {
	t.Helper()
	tx, err := db.Pool(c.Store).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), "SET LOCAL tayang.government = '"+c.Staff.Government.String()+"'"); err != nil {
		t.Fatal(err)
	}
	rows, err := tx.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func settle(c *chain.Chain, p payment.Payment, number, date string) error {
	_, err := c.Payments.Settle(context.Background(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Paper{Number: number, Date: chain.Day(date)})
	return err
}

func TestAClosedMonthTakesNoEntry(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(4))
	of := a.Deliverables[0].ID
	pays := make([]payment.Payment, 3)
	for i := range pays {
		pays[i] = c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, of, 1)))
	}
	late := c.Draft(t, c.Item(1))
	c.CloseMonths(t, 6)

	err := settle(c, pays[0], "SP2D/LAMA", "2026-06-30")
	chain.Wants(t, err, "period_closed", "/sp2d/date period_closed")
	if f := fault.From(err); f.Kind != fault.Conflict || f.Args["month"] != "2026-06" || f.Args["document"] != "SP2D/LAMA" {
		t.Errorf("the month and the document are named: %+v", f)
	}
	_, err = c.Agreements.Move(t.Context(), c.Staff, c.Agency.Code, late.ID, agreement.MoveCommand{Verb: agreement.Submit})
	chain.Wants(t, err, "period_closed", "/order_date period_closed")
	v, err := c.Budgets.Create(t.Context(), c.Staff, c.Agency.Code, budget.CreateCommand{
		FiscalYear: 2026, Kind: budget.Shift, Number: "DPPA/1", Date: chain.Day("2026-06-01"),
		Lines: []budget.VersionLine{{Code: c.Lines[0].Code, SubActivityName: "a", AccountName: "a", Appropriation: chain.Ceiling + 1}, {Code: c.Lines[1].Code, SubActivityName: "a", AccountName: "a", Appropriation: chain.Ceiling}},
	})
	chain.Wants(t, err, "")
	_, err = c.Budgets.Lock(t.Context(), c.Head, c.Agency.Code, v.ID, nil)
	chain.Wants(t, err, "period_closed", "/date period_closed")
	chain.Wants(t, settle(c, pays[0], "SP2D/1", "2026-07-01"), "")

	back := departs(t, c, "back_date", `{"month": "2026-06", "document_number": "SP2D/2"}`, "2199-12-31")
	chain.Wants(t, settle(c, pays[1], "SP2D/X", "2026-06-30"), "period_closed", "/sp2d/date period_closed")
	chain.Wants(t, settle(c, pays[1], "SP2D/2", "2026-06-30"), "")
	if got := fmt.Sprint(uses(t, c, back)); got != "[payment SP2D/2 1110000]" {
		t.Errorf("the override keeps %s", got)
	}
	expired := departs(t, c, "period_reopen", `{"month": "2026-06"}`, "2020-01-01")
	chain.Wants(t, settle(c, pays[2], "SP2D/3", "2026-06-30"), "period_closed", "/sp2d/date period_closed")
	reopened := departs(t, c, "period_reopen", `{"month": "2026-06"}`, "2199-12-31")
	page, err := c.Periods.List(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("month", "2026-06"))
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || page.Items[0].ReopenedBy.UUID != reopened {
		t.Errorf("June is reopened: %+v", page.Items)
	}
	chain.Wants(t, settle(c, pays[2], "SP2D/3", "2026-06-30"), "")
	if got := fmt.Sprint(uses(t, c, expired), uses(t, c, reopened)); got != "[] [payment SP2D/3 1110000]" {
		t.Errorf("the overrides keep %s", got)
	}
	if err := in(t, c, `UPDATE override SET status = 'revoked', revoked_at = now(), revoked_by = $1 WHERE id = $2`, c.Head.User, reopened); err != nil {
		t.Fatal(err)
	}
	_, err = c.Agreements.Move(t.Context(), c.Staff, c.Agency.Code, late.ID, agreement.MoveCommand{Verb: agreement.Submit})
	chain.Wants(t, err, "period_closed", "/order_date period_closed")
}

// TestADocumentOnTwoLinesIsOneUse: an override keeps one row of a document, whatever lines it moves.
func TestADocumentOnTwoLinesIsOneUse(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	other := c.Item(2)
	other.BudgetLineID = c.Lines[1].ID
	a := c.Draft(t, c.Item(1), other)
	c.CloseMonths(t, 5)
	id := departs(t, c, "period_reopen", `{"month": "2026-05"}`, "2199-12-31")
	c.Move(t, c.Staff, a, agreement.Submit)
	if got := fmt.Sprint(uses(t, c, id)); got != "[agreement "+a.Number+" 3330000]" {
		t.Errorf("the override keeps %s", got)
	}
}

// TestMonthsAreClosedByTwoPeople: what a person with psql and the program's password cannot do.
func TestMonthsAreClosedByTwoPeople(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	c.CloseMonths(t, 1)
	gov, agency, staff := c.Staff.Government, c.Agency.ID, c.Staff.User
	ask := func(month string) error {
		return in(t, c, `INSERT INTO period (government_id, id, agency_id, month, reason, requested_at, requested_by) VALUES ($1, $2, $3, $4, 'a', now(), $5)`,
			gov, uuid.New(), agency, month, staff)
	}
	if err := ask("2026-02-01"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name             string
		err              error
		code, constraint string
	}{
		{"close without asking", in(t, c, `INSERT INTO period (government_id, id, agency_id, month, reason, requested_at, requested_by, status, decided_at, decided_by)
			VALUES ($1, $2, $3, '2026-03-01', 'a', now(), $4, 'closed', now(), $5)`, gov, uuid.New(), agency, staff, c.Head.User), "42501", ""},
		{"close what one asked for", in(t, c, `UPDATE period SET status = 'closed', decided_at = now(), decided_by = requested_by WHERE month = '2026-02-01'`), "23514", "period_not_decided_by_author"},
		{"close by nobody", in(t, c, `UPDATE period SET status = 'closed' WHERE month = '2026-02-01'`), "23514", "period_decided_by_someone"},
		{"open again", in(t, c, `UPDATE period SET status = 'withdrawn', decided_at = NULL, decided_by = NULL WHERE month = '2026-01-01'`), "23514", "period_decided_once"},
		{"move to another month", in(t, c, `UPDATE period SET month = '2027-01-01' WHERE month = '2026-01-01'`), "42501", ""},
		{"delete", in(t, c, `DELETE FROM period`), "42501", ""},
		{"ask twice", ask("2026-01-01"), "23505", "period_month_once"},
		{"ask for a day", ask("2026-03-02"), "23514", "period_month_begins"},
		{"post into it", in(t, c, `SELECT post_entries($1, $2, $3, now(), jsonb_build_array(jsonb_build_object('budget_line_id', $4::uuid, 'kind', 'reserve', 'from', 'available',
			'to', 'reserved', 'amount', 1, 'effective_on', '2026-01-31', 'document_type', 'agreement', 'document_id', $4::uuid, 'document_number', '1')))`,
			gov, agency, staff, c.Lines[0].ID), "23514", "period_closed"},
	} {
		if code, constraint := refusal(c.err); code != c.code || c.constraint != "" && constraint != c.constraint {
			t.Errorf("%s: got %v, want %s %s", c.name, c.err, c.code, c.constraint)
		}
	}
}

// TestClosingWaitsForWhoPosts: while clerks settle payments dated in a month, it is closed. No entry lies in it that was
// posted after the closing, and none was lost.
func TestClosingWaitsForWhoPosts(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(12))
	pays := make([]payment.Payment, 12)
	for i := range pays {
		pays[i] = c.Authorise(t, c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1)))
	}
	c.CloseMonths(t, 5)
	june, err := c.Periods.Ask(t.Context(), c.Treasurer, c.Agency.Code, closing.Request{Month: chain.Day("2026-06-01").Month(), Reason: "a"})
	chain.Wants(t, err, "")
	done := make(chan error, len(pays)+1)
	for i, p := range pays {
		go func() { done <- settle(c, p, fmt.Sprint("SP2D/", i), "2026-06-30") }()
		if i == len(pays)/2 {
			go func() {
				_, err := c.Periods.Move(context.Background(), c.Head, c.Agency.Code, june.ID, closing.MoveCommand{Verb: closing.Approve})
				done <- err
			}()
		}
	}
	settled := 0
	for range cap(done) {
		switch err := <-done; {
		case err == nil:
			settled++
		case !fault.Is(err, "period_closed"):
			t.Error(err)
		}
	}
	settled-- // the closing itself
	closed, err := c.Periods.Get(t.Context(), c.Auditor, c.Agency.Code, june.ID)
	chain.Wants(t, err, "")
	if got := c.Balances(t)[0].Realised; closed.Status != closing.Closed || int64(got) != int64(settled)*1_110_000 {
		t.Errorf("%s with %d settled, realised %d", closed.Status, settled, got)
	}
	if late := within(t, c, `SELECT row_id FROM audit_event WHERE table_name = 'ledger_entry' AND event::json -> 'new' ->> 'effective_on' = '2026-06-30'
		AND seq > (SELECT max(seq) FROM audit_event WHERE row_id = $1)`, june.ID.String()); len(late) > 0 {
		t.Errorf("posted into June after it was closed: entries %v", late)
	}
}

// TestClosingHoldsTheLines shows the order that the sum of many runs cannot: a transaction that has moved money of the
// agency makes the closing wait, and one that comes while the month is being closed waits and then finds it closed.
func TestClosingHoldsTheLines(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	january, err := c.Periods.Ask(t.Context(), c.Treasurer, c.Agency.Code, closing.Request{Month: chain.Day("2026-01-01").Month(), Reason: "a"})
	chain.Wants(t, err, "")
	move := []budget.Move{{
		Line: c.Lines[1].ID, Kind: budget.Reserve, From: budget.Available, To: budget.Reserved, Amount: 1, EffectiveOn: chain.Day("2026-01-31"),
		Document: budget.Document{Type: "agreement", ID: uuid.New(), Number: "1"},
	}}
	post := func(hold func()) error {
		return c.Store.InTx(context.Background(), access.Act{Actor: c.Staff}, func(tx *db.Tx) (any, error) {
			err := tx.Post(context.Background(), c.Agency.ID, move)
			hold()
			return nil, err
		})
	}
	posted, release := make(chan bool), make(chan bool)
	first, closed := make(chan error), make(chan error)
	go func() { first <- post(func() { posted <- true; <-release }) }()
	<-posted
	go func() {
		_, err := c.Periods.Move(context.Background(), c.Head, c.Agency.Code, january.ID, closing.MoveCommand{Verb: closing.Approve})
		closed <- err
	}()
	waitsForLock(t, c)
	second := make(chan error)
	go func() { second <- post(func() {}) }()
	release <- true
	chain.Wants(t, <-first, "")
	chain.Wants(t, <-closed, "")
	if err := <-second; !fault.Is(err, "period_closed") {
		// It may have come before the closing held the line; then it stands before it.
		chain.Wants(t, err, "")
	}
	chain.Wants(t, post(func() {}), "period_closed", "/order_date period_closed")
}

// waitsForLock returns when some transaction of the database waits for another.
func waitsForLock(t *testing.T, c *chain.Chain) {
	t.Helper()
	for range 500 {
		var n int
		if err := db.Pool(c.Store).QueryRowContext(t.Context(), `SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database OR l.database IS NULL
			WHERE NOT l.granted AND d.datname = current_database()`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
		if _, err := db.Pool(c.Store).ExecContext(t.Context(), "SELECT pg_sleep(0.01)"); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("the closing did not wait for who had posted")
}

func TestYearOfPeriods(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	c.CloseMonths(t, 2)
	year, err := c.Periods.Year(t.Context(), c.Auditor, c.Agency.Code, 2026)
	chain.Wants(t, err, "")
	if len(year) != 2 || year[0].Month != (period.FiscalYear(2026).Months()[0]) || year[0].RequestedName != "treasurer" || year[0].DecidedName != "head" {
		t.Errorf("got %+v", year)
	}
	if other, err := c.Periods.Year(t.Context(), c.Auditor, c.Agency.Code, 2025); err != nil || len(other) != 0 {
		t.Errorf("got %+v, %v", other, err)
	}
	_, err = c.Periods.Year(t.Context(), c.Neighbour, c.Agency.Code, 2026)
	chain.Wants(t, err, "not_found")
}
