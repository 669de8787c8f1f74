package placement

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/listing"
)

// inspects is the verb under which the trail has what was found in a file.
const inspects access.Verb = "proof.inspect"

// Uninspected is a proof that a worker has taken to look into its file, until its lease runs out. Actor is the person who
// brought it.
type Uninspected struct {
	Proof    Proof
	Actor    access.Actor
	Lease    uuid.UUID
	Attempts int
}

// Inspections is where workers find proofs that wait, over all governments.
type Inspections interface {
	// ClaimInspection takes the proof that waits longest until the lease ends; ok is false when none waits.
	ClaimInspection(ctx context.Context, lease uuid.UUID, now, until time.Time) (u Uninspected, ok bool, err error)
	// ReleaseInspection gives a proof back, to be tried again from due on; nothing when it is not the claim's any more.
	ReleaseInspection(ctx context.Context, u Uninspected, due time.Time) error
}

// InspectionStore is what the end of an inspection needs of storage, inside one transaction.
type InspectionStore interface {
	Pictures
	// SaveFile notes a file of the government; noting it again changes nothing.
	SaveFile(ctx context.Context, f file.File) error
	// FinishInspection writes passport and thumbnail of a proof that waited; false when it did not any more.
	FinishInspection(ctx context.Context, f Proof) (fresh bool, err error)
}

// Times of an inspector.
const (
	inspectionLease = 2 * time.Minute
	inspectionPoll  = time.Second
	inspectionRetry = 15 * time.Second // before the second try; twice that before the third, and so on
	inspectionRest  = 10 * time.Minute // between tries, at most
	inspectionShare = 9                // rests this many times what a file took, while others send
	inspectionPause = 3 * time.Second  // and no longer
)

// Inspector looks into the files of proofs after they were kept: what they say of themselves, their small picture, and
// which others they look like. Several may work on one queue.
type Inspector struct {
	Proofs *Proofs
	Queue  Inspections
	Finish access.Transactor[InspectionStore]
	Busy   func() bool // people are sending files
	Now    func() time.Time
	Log    *slog.Logger
}

// Run works until ctx ends. While files are sent it takes about a tenth of a processor, else all that one file at a time
// takes.
func (i *Inspector) Run(ctx context.Context) {
	for ctx.Err() == nil {
		began := i.Now()
		worked, err := i.Step(ctx)
		if err != nil && ctx.Err() == nil {
			i.Log.ErrorContext(ctx, "inspector", slog.Any("error", err))
		}
		rest := inspectionPoll
		if worked && err == nil {
			if rest = 0; i.Busy() {
				rest = min(inspectionShare*i.Now().Sub(began), inspectionPause)
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}

// Step looks into one file, if one waits. The error is that of the queue; a file that could not be read is tried again.
func (i *Inspector) Step(ctx context.Context) (worked bool, err error) {
	lease, err := uuid.NewV7()
	if err != nil {
		return false, err
	}
	now := i.Now()
	u, ok, err := i.Queue.ClaimInspection(ctx, lease, now, now.Add(inspectionLease))
	if err != nil || !ok {
		return false, err
	}
	failed := i.inspect(ctx, u.Actor, u.Proof)
	if failed == nil {
		return true, nil
	}
	i.Log.WarnContext(ctx, "a proof will be inspected again", slog.String("proof", u.Proof.ID.String()), slog.Any("error", failed))
	due := i.Now()
	if ctx.Err() == nil {
		due = due.Add(min(inspectionRetry<<min(u.Attempts, 6), inspectionRest))
	}
	return true, i.Queue.ReleaseInspection(context.WithoutCancel(ctx), u, due)
}

// inspect looks into the file of a proof, and notes what it found unless another has.
func (i *Inspector) inspect(ctx context.Context, actor access.Actor, f Proof) (err error) {
	defer func() {
		if p := recover(); p != nil { // one bad file must not end the server
			err = fmt.Errorf("panic while a proof was inspected: %v", p)
		}
	}()
	found, err := i.Proofs.inspect(ctx, file.File{SHA256: f.SHA256, Size: f.Size, MediaType: f.MediaType})
	if err != nil {
		return err
	}
	f.Passport, f.Thumbnail, f.Inspected = found.passport, found.thumbnail.SHA256, true
	return i.Finish(ctx, actor.Does(ctx, inspects, ""), func(tx InspectionStore) (any, error) {
		if found.thumbnail.SHA256 != "" {
			if err := tx.SaveFile(ctx, found.thumbnail); err != nil {
				return nil, err
			}
		}
		fresh, err := tx.FinishInspection(ctx, f)
		if err != nil || !fresh {
			return nil, err
		}
		return nil, found.compare(ctx, tx, f.SHA256)
	})
}

// Settle looks at once into the files of a placement that wait, for somebody who may verify it. Faults: those of reading
// the files.
func (i *Inspector) Settle(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) error {
	var waiting []Proof
	if err := reading(ctx, i.Proofs.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if actor.Can(access.PlacementVerify, agency) != nil {
			return nil
		}
		if _, err := tx.Placement(ctx, agency, id); err != nil {
			return err
		}
		page, err := tx.Proofs(ctx, id, listing.All())
		for _, f := range page.Items {
			if !f.Inspected {
				waiting = append(waiting, f)
			}
		}
		return err
	}); err != nil {
		return err
	}
	for _, f := range waiting {
		if err := i.inspect(access.Aside(ctx), actor, f); err != nil {
			return err
		}
	}
	return nil
}
