// Package capture keeps what a page on the web showed when the program itself opened it: picture, text, status, final
// address, time and title, sealed as one bundle. How a page is opened is the browser's; whether it proves a placement is
// decided where placements are verified.
package capture

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// Status is the state of a capture.
type Status string

// The states.
const (
	Queued  Status = "queued"
	Running Status = "running"
	Done    Status = "done"
	Failed  Status = "failed"
)

// Step is how far a running capture is.
type Step string

// The steps, in order.
const (
	Opening  Step = "open"    // the page is fetched
	Settling Step = "settle"  // its pictures are
	Drawing  Step = "picture" // the whole page is drawn
	Sealing  Step = "seal"    // the bundle is kept
)

// Progress is the step in per cent.
func (s Step) Progress() int {
	return map[Step]int{Opening: 10, Settling: 40, Drawing: 60, Sealing: 90}[s]
}

// Capture is a page that is, was or will be opened for a placement. Bundle is the SHA-256 of the sealed bundle; ProofID the
// proof that its picture became.
type Capture struct {
	ID          uuid.UUID     `json:"id" db:"id"`
	AgencyID    uuid.UUID     `json:"-" db:"agency_id"`
	PlacementID uuid.UUID     `json:"placement_id" db:"placement_id"`
	URL         string        `json:"url" db:"url"`
	Status      Status        `json:"status" db:"status" enum:"queued,running,done,failed"`
	Step        Step          `json:"step" db:"step" enum:",open,settle,picture,seal"`
	Progress    int           `json:"progress" db:"progress" doc:"in per cent"`
	Attempts    int           `json:"attempts" db:"attempts"`
	Error       string        `json:"error" db:"error" doc:"code of why it failed"`
	FinalURL    string        `json:"final_url" db:"final_url" doc:"where the page was in the end"`
	HTTPStatus  int           `json:"http_status" db:"http_status"`
	Title       string        `json:"title" db:"title" doc:"of the page"`
	Published   string        `json:"published" db:"published" doc:"when the page says that it was published"`
	Bundle      string        `json:"bundle_sha256" db:"bundle_sha256"`
	ProofID     uuid.NullUUID `json:"proof_id" db:"proof_id"`
	CapturedAt  *time.Time    `json:"captured_at" db:"captured_at"`
	CreatedAt   time.Time     `json:"created_at" db:"created_at"`
	CreatedBy   uuid.UUID     `json:"created_by" db:"created_by"`
	FinishedAt  *time.Time    `json:"finished_at" db:"finished_at"`
	Version     int64         `json:"version" db:"version"`
}

// Ended reports whether nothing will become of the capture any more.
func (c Capture) Ended() bool { return c.Status == Done || c.Status == Failed }

// Snapshot is what a browser saw of a page.
type Snapshot struct {
	FinalURL  string
	Status    int
	Title     string
	Published string
	At        time.Time
	HTML      []byte
	Picture   []byte // PNG of the whole page
}

// Bounds of what is kept of a page.
const (
	htmlBytesMax    = 8 << 20
	pictureBytesMax = 24 << 20
	textMax         = 500 // of a title, in characters
)

// bounded is the snapshot within its bounds. Fault: capture_too_large.
func (s Snapshot) bounded() (Snapshot, error) {
	if len(s.Picture) > pictureBytesMax || len(s.HTML) > htmlBytesMax {
		return s, fault.New(fault.TooLarge, "capture_too_large")
	}
	for _, text := range []*string{&s.Title, &s.Published} {
		if runes := []rune(*text); len(runes) > textMax {
			*text = string(runes[:textMax])
		}
	}
	return s, nil
}
