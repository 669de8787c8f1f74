package web

import (
	"strconv"

	"tayang/app/access"
	"tayang/app/closing"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
)

func (in reader) periodCrumb() link { return link{in.T("nav.periods"), in.path("periods")} }

// periodPage is the twelve months of a year: which take no more entries, who asked, who decided, and why.
func periodPage(in reader, year int, asked []closing.Period) recordPage {
	p := recordPage{heading: heading{
		Title: in.T("period.title", "year", strconv.Itoa(year)), Subtitle: in.T("period.subtitle"), Crumbs: []link{in.budgetCrumb()},
	}}
	for _, y := range []int{year - 1, year + 1} {
		if y <= in.today().Year()+1 {
			p.Actions = append(p.Actions, action{Label: in.T("word.year") + " " + strconv.Itoa(y), Icon: "calendar", Href: in.path("periods") + "?fiscal_year=" + strconv.Itoa(y)})
		}
	}
	t := &table{ID: "months", Columns: []column{
		{Label: in.T("field.month")}, {Label: in.T("field.status")}, {Label: in.T("period.asked")}, {Label: in.T("field.reason")},
		{Label: in.T("period.decided")}, {Label: in.T("field.remark")}, {Label: in.T("period.next")},
	}}
	for _, m := range period.FiscalYear(year).Months() {
		t.add("", in.monthCells(m, asked)...)
	}
	p.Parts = []part{{ID: "year", Title: in.T("period.months"), Note: in.T("period.note"), Table: t}}
	return p
}

func (in reader) monthCells(m period.Month, asked []closing.Period) []cell {
	p, ok := closing.OfMonth(asked, m)
	name := cell{Text: m.Format(in.Code()), Class: "main date"}
	if !ok {
		return []cell{name, in.status("open"), text("–"), text("–"), text("–"), text("–"), in.monthNext(m, p)}
	}
	decided := text("–")
	if p.DecidedAt != nil {
		decided = two(p.DecidedName, in.moment(*p.DecidedAt))
	}
	return []cell{
		name, in.status(monthStatus(p)), two(p.RequestedName, in.moment(p.RequestedAt)), text(p.Reason), decided, text(orDash(p.Remark)), in.monthNext(m, p),
	}
}

// monthStatus is what the month is: after a refusal it is open as before.
func monthStatus(p closing.Period) string {
	if p.ReopenedBy.Valid {
		return "reopened"
	}
	return string(p.Status)
}

// monthNext is the one step that the reader could take, or why there is none.
func (in reader) monthNext(m period.Month, p closing.Period) cell {
	href := in.path("periods", p.ID.String())
	switch {
	case p.Status == closing.Closed:
		return text("–")
	case p.Status == closing.Requested && in.can(access.PeriodDecide):
		return to(in.T("period.decide"), href+"/decide")
	case p.Status == closing.Requested && in.can(access.PeriodRequest):
		return to(in.T("period.withdraw"), href+"/withdraw")
	case !in.today().After(m.End()):
		return text(in.T("period.running", "date", in.date(m.End())))
	case p.Status != closing.Requested && in.can(access.PeriodRequest):
		return to(in.T("period.ask"), in.path("periods", "new")+"?month="+m.String())
	}
	return text("–")
}

// periodForm asks for a month to be closed.
func periodForm(in reader, months []period.Month, chosen string) formPage {
	month := in.choice("month", true, nil)
	for _, m := range months {
		month.Options = append(month.Options, option{m.String(), m.Format(in.Code()), m.String() == chosen})
	}
	month.Help = in.T("period.help.month")
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("period.ask.title"), Crumbs: []link{in.budgetCrumb(), in.periodCrumb()}},
		Action:  in.path("periods"), Back: in.path("periods"), Intro: in.T("period.ask.intro"),
		Groups:  []group{{Fields: []field{month, reason}}},
		Buttons: []button{{Label: in.T("period.ask.button"), Main: true, Icon: "send"}},
	}
}

// periodMove is the page before a request is decided or withdrawn. entries is how many the month holds.
func periodMove(in reader, p closing.Period, verb closing.Verb, entries int64) formPage {
	key := "period.move." + string(verb)
	here := in.path("periods", p.ID.String())
	reason := in.input("reason", "textarea", false)
	reason.Wide = true
	f := formPage{
		heading: heading{Title: in.T(key+".title", "month", p.Month.Format(in.Code())), Crumbs: []link{in.budgetCrumb(), in.periodCrumb()}},
		Action:  here + "/" + string(verb), Back: in.path("periods"), Intro: in.T(key + ".intro"), Hidden: []box{version64(p.Version)},
		Facts: []fact{
			{in.T("field.month"), text(p.Month.Format(in.Code()))}, {in.T("field.status"), in.status(string(p.Status))},
			{in.T("period.asked"), two(p.RequestedName, in.moment(p.RequestedAt))}, {in.T("field.reason"), text(p.Reason)},
			{in.T("period.entries"), text(in.Number(entries))},
		},
		Groups: []group{{Fields: []field{reason}}},
	}
	if verb == closing.Withdraw {
		f.Buttons = []button{{Label: in.T(key + ".button"), Danger: true, Icon: "x"}}
		return f
	}
	reason.Help = in.T("period.help.refuse")
	f.Groups[0].Fields[0] = reason
	f.Action = here + "/decide"
	f.Buttons = []button{
		{Label: in.T("period.move.approve.button"), Name: "verb", Value: "approve", Main: true, Icon: "lock", Key: "s"},
		{Label: in.T("period.move.refuse.button"), Name: "verb", Value: "refuse", Danger: true, Icon: "x", Key: "t"},
	}
	return f
}

