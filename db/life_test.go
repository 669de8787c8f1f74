package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/placement"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// framework makes a framework agreement in force with a ceiling, of what Item gives.
func framework(t *testing.T, c *chain.Chain, ceiling money.Amount) agreement.Agreement {
	t.Helper()
	return enforce(t, c, agreement.Framing{Framework: true, Ceiling: ceiling}, c.Item(1))
}

func enforce(t *testing.T, c *chain.Chain, f agreement.Framing, items ...agreement.Item) agreement.Agreement {
	t.Helper()
	a := framed(t, c, f, items...)
	a = c.Move(t, c.Staff, a, agreement.Submit)
	return c.Move(t, c.PPK, a, agreement.Approve)
}

func framed(t *testing.T, c *chain.Chain, f agreement.Framing, items ...agreement.Item) agreement.Agreement {
	t.Helper()
	a := c.Draft(t, items...)
	a, err := c.Agreements.Rewrite(t.Context(), c.Staff, c.Agency.Code, a.ID, nil, func(terms agreement.Terms) (agreement.Terms, error) {
		terms.Framing = f
		return terms, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestOrdersNeverExceedTheCeiling: many clerks order at once, and the sum of what is in force never passes the ceiling.
func TestOrdersNeverExceedTheCeiling(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	const unit, ceiling, clerks = money.Amount(1_110_000), money.Amount(12_000_000), 24
	f := framework(t, c, ceiling)
	under := agreement.Framing{FrameworkID: some(f.ID)}
	drafts, next := make(chan agreement.Agreement, clerks), rand.New(rand.NewPCG(1, 2))
	for range clerks {
		drafts <- framed(t, c, under, c.Item(1+next.Int64N(4)))
	}
	errs := chain.Crowd(t.Context(), clerks, func(ctx context.Context) error {
		a := <-drafts
		if _, err := c.Agreements.Move(ctx, c.Staff, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Submit}); err != nil {
			return err
		}
		// Some are turned down and submitted anew, which counts again.
		if a.Deliverables[0].Quantity%2 == 0 {
			if _, err := c.Agreements.Move(ctx, c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Reject, Reason: "Sebab"}); err != nil {
				return err
			}
			_, err := c.Agreements.Move(ctx, c.Colleague, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Submit})
			return err
		}
		return nil
	})
	refused := 0
	for _, err := range errs {
		if fault.Is(err, "framework_exceeded") {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	got, err := c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, f.ID)
	if err != nil || got.CalledOff > ceiling || got.CalledOff < unit || refused == 0 {
		t.Errorf("called off %d of %d, %d refused, %v", got.CalledOff, ceiling, refused, err)
	}
	if left := got.Left(); refused > 0 && left >= 4*unit {
		t.Errorf("refused although %d was left", left)
	}
	if sum := c.Balances(t)[0].Reserved + c.Balances(t)[1].Reserved; sum != got.CalledOff {
		t.Errorf("reserved %d, called off %d", sum, got.CalledOff)
	}
}

// TestTheDatabaseKeepsFrameworks: whoever reaches it, psql included.
func TestTheDatabaseKeepsFrameworks(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	f := framework(t, c, 3_000_000)
	order := enforce(t, c, agreement.Framing{FrameworkID: some(f.ID)}, c.Item(2))
	draft := framed(t, c, agreement.Framing{FrameworkID: some(f.ID)}, c.Item(1))
	plain := c.Agreement(t, c.Item(1))
	waiting := c.Move(t, c.Staff, framed(t, c, agreement.Framing{Framework: true, Ceiling: 5_000_000}, c.Item(1)), agreement.Submit)
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	set := func(what string, of uuid.UUID) string {
		return "UPDATE agreement SET " + what + " WHERE id = '" + of.String() + "'"
	}
	for _, try := range []struct{ name, statement, constraint string }{
		{"submitted above the ceiling", set("status = 'submitted'", draft.ID), "framework_exceeded"},
		{"raised above the ceiling", set("value = value + 1000000, gross = gross + 1000000", order.ID), "framework_exceeded"},
		{"a ceiling below what is ordered", set("ceiling = 2219999", f.ID), "framework_exceeded"},
		{"a ceiling that is decided on", set("ceiling = 9000000", waiting.ID), "agreement_stands_while_submitted"},
		{"no ceiling", set("ceiling = 0", f.ID), "framework_exceeded"},
		{"a ceiling without being one", set("ceiling = 1", plain.ID), "agreement_framework_shape"},
		{"money of its own", set("value = 1, gross = 1", f.ID), "agreement_framework_promises_nothing"},
		{"brought under it", set("framework_id = '"+f.ID.String()+"'", plain.ID), "framework_exceeded"},
		{"under one that is none", set("framework_id = '"+plain.ID.String()+"'", draft.ID), "framework_other"},
		{"beyond its end", set("end_date = '2026-12-31'", order.ID), "framework_outside_term"},
		{"a placement under it", `INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, net, vat, gross, created_at, created_by)
			SELECT government_id, gen_random_uuid(), '` + c.Agency.ID.String() + `', agreement_id, id, '2026-06-01', 'x', unit_net, unit_vat, unit_gross, now(), gen_random_uuid()
			FROM deliverable WHERE agreement_id = '` + f.ID.String() + "'", "placement_under_framework"},
	} {
		if code, constraint := refusal(o.do(t.Context(), o.government, try.statement)); code != "23514" || constraint != try.constraint {
			t.Errorf("%s: %s %s, want %s", try.name, code, constraint, try.constraint)
		}
	}
	if err := o.do(t.Context(), o.government, set("ceiling = 2220000", f.ID)); err != nil {
		t.Errorf("a ceiling that is just what is ordered: %v", err)
	}
}

// TestSystemTimesAreTheDatabases: the program's role can neither choose nor change them, and the trail keeps them.
func TestSystemTimesAreTheDatabases(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	began := time.Now().Add(-time.Minute)
	a := c.Agreement(t, c.Item(2))
	p := c.Planned(t, a.Deliverables[0].ID)
	for name, at := range map[string]*time.Time{"created": &a.CreatedAt, "submitted": a.SubmittedAt, "approved": a.ApprovedAt, "planned": &p.CreatedAt} {
		if at == nil || at.Before(began) || at.After(time.Now().Add(time.Minute)) {
			t.Errorf("%s at %v: the services' clock says %v", name, at, chain.Now())
		}
	}
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	for _, statement := range []string{
		"UPDATE agreement SET created_at = '2026-01-01'", "UPDATE agreement SET created_by = gen_random_uuid()", "UPDATE agreement SET submitted_at = '2026-01-01'",
		"UPDATE agreement SET approved_at = '2026-01-01'", "UPDATE agreement SET approved_at = NULL", "UPDATE agreement SET ended_at = '2026-01-01'",
		"UPDATE placement SET created_at = '2026-01-01'", "UPDATE placement SET created_by = gen_random_uuid()",
	} {
		if code, constraint := refusal(o.do(t.Context(), o.government, statement)); code != "23514" || constraint != "system_times_sealed" {
			t.Errorf("%s: %s %s", statement, code, constraint)
		}
	}
	done := c.Move(t, c.PPK, a, agreement.Close)
	if done.EndedAt == nil || done.EndedAt.Before(began) || done.EndedAt.After(time.Now().Add(time.Minute)) {
		t.Errorf("ended at %v", done.EndedAt)
	}
}

// TestTheDatabaseKeepsSuspensionsAndPenalties tries what the use cases refuse already.
func TestTheDatabaseKeepsSuspensionsAndPenalties(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(5))
	taken := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, taken)
	waits := c.Planned(t, a.Deliverables[0].ID)
	a, err := c.Agreements.Pause(t.Context(), c.PPK, c.Agency.Code, a.ID, nil, agreement.Suspend, agreement.Pause{Date: chain.Day("2026-09-01"), Reason: "Sebab"})
	if err != nil {
		t.Fatal(err)
	}
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	set := func(what string, p placement.Placement) string {
		return "UPDATE placement SET " + what + " WHERE id = '" + p.ID.String() + "'"
	}
	for _, try := range []struct{ name, statement, code, constraint string }{
		{"planned within", set("scheduled_on = '2026-09-01'", waits), "23514", "placement_in_suspension"},
		{"published within", set("published_on = '2026-10-01', status = 'published'", waits), "23514", "placement_in_suspension"},
		{"another penalty", set("late_days = 1, penalty = 1", taken[0]), "23514", "placement_penalty_kept"},
		{"a penalty without a day", set("penalty = 1", waits), "23514", "placement_penalty_sane"},
		{"suspended twice", `INSERT INTO agreement_suspension (government_id, id, agency_id, agreement_id, from_on, reason, created_at, created_by)
			SELECT government_id, gen_random_uuid(), agency_id, agreement_id, '2026-10-01', 'x', now(), created_by FROM agreement_suspension`, "23505", "agreement_suspension_one_open"},
		{"another first day", "UPDATE agreement_suspension SET from_on = '2026-01-01'", "42501", ""},
		{"no suspension", "DELETE FROM agreement_suspension", "42501", ""},
	} {
		if code, constraint := refusal(o.do(t.Context(), o.government, try.statement)); code != try.code || constraint != try.constraint {
			t.Errorf("%s: %s %s, want %s %s", try.name, code, constraint, try.code, try.constraint)
		}
	}
	for _, statement := range []string{set("clock_flags = '{published_before_order}'", waits), set("scheduled_on = '2026-08-31'", waits)} {
		if err := o.do(t.Context(), o.government, statement); err != nil {
			t.Error(err)
		}
	}
	if code, constraint := refusal(o.do(t.Context(), o.government, set("clock_flags = '{}'", waits))); code != "23514" || constraint != "placement_flags_kept" {
		t.Errorf("a flag less: %s %s", code, constraint)
	}
	c.Move(t, c.PPK, a, agreement.Terminate)
}

