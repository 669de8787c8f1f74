package web

import (
	"slices"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/app/placement"
)

// invoiceState shows an open invoice as waiting; else it is in the state of its payment.
func (in reader) invoiceState(s payment.InvoiceStatus) cell { return in.status(string(s)) }

func (in reader) invoiceRows(items []payment.Invoice) table {
	t := table{ID: "invoice-rows", Empty: empty{Text: in.T("invoice.empty")}, Columns: []column{
		{Label: in.T("field.number")},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.T("nav.placements"), Class: "num"},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("field.file")},
		{Label: in.T("field.status")},
	}}
	for _, i := range items {
		href := in.path("invoices", i.ID.String())
		t.add(href, number(i.Number, href, i.TaxInvoiceNumber), in.day(i.Date), in.count(i.Placements), in.money(i.Amount),
			in.fileLink(i.File), in.invoiceState(i.Status))
	}
	return t
}

func invoiceRecord(in reader, i payment.Invoice, passed []override.Use, m payment.Match) recordPage {
	status := in.invoiceState(i.Status)
	p := recordPage{State: &status, heading: heading{
		Title: i.Number, Subtitle: in.T("invoice.one") + " · " + i.VendorName,
		Crumbs: []link{in.agreementCrumb(), {i.AgreementNumber, in.path("agreements", i.AgreementID.String())}},
	}}
	p.Passed = in.passedBy(passed)
	p.Figures = in.priced(i.Price, i.VAT, i.Price+i.VAT)
	if i.Credited > 0 {
		p.Figures = append(p.Figures, figure{in.T("field.credited"), in.cash(i.Credited), ""})
	}
	if i.Penalty > 0 {
		p.Figures = append(p.Figures, figure{in.T("field.penalty"), in.cash(i.Penalty), ""})
	}
	if i.Excess > 0 {
		p.Figures = append(p.Figures, figure{in.T("invoice.excess"), in.cash(i.Excess), ""}, figure{in.T("invoice.as_written"), in.cash(i.Amount), ""})
		p.Warn = in.T("invoice.excess.warn", "amount", in.cash(i.Amount), "gross", in.cash(i.Price+i.VAT))
	}
	paid := text(in.T("invoice.unpaid"))
	if i.PaymentID.Valid {
		paid = to(in.T("invoice.payment"), in.path("payments", i.PaymentID.UUID.String()))
	}
	p.Parts = []part{{ID: "facts", Title: in.T("invoice.one"), Facts: []fact{
		{in.T("field.vendor_id"), to(i.VendorName, "/vendors/"+i.VendorID.String())},
		{in.T("field.date"), text(in.date(i.Date))},
		{in.T("invoice.accepted_on"), text(in.date(i.AcceptedOn))},
		{in.T("field.tax_invoice_number"), code(orDash(grouped(i.TaxInvoiceNumber)))},
		{in.T("nav.placements"), to(in.Number(i.Placements), in.path("placements")+"?invoice_id="+i.ID.String())},
		{in.T("field.file"), in.fileLink(i.File)},
		{in.T("nav.payments"), paid},
	}}, in.matchPart(i, m)}
	if i.File == "" {
		p.Missing = []link{{Text: in.T("invoice.missing.file")}}
	}
	if i.Status == payment.Open && in.can(access.InvoiceWrite) {
		if i.File == "" {
			p.Missing[0].Href = "#attach"
		}
		form := attachForm(in, i)
		p.Parts = append(p.Parts, part{ID: "attach", Title: in.T("invoice.attach"), Form: &form})
	}
	p.Parts = append(p.Parts, in.creditPart(i)...)
	if i.Status == payment.Open && i.File != "" && in.can(access.PaymentRequest) {
		ask := in.path("agreements", i.AgreementID.String(), "payments", "new")
		p.Actions = []action{{Label: in.T("payment.enter"), Icon: "cash", Href: ask, Main: true, Key: "s"}}
	}
	return p
}

func attachForm(in reader, i payment.Invoice) formPage {
	upload := in.upload(true, papers)
	upload.Wide, upload.Help = true, in.T("invoice.help.file")
	return formPage{
		Action: in.path("invoices", i.ID.String(), "file"), Multipart: true, Hidden: []box{version64(i.Version)},
		Groups: []group{{Fields: []field{upload}}}, Buttons: []button{{Label: in.T("invoice.attach"), Main: true, Icon: "upload"}},
	}
}

