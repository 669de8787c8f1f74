package placement

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// GoneEarly is the shortfall of a placement that stands: it was found taken down early. No Status: none does.
type GoneEarly struct {
	Status string       `json:"status" db:"short_status"` // open, decided
	Gross  money.Amount `json:"gross" db:"short_gross"`
	Whole  bool         `json:"whole" db:"short_whole"`
	GoneOn period.Date  `json:"gone_on" db:"short_gone_on"`
}

// Story reports whether the placement is a story, which is gone a day after its posting by its nature.
func (p Placement) Story() bool {
	if p.Content != nil {
		return p.Content.Type == agreement.Story
	}
	return p.ChannelKind == Social && strings.Contains(strings.ToLower(p.Product), "story")
}

var hourOfDay = regexp.MustCompile(`^([01]?[0-9]|2[0-3])[.:]([0-5][0-9])\b`)

// Posted is when the placement was posted, by the office's calendar: at the hour that its slot names, else the end of its
// day, which is the latest that it can have been.
func Posted(p Placement, where *time.Location) time.Time {
	y, m, d := p.PublishedOn.Time().Date()
	if found := hourOfDay.FindStringSubmatch(strings.TrimSpace(p.Slot)); found != nil {
		hour, _ := strconv.Atoi(found[1])
		minute, _ := strconv.Atoi(found[2])
		return time.Date(y, m, d, hour, minute, 0, 0, where)
	}
	return time.Date(y, m, d+1, 0, 0, 0, 0, where)
}

// CaptureDeadline is until when a story has to be captured, so many hours from its posting.
func CaptureDeadline(p Placement, hours int64, where *time.Location) time.Time {
	return Posted(p, where).Add(time.Duration(hours) * time.Hour)
}

// stays doubts what was found taken down, and a story of which no proof was taken in time.
func (s *assessing) stays() {
	if short := s.around.GoneEarly; short.Status != "" && short.Whole {
		s.say(rule.PlacementGone, "/url", fault.Args{"gone_on": short.GoneOn, "amount": short.Gross})
	}
	if by, taken := s.captureBy(), s.around.TakenAt; by != nil && taken != nil && taken.After(*by) {
		s.say(rule.StoryCapturedLate, "/proofs", fault.Args{"deadline": clock(*by, s.where), "taken": clock(*taken, s.where)})
	}
}

// captureBy is until when a story has to be captured; nil for what is none.
func (s *assessing) captureBy() *time.Time {
	p := s.placement
	if !p.Story() || p.PublishedOn.IsZero() || s.where == nil {
		return nil
	}
	by := CaptureDeadline(p, s.rules.On(rule.StoryCaptureHours, p.PublishedOn).Figure, s.where)
	return &by
}

// clock writes a time of the office's calendar.
func clock(at time.Time, where *time.Location) string {
	return at.In(where).Format("2006-01-02 15:04")
}

// there wants none of the placements that are taken over to be one that is not owed as a whole, by the rule of the day of
// the report, or with an override for that placement. Fault: Invalid naming each.
func (s *Acceptances) there(ctx context.Context, tx AcceptanceStore, ag registry.Agency, r Report, found []Placement, set rule.Set) error {
	if set.On(rule.PlacementGone, r.Date).Mode != rule.Refuse {
		return nil
	}
	gone, err := tx.WholeShortfalls(ctx, r.PlacementIDs)
	if err != nil || len(gone) == 0 {
		return err
	}
	inForce, err := tx.InForce(ctx, ag.ID, override.CheckMode)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	for i, id := range r.PlacementIDs {
		at := slices.IndexFunc(found, func(p Placement) bool { return p.ID == id })
		if at < 0 || !slices.Contains(gone, id) {
			continue
		}
		pass, ok := override.Warns(inForce, override.Check(rule.PlacementGone), override.Placement, id.String())
		if !ok {
			wrong.AddWith("/placement_ids/"+strconv.Itoa(i), string(rule.PlacementGone), fault.Args{"amount": found[at].Gross})
			continue
		}
		if err := tx.UseOverride(ctx, pass.ID, found[at].Document()); err != nil {
			return err
		}
	}
	return wrong.Err()
}
