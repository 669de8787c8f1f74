package cluster

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Tool finds one of PostgreSQL's client programs (pg_dump, pg_restore) beside the newest server programs; what made a
// database can be read by the same version and by newer ones.
func Tool(ctx context.Context, name string) (string, error) {
	best, major := "", 0
	for _, folder := range candidateFolders(ctx) {
		at := filepath.Join(folder, name)
		if _, err := os.Stat(at); err != nil {
			continue
		}
		if v := versionOf(ctx, filepath.Join(folder, "postgres")); v > major {
			best, major = at, v
		}
	}
	if best == "" {
		return "", errors.New(name + " was not found: install PostgreSQL's client programs (Debian: apt-get install postgresql-client)")
	}
	return best, nil
}
