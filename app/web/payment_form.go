package web

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/payment"
)

// rate writes a decimal rate as percent: "0.02" is 2%.
func (in reader) rate(decimal string) string {
	whole, parts, _ := strings.Cut(decimal, ".")
	parts += strings.Repeat("0", max(0, 2-len(parts)))
	percent := strings.TrimLeft(whole+parts[:2], "0")
	if percent == "" {
		percent = "0"
	}
	if rest := strings.TrimRight(parts[2:], "0"); rest != "" {
		percent += map[string]string{"id": ",", "en": "."}[in.Code()] + rest
	}
	return percent + "%"
}

// requestForm asks for the payment of open invoices (SPP).
func requestForm(in reader, a agreement.Agreement, open []payment.Invoice, picked []string) formPage {
	here := in.path("agreements", a.ID.String())
	t := in.invoiceRows(open)
	t.Checks, t.Caption, t.Empty = true, in.T("payment.choose"), empty{Text: in.T("payment.nothing")}
	for i, one := range open {
		on := len(picked) == 0
		for _, id := range picked {
			on = on || id == one.ID.String()
		}
		t.Rows[i].Href, t.Rows[i].Check = "", &box{Name: "invoice_ids", Value: one.ID.String(), Label: one.Number, Checked: on}
	}
	kind := in.choice("kind", true, in.options("payment.kind", "ls", "up", "gu", "tu"))
	return formPage{
		heading: heading{Title: in.T("payment.enter"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/payments", Back: here, Intro: in.T("payment.intro"),
		Groups: []group{{Fields: []field{kind, in.input("spp.number", "text", true), in.input("spp.date", "date", true)}}},
		Tables: []table{t}, Buttons: []button{{Label: in.T("payment.request"), Main: true, Icon: "send"}},
	}
}

// openFor fetches the agreement that the address names and its invoices that no payment has asked for.
func (w *Web) openFor(r *request) (a agreement.Agreement, open []payment.Invoice, err error) {
	if a, err = w.agreementFor(r, access.PaymentRequest); err != nil {
		return a, nil, err
	}
	all, err := w.invoicesOf(r, a.ID)
	for _, i := range all {
		if i.Status == payment.Open {
			open = append(open, i)
		}
	}
	return a, open, err
}

func (w *Web) askRequest(r *request) (answer, error) {
	a, open, err := w.openFor(r)
	if err != nil {
		return answer{}, err
	}
	return show(requestForm(r.reader, a, open, nil))
}

func (w *Web) requestPayment(r *request) (answer, error) {
	a, open, err := w.openFor(r)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("invoice_ids")
	ask := payment.Request{AgreementID: a.ID, Kind: payment.Kind(t.text("kind")), InvoiceIDs: ids(picked), SPP: t.paper("spp")}
	var p payment.Payment
	if err = t.err(ask.Check()); err == nil {
		p, err = w.services.Payments.Request(r.ctx(), r.Actor, r.Agency.Code, ask)
	}
	if err != nil {
		return r.refused(requestForm(r.reader, a, open, picked), err)
	}
	return done(r.path("payments", p.ID.String()), "flash.requested", "number", p.SPP.Number)
}

// paper reads a paper of the treasury chain.
func (t *typed) paper(name string) payment.Paper {
	return payment.Paper{Number: t.text(name + ".number"), Date: t.date(name + ".date")}
}

// stepForm is the next step of a payment: what will be paid to whom, and the paper that says so.
func stepForm(in reader, p payment.Payment, known payment.Assessment, verb string) formPage {
	here := in.path("payments", p.ID.String())
	paper := map[string]string{"authorise": "spm", "settle": "sp2d", "reverse": "sts"}[verb]
	fields := []field{in.input(paper+".number", "text", true), in.input(paper+".date", "date", true)}
	if verb == "reverse" {
		reason := in.input("reason", "textarea", true)
		reason.Wide = true
		fields = append(fields, reason)
		if p.Status != payment.Settled {
			fields = []field{reason}
		}
	}
	return formPage{
		heading: heading{Title: in.T("payment." + verb + ".title"), Subtitle: p.SPP.Number + " · " + p.VendorName, Crumbs: []link{in.paymentCrumb(), {p.SPP.Number, here}}},
		Action:  here + "/" + verb, Back: here, Intro: in.T("payment." + verb + ".intro"), Hidden: []box{version64(p.Version)},
		Facts: append([]fact{
			{in.T("agreement.gross"), text(in.cash(p.Gross))},
			{in.T("payment.withheld"), text(in.cash(p.Gross - p.Net))},
			{in.T("payment.net"), text(in.cash(p.Net))},
		}, append(in.paymentFacts(p), in.paymentDoubtFacts(known, verb)...)...),
		Tables: []table{*in.taxes(p)}, Groups: []group{{Fields: fields}},
		Buttons: []button{{Label: in.T("payment." + verb), Main: verb != "reverse", Danger: verb == "reverse"}},
	}
}

func (w *Web) askStep(verb string) handler {
	return func(r *request) (answer, error) {
		p, err := w.paymentOf(r)
		if err != nil {
			return answer{}, err
		}
		known, err := w.services.Payments.Assessment(r.ctx(), r.Actor, r.Agency.Code, p.ID)
		if err != nil {
			return answer{}, err
		}
		return show(stepForm(r.reader, p, known, verb))
	}
}

func (w *Web) step(verb string) handler {
	return func(r *request) (answer, error) {
		p, err := w.paymentOf(r)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		if err = w.doStep(r, t, p.ID, verb); err != nil {
			p.Version = r.version(err, p.Version)
			known, unknown := w.services.Payments.Assessment(r.ctx(), r.Actor, r.Agency.Code, p.ID)
			if unknown != nil {
				return answer{}, unknown
			}
			return r.refused(stepForm(r.reader, p, known, verb), err)
		}
		return done(r.path("payments", p.ID.String()), "flash.payment."+verb, "number", p.SPP.Number)
	}
}

func (w *Web) doStep(r *request, t *typed, id uuid.UUID, verb string) (err error) {
	paper := t.paper(map[string]string{"authorise": "spm", "settle": "sp2d", "reverse": "sts"}[verb])
	reason := t.text("reason")
	if err = t.wrong.Err(); err != nil {
		return err
	}
	s := w.services.Payments
	switch verb {
	case "authorise":
		_, err = s.Authorise(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), paper)
	case "settle":
		_, err = s.Settle(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), paper)
	case "reverse":
		_, err = s.Reverse(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), payment.Reversal{Reason: reason, STS: paper})
	}
	return err
}

