package web

import (
	"strconv"
	"strings"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
)

func (in reader) budgetCrumb() link { return link{in.T("nav.budgets"), in.path("budgets")} }

func versionList(in reader, q listing.Query, page listing.Page[budget.Version]) listPage {
	p := in.listOf(in.path("budgets"), q, []column{
		{Label: in.T("field.number"), Sort: "number"},
		{Label: in.T("field.fiscal_year"), Class: "num", Sort: "fiscal_year"},
		{Label: in.T("field.kind"), Sort: "kind"},
		{Label: in.T("field.date"), Class: "date", Sort: "date"},
		{Label: in.moneyLabel("field.appropriation"), Class: "money"},
		{Label: in.T("field.status"), Sort: "status"},
	}, []filter{
		{Name: "kind", Label: in.T("field.kind"), Options: in.options("budget.kind", "original", "shift", "revision")},
		{Name: "status", Label: in.T("field.status"), Options: in.options("status", "draft", "locked")},
	})
	p.heading = heading{Title: in.T("nav.budgets"), Subtitle: in.T("budget.subtitle"), Actions: []action{
		{Label: in.T("budget.lines"), Icon: "list-check", Href: in.path("budget-lines")},
		{Label: in.T("nav.cash"), Icon: "coins", Href: in.path("cash-plans")},
		{Label: in.T("nav.periods"), Icon: "calendar", Href: in.path("periods")},
		{Label: in.T("nav.year_end"), Icon: "flag", Href: in.path("year-end")},
	}}
	p.Hint = in.T("budget.hint")
	p.Table.Empty = empty{Text: in.T("budget.empty")}
	if in.can(access.BudgetWrite) {
		enter := action{Label: in.T("budget.enter"), Icon: "plus", Href: in.path("budgets", "new"), Main: true}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, v := range page.Items {
		href := in.path("budgets", v.ID.String())
		p.Table.add(href,
			number(v.Number, href, ""),
			cell{Text: strconv.Itoa(v.FiscalYear), Class: "num"},
			text(in.T("budget.kind."+string(v.Kind))), in.day(v.Date), in.money(v.Total), in.status(string(v.Status)),
		)
	}
	return p
}

func versionRecord(in reader, v budget.Version) recordPage {
	status := in.status(string(v.Status))
	p := recordPage{heading: heading{
		Title: v.Number, Crumbs: []link{in.budgetCrumb()},
		Subtitle: in.T("budget.kind."+string(v.Kind)) + " · " + in.T("word.year") + " " + strconv.Itoa(v.FiscalYear),
	}, State: &status}
	p.Steps = []step{
		{Label: in.T("status.draft"), At: in.moment(v.CreatedAt), Done: true, Current: v.Status == budget.Draft},
		{Label: in.T("status.locked"), At: in.moments(v.LockedAt), Done: v.Status == budget.Locked, Current: v.Status == budget.Locked},
	}
	if v.Status == budget.Draft {
		if in.can(access.BudgetLock) && v.Apart(in.Actor) == nil {
			lock := in.path("budgets", v.ID.String(), "lock")
			p.Actions = append(p.Actions, action{Label: in.T("budget.lock"), Icon: "lock", Href: lock, Main: true, Key: "l"})
		}
		if in.can(access.BudgetWrite) {
			p.Actions = append(p.Actions, action{Label: in.T("word.edit"), Icon: "pencil", Href: in.path("budgets", v.ID.String(), "edit"), Key: "e"})
		}
		p.Warn = in.T("budget.draft_warning")
		if v.Kind != budget.Original {
			p.Warn += " " + in.T("budget.other_locks")
		}
	}
	p.Figures = []figure{
		{in.T("field.appropriation"), in.shown(v.Total), ""},
		{in.T("field.date"), in.date(v.Date), ""},
		{in.T("field.lines"), in.Number(int64(len(v.Lines))), ""},
	}
	if v.ApprovalNumber != "" {
		p.Figures = append(p.Figures, figure{in.T("budget.approval"), v.ApprovalNumber + " · " + in.date(v.ApprovalDate), ""})
	}
	p.Parts = []part{{ID: "lines", Title: in.T("budget.lines"), Table: in.versionLines(v)}}
	return p
}

func (in reader) versionLines(v budget.Version) *table {
	t := &table{ID: "version-lines", Empty: empty{Text: in.T("budget.lines.empty")}, Columns: []column{
		{Label: in.T("field.sub_activity_name")},
		{Label: in.T("field.account_name")},
		{Label: in.T("field.fund_source")},
		{Label: in.moneyLabel("field.appropriation"), Class: "money"},
	}}
	for _, l := range v.Lines {
		t.add("", two(l.SubActivityName, l.SubActivityCode), two(l.AccountName, l.AccountCode), text(l.FundSource), in.money(l.Appropriation))
	}
	sum := total(v.Lines, func(l budget.VersionLine) money.Amount { return l.Appropriation })
	t.Foot = []cell{text(in.T("list.total")), text(""), text(""), in.money(sum)}
	return t
}

// lockForm shows what locking does: how many lines get which ceiling.
func lockForm(in reader, v budget.Version) formPage {
	here := in.path("budgets", v.ID.String())
	return formPage{
		heading: heading{Title: in.T("budget.lock.title", "number", v.Number), Crumbs: []link{in.budgetCrumb(), {v.Number, here}}},
		Action:  here + "/lock", Back: here, Intro: in.T("budget.lock.intro"),
		Facts: []fact{
			{in.T("field.kind"), text(in.T("budget.kind." + string(v.Kind)))},
			{in.T("field.date"), text(in.date(v.Date))},
			{in.T("field.lines"), text(in.Number(int64(len(v.Lines))))},
			{in.T("field.appropriation"), text(in.cash(v.Total))},
		},
		Hidden:  []box{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}},
		Buttons: []button{{Label: in.T("budget.lock.button"), Main: true, Icon: "lock"}},
	}
}

