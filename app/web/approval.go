package web

import (
	"strconv"

	"tayang/app/access"
	"tayang/app/approval"
	"tayang/app/fault"
	"tayang/app/listing"
)

// stepFields is how many steps the form of the matrix offers.
const stepFields = 3

func (in reader) approvalCrumb() link { return link{in.T("nav.approvals"), "/approval-rules"} }

// approvalPage is the matrix: who approves, by kind and amount.
func approvalPage(in reader, rows []approval.Rule) recordPage {
	p := recordPage{heading: heading{Title: in.T("nav.approvals"), Subtitle: in.T("approval.subtitle")}}
	if in.setsRules() {
		p.Actions = []action{{Label: in.T("approval.set"), Icon: "plus", Href: "/approval-rules/new", Main: true, Key: "n"}}
	}
	p.Parts = []part{{ID: "matrix", Title: in.T("approval.rows"), Note: in.T("approval.rows.note"), Table: in.matrix(rows)}}
	return p
}

func (in reader) matrix(rows []approval.Rule) *table {
	t := &table{ID: "approval-rules", Columns: []column{
		{Label: in.T("field.agency_id")}, {Label: in.T("field.kind")}, {Label: in.moneyLabel("field.gross_from"), Class: "money"},
		{Label: in.moneyLabel("field.gross_to"), Class: "money"}, {Label: in.T("field.steps")}, {Label: in.T("field.valid_from"), Class: "date"},
		{Label: in.T("field.valid_to"), Class: "date"}, {Label: in.T("field.basis")}, {Label: in.T("field.status")},
	}, Empty: empty{Text: in.T("approval.empty")}}
	for _, r := range rows {
		top := cell{Text: in.T("approval.no_limit"), Class: "money"}
		if r.GrossTo != nil {
			top = in.money(*r.GrossTo)
		}
		t.add("", text(in.whose(r)), text(in.T("approval.kind."+string(r.Kind))), in.money(r.GrossFrom), top, text(in.stepsInWords(r.Steps)),
			in.day(r.ValidFrom), in.day(r.ValidTo), text(r.Basis), in.approvalNext(r))
	}
	return t
}

// whose is the agency of a row, or that it is for all.
func (in reader) whose(r approval.Rule) string {
	if r.AgencyCode == "" {
		return in.T("rule.everybody")
	}
	return r.AgencyCode
}

// approvalNext is what can be done with a row, or that it is void.
func (in reader) approvalNext(r approval.Rule) cell {
	here := "/approval-rules/" + r.ID.String()
	switch {
	case r.VoidedAt != nil:
		return two(in.T("rule.voided"), r.VoidReason)
	case in.setsRules() && r.ValidTo.IsZero():
		return to(in.T("approval.end"), here+"/end")
	case in.setsRules():
		return to(in.T("rule.void"), here+"/void")
	}
	return text("–")
}

// approvalForm sets a row of the matrix.
func approvalForm(in reader) formPage {
	agency := in.choice("agency_id", false, []option{{Label: in.T("rule.everybody")}})
	for _, a := range in.Agencies {
		agency.Options = append(agency.Options, option{Value: a.ID.String(), Label: a.Name})
	}
	from, top := in.input("gross_from", "money", false), in.input("gross_to", "money", false)
	from.Help = in.T("approval.help.gross_from")
	from.Unit, top.Unit, top.Help = in.sign(), in.sign(), in.T("approval.help.gross_to")
	basis := in.input("basis", "text", true)
	basis.Wide, basis.Help = true, in.T("rule.help.basis")
	fields := []field{agency, in.choice("kind", true, in.options("approval.kind", "any", "media", "influencer")), from, top}
	for i := range stepFields {
		step := in.choice("steps."+strconv.Itoa(i), i == 0, []option{{Label: "–"}})
		step.Label = in.T("approval.step", "n", i+1)
		for _, role := range approval.Roles() {
			step.Options = append(step.Options, option{Value: string(role), Label: in.T("role." + string(role))})
		}
		fields = append(fields, step)
	}
	return formPage{
		heading: heading{Title: in.T("approval.set"), Crumbs: []link{in.approvalCrumb()}},
		Action:  "/approval-rules", Back: "/approval-rules", Intro: in.T("approval.set.intro"), Guard: true,
		Groups:  []group{{Fields: append(fields, in.input("valid_from", "date", true), in.input("valid_to", "date", false), basis)}},
		Buttons: []button{{Label: in.T("approval.set.button"), Main: true, Icon: "check"}},
	}
}

