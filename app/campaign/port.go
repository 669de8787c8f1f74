package campaign

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what campaigns need of storage, inside one transaction. What is not there is a NotFound fault; SaveCampaign
// inserts a campaign whose Version is 0, else updates the one of that version.
type Store interface {
	registry.Agencies
	Campaign(ctx context.Context, agency, id uuid.UUID) (Campaign, error)
	Campaigns(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Campaign], error)
	SaveCampaign(ctx context.Context, c Campaign) error
}
