package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/approval"
	"tayang/app/listing"
)

var approvalRuleList = list{
	columns: `r.id, r.agency_id, r.kind, r.gross_from, r.gross_to, r.steps, r.valid_from, r.valid_to, r.basis, coalesce(a.code, '') AS agency_code,
		r.created_at, r.created_by, r.voided_at, r.voided_by, r.void_reason, r.version`,
	from: `approval_rule r LEFT JOIN agency a ON a.government_id = r.government_id AND a.id = r.agency_id`,
	fields: map[string]field{
		"id": {"r.id", ofUUID}, "kind": {"r.kind", ofText}, "gross_from": {"r.gross_from", ofInt},
		"gross_to":   {"coalesce(r.gross_to, 9223372036854775807)", ofInt},
		"valid_from": {"r.valid_from", ofDate}, "valid_to": {"coalesce(r.valid_to, 'infinity')", ofDate}, "basis": {"r.basis", ofText},
		"agency_id":   {"coalesce(r.agency_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"agency_code": {"coalesce(a.code, '')", ofText}, "voided": {"r.voided_at IS NOT NULL", ofBool},
		"created_at": {"r.created_at", ofTime}, "created_by": {"r.created_by", ofUUID},
	},
	search: []string{"r.basis", "a.code"},
	id:     field{"r.id", ofUUID},
	sort:   "agency_code,kind,gross_from,valid_from",
}

// ApprovalRules lists every row, voided ones too.
func (tx *Tx) ApprovalRules(ctx context.Context, q listing.Query) (listing.Page[approval.Rule], error) {
	return pageOf[approval.Rule](ctx, tx, approvalRuleList, q, where("r.government_id = ?", tx.government()))
}

// ApprovalRule finds a row; NotFound when there is none.
func (tx *Tx) ApprovalRule(ctx context.Context, id uuid.UUID) (r approval.Rule, err error) {
	err = tx.get(ctx, &r, "SELECT "+approvalRuleList.columns+" FROM "+approvalRuleList.from+" WHERE r.government_id = $1 AND r.id = $2", tx.government(), id)
	return r, faultOf(err)
}

// MatrixOf gives the rows that count for an agency.
func (tx *Tx) MatrixOf(ctx context.Context, agency uuid.UUID) (m approval.Matrix, err error) {
	err = tx.all(ctx, &m, "SELECT "+approvalRuleList.columns+" FROM "+approvalRuleList.from+`
		WHERE r.government_id = $1 AND (r.agency_id IS NULL OR r.agency_id = $2) AND r.voided_at IS NULL`, tx.government(), agency)
	return m, err
}

// AddApprovalRule inserts a row; approval_rule_overlaps when another of its scope says something about the same amounts
// and days.
func (tx *Tx) AddApprovalRule(ctx context.Context, r approval.Rule) error {
	return tx.exec(ctx, `INSERT INTO approval_rule (government_id, id, agency_id, kind, gross_from, gross_to, steps, valid_from, valid_to, basis,
			created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.government(), r.ID, r.AgencyID, r.Kind, r.GrossFrom, r.GrossTo, r.Steps, r.ValidFrom, r.ValidTo, r.Basis, tx.now, r.CreatedBy)
}

// EndApprovalRule saves the last day of a row, unless it changed since it was read.
func (tx *Tx) EndApprovalRule(ctx context.Context, r approval.Rule) error {
	return tx.exec(ctx, `UPDATE approval_rule SET valid_to = $4, version = version + 1 WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), r.ID, r.Version, r.ValidTo)
}

// VoidApprovalRule marks a row as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidApprovalRule(ctx context.Context, r approval.Rule) error {
	return tx.exec(ctx, `UPDATE approval_rule SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), r.ID, r.Version, tx.now, r.VoidedBy, r.VoidReason)
}
