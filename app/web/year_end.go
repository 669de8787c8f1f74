package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/debt"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
)

func (in reader) yearEndCrumb(year int) link {
	return link{in.T("nav.year_end"), in.path("year-end") + "?fiscal_year=" + strconv.Itoa(year)}
}

// yearEndPage is what the agreements of a year still bind, with the two ways out of it, and the debts that were carried over.
func yearEndPage(in reader, year int, open []debt.Open, debts []debt.Recognition) recordPage {
	p := recordPage{heading: heading{
		Title: in.T("year_end.title", "year", strconv.Itoa(year)), Subtitle: in.T("year_end.subtitle"), Crumbs: []link{in.budgetCrumb()},
	}}
	for _, y := range []int{year - 1, year + 1} {
		if y <= in.today().Year()+1 {
			p.Actions = append(p.Actions, action{Label: in.T("word.year") + " " + strconv.Itoa(y), Icon: "calendar", Href: in.path("year-end") + "?fiscal_year=" + strconv.Itoa(y)})
		}
	}
	unpublished, owed := total(open, func(o debt.Open) money.Amount { return o.Unpublished }), total(open, func(o debt.Open) money.Amount { return o.Owed })
	p.Figures = []figure{{in.T("year_end.unpublished"), in.cash(unpublished), ""}, {in.T("year_end.owed"), in.cash(owed), "fill-committed"}}
	t := &table{ID: "open-rows", Empty: empty{Text: in.T("year_end.empty")}, Columns: []column{
		{Label: in.T("field.agreement_id")}, {Label: in.T("field.vendor_id")}, {Label: in.T("field.status")},
		{Label: in.moneyLabel("year_end.unpublished"), Class: "money"}, {Label: in.moneyLabel("year_end.owed"), Class: "money"},
		{Label: in.T("year_end.release")}, {Label: in.T("year_end.carry")},
	}}
	for _, o := range open {
		href := in.path("agreements", o.AgreementID.String())
		t.add(href, number(o.Number, href, o.Title), text(o.VendorName), in.status(o.Status), in.money(o.Unpublished), in.money(o.Owed), in.release(o), in.carry(o))
	}
	if len(open) > 0 {
		t.Foot = []cell{text(in.T("list.total")), text(""), text(""), in.money(unpublished), in.money(owed), text(""), text("")}
	}
	p.Parts = []part{
		{ID: "open", Title: in.T("year_end.open"), Note: in.T("year_end.note"), Table: t},
		{ID: "debts", Title: in.T("debt.title"), Table: in.debtRows(debts)},
	}
	return p
}

// release is where the rest of an agreement is given back: it is closed when it owes nothing, or else broken off.
func (in reader) release(o debt.Open) cell {
	href := in.path("agreements", o.AgreementID.String())
	switch {
	case o.Unpublished == 0 || o.Status != string(agreement.Active) || !in.can(access.AgreementEnd):
		return text("–")
	case o.Owed == 0:
		return to(in.T("agreement.close"), href+"/close")
	}
	return to(in.T("year_end.terminate"), href+"/terminate")
}

// carry is where a debt is recognised, or what keeps it from being.
func (in reader) carry(o debt.Open) cell {
	switch {
	case o.Owed == 0:
		return text("–")
	case o.PendingID.Valid:
		return to(in.T("status.requested"), in.path("debt-recognitions", o.PendingID.UUID.String()))
	case o.Unpublished > 0:
		return text(in.T("year_end.release_first"))
	case in.can(access.DebtWrite):
		return to(in.T("debt.enter"), in.path("debt-recognitions", "new")+"?agreement_id="+o.AgreementID.String())
	}
	return text("–")
}

