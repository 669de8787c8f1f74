// Package debt is the end of a year: what its agreements still bind, and the recognition of debt (pengakuan utang) that
// carries what is owed into a later year's budget. How an agreement is ended and its rest released lives in agreement.
package debt

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Status is the state of a recognition.
type Status string

// The states. Only Approved moves money.
const (
	Requested Status = "requested"
	Approved  Status = "approved"
	Refused   Status = "refused"
	Withdrawn Status = "withdrawn"
)

// Recognition is a document that recognises what is owed under an agreement of a past year as a debt of its own year.
type Recognition struct {
	ID              uuid.UUID     `json:"id" db:"id"`
	AgencyID        uuid.UUID     `json:"agency_id" db:"agency_id"`
	AgreementID     uuid.UUID     `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string        `json:"agreement_number" db:"agreement_number"`
	VendorName      string        `json:"vendor_name" db:"vendor_name"`
	FiscalYear      int           `json:"fiscal_year" db:"fiscal_year" doc:"the year that will pay: that of the date"`
	Number          string        `json:"number" db:"number"`
	Date            period.Date   `json:"date" db:"date"`
	Status          Status        `json:"status" db:"status" enum:"requested,approved,refused,withdrawn"`
	Total           money.Amount  `json:"total" db:"total"`
	Remark          string        `json:"remark" db:"remark" doc:"why it was refused or withdrawn"`
	CreatedAt       time.Time     `json:"created_at" db:"created_at"`
	CreatedBy       uuid.UUID     `json:"created_by" db:"created_by"`
	CreatedName     string        `json:"created_name" db:"created_name"`
	DecidedAt       *time.Time    `json:"decided_at" db:"decided_at"`
	DecidedBy       uuid.NullUUID `json:"decided_by" db:"decided_by"`
	DecidedName     string        `json:"decided_name" db:"decided_name"`
	Version         int64         `json:"version" db:"version"`
	Lines           []Line        `json:"lines,omitempty" db:"-" doc:"on a single recognition only"`
}

// Document names the recognition for a deed's record.
func (r Recognition) Document() access.Document {
	return access.Document{Agency: r.AgencyID, Type: documentType, ID: r.ID, Number: r.Number, Amount: r.Total}
}

// documentType is what the ledger calls a recognition.
const documentType = "debt_recognition"

// Line carries what one budget line owes to a line of the new year, VAT included.
type Line struct {
	FromLine uuid.UUID    `json:"from_line" db:"from_line"`
	ToLine   uuid.UUID    `json:"to_line" db:"to_line"`
	Amount   money.Amount `json:"amount" db:"amount" minimum:"1"`
}

// Form is a recognition as a client enters it.
type Form struct {
	AgreementID uuid.UUID   `json:"agreement_id"`
	Number      string      `json:"number"`
	Date        period.Date `json:"date" doc:"in the year that will pay"`
	Lines       []Line      `json:"lines"`
}

// Owed is what is owed under an agreement on one budget line: published up to invoiced, and not paid.
type Owed struct {
	Line  uuid.UUID    `db:"budget_line_id"`
	Year  int          `db:"fiscal_year"`
	Gross money.Amount `db:"gross"`
}

// Standing is what an agreement still binds.
type Standing struct {
	Agreement   agreement.Agreement
	Unpublished int64 // units that nobody published: they are released, not carried over
	Owed        []Owed
}

// Bounds of a recognition.
const (
	numberMax = 100
	linesMax  = 1000
	reasonMax = 2000
)

// Trimmed is the form without blanks around its number.
func (f Form) Trimmed() Form {
	f.Number = strings.TrimSpace(f.Number)
	return f
}

// Check says by field what is wrong with the form by itself.
func (f Form) Check() error {
	var wrong fault.Fields
	if f.AgreementID == uuid.Nil {
		wrong.Add("/agreement_id", "required")
	}
	wrong.Text("/number", f.Number, true, numberMax)
	if f.Date.IsZero() {
		wrong.Add("/date", "required")
	}
	switch {
	case len(f.Lines) == 0:
		wrong.Add("/lines", "required")
	case len(f.Lines) > linesMax:
		wrong.AddWith("/lines", "too_many", fault.Args{"max": linesMax})
		return wrong.Err()
	}
	seen := map[uuid.UUID]bool{}
	for i, l := range f.Lines {
		if l.FromLine == uuid.Nil {
			wrong.Add(pointer(i)+"/from_line", "required")
		}
		if l.ToLine == uuid.Nil {
			wrong.Add(pointer(i)+"/to_line", "required")
		}
		wrong.Within(pointer(i)+"/amount", int64(l.Amount), 1, fault.AmountMax)
		if seen[l.FromLine] {
			wrong.Add(pointer(i)+"/from_line", "duplicate")
		}
		seen[l.FromLine] = true
	}
	return wrong.Err()
}

func pointer(i int) string { return "/lines/" + strconv.Itoa(i) }

// Recognition makes the document. to are the budget lines of the agency that the form names to pay from. Faults:
// wrong_state unless the agreement is active or terminated; unpublished_units when something has to be released first;
// nothing_owed; Invalid by field: every line of an earlier year that owes is named once, with exactly what it owes, and
// goes to a line of the document's year.
func (f Form) Recognition(s Standing, to map[uuid.UUID]budget.Line) (Recognition, error) {
	if err := s.carriable(); err != nil {
		return Recognition{}, err
	}
	if wrong := f.compare(s.Owed, to); len(wrong) > 0 {
		return Recognition{}, wrong.Err()
	}
	r := Recognition{
		AgencyID: s.Agreement.AgencyID, AgreementID: s.Agreement.ID, FiscalYear: f.Date.Year(), Number: f.Number, Date: f.Date,
		Status: Requested, Version: 1, Lines: f.Lines,
	}
	return r, nil
}

func (s Standing) carriable() error {
	switch {
	case s.Agreement.Status != agreement.Active && s.Agreement.Status != agreement.Terminated:
		return fault.WrongState(string(s.Agreement.Status), "carry_over")
	case s.Agreement.Status == agreement.Active && s.Unpublished > 0:
		return fault.With(fault.Conflict, "unpublished_units", fault.Args{"count": s.Unpublished})
	case len(s.Owed) == 0:
		return fault.New(fault.Conflict, "nothing_owed")
	}
	return nil
}

// compare holds the lines of the document against what is owed in years before it; what its own year bears already stays.
func (f Form) compare(owed []Owed, to map[uuid.UUID]budget.Line) (wrong fault.Fields) {
	due := make(map[uuid.UUID]Owed, len(owed))
	for _, o := range owed {
		due[o.Line] = o
	}
	named, late := map[uuid.UUID]bool{}, 0
	for i, l := range f.Lines {
		named[l.FromLine] = true
		o, ok := due[l.FromLine]
		if !ok {
			wrong.Add(pointer(i)+"/from_line", "not_found")
			continue
		}
		if o.Year >= f.Date.Year() {
			late = max(late, o.Year)
			continue
		}
		l.compare(&wrong, pointer(i), o, f.Date.Year(), to)
	}
	if late > 0 {
		wrong.AddWith("/date", "not_after_year", fault.Args{"fiscal_year": late})
	}
	for _, o := range owed {
		if o.Year < f.Date.Year() && !named[o.Line] {
			wrong.AddWith("/lines", "line_missing", fault.Args{"expected": o.Gross, "budget_line_id": o.Line})
		}
	}
	return wrong
}

func (l Line) compare(wrong *fault.Fields, at string, o Owed, year int, to map[uuid.UUID]budget.Line) {
	if l.Amount != o.Gross {
		wrong.AddWith(at+"/amount", "amount_mismatch", fault.Args{"amount": l.Amount, "expected": o.Gross})
	}
	if line, ok := to[l.ToLine]; !ok {
		wrong.Add(at+"/to_line", "not_found")
	} else if line.FiscalYear != year {
		wrong.AddWith(at+"/to_line", "outside_fiscal_year", fault.Args{"fiscal_year": year})
	}
}

// Verb is what becomes of a recognition.
type Verb string

// The verbs. Another person than who proposed decides.
const (
	Approve  Verb = "approve"
	Refuse   Verb = "refuse"
	Withdraw Verb = "withdraw"
)

func (v Verb) right() access.Verb {
	if v == Withdraw {
		return access.DebtWrite
	}
	return access.DebtApprove
}

// mayMove asks for the other person first: who proposed hears so, whatever his role.
func (r Recognition) mayMove(v Verb, actor access.Actor) error {
	if v != Withdraw {
		if err := actor.Apart(v.right(), r.CreatedBy); err != nil {
			return err
		}
	}
	return actor.Can(v.right(), r.AgencyID)
}

// Move does a verb. s and to are looked at by Approve only: what is owed must still be what the document says. Faults:
// segregation_of_duties, forbidden, wrong_state, Invalid without a reason to refuse, those of Form.Recognition, and
// debt_changed naming each line that owes something else by now.
func (r Recognition) Move(v Verb, actor access.Actor, remark string, at time.Time, s Standing, to map[uuid.UUID]budget.Line) (Recognition, []budget.Move, error) {
	if err := r.mayMove(v, actor); err != nil {
		return r, nil, err
	}
	if r.Status != Requested {
		return r, nil, fault.WrongState(string(r.Status), string(v))
	}
	var wrong fault.Fields
	wrong.Text("/reason", remark, v == Refuse, reasonMax)
	if err := wrong.Err(); err != nil {
		return r, nil, err
	}
	r.Remark = remark
	var moves []budget.Move
	switch v {
	case Withdraw:
		r.Status = Withdrawn
		return r, nil, nil
	case Refuse:
		r.Status = Refused
	case Approve:
		if err := s.carriable(); err != nil {
			return r, nil, err
		}
		if changed := (Form{r.AgreementID, r.Number, r.Date, r.Lines}).compare(s.Owed, to); len(changed) > 0 {
			return r, nil, &fault.Error{Kind: fault.Conflict, Code: "debt_changed", Fields: changed}
		}
		r.Status, moves = Approved, r.moves(s.Owed)
	}
	r.DecidedAt, r.DecidedBy = &at, uuid.NullUUID{UUID: actor.User, Valid: true}
	return r, moves, nil
}

// moves release each debt on the last day of the year that owed it, and commit it on the day of the document.
func (r Recognition) moves(owed []Owed) (out []budget.Move) {
	year := make(map[uuid.UUID]int, len(owed))
	for _, o := range owed {
		year[o.Line] = o.Year
	}
	of := budget.Document{Type: documentType, ID: r.ID, Number: r.Number}
	for _, l := range r.Lines {
		out = append(out, budget.Move{
			Line: l.FromLine, Kind: budget.Release, From: budget.Committed, To: budget.Available, Amount: l.Amount,
			EffectiveOn: period.FiscalYear(year[l.FromLine]).End(), Document: of,
		}, budget.Move{
			Line: l.ToLine, Kind: budget.Commit, From: budget.Available, To: budget.Committed, Amount: l.Amount,
			EffectiveOn: r.Date, Document: of,
		})
	}
	return out
}
