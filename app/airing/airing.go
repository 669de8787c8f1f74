// Package airing is the log of what a station or a screen really ran, row by row, and which row shows which ordered spot.
// A row shows one placement at most. What a placement is and who verifies it is known in placement; a person confirms
// what is proposed here.
package airing

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/tabular"
)

// Status is where a log stands.
type Status string

// The states: looked at, taken, taken back.
const (
	Staged    Status = "staged"
	Committed Status = "committed"
	Voided    Status = "voided"
)

// Remark is what is notable about a row. The row is kept, and no spot is proposed for it.
type Remark string

// The remarks.
const (
	OutsideTerm  Remark = "outside_term"  // not within the agreement's term
	Short        Remark = "short"         // shorter than any spot that was ordered there
	OtherStation Remark = "other_station" // of another station than the log's
	Repeated     Remark = "repeated"      // says what an earlier row of the file says
	KnownBefore  Remark = "known_before"  // another log says it already
)

// Remarks lists the remarks of a row.
type Remarks []Remark

// Airing is one row of a log: what ran when. PlacementID is the spot that it shows: proposed until somebody confirms it.
type Airing struct {
	ID          uuid.UUID     `json:"id" db:"id"`
	LogID       uuid.UUID     `json:"log_id" db:"log_id"`
	Row         int64         `json:"row" db:"row_number" doc:"as the sheet numbers it"`
	AiredOn     period.Date   `json:"aired_on" db:"aired_on"`
	AiredAt     string        `json:"aired_at" db:"aired_at" example:"07:15:00" doc:"by the agency's clock"`
	Programme   string        `json:"programme" db:"programme"`
	Title       string        `json:"title" db:"title" doc:"of the spot or its material"`
	Seconds     int64         `json:"seconds" db:"seconds" doc:"how long it ran; 0: the file does not say"`
	Station     string        `json:"station" db:"station"`
	Remarks     Remarks       `json:"remarks" db:"remarks" doc:"outside_term, short, other_station, repeated, known_before"`
	PlacementID uuid.NullUUID `json:"placement_id" db:"placement_id" doc:"the ordered spot that it shows"`
	Placement   string        `json:"placement" db:"placement" doc:"its title"`
	ConfirmedAt *time.Time    `json:"confirmed_at" db:"confirmed_at" doc:"null: only proposed"`
	ConfirmedBy uuid.NullUUID `json:"confirmed_by" db:"confirmed_by"`
	Version     int64         `json:"version" db:"version"`
}

// Key tells airings of one outlet apart: what is the same in it is one airing.
func (a Airing) Key() string {
	return a.AiredOn.String() + " " + a.AiredAt + " " + tabular.Key(a.Title) + " " + tabular.Key(a.Programme)
}

// Counts reports whether the row is an airing of its own, and not one that is known already.
func (a Airing) Counts() bool {
	return !slices.Contains(a.Remarks, Repeated) && !slices.Contains(a.Remarks, KnownBefore)
}

// Frame is what an outlet was ordered for: the agreement and what is known of the outlet.
type Frame struct {
	AgreementID     uuid.UUID   `db:"agreement_id"`
	AgreementNumber string      `db:"agreement_number"`
	StartDate       period.Date `db:"start_date"`
	EndDate         period.Date `db:"end_date"`
	OrderDate       period.Date `db:"order_date"`
	OutletID        uuid.UUID   `db:"outlet_id"`
	OutletName      string      `db:"outlet_name"`
	OutletKind      string      `db:"outlet_kind"`
}

// Check wants an outlet that has a log: a station, or a screen. Fault: Invalid at /outlet_id.
func (f Frame) Check() error {
	var wrong fault.Fields
	kinds := []string{string(placement.Radio), string(placement.TV), string(placement.Outdoor)}
	if !slices.Contains(kinds, f.OutletKind) {
		wrong.AddWith("/outlet_id", "no_log_of_kind", fault.Args{"outlet": f.OutletName})
	}
	return wrong.Err()
}

