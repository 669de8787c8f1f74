package placement

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tayang/app/period"
	"tayang/app/rule"
)

func TestEvidenceIsThatOfItsMedium(t *testing.T) {
	t.Parallel()
	at := func(text string) *time.Time {
		out, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return &out
	}
	photos := []Held{{Kind: Photo, TakenAt: "2026-03-02T08:00:00"}, {Kind: Photo, CapturedAt: at("2026-03-30T01:00:00Z")}}
	for name, c := range map[string]struct {
		kind   ChannelKind
		url    string
		around Around
		want   string
	}{
		"a paper without its page":      {Print, "", Around{Held: []Held{{Kind: Photo}}}, "page_scan_missing"},
		"a paper with its page":         {Print, "", Around{Held: []Held{{Kind: PageScan}}}, ""},
		"a page without a picture":      {Online, "https://a.example/b", Around{}, "screenshot_missing"},
		"a page with a picture":         {Online, "https://a.example/b", Around{Held: []Held{{Kind: Screenshot}}}, ""},
		"a log that is not matched":     {Radio, "", Around{Held: []Held{{Kind: AiringLog}}}, "recording_missing"},
		"a log that is matched":         {TV, "", Around{Airings: 1}, ""},
		"a recording":                   {TV, "", Around{Held: []Held{{Kind: Recording}}}, ""},
		"one photograph":                {Outdoor, "", Around{Held: photos[:1]}, "photo_missing"},
		"photographs without a day":     {Outdoor, "", Around{Held: []Held{{Kind: Photo}, photos[0]}}, "photo_undated"},
		"photographs of one day":        {Outdoor, "", Around{Held: []Held{photos[0], photos[0]}}, "photo_undated"},
		"photographs of two days":       {Outdoor, "", Around{Held: photos}, ""},
		"a screen's log":                {Outdoor, "", Around{Airings: 1}, ""},
		"a profile":                     {Social, "https://www.instagram.com/contoh", Around{}, "permalink_missing"},
		"a front page":                  {Social, "https://www.tiktok.com/", Around{}, "permalink_missing"},
		"a post":                        {Social, "https://www.instagram.com/reel/DAbc123xyz/", Around{}, ""},
		"a short address that was seen": {Social, "https://vm.tiktok.com/ZM123/", Around{Page: Page{FinalURL: "https://www.tiktok.com/@contoh/video/7300000000000000001"}}, ""},
	} {
		p := Placement{Order: Order{ChannelKind: c.kind}, Publication: Publication{URL: c.url}}
		var got []string
		for _, d := range p.Assess(c.around, nil, nil, period.MustDate("2026-04-01"), time.UTC).Doubts {
			if d.Rule != rule.PageTitleDiffers {
				got = append(got, string(d.Rule))
			}
			if d.Mode != rule.Refuse {
				t.Errorf("%s: %s", name, d.Mode)
			}
		}
		if fmt.Sprint(strings.Join(got, " ")) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
