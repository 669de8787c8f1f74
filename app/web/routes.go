package web

import (
	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/closing"
	"tayang/app/debt"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/app/registry"
)

// routes is every page and deed: one line each.
func (w *Web) routes(pages fiber.Router) {
	w.registryRoutes(pages)
	w.priceRoutes(pages)
	w.ownerRoutes(pages)
	get := func(path string, h handler) { pages.Get("/a/:agency"+path, w.inAgency(h)) }
	post := func(path string, h handler) { pages.Post("/a/:agency"+path, w.inAgency(h)) }

	get("/home", w.home)
	get("/reports", w.reports)
	post("/reports", w.makeReport)
	get("/reports/:id/file", w.reportFile)
	get("/trail", w.trail)

	w.budgetRoutes(get, post)
	w.agreementRoutes(get, post)
	w.placementRoutes(get, post)
	w.airingRoutes(get, post)
	w.insightRoutes(get, post)
	w.paymentRoutes(get, post)
	w.handoverRoutes(get, post)
	w.periodRoutes(get, post)
	w.cashRoutes(get, post)
	w.yearEndRoutes(get, post)
	w.overrideRoutes(get, post)
	w.portalRoutes(get, post)
}

// route adds a page or a deed of an agency.
type route func(path string, h handler)

// may shows a form only to those whose roles in the agency allow what it is for, so that nobody fills it in in vain.
func may(v access.Verb, h handler) handler {
	return func(r *request) (answer, error) {
		if err := r.Actor.Can(v, r.Agency.ID); err != nil {
			return answer{}, err
		}
		return h(r)
	}
}

// mayRegister is may for the government's registry.
func mayRegister(h handler) handler {
	return func(r *request) (answer, error) {
		if err := r.Actor.Can(access.RegistryWrite, registryWide); err != nil {
			return answer{}, err
		}
		return h(r)
	}
}

func (w *Web) registryRoutes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/vendors"+path, w.signedIn(w.inHand(h))) }
	post := func(path string, h handler) { pages.Post("/vendors"+path, w.signedIn(w.inHand(h))) }

	pages.Get("/files/:sha256<len(64)>", w.openFile)
	pages.Get("/health", w.signedIn(w.inHand(w.health)))
	pages.Get(hubPath, w.signedIn(w.inHand(w.hub)))
	w.procurementRoutes(pages)
	pages.Get("/outlets/:id", w.signedIn(w.inHand(w.outlet)))
	w.vettingRoutes(
		func(path string, h handler) { pages.Get(vettingPath+path, w.signedIn(w.inHand(h))) },
		func(path string, h handler) { pages.Post(vettingPath+path, w.signedIn(w.inHand(h))) },
	)
	w.approvalRoutes(pages)
	pages.Get(objectsPath, w.signedIn(w.inHand(w.objects)))
	pages.Get(objectsPath+"/new", w.signedIn(w.inHand(maySetRules(w.newObject))))
	pages.Post(objectsPath, w.signedIn(w.inHand(w.setObject)))
	pages.Get(objectsPath+"/:id/void", w.signedIn(w.inHand(maySetRules(w.askVoidObject))))
	pages.Post(objectsPath+"/:id/void", w.signedIn(w.inHand(w.voidObject)))
	pages.Get("/rules", w.signedIn(w.inHand(w.rules)))
	pages.Get("/rules/new", w.signedIn(w.inHand(maySetRules(w.newRule))))
	pages.Post("/rules", w.signedIn(w.inHand(w.setRule)))
	pages.Get("/rules/:id/void", w.signedIn(w.inHand(maySetRules(w.askVoidRule))))
	pages.Post("/rules/:id/void", w.signedIn(w.inHand(w.voidRule)))
	get("", w.vendors)
	get("/new", w.newVendor)
	post("", w.createVendor)
	get("/:id", w.vendor)
	post("/:id", w.changeVendor)
	get("/:id/edit", mayRegister(w.editVendor))
	get("/:id/papers/new", w.vendorPart(paperForm))
	post("/:id/papers", w.addPaper)
	get("/:id/checks/new", w.vendorPart(checkForm))
	post("/:id/checks", w.addCheck)
	get("/:id/outlets/new", w.vendorPart(newOutletForm))
	post("/:id/outlets", w.createOutlet)
	get("/:id/outlets/:below", mayRegister(w.editOutlet))
	post("/:id/outlets/:below", w.changeOutlet)
	get("/:id/social-accounts/new", w.vendorPart(newSocialForm))
	post("/:id/social-accounts", w.createAccount)
	get("/:id/social-accounts/:below", w.movedAccount)
	w.accountRoutes(pages)
	w.tierRoutes(pages)
}

