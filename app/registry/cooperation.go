package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// CooperationForm is a decree that names the media with which an agency, or the whole government, works in a fiscal year.
type CooperationForm struct {
	FiscalYear int           `json:"fiscal_year" db:"fiscal_year"`
	Number     string        `json:"number" db:"number" doc:"of the decree"`
	Date       period.Date   `json:"date" db:"date"`
	Basis      string        `json:"basis" db:"basis" doc:"the regulation that the decree rests on"`
	AgencyID   uuid.NullUUID `json:"agency_id" db:"agency_id" required:"false" doc:"none: all agencies"`
}

// CooperationList is the list that a decree makes. It stays as it is: a wrong one is voided; media come and go by entries.
type CooperationList struct {
	ID uuid.UUID `json:"id" db:"id"`
	CooperationForm
	AgencyCode string             `json:"agency_code" db:"agency_code"`
	Members    int64              `json:"members" db:"members" doc:"media on the list"`
	CreatedAt  time.Time          `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID          `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time         `json:"voided_at" db:"voided_at" doc:"a list that was entered wrongly"`
	VoidedBy   uuid.NullUUID      `json:"voided_by" db:"voided_by"`
	VoidReason string             `json:"void_reason" db:"void_reason"`
	Version    int64              `json:"version" db:"version"`
	Entries    []CooperationEntry `json:"entries,omitempty" db:"-" doc:"voided ones too, by name; on a single list only"`
}

// CooperationMember is what is put on a list: an outlet or a social account.
type CooperationMember struct {
	OutletID        uuid.NullUUID `json:"outlet_id" db:"outlet_id" required:"false"`
	SocialAccountID uuid.NullUUID `json:"social_account_id" db:"social_account_id" required:"false"`
}

// CooperationEntry is an outlet or a social account on a list, or one that was taken off it.
type CooperationEntry struct {
	ID     uuid.UUID `json:"id" db:"id"`
	ListID uuid.UUID `json:"cooperation_list_id" db:"cooperation_list_id"`
	CooperationMember
	Channel    string        `json:"channel" db:"channel" doc:"the outlet's name or platform and handle"`
	VendorID   uuid.UUID     `json:"vendor_id" db:"vendor_id"`
	VendorName string        `json:"vendor_name" db:"vendor_name"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"taken off the list"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Trimmed is the form without blanks around its texts.
func (f CooperationForm) Trimmed() CooperationForm {
	f.Number, f.Basis = strings.TrimSpace(f.Number), strings.TrimSpace(f.Basis)
	return f
}

// Years that a list may be of.
const (
	listYearMin = 2000
	listYearMax = 2100
)

// Check says everything that is wrong with the form, by field.
func (f CooperationForm) Check() error {
	var wrong fault.Fields
	wrong.Within("/fiscal_year", int64(f.FiscalYear), listYearMin, listYearMax)
	wrong.Text("/number", f.Number, true, nameMax)
	paperDate(&wrong, "/date", f.Date, true)
	wrong.Text("/basis", f.Basis, true, nameMax)
	return wrong.Err()
}

// Check says what is wrong with the member: it is one of the two.
func (m CooperationMember) Check() error {
	var wrong fault.Fields
	switch {
	case !m.OutletID.Valid && !m.SocialAccountID.Valid:
		wrong.Add("/outlet_id", "required")
	case m.OutletID.Valid && m.SocialAccountID.Valid:
		wrong.Add("/social_account_id", "one_channel")
	}
	return wrong.Err()
}
