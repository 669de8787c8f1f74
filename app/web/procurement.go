package web

import (
	"tayang/app/agreement"
	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/paper"
)

// procurementFields are what the form of an agreement asks about its procurement, besides method, form, RUP and estimate:
// what was planned, and on what basis it was agreed.
func (in reader) procurementFields() (planned, agreed []field) {
	at := func(name string) string { return "procurement." + name }
	bundle := in.input(at("package"), "text", false)
	bundle.Help = in.T("procurement.help.package")
	reason := in.input(at("no_estimate_reason"), "text", false)
	reason.Help = in.T("procurement.help.no_estimate")
	basis := in.input(at("legal_basis"), "text", false)
	basis.Help, basis.Wide = in.T("procurement.help.basis"), true
	minutes := in.input(at("minutes.number"), "text", false)
	minutes.Help = in.T("procurement.help.minutes")
	shortfall := in.choice(at("shortfall_rule"), false, in.options("shortfall", "per_unit", "pro_rata_days", "make_good", nothingAgreed))
	shortfall.Help = in.T("procurement.help.shortfall")
	planned = []field{in.input(at("rup_announced_on"), "date", false), reason, bundle, in.input(at("media_plan"), "text", false)}
	return planned, []field{basis, minutes, in.input(at("minutes.date"), "date", false), shortfall}
}

// nothingAgreed is how the form says that there is no shortfall rule; nothing chosen means the usual one.
const nothingAgreed = "none"

func procurementTyped(t *typed) agreement.Procurement {
	p := agreement.Procurement{
		Package: t.text("procurement.package"), RUPAnnouncedOn: t.date("procurement.rup_announced_on"),
		NoEstimateReason: t.text("procurement.no_estimate_reason"), LegalBasis: t.text("procurement.legal_basis"), MediaPlan: t.text("procurement.media_plan"),
		Minutes: agreement.Minutes{Number: t.text("procurement.minutes.number"), Date: t.date("procurement.minutes.date")},
	}
	if chosen := agreement.Shortfall(t.text("procurement.shortfall_rule")); chosen != "" {
		if chosen == nothingAgreed {
			chosen = agreement.NoShortfall
		}
		p.ShortfallRule = &chosen
	}
	return p
}

func procurementValues(p agreement.Procurement, values map[string]string) {
	for name, value := range map[string]string{
		"package": p.Package, "rup_announced_on": p.RUPAnnouncedOn.String(), "no_estimate_reason": p.NoEstimateReason, "legal_basis": p.LegalBasis,
		"media_plan": p.MediaPlan, "minutes.number": p.Minutes.Number, "minutes.date": p.Minutes.Date.String(),
	} {
		values["procurement."+name] = value
	}
	if p.ShortfallRule != nil {
		values["procurement.shortfall_rule"] = string(*p.ShortfallRule)
		if *p.ShortfallRule == agreement.NoShortfall {
			values["procurement.shortfall_rule"] = nothingAgreed
		}
	}
}

// procurement is what the record says of the procurement.
func (in reader) procurement(a agreement.Agreement) []fact {
	p := a.Procurement
	shortfall := in.T("shortfall.none")
	if p.ShortfallRule != nil && *p.ShortfallRule != agreement.NoShortfall {
		shortfall = in.T("shortfall." + string(*p.ShortfallRule))
	}
	minutes := text(orDash(p.Minutes.Number))
	if !p.Minutes.Date.IsZero() {
		minutes.Sub = in.date(p.Minutes.Date)
	}
	facts := []fact{
		{in.T("field.procurement.package"), text(orDash(p.Package))},
		{in.T("field.procurement.rup_announced_on"), text(in.date(p.RUPAnnouncedOn))},
		{in.T("field.procurement.legal_basis"), text(orDash(p.LegalBasis))},
		{in.T("field.procurement.media_plan"), text(orDash(p.MediaPlan))},
		{in.T("field.procurement.minutes"), minutes},
		{in.T("field.procurement.shortfall_rule"), text(shortfall)},
		{in.T("procurement.offered"), text(in.offered(a))},
	}
	if a.OwnerEstimate == nil {
		facts = append(facts, fact{in.T("field.procurement.no_estimate_reason"), text(orDash(p.NoEstimateReason))})
	}
	return facts
}

// offered is what was offered and what was negotiated, as the prices were written; a dash where a line has no offer.
func (in reader) offered(a agreement.Agreement) string {
	var offered, negotiated money.Amount
	for _, d := range a.Deliverables {
		if d.OfferedPrice == nil {
			return "–"
		}
		offered, negotiated = offered+*d.OfferedPrice*money.Amount(d.Quantity), negotiated+d.UnitPrice*money.Amount(d.Quantity)
	}
	return in.cash(offered) + " → " + in.cash(negotiated)
}

// advise puts into the outlook which form of contract the value asks for and whether an estimate is needed.
func (in reader) advise(o *outlook, a agreement.Agreement, advice *agreement.Advice) {
	if advice == nil {
		return
	}
	proper := in.T("form." + string(advice.Form))
	estimate := in.T("procurement.estimate.free", "limit", in.cash(advice.EstimateFree))
	if advice.NeedsEstimate {
		estimate = in.T("procurement.estimate.needed")
	}
	o.Figures = append(o.Figures, figure{in.T("procurement.proper_form"), proper, ""}, figure{in.T("field.owner_estimate"), estimate, ""})
	if !advice.FormFits {
		o.Wrong = append(o.Wrong, in.T("procurement.form_below", "form", in.T("form."+string(a.Form)), "amount", in.cash(a.Weight()), "proper", proper))
	}
	if !advice.MethodFits {
		o.Wrong = append(o.Wrong, in.T("procurement.method_over", "method", in.T("method."+string(a.Method)), "amount", in.cash(a.Weight()), "limit", in.cash(advice.MethodLimit)))
	}
}

// doubtTable is every doubt about an agreement before it is submitted or decided on: how strict its rule is, why, and where
// it is mended.
func (in reader) doubtTable(f agreementFacts) table {
	t := table{ID: "doubts", Caption: in.T("procurement.doubts"), Empty: empty{Text: in.T("procurement.doubts.none")}, Columns: []column{
		{Label: in.T("rule.name")}, {Label: in.T("procurement.doubt")}, {Label: in.T("field.mode")}, {Label: in.T("procurement.mend")},
	}}
	for _, stops := range []bool{true, false} {
		for _, d := range f.Known.Doubts {
			if d.Stops() != stops {
				continue
			}
			mode, mend := cell{Text: in.modeName(d.Mode)}, to(in.T("procurement.place."+string(d.Place)), in.mended(f.Agreement, d))
			if stops {
				mode.Class = "over"
			}
			if d.OverrideID.Valid {
				mode = cell{Text: in.T("procurement.passes"), Href: in.path("overrides", d.OverrideID.UUID.String())}
			}
			t.add("", two(in.T("rule."+string(d.Rule)), d.Basis), text(in.Field(d.Field(), in.Agency.Currency)), mode, mend)
		}
	}
	return t
}

// paperName is what a paper of the checklist is called in the reader's language.
func (in reader) paperName(f paper.RequirementForm) string {
	if in.Code() == lang.EN {
		return f.NameEN
	}
	return f.NameID
}
