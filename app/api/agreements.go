package api

import (
	"tayang/app/agreement"
	"tayang/app/listing"
)

// remark is the body of the verbs of an agreement.
type remark struct {
	Reason string `json:"reason,omitempty"`
}

// submission is the body of a submission: what is answered to remarks goes with it.
type submission struct {
	Reason  string             `json:"reason,omitempty"`
	Answers []agreement.Answer `json:"answers,omitempty" doc:"to remarks of the last return"`
}

// correction is the body of a return.
type correction struct {
	Remarks []agreement.Correction `json:"remarks,omitempty" doc:"what is to be mended, field by field"`
	Reason  string                 `json:"reason,omitempty"`
}

func (a *API) mountAgreements() {
	const tag, path = "Agreements", "/agencies/{agency}/agreements"
	create(a, path, tag, "Enter an agreement as a draft", func(c call, body agreement.Terms) (agreement.Agreement, error) {
		return a.Agreements.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List agreements; awaiting=ROLE lists those that wait for a role, awaiting=me those on which you may decide", func(c call, q listing.Query) (listing.Page[agreement.Agreement], error) {
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
		agreement.Approve:  "Approve the agreement, or the amendment that waits, at the step that is next: the last step commits the money; not by its author, and each step by another person",
		agreement.Reject:   "Reject the agreement, or the amendment that waits, with a reason: releases the reservation",
		agreement.Withdraw: "Take back to draft, or take the amendment back that waits: releases the reservation",
	} {
		act(a, path+"/{id}/"+string(verb), tag, summary, func(c call, body remark) (agreement.Agreement, error) {
			return a.Agreements.Move(c.ctx, c.actor, c.agency, c.id, agreement.MoveCommand{Verb: verb, Expected: c.expected, Reason: body.Reason})
		})
	}
	a.mountRecipients(path, tag)
	act(a, path+"/{id}/submit", tag, "Submit for approval: reserves the money; a round of approval begins", func(c call, body submission) (agreement.Agreement, error) {
		return a.Agreements.Move(c.ctx, c.actor, c.agency, c.id, agreement.MoveCommand{Verb: agreement.Submit, Expected: c.expected, Reason: body.Reason, Answers: body.Answers})
	})
	act(a, path+"/{id}/return", tag, "Return for correction, with remarks beside the fields: releases the reservation; the status is rejected", func(c call, body correction) (agreement.Agreement, error) {
		return a.Agreements.Move(c.ctx, c.actor, c.agency, c.id, agreement.MoveCommand{Verb: agreement.Return, Expected: c.expected, Reason: body.Reason, Remarks: body.Remarks})
	})
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
