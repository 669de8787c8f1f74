package web

import (
	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
)

// amendmentWaiting is the amendment that waits for a decision: what it changes, line by line.
func (in reader) amendmentWaiting(f agreementFacts) []part {
	m := f.Agreement.Amendment
	if m == nil {
		return nil
	}
	waits := []part{{
		ID: "amendment", Title: in.T("amendment.waits", "number", m.Number), Note: in.T("amendment.note"), Facts: in.amendmentFacts(*m),
		Table: in.amendmentLines(*m, f.Lines),
	}}
	for _, t := range in.splitBecame(*m) {
		t.Caption = ""
		waits = append(waits, part{ID: "amendment-split", Title: in.T("look_through.resplit"), Table: &t})
	}
	return waits
}

// amendmentFacts are the paper, its reason, and the figures before and after.
func (in reader) amendmentFacts(m agreement.Amendment) []fact {
	return []fact{
		{in.T("field.date"), text(in.date(m.Date))},
		{in.T("field.reason"), text(m.Reason)},
		{in.T("amendment.author"), two(m.Author, in.moment(m.CreatedAt))},
		{in.T("agreement.value"), text(in.became(in.cash(m.ValueBefore), in.cash(m.ValueAfter)))},
		{in.T("agreement.gross"), text(in.became(in.cash(m.Before.Gross), in.cash(m.After.Gross)))},
		{in.T("field.end_date"), text(in.endBecame(m))},
	}
}

// became writes what was and what is to be; once, when nothing changes.
func (in reader) became(before, after string) string {
	if before == after {
		return before
	}
	return before + " → " + after
}

func (in reader) endBecame(m agreement.Amendment) string {
	return in.became(in.date(m.Before.EndDate), in.date(m.After.EndDate))
}

// amendmentLines is the table of lines before and after.
func (in reader) amendmentLines(m agreement.Amendment, lines map[uuid.UUID]budget.Line) *table {
	t := &table{ID: "amendment-rows", Columns: []column{
		{Label: "#", Class: "num"},
		{Label: in.T("field.product")},
		{Label: in.T("field.budget_line_id")},
		{Label: in.T("field.quantity"), Class: "num"},
		{Label: in.moneyLabel("field.unit_price"), Class: "money"},
		{Label: in.T("amendment.before"), Class: "money"},
		{Label: in.T("amendment.after"), Class: "money"},
		{Label: in.T("amendment.difference"), Class: "money"},
	}}
	was := map[uuid.UUID]agreement.Deliverable{}
	for _, d := range m.Before.Deliverables {
		was[d.ID] = d
	}
	plain := func(a money.Amount) string { return in.money(a).Text }
	for _, d := range m.After.Deliverables {
		before, old := was[d.ID]
		quantity := cell{Text: in.Number(d.Quantity), Sub: d.Unit, Class: "num"}
		price := in.money(d.UnitPrice)
		if price.Sub = in.T("amendment.new"); old {
			quantity.Text = in.became(in.Number(before.Quantity), in.Number(d.Quantity))
			price.Text, price.Sub = in.became(plain(before.UnitPrice), plain(d.UnitPrice)), ""
		}
		if d.PriceVerdict != "" && d.UnitPrice != before.UnitPrice {
			price.Sub += " " + in.T("verdict."+string(d.PriceVerdict))
		}
		t.add("",
			in.count(int64(d.Position)), two(d.Product, in.channelName(d.Channel)),
			cell{Text: lines[d.BudgetLineID].SubActivityName, Href: in.path("budget-lines", d.BudgetLineID.String()), Sub: lines[d.BudgetLineID].AccountCode},
			quantity, price, in.money(before.Gross()), in.money(d.Gross()), in.money(d.Gross()-before.Gross()),
		)
	}
	t.Foot = []cell{
		text(""), text(in.T("list.total")), text(""), text(""), text(""),
		in.money(m.Before.Gross), in.money(m.After.Gross), in.money(m.After.Gross - m.Before.Gross),
	}
	return t
}

// amendmentHistory is every amendment, oldest first.
func (in reader) amendmentHistory(a agreement.Agreement) []part {
	if len(a.Amendments) == 0 {
		return nil
	}
	t := &table{ID: "amendment-history", Columns: []column{
		{Label: in.T("field.number")},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.moneyLabel("amendment.value_before"), Class: "money"},
		{Label: in.moneyLabel("amendment.value_after"), Class: "money"},
		{Label: in.T("field.end_date")},
		{Label: in.T("field.status")},
		{Label: in.T("amendment.author")},
		{Label: in.T("amendment.decider")},
	}}
	for _, m := range a.Amendments {
		decider := two(orDash(m.Decider), "")
		if m.DecidedAt != nil {
			decider.Sub = in.moment(*m.DecidedAt)
		}
		status := in.status(string(m.Status))
		status.Sub = m.Remark
		t.add("",
			two(m.Number, m.Reason), in.day(m.Date), in.money(m.ValueBefore), in.money(m.ValueAfter), text(in.endBecame(m)),
			status, two(m.Author, in.moment(m.CreatedAt)), decider,
		)
	}
	return []part{{ID: "amendments", Title: in.T("amendment.history"), Table: t}}
}

// decideForm is the page before a decision on the amendment that waits.
func decideForm(in reader, a agreement.Agreement, verb agreement.Verb, lines []budget.Line) formPage {
	here, m := in.path("agreements", a.ID.String()), *a.Amendment
	p := formPage{
		heading: heading{
			Title: in.T("amendment.move."+string(verb)+".title", "number", m.Number), Subtitle: a.Number + " · " + a.Title,
			Crumbs: []link{in.agreementCrumb(), {a.Number, here}},
		},
		Back: here, Intro: in.T("amendment.move." + string(verb) + ".intro"), Hidden: []box{version64(a.Version)},
		Facts: in.amendmentFacts(m), Tables: append([]table{*in.amendmentLines(m, byID(lines))}, in.splitBecame(m)...),
	}
	reason := in.input("reason", "textarea", false)
	reason.Wide = true
	if verb == agreement.Withdraw {
		p.Action, p.Buttons = here+"/withdraw", []button{{Label: in.T("amendment.move.withdraw.button"), Main: true}}
	} else {
		reason.Help = in.T("agreement.help.reject")
		if t, ok := a.Turn(); ok {
			p.Intro += " " + in.waitsFor(t)
		}
		p.Action, p.Buttons = here+"/decide", []button{
			{Label: in.T("agreement.move.approve.button"), Name: "verb", Value: "approve", Main: true, Icon: "check", Key: "s"},
			{Label: in.T("agreement.move.reject.button"), Name: "verb", Value: "reject", Danger: true, Icon: "x", Key: "t"},
		}
	}
	p.Groups = []group{{Fields: []field{reason}}}
	if err := a.Decidable(in.Actor); err != nil && verb != agreement.Withdraw {
		p.Errors = []link{{Text: in.Fault(fault.From(err), in.Agency.Currency)}}
		if fault.From(err).Kind == fault.Forbidden {
			p.Groups, p.Buttons = nil, nil
		}
	}
	return p
}
