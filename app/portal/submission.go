package portal

import (
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
)

// Kind is what was sent.
type Kind string

// The kinds.
const (
	Proof   Kind = "proof"
	Invoice Kind = "invoice"
)

// Status is where a submission stands.
type Status string

// The states. A proof that says nothing of the publication is received and needs no decision.
const (
	Received Status = "received"
	Waiting  Status = "waiting"
	Accepted Status = "accepted"
	Returned Status = "returned"
)

// Bounds of what is sent.
const (
	bytesADay = 256 << 20
	urlMax    = 2000
)

// Submission is what a vendor sent through a link. A proof's file is evidence from the start; what it proposes of the
// publication, and an invoice, are nothing until the office takes them in.
type Submission struct {
	ID               uuid.UUID        `json:"id" db:"id"`
	AgencyID         uuid.UUID        `json:"agency_id" db:"agency_id"`
	LinkID           uuid.UUID        `json:"link_id" db:"link_id"`
	VisitID          uuid.UUID        `json:"visit_id" db:"visit_id"`
	VendorID         uuid.UUID        `json:"vendor_id" db:"vendor_id"`
	VendorName       string           `json:"vendor_name" db:"vendor_name"`
	AgreementID      uuid.UUID        `json:"agreement_id" db:"agreement_id"`
	AgreementNumber  string           `json:"agreement_number" db:"agreement_number"`
	PlacementID      uuid.NullUUID    `json:"placement_id" db:"placement_id" doc:"of a proof"`
	PlacementTitle   string           `json:"placement_title" db:"placement_title"`
	Kind             Kind             `json:"kind" db:"kind" enum:"proof,invoice"`
	Status           Status           `json:"status" db:"status" enum:"received,waiting,accepted,returned"`
	Once             uuid.UUID        `json:"-" db:"once"`
	SHA256           string           `json:"sha256" db:"sha256"`
	Size             int64            `json:"size" db:"size" doc:"in bytes"`
	MediaType        string           `json:"media_type" db:"media_type"`
	Filename         string           `json:"filename" db:"filename"`
	ProofID          uuid.NullUUID    `json:"proof_id" db:"proof_id"`
	URL              string           `json:"url" db:"url" doc:"proposed address of the publication"`
	PublishedOn      period.Date      `json:"published_on" db:"published_on" doc:"proposed day of publication"`
	Number           string           `json:"number" db:"number" doc:"of an invoice"`
	Date             period.Date      `json:"date" db:"date"`
	Amount           money.Amount     `json:"amount" db:"amount" doc:"VAT included, in the smallest unit"`
	TaxInvoiceNumber string           `json:"tax_invoice_number" db:"tax_invoice_number"`
	PlacementIDs     placement.People `json:"placement_ids" db:"placement_ids" doc:"what an invoice is over"`
	InvoiceID        uuid.NullUUID    `json:"invoice_id" db:"invoice_id" doc:"what it became"`
	Remark           string           `json:"remark" db:"remark" doc:"why it was returned; the vendor reads it"`
	DecidedAt        *time.Time       `json:"decided_at" db:"decided_at"`
	DecidedBy        uuid.NullUUID    `json:"decided_by" db:"decided_by"`
	CreatedAt        time.Time        `json:"created_at" db:"created_at"`
	Version          int64            `json:"version" db:"version"`
}

// ProofForm is what a vendor says of the proof that he sends. Address and day are proposals.
type ProofForm struct {
	Once        uuid.UUID
	Kind        placement.ProofKind
	URL         string
	PublishedOn period.Date
}

// Check says by field what is wrong with the form by itself; today is the office's day.
func (f ProofForm) Check(today period.Date) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, placement.Screenshot, placement.PageScan, placement.Recording, placement.Photo, placement.AiringLog, placement.OtherProof)
	address := strings.TrimSpace(f.URL)
	wrong.Text("/url", address, false, urlMax)
	if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https") {
		wrong.Add("/url", "bad_url")
	}
	if f.PublishedOn.After(today) {
		wrong.AddWith("/published_on", "in_future", fault.Args{"today": today})
	}
	if f.Once == uuid.Nil {
		wrong.Add("/once", "required")
	}
	return wrong.Err()
}

// proposes reports whether the form says something that the office has to confirm.
func (f ProofForm) proposes() bool { return strings.TrimSpace(f.URL) != "" || !f.PublishedOn.IsZero() }

// InvoiceForm is a vendor's own invoice as he sends it.
type InvoiceForm struct {
	Once uuid.UUID
	payment.Bill
}

// over says what is wrong with the invoice over the vendor's own placements, found being those of them that he may bill:
// accepted ones of the agreement, in no other invoice.
func (f InvoiceForm) over(found []Item) error {
	var wrong fault.Fields
	if f.Once == uuid.Nil {
		wrong.Add("/once", "required")
	}
	own := map[uuid.UUID]bool{}
	var due money.Amount
	for _, p := range found {
		own[p.ID] = true
		due += p.Gross
	}
	for _, id := range f.PlacementIDs {
		if !own[id] {
			wrong.Add("/placement_ids", "not_to_bill")
			return wrong.Err()
		}
	}
	if f.Amount != due {
		wrong.AddWith("/amount", "amount_mismatch", fault.Args{"amount": f.Amount, "expected": due})
	}
	return wrong.Err()
}

// right is what somebody of the office needs to decide on the submission: the right to enter what it would become.
func (s Submission) right() access.Verb {
	if s.Kind == Invoice {
		return access.InvoiceWrite
	}
	return access.PlacementWrite
}

// decide notes what the office decided. Faults: wrong_state unless it waits.
func (s Submission) decide(status Status, by uuid.UUID, at time.Time, remark string) (Submission, error) {
	if s.Status != Waiting {
		return s, fault.WrongState(string(s.Status), "decide")
	}
	s.Status, s.Remark, s.DecidedAt, s.DecidedBy = status, remark, &at, uuid.NullUUID{UUID: by, Valid: true}
	return s, nil
}

// bill is the invoice that the submission becomes.
func (s Submission) bill() payment.Bill {
	return payment.Bill{
		AgreementID: s.AgreementID, Number: s.Number, Date: s.Date, Amount: s.Amount, TaxInvoiceNumber: s.TaxInvoiceNumber,
		PlacementIDs: s.PlacementIDs, File: s.SHA256,
	}
}

// confirmed lays what the vendor proposed over what was written of a placement.
func (s Submission) confirmed(e placement.Entry) (placement.Entry, error) {
	if s.URL != "" {
		e.URL = s.URL
	}
	if !s.PublishedOn.IsZero() {
		e.PublishedOn = s.PublishedOn
	}
	return e, nil
}
