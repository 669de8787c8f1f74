package web

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/period"
)

// InvoicePapers is what the page of an invoice needs of the vendor's papers.
type InvoicePapers interface {
	List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (listing.Page[payment.InvoicePaper], error)
	Get(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID) (payment.InvoicePaper, error)
	Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, f payment.InvoicePaperForm) (payment.InvoicePaper, error)
	Void(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID, cmd paper.VoidCommand) (payment.InvoicePaper, error)
}

// Slips is what the pages of withholding slips and of tax objects need.
type Slips interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[payment.WithholdingSlip], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (payment.WithholdingSlip, error)
	Create(ctx context.Context, actor access.Actor, agency string, f payment.WithholdingSlipForm) (payment.WithholdingSlip, error)
	Give(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, on period.Date) (payment.WithholdingSlip, error)
	Void(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd paper.VoidCommand) (payment.WithholdingSlip, error)
	TaxObjects
}

// TaxObjects is what the page of kinds of objects needs.
type TaxObjects interface {
	Objects(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[payment.TaxObject], error)
	Object(ctx context.Context, actor access.Actor, id uuid.UUID) (payment.TaxObject, error)
	SetObject(ctx context.Context, actor access.Actor, f payment.TaxObjectForm) (payment.TaxObject, error)
	VoidObject(ctx context.Context, actor access.Actor, id uuid.UUID, cmd paper.VoidCommand) (payment.TaxObject, error)
}

// Payments is what the pages of payments need.
type Payments interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[payment.Payment], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (payment.Payment, error)
	PaymentStandings
	Request(ctx context.Context, actor access.Actor, agency string, r payment.Request) (payment.Payment, error)
	Authorise(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, spm payment.Paper) (payment.Payment, error)
	Disburse(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, d payment.Disbursement) (payment.Payment, error)
	Reverse(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, r payment.Reversal) (payment.Payment, error)
	PaymentTaxes
}

// PaymentTaxes is what the pages of taxes need, and what a payment would keep back.
type PaymentTaxes interface {
	Deposit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		taxID uuid.UUID, slip payment.Slip) (payment.Payment, error)
	ReverseDeposit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, taxID uuid.UUID, reason string) (payment.Payment, error)
	Preview(ctx context.Context, actor access.Actor, agency string, r payment.Request) (payment.Payment, error)
	Taxes(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[payment.Owed], error)
	TaxReminders(ctx context.Context, actor access.Actor, agency string) (payment.OwedList, error)
}

// Corrections is what the pages of money need that departs from the plain way.
type Corrections interface {
	Hold(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (payment.Payment, error)
	Release(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (payment.Payment, error)
	Refund(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, r payment.Return) (payment.Payment, error)
	Credit(ctx context.Context, actor access.Actor, agency string, invoice uuid.UUID, expected *int64, n payment.Note) (payment.Invoice, error)
	VoidCredit(ctx context.Context, actor access.Actor, agency string, invoice, note uuid.UUID, reason string) (payment.Invoice, error)
	Penalties(ctx context.Context, actor access.Actor, agency string, of uuid.UUID) (payment.PenaltyAccount, error)
	PayPenalty(ctx context.Context, actor access.Actor, agency string, of uuid.UUID, in payment.PenaltyPaid) (payment.PenaltyAccount, error)
	VoidPenalty(ctx context.Context, actor access.Actor, agency string, of, receipt uuid.UUID, reason string) (payment.PenaltyAccount, error)
}

// Invoices is what the pages of invoices need.
type Invoices interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[payment.Invoice], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (payment.Invoice, error)
	Create(ctx context.Context, actor access.Actor, agency string, b payment.Bill) (payment.Invoice, error)
	Put(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		change func(payment.Papers) (payment.Papers, error)) (payment.Invoice, error)
	Detail(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, lines []payment.BillLine) (payment.Invoice, error)
	Match(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (payment.Match, error)
	Twins(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (payment.TwinList, error)
}

// PaymentStandings is how a payment stands against the rules, and the money of its agreement.
type PaymentStandings interface {
	Assessment(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (payment.Assessment, error)
	Settlement(ctx context.Context, actor access.Actor, agency string, agreement uuid.UUID) (payment.Settlement, error)
}
