package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
)

// outlook is what a form would do, computed by the server while it is being filled in.
type outlook struct {
	Title   string
	From    string // where it is computed
	Note    string
	Button  string
	Wrong   []string
	Figures []figure
	Tables  []table
}

// agreementOutlook shows each row's price and what every budget line has left after the agreement.
func agreementOutlook(in reader, o *outlook, a agreement.Agreement, around agreement.Surroundings) {
	o.Note = ""
	o.Figures = in.priced(a.Value, a.VAT, a.Gross)
	o.Tables = []table{*in.priceTable(around.Prices), in.reservation(a, around)}
	in.advise(o, a, around.Advice)
	in.shared(o, a)
}

// reservation is the table of lines: available, asked for, left. What goes below zero is said in words too.
func (in reader) reservation(a agreement.Agreement, around agreement.Surroundings) table {
	t := table{ID: "reservation", Caption: in.T("agreement.reservation"), Columns: []column{
		{Label: in.T("field.budget_line_id")},
		{Label: in.moneyLabel("account.available"), Class: "money"},
		{Label: in.T("agreement.this"), Class: "money"},
		{Label: in.T("agreement.left"), Class: "money"},
		{Label: in.T("agreement.verdict")},
	}}
	lines, sums := agreement.ByLine(a.Deliverables, agreement.Deliverable.Gross)
	for _, id := range lines {
		facts := around.Lines[id]
		left := facts.Available - sums[id]
		c, word := in.money(left), cell{Text: in.T("agreement.enough")}
		if left < 0 {
			c.Class, word = "money over", cell{Text: in.T("agreement.over", "amount", in.cash(-left)), Class: "over"}
		}
		t.add("", text(facts.Name), in.money(facts.Available), in.money(sums[id]), c, word)
	}
	return t
}

// passable fills what a preview does not need, so that prices show before every paper is at hand. Rows without a
// channel, a line, a quantity or a price are left out.
func passable(in reader, t agreement.Terms) agreement.Terms {
	if t.Number == "" {
		t.Number = "-"
	}
	if t.Title == "" {
		t.Title = "-"
	}
	if t.OrderDate.IsZero() {
		t.OrderDate = in.today()
	}
	if t.EndDate.IsZero() || t.EndDate.Before(t.OrderDate) {
		t.EndDate = t.OrderDate
	}
	if t.StartDate.IsZero() || t.StartDate.After(t.EndDate) {
		t.StartDate = t.EndDate
	}
	t.RUPCode, t.OwnerEstimate, t.Procurement, t.LookThrough = "", nil, agreement.Procurement{}, passableSplit(t.LookThrough)
	items := t.Deliverables
	t.Deliverables = nil
	for _, d := range items {
		if (d.OutletID.Valid || d.SocialAccountID.Valid) && d.BudgetLineID != uuid.Nil && d.Quantity > 0 && d.UnitPrice > 0 {
			if d.Product == "" {
				d.Product = "-"
			}
			if d.Unit == "" {
				d.Unit = "-"
			}
			if d.OfferedPrice != nil && *d.OfferedPrice <= 0 {
				d.OfferedPrice = nil
			}
			t.Deliverables = append(t.Deliverables, d)
		}
	}
	return t
}

// look puts the outlook of the terms into the form. What cannot be priced yet is said there and is no error.
func (w *Web) look(r *request, p *formPage, t agreement.Terms) error {
	t = passable(r.reader, t)
	if len(t.Deliverables) == 0 {
		return nil
	}
	a, around, err := w.services.Agreements.Preview(r.ctx(), r.Actor, r.Agency.Code, t)
	if err == nil {
		agreementOutlook(r.reader, p.Outlook, a, around)
		return w.lookAtCreators(r, p.Outlook, a)
	}
	f, ok := isFault(err)
	if !ok {
		return err
	}
	p.Outlook.Note = ""
	for _, field := range f.Fields {
		p.Outlook.Wrong = append(p.Outlook.Wrong, r.Field(field, r.Agency.Currency))
	}
	if len(f.Fields) == 0 {
		p.Outlook.Wrong = []string{r.Fault(f, r.Agency.Currency)}
	}
	return nil
}

// previewAgreement answers the form while it is being filled in, and its button "recalculate" without script.
func (w *Web) previewAgreement(r *request) (answer, error) {
	t := r.typed()
	terms := termsTyped(t, r.rows("deliverables"))
	terms.LookThrough = r.splitTyped(t)
	p, err := w.typedForm(r, terms, r.seen())
	if err != nil {
		return answer{}, err
	}
	if err := w.look(r, &p, terms); err != nil {
		return answer{}, err
	}
	return show(p)
}

// yearOf is the fiscal year that the terms lie in, as far as they say so.
func yearOf(r *request, t agreement.Terms) int {
	if t.OrderDate.IsZero() {
		return int(r.year())
	}
	return t.OrderDate.Year()
}

// typedForm is the form as it was sent: its rows, one more, or one less.
func (w *Web) typedForm(r *request, terms agreement.Terms, version int64) (formPage, error) {
	if terms.Kind != agreement.Media && terms.Kind != agreement.Influencer {
		return formPage{}, fault.Missing()
	}
	via := r.viaAgency()
	c, err := w.choicesVia(r, terms.VendorID, yearOf(r, terms), terms.Deliverables, via)
	if err != nil {
		return formPage{}, err
	}
	if err := w.framework(r, &c, terms.FrameworkID); err != nil {
		return formPage{}, err
	}
	rows, get := len(terms.Deliverables), r.typed().get
	if r.c.FormValue("add") != "" {
		rows++
	}
	if gone, err := strconv.Atoi(r.c.FormValue("remove")); err == nil && gone >= 0 && gone < rows {
		rows, get = rows-1, withoutRow("deliverables", get, gone)
	}
	shown, get := r.splitRows(get)
	p := agreementForm(r.reader, c, string(terms.Kind), r.c.FormValue("id"), version, max(1, rows))
	if via {
		p.Split, get = r.split(c, max(1, shown), true), through(get)
	}
	p.fill(get)
	return p, nil
}
