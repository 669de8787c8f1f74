package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Store is what entering and amending agreements needs of storage, inside one transaction. What is not there is a
// NotFound fault.
type Store interface {
	registry.Agencies
	Holder
	// Surroundings looks up everything that the terms name.
	Surroundings(ctx context.Context, agency uuid.UUID, t Terms) (Surroundings, error)
	Pricer
	// SaveDraft inserts an agreement whose Version is 0, else writes the draft of that version anew, lines included.
	SaveDraft(ctx context.Context, a Agreement) error
	// AddAmendment inserts a proposal for an agreement, unless the agreement changed since it was read.
	AddAmendment(ctx context.Context, a Agreement, m Amendment) error
	// RulesOf gives the rows of rules that count for an agency.
	RulesOf(ctx context.Context, agency uuid.UUID) (rule.Set, error)
	Pauses
}

// Pauses keeps suspensions; both leave the agreement as it is but for the flag, unless it changed since it was read.
type Pauses interface {
	AddSuspension(ctx context.Context, a Agreement, s Suspension) error
	EndSuspension(ctx context.Context, a Agreement, s Suspension) error
}

// MoveStore is what the verbs of agreements need of storage, inside one transaction.
type MoveStore interface {
	registry.Agencies
	Holder
	Files
	Approvals
	// MoveAgreement saves state, remark, stamps, end and value, unless the agreement changed since it was read, and gives it
	// as it is now.
	MoveAgreement(ctx context.Context, a Agreement) (Agreement, error)
	// DecideAmendment saves the decision on an amendment; an approved one becomes the lines of its agreement.
	DecideAmendment(ctx context.Context, m Amendment) error
	// CancelUnpublished cancels the placements that were never published.
	CancelUnpublished(ctx context.Context, id uuid.UUID) error
	// AddFinalAccount keeps the final account of an agreement that ended, for ever.
	AddFinalAccount(ctx context.Context, a Agreement, f FinalAccount) error
}

// Files is what is known around an agreement, and what was known on the day it came into force.
type Files interface {
	// Facts looks up everything that an assessment asks about, as of the order date.
	Facts(ctx context.Context, a Agreement) (Facts, error)
	// Freeze keeps the assessment under which the agreement came into force, for ever.
	Freeze(ctx context.Context, a Agreement, s Assessment) error
	// Frozen gives the assessment that was kept; false when the agreement never came into force, or did before they were.
	Frozen(ctx context.Context, id uuid.UUID) (Assessment, bool, error)
	Pricer
}

// Pricer is what is known of prices, and how each line was judged.
type Pricer interface {
	// PriceFacts looks up the references of the lines' products, those that they name, and what the vendor is paid elsewhere.
	PriceFacts(ctx context.Context, a Agreement) (PriceFacts, error)
	// SavePrices keeps how lines were judged, where that is something else than before.
	SavePrices(ctx context.Context, agreement uuid.UUID, items []Deliverable) error
}

// Holder gives an agreement, keeps it from changing, and moves its money.
type Holder interface {
	// Agreement gives an agreement with its deliverables and amendments in order.
	Agreement(ctx context.Context, agency, id uuid.UUID) (Agreement, error)
	// OpenPlacements counts the placements of each deliverable that has any, and holds the agreement until the
	// transaction ends: nobody plans or publishes under it after the count.
	OpenPlacements(ctx context.Context, id uuid.UUID) ([]Open, error)
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
	assessor
	Agreement(ctx context.Context, agency, id uuid.UUID) (Agreement, error)
	Agreements(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Agreement], error)
	Surroundings(ctx context.Context, agency uuid.UUID, t Terms) (Surroundings, error)
	// RulesOf gives the rows of rules that count for an agency.
	RulesOf(ctx context.Context, agency uuid.UUID) (rule.Set, error)
	// FinalAccount gives the account of an agreement that ended.
	FinalAccount(ctx context.Context, agency, id uuid.UUID) (FinalAccount, error)
	Reminding
}

// Approvals keeps the steps of the approval and what is to be mended.
type Approvals interface {
	// AddDecision keeps the step that was decided, unless the agreement changed since it was read, and gives it with the
	// database's own time. The database holds it against the steps of the round.
	AddDecision(ctx context.Context, a Agreement, d Decision) (Decision, error)
	// AddRemarks keeps what is to be mended, in order.
	AddRemarks(ctx context.Context, a Agreement, d Decision, corrections []Correction) error
	// AnswerRemarks keeps the answers, each once.
	AnswerRemarks(ctx context.Context, a Agreement, answers []Answer) error
}
