package completeness

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/paper"
	"tayang/app/period"
)

// PaperForm is what is written about a paper of a payment's file.
type PaperForm struct {
	Code   paper.Code  `json:"code" db:"code" doc:"of the checklist, or other"`
	Name   string      `json:"name" db:"name" doc:"what it is, when the code is other"`
	Number string      `json:"number" db:"number"`
	Date   period.Date `json:"date" db:"date"`
	Origin string      `json:"origin" db:"origin" enum:"vendor,staff" doc:"whose paper it is"`
}

// Paper is a paper in the file of a payment. It stays as it is; a wrong one is voided, and a newer one stands beside it.
type Paper struct {
	ID        uuid.UUID `json:"id" db:"id"`
	AgencyID  uuid.UUID `json:"agency_id" db:"agency_id"`
	PaymentID uuid.UUID `json:"payment_id" db:"payment_id"`
	PaperForm
	File       string        `json:"file" db:"file_sha256" doc:"SHA-256"`
	Filename   string        `json:"filename" db:"filename" doc:"as it was sent"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	Author     string        `json:"author" db:"author" doc:"who put it into the file, by e-mail address"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"taken out of the file"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Bounds of texts, in characters.
const (
	nameMax   = 300
	numberMax = 100
)

// Trimmed is the form without blanks around its texts; a paper of nobody in particular is the vendor's only when it says so.
func (f PaperForm) Trimmed() PaperForm {
	f.Code = paper.Code(strings.TrimSpace(string(f.Code)))
	f.Name, f.Number, f.Origin = strings.TrimSpace(f.Name), strings.TrimSpace(f.Number), strings.TrimSpace(f.Origin)
	if f.Origin == "" {
		f.Origin = "staff"
	}
	return f
}

// Check says everything that is wrong with the form, by field. known are the government's rows of the checklist. What the
// program holds itself cannot be uploaded beside it.
func (f PaperForm) Check(known paper.Set) error {
	var wrong fault.Fields
	if ways()[f.Code].known {
		wrong.Add("/code", "paper_of_record")
	} else {
		fault.Choice(&wrong, "/code", f.Code, known.Codes()...)
	}
	wrong.Text("/name", f.Name, f.Code == paper.Other, nameMax)
	wrong.Text("/number", f.Number, false, numberMax)
	fault.Choice(&wrong, "/origin", f.Origin, "vendor", "staff")
	return wrong.Err()
}