func (in reader) debtRows(debts []debt.Recognition) *table {
	t := &table{ID: "debt-rows", Empty: empty{Text: in.T("debt.empty")}, Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("field.agreement_id")},
		{Label: in.moneyLabel("field.amount"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, r := range debts {
		href := in.path("debt-recognitions", r.ID.String())
		t.add(href, number(r.Number, href, ""), in.day(r.Date), two(r.AgreementNumber, r.VendorName), in.money(r.Total), in.status(string(r.Status)))
	}
	return t
}

func debtRecord(in reader, r debt.Recognition, lines []budget.Line) recordPage {
	status, here := in.status(string(r.Status)), in.path("debt-recognitions", r.ID.String())
	p := recordPage{heading: heading{
		Title: r.Number, Subtitle: r.AgreementNumber + " · " + r.VendorName, Crumbs: []link{in.budgetCrumb(), in.yearEndCrumb(r.FiscalYear - 1)},
	}, State: &status}
	decided := "–"
	if r.DecidedAt != nil {
		decided = in.moment(*r.DecidedAt)
	}
	done := r.Status == debt.Approved || r.Status == debt.Refused
	p.Steps = []step{
		{Label: in.T("status.requested"), By: r.CreatedName, At: in.moment(r.CreatedAt), Done: true, Current: r.Status == debt.Requested},
		{Label: in.T("status.approved"), By: r.DecidedName, At: decided, Done: done, Current: done},
	}
	if done || r.Status == debt.Withdrawn {
		p.Steps[1].Label = in.T("status." + string(r.Status))
	}
	if r.Status == debt.Requested && in.can(access.DebtApprove) && r.CreatedBy != in.Actor.User {
		p.Actions = append(p.Actions, action{Label: in.T("period.decide"), Icon: "clipboard-check", Href: here + "/decide", Main: true, Key: "s"})
	}
	if r.Status == debt.Requested && in.can(access.DebtWrite) {
		p.Actions = append(p.Actions, action{Label: in.T("period.withdraw"), Icon: "x", Href: here + "/withdraw", Danger: true})
	}
	if r.Remark != "" {
		p.Warn = in.T("record.reason", "reason", r.Remark)
	}
	p.Figures = []figure{{in.T("field.amount"), in.cash(r.Total), ""}, {in.T("field.date"), in.date(r.Date), ""}, {in.T("debt.pays"), strconv.Itoa(r.FiscalYear), ""}}
	p.Parts = []part{
		{ID: "lines", Title: in.T("debt.lines"), Note: in.T("debt.lines.note"), Table: in.debtLines(r, lines)},
		{ID: "facts", Title: in.T("field.agreement_id"), Facts: []fact{{in.T("field.agreement_id"), to(r.AgreementNumber, in.path("agreements", r.AgreementID.String()))}}},
	}
	return p
}

func (in reader) debtLines(r debt.Recognition, lines []budget.Line) *table {
	t := &table{ID: "debt-lines", Columns: []column{
		{Label: in.T("field.from_line")}, {Label: in.T("field.to_line")}, {Label: in.moneyLabel("field.amount"), Class: "money"},
	}}
	known := byID(lines)
	name := func(l budget.Line) cell {
		return cell{
			Text: l.SubActivityName, Sub: in.T("word.year") + " " + strconv.Itoa(l.FiscalYear) + " · " + l.AccountCode + " · " + l.FundSource,
			Href: in.path("budget-lines", l.ID.String()),
		}
	}
	for _, l := range r.Lines {
		t.add("", name(known[l.FromLine]), name(known[l.ToLine]), in.money(l.Amount))
	}
	return t
}

// debtMove is the page before a recognition is decided or withdrawn.
func debtMove(in reader, r debt.Recognition, lines []budget.Line, verb debt.Verb) formPage {
	key, here := "debt.move."+string(verb), in.path("debt-recognitions", r.ID.String())
	reason := in.input("reason", "textarea", false)
	reason.Wide = true
	f := formPage{
		heading: heading{Title: in.T(key+".title", "number", r.Number), Subtitle: r.AgreementNumber, Crumbs: []link{in.budgetCrumb(), in.yearEndCrumb(r.FiscalYear - 1), {r.Number, here}}},
		Action:  here + "/" + string(verb), Back: here, Intro: in.T(key + ".intro"), Hidden: []box{version64(r.Version)},
		Facts: []fact{
			{in.T("field.agreement_id"), two(r.AgreementNumber, r.VendorName)}, {in.T("field.date"), text(in.date(r.Date))},
			{in.T("field.amount"), text(in.cash(r.Total))}, {in.T("period.asked"), two(r.CreatedName, in.moment(r.CreatedAt))},
		},
		Tables: []table{*in.debtLines(r, lines)}, Groups: []group{{Fields: []field{reason}}},
	}
	if verb == debt.Withdraw {
		f.Buttons = []button{{Label: in.T(key + ".button"), Danger: true, Icon: "x"}}
		return f
	}
	f.Groups[0].Fields[0].Help, f.Action = in.T("period.help.refuse"), here+"/decide"
	f.Buttons = []button{
		{Label: in.T("debt.move.approve.button"), Name: "verb", Value: "approve", Main: true, Icon: "check", Key: "s"},
		{Label: in.T("period.move.refuse.button"), Name: "verb", Value: "refuse", Danger: true, Icon: "x", Key: "t"},
	}
	return f
}

func (w *Web) yearEnd(r *request) (answer, error) {
	year, err := r.fiscalYear()
	if err != nil {
		return answer{}, err
	}
	open, err := w.services.Debts.Open(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("fiscal_year", strconv.Itoa(year)))
	if err != nil {
		return answer{}, err
	}
	debts, err := w.services.Debts.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("fiscal_year", strconv.Itoa(year), strconv.Itoa(year+1)))
	if err != nil {
		return answer{}, err
	}
	return show(yearEndPage(r.reader, year, open.Items, debts.Items))
}

// debtOf fetches the recognition that the address names, with every budget line that it can name.
func (w *Web) debtOf(r *request) (d debt.Recognition, lines []budget.Line, err error) {
	id, err := r.id("id")
	if err != nil {
		return d, nil, err
	}
	if d, err = w.services.Debts.Get(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		return d, nil, err
	}
	var ids []string
	for _, l := range d.Lines {
		ids = append(ids, l.FromLine.String(), l.ToLine.String())
	}
	page, err := w.services.Budgets.Lines(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("id", ids...))
	return d, page.Items, err
}

func (w *Web) debt(r *request) (answer, error) {
	d, lines, err := w.debtOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, debtRecord(r.reader, d, lines), d.ID)
}

