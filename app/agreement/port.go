package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/registry"
)

// Store is what agreements need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	// Agreement gives an agreement with its deliverables in order.
	Agreement(ctx context.Context, agency, id uuid.UUID) (Agreement, error)
	// Surroundings looks up everything that the terms name.
	Surroundings(ctx context.Context, agency uuid.UUID, t Terms) (Surroundings, error)
	// SaveDraft inserts an agreement whose Version is 0, else writes the draft of that version anew, lines included.
	SaveDraft(ctx context.Context, a Agreement) error
	// MoveAgreement saves state, remark and stamps, unless the agreement changed since it was read.
	MoveAgreement(ctx context.Context, a Agreement) error
	// OpenPlacements counts, for each deliverable that has any, what is owed and what is paid.
	OpenPlacements(ctx context.Context, id uuid.UUID) ([]Open, error)
	// CancelUnpublished cancels the placements that were never published.
	CancelUnpublished(ctx context.Context, id uuid.UUID) error
	Money
}

// Money is what agreements do to the budget, and by which override they may do it.
type Money interface {
	override.Passes
	// Short reports whether a line has less available than the moves take from it; the lines are held until the
	// transaction ends.
	Short(ctx context.Context, agency uuid.UUID, moves []budget.Move) (bool, error)
	// Post moves money through the ledger; budget_exceeded when an account holds less.
	Post(ctx context.Context, agency uuid.UUID, moves []budget.Move) error
}

// Lists is what the pages and lists of agreements read.
type Lists interface {
	registry.Agencies
	Agreement(ctx context.Context, agency, id uuid.UUID) (Agreement, error)
	Agreements(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Agreement], error)
	Surroundings(ctx context.Context, agency uuid.UUID, t Terms) (Surroundings, error)
}
