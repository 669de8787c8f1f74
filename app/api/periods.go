package api

import (
	"tayang/app/closing"
	"tayang/app/listing"
)

func (a *API) mountPeriods() {
	const tag, path = "Periods", "/agencies/{agency}/periods"
	create(a, path, tag, "Ask for a month to be closed", func(c call, body closing.Request) (closing.Period, error) {
		return a.Periods.Ask(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List the months that were asked to be closed", func(c call, q listing.Query) (listing.Page[closing.Period], error) {
		return a.Periods.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A request to close a month", func(c call) (closing.Period, error) {
		return a.Periods.Get(c.ctx, c.actor, c.agency, c.id)
	})
	for verb, summary := range map[closing.Verb]string{
		closing.Approve: "Close the month: it takes no more entries; not by who asked", closing.Refuse: "Refuse, with a reason; not by who asked",
		closing.Withdraw: "Withdraw the request",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body remark) (closing.Period, error) {
			return a.Periods.Move(c.ctx, c.actor, c.agency, c.id, closing.MoveCommand{Verb: verb, Expected: c.expected, Reason: body.Reason})
		})
	}
}
