package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/placement"
)

func (in reader) acceptanceRows(items []placement.Acceptance) table {
	t := table{ID: "acceptance-rows", Empty: empty{Text: in.T("acceptance.empty")}, Columns: []column{
		{Label: in.T("field.number")},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.T("nav.placements"), Class: "num"},
		{Label: in.moneyLabel("agreement.gross"), Class: "money"},
	}}
	for _, a := range items {
		href := in.path("acceptances", a.ID.String())
		t.add(href, number(a.Number, href, ""), in.day(a.Date), in.count(a.Placements), in.money(a.Gross))
	}
	return t
}

// chosen is a table of placements with a checkbox each.
func (in reader) chosen(items []placement.Placement, picked []string) table {
	t := in.placementRows(items)
	t.ID, t.Checks, t.Caption = "choose", true, in.T("chain.choose")
	for i, p := range items {
		on := len(picked) == 0
		for _, id := range picked {
			on = on || id == p.ID.String()
		}
		t.Rows[i].Href = ""
		t.Rows[i].Check = &box{Name: "placement_ids", Value: p.ID.String(), Label: p.Title, Checked: on}
	}
	t.Empty = empty{Text: in.T("chain.nothing")}
	return t
}

// acceptanceForm takes verified placements over (BAST).
func acceptanceForm(in reader, a agreement.Agreement, verified []placement.Placement, picked []string, rows []placement.Fulfilled) formPage {
	short, hidden := in.shortGrid(rows)
	here := in.path("agreements", a.ID.String())
	number := in.input("number", "text", true)
	number.Help = in.T("acceptance.help.number")
	return formPage{
		heading: heading{Title: in.T("acceptance.enter"), Subtitle: a.Number + " · " + a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/acceptances", Back: here, Intro: in.T("acceptance.intro"),
		Groups: []group{
			{Fields: []field{number, in.input("date", "date", true)}},
			{Title: in.T("signing.title"), Help: in.T("acceptance.help.signing"), Fields: in.signingFields(false)},
		},
		Multipart: true, Hidden: hidden, Present: short, Tables: []table{in.chosen(verified, picked)},
		Buttons: []button{{Label: in.T("acceptance.button"), Main: true, Icon: "clipboard-check"}},
	}
}

// agreementFor fetches the agreement that the address names, for somebody who may do v.
func (w *Web) agreementFor(r *request, v access.Verb) (agreement.Agreement, error) {
	a, err := w.agreementOf(r)
	if err == nil {
		err = r.Actor.Can(v, r.Agency.ID)
	}
	return a, err
}

// readyFor is agreementFor with the placements that the paper may name.
func (w *Web) readyFor(r *request, v access.Verb, s placement.Status) (agreement.Agreement, []placement.Placement, error) {
	a, err := w.agreementFor(r, v)
	if err != nil {
		return a, nil, err
	}
	items, err := w.ready(r, a.ID, s)
	return a, items, err
}

func (w *Web) askAcceptance(r *request) (answer, error) {
	a, verified, err := w.readyFor(r, access.AcceptanceWrite, placement.Verified)
	if err != nil {
		return answer{}, err
	}
	f, err := w.services.Placements.Fulfilment(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	if err != nil {
		return answer{}, err
	}
	return show(acceptanceForm(r.reader, a, verified, nil, f.Lines))
}

func (w *Web) accept(r *request) (answer, error) {
	a, verified, err := w.readyFor(r, access.AcceptanceWrite, placement.Verified)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("placement_ids")
	report := placement.Report{
		AgreementID: a.ID, Number: t.text("number"), Date: t.date("date"), PlacementIDs: ids(picked), Shortfalls: shortsTyped(t, r.rows("shortfalls")),
		Signing: signingTyped(t),
	}
	if err = t.err(report.Check()); err == nil {
		err = w.handOver(r, t, report)
	}
	if err != nil {
		f, unknown := w.services.Placements.Fulfilment(r.ctx(), r.Actor, r.Agency.Code, a.ID)
		if unknown != nil {
			return answer{}, unknown
		}
		return r.refused(acceptanceForm(r.reader, a, verified, picked, f.Lines), err)
	}
	return done(r.path("agreements", a.ID.String())+"#acceptances", "flash.accepted", "number", report.Number)
}

// handOver keeps the signed paper, when one was chosen, and enters the report.
func (w *Web) handOver(r *request, t *typed, report placement.Report) error {
	kept, err := w.keep(r)
	if err != nil && !fault.Is(err, "file_absent") {
		return err
	}
	if report.File = kept.SHA256; report.File != "" {
		report.FileOrigin = placement.Origin(t.text("file_origin"))
	}
	_, err = w.services.Acceptances.Create(r.ctx(), r.Actor, r.Agency.Code, report)
	return err
}

// ids reads chosen ids; what is no id becomes uuid.Nil, which nothing has.
func ids(texts []string) []uuid.UUID {
	out := make([]uuid.UUID, len(texts))
	for i, text := range texts {
		if id, err := uuid.Parse(text); err == nil {
			out[i] = id
		}
	}
	return out
}

// sumOf is the gross of placements.
func sumOf(items []placement.Placement) money.Amount {
	return total(items, func(p placement.Placement) money.Amount { return p.Gross })
}
