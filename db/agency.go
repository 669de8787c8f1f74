package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

const agencyColumns = `a.id, a.code, a.name, a.scheme, a.currency, a.version`

var agencyList = list{
	columns: agencyColumns,
	from:    `agency a`,
	fields: map[string]field{
		"id": {"a.id", ofUUID}, "code": {"a.code", ofText}, "name": {"a.name", ofText}, "scheme": {"a.scheme", ofText},
		"currency": {"a.currency", ofText},
	},
	search: []string{"a.code", "a.name"},
	id:     field{"a.id", ofUUID},
	sort:   "code",
}

// enterAgency reads an agency and says in the same round trip that the rest of the transaction is about it: the trail
// files the changes of rows that do not name their agency under that one.
func enterAgency(key string) string {
	return `WITH a AS MATERIALIZED (SELECT ` + agencyColumns + ` FROM agency a WHERE a.government_id = $1 AND a.` + key + ` = $2)
		SELECT ` + agencyColumns + ` FROM a WHERE set_config('tayang.agency', a.id::text, true) <> ''`
}

// AgencyByCode finds the government's agency of that code; NotFound when there is none.
func (tx *Tx) AgencyByCode(ctx context.Context, code string) (a registry.Agency, err error) {
	err = tx.get(ctx, &a, enterAgency("code"), tx.government(), code)
	return a, faultOf(err)
}

// AgencyByID finds the government's agency; NotFound when there is none.
func (tx *Tx) AgencyByID(ctx context.Context, id uuid.UUID) (a registry.Agency, err error) {
	err = tx.get(ctx, &a, enterAgency("id"), tx.government(), id)
	return a, faultOf(err)
}

// Agencies lists the government's agencies, by code.
func (tx *Tx) Agencies(ctx context.Context, q listing.Query) (listing.Page[registry.Agency], error) {
	return pageOf[registry.Agency](ctx, tx, agencyList, q, where("a.government_id = ?", tx.government()))
}

// AgencyInUse reports whether the agency has a budget. The agency is locked first, so that none begins until the
// transaction has ended: a budget's foreign key waits for it.
func (tx *Tx) AgencyInUse(ctx context.Context, id uuid.UUID) (used bool, err error) {
	if err := tx.exec(ctx, `SELECT FROM agency WHERE government_id = $1 AND id = $2 FOR UPDATE`, tx.government(), id); err != nil {
		return false, err
	}
	err = tx.get(ctx, &used, `SELECT EXISTS (SELECT FROM budget_version WHERE government_id = $1 AND agency_id = $2)`,
		tx.government(), id)
	return used, err
}

// SaveAgency inserts an agency whose Version is 0, else updates the one of that version. A code that is taken is
// the fault duplicate.
func (tx *Tx) SaveAgency(ctx context.Context, a registry.Agency) error {
	if a.Version == 0 {
		return tx.exec(ctx, `INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			tx.government(), a.ID, a.Code, a.Name, a.Scheme, a.Currency, tx.now, tx.act.Actor.User)
	}
	return tx.exec(ctx, `UPDATE agency SET code = $4, name = $5, scheme = $6, currency = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), a.ID, a.Version, a.Code, a.Name, a.Scheme, a.Currency)
}
