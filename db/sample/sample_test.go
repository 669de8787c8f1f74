package sample_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"tayang/db"
	"tayang/db/blob"
	"tayang/db/dbtest"
	"tayang/db/sample"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	owner, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	blobs, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer blobs.Close()
	begin := time.Now()
	if err := sample.Load(t.Context(), store, blobs, time.FixedZone("WIB", 7*60*60)); err != nil {
		t.Fatal(err)
	}
	t.Log("loaded in", time.Since(begin))
	pool, err := sql.Open("postgres", owner)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, q := range []string{
		`SELECT status || ' ' || count(*) FROM agreement GROUP BY status`,
		`SELECT 'placement ' || status || ' ' || count(*) FROM placement GROUP BY status`,
		`SELECT 'placements ' || count(*) FROM placement`,
		`SELECT 'payment ' || status || ' ' || count(*) || ' ' || sum(gross) FROM payment GROUP BY status`,
		`SELECT 'tax ' || kind || ' ' || count(*) || ' ' || count(deposited_on) FROM payment_tax GROUP BY kind`,
		`SELECT sub_activity_name || ' ' || account_code || ' ' || appropriation || ' av ' || available || ' re ' || reserved || ' co ' || committed || ' real ' || realised FROM budget_line ORDER BY agency_id, sub_activity_code`,
		`SELECT number || ' ' || status || ' ' || gross || ' ' || paid || ' ' || title FROM agreement ORDER BY number`,
	} {
		rows, err := pool.Query(q)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var s string
			_ = rows.Scan(&s)
			fmt.Println(s)
		}
	}
}
