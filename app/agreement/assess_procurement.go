package agreement

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/paper"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// ProcurementFacts is what is known for the questions of assessProcurement.
type ProcurementFacts struct {
	Papers []HeldPaper       `json:"papers" doc:"in the file, voided ones not"`
	Lists  []CooperationFact `json:"cooperation_lists" doc:"of the year, for the agency or the whole government"`
	// Checklist is the rows of the government that say which papers a file must hold.
	Checklist paper.Set `json:"-"`
}

// HeldPaper is a paper that is in the file.
type HeldPaper struct {
	ID     uuid.UUID   `json:"id"`
	Code   paper.Code  `json:"code"`
	Number string      `json:"number"`
	Date   period.Date `json:"date"`
	File   string      `json:"file"`
}

// CooperationFact is a list of cooperating media of the year, and which channels of the agreement are on it.
type CooperationFact struct {
	ID       uuid.UUID   `json:"id"`
	Number   string      `json:"number"`
	Date     period.Date `json:"date"`
	Channels []uuid.UUID `json:"channels" doc:"outlets and accounts of the agreement that are on it"`
}

// assessProcurement holds the agreement against its procurement: what its value asks for, and what the file lacks.
func (a Agreement) assessProcurement(s *assessing) {
	a.assessLimits(s)
	a.assessPlan(s)
	a.assessNegotiation(s)
	if a.Procurement.Shortfall() == NoShortfall {
		s.say(rule.ShortfallMissing, "/procurement/shortfall_rule", AtAgreement, uuid.Nil, nil)
	}
	if a.Procurement.LegalBasis == "" {
		s.say(rule.BasisMissing, "/procurement/legal_basis", AtAgreement, uuid.Nil, nil)
	}
	a.assessCooperation(s)
	a.assessPapers(s)
}

// assessLimits asks whether method and form are enough for the value.
func (a Agreement) assessLimits(s *assessing) {
	if code, ok := methodLimits()[a.Method]; ok {
		if limit := s.figure(code); int64(a.Weight()) > limit {
			s.say(rule.MethodOverLimit, "/method", AtAgreement, uuid.Nil, fault.Args{"amount": a.Weight(), "limit": money.Amount(limit), "method": string(a.Method)})
		}
	}
	l := limitsOf(s.facts.Rules, a.OrderDate)
	if limit, judged := l.reach(a.Method, a.Form); judged && a.Weight() > limit {
		s.say(rule.FormBelowValue, "/form", AtAgreement, uuid.Nil, fault.Args{
			"amount": a.Weight(), "limit": limit, "form": string(a.Form), "proper_form": string(l.form(a.Method, a.Weight())),
		})
	}
}

// assessPlan asks for the owner's estimate and the RUP.
func (a Agreement) assessPlan(s *assessing) {
	l := limitsOf(s.facts.Rules, a.OrderDate)
	if free := l.noEstimate(a.Method); a.OwnerEstimate == nil && a.Procurement.NoEstimateReason == "" && a.Weight() > free {
		s.say(rule.EstimateMissing, "/owner_estimate", AtAgreement, uuid.Nil, fault.Args{"amount": a.Weight(), "limit": free})
	}
	if a.RUPCode == "" {
		s.say(rule.RUPMissing, "/rup_code", AtAgreement, uuid.Nil, nil)
	}
	if on := a.Procurement.RUPAnnouncedOn; !on.IsZero() && on.After(a.OrderDate) {
		s.say(rule.RUPLate, "/procurement/rup_announced_on", AtAgreement, uuid.Nil, fault.Args{"date": on, "order_date": a.OrderDate})
	}
}

// assessNegotiation wants minutes and an offered price for each line, where a price was negotiated on paper.
func (a Agreement) assessNegotiation(s *assessing) {
	if !a.negotiated() {
		return
	}
	if a.Procurement.Minutes.Number == "" {
		s.say(rule.NegotiationMissing, "/procurement/minutes/number", AtAgreement, uuid.Nil, nil)
	}
	for i, d := range a.Deliverables {
		if d.OfferedPrice == nil {
			s.say(rule.NegotiationMissing, itemPointer(i)+"/offered_price", AtAgreement, uuid.Nil, nil)
		}
	}
}

func (a Agreement) negotiated() bool {
	return (a.Method == directProcurement || a.Method == appointment) && (a.Form == workOrder || a.Form == contract)
}

// assessCooperation wants every channel on a list of the year that was there on the order date; where the year has no list,
// nothing is asked.
func (a Agreement) assessCooperation(s *assessing) {
	lists := s.facts.Procurement.Lists
	if len(lists) == 0 {
		return
	}
	newest := slices.MaxFunc(lists, func(x, y CooperationFact) int { return x.Date.Compare(y.Date) })
	for i, d := range a.Deliverables {
		channel, field := d.OutletID.UUID, "/outlet_id"
		if d.SocialAccountID.Valid {
			channel, field = d.SocialAccountID.UUID, "/social_account_id"
		}
		on := func(l CooperationFact) bool {
			return !l.Date.After(a.OrderDate) && slices.Contains(l.Channels, channel)
		}
		if !slices.ContainsFunc(lists, on) {
			s.say(rule.NotCooperating, itemPointer(i)+field, AtCooperation, newest.ID, fault.Args{
				"name": d.Channel, "year": strconv.Itoa(a.FiscalYear), "number": newest.Number, "date": newest.Date,
			})
		}
	}
}

// assessPapers names each mandatory paper of the file that is not there, with who owes it.
func (a Agreement) assessPapers(s *assessing) {
	for _, r := range s.facts.Procurement.Checklist.Of(a.file()) {
		there := func(p HeldPaper) bool { return p.Code == r.Code }
		if r.Mandatory && !slices.ContainsFunc(s.facts.Procurement.Papers, there) {
			s.say(rule.DocumentMissing, "/papers", AtPapers, uuid.Nil, fault.Args{
				"paper": string(r.Code), "name_id": r.NameID, "name_en": r.NameEN, "owner": string(r.Owner), "basis": r.Basis,
			})
		}
	}
}

// Advice is what the value of an agreement asks for, while it is being written.
type Advice struct {
	Form          Form // the weakest that will do
	NeedsEstimate bool
	EstimateFree  money.Amount // up to which value no estimate is needed
	MethodLimit   money.Amount // zero: the method has none
	FormFits      bool
	MethodFits    bool
}

// Advise says what the value asks for under the rules; nil for an agency that Indonesian law does not bind.
func (a Agreement) Advise(ag registry.Agency, rules rule.Set) *Advice {
	if ag.Scheme == registry.Other {
		return nil
	}
	l := limitsOf(rules, a.OrderDate)
	free := l.noEstimate(a.Method)
	out := Advice{Form: l.form(a.Method, a.Weight()), NeedsEstimate: a.Weight() > free, EstimateFree: free, FormFits: true, MethodFits: true}
	if limit, judged := l.reach(a.Method, a.Form); judged {
		out.FormFits = a.Weight() <= limit
	}
	if code, ok := methodLimits()[a.Method]; ok {
		out.MethodLimit = money.Amount(rules.On(code, a.OrderDate).Figure)
		out.MethodFits = a.Weight() <= out.MethodLimit
	}
	return &out
}