func (w *Web) accountRoutes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/social-accounts/:id"+path, w.signedIn(w.inHand(h))) }
	post := func(path string, h handler) { pages.Post("/social-accounts/:id"+path, w.signedIn(w.inHand(h))) }
	get("", w.account)
	post("", w.changeAccount)
	get("/edit", mayRegister(w.editAccount))
	post("/snapshots", w.addSnapshot)
	get("/ownership-proofs/new", mayRegister(w.newOwnership))
	post("/ownership-proofs", w.addOwnership)
	get("/ownership-proofs/:below/decide", mayVerifyAccounts(w.askOwnership))
	post("/ownership-proofs/:below/decide", w.judgeOwnership)
	get("/statements/new", mayRegister(w.newStatement))
	post("/statements", w.addStatement)
}

func (w *Web) tierRoutes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/tiers"+path, w.signedIn(w.inHand(h))) }
	post := func(path string, h handler) { pages.Post("/tiers"+path, w.signedIn(w.inHand(h))) }
	get("", w.tiers)
	get("/new", mayRegister(w.newTier))
	post("", w.createTier)
	get("/:id", mayRegister(w.editTier))
	post("/:id", w.changeTier)
	get("/:id/void", mayRegister(w.askVoidTier))
	post("/:id/void", w.voidTier)
}

func (w *Web) priceRoutes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get(pricesPath+path, w.signedIn(w.inHand(h))) }
	post := func(path string, h handler) { pages.Post(pricesPath+path, w.signedIn(w.inHand(h))) }

	get("", w.prices)
	post("", w.createPrice)
	get("/new", mayRegister(w.newPrice))
	get("/import", mayRegister(w.askImport))
	get("/import/preview", mayRegister(w.previewImport))
	post("/import", w.sendImport)
	post("/import/commit", w.commitImport)
	get("/:id", w.price)
	get("/:id/void", mayRegister(w.askVoidPrice))
	post("/:id/void", w.voidPrice)
}

func (w *Web) ownerRoutes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/owner-groups"+path, w.signedIn(w.inHand(h))) }
	post := func(path string, h handler) { pages.Post("/owner-groups"+path, w.signedIn(w.inHand(h))) }

	get("", w.ownerGroups)
	get("/new", mayRegister(w.newOwnerGroup))
	post("", mayRegister(w.createOwnerGroup))
	get("/:id", w.ownerGroup)
	post("/:id", mayRegister(w.changeOwnerGroup))
	get("/:id/edit", mayRegister(w.editOwnerGroup))
	get("/:id/members/new", mayRegister(w.newMember))
	post("/:id/members", mayRegister(w.addOwnerMember))
	get("/:id/members/end", mayRegister(w.askEndMember))
	post("/:id/members/end", mayRegister(w.endMember))
}

func (w *Web) approvalRoutes(pages fiber.Router) {
	pages.Get("/approval-rules", w.signedIn(w.inHand(w.approvals)))
	pages.Get("/approval-rules/new", w.signedIn(w.inHand(maySetRules(w.newApproval))))
	pages.Post("/approval-rules", w.signedIn(w.inHand(w.setApproval)))
	for _, deed := range []string{"end", "void"} {
		pages.Get("/approval-rules/:id/"+deed, w.signedIn(w.inHand(maySetRules(w.askApproval(deed)))))
		pages.Post("/approval-rules/:id/"+deed, w.signedIn(w.inHand(w.changeApproval(deed))))
	}
}

func (w *Web) budgetRoutes(get, post route) {
	get("/budgets", w.budgets)
	get("/budgets/new", w.newBudget)
	post("/budgets", w.createBudget)
	get("/budgets/:id", w.budget)
	post("/budgets/:id", w.rewriteBudget)
	get("/budgets/:id/edit", may(access.BudgetWrite, w.editBudget))
	get("/budgets/:id/lock", may(access.BudgetLock, w.askLock))
	post("/budgets/:id/lock", w.lockBudget)
	get("/budget-lines", w.budgetLines)
	get("/budget-lines/:id", w.budgetLine)
}