// versionForm enters a budget document; its lines are pasted from a spreadsheet.
func versionForm(in reader, id string, version int64) formPage {
	year := in.choice("fiscal_year", true, nil)
	for y := in.today().Year() - 1; y <= in.today().Year()+1; y++ {
		year.Options = append(year.Options, option{strconv.Itoa(y), strconv.Itoa(y), y == in.today().Year()})
	}
	lines := in.input("lines", "textarea", true)
	lines.Help, lines.Wide, lines.Wrap = in.T("budget.lines.help"), true, "off"
	kinds := in.choice("kind", true, in.options("budget.kind", "original", "shift", "revision"))
	p := formPage{
		heading: heading{Title: in.T("budget.enter"), Crumbs: []link{in.budgetCrumb()}}, Action: in.path("budgets"), Back: in.path("budgets"), Guard: true,
		Groups: []group{
			{Fields: []field{year, kinds, in.input("number", "text", true), in.input("date", "date", true)}},
			{Title: in.T("budget.approval"), Help: in.T("budget.approval.help"), Fields: []field{in.input("approval_number", "text", false), in.input("approval_date", "date", false)}},
			{Title: in.T("budget.lines"), Fields: []field{lines}},
		},
		Buttons: []button{{Label: in.T("word.save_draft"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Back = in.T("budget.edit"), in.path("budgets", id), in.path("budgets", id)
		p.Hidden = []box{{Name: "version", Value: strconv.FormatInt(version, 10)}}
	}
	return p
}

// versionValues writes a document as the form's fields.
func versionValues(in reader, v budget.Version) func(string) string {
	var lines strings.Builder
	for _, l := range v.Lines {
		lines.WriteString(strings.Join([]string{
			l.SubActivityCode, l.SubActivityName, l.AccountCode, l.AccountName, l.FundSource,
			money.FormatPlain(l.Appropriation, in.Agency.Currency),
		}, "\t") + "\n")
	}
	values := map[string]string{
		"fiscal_year": strconv.Itoa(v.FiscalYear), "kind": string(v.Kind), "number": v.Number,
		"date": v.Date.String(), "lines": lines.String(), "approval_number": v.ApprovalNumber, "approval_date": v.ApprovalDate.String(),
	}
	return func(name string) string { return values[name] }
}

// versionTyped reads the form. Each line is six columns, set apart by tabs or semicolons.
func versionTyped(t *typed) (budget.CreateCommand, error) {
	cmd := budget.CreateCommand{
		FiscalYear: int(t.whole("fiscal_year")), Kind: budget.VersionKind(t.text("kind")),
		Number: t.text("number"), Date: t.date("date"), ApprovalNumber: t.text("approval_number"), ApprovalDate: t.date("approval_date"),
	}
	for _, raw := range strings.Split(t.text("lines"), "\n") {
		if strings.TrimSpace(raw) == "" {
			continue
		}
		separator := "\t"
		if !strings.Contains(raw, separator) {
			separator = ";"
		}
		name := "lines." + strconv.Itoa(len(cmd.Lines))
		c := strings.Split(strings.TrimRight(raw, "\r"), separator)
		if len(c) != 6 {
			t.wrong.AddWith(pointer(name), "columns", fault.Args{"want": 6, "have": len(c)})
			c = append(c, make([]string, 6)...)
		}
		a, err := money.Parse(strings.TrimSpace(c[5]), t.Agency.Currency)
		if err != nil {
			t.note(name+".appropriation", err)
		}
		cmd.Lines = append(cmd.Lines, budget.VersionLine{
			Code:            budget.Code{SubActivityCode: c[0], AccountCode: c[2], FundSource: c[4]},
			SubActivityName: c[1], AccountName: c[3], Appropriation: a,
		})
	}
	return cmd, t.err(cmd.Trimmed().Check(t.Agency.Scheme))
}

func (w *Web) budgets(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Budgets.Versions(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(versionList(r.reader, q, page))
}

// version fetches the document that the address names.
func (w *Web) version(r *request) (budget.Version, error) {
	id, err := r.id("id")
	if err != nil {
		return budget.Version{}, err
	}
	return w.services.Budgets.Version(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) budget(r *request) (answer, error) {
	v, err := w.version(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, versionRecord(r.reader, v), v.ID)
}

func (w *Web) newBudget(r *request) (answer, error) {
	if err := r.Actor.Can(access.BudgetWrite, r.Agency.ID); err != nil {
		return answer{}, err
	}
	return show(versionForm(r.reader, "", 0))
}

func (w *Web) createBudget(r *request) (answer, error) {
	cmd, err := versionTyped(r.typed())
	var v budget.Version
	if err == nil {
		v, err = w.services.Budgets.Create(r.ctx(), r.Actor, r.Agency.Code, cmd)
	}
	if err != nil {
		return r.refused(versionForm(r.reader, "", 0), err)
	}
	return done(r.path("budgets", v.ID.String()), "flash.saved", "what", v.Number)
}

func (w *Web) editBudget(r *request) (answer, error) {
	v, err := w.version(r)
	if err != nil {
		return answer{}, err
	}
	p := versionForm(r.reader, v.ID.String(), v.Version)
	p.fill(versionValues(r.reader, v))
	return show(p)
}

func (w *Web) rewriteBudget(r *request) (answer, error) {
	v, err := w.version(r)
	if err != nil {
		return answer{}, err
	}
	cmd, err := versionTyped(r.typed())
	if err == nil {
		_, err = w.services.Budgets.Rewrite(r.ctx(), r.Actor, r.Agency.Code, v.ID, r.expected(),
			become(cmd))
	}
	if err != nil {
		return r.refused(versionForm(r.reader, v.ID.String(), r.version(err, v.Version)), err)
	}
	return done(r.path("budgets", v.ID.String()), "flash.saved", "what", cmd.Number)
}

func (w *Web) askLock(r *request) (answer, error) {
	v, err := w.version(r)
	if err != nil {
		return answer{}, err
	}
	return show(lockForm(r.reader, v))
}

func (w *Web) lockBudget(r *request) (answer, error) {
	v, err := w.version(r)
	if err != nil {
		return answer{}, err
	}
	if _, err = w.services.Budgets.Lock(r.ctx(), r.Actor, r.Agency.Code, v.ID, r.expected()); err != nil {
		return r.refused(lockForm(r.reader, v), err)
	}
	return done(r.path("budgets", v.ID.String()), "flash.locked", "what", v.Number)
}
