package web

import (
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/placement"
)

// holdForm holds a payment, or lets it go.
func holdForm(in reader, p payment.Payment, verb string) formPage {
	here := in.path("payments", p.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	out := formPage{
		heading: heading{Title: in.T("payment." + verb + ".title"), Subtitle: p.SPP.Number + " · " + p.VendorName, Crumbs: []link{in.paymentCrumb(), {p.SPP.Number, here}}},
		Action:  here + "/" + verb, Back: here, Intro: in.T("payment." + verb + ".intro"), Hidden: []box{version64(p.Version)},
		Facts: []fact{{in.T("payment.net"), text(in.cash(p.Net))}}, Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("payment." + verb), Main: true}},
	}
	if p.Held != "" {
		out.Facts = append(out.Facts, fact{in.T("payment.held_because"), text(p.Held)})
	}
	return out
}

func (w *Web) askHold(verb string) handler {
	return func(r *request) (answer, error) {
		p, err := w.paymentOf(r)
		if err != nil {
			return answer{}, err
		}
		return show(holdForm(r.reader, p, verb))
	}
}

func (w *Web) hold(verb string) handler {
	return func(r *request) (answer, error) {
		p, err := w.paymentOf(r)
		if err != nil {
			return answer{}, err
		}
		do := w.services.Corrections.Hold
		if verb == "release" {
			do = w.services.Corrections.Release
		}
		t := r.typed()
		reason := t.text("reason")
		if err = t.wrong.Err(); err == nil {
			_, err = do(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), reason)
		}
		if err != nil {
			p.Version = r.version(err, p.Version)
			return r.refused(holdForm(r.reader, p, verb), err)
		}
		return done(r.path("payments", p.ID.String()), "flash.payment."+verb, "number", p.SPP.Number)
	}
}

// refundForm notes that part of a payment came back.
func refundForm(in reader, p payment.Payment, paid []placement.Placement, picked []string) formPage {
	here := in.path("payments", p.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("payment.refund.title"), Subtitle: p.SPP.Number + " · " + p.VendorName, Crumbs: []link{in.paymentCrumb(), {p.SPP.Number, here}}},
		Action:  here + "/refunds", Back: here, Intro: in.T("payment.refund.intro"), Hidden: []box{version64(p.Version)},
		Groups: []group{{Fields: []field{in.input("sts.number", "text", true), in.input("sts.date", "date", true), reason}}},
		Tables: []table{in.someOf(paid, picked)}, Buttons: []button{{Label: in.T("payment.refund"), Main: true}},
	}
}

// someOf is rows to choose from of which none is chosen yet.
func (in reader) someOf(items []placement.Placement, picked []string) table {
	if len(picked) == 0 {
		picked = []string{""}
	}
	return in.chosen(items, picked)
}

// placementsIn fetches the placements of a payment or an invoice.
func (w *Web) placementsIn(r *request, field, id string) ([]placement.Placement, error) {
	page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where(field, id))
	return page.Items, err
}

// refundOf fetches the payment that the address names, with its placements.
func (w *Web) refundOf(r *request) (p payment.Payment, paid []placement.Placement, err error) {
	if p, err = w.paymentOf(r); err != nil {
		return p, nil, err
	}
	paid, err = w.placementsIn(r, "payment_id", p.ID.String())
	return p, paid, err
}

func (w *Web) askRefund(r *request) (answer, error) {
	p, paid, err := w.refundOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(refundForm(r.reader, p, paid, nil))
}

func (w *Web) refund(r *request) (answer, error) {
	p, paid, err := w.refundOf(r)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("placement_ids")
	back := payment.Return{STS: t.paper("sts"), Reason: t.text("reason"), PlacementIDs: ids(picked)}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Corrections.Refund(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), back)
	}
	if err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(refundForm(r.reader, p, paid, picked), err)
	}
	return done(r.path("payments", p.ID.String())+"#refunds", "flash.payment.refund", "number", p.SPP.Number)
}

// creditForm enters the vendor's credit note.
func creditForm(in reader, i payment.Invoice, items []placement.Placement, picked []string) formPage {
	here := in.path("invoices", i.ID.String())
	amount := in.input("amount", "money", true)
	amount.Unit, amount.Help = in.sign(), in.T("credit.help.amount")
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	upload := in.upload(false, papers)
	upload.Wide, upload.Help = true, in.T("invoice.help.file")
	return formPage{
		heading: heading{Title: in.T("credit.enter"), Subtitle: i.Number + " · " + i.VendorName, Crumbs: []link{in.agreementCrumb(), {i.AgreementNumber, in.path("agreements", i.AgreementID.String())}, {i.Number, here}}},
		Action:  here + "/credit-notes", Back: here, Multipart: true, Intro: in.T("credit.intro"), Hidden: []box{version64(i.Version)},
		Groups: []group{{Fields: []field{in.input("number", "text", true), in.input("date", "date", true), amount, reason, upload}}},
		Tables: []table{in.someOf(items, picked)}, Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// creditOf fetches the invoice that the address names, with its placements.
func (w *Web) creditOf(r *request) (i payment.Invoice, items []placement.Placement, err error) {
	if i, err = w.invoiceOf(r); err != nil {
		return i, nil, err
	}
	items, err = w.placementsIn(r, "invoice_id", i.ID.String())
	return i, items, err
}

func (w *Web) askCredit(r *request) (answer, error) {
	i, items, err := w.creditOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(creditForm(r.reader, i, items, nil))
}

func (w *Web) credit(r *request) (answer, error) {
	i, items, err := w.creditOf(r)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("placement_ids")
	n := payment.Note{Number: t.text("number"), Date: t.date("date"), Amount: t.amount("amount"), Reason: t.text("reason"), PlacementIDs: ids(picked)}
	if err = t.wrong.Err(); err == nil {
		err = w.enterCredit(r, i, n)
	}
	if err != nil {
		i.Version = r.version(err, i.Version)
		return r.refused(creditForm(r.reader, i, items, picked), err)
	}
	return done(r.path("invoices", i.ID.String())+"#credit-notes", "flash.saved", "what", n.Number)
}

// enterCredit keeps the vendor's file, when one was chosen, and enters the credit note.
func (w *Web) enterCredit(r *request, i payment.Invoice, n payment.Note) error {
	kept, err := w.keep(r)
	if err != nil && !fault.Is(err, "file_absent") {
		return err
	}
	n.File = kept.SHA256
	_, err = w.services.Corrections.Credit(r.ctx(), r.Actor, r.Agency.Code, i.ID, r.expected(), n)
	return err
}

// voidCorrection takes back what was entered wrongly.
func voidCorrection(in reader, number, subject, action, back string, facts ...fact) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("correction.void.title", "number", number), Subtitle: subject}, Action: action, Back: back, Facts: facts,
		Intro: in.T("correction.void.intro"), Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("word.void"), Danger: true, Icon: "x"}},
	}
}

