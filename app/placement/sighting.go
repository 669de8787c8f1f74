package placement

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/address"
	"tayang/app/insight"
	"tayang/app/period"
)

// How says by what a placement was seen before.
type How string

// The ways.
const (
	ByAddress How = "url"   // the same page
	ByPost    How = "post"  // the same post
	ByFile    How = "file"  // the same file, byte for byte
	ByPicture How = "image" // a picture that is nearly the same
)

// Sighting is another placement of the government that has the same evidence. Of one whose agency the reader does not
// see, only agency and number of the agreement are told.
type Sighting struct {
	How             How           `json:"how" db:"how" enum:"url,post,file,image"`
	ProofID         uuid.NullUUID `json:"proof_id" db:"proof_id" doc:"which proof of this placement; null: its address"`
	Score           int           `json:"score,omitempty" db:"score" doc:"how alike the pictures are, in per cent"`
	AgencyID        uuid.UUID     `json:"-" db:"agency_id"`
	AgencyCode      string        `json:"agency_code" db:"agency_code"`
	AgencyName      string        `json:"agency_name" db:"agency_name"`
	AgreementNumber string        `json:"agreement_number" db:"agreement_number"`
	PlacementID     uuid.NullUUID `json:"placement_id" db:"placement_id" doc:"null when the caller does not see the agency's affairs"`
	OtherProofID    uuid.NullUUID `json:"other_proof_id" db:"other_proof_id"`
	Title           string        `json:"title" db:"title"`
	Status          Status        `json:"status" db:"status"`
	PublishedOn     period.Date   `json:"published_on" db:"published_on"`
}

// shownTo leaves out what the reader may not see.
func (s Sighting) shownTo(actor access.Actor) Sighting {
	if !actor.Sees(s.AgencyID) {
		s.PlacementID, s.OtherProofID, s.Title, s.Status, s.PublishedOn = uuid.NullUUID{}, uuid.NullUUID{}, "", "", period.Date{}
	}
	return s
}

// Address is what the placement's URL names, as it is looked for; empty when it names nothing by itself, as the front
// page of a site does, on which many things appear over time.
type Address struct {
	Text string
	Post bool
}

// Address reads the placement's URL.
func (p Placement) Address() Address {
	k, ok := address.Of(p.URL)
	if !ok || k.Front() {
		return Address{}
	}
	return Address{k.URL, k.Post != ""}
}

// Around is what is known around a placement when its proof is held against the rules.
type Around struct {
	Scheme    string     `db:"scheme"`   // of the agency's budget
	Domain    string     `db:"domain"`   // of the ordered outlet, empty when it has none
	Platform  string     `db:"platform"` // of the ordered account
	Handle    string     `db:"handle"`
	Sightings []Sighting `db:"-"`

	Uninspected int `db:"uninspected"` // proofs of the placement whose files were not looked into

	TakenAt *time.Time `db:"taken_at"` // when its first proof was taken, else sent
	GoneEarly
	Page
	Held     []Held            `db:"-"`       // its proofs
	Airings  int64             `db:"airings"` // confirmed rows of a station's or a screen's log
	Insights []insight.Insight `db:"-"`       // what it reached, the earliest first
}
