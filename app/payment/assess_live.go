package payment

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/rule"
)

// LiveFact is whether the page of a placement of the payment is still there, and what is not owed for it.
type LiveFact struct {
	PlacementID uuid.UUID    `json:"placement_id" db:"placement_id"`
	Title       string       `json:"title" db:"title"`
	Page        bool         `json:"page" db:"page" doc:"has a page that is looked at again"`
	Result      string       `json:"result" db:"result" enum:",there,gone" doc:"of the last look; empty: nobody looked"`
	CheckedOn   period.Date  `json:"checked_on" db:"checked_on"`
	Kept        bool         `json:"kept" db:"kept" doc:"was there at the end of its minimum live period: nothing more is asked"`
	Shortfall   string       `json:"shortfall" db:"shortfall" enum:",open,decided" doc:"that stands"`
	Gross       money.Amount `json:"gross" db:"gross" doc:"of the shortfall"`
	Whole       bool         `json:"whole" db:"whole" doc:"the whole unit is not owed"`
	GoneOn      period.Date  `json:"gone_on" db:"gone_on"`
}

// stays doubts pages at which nobody looked lately, and units that are not owed because they were taken down.
func (s *assessing) stays() {
	age := s.facts.Rules.On(rule.LiveCheckAge, s.day).Figure
	for _, f := range s.facts.Live {
		args := fault.Args{"title": f.Title, "amount": f.Gross, "gone_on": f.GoneOn, "days": age, "checked_on": f.CheckedOn}
		switch {
		case f.Shortfall == "decided" && !f.Whole:
			s.say(rule.ShortfallUnrecovered, "/invoice_ids", AtPlacement, f.PlacementID, args)
		case f.Shortfall != "":
			s.say(rule.GoneEarly, "/invoice_ids", AtPlacement, f.PlacementID, args)
		}
		if f.Page && !f.Kept && (f.CheckedOn.IsZero() || f.CheckedOn.Before(s.day.AddDays(-int(age)))) {
			s.say(rule.LiveCheckMissing, "/invoice_ids", AtPlacement, f.PlacementID, args)
		}
	}
}
