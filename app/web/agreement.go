package web

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/completeness"
	"tayang/app/debt"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
)

func (in reader) agreementCrumb() link { return link{in.T("nav.agreements"), in.path("agreements")} }

func agreementList(in reader, q listing.Query, page listing.Page[agreement.Agreement]) listPage {
	columns := in.agreementColumns()
	for i, field := range []string{"number", "vendor_name", "order_date", "gross", "paid", "remaining", "status"} {
		columns[i].Sort = field
	}
	p := in.listOf(in.path("agreements"), q, columns, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("status",
			"draft", "submitted", "active", "completed", "closed", "rejected", "terminated")},
		{Name: "kind", Label: in.T("field.kind"), Options: in.options("agreement.kind", "media", "influencer")},
		{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()},
		{Name: "amendment", Label: in.T("field.amendment"), Options: in.options("status", "proposed")},
		{Name: "awaiting", Label: in.T("field.awaiting"), Options: in.awaitingOptions()},
	})
	p.heading = heading{Title: in.T("nav.agreements"), Subtitle: in.T("agreement.subtitle")}
	p.Hint = in.T("agreement.hint")
	p.Table.Empty = empty{Text: in.T("agreement.empty")}
	if in.can(access.AgreementWrite) {
		enter := action{Label: in.T("agreement.enter"), Icon: "plus", Href: in.path("agreements", "new"), Main: true}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	t := in.agreementRows(page.Items)
	p.Table.Rows, p.Table.Foot = t.Rows, t.Foot
	return p
}

func (in reader) agreementColumns() []column {
	return []column{
		{Label: in.T("field.number")},
		{Label: in.T("field.vendor_id")},
		{Label: in.T("field.order_date"), Class: "date"},
		{Label: in.moneyLabel("agreement.gross"), Class: "money"},
		{Label: in.T("agreement.paid"), Class: "money"},
		{Label: in.T("agreement.remaining"), Class: "money"},
		{Label: in.T("field.status")},
	}
}

func (in reader) agreementRows(items []agreement.Agreement) table {
	t := table{ID: "agreement-rows", Columns: in.agreementColumns(), Empty: empty{Text: in.T("agreement.none")}}
	for _, a := range items {
		href := in.path("agreements", a.ID.String())
		t.add(href,
			number(a.Number, href, a.Title), two(a.VendorName, in.kindOf(a)),
			in.day(a.OrderDate), in.money(a.Gross), in.money(a.Paid), in.money(a.Remaining), in.agreementState(a),
		)
	}
	if len(items) > 0 {
		t.Foot = []cell{
			text(in.T("list.page_total")), text(""), text(""), in.money(total(items, func(a agreement.Agreement) money.Amount { return a.Gross })),
			in.money(total(items, func(a agreement.Agreement) money.Amount { return a.Paid })),
			in.money(total(items, func(a agreement.Agreement) money.Amount { return a.Remaining })), text(""),
		}
	}
	return t
}

// agreementFacts is everything that the record of an agreement shows.
type agreementFacts struct {
	Agreement     agreement.Agreement
	Lines         map[uuid.UUID]budget.Line
	Entries       []budget.Entry // what it moved
	Debts         []debt.Recognition
	Chain         chain
	Passed        []override.Use // under which overrides it passed
	Life          lifeFacts
	Known         agreement.Assessment
	Confirmations []agreement.Confirmation
	File          agreement.Dossier
}

