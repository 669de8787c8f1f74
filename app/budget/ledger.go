package budget

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
)

// Account is one of the five accounts of a budget line.
type Account string

// The accounts. Money comes from Appropriation; the other four always sum to it.
const (
	Appropriation Account = "appropriation" // pagu
	Available     Account = "available"
	Reserved      Account = "reserved"  // set aside for a submitted agreement
	Committed     Account = "committed" // promised by an approved agreement
	Realised      Account = "realised"  // paid: an SP2D exists
)

// EntryKind is why money moved.
type EntryKind string

// The kinds of entries.
const (
	Appropriate EntryKind = "appropriate"
	Reserve     EntryKind = "reserve"
	Commit      EntryKind = "commit"
	Realise     EntryKind = "realise"
	Release     EntryKind = "release"
	Refund      EntryKind = "refund"
)

// Document is the paper behind an entry.
type Document struct {
	Type   string    `json:"type" db:"type" doc:"budget_version, agreement, payment, debt_recognition or spending"`
	ID     uuid.UUID `json:"id" db:"id"`
	Number string    `json:"number" db:"number"`
}

// Move asks for one entry: a positive amount, in the smallest unit of the agency's currency, tax included.
type Move struct {
	Line        uuid.UUID
	Kind        EntryKind
	From, To    Account
	Amount      money.Amount
	EffectiveOn period.Date
	Document    Document
	Reason      string
}

// Entry is a move that was recorded, once and for ever.
type Entry struct {
	Seq          int64        `json:"seq" db:"seq"`
	BudgetLineID uuid.UUID    `json:"budget_line_id" db:"budget_line_id"`
	Kind         EntryKind    `json:"kind" db:"kind" enum:"appropriate,reserve,commit,realise,release,refund"`
	From         Account      `json:"from" db:"from_account" enum:"appropriation,available,reserved,committed,realised"`
	To           Account      `json:"to" db:"to_account" enum:"appropriation,available,reserved,committed,realised"`
	Amount       money.Amount `json:"amount" db:"amount"`
	EffectiveOn  period.Date  `json:"effective_on" db:"effective_on"`
	RecordedAt   time.Time    `json:"recorded_at" db:"recorded_at"`
	Actor        string       `json:"actor" db:"actor" doc:"e-mail address"`
	ActorID      uuid.UUID    `json:"actor_id" db:"actor_id"`
	Document     Document     `json:"document" db:"document"`
	Reason       string       `json:"reason" db:"reason"`
}
