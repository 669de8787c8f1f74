package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"tayang/db"
)

// lockTemplate is the advisory lock under which one process makes the template.
const lockTemplate = 4_820_261_124

// ensureTemplate migrates one database per text of the migrations; tests clone it.
func ensureTemplate(ctx context.Context, s *shared) (string, error) {
	hash, err := migrationsHash()
	if err != nil {
		return "", err
	}
	name := "template_" + hash
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return "", fmt.Errorf("reach the test server: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lockTemplate); err != nil {
		return "", fmt.Errorf("wait for the template: %w", err)
	}
	defer func() { _, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lockTemplate) }()
	if s.users != nil {
		if err := dropLeftovers(ctx, conn); err != nil {
			return "", err
		}
	}
	var there bool
	err = conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there)
	if err != nil || there {
		return name, err
	}
	return name, makeTemplate(ctx, s, conn, name)
}

// makeTemplate gives the database its name last, so that one whose migrations failed is never cloned.
func makeTemplate(ctx context.Context, s *shared, conn *sql.Conn, name string) error {
	const fresh = "template_fresh"
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + fresh + " WITH (FORCE)", "CREATE DATABASE " + fresh} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the template: %w", err)
		}
	}
	if err := db.MigrateUp(ctx, s.owner(fresh)); err != nil {
		return fmt.Errorf("migrate the template: %w", err)
	}
	if _, err := conn.ExecContext(ctx, "ALTER DATABASE "+fresh+" RENAME TO "+name); err != nil {
		return fmt.Errorf("name the template: %w", err)
	}
	return nil
}

// dropLeftovers drops the databases of test processes that were killed.
func dropLeftovers(ctx context.Context, conn *sql.Conn) error {
	return dropDatabases(ctx, conn, `test\_%`, func(name string) bool {
		pid, err := strconv.Atoi(strings.Split(name, "_")[1])
		return err == nil && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
	})
}

func dropFormerTemplates(ctx context.Context, dsn string) error {
	hash, err := migrationsHash()
	if err != nil {
		return err
	}
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return dropDatabases(ctx, conn, `template\_%`, func(name string) bool { return name != "template_"+hash })
}

func dropDatabases(ctx context.Context, conn *sql.Conn, pattern string, unwanted func(name string) bool) error {
	var names string
	err := conn.QueryRowContext(ctx, "SELECT coalesce(string_agg(datname, ' '), '') FROM pg_database WHERE datname LIKE $1", pattern).Scan(&names)
	if err != nil {
		return fmt.Errorf("list test databases: %w", err)
	}
	for _, name := range strings.Fields(names) {
		if !unwanted(name) {
			continue
		}
		if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return fmt.Errorf("drop test database %s: %w", name, err)
		}
	}
	return nil
}

// migrationsHash is taken over the files of the module that is being tested: go test runs in a package's folder.
func migrationsHash() (string, error) {
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(root) == root {
			return "", errors.New("no go.mod above the test's folder")
		}
		root = filepath.Dir(root)
	}
	files, err := filepath.Glob(filepath.Join(root, "db", "migrations", "*.sql"))
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		_, _ = fmt.Fprintf(sum, "%s %d\n%s", filepath.Base(file), len(text), text) // a hash never fails
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}
