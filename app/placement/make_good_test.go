package placement_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

func goodFor(p placement.Placement, day string) placement.Plan {
	return placement.Plan{
		DeliverableID: p.DeliverableID, ScheduledOn: chain.Day(day), Title: "Pengganti",
		MakeGood: placement.MakeGood{MakeGoodFor: uuid.NullUUID{UUID: p.ID, Valid: true}, MakeGoodReason: "tidak tayang"},
	}
}

func TestAMakeGoodFillsTheUnitOfWhatFailed(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2), c.Item(1))
	of := a.Deliverables[0].ID
	verified := c.Verified(t, of, 1)[0]
	failed := c.Published(t, of)
	plan := func(n placement.Plan) (placement.Placement, error) {
		return c.Placements.Create(t.Context(), c.Staff, c.Agency.Code, n)
	}
	unsaid := goodFor(failed, "2026-07-01")
	unsaid.MakeGoodReason = " "
	_, err := plan(unsaid)
	chain.Wants(t, err, "invalid", "/make_good_reason required")
	other := goodFor(failed, "2026-07-01")
	other.DeliverableID = a.Deliverables[1].ID
	_, err = plan(other)
	chain.Wants(t, err, "invalid", "/make_good_for make_good_other")
	_, err = plan(goodFor(placement.Placement{ID: uuid.New(), Order: placement.Order{DeliverableID: of}}, "2026-07-01"))
	chain.Wants(t, err, "invalid", "/make_good_for not_found")
	_, err = plan(goodFor(verified, "2026-07-01"))
	if f := fault.From(err); err == nil || f.Code != "wrong_state" {
		t.Errorf("%v", err)
	}
	good, err := plan(goodFor(failed, "2026-12-15")) // after the agreement's end
	chain.Wants(t, err, "")
	if good.MakeGoodFor.UUID != failed.ID || good.Gross != failed.Gross {
		t.Errorf("%+v", good)
	}
	gone, err := c.Placements.Get(t.Context(), c.Auditor, c.Agency.Code, failed.ID)
	chain.Wants(t, err, "")
	if gone.Status != placement.Cancelled || gone.MadeGoodBy.UUID != good.ID || gone.Remark != "tidak tayang" {
		t.Errorf("%+v", gone)
	}
	_, err = plan(goodFor(failed, "2026-07-01"))
	if f := fault.From(err); err == nil || f.Kind != fault.Conflict {
		t.Errorf("a second stands in for it: %v", err)
	}
	_, err = plan(placement.Plan{DeliverableID: of, ScheduledOn: chain.Day("2026-07-01"), Title: "Lebih"})
	chain.Wants(t, err, "quantity_exceeded", "/deliverable_id quantity_exceeded")
	f, err := c.Placements.Fulfilment(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if u := f.Lines[0].Units; u.Ordered != 2 || u.Planned != 2 || u.MakeGoods != 1 || u.Verified != 1 || f.Total.Ordered != 3 || f.Total.MissingGross != 2_220_000 {
		t.Errorf("%+v", f)
	}
	_, err = c.Placements.Fulfilment(t.Context(), c.Auditor, c.Agency.Code, uuid.New())
	chain.Wants(t, err, "not_found")
}

func TestAnAcceptanceSaysWhatDoesNotCome(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(4))
	of := a.Deliverables[0].ID
	ps := c.Verified(t, of, 2)
	c.Planned(t, of)
	report := func(n int64) placement.Report {
		return placement.Report{
			AgreementID: a.ID, Number: "BAST/K", Date: chain.Day("2026-06-10"), PlacementIDs: chain.IDs(ps),
			Shortfalls: []placement.Short{{DeliverableID: of, Quantity: n, Reason: "tidak terbit"}},
		}
	}
	accept := func(r placement.Report) (placement.Acceptance, error) {
		return c.Acceptances.Create(t.Context(), c.PPK, c.Agency.Code, r)
	}
	_, err := accept(report(0))
	chain.Wants(t, err, "invalid", "/shortfalls/0/quantity out_of_range")
	_, err = accept(report(2))
	chain.Wants(t, err, "invalid", "/shortfalls/0/quantity shortfall_too_many")
	_, err = accept(report(1))
	chain.Wants(t, err, "")
	_, err = c.Placements.Create(t.Context(), c.Staff, c.Agency.Code, placement.Plan{DeliverableID: of, ScheduledOn: chain.Day("2026-07-01"), Title: "Lebih"})
	chain.Wants(t, err, "quantity_exceeded", "/deliverable_id quantity_exceeded")
	f, err := c.Placements.Fulfilment(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if f.Total.Short != 1 || f.Total.ShortGross != 1_110_000 || f.Lines[0].Missing() != 1 {
		t.Errorf("%+v", f.Total)
	}
	c.Move(t, c.PPK, a, agreement.Terminate)
	final, err := c.Agreements.FinalAccount(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if l := final.Lines[0]; l.Units.Short != 1 || l.Short != 1_110_000 || l.Units.Released != 2 || final.Lines.Short() != 1_110_000 {
		t.Errorf("%+v", l)
	}
}
