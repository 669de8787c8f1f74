package web

import (
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/tax"
)

const objectsPath = "/tax-objects"

func (in reader) objectCrumb() link { return link{in.T("nav.tax_objects"), objectsPath} }

// objectPage is under which kinds of objects taxes are declared: the government's rows, and those that the program knows.
func objectPage(in reader, rows []payment.TaxObject) recordPage {
	p := recordPage{heading: heading{Title: in.T("nav.tax_objects"), Subtitle: in.T("tax_object.subtitle")}}
	if in.setsRules() {
		p.Actions = []action{{Label: in.T("tax_object.set"), Icon: "plus", Href: objectsPath + "/new", Main: true, Key: "n"}}
	}
	columns := func() []column {
		return []column{
			{Label: in.T("payment.tax")}, {Label: in.T("field.code")}, {Label: in.T("field.name")}, {Label: in.T("field.valid_from"), Class: "date"},
			{Label: in.T("field.valid_to"), Class: "date"}, {Label: in.T("field.source")}, {Label: in.T("field.status")},
		}
	}
	own := &table{ID: "tax-objects", Columns: columns(), Empty: empty{Text: in.T("tax_object.empty")}}
	for _, o := range rows {
		state := text("–")
		switch {
		case o.VoidedAt != nil:
			state = two(in.T("rule.voided"), o.VoidReason)
		case in.setsRules():
			state = to(in.T("rule.void"), objectsPath+"/"+o.ID.String()+"/void")
		}
		own.add("", append(in.objectCells(o.Object), state)...)
	}
	known := &table{ID: "known-tax-objects", Columns: columns()}
	for _, o := range tax.Objects() {
		known.add("", append(in.objectCells(o), text(in.T("tax_object.program")))...)
	}
	p.Parts = []part{
		{ID: "own", Title: in.T("tax_object.own"), Table: own}, {ID: "known", Title: in.T("tax_object.known"), Note: in.T("tax_object.note"), Table: known},
	}
	return p
}

func (in reader) objectCells(o tax.Object) []cell {
	return []cell{text(in.T("tax." + string(o.Kind))), code(o.Code), text(o.Name), in.day(o.ValidFrom), in.day(o.ValidTo), text(o.Source)}
}

// objectForm enters a row.
func objectForm(in reader) formPage {
	object := in.input("code", "text", true)
	object.Help = in.T("tax_object.help.code")
	source := in.input("source", "text", true)
	source.Wide = true
	return formPage{
		heading: heading{Title: in.T("tax_object.set"), Crumbs: []link{in.objectCrumb()}}, Action: objectsPath, Back: objectsPath, Intro: in.T("tax_object.intro"),
		Groups: []group{{Fields: []field{
			in.choice("kind", true, in.options("tax", "pph21", "pph23", "pph_final", "pph4_2", "ppn")), object, in.input("name", "text", true),
			in.input("valid_from", "date", true), in.input("valid_to", "date", false), source,
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// objectVoid takes a row out that was entered wrongly.
func objectVoid(in reader, o payment.TaxObject) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("tax_object.void"), Subtitle: o.Code + " · " + o.Name, Crumbs: []link{in.objectCrumb()}},
		Action:  objectsPath + "/" + o.ID.String() + "/void", Back: objectsPath, Intro: in.T("tax_object.void.intro"), Hidden: []box{version64(o.Version)},
		Facts:   []fact{{in.T("payment.tax"), text(in.T("tax." + string(o.Kind)))}, {in.T("field.code"), code(o.Code)}, {in.T("field.source"), text(o.Source)}},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("rule.void"), Danger: true, Icon: "x"}},
	}
}

func (w *Web) objects(r *request) (answer, error) {
	page, err := w.services.Slips.Objects(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return answer{}, err
	}
	return show(objectPage(r.reader, page.Items))
}

func (w *Web) newObject(r *request) (answer, error) { return show(objectForm(r.reader)) }

func (w *Web) setObject(r *request) (answer, error) {
	t := r.typed()
	f := payment.TaxObjectForm{Object: tax.Object{
		Kind: tax.Kind(t.text("kind")), Code: t.text("code"), Name: t.text("name"), ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Source: t.text("source"),
	}}
	err := t.err(f.Check())
	if err == nil {
		_, err = w.services.Slips.SetObject(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(objectForm(r.reader), err)
	}
	return done(objectsPath, "flash.saved", "what", f.Code)
}

// objectOf fetches the row that the address names.
func (w *Web) objectOf(r *request) (payment.TaxObject, error) {
	id, err := r.id("id")
	if err != nil {
		return payment.TaxObject{}, err
	}
	return w.services.Slips.Object(r.ctx(), r.Actor, id)
}

func (w *Web) askVoidObject(r *request) (answer, error) {
	o, err := w.objectOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(objectVoid(r.reader, o))
}

func (w *Web) voidObject(r *request) (answer, error) {
	o, err := w.objectOf(r)
	if err != nil {
		return answer{}, err
	}
	if _, err = w.services.Slips.VoidObject(r.ctx(), r.Actor, o.ID, paper.VoidCommand{Expected: r.expected(), Reason: r.typed().text("reason")}); err != nil {
		return r.refusedVoid(objectVoid(r.reader, o), err)
	}
	return done(objectsPath, "flash.saved", "what", o.Code)
}

// objectStories show the page of kinds of objects.
func objectStories(in reader) []story {
	at := day("2026-01-05").Time()
	row := payment.TaxObject{ID: storyID(90), TaxObjectForm: payment.TaxObjectForm{Object: tax.Object{
		Kind: tax.PPh42, Code: "28-403-02", Name: "Persewaan tanah dan/atau bangunan", ValidFrom: period.MustDate("2026-01-01"), Source: "Surat KPP Pratama Contoh 12/2026",
	}}, CreatedAt: at, Version: 1}
	gone := row
	gone.VoidedAt, gone.VoidReason = &at, "Salah kode."
	admin := in
	return []story{
		{Name: "tax-objects", Page: objectPage(admin, []payment.TaxObject{row, gone})},
		{Name: "tax-object-form", Page: objectForm(admin)},
		{Name: "tax-object-void", Page: objectVoid(admin, row)},
	}
}
