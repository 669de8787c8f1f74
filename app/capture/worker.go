package capture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/placement"
)

// Claim is a capture that a worker has taken, until its lease runs out. Actor is the person who asked for it, with the
// roles that he has now.
type Claim struct {
	Capture Capture
	Agency  string // its code
	Actor   access.Actor
	Lease   uuid.UUID
}

// Queue is where workers find captures, over all governments. Every change but ClaimCapture is refused, without an error
// and with false, when the capture is not the claim's any more.
type Queue interface {
	// ClaimCapture takes the capture that waits longest until the lease ends; ok is false when none waits. One that was
	// tried attemptsMax times has failed.
	ClaimCapture(ctx context.Context, lease uuid.UUID, now, until time.Time, attemptsMax int) (c Claim, ok bool, err error)
	// CaptureProgress notes the step and makes the lease longer.
	CaptureProgress(ctx context.Context, c Claim, s Step, until time.Time) (still bool, err error)
	// ReleaseCapture gives the capture back, to be tried again from due on; tried is false when this was no real try.
	ReleaseCapture(ctx context.Context, c Claim, due time.Time, tried bool) (still bool, err error)
	FailCapture(ctx context.Context, c Claim, code string, at time.Time) (still bool, err error)
}

// FinishStore is what the end of a capture needs of storage, inside one transaction.
type FinishStore interface {
	placement.ProofStore
	// FinishCapture notes what came of the claimed capture; stale when it is not the claim's any more.
	FinishCapture(ctx context.Context, c Claim) error
}

// Browser opens pages.
type Browser interface {
	// Capture opens the page and keeps what it shows, telling the steps as they begin. A fault of Internal kind, and any
	// other error, is worth another try.
	Capture(ctx context.Context, address string, step func(Step)) (Snapshot, error)
}

// Keeper keeps content by its SHA-256.
type Keeper interface {
	Put(ctx context.Context, r io.Reader) (sha256 string, size int64, err error)
}

// Times of a worker.
const (
	attemptsMax   = 3
	leaseTime     = 2 * time.Minute
	heartbeatTime = 5 * time.Second
	pollTime      = time.Second
	retryTime     = 30 * time.Second // before the second try; twice that before the third
)

// Worker opens the pages that people asked for, one at a time. Several may work on one queue.
type Worker struct {
	Browser Browser
	Queue   Queue
	Finish  access.Transactor[FinishStore]
	Proofs  *placement.Proofs
	Files   Keeper
	Now     func() time.Time
	Log     *slog.Logger
	Program string // that is named in bundles
}

// Run works until ctx ends. A page that is being opened then is given back.
func (w *Worker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		worked, err := w.Step(ctx)
		if err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "capture worker", slog.Any("error", err))
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

// Step opens one page, if one waits. The error is that of the queue; a page that could not be kept is noted there.
func (w *Worker) Step(ctx context.Context) (worked bool, err error) {
	lease, err := uuid.NewV7()
	if err != nil {
		return false, err
	}
	now := w.Now()
	c, ok, err := w.Queue.ClaimCapture(ctx, lease, now, now.Add(leaseTime), attemptsMax)
	if err != nil || !ok {
		return false, err
	}
	return true, w.settle(ctx, c, w.capture(ctx, c))
}

// settle notes what became of a claimed capture, also while the program is ending. One that was kept is noted already.
func (w *Worker) settle(ctx context.Context, c Claim, failed error) error {
	log := w.Log.With(slog.String("capture", c.Capture.ID.String()), slog.Int("attempt", c.Capture.Attempts))
	ending := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	f := fault.From(failed)
	var err error
	switch {
	case failed == nil:
		log.InfoContext(ctx, "page captured", slog.String("url", c.Capture.URL))
	case errors.Is(failed, errLost):
		log.InfoContext(ctx, "capture given up")
	case ending:
		_, err = w.Queue.ReleaseCapture(ctx, c, w.Now(), false)
	case f.Kind != fault.Internal && f.Kind != fault.Stale || c.Capture.Attempts >= attemptsMax:
		log.WarnContext(ctx, "capture failed", slog.Any("error", failed))
		_, err = w.Queue.FailCapture(ctx, c, f.Code, w.Now())
	default:
		log.WarnContext(ctx, "capture will be tried again", slog.Any("error", failed))
		_, err = w.Queue.ReleaseCapture(ctx, c, w.Now().Add(retryTime*time.Duration(c.Capture.Attempts)), true)
	}
	return err
}

