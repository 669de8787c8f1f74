package agreement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// ReminderKind says what somebody should look at.
type ReminderKind string

// The kinds of reminders.
const (
	RemindEnding    ReminderKind = "ending"    // ends within days
	RemindEnded     ReminderKind = "ended"     // its term is over and it was not closed
	RemindBehind    ReminderKind = "behind"    // less is evidenced than the time that went by asks for
	RemindDraft     ReminderKind = "draft"     // nobody submits it
	RemindSubmitted ReminderKind = "submitted" // waits for its approval
	RemindSuspended ReminderKind = "suspended"
)

// ReminderKinds lists the kinds.
func ReminderKinds() []ReminderKind {
	return []ReminderKind{RemindEnding, RemindEnded, RemindBehind, RemindDraft, RemindSubmitted, RemindSuspended}
}

// rights are those of which one makes a reminder somebody's own.
func (k ReminderKind) rights() []access.Verb {
	switch k {
	case RemindDraft:
		return []access.Verb{access.AgreementWrite}
	case RemindSubmitted:
		return []access.Verb{access.AgreementApprove}
	case RemindEnding, RemindEnded, RemindBehind, RemindSuspended:
	}
	return []access.Verb{access.AgreementWrite, access.AgreementEnd}
}

// Reminder is one agreement that somebody should look at. Since is the day from which its clock runs, or the day on which
// it ends; Days are those between it and today.
type Reminder struct {
	Kind        ReminderKind `json:"kind" db:"kind" enum:"ending,ended,behind,draft,submitted,suspended"`
	AgreementID uuid.UUID    `json:"agreement_id" db:"agreement_id"`
	Number      string       `json:"number" db:"number"`
	Title       string       `json:"title" db:"title"`
	VendorName  string       `json:"vendor_name" db:"vendor_name"`
	Since       period.Date  `json:"since" db:"since" doc:"from when its clock runs; ending: the last day of the term"`
	Days        int64        `json:"days" db:"-" doc:"between that day and today"`
	Elapsed     int64        `json:"elapsed_percent" db:"elapsed" doc:"behind: how much of the term is over"`
	Evidenced   int64        `json:"evidenced_percent" db:"evidenced" doc:"behind: how much of what was ordered is evidenced"`
}

// ReminderFigures are the figures by which reminders are found, as they stand on Today. Behind is in percentage points.
type ReminderFigures struct {
	Today                            period.Date
	Midnight                         time.Time // when Today begins, by the office's clock
	Ending, Behind, Draft, Submitted int64
}

func figuresOn(set rule.Set, today period.Date) ReminderFigures {
	of := func(c rule.Code) int64 { return set.On(c, today).Figure }
	return ReminderFigures{Today: today, Ending: of(rule.EndingSoon), Behind: of(rule.BehindPlan), Draft: of(rule.DraftOld), Submitted: of(rule.SubmittedOld)}
}

// Reminding finds what somebody should look at.
type Reminding interface {
	// Reminders gives the agency's reminders of the kinds, oldest first.
	Reminders(ctx context.Context, agency uuid.UUID, kinds []ReminderKind, f ReminderFigures) ([]Reminder, error)
	// RulesOf gives the rows of rules that count for an agency.
	RulesOf(ctx context.Context, agency uuid.UUID) (rule.Set, error)
}

// ReminderList is the reminders of one reader.
type ReminderList struct {
	Items []Reminder `json:"items"`
}

// Reminders gives what the actor should look at, oldest first: what his roles in the agency can move on.
func (s *Service) Reminders(ctx context.Context, actor access.Actor, agency string) (out ReminderList, err error) {
	out.Items = []Reminder{}
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		kinds := ownKinds(actor, ag.ID)
		if len(kinds) == 0 {
			return nil
		}
		set, err := tx.RulesOf(ctx, ag.ID)
		if err != nil {
			return err
		}
		today := period.DateOf(s.now(), s.place)
		f := figuresOn(set, today)
		f.Midnight = time.Date(today.Year(), today.Time().Month(), today.Day(), 0, 0, 0, 0, s.place)
		if out.Items, err = tx.Reminders(ctx, ag.ID, kinds, f); err != nil {
			return err
		}
		for i, r := range out.Items {
			if out.Items[i].Days = int64(today.Sub(r.Since)); out.Items[i].Days < 0 {
				out.Items[i].Days = -out.Items[i].Days
			}
		}
		return nil
	})
	return out, err
}

func ownKinds(actor access.Actor, agency uuid.UUID) (own []ReminderKind) {
	for _, k := range ReminderKinds() {
		for _, v := range k.rights() {
			if actor.Can(v, agency) == nil {
				own = append(own, k)
				break
			}
		}
	}
	return own
}
