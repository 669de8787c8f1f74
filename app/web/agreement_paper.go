package web

import (
	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/paper"
	"tayang/app/period"
)

// filePart is the checklist of the agreement's file: what is there, what is missing, and who owes it.
func (in reader) filePart(f agreementFacts) part {
	here, writes := in.path("agreements", f.Agreement.ID.String()), in.can(access.AgreementWrite)
	t := &table{ID: "paper-rows", Empty: empty{Text: in.T("file.empty")}, Columns: []column{
		{Label: in.T("file.paper")}, {Label: in.T("field.owner")}, {Label: in.T("file.there")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("field.status")},
	}}
	missing := 0
	for _, i := range f.File.Items {
		asked := in.T("file.optional")
		if i.Mandatory {
			asked = in.T("file.mandatory")
		}
		for _, p := range i.Papers {
			in.paperRow(t, here, writes, two(in.paperName(i.RequirementForm), asked), in.T("paper.owner."+string(i.Owner)), p)
		}
		if len(i.Papers) > 0 {
			continue
		}
		state, add := cell{Text: in.T("file.none")}, text("–")
		if i.Missing() {
			missing++
			state = cell{Text: in.T("file.missing"), Class: "over"}
		}
		if writes {
			add = to(in.T("file.upload"), here+"/papers/new?code="+string(i.Code))
		}
		t.add("", two(in.paperName(i.RequirementForm), asked+" · "+i.Basis), text(in.T("paper.owner."+string(i.Owner))), add, in.day(period.Date{}), state)
	}
	for _, p := range f.File.Other {
		name := p.Name
		if name == "" {
			name = string(p.Code)
		}
		in.paperRow(t, here, writes, text(name), "–", p)
	}
	out := part{ID: "papers", Title: in.T("file.title"), Table: t, Note: in.T("file.complete")}
	if missing > 0 {
		out.Note = in.T("file.lacks", "n", missing)
	}
	if writes {
		out.Actions = []action{{Label: in.T("file.enter"), Icon: "plus", Href: here + "/papers/new"}}
	}
	return out
}

// paperRow is a paper that is there.
func (in reader) paperRow(t *table, here string, writes bool, name cell, owner string, p agreement.Paper) {
	state := cell{Text: in.T("file.held"), Sub: p.Author}
	if writes {
		state = cell{Text: in.T("file.void"), Href: here + "/papers/" + p.ID.String() + "/void", Sub: p.Author}
	}
	number := p.Number
	if number == "" {
		number = p.File[:12]
	}
	t.add("", name, text(owner), cell{Text: number, Href: "/files/" + p.File, Sub: in.moment(p.CreatedAt)}, in.day(p.Date), state)
}

// agreementPaperForm puts a paper into the file; code is the paper that was asked for.
func agreementPaperForm(in reader, a agreement.Agreement, d agreement.Dossier, code string) formPage {
	here := in.path("agreements", a.ID.String())
	choose := in.choice("code", true, nil)
	for _, i := range d.Items {
		choose.Options = append(choose.Options, option{Value: string(i.Code), Label: in.paperName(i.RequirementForm), Selected: string(i.Code) == code})
	}
	choose.Options = append(choose.Options, option{Value: string(paper.Other), Label: in.T("file_paper.other"), Selected: code == string(paper.Other)})
	choose.Label = in.T("file.paper")
	name := in.input("name", "text", false)
	name.Help = in.T("file.help.name")
	return formPage{
		heading: heading{Title: in.T("file.enter"), Subtitle: a.Number + " · " + a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/papers", Back: here + "#papers", Multipart: true,
		Groups: []group{{Fields: []field{
			choose, name, in.input("number", "text", false), in.input("date", "date", false), in.upload(true, papers),
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// agreementPaperVoid takes a paper out of the file.
func agreementPaperVoid(in reader, a agreement.Agreement, p agreement.Paper) formPage {
	here := in.path("agreements", a.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("file.void.title"), Subtitle: a.Number + " · " + a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/papers/" + p.ID.String() + "/void", Back: here + "#papers", Intro: in.T("file.void.intro"), Hidden: []box{version64(p.Version)},
		Facts: []fact{
			{in.T("field.number"), text(orDash(p.Number))}, {in.T("field.date"), text(in.date(p.Date))},
			{in.T("field.file"), to(p.File[:12], "/files/"+p.File)},
		},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("file.void.button"), Danger: true, Icon: "x"}},
	}
}

func (w *Web) newAgreementPaper(r *request) (answer, error) {
	a, d, err := w.dossierOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(agreementPaperForm(r.reader, a, d, r.c.Query("code")))
}

// dossierOf fetches the agreement that the address names, with its checklist.
func (w *Web) dossierOf(r *request) (a agreement.Agreement, d agreement.Dossier, err error) {
	if a, err = w.agreementOf(r); err != nil {
		return a, d, err
	}
	d, err = w.services.Papers.Dossier(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	return a, d, err
}

func (w *Web) addAgreementPaper(r *request) (answer, error) {
	a, d, err := w.dossierOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := agreement.PaperForm{Code: paper.Code(t.text("code")), Name: t.text("name"), Number: t.text("number"), Date: t.date("date")}
	if err = t.wrong.Err(); err == nil {
		kept, errKept := w.keep(r)
		if f.File, err = kept.SHA256, errKept; err == nil || fault.Is(err, "file_absent") {
			_, err = w.services.Papers.Add(r.ctx(), r.Actor, r.Agency.Code, a.ID, f)
		}
	}
	if err != nil {
		return r.refused(agreementPaperForm(r.reader, a, d, string(f.Code)), err)
	}
	return done(r.path("agreements", a.ID.String())+"#papers", "flash.file.added", "number", a.Number)
}

func (w *Web) paperOf(r *request) (a agreement.Agreement, p agreement.Paper, err error) {
	if a, err = w.agreementOf(r); err != nil {
		return a, p, err
	}
	id, err := r.id("below")
	if err != nil {
		return a, p, err
	}
	p, err = w.services.Papers.Paper(r.ctx(), r.Actor, r.Agency.Code, a.ID, id)
	return a, p, err
}

func (w *Web) askVoidPaper(r *request) (answer, error) {
	a, p, err := w.paperOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(agreementPaperVoid(r.reader, a, p))
}

func (w *Web) voidPaper(r *request) (answer, error) {
	a, p, err := w.paperOf(r)
	if err != nil {
		return answer{}, err
	}
	cmd := paper.VoidCommand{Expected: r.expected(), Reason: r.typed().text("reason")}
	if _, err := w.services.Papers.Void(r.ctx(), r.Actor, r.Agency.Code, a.ID, p.ID, cmd); err != nil {
		return r.refusedVoid(agreementPaperVoid(r.reader, a, p), err)
	}
	return done(r.path("agreements", a.ID.String())+"#papers", "flash.file.voided", "number", a.Number)
}

// refusedVoid shows the page again on which something is taken out, with the version that the person has seen unless he has
// been told that it changed.
func (r *request) refusedVoid(p formPage, err error) (answer, error) {
	if fault.From(err).Kind != fault.Stale {
		p.Hidden = []box{version64(r.seen())}
	}
	return r.refused(p, err)
}
