package placement_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

// TestTerminationCountsWhatAppearsMeanwhile lets clerks publish while the agreement is broken off: what stays committed is
// exactly what was published.
func TestTerminationCountsWhatAppearsMeanwhile(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	for range 6 {
		before := c.Balances(t)[0].Committed
		a := c.Agreement(t, c.Item(8))
		tasks := make(chan uuid.UUID, 9)
		for i := range 8 {
			if i == 4 {
				tasks <- uuid.Nil
			}
			tasks <- c.Planned(t, a.Deliverables[0].ID).ID
		}
		chain.Crowd(t.Context(), cap(tasks), func(ctx context.Context) error {
			id := <-tasks
			if id == uuid.Nil {
				_, err := c.Agreements.Move(ctx, c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Terminate, Reason: "wanprestasi"})
				return err
			}
			_, err := c.Placements.Enter(ctx, c.Staff, c.Agency.Code, id, nil, func(e placement.Entry) (placement.Entry, error) {
				e.PublishedOn = chain.Day("2026-06-02")
				return e, nil
			})
			return err
		})
		page, err := c.Placements.List(t.Context(), c.Auditor, c.Agency.Code,
			listing.All().Where("agreement_id", a.ID.String()).Where("status", "published"))
		chain.Wants(t, err, "")
		owed := money.Amount(len(page.Items)) * 1_110_000
		if got := c.Balances(t)[0].Committed - before; got != owed {
			t.Errorf("%d published, owed %d, committed %d", len(page.Items), owed, got)
		}
	}
}
