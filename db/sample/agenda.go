package sample

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// deed is something that is done at a desk at its time.
type deed struct {
	at   time.Time
	desk *desk
	what string
	do   func(ctx context.Context) error
}

// agenda is everything that people will do, in any order.
type agenda []deed

func (g *agenda) add(at time.Time, d *desk, what string, do func(ctx context.Context) error) {
	*g = append(*g, deed{at, d, what, do})
}

// run does everything that lies before the end, in the order of time.
func (g agenda) run(ctx context.Context, end time.Time) error {
	slices.SortStableFunc(g, func(a, b deed) int { return a.at.Compare(b.at) })
	for _, d := range g {
		if !d.at.Before(end) {
			return nil
		}
		d.desk.clock.at = d.at
		if err := d.do(ctx); err != nil {
			return fmt.Errorf("%s, %s: %w", d.at.Format(time.DateTime), d.what, err)
		}
	}
	return nil
}
