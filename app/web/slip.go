package web

import (
	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/tax"
)

func (in reader) slipCrumb() link { return link{in.T("nav.slips"), in.path("withholding-slips")} }

func slipList(in reader, q listing.Query, page listing.Page[payment.WithholdingSlip]) listPage {
	columns := []column{
		{Label: in.T("field.number"), Sort: "number"}, {Label: in.T("field.date"), Class: "date", Sort: "date"}, {Label: in.T("payment.tax"), Sort: "kind"},
		{Label: in.T("field.object_code")}, {Label: in.T("field.vendor_id"), Sort: "vendor_name"}, {Label: in.moneyLabel("payment.base"), Class: "money"},
		{Label: in.moneyLabel("field.amount"), Class: "money", Sort: "amount"}, {Label: in.T("field.handed_on"), Class: "date", Sort: "handed_on"}, {Label: in.T("field.file")},
	}
	p := in.listOf(in.path("withholding-slips"), q, columns, []filter{
		{Name: "given", Label: in.T("field.handed_on"), Options: in.options("slip.given", "true", "false")},
		{Name: "voided", Label: in.T("field.status"), Options: in.options("slip.voided", "false", "true")},
		{Name: "kind", Label: in.T("payment.tax"), Options: in.options("tax", "pph21", "pph23", "pph_final", "pph4_2")},
	})
	p.heading = heading{Title: in.T("nav.slips"), Subtitle: in.T("slip.subtitle"), Crumbs: []link{{in.T("nav.taxes"), in.path("taxes")}}}
	p.Hint = in.T("slip.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	p.Table.Empty = empty{Text: in.T("slip.empty"), Action: &action{Label: in.T("nav.taxes"), Icon: "cash", Href: in.path("taxes")}}
	for _, x := range page.Items {
		href := in.path("withholding-slips", x.ID.String())
		p.Table.add(href, number(x.Number, href, x.Payment), in.day(x.Date), text(in.T("tax."+string(x.Kind))), code(orDash(x.ObjectCode)), text(x.VendorName),
			in.money(x.Base), in.money(x.Amount), in.day(x.HandedOn), in.fileLink(x.File))
	}
	if len(page.Items) > 0 {
		p.Table.Foot = []cell{
			text(in.T("list.page_total")), text(""), text(""), text(""), text(""), text(""),
			in.money(total(page.Items, func(x payment.WithholdingSlip) money.Amount { return x.Amount })), text(""), text(""),
		}
	}
	return p
}

// slipRecord is one slip.
func slipRecord(in reader, x payment.WithholdingSlip) recordPage {
	p := recordPage{heading: heading{Title: x.Number, Subtitle: in.T("slip.one") + " · " + x.VendorName, Crumbs: []link{in.slipCrumb()}}}
	if x.VoidedAt != nil {
		p.Warn = in.T("record.reason", "reason", x.VoidReason)
	}
	p.Figures = []figure{{in.T("payment.base"), in.shown(x.Base), ""}, {in.T("field.amount"), in.shown(x.Amount), ""}}
	p.Parts = []part{{ID: "facts", Title: in.T("slip.one"), Facts: []fact{
		{in.T("payment.tax"), text(in.T("tax." + string(x.Kind)))}, {in.T("field.date"), text(in.date(x.Date))},
		{in.T("field.object_code"), code(orDash(x.ObjectCode))}, {in.T("field.vendor_id"), to(x.VendorName, "/vendors/"+x.VendorID.String())},
		{in.T("nav.payments"), to(x.Payment, in.path("payments", x.PaymentID.String()))}, {in.T("field.handed_on"), text(in.date(x.HandedOn))},
		{in.T("field.file"), in.fileLink(x.File)},
	}}}
	here := in.path("withholding-slips", x.ID.String())
	if x.VoidedAt == nil && in.can(access.TaxDeposit) {
		if x.HandedOn.IsZero() {
			p.Missing = []link{{in.T("slip.missing.given"), here + "/give"}}
			p.Actions = append(p.Actions, action{Label: in.T("slip.give"), Icon: "send", Href: here + "/give", Main: true, Key: "s"})
		}
		p.Actions = append(p.Actions, action{Label: in.T("slip.void"), Icon: "x", Href: here + "/void", Danger: true})
	}
	return p
}

// slipForm enters the slip of a tax.
func slipForm(in reader, p payment.Payment, t payment.Tax, objects []tax.Object) formPage {
	here := in.path("payments", p.ID.String())
	object := in.input("object_code", "text", false)
	object.Help = in.T("slip.help.object")
	if o := tax.ObjectAt(objects, t.Kind, p.SP2D.Date); o.Code != "" {
		object.Value, object.Help = o.Code, in.T("slip.help.object_known", "name", o.Name, "source", o.Source)
	}
	upload := in.upload(false, papers)
	upload.Wide = true
	return formPage{
		heading: heading{Title: in.T("slip.enter"), Subtitle: in.T("tax."+string(t.Kind)) + " · " + p.VendorName, Crumbs: []link{in.paymentCrumb(), {p.SPP.Number, here}}},
		Action:  here + "/taxes/" + t.ID.String() + "/slip", Back: here + "#declared", Multipart: true,
		Facts: []fact{{in.T("payment.base"), text(in.cash(t.Base))}, {in.T("payment.rate"), two(in.rate(t.Rate), t.LegalBasis)}, {in.T("field.amount"), text(in.cash(t.Amount))}},
		Groups: []group{{Fields: []field{
			in.input("number", "text", true), in.input("date", "date", true), object, in.input("handed_on", "date", false), upload,
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// slipDeedForm gives a slip to the vendor, or voids it.
func slipDeedForm(in reader, x payment.WithholdingSlip, deed string) formPage {
	here := in.path("withholding-slips", x.ID.String())
	one, b := in.input("handed_on", "date", true), button{Label: in.T("slip.give"), Main: true}
	if deed == "void" {
		one, b = in.input("reason", "textarea", true), button{Label: in.T("slip.void"), Danger: true, Icon: "x"}
		one.Wide = true
	}
	return formPage{
		heading: heading{Title: b.Label, Subtitle: x.Number + " · " + x.VendorName, Crumbs: []link{in.slipCrumb(), {x.Number, here}}},
		Action:  here + "/" + deed, Back: here, Intro: in.T("slip." + deed + ".intro"), Hidden: []box{version64(x.Version)},
		Groups: []group{{Fields: []field{one}}}, Buttons: []button{b},
	}
}

func (w *Web) slips(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Slips.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(slipList(r.reader, q, page))
}

// slipOf fetches the slip that the address names.
func (w *Web) slipOf(r *request) (payment.WithholdingSlip, error) {
	id, err := r.id("id")
	if err != nil {
		return payment.WithholdingSlip{}, err
	}
	return w.services.Slips.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) slip(r *request) (answer, error) {
	x, err := w.slipOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(slipRecord(r.reader, x))
}

// objectsKnown fetches the government's kinds of objects that are not void.
func (w *Web) objectsKnown(r *request) (out []tax.Object, err error) {
	page, err := w.services.Slips.Objects(r.ctx(), r.Actor, listing.All())
	for _, o := range page.Items {
		if o.VoidedAt == nil {
			out = append(out, o.Object)
		}
	}
	return out, err
}

func (w *Web) askSlip(r *request) (answer, error) {
	p, t, err := w.taxOf(r)
	if err != nil {
		return answer{}, err
	}
	objects, err := w.objectsKnown(r)
	if err != nil {
		return answer{}, err
	}
	return show(slipForm(r.reader, p, t, objects))
}

func (w *Web) createSlip(r *request) (answer, error) {
	p, t, err := w.taxOf(r)
	if err != nil {
		return answer{}, err
	}
	typed := r.typed()
	f := payment.WithholdingSlipForm{TaxID: t.ID, Number: typed.text("number"), Date: typed.date("date"), ObjectCode: typed.text("object_code"), HandedOn: typed.date("handed_on")}
	if err = typed.err(f.Trimmed().Check()); err == nil {
		kept, errKept := w.keep(r)
		if f.File, err = kept.SHA256, errKept; err == nil || fault.Is(err, "file_absent") {
			_, err = w.services.Slips.Create(r.ctx(), r.Actor, r.Agency.Code, f)
		}
	}
	if err != nil {
		objects, unknown := w.objectsKnown(r)
		if unknown != nil {
			return answer{}, unknown
		}
		return r.refused(slipForm(r.reader, p, t, objects), err)
	}
	return done(r.path("payments", p.ID.String())+"#declared", "flash.saved", "what", f.Number)
}

func (w *Web) askSlipDeed(deed string) handler {
	return func(r *request) (answer, error) {
		x, err := w.slipOf(r)
		if err != nil {
			return answer{}, err
		}
		return show(slipDeedForm(r.reader, x, deed))
	}
}

func (w *Web) doSlipDeed(deed string) handler {
	return func(r *request) (answer, error) {
		x, err := w.slipOf(r)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		if deed == "void" {
			_, err = w.services.Slips.Void(r.ctx(), r.Actor, r.Agency.Code, x.ID, paper.VoidCommand{Expected: r.expected(), Reason: t.text("reason")})
		} else {
			on := t.date("handed_on")
			if err = t.wrong.Err(); err == nil {
				_, err = w.services.Slips.Give(r.ctx(), r.Actor, r.Agency.Code, x.ID, r.expected(), on)
			}
		}
		if err != nil {
			x.Version = r.version(err, x.Version)
			return r.refused(slipDeedForm(r.reader, x, deed), err)
		}
		return done(r.path("withholding-slips", x.ID.String()), "flash.saved", "what", x.Number)
	}
}
