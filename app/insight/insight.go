// Package insight is what published content reached: figures read off a platform on a day, typed or taken from the
// platform's own export, and which of them were due when. What was agreed and what appeared is known in agreement and
// placement; here stands only what is asked of it.
package insight

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// Source is where the figures come from.
type Source string

// The sources.
const (
	Typed  Source = "typed"
	Export Source = "export" // a file of the platform's own
)

// Figures are what content reached up to a day; nil is not known.
type Figures struct {
	Reach       *int64 `json:"reach" db:"reach" required:"false"`
	Views       *int64 `json:"views" db:"views" required:"false"`
	Likes       *int64 `json:"likes" db:"likes" required:"false"`
	Comments    *int64 `json:"comments" db:"comments" required:"false"`
	Shares      *int64 `json:"shares" db:"shares" required:"false"`
	Saves       *int64 `json:"saves" db:"saves" required:"false"`
	Impressions *int64 `json:"impressions" db:"impressions" required:"false"`
}

// Names lists the figures.
func Names() []string {
	return []string{"reach", "views", "likes", "comments", "shares", "saves", "impressions"}
}

// At gives the place of a figure by its name; nil for a name that is none.
func (f *Figures) At(name string) **int64 {
	switch name {
	case "reach":
		return &f.Reach
	case "views":
		return &f.Views
	case "likes":
		return &f.Likes
	case "comments":
		return &f.Comments
	case "shares":
		return &f.Shares
	case "saves":
		return &f.Saves
	case "impressions":
		return &f.Impressions
	}
	return nil
}

// Of gives a figure by its name; false when it is not known.
func (f Figures) Of(name string) (int64, bool) {
	at := f.At(name)
	if at == nil || *at == nil {
		return 0, false
	}
	return **at, true
}

// Empty reports whether nothing is known.
func (f Figures) Empty() bool { return f == Figures{} }

// same reports whether two readings say the same.
func (f Figures) same(g Figures) bool {
	return !slices.ContainsFunc(Names(), func(name string) bool {
		a, known := f.Of(name)
		b, also := g.Of(name)
		return a != b || known != also
	})
}

// Form is a reading as a person types it. DueDay is for which agreed day it is, as 7 for D+7, and 0 for none; left out, the
// program takes the one that fits.
type Form struct {
	TakenOn period.Date `json:"taken_on" doc:"the day on which the figures were read"`
	DueDay  *int64      `json:"due_day,omitempty" doc:"for which agreed day, as 7 for D+7; 0: for none; left out: the one that fits"`
	Figures
}

