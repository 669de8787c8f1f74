package portal

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
)

// Visitor is a vendor on a visit: what his link is about, and until when he may look.
type Visitor struct {
	access.Vendor
	AgencyOf      registry.Agency
	VendorName    string
	VATRegistered bool
	Purpose       string
	LinkEnds      time.Time
	Ends          time.Time // of the visit
	Secret        access.Secret
}

// Order is an agreement as its vendor sees it. Amounts are in the smallest unit of the agency's currency, VAT included.
type Order struct {
	ID        uuid.UUID    `db:"id"`
	Number    string       `db:"number"`
	Title     string       `db:"title"`
	StartDate period.Date  `db:"start_date"`
	EndDate   period.Date  `db:"end_date"`
	Status    string       `db:"status"`
	Gross     money.Amount `db:"gross"`
	Paid      money.Amount `db:"paid"`
	Placed    int64        `db:"placed"`  // placements that are not cancelled
	Owing     int64        `db:"owing"`   // of them those that want a proof
	ToBill    int64        `db:"to_bill"` // of them those that are accepted and in no invoice, sent or entered
}

// Item is a placement as its vendor sees it.
type Item struct {
	ID              uuid.UUID             `db:"id"`
	AgreementID     uuid.UUID             `db:"agreement_id"`
	AgreementNumber string                `db:"agreement_number"`
	Title           string                `db:"title"`
	Product         string                `db:"product"`
	Channel         string                `db:"channel"`
	ChannelKind     placement.ChannelKind `db:"channel_kind"`
	ScheduledOn     period.Date           `db:"scheduled_on"`
	PublishedOn     period.Date           `db:"published_on"`
	URL             string                `db:"url"`
	Status          placement.Status      `db:"status"`
	Remark          string                `db:"remark"` // why it was rejected, and nothing else
	Gross           money.Amount          `db:"gross"`  // VAT included
	Proofs          int64                 `db:"proofs"` // how many, whoever brought them
	Open            bool                  `db:"open"`   // takes a proof
}

// Handover is an acceptance report as its vendor sees it.
type Handover struct {
	Number     string       `db:"number"`
	Date       period.Date  `db:"date"`
	Placements int64        `db:"placements"`
	Gross      money.Amount `db:"gross"`
}

// Claim is an invoice as its vendor sees it. Filed is whether the office has his own file.
type Claim struct {
	Number           string       `db:"number"`
	Date             period.Date  `db:"date"`
	Amount           money.Amount `db:"amount"`
	TaxInvoiceNumber string       `db:"tax_invoice_number"`
	Placements       int64        `db:"placements"`
	Filed            bool         `db:"filed"`
	Status           string       `db:"status"`
}

// Payout is a payment as its vendor sees it: what was asked, ordered and paid, and what was kept back.
type Payout struct {
	ID       uuid.UUID    `db:"id"`
	Status   string       `db:"status"`
	SPPDate  period.Date  `db:"spp_date"`
	SPMDate  period.Date  `db:"spm_date"`
	SP2DDate period.Date  `db:"sp2d_date"`
	Gross    money.Amount `db:"gross"`
	Net      money.Amount `db:"net"`
	Taxes    []Withheld   `db:"-"`
}

// Withheld is a tax that was kept back from a payment. Rate is a decimal part of one; DepositedOn is empty until the
// office has passed it on.
type Withheld struct {
	PaymentID   uuid.UUID    `db:"payment_id"`
	Kind        string       `db:"kind"`
	Base        money.Amount `db:"base"`
	Rate        string       `db:"rate"`
	Amount      money.Amount `db:"amount"`
	DepositedOn period.Date  `db:"deposited_on"`
}

// Overview is what the first page shows.
type Overview struct {
	Orders []Order
	Sent   []Submission // the newest
}

// Affair is everything about one agreement that its vendor sees. Items are one page of them.
type Affair struct {
	Order     Order
	Items     []Item
	Page      int
	More      bool
	Handovers []Handover
	Claims    []Claim
	Payouts   []Payout
	Sent      []Submission
}

// PageSize is how many placements stand on one page.
const PageSize = 50

// Bounds of the other lists: no vendor has more under one agreement than people would read.
const (
	ordersMax = 200
	papersMax = 200
	sentMax   = 50
)
