package budget

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what budgets need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	InsertVersion(ctx context.Context, v Version) error
	// RewriteVersion writes a draft anew, lines included, unless it changed since it was read.
	RewriteVersion(ctx context.Context, v Version) error
	// BudgetVersion gives a version with its lines in the order of the document.
	BudgetVersion(ctx context.Context, agency, id uuid.UUID) (Version, error)
	// LockVersion marks v locked by the actor, unless it changed since it was read.
	LockVersion(ctx context.Context, v Version) error
	// YearLines gives every line in force of the agency and year, and the year's locked versions, oldest first.
	YearLines(ctx context.Context, agency uuid.UUID, year int) ([]Line, []Version, error)
	// BeginLines makes lines with empty accounts, and brings the names of existing ones up to the document.
	BeginLines(ctx context.Context, v Version, begin []Line) error
	// Post moves money through the ledger; budget_exceeded when an account holds less.
	Post(ctx context.Context, agency uuid.UUID, moves []Move) error
}

// Lists is what the pages and lists of budgets read.
type Lists interface {
	registry.Agencies
	BudgetVersion(ctx context.Context, agency, id uuid.UUID) (Version, error)
	BudgetVersions(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Version], error)
	BudgetLine(ctx context.Context, agency, id uuid.UUID) (Line, error)
	BudgetLines(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Line], error)
	Entries(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Entry], error)
}
