package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/cash"
	"tayang/app/fault"
	"tayang/app/money"
)

// cashForm enters a cash plan; its lines are pasted from a spreadsheet, one row for a budget line with its twelve months.
func cashForm(in reader, id string, version int64) formPage {
	year := in.choice("fiscal_year", true, nil)
	for y := in.today().Year() - 1; y <= in.today().Year()+1; y++ {
		year.Options = append(year.Options, option{strconv.Itoa(y), strconv.Itoa(y), y == in.today().Year()})
	}
	lines := in.input("lines", "textarea", true)
	lines.Help, lines.Wide, lines.Wrap = in.T("cash.lines.help"), true, "off"
	p := formPage{
		heading: heading{Title: in.T("cash.enter"), Crumbs: []link{in.budgetCrumb(), in.cashCrumb()}}, Action: in.path("cash-plans"),
		Back: in.path("cash-plans"), Guard: true, Intro: in.T("cash.intro"),
		Groups: []group{
			{Fields: []field{year, in.input("number", "text", true), in.input("date", "date", true)}},
			{Title: in.T("cash.lines"), Fields: []field{lines}},
		},
		Buttons: []button{{Label: in.T("word.save_draft"), Main: true}},
	}
	if id != "" {
		here := in.path("cash-plans", id)
		p.Title, p.Action, p.Back, p.Hidden = in.T("cash.edit"), here, here, []box{version64(version)}
	}
	return p
}

// cashValues writes a plan as the form's fields.
func cashValues(in reader, c cash.Command, lines []budget.Line) func(string) string {
	values := map[string]string{
		"fiscal_year": strconv.Itoa(c.FiscalYear), "number": c.Number, "date": c.Date.String(), "lines": cashText(in, c.Lines, lines),
	}
	return func(name string) string { return values[name] }
}

// cashText writes the lines of a plan, one row for a budget line; a month that the plan does not name is empty.
func cashText(in reader, plan []cash.Line, lines []budget.Line) string {
	months := map[uuid.UUID][]string{}
	for _, l := range plan {
		if months[l.BudgetLineID] == nil {
			months[l.BudgetLineID] = make([]string, 12)
		}
		months[l.BudgetLineID][l.Month-1] = money.FormatPlain(l.Amount, in.Agency.Currency)
	}
	var out strings.Builder
	for _, l := range lines {
		if m := months[l.ID]; m != nil {
			out.WriteString(strings.Join(append([]string{l.SubActivityCode, l.AccountCode, l.FundSource}, m...), "\t") + "\n")
		}
	}
	return out.String()
}

// cashColumns are those of a row: three codes and twelve months.
const cashColumns = 15

