package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

var cooperationList = list{
	columns: `l.id, l.fiscal_year, l.number, l.date, l.basis, l.agency_id, coalesce(a.code, '') AS agency_code,
		(SELECT count(*) FROM cooperation_entry e WHERE e.government_id = l.government_id AND e.cooperation_list_id = l.id AND e.voided_at IS NULL) AS members,
		l.created_at, l.created_by, l.voided_at, l.voided_by, l.void_reason, l.version`,
	from: `cooperation_list l LEFT JOIN agency a ON a.government_id = l.government_id AND a.id = l.agency_id`,
	fields: map[string]field{
		"id": {"l.id", ofUUID}, "fiscal_year": {"l.fiscal_year", ofInt}, "number": {"l.number", ofText}, "date": {"l.date", ofDate}, "basis": {"l.basis", ofText},
		"agency_id": {"coalesce(l.agency_id, '00000000-0000-0000-0000-000000000000')", ofUUID}, "agency_code": {"coalesce(a.code, '')", ofText},
		"members": {`(SELECT count(*) FROM cooperation_entry e WHERE e.government_id = l.government_id AND e.cooperation_list_id = l.id
			AND e.voided_at IS NULL)`, ofInt},
		"created_at": {"l.created_at", ofTime}, "created_by": {"l.created_by", ofUUID}, "voided_at": {"coalesce(l.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(l.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"l.void_reason", ofText},
	},
	search: []string{"l.number", "l.basis"},
	id:     field{"l.id", ofUUID},
	sort:   "-fiscal_year,-date",
}

// CooperationLists lists the government's lists of cooperating media, voided ones too.
func (tx *Tx) CooperationLists(ctx context.Context, q listing.Query) (listing.Page[registry.CooperationList], error) {
	return pageOf[registry.CooperationList](ctx, tx, cooperationList, q, where("l.government_id = ?", tx.government()))
}

// CooperationList finds a list with its entries, by name; NotFound when there is none.
func (tx *Tx) CooperationList(ctx context.Context, id uuid.UUID) (l registry.CooperationList, err error) {
	if err = tx.get(ctx, &l, "SELECT "+cooperationList.columns+" FROM "+cooperationList.from+" WHERE l.government_id = $1 AND l.id = $2",
		tx.government(), id); err != nil {
		return l, faultOf(err)
	}
	err = tx.all(ctx, &l.Entries, `SELECT e.id, e.cooperation_list_id, e.outlet_id, e.social_account_id, coalesce(o.name, s.platform || ' @' || s.handle) AS channel,
			v.id AS vendor_id, v.legal_name AS vendor_name, e.created_at, e.created_by, e.voided_at, e.voided_by, e.void_reason, e.version
		FROM cooperation_entry e
		LEFT JOIN outlet o ON o.government_id = e.government_id AND o.id = e.outlet_id
		LEFT JOIN social_account s ON s.government_id = e.government_id AND s.id = e.social_account_id
		JOIN vendor v ON v.government_id = e.government_id AND v.id = coalesce(o.vendor_id, s.vendor_id)
		WHERE e.government_id = $1 AND e.cooperation_list_id = $2 ORDER BY channel, e.id`, tx.government(), id)
	return l, err
}

// AddCooperationList inserts a list.
func (tx *Tx) AddCooperationList(ctx context.Context, l registry.CooperationList) error {
	return tx.exec(ctx, `INSERT INTO cooperation_list (government_id, id, agency_id, fiscal_year, number, date, basis, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.government(), l.ID, l.AgencyID, l.FiscalYear, l.Number, l.Date, l.Basis, tx.now, l.CreatedBy)
}

// VoidCooperationList marks a list as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidCooperationList(ctx context.Context, l registry.CooperationList) error {
	return tx.exec(ctx, `UPDATE cooperation_list SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), l.ID, l.Version, tx.now, l.VoidedBy, l.VoidReason)
}

// AddCooperationEntry puts a medium on a list.
func (tx *Tx) AddCooperationEntry(ctx context.Context, e registry.CooperationEntry) error {
	return tx.exec(ctx, `INSERT INTO cooperation_entry (government_id, id, cooperation_list_id, outlet_id, social_account_id, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, tx.government(), e.ID, e.ListID, e.OutletID, e.SocialAccountID, tx.now, e.CreatedBy)
}

// VoidCooperationEntry takes a medium off its list, unless that changed since it was read.
func (tx *Tx) VoidCooperationEntry(ctx context.Context, e registry.CooperationEntry) error {
	return tx.exec(ctx, `UPDATE cooperation_entry SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), e.ID, e.Version, tx.now, e.VoidedBy, e.VoidReason)
}
