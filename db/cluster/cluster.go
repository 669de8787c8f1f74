// Package cluster keeps a private PostgreSQL cluster under a data folder: it finds the server's programs, makes the
// cluster, starts it on a unix socket that only its owner can reach, and stops it. Schema and queries belong to
// package db; a PostgreSQL that somebody else runs needs nothing of this.
package cluster

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/lib/pq"
)

const (
	ownerRole = "tayang_owner" // superuser: owns the schema, migrates
	appRole   = "tayang_app"   // made by the first migration: what the program works as
	database  = "tayang"
	port      = "5432" // names the socket file; nothing listens on TCP

	pollEvery  = 50 * time.Millisecond
	stopWithin = time.Minute
)

// Cluster is a running private cluster that this process alone uses.
type Cluster struct {
	layout layout
	lock   *os.File
	server server
	log    *slog.Logger
}

// layout names what lies where.
type layout struct {
	root    string // the data folder
	data    string // PostgreSQL's own folder inside it
	socket  string // folder of the unix socket
	logFile string
}

func layoutOf(dir string) (layout, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return layout{}, fmt.Errorf("data folder %s: %w", dir, err)
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return layout{}, fmt.Errorf("make data folder: %w", err)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return layout{}, fmt.Errorf("data folder %s: %w", dir, err)
	}
	return layout{
		root: root, data: filepath.Join(root, "cluster"), socket: socketFolder(root),
		logFile: filepath.Join(root, "postgresql.log"),
	}, nil
}

// Open makes the cluster under dir when there is none, and starts it or takes over one that a killed program left
// running. Settings are further "name=value" pairs for the server, which count only when it is started here. It fails
// with ErrInUse at once when another process holds the folder; ctx limits the wait for the start.
func Open(ctx context.Context, dir string, log *slog.Logger, settings ...string) (*Cluster, error) {
	l, err := layoutOf(dir)
	if err != nil {
		return nil, err
	}
	lock, err := hold(l.root)
	if err != nil {
		return nil, err
	}
	c := &Cluster{layout: l, lock: lock, log: log}
	if err := c.open(ctx, settings); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// Join reaches the cluster that another program runs on dir, for work beside it: Close leaves that as it is.
func Join(ctx context.Context, dir string, log *slog.Logger) (*Cluster, error) {
	l, err := layoutOf(dir)
	if err != nil {
		return nil, err
	}
	pid, ok := l.runningServer()
	if !ok {
		return nil, fmt.Errorf("no PostgreSQL runs on %s yet: try again in a moment", l.root)
	}
	c := &Cluster{layout: l, log: log}
	log.DebugContext(ctx, "work beside the running program", slog.Int("postgresql", pid))
	return c, c.awaitReady(ctx)
}

// Joined reports whether another program runs the cluster.
func (c *Cluster) Joined() bool { return c.lock == nil }

func (c *Cluster) open(ctx context.Context, settings []string) error {
	adopted, err := c.adopt(ctx)
	if err != nil {
		return err
	}
	if !adopted {
		if err := c.start(ctx, settings); err != nil {
			return err
		}
		if err := c.awaitReady(ctx); err != nil {
			return err
		}
	}
	return c.ensureDatabase(ctx)
}

// adopt takes over a server that is running; false when there is none, or when it was about to stop.
func (c *Cluster) adopt(ctx context.Context) (bool, error) {
	pid, ok := c.layout.runningServer()
	if !ok {
		return false, nil
	}
	c.log.InfoContext(ctx, "take over the running PostgreSQL", slog.Int("pid", pid))
	c.server = watch(pid)
	err := c.awaitReady(ctx)
	if err != nil && c.server.gone() {
		c.server = server{}
		return false, nil
	}
	return err == nil, err
}

func (c *Cluster) start(ctx context.Context, settings []string) error {
	bin, err := findBinaries(ctx, c.layout.majorVersion())
	if err != nil {
		return err
	}
	who, err := c.layout.serverUser(ctx)
	if err != nil {
		return err
	}
	if err := c.layout.makeSocketFolder(who); err != nil {
		return err
	}
	if c.layout.majorVersion() == 0 {
		c.log.InfoContext(ctx, "make a PostgreSQL cluster", slog.String("folder", c.layout.data), slog.String("programs", bin.folder))
		if err := c.layout.initialise(ctx, bin, who); err != nil {
			return err
		}
	}
	c.server, err = c.layout.startServer(ctx, bin, who, settings)
	return err
}

// awaitReady waits until the server answers; after a crash that is when it has recovered.
func (c *Cluster) awaitReady(ctx context.Context) error {
	pool, err := sql.Open("postgres", c.dsn(ownerRole, "postgres"))
	if err != nil {
		return fmt.Errorf("open private PostgreSQL: %w", err)
	}
	defer pool.Close()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		err := pool.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-c.server.done:
			return fmt.Errorf("PostgreSQL did not start; its log %s ends:\n%s", c.layout.logFile, tail(c.layout.logFile))
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL did not answer in time (log in %s): %w", c.layout.logFile, errors.Join(ctx.Err(), err))
		case <-tick.C:
		}
	}
}

func (c *Cluster) ensureDatabase(ctx context.Context) error {
	pool, err := sql.Open("postgres", c.dsn(ownerRole, "postgres"))
	if err != nil {
		return fmt.Errorf("open private PostgreSQL: %w", err)
	}
	defer pool.Close()
	var there bool
	err = pool.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database).Scan(&there)
	if err == nil && !there {
		_, err = pool.ExecContext(ctx, "CREATE DATABASE "+pq.QuoteIdentifier(database))
	}
	if err != nil {
		return fmt.Errorf("make database %s: %w", database, err)
	}
	return nil
}

// OwnerDSN is the lib/pq connection string of the role that owns the schema; migrations and backups use it.
func (c *Cluster) OwnerDSN() string { return c.dsn(ownerRole, database) }

// AppDSN is the lib/pq connection string of the program's own role, which the first migration makes.
func (c *Cluster) AppDSN() string { return c.dsn(appRole, database) }

func (c *Cluster) dsn(role, name string) string {
	quote := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	return fmt.Sprintf("host='%s' port=%s user=%s dbname=%s sslmode=disable", quote.Replace(c.layout.socket), port, role, name)
}

// Leave gives the folder up and lets PostgreSQL run on; the next Open takes it over.
func (c *Cluster) Leave() error { return c.lock.Close() }

// Close ends all sessions, stops PostgreSQL cleanly and gives the folder up. It returns when the server has gone.
func (c *Cluster) Close() error {
	if c.Joined() {
		return nil
	}
	return errors.Join(c.stop(), c.lock.Close())
}

func (c *Cluster) stop() error {
	if c.server.pid == 0 {
		return nil
	}
	// SIGINT is PostgreSQL's fast shutdown: sessions end, a checkpoint is written. SIGQUIT leaves that to recovery.
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		if err := syscall.Kill(c.server.pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop PostgreSQL (process %d): %w", c.server.pid, err)
		}
		select {
		case <-c.server.done:
			return nil
		case <-time.After(stopWithin):
		}
	}
	return fmt.Errorf("PostgreSQL (process %d) does not stop; its log is %s", c.server.pid, c.layout.logFile)
}
