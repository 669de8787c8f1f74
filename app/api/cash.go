package api

import (
	"tayang/app/cash"
	"tayang/app/listing"
)

func (a *API) mountCash() {
	const tag, path = "Cash plans", "/agencies/{agency}/cash-plans"
	create(a, path, tag, "Enter a cash plan (anggaran kas, SPD)", func(c call, body cash.Command) (cash.Plan, error) {
		return a.Cash.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List cash plans", func(c call, q listing.Query) (listing.Page[cash.Plan], error) {
		return a.Cash.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A cash plan with its lines", func(c call) (cash.Plan, error) {
		return a.Cash.Get(c.ctx, c.actor, c.agency, c.id)
	})
	patch(a, path+"/{id}", tag, "Change a draft", func(c call, change func(cash.Command) (cash.Command, error)) (cash.Plan, error) {
		return a.Cash.Rewrite(c.ctx, c.actor, c.agency, c.id, c.expected, change)
	})
	act(a, path+"/{id}/lock", tag, "Put a cash plan in force; not by its author", func(c call, _ none) (cash.Plan, error) {
		return a.Cash.Lock(c.ctx, c.actor, c.agency, c.id, c.expected)
	})
	get(a, "/agencies/{agency}/budget-lines/{id}/cash", tag, "The months of a budget line: planned and realised", func(c call) (cash.Outlook, error) {
		return a.Cash.Outlook(c.ctx, c.actor, c.agency, c.id)
	})
}
