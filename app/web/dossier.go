package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/completeness"
	"tayang/app/paper"
	"tayang/app/period"
)

// home is the page of the agreement or payment whose file it is.
func (in reader) dossierHome(d completeness.Document, id uuid.UUID) string {
	if d == completeness.Payment {
		return in.path("payments", id.String())
	}
	return in.path("agreements", id.String())
}

// spjPart is the file of an agreement or a payment: what is there, what is missing, who owes it, and where it is mended.
func (in reader) spjPart(c completeness.Checklist) part {
	home := in.dossierHome(c.Document, c.ID)
	t := &table{ID: "spj-rows", Empty: empty{Text: in.T("file.empty")}, Columns: []column{
		{Label: in.T("file.paper")}, {Label: in.T("field.owner")}, {Label: in.T("file.there")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("field.status")},
		{Label: in.T("spj.mend")},
	}}
	for _, i := range c.Items {
		if i.State == completeness.NotApplicable {
			continue
		}
		asked := in.T("file.optional")
		if i.Mandatory {
			asked = in.T("file.mandatory")
		}
		there, date := in.held(home, i)
		t.add("", two(in.paperName(i.RequirementForm), asked+" · "+i.Basis), text(in.T("paper.owner."+string(i.Owner))), there, in.day(date), in.fileState(i), in.mend(c, i))
	}
	for _, p := range c.Other {
		t.add("", text(p.Name), text("–"), cell{Text: in.held12(p), Href: "/files/" + p.File}, in.day(p.Date), text(in.T("file.held")), in.void(c, p))
	}
	out := part{ID: "spj", Title: in.T("spj.title"), Note: in.T("spj.progress", "present", c.Present, "asked", c.Asked, "lacking", c.Lacking), Table: t}
	out.Actions = []action{
		{Label: in.T("spj.index"), Icon: "printer", Href: home + "/file-index"},
		{Label: in.T("spj.zip"), Icon: "download", Href: home + "/file.zip"},
	}
	if c.Document == completeness.Payment && in.can(access.PaymentPaper) {
		out.Actions = append(out.Actions, action{Label: in.T("file.enter"), Icon: "plus", Href: home + "/papers/new"})
	}
	return out
}

// held says what is there of a paper: one with its number, several by how many.
func (in reader) held(home string, i completeness.Item) (cell, period.Date) {
	switch len(i.Papers) {
	case 0:
		return text("–"), period.Date{}
	case 1:
		p := i.Papers[0]
		c := text(in.held12(p))
		if p.File != "" {
			c.Href = "/files/" + p.File
		}
		return c, p.Date
	}
	return cell{Text: in.T("spj.papers", "n", len(i.Papers)), Href: home + "/file-index"}, i.Papers[0].Date
}

// held12 is a paper's number, else its name, else the beginning of its hash.
func (in reader) held12(p completeness.Found) string {
	switch {
	case p.Number != "":
		return p.Number
	case p.Name != "":
		return p.Name
	case p.File != "":
		return p.File[:12]
	}
	return in.T("spj.recorded")
}

// fileState is how a paper stands, in words, and how many of how many where one is wanted of each.
func (in reader) fileState(i completeness.Item) cell {
	out := cell{Text: in.T("spj.state." + string(i.State))}
	if i.State == completeness.Missing && i.Mandatory {
		out.Class = "over"
	}
	if i.Want > 1 {
		out.Sub = in.T("spj.of", "have", i.Have, "want", i.Want)
	}
	if !i.Due.IsZero() {
		out.Sub = in.T("spj.due", "date", in.date(i.Due))
	}
	return out
}

// mend is where a paper is uploaded or entered, for those who may, else what is to be done with the one that is there.
func (in reader) mend(c completeness.Checklist, i completeness.Item) cell {
	if i.State == completeness.Present {
		for _, p := range i.Papers {
			if p.Source == completeness.OfPayment {
				return in.void(c, p)
			}
		}
		return text("")
	}
	if i.State == completeness.Later && (c.Document == completeness.Agreement || !i.Upload) {
		return text("")
	}
	label, href := in.paperMended(c.Document, c.ID, c.Agreement, c.Vendor, i.RequirementForm, i.Place, i.Upload)
	return to(label, href)
}

func (in reader) void(c completeness.Checklist, p completeness.Found) cell {
	if p.Source != completeness.OfPayment || !in.can(access.PaymentPaper) {
		return text("")
	}
	return to(in.T("file.void"), in.path("payments", c.ID.String(), "papers", p.PaperID.UUID.String(), "void"))
}

