package placement_test

import (
	"context"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

func TestPlacementCopiesItsUnit(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	made := c.Planned(t, a.Deliverables[0].ID)
	if made.Net != 1_000_000 || made.VAT != 110_000 || made.Gross != 1_110_000 || made.Status != placement.Planned {
		t.Errorf("made %+v", made)
	}
	got, err := c.Placements.Get(t.Context(), c.Auditor, c.Agency.Code, made.ID)
	chain.Wants(t, err, "")
	if diff := differs(made, got); diff != "" {
		t.Errorf("the answer is not what is kept: %s", diff)
	}
}

// differs says where two things differ.
func differs(want, got any) string {
	return cmp.Diff(want, got, cmpopts.EquateComparable(period.Date{}))
}

func TestPlanIsRefused(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, draft := c.Agreement(t, c.Item(1)), c.Draft(t, c.Item(1))
	good := placement.Plan{DeliverableID: a.Deliverables[0].ID, ScheduledOn: chain.Day("2026-06-01"), Title: "Berita"}
	for name, r := range map[string]struct {
		actor  access.Actor
		agency string
		change func(*placement.Plan)
		code   string
		fields []string
	}{
		"no such deliverable": {c.Staff, c.Agency.Code, func(n *placement.Plan) { n.DeliverableID = uuid.New() }, "invalid", []string{"/deliverable_id not_found"}},
		"outside the period":  {c.Staff, c.Agency.Code, func(n *placement.Plan) { n.ScheduledOn = chain.Day("2026-12-01") }, "invalid", []string{"/scheduled_on outside_period"}},
		"without a title":     {c.Staff, c.Agency.Code, func(n *placement.Plan) { n.Title = "" }, "invalid", []string{"/title required"}},
		"not yet approved":    {c.Staff, c.Agency.Code, func(n *placement.Plan) { n.DeliverableID = draft.Deliverables[0].ID }, "wrong_state", nil},
		"by a treasurer":      {c.Treasurer, c.Agency.Code, func(*placement.Plan) {}, "forbidden", nil},
		"by a neighbour":      {c.Neighbour, c.Agency.Code, func(*placement.Plan) {}, "not_found", nil},
		"by a neighbour at home": {
			c.Neighbour, c.Other.Code, func(*placement.Plan) {}, "invalid",
			[]string{"/deliverable_id not_found"},
		},
		"by a stranger": {c.Stranger, c.Agency.Code, func(*placement.Plan) {}, "invalid", []string{"/deliverable_id not_found"}},
	} {
		t.Run(name, func(t *testing.T) {
			n := good
			r.change(&n)
			_, err := c.Placements.Create(t.Context(), r.actor, r.agency, n)
			chain.Wants(t, err, r.code, r.fields...)
		})
	}
}

func TestQuantityHoldsAgainstACrowd(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	const quantity, clerks = 5, 12
	a := c.Agreement(t, c.Item(quantity))
	plan := placement.Plan{DeliverableID: a.Deliverables[0].ID, ScheduledOn: chain.Day("2026-06-01"), Title: "Berita"}
	errs := chain.Crowd(t.Context(), clerks, func(ctx context.Context) error {
		_, err := c.Placements.Create(ctx, c.Staff, c.Agency.Code, plan)
		return err
	})
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
			continue
		}
		chain.Wants(t, err, "quantity_exceeded", "/deliverable_id quantity_exceeded")
	}
	if made != quantity {
		t.Errorf("%d placed, ordered %d", made, quantity)
	}
}

func TestCancelledUnitIsPlacedAnew(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	p := c.Published(t, a.Deliverables[0].ID)
	got, err := c.Placements.Cancel(t.Context(), c.Colleague, c.Agency.Code, p.ID, nil, " dobel ")
	chain.Wants(t, err, "")
	if got.Status != placement.Cancelled || got.Remark != "dobel" {
		t.Errorf("got %+v", got)
	}
	_, err = c.Placements.Cancel(t.Context(), c.Staff, c.Agency.Code, p.ID, nil, "lagi")
	chain.Wants(t, err, "wrong_state")
	c.Planned(t, a.Deliverables[0].ID)
}

