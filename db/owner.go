package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/owner"
)

// membersNow counts who belongs to a group today.
const membersNow = `(SELECT count(*) FROM owner_group_member m WHERE m.government_id = g.government_id AND m.owner_group_id = g.id
	AND m.voided_at IS NULL AND m.since <= current_date AND coalesce(m.until, 'infinity') >= current_date)`

var ownerGroupList = list{
	columns: `g.id, g.name, g.owners, g.source, g.note, coalesce(g.file_sha256, '') AS file_sha256, g.since, g.until, ` + membersNow + ` AS members,
		g.created_at, g.created_by, g.version`,
	from: `owner_group g`,
	fields: map[string]field{
		"id": {"g.id", ofUUID}, "name": {"g.name", ofText}, "owners": {"g.owners", ofText}, "source": {"g.source", ofText}, "note": {"g.note", ofText},
		"file": {"coalesce(g.file_sha256, '')", ofText}, "since": {"coalesce(g.since, 'infinity')", ofDate}, "until": {"coalesce(g.until, 'infinity')", ofDate},
		"members": {membersNow, ofInt}, "created_at": {"g.created_at", ofTime}, "created_by": {"g.created_by", ofUUID},
	},
	search: []string{"g.name", "g.owners"},
	id:     field{"g.id", ofUUID},
	sort:   "name",
}

// OwnerGroup finds a group; NotFound when there is none.
func (tx *Tx) OwnerGroup(ctx context.Context, id uuid.UUID) (g owner.Group, err error) {
	err = tx.get(ctx, &g, "SELECT "+ownerGroupList.columns+" FROM "+ownerGroupList.from+" WHERE g.government_id = $1 AND g.id = $2", tx.government(), id)
	return g, faultOf(err)
}

// OwnerGroups lists groups by name.
func (tx *Tx) OwnerGroups(ctx context.Context, q listing.Query) (listing.Page[owner.Group], error) {
	return pageOf[owner.Group](ctx, tx, ownerGroupList, q, where("g.government_id = ?", tx.government()))
}

// SaveOwnerGroup inserts a group whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveOwnerGroup(ctx context.Context, g owner.Group) error {
	written := []any{tx.government(), g.ID, g.Name, g.Owners, g.Source, g.Note, g.File, g.Since, g.Until}
	if g.Version == 0 {
		return tx.exec(ctx, `INSERT INTO owner_group (government_id, id, name, owners, source, note, file_sha256, since, until, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10, $11)`, append(written, tx.now, g.CreatedBy)...)
	}
	return tx.exec(ctx, `UPDATE owner_group SET name = $3, owners = $4, source = $5, note = $6, file_sha256 = nullif($7, ''), since = $8, until = $9,
			version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $10`, append(written, g.Version)...)
}

