package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/placement"
)

// CorrectionStore is what departs from the plain way of money needs of storage, inside one transaction.
type CorrectionStore interface {
	Store
	PlacementsNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) ([]placement.Placement, error)
	// SharesOf gives what each budget line bears of the placements.
	SharesOf(ctx context.Context, placements []uuid.UUID) ([]Share, error)
	Holding
	Crediting
	PenaltyStore
}

// Holding is the holds and refunds of payments.
type Holding interface {
	// AddHold inserts a hold; duplicate when one is open.
	AddHold(ctx context.Context, p Payment, h Hold) error
	// SaveRelease ends a hold.
	SaveRelease(ctx context.Context, h Hold) error
	// AddRefund inserts a refund, cancels its placements, gives their units back and takes it off payment and agreement.
	AddRefund(ctx context.Context, p Payment, r Refund) error
}

// Crediting is the vendors' credit notes.
type Crediting interface {
	// HoldInvoice gives an invoice as Invoice does, and holds it and its agreement until the transaction ends.
	HoldInvoice(ctx context.Context, agency, id uuid.UUID) (Invoice, error)
	// AddCredit inserts a credit note; unpaid placements are cancelled and their units given back. duplicate: the vendor has one
	// of that number.
	AddCredit(ctx context.Context, i Invoice, c Credit) error
	// SaveCreditVoid writes that a credit note was voided.
	SaveCreditVoid(ctx context.Context, c Credit) error
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
}

// Penalties is what became of penalties.
type Penalties interface {
	// PenaltiesOf gives what became of an agreement's penalties, with its receipts.
	PenaltiesOf(ctx context.Context, agreement uuid.UUID) (PenaltyAccount, error)
}

// PenaltyStore keeps the receipts of penalties.
type PenaltyStore interface {
	Penalties
	// AddPenaltyReceipt inserts a receipt; penalty_exceeded when another took what was open.
	AddPenaltyReceipt(ctx context.Context, a agreement.Agreement, r PenaltyReceipt) error
	// SavePenaltyVoid writes that a receipt was voided.
	SavePenaltyVoid(ctx context.Context, r PenaltyReceipt) error
}
