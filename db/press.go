package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

var pressList = list{
	columns: `c.id, c.outlet_id, c.status, c.checked_on, c.certificate_number AS "certificate.number", c.certificate_date AS "certificate.date",
		c.certificate_valid_until AS "certificate.valid_until", coalesce(c.file_sha256, '') AS file_sha256, c.note, u.email AS checked_by, c.created_at, c.created_by`,
	from: `press_check c JOIN user_account u ON u.government_id = c.government_id AND u.id = c.created_by`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "outlet_id": {"c.outlet_id", ofUUID}, "status": {"c.status", ofText}, "checked_on": {"c.checked_on", ofDate},
		"file": {"coalesce(c.file_sha256, '')", ofText}, "note": {"c.note", ofText}, "checked_by": {"u.email", ofText},
		"created_at": {"c.created_at", ofTime}, "created_by": {"c.created_by", ofUUID},
	},
	search: []string{"c.note", "c.certificate_number"},
	id:     field{"c.id", ofUUID},
	sort:   "-checked_on,-created_at",
}

// AddPressCheck records a look at an outlet's standing with the Press Council.
func (tx *Tx) AddPressCheck(ctx context.Context, c registry.PressCheck) error {
	return tx.exec(ctx, `INSERT INTO press_check (government_id, id, outlet_id, status, checked_on, certificate_number, certificate_date,
			certificate_valid_until, file_sha256, note, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11, $12)`,
		tx.government(), c.ID, c.OutletID, c.Status, c.CheckedOn, c.Certificate.Number, c.Certificate.Date, c.Certificate.ValidUntil, c.File, c.Note,
		c.CreatedAt, c.CreatedBy)
}

// PressChecks lists the looks at an outlet's standing with the Press Council, newest day first.
func (tx *Tx) PressChecks(ctx context.Context, outlet uuid.UUID, q listing.Query) (listing.Page[registry.PressCheck], error) {
	return pageOf[registry.PressCheck](ctx, tx, pressList, q, where("c.government_id = ?", tx.government()), where("c.outlet_id = ?", outlet))
}

// Today is the day on the office's calendar.
func (tx *Tx) Today(ctx context.Context) (d period.Date, err error) {
	err = tx.get(ctx, &d, `SELECT ($2::timestamptz AT TIME ZONE timezone)::date FROM government WHERE government_id = $1`, tx.government(), tx.now)
	return d, err
}
