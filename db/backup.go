package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tayang/app/access"
)

// Frozen is one snapshot of the whole database that others may look at as long as it is open.
type Frozen struct {
	ID          string            // for pg_dump --snapshot
	Governments []Government      // oldest first
	Checkpoints map[string]string // the newest of each government's log, by its id
	Files       []string          // what its rows speak of, by SHA-256
}

// Freeze runs fn over one snapshot of everything; only a store opened as the schema's owner sees over the walls.
func (s *Store) Freeze(ctx context.Context, fn func(Frozen) error) error {
	return s.once(ctx, access.Act{}, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", func(tx *Tx) error {
		f := Frozen{Checkpoints: map[string]string{}}
		var notes []struct {
			Government string `db:"government_id"`
			Note       string `db:"note"`
		}
		if err := errors.Join(
			tx.get(ctx, &f.ID, `SELECT pg_export_snapshot()`),
			tx.all(ctx, &f.Governments, `SELECT government_id, name FROM government ORDER BY created_at, government_id`),
			tx.all(ctx, &notes, `SELECT DISTINCT ON (government_id) government_id, note FROM audit_seal ORDER BY government_id, size DESC`),
			tx.all(ctx, &f.Files, `SELECT sha256 FROM file UNION SELECT sha256 FROM report_run WHERE status = 'done' ORDER BY 1`),
		); err != nil {
			return err
		}
		for _, n := range notes {
			f.Checkpoints[n.Government] = n.Note
		}
		return fn(f)
	})
}

// ErrNotEmpty says that a database has something in it already.
var ErrNotEmpty = errors.New("the database is not empty")

// PrepareRestore makes the role that a dump grants its rights to, in an empty database; ErrNotEmpty when it is not.
func PrepareRestore(ctx context.Context, dsn string) error {
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer pool.Close()
	var tables int
	if err := pool.QueryRowContext(ctx, `SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace`).Scan(&tables); err != nil {
		return fmt.Errorf("look at the database: %w", err)
	}
	if tables > 0 {
		return ErrNotEmpty
	}
	if _, err := pool.ExecContext(ctx, `DO $$ BEGIN
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tayang_app') THEN CREATE ROLE tayang_app LOGIN; END IF;
		EXECUTE format('GRANT tayang_app TO %I', current_user); END $$`); err != nil {
		return fmt.Errorf("make the program's role: %w", err)
	}
	return nil
}
