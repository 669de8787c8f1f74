package airing

import (
	"context"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/app/registry"
)

// Store is what logs need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	placement.ProofStore
	placement.Law
	Reading
	Writing
}

// Writing keeps logs and what they show.
type Writing interface {
	AddLog(ctx context.Context, l Log) error
	// SaveLog writes the state and the counts of a log, unless it changed since it was read.
	SaveLog(ctx context.Context, l Log) error
	// AddAirings inserts the rows of a log, all of them or none. Fault: duplicate when another log tells of one already.
	AddAirings(ctx context.Context, l Log, all []Airing) error
	// SaveShown writes which spot each row shows and who confirmed it, unless a row changed since it was read. Fault:
	// duplicate when another row shows the spot.
	SaveShown(ctx context.Context, all []Airing) error
	// HasProof reports whether the placement has the file among its proofs.
	HasProof(ctx context.Context, placement uuid.UUID, sha256 string) (bool, error)
	// FreeAirings takes the rows of a void log out of what counts.
	FreeAirings(ctx context.Context, log uuid.UUID) error
}

// Reading is what is looked up about logs.
type Reading interface {
	registry.Agencies
	placement.Rules
	// LogFrame gives what an outlet was ordered for; Invalid at /agreement_id or /outlet_id when the agency has no such
	// agreement with such an outlet.
	LogFrame(ctx context.Context, agency, agreement, outlet uuid.UUID) (Frame, error)
	// Spots gives the planned and published placements of the agreement at the outlet that no row shows.
	Spots(ctx context.Context, agreement, outlet uuid.UUID) ([]Spot, error)
	// Aired gives what other logs of the outlet tell of for the agreement.
	Aired(ctx context.Context, agreement, outlet, but uuid.UUID) ([]Airing, error)
	Log(ctx context.Context, agency, id uuid.UUID) (Log, error)
	// LogOf finds the log of a file for an agreement and an outlet that is not void; NotFound when there is none.
	LogOf(ctx context.Context, l Log) (Log, error)
	// RowsOf gives all rows of a log, as its sheet has them.
	RowsOf(ctx context.Context, log uuid.UUID) ([]Airing, error)
}

// Lists is what the pages and lists of logs read.
type Lists interface {
	Reading
	Logs(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Log], error)
	// LogFrames gives the outlets with logs for which agreements in force were made, by agreement and outlet.
	LogFrames(ctx context.Context, agency uuid.UUID) ([]Frame, error)
	Airings(ctx context.Context, log uuid.UUID, q listing.Query) (listing.Page[Airing], error)
}

// Files takes and gives the content of logs; it is the file service.
type Files interface {
	Receive(ctx context.Context, in file.Sent) (file.File, error)
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
}
