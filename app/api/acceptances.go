package api

import (
	"tayang/app/listing"
	"tayang/app/placement"
)

func (a *API) mountAcceptances() {
	const tag, path = "Acceptances", "/agencies/{agency}/acceptances"
	create(a, path, tag, "Take verified placements over (BAST)", func(c call, body placement.Report) (placement.Acceptance, error) {
		return a.Acceptances.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List acceptance reports", func(c call, q listing.Query) (listing.Page[placement.Acceptance], error) {
		return a.Acceptances.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "An acceptance report with its placements", func(c call) (placement.Acceptance, error) {
		return a.Acceptances.Get(c.ctx, c.actor, c.agency, c.id)
	})
}
