package trail

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/audit"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Scope is what a reader may see: the events of one agency, and of those that belong to no agency either the registry's
// or all. Without an agency it is the registry alone.
type Scope struct {
	Agency     uuid.UUID
	Everything bool
}

// Filter narrows the trail beyond the fields of its list.
type Filter struct {
	From, To string // days of the office's calendar, or ""
	Record   string // the events of a record and of what belongs to it
	Text     string // the number or name of a record, each word somewhere in it
}

// Seal is what an event is sealed in: the tree of that size, whose checkpoint was signed at that time.
type Seal struct {
	Size     int64     `db:"size"`
	SealedAt time.Time `db:"sealed_at"`
}

// Seals are the seals of events by their numbers; an event that is not there is not sealed yet.
type Seals map[int64]Seal

// Person is somebody who acts in an agency.
type Person struct {
	Email string `db:"email"`
	Name  string `db:"name"`
}

// Lists is what is read of the trail, inside one snapshot.
type Lists interface {
	registry.Agencies
	// TrailEvents gives a page of events in the order of their numbers, or against it. Faults: Invalid by query parameter;
	// too_many_matches when the text fits too many records.
	TrailEvents(ctx context.Context, s Scope, f Filter, q listing.Query) (listing.Page[Event], error)
	// TrailNames says what the records are called that the scope shows.
	TrailNames(ctx context.Context, s Scope, refs References) (Names, error)
	// TrailPeople lists who has a role in the agency.
	TrailPeople(ctx context.Context, agency uuid.UUID) ([]Person, error)
	// TrailSeals tells which of the events are sealed, and in what.
	TrailSeals(ctx context.Context, seqs []int64) (Seals, error)
	// Hashes reads the sealed log for proofs.
	Hashes(ctx context.Context) audit.Lookup
}
