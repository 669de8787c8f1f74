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
	titleMax  = 500
	urlMax    = 2000
	wordMax   = 200
	reasonMax = 2000
)

// Plan is a new placement as a client enters it.
type Plan struct {
	DeliverableID uuid.UUID   `json:"deliverable_id"`
	ScheduledOn   period.Date `json:"scheduled_on"`
	Title         string      `json:"title"`
}

// Check says by field what is wrong with the plan under its order.
func (n Plan) Check(o Order) error {
	var wrong fault.Fields
	wrong.Text("/title", n.Title, true, titleMax)
	o.checkSchedule(&wrong, n.ScheduledOn)
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
	}
}

// checkPublished wants a day of the agreement's period, not before the order and not in the future.
func (o Order) checkPublished(wrong *fault.Fields, on, today period.Date) {
	term := period.Range{From: o.StartDate, To: o.EndDate}
	switch {
	case on.After(today):
		wrong.AddWith("/published_on", "in_future", fault.Args{"today": today})
	case on.Before(o.OrderDate):
		wrong.AddWith("/published_on", "before", fault.Args{"field": "order_date", "date": o.OrderDate})
	case !term.Contains(on):
		wrong.AddWith("/published_on", "outside_period", fault.Args{"from": term.From, "to": term.To})
	}
}

// Changes are the fields to change; nil leaves a field as it is. A zero PublishedOn takes the publication back.
// Metrics are merged by name.
type Changes struct {
	ScheduledOn  *period.Date
	Title        *string
	PublishedOn  *period.Date
	URL          *string
	Edition      *string
	Page         *string
	Slot         *string
	LabelPresent *bool
	Metrics      Metrics
}

// recording reports whether the changes touch the evidence, which makes their author unfit to verify it.
func (c Changes) recording() bool {
	return c.PublishedOn != nil || c.URL != nil || c.Edition != nil || c.Page != nil || c.Slot != nil ||
		c.LabelPresent != nil || len(c.Metrics) > 0
}

// Change enters what by knows of the placement; naming the day of publication makes it published. Faults: wrong_state
// once it is verified or nothing can be owed any more, Invalid by field.
func (p Placement) Change(c Changes, by uuid.UUID, today period.Date) (Placement, error) {
	if err := p.open("change"); err != nil {
		return p, err
	}
	var wrong fault.Fields
	if c.ScheduledOn != nil {
		p.checkSchedule(&wrong, *c.ScheduledOn)
		p.ScheduledOn = *c.ScheduledOn
	}
	p.setTexts(c, &wrong)
	if c.LabelPresent != nil {
		p.LabelPresent = c.LabelPresent
	}
	p.Metrics = p.Metrics.merged(c.Metrics, &wrong)
	if c.PublishedOn != nil {
		if err := p.publish(*c.PublishedOn, today, &wrong); err != nil {
			return p, err
		}
	}
	if c.recording() {
		p.RecordedBy = p.RecordedBy.With(by)
	}
	return p, wrong.Err()
}

// publish names the day of publication, or takes it back, which an ended agreement does not allow.
func (p *Placement) publish(on, today period.Date, wrong *fault.Fields) error {
	p.PublishedOn = on
	if on.IsZero() {
		if p.AgreementStatus != agreement.Active {
			return fault.WrongState(string(p.AgreementStatus), "change")
		}
		if p.Status == Published {
			p.Status = Planned
		}
		return nil
	}
	p.checkPublished(wrong, on, today)
	p.Status, p.Remark = Published, ""
	return nil
}

func (p *Placement) setTexts(c Changes, wrong *fault.Fields) {
	for _, t := range []struct {
		pointer  string
		from     *string
		to       *string
		required bool
		max      int
	}{
		{"/title", c.Title, &p.Title, true, titleMax}, {"/url", c.URL, &p.URL, false, urlMax},
		{"/edition", c.Edition, &p.Edition, false, wordMax}, {"/page", c.Page, &p.Page, false, wordMax},
		{"/slot", c.Slot, &p.Slot, false, wordMax},
	} {
		if t.from == nil {
			continue
		}
		*t.to = strings.TrimSpace(*t.from)
		wrong.Text(t.pointer, *t.to, t.required, t.max)
	}
	if c.URL != nil && p.URL != "" && !isWebAddress(p.URL) {
		wrong.Add("/url", "bad_url")
	}
}

// isWebAddress wants an absolute http or https address without a password in it.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && slices.Contains([]string{"http", "https"}, u.Scheme) && u.Hostname() != "" && u.User == nil
}