// errLost stops the opening of a page that is not the worker's any more.
var errLost = errors.New("capture was taken over")

// capture opens the page while a heartbeat tells how far it is, and keeps bundle and proof.
func (w *Worker) capture(ctx context.Context, c Claim) (err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer func() {
		if p := recover(); p != nil { // one bad page must not end the server
			err = fmt.Errorf("panic while a page was captured: %v", p)
		}
		if errors.Is(context.Cause(ctx), errLost) {
			err = errLost
		}
	}()
	var at atomic.Value
	at.Store(Opening)
	go w.beat(ctx, stop, c, &at)
	s, err := w.Browser.Capture(ctx, c.Capture.URL, func(s Step) { at.Store(s) })
	if err != nil {
		return err
	}
	at.Store(Sealing)
	if s, err = s.bounded(); err != nil {
		return err
	}
	return w.keep(ctx, c, s)
}

func (w *Worker) keep(ctx context.Context, c Claim, s Snapshot) error {
	bundle, err := seal(c.Capture.URL, w.Program, s)
	if err != nil {
		return err
	}
	sealed := file.File{MediaType: "application/zip"}
	if sealed.SHA256, sealed.Size, err = w.Files.Put(ctx, bytes.NewReader(bundle)); err != nil {
		return err
	}
	proof := placement.Proof{
		PlacementID: c.Capture.PlacementID, Kind: placement.Screenshot, Origin: placement.Captured, CapturedAt: &s.At,
		CreatedAt: w.Now().UTC(), CreatedBy: c.Actor.User, Agent: w.Program,
	}
	ready, err := w.Proofs.Prepare(ctx, proof, file.Sent{Name: "halaman.png", Content: bytes.NewReader(s.Picture)})
	if err != nil {
		return err
	}
	return w.Finish(ctx, c.Actor.Does(ctx, access.PlacementWrite, ""), func(tx FinishStore) (any, error) {
		made, err := w.Proofs.Record(ctx, tx, c.Actor, c.Agency, ready)
		if err != nil {
			return nil, err
		}
		if err := tx.SaveFile(ctx, sealed); err != nil {
			return nil, err
		}
		done := c
		done.Capture.FinalURL, done.Capture.HTTPStatus, done.Capture.Title, done.Capture.Published = s.FinalURL, s.Status, s.Title, s.Published
		done.Capture.Bundle, done.Capture.CapturedAt = sealed.SHA256, &s.At
		done.Capture.ProofID = uuid.NullUUID{UUID: made.ID, Valid: true}
		return made, tx.FinishCapture(ctx, done)
	})
}

// beat notes the step while a page is opened, and stops that when the capture is not the worker's any more.
func (w *Worker) beat(ctx context.Context, stop context.CancelCauseFunc, c Claim, at *atomic.Value) {
	told := Step("")
	tick := time.NewTicker(heartbeatTime / 10)
	defer tick.Stop()
	for quiet := 0; ; quiet++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s, _ := at.Load().(Step)
		if s == told && quiet < 10 {
			continue
		}
		told, quiet = s, 0
		still, err := w.Queue.CaptureProgress(ctx, c, s, w.Now().Add(leaseTime))
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			w.Log.WarnContext(ctx, "capture progress", slog.Any("error", err))
		case !still:
			stop(errLost)
			return
		}
	}
}
