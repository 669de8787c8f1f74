package debt

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/registry"
)

// Store is what recognitions need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	// Standing gives what an agreement still binds; Invalid at /agreement_id when the agency has none of that id. Nobody
	// changes the agreement or its placements before the transaction ends.
	Standing(ctx context.Context, agency, agreement uuid.UUID) (Standing, error)
	// LinesNamed gives those of the named budget lines that exist in the agency.
	LinesNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]budget.Line, error)
	// AddDebt inserts a recognition; duplicate (its number), and when another of the agreement waits for a decision.
	AddDebt(ctx context.Context, r Recognition) error
	Debt(ctx context.Context, agency, id uuid.UUID) (Recognition, error)
	// DecideDebt writes what became of a recognition, unless it changed since it was read.
	DecideDebt(ctx context.Context, r Recognition) error
	// CarryOver makes the new lines bear what the agreement owes.
	CarryOver(ctx context.Context, r Recognition) error
	// Post moves money through the ledger; budget_exceeded when an account holds less.
	Post(ctx context.Context, agency uuid.UUID, moves []budget.Move) error
}

// Lists is what the pages and lists of recognitions read.
type Lists interface {
	registry.Agencies
	Debt(ctx context.Context, agency, id uuid.UUID) (Recognition, error)
	Debts(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Recognition], error)
	// OwedUnder gives what is owed under an agreement, by budget line.
	OwedUnder(ctx context.Context, agreement uuid.UUID) ([]Owed, error)
	OpenCommitments(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Open], error)
}

// Open is an agreement that still binds money of a year: what was published is owed, the rest would be released.
type Open struct {
	AgreementID uuid.UUID     `json:"agreement_id" db:"agreement_id"`
	Number      string        `json:"number" db:"number"`
	Title       string        `json:"title" db:"title"`
	VendorName  string        `json:"vendor_name" db:"vendor_name"`
	Status      string        `json:"status" db:"status"`
	FiscalYear  int           `json:"fiscal_year" db:"fiscal_year" doc:"the year whose budget is bound"`
	Unpublished money.Amount  `json:"unpublished" db:"unpublished" doc:"released when the agreement is ended, VAT included"`
	Owed        money.Amount  `json:"owed" db:"owed" doc:"published and not paid, VAT included"`
	PendingID   uuid.NullUUID `json:"pending_id" db:"pending_id" doc:"the recognition of debt that waits for a decision"`
}
