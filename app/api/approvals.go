package api

import (
	"tayang/app/approval"
	"tayang/app/listing"
	"tayang/app/period"
)

// ending is the body that ends a row.
type ending struct {
	ValidTo period.Date `json:"valid_to" doc:"the last day"`
	Reason  string      `json:"reason"`
}

func (a *API) mountApprovals() {
	const tag, path = "Approval matrix", "/approval-rules"
	create(a, path, tag, "Say who approves agreements of a kind and amount, in which order, from a day on", func(c call, body approval.Form) (approval.Rule, error) {
		return a.Approvals.Set(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List the rows of the approval matrix; an amount without a row is approved by the ppk alone", func(c call, q listing.Query) (listing.Page[approval.Rule], error) {
		return a.Approvals.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A row", func(c call) (approval.Rule, error) { return a.Approvals.Rule(c.ctx, c.actor, c.id) })
	act(a, path+"/{id}/end", tag, "Give a row its last day, with a reason", func(c call, body ending) (approval.Rule, error) {
		return a.Approvals.End(c.ctx, c.actor, c.id, approval.EndCommand{Expected: c.expected, ValidTo: body.ValidTo, Reason: body.Reason})
	})
	act(a, path+"/{id}/void", tag, "Void a row that was entered wrongly, with a reason", func(c call, body remark) (approval.Rule, error) {
		return a.Approvals.Void(c.ctx, c.actor, c.id, approval.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
}
