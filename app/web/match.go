package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
)

// matchPart holds an invoice against what was ordered and what came, line by line, each with its verdict in a word.
func (in reader) matchPart(i payment.Invoice, m payment.Match) part {
	p := part{ID: "match", Title: in.T("match.title"), Note: in.T("match.note"), Table: in.matchRows(m)}
	switch {
	case !m.Detailed:
		p.Note = in.T("match.derived")
	case !m.Agrees:
		p.Note = in.T("match.differs")
	case m.Tolerance > 0:
		p.Note = in.T("match.tolerance", "amount", in.cash(m.Tolerance))
	}
	if i.Status == payment.Open && !m.Detailed && in.can(access.InvoiceWrite) {
		p.Actions = []action{{Label: in.T("match.enter"), Icon: "list-check", Href: in.path("invoices", i.ID.String(), "lines")}}
	}
	return p
}

func (in reader) matchRows(m payment.Match) *table {
	t := &table{ID: "match-rows", Columns: []column{
		{Label: in.T("field.product")},
		{Label: in.T("fulfilment.ordered"), Class: "num"},
		{Label: in.T("fulfilment.evidenced"), Class: "num"},
		{Label: in.T("fulfilment.accepted"), Class: "num"},
		{Label: in.T("match.here"), Class: "num"},
		{Label: in.T("match.billed"), Class: "num"},
		{Label: in.moneyLabel("field.unit_price"), Class: "money"},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.moneyLabel("match.difference"), Class: "money"},
		{Label: in.T("match.verdict")},
	}}
	for _, l := range m.Lines {
		billed, price, amount := in.count(l.Quantity), in.money(l.UnitPrice), in.money(l.Amount)
		if !m.Detailed {
			billed = cell{Text: "–", Sub: in.T("match.not_itemised"), Class: "num"}
		}
		if l.UnitPrice != l.AgreedPrice {
			price.Sub = in.T("match.agreed", "amount", in.cash(l.AgreedPrice))
		}
		if l.Amount != l.Due {
			amount.Sub = in.T("match.due", "amount", in.cash(l.Due))
		}
		of := cell{Text: l.Product, Href: in.path("placements") + "?deliverable_id=" + l.DeliverableID.String(), Sub: in.channelName(l.Channel)}
		t.add("", of, in.count(l.Ordered), in.count(l.Evidenced), in.count(l.Accepted), in.count(l.Here),
			billed, price, amount, in.money(l.Difference), in.lineVerdict(m, l.Verdict))
	}
	blank := text("")
	t.Foot = []cell{text(in.T("list.total")), blank, blank, blank, blank, blank, blank, in.money(m.Amount), in.money(m.Amount - m.Due), blank}
	return t
}

// lineVerdict is a verdict with its icon; a line that the vendor did not write is neither right nor wrong.
func (in reader) lineVerdict(m payment.Match, v payment.LineVerdict) cell {
	s := state{Status: "line_" + string(v), Tone: red, Icon: "x"}
	switch {
	case !m.Detailed:
		s = state{Status: "line_derived", Tone: grey, Icon: "circle-dashed"}
	case v == payment.LineAgrees:
		s.Tone, s.Icon = green, "check"
	case v == payment.LineTolerated:
		s.Tone, s.Icon = amber, "alert-triangle"
	}
	return cell{Text: in.T("match." + s.Status), State: &s}
}

// lineGrid asks what the vendor's invoice says of each deliverable that its placements are of. Descriptions and prices are those
// of the agreement; quantities and amounts are to be read off the paper.
func (in reader) lineGrid(rows []placement.Fulfilled, named map[uuid.UUID]int64) (*grid, []box) {
	g := &grid{ID: "lines", Title: in.T("match.lines"), Columns: []column{
		{Label: in.T("field.product")}, {Label: in.T("match.here"), Class: "num"}, {Label: in.T("field.description")},
		{Label: in.T("field.quantity"), Class: "num"}, {Label: in.moneyLabel("field.unit_price"), Class: "money"},
		{Label: in.T("field.tax_inclusive")}, {Label: in.moneyLabel("field.amount"), Class: "money"},
	}}
	var hidden []box
	for _, r := range rows {
		if named[r.DeliverableID] == 0 {
			continue
		}
		at := "lines." + strconv.Itoa(len(g.Rows)) + "."
		what, price, tax := in.input(at+"description", "text", false), in.input(at+"unit_price", "money", false), in.input(at+"tax_inclusive", "checkbox", false)
		what.Also, what.Value = []string{at + "deliverable_id"}, r.Product
		price.Value = money.FormatPlain(r.UnitPrice, in.Agency.Currency)
		if r.TaxInclusive {
			tax.Value = "yes"
		}
		hidden = append(hidden, box{Name: at + "deliverable_id", Value: r.DeliverableID.String()})
		g.Rows = append(g.Rows, gridRow{
			Head:   []cell{two(r.Product, in.channelName(r.Channel)), in.count(named[r.DeliverableID])},
			Fields: []field{what, in.input(at+"quantity", "number", false), price, tax, in.input(at+"amount", "money", false)},
		})
	}
	if len(g.Rows) == 0 {
		return nil, nil
	}
	return g, hidden
}

