package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

var outletList = list{
	columns: `o.id, o.vendor_id, v.legal_name AS vendor_name, o.kind, o.name, o.domain, o.press_status,
		o.press_certificate_number AS "press_certificate.number", o.press_certificate_date AS "press_certificate.date",
		o.press_certificate_valid_until AS "press_certificate.valid_until", o.created_at, o.created_by, o.version`,
	from: `outlet o JOIN vendor v ON v.government_id = o.government_id AND v.id = o.vendor_id`,
	fields: map[string]field{
		"id": {"o.id", ofUUID}, "vendor_id": {"o.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "kind": {"o.kind", ofText},
		"name": {"o.name", ofText}, "domain": {"o.domain", ofText}, "press_status": {"o.press_status", ofText},
		"created_at": {"o.created_at", ofTime},
		"created_by": {"o.created_by", ofUUID},
	},
	search: []string{"o.name", "o.domain", "v.legal_name"},
	id:     field{"o.id", ofUUID},
	sort:   "name",
}

// Outlet finds the government's outlet; NotFound when there is none.
func (tx *Tx) Outlet(ctx context.Context, id uuid.UUID) (o registry.Outlet, err error) {
	err = tx.get(ctx, &o, `SELECT `+outletList.columns+` FROM `+outletList.from+` WHERE o.government_id = $1 AND o.id = $2`,
		tx.government(), id)
	return o, faultOf(err)
}

// Outlets lists the government's outlets, by name.
func (tx *Tx) Outlets(ctx context.Context, q listing.Query) (listing.Page[registry.Outlet], error) {
	return pageOf[registry.Outlet](ctx, tx, outletList, q, where("o.government_id = ?", tx.government()))
}

// SaveOutlet inserts an outlet whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveOutlet(ctx context.Context, o registry.Outlet) error {
	written := []any{
		o.VendorID, o.Kind, o.Name, o.Domain, o.PressStatus, o.PressCertificate.Number, o.PressCertificate.Date,
		o.PressCertificate.ValidUntil,
	}
	if o.Version == 0 {
		return tx.exec(ctx, `INSERT INTO outlet (vendor_id, kind, name, domain, press_status, press_certificate_number,
				press_certificate_date, press_certificate_valid_until, government_id, id, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			append(written, tx.government(), o.ID, tx.now, tx.act.Actor.User)...)
	}
	return tx.exec(ctx, `UPDATE outlet SET vendor_id = $1, kind = $2, name = $3, domain = $4, press_status = $5,
			press_certificate_number = $6, press_certificate_date = $7, press_certificate_valid_until = $8, version = version + 1
		WHERE government_id = $9 AND id = $10 AND version = $11`,
		append(written, tx.government(), o.ID, o.Version)...)
}
