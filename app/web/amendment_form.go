package web

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
)

// amendForm proposes an amendment: the paper, the lines that are there with what they shall become, and new lines.
func amendForm(in reader, a agreement.Agreement, c choices, rows int) formPage {
	here := in.path("agreements", a.ID.String())
	end, reason := in.input("end_date", "date", false), in.input("reason", "textarea", true)
	end.Help, reason.Wide = in.T("amendment.help.end", "date", in.date(a.EndDate)), true
	return formPage{
		heading: heading{
			Title: in.T("amendment.enter.title", "number", a.Number), Subtitle: a.Title + " · " + a.VendorName,
			Crumbs: []link{in.agreementCrumb(), {a.Number, here}},
		},
		Action: here + "/amend", Back: here, Guard: true, Intro: in.T("amendment.intro"), Hidden: []box{version64(a.Version)},
		Facts: []fact{
			{in.T("agreement.value"), text(in.cash(a.Value))}, {in.T("agreement.gross"), text(in.cash(a.Gross))},
			{in.T("agreement.term"), text(in.date(a.StartDate) + " – " + in.date(a.EndDate))},
		},
		Groups: []group{{Title: in.T("amendment.title"), Fields: []field{
			in.input("number", "text", true), in.input("date", "date", true), end, reason,
		}}},
		Present: in.presentLines(a), Grid: in.deliverableGrid(c, "added", rows),
		Buttons: []button{{Label: in.T("amendment.propose"), Main: true, Icon: "send"}},
	}
}

