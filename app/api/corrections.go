package api

import "tayang/app/payment"

// reasonOnly is the body of a deed that needs only a reason.
type reasonOnly struct {
	Reason string `json:"reason"`
}

// mountCorrections mounts what departs from the plain way of money.
func (a *API) mountCorrections() {
	const payments, invoices, agreements = "/agencies/{agency}/payments", "/agencies/{agency}/invoices", "/agencies/{agency}/agreements"
	act(a, payments+"/{id}/hold", "Payments", "Hold a payment: neither ordered nor disbursed until it is released", func(c call, body reasonOnly) (payment.Payment, error) {
		return a.Corrections.Hold(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	act(a, payments+"/{id}/release", "Payments", "Let a held payment go on; not by who holds it", func(c call, body reasonOnly) (payment.Payment, error) {
		return a.Corrections.Release(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	create(a, payments+"/{id}/refunds", "Payments", "Note that part of a settled payment came back (STS): whole placements", func(c call, body payment.Return) (payment.Payment, error) {
		return a.Corrections.Refund(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	create(a, invoices+"/{id}/credit-notes", "Invoices", "Enter the vendor's credit note over placements of an invoice", func(c call, body payment.Note) (payment.Invoice, error) {
		return a.Corrections.Credit(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	act(a, invoices+"/{id}/credit-notes/{sub}/void", "Invoices", "Void a credit note of a paid invoice that was entered wrongly", func(c call, body reasonOnly) (payment.Invoice, error) {
		return a.Corrections.VoidCredit(c.ctx, c.actor, c.agency, c.id, c.sub, body.Reason)
	})
	get(a, agreements+"/{id}/penalties", "Agreements", "What became of the penalties for late delivery", func(c call) (payment.PenaltyAccount, error) {
		return a.Corrections.Penalties(c.ctx, c.actor, c.agency, c.id)
	})
	create(a, agreements+"/{id}/penalty-receipts", "Agreements", "Note that the vendor paid a penalty in (STS)", func(c call, body payment.PenaltyPaid) (payment.PenaltyAccount, error) {
		return a.Corrections.PayPenalty(c.ctx, c.actor, c.agency, c.id, body)
	})
	act(a, agreements+"/{id}/penalty-receipts/{sub}/void", "Agreements", "Void the receipt of a penalty that was entered wrongly", func(c call, body reasonOnly) (payment.PenaltyAccount, error) {
		return a.Corrections.VoidPenalty(c.ctx, c.actor, c.agency, c.id, c.sub, body.Reason)
	})
}
