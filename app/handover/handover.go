// Package handover is the papers by which what appeared is handed over before it is paid: the recap of placements that vendor
// and activity officer (PPTK) sign, and the inspection report (BAP) over acceptance reports. The acceptance report (BAST) itself
// lives in placement, which it moves; these papers move nothing.
package handover

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
)

// Head is what recaps and inspection reports have in common.
type Head struct {
	ID              uuid.UUID   `json:"id" db:"id"`
	AgencyID        uuid.UUID   `json:"agency_id" db:"agency_id"`
	AgreementID     uuid.UUID   `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string      `json:"agreement_number" db:"agreement_number"`
	VendorID        uuid.UUID   `json:"vendor_id" db:"vendor_id"`
	VendorName      string      `json:"vendor_name" db:"vendor_name"`
	Number          string      `json:"number" db:"number"`
	Date            period.Date `json:"date" db:"date"`
	placement.Signing
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// sign puts the signers and the signed paper. Faults: wrong_state when it is void, or signed and once only; Invalid by field.
func (h Head) sign(by placement.Signing, once bool) (Head, error) {
	switch {
	case h.VoidedAt != nil:
		return h, fault.WrongState("voided", "sign")
	case once && h.Signed():
		return h, fault.WrongState("signed", "sign")
	}
	var wrong fault.Fields
	by.Check(&wrong, h.Date, true)
	h.Signing = by
	return h, wrong.Err()
}

// void takes the paper back, with a reason. Faults: wrong_state, Invalid by field.
func (h Head) void(reason string, by uuid.UUID, at time.Time) (Head, error) {
	if h.VoidedAt != nil {
		return h, fault.WrongState("voided", "void")
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	h.VoidedAt, h.VoidedBy, h.VoidReason = &at, uuid.NullUUID{UUID: by, Valid: true}, reason
	return h, wrong.Err()
}

const reasonMax = 2000

// Recap is what appeared under an agreement in a period, as it was evidenced when it was drawn up: its lines stand for ever.
type Recap struct {
	Head
	From       period.Date  `json:"from" db:"from_on"`
	To         period.Date  `json:"to" db:"to_on"`
	Placements int64        `json:"placements" db:"placements" doc:"number of placements"`
	Gross      money.Amount `json:"gross" db:"gross" doc:"sum of the placements, VAT included"`
	Lines      RecapLines   `json:"lines,omitempty" db:"lines" doc:"on a single recap only"`
}

// RecapLine is one placement of a recap.
type RecapLine struct {
	PlacementID   uuid.UUID    `json:"placement_id" db:"placement_id"`
	DeliverableID uuid.UUID    `json:"deliverable_id" db:"deliverable_id"`
	Title         string       `json:"title" db:"title"`
	Product       string       `json:"product" db:"product"`
	Channel       string       `json:"channel" db:"channel"`
	PublishedOn   period.Date  `json:"published_on" db:"published_on"`
	Where         string       `json:"where" db:"where" doc:"address, edition and page, or slot"`
	Gross         money.Amount `json:"gross" db:"gross"`
	Proofs        int64        `json:"proofs" db:"proofs"`
	Evidence      string       `json:"evidence" db:"evidence" doc:"SHA-256 over the SHA-256 of its proofs, sorted, a line each"`
}

// RecapLines are the lines of a recap.
type RecapLines []RecapLine

// Value writes the lines as the JSON that is stored.
func (l RecapLines) Value() (driver.Value, error) {
	text, err := json.Marshal([]RecapLine(l))
	return string(text), err
}

// Scan reads stored lines; NULL is none.
func (l *RecapLines) Scan(src any) error {
	*l = nil
	if src == nil {
		return nil
	}
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("handover.RecapLines: cannot scan %T", src)
	}
	return json.Unmarshal(text, (*[]RecapLine)(l))
}

// RecapForm is a recap as a client draws it up.
type RecapForm struct {
	AgreementID uuid.UUID   `json:"agreement_id"`
	Number      string      `json:"number"`
	Date        period.Date `json:"date"`
	From        period.Date `json:"from"`
	To          period.Date `json:"to"`
}

// Check says by field what is wrong with the form by itself.
func (f RecapForm) Check() error {
	var wrong fault.Fields
	wrong.Text("/number", strings.TrimSpace(f.Number), true, placement.NumberMax)
	for _, d := range []struct {
		at string
		is period.Date
	}{{"/date", f.Date}, {"/from", f.From}, {"/to", f.To}} {
		if d.is.IsZero() {
			wrong.Add(d.at, "required")
		}
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Before(f.From) {
		wrong.AddWith("/to", "before", fault.Args{"field": "from", "date": f.From})
	}
	if !f.Date.IsZero() && f.Date.Before(f.To) {
		wrong.AddWith("/date", "before", fault.Args{"field": "to", "date": f.To})
	}
	return wrong.Err()
}

// recap draws the recap up from what was verified in its period. Fault: Invalid at /from when nothing was.
func (f RecapForm) recap(h Head, lines []RecapLine) (Recap, error) {
	r := Recap{Head: h, From: f.From, To: f.To, Lines: lines, Placements: int64(len(lines))}
	var wrong fault.Fields
	switch {
	case len(lines) == 0:
		wrong.AddWith("/from", "recap_empty", fault.Args{"from": f.From, "to": f.To})
	case len(lines) > placement.PlacementsMax:
		wrong.AddWith("/from", "too_many", fault.Args{"max": placement.PlacementsMax})
	}
	for _, l := range lines {
		r.Gross += l.Gross
	}
	return r, wrong.Err()
}

// Document names the recap for a deed's record.
func (r Recap) Document() access.Document {
	return access.Document{Agency: r.AgencyID, Type: "recap", ID: r.ID, Number: r.Number, Amount: r.Gross}
}

// Inspection is the report of inspection and payment (BAP) over acceptance reports of one agreement.
type Inspection struct {
	Head
	Acceptances   int64        `json:"acceptances" db:"acceptances" doc:"number of acceptance reports"`
	Gross         money.Amount `json:"gross" db:"gross" doc:"sum of their placements, VAT included"`
	AcceptanceIDs []uuid.UUID  `json:"acceptance_ids,omitempty" db:"-" doc:"what it was drawn up over, also when it is void; on a single report only"`
}

// Document names the report for a deed's record.
func (i Inspection) Document() access.Document {
	return access.Document{Agency: i.AgencyID, Type: "inspection", ID: i.ID, Number: i.Number, Amount: i.Gross}
}

// InspectionForm is an inspection report as a client enters it.
type InspectionForm struct {
	AgreementID   uuid.UUID   `json:"agreement_id"`
	Number        string      `json:"number"`
	Date          period.Date `json:"date"`
	AcceptanceIDs []uuid.UUID `json:"acceptance_ids"`
	placement.Signing
}

const acceptancesMax = 500

// Check says by field what is wrong with the form by itself.
func (f InspectionForm) Check() error {
	var wrong fault.Fields
	wrong.Text("/number", strings.TrimSpace(f.Number), true, placement.NumberMax)
	if f.Date.IsZero() {
		wrong.Add("/date", "required")
	}
	placement.CheckIDs(&wrong, "/acceptance_ids", f.AcceptanceIDs, acceptancesMax)
	f.Signing.Trimmed().Check(&wrong, f.Date, false)
	return wrong.Err()
}

// Inspected is an acceptance report that is to be inspected.
type Inspected struct {
	ID           uuid.UUID     `db:"id"`
	AgreementID  uuid.UUID     `db:"agreement_id"`
	Number       string        `db:"number"`
	Date         period.Date   `db:"date"`
	Gross        money.Amount  `db:"gross"`
	InspectionID uuid.NullUUID `db:"inspection_id"`
	RequestedOn  period.Date   `db:"requested_on"` // of the first payment request (SPP) over it that stands
}

// inspection holds the form against the acceptance reports that it names. Fault: Invalid by field: one that is not of the
// agreement or in another report, and a date out of the order BAST, BAP, SPP.
func (f InspectionForm) inspection(h Head, found []Inspected) (Inspection, error) {
	byID := map[uuid.UUID]Inspected{}
	for _, a := range found {
		byID[a.ID] = a
	}
	out := Inspection{Head: h, AcceptanceIDs: f.AcceptanceIDs, Acceptances: int64(len(f.AcceptanceIDs))}
	out.Signing = f.Signing.Trimmed()
	var wrong fault.Fields
	var last, first period.Date
	for n, id := range f.AcceptanceIDs {
		at := "/acceptance_ids/" + strconv.Itoa(n)
		a, ok := byID[id]
		switch {
		case !ok:
			wrong.Add(at, "not_found")
		case a.AgreementID != f.AgreementID:
			wrong.Add(at, "other_agreement")
		case a.InspectionID.Valid:
			wrong.AddWith(at, "inspected", fault.Args{"number": a.Number})
		}
		out.Gross += a.Gross
		if a.Date.After(last) {
			last = a.Date
		}
		if !a.RequestedOn.IsZero() && (first.IsZero() || a.RequestedOn.Before(first)) {
			first = a.RequestedOn
		}
	}
	if f.Date.Before(last) {
		wrong.AddWith("/date", "before", fault.Args{"field": "acceptance.date", "date": last})
	} else if !first.IsZero() && f.Date.After(first) {
		wrong.AddWith("/date", "after", fault.Args{"field": "spp.date", "date": first})
	}
	return out, wrong.Err()
}
