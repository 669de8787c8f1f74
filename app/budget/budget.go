// Package budget is the ceiling: versions of a year's budget, their lines with five accounts each, and the entries
// that move money between them. What an agreement or a payment means lives with those.
package budget

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// VersionKind is the stage of a year's budget: DPA murni, pergeseran, perubahan.
type VersionKind string

// The kinds.
const (
	Original VersionKind = "original"
	Shift    VersionKind = "shift"
	Revision VersionKind = "revision"
)

// VersionStatus is the state of a version: a draft promises nothing, a locked one sets the ceilings.
type VersionStatus string

// The states.
const (
	Draft  VersionStatus = "draft"
	Locked VersionStatus = "locked"
)

// Version is a budget document (DPA) of one agency and fiscal year.
type Version struct {
	ID             uuid.UUID     `json:"id" db:"id"`
	AgencyID       uuid.UUID     `json:"agency_id" db:"agency_id"`
	FiscalYear     int           `json:"fiscal_year" db:"fiscal_year"`
	Kind           VersionKind   `json:"kind" db:"kind" enum:"original,shift,revision"`
	Number         string        `json:"number" db:"number"`
	Date           period.Date   `json:"date" db:"date"`
	ApprovalNumber string        `json:"approval_number" db:"approval_number" doc:"persetujuan PPKD"`
	ApprovalDate   period.Date   `json:"approval_date" db:"approval_date"`
	Status         VersionStatus `json:"status" db:"status" enum:"draft,locked"`
	Total          money.Amount  `json:"total" db:"total" doc:"sum of the lines' appropriations"`
	CreatedAt      time.Time     `json:"created_at" db:"created_at"`
	CreatedBy      uuid.UUID     `json:"created_by" db:"created_by"`
	RewrittenBy    uuid.NullUUID `json:"rewritten_by" db:"rewritten_by" doc:"who changed the draft last"`
	LockedAt       *time.Time    `json:"locked_at" db:"locked_at"`
	LockedBy       uuid.NullUUID `json:"locked_by" db:"locked_by"`
	Version        int64         `json:"version" db:"version"`
	Lines          []VersionLine `json:"lines,omitempty" db:"-" doc:"on a single version only"`
}

// Code is what identifies a budget line within a year: sub-activity, account and fund source.
type Code struct {
	SubActivityCode string `json:"sub_activity_code" db:"sub_activity_code"`
	AccountCode     string `json:"account_code" db:"account_code"`
	FundSource      string `json:"fund_source" db:"fund_source"`
}

// VersionLine is one line of a budget document, with the appropriation (pagu) that the document gives it.
type VersionLine struct {
	Code
	SubActivityName string       `json:"sub_activity_name" db:"sub_activity_name"`
	AccountName     string       `json:"account_name" db:"account_name"`
	Appropriation   money.Amount `json:"appropriation" db:"appropriation" minimum:"0"`
}

// Line is a budget line in force, with its five accounts. Appropriation = Available + Reserved + Committed +
// Realised, always; amounts are in the smallest unit of the agency's currency, tax included.
type Line struct {
	ID         uuid.UUID `json:"id" db:"id"`
	AgencyID   uuid.UUID `json:"agency_id" db:"agency_id"`
	FiscalYear int       `json:"fiscal_year" db:"fiscal_year"`
	Code
	SubActivityName string       `json:"sub_activity_name" db:"sub_activity_name"`
	AccountName     string       `json:"account_name" db:"account_name"`
	Appropriation   money.Amount `json:"appropriation" db:"appropriation"`
	Available       money.Amount `json:"available" db:"available"`
	Reserved        money.Amount `json:"reserved" db:"reserved"`
	Committed       money.Amount `json:"committed" db:"committed"`
	Realised        money.Amount `json:"realised" db:"realised"`
	Version         int64        `json:"version" db:"version"`
	Entries         []Entry      `json:"entries,omitempty" db:"-" doc:"on a single line only: its first 500, oldest first"`
}

