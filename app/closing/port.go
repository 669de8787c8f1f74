package closing

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what closing needs of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	// Period gives one request.
	Period(ctx context.Context, agency, id uuid.UUID) (Period, error)
	// YearPeriods gives the requests of a fiscal year, in the order in which they were made.
	YearPeriods(ctx context.Context, agency uuid.UUID, year int) ([]Period, error)
	// AddPeriod inserts a request; duplicate when the month is closed or asked for already.
	AddPeriod(ctx context.Context, p Period) error
	// DecidePeriod writes what became of a request, unless it changed since it was read. A month is closed only when
	// everybody who is moving money of the agency has ended, and holds off who comes after.
	DecidePeriod(ctx context.Context, p Period) error
}

// Lists is what the pages and lists of periods read.
type Lists interface {
	registry.Agencies
	Period(ctx context.Context, agency, id uuid.UUID) (Period, error)
	YearPeriods(ctx context.Context, agency uuid.UUID, year int) ([]Period, error)
	Periods(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Period], error)
}