// invoiceForm enters the vendor's own paper over accepted placements.
func invoiceForm(in reader, a agreement.Agreement, accepted []placement.Placement, picked []string, rows []placement.Fulfilled) formPage {
	lines, hidden := in.lineGrid(rows, deliverablesOf(accepted))
	here := in.path("agreements", a.ID.String())
	amount := in.input("amount", "money", true)
	amount.Unit, amount.Help = in.sign(), in.T("invoice.help.amount", "sum", in.cash(sumOf(accepted)))
	taxNumber := in.input("tax_invoice_number", "text", false)
	taxNumber.Help = in.T("invoice.help.tax")
	upload := in.upload(false, papers)
	upload.Wide, upload.Help = true, in.T("invoice.help.file")
	return formPage{
		heading: heading{Title: in.T("invoice.enter"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/invoices", Back: here, Multipart: true, Intro: in.T("invoice.intro"),
		Groups: []group{{Fields: []field{in.input("number", "text", true), in.input("date", "date", true), amount, taxNumber, upload}}},
		Hidden: hidden, Present: lines, Tables: []table{in.chosen(accepted, picked)}, Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

func (w *Web) askInvoice(r *request) (answer, error) {
	a, accepted, err := w.readyFor(r, access.InvoiceWrite, placement.Accepted)
	if err != nil {
		return answer{}, err
	}
	f, err := w.services.Placements.Fulfilment(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	if err != nil {
		return answer{}, err
	}
	p := invoiceForm(r.reader, a, accepted, nil, f.Lines)
	if p, err = w.besideInvoice(r, p, a); err != nil {
		return answer{}, err
	}
	if sum := sumOf(accepted); sum > 0 {
		p.find("amount").Value = money.Format(sum, r.Agency.Currency, r.Code())
	}
	return show(p)
}

func (w *Web) createInvoice(r *request) (answer, error) {
	a, accepted, err := w.readyFor(r, access.InvoiceWrite, placement.Accepted)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("placement_ids")
	b := payment.Bill{
		AgreementID: a.ID, Number: t.text("number"), Date: t.date("date"), Amount: t.amount("amount"),
		TaxInvoiceNumber: t.text("tax_invoice_number"), PlacementIDs: ids(picked), Lines: billLinesTyped(t, r.rows("lines")),
	}
	var i payment.Invoice
	if err = t.err(b.Trimmed().Check()); err == nil {
		i, err = w.bill(r, b)
	}
	if err != nil {
		f, unknown := w.services.Placements.Fulfilment(r.ctx(), r.Actor, r.Agency.Code, a.ID)
		if unknown != nil {
			return answer{}, unknown
		}
		return r.refused(invoiceForm(r.reader, a, accepted, picked, f.Lines), err)
	}
	return done(r.path("invoices", i.ID.String()), "flash.saved", "what", i.Number)
}

// bill keeps the vendor's file, when one was chosen, and enters the invoice.
func (w *Web) bill(r *request, b payment.Bill) (payment.Invoice, error) {
	kept, err := w.keep(r)
	if err != nil && !fault.Is(err, "file_absent") {
		return payment.Invoice{}, err
	}
	b.File = kept.SHA256
	return w.services.Invoices.Create(r.ctx(), r.Actor, r.Agency.Code, b)
}

// invoiceOf fetches the invoice that the address names.
func (w *Web) invoiceOf(r *request) (payment.Invoice, error) {
	id, err := r.id("id")
	if err != nil {
		return payment.Invoice{}, err
	}
	return w.services.Invoices.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) invoice(r *request) (answer, error) {
	i, err := w.invoiceOf(r)
	if err != nil {
		return answer{}, err
	}
	passed, err := w.usesOf(r, i.ID)
	if err != nil {
		return answer{}, err
	}
	m, err := w.services.Invoices.Match(r.ctx(), r.Actor, r.Agency.Code, i.ID)
	if err != nil {
		return answer{}, err
	}
	papers, twins, err := w.papersOf(r, i)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, withPapers(r.reader, invoiceRecord(r.reader, i, passed, m), i, papers, twins), i.ID)
}

func (w *Web) attachInvoice(r *request) (answer, error) {
	i, err := w.invoiceOf(r)
	if err != nil {
		return answer{}, err
	}
	kept, err := w.keep(r)
	if err == nil {
		_, err = w.services.Invoices.Put(r.ctx(), r.Actor, r.Agency.Code, i.ID, r.expected(), func(p payment.Papers) (payment.Papers, error) {
			p.File = kept.SHA256
			return p, nil
		})
	}
	if err == nil {
		return done(r.path("invoices", i.ID.String()), "flash.attached", "number", i.Number)
	}
	f, ok := isFault(err)
	m, unknown := w.services.Invoices.Match(r.ctx(), r.Actor, r.Agency.Code, i.ID)
	if unknown != nil {
		return answer{}, unknown
	}
	p := invoiceRecord(r.reader, i, nil, m)
	at := slices.IndexFunc(p.Parts, func(one part) bool { return one.Form != nil })
	if !ok || at < 0 {
		return answer{}, err
	}
	p.Parts[at].Form.mark(r.reader, f)
	return again(p, f)
}
