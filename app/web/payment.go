package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/completeness"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
)

func (in reader) paymentCrumb() link { return link{in.T("nav.payments"), in.path("payments")} }

func paymentList(in reader, q listing.Query, page listing.Page[payment.Payment]) listPage {
	columns := in.paymentColumns()
	for i, field := range []string{"spp_number", "vendor_name", "spp_date", "sp2d_date", "gross", "net", "status"} {
		columns[i].Sort = field
	}
	p := in.listOf(in.path("payments"), q, columns, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("status", "requested", "authorised", "settled", "reversed")},
		{Name: "kind", Label: in.T("field.kind"), Options: in.options("payment.kind", "ls", "up", "gu", "tu")},
		{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()},
	})
	p.heading = heading{Title: in.T("nav.payments"), Subtitle: in.T("payment.subtitle"), Actions: in.toMissing()}
	p.Hint = in.T("payment.hint")
	p.Actions = []action{{Label: in.T("nav.taxes"), Icon: "coins", Href: in.path("taxes")}}
	p.paged(in, q, page.Total, page.NextCursor)
	t := in.paymentRows(page.Items)
	p.Table.Rows, p.Table.Foot = t.Rows, t.Foot
	p.Table.Empty = in.fromAgreements("payment.empty")
	return p
}

func (in reader) paymentColumns() []column {
	return []column{
		{Label: in.T("field.spp.number")},
		{Label: in.T("field.vendor_id")},
		{Label: in.T("field.spp.date"), Class: "date"},
		{Label: in.T("field.sp2d.date"), Class: "date"},
		{Label: in.moneyLabel("agreement.gross"), Class: "money"},
		{Label: in.T("payment.net"), Class: "money"},
		{Label: in.T("field.status")},
	}
}

func (in reader) paymentRows(items []payment.Payment) table {
	t := table{ID: "payment-rows", Columns: in.paymentColumns(), Empty: empty{Text: in.T("payment.none")}}
	for _, p := range items {
		href := in.path("payments", p.ID.String())
		t.add(href,
			number(p.SPP.Number, href, in.T("payment.kind."+string(p.Kind))), two(p.VendorName, p.AgreementNumber),
			in.day(p.SPP.Date), in.day(p.SP2D.Date), in.money(p.Gross), in.money(p.Net), in.status(string(p.Status)),
		)
	}
	if len(items) > 0 {
		t.Foot = []cell{
			text(in.T("list.page_total")), text(""), text(""), text(""), in.money(total(items, func(p payment.Payment) money.Amount { return p.Gross })),
			in.money(total(items, func(p payment.Payment) money.Amount { return p.Net })), text(""),
		}
	}
	return t
}

// paymentRecord shows a payment and which rules it does not meet; entries are what it moved on the lines of its agreement.
func paymentRecord(in reader, p payment.Payment, known payment.Assessment, entries []budget.Entry, lines map[uuid.UUID]budget.Line) recordPage {
	status := in.status(string(p.Status))
	out := recordPage{heading: heading{
		Title: p.SPP.Number, Subtitle: in.T("payment.kind."+string(p.Kind)) + " · " + p.VendorName, Actions: in.paymentActions(p),
		Crumbs: []link{in.paymentCrumb(), {p.AgreementNumber, in.path("agreements", p.AgreementID.String())}},
	}, State: &status, Steps: in.paymentSteps(p)}
	if p.Status == payment.Reversed {
		out.Warn = in.T("record.reason", "reason", p.Reason)
	}
	if p.Held != "" {
		held := in.status("held")
		out.State, out.Warn = &held, in.T("payment.held", "reason", p.Held)
	}
	out.Figures = []figure{
		{in.T("agreement.value"), in.shown(p.Price), ""},
		{in.T("agreement.vat"), in.shown(p.VAT), ""},
		{in.T("agreement.gross"), in.shown(p.Gross), ""},
		{in.T("payment.withheld"), in.shown(p.Gross - p.Net), ""},
		{in.T("payment.net"), in.shown(p.Net), ""},
	}
	if p.Refunded > 0 {
		out.Figures = append(out.Figures, figure{in.T("field.refunded"), in.shown(p.Refunded), ""})
	}
	for _, t := range p.Taxes {
		if p.Status == payment.Settled && t.DepositedOn.IsZero() {
			out.Missing = append(out.Missing, link{in.T("payment.missing.deposit", "tax", in.T("tax."+string(t.Kind))), in.deposit(p, t)})
		}
	}
	out.Missing = append(out.Missing, in.paymentDoubts(p, known)...)
	out.Parts = append([]part{
		{ID: "taxes", Title: in.T("payment.taxes"), Note: in.sumInWords(p), Table: in.taxes(p)},
		{ID: "papers", Title: in.T("payment.papers"), Facts: in.paymentFacts(p)},
	}, in.correctionParts(p)...)
	out.Parts = append(out.Parts, part{ID: "ledger-part", Title: in.T("ledger.title"), Note: in.T("ledger.note"), Table: in.moved(entries, lines)})
	out.Parts = append(out.Parts, in.taxParts(p)...)
	return out
}

