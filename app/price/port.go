package price

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/period"
)

// Store is what price references need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	PriceReference(ctx context.Context, id uuid.UUID) (Reference, error)
	PriceReferences(ctx context.Context, q listing.Query) (listing.Page[Reference], error)
	// StandingPrices gives the rows of products, by Key, that are not void and in force on the day or later.
	StandingPrices(ctx context.Context, products []string, from period.Date) ([]Reference, error)
	// WritePrices ends rows on their ValidUntil, each unless it changed since it was read, and inserts new ones; all or none.
	// Fault: overlaps.
	WritePrices(ctx context.Context, ended, added []Reference) error
	// VoidPrice marks a row as entered wrongly, unless it changed since it was read.
	VoidPrice(ctx context.Context, r Reference) error
}