func TestVerifierIsAnotherPerson(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(3))
	of := a.Deliverables[0].ID
	verify := func(actor access.Actor, p placement.Placement) error {
		_, err := c.Placements.Verify(t.Context(), actor, c.Agency.Code, p.ID, nil)
		return err
	}
	entered := c.Published(t, of)
	chain.Wants(t, verify(c.Staff, entered), "segregation_of_duties")
	chain.Wants(t, verify(c.Treasurer, entered), "forbidden")
	chain.Wants(t, verify(c.Neighbour, entered), "not_found")
	chain.Wants(t, verify(c.Colleague, entered), "")

	proved := c.Published(t, of)
	_, err := c.Proofs.Add(t.Context(), c.Colleague, c.Agency.Code, proved.ID, chain.Screenshot("lain"))
	chain.Wants(t, err, "")
	chain.Wants(t, verify(c.Colleague, proved), "segregation_of_duties")

	edited := c.Published(t, of)
	_, err = c.Placements.Enter(t.Context(), c.Colleague, c.Agency.Code, edited.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		e.URL = "https://kabar.test/lain"
		return e, nil
	})
	chain.Wants(t, err, "")
	chain.Wants(t, verify(c.Colleague, edited), "segregation_of_duties")
	chain.Wants(t, verify(c.PPK, edited), "")
}

func TestRejectedIsHandedInAnew(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	p := c.Published(t, c.Agreement(t, c.Item(1)).Deliverables[0].ID)
	_, err := c.Placements.Reject(t.Context(), c.Verifier, c.Agency.Code, p.ID, nil, "")
	chain.Wants(t, err, "invalid", "/reason required")
	_, err = c.Placements.Reject(t.Context(), c.Staff, c.Agency.Code, p.ID, nil, "kabur")
	chain.Wants(t, err, "segregation_of_duties")
	got, err := c.Placements.Reject(t.Context(), c.Verifier, c.Agency.Code, p.ID, &p.Version, "kabur")
	chain.Wants(t, err, "")
	if got.Status != placement.Rejected || got.Remark != "kabur" {
		t.Errorf("got %+v", got)
	}
	_, err = c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "wrong_state")
	if got = c.Entered(t, p); got.Status != placement.Published || got.Remark != "" {
		t.Errorf("got %+v", got)
	}
	_, err = c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "")
}

func TestStaleVersionsAreRefused(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	p := c.Published(t, c.Agreement(t, c.Item(1)).Deliverables[0].ID)
	old := p.Version - 1
	_, err := c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, &old)
	chain.Wants(t, err, "stale")
	got, err := c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, &p.Version)
	chain.Wants(t, err, "")
	kept, err := c.Placements.Get(t.Context(), c.Staff, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	if diff := differs(got, kept); diff != "" {
		t.Errorf("the answer is not what is kept: %s", diff)
	}
}

func TestProofsAreKept(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	p := c.Planned(t, c.Agreement(t, c.Item(1)).Deliverables[0].ID)
	early := chain.Now().Add(-1)
	e := chain.Screenshot("isi")
	e.CapturedAt, e.Origin = &early, placement.FromVendor
	made, err := c.Proofs.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, e)
	chain.Wants(t, err, "")
	page, err := c.Proofs.List(t.Context(), c.Auditor, c.Agency.Code, p.ID, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || page.Items[0].SHA256 != made.SHA256 || page.Items[0].MediaType != "application/pdf" {
		t.Errorf("got %+v", page.Items)
	}
	_, content, err := c.Proofs.Open(t.Context(), c.Auditor, c.Agency.Code, p.ID, made.ID)
	chain.Wants(t, err, "")
	defer content.Close()
	if b, err := io.ReadAll(content); err != nil || string(b) != "%PDF-1.7\nisi" {
		t.Errorf("got %q, %v", b, err)
	}
	_, _, err = c.Proofs.Open(t.Context(), c.Neighbour, c.Agency.Code, p.ID, made.ID)
	chain.Wants(t, err, "not_found")
}