// depositForm enters the state's receipt for a tax.
func depositForm(in reader, p payment.Payment, t payment.Tax) formPage {
	here := in.path("payments", p.ID.String())
	billing, ntpn := in.input("billing_code", "text", true), in.input("ntpn", "text", true)
	billing.Help, ntpn.Help = in.T("payment.help.billing"), in.T("payment.help.ntpn")
	return formPage{
		heading: heading{Title: in.T("payment.deposit.title", "tax", in.T("tax."+string(t.Kind))), Subtitle: p.SPP.Number + " · " + p.VendorName, Crumbs: []link{in.paymentCrumb(), {p.SPP.Number, here}}},
		Action:  here + "/taxes/" + t.ID.String(), Back: here, Hidden: []box{version64(p.Version)},
		Facts:   []fact{{in.T("payment.base"), text(in.cash(t.Base))}, {in.T("payment.rate"), two(in.rate(t.Rate), t.LegalBasis)}, {in.T("field.amount"), text(in.cash(t.Amount))}},
		Groups:  []group{{Fields: []field{billing, ntpn, in.input("date", "date", true)}}},
		Buttons: []button{{Label: in.T("payment.enter_deposit"), Main: true}},
	}
}

// taxOf fetches the payment and the tax of it that the address names.
func (w *Web) taxOf(r *request) (p payment.Payment, t payment.Tax, err error) {
	if p, err = w.paymentOf(r); err != nil {
		return p, t, err
	}
	id, err := r.id("below")
	for _, t := range p.Taxes {
		if t.ID == id {
			return p, t, err
		}
	}
	return p, t, fault.Missing()
}

func (w *Web) askDeposit(r *request) (answer, error) {
	p, t, err := w.taxOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(depositForm(r.reader, p, t))
}

func (w *Web) depositTax(r *request) (answer, error) {
	p, one, err := w.taxOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	slip := payment.Slip{BillingCode: t.text("billing_code"), NTPN: t.text("ntpn"), Date: t.date("date")}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Payments.Deposit(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), one.ID, slip)
	}
	if err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(depositForm(r.reader, p, one), err)
	}
	return done(r.path("payments", p.ID.String())+"#taxes", "flash.deposited", "tax", r.T("tax."+string(one.Kind)))
}
