package api

import (
	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/rule"
)

func (a *API) mountRules() {
	const tag, path = "Rules", "/rules"
	create(a, path, tag, "Set a rule from a day on, for the government or one agency", func(c call, body rule.Form) (rule.Rule, error) {
		return a.Rules.Set(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List the rows that were set; what the program knows by itself is under rule-standing", func(c call, q listing.Query) (listing.Page[rule.Rule], error) {
		return a.Rules.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A row", func(c call) (rule.Rule, error) { return a.Rules.Rule(c.ctx, c.actor, c.id) })
	act(a, path+"/{id}/void", tag, "Void a row that was entered wrongly, with a reason", func(c call, body remark) (rule.Rule, error) {
		return a.Rules.Void(c.ctx, c.actor, c.id, rule.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	get(a, "/rule-standing", tag, "Every rule as it stands today for the whole government", func(c call) (standing, error) {
		items, err := a.Rules.Standing(c.ctx, c.actor, uuid.Nil)
		return standing{items}, err
	})
}

// standing is every rule as it stands today.
type standing struct {
	Items []rule.Setting `json:"items"`
}
