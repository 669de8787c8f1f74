package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/rule"
)

var ruleList = list{
	columns: `r.id, r.code, r.agency_id, r.mode, r.figure, r.valid_from, r.valid_to, r.basis, coalesce(a.code, '') AS agency_code,
		r.created_at, r.created_by, r.voided_at, r.voided_by, r.void_reason, r.version`,
	from: `rule r LEFT JOIN agency a ON a.government_id = r.government_id AND a.id = r.agency_id`,
	fields: map[string]field{
		"id": {"r.id", ofUUID}, "code": {"r.code", ofText}, "mode": {"r.mode", ofText}, "figure": {"coalesce(r.figure, 0)", ofInt},
		"valid_from": {"r.valid_from", ofDate}, "valid_to": {"coalesce(r.valid_to, 'infinity')", ofDate}, "basis": {"r.basis", ofText},
		"agency_id":   {"coalesce(r.agency_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"agency_code": {"coalesce(a.code, '')", ofText}, "created_at": {"r.created_at", ofTime}, "created_by": {"r.created_by", ofUUID},
	},
	search: []string{"r.code", "r.basis", "a.code"},
	id:     field{"r.id", ofUUID},
	sort:   "code",
}

// Rules lists every row, voided ones too.
func (tx *Tx) Rules(ctx context.Context, q listing.Query) (listing.Page[rule.Rule], error) {
	return pageOf[rule.Rule](ctx, tx, ruleList, q, where("r.government_id = ?", tx.government()))
}

// RulesOf gives the rows that count for an agency; uuid.Nil gives those of the whole government.
func (tx *Tx) RulesOf(ctx context.Context, agency uuid.UUID) (rule.Set, error) {
	return tx.rulesOf(ctx, agency)
}

// Rule finds a row; NotFound when there is none.
func (tx *Tx) Rule(ctx context.Context, id uuid.UUID) (r rule.Rule, err error) {
	err = tx.get(ctx, &r, "SELECT "+ruleList.columns+" FROM "+ruleList.from+" WHERE r.government_id = $1 AND r.id = $2", tx.government(), id)
	return r, faultOf(err)
}

// HasAgency reports whether the government has that agency.
func (tx *Tx) HasAgency(ctx context.Context, id uuid.UUID) (ok bool, err error) {
	err = tx.get(ctx, &ok, `SELECT EXISTS (SELECT FROM agency WHERE government_id = $1 AND id = $2)`, tx.government(), id)
	return ok, err
}

// AddRule inserts a row.
func (tx *Tx) AddRule(ctx context.Context, r rule.Rule) error {
	return tx.exec(ctx, `INSERT INTO rule (government_id, id, agency_id, code, mode, figure, valid_from, valid_to, basis, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.government(), r.ID, r.AgencyID, r.Code, r.Mode, r.Figure, r.ValidFrom, r.ValidTo, r.Basis, tx.now, r.CreatedBy)
}

// VoidRule marks a row as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidRule(ctx context.Context, r rule.Rule) error {
	return tx.exec(ctx, `UPDATE rule SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), r.ID, r.Version, tx.now, r.VoidedBy, r.VoidReason)
}
