package payment

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/rule"
)

// MatchFacts are what an assessment asks about lines and about the papers between publication and payment.
type MatchFacts struct {
	Matches     []Match               `json:"matches"`
	Handovers   []HandoverFact        `json:"handovers"`
	Unrecapped  int64                 `json:"unrecapped" doc:"placements that no signed recap covers"`
	Itemised    []ItemisedFact        `json:"-"`
	Deliverable []placement.Fulfilled `json:"-"`
}

// ItemisedFact is an invoice with its lines and placements, as it is kept.
type ItemisedFact struct {
	Invoice Invoice
	Chosen  []placement.Placement
}

// HandoverFact is an acceptance report of the payment's placements.
type HandoverFact struct {
	ID        uuid.UUID   `json:"id" db:"id"`
	Number    string      `json:"number" db:"number"`
	Date      period.Date `json:"date" db:"date"`
	Signed    bool        `json:"signed" db:"signed"`
	Inspected string      `json:"inspected" db:"inspected" doc:"number of its inspection report (BAP)"`
	InspSign  bool        `json:"inspection_signed" db:"inspection_signed"`
}

// match holds the kept lines of each invoice against its placements once more, by the tolerance of the day. It fills the facts:
// what was found is frozen with the payment.
func (s *assessing) match() {
	tolerance := toleranceOn(s.facts.Rules, s.day)
	s.facts.Match.Matches = []Match{}
	for _, i := range s.facts.Match.Itemised {
		m := i.Invoice.Match(s.facts.Match.Deliverable, i.Chosen, tolerance)
		s.facts.Match.Matches = append(s.facts.Match.Matches, m)
		args := fault.Args{"number": m.Number}
		if !m.Detailed {
			s.say(rule.InvoiceLinesMissing, "/invoice_ids", AtInvoice, m.InvoiceID, args)
			continue
		}
		for _, l := range m.Lines {
			if !l.Verdict.Right() {
				s.say(rule.MatchDiffers, "/invoice_ids", AtInvoice, m.InvoiceID, fault.Args{
					"number": m.Number, "product": l.Product, "n": l.Quantity, "here": l.Here, "amount": l.Amount, "expected": l.Due,
				})
			}
		}
	}
}

// handover doubts what is paid without a signed recap, a signed acceptance report (BAST) and an inspection report (BAP).
func (s *assessing) handover() {
	of := s.payment.AgreementID
	for _, h := range s.facts.Match.Handovers {
		args := fault.Args{"number": h.Number}
		if !h.Signed {
			s.say(rule.AcceptanceUnsigned, "/invoice_ids", AtAcceptance, h.ID, args)
		}
		if h.Inspected == "" || !h.InspSign {
			s.say(rule.BAPMissing, "/invoice_ids", AtAcceptance, h.ID, args)
		}
	}
	if n := s.facts.Match.Unrecapped; n > 0 {
		s.say(rule.RecapMissing, "/invoice_ids", AtAgreement, of, fault.Args{"n": n})
	}
}
