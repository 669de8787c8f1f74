// Package portal is what a vendor sees and sends through a link that the office gave him: the links themselves, his own
// placements, papers and payments, what he sends, and how the office takes it in. What a proof or an invoice must be lives in
// placement and payment; who works in the office lives in access.
package portal

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/rule"
)

// Bounds of a link.
const (
	DaysMax    = 90 // how long a link may hold, whatever the rule says
	purposeMax = 300
	emailMax   = 200
	reasonMax  = 2000
	visitHours = 4
)

// LinkStatus is whether a link still opens.
type LinkStatus string

// The states of a link.
const (
	Live    LinkStatus = "active"
	Expired LinkStatus = "expired"
	Revoked LinkStatus = "revoked"
)

// Link lets whoever holds its address see one vendor's affairs in one agency, or under one agreement of it, until it
// expires. The address is told once and kept nowhere.
type Link struct {
	ID              uuid.UUID     `json:"id" db:"id"`
	AgencyID        uuid.UUID     `json:"agency_id" db:"agency_id"`
	VendorID        uuid.UUID     `json:"vendor_id" db:"vendor_id"`
	VendorName      string        `json:"vendor_name" db:"vendor_name"`
	AgreementID     uuid.NullUUID `json:"agreement_id" db:"agreement_id" doc:"none: every agreement of the vendor in the agency"`
	AgreementNumber string        `json:"agreement_number" db:"agreement_number"`
	Purpose         string        `json:"purpose" db:"purpose"`
	Email           string        `json:"email" db:"email" doc:"to whom the office sends the address; the program sends nothing"`
	ExpiresAt       time.Time     `json:"expires_at" db:"expires_at"`
	Status          LinkStatus    `json:"status" db:"status" enum:"active,expired,revoked"`
	Uses            int64         `json:"uses" db:"uses" doc:"how often it was opened"`
	LastUsedAt      *time.Time    `json:"last_used_at" db:"last_used_at"`
	LastSource      string        `json:"last_source" db:"last_source" doc:"network address from which it was opened last"`
	Sent            int64         `json:"sent" db:"sent" doc:"how much was sent through it"`
	RevokedAt       *time.Time    `json:"revoked_at" db:"revoked_at"`
	RevokedBy       uuid.NullUUID `json:"revoked_by" db:"revoked_by"`
	RevokeReason    string        `json:"revoke_reason" db:"revoke_reason"`
	CreatedAt       time.Time     `json:"created_at" db:"created_at"`
	CreatedBy       uuid.UUID     `json:"created_by" db:"created_by"`
	Version         int64         `json:"version" db:"version"`
}

// Issued is a link with its address, which is told this once.
type Issued struct {
	Link
	URL string `json:"url,omitempty" doc:"shown once; not there when the answer is repeated for the same Idempotency-Key"`
}

// Kept is what may be remembered of the answer: everything but the address.
func (i Issued) Kept() any {
	i.URL = ""
	return i
}

// LinkForm is a link as staff ask for it.
type LinkForm struct {
	VendorID    uuid.UUID     `json:"vendor_id"`
	AgreementID uuid.NullUUID `json:"agreement_id,omitempty" doc:"none: every agreement of the vendor in the agency"`
	Purpose     string        `json:"purpose"`
	Email       string        `json:"email,omitempty"`
	Days        int64         `json:"days,omitempty" doc:"how long it holds, 1 to 90; 0: as the rule vendor_link_days says"`
}

func (f LinkForm) trimmed() LinkForm {
	f.Purpose, f.Email = strings.TrimSpace(f.Purpose), strings.TrimSpace(f.Email)
	return f
}

// Check says by field what is wrong with the form by itself.
func (f LinkForm) Check() error {
	var wrong fault.Fields
	f = f.trimmed()
	if f.VendorID == uuid.Nil {
		wrong.Add("/vendor_id", "required")
	}
	wrong.Text("/purpose", f.Purpose, true, purposeMax)
	wrong.Text("/email", f.Email, false, emailMax)
	if f.Days != 0 {
		wrong.Within("/days", f.Days, 1, DaysMax)
	}
	return wrong.Err()
}

// days is how long the link holds: as asked, else as the rule says, never longer than is allowed.
func (f LinkForm) days(s rule.Setting) time.Duration {
	n := f.Days
	if n == 0 {
		n = s.Figure
	}
	return time.Duration(min(max(n, 1), DaysMax)) * 24 * time.Hour
}

// live reports whether the link opens at that time.
func (l Link) live(now time.Time) bool { return l.RevokedAt == nil && l.ExpiresAt.After(now) }

// Revoke takes the link back for a reason. Faults: wrong_state when it was before, Invalid by field.
func (l Link) Revoke(by uuid.UUID, at time.Time, reason string) (Link, error) {
	var wrong fault.Fields
	reason = strings.TrimSpace(reason)
	wrong.Text("/reason", reason, true, reasonMax)
	if err := wrong.Err(); err != nil {
		return l, err
	}
	if l.RevokedAt != nil {
		return l, fault.WrongState(string(Revoked), "revoke")
	}
	l.RevokedAt, l.RevokedBy, l.RevokeReason, l.Status = &at, uuid.NullUUID{UUID: by, Valid: true}, reason, Revoked
	return l, nil
}