func (w *Web) askDebtMove(verb debt.Verb) handler {
	return func(r *request) (answer, error) {
		d, lines, err := w.debtOf(r)
		if err != nil {
			return answer{}, err
		}
		return show(debtMove(r.reader, d, lines, verb))
	}
}

// moveDebt does a verb; an empty one is named by the button that was pressed.
func (w *Web) moveDebt(verb debt.Verb) handler {
	return func(r *request) (answer, error) {
		d, lines, err := w.debtOf(r)
		if err != nil {
			return answer{}, err
		}
		verb := verb
		if verb == "" {
			if verb = debt.Verb(r.c.FormValue("verb")); verb != debt.Approve && verb != debt.Refuse {
				return answer{}, fault.Missing()
			}
		}
		cmd := debt.MoveCommand{Verb: verb, Expected: r.expected(), Reason: r.typed().get("reason")}
		_, err = w.services.Debts.Move(r.ctx(), r.Actor, r.Agency.Code, d.ID, cmd)
		if err == nil {
			return done(r.path("debt-recognitions", d.ID.String()), "flash.debt."+string(verb), "number", d.Number)
		}
		f := debtMove(r.reader, d, lines, verb)
		if fault.From(err).Kind != fault.Stale {
			f.Hidden = []box{version64(r.seen())}
		}
		return r.refused(f, err)
	}
}

// debtsOf fetches the recognitions of an agreement's debt, with their lines.
func (w *Web) debtsOf(r *request, agreement uuid.UUID) ([]debt.Recognition, error) {
	page, err := w.services.Debts.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("agreement_id", agreement.String()))
	if err != nil {
		return nil, err
	}
	for i, d := range page.Items { // one or two in the life of an agreement
		if page.Items[i], err = w.services.Debts.Get(r.ctx(), r.Actor, r.Agency.Code, d.ID); err != nil {
			return nil, err
		}
	}
	return page.Items, nil
}