func approvalTyped(t *typed) approval.Form {
	f := approval.Form{
		AgencyID: t.uuidOr("agency_id"), Kind: approval.Kind(t.text("kind")), GrossFrom: t.amount("gross_from"), GrossTo: t.amountOr("gross_to"),
		ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Basis: t.text("basis"),
	}
	for i := range stepFields {
		f.Steps = append(f.Steps, access.Role(t.text("steps."+strconv.Itoa(i))))
	}
	for len(f.Steps) > 0 && f.Steps[len(f.Steps)-1] == "" { // those at the end were not chosen
		f.Steps = f.Steps[:len(f.Steps)-1]
	}
	return f
}

// approvalChange ends or voids a row.
func approvalChange(in reader, r approval.Rule, deed string) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	top := in.T("approval.no_limit")
	if r.GrossTo != nil {
		top = in.cash(*r.GrossTo)
	}
	here := "/approval-rules/" + r.ID.String()
	p := formPage{
		heading: heading{Title: in.T("approval." + deed + ".title"), Crumbs: []link{in.approvalCrumb()}},
		Action:  here + "/" + deed, Back: "/approval-rules", Intro: in.T("approval." + deed + ".intro"), Hidden: []box{version64(r.Version)},
		Facts: []fact{
			{in.T("field.agency_id"), text(in.whose(r))}, {in.T("field.kind"), text(in.T("approval.kind." + string(r.Kind)))},
			{in.T("approval.amounts"), text(in.cash(r.GrossFrom) + " – " + top)}, {in.T("field.steps"), text(in.stepsInWords(r.Steps))},
			{in.T("field.valid_from"), text(in.date(r.ValidFrom))}, {in.T("field.valid_to"), text(in.date(r.ValidTo))}, {in.T("field.basis"), text(r.Basis)},
		},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("approval." + deed + ".button"), Danger: true, Icon: "x"}},
	}
	if deed == "end" {
		p.Groups[0].Fields = append([]field{in.input("valid_to", "date", true)}, p.Groups[0].Fields...)
		p.Actions = []action{{Label: in.T("rule.void"), Icon: "ban", Href: here + "/void", Danger: true}}
	}
	return p
}

func (w *Web) approvals(r *request) (answer, error) {
	rows, err := w.services.Approvals.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return answer{}, err
	}
	return show(approvalPage(r.reader, rows.Items))
}

func (w *Web) newApproval(r *request) (answer, error) { return show(approvalForm(r.reader)) }

func (w *Web) setApproval(r *request) (answer, error) {
	t := r.typed()
	f := approvalTyped(t)
	err := t.err(f.Trimmed().Check())
	if err == nil {
		_, err = w.services.Approvals.Set(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(approvalForm(r.reader), err)
	}
	return done("/approval-rules", "flash.saved", "what", r.T("nav.approvals"))
}

func (w *Web) approvalOf(r *request) (approval.Rule, error) {
	id, err := r.id("id")
	if err != nil {
		return approval.Rule{}, err
	}
	return w.services.Approvals.Rule(r.ctx(), r.Actor, id)
}

// askApproval shows the page before a row ends or is void.
func (w *Web) askApproval(deed string) handler {
	return func(r *request) (answer, error) {
		row, err := w.approvalOf(r)
		if err != nil {
			return answer{}, err
		}
		return show(approvalChange(r.reader, row, deed))
	}
}

// changeApproval ends a row or voids it.
func (w *Web) changeApproval(deed string) handler {
	return func(r *request) (answer, error) {
		row, err := w.approvalOf(r)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		reason := t.text("reason")
		if deed == "end" {
			cmd := approval.EndCommand{Expected: r.expected(), ValidTo: t.date("valid_to"), Reason: reason}
			if err = t.err(nil); err == nil {
				_, err = w.services.Approvals.End(r.ctx(), r.Actor, row.ID, cmd)
			}
		} else {
			_, err = w.services.Approvals.Void(r.ctx(), r.Actor, row.ID, approval.VoidCommand{Expected: r.expected(), Reason: reason})
		}
		if err == nil {
			return done("/approval-rules", "flash.approval."+deed)
		}
		p := approvalChange(r.reader, row, deed)
		if fault.From(err).Kind != fault.Stale {
			p.carry(r.seen())
		}
		return r.refused(p, err)
	}
}
