package web

import (
	"strconv"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/paper"
)

func (in reader) requirementCrumb() link {
	return link{in.T("nav.requirements"), "/paper-requirements"}
}

// requirementPage is which papers the file of an agreement must hold: by the law, and as the government says otherwise.
func requirementPage(in reader, own []paper.Requirement) recordPage {
	p := recordPage{heading: heading{Title: in.T("nav.requirements"), Subtitle: in.T("requirement.subtitle"), Crumbs: []link{in.ruleCrumb()}}}
	if in.setsRules() {
		p.Actions = []action{{Label: in.T("requirement.enter"), Icon: "plus", Href: "/paper-requirements/new", Main: true, Key: "n"}}
	}
	p.Parts = []part{
		{ID: "own", Title: in.T("requirement.own"), Note: in.T("requirement.own.note"), Table: in.requirements("own-rows", own, in.setsRules())},
		{ID: "statutory", Title: in.T("requirement.statutory"), Table: in.requirements("statutory-rows", paper.Statutory(), false)},
	}
	return p
}

func (in reader) requirements(id string, rows []paper.Requirement, voids bool) *table {
	t := &table{ID: id, Empty: empty{Text: in.T("requirement.empty")}, Columns: []column{
		{Label: in.T("file.paper")}, {Label: in.T("field.stage")}, {Label: in.T("requirement.of")}, {Label: in.T("field.mandatory")}, {Label: in.T("field.owner")},
		{Label: in.T("field.valid_from"), Class: "date"}, {Label: in.T("field.valid_to"), Class: "date"}, {Label: in.T("field.basis")}, {Label: in.T("field.status")},
	}}
	for _, r := range rows {
		state := in.voided(r.VoidedAt != nil, r.VoidReason)
		if r.VoidedAt == nil && voids {
			state = to(in.T("rule.void"), "/paper-requirements/"+r.ID.String()+"/void")
		}
		t.add("", two(in.paperName(r.RequirementForm), string(r.Code)), text(in.T("paper.stage."+string(r.Stage))), text(in.asked(r.RequirementForm)), text(in.yes(r.Mandatory)),
			text(in.T("paper.owner."+string(r.Owner))), in.day(r.ValidFrom), in.day(r.ValidTo), text(r.Basis), state)
	}
	return t
}

// asked says of which agreements a paper is asked.
func (in reader) asked(f paper.RequirementForm) string {
	out := ""
	for _, part := range []struct{ prefix, code string }{
		{"agreement.kind", f.Kind}, {"method", f.Method}, {"form", f.Form}, {"payment.kind", f.PaymentKind}, {"outlet.kind", f.Channel}, {"vendor.kind", f.VendorKind},
	} {
		if part.code == "" {
			continue
		}
		if out != "" {
			out += " · "
		}
		out += in.T(part.prefix + "." + part.code)
	}
	for _, also := range []struct {
		holds bool
		words string
	}{
		{f.VAT, in.T("requirement.vat")}, {f.ViaAgency, in.T("requirement.via_agency")},
		{f.Above > 0, in.T("requirement.above", "amount", in.Money(f.Above, money.IDR))},
	} {
		if also.holds && out != "" {
			out += " · "
		}
		if also.holds {
			out += also.words
		}
	}
	if out == "" {
		return in.T("requirement.any")
	}
	return out
}

