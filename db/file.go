package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/file"
)

// SaveFile notes a file of the government; noting it again changes nothing.
func (tx *Tx) SaveFile(ctx context.Context, f file.File) error {
	_, err := tx.conn.ExecContext(ctx, `INSERT INTO file (government_id, sha256, size, media_type, created_at)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT (government_id, sha256) DO NOTHING`,
		tx.government(), f.SHA256, f.Size, f.MediaType, tx.now)
	return err
}

// File finds a file of the government; NotFound when there is none.
func (tx *Tx) File(ctx context.Context, sha256 string) (f file.File, err error) {
	err = tx.get(ctx, &f, `SELECT sha256, size, media_type, created_at FROM file WHERE government_id = $1 AND sha256 = $2`,
		tx.government(), sha256)
	return f, faultOf(err)
}

// FileUsers gives the agencies in whose affairs the file is; uuid.Nil stands for the registry.
func (tx *Tx) FileUsers(ctx context.Context, sha256 string) (agencies []uuid.UUID, err error) {
	err = tx.all(ctx, &agencies, `
		SELECT $3::uuid FROM vendor_document WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM social_snapshot WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM requirement_result WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM press_check WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM journalist_certificate WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM blacklist WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM account_ownership WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM creator_statement WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM owner_group WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT $3::uuid FROM owner_group_member WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM recipient_confirmation WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM invoice WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM invoice_paper WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM withholding_slip WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM capture WHERE government_id = $1 AND bundle_sha256 = $2
		UNION SELECT agency_id FROM recap WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM acceptance WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM inspection WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM vendor_submission WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM live_check WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM airing_log WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM insight_import WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM agreement_paper WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT agency_id FROM payment_paper WHERE government_id = $1 AND file_sha256 = $2
		UNION SELECT p.agency_id FROM proof f
			JOIN placement p ON p.government_id = f.government_id AND p.id = f.placement_id
			WHERE f.government_id = $1 AND (f.file_sha256 = $2 OR f.thumbnail_sha256 = $2)`,
		tx.government(), sha256, uuid.Nil)
	return agencies, err
}
