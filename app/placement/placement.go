// Package placement is the unit of audit: one published unit of a deliverable with its proofs, who recorded and who
// verified it, and the acceptance report (BAST) that takes several of them over. What they cost and how they are paid
// lives in payment; what was promised lives in agreement.
package placement

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Status is the state of a placement.
type Status string

// The states, in the order of a good life; Rejected goes back to Published, Cancelled is the end.
const (
	Planned   Status = "planned"
	Published Status = "published" // the office says that it appeared
	Verified  Status = "verified"  // another person has seen the proof
	Accepted  Status = "accepted"  // named in an acceptance report
	Invoiced  Status = "invoiced"
	Paid      Status = "paid"
	Rejected  Status = "rejected" // the proof did not convince
	Cancelled Status = "cancelled"
)

// ChannelKind is where a placement appears: the kind of an outlet, or a social account.
type ChannelKind string

// The kinds of channels.
const (
	Print   ChannelKind = "print"
	Online  ChannelKind = "online"
	Radio   ChannelKind = "radio"
	TV      ChannelKind = "tv"
	Outdoor ChannelKind = "outdoor"
	Social  ChannelKind = "social"
)

// Order is what the agreement says about a placement: the deliverable that it is one unit of, for whom, and when it
// may appear.
type Order struct {
	AgreementID     uuid.UUID          `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string             `json:"agreement_number" db:"agreement_number"`
	DeliverableID   uuid.UUID          `json:"deliverable_id" db:"deliverable_id"`
	BudgetLineID    uuid.UUID          `json:"budget_line_id" db:"budget_line_id"`
	VendorID        uuid.UUID          `json:"vendor_id" db:"vendor_id"`
	VendorName      string             `json:"vendor_name" db:"vendor_name"`
	Product         string             `json:"product" db:"product"`
	Channel         string             `json:"channel" db:"channel" doc:"the outlet's name, or platform and handle"`
	ChannelKind     ChannelKind        `json:"channel_kind" db:"channel_kind" enum:"print,online,radio,tv,outdoor,social"`
	LabelRequired   bool               `json:"label_required" db:"label_required" doc:"paid content has to carry a label"`
	FiscalYear      int                `json:"fiscal_year" db:"fiscal_year"`
	Content         *agreement.Content `json:"content,omitempty" db:"content" doc:"what is agreed about content on a social account"`
	AgreementStatus agreement.Status   `json:"-" db:"agreement_status"`
	OrderDate       period.Date        `json:"-" db:"order_date"`
	StartDate       period.Date        `json:"-" db:"start_date"`
	EndDate         period.Date        `json:"-" db:"end_date"`
	ApprovedAt      *time.Time         `json:"-" db:"approved_at"`
	Framework       bool               `json:"-" db:"framework"`

	Suspensions agreement.Suspensions `json:"-" db:"suspensions"` // where a placement is planned, entered or accepted
}

// Publication is what appeared, where and when, as the office recorded it.
type Publication struct {
	PublishedOn  period.Date `json:"published_on" db:"published_on"`
	URL          string      `json:"url" db:"url"`
	Edition      string      `json:"edition" db:"edition"`
	Page         string      `json:"page" db:"page"`
	Slot         string      `json:"slot" db:"slot" doc:"programme or hour of an airing"`
	LabelPresent *bool       `json:"label_present" db:"label_present" doc:"carries the label of paid content; null: not answered"`
	Metrics      Metrics     `json:"metrics" db:"metrics"`
}

// Placement is one unit of a deliverable. Net, VAT and Gross are the deliverable's unit amounts, fixed when it was
// ordered, in the smallest unit of the agency's currency; Gross = Net + VAT.
type Placement struct {
	ID       uuid.UUID `json:"id" db:"id"`
	AgencyID uuid.UUID `json:"agency_id" db:"agency_id"`
	Order
	BudgetYear  int         `json:"budget_year" db:"budget_year" doc:"the year whose budget bears it"`
	Carried     bool        `json:"carried" db:"carried" doc:"its debt was recognised: a later year's budget line bears it"`
	ScheduledOn period.Date `json:"scheduled_on" db:"scheduled_on"`
	Title       string      `json:"title" db:"title"`
	Publication
	Status Status       `json:"status" db:"status" enum:"planned,published,verified,accepted,invoiced,paid,rejected,cancelled"`
	Remark string       `json:"remark" db:"remark" doc:"why it was rejected or cancelled"`
	Net    money.Amount `json:"net" db:"net" doc:"without VAT"`
	VAT    money.Amount `json:"vat" db:"vat"`
	Gross  money.Amount `json:"gross" db:"gross" doc:"net + vat"`
	Proofs int64        `json:"proofs" db:"proofs" doc:"number of proofs of publication"`
	Lateness
	MakeGood
	MadeGoodBy   uuid.NullUUID `json:"made_good_by" db:"made_good_by" doc:"the placement that stands in for this one"`
	ClockFlags   Flags         `json:"clock_flags" db:"clock_flags" doc:"published_before_order, published_outside_term, published_before_approval: what its date was before or outside of; for ever"`
	AcceptanceID uuid.NullUUID `json:"acceptance_id" db:"acceptance_id"`
	InvoiceID    uuid.NullUUID `json:"invoice_id" db:"invoice_id"`
	PaymentID    uuid.NullUUID `json:"payment_id" db:"payment_id"`
	CreatedAt    time.Time     `json:"created_at" db:"created_at"`
	CreatedBy    uuid.UUID     `json:"created_by" db:"created_by"`
	RecordedBy   People        `json:"recorded_by" db:"recorded_by" doc:"who entered its publication or a proof"`
	VerifiedAt   *time.Time    `json:"verified_at" db:"verified_at"`
	VerifiedBy   uuid.NullUUID `json:"verified_by" db:"verified_by"`
	Version      int64         `json:"version" db:"version"`
}

// Document names the placement for a deed's record.
func (p Placement) Document() access.Document {
	return access.Document{Agency: p.AgencyID, Type: "placement", ID: p.ID, Number: p.Title, Amount: p.Gross}
}

// Authors are all who had a hand in the placement's evidence; none of them may verify it.
func (p Placement) Authors() []uuid.UUID { return append([]uuid.UUID{p.CreatedBy}, p.RecordedBy...) }

// in reports whether the placement is in one of the states.
func (p Placement) in(states ...Status) bool { return slices.Contains(states, p.Status) }

// open refuses what would change the evidence, with wrong_state: once the placement is verified, and once nothing can
// be owed for it any more. A terminated agreement still owes for what appeared before its end, and for nothing else; what
// was carried over and turned down has no money left.
func (p Placement) open(verb string) error {
	if !p.in(Planned, Published, Rejected) || p.Carried && p.Status != Published {
		return fault.WrongState(string(p.Status), verb)
	}
	if p.AgreementStatus == agreement.Active || p.AgreementStatus == agreement.Terminated && p.Status == Published {
		return nil
	}
	return fault.WrongState(string(p.AgreementStatus), verb)
}

// Verify says that the proof shows what is claimed. Faults: wrong_state unless published; Invalid naming each piece of
// evidence that is missing. That by is none of the authors is asked before.
func (p Placement) Verify(by uuid.UUID, at time.Time) (Placement, error) {
	if p.Status != Published {
		return p, fault.WrongState(string(p.Status), "verify")
	}
	if err := p.open("verify"); err != nil {
		return p, err
	}
	if err := p.evidence().Err(); err != nil {
		return p, err
	}
	p.Status, p.VerifiedAt, p.VerifiedBy = Verified, &at, uuid.NullUUID{UUID: by, Valid: true}
	return p, nil
}

// evidence names what an auditor would miss: when and where it appeared, at least one proof, and the answer about the
// label of paid content.
func (p Placement) evidence() (missing fault.Fields) {
	need := func(pointer string, there bool) {
		if !there {
			missing.Add(pointer, "required")
		}
	}
	need("/published_on", !p.PublishedOn.IsZero())
	switch p.ChannelKind {
	case Online, Social:
		need("/url", p.URL != "")
	case Print:
		need("/edition", p.Edition != "")
		need("/page", p.Page != "")
	case Radio, TV:
		need("/slot", p.Slot != "")
	case Outdoor: // stands where it stands: the dated photograph says it
	}
	need("/proofs", p.Proofs > 0)
	need("/label_present", p.LabelPresent != nil || !p.LabelRequired)
	return missing
}

// Reject sends the placement back: its proof does not convince, or a verification was a mistake. Faults: wrong_state
// unless published or verified; Invalid without a reason.
func (p Placement) Reject(reason string) (Placement, error) {
	if !p.in(Published, Verified) {
		return p, fault.WrongState(string(p.Status), "reject")
	}
	return p.end(Rejected, reason)
}

// Cancel says that the placement will not be; its unit can be placed anew. Faults: wrong_state once it is verified;
// Invalid without a reason.
func (p Placement) Cancel(reason string) (Placement, error) {
	if !p.in(Planned, Published, Rejected) {
		return p, fault.WrongState(string(p.Status), "cancel")
	}
	return p.end(Cancelled, reason)
}

func (p Placement) end(as Status, reason string) (Placement, error) {
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, ReasonMax)
	p.Status, p.Remark = as, reason
	p.VerifiedAt, p.VerifiedBy = nil, uuid.NullUUID{}
	return p, wrong.Err()
}

// Freed gives what is no longer owed when p becomes next: a terminated agreement keeps money committed only for what
// was published, and a recognised debt only for what it recognised, so turning that down releases it, in the year that
// bears it. In every other state the agreement itself keeps or releases it.
func (p Placement) Freed(next Placement, on period.Date) []budget.Move {
	if p.AgreementStatus != agreement.Terminated && !p.Carried || !p.in(Published, Verified) || !next.in(Rejected, Cancelled) {
		return nil
	}
	if year := period.FiscalYear(p.BudgetYear).Range(); on.Before(year.From) {
		on = year.From
	} else if on.After(year.To) {
		on = year.To
	}
	return []budget.Move{{
		Line: p.BudgetLineID, Kind: budget.Release, From: budget.Committed, To: budget.Available,
		Amount: p.Gross, EffectiveOn: on, Reason: next.Remark,
		Document: budget.Document{Type: "agreement", ID: p.AgreementID, Number: p.AgreementNumber},
	}}
}
