package db

import (
	"context"
	"database/sql"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"

	"tayang/app/registry"
	"tayang/app/vetting"
)

// fillSigns is the migration that works out by which values vendors from before are compared. How a name or a number is
// read is the program's to know, not SQL's.
func fillSigns() *goose.Migration {
	return goose.NewGoMigration(signVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT government_id, id, kind, legal_name, npwp, nik, bank_account_number, address, phone, directors FROM vendor`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var governments, signs, vendors []string
		for rows.Next() {
			var government, id string
			var v registry.Vendor
			if err := rows.Scan(&government, &id, &v.Kind, &v.LegalName, &v.NPWP, &v.NIK, &v.Bank.AccountNumber, &v.Address, &v.Phone, &v.Directors); err != nil {
				return err
			}
			for _, s := range vetting.Signs(v) {
				governments, signs, vendors = append(governments, government), append(signs, s), append(vendors, id)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO vendor_sign (government_id, sign, vendor_id)
			SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[]) ON CONFLICT DO NOTHING`, pq.Array(governments), pq.Array(signs), pq.Array(vendors))
		return err
	}}, nil)
}

const signVersion = 30
