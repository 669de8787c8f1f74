package web

import (
	"strconv"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/cash"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/period"
)

func (in reader) cashCrumb() link { return link{in.T("nav.cash"), in.path("cash-plans")} }

func cashList(in reader, q listing.Query, page listing.Page[cash.Plan]) listPage {
	p := in.listOf(in.path("cash-plans"), q, []column{
		{Label: in.T("field.number"), Sort: "number"},
		{Label: in.T("field.fiscal_year"), Class: "num", Sort: "fiscal_year"},
		{Label: in.T("field.date"), Class: "date", Sort: "date"},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("field.status"), Sort: "status"},
	}, []filter{
		{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()},
		{Name: "status", Label: in.T("field.status"), Options: in.options("status", "draft", "locked")},
	})
	p.heading = heading{Title: in.T("nav.cash"), Subtitle: in.T("cash.subtitle"), Crumbs: []link{in.budgetCrumb()}}
	p.Hint = in.T("cash.hint")
	p.Table.Empty = empty{Text: in.T("cash.empty")}
	if in.can(access.CashWrite) {
		enter := action{Label: in.T("cash.enter"), Icon: "plus", Href: in.path("cash-plans", "new"), Main: true}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, c := range page.Items {
		href := in.path("cash-plans", c.ID.String())
		p.Table.add(href, number(c.Number, href, ""), cell{Text: strconv.Itoa(c.FiscalYear), Class: "num"}, in.day(c.Date), in.money(c.Total), in.status(string(c.Status)))
	}
	return p
}

func cashRecord(in reader, c cash.Plan, lines []budget.Line) recordPage {
	status, here := in.status(string(c.Status)), in.path("cash-plans", c.ID.String())
	p := recordPage{heading: heading{
		Title: c.Number, Subtitle: in.T("word.year") + " " + strconv.Itoa(c.FiscalYear), Crumbs: []link{in.budgetCrumb(), in.cashCrumb()},
	}, State: &status}
	p.Steps = []step{
		{Label: in.T("status.draft"), At: in.moment(c.CreatedAt), Done: true, Current: c.Status == cash.Draft},
		{Label: in.T("status.locked"), At: in.moments(c.LockedAt), Done: c.Status == cash.Locked, Current: c.Status == cash.Locked},
	}
	if c.Status == cash.Draft {
		if in.can(access.CashLock) && c.Apart(in.Actor) == nil {
			p.Actions = append(p.Actions, action{Label: in.T("cash.lock"), Icon: "lock", Href: here + "/lock", Main: true, Key: "l"})
		}
		if in.can(access.CashWrite) {
			p.Actions = append(p.Actions, action{Label: in.T("word.edit"), Icon: "pencil", Href: here + "/edit", Key: "e"})
		}
		p.Warn = in.T("cash.draft_warning")
	}
	p.Figures = []figure{{in.T("cash.total"), in.cash(c.Total), ""}, {in.T("field.date"), in.date(c.Date), ""}}
	p.Parts = []part{{ID: "lines", Title: in.T("cash.lines"), Note: in.T("cash.lines.note"), Table: in.cashLines(c, lines)}}
	return p
}

// cashLines are the lines of a plan with what it gives each month; a dash is what it leaves as it is.
func (in reader) cashLines(c cash.Plan, lines []budget.Line) *table {
	t := &table{ID: "cash-lines", Empty: empty{Text: in.T("cash.empty")}, Columns: []column{{Label: in.T("field.budget_line_id")}}}
	for m := 1; m <= 12; m++ {
		t.Columns = append(t.Columns, column{Label: in.monthName(m), Class: "money"})
	}
	t.Columns = append(t.Columns, column{Label: in.moneyLabel("field.amount"), Class: "money"})
	for _, l := range lines {
		var sum money.Amount
		cells := make([]cell, 14)
		for i := range cells {
			cells[i] = in.money(0)
		}
		named := false
		for _, x := range c.Lines {
			if x.BudgetLineID == l.ID {
				cells[x.Month], named = in.money(x.Amount), true
				sum += x.Amount
			}
		}
		if named {
			cells[0], cells[13] = cell{Text: l.SubActivityName, Sub: l.AccountCode + " · " + l.FundSource, Href: in.path("budget-lines", l.ID.String())}, in.money(sum)
			t.add("", cells...)
		}
	}
	return t
}