// deposit is where the deposit of a tax is entered, for who may.
func (in reader) deposit(p payment.Payment, t payment.Tax) string {
	if !in.can(access.TaxDeposit) {
		return ""
	}
	return in.path("payments", p.ID.String(), "taxes", t.ID.String())
}

func (in reader) paymentActions(p payment.Payment) (out []action) {
	here := in.path("payments", p.ID.String())
	switch p.Status {
	case payment.Requested:
		if in.can(access.PaymentAuthorise) && p.CreatedBy != in.Actor.User && p.Held == "" {
			out = append(out, action{Label: in.T("payment.authorise"), Icon: "clipboard-check", Href: here + "/authorise", Main: true, Key: "s"})
		}
	case payment.Authorised:
		if in.can(access.PaymentSettle) && p.Held == "" {
			out = append(out, action{Label: in.T("payment.settle"), Icon: "cash", Href: here + "/settle", Main: true, Key: "s"})
		}
	case payment.Settled, payment.Reversed:
	}
	if p.Status != payment.Reversed && in.can(access.PaymentReverse) {
		out = append(out, action{Label: in.T("payment.reverse"), Icon: "rotate", Href: here + "/reverse", Danger: true})
	}
	return append(out, in.correctionActions(p, here)...)
}

func (in reader) paymentSteps(p payment.Payment) []step {
	steps := []step{
		{Label: "SPP", By: p.SPP.Number, At: in.date(p.SPP.Date), Done: true, Current: p.Status == payment.Requested},
		{Label: "SPM", Current: p.Status == payment.Authorised},
		{Label: "SP2D", Current: p.Status == payment.Settled},
	}
	for i, paper := range []payment.Paper{p.SPM, p.SP2D} {
		if !paper.IsZero() {
			steps[i+1].By, steps[i+1].At, steps[i+1].Done = paper.Number, in.date(paper.Date), true
		}
	}
	if p.Status == payment.Reversed {
		last := step{Label: in.T("status.reversed"), By: p.STS.Number, Done: true, Current: true, At: in.moments(p.ReversedAt)}
		steps = append(steps, last)
	}
	return steps
}

