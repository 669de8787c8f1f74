package placement

import (
	"testing"
	"time"

	"tayang/app/agreement"
	"tayang/app/period"
	"tayang/app/rule"
)

// TestCaptureDeadlines counts hours from the posting of a story, across days, months and years.
func TestCaptureDeadlines(t *testing.T) {
	t.Parallel()
	wib := time.FixedZone("WIB", 7*60*60)
	for _, c := range []struct {
		on, slot string
		hours    int64
		want     string
	}{
		{"2026-06-02", "14:30", 24, "2026-06-03 14:30"}, {"2026-06-02", "14.30 WIB", 24, "2026-06-03 14:30"},
		{"2026-06-30", "23:59", 24, "2026-07-01 23:59"}, {"2026-12-31", "8.05", 24, "2027-01-01 08:05"},
		{"2028-02-28", "20:00", 24, "2028-02-29 20:00"}, {"2026-06-02", "14:30", 12, "2026-06-03 02:30"},
		{"2026-06-02", "", 24, "2026-06-04 00:00"}, {"2026-06-02", "siaran pagi", 24, "2026-06-04 00:00"}, {"2026-06-02", "24:10", 24, "2026-06-04 00:00"},
		{"2026-12-31", "", 48, "2027-01-03 00:00"}, {"2026-06-02", "00:00", 0, "2026-06-02 00:00"},
	} {
		p := Placement{Publication: Publication{PublishedOn: period.MustDate(c.on), Slot: c.slot}}
		if got := clock(CaptureDeadline(p, c.hours, wib), wib); got != c.want {
			t.Errorf("%s %s and %d hours: %s, want %s", c.on, c.slot, c.hours, got, c.want)
		}
	}
}

func TestAStoryCapturedLate(t *testing.T) {
	t.Parallel()
	wib := time.FixedZone("WIB", 7*60*60)
	p := Placement{Publication: Publication{PublishedOn: period.MustDate("2026-06-02"), Slot: "14:30", URL: "https://www.instagram.com/stories/ani/3141592653589793238/"}, Proofs: 1}
	p.ChannelKind, p.Content = Social, &agreement.Content{Type: agreement.Story}
	for taken, doubts := range map[string]int{"2026-06-03T14:30:00+07:00": 0, "2026-06-03T07:30:01Z": 1, "2026-06-02T20:00:00+07:00": 0} {
		at, err := time.Parse(time.RFC3339, taken)
		if err != nil {
			t.Fatal(err)
		}
		got := p.Assess(Around{TakenAt: &at}, nil, nil, period.MustDate("2026-06-05"), wib)
		if len(got.Doubts) != doubts || doubts == 1 && (got.Doubts[0].Rule != rule.StoryCapturedLate || !got.Doubts[0].Stops()) || got.CaptureBy == nil {
			t.Errorf("taken %s: %+v", taken, got)
		}
	}
	p.Content = &agreement.Content{Type: agreement.Reel}
	at := time.Date(2026, 6, 9, 0, 0, 0, 0, wib)
	if got := p.Assess(Around{TakenAt: &at}, nil, nil, period.MustDate("2026-06-09"), wib); len(got.Doubts) != 0 || got.CaptureBy != nil {
		t.Errorf("a reel has no deadline: %+v", got)
	}
}
