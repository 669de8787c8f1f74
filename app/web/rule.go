package web

import (
	"strconv"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/rule"
)

func (in reader) ruleCrumb() link { return link{in.T("nav.rules"), "/rules"} }

func (in reader) setsRules() bool { return in.Actor.Can(access.RuleWrite, registryWide) == nil }

// rulePage is how every rule stands today for the agency at hand, and the rows that say so.
func rulePage(in reader, standing []rule.Setting, rows []rule.Rule) recordPage {
	p := recordPage{heading: heading{Title: in.T("nav.rules"), Subtitle: in.T("rule.subtitle", "agency", in.Agency.Name)}}
	if in.setsRules() {
		p.Actions = []action{{Label: in.T("rule.set"), Icon: "plus", Href: "/rules/new", Main: true, Key: "n"}}
	}
	p.Actions = append(p.Actions, action{Label: in.T("nav.requirements"), Icon: "file-text", Href: "/paper-requirements"})
	p.Parts = []part{
		{ID: "standing", Title: in.T("rule.standing"), Note: in.T("rule.standing.note"), Table: in.standing(standing)},
		{ID: "rows", Title: in.T("rule.rows"), Note: in.T("rule.rows.note"), Table: in.ruleRows(rows)},
	}
	return p
}

func (in reader) standing(standing []rule.Setting) *table {
	t := &table{ID: "rule-standing", Columns: []column{
		{Label: in.T("rule.name")}, {Label: in.T("field.mode")}, {Label: in.T("field.figure"), Class: "num"}, {Label: in.T("field.basis")}, {Label: in.T("rule.source")},
	}}
	for _, s := range standing {
		source := in.T("rule.source.program")
		if s.RuleID.Valid {
			source = in.T("rule.source.row")
		}
		t.add("", two(in.T("rule."+string(s.Code)), string(s.Code)), text(in.modeName(s.Mode)), in.ruleFigure(s.Unit, &s.Figure), text(orDash(s.Basis)), text(source))
	}
	return t
}

func (in reader) modeName(m rule.Mode) string {
	if m == "" {
		return "–"
	}
	return in.T("rule.mode." + string(m))
}

// ruleFigure is a figure in its unit.
func (in reader) ruleFigure(unit rule.Unit, figure *int64) cell {
	if unit == rule.None || figure == nil {
		return cell{Text: "–", Class: "num"}
	}
	return cell{Text: in.T("rule.unit."+string(unit), "n", in.Number(*figure)), Class: "num"}
}

func (in reader) ruleRows(rows []rule.Rule) *table {
	t := &table{ID: "rule-rows", Columns: []column{
		{Label: in.T("rule.name")}, {Label: in.T("field.agency_id")}, {Label: in.T("field.mode")}, {Label: in.T("field.figure"), Class: "num"},
		{Label: in.T("field.valid_from"), Class: "date"}, {Label: in.T("field.valid_to"), Class: "date"}, {Label: in.T("field.basis")}, {Label: in.T("field.status")},
	}, Empty: empty{Text: in.T("rule.empty")}}
	for _, r := range rows {
		whose := in.T("rule.everybody")
		if r.AgencyCode != "" {
			whose = r.AgencyCode
		}
		state := cell{Text: "–"}
		switch {
		case r.VoidedAt != nil:
			state = two(in.T("rule.voided"), r.VoidReason)
		case in.setsRules():
			state = to(in.T("rule.void"), "/rules/"+r.ID.String()+"/void")
		}
		t.add("", two(in.T("rule."+string(r.Code)), string(r.Code)), text(whose), text(in.modeName(r.Mode)), in.ruleFigure(unitOf(r.Code), r.Figure),
			in.day(r.ValidFrom), in.day(r.ValidTo), text(r.Basis), state)
	}
	return t
}

func unitOf(code rule.Code) rule.Unit {
	for _, k := range rule.Statutory() {
		if k.Code == code {
			return k.Unit
		}
	}
	return rule.None
}