// Spot is an ordered placement that a row may show.
type Spot struct {
	ID          uuid.UUID        `json:"id" db:"id"`
	Title       string           `json:"title" db:"title"`
	Product     string           `json:"product" db:"product"`
	Unit        string           `json:"-" db:"unit"`
	ScheduledOn period.Date      `json:"scheduled_on" db:"scheduled_on"`
	PublishedOn period.Date      `json:"published_on" db:"published_on"`
	Slot        string           `json:"slot" db:"slot"`
	Status      placement.Status `json:"status" db:"status"`
}

// day is when the spot ran or is to run.
func (s Spot) day() period.Date {
	if !s.PublishedOn.IsZero() {
		return s.PublishedOn
	}
	return s.ScheduledOn
}

// Log is the log of an outlet for an agreement, as one file.
type Log struct {
	ID              uuid.UUID        `json:"id" db:"id"`
	AgencyID        uuid.UUID        `json:"agency_id" db:"agency_id"`
	AgreementID     uuid.UUID        `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string           `json:"agreement_number" db:"agreement_number"`
	OutletID        uuid.UUID        `json:"outlet_id" db:"outlet_id"`
	OutletName      string           `json:"outlet_name" db:"outlet_name"`
	OutletKind      string           `json:"outlet_kind" db:"outlet_kind" enum:"radio,tv,outdoor"`
	Origin          placement.Origin `json:"origin" db:"origin" enum:"vendor,staff"`
	File            string           `json:"file_sha256" db:"file_sha256"`
	Filename        string           `json:"filename" db:"filename"`
	FirstOn         period.Date      `json:"first_on" db:"first_on" doc:"the first day that it tells of"`
	LastOn          period.Date      `json:"last_on" db:"last_on"`
	Status          Status           `json:"status" db:"status" enum:"staged,committed,voided"`
	RowCount        int64            `json:"row_count" db:"row_count"`
	Wrong           int64            `json:"wrong" db:"wrong_rows" doc:"rows that cannot be read; while there are any, nothing is taken"`
	Remarked        int64            `json:"remarked" db:"remarked_rows" doc:"rows with remarks"`
	Matched         int64            `json:"matched" db:"matched" doc:"rows with a spot"`
	Confirmed       int64            `json:"confirmed" db:"confirmed" doc:"of them confirmed by somebody"`
	Over            int64            `json:"over" db:"over_rows" doc:"rows without a spot: over-delivery, or not ordered"`
	Repeated        bool             `json:"repeated,omitempty" db:"-" doc:"the same file was sent before: nothing was changed"`
	CreatedAt       time.Time        `json:"created_at" db:"created_at"`
	CreatedBy       uuid.UUID        `json:"created_by" db:"created_by"`
	VoidedAt        *time.Time       `json:"voided_at" db:"voided_at"`
	VoidedBy        uuid.NullUUID    `json:"voided_by" db:"voided_by"`
	VoidReason      string           `json:"void_reason" db:"void_reason"`
	Version         int64            `json:"version" db:"version"`

	Rows       []Airing            `json:"rows,omitempty" db:"-" doc:"the first thousand"`
	Missed     []Spot              `json:"missed,omitempty" db:"-" doc:"ordered spots of its days that no row shows: the first thousand"`
	Complaints []tabular.Complaint `json:"complaints,omitempty" db:"-" doc:"what cannot be read: the first thousand"`

	all []Airing
}

// shownMax is how many rows, spots and complaints an answer names; the counts are of all.
const shownMax = 1000

// Value writes the remarks as an SQL array.
func (r Remarks) Value() (driver.Value, error) {
	texts := make([]string, len(r))
	for i, one := range r {
		texts[i] = string(one)
	}
	return "{" + strings.Join(texts, ",") + "}", nil
}

// Scan reads the remarks from an SQL array.
func (r *Remarks) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("airing.Remarks: cannot scan %T", src)
	}
	*r = Remarks{}
	for _, text := range strings.FieldsFunc(string(b), func(r rune) bool { return strings.ContainsRune("{},", r) }) {
		*r = append(*r, Remark(text))
	}
	return nil
}

// secondsAfterMidnight reads a time as it is kept, 07:15:00.
func secondsAfterMidnight(at string) int {
	t, err := time.Parse(time.TimeOnly, at)
	if err != nil {
		return 0
	}
	return t.Hour()*3600 + t.Minute()*60 + t.Second()
}

// clockText writes a time of day as it is kept.
func clockText(seconds int) string {
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
