// Package owner says who stands behind outlets and vendors: groups with the same ultimate owner, who belongs to them and
// since when, and how an agency's money gathers with vendors and groups. What a vendor or an outlet is lies in registry.
package owner

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// Bounds of texts, in characters.
const (
	nameMax   = 200
	remarkMax = 2000
)

// Form is what staff write about a group.
type Form struct {
	Name   string      `json:"name" db:"name"`
	Owners string      `json:"owners,omitempty" db:"owners" doc:"the ultimate owners, as they were disclosed"`
	Source string      `json:"source,omitempty" db:"source" doc:"where that is written"`
	Note   string      `json:"note,omitempty" db:"note"`
	File   string      `json:"file,omitempty" db:"file_sha256" doc:"SHA-256 of the paper"`
	Since  period.Date `json:"since,omitzero" db:"since"`
	Until  period.Date `json:"until,omitzero" db:"until"`
}

// Group is a business group: outlets and vendors behind which the same owner stands.
type Group struct {
	ID uuid.UUID `json:"id" db:"id"`
	Form
	Members   int64     `json:"members" db:"members" doc:"who belongs to it today"`
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
	Version   int64     `json:"version" db:"version"`
}

// MemberForm is what staff write about a membership: an outlet or a vendor, since when, and the evidence.
type MemberForm struct {
	OutletID uuid.NullUUID `json:"outlet_id,omitempty" db:"outlet_id"`
	VendorID uuid.NullUUID `json:"vendor_id,omitempty" db:"vendor_id"`
	Since    period.Date   `json:"since" db:"since"`
	Until    period.Date   `json:"until,omitzero" db:"until" doc:"last day; empty while it lasts"`
	Source   string        `json:"source,omitempty" db:"source" doc:"where the ownership is written"`
	File     string        `json:"file,omitempty" db:"file_sha256" doc:"SHA-256 of the paper"`
}

// Member is an outlet or vendor of a group.
type Member struct {
	ID      uuid.UUID `json:"id" db:"id"`
	GroupID uuid.UUID `json:"group_id" db:"owner_group_id"`
	MemberForm
	GroupName  string        `json:"group_name" db:"group_name"`
	Name       string        `json:"name" db:"name" doc:"of the outlet or the vendor"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// End ends a membership on a day, or voids one that was entered wrongly.
type End struct {
	Until  period.Date `json:"until,omitzero" doc:"last day of the membership"`
	Reason string      `json:"reason,omitempty" doc:"instead: why the membership was never true"`
}

// Trimmed is the form without blanks around its texts.
func (f Form) Trimmed() Form {
	for _, s := range []*string{&f.Name, &f.Owners, &f.Source, &f.Note, &f.File} {
		*s = strings.TrimSpace(*s)
	}
	f.File = strings.ToLower(f.File)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f Form) Check() error {
	var wrong fault.Fields
	wrong.Text("/name", f.Name, true, nameMax)
	wrong.Text("/owners", f.Owners, false, remarkMax)
	wrong.Text("/source", f.Source, false, remarkMax)
	wrong.Text("/note", f.Note, false, remarkMax)
	span(&wrong, f.Since, f.Until)
	hash(&wrong, f.File)
	return wrong.Err()
}

// Trimmed is the form without blanks around its texts.
func (f MemberForm) Trimmed() MemberForm {
	f.Source, f.File = strings.TrimSpace(f.Source), strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form, by field.
func (f MemberForm) Check() error {
	var wrong fault.Fields
	if f.OutletID.Valid == f.VendorID.Valid {
		wrong.Add("/outlet_id", "outlet_or_vendor")
	}
	if f.Since.IsZero() {
		wrong.Add("/since", "required")
	}
	span(&wrong, f.Since, f.Until)
	wrong.Text("/source", f.Source, false, remarkMax)
	hash(&wrong, f.File)
	return wrong.Err()
}

func span(wrong *fault.Fields, since, until period.Date) {
	if !until.IsZero() && until.Before(since) {
		wrong.AddWith("/until", "before", fault.Args{"field": "since", "date": since})
	}
}

func hash(wrong *fault.Fields, sha256 string) {
	if sha256 != "" && !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(sha256) {
		wrong.Add("/file", "bad_sha256")
	}
}

// Ended is the membership after it was ended or voided. Faults: wrong_state, Invalid by field.
func (m Member) Ended(e End, who uuid.UUID, at time.Time) (Member, error) {
	var wrong fault.Fields
	e.Reason = strings.TrimSpace(e.Reason)
	switch {
	case m.VoidedAt != nil:
		return m, fault.WrongState("voided", "end")
	case e.Until.IsZero() == (e.Reason == ""):
		wrong.Add("/until", "until_or_reason")
	case e.Until.IsZero():
		wrong.Text("/reason", e.Reason, true, remarkMax)
		m.VoidedAt, m.VoidedBy, m.VoidReason = &at, uuid.NullUUID{UUID: who, Valid: true}, e.Reason
	default:
		span(&wrong, m.Since, e.Until)
		m.Until = e.Until
	}
	return m, wrong.Err()
}
