package agreement

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// ConfirmationOrigin is who handed a confirmation in.
type ConfirmationOrigin string

// The origins.
const (
	FromRecipient ConfirmationOrigin = "recipient" // by himself
	FromAgency    ConfirmationOrigin = "agency"    // through the agency
	FromStaff     ConfirmationOrigin = "staff"     // fetched by the office
)

// ConfirmationForm is a final recipient's own word on what he is paid, as staff enter it; the file was sent before and
// is named by its SHA-256.
type ConfirmationForm struct {
	Amount money.Amount       `json:"amount" db:"amount" doc:"what he confirms to receive, tax included, in the smallest unit"`
	Date   period.Date        `json:"date" db:"date"`
	File   string             `json:"file" db:"file_sha256" doc:"SHA-256 of the signed paper"`
	Origin ConfirmationOrigin `json:"origin" db:"origin" enum:"recipient,agency,staff" doc:"who handed it in"`
	Remark string             `json:"remark,omitempty" db:"remark"`
}

// Confirmation is such a paper in the file of an agreement. It stays as it is; the latest counts.
type Confirmation struct {
	ID          uuid.UUID `json:"id" db:"id"`
	AgreementID uuid.UUID `json:"agreement_id" db:"agreement_id"`
	RecipientID uuid.UUID `json:"recipient_id" db:"recipient_id"`
	ConfirmationForm
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
	Author    string    `json:"author" db:"author" doc:"e-mail address of who entered it"`
}

// Trimmed is the form without blanks around its texts.
func (f ConfirmationForm) Trimmed() ConfirmationForm {
	f.File, f.Remark = strings.ToLower(strings.TrimSpace(f.File)), strings.TrimSpace(f.Remark)
	return f
}

// Check says everything that is wrong with the form on the day, by field.
func (f ConfirmationForm) Check(today period.Date) error {
	var wrong fault.Fields
	wrong.Within("/amount", int64(f.Amount), 0, fault.AmountMax)
	if f.Date.IsZero() {
		wrong.Add("/date", "required")
	} else if f.Date.After(today) {
		wrong.Add("/date", "in_future")
	}
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(f.File) {
		wrong.Add("/file", "required")
	}
	fault.Choice(&wrong, "/origin", f.Origin, FromRecipient, FromAgency, FromStaff)
	wrong.Text("/remark", f.Remark, false, reasonMax)
	return wrong.Err()
}

// Recipient finds a recipient of the agreement. Fault: NotFound.
func (a Agreement) Recipient(id uuid.UUID) (Recipient, error) {
	for _, r := range a.LookThrough.Recipients {
		if r.ID == id {
			return r, nil
		}
	}
	return Recipient{}, fault.Missing()
}
