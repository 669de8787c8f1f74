package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"tayang/app/audit"
	"tayang/app/tax"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/cluster"
	"tayang/db/keyring"
)

// program is everything that runs: the private cluster when there is one, the store, files and the services.
type program struct {
	cfg     config
	log     *slog.Logger
	beside  bool             // may work beside a server that runs on the same data folder
	cluster *cluster.Cluster // nil with DATABASE_URL
	owner   string           // dsn of the role that owns the schema
	store   *db.Store
	blobs   blob.Store
	keys    keyring.Directory
	sealer  *audit.Sealer
	rates   tax.Rates
	app     services
	now     func() time.Time
	place   *time.Location
	sending atomic.Int64 // files that are being sent to the API
	storage storage      // what is known of the place of files
}

// open reaches the database, brings its schema up to date and builds the services. The caller closes the program.
func open(ctx context.Context, cfg config, log *slog.Logger) (*program, error) {
	return start(ctx, &program{cfg: cfg, log: log, now: clock})
}

// openBeside is open for a command that may do its work while the server runs on the same data folder.
func openBeside(ctx context.Context, cfg config, log *slog.Logger) (*program, error) {
	return start(ctx, &program{cfg: cfg, log: log, now: clock, beside: true})
}

func start(ctx context.Context, p *program) (*program, error) {
	if err := p.open(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// clock is the time as the database keeps it, so that an answer and what is read later say the same.
func clock() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func (p *program) open(ctx context.Context) (err error) {
	if p.place, err = time.LoadLocation("Asia/Jakarta"); err != nil {
		return fmt.Errorf("load the office's time zone: %w", err)
	}
	app, err := p.reach(ctx)
	if err != nil {
		return err
	}
	if p.cluster == nil || !p.cluster.Joined() { // the running server has done it
		if err := db.MigrateUp(ctx, p.owner); err != nil {
			return err
		}
	}
	if p.store, err = db.Open(ctx, app); err != nil {
		return err
	}
	if p.blobs, err = blob.Open(ctx, p.cfg.BlobURL, filepath.Join(p.cfg.Data, "files")); err != nil {
		return err
	}
	if p.rates, err = p.store.TaxRates(ctx); err != nil {
		return err
	}
	p.keys = keyring.Open(filepath.Join(p.cfg.Data, "keys"))
	p.sealer = audit.NewSealer(p.store, p.keys, p.now, p.log)
	p.app, err = p.wire()
	return err
}

// reach finds the database of the settings, or starts the private one; it returns the dsn of the program's role.
func (p *program) reach(ctx context.Context) (app string, err error) {
	if p.cfg.DatabaseURL != "" {
		p.owner = p.cfg.DatabaseURL
		return asApp(p.cfg.DatabaseURL)
	}
	p.cluster, err = cluster.Open(ctx, p.cfg.Data, p.log)
	if p.beside && errors.Is(err, cluster.ErrInUse) {
		p.cluster, err = cluster.Join(ctx, p.cfg.Data, p.log)
	}
	if err != nil {
		p.cluster = nil
		return "", err
	}
	p.owner = p.cluster.OwnerDSN()
	return p.cluster.AppDSN(), nil
}

// Close ends everything that open began, in reverse order.
func (p *program) Close() error {
	var errs []error
	if p.blobs != nil {
		errs = append(errs, p.blobs.Close())
	}
	if p.store != nil {
		errs = append(errs, p.store.Close())
	}
	if p.cluster != nil {
		errs = append(errs, p.cluster.Close())
	}
	return errors.Join(errs...)
}

// serve answers on the listener until ctx ends, then finishes what is under way.
func (p *program) serve(ctx context.Context, ln net.Listener) error {
	app, err := p.server()
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	var workers sync.WaitGroup
	workers.Go(func() { p.app.worker.Run(working) })
	workers.Go(func() { p.sealer.Run(working) })
	if p.app.opener != nil {
		workers.Go(func() { p.app.opener.Run(working) })
	}
	workers.Go(func() { p.app.looker.Run(working) })
	workers.Go(func() { p.app.again.Run(working) })
	workers.Go(func() { p.watch(working) })
	workers.Go(func() { p.tidy(working) })
	defer workers.Wait()
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- app.Listener(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	return shutdown(app)
}

const shutdownWait = 15 * time.Second

func shutdown(app *fiber.App) error {
	err := app.ShutdownWithTimeout(shutdownWait)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil // idle keep-alive connections only
	}
	return err
}