// Insight is one reading of the figures of a placement. It stays as it is; one entered wrongly is voided.
type Insight struct {
	ID          uuid.UUID   `json:"id" db:"id"`
	AgencyID    uuid.UUID   `json:"agency_id" db:"agency_id"`
	PlacementID uuid.UUID   `json:"placement_id" db:"placement_id"`
	TakenOn     period.Date `json:"taken_on" db:"taken_on"`
	DueDay      int64       `json:"due_day" db:"due_day" doc:"for which agreed day, as 7 for D+7; 0: for none"`
	LateDays    int64       `json:"late_days" db:"late_days" doc:"days after the due day"`
	Figures
	Source     Source        `json:"source" db:"source" enum:"typed,export"`
	ImportID   uuid.NullUUID `json:"import_id" db:"import_id"`
	File       string        `json:"file_sha256,omitempty" db:"file_sha256" doc:"the platform's export"`
	Row        int64         `json:"row,omitempty" db:"row_number" doc:"of the export, as its sheet numbers it"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Subject is the placement that figures are of.
type Subject struct {
	ID              uuid.UUID   `json:"id" db:"id"`
	AgencyID        uuid.UUID   `json:"-" db:"agency_id"`
	Title           string      `json:"title" db:"title"`
	AgreementNumber string      `json:"agreement_number" db:"agreement_number"`
	Status          string      `json:"status" db:"status"`
	Address         string      `json:"-" db:"address"` // as it is looked for
	PublishedOn     period.Date `json:"published_on" db:"published_on"`
	Due             Days        `json:"due" db:"due"`
}

// open refuses figures of what did not appear or was turned down. Fault: wrong_state.
func (s Subject) open() error {
	if s.PublishedOn.IsZero() || s.Status == "planned" || s.Status == "rejected" || s.Status == "cancelled" {
		return fault.WrongState(s.Status, "insight")
	}
	return nil
}

// Read makes a reading out of what was typed; known are the readings that stand. Faults: wrong_state unless the placement
// is published, Invalid by field.
func (s Subject) Read(f Form, known []Insight, today period.Date) (Insight, error) {
	if err := s.open(); err != nil {
		return Insight{}, err
	}
	var wrong fault.Fields
	switch {
	case f.TakenOn.IsZero():
		wrong.Add("/taken_on", "required")
	case f.TakenOn.Before(s.PublishedOn):
		wrong.AddWith("/taken_on", "before", fault.Args{"field": "published_on", "date": s.PublishedOn})
	case f.TakenOn.After(today):
		wrong.AddWith("/taken_on", "in_future", fault.Args{"date": today})
	case slices.ContainsFunc(known, func(i Insight) bool { return i.TakenOn == f.TakenOn }):
		wrong.AddWith("/taken_on", "insight_known", fault.Args{"date": f.TakenOn})
	}
	if f.Empty() {
		wrong.Add("/reach", "figures_missing")
	}
	for _, name := range Names() {
		if n, there := f.Of(name); there {
			wrong.Within("/"+name, n, 0, fault.AmountMax)
		}
	}
	out := Insight{AgencyID: s.AgencyID, PlacementID: s.ID, TakenOn: f.TakenOn, Figures: f.Figures, Source: Typed, Version: 1}
	if len(wrong) == 0 {
		out.DueDay = s.fitting(f.TakenOn, known)
	}
	if f.DueDay != nil {
		out.DueDay = *f.DueDay
		switch {
		case *f.DueDay != 0 && !slices.Contains(s.Due, *f.DueDay):
			wrong.AddWith("/due_day", "not_due", fault.Args{"days": s.Due.String()})
		case *f.DueDay != 0 && taken(known, *f.DueDay):
			wrong.AddWith("/due_day", "due_day_taken", fault.Args{"day": *f.DueDay})
		}
	}
	if out.DueDay > 0 {
		out.LateDays = max(0, int64(out.TakenOn.Sub(s.PublishedOn))-out.DueDay)
	}
	return out, wrong.Err()
}

// taken reports whether a due day has its reading.
func taken(known []Insight, day int64) bool {
	return slices.ContainsFunc(known, func(i Insight) bool { return i.DueDay == day })
}

// fitting is the due day that a reading of the day is for: the last that is due by the next day, unless it has its
// reading; then none.
func (s Subject) fitting(on period.Date, known []Insight) int64 {
	after := int64(on.Sub(s.PublishedOn)) + 1
	best := int64(0)
	for _, day := range s.Due {
		if day <= after && day > best {
			best = day
		}
	}
	if best > 0 && taken(known, best) {
		return 0
	}
	return best
}

// State is how it stands with a reading that was agreed.
type State string

// The states.
const (
	Later   State = "later"   // not due yet
	DueNow  State = "due"     // due today
	Missing State = "missing" // was due, and is not there
	Taken   State = "taken"   // is there
	Undated State = "undated" // figures were entered without a day
)

// Due is a reading that was agreed and how it stands. LateDays are since it was due: until it came, or until today.
type Due struct {
	Day       int64         `json:"day" doc:"days after publication"`
	On        period.Date   `json:"on"`
	State     State         `json:"state" enum:"later,due,missing,taken,undated"`
	InsightID uuid.NullUUID `json:"insight_id"`
	TakenOn   period.Date   `json:"taken_on"`
	LateDays  int64         `json:"late_days"`
}

// Agenda is how it stands on the day with the readings of what was published, in the order of the days. undated says that
// figures were entered without a day: while there is no reading they stand for the first.
func Agenda(due Days, published, today period.Date, known []Insight, undated bool) []Due {
	out := []Due{}
	if published.IsZero() {
		return out
	}
	for n, day := range due {
		d := Due{Day: day, On: published.AddDays(int(day))}
		at := slices.IndexFunc(known, func(i Insight) bool { return i.DueDay == day })
		switch late := today.Sub(d.On); {
		case at >= 0:
			d.State, d.TakenOn, d.LateDays = Taken, known[at].TakenOn, known[at].LateDays
			d.InsightID = uuid.NullUUID{UUID: known[at].ID, Valid: true}
		case late < 0:
			d.State = Later
		case n == 0 && undated && len(known) == 0:
			d.State = Undated
		case late == 0:
			d.State = DueNow
		default:
			d.State, d.LateDays = Missing, int64(late)
		}
		out = append(out, d)
	}
	return out
}

// Fall is a figure that only grows and is less than it was.
type Fall struct {
	Name  string
	Was   int64
	Is    int64
	Since period.Date
	On    period.Date
}

// Falls finds the figures that fell from one reading to a later one, in the order of the days.
func Falls(known []Insight) (out []Fall) {
	ordered := slices.Clone(known)
	slices.SortStableFunc(ordered, func(a, b Insight) int { return a.TakenOn.Compare(b.TakenOn) })
	last := map[string]Fall{}
	for _, i := range ordered {
		for _, name := range Names() {
			n, there := i.Of(name)
			if !there {
				continue
			}
			if was, before := last[name]; before && n < was.Is {
				out = append(out, Fall{name, was.Is, n, was.On, i.TakenOn})
			}
			last[name] = Fall{Is: n, On: i.TakenOn}
		}
	}
	return out
}