// TestFinalAccountsAreWrittenOnce and add up, whoever writes them.
func TestFinalAccountsAreWrittenOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(5))
	c.Move(t, c.PPK, a, agreement.Close)
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	again := func(change string) string {
		columns := strings.Fields("government_id agency_id kind date ordered evidenced accepted paid owed lapsed released penalty lines created_at created_by")
		values := make([]string, len(columns))
		for i, name := range columns {
			if values[i] = name; strings.HasPrefix(change, name+" ") {
				values[i] = strings.TrimPrefix(change, name+" ")
			}
		}
		other := "gen_random_uuid()"
		if change == "" {
			other = "agreement_id"
		}
		return fmt.Sprintf("INSERT INTO agreement_final_account (%s, id, agreement_id) SELECT %s, gen_random_uuid(), %s FROM agreement_final_account",
			strings.Join(columns, ", "), strings.Join(values, ", "), other)
	}
	for _, try := range []struct{ statement, code, constraint string }{
		{again(""), "23505", "agreement_final_account_once"},
		{again("released released - 1"), "23514", "agreement_final_account_balances"},
		{again("penalty 7"), "23514", "agreement_final_account_sums"},
		{again("evidenced 1"), "23514", "agreement_final_account_sums"},
		{again("lines '[]'"), "23514", "agreement_final_account_sums"},
		{again("kind 'draft'"), "23514", "agreement_final_account_kind_known"},
		{"UPDATE agreement_final_account SET penalty = penalty", "42501", ""},
		{"DELETE FROM agreement_final_account", "42501", ""},
	} {
		if code, constraint := refusal(o.do(t.Context(), o.government, try.statement)); code != try.code || constraint != try.constraint {
			t.Errorf("%s: %s %s, want %s %s", try.statement, code, constraint, try.code, try.constraint)
		}
	}
}