// presentLines are the lines of the agreement: a quantity each, and a price where nothing is placed at the old one.
func (in reader) presentLines(a agreement.Agreement) *grid {
	g := &grid{ID: "present", Title: in.T("field.deliverables"), Columns: []column{
		{Label: in.T("field.product")},
		{Label: in.T("agreement.placed"), Class: "num"},
		{Label: in.T("amendment.quantity"), Class: "num"},
		{Label: in.moneyLabel("amendment.price"), Class: "money"},
	}}
	for i, d := range a.Deliverables {
		at := "deliverables." + strconv.Itoa(i) + "."
		row := gridRow{
			Head: []cell{
				two(d.Product, in.channelName(d.Channel)+" · "+in.taxed(d)), {Text: in.Number(d.Placed) + " / " + in.Number(d.Quantity), Sub: d.Unit, Class: "num"},
			},
			Fields: []field{in.input(at+"quantity", "number", true)},
		}
		if d.Placed == 0 {
			row.Fields = append(row.Fields, in.input(at+"unit_price", "money", true))
		} else {
			price := in.money(d.UnitPrice)
			price.Sub = in.T("amendment.price_fixed")
			row.Tail = []cell{price}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// linesValues are the lines as they are, as the form's fields.
func linesValues(in reader, a agreement.Agreement) func(string) string {
	values := map[string]string{}
	for i, d := range a.Deliverables {
		at := "deliverables." + strconv.Itoa(i) + "."
		values[at+"quantity"], values[at+"unit_price"] = in.Number(d.Quantity), money.Format(d.UnitPrice, in.Agency.Currency, in.Code())
	}
	splitValues(in, values, a.Terms().LookThrough)
	return func(name string) string { return values[name] }
}

// addition is the proposal of a form, and in which row of new lines each of its changes stood; -1 is a line that is there.
type addition struct {
	agreement.Proposal
	row []int
}

// proposalTyped reads the form; rows of new lines that are wholly empty do not count.
func proposalTyped(t *typed, a agreement.Agreement, rows int) addition {
	p := addition{Proposal: agreement.Proposal{
		Number: t.text("number"), Date: t.date("date"), EndDate: t.date("end_date"), Reason: t.text("reason"),
	}}
	for i, d := range a.Deliverables {
		at := "deliverables." + strconv.Itoa(i) + "."
		quantity := t.whole(at + "quantity")
		c := agreement.Change{ID: uuid.NullUUID{UUID: d.ID, Valid: true}, Quantity: &quantity, UnitPrice: t.amountOr(at + "unit_price")}
		if t.get(at+"quantity") == "" {
			t.wrong.Add(pointer(at+"quantity"), "required")
		}
		if c.UnitPrice == nil && d.Placed == 0 {
			t.wrong.Add(pointer(at+"unit_price"), "required")
		}
		p.Deliverables, p.row = append(p.Deliverables, c), append(p.row, -1)
	}
	for i := range rows {
		at := "added." + strconv.Itoa(i) + "."
		if blank(t, at) {
			continue
		}
		d := itemTyped(t, at)
		p.Deliverables, p.row = append(p.Deliverables, agreement.Change{
			Quantity: &d.Quantity, UnitPrice: &d.UnitPrice, Product: d.Product, OutletID: d.OutletID, SocialAccountID: d.SocialAccountID,
			BudgetLineID: uuid.NullUUID{UUID: d.BudgetLineID, Valid: d.BudgetLineID != uuid.Nil}, Unit: d.Unit, OfferedPrice: d.OfferedPrice,
			TaxInclusive: &d.TaxInclusive, LabelRequired: &d.LabelRequired, Tier: d.Tier, PriceReferenceID: d.PriceReferenceID, Content: d.Content,
		}), append(p.row, i)
	}
	return p
}

// blank reports whether nothing was typed or chosen in a row.
func blank(t *typed, at string) bool {
	for _, name := range []string{"product", "channel", "budget_line_id", "quantity", "unit", "offered_price", "unit_price", "tier", "price_reference_id"} {
		if t.get(at+name) != "" {
			return false
		}
	}
	return true
}

// onForm puts the faults of new lines where these stand on the form.
func (p addition) onForm(err error) error {
	f, ok := isFault(err)
	if err == nil || !ok {
		return err
	}
	moved := *f
	moved.Fields = nil
	for _, field := range f.Fields {
		i, rest, ok := rowOf("deliverables", strings.ReplaceAll(strings.TrimPrefix(field.Pointer, "/"), "/", "."))
		if ok && i < len(p.row) && p.row[i] >= 0 {
			field.Pointer = "/added/" + strconv.Itoa(p.row[i]) + pointer(rest)
		}
		moved.Fields = append(moved.Fields, field)
	}
	return &moved
}

func (w *Web) askAmend(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err == nil {
		err = a.Amendable()
	}
	if err != nil {
		return answer{}, err
	}
	c, err := w.choicesVia(r, a.VendorID, a.FiscalYear, nil, a.LookThrough.ViaAgency)
	if err != nil {
		return answer{}, err
	}
	p := amendForm(r.reader, a, c, 0)
	r.resplit(&p, a, c, len(a.Terms().LookThrough.Recipients))
	p.fill(linesValues(r.reader, a))
	return show(p)
}

// amend proposes the amendment, or shows the form again: with one row more or less when that was asked for, with what is
// wrong when something is.
func (w *Web) amend(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err == nil {
		err = r.Actor.Can(access.AgreementWrite, r.Agency.ID)
	}
	if err != nil {
		return answer{}, err
	}
	rows, t := r.rows("added"), r.typed()
	if r.reshapes() {
		return w.reshapeAmendment(r, a, rows)
	}
	p := proposalTyped(t, a, rows)
	p.LookThrough = r.resplitTyped(t, a)
	if err = t.err(p.onForm(p.Trimmed().Check(a.Kind))); err == nil {
		_, err = w.services.Agreements.Amend(r.ctx(), r.Actor, r.Agency.Code, a.ID, r.expected(), p.Proposal)
		err = p.onForm(err)
	}
	if err == nil {
		return done(r.path("agreements", a.ID.String()), "flash.amendment.amend", "number", p.Number)
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	form, err := w.amendmentTyped(r, a, rows, t.get)
	if err != nil {
		return answer{}, err
	}
	if f.Kind != fault.Stale {
		form.Hidden = []box{version64(r.seen())}
	}
	form.mark(r.reader, f)
	return again(form, f)
}

func (w *Web) amendmentTyped(r *request, a agreement.Agreement, rows int, get func(string) string) (formPage, error) {
	c, err := w.choicesVia(r, a.VendorID, a.FiscalYear, nil, a.LookThrough.ViaAgency)
	if err != nil {
		return formPage{}, err
	}
	shown, get := r.splitRows(get)
	p := amendForm(r.reader, a, c, rows)
	r.resplit(&p, a, c, shown)
	p.fill(get)
	return p, nil
}

func (w *Web) reshapeAmendment(r *request, a agreement.Agreement, rows int) (answer, error) {
	get := r.typed().get
	if gone, err := strconv.Atoi(r.c.FormValue("remove")); err == nil && gone >= 0 && gone < rows {
		rows, get = rows-1, withoutRow("added", get, gone)
	} else if r.c.FormValue("add") != "" {
		rows++
	}
	p, err := w.amendmentTyped(r, a, rows, get)
	if err != nil {
		return answer{}, err
	}
	p.Hidden = []box{version64(r.seen())}
	return show(p)
}