func agreementRecord(in reader, f agreementFacts) recordPage {
	a := f.Agreement
	status := in.agreementState(a)
	p := recordPage{
		heading: heading{Title: a.Number, Subtitle: a.Title, Crumbs: []link{in.agreementCrumb()}, Actions: in.agreementActions(a)},
		State:   &status, Steps: in.agreementSteps(a, f.Entries), Passed: in.passedBy(f.Passed),
	}
	p.Actions = append(p.Actions, in.bringActions(f)...)
	p.Missing, p.Cautions = in.agreementMissing(f)
	if a.Unreserved {
		p.Warn = in.T("agreement.unreserved")
	}
	if a.Suspension != "" {
		p.Warn = in.T("suspension.warn", "date", in.date(a.SuspendedOn), "reason", a.Suspension)
	}
	if a.Status == agreement.Rejected || a.Status == agreement.Terminated {
		p.Warn = in.T("record.reason", "reason", orDash(a.Remark))
	}
	accepted := f.Chain.accepted()
	p.Figures = []figure{
		{in.T("agreement.value"), in.shown(a.Value), ""},
		{in.T("agreement.vat"), in.shown(a.VAT), ""},
		{in.T("agreement.gross"), in.shown(a.Gross), ""},
		{in.T("agreement.accepted"), in.shown(accepted), "fill-committed"},
		{in.T("agreement.paid"), in.shown(a.Paid), "fill-realised"},
		{in.T("agreement.remaining"), in.shown(a.Remaining), "fill-frame"},
	}
	if a.Framework {
		in.framed(&p, a)
	} else {
		p.Bar = newBar(in.T("agreement.bar", "percent", percent(a.Paid, a.Gross)), a.Gross,
			share{a.Paid, "fill-realised", in.T("agreement.paid")}, share{accepted - a.Paid, "fill-committed", in.T("agreement.accepted")})
	}
	p.Parts = append(in.amendmentWaiting(f), part{ID: "deliverables", Title: in.T("field.deliverables"), Table: in.deliverables(f)})
	p.Parts = append(append(p.Parts, in.pricePart(f.Known)...),
		part{ID: "terms", Title: in.T("agreement.terms"), Facts: in.terms(a)}, in.filePart(f))
	p.Parts = append(p.Parts, in.creatorParts(f)...)
	p.Parts = append(p.Parts, in.flowParts(f)...)
	p.Parts = append(p.Parts, in.roundParts(a)...)
	p.Parts = append(append(p.Parts, in.amendmentHistory(a)...), in.lifeParts(a, f.Life, f.Chain)...)
	if !a.Framework {
		p.Parts = append(p.Parts, in.chainParts(a, f.Chain)...)
	}
	p.Parts = append(p.Parts, in.vettedChannels(f.Known)...)
	if len(f.Debts) > 0 {
		p.Parts = append(p.Parts, part{ID: "debts", Title: in.T("debt.title"), Table: in.debtRows(f.Debts)})
	}
	p.Parts = append(p.Parts, part{ID: "ledger-part", Title: in.T("ledger.title"), Note: in.T("ledger.note"), Table: in.moved(f.Entries, f.Lines)})
	return p
}

func (in reader) agreementSteps(a agreement.Agreement, entries []budget.Entry) []step {
	end := agreement.Completed
	if a.Status == agreement.Closed || a.Status == agreement.Terminated || a.Status == agreement.Rejected {
		end = a.Status
	}
	at := in.moments(a.EndedAt)
	if a.EndedAt == nil {
		at = ""
	}
	reached := map[agreement.Status]int{
		agreement.Draft: 0, agreement.Submitted: 1, agreement.Rejected: 3, agreement.Active: 2,
		agreement.Completed: 3, agreement.Closed: 3, agreement.Terminated: 3,
	}[a.Status]
	steps := []step{
		{Label: in.T("status.draft"), At: in.moment(a.CreatedAt)},
		{Label: in.T("status.submitted")},
		{Label: in.T("status.active")},
		{Label: in.T("status." + string(end)), At: at},
	}
	if a.SubmittedAt != nil {
		steps[1].At, steps[1].By = in.moment(*a.SubmittedAt), lastActor(entries, budget.Reserve, a.Number)
	}
	if a.ApprovedAt != nil {
		steps[2].At, steps[2].By = in.moment(*a.ApprovedAt), lastActor(entries, budget.Commit, a.Number)
	}
	for i := range steps {
		steps[i].Done, steps[i].Current = i <= reached, i == reached
	}
	steps[2].Done = steps[2].Done && a.ApprovedAt != nil
	return steps
}

