package db_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/placement"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// TestLinesInForceChangeOnlyByAmendment tries every other way that the program's role has.
func TestLinesInForceChangeOnlyByAmendment(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	line := a.Deliverables[0].ID.String()
	propose := func() string {
		more := int64(1)
		got, err := c.Agreements.Amend(t.Context(), c.Colleague, c.Agency.Code, a.ID, nil, agreement.Proposal{
			Number: "ADD/1", Date: chain.Day("2026-05-04"), Reason: "Tema baru",
			Deliverables: []agreement.Change{{ID: some(a.Deliverables[0].ID), Quantity: &more}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return got.Amendment.ID.String()
	}
	pending := propose()
	decide := func(status, who string) string {
		return "SELECT decide_amendment('" + c.Staff.Government.String() + "', '" + pending + "', '" + status + "', '', '" + who + "', now())"
	}
	for _, try := range []struct{ name, statement, code, constraint string }{
		{"another quantity", "UPDATE deliverable SET quantity = 9 WHERE id = '" + line + "'", "42501", ""},
		{"another price", "UPDATE deliverable SET unit_price = 1, unit_net = 1, unit_vat = 0, unit_gross = 1 WHERE id = '" + line + "'", "42501", ""},
		{"a new line", `INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, budget_line_id, quantity, unit,
			unit_price, tax_inclusive, label_required, unit_net, unit_vat, unit_gross) SELECT government_id, gen_random_uuid(), agreement_id, 2, product,
			outlet_id, budget_line_id, 1, unit, 1, true, true, 1, 0, 1 FROM deliverable WHERE id = '` + line + "'", "42501", ""},
		{"what an amendment says", "UPDATE amendment SET after = before", "42501", ""},
		{"that it was approved", "UPDATE amendment SET status = 'approved', decided_by = gen_random_uuid(), decided_at = now()", "42501", ""},
		{"an amendment less", "DELETE FROM amendment", "42501", ""},
		{"approved by who proposed it", decide("approved", c.Colleague.User.String()), "23514", "amendment_not_decided_by_author"},
		{"rejected by who proposed it", decide("rejected", c.Colleague.User.String()), "23514", "amendment_not_decided_by_author"},
		{"approved by who made the agreement", decide("approved", c.Staff.User.String()), "23514", "amendment_not_decided_by_author"},
		{"approved by nobody", "SELECT decide_amendment('" + c.Staff.Government.String() + "', '" + pending + "', 'approved', '', NULL, now())", "23514", "amendment_decided_by_someone"},
		{"decided in another way", decide("forgotten", c.PPK.User.String()), "23514", "amendment_status_known"},
	} {
		err := o.do(t.Context(), o.government, try.statement)
		if code, constraint := refusal(err); code != try.code || constraint != try.constraint && try.constraint != "" {
			t.Errorf("%s: got %v, want %s %s", try.name, err, try.code, try.constraint)
		}
	}
	if err := o.do(t.Context(), c.Stranger.Government, decide("approved", c.PPK.User.String())); err == nil {
		t.Error("another government decided")
	}
	if a = c.Move(t, c.PPK, a, agreement.Approve); a.Deliverables[0].Quantity != 1 || a.Amendment != nil {
		t.Errorf("%+v", a)
	}
}

// TestPlacementsAreOrderedAtThePresentPrice: who plans a placement while an amendment is being approved waits, and then
// orders at the new price, though he began to read before it was there.
func TestPlacementsAreOrderedAtThePresentPrice(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	price := money.Amount(900_000)
	a, err := c.Agreements.Amend(t.Context(), c.Staff, c.Agency.Code, a.ID, nil, agreement.Proposal{
		Number: "ADD/1", Date: chain.Day("2026-05-04"), Reason: "Negosiasi ulang",
		Deliverables: []agreement.Change{{ID: some(a.Deliverables[0].ID), UnitPrice: &price}},
	})
	if err != nil {
		t.Fatal(err)
	}
	approval, err := db.Pool(c.Store).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"SET LOCAL tayang.government = '" + c.Staff.Government.String() + "'",
		"SELECT id FROM agreement WHERE id = '" + a.ID.String() + "' FOR NO KEY UPDATE",
		`INSERT INTO agreement_approval (government_id, id, agency_id, agreement_id, amendment_id, round, step, role, verdict, decided_at, decided_by)
			SELECT government_id, gen_random_uuid(), agency_id, agreement_id, id, position, 1, 'ppk', 'approved', now(), '` + c.PPK.User.String() + `' FROM amendment`,
		"SELECT decide_amendment('" + c.Staff.Government.String() + "', '" + a.Amendment.ID.String() + "', 'approved', '', '" + c.PPK.User.String() + "', now())",
		"UPDATE agreement SET version = version + 1 WHERE id = '" + a.ID.String() + "'",
	} {
		if _, err := approval.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	planned := make(chan placement.Placement, 1)
	go func() {
		p, err := c.Placements.Create(t.Context(), c.Staff, c.Agency.Code,
			placement.Plan{DeliverableID: a.Deliverables[0].ID, ScheduledOn: chain.Day("2026-06-01"), Title: "Berita"})
		if err != nil {
			t.Error(err)
		}
		planned <- p
	}()
	for waiting := 0; waiting == 0; time.Sleep(10 * time.Millisecond) {
		if err := db.Pool(c.Store).QueryRowContext(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	if err := approval.Commit(); err != nil {
		t.Fatal(err)
	}
	if p := <-planned; p.Net != price {
		t.Errorf("ordered at %d, the line costs %d", p.Net, price)
	}
}

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }
