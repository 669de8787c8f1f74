// Package cash is when money may be paid out: cash plans (anggaran kas, SPD) with an amount for a budget line and month.
// That a payment beyond the released cash is refused is the ledger's own rule (post_entries); how much may be spent in a
// year is the budget's.
package cash

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Status is the state of a plan: a draft releases nothing.
type Status string

// The states.
const (
	Draft  Status = "draft"
	Locked Status = "locked"
)

// Plan is a document that sets the cash of budget lines and months of one fiscal year. What it does not name stays as
// earlier documents set it.
type Plan struct {
	ID          uuid.UUID     `json:"id" db:"id"`
	AgencyID    uuid.UUID     `json:"agency_id" db:"agency_id"`
	FiscalYear  int           `json:"fiscal_year" db:"fiscal_year"`
	Number      string        `json:"number" db:"number"`
	Date        period.Date   `json:"date" db:"date"`
	Status      Status        `json:"status" db:"status" enum:"draft,locked"`
	Total       money.Amount  `json:"total" db:"total" doc:"sum of the lines' amounts"`
	CreatedAt   time.Time     `json:"created_at" db:"created_at"`
	CreatedBy   uuid.UUID     `json:"created_by" db:"created_by"`
	RewrittenBy uuid.NullUUID `json:"rewritten_by" db:"rewritten_by" doc:"who changed the draft last"`
	LockedAt    *time.Time    `json:"locked_at" db:"locked_at"`
	LockedBy    uuid.NullUUID `json:"locked_by" db:"locked_by"`
	Version     int64         `json:"version" db:"version"`
	Lines       []Line        `json:"lines,omitempty" db:"-" doc:"on a single plan only"`
}

// Document names the plan for a deed's record.
func (p Plan) Document() access.Document {
	return access.Document{Agency: p.AgencyID, Type: "cash_plan", ID: p.ID, Number: p.Number, Amount: p.Total}
}

// Line is the cash of one budget line in one month, in the smallest unit of the agency's currency, tax included.
type Line struct {
	BudgetLineID uuid.UUID    `json:"budget_line_id" db:"budget_line_id"`
	Month        int          `json:"month" db:"month" minimum:"1" maximum:"12"`
	Amount       money.Amount `json:"amount" db:"amount" minimum:"0"`
}

// Command enters a plan as a draft.
type Command struct {
	FiscalYear int         `json:"fiscal_year" example:"2026"`
	Number     string      `json:"number" example:"SPD/2.16/01/2026"`
	Date       period.Date `json:"date" example:"2026-01-05"`
	Lines      []Line      `json:"lines"`
}

// Bounds of a plan.
const (
	linesMax  = 12_000
	numberMax = 60
	yearMin   = 2000
	yearMax   = 2100
)

// Trimmed is the command without blanks around its number.
func (c Command) Trimmed() Command {
	c.Number = strings.TrimSpace(c.Number)
	return c
}

// Check says by field what is wrong with the plan by itself. A plan of a year may be dated in the December before.
func (c Command) Check() error {
	var wrong fault.Fields
	wrong.Within("/fiscal_year", int64(c.FiscalYear), yearMin, yearMax)
	wrong.Text("/number", c.Number, true, numberMax)
	days := period.FiscalYear(c.FiscalYear).Range()
	days.From = days.From.AddDays(-31)
	switch {
	case c.Date.IsZero():
		wrong.Add("/date", "required")
	case !days.Contains(c.Date):
		wrong.AddWith("/date", "outside_fiscal_year", fault.Args{"fiscal_year": c.FiscalYear})
	}
	switch {
	case len(c.Lines) == 0:
		wrong.Add("/lines", "required")
	case len(c.Lines) > linesMax:
		wrong.AddWith("/lines", "too_many", fault.Args{"max": linesMax})
	default:
		c.checkLines(&wrong)
	}
	return wrong.Err()
}

type place struct {
	line  uuid.UUID
	month int
}

