package owner

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

// Store is what owner groups need of storage, inside one transaction. What is not there is a NotFound fault; Save inserts
// what has Version 0, else updates the row of that version.
type Store interface {
	Groups
	Members
	Spending
}

// Groups keeps groups.
type Groups interface {
	OwnerGroup(ctx context.Context, id uuid.UUID) (Group, error)
	OwnerGroups(ctx context.Context, q listing.Query) (listing.Page[Group], error)
	SaveOwnerGroup(ctx context.Context, g Group) error
}

// Members keeps who belongs to groups.
type Members interface {
	OwnerGroupMember(ctx context.Context, id uuid.UUID) (Member, error)
	OwnerGroupMembers(ctx context.Context, q listing.Query) (listing.Page[Member], error)
	SaveOwnerGroupMember(ctx context.Context, m Member) error
}

// Spending is whom an agency's money reached.
type Spending interface {
	registry.Agencies
	Portions(ctx context.Context, agency uuid.UUID, fiscalYear int) ([]Portion, error)
}
