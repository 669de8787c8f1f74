package placement

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/passport"
)

// ProofKind is what sort of evidence a file is.
type ProofKind string

// The kinds of proof.
const (
	Screenshot ProofKind = "screenshot"
	PageScan   ProofKind = "page_scan"
	Recording  ProofKind = "recording"
	Photo      ProofKind = "photo"
	AiringLog  ProofKind = "log" // the station's as-run log
	OtherProof ProofKind = "other"
)

// Origin says who made the file; an office that makes its vendor's papers is a finding.
type Origin string

// The origins.
const (
	FromVendor Origin = "vendor"
	FromStaff  Origin = "staff"
	Captured   Origin = "capture" // the program opened the page itself
)

// Proof is one file that shows a placement. The file itself is kept by its SHA-256.
type Proof struct {
	ID          uuid.UUID  `json:"id" db:"id"`
	PlacementID uuid.UUID  `json:"placement_id" db:"placement_id"`
	Kind        ProofKind  `json:"kind" db:"kind" enum:"screenshot,page_scan,recording,photo,log,other"`
	Origin      Origin     `json:"origin" db:"origin" enum:"vendor,staff,capture"`
	CapturedAt  *time.Time `json:"captured_at" db:"captured_at"`
	SHA256      string     `json:"sha256" db:"sha256"`
	Size        int64      `json:"size" db:"size" doc:"in bytes"`
	MediaType   string     `json:"media_type" db:"media_type"`
	Filename    string     `json:"filename" db:"filename"`
	CreatedAt   time.Time  `json:"created_at" db:"created_at"`
	CreatedBy   uuid.UUID  `json:"created_by" db:"created_by"`
	Thumbnail   string     `json:"thumbnail_sha256,omitempty" db:"thumbnail_sha256" doc:"a small picture made from the file; not evidence"`
	Source      string     `json:"source" db:"source" doc:"address from which it came, as the server saw it"`
	Agent       string     `json:"agent" db:"agent" doc:"program that sent it, by its own word"`

	Inspected bool `json:"inspected" db:"inspected" doc:"false while its file waits to be looked into; its placement cannot be verified until then"`

	LogRow int64 `json:"log_row,omitempty" db:"log_row" doc:"the row of the log that shows the placement, as its sheet numbers it"`

	Passport passport.Passport `json:"passport" db:"passport" doc:"what the file says of itself; nothing of it is believed"`
}

const proofsMax = 50

// Check says by field what is wrong with a proof before its file is kept.
func (f Proof) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, Screenshot, PageScan, Recording, Photo, AiringLog, OtherProof)
	fault.Choice(&wrong, "/origin", f.Origin, FromVendor, FromStaff)
	return wrong.Err()
}

// Prove adds one proof that by brought. Faults: wrong_state once the placement is verified or nothing can be owed any
// more, Invalid when it has as many proofs as it can hold.
func (p Placement) Prove(by uuid.UUID) (Placement, error) {
	if err := p.open("prove"); err != nil {
		return p, err
	}
	if p.Proofs >= proofsMax {
		var wrong fault.Fields
		wrong.AddWith("/file", "too_many", fault.Args{"max": proofsMax})
		return p, wrong.Err()
	}
	p.Proofs++
	p.RecordedBy = p.RecordedBy.With(by)
	return p, nil
}
