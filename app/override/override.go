// Package override is departures from a rule: each is asked for by one person with a reason, decided by another, may
// expire, and keeps the documents that passed under it with their money. What a departure changes in an agreement, an
// invoice or the ledger's periods is done where those live; the ceiling of a budget line has no departure.
package override

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
)

// Kind says which rule is departed from.
type Kind string

// The kinds.
const (
	CheckMode        Kind = "check_mode"        // a check warns instead of stopping
	Tolerance        Kind = "tolerance"         // an invoice may be higher by an amount
	PeriodReopen     Kind = "period_reopen"     // a closed month takes entries again
	BackDate         Kind = "back_date"         // one document may be dated in a closed month
	RoleChange       Kind = "role_change"       // a role is given or taken back
	Acting           Kind = "acting"            // somebody holds another's role for a time (Plt, Plh)
	WithoutAgreement Kind = "without_agreement" // money was spent without an agreement
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{CheckMode, Tolerance, PeriodReopen, BackDate, RoleChange, Acting, WithoutAgreement}
}

// Known reports whether there is such a kind.
func (k Kind) Known() bool {
	for _, known := range Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

// RoleKinds are those that concern people; they are an administrator's to ask for.
func RoleKinds() []Kind { return []Kind{RoleChange, Acting} }

// aboutRoles reports whether the kind is about roles, not about money.
func (k Kind) aboutRoles() bool { return k == RoleChange || k == Acting }

// AskRight is what asking for the kind needs.
func (k Kind) AskRight() access.Verb {
	if k.aboutRoles() {
		return access.RoleAsk
	}
	return access.OverrideAsk
}

// DecideRight is what approving, refusing and revoking the kind needs.
func (k Kind) DecideRight() access.Verb {
	if k.aboutRoles() {
		return access.RoleDecide
	}
	return access.OverrideDecide
}

// Visible gives nil to who may read overrides of the kind in the agency: those about money are for those who may read
// the agency's affairs.
func (k Kind) Visible(actor access.Actor, agency uuid.UUID) error {
	if k.aboutRoles() {
		return actor.Can(access.OverrideRead, agency)
	}
	return actor.Can(access.Read, agency)
}

// atOnce reports whether the kind takes effect when it is approved, once and for ever: nothing of it can expire.
func (k Kind) atOnce() bool { return k == RoleChange || k == WithoutAgreement }

// Status is the state of an override.
type Status string

// The states.
const (
	Requested Status = "requested"
	Approved  Status = "approved"
	Refused   Status = "refused"
	Withdrawn Status = "withdrawn"
	Revoked   Status = "revoked"
)

// Override is a departure from a rule. Passed is the money of the documents that went through under it, tax included, in
// the smallest unit of the agency's currency.
type Override struct {
	ID         uuid.UUID     `json:"id" db:"id"`
	AgencyID   uuid.NullUUID `json:"agency_id" db:"agency_id" doc:"null: a role in all of the government"`
	Kind       Kind          `json:"kind" db:"kind" enum:"check_mode,tolerance,period_reopen,back_date,role_change,acting,without_agreement"`
	Subject    Subject       `json:"subject" db:"subject"`
	Reason     string        `json:"reason" db:"reason"`
	Status     Status        `json:"status" db:"status" enum:"requested,approved,refused,withdrawn,revoked"`
	ValidUntil period.Date   `json:"valid_until" db:"valid_until" doc:"last day; null when it does not expire"`
	Expired    bool          `json:"expired" db:"-" doc:"valid_until has passed"`
	Remark     string        `json:"remark" db:"remark" doc:"of the decision, or why it was revoked"`
	Count      int64         `json:"use_count" db:"uses" doc:"number of documents that passed under it"`
	Passed     money.Amount  `json:"passed" db:"passed" doc:"their money, tax included"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	AskedBy    string        `json:"asked_by" db:"asked_by" doc:"e-mail address"`
	DecidedAt  *time.Time    `json:"decided_at" db:"decided_at"`
	DecidedBy  uuid.NullUUID `json:"decided_by" db:"decided_by"`
	Decider    string        `json:"decider" db:"decider" doc:"e-mail address"`
	RevokedAt  *time.Time    `json:"revoked_at" db:"revoked_at"`
	RevokedBy  uuid.NullUUID `json:"revoked_by" db:"revoked_by"`
	Revoker    string        `json:"revoker" db:"revoker" doc:"e-mail address"`
	Version    int64         `json:"version" db:"version"`
	Uses       []Use         `json:"uses,omitzero" db:"-" doc:"on a single override only: the first 500 documents that passed under it"`
}

// Document names the override for a deed's record.
func (o Override) Document() access.Document {
	return access.Document{Agency: o.AgencyID.UUID, Type: "override", ID: o.ID, Number: string(o.Kind), Amount: o.Subject.Amount}
}

// At is the override as it stands on that day.
func (o Override) At(today period.Date) Override {
	o.Expired = !o.ValidUntil.IsZero() && o.ValidUntil.Before(today)
	return o
}

// InForce reports whether it holds on that day.
func (o Override) InForce(today period.Date) bool {
	return o.Status == Approved && !o.At(today).Expired
}

// Use is a document that passed under an override.
type Use struct {
	ID             uuid.UUID    `json:"id" db:"id"`
	OverrideID     uuid.UUID    `json:"override_id" db:"override_id"`
	Kind           Kind         `json:"kind" db:"kind" doc:"of the override"`
	DocumentType   string       `json:"document_type" db:"document_type"`
	DocumentID     uuid.UUID    `json:"document_id" db:"document_id"`
	DocumentNumber string       `json:"document_number" db:"document_number"`
	Amount         money.Amount `json:"amount" db:"amount" doc:"tax included"`
	UsedAt         time.Time    `json:"used_at" db:"used_at"`
	UsedBy         uuid.UUID    `json:"used_by" db:"used_by"`
	User           string       `json:"user" db:"user_email" doc:"e-mail address"`
	For            string       `json:"acting_for" db:"acting_for" doc:"e-mail address of the person for whom it was done"`
}