// fiscalYear is the year that the address names, or the present one.
func (r *request) fiscalYear() (int, error) {
	named := r.c.Query("fiscal_year")
	if named == "" {
		return r.today().Year(), nil
	}
	year, err := strconv.Atoi(named)
	if err != nil || year < 2000 || year > 2100 {
		return 0, fault.Missing()
	}
	return year, nil
}

func (w *Web) periods(r *request) (answer, error) {
	year, err := r.fiscalYear()
	if err != nil {
		return answer{}, err
	}
	asked, err := w.services.Periods.Year(r.ctx(), r.Actor, r.Agency.Code, year)
	if err != nil {
		return answer{}, err
	}
	return show(periodPage(r.reader, year, asked))
}

// askable are the months of this year and the last that are over and neither closed nor asked for.
func (w *Web) askable(r *request) (out []period.Month, err error) {
	for _, year := range []int{r.today().Year() - 1, r.today().Year()} {
		asked, err := w.services.Periods.Year(r.ctx(), r.Actor, r.Agency.Code, year)
		if err != nil {
			return nil, err
		}
		for _, m := range period.FiscalYear(year).Months() {
			p, _ := closing.OfMonth(asked, m)
			if r.today().After(m.End()) && p.Status != closing.Closed && p.Status != closing.Requested {
				out = append(out, m)
			}
		}
	}
	return out, nil
}

func (w *Web) newPeriod(r *request) (answer, error) {
	months, err := w.askable(r)
	if err != nil {
		return answer{}, err
	}
	chosen := r.c.Query("month")
	if chosen == "" {
		chosen = firstOf(months, r.today().Year())
	}
	return show(periodForm(r.reader, months, chosen))
}

// firstOf is the first of the months that lies in the year.
func firstOf(months []period.Month, year int) string {
	for _, m := range months {
		if m.Year() == year {
			return m.String()
		}
	}
	return ""
}

func (w *Web) askPeriod(r *request) (answer, error) {
	t := r.typed()
	ask := closing.Request{Month: t.month("month"), Reason: t.text("reason")}
	err := t.err(ask.Check())
	if err == nil {
		_, err = w.services.Periods.Ask(r.ctx(), r.Actor, r.Agency.Code, ask)
	}
	if err == nil {
		return done(r.path("periods")+"?fiscal_year="+strconv.Itoa(ask.Month.Year()), "flash.period.asked", "month", ask.Month.Format(r.Code()))
	}
	if _, ok := isFault(err); !ok {
		return answer{}, err
	}
	months, errMonths := w.askable(r)
	if errMonths != nil {
		return answer{}, errMonths
	}
	return r.refused(periodForm(r.reader, months, ask.Month.String()), err)
}

// askPeriodMove shows the page before a verb, with the number of entries that the month holds.
func (w *Web) askPeriodMove(verb closing.Verb) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		p, err := w.services.Periods.Get(r.ctx(), r.Actor, r.Agency.Code, id)
		if err != nil {
			return answer{}, err
		}
		q := listing.Query{Limit: 1, Count: true}.Where("effective_on_from", p.Month.Start().String()).Where("effective_on_to", p.Month.End().String())
		page, err := w.services.Budgets.Entries(r.ctx(), r.Actor, r.Agency.Code, q)
		if err != nil {
			return answer{}, err
		}
		return show(periodMove(r.reader, p, verb, *page.Total))
	}
}

// movePeriod does a verb; an empty one is named by the button that was pressed.
func (w *Web) movePeriod(verb closing.Verb) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		verb := verb
		if verb == "" {
			if verb = closing.Verb(r.c.FormValue("verb")); verb != closing.Approve && verb != closing.Refuse {
				return answer{}, fault.Missing()
			}
		}
		cmd := closing.MoveCommand{Verb: verb, Expected: r.expected(), Reason: r.typed().get("reason")}
		p, err := w.services.Periods.Move(r.ctx(), r.Actor, r.Agency.Code, id, cmd)
		if err == nil {
			return done(r.path("periods")+"?fiscal_year="+strconv.Itoa(p.FiscalYear), "flash.period."+string(verb), "month", p.Month.Format(r.Code()))
		}
		if _, ok := isFault(err); !ok {
			return answer{}, err
		}
		shown, errShown := w.askPeriodMove(verb)(r)
		if errShown != nil {
			return answer{}, errShown
		}
		f, _ := shown.page.(formPage)
		if fault.From(err).Kind != fault.Stale {
			f.Hidden = []box{version64(r.seen())}
		}
		return r.refused(f, err)
	}
}
