package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// purchase is what becomes one agreement: a contract of the record or, where there is none, a purchase order.
type purchase struct {
	key           string // "contract-179" or "order-94"
	contract      bool
	number, title string
	vendor        string // its id in the record
	campaign      string // its id in the record
	ordered       string // dates as text, 2015-12-21
	start, end    string
	promised      centavos // the contract's amount; orders carry none, so it is what their invoices ask
	bills         []*bill

	id      string // the agreement's, once it is made
	refused *refusal
}

// bill is an invoice of the record.
type bill struct {
	id, number string
	vendor     string // its id in the record
	item       string // id of the budget item that it was charged to
	date       string // when the money was spent
	amount     centavos
	lines      []*line
	of         *purchase // nil when the record has neither contract nor order

	placements []string // their ids
	invoice    string   // the invoice's id
	accepted   string   // date of the acceptance report
	refused    *refusal
}

// line is an invoice line: some units of one service.
type line struct {
	id          string
	description string
	product     string
	unit        string
	outlet      outlet
	quantity    int64
	unitPrice   centavos
	amount      centavos
	first, last string // days of the run, as far as the description says them
	service     bool   // a production or a study: it appears in no medium

	deliverable string // its id, once the agreement is made
}

// refusal is what was not taken over, at which step, and why.
type refusal struct {
	step string
	err  error
}

// plan arranges the record for loading: every invoice line under its invoice, every invoice under its contract or order.
type plan struct {
	purchases []*purchase
	bills     []*bill
}

func newPlan(r *record) (*plan, error) {
	p := &plan{}
	bills := map[string]*bill{}
	purchases := map[string]*purchase{}
	for _, l := range r.lines {
		b := bills[l["id_factura"]]
		if b == nil {
			invoice, ok := r.invoices[l["id_factura"]]
			if !ok {
				return nil, fmt.Errorf("line %s names invoice %s, which is not there", l["id_factura_desglose"], l["id_factura"])
			}
			b = &bill{
				id: invoice["id_factura"], number: invoice["numero_factura"], vendor: invoice["id_proveedor"],
				item: invoice["id_presupuesto_concepto"], date: invoice["fecha_erogacion"],
			}
			bills[b.id] = b
			p.bills = append(p.bills, b)
			if err := p.assign(r, invoice, b, purchases); err != nil {
				return nil, err
			}
		}
		item, err := newLine(r, l, b)
		if err != nil {
			return nil, fmt.Errorf("line %s: %w", l["id_factura_desglose"], err)
		}
		b.lines = append(b.lines, item)
		b.amount += item.amount
	}
	for _, each := range p.purchases {
		each.settleTerms()
	}
	return p, nil
}

// assign puts the invoice under its contract, else under its order. One that has neither cannot be loaded.
func (p *plan) assign(r *record, invoice row, b *bill, purchases map[string]*purchase) error {
	contract, order := invoice["id_contrato"], invoice["id_orden_compra"]
	var key string
	switch {
	case contract != placeholder:
		key = "contract-" + contract
	case order != placeholder:
		key = "order-" + order
	default:
		b.refused = &refusal{"agreement", errors.New("the record names neither a contract nor a purchase order")}
		return nil
	}
	b.of = purchases[key]
	if b.of == nil {
		var err error
		if contract != placeholder {
			b.of, err = ofContract(key, r.contracts[contract])
		} else {
			b.of, err = ofOrder(key, r.orders[order])
		}
		if err != nil {
			return fmt.Errorf("invoice %s, %s: %w", b.id, key, err)
		}
		purchases[key] = b.of
		p.purchases = append(p.purchases, b.of)
	}
	b.of.bills = append(b.of.bills, b)
	return nil
}

func ofContract(key string, c row) (*purchase, error) {
	promised, err := parseCentavos(c["monto_contrato"]) // also says so when there is no such contract
	return &purchase{
		key: key, contract: true, number: c["numero_contrato"], title: c["objeto_contrato"], vendor: c["id_proveedor"],
		ordered: c["fecha_celebracion"], start: c["fecha_inicio"], end: c["fecha_fin"], promised: promised,
	}, err
}

func ofOrder(key string, o row) (*purchase, error) {
	if o == nil {
		return nil, errors.New("it is not there")
	}
	return &purchase{
		key: key, number: o["numero_orden_compra"], title: o["descripcion_justificacion"], vendor: o["id_proveedor"],
		campaign: o["id_campana_aviso"], ordered: o["fecha_orden"], start: o["fecha_orden"],
	}, nil
}

