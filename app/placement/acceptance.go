package placement

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Acceptance is the report (BAST) by which the office takes verified placements of one agreement over.
type Acceptance struct {
	ID              uuid.UUID    `json:"id" db:"id"`
	AgencyID        uuid.UUID    `json:"agency_id" db:"agency_id"`
	AgreementID     uuid.UUID    `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string       `json:"agreement_number" db:"agreement_number"`
	VendorID        uuid.UUID    `json:"vendor_id" db:"vendor_id"`
	VendorName      string       `json:"vendor_name" db:"vendor_name"`
	Number          string       `json:"number" db:"number"`
	Date            period.Date  `json:"date" db:"date"`
	Placements      int64        `json:"placements" db:"placements" doc:"number of placements taken over"`
	Gross           money.Amount `json:"gross" db:"gross" doc:"sum of the placements, VAT included"`
	CreatedAt       time.Time    `json:"created_at" db:"created_at"`
	CreatedBy       uuid.UUID    `json:"created_by" db:"created_by"`
	Version         int64        `json:"version" db:"version"`
	Penalty         money.Amount `json:"penalty" db:"penalty" doc:"for late delivery of the placements, as it stood when they were taken over; without VAT"`
	PlacementIDs    []uuid.UUID  `json:"placement_ids,omitempty" db:"-" doc:"on a single report only"`
	Late            []Late       `json:"-" db:"-"` // of PlacementIDs, in their order
	Signing
	InspectionID uuid.NullUUID       `json:"inspection_id" db:"inspection_id" doc:"the inspection report (BAP) that it is in"`
	Shortfalls   []QuantityShortfall `json:"shortfalls,omitempty" db:"-" doc:"units that do not come; on a single report only"`
}

// Late is the lateness of a placement that stands from its acceptance on.
type Late struct {
	ID      uuid.UUID    `json:"id"`
	Days    int64        `json:"late_days"`
	Penalty money.Amount `json:"penalty"`
}

// Document names the report for a deed's record.
func (a Acceptance) Document() access.Document {
	return access.Document{Agency: a.AgencyID, Type: "acceptance", ID: a.ID, Number: a.Number, Amount: a.Gross}
}

// Report is an acceptance report as a client enters it.
type Report struct {
	AgreementID  uuid.UUID   `json:"agreement_id"`
	Number       string      `json:"number"`
	Date         period.Date `json:"date"`
	PlacementIDs []uuid.UUID `json:"placement_ids"`
	Shortfalls   []Short     `json:"shortfalls,omitempty" doc:"units of deliverables that do not come"`
	Signing
}

// Bounds of papers that name placements.
const (
	NumberMax     = 100
	PlacementsMax = 5000
)

// Check says by field what is wrong with the report by itself.
func (r Report) Check() error {
	var wrong fault.Fields
	wrong.Text("/number", strings.TrimSpace(r.Number), true, NumberMax)
	if r.Date.IsZero() {
		wrong.Add("/date", "required")
	}
	CheckIDs(&wrong, "/placement_ids", r.PlacementIDs, PlacementsMax)
	checkShorts(&wrong, r.Shortfalls)
	r.Signing.Trimmed().Check(&wrong, r.Date, false)
	return wrong.Err()
}

// CheckIDs wants at least one id, at most max, and none twice.
func CheckIDs(wrong *fault.Fields, pointer string, ids []uuid.UUID, max int) {
	if len(ids) == 0 {
		wrong.Add(pointer, "required")
	}
	if len(ids) > max {
		wrong.AddWith(pointer, "too_many", fault.Args{"max": max})
		return
	}
	seen := make(map[uuid.UUID]bool, len(ids))
	for i, id := range ids {
		if seen[id] {
			wrong.Add(pointer+"/"+strconv.Itoa(i), "duplicate")
		}
		seen[id] = true
	}
}

// Accept takes the named placements over. found are those of them that exist in the agency. Faults: wrong_state when
// the agreement promises nothing or a placement is not verified; Invalid by field, also for what is dated in a suspension.
// The penalty for what came late is reckoned by the rates, and stands.
func (r Report) Accept(a agreement.Agreement, found []Placement, rates agreement.PenaltyRates) (Acceptance, error) {
	if err := Owing(a.Status, "accept"); err != nil {
		return Acceptance{}, err
	}
	chosen, err := Choose(r.PlacementIDs, found, a.ID, Verified, "accept")
	if err != nil {
		return Acceptance{}, err
	}
	out := Acceptance{
		AgencyID: a.AgencyID, AgreementID: a.ID, AgreementNumber: a.Number, VendorID: a.VendorID,
		VendorName: a.VendorName, Number: strings.TrimSpace(r.Number), Date: r.Date, Placements: int64(len(chosen)),
		PlacementIDs: r.PlacementIDs, Version: 1, Signing: r.Signing.Trimmed(),
	}
	var last period.Date
	if err := Unsuspended(chosen, a.Suspensions); err != nil {
		return Acceptance{}, err
	}
	for _, p := range chosen {
		late := p.late(rates, a.Suspensions)
		out.Gross, out.Penalty = out.Gross+p.Gross, out.Penalty+late.Penalty
		out.Late = append(out.Late, Late{p.ID, late.LateDays, late.Penalty})
		if p.PublishedOn.After(last) {
			last = p.PublishedOn
		}
	}
	if r.Date.Before(last) {
		var wrong fault.Fields
		wrong.AddWith("/date", "before", fault.Args{"field": "published_on", "date": last})
		return Acceptance{}, wrong.Err()
	}
	return out, nil
}

// Unsuspended wants no placement, in the order of a paper, to be dated in a suspension. Fault: Invalid by field.
func Unsuspended(chosen []Placement, s agreement.Suspensions) error {
	var wrong fault.Fields
	for i, p := range chosen {
		s.Refusal(&wrong, "/placement_ids/"+strconv.Itoa(i), p.PublishedOn)
	}
	return wrong.Err()
}

// Owing refuses with wrong_state an agreement under which nothing can be owed: it promises nothing yet, or all of it
// has ended. A terminated one still owes for what appeared.
func Owing(status agreement.Status, verb string) error {
	switch status {
	case agreement.Active, agreement.Terminated, agreement.Completed:
		return nil
	case agreement.Draft, agreement.Submitted, agreement.Rejected, agreement.Closed:
	}
	return fault.WrongState(string(status), verb)
}

// Choose puts the found placements in the order of ids and wants all of them there, of the agreement and in the state.
// Faults: Invalid naming each that is not found or of another agreement; wrong_state naming each in another state.
func Choose(ids []uuid.UUID, found []Placement, agreement uuid.UUID, state Status, verb string) ([]Placement, error) {
	byID := make(map[uuid.UUID]Placement, len(found))
	for _, p := range found {
		byID[p.ID] = p
	}
	var wrong, early fault.Fields
	chosen := make([]Placement, 0, len(ids))
	refused := state
	for i, id := range ids {
		at := "/placement_ids/" + strconv.Itoa(i)
		switch p, ok := byID[id]; {
		case !ok:
			wrong.Add(at, "not_found")
		case p.AgreementID != agreement:
			wrong.Add(at, "other_agreement")
		case p.Status != state:
			refused = p.Status
			early.AddWith(at, "wrong_state", fault.Args{"status": string(p.Status), "verb": verb})
		default:
			chosen = append(chosen, p)
		}
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if len(early) > 0 {
		refusal := fault.WrongState(string(refused), verb)
		refusal.Fields = early
		return nil, refusal
	}
	return chosen, nil
}
