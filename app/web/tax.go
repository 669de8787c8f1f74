package web

import (
	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
)

// whyTable tells in sentences why which tax is kept back.
func (in reader) whyTable(p payment.Payment) *table {
	t := &table{ID: "tax-why", Caption: in.T("tax.explained"), Empty: empty{Text: in.T("tax.explained.none")}, Columns: []column{{Label: in.T("payment.tax")}, {Label: in.T("tax.explained.why")}}}
	for _, r := range p.Explained {
		name := in.T("tax.all")
		if r.Tax != "" {
			name = in.T("tax." + string(r.Tax))
		}
		t.add("", text(name), text(in.Reason(string(r.Code), r.Args, in.Agency.Currency)))
	}
	return t
}

// dueText is when a tax is due, and how late it is.
func (in reader) dueText(p payment.Payment, t payment.Tax) string {
	if p.Status != payment.Settled || t.DueOn.IsZero() {
		return ""
	}
	if late := t.Late(in.today()); late > 0 {
		return in.T("tax.late", "date", in.date(t.DueOn), "n", late)
	}
	return in.T("tax.due", "date", in.date(t.DueOn))
}

// declared are the slips and reversed deposits of a payment's taxes, each a row under its tax.
func (in reader) declared(p payment.Payment) *table {
	t := &table{ID: "declared-rows", Empty: empty{Text: in.T("tax.declared.none")}, Columns: []column{
		{Label: in.T("payment.tax")}, {Label: in.T("tax.due_on")}, {Label: in.T("slip.one")}, {Label: in.T("tax.deposit")},
	}}
	here := in.path("payments", p.ID.String(), "taxes")
	for _, x := range p.Taxes {
		slip := text("–")
		switch {
		case x.SlipNumber != "":
			slip = two(x.SlipNumber, x.ObjectCode)
		case p.Status == payment.Settled && x.Kind != "ppn" && in.can(access.TaxDeposit):
			slip = to(in.T("slip.enter"), here+"/"+x.ID.String()+"/slip")
		}
		deposit := text(in.T("payment.not_deposited"))
		if !x.DepositedOn.IsZero() {
			deposit = two(in.cash(x.Deposited()), x.DepositNote)
			if in.can(access.TaxDeposit) && p.Status == payment.Settled {
				deposit = cell{Text: in.T("tax.reverse_deposit"), Href: here + "/" + x.ID.String() + "/reverse-deposit", Sub: x.DepositNote}
			}
		}
		t.add("", text(in.T("tax."+string(x.Kind))), text(orDash(in.dueText(p, x))), slip, deposit)
		for _, was := range x.ReversedSlips {
			t.add("", text(in.T("tax."+string(x.Kind))), text(in.date(was.DepositedOn)), text("NTPN "+grouped(was.NTPN)),
				two(in.T("tax.deposit.reversed", "date", in.moment(was.ReversedAt)), was.Reason))
		}
	}
	return t
}

// taxParts are the parts of a payment's page about its taxes, besides what they are.
func (in reader) taxParts(p payment.Payment) []part {
	out := []part{{ID: "why", Title: in.T("tax.explained"), Note: in.T("tax.explained.note"), Table: in.whyTable(p)}}
	if p.Status == payment.Settled && len(p.Taxes) > 0 {
		out = append(out, part{ID: "declared", Title: in.T("tax.declared"), Note: in.T("tax.due.note"), Table: in.declared(p)})
	}
	return out
}

// previewed puts into a request's form what the payment would keep back, and why.
func (in reader) previewed(f formPage, p payment.Payment) formPage {
	f.Facts = append(f.Facts,
		fact{in.T("agreement.gross"), text(in.cash(p.Gross))}, fact{in.T("payment.withheld"), text(in.cash(p.Gross - p.Net))},
		fact{in.T("payment.net"), text(in.cash(p.Net))}, fact{in.T("tax.preview.day"), text(in.date(p.SPP.Date))})
	t := in.taxes(p)
	t.ID, t.Caption = "preview-rows", in.T("tax.preview")
	f.Tables = append(f.Tables, *t, *in.whyTable(p))
	return f
}