func (w *Web) agreementRoutes(get, post route) {
	get("/campaigns", w.campaigns)
	get("/campaigns/new", w.newCampaign)
	post("/campaigns", w.createCampaign)
	get("/campaigns/:id", w.campaign)
	post("/campaigns/:id", w.changeCampaign)
	get("/campaigns/:id/edit", may(access.AgreementWrite, w.editCampaign))
	get("/agreements", w.agreements)
	get("/agreements/new", w.newAgreement)
	post("/agreements", w.createAgreement)
	post("/agreements/preview", w.previewAgreement)
	get("/agreements/:id", w.agreement)
	post("/agreements/:id", w.rewriteAgreement)
	get("/agreements/:id/edit", may(access.AgreementWrite, w.editAgreement))
	for verb, right := range map[agreement.Verb]access.Verb{
		agreement.Submit: access.AgreementWrite, agreement.Withdraw: access.AgreementWrite,
		agreement.Approve: access.AgreementApprove, agreement.Close: access.AgreementEnd, agreement.Terminate: access.AgreementEnd,
	} {
		get("/agreements/:id/"+string(verb), may(right, w.askMove(verb)))
	}
	for _, verb := range []agreement.Verb{agreement.Submit, agreement.Withdraw, agreement.Close, agreement.Terminate} {
		post("/agreements/:id/"+string(verb), w.move(verb))
	}
	post("/agreements/:id/decide", w.move(""))
	get("/agreements/:id/amend", may(access.AgreementWrite, w.askAmend))
	post("/agreements/:id/amend", w.amend)
	get("/agreements/:id/final-account", w.finalAccount)
	for _, verb := range []agreement.Verb{agreement.Suspend, agreement.Resume} {
		get("/agreements/:id/"+string(verb), may(access.AgreementEnd, w.askPause(verb)))
		post("/agreements/:id/"+string(verb), w.pause(verb))
	}
	post("/agreements/:id/confirmations", w.addConfirmation)
	get("/agreements/:id/placements/new", w.newPlacements)
	post("/agreements/:id/placements", w.createPlacements)
	get("/agreements/:id/papers/new", may(access.AgreementWrite, w.newAgreementPaper))
	post("/agreements/:id/papers", w.addAgreementPaper)
	get("/agreements/:id/papers/:below/void", may(access.AgreementWrite, w.askVoidPaper))
	post("/agreements/:id/papers/:below/void", w.voidPaper)
	get("/agreements/:id/acceptances/new", w.askAcceptance)
	post("/agreements/:id/acceptances", w.accept)
	get("/agreements/:id/invoices/new", w.askInvoice)
	post("/agreements/:id/invoices", w.createInvoice)
	get("/agreements/:id/payments/new", w.askRequest)
	post("/agreements/:id/payments", w.requestPayment)
	for _, purpose := range []payment.Purpose{payment.ForAdvance, payment.ForRetention} {
		get("/agreements/:id/"+string(purpose)+"/new", may(access.PaymentRequest, w.askOther(purpose)))
		post("/agreements/:id/"+string(purpose), w.requestOther(purpose))
	}
}

func (w *Web) placementRoutes(get, post route) {
	get("/placements", w.placements)
	get("/placements/:id", w.placement)
	get("/placements/:id/publication", may(access.PlacementWrite, w.askPublication))
	post("/placements/:id/publication", w.recordPublication)
	post("/placements/:id/proofs", w.addProof)
	get("/placements/:id/proofs/:below", w.openProof)
	get("/placements/:id/proofs/:below/thumbnail", w.openThumbnail)
	w.liveRoutes(get, post)
	post("/placements/:id/captures", w.askCapture)
	get("/placements/:id/captures/:below", w.openCapture)
	get("/placements/:id/decide", may(access.PlacementVerify, w.askJudgement))
	post("/placements/:id/decide", w.judge)
	get("/placements/:id/cancel", may(access.PlacementWrite, w.askCancel))
	post("/placements/:id/cancel", w.cancelPlacement)
}

func (w *Web) liveRoutes(get, post route) {
	get("/live-checks", w.liveChecks)
	post("/placements/:id/live-checks", w.askLive)
	get("/placements/:id/live-checks/:below", w.openLive)
	get("/placements/:id/live-checks/:below/state", may(access.PlacementVerify, w.askState))
	post("/placements/:id/live-checks/:below/state", w.stateLive)
	get("/shortfalls", w.shortfalls)
	get("/shortfalls/:id", w.shortfall)
	for verb, right := range map[string]access.Verb{"decide": access.ShortfallDecide, "void": access.ShortfallDecide, "recover": access.ShortfallRecover} {
		get("/shortfalls/:id/"+verb, may(right, w.askShortfall(verb)))
		post("/shortfalls/:id/"+verb, w.moveShortfall(verb))
	}
}

