package placement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Unit is what one unit of a deliverable costs, and the order that it belongs to.
type Unit struct {
	Order
	Net   money.Amount `db:"net"`
	VAT   money.Amount `db:"vat"`
	Gross money.Amount `db:"gross"`
}

// Store is what placements need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	Knowledge
	// UnitOf gives the deliverable to place; its agreement cannot be ended before the transaction is. Invalid at
	// /deliverable_id when the agency has none of that id.
	UnitOf(ctx context.Context, agency, deliverable uuid.UUID) (Unit, error)
	// AddPlacement takes one unit of the deliverable and inserts the placement, and gives when it was entered;
	// quantity_exceeded when none is left.
	AddPlacement(ctx context.Context, p Placement) (time.Time, error)
	// HoldPlacement gives a placement to change; its agreement cannot be ended before the transaction is.
	HoldPlacement(ctx context.Context, agency, id uuid.UUID) (Placement, error)
	// SavePlacement writes what Enter, Verify, Reject and Cancel change, unless the placement changed since it was read.
	SavePlacement(ctx context.Context, p Placement) error
	Replacing
	// Post moves money through the ledger; budget_exceeded when an account holds less.
	Post(ctx context.Context, agency uuid.UUID, moves []budget.Move) error
}

// Law is what a publication is held against: the rules, and the overrides that hold.
type Law interface {
	override.Passes
	Rules
}

// Rules gives the rows of rules that count for an agency.
type Rules interface {
	RulesOf(ctx context.Context, agency uuid.UUID) (rule.Set, error)
}

// ProofStore is what proofs need of storage, inside one transaction.
type ProofStore interface {
	registry.Agencies
	Pictures
	HoldPlacement(ctx context.Context, agency, id uuid.UUID) (Placement, error)
	SavePlacement(ctx context.Context, p Placement) error
	// SaveFile notes a file of the government; noting it again changes nothing.
	SaveFile(ctx context.Context, f file.File) error
	// AddProof inserts a proof whose file is noted; duplicate when the placement has that file.
	AddProof(ctx context.Context, f Proof) error
}

// AcceptanceStore is what acceptance reports need of storage, inside one transaction.
type AcceptanceStore interface {
	registry.Agencies
	Law
	// WholeShortfalls gives those of the placements of which the whole unit is not owed.
	WholeShortfalls(ctx context.Context, placements []uuid.UUID) ([]uuid.UUID, error)
	// AgreementNamed gives the agreement that a paper names, without its deliverables; Invalid at /agreement_id when the
	// agency has none of that id.
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
	// PlacementsNamed gives those of the named placements that exist in the agency.
	PlacementsNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) ([]Placement, error)
	// AddAcceptance inserts the report and marks its placements accepted, all of them or none; duplicate (its number).
	AddAcceptance(ctx context.Context, a Acceptance) error
	Fulfilments
	Signable
}

// Signable is what it takes to sign a report that is there.
type Signable interface {
	// Acceptance gives a report with the ids of its placements and what it says falls short.
	Acceptance(ctx context.Context, agency, id uuid.UUID) (Acceptance, error)
	// SignAcceptance writes who signed a report, unless it changed since it was read.
	SignAcceptance(ctx context.Context, a Acceptance) error
}

// Lists is what the pages and lists of placements read.
type Lists interface {
	registry.Agencies
	Knowledge
	AcceptanceLists
	Fulfilments
	Placement(ctx context.Context, agency, id uuid.UUID) (Placement, error)
	Placements(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Placement], error)
	Proof(ctx context.Context, placement, id uuid.UUID) (Proof, error)
	Proofs(ctx context.Context, placement uuid.UUID, q listing.Query) (listing.Page[Proof], error)
}

// AcceptanceLists is what the pages and lists of acceptance reports read.
type AcceptanceLists interface {
	Acceptance(ctx context.Context, agency, id uuid.UUID) (Acceptance, error)
	Acceptances(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Acceptance], error)
}
