package vetting

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

// ResultForm is what was found about one requirement.
type ResultForm struct {
	RequirementID uuid.UUID   `json:"requirement_id" db:"requirement_id"`
	Met           bool        `json:"met" db:"met"`
	ValidFrom     period.Date `json:"valid_from" db:"valid_from"`
	ValidUntil    period.Date `json:"valid_until" db:"valid_until" required:"false" doc:"last day"`
	File          string      `json:"file" db:"file_sha256" required:"false" doc:"SHA-256 of the evidence"`
	Note          string      `json:"note" db:"note" required:"false"`
}

// Result is what was found about one requirement of an outlet, of a social account, or of a vendor with all of his. It
// counts once somebody else than who entered it has verified it; a newer one stands beside it.
type Result struct {
	Row
	VendorID        uuid.UUID     `json:"vendor_id" db:"vendor_id"`
	OutletID        uuid.NullUUID `json:"outlet_id" db:"outlet_id"`
	SocialAccountID uuid.NullUUID `json:"social_account_id" db:"social_account_id"`
	ResultForm
	RequirementCode string        `json:"requirement_code" db:"requirement_code"`
	RequirementName string        `json:"requirement_name" db:"requirement_name"`
	FiscalYear      int           `json:"fiscal_year" db:"fiscal_year"`
	EnteredBy       string        `json:"entered_by" db:"entered_by" doc:"e-mail address"`
	VerifiedAt      *time.Time    `json:"verified_at" db:"verified_at"`
	VerifiedBy      uuid.NullUUID `json:"verified_by" db:"verified_by"`
	Verifier        string        `json:"verifier" db:"verifier" doc:"e-mail address"`
}

// Verified gives the result as verified by the actor. Faults: wrong_state, segregation_of_duties.
func (r Result) Verified(actor access.Actor) (Result, error) {
	switch {
	case !r.Holds():
		return r, fault.WrongState("voided", "verify")
	case r.VerifiedAt != nil:
		return r, fault.WrongState("verified", "verify")
	}
	r.VerifiedBy = uuid.NullUUID{UUID: actor.User, Valid: true}
	return r, actor.Apart(access.VettingVerify, r.CreatedBy)
}

// Trimmed is the form without blanks around its texts.
func (f ResultForm) Trimmed() ResultForm {
	trim(&f.File, &f.Note)
	f.File = strings.ToLower(f.File)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f ResultForm) Check() error {
	var wrong fault.Fields
	if f.RequirementID == uuid.Nil {
		wrong.Add("/requirement_id", "required")
	}
	spell(&wrong, f.ValidFrom, f.ValidUntil)
	evidence(&wrong, f.File)
	wrong.Text("/note", f.Note, false, noteMax)
	return wrong.Err()
}

// fits refuses a result that its requirement cannot have; kind is empty for a whole vendor.
func (f ResultForm) fits(r Requirement, kind registry.OutletKind) error {
	var wrong fault.Fields
	switch {
	case !r.Holds():
		wrong.Add("/requirement_id", "voided")
	case kind != "" && r.OutletKind != kind:
		wrong.Add("/requirement_id", "other_kind")
	}
	if f.Met && r.Expires && f.ValidUntil.IsZero() {
		wrong.Add("/valid_until", "required")
	}
	return wrong.Err()
}

func spell(wrong *fault.Fields, from, until period.Date) {
	day(wrong, "/valid_from", from, true)
	day(wrong, "/valid_until", until, false)
	if !until.IsZero() && until.Before(from) {
		wrong.AddWith("/valid_until", "before", fault.Args{"field": "valid_from", "date": from})
	}
}

func day(wrong *fault.Fields, pointer string, d period.Date, required bool) {
	const first, last = 1945, 2200
	switch {
	case d.IsZero() && required:
		wrong.Add(pointer, "required")
	case !d.IsZero() && (d.Year() < first || d.Year() > last):
		wrong.AddWith(pointer, "date_out_of_range", fault.Args{"min": first, "max": last})
	}
}

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

func evidence(wrong *fault.Fields, file string) {
	if file != "" && !sha256Form.MatchString(file) {
		wrong.Add("/file", "bad_sha256")
	}
}

// Level is how far a journalist's competence reaches (UKW).
type Level string

// The levels, by the names that the Press Council gives them.
const (
	Muda  Level = "muda"
	Madya Level = "madya"
	Utama Level = "utama"
)

// JournalistForm is a journalist's certificate of competence, as staff write it.
type JournalistForm struct {
	Name       string      `json:"name" db:"name"`
	Number     string      `json:"number" db:"number"`
	Level      Level       `json:"level" db:"level" enum:"muda,madya,utama"`
	Date       period.Date `json:"date" db:"date" required:"false"`
	ValidUntil period.Date `json:"valid_until" db:"valid_until" required:"false" doc:"none: it does not end"`
	File       string      `json:"file" db:"file_sha256" required:"false"`
}

