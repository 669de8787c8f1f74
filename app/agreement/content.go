package agreement

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tayang/app/fault"
	"tayang/app/period"
)

// ContentType is what a creator publishes.
type ContentType string

// The types.
const (
	FeedPost ContentType = "feed_post"
	Reel     ContentType = "reel"
	Story    ContentType = "story" // gone after a day by its nature
	Video    ContentType = "video"
	Live     ContentType = "live"
	Repost   ContentType = "repost"
)

// ContentTypes lists the types.
func ContentTypes() []ContentType {
	return []ContentType{FeedPost, Reel, Story, Video, Live, Repost}
}

// FeeVia says who is paid the creator's fee.
type FeeVia string

// The ways of a fee.
const (
	FeePersonal FeeVia = "personal" // the creator himself
	FeeAgency   FeeVia = "agency"   // an agency that bills for him
)

// Permission is something that a party may or may not do, until a day.
type Permission struct {
	Text  string      `json:"text"`
	Until period.Date `json:"until,omitempty" doc:"last day; none: without end"`
}

// Content is what is agreed about each piece of content of a deliverable on a social account.
type Content struct {
	Type            ContentType `json:"type" enum:"feed_post,reel,story,video,live,repost"`
	MinimumLiveDays int64       `json:"minimum_live_days" required:"false" doc:"how many days it stays; a story at most 1"`
	RevisionRounds  int64       `json:"revision_rounds" required:"false"`
	LabelText       string      `json:"label_text" required:"false" example:"#iklan" doc:"the label of paid content"`
	UsageRights     Permission  `json:"usage_rights" required:"false" doc:"what the office may do with it"`
	Exclusivity     Permission  `json:"exclusivity" required:"false" doc:"for whom the creator does not work meanwhile"`
	InsightsDue     []int64     `json:"insights_due" required:"false" example:"[1,7,30]" doc:"days after publication on which figures are due"`
}

// Value writes the terms as JSON.
func (c Content) Value() (driver.Value, error) {
	text, err := json.Marshal(c)
	return string(text), err
}

// Scan reads the terms from JSON.
func (c *Content) Scan(src any) error {
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("agreement.Content: cannot scan %T", src)
	}
	return json.Unmarshal(text, c)
}

// UsualContent is what is commonly agreed about a type, for a form to offer.
func UsualContent(t ContentType) Content {
	c := Content{
		Type: t, MinimumLiveDays: 30, RevisionRounds: 2, LabelText: "#iklan", InsightsDue: []int64{1, 7, 30},
		UsageRights: Permission{Text: "unggah ulang di kanal resmi pemerintah daerah"},
	}
	switch t {
	case Story:
		c.MinimumLiveDays, c.RevisionRounds, c.InsightsDue = 1, 1, []int64{1}
	case Live:
		c.MinimumLiveDays, c.RevisionRounds, c.InsightsDue = 1, 0, []int64{1, 7}
	case Repost:
		c.MinimumLiveDays, c.RevisionRounds, c.InsightsDue = 7, 0, []int64{1, 7}
	case FeedPost, Reel, Video:
	}
	return c
}

// LiveUntil is the last day of the minimum period of content that was published on the day; zero when none is agreed.
func (c Content) LiveUntil(published period.Date) period.Date {
	if c.MinimumLiveDays == 0 {
		return period.Date{}
	}
	return published.AddDays(int(c.MinimumLiveDays))
}

// Due are the days on which figures of content that was published on the day are due.
func (c Content) Due(published period.Date) (out []period.Date) {
	for _, days := range c.InsightsDue {
		out = append(out, published.AddDays(int(days)))
	}
	return out
}

// Bounds of content terms.
const (
	liveDaysMax   = 3650
	roundsMax     = 50
	insightDayMax = 365
	insightsMax   = 10
)

// trimmed is the terms without blanks around their texts; no days are an empty list.
func (c *Content) trimmed() *Content {
	if c == nil {
		return nil
	}
	out := *c
	out.InsightsDue = append([]int64{}, c.InsightsDue...)
	for _, s := range []*string{&out.LabelText, &out.UsageRights.Text, &out.Exclusivity.Text} {
		*s = strings.TrimSpace(*s)
	}
	return &out
}

// check says everything that is wrong with the terms by themselves, by field.
func (c *Content) check(wrong *fault.Fields, at string, onAccount bool) {
	if c == nil {
		return
	}
	if !onAccount {
		wrong.Add(at, "only_on_account")
	}
	fault.Choice(wrong, at+"/type", c.Type, ContentTypes()...)
	most := int64(liveDaysMax)
	if c.Type == Story {
		most = 1
	}
	wrong.Within(at+"/minimum_live_days", c.MinimumLiveDays, 0, most)
	wrong.Within(at+"/revision_rounds", c.RevisionRounds, 0, roundsMax)
	wrong.Text(at+"/label_text", c.LabelText, false, wordMax)
	for _, p := range []struct {
		at string
		Permission
	}{{at + "/usage_rights", c.UsageRights}, {at + "/exclusivity", c.Exclusivity}} {
		wrong.Text(p.at+"/text", p.Text, false, reasonMax)
		if p.Text == "" && !p.Until.IsZero() {
			wrong.Add(p.at+"/text", "required")
		}
	}
	if len(c.InsightsDue) > insightsMax {
		wrong.AddWith(at+"/insights_due", "too_many", fault.Args{"max": insightsMax})
		return
	}
	for _, days := range c.InsightsDue {
		wrong.Within(at+"/insights_due", days, 1, insightDayMax)
	}
	if sorted := slices.Compact(slices.Sorted(slices.Values(c.InsightsDue))); !slices.Equal(sorted, c.InsightsDue) {
		wrong.Add(at+"/insights_due", "not_ascending")
	}
}

// unsaid names what is not agreed and ought to be.
func (c *Content) unsaid() (out []string) {
	if c == nil {
		return []string{""}
	}
	for _, term := range []struct {
		name    string
		missing bool
	}{
		{"/minimum_live_days", c.MinimumLiveDays == 0},
		{"/label_text", c.LabelText == ""},
		{"/usage_rights/text", c.UsageRights.Text == ""},
		{"/insights_due", len(c.InsightsDue) == 0},
	} {
		if term.missing {
			out = append(out, term.name)
		}
	}
	return out
}