func paperRequirementForm(in reader) formPage {
	anyOf := []option{{Label: in.T("requirement.any")}}
	code, basis := in.input("code", "text", true), in.input("basis", "text", true)
	code.Help = in.T("requirement.help.code")
	basis.Wide, basis.Help = true, in.T("rule.help.basis")
	vatOnly := in.input("vat", "checkbox", false)
	vatOnly.Label = in.T("requirement.vat")
	return formPage{
		heading: heading{Title: in.T("requirement.enter"), Crumbs: []link{in.requirementCrumb()}},
		Action:  "/paper-requirements", Back: "/paper-requirements", Intro: in.T("requirement.intro"), Guard: true,
		Groups: []group{{Fields: []field{
			code, in.input("name_id", "text", true), in.input("name_en", "text", true),
			in.choice("kind", false, append(anyOf, in.options("agreement.kind", "media", "influencer")...)),
			in.choice("method", false, append(anyOf[:1:1], wordsOf(in, "method", agreement.Methods())...)),
			in.choice("form", false, append(anyOf[:1:1], wordsOf(in, "form", agreement.Forms())...)),
			in.choice("stage", true, in.options("paper.stage", "agreement", "payment", "settlement")),
			in.choice("payment_kind", false, append(anyOf[:1:1], in.options("payment.kind", "ls", "up", "gu", "tu")...)),
			in.choice("channel", false, append(anyOf[:1:1], in.options("outlet.kind", "print", "online", "radio", "tv", "outdoor", "social")...)),
			in.choice("vendor_kind", false, append(anyOf[:1:1], in.options("vendor.kind", "company", "individual")...)),
			vatOnly, in.input("via_agency", "checkbox", false), in.input("above", "text", false),
			in.choice("owner", true, wordsOf(in, "paper.owner", paper.Owners())),
			in.input("mandatory", "checkbox", false), in.input("valid_from", "date", true), in.input("valid_to", "date", false), basis,
		}}},
		Buttons: []button{{Label: in.T("rule.set.button"), Main: true, Icon: "check"}},
	}
}

func paperRequirementTyped(t *typed) paper.RequirementForm {
	return paper.RequirementForm{
		Code: paper.Code(t.text("code")), NameID: t.text("name_id"), NameEN: t.text("name_en"), Kind: t.text("kind"), Method: t.text("method"), Form: t.text("form"),
		Stage: paper.Stage(t.text("stage")), Conditions: paper.Conditions{
			PaymentKind: t.text("payment_kind"), Channel: t.text("channel"), VendorKind: t.text("vendor_kind"), VAT: t.yes("vat"), ViaAgency: t.yes("via_agency"),
			Above: money.Amount(t.whole("above")),
		},
		Mandatory: t.yes("mandatory"), Owner: paper.Owner(t.text("owner")), ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Basis: t.text("basis"),
	}
}

func requirementVoid(in reader, r paper.Requirement) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("rule.void.title", "rule", in.paperName(r.RequirementForm)), Crumbs: []link{in.requirementCrumb()}},
		Action:  "/paper-requirements/" + r.ID.String() + "/void", Back: "/paper-requirements", Intro: in.T("rule.void.intro"), Hidden: []box{version64(r.Version)},
		Facts:   []fact{{in.T("requirement.of"), text(in.asked(r.RequirementForm))}, {in.T("field.valid_from"), text(in.date(r.ValidFrom))}, {in.T("field.basis"), text(r.Basis)}},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("rule.void.button"), Danger: true, Icon: "x"}},
	}
}

func (w *Web) requirements(r *request) (answer, error) {
	page, err := w.services.Requirements.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return answer{}, err
	}
	return show(requirementPage(r.reader, page.Items))
}

func (w *Web) newRequirement(r *request) (answer, error) { return show(paperRequirementForm(r.reader)) }

func (w *Web) addRequirement(r *request) (answer, error) {
	t := r.typed()
	f := paperRequirementTyped(t)
	err := t.wrong.Err()
	if err == nil {
		_, err = w.services.Requirements.Add(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(paperRequirementForm(r.reader), err)
	}
	return done("/paper-requirements", "flash.saved", "what", r.paperName(f))
}

func (w *Web) requirementOf(r *request) (paper.Requirement, error) {
	id, err := r.id("id")
	if err != nil {
		return paper.Requirement{}, err
	}
	return w.services.Requirements.Requirement(r.ctx(), r.Actor, id)
}

func (w *Web) askVoidRequirement(r *request) (answer, error) {
	row, err := w.requirementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(requirementVoid(r.reader, row))
}

func (w *Web) voidRequirement(r *request) (answer, error) {
	row, err := w.requirementOf(r)
	if err != nil {
		return answer{}, err
	}
	cmd := paper.VoidCommand{Expected: r.expected(), Reason: r.typed().text("reason")}
	if _, err = w.services.Requirements.Void(r.ctx(), r.Actor, row.ID, cmd); err != nil {
		return r.refusedVoid(requirementVoid(r.reader, row), err)
	}
	return done("/paper-requirements", "flash.rule.voided", "what", r.paperName(row.RequirementForm)+" "+strconv.Itoa(row.ValidFrom.Year()))
}
