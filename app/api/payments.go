package api

import (
	"tayang/app/listing"
	"tayang/app/payment"
)

// orderBody is the body of authorise.
type orderBody struct {
	SPM payment.Paper `json:"spm"`
}

// disbursementBody is the body of settle.
type disbursementBody struct {
	SP2D payment.Paper `json:"sp2d"`
}

func (a *API) mountPayments() {
	const tag, path = "Payments", "/agencies/{agency}/payments"
	create(a, path, tag, "Request the payment of invoices (SPP)", func(c call, body payment.Request) (payment.Payment, error) {
		return a.Payments.Request(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List payments", func(c call, q listing.Query) (listing.Page[payment.Payment], error) {
		return a.Payments.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A payment with its taxes", func(c call) (payment.Payment, error) {
		return a.Payments.Get(c.ctx, c.actor, c.agency, c.id)
	})
	get(a, path+"/{id}/assessment", tag, "Which rules a payment does not meet; once it is ordered, as it was then", func(c call) (payment.Assessment, error) {
		return a.Payments.Assessment(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/authorise", tag, "Order the payment (SPM); not by its author", func(c call, body orderBody) (payment.Payment, error) {
		return a.Payments.Authorise(c.ctx, c.actor, c.agency, c.id, c.expected, body.SPM)
	})
	act(a, path+"/{id}/settle", tag, "Disburse (SP2D): the realisation", func(c call, body disbursementBody) (payment.Payment, error) {
		return a.Payments.Settle(c.ctx, c.actor, c.agency, c.id, c.expected, body.SP2D)
	})
	act(a, path+"/{id}/reverse", tag, "Withdraw, or note that settled money came back (STS)", func(c call, body payment.Reversal) (payment.Payment, error) {
		return a.Payments.Reverse(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	act(a, path+"/{id}/taxes/{sub}/deposit", tag, "Note that a tax was deposited (NTPN)", func(c call, body payment.Slip) (payment.Payment, error) {
		return a.Payments.Deposit(c.ctx, c.actor, c.agency, c.id, c.expected, c.sub, body)
	})
}
