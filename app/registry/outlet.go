package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// OutletKind is what sort of medium an outlet is.
type OutletKind string

// The kinds.
const (
	Print   OutletKind = "print"
	Online  OutletKind = "online"
	Radio   OutletKind = "radio"
	TV      OutletKind = "tv"
	Outdoor OutletKind = "outdoor"
)

// PressStatus is an outlet's standing with the Press Council (Dewan Pers).
type PressStatus string

// The standings.
const (
	Unlisted       PressStatus = "unlisted"
	InProcess      PressStatus = "in_process"
	Administrative PressStatus = "administrative" // verified on paper
	Factual        PressStatus = "factual"        // verified on the spot
	Revoked        PressStatus = "revoked"
)

// Certificate is the Press Council's certificate of an outlet.
type Certificate struct {
	Number     string      `json:"number" db:"number" required:"false"`
	Date       period.Date `json:"date" db:"date" required:"false"`
	ValidUntil period.Date `json:"valid_until" db:"valid_until" required:"false"`
}

// OutletForm is what staff write about an outlet.
type OutletForm struct {
	VendorID         uuid.UUID   `json:"vendor_id" db:"vendor_id"`
	Kind             OutletKind  `json:"kind" db:"kind" enum:"print,online,radio,tv,outdoor"`
	Name             string      `json:"name" db:"name"`
	Domain           string      `json:"domain" db:"domain" required:"false" doc:"host name of its site" example:"kabarcontoh.id"`
	PressStatus      PressStatus `json:"press_status" db:"press_status" required:"false" enum:"unlisted,in_process,administrative,factual,revoked" default:"unlisted"`
	PressCertificate Certificate `json:"press_certificate" db:"press_certificate" required:"false"`
}

// Outlet is a medium that a vendor owns or represents.
type Outlet struct {
	ID uuid.UUID `json:"id" db:"id"`
	OutletForm
	VendorName string    `json:"vendor_name" db:"vendor_name"`
	CreatedAt  time.Time `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID `json:"created_by" db:"created_by"`
	Version    int64     `json:"version" db:"version"`
}

// Trimmed is the form without blanks around its texts, its host name in small letters, unlisted when it does not say.
func (f OutletForm) Trimmed() OutletForm {
	f.Name, f.PressCertificate.Number = strings.TrimSpace(f.Name), strings.TrimSpace(f.PressCertificate.Number)
	f.Domain = strings.ToLower(strings.TrimSpace(f.Domain))
	if f.PressStatus == "" {
		f.PressStatus = Unlisted
	}
	return f
}

// Check says everything that is wrong with the form, by field.
func (f OutletForm) Check() error {
	var wrong fault.Fields
	if f.VendorID == uuid.Nil {
		wrong.Add("/vendor_id", "required")
	}
	fault.Choice(&wrong, "/kind", f.Kind, Print, Online, Radio, TV, Outdoor)
	wrong.Text("/name", f.Name, true, nameMax)
	host(&wrong, "/domain", f.Domain)
	fault.Choice(&wrong, "/press_status", f.PressStatus, Unlisted, InProcess, Administrative, Factual, Revoked)
	f.PressCertificate.check(&wrong, "/press_certificate")
	return wrong.Err()
}

func (c Certificate) check(wrong *fault.Fields, at string) {
	if c == (Certificate{}) {
		return
	}
	wrong.Text(at+"/number", c.Number, true, nameMax)
	paperDate(wrong, at+"/date", c.Date, false)
	paperDate(wrong, at+"/valid_until", c.ValidUntil, false)
	if !c.ValidUntil.IsZero() && c.ValidUntil.Before(c.Date) {
		wrong.Add(at+"/valid_until", "before_date")
	}
}
