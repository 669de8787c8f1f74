package api

import (
	"tayang/app/agreement"
)

// finalTerms is the body of the verbs that end an agreement.
type finalTerms struct {
	Reason       string            `json:"reason,omitempty"`
	FinalAccount agreement.Account `json:"final_account,omitempty" required:"false"`
}

func (a *API) mountLives() {
	const tag, path = "Agreements", "/agencies/{agency}/agreements"
	for verb, summary := range map[agreement.Verb]string{
		agreement.Close: "Close: releases the rest and draws up the final account", agreement.Terminate: "Break off, with a reason: releases what is not owed and draws up the final account",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body finalTerms) (agreement.Agreement, error) {
			return a.Agreements.Move(c.ctx, c.actor, c.agency, c.id, agreement.MoveCommand{Verb: verb, Expected: c.expected, Reason: body.Reason, Account: body.FinalAccount})
		})
	}
	for verb, summary := range map[agreement.Verb]string{
		agreement.Suspend: "Suspend, with a reason: nothing is planned, published or accepted for the days from then on", agreement.Resume: "End the suspension: from that day on work goes on",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body agreement.Pause) (agreement.Agreement, error) {
			return a.Agreements.Pause(c.ctx, c.actor, c.agency, c.id, c.expected, verb, body)
		})
	}
	get(a, path+"/{id}/final-account", tag, "What became of an agreement that ended: ordered, evidenced, accepted, paid, owed and released, line by line", func(c call) (agreement.FinalAccount, error) {
		return a.Agreements.FinalAccount(c.ctx, c.actor, c.agency, c.id)
	})
	get(a, "/agencies/{agency}/reminders", tag, "What the caller should look at, oldest first", func(c call) (agreement.ReminderList, error) {
		return a.Agreements.Reminders(c.ctx, c.actor, c.agency)
	})
}
