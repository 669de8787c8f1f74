package api

import (
	"tayang/app/listing"
	"tayang/app/override"
)

// verdict is what is said with a decision; to refuse and to revoke it is required.
type verdict struct {
	Remark string `json:"remark,omitempty"`
}

func (a *API) mountOverrides() {
	const tag, path = "Overrides", "/agencies/{agency}/overrides"
	create(a, path, tag, "Ask to depart from a rule, with a reason", func(c call, body override.Ask) (override.Override, error) {
		return a.Overrides.Ask(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List overrides", func(c call, q listing.Query) (listing.Page[override.Override], error) {
		return a.Overrides.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "An override with the documents that passed under it", func(c call) (override.Override, error) {
		return a.Overrides.Get(c.ctx, c.actor, c.agency, c.id)
	})
	for verb, summary := range map[override.Verb]string{
		override.Approve: "Approve: not by who asked, nor by whom it concerns", override.Refuse: "Refuse, with a remark",
		override.Withdraw: "Take back, by who asked", override.Revoke: "Revoke, with a remark: from now on nothing passes under it",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body verdict) (override.Override, error) {
			return a.Overrides.Decide(c.ctx, c.actor, c.agency, c.id, override.DecideCommand{Verb: verb, Expected: c.expected, Remark: body.Remark})
		})
	}
	list(a, "/agencies/{agency}/override-uses", tag, "List what passed under overrides, oldest first", func(c call, q listing.Query) (listing.Page[override.Use], error) {
		return a.Overrides.Uses(c.ctx, c.actor, c.agency, q)
	})
}
