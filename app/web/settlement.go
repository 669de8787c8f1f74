package web

import (
	"strconv"
	"strings"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
)

// paymentTermsFields are what the form of an agreement asks about how it is paid.
func (in reader) paymentTermsFields() []field {
	at := func(name string) string { return "payment_terms." + name }
	advance := in.input(at("advance_percent"), "text", false)
	advance.Unit, advance.Help = "%", in.T("payment_terms.help.advance")
	kept := in.input(at("retention_percent"), "text", false)
	kept.Unit, kept.Help = "%", in.T("payment_terms.help.retention")
	instalments := in.input(at("instalments"), "textarea", false)
	instalments.Wide, instalments.Help = true, in.T("payment_terms.help.instalments")
	return []field{advance, kept, in.input(at("retention_until"), "date", false), instalments}
}

// paymentTermsTyped reads them; an instalment is a line: name; per cent; day; condition.
func paymentTermsTyped(t *typed) agreement.PaymentTerms {
	p := agreement.PaymentTerms{RetentionUntil: t.date("payment_terms.retention_until")}
	for name, to := range map[string]*int64{"advance_percent": &p.AdvancePercent, "retention_percent": &p.RetentionPercent} {
		if t.get("payment_terms."+name) != "" {
			*to = t.whole("payment_terms." + name)
		}
	}
	for _, line := range strings.Split(t.get("payment_terms.instalments"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.SplitN(line, ";", 4)
		one := agreement.Instalment{Name: strings.TrimSpace(parts[0])}
		var wrong error
		if len(parts) > 1 {
			one.Percent, wrong = strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(parts[1]), "%"), 10, 64)
		}
		if len(parts) > 2 && strings.TrimSpace(parts[2]) != "" && wrong == nil {
			one.DueOn, wrong = period.ParseDate(strings.TrimSpace(parts[2]))
		}
		if len(parts) > 3 {
			one.Condition = strings.TrimSpace(parts[3])
		}
		if wrong != nil || len(parts) < 2 {
			t.wrong.AddWith("/payment_terms/instalments", "bad_instalment", fault.Args{"line": strings.TrimSpace(line)})
		}
		p.Instalments = append(p.Instalments, one)
	}
	return p
}

func paymentTermsValues(p agreement.PaymentTerms, values map[string]string) {
	if p.AdvancePercent > 0 {
		values["payment_terms.advance_percent"] = strconv.FormatInt(p.AdvancePercent, 10)
	}
	if p.RetentionPercent > 0 {
		values["payment_terms.retention_percent"] = strconv.FormatInt(p.RetentionPercent, 10)
	}
	values["payment_terms.retention_until"] = p.RetentionUntil.String()
	lines := make([]string, len(p.Instalments))
	for i, x := range p.Instalments {
		lines[i] = strings.TrimRight(strings.Join([]string{x.Name, strconv.FormatInt(x.Percent, 10), x.DueOn.String(), x.Condition}, "; "), "; ")
	}
	values["payment_terms.instalments"] = strings.Join(lines, "\n")
}

// paymentTerms is what a record says of them; nothing when nothing was agreed.
func (in reader) paymentTerms(p agreement.PaymentTerms) (out []fact) {
	if p.AdvancePercent > 0 {
		out = append(out, fact{in.T("field.payment_terms.advance_percent"), text(strconv.FormatInt(p.AdvancePercent, 10) + "%")})
	}
	if p.RetentionPercent > 0 {
		kept := two(strconv.FormatInt(p.RetentionPercent, 10)+"%", in.T("field.payment_terms.retention_until")+" "+in.date(p.RetentionUntil))
		out = append(out, fact{in.T("field.payment_terms.retention_percent"), kept})
	}
	for _, x := range p.Instalments {
		said := strconv.FormatInt(x.Percent, 10) + "%"
		if !x.DueOn.IsZero() {
			said += " · " + in.date(x.DueOn)
		}
		out = append(out, fact{x.Name, two(said, x.Condition)})
	}
	return out
}

// deductions are the steps from the work that was accepted to what the vendor receives, line by line.
func (in reader) deductions(p payment.Payment) (out []fact) {
	if p.Purpose != payment.ForWork {
		out = append(out, fact{in.T("field.purpose"), text(in.T("payment.purpose." + string(p.Purpose)))})
	}
	if p.Instalment != "" {
		out = append(out, fact{in.T("field.instalment"), text(p.Instalment)})
	}
	if p.Recouped+p.Retained > 0 {
		out = append(out, fact{in.T("payment.work"), text(in.cash(p.Work()))})
	}
	if p.Recouped > 0 {
		out = append(out, fact{in.T("field.recouped"), text("− " + in.cash(p.Recouped))})
	}
	if p.Retained > 0 {
		out = append(out, fact{in.T("field.retained"), text("− " + in.cash(p.Retained))})
	}
	if b := p.Basis; b != nil {
		out = append(out, fact{in.T("payment.basis"), two(b.Number, in.date(b.Date))})
		if g := b.Guarantee; g != nil {
			out = append(out, fact{in.T("payment.guarantee"), two(g.Number+" · "+g.Issuer, in.cash(g.Amount)+" · "+in.date(g.ValidUntil))})
		}
	}
	return out
}

