package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

func provider(dsn string) (*goose.Provider, *sql.DB, error) {
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, nil, fmt.Errorf("open database: %w", err)
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, fmt.Errorf("find migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, pool, dir, goose.WithGoMigrations(fillAddresses(), fillSigns()))
	if err != nil {
		return nil, nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, pool, nil
}

// MigrateUp brings the database of the owner's dsn to the newest schema, with the tax rates that the program knows.
func MigrateUp(ctx context.Context, dsn string) error {
	p, pool, err := provider(dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return writeStatutoryRates(ctx, pool)
}

// MigrateDown takes the newest migration back.
func MigrateDown(ctx context.Context, dsn string) error {
	p, pool, err := provider(dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = p.Down(ctx)
	return err
}

// Migration is one step of the schema and whether it was applied.
type Migration struct {
	Version int64
	Name    string
	Applied bool
}

// MigrateStatus lists all migrations, oldest first.
func MigrateStatus(ctx context.Context, dsn string) ([]Migration, error) {
	p, pool, err := provider(dsn)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	found, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("read migration status: %w", err)
	}
	out := make([]Migration, 0, len(found))
	for _, m := range found {
		out = append(out, Migration{m.Source.Version, m.Source.Path, m.State == goose.StateApplied})
	}
	return out, nil
}
