package sample

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
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

// run does everything that lies before the end, day by day. The desks of a day work side by side, each in the order of
// its own time: what they do on one day does not depend on each other.
func (g agenda) run(ctx context.Context, end time.Time) error {
	slices.SortStableFunc(g, func(a, b deed) int { return a.at.Compare(b.at) })
	for i := 0; i < len(g) && g[i].at.Before(end); {
		today := g[i:]
		if n := slices.IndexFunc(today, func(d deed) bool { return !sameDay(d.at, g[i].at) }); n > 0 {
			today = today[:n]
		}
		if err := today.sideBySide(ctx); err != nil {
			return err
		}
		i += len(today)
	}
	return nil
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }

// desksMax is how many desks work at the same moment.
const desksMax = 8

// sideBySide does a day's deeds; after a fault at one desk the others stop too.
func (g agenda) sideBySide(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	free := make(chan struct{}, desksMax)
	var working sync.WaitGroup
	byDesk := g.byDesk()
	errs := make([]error, len(byDesk))
	for i, deeds := range byDesk {
		free <- struct{}{}
		working.Go(func() {
			defer func() { <-free }()
			if errs[i] = deeds.inTurn(ctx); errs[i] != nil {
				stop()
			}
		})
	}
	working.Wait()
	return errors.Join(errs...)
}

// byDesk parts the deeds by desk, in the order in which the desks begin.
func (g agenda) byDesk() (parts []agenda) {
	part := map[*desk]int{}
	for _, d := range g {
		i, ok := part[d.desk]
		if !ok {
			i = len(parts)
			part[d.desk] = i
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], d)
	}
	return parts
}

func (g agenda) inTurn(ctx context.Context) error {
	for _, d := range g {
		d.desk.clock.at = d.at
		if err := d.do(ctx); err != nil {
			return fmt.Errorf("%s, %s: %w", d.at.Format(time.DateTime), d.what, err)
		}
	}
	return nil
}
