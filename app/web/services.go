package web

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Services are the use cases behind the pages.
type Services struct {
	Agencies Agencies
	Budgets  Budgets
}

// Agencies lists the agencies between which a reader may turn.
type Agencies interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.Agency], error)
}

// Budgets is what the pages of budgets need.
type Budgets interface {
	Versions(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[budget.Version], error)
	Version(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (budget.Version, error)
	Create(ctx context.Context, actor access.Actor, agency string, cmd budget.CreateCommand) (budget.Version, error)
	Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(budget.CreateCommand) (budget.CreateCommand, error)) (budget.Version, error)
	Lock(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (budget.Version, error)
	Lines(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[budget.Line], error)
	Line(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (budget.Line, error)
}
