// Package rule is the law that varies: which check of an agreement refuses, warns or is silent, and the figures that it
// uses, as dated rows that a government may set for itself or for one agency, each with its legal basis. What the program
// knows by itself holds where nobody set anything. What a check looks at stands where the thing is checked.
package rule

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// Code names a rule.
type Code string

// Mode is what a check does when it finds something.
type Mode string

// The modes.
const (
	Refuse Mode = "refuse" // nothing goes on without an override
	Warn   Mode = "warn"   // it is shown and kept, and goes on
	Off    Mode = "off"    // not looked at
)

// Unit is what a rule's figure counts.
type Unit string

// The units. A rule that has no figure has no unit.
const (
	None    Unit = ""
	Rupiah  Unit = "rupiah"
	Days    Unit = "days"
	Percent Unit = "percent"
	Permil  Unit = "permil" // thousandths
	Count   Unit = "count"
	Years   Unit = "years"
	Hours   Unit = "hours"
	Minutes Unit = "minutes"
)

// Document is the kind of document that a rule is about.
type Document string

// The documents.
const (
	OfAgreement Document = "" // before it comes into force
	OfPlacement Document = "placement"
	OfPayment   Document = "payment" // before it is ordered (SPM)
)

// Known is a rule that the program can follow, as it stands where nobody set it. A rule without a mode is a figure that
// others use.
type Known struct {
	Code   Code   `json:"code"`
	Mode   Mode   `json:"mode,omitempty" enum:"refuse,warn,off"`
	Unit   Unit   `json:"unit,omitempty" enum:"rupiah,days,percent,permil,count,years,hours,minutes"`
	Figure int64  `json:"figure,omitempty"`
	Basis  string `json:"basis,omitempty" doc:"the law"`
	// National rules are Indonesia's; they are silent about agencies of another scheme.
	Of       Document `json:"of,omitempty" enum:"placement,payment" doc:"the document that is held against it; none: an agreement"`
	National bool     `json:"national,omitempty" doc:"of Indonesian law: not for agencies of scheme other"`
	// Past is how the figure stood before the law changed it, oldest first.
	Past []Past `json:"past,omitempty" doc:"how the figure stood before the law changed it"`
}

// Past is a figure that the law had up to a day, in the unit of its rule.
type Past struct {
	Until  period.Date `json:"until" doc:"the last day"`
	Figure int64       `json:"figure"`
	Basis  string      `json:"basis"`
}

// Form is a row as an administrator writes it: from which day on (and, when it has an end, until which) a rule stands
// otherwise, for one agency or for all of the government. Mode or Figure may be left as the program has them.
type Form struct {
	Code      Code          `json:"code" db:"code"`
	AgencyID  uuid.NullUUID `json:"agency_id,omitempty" db:"agency_id" doc:"none: all agencies"`
	Mode      Mode          `json:"mode,omitempty" db:"mode" enum:"refuse,warn,off"`
	Figure    *int64        `json:"figure,omitempty" db:"figure" doc:"in the rule's unit"`
	ValidFrom period.Date   `json:"valid_from" db:"valid_from"`
	ValidTo   period.Date   `json:"valid_to,omitempty" db:"valid_to" doc:"last day; none while it is in force"`
	Basis     string        `json:"basis" db:"basis" doc:"the regulation that says so"`
}

// Rule is a row in force or past. It stays as it is; a later row of the same scope takes its place from its own first day.
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

// Setting is how a rule stands for an agency on a day.
type Setting struct {
	Known
	RuleID uuid.NullUUID `json:"rule_id" doc:"the row that says so; none: the program's own"`
}

// Set is the rows that count for one agency: its own and those of the whole government, none of them voided.
type Set []Rule

// On gives how the rule stands on the day. Of the rows in force the agency's own comes before the government's, then the
// one that begins last, then the one entered last.
func (s Set) On(code Code, day period.Date) Setting {
	out := Setting{Known: known(code).on(day)}
	var best *Rule
	for i := range s {
		r := &s[i]
		if r.Code == code && r.VoidedAt == nil && r.covers(day) && (best == nil || r.before(*best)) {
			best = r
		}
	}
	if best == nil {
		return out
	}
	out.RuleID, out.Basis = uuid.NullUUID{UUID: best.ID, Valid: true}, best.Basis
	if best.Mode != "" {
		out.Mode = best.Mode
	}
	if best.Figure != nil {
		out.Figure = *best.Figure
	}
	return out
}

func (r Rule) covers(day period.Date) bool {
	return !day.Before(r.ValidFrom) && (r.ValidTo.IsZero() || !day.After(r.ValidTo))
}

// before reports whether r counts more than other.
func (r Rule) before(other Rule) bool {
	if r.AgencyID.Valid != other.AgencyID.Valid {
		return r.AgencyID.Valid
	}
	if r.ValidFrom != other.ValidFrom {
		return r.ValidFrom.After(other.ValidFrom)
	}
	return r.CreatedAt.After(other.CreatedAt)
}

// on is the rule as the law had it on the day.
func (k Known) on(day period.Date) Known {
	for _, p := range k.Past {
		if !day.After(p.Until) {
			k.Figure, k.Basis = p.Figure, p.Basis
			return k
		}
	}
	return k
}

func known(code Code) Known {
	for _, k := range Statutory() {
		if k.Code == code {
			return k
		}
	}
	return Known{Code: code, Mode: Off}
}

// Bounds of a row.
const (
	basisMax  = 500
	figureMax = fault.AmountMax
)

// Trimmed is the form without blanks around its texts.
func (f Form) Trimmed() Form {
	f.Code, f.Basis = Code(strings.TrimSpace(string(f.Code))), strings.TrimSpace(f.Basis)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f Form) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/code", f.Code, codes()...)
	k := known(f.Code)
	if f.Mode != "" {
		fault.Choice(&wrong, "/mode", f.Mode, Refuse, Warn, Off)
	}
	switch {
	case f.Mode == "" && f.Figure == nil:
		wrong.Add("/mode", "required")
	case f.Mode != "" && k.Mode == "" && k.Code != "":
		wrong.Add("/mode", "not_of_rule")
	}
	if f.Figure != nil {
		if k.Unit == None {
			wrong.Add("/figure", "not_of_rule")
		}
		wrong.Within("/figure", *f.Figure, 0, figureMax)
	}
	if f.ValidFrom.IsZero() {
		wrong.Add("/valid_from", "required")
	}
	if !f.ValidTo.IsZero() && f.ValidTo.Before(f.ValidFrom) {
		wrong.AddWith("/valid_to", "before", fault.Args{"field": "valid_from", "date": f.ValidFrom})
	}
	wrong.Text("/basis", f.Basis, true, basisMax)
	return wrong.Err()
}

func codes() (out []Code) {
	for _, k := range Statutory() {
		out = append(out, k.Code)
	}
	return out
}