// Journalist is the certificate of a journalist of an outlet.
type Journalist struct {
	Row
	OutletID uuid.UUID `json:"outlet_id" db:"outlet_id"`
	JournalistForm
}

// On reports whether the certificate holds on the day.
func (j Journalist) On(day period.Date) bool {
	return j.Holds() && !j.Date.After(day) && (j.ValidUntil.IsZero() || !day.After(j.ValidUntil))
}

// Trimmed is the form without blanks around its texts.
func (f JournalistForm) Trimmed() JournalistForm {
	trim(&f.Name, &f.Number, &f.File)
	f.File = strings.ToLower(f.File)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f JournalistForm) Check() error {
	var wrong fault.Fields
	wrong.Text("/name", f.Name, true, nameMax)
	wrong.Text("/number", f.Number, true, nameMax)
	fault.Choice(&wrong, "/level", f.Level, Muda, Madya, Utama)
	day(&wrong, "/date", f.Date, false)
	day(&wrong, "/valid_until", f.ValidUntil, false)
	if !f.ValidUntil.IsZero() && f.ValidUntil.Before(f.Date) {
		wrong.AddWith("/valid_until", "before", fault.Args{"field": "date", "date": f.Date})
	}
	evidence(&wrong, f.File)
	return wrong.Err()
}

// BlacklistForm shuts a vendor out, as staff write it after a decree.
type BlacklistForm struct {
	VendorID     uuid.UUID   `json:"vendor_id" db:"vendor_id"`
	ValidFrom    period.Date `json:"valid_from" db:"valid_from"`
	ValidUntil   period.Date `json:"valid_until" db:"valid_until" required:"false" doc:"last day; none while it has no end"`
	Ground       string      `json:"ground" db:"ground"`
	DecreeNumber string      `json:"decree_number" db:"decree_number"`
	File         string      `json:"file" db:"file_sha256" required:"false" doc:"SHA-256 of the decree"`
}

// Blacklisting is a time in which nothing may be ordered from a vendor. Lifted on a day, he may be ordered from again from
// that day on.
type Blacklisting struct {
	Row
	BlacklistForm
	VendorName string        `json:"vendor_name" db:"vendor_name"`
	LiftedOn   period.Date   `json:"lifted_on" db:"lifted_on"`
	LiftedAt   *time.Time    `json:"lifted_at" db:"lifted_at"`
	LiftedBy   uuid.NullUUID `json:"lifted_by" db:"lifted_by"`
	LiftReason string        `json:"lift_reason" db:"lift_reason"`
}

// On reports whether nothing may be ordered on the day.
func (b Blacklisting) On(day period.Date) bool {
	return b.Holds() && !day.Before(b.ValidFrom) && (b.ValidUntil.IsZero() || !day.After(b.ValidUntil)) &&
		(b.LiftedOn.IsZero() || day.Before(b.LiftedOn))
}

// LiftCommand ends a blacklisting: Date is the first day on which the vendor may be ordered from again.
type LiftCommand struct {
	Expected *int64      `json:"-"`
	Date     period.Date `json:"date"`
	Reason   string      `json:"reason"`
}

// Lifted gives the blacklisting with its end. Faults: wrong_state, Invalid by field.
func (b Blacklisting) Lifted(actor access.Actor, cmd LiftCommand) (Blacklisting, error) {
	if !b.Holds() || !b.LiftedOn.IsZero() {
		return b, fault.WrongState("ended", "lift")
	}
	var wrong fault.Fields
	day(&wrong, "/date", cmd.Date, true)
	if !cmd.Date.IsZero() && cmd.Date.Before(b.ValidFrom) {
		wrong.AddWith("/date", "before", fault.Args{"field": "valid_from", "date": b.ValidFrom})
	}
	wrong.Text("/reason", cmd.Reason, true, noteMax)
	b.LiftedOn, b.LiftReason, b.LiftedBy = cmd.Date, cmd.Reason, uuid.NullUUID{UUID: actor.User, Valid: true}
	return b, wrong.Err()
}

// Trimmed is the form without blanks around its texts.
func (f BlacklistForm) Trimmed() BlacklistForm {
	trim(&f.Ground, &f.DecreeNumber, &f.File)
	f.File = strings.ToLower(f.File)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f BlacklistForm) Check() error {
	var wrong fault.Fields
	if f.VendorID == uuid.Nil {
		wrong.Add("/vendor_id", "required")
	}
	spell(&wrong, f.ValidFrom, f.ValidUntil)
	wrong.Text("/ground", f.Ground, true, noteMax)
	wrong.Text("/decree_number", f.DecreeNumber, true, nameMax)
	evidence(&wrong, f.File)
	return wrong.Err()
}
