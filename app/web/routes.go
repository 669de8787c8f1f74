package web

import (
	"github.com/gofiber/fiber/v2"

	"tayang/app/listing"
	"tayang/app/registry"
)

// routes is every page and deed: one line each.
func (w *Web) routes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/a/:agency"+path, w.inAgency(h)) }
	post := func(path string, h handler) { pages.Post("/a/:agency"+path, w.inAgency(h)) }

	get("/home", w.home)

	get("/budgets", w.budgets)
	get("/budgets/new", w.newBudget)
	post("/budgets", w.createBudget)
	get("/budgets/:id", w.budget)
	post("/budgets/:id", w.rewriteBudget)
	get("/budgets/:id/edit", w.editBudget)
	get("/budgets/:id/lock", w.askLock)
	post("/budgets/:id/lock", w.lockBudget)
	get("/budget-lines", w.budgetLines)
	get("/budget-lines/:id", w.budgetLine)
}

// agencies gives every agency that the person has a part in.
func (w *Web) agencies(r *request) ([]registry.Agency, error) {
	page, err := w.services.Agencies.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return nil, err
	}
	var out []registry.Agency
	for _, a := range page.Items {
		if r.Actor.Member(a.ID) {
			out = append(out, a)
		}
	}
	return out, nil
}
