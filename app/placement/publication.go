package placement

import (
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/period"
)

// Bounds of the texts of a placement, in characters.
const (
	titleMax = 500
	urlMax   = 2000
	wordMax  = 200
	// ReasonMax bounds a reason, in characters.
	ReasonMax = 2000
)

// Plan is a new placement as a client enters it.
type Plan struct {
	DeliverableID uuid.UUID   `json:"deliverable_id"`
	ScheduledOn   period.Date `json:"scheduled_on"`
	Title         string      `json:"title"`
	MakeGood
}

// Check says by field what is wrong with the plan under its order.
func (n Plan) Check(o Order) error {
	var wrong fault.Fields
	wrong.Text("/title", n.Title, true, titleMax)
	if n.MakeGoodFor.Valid { // it may come after the end: its publication is flagged then, and needs an override
		o.EndDate = period.FiscalYear(o.FiscalYear).Range().To
	}
	o.checkSchedule(&wrong, n.ScheduledOn)
	n.MakeGood.check(&wrong)
	return wrong.Err()
}

// checkSchedule wants a day of the agreement's period, inside its fiscal year.
func (o Order) checkSchedule(wrong *fault.Fields, on period.Date) {
	term := period.Range{From: o.StartDate, To: o.EndDate}
	switch {
	case on.IsZero():
		wrong.Add("/scheduled_on", "required")
	case !term.Contains(on):
		wrong.AddWith("/scheduled_on", "outside_period", fault.Args{"from": term.From, "to": term.To})
	case !period.FiscalYear(o.FiscalYear).Contains(on):
		wrong.AddWith("/scheduled_on", "outside_fiscal_year", fault.Args{"fiscal_year": o.FiscalYear})
	default:
		o.Suspensions.Refusal(wrong, "/scheduled_on", on)
	}
}

// Entry is what staff may write about a placement until it is verified.
type Entry struct {
	ScheduledOn  period.Date `json:"scheduled_on"`
	Title        string      `json:"title"`
	PublishedOn  period.Date `json:"published_on,omitzero"`
	URL          string      `json:"url,omitempty"`
	Edition      string      `json:"edition,omitempty"`
	Page         string      `json:"page,omitempty"`
	Slot         string      `json:"slot,omitempty"`
	LabelPresent *bool       `json:"label_present,omitempty"`
	Metrics      Metrics     `json:"metrics,omitempty" doc:"laid over the figures that are known"`
}

// Entry is what was written so far, but for the metrics: what is entered of them is laid over the known ones.
func (p Placement) Entry() Entry {
	return Entry{
		ScheduledOn: p.ScheduledOn, Title: p.Title, PublishedOn: p.PublishedOn, URL: p.URL, Edition: p.Edition,
		Page: p.Page, Slot: p.Slot, LabelPresent: p.LabelPresent,
	}
}

// records reports whether e says anything new about the publication, which makes its author unfit to verify it.
func (e Entry) records(old Entry) bool {
	answer := func(b *bool) int {
		switch {
		case b == nil:
			return 0
		case *b:
			return 1
		}
		return 2
	}
	return len(e.Metrics) > 0 || e.PublishedOn != old.PublishedOn || e.URL != old.URL || e.Edition != old.Edition ||
		e.Page != old.Page || e.Slot != old.Slot || answer(e.LabelPresent) != answer(old.LabelPresent)
}

// Enter writes what by knows of the placement. One with a day of publication is published, also when it had been
// rejected: so it is handed in anew. c notes the overrides under which it passes. Faults: wrong_state once it is verified
// or nothing can be owed any more, Invalid by field.
func (p Placement) Enter(e Entry, by uuid.UUID, c *Clock) (Placement, error) {
	if err := p.open("change"); err != nil {
		return p, err
	}
	old, before := p.Entry(), p
	var wrong fault.Fields
	if e.ScheduledOn != old.ScheduledOn {
		p.checkSchedule(&wrong, e.ScheduledOn)
	}
	if e.PublishedOn != old.PublishedOn && !e.PublishedOn.IsZero() {
		p.ClockFlags = p.ClockFlags.with(c.published(&wrong, p.Order, e.PublishedOn))
	}
	e = e.trimmed()
	e.checkTexts(&wrong)
	p.ScheduledOn, p.Title = e.ScheduledOn, e.Title
	p.Publication = Publication{
		PublishedOn: e.PublishedOn, URL: e.URL, Edition: e.Edition, Page: e.Page, Slot: e.Slot,
		LabelPresent: e.LabelPresent, Metrics: p.Metrics.merged(e.Metrics, &wrong),
	}
	if e.records(old) {
		p.RecordedBy = p.RecordedBy.With(by)
	}
	if err := wrong.Err(); err != nil {
		return p, err
	}
	p.DueOn = p.moved(before, c.Today)
	p.Lateness = p.late(agreement.PenaltyRatesOn(c.Rules, c.Scheme, p.OrderDate), p.Suspensions)
	return p.placed()
}

// placed brings the state in line with the day of publication. A publication cannot be taken back once the agreement
// was terminated: what is owed was counted then.
func (p Placement) placed() (Placement, error) {
	switch {
	case !p.PublishedOn.IsZero():
		p.Status, p.Remark = Published, ""
	case p.Status == Published && p.AgreementStatus != agreement.Active:
		return p, fault.WrongState(string(p.AgreementStatus), "change")
	case p.Status == Published:
		p.Status = Planned
	}
	return p, nil
}

func (e Entry) trimmed() Entry {
	for _, s := range []*string{&e.Title, &e.URL, &e.Edition, &e.Page, &e.Slot} {
		*s = strings.TrimSpace(*s)
	}
	return e
}

func (e Entry) checkTexts(wrong *fault.Fields) {
	wrong.Text("/title", e.Title, true, titleMax)
	before := len(*wrong)
	wrong.Text("/url", e.URL, false, urlMax)
	if len(*wrong) == before && e.URL != "" && !isWebAddress(e.URL) {
		wrong.Add("/url", "bad_url")
	}
	wrong.Text("/edition", e.Edition, false, wordMax)
	wrong.Text("/page", e.Page, false, wordMax)
	wrong.Text("/slot", e.Slot, false, wordMax)
}

// isWebAddress wants an absolute http or https address without a password in it.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && slices.Contains([]string{"http", "https"}, u.Scheme) && u.Hostname() != "" && u.User == nil
}
