package registry

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/period"
)

// AgencyStore is what agencies need of storage, inside one transaction. What is not there is a NotFound fault; Save
// inserts what has Version 0, else updates the row of that version.
type AgencyStore interface {
	Agencies
	Agencies(ctx context.Context, q listing.Query) (listing.Page[Agency], error)
	// AgencyInUse reports whether the agency has a budget; none begins until the transaction has ended.
	AgencyInUse(ctx context.Context, id uuid.UUID) (bool, error)
	SaveAgency(ctx context.Context, a Agency) error
}

// VendorStore is what vendors need of storage; see AgencyStore.
type VendorStore interface {
	Now() time.Time
	Vendor(ctx context.Context, id uuid.UUID) (Vendor, error)
	Vendors(ctx context.Context, q listing.Query, byNumber bool) (listing.Page[Vendor], error)
	SaveVendor(ctx context.Context, v Vendor) error
	AddVendorDocument(ctx context.Context, d Document) error
	VendorDocuments(ctx context.Context, vendor uuid.UUID, q listing.Query) (listing.Page[Document], error)
	AddVendorCheck(ctx context.Context, c Check) error
	VendorChecks(ctx context.Context, vendor uuid.UUID, q listing.Query) (listing.Page[Check], error)
}

// OutletStore is what outlets need of storage; see AgencyStore.
type OutletStore interface {
	Outlet(ctx context.Context, id uuid.UUID) (Outlet, error)
	Outlets(ctx context.Context, q listing.Query) (listing.Page[Outlet], error)
	SaveOutlet(ctx context.Context, o Outlet) error
	AddPressCheck(ctx context.Context, c PressCheck) error
	// PressChecks lists the looks at an outlet's standing with the Press Council, newest day first.
	PressChecks(ctx context.Context, outlet uuid.UUID, q listing.Query) (listing.Page[PressCheck], error)
	// Today is the day on the office's calendar.
	Today(ctx context.Context) (period.Date, error)
	Now() time.Time
}

// SocialStore is what social accounts need of storage; see AgencyStore.
type SocialStore interface {
	Now() time.Time
	SocialAccount(ctx context.Context, id uuid.UUID) (SocialAccount, error)
	SocialAccounts(ctx context.Context, q listing.Query) (listing.Page[SocialAccount], error)
	SaveSocialAccount(ctx context.Context, a SocialAccount) error
	AddSnapshot(ctx context.Context, s Snapshot) error
	Snapshots(ctx context.Context, account uuid.UUID, q listing.Query) (listing.Page[Snapshot], error)
	CreatorStore
}

// CreatorStore is what the papers of the person behind a social account need of storage; see AgencyStore.
type CreatorStore interface {
	AddOwnership(ctx context.Context, o Ownership) error
	Ownership(ctx context.Context, account, id uuid.UUID) (Ownership, error)
	Ownerships(ctx context.Context, account uuid.UUID, q listing.Query) (listing.Page[Ownership], error)
	// DecideOwnership saves the verdict, unless the proof changed since it was read.
	DecideOwnership(ctx context.Context, o Ownership) error
	AddStatement(ctx context.Context, s Statement) error
	Statements(ctx context.Context, account uuid.UUID, q listing.Query) (listing.Page[Statement], error)
}

// TierStore is what the tiers of the local rules need of storage; see AgencyStore.
type TierStore interface {
	Tier(ctx context.Context, id uuid.UUID) (Tier, error)
	Tiers(ctx context.Context, q listing.Query) (listing.Page[Tier], error)
	SaveTier(ctx context.Context, t Tier) error
	// VoidTier marks a row as entered wrongly, unless it changed since it was read.
	VoidTier(ctx context.Context, t Tier) error
}
