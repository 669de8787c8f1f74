// Package agreement is the promise: media and influencer agreements with their deliverables, who may move them
// through which states, and what each move does to the budget. Publication and payment live next door.
package agreement

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
)

// Status is the state of an agreement.
type Status string

// The states.
const (
	Draft      Status = "draft"
	Submitted  Status = "submitted" // money reserved
	Active     Status = "active"    // money committed
	Completed  Status = "completed" // every deliverable paid
	Closed     Status = "closed"    // ended, the rest released
	Rejected   Status = "rejected"
	Terminated Status = "terminated" // broken off, the rest released
)

// Kind says with whom: a medium or an influencer (media gram).
type Kind string

// The kinds.
const (
	Media      Kind = "media"
	Influencer Kind = "influencer"
)

// BudgetVersion is the budget document that was in force when money was last promised or paid for something.
type BudgetVersion struct {
	BudgetVersionID     uuid.NullUUID `json:"budget_version_id" db:"budget_version_id" doc:"the budget document (DPA) in force at that time"`
	BudgetVersionNumber string        `json:"budget_version_number" db:"budget_version_number"`
}

// Agreement is a contract of an agency with a vendor. Amounts are in the smallest unit of the agency's currency:
// Value without VAT, Gross = Value + VAT, Paid and Remaining with VAT.
type Agreement struct {
	ID            uuid.UUID     `json:"id" db:"id"`
	AgencyID      uuid.UUID     `json:"agency_id" db:"agency_id"`
	Kind          Kind          `json:"kind" db:"kind" enum:"media,influencer"`
	Number        string        `json:"number" db:"number"`
	Title         string        `json:"title" db:"title"`
	CampaignID    uuid.NullUUID `json:"campaign_id" db:"campaign_id"`
	VendorID      uuid.UUID     `json:"vendor_id" db:"vendor_id"`
	VendorName    string        `json:"vendor_name" db:"vendor_name"`
	Method        Method        `json:"method" db:"method" enum:"e_purchasing,direct_purchase,pengadaan_langsung,penunjukan_langsung,tender_cepat,tender,seleksi,swakelola_i,swakelola_ii,swakelola_iii,swakelola_iv,dikecualikan,other"`
	Form          Form          `json:"form" db:"form" enum:"bukti_pembelian,kuitansi,spk,surat_perjanjian,surat_pesanan,other"`
	RUPCode       string        `json:"rup_code" db:"rup_code"`
	OrderDate     period.Date   `json:"order_date" db:"order_date"`
	StartDate     period.Date   `json:"start_date" db:"start_date"`
	EndDate       period.Date   `json:"end_date" db:"end_date"`
	FiscalYear    int           `json:"fiscal_year" db:"fiscal_year"`
	OwnerEstimate *money.Amount `json:"owner_estimate" db:"owner_estimate" doc:"HPS, tax included"`
	Procurement   Procurement   `json:"procurement" db:"procurement"`
	PaymentTerms  PaymentTerms  `json:"payment_terms,omitzero" db:"payment_terms" doc:"how it is paid; none: what is accepted is paid"`
	Status        Status        `json:"status" db:"status" enum:"draft,submitted,active,completed,closed,rejected,terminated"`
	Value         money.Amount  `json:"value" db:"value" doc:"without VAT"`
	VAT           money.Amount  `json:"vat" db:"vat"`
	Gross         money.Amount  `json:"gross" db:"gross" doc:"value + vat"`
	Paid          money.Amount  `json:"paid" db:"paid" doc:"gross of settled payments"`
	Remaining     money.Amount  `json:"remaining" db:"remaining" doc:"gross - paid"`
	Unreserved    bool          `json:"unreserved" db:"unreserved" doc:"submitted under an override although a budget line lacks the money: nothing is reserved"`
	FeeVia        FeeVia        `json:"fee_via" db:"fee_via" enum:"personal,agency" doc:"of an influencer agreement; empty: not stated"`
	Remark        string        `json:"remark" db:"remark"`
	CreatedAt     time.Time     `json:"created_at" db:"created_at"`
	CreatedBy     uuid.UUID     `json:"created_by" db:"created_by"`
	SubmittedAt   *time.Time    `json:"submitted_at" db:"submitted_at"`
	SubmittedBy   uuid.NullUUID `json:"submitted_by" db:"submitted_by"`
	ApprovedAt    *time.Time    `json:"approved_at" db:"approved_at"`
	ApprovedBy    uuid.NullUUID `json:"approved_by" db:"approved_by"`
	EndedAt       *time.Time    `json:"ended_at" db:"ended_at"`
	EndedBy       uuid.NullUUID `json:"ended_by" db:"ended_by"`
	SuspendedOn   period.Date   `json:"suspended_on" db:"suspended_on" doc:"while it is suspended: the first day on which nothing is published"`
	Suspension    string        `json:"suspension_reason" db:"suspension_reason"`
	Penalty       money.Amount  `json:"penalty" db:"penalty" doc:"for late delivery, of all placements; without VAT"`
	Amended       bool          `json:"-" db:"amended"`
	Version       int64         `json:"version" db:"version"`
	LookThrough   LookThrough   `json:"look_through" db:"look_through" doc:"whom the money reaches through an agency"`
	Deliverables  []Deliverable `json:"deliverables,omitempty" db:"-" doc:"on a single agreement only"`
	Amendment     *Amendment    `json:"amendment,omitempty" db:"-" doc:"waits for a decision; on a single agreement only"`
	Amendments    []Amendment   `json:"amendments,omitempty" db:"-" doc:"oldest first; on a single agreement only"`
	Suspensions   Suspensions   `json:"suspensions,omitempty" db:"-" doc:"oldest first; on a single agreement only"`
	BudgetVersion
	Framing
	Called
	Round
	by *access.Grant // by which a step was just decided
}

