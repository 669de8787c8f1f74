package api

import (
	"tayang/app/listing"
	"tayang/app/portal"
)

// revocation is why a link is taken back.
type revocation struct {
	Reason string `json:"reason"`
}

func (a *API) mountVendorLinks() {
	const tag, path, sent = "Vendor links", "/agencies/{agency}/vendor-links", "/agencies/{agency}/vendor-submissions"
	create(a, path, tag, "Give a vendor a link; its address is answered once", func(c call, body portal.LinkForm) (portal.Issued, error) {
		return a.VendorLinks.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List the links of vendors", func(c call, q listing.Query) (listing.Page[portal.Link], error) {
		return a.VendorLinks.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A link, without its address", func(c call) (portal.Link, error) {
		return a.VendorLinks.Get(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/revoke", tag, "Take a link back", func(c call, body revocation) (portal.Link, error) {
		return a.VendorLinks.Revoke(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	list(a, sent, tag, "List what vendors sent through links", func(c call, q listing.Query) (listing.Page[portal.Submission], error) {
		return a.VendorSubmissions.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, sent+"/{id}", tag, "What a vendor sent", func(c call) (portal.Submission, error) {
		return a.VendorSubmissions.Get(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, sent+"/{id}/accept", tag, "Take in what a vendor sent: an invoice is entered, what a proof proposes is written to its placement",
		func(c call, _ none) (portal.Submission, error) {
			return a.VendorSubmissions.Accept(c.ctx, c.actor, c.agency, c.id, c.expected)
		})
	act(a, sent+"/{id}/return", tag, "Return what a vendor sent, with a remark that he reads", func(c call, body revocation) (portal.Submission, error) {
		return a.VendorSubmissions.Return(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
}
