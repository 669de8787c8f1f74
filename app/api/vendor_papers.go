package api

import (
	"errors"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/tax"
)

// vendorPaperForm is the form of a vendor's paper on its way in, file and all.
type vendorPaperForm struct {
	File          string              `json:"file" format:"binary"`
	Kind          payment.PaperKind   `json:"kind" enum:"invoice,receipt,tax_invoice,other"`
	Origin        payment.PaperOrigin `json:"origin" enum:"vendor,scan"`
	Number        string              `json:"number,omitempty"`
	Date          period.Date         `json:"date,omitempty" required:"false"`
	Amount        money.Amount        `json:"amount,omitempty" required:"false"`
	Covers        payment.Covers      `json:"covers,omitempty" required:"false" enum:"gross,net"`
	MeteraiNumber string              `json:"meterai_number,omitempty"`
	MeteraiOn     period.Date         `json:"meterai_on,omitempty" required:"false"`
	Base          money.Amount        `json:"base,omitempty" required:"false"`
	VAT           money.Amount        `json:"vat,omitempty" required:"false"`
	SellerNPWP    string              `json:"seller_npwp,omitempty"`
}

// mountVendorPapers registers the vendor's own papers behind an invoice, and the invoices to which it is alike.
func (a *API) mountVendorPapers() {
	const tag, path = "Invoices", "/agencies/{agency}/invoices/{id}"
	create(a, path+"/papers", tag, "Put a paper of the vendor to an invoice, its file sent before", func(c call, body payment.InvoicePaperForm) (payment.InvoicePaper, error) {
		return a.InvoicePapers.Add(c.ctx, c.actor, c.agency, c.id, body)
	})
	upload[vendorPaperForm](a, path+"/paper-files", tag, "Put a paper of the vendor to an invoice, with its file", func(c call) (p payment.InvoicePaper, err error) {
		form, err := a.readForm(c.http, "kind", "origin", "number", "date", "amount", "covers", "meterai_number", "meterai_on", "base", "vat", "seller_npwp")
		if err != nil {
			return p, err
		}
		defer func() { err = errors.Join(err, form.Close()) }()
		f, err := vendorPaper(form.values)
		if err != nil {
			return p, err
		}
		form.sent.Purpose = file.Paper
		aside := c.ctx
		kept, err := a.Files.Keep(access.Aside(aside), c.actor, form.sent)
		if err != nil {
			return p, err
		}
		f.File = kept.SHA256
		return a.InvoicePapers.Add(c.ctx, c.actor, c.agency, c.id, f)
	})
	list(a, path+"/papers", tag, "List the vendor's papers behind an invoice, voided ones too", func(c call, q listing.Query) (listing.Page[payment.InvoicePaper], error) {
		return a.InvoicePapers.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, path+"/papers/{sub}", tag, "A paper of the vendor", func(c call) (payment.InvoicePaper, error) {
		return a.InvoicePapers.Get(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	act(a, path+"/papers/{sub}/void", tag, "Void a paper that was entered wrongly, with a reason", func(c call, body remark) (payment.InvoicePaper, error) {
		return a.InvoicePapers.Void(c.ctx, c.actor, c.agency, c.id, c.sub, paper.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	get(a, path+"/twins", tag, "Other invoices of the government that may be the same bill", func(c call) (payment.TwinList, error) {
		return a.Invoices.Twins(c.ctx, c.actor, c.agency, c.id)
	})
}

// vendorPaper reads the texts of a form.
func vendorPaper(values map[string]string) (f payment.InvoicePaperForm, err error) {
	var wrong fault.Fields
	amount := func(name string) money.Amount {
		n, err := strconv.ParseInt(values[name], 10, 64)
		if err != nil && values[name] != "" {
			wrong.AddWith("/"+name, "not_readable", fault.Args{"type": "bigint"})
		}
		return money.Amount(n)
	}
	date := func(name string) (d period.Date) {
		if values[name] == "" {
			return d
		}
		d, err := period.ParseDate(values[name])
		if err != nil {
			wrong.AddWith("/"+name, "not_readable", fault.Args{"type": "date"})
		}
		return d
	}
	f = payment.InvoicePaperForm{
		Kind: payment.PaperKind(values["kind"]), Origin: payment.PaperOrigin(values["origin"]), Number: values["number"], Date: date("date"),
		Amount: amount("amount"), Covers: payment.Covers(values["covers"]), MeteraiNumber: values["meterai_number"], MeteraiOn: date("meterai_on"),
		Base: amount("base"), VAT: amount("vat"), SellerNPWP: values["seller_npwp"],
	}
	return f, wrong.Err()
}

// depositReversal is why a deposit is taken back.
type depositReversal struct {
	Reason string `json:"reason"`
}

// handing is the body of give.
type handing struct {
	HandedOn period.Date `json:"handed_on"`
}

// statutoryObjects are the kinds of objects that the program knows.
type statutoryObjects struct {
	Items []tax.Object `json:"items"`
}

// mountTaxes registers the taxes of settled payments, their slips, and the kinds of objects that they are declared under.
func (a *API) mountTaxes() {
	const tag, path = "Taxes", "/agencies/{agency}/withholding-slips"
	list(a, "/agencies/{agency}/taxes", tag, "List the taxes of settled payments, by due day; due_before= and late=true narrow them", func(c call, q listing.Query) (listing.Page[payment.Owed], error) {
		return a.Payments.Taxes(c.ctx, c.actor, c.agency, q)
	})
	get(a, "/agencies/{agency}/tax-reminders", tag, "Taxes that are owed and late or due soon, for treasurer and head", func(c call) (payment.OwedList, error) {
		return a.Payments.TaxReminders(c.ctx, c.actor, c.agency)
	})
	create(a, path, tag, "Enter the withholding slip of a tax", func(c call, body payment.WithholdingSlipForm) (payment.WithholdingSlip, error) {
		return a.Slips.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List the register of withholding slips, voided ones too", func(c call, q listing.Query) (listing.Page[payment.WithholdingSlip], error) {
		return a.Slips.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A withholding slip", func(c call) (payment.WithholdingSlip, error) {
		return a.Slips.Get(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/give", tag, "Note when the vendor got the slip", func(c call, body handing) (payment.WithholdingSlip, error) {
		return a.Slips.Give(c.ctx, c.actor, c.agency, c.id, c.expected, body.HandedOn)
	})
	act(a, path+"/{id}/void", tag, "Void a slip that was entered wrongly, with a reason", func(c call, body remark) (payment.WithholdingSlip, error) {
		return a.Slips.Void(c.ctx, c.actor, c.agency, c.id, paper.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	const objects = "/tax-objects"
	create(a, objects, tag, "Say under which kind of object a tax is declared, from a day on; for administrators", func(c call, body payment.TaxObjectForm) (payment.TaxObject, error) {
		return a.Slips.SetObject(c.ctx, c.actor, body)
	})
	list(a, objects, tag, "List the government's kinds of objects, past and voided rows too", func(c call, q listing.Query) (listing.Page[payment.TaxObject], error) {
		return a.Slips.Objects(c.ctx, c.actor, q)
	})
	get(a, objects+"/{id}", tag, "A kind of object", func(c call) (payment.TaxObject, error) {
		return a.Slips.Object(c.ctx, c.actor, c.id)
	})
	act(a, objects+"/{id}/void", tag, "Void a row that was entered wrongly, with a reason", func(c call, body remark) (payment.TaxObject, error) {
		return a.Slips.VoidObject(c.ctx, c.actor, c.id, paper.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	get(a, "/statutory-tax-objects", tag, "The kinds of objects that the program knows, where the government says nothing else", func(c call) (statutoryObjects, error) {
		return statutoryObjects{tax.Objects()}, c.actor.Can(access.RegistryRead, uuid.Nil)
	})
}

// mountPaymentTaxes registers what is done with the taxes of one payment, and what a payment would be.
func (a *API) mountPaymentTaxes(tag, path string) {
	act(a, path+"/preview", tag, "What a request would keep back, and why; keeps nothing", func(c call, body payment.Request) (payment.Payment, error) {
		return worded(c)(a.Payments.Preview(c.ctx, c.actor, c.agency, body))
	})
	act(a, path+"/{id}/taxes/{sub}/reverse-deposit", tag, "Take back a deposit that was entered wrongly; it stays visible", func(c call, body depositReversal) (payment.Payment, error) {
		return worded(c)(a.Payments.ReverseDeposit(c.ctx, c.actor, c.agency, c.id, c.expected, c.sub, body.Reason))
	})
}

// worded puts the sentences about a payment's taxes into the reader's language.
func worded(c call) func(p payment.Payment, err error) (payment.Payment, error) {
	return func(p payment.Payment, err error) (payment.Payment, error) {
		l := languageOf(c.http)
		for i, r := range p.Explained {
			p.Explained[i].Text = l.Reason(string(r.Code), r.Args, money.IDR)
		}
		return p, err
	}
}
