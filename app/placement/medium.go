package placement

import (
	"time"

	"tayang/app/address"
	"tayang/app/fault"
	"tayang/app/insight"
	"tayang/app/period"
	"tayang/app/rule"
)

// Held is what is known of one proof when a placement is held against the rules of its medium.
type Held struct {
	Kind       ProofKind  `db:"kind"`
	CapturedAt *time.Time `db:"captured_at"` // as who sent it says
	TakenAt    string     `db:"taken_at"`    // as the file says (passport)
}

// dated is the day on which a proof was made: by the camera's clock, else as who sent it says; false when neither does.
func (h Held) dated(place *time.Location) (period.Date, bool) {
	if day, ok := publishedOn(h.TakenAt, place); ok {
		return day, true
	}
	if h.CapturedAt == nil || place == nil {
		return period.Date{}, false
	}
	return period.DateOf(*h.CapturedAt, place), true
}

// medium doubts evidence that is not what the medium gives: a scan of the page, a recording or the station's log, dated
// photographs, a picture of the screen, a permalink.
func (s *assessing) medium() {
	switch p := s.placement; p.ChannelKind {
	case Print:
		if !s.has(PageScan) {
			s.say(rule.PageScanMissing, "/proofs", nil)
		}
	case Online:
		if !s.has(Screenshot) {
			s.say(rule.ScreenshotMissing, "/proofs", nil)
		}
	case Radio, TV:
		if !s.has(Recording) && s.around.Airings == 0 {
			s.say(rule.RecordingMissing, "/proofs", nil)
		}
	case Outdoor:
		s.photographs()
	case Social:
		s.permalink()
	}
}

func (s *assessing) has(kind ProofKind) bool {
	for _, h := range s.around.Held {
		if h.Kind == kind {
			return true
		}
	}
	return false
}

// photographs wants as many dated photographs as the rule says, of the beginning and of the end, unless the log of the
// screen was matched.
func (s *assessing) photographs() {
	if s.around.Airings > 0 {
		return
	}
	need := s.rules.On(rule.OutdoorPhotos, s.day).Figure
	var photos, dated int64
	days := map[period.Date]bool{}
	for _, h := range s.around.Held {
		if h.Kind != Photo {
			continue
		}
		photos++
		if day, ok := h.dated(s.where); ok {
			dated++
			days[day] = true
		}
	}
	switch {
	case photos < need:
		s.say(rule.PhotoMissing, "/proofs", fault.Args{"need": need, "found": photos})
	case dated < need || int64(len(days)) < min(need, 2):
		s.say(rule.PhotoUndated, "/proofs", fault.Args{"need": need, "found": dated, "days": len(days)})
	}
}

// permalink wants the address of the post itself; that of a profile or a front page says nothing of what was posted. A
// short address will do once the program opened it and came to the post.
func (s *assessing) permalink() {
	if s.placement.URL == "" {
		return
	}
	for _, url := range []string{s.placement.URL, s.around.FinalURL} {
		if k, ok := address.Of(url); ok && k.Post != "" {
			return
		}
	}
	s.say(rule.PermalinkMissing, "/url", fault.Args{"found": s.placement.URL})
}

// figures doubts figures that only grow and are less than they were, naming the first.
func (s *assessing) figures() {
	falls := insight.Falls(s.around.Insights)
	if len(falls) == 0 {
		return
	}
	f := falls[0]
	s.say(rule.InsightFalls, "/metrics", fault.Args{
		"figure": f.Name, "was": f.Was, "is": f.Is, "since": f.Since, "on": f.On, "count": len(falls),
	})
}

// Agenda is how it stands on the day with the figures that were agreed for the placement.
func (p Placement) Agenda(known []insight.Insight, today period.Date) []insight.Due {
	if p.Content == nil || p.in(Rejected, Cancelled) {
		return []insight.Due{}
	}
	return insight.Agenda(p.Content.InsightsDue, p.PublishedOn, today, known, len(p.Metrics) > 0)
}
