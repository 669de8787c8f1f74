package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// TierForm is what staff write about a class into which local rules put social accounts by their followers (domain.md
// §6), such as mikro from 10,000 to below 50,000.
type TierForm struct {
	Name          string      `json:"name" db:"name" example:"mikro"`
	Platform      Platform    `json:"platform,omitempty" db:"platform" enum:"instagram,tiktok,youtube,facebook,x,threads" doc:"empty: every platform that has no rows of its own on the day"`
	FollowersFrom int64       `json:"followers_from" db:"followers_from"`
	FollowersTo   *int64      `json:"followers_to" db:"followers_to" required:"false" doc:"the first number that is no longer in it; none: no upper bound"`
	ValidFrom     period.Date `json:"valid_from" db:"valid_from"`
	ValidTo       period.Date `json:"valid_to" db:"valid_to" required:"false" doc:"last day; none while it is in force"`
	Basis         string      `json:"basis" db:"basis" doc:"the regulation that says so"`
}

// Tier is a dated row. No two of a platform share followers on a day.
type Tier struct {
	ID uuid.UUID `json:"id" db:"id"`
	TierForm
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"a row that was entered wrongly"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Tiers are the rows of a government, none of them voided.
type Tiers []Tier

// Of gives the name of the tier of an account with so many followers on the day; "" when it is in none. A platform that
// has rows of its own on the day is measured by those alone.
func (ts Tiers) Of(followers int64, p Platform, day period.Date) string {
	own := false
	for _, t := range ts {
		own = own || t.Platform == p && t.covers(day)
	}
	for _, t := range ts {
		if t.covers(day) && (t.Platform == p || t.Platform == "" && !own) && t.holds(followers) {
			return t.Name
		}
	}
	return ""
}

func (t Tier) covers(day period.Date) bool {
	return t.VoidedAt == nil && !day.Before(t.ValidFrom) && (t.ValidTo.IsZero() || !day.After(t.ValidTo))
}

func (t Tier) holds(followers int64) bool {
	return followers >= t.FollowersFrom && (t.FollowersTo == nil || followers < *t.FollowersTo)
}

// Trimmed is the form without blanks around its texts.
func (f TierForm) Trimmed() TierForm {
	f.Name, f.Basis = strings.TrimSpace(f.Name), strings.TrimSpace(f.Basis)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f TierForm) Check() error {
	var wrong fault.Fields
	wrong.Text("/name", f.Name, true, codeMax)
	if f.Platform != "" {
		fault.Choice(&wrong, "/platform", f.Platform, Instagram, TikTok, YouTube, Facebook, X, Threads)
	}
	wrong.Within("/followers_from", f.FollowersFrom, 0, followersMax)
	if f.FollowersTo != nil {
		wrong.Within("/followers_to", *f.FollowersTo, f.FollowersFrom+1, followersMax)
	}
	paperDate(&wrong, "/valid_from", f.ValidFrom, true)
	paperDate(&wrong, "/valid_to", f.ValidTo, false)
	if !f.ValidTo.IsZero() && f.ValidTo.Before(f.ValidFrom) {
		wrong.AddWith("/valid_to", "before", fault.Args{"field": "valid_from", "date": f.ValidFrom})
	}
	wrong.Text("/basis", f.Basis, true, nameMax)
	return wrong.Err()
}
