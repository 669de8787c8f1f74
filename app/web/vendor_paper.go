package web

import (
	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/payment"
)

// withPapers puts to the page of an invoice the vendor's papers behind it, and the invoices to which it is alike.
func withPapers(in reader, p recordPage, i payment.Invoice, papers []payment.InvoicePaper, twins []payment.Twin) recordPage {
	here := in.path("invoices", i.ID.String())
	writes := in.can(access.InvoiceWrite)
	t := &table{ID: "vendor-paper-rows", Empty: empty{Text: in.T("vendor_paper.empty")}, Columns: []column{
		{Label: in.T("field.kind")}, {Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("vendor_paper.says")}, {Label: in.T("field.status")},
	}}
	for _, x := range papers {
		t.add("", in.vendorPaperCells(here, writes && i.Status != payment.InvoiceStatus(payment.Settled) && i.Status != payment.InvoiceStatus(payment.Authorised), x)...)
	}
	part := part{ID: "vendor-papers", Title: in.T("vendor_paper.title"), Note: in.T("vendor_paper.note"), Table: t}
	if writes {
		part.Actions = []action{{Label: in.T("vendor_paper.enter"), Icon: "plus", Href: here + "/papers/new"}}
	}
	p.Parts = append(p.Parts, part)
	if len(twins) > 0 {
		p.Parts = append(p.Parts, in.twinsPart(twins))
	}
	return p
}

func (in reader) vendorPaperCells(here string, voids bool, x payment.InvoicePaper) []cell {
	kind := two(in.T("invoice_paper."+string(x.Kind)), in.T("vendor_paper.origin."+string(x.Origin)))
	name := x.Number
	if name == "" {
		name = x.File[:12]
	}
	says := text(orDash(x.Passport.Software))
	if x.Passport.Author != "" {
		says.Sub = in.T("vendor_paper.author", "name", x.Passport.Author)
	}
	if x.OfficeName != "" {
		says = cell{Text: in.T("vendor_paper.office", "name", x.OfficeName), Class: "over"}
	}
	amount := in.money(x.Amount)
	switch {
	case x.MeteraiNumber != "":
		amount.Sub = in.T("vendor_paper.meterai", "number", x.MeteraiNumber)
	case x.Kind == payment.TaxInvoice && x.VAT > 0:
		amount.Sub = in.T("vendor_paper.tax", "base", in.cash(x.Base), "vat", in.cash(x.VAT))
	}
	state := cell{Text: in.T("file.held"), Sub: x.Author}
	switch {
	case x.VoidedAt != nil:
		state = two(in.T("rule.voided"), x.VoidReason)
	case voids:
		state = cell{Text: in.T("file.void"), Href: here + "/papers/" + x.ID.String() + "/void", Sub: x.Author}
	}
	return []cell{kind, {Text: name, Href: "/files/" + x.File, Sub: in.moment(x.CreatedAt)}, in.day(x.Date), amount, says, state}
}

// twinsPart names the invoices that may be the same bill; another agency's only by its number.
func (in reader) twinsPart(twins []payment.Twin) part {
	t := &table{ID: "twin-rows", Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.agency_id")}, {Label: in.T("field.vendor_id")}, {Label: in.T("field.date"), Class: "date"},
		{Label: in.moneyLabel("field.amount"), Class: "money"}, {Label: in.T("twin.how")},
	}}
	for _, x := range twins {
		number := text(x.Number)
		if x.ID.Valid && x.AgencyCode == in.Agency.Code {
			number.Href = in.path("invoices", x.ID.UUID.String())
		}
		how := text(in.T("tax.twin." + string(x.How)))
		if x.How.Refused() {
			how.Class = "over"
		}
		t.add("", number, two(x.AgencyName, x.AgencyCode), text(orDash(x.VendorName)), in.day(x.Date), in.money(x.Amount), how)
	}
	return part{ID: "twins", Title: in.T("twin.title"), Note: in.T("twin.note"), Table: t}
}

// vendorPaperForm puts a paper of the vendor to an invoice.
func vendorPaperForm(in reader, i payment.Invoice) formPage {
	here := in.path("invoices", i.ID.String())
	upload := in.upload(true, papers)
	upload.Wide, upload.Help = true, in.T("vendor_paper.help.file")
	amount, base, vat := in.input("amount", "money", false), in.input("base", "money", false), in.input("vat", "money", false)
	amount.Unit, base.Unit, vat.Unit = in.sign(), in.sign(), in.sign()
	amount.Help = in.T("vendor_paper.help.amount", "gross", in.cash(i.Price+i.VAT))
	meterai := in.input("meterai_number", "text", false)
	meterai.Help = in.T("vendor_paper.help.meterai")
	origin := in.choice("origin", true, in.options("vendor_paper.origin", string(payment.VendorFile), string(payment.StaffScan)))
	var kinds []string
	for _, k := range payment.PaperKinds() {
		kinds = append(kinds, string(k))
	}
	return formPage{
		heading: heading{Title: in.T("vendor_paper.enter"), Subtitle: i.Number + " · " + i.VendorName, Crumbs: []link{in.agreementCrumb(), {i.Number, here}}},
		Action:  here + "/papers", Back: here + "#vendor-papers", Multipart: true, Intro: in.T("vendor_paper.intro"),
		Groups: []group{
			{Fields: []field{in.choice("kind", true, in.options("invoice_paper", kinds...)), origin, in.input("number", "text", false), in.input("date", "date", false), amount, upload}},
			{Title: in.T("invoice_paper.receipt"), Fields: []field{in.choice("covers", false, append([]option{{Label: "–"}}, in.options("covers", string(payment.CoversGross), string(payment.CoversNet))...)), meterai, in.input("meterai_on", "date", false)}},
			{Title: in.T("invoice_paper.tax_invoice"), Help: in.T("vendor_paper.help.tax"), Fields: []field{base, vat, in.input("seller_npwp", "text", false)}},
		},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// vendorPaperVoid takes a paper away.
func vendorPaperVoid(in reader, i payment.Invoice, x payment.InvoicePaper) formPage {
	here := in.path("invoices", i.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("file.void.title"), Subtitle: i.Number + " · " + i.VendorName, Crumbs: []link{in.agreementCrumb(), {i.Number, here}}},
		Action:  here + "/papers/" + x.ID.String() + "/void", Back: here + "#vendor-papers", Intro: in.T("file.void.intro"), Hidden: []box{version64(x.Version)},
		Facts: []fact{
			{in.T("field.kind"), text(in.T("invoice_paper." + string(x.Kind)))}, {in.T("field.number"), text(orDash(x.Number))},
			{in.T("field.file"), to(x.File[:12], "/files/"+x.File)},
		},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("file.void.button"), Danger: true, Icon: "x"}},
	}
}

