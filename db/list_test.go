package db_test

import (
	"testing"

	"tayang/app/listing"
	"tayang/db/dbtest/chain"
)

// A count is made without the joins where nothing looks into them; it must be that of the rows all the same.
func TestCountsAreThoseOfTheRows(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, b := c.Agreement(t, c.Item(3)), c.Agreement(t, c.Item(1))
	c.Planned(t, a.Deliverables[0].ID)
	c.Published(t, a.Deliverables[0].ID)
	c.Verified(t, a.Deliverables[0].ID, 1)
	c.Published(t, b.Deliverables[0].ID)
	for name, l := range map[string]struct {
		query listing.Query
		want  int
	}{
		"all":                {listing.All(), 4},
		"own column":         {listing.All().Where("status", "published"), 2},
		"two of a column":    {listing.All().Where("status", "published", "planned"), 3},
		"own expression":     {listing.All().Where("published_on_to", "2026-06-30"), 3},
		"none of a column":   {listing.All().Where("status", "paid"), 0},
		"joined column":      {listing.All().Where("agreement_number", b.Number), 1},
		"joined expression":  {listing.All().Where("channel_kind", "radio"), 0},
		"own and joined":     {listing.All().Where("status", "published").Where("vendor_id", c.Vendor.ID.String()), 2},
		"not to the end":     {listing.Query{Limit: listing.LimitMax, CountMax: 4}, 4},
		"text in own column": {listing.Query{Limit: listing.LimitMax, Text: "berita"}, 4},
	} {
		l.query.Count = true
		page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code, l.query)
		chain.Wants(t, err, "")
		if len(page.Items) != l.want || *page.Total != int64(l.want) {
			t.Errorf("%s: %d rows, total %d, want %d", name, len(page.Items), *page.Total, l.want)
		}
	}
}

func TestCountStopsBehindItsMost(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	of := c.Agreement(t, c.Item(4)).Deliverables[0].ID
	for range 4 {
		c.Planned(t, of)
	}
	page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code, listing.Query{Count: true, CountMax: 2})
	chain.Wants(t, err, "")
	if len(page.Items) != 4 || *page.Total != 3 {
		t.Errorf("%d rows, total %d: want 4, and 3 for more than 2", len(page.Items), *page.Total)
	}
}

func TestPagesFollowTheDefaultOrder(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	of := c.Agreement(t, c.Item(5)).Deliverables[0].ID
	var want []string
	for range 5 {
		want = append([]string{c.Planned(t, of).ID.String()}, want...)
	}
	q := listing.Query{Limit: 2}
	for len(want) > 0 {
		page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code, q)
		chain.Wants(t, err, "")
		for _, p := range page.Items {
			if len(want) == 0 || p.ID.String() != want[0] {
				t.Fatalf("got %s, still want %v", p.ID, want)
			}
			want = want[1:]
		}
		if page.NextCursor == nil {
			break
		}
		q.Cursor = *page.NextCursor
	}
	if len(want) > 0 {
		t.Errorf("never came: %v", want)
	}
}
