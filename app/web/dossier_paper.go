package web

import (
	"bufio"

	"tayang/app/access"
	"tayang/app/completeness"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/paper"
)

func (w *Web) fileRoutes(get, post route) {
	get("/missing-papers", w.missingPapers)
	get("/payments/:id/file-index", w.fileIndex(completeness.Payment))
	get("/payments/:id/file.zip", w.fileArchive(completeness.Payment))
	get("/agreements/:id/file-index", w.fileIndex(completeness.Agreement))
	get("/agreements/:id/file.zip", w.fileArchive(completeness.Agreement))
	get("/payments/:id/papers/new", may(access.PaymentPaper, w.newPaymentPaper))
	post("/payments/:id/papers", w.addPaymentPaper)
	get("/payments/:id/papers/:below/void", may(access.PaymentPaper, w.askVoidPaymentPaper))
	post("/payments/:id/papers/:below/void", w.voidPaymentPaper)
}

// toMissing leads from the payments to what their files lack.
func (in reader) toMissing() []action {
	return []action{{Label: in.T("nav.missing_papers"), Icon: "list-check", Href: in.path("missing-papers")}}
}

// missingList is who owes which paper of which file.
func missingList(in reader, q listing.Query, page listing.Page[completeness.Owed]) listPage {
	p := in.listOf(in.path("missing-papers"), q, []column{
		{Label: in.T("file.paper")}, {Label: in.T("field.owner")}, {Label: in.T("spj.file")}, {Label: in.T("field.vendor_id")},
		{Label: in.T("field.status")}, {Label: in.T("spj.mend")},
	}, []filter{
		{Name: "owner", Label: in.T("field.owner"), Options: wordsOf(in, "paper.owner", paper.Owners())},
		{Name: "document", Label: in.T("spj.file"), Options: in.options("spj.document", "payment", "agreement")},
		{Name: "mandatory", Label: in.T("field.mandatory"), Options: []option{{Value: "true", Label: in.T("file.mandatory")}, {Value: "false", Label: in.T("file.optional")}}},
	})
	p.heading = heading{Title: in.T("nav.missing_papers"), Subtitle: in.T("spj.missing.subtitle"), Crumbs: []link{in.paymentCrumb()}}
	p.Hint = in.T("spj.missing.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	p.Table.Empty = empty{Text: in.T("spj.missing.none")}
	for _, o := range page.Items {
		f := paper.RequirementForm{Code: o.Code, NameID: o.NameID, NameEN: o.NameEN, Stage: o.Stage}
		state := cell{Text: in.T("spj.state.missing")}
		if o.Want > 1 {
			state.Sub = in.T("spj.of", "have", o.Have, "want", o.Want)
		}
		if !o.Due.IsZero() {
			state.Sub = in.T("spj.due", "date", in.date(o.Due))
		}
		if o.Late {
			state.Class = "over"
		}
		label, href := in.paperMended(o.Document, o.ID, o.Agreement, o.VendorID, f, o.Place, o.Upload)
		p.Table.add("", two(in.paperName(f), in.T("paper.stage."+string(o.Stage))), text(in.T("paper.owner."+string(o.Owner))),
			cell{Text: o.Number, Href: in.dossierHome(o.Document, o.ID) + "#spj", Sub: in.T("spj.document." + string(o.Document))}, text(o.Vendor), state, to(label, href))
	}
	return p
}

func (w *Web) missingPapers(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Completeness.Missing(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(missingList(r.reader, q, page))
}

// paymentPaperForm puts a paper into the file of a payment; code is the paper that was asked for.
func paymentPaperForm(in reader, c completeness.Checklist, code string) formPage {
	home := in.path("payments", c.ID.String())
	choose := in.choice("code", true, nil)
	choose.Label = in.T("file.paper")
	for _, i := range c.Items {
		if i.Upload && i.Stage != paper.AtAgreement {
			choose.Options = append(choose.Options, option{Value: string(i.Code), Label: in.paperName(i.RequirementForm), Selected: string(i.Code) == code})
		}
	}
	choose.Options = append(choose.Options, option{Value: string(paper.Other), Label: in.T("file_paper.other"), Selected: code == string(paper.Other)})
	name := in.input("name", "text", false)
	name.Help = in.T("file.help.name")
	return formPage{
		heading: heading{Title: in.T("file.enter"), Subtitle: c.Number + " · " + c.Name, Crumbs: []link{in.paymentCrumb(), {c.Number, home}}},
		Action:  home + "/papers", Back: home + "#spj", Multipart: true,
		Groups: []group{{Fields: []field{
			choose, name, in.input("number", "text", false), in.input("date", "date", false), in.choice("origin", true, in.options("proof.origin", "vendor", "staff")),
			in.upload(true, papers),
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// checklistOf fetches the payment's file that the address names.
func (w *Web) checklistOf(r *request) (completeness.Checklist, error) {
	id, err := r.id("id")
	if err != nil {
		return completeness.Checklist{}, err
	}
	return w.services.Completeness.Of(r.ctx(), r.Actor, r.Agency.Code, completeness.Payment, id)
}

func (w *Web) newPaymentPaper(r *request) (answer, error) {
	c, err := w.checklistOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(paymentPaperForm(r.reader, c, r.c.Query("code")))
}

func (w *Web) addPaymentPaper(r *request) (answer, error) {
	c, err := w.checklistOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := completeness.PaperForm{Code: paper.Code(t.text("code")), Name: t.text("name"), Number: t.text("number"), Date: t.date("date"), Origin: t.text("origin")}
	if err = t.wrong.Err(); err == nil {
		err = w.putPaper(r, c, f)
	}
	if err != nil {
		return r.refused(paymentPaperForm(r.reader, c, string(f.Code)), err)
	}
	return done(r.path("payments", c.ID.String())+"#spj", "flash.spj.added", "number", c.Number)
}

func (w *Web) putPaper(r *request, c completeness.Checklist, f completeness.PaperForm) error {
	header, body, err := r.sent()
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	_, err = w.services.Completeness.Add(r.ctx(), r.Actor, r.Agency.Code, c.ID, completeness.Sent{PaperForm: f, File: file.Sent{
		Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body), Purpose: file.Paper,
	}})
	return err
}

// paymentPaperVoid takes a paper out of the file of a payment.
func paymentPaperVoid(in reader, c completeness.Checklist, p completeness.Paper) formPage {
	home := in.path("payments", c.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("file.void.title"), Subtitle: c.Number + " · " + c.Name, Crumbs: []link{in.paymentCrumb(), {c.Number, home}}},
		Action:  home + "/papers/" + p.ID.String() + "/void", Back: home + "#spj", Intro: in.T("spj.void.intro"), Hidden: []box{version64(p.Version)},
		Facts: []fact{
			{in.T("file.paper"), text(in.codeName(c, p.Code))}, {in.T("field.number"), text(orDash(p.Number))}, {in.T("field.date"), text(in.date(p.Date))},
			{in.T("field.file"), to(p.File[:12], "/files/"+p.File)},
		},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("file.void.button"), Danger: true, Icon: "x"}},
	}
}

// codeName is a paper by its code: as the checklist calls it, else in the program's words, else the code.
func (in reader) codeName(c completeness.Checklist, code paper.Code) string {
	for _, i := range c.Items {
		if i.Code == code {
			return in.paperName(i.RequirementForm)
		}
	}
	if key := "file_paper." + string(code); in.Has(key) {
		return in.T(key)
	}
	return string(code)
}

func (w *Web) paymentPaperOf(r *request) (c completeness.Checklist, p completeness.Paper, err error) {
	if c, err = w.checklistOf(r); err != nil {
		return c, p, err
	}
	id, err := r.id("below")
	if err != nil {
		return c, p, err
	}
	p, err = w.services.Completeness.Paper(r.ctx(), r.Actor, r.Agency.Code, c.ID, id)
	return c, p, err
}

func (w *Web) askVoidPaymentPaper(r *request) (answer, error) {
	c, p, err := w.paymentPaperOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(paymentPaperVoid(r.reader, c, p))
}

func (w *Web) voidPaymentPaper(r *request) (answer, error) {
	c, p, err := w.paymentPaperOf(r)
	if err != nil {
		return answer{}, err
	}
	cmd := paper.VoidCommand{Expected: r.expected(), Reason: r.typed().text("reason")}
	if _, err := w.services.Completeness.Void(r.ctx(), r.Actor, r.Agency.Code, c.ID, p.ID, cmd); err != nil {
		return r.refusedVoid(paymentPaperVoid(r.reader, c, p), err)
	}
	return done(r.path("payments", c.ID.String())+"#spj", "flash.spj.voided", "number", c.Number)
}