func (in reader) monthName(m int) string {
	return period.FiscalYear(2000).Months()[m-1].Format(in.Code())[:3]
}

// cashLockForm is the page before a plan is put in force.
func cashLockForm(in reader, c cash.Plan, lines []budget.Line) formPage {
	here := in.path("cash-plans", c.ID.String())
	return formPage{
		heading: heading{Title: in.T("cash.lock.title", "number", c.Number), Crumbs: []link{in.budgetCrumb(), in.cashCrumb(), {c.Number, here}}},
		Action:  here + "/lock", Back: here, Intro: in.T("cash.lock.intro"),
		Facts: []fact{
			{in.T("field.fiscal_year"), text(strconv.Itoa(c.FiscalYear))}, {in.T("field.date"), text(in.date(c.Date))}, {in.T("cash.total"), text(in.cash(c.Total))},
		},
		Tables: []table{*in.cashLines(c, lines)}, Hidden: []box{version64(c.Version)},
		Buttons: []button{{Label: in.T("cash.lock.button"), Main: true, Icon: "lock"}},
	}
}

// cashPart shows the months of a budget line: what was planned, and what was realised beside it.
func (in reader) cashPart(o cash.Outlook) part {
	p := part{ID: "cash", Title: in.T("cash.months"), Note: in.T("cash.none")}
	t := &table{ID: "cash-months", Columns: []column{
		{Label: in.T("field.month")}, {Label: in.T("cash.planned"), Class: "money"}, {Label: in.T("cash.realised"), Class: "money"},
		{Label: in.T("cash.released"), Class: "money"}, {Label: in.T("cash.spent"), Class: "money"}, {Label: in.T("cash.left"), Class: "money"},
	}}
	c := &chart{Title: in.T("cash.chart"), Decimals: in.Agency.Currency.Digits(), Mark: series{Name: in.T("cash.released")}}
	spent := series{Name: in.T("cash.spent")}
	for _, m := range o.Months {
		left := in.money(m.Released - m.Spent)
		if !o.Planned {
			left = text("–")
		}
		t.add("", text(in.monthName(m.Month)), in.money(m.Planned), in.money(m.Realised), in.money(m.Released), in.money(m.Spent), left)
		c.Labels = append(c.Labels, in.monthName(m.Month))
		spent.Values, c.Mark.Values = append(spent.Values, int64(m.Spent)), append(c.Mark.Values, int64(m.Released))
	}
	p.Table = t
	if o.Planned {
		c.Series = []series{spent}
		p.Note, p.Chart = in.T("cash.bound"), c
	}
	return p
}

func (w *Web) cashPlans(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Cash.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(cashList(r.reader, q, page))
}

// cashPlanOf fetches the plan that the address names, and the budget lines of its year.
func (w *Web) cashPlanOf(r *request) (c cash.Plan, lines []budget.Line, err error) {
	id, err := r.id("id")
	if err != nil {
		return c, nil, err
	}
	if c, err = w.services.Cash.Get(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		return c, nil, err
	}
	lines, err = w.linesOf(r, c.FiscalYear)
	return c, lines, err
}

func (w *Web) cashPlan(r *request) (answer, error) {
	c, lines, err := w.cashPlanOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, cashRecord(r.reader, c, lines), c.ID)
}

func (w *Web) askCashLock(r *request) (answer, error) {
	c, lines, err := w.cashPlanOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(cashLockForm(r.reader, c, lines))
}

func (w *Web) lockCashPlan(r *request) (answer, error) {
	c, lines, err := w.cashPlanOf(r)
	if err != nil {
		return answer{}, err
	}
	if _, err = w.services.Cash.Lock(r.ctx(), r.Actor, r.Agency.Code, c.ID, r.expected()); err != nil {
		return r.refused(cashLockForm(r.reader, c, lines), err)
	}
	return done(r.path("cash-plans", c.ID.String()), "flash.locked", "what", c.Number)
}
