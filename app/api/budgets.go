package api

import (
	"tayang/app/budget"
	"tayang/app/listing"
)

func (a *API) mountBudgets() {
	const tag, versions, lines = "Budgets", "/agencies/{agency}/budget-versions", "/agencies/{agency}/budget-lines"
	create(a, versions, tag, "Enter a budget document", func(c call, body budget.CreateCommand) (budget.Version, error) {
		return a.Budgets.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, versions, tag, "List budget documents", func(c call, q listing.Query) (listing.Page[budget.Version], error) {
		return a.Budgets.Versions(c.ctx, c.actor, c.agency, q)
	})
	get(a, versions+"/{id}", tag, "A budget document with its lines", func(c call) (budget.Version, error) {
		return a.Budgets.Version(c.ctx, c.actor, c.agency, c.id)
	})
	patch(a, versions+"/{id}", tag, "Change a draft", func(c call, change func(budget.CreateCommand) (budget.CreateCommand, error)) (budget.Version, error) {
		return a.Budgets.Rewrite(c.ctx, c.actor, c.agency, c.id, c.expected, change)
	})
	act(a, versions+"/{id}/lock", tag, "Put a budget document in force", func(c call, _ none) (budget.Version, error) {
		return a.Budgets.Lock(c.ctx, c.actor, c.agency, c.id, c.expected)
	})
	list(a, lines, tag, "List budget lines in force", func(c call, q listing.Query) (listing.Page[budget.Line], error) {
		return a.Budgets.Lines(c.ctx, c.actor, c.agency, q)
	})
	get(a, lines+"/{id}", tag, "A budget line with its accounts", func(c call) (budget.Line, error) {
		return a.Budgets.Line(c.ctx, c.actor, c.agency, c.id)
	})
	list(a, lines+"/{id}/entries", tag, "The ledger of a budget line", func(c call, q listing.Query) (listing.Page[budget.Entry], error) {
		return a.Budgets.LineEntries(c.ctx, c.actor, c.agency, c.id, q)
	})
	list(a, "/agencies/{agency}/ledger", tag, "The ledger, oldest first", func(c call, q listing.Query) (listing.Page[budget.Entry], error) {
		return a.Budgets.Entries(c.ctx, c.actor, c.agency, q)
	})
}