func (in reader) taxes(p payment.Payment) *table {
	t := &table{ID: "tax-rows", Empty: empty{Text: in.T("payment.taxes.none")}, Columns: []column{
		{Label: in.T("payment.tax")},
		{Label: in.moneyLabel("payment.base"), Class: "money"},
		{Label: in.T("payment.rate"), Class: "num"},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("payment.deposited")},
	}}
	for _, x := range p.Taxes {
		paid := cell{Text: in.T("payment.not_deposited")}
		switch {
		case !x.DepositedOn.IsZero():
			paid = two(in.date(x.DepositedOn), "NTPN "+grouped(x.NTPN)+" · "+in.T("field.billing_code")+" "+grouped(x.BillingCode))
		case p.Status == payment.Settled:
			paid = to(in.T("payment.enter_deposit"), in.deposit(p, x))
			if paid.Href == "" {
				paid.Text = in.T("payment.not_deposited")
			}
			paid.Sub = in.dueText(p, x)
		}
		t.add("", two(in.T("tax."+string(x.Kind)), x.LegalBasis), in.money(x.Base), cell{Text: in.rate(x.Rate), Class: "num"},
			in.money(x.Amount), paid)
	}
	if len(p.Taxes) > 0 {
		t.Foot = []cell{text(in.T("list.total")), text(""), text(""), in.money(total(p.Taxes, func(x payment.Tax) money.Amount { return x.Amount })), text("")}
	}
	return t
}

func (in reader) paymentFacts(p payment.Payment) []fact {
	vat := "payment.vat_self"
	switch {
	case p.VATCollected:
		vat = "payment.vat_collected"
	case p.VAT == 0:
		vat = "payment.vat_none"
	}
	facts := []fact{
		{in.T("field.agreement_id"), to(p.AgreementNumber, in.path("agreements", p.AgreementID.String()))},
		{in.T("field.vendor_id"), to(p.VendorName, "/vendors/"+p.VendorID.String())},
		{in.T("agreement.vat"), text(in.T(vat))},
		{in.T("field.budget_version_id"), in.budgetVersion(p.BudgetVersion)},
	}
	facts = append(facts, in.deductions(p)...)
	for _, paper := range []struct {
		name string
		is   payment.Paper
	}{{"SPP", p.SPP}, {"SPM", p.SPM}, {"SP2D", p.SP2D}, {in.T("field.transfer"), p.Transfer}, {"STS", p.STS}} {
		if !paper.is.IsZero() {
			facts = append(facts, fact{paper.name, two(paper.is.Number, in.date(paper.is.Date))})
		}
	}
	facts = append(facts, in.drawnFacts(p)...)
	if p.Status == payment.Settled {
		facts = append(facts, fact{in.T("nav.placements"), to(in.T("payment.placements"), in.path("placements")+"?payment_id="+p.ID.String())})
	}
	for _, id := range p.InvoiceIDs {
		facts = append(facts, fact{in.T("invoice.one"), to(in.T("word.open"), in.path("invoices", id.String()))})
	}
	return facts
}

func (w *Web) payments(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Payments.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(paymentList(r.reader, q, page))
}

// paymentOf fetches the payment that the address names.
func (w *Web) paymentOf(r *request) (payment.Payment, error) {
	id, err := r.id("id")
	if err != nil {
		return payment.Payment{}, err
	}
	return w.services.Payments.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) payment(r *request) (answer, error) {
	p, err := w.paymentOf(r)
	if err != nil {
		return answer{}, err
	}
	of, err := w.services.Agreements.Get(r.ctx(), r.Actor, r.Agency.Code, p.AgreementID)
	if err != nil {
		return answer{}, err
	}
	lines, err := w.linesOf(r, p.FiscalYear)
	if err != nil {
		return answer{}, err
	}
	debts, err := w.debtsOf(r, of.ID)
	if err != nil {
		return answer{}, err
	}
	entries, err := w.movedBy(r, p.ID, of.Deliverables, debts)
	if err != nil {
		return answer{}, err
	}
	passed, err := w.usesOf(r, p.ID)
	if err != nil {
		return answer{}, err
	}
	known, err := w.services.Payments.Assessment(r.ctx(), r.Actor, r.Agency.Code, p.ID)
	if err != nil {
		return answer{}, err
	}
	record := paymentRecord(r.reader, p, known, entries, byID(lines))
	record.Passed = r.passedBy(passed)
	if err := w.withDossier(r, &record, completeness.Payment, p.ID); err != nil {
		return answer{}, err
	}
	return w.record(r, record, p.ID)
}