// otherForm asks for an advance, or for what was kept back.
func otherForm(in reader, a agreement.Agreement, book payment.Settlement, purpose payment.Purpose) formPage {
	here := in.path("agreements", a.ID.String())
	upload := in.upload(false, papers)
	upload.Wide, upload.Help = true, in.T("invoice.help.file")
	fields := []field{
		in.choice("kind", true, in.options("payment.kind", "ls", "tu")), in.input("spp.number", "text", true), in.input("spp.date", "date", true),
		in.input("basis.number", "text", true), in.input("basis.date", "date", true), upload,
	}
	facts := []fact{{in.T("agreement.gross"), text(in.cash(a.Gross))}}
	groups := []group{{Fields: fields}}
	if purpose == payment.ForAdvance {
		most, err := money.MulDiv(a.Gross, a.PaymentTerms.AdvancePercent, 100, money.Down)
		if err != nil {
			most = 0
		}
		amount := in.input("amount", "money", false)
		amount.Unit, amount.Help = in.sign(), in.T("payment.help.advance", "most", in.cash(most))
		covered := in.input("basis.guarantee.amount", "money", false)
		covered.Unit = in.sign()
		groups = append(groups, group{Title: in.T("payment.guarantee"), Fields: []field{
			amount, in.input("basis.guarantee.number", "text", false), in.input("basis.guarantee.issuer", "text", false), covered,
			in.input("basis.guarantee.valid_until", "date", false),
		}})
		facts = append(facts, fact{in.T("field.payment_terms.advance_percent"), text(strconv.FormatInt(a.PaymentTerms.AdvancePercent, 10) + "% · " + in.cash(most))})
	} else {
		facts = append(facts, fact{in.T("payment.withheld_now"), text(in.cash(book.Withheld()))},
			fact{in.T("field.payment_terms.retention_until"), text(in.date(a.PaymentTerms.RetentionUntil))})
	}
	return formPage{
		heading: heading{Title: in.T("payment.enter." + string(purpose)), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/" + string(purpose), Back: here, Intro: in.T("payment.intro." + string(purpose)), Facts: facts, Multipart: true,
		Groups: groups, Buttons: []button{{Label: in.T("payment.request"), Main: true, Icon: "send"}},
	}
}

func (w *Web) askOther(purpose payment.Purpose) handler {
	return func(r *request) (answer, error) {
		a, err := w.agreementFor(r, access.PaymentRequest)
		if err != nil {
			return answer{}, err
		}
		book, err := w.services.Payments.Settlement(r.ctx(), r.Actor, r.Agency.Code, a.ID)
		if err != nil {
			return answer{}, err
		}
		return show(otherForm(r.reader, a, book, purpose))
	}
}

func (w *Web) requestOther(purpose payment.Purpose) handler {
	return func(r *request) (answer, error) {
		a, err := w.agreementFor(r, access.PaymentRequest)
		if err != nil {
			return answer{}, err
		}
		book, err := w.services.Payments.Settlement(r.ctx(), r.Actor, r.Agency.Code, a.ID)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		ask := otherTyped(t, a, purpose)
		var p payment.Payment
		if err = t.err(ask.Check()); err == nil {
			p, err = w.other(r, ask)
		}
		if err != nil {
			return r.refused(otherForm(r.reader, a, book, purpose), err)
		}
		return done(r.path("payments", p.ID.String()), "flash.requested", "number", p.SPP.Number)
	}
}

// other keeps the vendor's file, when one was chosen, and asks for the payment.
func (w *Web) other(r *request, ask payment.Request) (payment.Payment, error) {
	kept, err := w.keep(r)
	if err != nil && !fault.Is(err, "file_absent") {
		return payment.Payment{}, err
	}
	ask.Basis.File = kept.SHA256
	return w.services.Payments.Request(r.ctx(), r.Actor, r.Agency.Code, ask)
}

func otherTyped(t *typed, a agreement.Agreement, purpose payment.Purpose) payment.Request {
	ask := payment.Request{
		AgreementID: a.ID, Kind: payment.Kind(t.text("kind")), SPP: t.paper("spp"), Purpose: purpose,
		Basis: &payment.Basis{Number: t.text("basis.number"), Date: t.date("basis.date")},
	}
	if purpose != payment.ForAdvance {
		return ask
	}
	if sum := t.amountOr("amount"); sum != nil {
		ask.Amount = *sum
	}
	if t.get("basis.guarantee.number")+t.get("basis.guarantee.issuer")+t.get("basis.guarantee.amount") != "" {
		ask.Basis.Guarantee = &payment.Guarantee{
			Number: t.text("basis.guarantee.number"), Issuer: t.text("basis.guarantee.issuer"),
			Amount: t.amount("basis.guarantee.amount"), ValidUntil: t.date("basis.guarantee.valid_until"),
		}
	}
	return ask
}
