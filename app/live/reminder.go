package live

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Waiting counts what waits for people, and since when.
type Waiting struct {
	Due       int64        `json:"due" db:"due" doc:"checks that wait for an answer"`
	DueSince  period.Date  `json:"due_since" db:"due_since"`
	Open      int64        `json:"open" db:"open" doc:"shortfalls that nobody decided on"`
	OpenSince period.Date  `json:"open_since" db:"open_since"`
	OpenGross money.Amount `json:"open_gross" db:"open_gross"`
	Stories   []StoryDue   `json:"stories" db:"-" doc:"stories of which no proof is kept, by deadline"`
}

// StoryDue is a story that is gone soon, or already, without a proof.
type StoryDue struct {
	PlacementID uuid.UUID `json:"placement_id"`
	Title       string    `json:"title"`
	Channel     string    `json:"channel"`
	Deadline    time.Time `json:"deadline"`
}

// storyDays is for how many days a story without a proof is reminded of.
const storyDays = 14

// Waiting gives what waits for the actor's roles: checks and stories for who records and verifies, shortfalls for who
// decides.
func (s *Service) Waiting(ctx context.Context, actor access.Actor, agency string) (out Waiting, err error) {
	out.Stories = []StoryDue{}
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		looks, decides := actor.Can(access.PlacementVerify, ag.ID) == nil, actor.Can(access.ShortfallDecide, ag.ID) == nil
		if !looks && !decides {
			return nil
		}
		found, err := tx.LiveWaiting(ctx, ag.ID, s.today())
		if err != nil {
			return err
		}
		if decides {
			out.Open, out.OpenSince, out.OpenGross = found.Open, found.OpenSince, found.OpenGross
		}
		if !looks {
			return nil
		}
		out.Due, out.DueSince = found.Due, found.DueSince
		return s.stories(ctx, tx, ag.ID, &out)
	})
	return out, err
}

func (s *Service) stories(ctx context.Context, tx Lists, agency uuid.UUID, out *Waiting) error {
	set, err := tx.RulesOf(ctx, agency)
	if err != nil {
		return err
	}
	found, err := tx.UncapturedStories(ctx, agency, s.today().AddDays(-storyDays))
	if err != nil {
		return err
	}
	for _, p := range found {
		hours := set.On(rule.StoryCaptureHours, p.PublishedOn).Figure
		out.Stories = append(out.Stories, StoryDue{p.ID, p.Title, p.Channel, placement.CaptureDeadline(p, hours, s.place)})
	}
	return nil
}

// visible gives the agency whose affairs the actor may read.
func visible(ctx context.Context, in registry.Agencies, actor access.Actor, code string) (uuid.UUID, error) {
	ag, err := registry.Visible(ctx, in, actor, code)
	return ag.ID, err
}