func taxList(in reader, q listing.Query, page listing.Page[payment.Owed]) listPage {
	columns := []column{
		{Label: in.T("payment.tax"), Sort: "kind"}, {Label: in.T("field.vendor_id"), Sort: "vendor_name"}, {Label: in.T("field.sp2d.date"), Class: "date", Sort: "paid_on"},
		{Label: in.moneyLabel("payment.base"), Class: "money"}, {Label: in.T("payment.rate"), Class: "num"}, {Label: in.moneyLabel("field.amount"), Class: "money", Sort: "amount"},
		{Label: in.T("tax.due_on"), Class: "date", Sort: "due_on"}, {Label: in.T("payment.deposited")}, {Label: in.T("slip.one")},
	}
	p := in.listOf(in.path("taxes"), q, columns, []filter{
		{Name: "deposited", Label: in.T("payment.deposited"), Options: in.options("tax.deposited", "true", "false")},
		{Name: "late", Label: in.T("tax.lateness"), Options: in.options("tax.lateness", "true")},
		{Name: "kind", Label: in.T("payment.tax"), Options: in.options("tax", "ppn", "pph21", "pph23", "pph_final", "pph4_2")},
		{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()},
	})
	p.heading = heading{Title: in.T("nav.taxes"), Subtitle: in.T("tax.subtitle"), Crumbs: []link{in.paymentCrumb()},
		Actions: []action{{Label: in.T("nav.slips"), Icon: "file-text", Href: in.path("withholding-slips")}}}
	p.Hint = in.T("tax.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	p.Table.Empty = empty{Text: in.T("tax.empty")}
	for _, x := range page.Items {
		href := in.path("payments", x.PaymentID.String())
		paid := cell{Text: in.T("payment.not_deposited")}
		if x.Deposited {
			paid = two(in.date(x.DepositedOn), "NTPN "+grouped(x.NTPN))
		} else if in.can(access.TaxDeposit) {
			paid = to(in.T("payment.enter_deposit"), href+"/taxes/"+x.ID.String())
		}
		due := in.day(x.DueOn)
		if x.DaysLate > 0 {
			due.Class, due.Sub = "date over", in.T("tax.days_late", "n", x.DaysLate)
		}
		p.Table.add(href, number(in.T("tax."+string(x.Kind)), href+"#taxes", x.Payment), text(x.VendorName), in.day(x.PaidOn), in.money(x.Base),
			cell{Text: in.rate(x.Rate), Class: "num"}, in.money(x.Amount), due, paid, two(orDash(x.SlipNumber), x.ObjectCode))
	}
	if len(page.Items) > 0 {
		p.Table.Foot = []cell{
			text(in.T("list.page_total")), text(""), text(""), text(""), text(""),
			in.money(total(page.Items, func(x payment.Owed) money.Amount { return x.Amount })), text(""), text(""), text(""),
		}
	}
	return p
}

func (w *Web) taxes(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Payments.Taxes(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(taxList(r.reader, q, page))
}

// remindedOfTaxes are the taxes that the reader should see deposited, the oldest first.
func (in reader) remindedOfTaxes(owed []payment.Owed) (out []waiting) {
	for _, o := range owed[:min(len(owed), remindersShown)] {
		key, days := "remind.tax", int64(o.DueOn.Sub(in.today()))
		if o.DaysLate > 0 {
			key, days = "remind.tax_late", o.DaysLate
		}
		out = append(out, waiting{
			Count: in.Number(days), Text: in.T("tax."+string(o.Kind)) + " " + in.cash(o.Amount) + " · " + o.VendorName,
			Href:  in.path("payments", o.PaymentID.String()) + "#taxes",
			Since: in.T(key, "n", days, "date", in.date(o.DueOn), "number", o.Payment),
		})
	}
	return out
}

// reverseDepositForm takes back a deposit that was entered wrongly.
func reverseDepositForm(in reader, p payment.Payment, t payment.Tax) formPage {
	here := in.path("payments", p.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("tax.reverse_deposit"), Subtitle: in.T("tax."+string(t.Kind)) + " · " + p.VendorName, Crumbs: []link{in.paymentCrumb(), {p.SPP.Number, here}}},
		Action:  here + "/taxes/" + t.ID.String() + "/reverse-deposit", Back: here + "#declared", Intro: in.T("tax.reverse_deposit.intro"), Hidden: []box{version64(p.Version)},
		Facts: []fact{
			{in.T("field.billing_code"), text(grouped(t.BillingCode))}, {in.T("field.ntpn"), text(grouped(t.NTPN))},
			{in.T("payment.deposited"), text(in.date(t.DepositedOn))}, {in.T("field.amount"), text(in.cash(t.Deposited()))},
		},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("tax.reverse_deposit"), Danger: true, Icon: "rotate"}},
	}
}

func (w *Web) askReverseDeposit(r *request) (answer, error) {
	p, t, err := w.taxOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(reverseDepositForm(r.reader, p, t))
}

func (w *Web) reverseDeposit(r *request) (answer, error) {
	p, t, err := w.taxOf(r)
	if err != nil {
		return answer{}, err
	}
	said := r.typed()
	reason := said.text("reason")
	if err = said.wrong.Err(); err == nil {
		_, err = w.services.Payments.ReverseDeposit(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), t.ID, reason)
	}
	if err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(reverseDepositForm(r.reader, p, t), err)
	}
	return done(r.path("payments", p.ID.String())+"#declared", "flash.deposit_reversed", "tax", r.T("tax."+string(t.Kind)))
}
