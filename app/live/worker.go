package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/period"
	"tayang/app/rule"
)

// Times of a worker. A lease outlives the longest that a page may take between two steps.
const (
	attemptsMax  = 3
	leaseTime    = 3 * time.Minute
	pollTime     = 2 * time.Second
	retryTime    = time.Minute // before the second try; twice that before the third
	scheduleTime = 10 * time.Minute
)

// Worker puts what is due into the queue and looks at the pages that wait there, one at a time. Several may work on one
// queue. Without a browser it only does the former: what waits then is stated by people.
type Worker struct {
	Browser Browser // nil: none on this machine
	Queue   Queue
	Finish  access.Transactor[FinishStore]
	Files   Keeper
	Now     func() time.Time
	Place   *time.Location
	Log     *slog.Logger
	Program string // that is named in bundles
}

// Run works until ctx ends. A page that is being looked at then is given back. What is due is looked for some minutes after
// the beginning, when a server that starts has done what is more urgent, and then again and again.
func (w *Worker) Run(ctx context.Context) {
	planned := w.Now().Add(-scheduleTime / 2)
	for ctx.Err() == nil {
		if now := w.Now(); now.Sub(planned) >= scheduleTime {
			planned = now
			if _, err := w.Schedule(ctx); err != nil && ctx.Err() == nil {
				w.Log.ErrorContext(ctx, "live checks scheduled", slog.Any("error", err))
			}
		}
		worked, err := w.Step(ctx)
		if err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "live check worker", slog.Any("error", err))
		}
		if worked && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(pollTime):
		}
	}
}

// Schedule puts every check that is due into the queue, each once, and gives how many.
func (w *Worker) Schedule(ctx context.Context) (int64, error) {
	now := w.Now()
	today := period.DateOf(now, w.Place)
	added, err := w.Queue.ScheduleLiveChecks(ctx, now, today, rule.Set(nil).On(rule.LiveCheckAge, today).Figure)
	if added > 0 {
		w.Log.InfoContext(ctx, "live checks are due", slog.Int64("count", added))
	}
	return added, err
}

// Step looks at one page, if one waits. The error is that of the queue; a page that could not be looked at is noted there.
func (w *Worker) Step(ctx context.Context) (worked bool, err error) {
	if w.Browser == nil {
		return false, nil
	}
	lease, err := uuid.NewV7()
	if err != nil {
		return false, err
	}
	now := w.Now()
	c, ok, err := w.Queue.ClaimLiveCheck(ctx, lease, now, now.Add(leaseTime), attemptsMax)
	if err != nil || !ok {
		return false, err
	}
	return true, w.settle(ctx, c, w.look(ctx, c))
}

// settle notes what became of a claimed check, also while the program is ending. One with a result is noted already.
func (w *Worker) settle(ctx context.Context, c Claim, failed error) error {
	log := w.Log.With(slog.String("live_check", c.Check.ID.String()), slog.Int("attempt", c.Check.Attempts))
	ending := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	f := fault.From(failed)
	var err error
	switch {
	case failed == nil:
		log.InfoContext(ctx, "page looked at again", slog.String("url", c.Check.URL))
	case errors.Is(failed, errLost):
		log.InfoContext(ctx, "live check given up")
	case ending:
		_, err = w.Queue.ReleaseLiveCheck(ctx, c, w.Now(), false)
	case f.Kind != fault.Internal && f.Kind != fault.Stale || c.Check.Attempts >= attemptsMax:
		log.WarnContext(ctx, "live check failed", slog.Any("error", failed))
		_, err = w.Queue.FailLiveCheck(ctx, c, f.Code, w.Now())
	default:
		log.WarnContext(ctx, "live check will be tried again", slog.Any("error", failed))
		_, err = w.Queue.ReleaseLiveCheck(ctx, c, w.Now().Add(retryTime*time.Duration(c.Check.Attempts)), true)
	}
	return err
}

// errLost stops the looking at a page that is not the worker's any more.
var errLost = errors.New("live check was taken over")

// look opens the page, telling the queue each step, and keeps what it shows.
func (w *Worker) look(ctx context.Context, c Claim) (err error) {
	looking, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer func() {
		if p := recover(); p != nil { // one bad page must not end the server
			err = fmt.Errorf("panic while a page was looked at: %v", p)
		}
		if errors.Is(context.Cause(looking), errLost) {
			err = errLost
		}
	}()
	s, err := w.Browser.Capture(looking, c.Check.URL, func(s capture.Step) {
		if still, err := w.Queue.LiveCheckProgress(looking, c, s, w.Now().Add(leaseTime)); err == nil && !still {
			stop(errLost)
		}
	})
	if err != nil {
		return err
	}
	s, bundle, err := capture.Sealed(c.Check.URL, w.Program, s)
	if err != nil {
		return err
	}
	return w.keep(ctx, c, s, bundle)
}

// keep notes what was seen, with its evidence and what follows from it.
func (w *Worker) keep(ctx context.Context, c Claim, s capture.Snapshot, bundle []byte) (err error) {
	sealed := file.File{MediaType: "application/zip"}
	if sealed.SHA256, sealed.Size, err = w.Files.Put(ctx, bytes.NewReader(bundle)); err != nil {
		return err
	}
	done := c
	done.Check = c.Check.saw(s, sealed.SHA256)
	return w.Finish(ctx, c.Actor.Does(ctx, access.PlacementVerify, ""), func(tx FinishStore) (any, error) {
		p, err := tx.HoldPlacement(ctx, c.Check.AgencyID, c.Check.PlacementID)
		if err != nil {
			return nil, err
		}
		if err := tx.SaveFile(ctx, sealed); err != nil {
			return nil, err
		}
		if err := tx.FinishLiveCheck(ctx, done); err != nil {
			return nil, err
		}
		if p.URL != c.Check.URL || !Checkable(p) {
			return nil, nil // it was entered otherwise meanwhile: this tells nothing of it
		}
		return done.Check, conclude(ctx, tx, p, done.Check, w.Place)
	})
}