func TestProofIsRefused(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	p, done := c.Published(t, a.Deliverables[0].ID), c.Verified(t, a.Deliverables[0].ID, 1)[0]
	late := chain.Now().Add(1)
	add := func(actor access.Actor, id uuid.UUID, e placement.Evidence) error {
		_, err := c.Proofs.Add(t.Context(), actor, c.Agency.Code, id, e)
		return err
	}
	chain.Wants(t, add(c.Staff, p.ID, chain.Screenshot(p.Title)), "duplicate", "/file duplicate")
	chain.Wants(t, add(c.Staff, done.ID, chain.Screenshot("terlambat")), "wrong_state")
	chain.Wants(t, add(c.Verifier, p.ID, chain.Screenshot("a")), "forbidden")
	chain.Wants(t, add(c.Neighbour, p.ID, chain.Screenshot("a")), "not_found")
	chain.Wants(t, add(c.Staff, uuid.New(), chain.Screenshot("a")), "not_found")
	chain.Wants(t, add(c.Staff, p.ID, placement.Evidence{Kind: "selfie", CapturedAt: &late}), "invalid",
		"/kind unknown_choice", "/origin unknown_choice")
	e := chain.Screenshot("a")
	e.File = file.Sent{Name: "bukti.png", Content: e.File.Content}
	chain.Wants(t, add(c.Staff, p.ID, e), "file_type_mismatch", "/file file_type_mismatch")
}

func TestAcceptanceTakesVerifiedPlacementsOver(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(3))
	ps := c.Verified(t, a.Deliverables[0].ID, 2)
	early := c.Published(t, a.Deliverables[0].ID)
	r := placement.Report{AgreementID: a.ID, Number: "BAST/9", Date: chain.Day("2026-06-10"), PlacementIDs: append(chain.IDs(ps), early.ID)}
	create := func(actor access.Actor, r placement.Report) (placement.Acceptance, error) {
		return c.Acceptances.Create(t.Context(), actor, c.Agency.Code, r)
	}
	_, err := create(c.PPK, r)
	chain.Wants(t, err, "wrong_state", "/placement_ids/2 wrong_state")
	r.PlacementIDs = chain.IDs(ps)
	_, err = create(c.Verifier, r)
	chain.Wants(t, err, "forbidden")
	made, err := create(c.PPK, r)
	chain.Wants(t, err, "")
	got, err := c.Acceptances.Get(t.Context(), c.Auditor, c.Agency.Code, made.ID)
	chain.Wants(t, err, "")
	if got.Placements != 2 || got.Gross != 2_220_000 || len(got.PlacementIDs) != 2 || got.Number != "BAST/9" {
		t.Errorf("got %+v", got)
	}
	_, err = create(c.PPK, r)
	chain.Wants(t, err, "wrong_state", "/placement_ids/0 wrong_state", "/placement_ids/1 wrong_state")
	_, err = create(c.PPK, placement.Report{AgreementID: uuid.New(), Number: "BAST/9", Date: r.Date, PlacementIDs: chain.IDs(ps)})
	chain.Wants(t, err, "invalid", "/agreement_id not_found")
	_, err = c.Placements.Reject(t.Context(), c.Verifier, c.Agency.Code, ps[0].ID, nil, "terlambat")
	chain.Wants(t, err, "wrong_state")
}

func TestTerminationKeepsWhatAppeared(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(4))
	of := a.Deliverables[0].ID
	planned, published, verified := c.Planned(t, of), c.Published(t, of), c.Verified(t, of, 1)[0]
	c.Move(t, c.PPK, a, agreement.Terminate)
	if line := c.Balances(t)[0]; line.Committed != 2*verified.Gross {
		t.Errorf("committed %d, owed for two", line.Committed)
	}
	if p, err := c.Placements.Get(t.Context(), c.Staff, c.Agency.Code, planned.ID); err != nil || p.Status != placement.Cancelled {
		t.Errorf("what never appeared is %v, %v", p.Status, err)
	}
	_, err := c.Placements.Reject(t.Context(), c.Verifier, c.Agency.Code, published.ID, nil, "tidak tayang")
	chain.Wants(t, err, "")
	if line := c.Balances(t)[0]; line.Committed != verified.Gross {
		t.Errorf("committed %d, owed for one", line.Committed)
	}
	c.Accept(t, a, []placement.Placement{verified})
}