// TestReminders holds what is found against figures, on one day.
func TestReminders(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	running, held := c.Agreement(t, c.Item(10)), c.Agreement(t, c.Item(1))
	framework(t, c, 1_000_000)
	c.Verified(t, running.Deliverables[0].ID, 3) // 30%
	if _, err := c.Agreements.Pause(t.Context(), c.PPK, c.Agency.Code, held.ID, nil, agreement.Suspend, agreement.Pause{Date: chain.Day("2026-06-01"), Reason: "Sebab"}); err != nil {
		t.Fatal(err)
	}
	draft := c.Draft(t, c.Item(1))
	waits := c.Move(t, c.Staff, c.Draft(t, c.Item(1)), agreement.Submit)
	age := func(days int) time.Time { return time.Now().AddDate(0, 0, days).UTC() }
	find := func(today string, midnight time.Time, f agreement.ReminderFigures) string {
		f.Today, f.Midnight = chain.Day(today), midnight
		var out []string
		if err := c.Store.Read(t.Context(), c.PPK, func(tx *db.Tx) error {
			found, err := tx.Reminders(t.Context(), c.Agency.ID, agreement.ReminderKinds(), f)
			for _, r := range found {
				name := map[string]string{running.Number: "running", held.Number: "held", draft.Number: "draft", waits.Number: "waits"}[r.Number]
				if name == "" {
					name = "framework"
				}
				out = append(out, fmt.Sprintf("%s %s", r.Kind, name))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return strings.Join(out, ", ")
	}
	far := agreement.ReminderFigures{Ending: 10, Behind: 30, Draft: 14, Submitted: 3}
	for _, try := range []struct {
		name, today string
		midnight    time.Time
		figures     agreement.ReminderFigures
		want        string
	}{
		// The term is 2 May to 30 November: 213 days; 60% are over on 7 September.
		{"not behind by the figure", "2026-09-05", age(0), far, "suspended held"},
		{"behind by the figure", "2026-09-06", age(0), far, "behind running, suspended held"},
		{"a day before it ends soon", "2026-11-19", age(0), agreement.ReminderFigures{Ending: 10, Behind: 99, Draft: 14, Submitted: 3}, "suspended held"},
		{"soon", "2026-11-20", age(0), agreement.ReminderFigures{Ending: 10, Behind: 99, Draft: 14, Submitted: 3}, "suspended held, ending running, ending held, ending framework"},
		{"its last day", "2026-11-30", age(0), agreement.ReminderFigures{Ending: 0, Behind: 99, Draft: 14, Submitted: 3}, "suspended held, ending running, ending held, ending framework"},
		{"over", "2026-12-01", age(0), agreement.ReminderFigures{Ending: 0, Behind: 99, Draft: 14, Submitted: 3}, "suspended held, ended running, ended held, ended framework"},
		{"waits too long", "2026-06-01", age(4), agreement.ReminderFigures{Ending: 0, Behind: 99, Draft: 14, Submitted: 3}, "submitted waits, suspended held"},
		{"a draft too old", "2026-06-01", age(15), agreement.ReminderFigures{Ending: 0, Behind: 99, Draft: 14, Submitted: 99}, "draft draft, suspended held"},
		{"not yet", "2026-06-01", age(1), agreement.ReminderFigures{Ending: 0, Behind: 99, Draft: 14, Submitted: 3}, "suspended held"},
	} {
		if got := find(try.today, try.midnight, try.figures); got != try.want {
			t.Errorf("%s: %s, want %s", try.name, got, try.want)
		}
	}
}
