package db

import "database/sql"

// Pool is the store's pool, for tests of the connections themselves.
func Pool(s *Store) *sql.DB { return s.pool.DB }

// FulfilmentQuery is the query of what was ordered against what came.
const FulfilmentQuery = fulfilmentQuery
