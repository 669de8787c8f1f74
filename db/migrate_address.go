package db

import (
	"context"
	"database/sql"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"

	"tayang/app/placement"
)

// fillAddresses is the migration that works out the addresses of placements from before they were kept. How an address is
// read is the program's to know, not SQL's.
func fillAddresses() *goose.Migration {
	return goose.NewGoMigration(addressVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT government_id, id, url FROM placement WHERE url <> ''`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var governments, ids, texts []string
		var posts []bool
		for rows.Next() {
			var government, id string
			var p placement.Placement
			if err := rows.Scan(&government, &id, &p.URL); err != nil {
				return err
			}
			a := p.Address()
			governments, ids, texts, posts = append(governments, government), append(ids, id), append(texts, a.Text), append(posts, a.Post)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO placement_address (government_id, placement_id, address, post)
			SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[]) ON CONFLICT DO NOTHING`,
			pq.Array(governments), pq.Array(ids), pq.Array(texts), pq.Array(posts))
		return err
	}}, nil)
}

const addressVersion = 27