func (w *Web) paymentRoutes(get, post route) {
	get("/invoices/:id", w.invoice)
	post("/invoices/:id/file", w.attachInvoice)
	get("/invoices/:id/papers/new", may(access.InvoiceWrite, w.askVendorPaper))
	post("/invoices/:id/papers", w.addVendorPaper)
	get("/invoices/:id/papers/:below/void", may(access.InvoiceWrite, w.askVoidVendorPaper))
	post("/invoices/:id/papers/:below/void", w.voidVendorPaper)
	get("/payments", w.payments)
	get("/payments/:id", w.payment)
	for verb, right := range map[string]access.Verb{"authorise": access.PaymentAuthorise, "settle": access.PaymentSettle, "reverse": access.PaymentReverse} {
		get("/payments/:id/"+verb, may(right, w.askStep(verb)))
		post("/payments/:id/"+verb, w.step(verb))
	}
	get("/payments/:id/taxes/:below", may(access.TaxDeposit, w.askDeposit))
	post("/payments/:id/taxes/:below", w.depositTax)
	w.taxRoutes(get, post)
}

func (w *Web) taxRoutes(get, post route) {
	get("/taxes", w.taxes)
	get("/payments/:id/taxes/:below/reverse-deposit", may(access.TaxDeposit, w.askReverseDeposit))
	post("/payments/:id/taxes/:below/reverse-deposit", w.reverseDeposit)
	get("/payments/:id/taxes/:below/slip", may(access.TaxDeposit, w.askSlip))
	post("/payments/:id/taxes/:below/slip", w.createSlip)
	get("/withholding-slips", w.slips)
	get("/withholding-slips/:id", w.slip)
	for _, deed := range []string{"give", "void"} {
		get("/withholding-slips/:id/"+deed, may(access.TaxDeposit, w.askSlipDeed(deed)))
		post("/withholding-slips/:id/"+deed, w.doSlipDeed(deed))
	}
	w.correctionRoutes(get, post)
	w.fileRoutes(get, post)
}

func (w *Web) periodRoutes(get, post route) {
	get("/periods", w.periods)
	get("/periods/new", may(access.PeriodRequest, w.newPeriod))
	post("/periods", w.askPeriod)
	get("/periods/:id/decide", may(access.PeriodDecide, w.askPeriodMove(closing.Approve)))
	post("/periods/:id/decide", w.movePeriod(""))
	get("/periods/:id/withdraw", may(access.PeriodRequest, w.askPeriodMove(closing.Withdraw)))
	post("/periods/:id/withdraw", w.movePeriod(closing.Withdraw))
}

func (w *Web) cashRoutes(get, post route) {
	get("/cash-plans", w.cashPlans)
	get("/cash-plans/new", may(access.CashWrite, w.newCashPlan))
	post("/cash-plans", w.createCashPlan)
	get("/cash-plans/:id", w.cashPlan)
	post("/cash-plans/:id", w.rewriteCashPlan)
	get("/cash-plans/:id/edit", may(access.CashWrite, w.editCashPlan))
	get("/cash-plans/:id/lock", may(access.CashLock, w.askCashLock))
	post("/cash-plans/:id/lock", w.lockCashPlan)
}

func (w *Web) yearEndRoutes(get, post route) {
	get("/year-end", w.yearEnd)
	get("/debt-recognitions/new", may(access.DebtWrite, w.newDebt))
	post("/debt-recognitions", w.proposeDebt)
	get("/debt-recognitions/:id", w.debt)
	get("/debt-recognitions/:id/decide", may(access.DebtApprove, w.askDebtMove(debt.Approve)))
	post("/debt-recognitions/:id/decide", w.moveDebt(""))
	get("/debt-recognitions/:id/withdraw", may(access.DebtWrite, w.askDebtMove(debt.Withdraw)))
	post("/debt-recognitions/:id/withdraw", w.moveDebt(debt.Withdraw))
}

func (w *Web) overrideRoutes(get, post route) {
	get("/overrides", w.overrides)
	get("/overrides/new", w.newOverride)
	post("/overrides", w.askOverride)
	get("/overrides/:id", w.override)
	get("/overrides/:id/decide", w.askVerdict(override.Approve))
	post("/overrides/:id/decide", w.decideOverride(""))
	for _, verb := range []override.Verb{override.Withdraw, override.Revoke} {
		get("/overrides/:id/"+string(verb), w.askVerdict(verb))
		post("/overrides/:id/"+string(verb), w.decideOverride(verb))
	}
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