// cashTyped reads the form. A row is set apart by tabs or semicolons; an empty month is not named. rows tells in which row
// each line of the plan stands.
func cashTyped(t *typed, lines []budget.Line) (cmd cash.Command, rows []int) {
	cmd = cash.Command{FiscalYear: int(t.whole("fiscal_year")), Number: t.text("number"), Date: t.date("date")}
	for n, raw := range slices.DeleteFunc(strings.Split(t.text("lines"), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" }) {
		separator := "\t"
		if !strings.Contains(raw, separator) {
			separator = ";"
		}
		at := "lines." + strconv.Itoa(n)
		c := strings.Split(strings.TrimRight(raw, "\r"), separator)
		if len(c) < 4 || len(c) > cashColumns {
			t.wrong.AddWith(pointer(at), "columns", fault.Args{"want": cashColumns, "have": len(c)})
			continue
		}
		line := findLine(lines, c)
		if line == uuid.Nil {
			t.wrong.Add(pointer(at+".budget_line_id"), "not_found")
			continue
		}
		for m, amount := range c[3:] {
			if strings.TrimSpace(amount) == "" {
				continue
			}
			a, err := money.Parse(strings.TrimSpace(amount), t.Agency.Currency)
			if err != nil {
				t.note(at+".amount", err)
			}
			cmd.Lines, rows = append(cmd.Lines, cash.Line{BudgetLineID: line, Month: m + 1, Amount: a}), append(rows, n)
		}
	}
	return cmd, rows
}

// findLine is the budget line of the three codes of a row.
func findLine(lines []budget.Line, c []string) uuid.UUID {
	code := budget.Code{SubActivityCode: strings.TrimSpace(c[0]), AccountCode: strings.TrimSpace(c[1]), FundSource: strings.TrimSpace(c[2])}
	for _, l := range lines {
		if l.Code == code {
			return l.ID
		}
	}
	return uuid.Nil
}

// byRow says of what is wrong with a line of the plan in which row of the form it stands.
func byRow(err error, rows []int) error {
	if err == nil {
		return nil
	}
	f := *fault.From(err)
	f.Fields = slices.Clone(f.Fields)
	for i, w := range f.Fields {
		rest, ok := strings.CutPrefix(w.Pointer, "/lines/")
		index, field, _ := strings.Cut(rest, "/")
		if n, err := strconv.Atoi(index); ok && err == nil && n < len(rows) {
			f.Fields[i].Pointer = strings.TrimSuffix("/lines/"+strconv.Itoa(rows[n])+"/"+field, "/")
		}
	}
	return &f
}

func (w *Web) newCashPlan(r *request) (answer, error) {
	year, err := r.fiscalYear()
	if err != nil {
		return answer{}, err
	}
	lines, err := w.linesOf(r, year)
	if err != nil {
		return answer{}, err
	}
	inForce, err := w.services.Cash.InForce(r.ctx(), r.Actor, r.Agency.Code, year)
	if err != nil {
		return answer{}, err
	}
	p := cashForm(r.reader, "", 0)
	p.fill(cashValues(r.reader, cash.Command{FiscalYear: year, Lines: cash.Suggest(lines, inForce)}, lines))
	return show(p)
}

func (w *Web) createCashPlan(r *request) (answer, error) {
	var c cash.Plan
	err := w.saveCashPlan(r, func(cmd cash.Command) (err error) {
		c, err = w.services.Cash.Create(r.ctx(), r.Actor, r.Agency.Code, cmd)
		return err
	})
	if err != nil {
		return r.refused(cashForm(r.reader, "", 0), err)
	}
	return done(r.path("cash-plans", c.ID.String()), "flash.saved", "what", c.Number)
}

// saveCashPlan reads the form and saves it.
func (w *Web) saveCashPlan(r *request, save func(cash.Command) error) error {
	t := r.typed()
	lines, err := w.linesOf(r, int(t.whole("fiscal_year")))
	if err != nil {
		return err
	}
	t.wrong = nil // the year is read again with the rest
	cmd, rows := cashTyped(t, lines)
	if err := t.err(byRow(cmd.Trimmed().Check(), rows)); err != nil {
		return err
	}
	if err := save(cmd); err != nil {
		return byRow(err, rows)
	}
	return nil
}

func (w *Web) editCashPlan(r *request) (answer, error) {
	c, lines, err := w.cashPlanOf(r)
	if err != nil {
		return answer{}, err
	}
	p := cashForm(r.reader, c.ID.String(), c.Version)
	p.fill(cashValues(r.reader, c.Command(), lines))
	return show(p)
}

func (w *Web) rewriteCashPlan(r *request) (answer, error) {
	c, _, err := w.cashPlanOf(r)
	if err != nil {
		return answer{}, err
	}
	err = w.saveCashPlan(r, func(cmd cash.Command) error {
		_, err := w.services.Cash.Rewrite(r.ctx(), r.Actor, r.Agency.Code, c.ID, r.expected(), become(cmd))
		return err
	})
	if err != nil {
		return r.refused(cashForm(r.reader, c.ID.String(), r.version(err, c.Version)), err)
	}
	return done(r.path("cash-plans", c.ID.String()), "flash.saved", "what", c.Number)
}
