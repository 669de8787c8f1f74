// Package approval is the matrix of who approves an agreement and in which order: dated rows by kind and amount, for all of
// a government or for one agency, each with its legal basis. How a round of approval goes stands where agreements are.
package approval

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Kind is the kind of agreement that a row is about.
type Kind string

// The kinds. A row of an agreement's own kind counts before one of any.
const (
	Media      Kind = "media"
	Influencer Kind = "influencer"
	Any        Kind = "any"
)

// Roles lists who can be a step, by the names of their offices.
func Roles() []access.Role { return []access.Role{access.PPK, access.Verifier, access.Head} }

// Form is a row as an administrator writes it: who approves agreements of a kind whose gross value lies between two
// amounts, both within, in which order, from which day on.
type Form struct {
	AgencyID  uuid.NullUUID `json:"agency_id,omitempty" db:"agency_id" doc:"none: all agencies that have no row of their own"`
	Kind      Kind          `json:"kind" db:"kind" enum:"media,influencer,any"`
	GrossFrom money.Amount  `json:"gross_from" db:"gross_from" doc:"the least gross value, VAT included"`
	GrossTo   *money.Amount `json:"gross_to,omitempty" db:"gross_to" doc:"the greatest; none: no limit"`
	Steps     Steps         `json:"steps" db:"steps" doc:"roles in their order: ppk, verifier, head"`
	ValidFrom period.Date   `json:"valid_from" db:"valid_from"`
	ValidTo   period.Date   `json:"valid_to,omitempty" db:"valid_to" doc:"last day; none while it is in force"`
	Basis     string        `json:"basis" db:"basis" doc:"the decree that says so"`
}

// Rule is a row, in force or past. Two rows of one agency (or of the government) and one kind never say something about
// the same amount on the same day.
type Rule struct {
	ID uuid.UUID `json:"id" db:"id"`
	Form
	AgencyCode string        `json:"agency_code" db:"agency_code"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"a row that was entered wrongly"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Matrix is the rows that count for one agency: its own and those of the whole government, none of them voided.
type Matrix []Rule

// On gives the row that says who approves an agreement of the kind and gross value that is ordered on the day: the
// agency's before the government's, its own kind before any. Without a row, ok is false and the commitment officer approves
// alone.
func (m Matrix) On(kind Kind, gross money.Amount, day period.Date) (best Rule, ok bool) {
	for _, r := range m {
		if r.covers(kind, gross, day) && (!ok || r.narrower(best)) {
			best, ok = r, true
		}
	}
	return best, ok
}

// StepsOn gives who approves, in order. See Matrix.On.
func (m Matrix) StepsOn(kind Kind, gross money.Amount, day period.Date) Steps {
	if r, ok := m.On(kind, gross, day); ok {
		return r.Steps
	}
	return Alone()
}

func (r Rule) covers(kind Kind, gross money.Amount, day period.Date) bool {
	return r.VoidedAt == nil && (r.Kind == kind || r.Kind == Any) &&
		gross >= r.GrossFrom && (r.GrossTo == nil || gross <= *r.GrossTo) &&
		!day.Before(r.ValidFrom) && (r.ValidTo.IsZero() || !day.After(r.ValidTo))
}

func (r Rule) narrower(other Rule) bool {
	if r.AgencyID.Valid != other.AgencyID.Valid {
		return r.AgencyID.Valid
	}
	return r.Kind != Any && other.Kind == Any
}

// Bounds of a row.
const (
	basisMax  = 500
	reasonMax = 2000
	stepsMax  = 6
)

// Trimmed is the form without blanks around its texts.
func (f Form) Trimmed() Form {
	f.Kind, f.Basis = Kind(strings.TrimSpace(string(f.Kind))), strings.TrimSpace(f.Basis)
	return f
}

// Check says everything that is wrong with the form by itself, by field.
func (f Form) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, Media, Influencer, Any)
	wrong.Within("/gross_from", int64(f.GrossFrom), 0, fault.AmountMax)
	if f.GrossTo != nil {
		wrong.Within("/gross_to", int64(*f.GrossTo), int64(max(f.GrossFrom, 0)), fault.AmountMax)
	}
	f.checkSteps(&wrong)
	if f.ValidFrom.IsZero() {
		wrong.Add("/valid_from", "required")
	}
	checkEnd(&wrong, f.ValidFrom, f.ValidTo)
	wrong.Text("/basis", f.Basis, true, basisMax)
	return wrong.Err()
}

func (f Form) checkSteps(wrong *fault.Fields) {
	switch {
	case len(f.Steps) == 0:
		wrong.Add("/steps", "required")
	case len(f.Steps) > stepsMax:
		wrong.AddWith("/steps", "too_many", fault.Args{"max": stepsMax})
	}
	for i, role := range f.Steps {
		at := "/steps/" + strconv.Itoa(i)
		if role == "" {
			wrong.Add(at, "required")
		} else if !slices.Contains(Roles(), role) {
			wrong.Add(at, "step_unknown")
		}
	}
}

func checkEnd(wrong *fault.Fields, from, to period.Date) {
	if !to.IsZero() && to.Before(from) {
		wrong.AddWith("/valid_to", "before", fault.Args{"field": "valid_from", "date": from})
	}
}
