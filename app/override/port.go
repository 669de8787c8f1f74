package override

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Passes is what other use cases ask of overrides, inside their own transaction.
type Passes interface {
	// InForce gives the agency's overrides of the kinds that hold today, those decided last first.
	InForce(ctx context.Context, agency uuid.UUID, kinds ...Kind) ([]Override, error)
	// UseOverride notes that a document passed under the override.
	UseOverride(ctx context.Context, override uuid.UUID, d access.Document) error
}

// Store is what overrides need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	// Override gives an override of the agency, or of the whole government, with the documents that passed under it.
	Override(ctx context.Context, agency, id uuid.UUID) (Override, error)
	// SubjectAround looks up what the subject names.
	SubjectAround(ctx context.Context, agency uuid.UUID, s Subject) (Around, error)
	// AddOverride inserts a request; duplicate when the same spending is recorded already.
	AddOverride(ctx context.Context, o Override) error
	// MoveOverride saves state, remark and stamps, unless the override changed since it was read.
	MoveOverride(ctx context.Context, o Override) error
	// ChangeRole gives the subject's role to the person, or takes it back.
	ChangeRole(ctx context.Context, person uuid.UUID, o Override) error
	// UseOverride notes that a document passed under the override.
	UseOverride(ctx context.Context, override uuid.UUID, d access.Document) error
	// Post moves money through the ledger; budget_exceeded when an account holds less.
	Post(ctx context.Context, agency uuid.UUID, moves []budget.Move) error
}

// Lists is what the pages and lists of overrides read. kinds narrows a list; none means all.
type Lists interface {
	registry.Agencies
	Override(ctx context.Context, agency, id uuid.UUID) (Override, error)
	Overrides(ctx context.Context, agency uuid.UUID, kinds []Kind, q listing.Query) (listing.Page[Override], error)
	OverrideUses(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Use], error)
}
