package insight

import (
	"context"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what figures need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	ImportStore
	// HoldSubjects gives placements to enter figures of; nobody changes them before the transaction ends.
	HoldSubjects(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) ([]Subject, error)
	Insight(ctx context.Context, placement, id uuid.UUID) (Insight, error)
	// AddInsights inserts readings and lays the latest of each placement over its figures; who entered them is noted at those
	// that are not verified yet. Faults: duplicate (a day, or a due day).
	AddInsights(ctx context.Context, all []Insight) error
	// VoidInsights marks readings as entered wrongly, and gives their placements the figures of the latest that is left.
	VoidInsights(ctx context.Context, v Voiding) error
}

// Known gives the readings that stand, of several placements at once, the earliest first.
type Known interface {
	InsightsOf(ctx context.Context, placements []uuid.UUID) ([]Insight, error)
}

// ImportStore is what exports need of storage, inside one transaction.
type ImportStore interface {
	Known
	Import(ctx context.Context, agency, id uuid.UUID) (Import, error)
	// ImportOf finds the import of a file as of a day that is not void; NotFound when there is none.
	ImportOf(ctx context.Context, agency uuid.UUID, s Import) (Import, error)
	// SubjectsAt gives the placements of the agency that are at the addresses.
	SubjectsAt(ctx context.Context, agency uuid.UUID, addresses []string) ([]Subject, error)
	SaveFile(ctx context.Context, f file.File) error
	AddImport(ctx context.Context, i Import) error
	// SaveImport writes the state of an import, unless it changed since it was read.
	SaveImport(ctx context.Context, i Import) error
}

// Lists is what the pages and lists of figures read.
type Lists interface {
	registry.Agencies
	ImportStore
	Subjects
	Insight(ctx context.Context, placement, id uuid.UUID) (Insight, error)
	Insights(ctx context.Context, placement uuid.UUID, q listing.Query) (listing.Page[Insight], error)
	Imports(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Import], error)
}

// Subjects gives one placement as it is.
type Subjects interface {
	InsightSubject(ctx context.Context, agency, id uuid.UUID) (Subject, error)
}

// Files takes and gives the content of exports; it is the file service.
type Files interface {
	Receive(ctx context.Context, in file.Sent) (file.File, error)
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
}
