package handover

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what the papers of handing over need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	registry.Agencies
	Recaps
	Inspections
	// AgreementNamed gives the agreement that a paper names; Invalid at /agreement_id when the agency has none of that id.
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
}

// Recaps keeps recaps of placements.
type Recaps interface {
	// RecapLines gives what was verified of an agreement and published in the period of the form, in order of publication.
	RecapLines(ctx context.Context, agency uuid.UUID, f RecapForm) ([]RecapLine, error)
	// AddRecap inserts a recap; duplicate (its number).
	AddRecap(ctx context.Context, r Recap) error
	// SaveRecap writes who signed or voided a recap, unless it changed since it was read.
	SaveRecap(ctx context.Context, r Recap) error
	Recap(ctx context.Context, agency, id uuid.UUID) (Recap, error)
	Recaps(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Recap], error)
}

// Inspections keeps inspection reports.
type Inspections interface {
	// ToInspect gives those of the named acceptance reports that exist in the agency.
	ToInspect(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) ([]Inspected, error)
	// AddInspection inserts a report and puts its acceptance reports into it, all of them or none; duplicate (its number).
	AddInspection(ctx context.Context, i Inspection) error
	// SaveInspection writes who signed or voided a report, unless it changed since it was read; a void one lets its acceptance
	// reports go, unless one of them is paid (inspection_paid).
	SaveInspection(ctx context.Context, i Inspection) error
	Inspection(ctx context.Context, agency, id uuid.UUID) (Inspection, error)
	Inspections(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Inspection], error)
}
