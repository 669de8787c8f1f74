package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/debt"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// debtFacts is what the form of a recognition is made of.
type debtFacts struct {
	Agreement agreement.Agreement
	Owed      []debt.Owed
	From, To  []budget.Line // of the years that owe, and of the year that will pay
}

// year is the year that will pay: the one after the last that owes.
func (f debtFacts) year() int {
	year := f.Agreement.FiscalYear
	for _, o := range f.Owed {
		year = max(year, o.Year)
	}
	return year + 1
}

// debtForm recognises what an agreement owes: each line with exactly what it owes, to a line of the new year.
func debtForm(in reader, f debtFacts) formPage {
	a, date := f.Agreement, in.input("date", "date", true)
	date.Value = period.FiscalYear(f.year()).Start().String()
	if in.today().Year() == f.year() {
		date.Value = in.today().String()
	}
	p := formPage{
		heading: heading{Title: in.T("debt.form.title"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.budgetCrumb(), in.yearEndCrumb(f.year() - 1)}},
		Action:  in.path("debt-recognitions"), Back: in.path("year-end") + "?fiscal_year=" + strconv.Itoa(f.year()-1), Guard: true,
		Intro:  in.T("debt.intro", "year", strconv.Itoa(f.year())),
		Hidden: []box{{Name: "agreement_id", Value: a.ID.String()}},
		Facts: []fact{
			{in.T("field.agreement_id"), to(a.Number, in.path("agreements", a.ID.String()))}, {in.T("field.status"), in.status(string(a.Status))},
			{in.T("year_end.owed"), text(in.cash(total(f.Owed, func(o debt.Owed) money.Amount { return o.Gross })))},
		},
		Groups:  []group{{Fields: []field{in.input("number", "text", true), date}}},
		Grid:    &grid{ID: "lines", Title: in.T("debt.lines"), Columns: []column{{Label: in.T("field.from_line")}, {Label: in.T("field.to_line")}, {Label: in.moneyLabel("field.amount"), Class: "money"}}},
		Buttons: []button{{Label: in.T("debt.button"), Main: true, Icon: "send"}},
	}
	for i, o := range f.Owed {
		p.Grid.Rows = append(p.Grid.Rows, in.debtRow(i, o, f))
	}
	return p
}

func (in reader) debtRow(i int, o debt.Owed, f debtFacts) gridRow {
	at := "lines." + strconv.Itoa(i) + "."
	named := func(l budget.Line) string { return l.SubActivityName + " · " + l.AccountCode + " · " + l.FundSource }
	from, target, amount := in.choice(at+"from_line", true, nil), in.choice(at+"to_line", true, nil), in.input(at+"amount", "money", true)
	amount.Value = money.FormatPlain(o.Gross, in.Agency.Currency)
	var old budget.Line
	for _, l := range f.From {
		if l.ID == o.Line {
			old = l
			from.Options = append(from.Options, option{l.ID.String(), in.T("word.year") + " " + strconv.Itoa(l.FiscalYear) + " · " + named(l), true})
		}
	}
	for _, l := range f.To {
		target.Options = append(target.Options, option{l.ID.String(), named(l) + " · " + in.T("account.available") + " " + in.cash(l.Available), l.Code == old.Code})
	}
	return gridRow{Fields: []field{from, target, amount}}
}

func debtTyped(t *typed, rows int) (debt.Form, error) {
	f := debt.Form{AgreementID: t.uuid("agreement_id"), Number: t.text("number"), Date: t.date("date")}
	for i := range rows {
		at := "lines." + strconv.Itoa(i) + "."
		f.Lines = append(f.Lines, debt.Line{FromLine: t.uuid(at + "from_line"), ToLine: t.uuid(at + "to_line"), Amount: t.amount(at + "amount")})
	}
	return f, t.err(f.Trimmed().Check())
}

// debtFactsOf gathers what an agreement owes and the lines that could pay it.
func (w *Web) debtFactsOf(r *request, named string) (f debtFacts, err error) {
	id, err := uuid.Parse(named)
	if err != nil {
		return f, fault.Missing()
	}
	if f.Agreement, err = w.services.Agreements.Get(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		return f, err
	}
	if f.Owed, err = w.services.Debts.Owed(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		return f, err
	}
	years := map[int]bool{}
	for _, o := range f.Owed {
		if years[o.Year] {
			continue
		}
		years[o.Year] = true
		lines, err := w.linesOf(r, o.Year)
		if err != nil {
			return f, err
		}
		f.From = append(f.From, lines...)
	}
	f.To, err = w.linesOf(r, f.year())
	return f, err
}

func (w *Web) newDebt(r *request) (answer, error) {
	f, err := w.debtFactsOf(r, r.c.Query("agreement_id"))
	if err != nil {
		return answer{}, err
	}
	return show(debtForm(r.reader, f))
}

func (w *Web) proposeDebt(r *request) (answer, error) {
	typed, err := debtTyped(r.typed(), r.rows("lines"))
	var d debt.Recognition
	if err == nil {
		d, err = w.services.Debts.Propose(r.ctx(), r.Actor, r.Agency.Code, typed)
	}
	if err == nil {
		return done(r.path("debt-recognitions", d.ID.String()), "flash.saved", "what", d.Number)
	}
	if _, ok := isFault(err); !ok {
		return answer{}, err
	}
	f, errFacts := w.debtFactsOf(r, r.c.FormValue("agreement_id"))
	if errFacts != nil {
		return answer{}, errFacts
	}
	return r.refused(debtForm(r.reader, f), err)
}
