// Package live looks again whether what was published is still there: at the end of the minimum live period of content on a
// social account, and before its payment. What was taken down early is a shortfall with its money. How a page is opened
// lives in capture; what was published and proven lives in placement.
package live

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/address"
	"tayang/app/agreement"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/placement"
)

// Purpose says why a page is looked at again.
type Purpose string

// The purposes.
const (
	PeriodEnd     Purpose = "live_period_end" // the last day of the minimum live period
	BeforePayment Purpose = "before_payment"  // a payment was asked for
	Manual        Purpose = "manual"          // somebody wanted to know
)

// Result is what was found.
type Result string

// The results. An unclear page is one that a person has to look at: a login, a soft refusal, a front page.
const (
	NoResult Result = ""
	There    Result = "there"
	Gone     Result = "gone"
	Unclear  Result = "unclear"
)

// Origin says whose word the result is.
type Origin string

// The origins.
const (
	ByProgram Origin = "capture" // the program opened the page itself
	ByStaff   Origin = "staff"   // a person states what he saw, with a picture of it
)

// Check is one look at the page of a placement: due, under way, or done. File is the SHA-256 of its evidence, the sealed
// bundle of the program or the picture that a person brought.
type Check struct {
	ID              uuid.UUID      `json:"id" db:"id"`
	AgencyID        uuid.UUID      `json:"-" db:"agency_id"`
	PlacementID     uuid.UUID      `json:"placement_id" db:"placement_id"`
	PlacementTitle  string         `json:"placement_title" db:"placement_title"`
	AgreementID     uuid.UUID      `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string         `json:"agreement_number" db:"agreement_number"`
	VendorName      string         `json:"vendor_name" db:"vendor_name"`
	Channel         string         `json:"channel" db:"channel" doc:"the outlet's name, or platform and handle"`
	URL             string         `json:"url" db:"url"`
	Purpose         Purpose        `json:"purpose" db:"purpose" enum:"live_period_end,before_payment,manual"`
	DueOn           period.Date    `json:"due_on" db:"due_on"`
	Due             bool           `json:"due" db:"due" doc:"waits for an answer: nothing was found yet, or nothing clear, and no later check knows better"`
	Status          capture.Status `json:"status" db:"status" enum:"queued,running,done,failed"`
	Step            capture.Step   `json:"step" db:"step" enum:",open,settle,picture,seal"`
	Attempts        int            `json:"attempts" db:"attempts"`
	Error           string         `json:"error" db:"error" doc:"code of why the program could not look"`
	Result          Result         `json:"result" db:"result" enum:",there,gone,unclear"`
	HTTPStatus      int            `json:"http_status" db:"http_status" doc:"0: none was seen"`
	FinalURL        string         `json:"final_url" db:"final_url" doc:"where the page was in the end"`
	PageTitle       string         `json:"page_title" db:"page_title"`
	Origin          Origin         `json:"origin" db:"origin" enum:",capture,staff"`
	File            string         `json:"sha256" db:"sha256" doc:"the evidence: sealed bundle, or the picture that a person brought"`
	Filename        string         `json:"filename" db:"filename"`
	Statement       string         `json:"statement" db:"statement" doc:"what a person says that he saw"`
	GoneOn          period.Date    `json:"gone_on" db:"gone_on" doc:"when it was taken down, as far as a person knows"`
	CheckedAt       *time.Time     `json:"checked_at" db:"checked_at"`
	CheckedBy       uuid.NullUUID  `json:"checked_by" db:"checked_by" doc:"null: the program"`
	CreatedAt       time.Time      `json:"created_at" db:"created_at"`
	CreatedBy       uuid.NullUUID  `json:"created_by" db:"created_by" doc:"null: the program, when it was due"`
	FinishedAt      *time.Time     `json:"finished_at" db:"finished_at"`
	Version         int64          `json:"version" db:"version"`
}

// Ended reports whether nothing will become of the check by itself any more.
func (c Check) Ended() bool { return c.Status == capture.Done || c.Status == capture.Failed }

// Checkable reports whether a placement has a page that can be looked at again: on the web, published, and no story, which
// is gone after a day by its nature.
func Checkable(p placement.Placement) bool {
	switch p.Status {
	case placement.Published, placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid:
	case placement.Planned, placement.Rejected, placement.Cancelled:
		return false
	}
	onWeb := p.ChannelKind == placement.Online || p.ChannelKind == placement.Social
	return onWeb && p.URL != "" && !p.PublishedOn.IsZero() && !p.Story()
}

// Until is the last day of the minimum live period; zero when none was agreed.
func Until(p placement.Placement) period.Date {
	if p.Content == nil || p.PublishedOn.IsZero() {
		return period.Date{}
	}
	return p.Content.LiveUntil(p.PublishedOn)
}

// Kept reports whether the placement was seen at the end of its minimum live period or later: nothing more is owed to the
// office then, and what happens to it afterwards is nobody's shortfall.
func Kept(p placement.Placement, seen period.Date) bool {
	until := Until(p)
	return !until.IsZero() && !seen.IsZero() && !seen.Before(until)
}

// ask is a new check of the placement. Faults: wrong_state unless it is published and counts, Invalid at /url when there is
// no page to look at.
func ask(p placement.Placement, purpose Purpose, on period.Date) (Check, error) {
	switch p.Status {
	case placement.Planned, placement.Rejected, placement.Cancelled:
		return Check{}, fault.WrongState(string(p.Status), "check")
	case placement.Published, placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid:
	}
	if !Checkable(p) {
		var wrong fault.Fields
		wrong.Add("/url", "not_checkable")
		return Check{}, wrong.Err()
	}
	return Check{
		AgencyID: p.AgencyID, PlacementID: p.ID, PlacementTitle: p.Title, AgreementID: p.AgreementID, AgreementNumber: p.AgreementNumber,
		VendorName: p.VendorName, Channel: p.Channel, URL: p.URL, Purpose: purpose, DueOn: on, Due: true, Status: capture.Queued, Version: 1,
	}, nil
}

// Statement is what a person says that he saw.
type Statement struct {
	Result Result
	Text   string
	GoneOn period.Date
}

const statementMax = 2000

// check says by field what is wrong with the statement about a placement, made on the day.
func (s Statement) check(p placement.Placement, today period.Date) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/result", s.Result, There, Gone)
	wrong.Text("/statement", s.Text, true, statementMax)
	switch {
	case s.GoneOn.IsZero():
	case s.Result != Gone:
		wrong.Add("/gone_on", "only_when_gone")
	case s.GoneOn.Before(p.PublishedOn):
		wrong.AddWith("/gone_on", "before", fault.Args{"field": "published_on", "date": p.PublishedOn})
	case s.GoneOn.After(today):
		wrong.AddWith("/gone_on", "after", fault.Args{"field": "checked_at", "date": today})
	}
	return wrong.Err()
}

// state gives the check a person's word. Faults: wrong_state while the program looks, and once there is a clear result.
func (c Check) state(s Statement, by uuid.UUID, at time.Time) (Check, error) {
	if c.Status == capture.Running || c.Status == capture.Done && c.Result != Unclear {
		return c, fault.WrongState(string(c.Status), "state")
	}
	c.Status, c.Step, c.Error, c.Due = capture.Done, "", "", false
	c.Result, c.Origin, c.Statement, c.GoneOn = s.Result, ByStaff, s.Text, s.GoneOn
	c.CheckedAt, c.CheckedBy, c.FinishedAt = &at, uuid.NullUUID{UUID: by, Valid: true}, &at
	return c, nil
}

// saw gives the check what the program saw of the page.
func (c Check) saw(s capture.Snapshot, file string) Check {
	c.Status, c.Step, c.Error = capture.Done, capture.Sealing, ""
	c.Result, c.Origin = judge(c.URL, s), ByProgram
	c.Due = c.Result == Unclear
	c.HTTPStatus, c.FinalURL, c.PageTitle, c.File, c.CheckedAt = s.Status, s.FinalURL, s.Title, file, &s.At
	c.Filename = "periksa-" + s.At.UTC().Format("20060102T150405Z") + ".zip"
	return c
}

// judge says what a page tells about the address that was opened. Only a site's own "not found" is taken for gone; whatever
// may be a refusal to show it is left to a person.
func judge(asked string, s capture.Snapshot) Result {
	switch {
	case s.Status == http.StatusNotFound || s.Status == http.StatusGone:
		return Gone
	case s.Status < 200 || s.Status > 299:
		return Unclear
	}
	k, known := address.Of(asked)
	found, ok := address.Of(s.FinalURL)
	if !ok || !k.Front() && found.Front() || doorway(s.FinalURL) || saysGone(s.Title) {
		return Unclear
	}
	title := strings.ToLower(strings.TrimSpace(s.Title))
	if known && k.Platform != "" && (title == "" || title == string(k.Platform)) {
		return Unclear // a platform that shows its own name alone shows nothing of the post
	}
	return There
}

// doorway reports whether an address is that of a login.
func doorway(text string) bool {
	u, err := url.Parse(text)
	if err != nil {
		return true
	}
	for _, part := range strings.Split(strings.ToLower(u.Path), "/") {
		switch part {
		case "login", "signin", "sign-in", "masuk", "challenge", "consent":
			return true
		}
	}
	return false
}

// saysGone reports whether a title is one that sites write over what they do not have, though they answer that all is well.
func saysGone(title string) bool {
	title = strings.ToLower(title)
	for _, words := range []string{"not found", "404", "tidak ditemukan", "isn't available", "unavailable", "tidak tersedia", "dihapus", "removed"} {
		if strings.Contains(title, words) {
			return true
		}
	}
	return false
}

// agreedRule is what holds for money when a placement was taken down: by days where the parties agreed so and there is a
// period to count by, else by the whole unit.
func agreedRule(p placement.Placement, agreed agreement.Shortfall) agreement.Shortfall {
	if agreed == agreement.ProRataDays && !Until(p).IsZero() {
		return agreement.ProRataDays
	}
	return agreement.PerUnit
}
