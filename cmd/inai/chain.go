package main

import (
	"context"
	"fmt"
)

// What is entered where the product wants a piece of evidence that the record does not hold.
const (
	notRecorded        = "not in the record"
	addressNotRecorded = "https://not-in-the-record.invalid/" // .invalid can never be an address (RFC 6761)
)

// agree enters the contracts and orders, submits them, and has another person approve them.
func (l *loader) agree(ctx context.Context) error {
	return each(ctx, l.plan.purchases, func(ctx context.Context, p *purchase) error {
		err := l.agreement(ctx, p)
		if _, ok := refusedByAPI(err); ok {
			p.refused, err = &refusal{"agreement", err}, nil
		}
		return err
	})
}

func (l *loader) agreement(ctx context.Context, p *purchase) error {
	var a struct {
		made
		Deliverables []made `json:"deliverables"`
	}
	if err := l.api.post(ctx, staff, l.path("/agreements"), p.key, l.terms(p), &a); err != nil {
		return err
	}
	p.id = a.ID
	next := 0
	for _, b := range p.bills {
		for _, each := range b.lines {
			each.deliverable = a.Deliverables[next].ID
			next++
		}
	}
	if err := l.api.post(ctx, staff, l.path("/agreements/%s/submit", p.id), p.key+"/submit", object{}, nil); err != nil {
		return err
	}
	return l.api.post(ctx, ppk, l.path("/agreements/%s/approve", p.id), p.key+"/approve", object{}, nil)
}

// terms are what the contract or order says. The procedures of the record are those of Mexican law, which the
// product's list does not name. A line whose item has no budget line names none, and the API refuses it.
func (l *loader) terms(p *purchase) object {
	items := []object{}
	for _, b := range p.bills {
		for _, each := range b.lines {
			item := object{
				"product": each.product, "outlet_id": l.outlets[each.outlet], "quantity": each.quantity, "unit": each.unit,
				"unit_price": each.unitPrice, "tax_inclusive": true,
			}
			if id, ok := l.budgetLines[b.item]; ok {
				item["budget_line_id"] = id
			}
			items = append(items, item)
		}
	}
	t := object{
		"kind": "media", "number": p.number, "title": p.title, "vendor_id": l.vendors[p.vendor], "method": "other", "form": "other",
		"order_date": p.ordered, "start_date": p.start, "end_date": p.end, "deliverables": items,
	}
	if id, ok := l.campaigns[p.campaign]; ok {
		t["campaign_id"] = id
	}
	return t
}

// publish enters every unit of every line as a placement with its proof, and has another person verify it.
func (l *loader) publish(ctx context.Context) error {
	return l.eachBill(ctx, "placement", func(ctx context.Context, b *bill) error {
		for _, each := range b.lines {
			for n := range each.quantity {
				id, err := l.placement(ctx, b, each, n+1)
				if err != nil {
					return err
				}
				b.placements = append(b.placements, id)
			}
		}
		return nil
	})
}

func (l *loader) placement(ctx context.Context, b *bill, of *line, n int64) (string, error) {
	key := fmt.Sprintf("line/%s/%d", of.id, n)
	title := of.description
	if of.quantity > 1 {
		title = fmt.Sprintf("%s (%d/%d)", title, n, of.quantity)
	}
	on := b.of.published(of)
	var p made
	if err := l.api.post(ctx, staff, l.path("/placements"), key,
		object{"deliverable_id": of.deliverable, "scheduled_on": on, "title": title}, &p); err != nil {
		return "", err
	}
	path := l.path("/placements/%s", p.ID)
	// Stale is what a load hears that was interrupted and runs again: the placement is its own and was changed by it.
	if err := l.api.patch(ctx, staff, path, p.Version, of.evidence(on), nil); err != nil && !stale(err) {
		return "", err
	}
	pdf := paper("Public record, invoice line "+of.id, append(l.statement(b), of.statement()...))
	if err := l.api.upload(ctx, staff, path+"/proofs", key+"/proof", map[string]string{"kind": "other", "origin": "staff"},
		fmt.Sprintf("invoice-line-%s.pdf", of.id), pdf, nil); err != nil {
		return "", err
	}
	return p.ID, l.api.post(ctx, verifier, path+"/verify", key+"/verify", object{}, nil)
}