// billLinesTyped reads the rows for which a quantity or an amount was typed: the others are not on the vendor's paper.
func billLinesTyped(t *typed, rows int) (out []payment.BillLine) {
	for i := range rows {
		at := "lines." + strconv.Itoa(i) + "."
		line := payment.BillLine{
			DeliverableID: t.uuid(at + "deliverable_id"), Description: t.text(at + "description"),
			UnitPrice: t.amount(at + "unit_price"), TaxInclusive: t.yes(at + "tax_inclusive"),
		}
		if t.get(at+"quantity") == "" && t.get(at+"amount") == "" { // not itemised, but what is typed must be readable all the same
			t.wrong.Text(pointer(at+"description"), line.Description, false, payment.DescriptionMax)
			t.wrong.Within(pointer(at+"unit_price"), int64(line.UnitPrice), 0, fault.AmountMax)
			continue
		}
		line.Quantity, line.Amount = t.whole(at+"quantity"), t.amount(at+"amount")
		out = append(out, line)
	}
	return out
}

func deliverablesOf(items []placement.Placement) map[uuid.UUID]int64 {
	out := map[uuid.UUID]int64{}
	for _, p := range items {
		out[p.DeliverableID]++
	}
	return out
}

// linesForm itemises an invoice as its vendor wrote it.
func linesForm(in reader, i payment.Invoice, m payment.Match) formPage {
	here := in.path("invoices", i.ID.String())
	named, rows := map[uuid.UUID]int64{}, make([]placement.Fulfilled, len(m.Lines))
	for n, l := range m.Lines {
		named[l.DeliverableID] = l.Here
		rows[n] = placement.Fulfilled{DeliverableID: l.DeliverableID, Product: l.Product, Channel: l.Channel, UnitPrice: l.AgreedPrice, TaxInclusive: l.AgreedTax}
	}
	g, hidden := in.lineGrid(rows, named)
	if g != nil {
		for n := range g.Rows {
			g.Rows[n].Fields[1].Required, g.Rows[n].Fields[4].Required = true, true
		}
	}
	return formPage{
		heading: heading{Title: in.T("match.enter"), Subtitle: i.Number + " · " + i.VendorName, Crumbs: []link{in.agreementCrumb(), {i.Number, here}}},
		Action:  here + "/lines", Back: here, Intro: in.T("match.intro"), Guard: true, Hidden: append([]box{version64(i.Version)}, hidden...),
		Facts:   []fact{{in.T("field.amount"), text(in.cash(i.Amount))}, {in.T("field.file"), in.fileLink(i.File)}},
		Present: g, Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// itemisable fetches the invoice that the address names with its match, for somebody who may itemise it.
func (w *Web) itemisable(r *request) (i payment.Invoice, m payment.Match, err error) {
	if i, err = w.invoiceOf(r); err == nil {
		err = r.Actor.Can(access.InvoiceWrite, r.Agency.ID)
	}
	if err != nil {
		return i, m, err
	}
	m, err = w.services.Invoices.Match(r.ctx(), r.Actor, r.Agency.Code, i.ID)
	return i, m, err
}

func (w *Web) askLines(r *request) (answer, error) {
	i, m, err := w.itemisable(r)
	if err != nil {
		return answer{}, err
	}
	return show(linesForm(r.reader, i, m))
}

func (w *Web) itemise(r *request) (answer, error) {
	i, m, err := w.itemisable(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	lines := billLinesTyped(t, r.rows("lines"))
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Invoices.Detail(r.ctx(), r.Actor, r.Agency.Code, i.ID, r.expected(), lines)
	}
	if err != nil {
		i.Version = r.version(err, i.Version)
		return r.refused(linesForm(r.reader, i, m), err)
	}
	return done(r.path("invoices", i.ID.String())+"#match", "flash.itemised", "number", i.Number)
}
