package db

import (
	"database/sql"

	"tayang/app/completeness"
)

// Pool is the store's pool, for tests of the connections themselves.
func Pool(s *Store) *sql.DB { return s.pool.DB }

// FileQueries are those about the files of agreements and payments, by name.
func FileQueries() map[string]string {
	out := map[string]string{}
	for _, d := range []completeness.Document{completeness.Agreement, completeness.Payment} {
		out[string(d)+" subject"], out[string(d)+" subjects"] = subjectsQuery(d, true), subjectsQuery(d, false)
		out[string(d)+" in file"], out[string(d)+" standing"] = inFileQuery(d), standingQuery(d)
	}
	return out
}

// FulfilmentQuery is the query of what was ordered against what came.
const FulfilmentQuery = fulfilmentQuery
