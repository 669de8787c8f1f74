package api

import (
	"tayang/app/agreement"
	"tayang/app/listing"
)

// remark is the body of the verbs of an agreement.
type remark struct {
	Reason string `json:"reason,omitempty"`
}

func (a *API) mountAgreements() {
	const tag, path = "Agreements", "/agencies/{agency}/agreements"
	create(a, path, tag, "Enter an agreement as a draft", func(c call, body agreement.Terms) (agreement.Agreement, error) {
		return a.Agreements.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List agreements", func(c call, q listing.Query) (listing.Page[agreement.Agreement], error) {
		return a.Agreements.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "An agreement with its deliverables and amendments", func(c call) (agreement.Agreement, error) {
		return a.Agreements.Get(c.ctx, c.actor, c.agency, c.id)
	})
	patch(a, path+"/{id}", tag, "Change a draft or a rejected agreement", func(c call, change func(agreement.Terms) (agreement.Terms, error)) (agreement.Agreement, error) {
		return a.Agreements.Rewrite(c.ctx, c.actor, c.agency, c.id, c.expected, change)
	})
	get(a, path+"/{id}/assessment", tag, "What is known of an agreement: each rule that it does not meet; as it was once it is in force", func(c call) (agreement.Assessment, error) {
		return a.Agreements.Assessment(c.ctx, c.actor, c.agency, c.id)
	})
	a.mountLives()
	for verb, summary := range map[agreement.Verb]string{
		agreement.Submit: "Submit for approval: reserves the money", agreement.Approve: "Approve the agreement, or the amendment that waits: commits the money; not by its author",
		agreement.Reject:   "Reject the agreement, or the amendment that waits, with a reason: releases the reservation",
		agreement.Withdraw: "Take back to draft, or take the amendment back that waits: releases the reservation",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body remark) (agreement.Agreement, error) {
			return a.Agreements.Move(c.ctx, c.actor, c.agency, c.id, agreement.MoveCommand{Verb: verb, Expected: c.expected, Reason: body.Reason})
		})
	}
	a.mountRecipients(path, tag)
	act(a, path+"/{id}/amend", tag, "Propose an amendment of an agreement in force: reserves what it adds", func(c call, body agreement.Proposal) (agreement.Agreement, error) {
		return a.Agreements.Amend(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
}

// mountRecipients registers whom an agreement with an agency pays, and what they confirm.
func (a *API) mountRecipients(path, tag string) {
	get(a, path+"/{id}/recipients", tag, "Whom the money reaches through the agency, and what each has confirmed", func(c call) (agreement.LookThrough, error) {
		found, err := a.Agreements.Get(c.ctx, c.actor, c.agency, c.id)
		return found.LookThrough, err
	})
	const papers = "/{id}/recipients/{sub}/confirmations"
	create(a, path+papers, tag, "Put a recipient's own confirmation of his fee into the file", func(c call, body agreement.ConfirmationForm) (agreement.Confirmation, error) {
		return a.Confirmations.Add(c.ctx, c.actor, c.agency, c.id, c.sub, body)
	})
	list(a, path+papers, tag, "List a recipient's confirmations, latest first", func(c call, q listing.Query) (listing.Page[agreement.Confirmation], error) {
		return a.Confirmations.List(c.ctx, c.actor, c.agency, c.id, c.sub, q)
	})
}
