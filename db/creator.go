package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

var ownershipList = list{
	columns: `o.id, o.social_account_id, o.vendor_id, o.handle, o.proven_by, o.proven_on, o.note, o.file_sha256, o.status, o.remark, o.created_at,
		o.created_by, u.email AS author, o.decided_at, o.decided_by, coalesce(d.email, '') AS decider, o.version`,
	from: `account_ownership o JOIN user_account u ON u.government_id = o.government_id AND u.id = o.created_by
		LEFT JOIN user_account d ON d.government_id = o.government_id AND d.id = o.decided_by`,
	fields: map[string]field{
		"id": {"o.id", ofUUID}, "social_account_id": {"o.social_account_id", ofUUID}, "vendor_id": {"o.vendor_id", ofUUID},
		"handle": {"o.handle", ofText}, "proven_by": {"o.proven_by", ofText}, "proven_on": {"o.proven_on", ofDate}, "note": {"o.note", ofText},
		"file": {"o.file_sha256", ofText}, "status": {"o.status", ofText}, "remark": {"o.remark", ofText}, "created_at": {"o.created_at", ofTime},
		"created_by": {"o.created_by", ofUUID}, "author": {"u.email", ofText}, "decider": {"coalesce(d.email, '')", ofText},
		"decided_at": {"coalesce(o.decided_at, 'infinity')", ofTime},
		"decided_by": {"coalesce(o.decided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	id:   field{"o.id", ofUUID},
	sort: "-proven_on",
}

// AddOwnership records a proof that an account is its vendor's.
func (tx *Tx) AddOwnership(ctx context.Context, o registry.Ownership) error {
	return tx.exec(ctx, `INSERT INTO account_ownership (government_id, id, social_account_id, vendor_id, handle, proven_by, proven_on, note,
			file_sha256, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.government(), o.ID, o.SocialAccountID, o.VendorID, o.Handle, o.ProvenBy, o.ProvenOn, o.Note, o.File, o.CreatedAt, o.CreatedBy)
}

// Ownership finds a proof of an account; NotFound when there is none.
func (tx *Tx) Ownership(ctx context.Context, account, id uuid.UUID) (o registry.Ownership, err error) {
	err = tx.get(ctx, &o, "SELECT "+ownershipList.columns+" FROM "+ownershipList.from+
		" WHERE o.government_id = $1 AND o.social_account_id = $2 AND o.id = $3", tx.government(), account, id)
	return o, faultOf(err)
}

// Ownerships lists the proofs of an account, newest first.
func (tx *Tx) Ownerships(ctx context.Context, account uuid.UUID, q listing.Query) (listing.Page[registry.Ownership], error) {
	return pageOf[registry.Ownership](ctx, tx, ownershipList, q, where("o.government_id = ?", tx.government()), where("o.social_account_id = ?", account))
}

// DecideOwnership saves the verdict, unless the proof changed since it was read.
func (tx *Tx) DecideOwnership(ctx context.Context, o registry.Ownership) error {
	return tx.exec(ctx, `UPDATE account_ownership SET status = $4, remark = $5, decided_by = $6, decided_at = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3 AND status = 'submitted'`,
		tx.government(), o.ID, o.Version, o.Status, o.Remark, o.DecidedBy, tx.now)
}

var statementList = list{
	columns: `s.id, s.social_account_id, s.kind, s.answer, s.given_on, s.details, s.guardian_name, s.relation, s.file_sha256, s.created_at, s.created_by`,
	from:    `creator_statement s`,
	fields: map[string]field{
		"id": {"s.id", ofUUID}, "social_account_id": {"s.social_account_id", ofUUID}, "kind": {"s.kind", ofText}, "answer": {"s.answer", ofText},
		"given_on": {"s.given_on", ofDate}, "details": {"s.details", ofText}, "guardian_name": {"s.guardian_name", ofText},
		"relation": {"s.relation", ofText}, "file": {"s.file_sha256", ofText}, "created_at": {"s.created_at", ofTime}, "created_by": {"s.created_by", ofUUID},
	},
	id:   field{"s.id", ofUUID},
	sort: "-given_on",
}

// AddStatement records what the person behind an account declared.
func (tx *Tx) AddStatement(ctx context.Context, s registry.Statement) error {
	return tx.exec(ctx, `INSERT INTO creator_statement (government_id, id, social_account_id, kind, answer, given_on, details, guardian_name,
			relation, file_sha256, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.government(), s.ID, s.SocialAccountID, s.Kind, s.Answer, s.GivenOn, s.Details, s.GuardianName, s.Relation, s.File, s.CreatedAt, s.CreatedBy)
}

// Statements lists the statements of an account, newest first.
func (tx *Tx) Statements(ctx context.Context, account uuid.UUID, q listing.Query) (listing.Page[registry.Statement], error) {
	return pageOf[registry.Statement](ctx, tx, statementList, q, where("s.government_id = ?", tx.government()), where("s.social_account_id = ?", account))
}

var tierList = list{
	columns: `t.id, t.platform, t.name, t.followers_from, t.followers_to, t.valid_from, t.valid_to, t.basis, t.created_at, t.created_by,
		t.voided_at, t.voided_by, t.void_reason, t.version`,
	from: `tier t`,
	fields: map[string]field{
		"id": {"t.id", ofUUID}, "platform": {"t.platform", ofText}, "name": {"t.name", ofText}, "followers_from": {"t.followers_from", ofInt},
		"followers_to": {"coalesce(t.followers_to, 9223372036854775807)", ofInt}, "valid_from": {"t.valid_from", ofDate},
		"valid_to": {"coalesce(t.valid_to, 'infinity')", ofDate}, "basis": {"t.basis", ofText}, "created_at": {"t.created_at", ofTime},
		"created_by": {"t.created_by", ofUUID}, "voided": {"t.voided_at IS NOT NULL", ofBool}, "void_reason": {"t.void_reason", ofText},
		"voided_at": {"coalesce(t.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(t.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"t.name", "t.basis"},
	id:     field{"t.id", ofUUID},
	sort:   "-valid_from",
}

// Tier finds a tier of the government; NotFound when there is none.
func (tx *Tx) Tier(ctx context.Context, id uuid.UUID) (t registry.Tier, err error) {
	err = tx.get(ctx, &t, "SELECT "+tierList.columns+" FROM "+tierList.from+" WHERE t.government_id = $1 AND t.id = $2", tx.government(), id)
	return t, faultOf(err)
}

// Tiers lists the government's tiers, void ones too.
func (tx *Tx) Tiers(ctx context.Context, q listing.Query) (listing.Page[registry.Tier], error) {
	return pageOf[registry.Tier](ctx, tx, tierList, q, where("t.government_id = ?", tx.government()))
}

// tiersOf gives every tier that counts.
func (tx *Tx) tiersOf(ctx context.Context) (found registry.Tiers, err error) {
	err = tx.all(ctx, &found, "SELECT "+tierList.columns+" FROM "+tierList.from+" WHERE t.government_id = $1 AND t.voided_at IS NULL", tx.government())
	return found, err
}

// SaveTier inserts a tier whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveTier(ctx context.Context, t registry.Tier) error {
	written := []any{t.Platform, t.Name, t.FollowersFrom, t.FollowersTo, t.ValidFrom, t.ValidTo, t.Basis}
	if t.Version == 0 {
		return tx.exec(ctx, `INSERT INTO tier (platform, name, followers_from, followers_to, valid_from, valid_to, basis, government_id, id, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, append(written, tx.government(), t.ID, tx.now, tx.act.Actor.User)...)
	}
	return tx.exec(ctx, `UPDATE tier SET platform = $1, name = $2, followers_from = $3, followers_to = $4, valid_from = $5, valid_to = $6,
			basis = $7, version = version + 1
		WHERE government_id = $8 AND id = $9 AND version = $10`, append(written, tx.government(), t.ID, t.Version)...)
}

// VoidTier marks a row as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidTier(ctx context.Context, t registry.Tier) error {
	return tx.exec(ctx, `UPDATE tier SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), t.ID, t.Version, tx.now, t.VoidedBy, t.VoidReason)
}
