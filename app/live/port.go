package live

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Record is what the end of a check needs of storage, inside one transaction.
type Record interface {
	HoldPlacement(ctx context.Context, agency, id uuid.UUID) (placement.Placement, error)
	// LiveKnown gives what else is known of a placement at that time.
	LiveKnown(ctx context.Context, p placement.Placement, at time.Time) (Known, error)
	// StandingShortfall gives the placement's shortfall that stands, held; false when there is none.
	StandingShortfall(ctx context.Context, placement uuid.UUID) (Shortfall, bool, error)
	// AddShortfall inserts a shortfall; duplicate while another of the placement stands.
	AddShortfall(ctx context.Context, s Shortfall) error
	// SaveShortfall writes what became of a shortfall, unless it changed since it was read.
	SaveShortfall(ctx context.Context, s Shortfall) error
	SaveFile(ctx context.Context, f file.File) error
}

// Store is what people's deeds need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	Record
	// AddLiveCheck puts a check into the queue; duplicate while another of the placement waits or runs.
	AddLiveCheck(ctx context.Context, c Check) error
	// HoldLiveCheck gives a check to change; no worker can take it before the transaction is over.
	HoldLiveCheck(ctx context.Context, placement, id uuid.UUID) (Check, error)
	// SaveLiveCheck writes a person's word, unless the check changed since it was read.
	SaveLiveCheck(ctx context.Context, c Check) error
	// HoldShortfall gives a shortfall to change.
	HoldShortfall(ctx context.Context, agency, id uuid.UUID) (Shortfall, error)
}

// FinishStore is what the end of a program's check needs of storage, inside one transaction.
type FinishStore interface {
	Record
	// FinishLiveCheck notes what came of the claimed check; stale when it is not the claim's any more.
	FinishLiveCheck(ctx context.Context, c Claim) error
}

// Lists is what the pages and lists of checks and shortfalls read.
type Lists interface {
	registry.Agencies
	Placement(ctx context.Context, agency, id uuid.UUID) (placement.Placement, error)
	LiveCheck(ctx context.Context, placement, id uuid.UUID) (Check, error)
	// LiveChecks lists the checks of an agency, or of one placement of it.
	LiveChecks(ctx context.Context, agency uuid.UUID, of uuid.NullUUID, q listing.Query) (listing.Page[Check], error)
	Shortfall(ctx context.Context, agency, id uuid.UUID) (Shortfall, error)
	Shortfalls(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Shortfall], error)
	Reminding
}

// Reminding finds what somebody should look at.
type Reminding interface {
	RulesOf(ctx context.Context, agency uuid.UUID) (rule.Set, error)
	// LiveWaiting counts what waits: checks that are due, and shortfalls that nobody decided on.
	LiveWaiting(ctx context.Context, agency uuid.UUID, today period.Date) (Waiting, error)
	// UncapturedStories gives the stories published on that day or later of which no proof is kept, oldest first.
	UncapturedStories(ctx context.Context, agency uuid.UUID, from period.Date) ([]placement.Placement, error)
}

// Files takes and gives evidence; it is the file service.
type Files interface {
	Receive(ctx context.Context, in file.Sent) (file.File, error)
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
}

// Claim is a check that a worker has taken, until its lease runs out. Actor is the person who asked for it; one who is
// nobody where the program did by itself.
type Claim struct {
	Check Check
	Actor access.Actor
	Lease uuid.UUID
}

// Queue is where workers find checks, over all governments. Every change but ClaimLiveCheck is refused, without an error
// and with false, when the check is not the claim's any more.
type Queue interface {
	// ClaimLiveCheck takes the check that waits longest until the lease ends; ok is false when none waits. One that was
	// tried attemptsMax times has failed.
	ClaimLiveCheck(ctx context.Context, lease uuid.UUID, now, until time.Time, attemptsMax int) (c Claim, ok bool, err error)
	// LiveCheckProgress notes the step and makes the lease longer.
	LiveCheckProgress(ctx context.Context, c Claim, s capture.Step, until time.Time) (still bool, err error)
	// ReleaseLiveCheck gives the check back, to be tried again from due on; tried is false when this was no real try.
	ReleaseLiveCheck(ctx context.Context, c Claim, due time.Time, tried bool) (still bool, err error)
	FailLiveCheck(ctx context.Context, c Claim, code string, at time.Time) (still bool, err error)
	// ScheduleLiveChecks puts every check that is due into the queue, over all governments, each once, and gives how many.
	// age is after how many days a check before payment is too old where no rule says otherwise.
	ScheduleLiveChecks(ctx context.Context, now time.Time, today period.Date, age int64) (int64, error)
}

// Browser opens pages.
type Browser interface {
	Capture(ctx context.Context, address string, step func(capture.Step)) (capture.Snapshot, error)
}

// Keeper keeps content by its SHA-256.
type Keeper interface {
	Put(ctx context.Context, r io.Reader) (sha256 string, size int64, err error)
}
