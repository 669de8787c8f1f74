package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/handover"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
)

// chain is what follows from an agreement: placements, acceptance reports, invoices, payments. Placements are the
// newest few of Total; In counts all of them by state.
type chain struct {
	Placements  []placement.Placement
	In          map[placement.Status]int64
	Acceptances []placement.Acceptance
	Invoices    []payment.Invoice
	Payments    []payment.Payment
	Total       int64
	Fulfilment  placement.Fulfilment
	Recaps      []handover.Recap
	Inspections []handover.Inspection
}

// accepted is the gross of everything that the office has taken over.
func (c chain) accepted() money.Amount {
	return total(c.Acceptances, func(a placement.Acceptance) money.Amount { return a.Gross })
}

// owing are the states in which a placement waits for somebody.
func owing() []placement.Status {
	return []placement.Status{placement.Planned, placement.Rejected, placement.Published, placement.Verified, placement.Accepted}
}

// placementsShown is how many placements a record shows; the rest is in the list.
const placementsShown = 50

// chain fetches what follows from an agreement: the newest placements, how many wait in which state, and the papers.
func (w *Web) chain(r *request, agreement uuid.UUID) (c chain, err error) {
	of := listing.All().Where("agreement_id", agreement.String())
	newest := of
	newest.Limit, newest.Count, newest.CountMax = placementsShown, true, countMax
	placements, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, newest)
	if err != nil {
		return c, err
	}
	c = chain{Placements: placements.Items, Total: many(placements), In: map[placement.Status]int64{}}
	for _, s := range owing() {
		few := of.Where("status", string(s))
		few.Limit, few.Count, few.CountMax = 1, true, countMax
		page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, few)
		if err != nil {
			return c, err
		}
		c.In[s] = many(page)
	}
	acceptances, err := w.services.Acceptances.List(r.ctx(), r.Actor, r.Agency.Code, of)
	if err != nil {
		return c, err
	}
	c.Acceptances = acceptances.Items
	if c.Invoices, err = w.invoicesOf(r, agreement); err != nil {
		return c, err
	}
	payments, err := w.services.Payments.List(r.ctx(), r.Actor, r.Agency.Code, of)
	if err != nil {
		return c, err
	}
	c.Payments = payments.Items
	return c, w.handedOver(r, agreement, &c)
}

// handedOver fetches what was ordered against what came, and the papers by which it was handed over.
func (w *Web) handedOver(r *request, agreement uuid.UUID, c *chain) (err error) {
	of := listing.All().Where("agreement_id", agreement.String())
	if c.Fulfilment, err = w.services.Placements.Fulfilment(r.ctx(), r.Actor, r.Agency.Code, agreement); err != nil {
		return err
	}
	recaps, err := w.services.Handovers.Recaps(r.ctx(), r.Actor, r.Agency.Code, of)
	if err != nil {
		return err
	}
	inspections, err := w.services.Handovers.Inspections(r.ctx(), r.Actor, r.Agency.Code, of)
	c.Recaps, c.Inspections = recaps.Items, inspections.Items
	return err
}

func (w *Web) invoicesOf(r *request, agreement uuid.UUID) ([]payment.Invoice, error) {
	page, err := w.services.Invoices.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("agreement_id", agreement.String()))
	return page.Items, err
}

// ready fetches the placements of an agreement that are in the state which the next paper asks for, oldest first.
func (w *Web) ready(r *request, agreement uuid.UUID, s placement.Status) ([]placement.Placement, error) {
	q := listing.Query{Limit: listing.LimitMax, Sort: []listing.Key{{Field: "published_on"}}}.
		Where("agreement_id", agreement.String()).Where("status", string(s))
	page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	return page.Items, err
}

func (in reader) chainParts(a agreement.Agreement, c chain) []part {
	placements := in.placementRows(c.Placements)
	acceptances, invoices, payments := in.acceptanceRows(c.Acceptances), in.invoiceRows(c.Invoices), in.paymentRows(c.Payments)
	note := ""
	if shown := int64(len(c.Placements)); c.Total > shown {
		note = in.T("chain.more", "shown", shown, "n", c.Total)
	}
	all := []action{{Label: in.T("chain.all"), Icon: "list-check", Href: in.path("placements") + "?agreement_id=" + a.ID.String()}}
	recaps, inspections := in.recapRows(c.Recaps), in.inspectionRows(c.Inspections)
	return append(in.fulfilmentPart(c.Fulfilment), []part{
		{ID: "placements", Title: in.T("nav.placements"), Note: note, Actions: all, Table: &placements},
		{ID: "recaps", Title: in.T("recap.title"), Actions: in.draws(a, "recap", "recaps"), Table: &recaps},
		{ID: "acceptances", Title: in.T("acceptance.title"), Table: &acceptances},
		{ID: "inspections", Title: in.T("inspection.title"), Actions: in.draws(a, "inspection", "inspections"), Table: &inspections},
		{ID: "invoices", Title: in.T("invoice.title"), Table: &invoices},
		{ID: "payments", Title: in.T("nav.payments"), Table: &payments},
	}...)
}

// draws offers to draw a paper up, to who may.
func (in reader) draws(a agreement.Agreement, key, path string) []action {
	if !in.can(access.AcceptanceWrite) || a.Status != agreement.Active && a.Status != agreement.Completed && a.Status != agreement.Terminated {
		return nil
	}
	return []action{{Label: in.T(key + ".enter"), Icon: "plus", Href: in.path("agreements", a.ID.String(), path, "new")}}
}

// chainMissing names the steps between publication and payment that somebody owes.
func (in reader) chainMissing(a agreement.Agreement, c chain) (out []link) {
	here := in.path("agreements", a.ID.String())
	list := func(status string) string {
		return in.path("placements") + "?agreement_id=" + a.ID.String() + "&status=" + status
	}
	add := func(key string, n int64, href string) {
		if n > 0 {
			out = append(out, link{in.T(key, "n", n), href})
		}
	}
	add("chain.missing.published", c.In[placement.Planned], list("planned"))
	add("chain.missing.proof", c.In[placement.Rejected], list("rejected"))
	add("chain.missing.verified", c.In[placement.Published], list("published"))
	add("chain.missing.accepted", c.In[placement.Verified], in.mends(access.AcceptanceWrite, here+"/acceptances/new"))
	add("chain.missing.invoiced", c.In[placement.Accepted], in.mends(access.InvoiceWrite, here+"/invoices/new"))
	for _, i := range c.Invoices {
		if i.File == "" {
			out = append(out, link{in.T("chain.missing.file", "number", i.Number), in.path("invoices", i.ID.String())})
		} else if i.Status == payment.Open {
			out = append(out, link{in.T("chain.missing.paid", "number", i.Number), in.mends(access.PaymentRequest, here+"/payments/new")})
		}
	}
	return out
}
