package db_test

import (
	"strings"
	"testing"

	"tayang/db"
	"tayang/db/dbtest"
)

// Every query about files is one that PostgreSQL understands, and names its government in every table.
func TestTheQueriesAboutFilesArePrepared(t *testing.T) {
	t.Parallel()
	conn := connection(t, dbtest.New(t))
	for name, query := range db.FileQueries() {
		st, err := conn.PrepareContext(t.Context(), query)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		if many := strings.HasSuffix(name, "subjects") || strings.HasSuffix(name, "standing"); strings.Contains(query, "$3") == many {
			t.Errorf("%s takes the wrong arguments", name)
		}
	}
}