// noteOf fetches the credit note that the address names.
func (w *Web) noteOf(r *request) (i payment.Invoice, c payment.Credit, err error) {
	if i, err = w.invoiceOf(r); err != nil {
		return i, c, err
	}
	id, err := r.id("below")
	for _, c := range i.Credits {
		if c.ID == id {
			return i, c, err
		}
	}
	return i, c, fault.Missing()
}

func creditVoid(in reader, i payment.Invoice, c payment.Credit) formPage {
	here := in.path("invoices", i.ID.String())
	return voidCorrection(in, c.Number, i.Number+" · "+i.VendorName, here+"/credit-notes/"+c.ID.String()+"/void", here+"#credit-notes",
		fact{in.T("field.amount"), text(in.cash(c.Amount))}, fact{in.T("field.reason"), text(c.Reason)})
}

func (w *Web) askVoidCredit(r *request) (answer, error) {
	i, c, err := w.noteOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(creditVoid(r.reader, i, c))
}

func (w *Web) voidCredit(r *request) (answer, error) {
	i, c, err := w.noteOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Corrections.VoidCredit(r.ctx(), r.Actor, r.Agency.Code, i.ID, c.ID, reason)
	}
	if err != nil {
		return r.refused(creditVoid(r.reader, i, c), err)
	}
	return done(r.path("invoices", i.ID.String())+"#credit-notes", "flash.saved", "what", c.Number)
}

// penaltiesOf fetches the agreement that the address names, and what became of its penalties.
func (w *Web) penaltiesOf(r *request) (a agreement.Agreement, known payment.PenaltyAccount, err error) {
	if a, err = w.agreementOf(r); err != nil {
		return a, known, err
	}
	known, err = w.services.Corrections.Penalties(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	return a, known, err
}

func (w *Web) penalties(r *request) (answer, error) {
	a, known, err := w.penaltiesOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(penaltyRecord(r.reader, a, known))
}

func (w *Web) payPenalty(r *request) (answer, error) {
	a, known, err := w.penaltiesOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	paid := payment.PenaltyPaid{STS: t.paper("sts"), Amount: t.amount("amount"), Remark: t.text("remark")}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Corrections.PayPenalty(r.ctx(), r.Actor, r.Agency.Code, a.ID, paid)
	}
	if err != nil {
		return r.refused(penaltyForm(r.reader, a, known), err)
	}
	return done(r.path("agreements", a.ID.String(), "penalties"), "flash.saved", "what", paid.STS.Number)
}

// receiptOf fetches the receipt of a penalty that the address names.
func (w *Web) receiptOf(r *request) (a agreement.Agreement, one payment.PenaltyReceipt, err error) {
	a, known, err := w.penaltiesOf(r)
	if err != nil {
		return a, one, err
	}
	id, err := r.id("below")
	for _, one := range known.Receipts {
		if one.ID == id {
			return a, one, err
		}
	}
	return a, one, fault.Missing()
}

func penaltyVoid(in reader, a agreement.Agreement, one payment.PenaltyReceipt) formPage {
	here := in.path("agreements", a.ID.String())
	return voidCorrection(in, one.STS.Number, a.Number+" · "+a.VendorName, here+"/penalty-receipts/"+one.ID.String()+"/void", here+"/penalties",
		fact{in.T("field.amount"), text(in.cash(one.Amount))}, fact{in.T("field.sts.date"), text(in.date(one.STS.Date))})
}

func (w *Web) askVoidPenalty(r *request) (answer, error) {
	a, one, err := w.receiptOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(penaltyVoid(r.reader, a, one))
}

func (w *Web) voidPenalty(r *request) (answer, error) {
	a, one, err := w.receiptOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Corrections.VoidPenalty(r.ctx(), r.Actor, r.Agency.Code, a.ID, one.ID, reason)
	}
	if err != nil {
		return r.refused(penaltyVoid(r.reader, a, one), err)
	}
	return done(r.path("agreements", a.ID.String(), "penalties"), "flash.saved", "what", one.STS.Number)
}
