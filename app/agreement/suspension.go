package agreement

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// The verbs that hold an agreement up and let it go on. Its status stays active.
const (
	Suspend Verb = "suspend"
	Resume  Verb = "resume"
)

// Suspension is a time in which nothing is published under an agreement: from FromOn until the day before ResumedOn, or
// until further notice.
type Suspension struct {
	ID           uuid.UUID     `json:"id" db:"id"`
	AgreementID  uuid.UUID     `json:"agreement_id" db:"agreement_id"`
	FromOn       period.Date   `json:"from_on" db:"from_on" doc:"first day on which nothing is published"`
	Reason       string        `json:"reason" db:"reason"`
	ResumedOn    period.Date   `json:"resumed_on" db:"resumed_on" doc:"first day on which work goes on; null while it is suspended"`
	ResumeReason string        `json:"resume_reason" db:"resume_reason"`
	CreatedAt    time.Time     `json:"created_at" db:"created_at"`
	CreatedBy    uuid.UUID     `json:"created_by" db:"created_by"`
	ResumedAt    *time.Time    `json:"resumed_at" db:"resumed_at"`
	ResumedBy    uuid.NullUUID `json:"resumed_by" db:"resumed_by"`
}

// Covers reports whether the day lies in the suspension.
func (s Suspension) Covers(day period.Date) bool {
	return !day.IsZero() && !day.Before(s.FromOn) && (s.ResumedOn.IsZero() || day.Before(s.ResumedOn))
}

// Days counts the days of the suspension up to that day, which counts while it lasts.
func (s Suspension) Days(today period.Date) int64 {
	end := s.ResumedOn
	if end.IsZero() {
		end = today.AddDays(1)
	}
	return max(0, int64(end.Sub(s.FromOn)))
}

// Suspensions are those of one agreement, oldest first.
type Suspensions []Suspension

// Covering gives the suspension in which the day lies; false when it lies in none.
func (s Suspensions) Covering(day period.Date) (Suspension, bool) {
	for _, one := range s {
		if one.Covers(day) {
			return one, true
		}
	}
	return Suspension{}, false
}

// days counts the days of the range that lie in a suspension; suspensions do not overlap.
func (s Suspensions) days(r period.Range) (n int64) {
	for _, one := range s {
		from, end := one.FromOn, r.To.AddDays(1)
		if from.Before(r.From) {
			from = r.From
		}
		if !one.ResumedOn.IsZero() && one.ResumedOn.Before(end) {
			end = one.ResumedOn
		}
		n += max(0, int64(end.Sub(from)))
	}
	return n
}

// Scan reads suspensions from JSON, as a query gathers them.
func (s *Suspensions) Scan(src any) error {
	*s = nil
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("agreement.Suspensions: cannot scan %T", src)
	}
	err := json.Unmarshal(b, s)
	if len(*s) == 0 {
		*s = nil
	}
	return err
}

// Refusal says by field that a day lies in a suspension.
func (s Suspensions) Refusal(wrong *fault.Fields, at string, day period.Date) bool {
	one, ok := s.Covering(day)
	if ok {
		wrong.AddWith(at, "suspended", fault.Args{"date": day, "from": one.FromOn, "reason": one.Reason})
	}
	return ok
}

// open is the suspension that lasts; false when none does.
func (s Suspensions) open() (Suspension, bool) {
	if n := len(s); n > 0 && s[n-1].ResumedOn.IsZero() {
		return s[n-1], true
	}
	return Suspension{}, false
}

// Pause asks to suspend or to resume: from that day on, for that reason.
type Pause struct {
	Date   period.Date `json:"date" doc:"suspend: the first day on which nothing is published; resume: the first day on which work goes on"`
	Reason string      `json:"reason,omitempty" doc:"needed to suspend"`
}

// Suspend holds the agreement up. Faults: segregation and rights as for its end, wrong_state unless active and not
// suspended, Invalid by field.
func (a Agreement) Suspend(actor access.Actor, p Pause, at time.Time) (Suspension, error) {
	if err := actor.Can(access.AgreementEnd, a.AgencyID); err != nil {
		return Suspension{}, err
	}
	if _, ok := a.Suspensions.open(); ok || a.Status != Active || a.Framework {
		return Suspension{}, fault.WrongState(a.lifeState(), string(Suspend))
	}
	var wrong fault.Fields
	wrong.Text("/reason", p.Reason, true, titleMax)
	a.checkPause(&wrong, p.Date)
	if n := len(a.Suspensions); n > 0 && !p.Date.IsZero() && p.Date.Before(a.Suspensions[n-1].ResumedOn) {
		wrong.AddWith("/date", "before", fault.Args{"field": "resumed_on", "date": a.Suspensions[n-1].ResumedOn})
	}
	return Suspension{AgreementID: a.ID, FromOn: p.Date, Reason: p.Reason, CreatedAt: at, CreatedBy: actor.User}, wrong.Err()
}

// Resume lets the agreement go on. Faults: as Suspend; wrong_state unless suspended.
func (a Agreement) Resume(actor access.Actor, p Pause, at time.Time) (Suspension, error) {
	if err := actor.Can(access.AgreementEnd, a.AgencyID); err != nil {
		return Suspension{}, err
	}
	s, ok := a.Suspensions.open()
	if !ok {
		return s, fault.WrongState(a.lifeState(), string(Resume))
	}
	var wrong fault.Fields
	wrong.Text("/reason", p.Reason, false, titleMax)
	a.checkPause(&wrong, p.Date)
	if !p.Date.IsZero() && !p.Date.After(s.FromOn) {
		wrong.AddWith("/date", "not_after", fault.Args{"field": "from_on", "date": s.FromOn})
	}
	s.ResumedOn, s.ResumeReason, s.ResumedAt, s.ResumedBy = p.Date, p.Reason, &at, uuid.NullUUID{UUID: actor.User, Valid: true}
	return s, wrong.Err()
}

// checkPause wants a day of the agreement's year that is not before its order.
func (a Agreement) checkPause(wrong *fault.Fields, day period.Date) {
	switch {
	case day.IsZero():
		wrong.Add("/date", "required")
	case day.Before(a.OrderDate):
		wrong.AddWith("/date", "before", fault.Args{"field": "order_date", "date": a.OrderDate})
	case !period.FiscalYear(a.FiscalYear).Contains(day):
		wrong.AddWith("/date", "outside_fiscal_year", fault.Args{"fiscal_year": a.FiscalYear})
	}
}

// lifeState is the state in a refusal: suspended goes before the status.
func (a Agreement) lifeState() string {
	if _, ok := a.Suspensions.open(); ok {
		return "held"
	}
	return string(a.Status)
}
