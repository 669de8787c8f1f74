package web

import (
	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
)

// chain is what follows from an agreement: placements, acceptance reports, invoices, payments. Whole is false when
// there are more placements than are shown.
type chain struct {
	Placements  []placement.Placement
	Acceptances []placement.Acceptance
	Invoices    []payment.Invoice
	Payments    []payment.Payment
	Total       int64
}

// accepted is the gross of everything that the office has taken over.
func (c chain) accepted() money.Amount {
	return total(c.Acceptances, func(a placement.Acceptance) money.Amount { return a.Gross })
}

// in gives the placements in a state.
func (c chain) in(s placement.Status) (out []placement.Placement) {
	for _, p := range c.Placements {
		if p.Status == s {
			out = append(out, p)
		}
	}
	return out
}

// chain fetches what follows from an agreement: four lists, whatever their length.
func (w *Web) chain(r *request, agreement uuid.UUID) (c chain, err error) {
	q := listing.All().Where("agreement_id", agreement.String())
	q.Count = true
	placements, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return c, err
	}
	acceptances, err := w.services.Acceptances.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return c, err
	}
	invoices, err := w.services.Invoices.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return c, err
	}
	payments, err := w.services.Payments.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return c, err
	}
	c = chain{Placements: placements.Items, Acceptances: acceptances.Items, Invoices: invoices.Items, Payments: payments.Items, Total: int64(len(placements.Items))}
	if placements.Total != nil {
		c.Total = *placements.Total
	}
	return c, nil
}

func (in reader) chainParts(a agreement.Agreement, c chain) []part {
	placements := in.placementRows(c.Placements)
	acceptances, invoices, payments := in.acceptanceRows(c.Acceptances), in.invoiceRows(c.Invoices), in.paymentRows(c.Payments)
	note := ""
	if shown := int64(len(c.Placements)); c.Total > shown {
		note = in.T("chain.more", "shown", shown, "n", c.Total)
	}
	all := []action{{Label: in.T("chain.all"), Icon: "list-check", Href: in.path("placements") + "?agreement_id=" + a.ID.String()}}
	return []part{
		{ID: "placements", Title: in.T("nav.placements"), Note: note, Actions: all, Table: &placements},
		{ID: "acceptances", Title: in.T("acceptance.title"), Table: &acceptances},
		{ID: "invoices", Title: in.T("invoice.title"), Table: &invoices},
		{ID: "payments", Title: in.T("nav.payments"), Table: &payments},
	}
}

// chainMissing names the steps between publication and payment that somebody owes.
func (in reader) chainMissing(a agreement.Agreement, c chain) (out []link) {
	here := in.path("agreements", a.ID.String())
	list := func(status string) string {
		return in.path("placements") + "?agreement_id=" + a.ID.String() + "&status=" + status
	}
	add := func(key string, n int, href string) {
		if n > 0 {
			out = append(out, link{in.T(key, "n", n), href})
		}
	}
	add("chain.missing.published", len(c.in(placement.Planned)), list("planned"))
	add("chain.missing.proof", len(c.in(placement.Rejected)), list("rejected"))
	add("chain.missing.verified", len(c.in(placement.Published)), list("published"))
	add("chain.missing.accepted", len(c.in(placement.Verified)), here+"/acceptances/new")
	add("chain.missing.invoiced", len(c.in(placement.Accepted)), here+"/invoices/new")
	for _, i := range c.Invoices {
		if i.File == "" {
			out = append(out, link{in.T("chain.missing.file", "number", i.Number), in.path("invoices", i.ID.String())})
		} else if i.Status == payment.Open {
			out = append(out, link{in.T("chain.missing.paid", "number", i.Number), here + "/payments/new"})
		}
	}
	return out
}