var ownerMemberList = list{
	columns: `m.id, m.owner_group_id, g.name AS group_name, m.outlet_id, m.vendor_id, coalesce(o.name, v.legal_name) AS name, m.since, m.until, m.source,
		coalesce(m.file_sha256, '') AS file_sha256, m.created_at, m.created_by, m.voided_at, m.voided_by, m.void_reason, m.version`,
	from: `owner_group_member m JOIN owner_group g ON g.government_id = m.government_id AND g.id = m.owner_group_id
		LEFT JOIN outlet o ON o.government_id = m.government_id AND o.id = m.outlet_id
		LEFT JOIN vendor v ON v.government_id = m.government_id AND v.id = m.vendor_id`,
	fields: map[string]field{
		"id": {"m.id", ofUUID}, "group_id": {"m.owner_group_id", ofUUID}, "group_name": {"g.name", ofText},
		"outlet_id": {"coalesce(m.outlet_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"vendor_id": {"coalesce(m.vendor_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"name":      {"coalesce(o.name, v.legal_name)", ofText}, "since": {"m.since", ofDate}, "until": {"coalesce(m.until, 'infinity')", ofDate},
		"source": {"m.source", ofText}, "file": {"coalesce(m.file_sha256, '')", ofText}, "created_at": {"m.created_at", ofTime},
		"created_by": {"m.created_by", ofUUID}, "voided_at": {"coalesce(m.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(m.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"m.void_reason", ofText},
	},
	search: []string{"o.name", "v.legal_name", "m.source"},
	id:     field{"m.id", ofUUID},
	sort:   "name",
}

// OwnerGroupMember finds a membership; NotFound when there is none.
func (tx *Tx) OwnerGroupMember(ctx context.Context, id uuid.UUID) (m owner.Member, err error) {
	err = tx.get(ctx, &m, "SELECT "+ownerMemberList.columns+" FROM "+ownerMemberList.from+" WHERE m.government_id = $1 AND m.id = $2", tx.government(), id)
	return m, faultOf(err)
}

// OwnerGroupMembers lists memberships, voided ones too.
func (tx *Tx) OwnerGroupMembers(ctx context.Context, q listing.Query) (listing.Page[owner.Member], error) {
	return pageOf[owner.Member](ctx, tx, ownerMemberList, q, where("m.government_id = ?", tx.government()))
}

// SaveOwnerGroupMember inserts a membership whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveOwnerGroupMember(ctx context.Context, m owner.Member) error {
	if m.Version == 0 {
		return tx.exec(ctx, `INSERT INTO owner_group_member (government_id, id, owner_group_id, outlet_id, vendor_id, since, until, source, file_sha256,
				created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11)`,
			tx.government(), m.ID, m.GroupID, m.OutletID, m.VendorID, m.Since, m.Until, m.Source, m.File, tx.now, m.CreatedBy)
	}
	return tx.exec(ctx, `UPDATE owner_group_member SET until = $4, voided_at = $5, voided_by = $6, void_reason = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), m.ID, m.Version, m.Until, m.VoidedAt, m.VoidedBy, m.VoidReason)
}

// Portions gives whom the agency's money of a fiscal year reached; see owner.Portion. An outlet's group goes before its
// vendor's, each as of the order date.
func (tx *Tx) Portions(ctx context.Context, agency uuid.UUID, fiscalYear int) (out []owner.Portion, err error) {
	err = tx.all(ctx, &out, portionQuery, tx.government(), agency, fiscalYear)
	return out, err
}

const portionQuery = `
	WITH told AS (
		SELECT a.id, a.vendor_id, a.order_date, a.via_agency, a.agency_fee FROM agreement a
		WHERE a.government_id = $1 AND a.agency_id = $2 AND a.fiscal_year = $3 AND a.status IN ('active', 'completed', 'closed', 'terminated')
	), part AS (
		SELECT t.vendor_id, d.outlet_id, t.order_date, d.unit_gross * d.quantity AS gross
		FROM told t JOIN deliverable d ON d.government_id = $1 AND d.agreement_id = t.id WHERE NOT t.via_agency
		UNION ALL SELECT coalesce(o.vendor_id, s.vendor_id), r.outlet_id, t.order_date, r.net
		FROM told t JOIN recipient r ON r.government_id = $1 AND r.agreement_id = t.id
		LEFT JOIN outlet o ON o.government_id = $1 AND o.id = r.outlet_id
		LEFT JOIN social_account s ON s.government_id = $1 AND s.id = r.social_account_id
		WHERE t.via_agency
		UNION ALL SELECT t.vendor_id, NULL, t.order_date, t.agency_fee FROM told t WHERE t.via_agency
	), grouped AS (
		SELECT p.vendor_id, coalesce(of_outlet.owner_group_id, of_vendor.owner_group_id) AS group_id, p.gross FROM part p
		LEFT JOIN owner_group_member of_outlet ON of_outlet.government_id = $1 AND of_outlet.outlet_id = p.outlet_id AND of_outlet.voided_at IS NULL
			AND p.order_date BETWEEN of_outlet.since AND coalesce(of_outlet.until, 'infinity')
		LEFT JOIN owner_group_member of_vendor ON of_vendor.government_id = $1 AND of_vendor.vendor_id = p.vendor_id AND of_vendor.voided_at IS NULL
			AND p.order_date BETWEEN of_vendor.since AND coalesce(of_vendor.until, 'infinity')
	)
	SELECT p.vendor_id, v.legal_name AS vendor_name, p.group_id, coalesce(g.name, '') AS group_name, sum(p.gross)::bigint AS gross
	FROM grouped p
	JOIN vendor v ON v.government_id = $1 AND v.id = p.vendor_id
	LEFT JOIN owner_group g ON g.government_id = $1 AND g.id = p.group_id
	WHERE p.gross > 0
	GROUP BY p.vendor_id, v.legal_name, p.group_id, g.name
	ORDER BY v.legal_name, p.vendor_id, g.name`
