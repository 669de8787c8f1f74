package report

import (
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
)

// Claim is a run that a worker has taken, until its lease runs out. Actor is the person who asked for the report.
type Claim struct {
	Run   Run
	Actor access.Actor
	Lease uuid.UUID
}

// Result is what a finished run leaves.
type Result struct {
	Outcome
	SHA256 string
	Size   int64
}

// Queue is where workers find runs, over all governments. Every change but Claim is refused, without an error and with
// false, when the run is no longer the claim's: it was cancelled, or its lease ran out and another worker took it.
type Queue interface {
	// ClaimReportRun takes the run that waits longest until the lease ends; ok is false when none waits. A run that was
	// tried attemptsMax times has failed.
	ClaimReportRun(ctx context.Context, lease uuid.UUID, now, until time.Time, attemptsMax int) (c Claim, ok bool, err error)
	// ReportProgress notes the rows and makes the lease longer.
	ReportProgress(ctx context.Context, c Claim, done, total int64, until time.Time) (still bool, err error)
	FinishReportRun(ctx context.Context, c Claim, r Result, at time.Time) (still bool, err error)
	// ReleaseReportRun gives the run back, to be tried again from due on; tried is false when this was no real try.
	ReleaseReportRun(ctx context.Context, c Claim, due time.Time, tried bool) (still bool, err error)
	FailReportRun(ctx context.Context, c Claim, code string, at time.Time) (still bool, err error)
}

// Times of a worker.
const (
	attemptsMax   = 3
	leaseTime     = 2 * time.Minute
	heartbeatTime = time.Second
	pollTime      = time.Second
	retryTime     = 20 * time.Second // before the second try; twice that before the third
)

// Worker makes the reports that people asked for, one at a time. Several may work on one queue.
type Worker struct {
	Maker Maker
	Queue Queue
	Files Files
	Now   func() time.Time
	Log   *slog.Logger
}

// errLost stops the making of a report whose run is no longer the worker's.
var errLost = errors.New("report run was cancelled or taken over")

// Run works until ctx ends. A report that is being made then is given back.
func (w *Worker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		worked, err := w.Step(ctx)
		if err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "report worker", slog.Any("error", err))
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

// Step makes one report, if one waits. The error is that of the queue; a report that could not be made is noted there.
func (w *Worker) Step(ctx context.Context) (worked bool, err error) {
	lease, err := uuid.NewV7()
	if err != nil {
		return false, err
	}
	now := w.Now()
	claim, ok, err := w.Queue.ClaimReportRun(ctx, lease, now, now.Add(leaseTime), attemptsMax)
	if err != nil || !ok {
		return false, err
	}
	result, err := w.make(ctx, claim)
	return true, w.settle(ctx, claim, result, err)
}

// settle notes what became of a claimed run, also while the program is ending.
func (w *Worker) settle(ctx context.Context, c Claim, r Result, made error) error {
	log := w.Log.With(slog.String("run", c.Run.ID.String()), slog.Int("attempt", c.Run.Attempts))
	ending := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	f := fault.From(made)
	var err error
	switch {
	case made == nil:
		log.InfoContext(ctx, "report made", slog.Int64("rows", r.Rows), slog.Int64("bytes", r.Size), slog.String("sha256", r.SHA256))
		_, err = w.Queue.FinishReportRun(ctx, c, r, w.Now())
	case errors.Is(made, errLost):
		log.InfoContext(ctx, "report given up")
	case ending:
		_, err = w.Queue.ReleaseReportRun(ctx, c, w.Now(), false)
	case f.Kind != fault.Internal || c.Run.Attempts >= attemptsMax:
		log.ErrorContext(ctx, "report failed", slog.Any("error", made))
		_, err = w.Queue.FailReportRun(ctx, c, f.Code, w.Now())
	default:
		log.WarnContext(ctx, "report will be tried again", slog.Any("error", made))
		_, err = w.Queue.ReleaseReportRun(ctx, c, w.Now().Add(retryTime*time.Duration(c.Run.Attempts)), true)
	}
	return err
}

// make writes the workbook straight into the store of files while a heartbeat tells of its progress.
func (w *Worker) make(ctx context.Context, c Claim) (Result, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var done, total atomic.Int64
	go w.beat(ctx, stop, c, &done, &total)

	reader, writer := io.Pipe()
	made := make(chan Outcome, 1)
	go func() {
		var out Outcome
		err := errors.New("panic in the making of a report")
		defer func() {
			if p := recover(); p != nil { // one bad row must not end the server
				err = fmt.Errorf("%w: %v", err, p)
			}
			_ = writer.CloseWithError(err) // gives err, or the end, to the reader
			made <- out
		}()
		out, err = w.Maker.Make(ctx, c.Actor, c.Run.Request, writer, func(d, t int64) { done.Store(d); total.Store(t) })
	}()
	sum, size, err := w.Files.Put(ctx, reader)
	_ = reader.CloseWithError(err) // a writer that goes on hears it
	out := <-made
	if cause := context.Cause(ctx); errors.Is(cause, errLost) {
		err = errLost
	}
	return Result{Outcome: out, SHA256: sum, Size: size}, err
}

// beat notes the progress while the report is made, and stops the making when the run is no longer the worker's.
func (w *Worker) beat(ctx context.Context, stop context.CancelCauseFunc, c Claim, done, total *atomic.Int64) {
	tick := time.NewTicker(heartbeatTime)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		still, err := w.Queue.ReportProgress(ctx, c, done.Load(), total.Load(), w.Now().Add(leaseTime))
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			w.Log.WarnContext(ctx, "report progress", slog.Any("error", err))
		case !still:
			stop(errLost)
			return
		}
	}
}