// besideMost is how many invoices of the vendor stand beside the form of a new one.
const besideMost = 10

// besideInvoice puts the vendor's latest invoices beside the form of a new one, so that the same bill is seen before it is
// entered again.
func (w *Web) besideInvoice(r *request, p formPage, a agreement.Agreement) (formPage, error) {
	page, err := w.services.Invoices.List(r.ctx(), r.Actor, r.Agency.Code, listing.Query{Limit: besideMost}.Where("vendor_id", a.VendorID.String()))
	if err != nil || len(page.Items) == 0 {
		return p, err
	}
	t := r.invoiceRows(page.Items)
	t.ID, t.Caption = "beside-rows", r.T("twin.beside")
	p.Tables = append(p.Tables, t)
	return p, nil
}

// papersOf fetches what stands around an invoice: the vendor's papers, and what it is alike to.
func (w *Web) papersOf(r *request, i payment.Invoice) ([]payment.InvoicePaper, []payment.Twin, error) {
	papers, err := w.services.InvoicePapers.List(r.ctx(), r.Actor, r.Agency.Code, i.ID, listing.All())
	if err != nil {
		return nil, nil, err
	}
	twins, err := w.services.Invoices.Twins(r.ctx(), r.Actor, r.Agency.Code, i.ID)
	return papers.Items, twins.Items, err
}

func (w *Web) askVendorPaper(r *request) (answer, error) {
	i, err := w.invoiceOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(vendorPaperForm(r.reader, i))
}

func (w *Web) addVendorPaper(r *request) (answer, error) {
	i, err := w.invoiceOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := payment.InvoicePaperForm{
		Kind: payment.PaperKind(t.text("kind")), Origin: payment.PaperOrigin(t.text("origin")), Number: t.text("number"), Date: t.date("date"), Amount: t.amount("amount"),
		Covers: payment.Covers(t.text("covers")), MeteraiNumber: t.text("meterai_number"), MeteraiOn: t.date("meterai_on"),
		Base: t.amount("base"), VAT: t.amount("vat"), SellerNPWP: t.text("seller_npwp"),
	}
	if err = t.wrong.Err(); err == nil {
		kept, errKept := w.keep(r)
		if f.File, err = kept.SHA256, errKept; err == nil || fault.Is(err, "file_absent") {
			_, err = w.services.InvoicePapers.Add(r.ctx(), r.Actor, r.Agency.Code, i.ID, f)
		}
	}
	if err != nil {
		return r.refused(vendorPaperForm(r.reader, i), err)
	}
	return done(r.path("invoices", i.ID.String())+"#vendor-papers", "flash.file.added", "number", i.Number)
}

// vendorPaperOf fetches the invoice and the paper of it that the address names.
func (w *Web) vendorPaperOf(r *request) (i payment.Invoice, x payment.InvoicePaper, err error) {
	if i, err = w.invoiceOf(r); err != nil {
		return i, x, err
	}
	id, err := r.id("below")
	if err != nil {
		return i, x, err
	}
	x, err = w.services.InvoicePapers.Get(r.ctx(), r.Actor, r.Agency.Code, i.ID, id)
	return i, x, err
}

func (w *Web) askVoidVendorPaper(r *request) (answer, error) {
	i, x, err := w.vendorPaperOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(vendorPaperVoid(r.reader, i, x))
}

func (w *Web) voidVendorPaper(r *request) (answer, error) {
	i, x, err := w.vendorPaperOf(r)
	if err != nil {
		return answer{}, err
	}
	cmd := paper.VoidCommand{Expected: r.expected(), Reason: r.typed().text("reason")}
	if _, err := w.services.InvoicePapers.Void(r.ctx(), r.Actor, r.Agency.Code, i.ID, x.ID, cmd); err != nil {
		return r.refusedVoid(vendorPaperVoid(r.reader, i, x), err)
	}
	return done(r.path("invoices", i.ID.String())+"#vendor-papers", "flash.file.voided", "number", i.Number)
}
