package web

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/cash"
	"tayang/app/debt"
	"tayang/app/listing"
	"tayang/app/money"
)

func lineList(in reader, q listing.Query, page listing.Page[budget.Line]) listPage {
	p := in.listOf(in.path("budget-lines"), q, []column{
		{Label: in.T("field.budget_line_id"), Sort: "sub_activity_code"},
		{Label: in.moneyLabel("field.appropriation"), Class: "money", Sort: "appropriation"},
		{Label: in.T("account.realised"), Class: "money", Sort: "realised"},
		{Label: in.T("account.committed"), Class: "money", Sort: "committed"},
		{Label: in.T("account.reserved"), Class: "money", Sort: "reserved"},
		{Label: in.T("account.available"), Class: "money", Sort: "available"},
		{Label: in.T("home.absorbed"), Class: "num"},
	}, []filter{{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()}})
	p.heading = heading{Title: in.T("budget.lines"), Crumbs: []link{in.budgetCrumb()}}
	p.Hint = in.T("budget.lines.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	t := in.absorption(page.Items, sumLines(page.Items))
	p.Table.Rows, p.Table.Foot, p.Table.Empty = t.Rows, t.Foot, t.Empty
	return p
}

// years are the fiscal years that a filter offers.
func (in reader) years() (out []option) {
	for y := in.today().Year() + 1; y >= in.today().Year()-3; y-- {
		out = append(out, option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	return out
}

func lineRecord(in reader, l budget.Line, o cash.Outlook) recordPage {
	p := recordPage{heading: heading{
		Title: l.SubActivityName, Crumbs: []link{in.budgetCrumb(), {in.T("budget.lines"), in.path("budget-lines")}},
		Subtitle: l.SubActivityCode + " / " + l.AccountCode + " " + l.AccountName + " · " + l.FundSource + " · " + in.T("word.year") + " " + strconv.Itoa(l.FiscalYear),
	}}
	p.Figures, p.Bar = in.accounts(l), accountsBar(in, l)
	p.Parts = []part{in.cashPart(o), {ID: "entries", Title: in.T("ledger.title"), Note: in.T("ledger.note"), Table: in.entries(l)}}
	return p
}

func (in reader) entries(l budget.Line) *table {
	t := &table{ID: "ledger", Empty: empty{Text: in.T("ledger.empty")}, Columns: []column{
		{Label: in.T("ledger.seq"), Class: "num"},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.T("ledger.what")},
		{Label: in.T("ledger.document")},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.moneyLabel("account.available"), Class: "money"},
		{Label: in.T("ledger.who")},
	}}
	var available money.Amount
	for _, e := range l.Entries {
		switch {
		case e.To == budget.Available:
			available += e.Amount
		case e.From == budget.Available:
			available -= e.Amount
		}
		move := in.T("account."+string(e.From)) + " → " + in.T("account."+string(e.To))
		t.add("",
			in.count(e.Seq), in.day(e.EffectiveOn), two(in.T("ledger.kind."+string(e.Kind)), move),
			cell{Text: e.Document.Number, Href: in.document(e.Document), Sub: e.Reason},
			in.money(e.Amount), in.money(available),
			two(e.Actor, in.moment(e.RecordedAt)),
		)
	}
	return t
}

// moved is what one document moved, line by line.
func (in reader) moved(entries []budget.Entry, lines map[uuid.UUID]budget.Line) *table {
	t := &table{ID: "ledger", Empty: empty{Text: in.T("ledger.none")}, Columns: []column{
		{Label: in.T("ledger.seq"), Class: "num"},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.T("ledger.what")},
		{Label: in.T("field.budget_line_id")},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("ledger.who")},
	}}
	for _, e := range entries {
		line := lines[e.BudgetLineID]
		move := in.T("account."+string(e.From)) + " → " + in.T("account."+string(e.To))
		t.add("",
			in.count(e.Seq), in.day(e.EffectiveOn), two(in.T("ledger.kind."+string(e.Kind)), move),
			cell{Text: line.SubActivityName, Href: in.path("budget-lines", e.BudgetLineID.String()), Sub: line.AccountCode},
			in.money(e.Amount), two(e.Actor, in.moment(e.RecordedAt)),
		)
	}
	return t
}

// movedBy fetches what a document moved on the lines that it can have touched: those of the deliverables, and those to
// which a debt was carried.
func (w *Web) movedBy(r *request, document uuid.UUID, items []agreement.Deliverable, debts []debt.Recognition) ([]budget.Entry, error) {
	var lines []string
	for _, d := range items {
		lines = append(lines, d.BudgetLineID.String())
	}
	for _, d := range debts {
		for _, l := range d.Lines {
			lines = append(lines, l.ToLine.String())
		}
	}
	slices.Sort(lines)
	q := listing.All().Where("document_id", document.String()).Where("budget_line_id", slices.Compact(lines)...)
	page, err := w.services.Budgets.Entries(r.ctx(), r.Actor, r.Agency.Code, q)
	return page.Items, err
}

// lastActor is who made the last entry of a kind for the paper of that number.
func lastActor(entries []budget.Entry, kind budget.EntryKind, paper string) (who string) {
	for _, e := range entries {
		if e.Kind == kind && e.Document.Number == paper {
			who = e.Actor
		}
	}
	return who
}

// document is the page of the paper behind an entry.
func (in reader) document(d budget.Document) string {
	switch d.Type {
	case "budget_version":
		return in.path("budgets", d.ID.String())
	case "agreement":
		return in.path("agreements", d.ID.String())
	case "debt_recognition":
		return in.path("debt-recognitions", d.ID.String())
	case "payment":
		return in.path("payments", d.ID.String())
	case "invoice":
		return in.path("invoices", d.ID.String())
	case "placement":
		return in.path("placements", d.ID.String())
	case "spending", "override":
		return in.path("overrides", d.ID.String())
	}
	return ""
}

func (w *Web) budgetLines(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Budgets.Lines(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(lineList(r.reader, q, page))
}

func (w *Web) budgetLine(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	l, err := w.services.Budgets.Line(r.ctx(), r.Actor, r.Agency.Code, id)
	if err != nil {
		return answer{}, err
	}
	o, err := w.services.Cash.Outlook(r.ctx(), r.Actor, r.Agency.Code, id)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, lineRecord(r.reader, l, o), l.ID)
}
