package cash

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what cash plans need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	InsertCashPlan(ctx context.Context, p Plan) error
	// RewriteCashPlan writes a draft anew, lines included, unless it changed since it was read.
	RewriteCashPlan(ctx context.Context, p Plan) error
	// CashPlan gives a plan with its lines in the order of the document.
	CashPlan(ctx context.Context, agency, id uuid.UUID) (Plan, error)
	// YearLines gives every line in force of the agency and year, and the year's locked budget documents.
	YearLines(ctx context.Context, agency uuid.UUID, year int) ([]budget.Line, []budget.Version, error)
	// CashInForce gives the amounts in force of the agency and year.
	CashInForce(ctx context.Context, agency uuid.UUID, year int) ([]Line, error)
	// LockCashPlan puts a plan in force, unless it changed since it was read.
	LockCashPlan(ctx context.Context, p Plan) error
}

// Lists is what the pages and lists of cash plans read.
type Lists interface {
	registry.Agencies
	CashPlan(ctx context.Context, agency, id uuid.UUID) (Plan, error)
	CashPlans(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Plan], error)
	CashInForce(ctx context.Context, agency uuid.UUID, year int) ([]Line, error)
	// CashMonths gives the twelve months of a budget line, and whether it has a cash plan.
	CashMonths(ctx context.Context, agency, line uuid.UUID) ([]Month, bool, error)
	BudgetLine(ctx context.Context, agency, id uuid.UUID) (budget.Line, error)
}
