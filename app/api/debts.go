package api

import (
	"tayang/app/debt"
	"tayang/app/listing"
)

func (a *API) mountDebts() {
	const tag, path = "Year end", "/agencies/{agency}/debt-recognitions"
	list(a, "/agencies/{agency}/open-commitments", tag, "What the agreements of a year still bind: owed, or to be released", func(c call, q listing.Query) (listing.Page[debt.Open], error) {
		return a.Debts.Open(c.ctx, c.actor, c.agency, q)
	})
	create(a, path, tag, "Propose a recognition of debt (pengakuan utang)", func(c call, body debt.Form) (debt.Recognition, error) {
		return a.Debts.Propose(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List recognitions of debt", func(c call, q listing.Query) (listing.Page[debt.Recognition], error) {
		return a.Debts.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A recognition of debt with its lines", func(c call) (debt.Recognition, error) {
		return a.Debts.Get(c.ctx, c.actor, c.agency, c.id)
	})
	for verb, summary := range map[debt.Verb]string{
		debt.Approve: "Carry the debt over: releases it in the old year and commits it in the new; not by its author",
		debt.Refuse:  "Refuse, with a reason; not by its author", debt.Withdraw: "Withdraw the proposal",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body remark) (debt.Recognition, error) {
			return a.Debts.Move(c.ctx, c.actor, c.agency, c.id, debt.MoveCommand{Verb: verb, Expected: c.expected, Reason: body.Reason})
		})
	}
}
