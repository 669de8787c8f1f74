package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/registry"
	"tayang/app/tax"
)

// InvoiceStore is what invoices need of storage, inside one transaction. What is not there is a NotFound fault.
type InvoiceStore interface {
	registry.Agencies
	// AgreementNamed gives the agreement that a paper names, without its deliverables; Invalid at /agreement_id when the
	// agency has none of that id.
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
	LineStore
	// AddInvoice inserts the invoice with its lines and marks its placements invoiced, all of them or none; duplicate when the vendor
	// has one of that number, whatever its punctuation and case.
	AddInvoice(ctx context.Context, i Invoice) error
	// Invoice gives an invoice with the ids of its placements and its lines.
	Invoice(ctx context.Context, agency, id uuid.UUID) (Invoice, error)
	// SaveInvoicePapers writes the papers of an open invoice, unless it changed since it was read.
	SaveInvoicePapers(ctx context.Context, i Invoice) error
	override.Passes
	Issuing
}

// Reckoning is what is looked up to make a payment of invoices.
type Reckoning interface {
	registry.Agencies
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
	// InvoicesNamed gives those of the named invoices that exist in the agency.
	InvoicesNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) ([]Invoice, error)
	// Payee gives what taxes ask of a vendor.
	Payee(ctx context.Context, vendor uuid.UUID) (tax.Payee, error)
	// Book gives how the agreement's money stands, and the accepted work of the invoices by budget line.
	Book(ctx context.Context, agreement uuid.UUID, invoices []uuid.UUID) (Book, error)
	Penalties
}

// RequestStore is what payment requests need of storage, inside one transaction.
type RequestStore interface {
	Reckoning
	// HoldMoney holds an agreement, if there is one of that id, so that of two requests the second knows the first.
	HoldMoney(ctx context.Context, agency, agreement uuid.UUID) error
	// AddPayment inserts the payment with its taxes and takes its invoices, all of them or none; duplicate (SPP number). It
	// gives the budget document in force.
	AddPayment(ctx context.Context, p Payment) (agreement.BudgetVersion, error)
}

// Store is what the treasury chain needs of storage, inside one transaction.
type Store interface {
	registry.Agencies
	// HoldPayment gives a payment with its taxes and the ids of its invoices; nobody else changes it before the
	// transaction ends.
	HoldPayment(ctx context.Context, agency, id uuid.UUID) (Payment, error)
	Knowledge
	// FreezePayment keeps the assessment under which the payment was ordered, for ever.
	FreezePayment(ctx context.Context, p Payment, s Assessment) error
	Treasury
	// SavePayment writes papers and state, unless the payment changed since it was read. It gives the budget document that
	// was in force when the payment was settled, or until then when it was asked for.
	SavePayment(ctx context.Context, p Payment) (agreement.BudgetVersion, error)
	Depositing
}

// Treasury is what moves when a payment is settled or reversed.
type Treasury interface {
	// Shares gives what each budget line bears of the payment.
	Shares(ctx context.Context, payment uuid.UUID) ([]Share, error)
	// Post moves money through the ledger; budget_exceeded when an account holds less.
	Post(ctx context.Context, agency uuid.UUID, moves []budget.Move) error
	// MarkPaid puts the payment's gross and placements to the account of its agreement, which is completed by the last.
	MarkPaid(ctx context.Context, p Payment) error
	// MarkReversed frees the payment's invoices; paid, it takes its gross and placements off its agreement again.
	MarkReversed(ctx context.Context, p Payment, paid bool) error
}

// Standings is how the money of agreements stands.
type Standings interface {
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
	Settlement(ctx context.Context, agreement uuid.UUID) (Settlement, error)
}

// Lists is what the pages and lists of invoices and payments read.
type Lists interface {
	registry.Agencies
	Knowledge
	Ordered
	Invoice(ctx context.Context, agency, id uuid.UUID) (Invoice, error)
	Invoices(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Invoice], error)
	Payment(ctx context.Context, agency, id uuid.UUID) (Payment, error)
	Payments(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Payment], error)
	Around
}

// Around is what stands around invoices and payments: other invoices, taxes and slips, and what a payment would be.
type Around interface {
	Twinning
	Declared
	Reckoning
	Penalties
	Standings
}
