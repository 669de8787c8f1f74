package agreement

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/fault"
)

func TestContentTermsByThemselves(t *testing.T) {
	t.Parallel()
	until := Permission{Until: day("2026-12-31")}
	for name, c := range map[string]struct {
		terms Content
		want  string
	}{
		"a post":                     {UsualContent(FeedPost), ""},
		"a story of a day":           {Content{Type: Story, MinimumLiveDays: 1}, ""},
		"a story of two days":        {Content{Type: Story, MinimumLiveDays: 2}, "/c/minimum_live_days out_of_range"},
		"no type":                    {Content{}, "/c/type unknown_choice"},
		"another type":               {Content{Type: "poem"}, "/c/type unknown_choice"},
		"below nothing":              {Content{Type: Reel, MinimumLiveDays: -1, RevisionRounds: -1}, "/c/minimum_live_days out_of_range, /c/revision_rounds out_of_range"},
		"a last day of no right":     {Content{Type: Reel, UsageRights: until}, "/c/usage_rights/text required"},
		"a last day of nothing":      {Content{Type: Reel, Exclusivity: until}, "/c/exclusivity/text required"},
		"insights on the day itself": {Content{Type: Reel, InsightsDue: []int64{0, 7}}, "/c/insights_due out_of_range"},
		"insights in disorder":       {Content{Type: Reel, InsightsDue: []int64{7, 1}}, "/c/insights_due not_ascending"},
		"insights twice":             {Content{Type: Reel, InsightsDue: []int64{7, 7}}, "/c/insights_due not_ascending"},
	} {
		var wrong fault.Fields
		c.terms.check(&wrong, "/c", true)
		var got []string
		for _, f := range wrong {
			got = append(got, f.Pointer+" "+f.Code)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
	item := Item{Product: "banner", Unit: "bulan", Quantity: 1, UnitPrice: 1, BudgetLineID: lineA, OutletID: uuid.NullUUID{UUID: other, Valid: true}, Content: &Content{Type: Reel}}
	var wrong fault.Fields
	item.check(&wrong, "/deliverables/0", Media)
	if len(wrong) != 1 || wrong[0].Pointer != "/deliverables/0/content" || wrong[0].Code != "only_on_account" {
		t.Errorf("content on an outlet: %v", wrong)
	}
}

func TestUsualContentLacksNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range ContentTypes() {
		c := UsualContent(kind)
		var wrong fault.Fields
		c.check(&wrong, "", true)
		if len(wrong) > 0 || len(c.unsaid()) > 0 {
			t.Errorf("%s: %v, unsaid %v", kind, wrong, c.unsaid())
		}
	}
	bare := Content{Type: Reel}
	if got := bare.unsaid(); !slices.Equal(got, []string{"/minimum_live_days", "/label_text", "/usage_rights/text", "/insights_due"}) {
		t.Errorf("unsaid %v", got)
	}
}

func TestWhenInsightsAreDue(t *testing.T) {
	t.Parallel()
	c := UsualContent(Reel)
	got := c.Due(day("2026-01-31"))
	if len(got) != 3 || got[0] != day("2026-02-01") || got[1] != day("2026-02-07") || got[2] != day("2026-03-02") || c.LiveUntil(day("2026-01-31")) != day("2026-03-02") {
		t.Errorf("due %v, live until %v", got, c.LiveUntil(day("2026-01-31")))
	}
	if forever := (Content{Type: Live}).LiveUntil(day("2026-01-31")); !forever.IsZero() {
		t.Errorf("nothing was agreed, yet it lives until %v", forever)
	}
}
