// Package vetting is who may be ordered from: what a year asks of each kind of outlet and of influencers, what was found,
// the grade that follows on a day, blacklists, which business classes and accounts a product may have, and vendors that
// share what only one can have. The registry itself, with the standing at the Press Council, lives next door.
package vetting

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

// Influencer is the kind of a social account among the kinds of outlets.
const Influencer registry.OutletKind = "influencer"

// Kinds are those for which requirements are written.
func Kinds() []registry.OutletKind {
	return []registry.OutletKind{registry.Print, registry.Online, registry.Radio, registry.TV, registry.Outdoor, Influencer}
}

// Row is what every row has. It stays as it is; one that was entered wrongly is void.
type Row struct {
	ID         uuid.UUID     `json:"id" db:"id"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Common is the row itself.
func (r Row) Common() Row { return r }

// Holds reports whether the row counts.
func (r Row) Holds() bool { return r.VoidedAt == nil }

// Criterion is what the program looks at by itself to see whether a requirement is met.
type Criterion string

// The criteria.
const (
	NoCriterion         Criterion = "none" // a person says so
	PressAdministrative Criterion = "press_administrative"
	PressFactual        Criterion = "press_factual"
	Competence          Criterion = "competence" // a journalist with a valid UKW
	HasNPWP             Criterion = "npwp"
	HasAccount          Criterion = "bank_account"
	HasNIB              Criterion = "nib"
	HasDomain           Criterion = "domain"
	ActiveTwoYears      Criterion = "active_2_years" // by the oldest deed, decree or NIB in the vendor's file
)

// Criteria lists them.
func Criteria() []Criterion {
	return []Criterion{NoCriterion, PressAdministrative, PressFactual, Competence, HasNPWP, HasAccount, HasNIB, HasDomain, ActiveTwoYears}
}

// RequirementForm is what a year asks of a kind of outlet.
type RequirementForm struct {
	FiscalYear int                 `json:"fiscal_year" db:"fiscal_year"`
	OutletKind registry.OutletKind `json:"outlet_kind" db:"outlet_kind" enum:"print,online,radio,tv,outdoor,influencer"`
	Code       string              `json:"code" db:"code" example:"dewan_pers"`
	Name       string              `json:"name" db:"name"`
	Mandatory  bool                `json:"mandatory" db:"mandatory" required:"false"`
	Points     int64               `json:"points" db:"points" required:"false" minimum:"0" maximum:"1000"`
	Expires    bool                `json:"expires" db:"expires" required:"false" doc:"whether results have a last day"`
	Criterion  Criterion           `json:"criterion" db:"criterion" required:"false" enum:"none,press_administrative,press_factual,competence,npwp,bank_account,nib,domain,active_2_years" default:"none"`
	Basis      string              `json:"basis" db:"basis" required:"false" doc:"the regulation that says so"`
}

// Requirement is one line of the checklist of a year.
type Requirement struct {
	Row
	RequirementForm
}

// GradeForm says how many points a grade needs, from a day of its year on. A kind has grades of its own when there is one
// for it; the others share those without a kind.
type GradeForm struct {
	FiscalYear int                 `json:"fiscal_year" db:"fiscal_year"`
	OutletKind registry.OutletKind `json:"outlet_kind" db:"outlet_kind" required:"false" enum:",print,online,radio,tv,outdoor,influencer" doc:"empty: every kind without grades of its own"`
	Grade      string              `json:"grade" db:"grade" example:"A"`
	MinPoints  int64               `json:"min_points" db:"min_points" minimum:"0"`
	ValidFrom  period.Date         `json:"valid_from" db:"valid_from" required:"false" doc:"a day of the year; its first when it does not say"`
	Basis      string              `json:"basis" db:"basis"`
}

// Grade is a bound in force or past.
type Grade struct {
	Row
	GradeForm
}

// Bounds of what people write.
const (
	codeMax      = 60
	nameMax      = 300
	basisMax     = 500
	noteMax      = 2000
	gradeMax     = 20
	pointsMax    = 1000
	minPointsMax = 100_000
)

// unsaidBasis stands where a requirement comes without its regulation: a client that knows only what the contract asks for.
const unsaidBasis = "–"

func trim(texts ...*string) {
	for _, s := range texts {
		*s = strings.TrimSpace(*s)
	}
}

// Trimmed is the form without blanks around its texts.
func (f RequirementForm) Trimmed() RequirementForm {
	trim(&f.Code, &f.Name, &f.Basis)
	if f.Criterion == "" {
		f.Criterion = NoCriterion
	}
	if f.Basis == "" {
		f.Basis = unsaidBasis
	}
	return f
}

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)

// Check says everything that is wrong with the form, by field.
func (f RequirementForm) Check() error {
	var wrong fault.Fields
	fiscalYear(&wrong, f.FiscalYear)
	fault.Choice(&wrong, "/outlet_kind", f.OutletKind, Kinds()...)
	wrong.Text("/code", f.Code, true, codeMax)
	if f.Code != "" && !codeForm.MatchString(f.Code) {
		wrong.Add("/code", "bad_requirement_code")
	}
	wrong.Text("/name", f.Name, true, nameMax)
	wrong.Within("/points", f.Points, 0, pointsMax)
	fault.Choice(&wrong, "/criterion", f.Criterion, Criteria()...)
	if social := f.OutletKind == Influencer; social && (f.Criterion == PressAdministrative || f.Criterion == PressFactual || f.Criterion == Competence || f.Criterion == HasDomain) {
		wrong.Add("/criterion", "not_of_kind")
	}
	wrong.Text("/basis", f.Basis, true, basisMax)
	return wrong.Err()
}

func fiscalYear(wrong *fault.Fields, year int) {
	const first, last = 2000, 2200
	wrong.Within("/fiscal_year", int64(year), first, last)
}

// Trimmed is the form without blanks around its texts; without a day it begins with its year.
func (f GradeForm) Trimmed() GradeForm {
	trim(&f.Grade, &f.Basis)
	if f.ValidFrom.IsZero() {
		f.ValidFrom, _ = period.NewDate(f.FiscalYear, time.January, 1)
	}
	return f
}

// Check says everything that is wrong with the form, by field.
func (f GradeForm) Check() error {
	var wrong fault.Fields
	fiscalYear(&wrong, f.FiscalYear)
	if f.OutletKind != "" {
		fault.Choice(&wrong, "/outlet_kind", f.OutletKind, Kinds()...)
	}
	wrong.Text("/grade", f.Grade, true, gradeMax)
	wrong.Within("/min_points", f.MinPoints, 0, minPointsMax)
	if len(wrong) == 0 && f.ValidFrom.Year() != f.FiscalYear {
		wrong.Add("/valid_from", "outside_year")
	}
	wrong.Text("/basis", f.Basis, true, basisMax)
	return wrong.Err()
}
