package web

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/registry"
)

// Papers is what the pages of an agreement's file need.
type Papers interface {
	Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, f agreement.PaperForm) (agreement.Paper, error)
	Void(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID, cmd paper.VoidCommand) (agreement.Paper, error)
	Paper(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID) (agreement.Paper, error)
	Dossier(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (agreement.Dossier, error)
}

// Requirements is what the page of required papers needs.
type Requirements interface {
	Add(ctx context.Context, actor access.Actor, f paper.RequirementForm) (paper.Requirement, error)
	Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd paper.VoidCommand) (paper.Requirement, error)
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[paper.Requirement], error)
	Requirement(ctx context.Context, actor access.Actor, id uuid.UUID) (paper.Requirement, error)
}

// Cooperation is what the pages of cooperating media need.
type Cooperation interface {
	Create(ctx context.Context, actor access.Actor, f registry.CooperationForm) (registry.CooperationList, error)
	Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd registry.Removal) (registry.CooperationList, error)
	Add(ctx context.Context, actor access.Actor, id uuid.UUID, m registry.CooperationMember) (registry.CooperationList, error)
	Remove(ctx context.Context, actor access.Actor, id, entry uuid.UUID, cmd registry.Removal) (registry.CooperationList, error)
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.CooperationList], error)
	Get(ctx context.Context, actor access.Actor, id uuid.UUID) (registry.CooperationList, error)
}
