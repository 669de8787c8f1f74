package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

// What the last snapshot of an account says.
const (
	lastFollowers = `(SELECT s.followers FROM social_snapshot s WHERE s.government_id = a.government_id AND s.social_account_id = a.id
		ORDER BY s.taken_on DESC LIMIT 1)`
	lastSnapshot = "(SELECT max(s.taken_on) FROM social_snapshot s WHERE s.government_id = a.government_id AND s.social_account_id = a.id)"
)

var socialList = list{
	columns: `a.id, a.vendor_id, v.legal_name AS vendor_name, a.platform, a.handle, a.platform_user_id, a.url, a.creator_name, a.creator_born_on,
		` + lastFollowers + ` AS followers,
		` + lastSnapshot + ` AS followers_on,
		a.created_at, a.created_by, a.version`,
	from: `social_account a JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id`,
	fields: map[string]field{
		"id": {"a.id", ofUUID}, "vendor_id": {"a.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText},
		"platform": {"a.platform", ofText}, "handle": {"a.handle", ofText}, "platform_user_id": {"a.platform_user_id", ofText},
		"created_at": {"a.created_at", ofTime},
		"url":        {"a.url", ofText}, "creator_name": {"a.creator_name", ofText}, "creator_born_on": {"coalesce(a.creator_born_on, 'infinity')", ofDate}, "created_by": {"a.created_by", ofUUID},
		"followers":    {"coalesce(" + lastFollowers + ", -1)", ofInt},
		"followers_on": {"coalesce(" + lastSnapshot + ", 'infinity')", ofDate},
	},
	search: []string{"a.handle", "v.legal_name", "a.creator_name"},
	id:     field{"a.id", ofUUID},
	sort:   "handle",
}

// SocialAccount finds the government's social account; NotFound when there is none.
func (tx *Tx) SocialAccount(ctx context.Context, id uuid.UUID) (a registry.SocialAccount, err error) {
	err = tx.get(ctx, &a, `SELECT `+socialList.columns+` FROM `+socialList.from+` WHERE a.government_id = $1 AND a.id = $2`,
		tx.government(), id)
	return a, faultOf(err)
}

// SocialAccounts lists the government's social accounts, by handle.
func (tx *Tx) SocialAccounts(ctx context.Context, q listing.Query) (listing.Page[registry.SocialAccount], error) {
	return pageOf[registry.SocialAccount](ctx, tx, socialList, q, where("a.government_id = ?", tx.government()))
}

// SaveSocialAccount inserts an account whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveSocialAccount(ctx context.Context, a registry.SocialAccount) error {
	written := []any{a.VendorID, a.Platform, a.Handle, a.PlatformUserID, a.URL, a.CreatorName, a.CreatorBornOn}
	if a.Version == 0 {
		return tx.exec(ctx, `INSERT INTO social_account (vendor_id, platform, handle, platform_user_id, url, creator_name, creator_born_on,
				government_id, id, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			append(written, tx.government(), a.ID, tx.now, tx.act.Actor.User)...)
	}
	return tx.exec(ctx, `UPDATE social_account SET vendor_id = $1, platform = $2, handle = $3, platform_user_id = $4, url = $5,
			creator_name = $6, creator_born_on = $7, version = version + 1
		WHERE government_id = $8 AND id = $9 AND version = $10`,
		append(written, tx.government(), a.ID, a.Version)...)
}

var snapshotList = list{
	columns: `s.id, s.social_account_id, s.taken_on, s.followers, trim_scale(s.engagement_rate)::text AS engagement_rate,
		coalesce(s.file_sha256, '') AS file_sha256, s.created_at, s.created_by`,
	from: `social_snapshot s`,
	fields: map[string]field{
		"id": {"s.id", ofUUID}, "taken_on": {"s.taken_on", ofDate}, "followers": {"s.followers", ofInt},
		"created_at":        {"s.created_at", ofTime},
		"social_account_id": {"s.social_account_id", ofUUID},
		"engagement_rate":   {"trim_scale(s.engagement_rate)::text", ofText},
		"file":              {"coalesce(s.file_sha256, '')", ofText}, "created_by": {"s.created_by", ofUUID},
	},
	id:   field{"s.id", ofUUID},
	sort: "-taken_on",
}

// AddSnapshot records an account's reach on a day.
func (tx *Tx) AddSnapshot(ctx context.Context, s registry.Snapshot) error {
	return tx.exec(ctx, `INSERT INTO social_snapshot (government_id, id, social_account_id, taken_on, followers, engagement_rate,
			file_sha256, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6::numeric, nullif($7, ''), $8, $9)`,
		tx.government(), s.ID, s.SocialAccountID, s.TakenOn, s.Followers, s.EngagementRate, s.File, s.CreatedAt, s.CreatedBy)
}

// Snapshots lists the snapshots of an account, newest first.
func (tx *Tx) Snapshots(ctx context.Context, account uuid.UUID, q listing.Query) (listing.Page[registry.Snapshot], error) {
	return pageOf[registry.Snapshot](ctx, tx, snapshotList, q, where("s.government_id = ?", tx.government()),
		where("s.social_account_id = ?", account))
}