// settleTerms gives an order what the record does not write on it: its end, which is the last day that any of its
// lines or invoices names, and its amount, which is that of its invoices.
func (p *purchase) settleTerms() {
	if p.contract {
		return
	}
	p.end = p.ordered
	for _, b := range p.bills {
		p.promised += b.amount
		p.end = max(p.end, b.date)
		for _, l := range b.lines {
			p.end = max(p.end, l.last)
		}
	}
}

// published is the day on which a line's units count as published: the first day of the run where the record tells it
// within the terms, else the first day on which the terms allow it.
func (p *purchase) published(l *line) string {
	if p.within(l.first) {
		return l.first
	}
	return p.earliest()
}

// earliest is the first day on which something may be published under the terms.
func (p *purchase) earliest() string { return max(p.ordered, p.start) }

func (p *purchase) within(day string) bool { return day >= p.earliest() && day <= p.end }

// service reports whether the record classes the line as another service than time or space in a medium.
func service(r *record, l row) bool {
	return l["id_servicio_clasificacion"] == otherServices && kindOf(r.categories[l["id_servicio_categoria"]]["nombre_servicio_categoria"]) == "outdoor"
}

func newLine(r *record, l row, b *bill) (*line, error) {
	quantity, err1 := parseWhole(l["cantidad"])
	price, err2 := parseCentavos(l["precio_unitarios"])
	amount, err3 := parseCentavos(l["monto_desglose"])
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	if price*centavos(quantity) != amount {
		return nil, fmt.Errorf("%d units of %s are not %s", quantity, price, amount)
	}
	first, last := daysOf(l["descripcion_servicios"])
	return &line{
		id: l["id_factura_desglose"], description: l["descripcion_servicios"], quantity: quantity, unitPrice: price, amount: amount,
		product: r.subcategories[l["id_servicio_subcategoria"]]["nombre_servicio_subcategoria"],
		unit:    r.units[l["id_servicio_unidad"]]["nombre_servicio_unidad"],
		outlet:  outletOf(r, l, b), first: first, last: last, service: service(r, l),
	}, nil
}

// otherServices is the class "Otros servicios asociados a la comunicación".
const otherServices = "2"

var runDays = regexp.MustCompile(`Fecha de inicio: (\d\d)/(\d\d)/(\d{4});? Fecha de t[eé]rmino: (\d\d)/(\d\d)/(\d{4})`)

// daysOf reads the days of a run out of a description; days out of order say nothing.
func daysOf(description string) (first, last string) {
	d := runDays.FindStringSubmatch(description)
	if d == nil {
		return "", ""
	}
	first, last = d[3]+"-"+d[2]+"-"+d[1], d[6]+"-"+d[5]+"-"+d[4]
	if last < first {
		return "", ""
	}
	return first, last
}

// outlet is a medium as the product registers it: whose it is, of which kind, by which name, at which host.
type outlet struct{ vendor, kind, name, host string }

// outletOf finds which of the vendor's trade names a line is about: the one that its order or its description says,
// else the first one that suits.
func outletOf(r *record, l row, b *bill) outlet {
	category := r.categories[l["id_servicio_categoria"]]["nombre_servicio_categoria"]
	o := outlet{vendor: b.vendor, kind: kindOf(category)}
	names := strings.Split(r.vendor[b.vendor]["nombre_comercial"], " / ")
	said := r.orders[r.invoices[b.id]["id_orden_compra"]]["descripcion_justificacion"] + " " + l["descripcion_servicios"]
	i := slices.IndexFunc(names, func(name string) bool { return strings.Contains(said, name) })
	if i < 0 {
		i = max(0, slices.IndexFunc(names, func(name string) bool { return (hostOf(name) != "") == (o.kind == "online") }))
	}
	o.name = names[i]
	if o.host = hostOf(o.name); o.host != "" {
		o.kind = "online"
	}
	return o
}

func hostOf(name string) string {
	host, _, _ := strings.Cut(strings.TrimPrefix(name, "http://"), "/")
	if host == name {
		return ""
	}
	return strings.ToLower(host)
}

// kindOf is the product's kind of medium for a category of the record. What is shown in the open or in a hall is
// outdoor; so is what appears nowhere (productions, a survey), because that kind claims no address, page or hour.
func kindOf(category string) string {
	switch category {
	case "Medios impresos":
		return "print"
	case "Internet", "Streaming":
		return "online"
	case "Radio":
		return "radio"
	case "Televisión":
		return "tv"
	}
	return "outdoor"
}