// agreementActions is what the reader may do next; the first is the one that is expected.
func (in reader) agreementActions(a agreement.Agreement) []action {
	here := in.path("agreements", a.ID.String())
	var out []action
	add := func(allowed bool, key, icon, to, press string, danger bool) {
		if allowed {
			out = append(out, action{Label: in.T(key), Icon: icon, Href: here + to, Key: press, Main: len(out) == 0 && !danger, Danger: danger})
		}
	}
	writes := in.can(access.AgreementWrite)
	switch a.Status {
	case agreement.Draft, agreement.Rejected:
		add(writes, "agreement.submit", "send", "/submit", "s", false)
		add(writes, "word.edit", "pencil", "/edit", "e", false)
	case agreement.Submitted:
		add(in.decides(a), "agreement.decide", "clipboard-check", "/approve", "s", false)
		add(writes, "agreement.withdraw", "rotate", "/withdraw", "", false)
	case agreement.Active, agreement.Completed:
		waits, orders := a.Amendment != nil, !a.Framework
		if a.Framework && writes && a.Status == agreement.Active {
			out = append(out, action{Label: in.T("framework.order"), Icon: "plus", Href: in.orderHref(a), Key: "n", Main: true})
		}
		add(waits && in.decides(a), "amendment.decide", "clipboard-check", "/approve", "s", false)
		add(orders && in.can(access.PlacementWrite) && a.Status == agreement.Active, "placement.enter", "plus", "/placements/new", "n", false)
		add(orders && in.can(access.AcceptanceWrite), "acceptance.enter", "clipboard-check", "/acceptances/new", "", false)
		add(orders && in.can(access.InvoiceWrite), "invoice.enter", "receipt", "/invoices/new", "", false)
		add(orders && in.can(access.PaymentRequest), "payment.enter", "cash", "/payments/new", "", false)
		add(orders && a.PaymentTerms.AdvancePercent > 0 && in.can(access.PaymentRequest), "payment.enter.advance", "cash", "/advance/new", "", false)
		add(orders && a.PaymentTerms.RetentionPercent > 0 && in.can(access.PaymentRequest), "payment.enter.retention", "cash", "/retention/new", "", false)
		add(waits && writes, "amendment.withdraw", "rotate", "/withdraw", "", false)
		add(orders && !waits && writes && a.Status == agreement.Active, "amendment.enter", "pencil", "/amend", "", false)
		add(orders && in.can(access.AgreementEnd) && a.Status == agreement.Active && a.Suspension == "", "suspension.enter", "hand-stop", "/suspend", "", false)
		add(in.can(access.AgreementEnd) && a.Suspension != "", "suspension.resume", "rotate", "/resume", "", false)
		add(!waits && in.can(access.AgreementEnd), "agreement.close", "flag", "/close", "", false)
		add(!waits && in.can(access.AgreementEnd) && a.Status == agreement.Active, "agreement.terminate", "ban", "/terminate", "", true)
	case agreement.Terminated:
		add(in.can(access.AcceptanceWrite), "acceptance.enter", "clipboard-check", "/acceptances/new", "", false)
		add(in.can(access.InvoiceWrite), "invoice.enter", "receipt", "/invoices/new", "", false)
		add(in.can(access.PaymentRequest), "payment.enter", "cash", "/payments/new", "", false)
	case agreement.Closed:
	}
	return out
}

// agreementMissing names what is still owed before the agreement is done, and apart from it the rules that only warn when
// they are many.
func (in reader) agreementMissing(f agreementFacts) (out, cautions []link) {
	a := f.Agreement
	here := in.path("agreements", a.ID.String())
	switch a.Status {
	case agreement.Draft:
		out = append(out, link{in.T("agreement.missing.submit"), in.mends(access.AgreementWrite, here+"/submit")})
	case agreement.Submitted:
		if t, ok := a.Turn(); ok {
			out = append(out, link{in.waitsFor(t) + " " + in.T("approval.missing"), ""})
		}
	case agreement.Active, agreement.Completed, agreement.Closed, agreement.Rejected, agreement.Terminated:
	}
	if a.Amendment != nil {
		out = append(out, link{in.T("amendment.missing", "number", a.Amendment.Number), in.decidesAt(a, here+"/approve")})
	}
	stops, warns := in.doubts(f)
	if out = append(append(out, in.toMend(a)...), stops...); len(warns) > cautionsOpen {
		cautions, warns = warns, nil
	}
	out = append(out, warns...)
	var unplaced int64
	for _, d := range a.Deliverables {
		unplaced += d.Quantity - d.Placed
	}
	if a.Status == agreement.Active && unplaced > 0 && !a.Framework {
		out = append(out, link{in.T("agreement.missing.placements", "n", unplaced), in.mends(access.PlacementWrite, here+"/placements/new")})
	}
	return append(out, in.chainMissing(a, f.Chain)...), cautions
}

func (in reader) deliverables(f agreementFacts) *table {
	t := &table{ID: "deliverable-rows", Columns: []column{
		{Label: "#", Class: "num"},
		{Label: in.T("field.product")},
		{Label: in.T("field.budget_line_id")},
		{Label: in.T("agreement.placed"), Class: "num"},
		{Label: in.moneyLabel("field.offered_price"), Class: "money"},
		{Label: in.T("field.unit_price"), Class: "money"},
		{Label: in.T("agreement.unit_gross"), Class: "money"},
		{Label: in.T("agreement.gross"), Class: "money"},
	}}
	for _, d := range f.Agreement.Deliverables {
		offered := money.Amount(0)
		if d.OfferedPrice != nil {
			offered = *d.OfferedPrice
		}
		notes := d.Unit
		if d.LabelRequired {
			notes += " · " + in.T("agreement.label")
		}
		price := in.money(d.UnitPrice)
		price.Sub = in.taxed(d)
		t.add("",
			in.count(int64(d.Position)), two(d.Product, in.beside(in.channelName(d.Channel), in.remarked(f.Agreement, itemPointer(d)))),
			cell{Text: f.Lines[d.BudgetLineID].SubActivityName, Href: in.path("budget-lines", d.BudgetLineID.String()), Sub: f.Lines[d.BudgetLineID].AccountCode},
			cell{Text: in.Number(d.Placed) + " / " + in.Number(d.Quantity), Sub: notes, Class: "num"},
			in.money(offered), price, in.money(d.UnitGross), in.money(d.Gross()),
		)
	}
	t.Foot = []cell{text(""), text(in.T("list.total")), text(""), text(""), text(""), text(""), text(""), in.money(f.Agreement.Gross)}
	return t
}

