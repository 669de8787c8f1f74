package web

import (
	"context"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/completeness"
	"tayang/app/listing"
	"tayang/app/paper"
)

// Completeness is what the pages of files of agreements and payments need.
type Completeness interface {
	Of(ctx context.Context, actor access.Actor, agency string, d completeness.Document, id uuid.UUID) (completeness.Checklist, error)
	Missing(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[completeness.Owed], error)
	Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, in completeness.Sent) (completeness.Paper, error)
	Void(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID, cmd paper.VoidCommand) (completeness.Paper, error)
	Paper(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID) (completeness.Paper, error)
	Stream(ctx context.Context, actor access.Actor, agency string, d completeness.Document, id uuid.UUID) (string, io.ReadCloser, error)
}
