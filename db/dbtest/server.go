package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"

	"tayang/db/cluster"
)

// shared is the server of all tests of this process.
type shared struct {
	owner, app func(database string) (dsn string)
	admin      *sql.DB
	template   string
	users      *os.File // held for reading while this process lives, so that Stop leaves the server alone
}

// sharedServer is the one state of the package: a test process looks for its server once.
var sharedServer = sync.OnceValues(func() (*shared, error) {
	ctx := context.Background()
	s, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	if s.admin, err = sql.Open("postgres", s.owner("postgres")); err != nil {
		return nil, err
	}
	s.admin.SetMaxOpenConns(4)
	if s.template, err = ensureTemplate(ctx, s); err != nil {
		return nil, err
	}
	return s, nil
})

func connect(ctx context.Context) (*shared, error) {
	text := os.Getenv("TEST_DATABASE_URL")
	if text == "" {
		return startPrivate(ctx)
	}
	base, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read TEST_DATABASE_URL: %w", err)
	}
	return &shared{owner: inDatabase(*base, ""), app: inDatabase(*base, "tayang_app")}, nil
}

// inDatabase names another database of the URL's server, and the role to work as there.
func inDatabase(base url.URL, role string) func(database string) string {
	if role != "" {
		q := base.Query()
		q.Set("role", role)
		base.RawQuery = q.Encode()
	}
	return func(database string) string {
		u := base
		u.Path = "/" + database
		return u.String()
	}
}

// startPrivate starts the cluster of all test processes, or finds it running, and leaves it running for the others.
func startPrivate(ctx context.Context) (*shared, error) {
	dir, err := folder(ctx)
	if err != nil {
		return nil, err
	}
	users, err := take(filepath.Join(dir, "users"), syscall.LOCK_SH)
	if err != nil {
		return nil, err
	}
	turn, err := take(filepath.Join(dir, "turn"), syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer turn.Close()
	c, err := cluster.Open(ctx, dir, slog.New(slog.DiscardHandler),
		"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "max_wal_size=4GB")
	if err != nil {
		return nil, err
	}
	return &shared{
		// A later dbname overrides the cluster's own.
		owner: func(database string) string { return c.OwnerDSN() + " dbname=" + database },
		app:   func(database string) string { return c.AppDSN() + " dbname=" + database },
		users: users,
	}, c.Leave()
}

// Stop drops the templates of former migrations and stops the private cluster of the tests, unless a test process is
// still using it.
func Stop(ctx context.Context) error {
	dir, err := folder(ctx)
	if err != nil {
		return err
	}
	users, err := take(filepath.Join(dir, "users"), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil
	}
	if err != nil {
		return err
	}
	defer users.Close()
	if _, err := os.Stat(filepath.Join(dir, "cluster", "postmaster.pid")); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	c, err := cluster.Open(ctx, dir, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return errors.Join(dropFormerTemplates(ctx, c.OwnerDSN()), c.Close())
}

// folder is where the tests' cluster lives: one per version of PostgreSQL, since only the version that made a cluster can
// run it.
func folder(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = filepath.Join(os.TempDir(), "cache-"+strconv.Itoa(os.Geteuid()))
	}
	major, err := cluster.NewestVersion(ctx)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "tayang-test", strconv.Itoa(major))
	return dir, os.MkdirAll(dir, 0o700)
}

// take opens and locks a file; the lock goes when the file is closed or the process ends.
func take(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), how); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}