func TestPlacementsAreListed(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, b := c.Agreement(t, c.Item(2)), c.Agreement(t, c.Item(1))
	p, q, r := c.Planned(t, a.Deliverables[0].ID), c.Published(t, a.Deliverables[0].ID), c.Published(t, b.Deliverables[0].ID)
	count := func(q listing.Query) []uuid.UUID {
		t.Helper()
		page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code, q)
		chain.Wants(t, err, "")
		return chain.IDs(page.Items)
	}
	for name, l := range map[string]struct {
		query listing.Query
		want  []uuid.UUID
	}{
		"newest first":   {listing.All(), []uuid.UUID{r.ID, q.ID, p.ID}},
		"by state":       {listing.All().Where("status", "planned"), []uuid.UUID{p.ID}},
		"by agreement":   {listing.All().Where("agreement_id", b.ID.String()), []uuid.UUID{r.ID}},
		"by deliverable": {listing.All().Where("deliverable_id", a.Deliverables[0].ID.String()), []uuid.UUID{q.ID, p.ID}},
		"by vendor":      {listing.All().Where("vendor_id", c.Vendor.ID.String()), []uuid.UUID{r.ID, q.ID, p.ID}},
		"by channel":     {listing.All().Where("channel_kind", "radio"), nil},
		"published from": {listing.All().Where("published_on_from", "2026-06-02"), []uuid.UUID{r.ID, q.ID}},
		"published to":   {listing.All().Where("published_on_to", "2026-06-01"), nil},
		"by text":        {listing.Query{Text: a.Number + " " + q.Title}, []uuid.UUID{q.ID}},
		"by publication": {listing.Query{Sort: []listing.Key{{Field: "published_on"}, {Field: "title", Desc: true}}}, []uuid.UUID{r.ID, q.ID, p.ID}},
	} {
		if diff := cmp.Diff(l.want, nilIfEmpty(count(l.query))); diff != "" {
			t.Errorf("%s (-want +got): %s", name, diff)
		}
	}
	page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code, listing.Query{Limit: 2, Count: true})
	chain.Wants(t, err, "")
	if len(page.Items) != 2 || *page.Total != 3 || page.NextCursor == nil {
		t.Errorf("got %+v", page)
	}
	_, err = c.Placements.List(t.Context(), c.Neighbour, c.Agency.Code, listing.All())
	chain.Wants(t, err, "not_found")
}

func TestListsArePagedOverWhatIsNotPublished(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	of := c.Agreement(t, c.Item(4)).Deliverables[0].ID
	planned, published := []placement.Placement{c.Planned(t, of), c.Planned(t, of)}, []placement.Placement{c.Published(t, of), c.Published(t, of)}
	for _, sort := range [][]listing.Key{{{Field: "published_on"}}, {{Field: "published_on"}, {Field: "title", Desc: true}}} {
		q, got := listing.Query{Limit: 1, Sort: sort}, []placement.Placement{}
		for range 9 {
			page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code, q)
			chain.Wants(t, err, "")
			got = append(got, page.Items...)
			if page.NextCursor == nil {
				break
			}
			q.Cursor = *page.NextCursor
		}
		if len(got) != len(planned)+len(published) || got[0].Status != placement.Published || got[3].Status != placement.Planned {
			t.Errorf("by %v: %v", sort, chain.IDs(got))
		}
	}
}

func TestProofsAreBounded(t *testing.T) {
	t.Parallel()
	p := unit(placement.Published)
	p.Proofs = 50
	_, err := p.Prove(uuid.New())
	chain.Wants(t, err, "invalid", "/file too_many")
}

func TestGovernmentsDoNotMeet(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(1))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	accepted := c.Accept(t, a, ps)
	_, err := c.Placements.Get(t.Context(), c.Stranger, c.Agency.Code, ps[0].ID)
	chain.Wants(t, err, "not_found")
	_, err = c.Acceptances.Get(t.Context(), c.Stranger, c.Agency.Code, accepted.ID)
	chain.Wants(t, err, "not_found")
	_, err = c.Acceptances.Get(t.Context(), c.Neighbour, c.Other.Code, accepted.ID)
	chain.Wants(t, err, "not_found")
	_, err = c.Placements.Enter(t.Context(), c.Neighbour, c.Other.Code, ps[0].ID, nil, func(e placement.Entry) (placement.Entry, error) { return e, nil })
	chain.Wants(t, err, "not_found")
	_, err = c.Placements.Get(t.Context(), c.Admin, c.Agency.Code, ps[0].ID)
	chain.Wants(t, err, "forbidden")
}

func nilIfEmpty(ids []uuid.UUID) []uuid.UUID {
	if len(ids) == 0 {
		return nil
	}
	return ids
}
