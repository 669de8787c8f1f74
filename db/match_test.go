package db_test

import (
	"strings"
	"testing"

	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// psql runs a statement as the owner does at the terminal, past the program.
func psql(t *testing.T, c *chain.Chain, query string, args ...any) error {
	t.Helper()
	conn, err := db.Pool(c.Store).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Rollback() }()
	if _, err := conn.ExecContext(t.Context(), "SELECT set_config('tayang.government', $1, true)", c.Staff.Government.String()); err != nil {
		t.Fatal(err)
	}
	if _, err = conn.ExecContext(t.Context(), query, args...); err != nil {
		return err
	}
	_, err = conn.ExecContext(t.Context(), "SET CONSTRAINTS ALL IMMEDIATE")
	return err
}

func breaks(t *testing.T, what string, err error, constraint string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), constraint) && !strings.Contains(constraintOf(err), constraint) {
		t.Errorf("%s: %v, want %s", what, err, constraint)
	}
}

func TestTheDatabaseKeepsUnitsLinesAndPapers(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(3), c.Item(1))
	of := a.Deliverables[0]
	ps := c.Verified(t, of.ID, 1)
	failed := c.Planned(t, of.ID)
	plan := placement.Plan{DeliverableID: of.ID, ScheduledOn: chain.Day("2026-07-01"), Title: "Pengganti"}
	plan.MakeGoodFor.UUID, plan.MakeGoodFor.Valid, plan.MakeGoodReason = failed.ID, true, "tidak tayang"
	good, err := c.Placements.Create(t.Context(), c.Staff, c.Agency.Code, plan)
	chain.Wants(t, err, "")
	g := c.Staff.Government
	breaks(t, "what is replaced does not come back", psql(t, c, `UPDATE placement SET status = 'planned' WHERE government_id = $1 AND id = $2`, g, failed.ID), "placement_replaced")
	breaks(t, "what it stands in for is for ever", psql(t, c, `UPDATE placement SET make_good_for = NULL, make_good_reason = '' WHERE government_id = $1 AND id = $2`, g, good.ID), "placement_make_good_kept")
	breaks(t, "a second for one unit", psql(t, c, `INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, net, vat, gross, created_at, created_by,
			make_good_for, make_good_reason) SELECT government_id, gen_random_uuid(), agency_id, agreement_id, deliverable_id, scheduled_on, 'x', net, vat, gross, now(), created_by, $2, 'x'
		FROM placement WHERE government_id = $1 AND id = $3`, g, failed.ID, good.ID), "placement_make_good_once")
	breaks(t, "for what still holds its unit", psql(t, c, `INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, net, vat, gross, created_at, created_by,
			make_good_for, make_good_reason) SELECT government_id, gen_random_uuid(), agency_id, agreement_id, deliverable_id, scheduled_on, 'x', net, vat, gross, now(), created_by, id, 'x'
		FROM placement WHERE government_id = $1 AND id = $2`, g, good.ID), "placement_make_good_unit")

	bast := c.Accept(t, a, ps)
	short := `INSERT INTO acceptance_shortfall (government_id, id, agency_id, agreement_id, acceptance_id, deliverable_id, quantity, amount, reason, created_at, created_by)
		VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, 'x', now(), $8)`
	breaks(t, "more than are left", psql(t, c, short, g, c.Agency.ID, a.ID, bast.ID, of.ID, 2, 2_220_000, c.Staff.User), "acceptance_shortfall_within_quantity")
	breaks(t, "at another price", psql(t, c, short, g, c.Agency.ID, a.ID, bast.ID, of.ID, 1, 5, c.Staff.User), "acceptance_shortfall_priced")

	b := c.Bill(t, a, ps)
	b.Lines = []payment.BillLine{{DeliverableID: of.ID, Quantity: 1, UnitPrice: 1_000_000, Amount: 1_110_000}}
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	line := `INSERT INTO invoice_line (government_id, id, agency_id, invoice_id, deliverable_id, position, description, quantity, unit_price, tax_inclusive, amount, created_at, created_by)
		VALUES ($1, gen_random_uuid(), $2, $3, $4, 2, 'x', 1, 5, false, 5, now(), $5)`
	breaks(t, "lines above the invoice", psql(t, c, line, g, c.Agency.ID, i.ID, of.ID, c.Staff.User), "invoice_lines_sum")
	for _, forbidden := range []string{"UPDATE invoice_line SET amount = amount", "DELETE FROM invoice_line", "UPDATE acceptance_shortfall SET quantity = 1", "UPDATE recap SET lines = '[]'"} {
		breaks(t, forbidden, psql(t, c, "SET LOCAL ROLE tayang_app; "+forbidden), "permission denied")
	}
}

func constraintOf(err error) string {
	type named interface{ Get(byte) string }
	if n, ok := err.(named); ok {
		return n.Get('n')
	}
	return ""
}

// The long query of what was ordered against what came can be prepared, and counts nothing of an agreement without placements.
func TestFulfilmentCanBePrepared(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(3))
	if err := psql(t, c, "PREPARE fulfilment (uuid, uuid, uuid) AS "+db.FulfilmentQuery); err != nil {
		t.Fatal(err)
	}
	f, err := c.Placements.Fulfilment(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if f.Total.Ordered != 3 || f.Total.Planned != 0 || f.Total.MissingGross != 3_330_000 {
		t.Errorf("%+v", f.Total)
	}
}