// taxed says whether the unit price of a line has VAT in it.
func (in reader) taxed(d agreement.Deliverable) string {
	if d.TaxInclusive {
		return in.T("agreement.price_with")
	}
	return in.T("agreement.price_without")
}

func (in reader) terms(a agreement.Agreement) []fact {
	estimate := text(in.T("agreement.no_estimate"))
	if a.OwnerEstimate != nil {
		estimate = text(in.cash(*a.OwnerEstimate))
	}
	kind := text(in.T("agreement.kind." + string(a.Kind)))
	if a.FeeVia != "" {
		kind.Sub = in.T("field.fee_via") + " " + in.T("fee_via."+string(a.FeeVia))
	}
	facts := []fact{
		{in.T("field.vendor_id"), to(a.VendorName, "/vendors/"+a.VendorID.String())},
		{in.T("field.kind"), kind},
		{in.T("field.method"), text(in.T("method." + string(a.Method)))},
		{in.T("field.form"), text(in.T("form." + string(a.Form)))},
		{in.T("field.rup_code"), code(orDash(a.RUPCode))},
		{in.T("field.owner_estimate"), estimate},
		{in.T("field.order_date"), text(in.date(a.OrderDate))},
		{in.T("agreement.term"), text(in.date(a.StartDate) + " – " + in.date(a.EndDate))},
		{in.T("field.fiscal_year"), text(strconv.Itoa(a.FiscalYear))},
		{in.T("field.budget_version_id"), in.budgetVersion(a.BudgetVersion)},
	}
	return in.remarkedFacts(a, slices.Concat(in.framing(a), facts, in.procurement(a), in.paymentTerms(a.PaymentTerms)))
}

// budgetVersion links to the budget document under which something was promised or paid.
func (in reader) budgetVersion(v agreement.BudgetVersion) cell {
	if !v.BudgetVersionID.Valid {
		return text("–")
	}
	return to(v.BudgetVersionNumber, in.path("budgets", v.BudgetVersionID.UUID.String()))
}

func (w *Web) agreements(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(agreementList(r.reader, q, page))
}

// byID finds budget lines by their ids.
func byID(lines []budget.Line) map[uuid.UUID]budget.Line {
	out := make(map[uuid.UUID]budget.Line, len(lines))
	for _, l := range lines {
		out[l.ID] = l
	}
	return out
}

// agreementOf fetches the agreement that the address names.
func (w *Web) agreementOf(r *request) (agreement.Agreement, error) {
	id, err := r.id("id")
	if err != nil {
		return agreement.Agreement{}, err
	}
	return w.services.Agreements.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) agreement(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err != nil {
		return answer{}, err
	}
	lines, err := w.linesOf(r, a.FiscalYear)
	if err != nil {
		return answer{}, err
	}
	f := agreementFacts{Agreement: a, Lines: byID(lines)}
	if f.Debts, err = w.debtsOf(r, a.ID); err != nil {
		return answer{}, err
	}
	if f.Entries, err = w.movedBy(r, a.ID, a.Deliverables, nil); err != nil {
		return answer{}, err
	}
	if f.Chain, err = w.chain(r, a.ID); err != nil {
		return answer{}, err
	}
	if f.Passed, err = w.usesOf(r, a.ID); err != nil {
		return answer{}, err
	}
	if f.Life, err = w.life(r, a); err != nil {
		return answer{}, err
	}
	if f.Known, err = w.services.Agreements.Assessment(r.ctx(), r.Actor, r.Agency.Code, a.ID); err != nil {
		return answer{}, err
	}
	if f.File, err = w.services.Papers.Dossier(r.ctx(), r.Actor, r.Agency.Code, a.ID); err != nil {
		return answer{}, err
	}
	if f.Confirmations, err = w.confirmationsOf(r, a); err != nil {
		return answer{}, err
	}
	p := agreementRecord(r.reader, f)
	if err := w.linkPart(r, &p, a.VendorID, uuid.NullUUID{UUID: a.ID, Valid: true}); err != nil {
		return answer{}, err
	}
	if err := w.withDossier(r, &p, completeness.Agreement, a.ID); err != nil {
		return answer{}, err
	}
	if err := w.nextInQueue(r, &p, a); err != nil {
		return answer{}, err
	}
	return w.wholeRecord(r, p, a)
}
