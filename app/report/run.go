package report

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// Status is the state of a run.
type Status string

// The states. A run ends in one of the last three.
const (
	Queued    Status = "queued"
	Running   Status = "running"
	Done      Status = "done"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Run is one request for a report, and what became of it. AsOf, SHA256, Size and Agrees are there once it is done;
// Error is the code of the fault of a failed one.
type Run struct {
	ID uuid.UUID `json:"id" db:"id"`
	Request
	Status     Status     `json:"status" db:"status" enum:"queued,running,done,failed,cancelled"`
	Progress   int        `json:"progress" db:"progress" doc:"percent"`
	RowsDone   int64      `json:"rows_done" db:"rows_done"`
	RowsTotal  int64      `json:"rows_total" db:"rows_total" doc:"0 until it is known"`
	AsOf       *time.Time `json:"as_of" db:"as_of" doc:"the moment of the data"`
	SHA256     string     `json:"sha256" db:"sha256"`
	Size       int64      `json:"size" db:"size" doc:"bytes"`
	Agrees     *bool      `json:"agrees" db:"agrees" doc:"whether every control of the workbook agrees"`
	Error      string     `json:"error" db:"error"`
	Attempts   int        `json:"-" db:"attempts"`
	CreatedAt  time.Time  `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID  `json:"created_by" db:"created_by"`
	StartedAt  *time.Time `json:"started_at" db:"started_at"`
	FinishedAt *time.Time `json:"finished_at" db:"finished_at"`
	Version    int64      `json:"version" db:"version"`
}

// Ended reports whether nothing will change any more.
func (r Run) Ended() bool { return r.Status == Done || r.Status == Failed || r.Status == Cancelled }

// CreateCommand asks for a report. An empty Language means the actor's; AsOf may only be left out.
type CreateCommand struct {
	Kind       Kind        `json:"kind" enum:"accountability,trail"`
	FiscalYear int         `json:"fiscal_year,omitempty" doc:"a register of the trail may be about none"`
	From       period.Date `json:"from,omitzero"`
	To         period.Date `json:"to,omitzero"`
	Language   Language    `json:"language,omitempty" enum:"id,en"`
	Record     string      `json:"record,omitempty" doc:"of the trail: only the record of that id and what belongs to it"`
	Person     string      `json:"person,omitempty" doc:"of the trail: only the deeds of the person with that e-mail address, or of operator"`
	AsOf       *time.Time  `json:"as_of,omitempty"`
}

// request is the command as a request of the agency.
func (c CreateCommand) request(agency uuid.UUID, language string) Request {
	if c.Language == "" {
		c.Language = Language(language)
	}
	if c.Language == "" {
		c.Language = Indonesian
	}
	return Request{
		Kind: c.Kind, AgencyID: agency, FiscalYear: c.FiscalYear, From: c.From, To: c.To, Language: c.Language,
		Record: strings.TrimSpace(c.Record), Person: strings.ToLower(strings.TrimSpace(c.Person)),
	}
}

// checkAsOf refuses every moment but now: as_of_future, and as_of_past_unsupported, for what has been is not kept.
func (c CreateCommand) checkAsOf(now time.Time) error {
	var wrong fault.Fields
	switch {
	case c.AsOf == nil:
	case c.AsOf.After(now):
		wrong.Add("/as_of", "as_of_future")
	default:
		wrong.Add("/as_of", "as_of_past_unsupported")
	}
	return wrong.Err()
}
