package api

import (
	"tayang/app/listing"
	"tayang/app/payment"
)

func (a *API) mountInvoices() {
	const tag, path = "Invoices", "/agencies/{agency}/invoices"
	a.mountVendorPapers()
	create(a, path, tag, "Record a vendor's invoice over accepted placements", func(c call, body payment.Bill) (payment.Invoice, error) {
		return a.Invoices.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List invoices", func(c call, q listing.Query) (listing.Page[payment.Invoice], error) {
		return a.Invoices.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "An invoice with its placements", func(c call) (payment.Invoice, error) {
		return a.Invoices.Get(c.ctx, c.actor, c.agency, c.id)
	})
	patch(a, path+"/{id}", tag, "Put the vendor's papers to an open invoice", func(c call, change func(payment.Papers) (payment.Papers, error)) (payment.Invoice, error) {
		return a.Invoices.Put(c.ctx, c.actor, c.agency, c.id, c.expected, change)
	})
}