// evidence is what is known of the publication.
func (of *line) evidence(on string) object {
	e := object{"published_on": on}
	switch of.outlet.kind {
	case "online":
		e["url"] = addressNotRecorded
		if of.outlet.host != "" {
			e["url"] = "http://" + of.outlet.host + "/"
		}
	case "print":
		e["edition"], e["page"] = notRecorded, notRecorded
	case "radio", "tv":
		e["slot"] = notRecorded
	}
	return e
}

// statement is what the record says of an invoice.
func (l *loader) statement(b *bill) []string {
	return []string{
		"Made by the loader from the public record of official advertising, INAI 2015. It says",
		"what the record says; it is not a paper of the vendor, whose papers are not published.",
		"",
		fmt.Sprintf("Invoice %s (id_factura %s) of %s", b.number, b.id, b.date),
		"Vendor " + l.record.vendor[b.vendor]["nombre_razon_social"],
		fmt.Sprintf("%s %s of %s", b.of.basis(), b.of.number, b.of.ordered),
		fmt.Sprintf("Amount %s MXN, budget item %s", b.amount, l.record.items[b.item]["partida"]),
		"",
	}
}

// basis names what kind of paper the agreement is.
func (p *purchase) basis() string {
	if p.contract {
		return "Contract"
	}
	return "Purchase order"
}

// statement is what the record says of a line.
func (of *line) statement() []string {
	return []string{fmt.Sprintf("Line %s: %s, %s, %d units of %s = %s MXN", of.id, of.product, of.unit, of.quantity, of.unitPrice, of.amount), "", of.description}
}

// bill takes the placements of every invoice over and enters the invoice.
func (l *loader) bill(ctx context.Context) error {
	return l.eachBill(ctx, "acceptance, invoice", func(ctx context.Context, b *bill) error {
		b.accepted = b.date
		for _, each := range b.lines {
			b.accepted = max(b.accepted, b.of.published(each))
		}
		key := "invoice/" + b.id
		if err := l.api.post(ctx, ppk, l.path("/acceptances"), key+"/acceptance", object{
			"agreement_id": b.of.id, "number": b.paperNumber(),
			"date": b.accepted, "placement_ids": b.placements,
		}, nil); err != nil {
			return err
		}
		lines := l.statement(b)
		for _, each := range b.lines {
			lines = append(lines, each.statement()...)
		}
		var file struct {
			SHA256 string `json:"sha256"`
		}
		if err := l.api.upload(ctx, staff, "/files", key+"/file", nil, fmt.Sprintf("invoice-%s.pdf", b.id),
			paper("Public record, invoice id_factura "+b.id, lines), &file); err != nil {
			return err
		}
		var m made
		err := l.api.post(ctx, staff, l.path("/invoices"), key, object{
			"agreement_id": b.of.id, "number": b.number, "date": b.date,
			"amount": b.amount, "placement_ids": b.placements, "file": file.SHA256,
		}, &m)
		b.invoice = m.ID
		return err
	})
}

// paperNumber numbers the office's own papers about an invoice, of which the record has none.
func (b *bill) paperNumber() string { return "id_factura " + b.id }

// pay requests, authorises and settles the payment of every invoice on the day that the record says the money was
// spent, or on the day of its acceptance when that is later.
func (l *loader) pay(ctx context.Context) error {
	return l.eachBill(ctx, "payment", func(ctx context.Context, b *bill) error {
		key, paper := "payment/"+b.id, object{"number": b.paperNumber(), "date": b.accepted}
		var p made
		if err := l.api.post(ctx, staff, l.path("/payments"), key, object{
			"agreement_id": b.of.id, "kind": "ls",
			"invoice_ids": []string{b.invoice}, "spp": paper,
		}, &p); err != nil {
			return err
		}
		if err := l.api.post(ctx, head, l.path("/payments/%s/authorise", p.ID), key+"/authorise", object{"spm": paper}, nil); err != nil {
			return err
		}
		return l.api.post(ctx, treasurer, l.path("/payments/%s/settle", p.ID), key+"/settle", object{"sp2d": paper}, nil)
	})
}
