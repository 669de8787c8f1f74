package api

import (
	"tayang/app/handover"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/placement"
)

// reasonBody is the body of what is taken back.
type voidBody struct {
	Reason string `json:"reason"`
}

// itemBody is the body of an invoice's lines.
type itemBody struct {
	Lines []payment.BillLine `json:"lines"`
}

func (a *API) mountHandovers() {
	a.mountRecaps()
	a.mountInspections()
	get(a, "/agencies/{agency}/agreements/{id}/fulfilment", "Agreements", "What was ordered against what was evidenced, taken over and paid, deliverable by deliverable", func(c call) (placement.Fulfilment, error) {
		return a.Placements.Fulfilment(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, "/agencies/{agency}/acceptances/{id}/sign", "Acceptances", "Put signers and the signed paper to an acceptance report, until it is inspected", func(c call, body placement.Signing) (placement.Acceptance, error) {
		return a.Acceptances.Sign(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	act(a, "/agencies/{agency}/invoices/{id}/lines", "Invoices", "Itemise an open invoice that has no lines yet, as its vendor wrote it", func(c call, body itemBody) (payment.Invoice, error) {
		return a.Invoices.Detail(c.ctx, c.actor, c.agency, c.id, c.expected, body.Lines)
	})
	get(a, "/agencies/{agency}/invoices/{id}/match", "Invoices", "An invoice held against what was ordered, evidenced and taken over, line by line", func(c call) (payment.Match, error) {
		return a.Invoices.Match(c.ctx, c.actor, c.agency, c.id)
	})
}

func (a *API) mountRecaps() {
	const tag, path = "Recaps", "/agencies/{agency}/recaps"
	create(a, path, tag, "Draw up a recap of what was verified of an agreement and published in a period", func(c call, body handover.RecapForm) (handover.Recap, error) {
		return a.Handovers.DrawUp(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List recaps", func(c call, q listing.Query) (listing.Page[handover.Recap], error) {
		return a.Handovers.Recaps(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A recap with its lines", func(c call) (handover.Recap, error) {
		return a.Handovers.Recap(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/sign", tag, "Put both signers and the signed paper to a recap, once", func(c call, body placement.Signing) (handover.Recap, error) {
		return a.Handovers.SignRecap(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	act(a, path+"/{id}/void", tag, "Take a recap back, with a reason", func(c call, body voidBody) (handover.Recap, error) {
		return a.Handovers.VoidRecap(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
}

func (a *API) mountInspections() {
	const tag, path = "Inspections", "/agencies/{agency}/inspections"
	create(a, path, tag, "Draw up an inspection report (BAP) over acceptance reports", func(c call, body handover.InspectionForm) (handover.Inspection, error) {
		return a.Handovers.Inspect(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List inspection reports", func(c call, q listing.Query) (listing.Page[handover.Inspection], error) {
		return a.Handovers.Inspections(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "An inspection report with its acceptance reports", func(c call) (handover.Inspection, error) {
		return a.Handovers.Inspection(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/sign", tag, "Put both signers and the signed paper to an inspection report, once", func(c call, body placement.Signing) (handover.Inspection, error) {
		return a.Handovers.SignInspection(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	act(a, path+"/{id}/void", tag, "Take an inspection report back until something of it is paid, with a reason", func(c call, body voidBody) (handover.Inspection, error) {
		return a.Handovers.VoidInspection(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
}
