package cash

import (
	"github.com/google/uuid"

	"tayang/app/money"
)

// Month is a month of a budget line: what its cash plan gives it and what was realised in it, and both up to its end.
type Month struct {
	Month    int          `json:"month" db:"month"`
	Planned  money.Amount `json:"planned" db:"planned"`
	Realised money.Amount `json:"realised" db:"realised" doc:"paid less refunded, dated in the month"`
	Released money.Amount `json:"released" db:"-" doc:"planned up to the end of the month"`
	Spent    money.Amount `json:"spent" db:"-" doc:"realised up to the end of the month"`
}

// Outlook is a budget line's year in cash. Without a plan the line's ceiling alone binds.
type Outlook struct {
	BudgetLineID uuid.UUID `json:"budget_line_id"`
	Planned      bool      `json:"planned" doc:"the line has a cash plan in force"`
	Months       []Month   `json:"months"`
}

// NewOutlook sums twelve months up.
func NewOutlook(line uuid.UUID, planned bool, months []Month) Outlook {
	o := Outlook{line, planned, months}
	var released, spent money.Amount
	for i, m := range months {
		released, spent = released+m.Planned, spent+m.Realised
		o.Months[i].Released, o.Months[i].Spent = released, spent
	}
	return o
}