// Document names the agreement for a deed's record.
func (a Agreement) Document() access.Document {
	return access.Document{Agency: a.AgencyID, Type: documentType, ID: a.ID, Number: a.Number, Amount: a.Gross}
}

// documentType is what the ledger calls an agreement.
const documentType = "agreement"

// Deliverable is one line of an agreement. UnitNet, UnitVAT and UnitGross are fixed when the line is made, so that
// any grouping of placements sums exactly (domain.md §5).
type Deliverable struct {
	ID              uuid.UUID     `json:"id" db:"id"`
	AgreementID     uuid.UUID     `json:"agreement_id" db:"agreement_id"`
	Position        int           `json:"position" db:"position"`
	Product         string        `json:"product" db:"product"`
	OutletID        uuid.NullUUID `json:"outlet_id" db:"outlet_id"`
	SocialAccountID uuid.NullUUID `json:"social_account_id" db:"social_account_id"`
	Channel         string        `json:"channel" db:"channel" doc:"the outlet's name or platform and handle"`
	ChannelVendorID uuid.UUID     `json:"channel_vendor_id" db:"channel_vendor_id" doc:"who owns the outlet or account"`
	BudgetLineID    uuid.UUID     `json:"budget_line_id" db:"budget_line_id"`
	Quantity        int64         `json:"quantity" db:"quantity"`
	Unit            string        `json:"unit" db:"unit"`
	OfferedPrice    *money.Amount `json:"offered_price" db:"offered_price"`
	UnitPrice       money.Amount  `json:"unit_price" db:"unit_price"`
	TaxInclusive    bool          `json:"tax_inclusive" db:"tax_inclusive"`
	LabelRequired   bool          `json:"label_required" db:"label_required"`
	Content         *Content      `json:"content,omitempty" db:"content" doc:"of content on a social account; none: not specified"`
	UnitNet         money.Amount  `json:"unit_net" db:"unit_net" doc:"without VAT"`
	UnitVAT         money.Amount  `json:"unit_vat" db:"unit_vat"`
	UnitGross       money.Amount  `json:"unit_gross" db:"unit_gross"`
	Placed          int64         `json:"placed" db:"placed" doc:"placements made and not cancelled"`
	Pricing
}
