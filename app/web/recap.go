package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/handover"
	"tayang/app/placement"
)

// paperState is where a signed paper stands.
func (in reader) paperState(h handover.Head) cell {
	switch {
	case h.VoidedAt != nil:
		return in.status("voided")
	case h.Signed():
		return in.status("signed")
	}
	return in.status("unsigned")
}

func (in reader) recapRows(items []handover.Recap) table {
	t := table{ID: "recap-rows", Empty: empty{Text: in.T("recap.empty")}, Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("recap.period")},
		{Label: in.T("nav.placements"), Class: "num"}, {Label: in.moneyLabel("agreement.gross"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, r := range items {
		href := in.path("recaps", r.ID.String())
		t.add(href, number(r.Number, href, r.VendorSigner), in.day(r.Date), text(in.date(r.From)+" – "+in.date(r.To)), in.count(r.Placements),
			in.money(r.Gross), in.paperState(r.Head))
	}
	return t
}

// recapRecord is a recap for print: its lines, the sum, and room for both signatures.
func recapRecord(in reader, r handover.Recap) recordPage {
	status, here := in.paperState(r.Head), in.path("recaps", r.ID.String())
	p := recordPage{
		heading: heading{Title: r.Number, Subtitle: in.T("recap.one") + " · " + r.VendorName, Crumbs: []link{in.agreementCrumb(), {r.AgreementNumber, in.path("agreements", r.AgreementID.String())}}},
		State:   &status,
		Figures: []figure{
			{in.T("nav.placements"), in.Number(r.Placements), ""}, {in.T("agreement.gross"), in.shown(r.Gross), ""},
			{in.T("recap.period"), in.date(r.From) + " – " + in.date(r.To), ""}, {in.T("field.date"), in.date(r.Date), ""},
		},
	}
	in.paperEnd(&p, r.Head, here, "recap")
	t := &table{ID: "recap-lines", Columns: []column{
		{Label: "#", Class: "num"}, {Label: in.T("field.title")}, {Label: in.T("field.published_on"), Class: "date"}, {Label: in.T("recap.where")},
		{Label: in.moneyLabel("agreement.gross"), Class: "money"}, {Label: in.T("recap.evidence")},
	}}
	for n, l := range r.Lines {
		evidence := two(l.Evidence[:min(16, len(l.Evidence))], in.T("recap.proofs", "n", l.Proofs))
		evidence.Class = "code"
		t.add("", in.count(int64(n+1)), cell{Text: l.Title, Href: in.path("placements", l.PlacementID.String()), Sub: l.Product + " · " + in.channelName(l.Channel)},
			in.day(l.PublishedOn), text(l.Where), in.money(l.Gross), evidence)
	}
	t.Foot = []cell{text(""), text(in.T("list.total")), text(""), text(""), in.money(r.Gross), text("")}
	p.Parts = []part{
		{ID: "lines", Title: in.T("recap.lines"), Note: in.T("recap.note"), Table: t},
		{ID: "signing", Title: in.T("signing.title"), Facts: in.signingFacts(r.Signing)},
	}
	return p
}

// paperEnd says why a paper is void, and offers to sign it or to take it back.
func (in reader) paperEnd(p *recordPage, h handover.Head, here, key string) {
	if h.VoidedAt != nil {
		p.Warn = in.T("record.reason", "reason", h.VoidReason)
		return
	}
	if !h.Signed() {
		p.Missing = append(p.Missing, link{in.T(key + ".missing.signed"), in.mends(access.AcceptanceWrite, here+"/sign")})
	}
	if !in.can(access.AcceptanceWrite) {
		return
	}
	if !h.Signed() {
		p.Actions = append(p.Actions, action{Label: in.T("signing.button"), Icon: "clipboard-check", Href: here + "/sign", Main: true, Key: "s"})
	}
	p.Actions = append(p.Actions, action{Label: in.T(key + ".void"), Icon: "x", Href: here + "/void", Danger: true})
}

func recapForm(in reader, a agreement.Agreement) formPage {
	here := in.path("agreements", a.ID.String())
	return formPage{
		heading: heading{Title: in.T("recap.enter"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/recaps", Back: here, Intro: in.T("recap.intro"),
		Groups:  []group{{Fields: []field{in.input("number", "text", true), in.input("date", "date", true), in.input("from", "date", true), in.input("to", "date", true)}}},
		Buttons: []button{{Label: in.T("recap.button"), Main: true, Icon: "clipboard-check"}},
	}
}

func (w *Web) askRecap(r *request) (answer, error) {
	a, err := w.agreementFor(r, access.AcceptanceWrite)
	if err != nil {
		return answer{}, err
	}
	return show(recapForm(r.reader, a))
}

func (w *Web) drawUpRecap(r *request) (answer, error) {
	a, err := w.agreementFor(r, access.AcceptanceWrite)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := handover.RecapForm{AgreementID: a.ID, Number: t.text("number"), Date: t.date("date"), From: t.date("from"), To: t.date("to")}
	var made handover.Recap
	if err = t.err(f.Check()); err == nil {
		made, err = w.services.Handovers.DrawUp(r.ctx(), r.Actor, r.Agency.Code, f)
	}
	if err != nil {
		return r.refused(recapForm(r.reader, a), err)
	}
	return done(r.path("recaps", made.ID.String()), "flash.saved", "what", made.Number)
}

func (w *Web) recapOf(r *request) (handover.Recap, error) {
	id, err := r.id("id")
	if err != nil {
		return handover.Recap{}, err
	}
	return w.services.Handovers.Recap(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) recap(r *request) (answer, error) {
	one, err := w.recapOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, recapRecord(r.reader, one), one.ID)
}

func (in reader) paperHead(key string, h handover.Head, here string) signedPaper {
	return signedPaper{Key: key, Number: h.Number, Under: h.AgreementNumber + " · " + h.VendorName, Here: here, Version: h.Version,
		Crumbs: []link{in.agreementCrumb(), {h.AgreementNumber, in.path("agreements", h.AgreementID.String())}}}
}

// recapKind signs recaps and takes them back.
func (w *Web) recapKind() paperKind {
	return paperKind{
		find: func(r *request) (uuid.UUID, signedPaper, error) {
			one, err := w.recapOf(r)
			return one.ID, r.paperHead("recap", one.Head, r.path("recaps", one.ID.String())), err
		},
		sign: func(r *request, id uuid.UUID, by placement.Signing) error {
			_, err := w.services.Handovers.SignRecap(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), by)
			return err
		},
		void: func(r *request, id uuid.UUID, reason string) error {
			_, err := w.services.Handovers.VoidRecap(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), reason)
			return err
		},
	}
}
