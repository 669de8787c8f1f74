package sample_test

import (
	"testing"

	"github.com/jmoiron/sqlx"
)

// medium wants a log with a match, a spot that was not aired and an airing that nobody ordered, and figures read twice.
func medium(t *testing.T, all *sqlx.DB) {
	t.Helper()
	for query, least := range map[string]int{
		`SELECT count(*) FROM airing WHERE confirmed_at IS NOT NULL`:                                          1,
		`SELECT count(*) FROM airing WHERE counted AND placement_id IS NULL`:                                  1,
		`SELECT count(*) FROM proof f JOIN airing_log l USING (government_id, file_sha256)`:                   1,
		`SELECT count(*) FROM insight WHERE due_day = 7`:                                                      3,
		`SELECT count(*) FROM insight WHERE due_day = 1`:                                                      10,
		`SELECT count(*) FROM placement p JOIN airing r ON r.placement_id = p.id WHERE p.status <> 'planned'`: 1,
	} {
		n := 0
		if err := all.GetContext(t.Context(), &n, query); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d", query, n)
		if n < least {
			t.Errorf("%s: %d, want %d", query, n, least)
		}
	}
}