// Promised is what a revision may not take away.
func (l Line) Promised() money.Amount { return l.Appropriation - l.Available }

// Lock makes the version the law of its year: it returns the lines that have to begin, and the moves that bring
// every line to its new ceiling. lines are all lines of the agency and year with the new ones already among them;
// a line that the version does not name goes to zero. Cuts below what is promised are refused line by line with
// budget_exceeded.
func (v Version) Lock(lines []Line) ([]Move, error) {
	if v.Status != Draft {
		return nil, fault.WrongState(string(v.Status), "lock")
	}
	target := make(map[Code]int, len(v.Lines))
	for i, l := range v.Lines {
		target[l.Code] = i
	}
	var moves []Move
	var short shortfalls
	for _, l := range lines {
		var ceiling money.Amount
		pointer := "/lines"
		if i, ok := target[l.Code]; ok {
			ceiling, pointer = v.Lines[i].Appropriation, linePointer(i)
		}
		move := Move{Line: l.ID, Kind: Appropriate, EffectiveOn: v.Date, Document: v.document()}
		switch {
		case ceiling > l.Appropriation:
			move.From, move.To, move.Amount = Appropriation, Available, ceiling-l.Appropriation
		case ceiling < l.Promised():
			short.add(pointer, l, ceiling)
			continue
		case ceiling < l.Appropriation:
			move.From, move.To, move.Amount = Available, Appropriation, l.Appropriation-ceiling
		default:
			continue
		}
		moves = append(moves, move)
	}
	return moves, short.err()
}

// Apart refuses who wrote a shift or a revision: another person puts it in force. The year's first document is the only
// one that its author may lock himself.
func (v Version) Apart(actor access.Actor) error {
	if v.Kind == Original {
		return nil
	}
	return actor.Apart(access.BudgetLock, v.CreatedBy, v.RewrittenBy.UUID)
}

// Document names the version for a deed's record.
func (v Version) Document() access.Document {
	return access.Document{Agency: v.AgencyID, Type: "budget_version", ID: v.ID, Number: v.Number, Amount: v.Total}
}

func (v Version) document() Document {
	return Document{Type: "budget_version", ID: v.ID, Number: v.Number}
}

// shortfalls collects the lines that a version would put below what is promised.
type shortfalls struct {
	fields fault.Fields
	args   fault.Args
}

func (s *shortfalls) add(pointer string, l Line, ceiling money.Amount) {
	s.fields.AddWith(pointer, "below_promised", fault.Args{
		"sub_activity_code": l.SubActivityCode, "account_code": l.AccountCode,
		"promised": l.Promised(), "appropriation": ceiling, "budget_line_id": l.ID,
	})
	if s.args == nil {
		s.args = fault.Args{"budget_line_id": l.ID, "line": l.SubActivityCode + " / " + l.AccountCode,
			"available": l.Available, "requested": l.Appropriation - ceiling}
	}
}

func (s *shortfalls) err() error {
	if len(s.fields) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Code: "budget_exceeded", Args: s.args, Fields: s.fields}
}

// Missing gives the lines of the version that do not exist yet among lines.
func (v Version) Missing(lines []Line) []VersionLine {
	have := make(map[Code]bool, len(lines))
	for _, l := range lines {
		have[l.Code] = true
	}
	var out []VersionLine
	for _, l := range v.Lines {
		if !have[l.Code] {
			out = append(out, l)
		}
	}
	return out
}

// Follows checks the order of the year's documents: the original comes first and once, later ones are not dated
// before the last one that is in force. locked are the year's locked versions.
func (v Version) Follows(locked []Version) error {
	if v.Kind == Original && len(locked) > 0 {
		return fault.New(fault.Conflict, "original_exists")
	}
	if v.Kind != Original && len(locked) == 0 {
		return fault.New(fault.Conflict, "original_missing")
	}
	for _, o := range locked {
		if v.Date.Before(o.Date) {
			return fault.With(fault.Conflict, "version_out_of_order", fault.Args{"number": o.Number, "date": o.Date})
		}
	}
	return nil
}
