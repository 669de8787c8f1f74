package web

import (
	"github.com/gofiber/fiber/v2"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/registry"
)

// routes is every page and deed: one line each.
func (w *Web) routes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/a/:agency"+path, w.inAgency(h)) }
	post := func(path string, h handler) { pages.Post("/a/:agency"+path, w.inAgency(h)) }

	wide := func(h handler) fiber.Handler { return w.signedIn(w.inHand(h)) }

	get("/home", w.home)

	pages.Get("/files/:sha256<len(64)>", w.openFile)
	pages.Get("/vendors", wide(w.vendors))
	pages.Get("/vendors/new", wide(w.newVendor))
	pages.Post("/vendors", wide(w.createVendor))
	pages.Get("/vendors/:id", wide(w.vendor))
	pages.Post("/vendors/:id", wide(w.changeVendor))
	pages.Get("/vendors/:id/edit", wide(w.editVendor))
	pages.Get("/vendors/:id/papers/new", wide(w.vendorPart(paperForm)))
	pages.Post("/vendors/:id/papers", wide(w.addPaper))
	pages.Get("/vendors/:id/checks/new", wide(w.vendorPart(checkForm)))
	pages.Post("/vendors/:id/checks", wide(w.addCheck))
	pages.Get("/vendors/:id/outlets/new", wide(w.newOutlet))
	pages.Post("/vendors/:id/outlets", wide(w.createOutlet))
	pages.Get("/vendors/:id/outlets/:below", wide(w.editOutlet))
	pages.Post("/vendors/:id/outlets/:below", wide(w.changeOutlet))
	pages.Get("/vendors/:id/social-accounts/new", wide(w.newAccount))
	pages.Post("/vendors/:id/social-accounts", wide(w.createAccount))
	pages.Get("/vendors/:id/social-accounts/:below", wide(w.account))
	pages.Post("/vendors/:id/social-accounts/:below", wide(w.changeAccount))
	pages.Get("/vendors/:id/social-accounts/:below/edit", wide(w.editAccount))
	pages.Post("/vendors/:id/social-accounts/:below/snapshots", wide(w.addSnapshot))

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

	get("/agreements", w.agreements)
	get("/agreements/new", w.newAgreement)
	post("/agreements", w.createAgreement)
	post("/agreements/preview", w.previewAgreement)
	get("/agreements/:id", w.agreement)
	post("/agreements/:id", w.rewriteAgreement)
	get("/agreements/:id/edit", w.editAgreement)
	for _, verb := range []agreement.Verb{agreement.Submit, agreement.Approve, agreement.Withdraw, agreement.Close, agreement.Terminate} {
		get("/agreements/:id/"+string(verb), w.askMove(verb))
	}
	for _, verb := range []agreement.Verb{agreement.Submit, agreement.Withdraw, agreement.Close, agreement.Terminate} {
		post("/agreements/:id/"+string(verb), w.move(verb))
	}
	post("/agreements/:id/decide", w.move(""))

	get("/agreements/:id/placements/new", w.newPlacements)
	post("/agreements/:id/placements", w.createPlacements)
	get("/agreements/:id/acceptances/new", w.askAcceptance)
	post("/agreements/:id/acceptances", w.accept)
	get("/agreements/:id/invoices/new", w.askInvoice)
	post("/agreements/:id/invoices", w.createInvoice)
	get("/agreements/:id/payments/new", w.askRequest)
	post("/agreements/:id/payments", w.requestPayment)

	get("/placements", w.placements)
	get("/placements/:id", w.placement)
	get("/placements/:id/publication", w.askPublication)
	post("/placements/:id/publication", w.recordPublication)
	post("/placements/:id/proofs", w.addProof)
	get("/placements/:id/proofs/:below", w.openProof)
	get("/placements/:id/decide", w.askJudgement)
	post("/placements/:id/decide", w.judge)
	get("/placements/:id/cancel", w.askCancel)
	post("/placements/:id/cancel", w.cancelPlacement)

	get("/invoices/:id", w.invoice)
	post("/invoices/:id/file", w.attachInvoice)

	get("/payments", w.payments)
	get("/payments/:id", w.payment)
	for _, verb := range []string{"authorise", "settle", "reverse"} {
		get("/payments/:id/"+verb, w.askStep(verb))
		post("/payments/:id/"+verb, w.step(verb))
	}
	get("/payments/:id/taxes/:below", w.askDeposit)
	post("/payments/:id/taxes/:below", w.depositTax)

	get("/reports", w.reports)
	post("/reports", w.makeReport)
	get("/reports/:id/file", w.reportFile)
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
