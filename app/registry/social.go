package registry

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// Platform is where a social account lives.
type Platform string

// The platforms.
const (
	Instagram Platform = "instagram"
	TikTok    Platform = "tiktok"
	YouTube   Platform = "youtube"
	Facebook  Platform = "facebook"
	X         Platform = "x"
	Threads   Platform = "threads"
)

// Bounds of what a snapshot may say.
const (
	followersMax = 10_000_000_000
	handleMax    = 100
	bornFirst    = 1900
	rateForm     = `^(100|(0|[1-9][0-9]?)(\.[0-9]{1,6})?)$`
)

// SocialForm is what staff write about a social account.
type SocialForm struct {
	VendorID       uuid.UUID `json:"vendor_id" db:"vendor_id"`
	Platform       Platform  `json:"platform" db:"platform" enum:"instagram,tiktok,youtube,facebook,x,threads"`
	Handle         string    `json:"handle" db:"handle" doc:"without @; letters of any size are the same" example:"kabar.contoh"`
	PlatformUserID string    `json:"platform_user_id" db:"platform_user_id" required:"false" doc:"stays when the handle changes"`
	URL            string    `json:"url" db:"url" required:"false"`
	Creator
}

// Creator is the person behind a social account, as far as he is known; his day of birth is told to those who see numbers.
type Creator struct {
	CreatorName   string      `json:"creator_name" db:"creator_name" required:"false" doc:"who stands behind the account when it is not the vendor himself"`
	CreatorBornOn period.Date `json:"creator_born_on" db:"creator_born_on" required:"false" doc:"a minor needs a guardian's consent"`
}

// SocialAccount is an account of an influencer or medium. Followers are those of its newest snapshot.
type SocialAccount struct {
	ID uuid.UUID `json:"id" db:"id"`
	SocialForm
	VendorName  string      `json:"vendor_name" db:"vendor_name"`
	Followers   *int64      `json:"followers" db:"followers" doc:"of the newest snapshot"`
	FollowersOn period.Date `json:"followers_on" db:"followers_on" doc:"day of the newest snapshot"`
	CreatedAt   time.Time   `json:"created_at" db:"created_at"`
	CreatedBy   uuid.UUID   `json:"created_by" db:"created_by"`
	Version     int64       `json:"version" db:"version"`
}

// SnapshotForm is what staff write about an account's reach on a day.
type SnapshotForm struct {
	TakenOn        period.Date `json:"taken_on" db:"taken_on"`
	Followers      int64       `json:"followers" db:"followers" minimum:"0"`
	EngagementRate string      `json:"engagement_rate" db:"engagement_rate" doc:"percent, a decimal from 0 to 100" example:"3.25"`
	File           string      `json:"file" db:"file_sha256" required:"false" doc:"SHA-256 of the picture of the account"`
}

// Snapshot is an account's reach on a day. It stays as it is.
type Snapshot struct {
	ID              uuid.UUID `json:"id" db:"id"`
	SocialAccountID uuid.UUID `json:"social_account_id" db:"social_account_id"`
	SnapshotForm
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
}

// Trimmed is the form without blanks around its texts and without the @ before the handle.
func (f SocialForm) Trimmed() SocialForm {
	f.Handle = strings.TrimPrefix(strings.TrimSpace(f.Handle), "@")
	f.PlatformUserID, f.URL = strings.TrimSpace(f.PlatformUserID), strings.TrimSpace(f.URL)
	f.CreatorName = strings.TrimSpace(f.CreatorName)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f SocialForm) Check() error {
	var wrong fault.Fields
	if f.VendorID == uuid.Nil {
		wrong.Add("/vendor_id", "required")
	}
	fault.Choice(&wrong, "/platform", f.Platform, Instagram, TikTok, YouTube, Facebook, X, Threads)
	wrong.Text("/handle", f.Handle, true, handleMax)
	form(&wrong, "/handle", f.Handle, `^[\p{L}\p{M}\p{N}._-]*$`, "bad_handle")
	wrong.Text("/platform_user_id", f.PlatformUserID, false, handleMax)
	webAddress(&wrong, "/url", f.URL)
	wrong.Text("/creator_name", f.CreatorName, false, nameMax)
	if !f.CreatorBornOn.IsZero() && f.CreatorBornOn.Year() < bornFirst {
		wrong.AddWith("/creator_born_on", "date_out_of_range", fault.Args{"min": bornFirst, "max": f.CreatorBornOn.Year() + 100})
	}
	return wrong.Err()
}

// For is the account as the actor may see it: a day of birth is personal, like the vendor's numbers.
func (a SocialAccount) For(actor access.Actor) SocialAccount {
	if !seesNumbers(actor) {
		a.CreatorBornOn = period.Date{}
	}
	return a
}

// Trimmed is the form without blanks around its texts and without zeros behind its rate.
func (f SnapshotForm) Trimmed() SnapshotForm {
	f.EngagementRate, f.File = strings.TrimSpace(f.EngagementRate), strings.ToLower(strings.TrimSpace(f.File))
	if strings.Contains(f.EngagementRate, ".") {
		f.EngagementRate = strings.TrimSuffix(strings.TrimRight(f.EngagementRate, "0"), ".")
	}
	return f
}

// Check says everything that is wrong with the form at the moment now, by field.
func (f SnapshotForm) Check(now time.Time) error {
	var wrong fault.Fields
	pastDate(&wrong, "/taken_on", f.TakenOn, now)
	wrong.Within("/followers", f.Followers, 0, followersMax)
	if !regexp.MustCompile(rateForm).MatchString(f.EngagementRate) {
		wrong.AddWith("/engagement_rate", "bad_percent", fault.Args{"min": 0, "max": 100})
	}
	fileHash(&wrong, "/file", f.File, false)
	return wrong.Err()
}