// ruleForm sets a rule from a day on.
func ruleForm(in reader) formPage {
	code := in.choice("code", true, []option{{Label: in.T("form.choose")}})
	for _, k := range rule.Statutory() {
		code.Options = append(code.Options, option{Value: string(k.Code), Label: in.T("rule." + string(k.Code))})
	}
	agency := in.choice("agency_id", false, []option{{Label: in.T("rule.everybody")}})
	for _, a := range in.Agencies {
		agency.Options = append(agency.Options, option{Value: a.ID.String(), Label: a.Name})
	}
	mode := in.choice("mode", false, append([]option{{Label: in.T("rule.mode.same")}}, in.options("rule.mode", "refuse", "warn", "off")...))
	figure := in.input("figure", "number", false)
	figure.Help, mode.Help = in.T("rule.help.figure"), in.T("rule.help.mode")
	basis := in.input("basis", "text", true)
	basis.Wide, basis.Help = true, in.T("rule.help.basis")
	return formPage{
		heading: heading{Title: in.T("rule.set"), Crumbs: []link{in.ruleCrumb()}},
		Action:  "/rules", Back: "/rules", Intro: in.T("rule.set.intro"), Guard: true,
		Groups: []group{{Fields: []field{
			code, agency, mode, figure, in.input("valid_from", "date", true), in.input("valid_to", "date", false), basis,
		}}},
		Buttons: []button{{Label: in.T("rule.set.button"), Main: true, Icon: "check"}},
	}
}

func ruleTyped(t *typed) rule.Form {
	f := rule.Form{
		Code: rule.Code(t.text("code")), AgencyID: t.uuidOr("agency_id"), Mode: rule.Mode(t.text("mode")),
		ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Basis: t.text("basis"),
	}
	if t.text("figure") != "" {
		n := t.whole("figure")
		f.Figure = &n
	}
	return f
}

// ruleVoid takes a row out that was entered wrongly.
func ruleVoid(in reader, r rule.Rule) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("rule.void.title", "rule", in.T("rule."+string(r.Code))), Crumbs: []link{in.ruleCrumb()}},
		Action:  "/rules/" + r.ID.String() + "/void", Back: "/rules", Intro: in.T("rule.void.intro"), Hidden: []box{version64(r.Version)},
		Facts: []fact{
			{in.T("field.mode"), text(in.modeName(r.Mode))}, {in.T("field.figure"), in.ruleFigure(unitOf(r.Code), r.Figure)},
			{in.T("field.valid_from"), text(in.date(r.ValidFrom))}, {in.T("field.basis"), text(r.Basis)},
		},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("rule.void.button"), Danger: true, Icon: "x"}},
	}
}

func (w *Web) rules(r *request) (answer, error) {
	standing, err := w.services.Rules.Standing(r.ctx(), r.Actor, r.Agency.ID)
	if err != nil {
		return answer{}, err
	}
	rows, err := w.services.Rules.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return answer{}, err
	}
	return show(rulePage(r.reader, standing, rows.Items))
}

// maySetRules shows a form only to those who may set rules.
func maySetRules(h handler) handler {
	return func(r *request) (answer, error) {
		if err := r.Actor.Can(access.RuleWrite, registryWide); err != nil {
			return answer{}, err
		}
		return h(r)
	}
}

func (w *Web) newRule(r *request) (answer, error) { return show(ruleForm(r.reader)) }

func (w *Web) setRule(r *request) (answer, error) {
	t := r.typed()
	f := ruleTyped(t)
	err := t.err(f.Trimmed().Check())
	if err == nil {
		_, err = w.services.Rules.Set(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(ruleForm(r.reader), err)
	}
	return done("/rules", "flash.saved", "what", r.T("rule."+string(f.Code)))
}

func (w *Web) ruleOf(r *request) (rule.Rule, error) {
	id, err := r.id("id")
	if err != nil {
		return rule.Rule{}, err
	}
	return w.services.Rules.Rule(r.ctx(), r.Actor, id)
}

func (w *Web) askVoidRule(r *request) (answer, error) {
	row, err := w.ruleOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(ruleVoid(r.reader, row))
}

func (w *Web) voidRule(r *request) (answer, error) {
	row, err := w.ruleOf(r)
	if err != nil {
		return answer{}, err
	}
	cmd := rule.VoidCommand{Expected: r.expected(), Reason: r.typed().text("reason")}
	if _, err = w.services.Rules.Void(r.ctx(), r.Actor, row.ID, cmd); err != nil {
		p := ruleVoid(r.reader, row)
		if fault.From(err).Kind != fault.Stale {
			p.Hidden = []box{version64(r.seen())}
		}
		return r.refused(p, err)
	}
	return done("/rules", "flash.rule.voided", "what", r.T("rule."+string(row.Code))+" "+strconv.Itoa(row.ValidFrom.Year()))
}