func (c Command) checkLines(wrong *fault.Fields) {
	seen := make(map[place]bool, len(c.Lines))
	for i, l := range c.Lines {
		at := pointer(i)
		if l.BudgetLineID == uuid.Nil {
			wrong.Add(at+"/budget_line_id", "required")
		}
		wrong.Within(at+"/month", int64(l.Month), 1, 12)
		wrong.Within(at+"/amount", int64(l.Amount), 0, fault.AmountMax)
		if seen[place{l.BudgetLineID, l.Month}] {
			wrong.Add(at, "duplicate")
		}
		seen[place{l.BudgetLineID, l.Month}] = true
	}
}

// Fit wants every line to be one of the agency's budget lines of the year.
func (c Command) Fit(lines []budget.Line) error {
	known := make(map[uuid.UUID]bool, len(lines))
	for _, l := range lines {
		known[l.ID] = true
	}
	var wrong fault.Fields
	for i, l := range c.Lines {
		if !known[l.BudgetLineID] {
			wrong.Add(pointer(i)+"/budget_line_id", "not_found")
		}
	}
	return wrong.Err()
}

func pointer(i int) string { return "/lines/" + strconv.Itoa(i) }

func (c Command) put(p Plan) Plan {
	p.FiscalYear, p.Number, p.Date, p.Lines = c.FiscalYear, c.Number, c.Date, c.Lines
	return p
}

// Command is the plan as it was entered.
func (p Plan) Command() Command { return Command{p.FiscalYear, p.Number, p.Date, p.Lines} }

// Apart refuses who wrote the plan: another person puts it in force.
func (p Plan) Apart(actor access.Actor) error {
	return actor.Apart(access.CashLock, p.CreatedBy, p.RewrittenBy.UUID)
}

// Lock holds the plan against what is in force: with it, the months of each line it names must not come to more than the
// line's appropriation nor to less than what is realised. Faults: wrong_state, cash_plan_out_of_bounds naming every
// line that would be out of them.
func (p Plan) Lock(inForce []Line, lines []budget.Line) error {
	if p.Status != Draft {
		return fault.WrongState(string(p.Status), "lock")
	}
	sums := sumsOf(overlay(inForce, p.Lines))
	of := make(map[uuid.UUID]budget.Line, len(lines))
	for _, l := range lines {
		of[l.ID] = l
	}
	f := &fault.Error{Kind: fault.Conflict, Code: "cash_plan_out_of_bounds"}
	seen := map[uuid.UUID]bool{}
	for i, l := range p.Lines {
		line, planned := of[l.BudgetLineID], sums[l.BudgetLineID]
		if seen[line.ID] {
			continue
		}
		seen[line.ID] = true
		refuse := func(code string, limit money.Amount) {
			args := fault.Args{"budget_line_id": line.ID, "line": line.SubActivityCode + " / " + line.AccountCode, "amount": planned, "limit": limit}
			f.Fields = append(f.Fields, fault.Field{Pointer: pointer(i), Code: code, Args: args})
		}
		switch {
		case planned > line.Appropriation:
			refuse("above_ceiling", line.Appropriation)
		case planned < line.Realised:
			refuse("below_realised", line.Realised)
		}
	}
	if len(f.Fields) == 0 {
		return nil
	}
	f.Args = f.Fields[0].Args
	return f
}

// overlay puts the amounts of a document over those in force.
func overlay(inForce, document []Line) map[place]money.Amount {
	out := make(map[place]money.Amount, len(inForce)+len(document))
	for _, l := range inForce {
		out[place{l.BudgetLineID, l.Month}] = l.Amount
	}
	for _, l := range document {
		out[place{l.BudgetLineID, l.Month}] = l.Amount
	}
	return out
}

func sumsOf(amounts map[place]money.Amount) map[uuid.UUID]money.Amount {
	sums := map[uuid.UUID]money.Amount{}
	for at, a := range amounts {
		sums[at.line] += a
	}
	return sums
}
