package web

import (
	"strconv"
	"strings"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/period"
)

// homePage is what waits for the reader, and money against time.
type homePage struct {
	heading
	Waiting    []waiting
	Reminders  []waiting
	MoneyTitle string
	Figures    []figure
	Bar        *bar
	Elapsed    string
	Chart      *chart
	Table      table
	Source     string
}

func (homePage) template() string { return "home" }

// waiting is one kind of work that waits for the reader: a number that links to the list behind it.
type waiting struct {
	Count string
	Text  string
	Since string // how long the oldest waits
	Href  string
}

// newHome shows the year's budget lines against the day of the year.
func newHome(in reader, year period.FiscalYear, lines []budget.Line, queue, reminders []waiting) homePage {
	sum := sumLines(lines)
	realised, elapsed := percent(sum.Realised, sum.Appropriation), elapsedPercent(year, in.today())
	p := homePage{
		heading:    heading{Title: in.T("home.title", "year", int(year)), Subtitle: in.Agency.Name},
		Waiting:    queue,
		Reminders:  reminders,
		MoneyTitle: in.T("home.money", "realised", realised, "elapsed", elapsed),
		Figures:    in.accounts(sum),
		Bar:        accountsBar(in, sum),
		Elapsed:    in.T("home.elapsed", "day", in.date(in.today()), "elapsed", elapsed),
		Table:      in.absorption(lines, sum),
		Source:     in.T("home.source", "time", in.moment(in.Now)+" "+in.Now.In(in.Place).Format("MST")),
	}
	if len(lines) > 0 {
		p.Chart = in.absorptionChart(realised, elapsed, lines)
	}
	return p
}

func (in reader) today() period.Date { return period.DateOf(in.Now, in.Place) }

// elapsedPercent is how much of the year lies behind that day.
func elapsedPercent(year period.FiscalYear, day period.Date) int64 {
	switch {
	case day.Before(year.Start()):
		return 0
	case day.After(year.End()):
		return 100
	}
	return percent(money.Amount(day.Sub(year.Start())+1), money.Amount(year.Range().Days()))
}

func sumLines(lines []budget.Line) (sum budget.Line) {
	for _, l := range lines {
		sum.Appropriation += l.Appropriation
		sum.Available += l.Available
		sum.Reserved += l.Reserved
		sum.Committed += l.Committed
		sum.Realised += l.Realised
	}
	return sum
}

// accounts are the five figures of a budget line or of their sum.
func (in reader) accounts(l budget.Line) []figure {
	return []figure{
		{in.T("field.appropriation"), in.shown(l.Appropriation), ""},
		{in.T("account.realised"), in.shown(l.Realised), "fill-realised"},
		{in.T("account.committed"), in.shown(l.Committed), "fill-committed"},
		{in.T("account.reserved"), in.shown(l.Reserved), "fill-reserved"},
		{in.T("account.available"), in.shown(l.Available), "fill-frame"},
	}
}

func accountsBar(in reader, l budget.Line) *bar {
	return newBar(in.T("home.bar", "percent", percent(l.Realised, l.Appropriation)), l.Appropriation,
		share{l.Realised, "fill-realised", in.T("account.realised")},
		share{l.Committed, "fill-committed", in.T("account.committed")},
		share{l.Reserved, "fill-reserved", in.T("account.reserved")})
}

func (in reader) absorption(lines []budget.Line, sum budget.Line) table {
	t := table{ID: "absorption", Empty: empty{Text: in.T("budget.lines.empty")}, Columns: []column{
		{Label: in.T("field.budget_line_id")},
		{Label: in.moneyLabel("field.appropriation"), Class: "money"},
		{Label: in.T("account.realised"), Class: "money"},
		{Label: in.T("account.committed"), Class: "money"},
		{Label: in.T("account.reserved"), Class: "money"},
		{Label: in.T("account.available"), Class: "money"},
		{Label: in.T("home.absorbed"), Class: "num"},
	}}
	for _, l := range lines {
		href := in.path("budget-lines", l.ID.String())
		rate := cell{Text: in.Number(percent(l.Realised, l.Appropriation)) + "%", Class: "num", Bar: accountsBar(in, l)}
		t.add(href,
			number(l.SubActivityName, href, l.SubActivityCode+" / "+l.AccountCode+" · "+l.FundSource),
			in.money(l.Appropriation), in.money(l.Realised), in.money(l.Committed), in.money(l.Reserved), in.money(l.Available), rate,
		)
	}
	t.Foot = []cell{
		text(in.T("list.total")), in.money(sum.Appropriation), in.money(sum.Realised), in.money(sum.Committed),
		in.money(sum.Reserved), in.money(sum.Available),
		{Text: in.Number(percent(sum.Realised, sum.Appropriation)) + "%", Class: "num"},
	}
	return t
}

// lineLabel is the sub-activity, after the account where several lines of the year share it, and the fund where they
// share that too.
func lineLabel(l budget.Line, all []budget.Line) string {
	account, fund := "", ""
	for _, other := range all {
		if other.ID == l.ID || other.SubActivityCode != l.SubActivityCode {
			continue
		}
		account = l.AccountCode[strings.LastIndexByte(l.AccountCode, '.')+1:] + " · "
		if other.AccountCode == l.AccountCode {
			fund = l.FundSource + " · "
		}
	}
	return account + fund + l.SubActivityName
}

func (in reader) absorptionChart(realised, elapsed int64, lines []budget.Line) *chart {
	c := &chart{Title: in.T("home.chart", "realised", realised, "elapsed", elapsed), Decimals: in.Agency.Currency.Digits()}
	accounts := []struct {
		name string
		of   func(budget.Line) money.Amount
	}{
		{"account.realised", func(l budget.Line) money.Amount { return l.Realised }},
		{"account.committed", func(l budget.Line) money.Amount { return l.Committed }},
		{"account.reserved", func(l budget.Line) money.Amount { return l.Reserved }},
		{"account.available", func(l budget.Line) money.Amount { return l.Available }},
	}
	for _, l := range lines {
		c.Labels = append(c.Labels, lineLabel(l, lines))
	}
	for _, a := range accounts {
		s := series{Name: in.T(a.name)}
		for _, l := range lines {
			s.Values = append(s.Values, int64(a.of(l)))
		}
		c.Series = append(c.Series, s)
	}
	c.Mark.Name = in.T("home.mark")
	for _, l := range lines {
		at, err := money.MulDiv(l.Appropriation, elapsed, 100, money.HalfUp)
		if err != nil {
			at = 0
		}
		c.Mark.Values = append(c.Mark.Values, int64(at))
	}
	return c
}

func (w *Web) home(r *request) (answer, error) {
	if err := r.Actor.Can(access.Read, r.Agency.ID); err != nil {
		return answer{}, err
	}
	year := r.year()
	q := listing.All().Where("fiscal_year", strconv.Itoa(int(year)))
	lines, err := w.services.Budgets.Lines(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	queue, err := w.waiting(r)
	if err != nil {
		return answer{}, err
	}
	reminders, err := w.reminders(r)
	if err != nil {
		return answer{}, err
	}
	return show(newHome(r.reader, year, lines.Items, queue, reminders))
}

// year is the fiscal year at hand: the one in the address, else that of today.
func (r *request) year() period.FiscalYear {
	if y := r.c.QueryInt("year"); y > 0 {
		return period.FiscalYear(y)
	}
	return period.FiscalYear(r.today().Year())
}
