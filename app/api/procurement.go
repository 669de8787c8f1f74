package api

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/registry"
)

// mountProcurement registers the papers of agreements, what a file must hold, and the lists of cooperating media.
func (a *API) mountProcurement() {
	a.mountPapers()
	a.mountRequirements()
	a.mountCooperation()
}

func (a *API) mountPapers() {
	const tag, path = "Agreements", "/agencies/{agency}/agreements/{id}"
	create(a, path+"/papers", tag, "Put a paper into the file of an agreement", func(c call, body agreement.PaperForm) (agreement.Paper, error) {
		return a.Papers.Add(c.ctx, c.actor, c.agency, c.id, body)
	})
	list(a, path+"/papers", tag, "List the papers in the file of an agreement, voided ones too", func(c call, q listing.Query) (listing.Page[agreement.Paper], error) {
		return a.Papers.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, path+"/papers/{sub}", tag, "A paper in the file of an agreement", func(c call) (agreement.Paper, error) {
		return a.Papers.Paper(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	act(a, path+"/papers/{sub}/void", tag, "Take a paper out of the file, with a reason", func(c call, body remark) (agreement.Paper, error) {
		return a.Papers.Void(c.ctx, c.actor, c.agency, c.id, c.sub, paper.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	get(a, path+"/checklist", tag, "The checklist of an agreement's file: what is there and what is owed", func(c call) (agreement.Dossier, error) {
		return a.Papers.Dossier(c.ctx, c.actor, c.agency, c.id)
	})
}

func (a *API) mountRequirements() {
	const tag, path = "Paper requirements", "/paper-requirements"
	create(a, path, tag, "Say which paper the file of an agreement must hold, from a day on; for administrators", func(c call, body paper.RequirementForm) (paper.Requirement, error) {
		return a.Requirements.Add(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List the government's rows of the checklist, past and voided ones too", func(c call, q listing.Query) (listing.Page[paper.Requirement], error) {
		return a.Requirements.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A row of the checklist", func(c call) (paper.Requirement, error) {
		return a.Requirements.Requirement(c.ctx, c.actor, c.id)
	})
	act(a, path+"/{id}/void", tag, "Void a row that was entered wrongly, with a reason", func(c call, body remark) (paper.Requirement, error) {
		return a.Requirements.Void(c.ctx, c.actor, c.id, paper.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	get(a, "/statutory-papers", tag, "The rows of the checklist that the law has, where the government says nothing else", func(c call) (statutoryPapers, error) {
		return statutoryPapers{paper.Statutory()}, c.actor.Can(access.RegistryRead, uuid.Nil)
	})
}

// statutoryPapers is the checklist of the law.
type statutoryPapers struct {
	Items []paper.Requirement `json:"items"`
}

func (a *API) mountCooperation() {
	const tag, path = "Cooperation lists", "/cooperation-lists"
	create(a, path, tag, "Enter the decree that names the cooperating media of a year", func(c call, body registry.CooperationForm) (registry.CooperationList, error) {
		return a.Cooperation.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List the lists of cooperating media, voided ones too", func(c call, q listing.Query) (listing.Page[registry.CooperationList], error) {
		return a.Cooperation.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A list of cooperating media with its entries", func(c call) (registry.CooperationList, error) {
		return a.Cooperation.Get(c.ctx, c.actor, c.id)
	})
	act(a, path+"/{id}/void", tag, "Void a list that was entered wrongly, with a reason", func(c call, body remark) (registry.CooperationList, error) {
		return a.Cooperation.Void(c.ctx, c.actor, c.id, registry.Removal{Expected: c.expected, Reason: body.Reason})
	})
	create(a, path+"/{id}/entries", tag, "Put an outlet or a social account on a list", func(c call, body registry.CooperationMember) (registry.CooperationList, error) {
		return a.Cooperation.Add(c.ctx, c.actor, c.id, body)
	})
	act(a, path+"/{id}/entries/{sub}/void", tag, "Take a medium off a list, with a reason", func(c call, body remark) (registry.CooperationList, error) {
		return a.Cooperation.Remove(c.ctx, c.actor, c.id, c.sub, registry.Removal{Expected: c.expected, Reason: body.Reason})
	})
}
