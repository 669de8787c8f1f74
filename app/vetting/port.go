package vetting

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

// Rows keeps one kind of row, inside one transaction. What is not there is a NotFound fault.
type Rows[R any] interface {
	Find(ctx context.Context, id uuid.UUID) (R, error)
	List(ctx context.Context, q listing.Query) (listing.Page[R], error)
	Add(ctx context.Context, r R) error
	// Void marks a row as entered wrongly, unless it changed since it was read.
	Void(ctx context.Context, r Row) error
}

// Store is what vetting needs of storage, inside one transaction.
type Store interface {
	Books
	Subjects
	Now() time.Time
	// VerifyResult saves by whom a result was verified, unless it changed since it was read.
	VerifyResult(ctx context.Context, r Result) error
	// LiftBlacklisting saves the end of a blacklisting, unless it changed since it was read.
	LiftBlacklisting(ctx context.Context, b Blacklisting) error
}

// Books are the kinds of rows.
type Books interface {
	Requirements() Rows[Requirement]
	Grades() Rows[Grade]
	ProductRules() Rows[ProductRule]
	Results() Rows[Result]
	Journalists() Rows[Journalist]
	Blacklist() Rows[Blacklisting]
}

// Subjects is who and what is vetted.
type Subjects interface {
	Vendor(ctx context.Context, id uuid.UUID) (registry.Vendor, error)
	Outlet(ctx context.Context, id uuid.UUID) (registry.Outlet, error)
	SocialAccount(ctx context.Context, id uuid.UUID) (registry.SocialAccount, error)
	// Known looks up everything that counts for some vendors in a fiscal year.
	Known(ctx context.Context, year int, vendors ...uuid.UUID) (Known, error)
	// Compared gives every vendor of the government with what he is compared by.
	Compared(ctx context.Context) ([]registry.Vendor, error)
	// Today is the day on the office's calendar.
	Today(ctx context.Context) (period.Date, error)
}
