// Package registry keeps what a government's agencies share: the agencies themselves, vendors, outlets and social
// accounts with their follower snapshots. Money and agreements do not belong here.
package registry

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/money"
)

// Scheme is the budget scheme of an agency, with its own code patterns (domain.md §3).
type Scheme string

// The schemes.
const (
	APBD  Scheme = "apbd"  // regional budget
	APBN  Scheme = "apbn"  // national budget
	Other Scheme = "other" // another country's or body's; no Indonesian tax applies
)

// Agency is a spending unit (SKPD). Its currency is that of all its amounts.
type Agency struct {
	ID       uuid.UUID      `json:"id" db:"id"`
	Code     string         `json:"code" db:"code"`
	Name     string         `json:"name" db:"name"`
	Scheme   Scheme         `json:"scheme" db:"scheme"`
	Currency money.Currency `json:"currency" db:"currency"`
	Version  int64          `json:"version" db:"version"`
}

// Agencies finds the agency that a request names; NotFound when there is none in the government.
type Agencies interface {
	AgencyByCode(ctx context.Context, code string) (Agency, error)
}
