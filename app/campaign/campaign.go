// Package campaign groups an agency's agreements under one objective and period. It moves no money and has no states.
package campaign

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// Bounds of a campaign; lengths in characters.
const (
	nameMax      = 300
	objectiveMax = 2000
	yearMin      = 2000
	yearMax      = 2100
)

// Form is what staff write about a campaign.
type Form struct {
	Name      string      `json:"name" db:"name"`
	Objective string      `json:"objective" db:"objective" required:"false"`
	StartDate period.Date `json:"start_date" db:"start_date"`
	EndDate   period.Date `json:"end_date" db:"end_date"`
}

// Campaign is an effort of an agency to say something over some time.
type Campaign struct {
	ID       uuid.UUID `json:"id" db:"id"`
	AgencyID uuid.UUID `json:"agency_id" db:"agency_id"`
	Form
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
	Version   int64     `json:"version" db:"version"`
}

// Trimmed is the form without blanks around its texts.
func (f Form) Trimmed() Form {
	f.Name, f.Objective = strings.TrimSpace(f.Name), strings.TrimSpace(f.Objective)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f Form) Check() error {
	var wrong fault.Fields
	wrong.Text("/name", f.Name, true, nameMax)
	wrong.Text("/objective", f.Objective, false, objectiveMax)
	checkDate(&wrong, "/start_date", f.StartDate)
	checkDate(&wrong, "/end_date", f.EndDate)
	if !f.EndDate.IsZero() && f.EndDate.Before(f.StartDate) {
		wrong.Add("/end_date", "before_start")
	}
	return wrong.Err()
}

func checkDate(wrong *fault.Fields, pointer string, d period.Date) {
	switch {
	case d.IsZero():
		wrong.Add(pointer, "required")
	case d.Year() < yearMin || d.Year() > yearMax:
		wrong.AddWith(pointer, "date_out_of_range", fault.Args{"min": yearMin, "max": yearMax})
	}
}
