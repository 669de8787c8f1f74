package portal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/registry"
)

// LinkStore is what links need of storage, inside one transaction. What is not there is a NotFound fault.
type LinkStore interface {
	registry.Agencies
	placement.Rules
	// AgreementNamed gives the agreement that a link names; Invalid at /agreement_id when the agency has none of that id.
	AgreementNamed(ctx context.Context, agency, id uuid.UUID) (agreement.Agreement, error)
	// AddVendorLink keeps a link with the hash of its secret; Invalid at /vendor_id when there is no such vendor.
	AddVendorLink(ctx context.Context, l Link, secretHash []byte) error
	VendorLink(ctx context.Context, agency, id uuid.UUID) (Link, error)
	// RevokeVendorLink writes that a link was taken back, unless it changed since it was read.
	RevokeVendorLink(ctx context.Context, l Link) error
}

// Lists is what the office's pages and lists of links and submissions read.
type Lists interface {
	registry.Agencies
	VendorLink(ctx context.Context, agency, id uuid.UUID) (Link, error)
	VendorLinks(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Link], error)
	VendorSubmission(ctx context.Context, agency, id uuid.UUID) (Submission, error)
	VendorSubmissions(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Submission], error)
}

// DecisionStore is what taking in and returning need of storage, inside one transaction.
type DecisionStore interface {
	placement.Store
	payment.InvoiceStore
	// HoldVendorSubmission gives a submission to decide on; nobody else does before the transaction ends.
	HoldVendorSubmission(ctx context.Context, agency, id uuid.UUID) (Submission, error)
	// DecideVendorSubmission writes the decision, unless the submission changed since it was read.
	DecideVendorSubmission(ctx context.Context, s Submission) error
}

// Keyed is what opens: a link with the hash of its secret, or a visit with that of its own.
type Keyed struct {
	Hash []byte `db:"secret_hash"`
	Visitor
}

// Doors finds what a secret opens; it is asked before anybody is known, inside the walls of the secret's government.
type Doors interface {
	// LinkDoor gives a link that opens at that time; NotFound when there is none.
	LinkDoor(ctx context.Context, link uuid.UUID, now time.Time) (Keyed, error)
	// VisitDoor gives a visit that goes on at that time, of a link that still opens; NotFound when there is none.
	VisitDoor(ctx context.Context, visit uuid.UUID, now time.Time) (Keyed, error)
}

// Visit is one opening of a link.
type Visit struct {
	ID       uuid.UUID
	AgencyID uuid.UUID
	LinkID   uuid.UUID
	Hash     []byte
	Source   string
	Agent    string
	OpenedAt time.Time
	Ends     time.Time
}

// VisitStore keeps visits, inside one transaction.
type VisitStore interface {
	AddVisit(ctx context.Context, v Visit) error
	EndVisit(ctx context.Context, visit uuid.UUID, at time.Time) error
}

// Own is what a vendor reads: every query names him, his agency, and the agreement when his link is of one. What is not his
// is a NotFound fault.
type Own interface {
	OwnOrders(ctx context.Context, v access.Vendor, limit int) ([]Order, error)
	OwnOrder(ctx context.Context, v access.Vendor, id uuid.UUID) (Order, error)
	OwnItem(ctx context.Context, v access.Vendor, id uuid.UUID) (Item, error)
	// OwnItems gives the placements under an agreement, those that want something first.
	OwnItems(ctx context.Context, v access.Vendor, order uuid.UUID, limit, offset int) ([]Item, error)
	OwnSubmission(ctx context.Context, v access.Vendor, id uuid.UUID) (Submission, error)
	// OwnSubmissions gives what came through any link of the vendor in the agency, newest first; of one agreement or of all.
	OwnSubmissions(ctx context.Context, v access.Vendor, order uuid.NullUUID, limit int) ([]Submission, error)
	OwnPapers
}

// OwnPapers are the papers under one agreement of the vendor.
type OwnPapers interface {
	OwnHandovers(ctx context.Context, v access.Vendor, order uuid.UUID, limit int) ([]Handover, error)
	OwnClaims(ctx context.Context, v access.Vendor, order uuid.UUID, limit int) ([]Claim, error)
	OwnPayouts(ctx context.Context, v access.Vendor, order uuid.UUID, limit int) ([]Payout, error)
	// OwnToBill gives the placements that an invoice may be sent over: accepted, in no invoice and in none that waits.
	OwnToBill(ctx context.Context, v access.Vendor, order uuid.UUID) ([]Item, error)
}

// SendStore is what sending needs of storage, inside one transaction.
type SendStore interface {
	placement.ProofStore
	placement.Rules
	Own
	// HoldVendorLink waits for whoever else sends through the link, and gives it; NotFound when it does not open any more.
	HoldVendorLink(ctx context.Context, v access.Vendor, now time.Time) error
	// VendorSent counts what came through the link since then, and its bytes.
	VendorSent(ctx context.Context, link uuid.UUID, since time.Time) (n, bytes int64, err error)
	// VendorSentOnce gives the submission that the same form made before; NotFound when there is none.
	VendorSentOnce(ctx context.Context, v access.Vendor, once uuid.UUID) (Submission, error)
	AddVendorSubmission(ctx context.Context, s Submission) error
}

// Files takes the content of what is sent; it is the file service.
type Files interface {
	Receive(ctx context.Context, in file.Sent) (file.File, error)
}
