// Package registry keeps what a government's agencies share: the agencies themselves, vendors, outlets and social
// accounts with their follower snapshots. Money and agreements do not belong here.
package registry

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
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
	Scheme   Scheme         `json:"scheme" db:"scheme" enum:"apbd,apbn,other"`
	Currency money.Currency `json:"currency" db:"currency"`
	Version  int64          `json:"version" db:"version"`
}

// Agencies finds the agency that a request names; NotFound when there is none in the government.
type Agencies interface {
	AgencyByCode(ctx context.Context, code string) (Agency, error)
}

// Allowed finds the agency by code and asks whether the actor may do v there. An agency that the actor has no part
// in is NotFound, like one that does not exist.
func Allowed(ctx context.Context, in Agencies, actor access.Actor, v access.Verb, code string) (Agency, error) {
	ag, err := in.AgencyByCode(ctx, code)
	if err != nil {
		return Agency{}, err
	}
	return ag, actor.Can(v, ag.ID)
}

// Visible finds the agency by code for somebody who may read its affairs; anybody else hears NotFound, except a
// member without that right (an administrator), who hears Forbidden.
func Visible(ctx context.Context, in Agencies, actor access.Actor, code string) (Agency, error) {
	return Allowed(ctx, in, actor, access.Read, code)
}
