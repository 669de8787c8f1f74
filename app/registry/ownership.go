package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// OwnershipMethod is how somebody showed that a social account is his (domain.md §7).
type OwnershipMethod string

// The methods.
const (
	BioCode         OwnershipMethod = "bio_code"         // a code of the office's stood in the profile
	DirectMessage   OwnershipMethod = "direct_message"   // a message out of the account
	ScreenRecording OwnershipMethod = "screen_recording" // of the signed-in account and its figures
	SignedStatement OwnershipMethod = "statement"        // a signed paper
	OtherMethod     OwnershipMethod = "other"            // told in the note
)

// OwnershipStatus is where a proof of ownership stands.
type OwnershipStatus string

// The states: a proof counts once another person has seen it.
const (
	OwnershipSubmitted OwnershipStatus = "submitted"
	OwnershipVerified  OwnershipStatus = "verified"
	OwnershipRejected  OwnershipStatus = "rejected"
)

// OwnershipForm is what staff write about a proof that an account is its vendor's; the file was sent before and is named
// by its SHA-256.
type OwnershipForm struct {
	ProvenBy OwnershipMethod `json:"proven_by" db:"proven_by" enum:"bio_code,direct_message,screen_recording,statement,other"`
	ProvenOn period.Date     `json:"proven_on" db:"proven_on"`
	Note     string          `json:"note" db:"note" required:"false" doc:"needed when it is other"`
	File     string          `json:"file" db:"file_sha256" doc:"SHA-256 of the picture, recording or paper"`
}

// Ownership is a proof that an account is the vendor's to whom it belonged then, under the handle that it had then. It
// stays as it is; a newer one stands beside it.
type Ownership struct {
	ID              uuid.UUID `json:"id" db:"id"`
	SocialAccountID uuid.UUID `json:"social_account_id" db:"social_account_id"`
	VendorID        uuid.UUID `json:"vendor_id" db:"vendor_id"`
	Handle          string    `json:"handle" db:"handle" doc:"at that time"`
	OwnershipForm
	Status    OwnershipStatus `json:"status" db:"status" enum:"submitted,verified,rejected"`
	Remark    string          `json:"remark" db:"remark" doc:"of who decided"`
	CreatedAt time.Time       `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID       `json:"created_by" db:"created_by"`
	Author    string          `json:"author" db:"author" doc:"e-mail address of who entered it"`
	DecidedAt *time.Time      `json:"decided_at" db:"decided_at"`
	DecidedBy uuid.NullUUID   `json:"decided_by" db:"decided_by"`
	Decider   string          `json:"decider" db:"decider" doc:"e-mail address of who decided"`
	Version   int64           `json:"version" db:"version"`
}

// Trimmed is the form without blanks around its texts.
func (f OwnershipForm) Trimmed() OwnershipForm {
	f.Note, f.File = strings.TrimSpace(f.Note), strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form at the moment now, by field.
func (f OwnershipForm) Check(now time.Time) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/proven_by", f.ProvenBy, BioCode, DirectMessage, ScreenRecording, SignedStatement, OtherMethod)
	pastDate(&wrong, "/proven_on", f.ProvenOn, now)
	wrong.Text("/note", f.Note, f.ProvenBy == OtherMethod, remarkMax)
	fileHash(&wrong, "/file", f.File, true)
	return wrong.Err()
}

// OwnershipVerdict decides on a proof; Reason is needed to reject it.
type OwnershipVerdict struct {
	Expected *int64
	Status   OwnershipStatus // verified or rejected
	Reason   string
}

// check says what is wrong with the verdict.
func (v OwnershipVerdict) check() error {
	var wrong fault.Fields
	wrong.Text("/reason", v.Reason, v.Status == OwnershipRejected, remarkMax)
	return wrong.Err()
}

// decided is the proof after a verdict. Faults: stale, wrong_state unless it waits, segregation_of_duties for who entered
// it.
func (o Ownership) decided(actor access.Actor, v OwnershipVerdict) (Ownership, error) {
	if err := fault.Expect(v.Expected, o.Version); err != nil {
		return o, err
	}
	if o.Status != OwnershipSubmitted {
		verb := "verify"
		if v.Status == OwnershipRejected {
			verb = "reject"
		}
		return o, fault.WrongState(string(o.Status), verb)
	}
	if err := actor.Apart(access.AccountVerify, o.CreatedBy); err != nil {
		return o, err
	}
	o.Status, o.Remark, o.DecidedBy = v.Status, v.Reason, uuid.NullUUID{UUID: actor.User, Valid: true}
	return o, nil
}