// paperMended is what to do about a missing paper, and where.
func (in reader) paperMended(d completeness.Document, id, agreement, vendor uuid.UUID, f paper.RequirementForm, place completeness.Place, upload bool) (label, href string) {
	ofPayment := upload && d == completeness.Payment && f.Stage != paper.AtAgreement && place != completeness.AtVendor
	switch {
	case upload && f.Stage == paper.AtAgreement:
		label, href = in.T("file.upload"), in.mends(access.AgreementWrite, in.path("agreements", agreement.String())+"/papers/new?code="+string(f.Code))
	case ofPayment:
		label, href = in.T("file.upload"), in.mends(access.PaymentPaper, in.path("payments", id.String())+"/papers/new?code="+string(f.Code))
	case place == completeness.AtVendor:
		label, href = in.T("spj.complete"), "/vendors/"+vendor.String()+"#papers"
	case place == completeness.AtPlacement:
		label, href = in.T("spj.complete"), in.path("placements")+"?agreement_id="+agreement.String()
	case place == completeness.AtPayment:
		label, href = in.T("spj.complete"), in.path("payments", id.String())
	default:
		label, href = in.T("spj.complete"), in.path("agreements", agreement.String())
	}
	if href == "" {
		label = ""
	}
	return label, href
}

// dossierPage is the index of a file, to be printed and signed.
type dossierPage struct {
	heading
	Facts []fact
	Note  string
	Rows  []dossierRow
	F4    bool
	A4    string // the address of the page for the other paper
	Other string
	Zip   string
	Signs []string // who signs
}

func (dossierPage) template() string { return "dossier" }

// dossierRow is one paper of the index, or an empty line for one that is missing.
type dossierRow struct {
	Anchor, No, Name, Asked, Number, Date, Size, Short, Hash, Href, Origin, At, State string
	Missing                                                                           bool
}

func newDossierPage(in reader, c completeness.Checklist, f4 bool) dossierPage {
	home := in.dossierHome(c.Document, c.ID)
	crumb := in.agreementCrumb()
	if c.Document == completeness.Payment {
		crumb = in.paymentCrumb()
	}
	p := dossierPage{
		heading: heading{Title: in.T("spj.index.title"), Subtitle: c.Number + " · " + c.Name, Crumbs: []link{crumb, {c.Number, home}}, Actions: []action{
			{Label: in.T("spj.zip"), Icon: "download", Href: home + "/file.zip"},
		}},
		Facts: []fact{
			{in.T("spj.document." + string(c.Document)), text(c.Number)}, {in.T("field.title"), text(c.Title)}, {in.T("field.vendor_id"), text(c.Name)},
		},
		Note: in.T("spj.progress", "present", c.Present, "asked", c.Asked, "lacking", c.Lacking), F4: f4,
		A4: home + "/file-index", Other: home + "/file-index?paper=f4", Zip: home + "/file.zip",
		Signs: []string{in.T("paper.owner.verifier"), in.T("paper.owner.treasurer"), in.T("spj.sign.pptk")},
	}
	for _, e := range c.Index() {
		p.Rows = append(p.Rows, in.dossierRow(e))
	}
	return p
}

func (in reader) dossierRow(e completeness.Entry) dossierRow {
	r := dossierRow{Anchor: "p-" + string(e.Item.Code), No: e.Row, Name: in.paperName(e.Item.RequirementForm), Asked: in.T("file.optional"), State: in.T("spj.state." + string(e.Item.State))}
	if e.Item.Mandatory {
		r.Asked = in.T("file.mandatory")
	}
	if e.Item.Want > 1 {
		r.Asked += " · " + in.T("spj.of", "have", e.Item.Have, "want", e.Item.Want)
	}
	f := e.Paper
	if f == nil {
		r.Missing = true
		return r
	}
	r.Number, r.Date, r.At, r.Origin = in.held12(*f), in.date(f.Date), in.moments(f.At), f.Origin
	if e.Folded > 1 {
		r.Number += " (" + in.T("spj.papers", "n", e.Folded) + ")"
	}
	if f.Origin != "" && in.Has("proof.origin."+f.Origin) {
		r.Origin = in.T("proof.origin." + f.Origin)
	}
	if f.File != "" {
		r.Size, r.Short, r.Hash, r.Href = in.size(f.Size), f.File[:12], f.File, "/files/"+f.File
	}
	return r
}

// size writes bytes as kilobytes, rounded up.
func (in reader) size(bytes int64) string {
	return in.Number((bytes+1023)/1024) + " KB"
}

// withDossier puts the file of an agreement or a payment on its page, after the parts that say what it is.
func (w *Web) withDossier(r *request, page *recordPage, d completeness.Document, id uuid.UUID) error {
	c, err := w.services.Completeness.Of(r.ctx(), r.Actor, r.Agency.Code, d, id)
	if err != nil {
		return err
	}
	page.Parts = append(page.Parts, r.spjPart(c))
	return nil
}

func (w *Web) fileIndex(d completeness.Document) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		c, err := w.services.Completeness.Of(r.ctx(), r.Actor, r.Agency.Code, d, id)
		if err != nil {
			return answer{}, err
		}
		return show(newDossierPage(r.reader, c, r.c.Query("paper") == "f4"))
	}
}

// fileArchive sends the whole file, made while it is sent.
func (w *Web) fileArchive(d completeness.Document) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		name, content, err := w.services.Completeness.Stream(r.lasting(), r.Actor, r.Agency.Code, d, id)
		if err != nil {
			return answer{}, err
		}
		r.c.Set("Content-Type", "application/zip")
		r.c.Set("Content-Disposition", "attachment; filename="+strconv.Quote(name))
		return answer{sent: true}, r.c.SendStream(content) // closes the content
	}
}
