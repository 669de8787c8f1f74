package main

import (
	"context"
	"errors"

	"tayang/db"
	"tayang/db/cluster"
)

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Apply every migration that is missing."`
	Down   migrateDown   `cmd:"" help:"Take the newest migration back."`
	Status migrateStatus `cmd:"" help:"List the migrations."`
}

type (
	migrateUp     struct{}
	migrateDown   struct{}
	migrateStatus struct{}
)

// reachCluster opens the private cluster of the data folder, or works beside the server that runs it.
func reachCluster(ctx context.Context, c console, cfg config) (*cluster.Cluster, error) {
	log := newLog(c, cfg)
	private, err := cluster.Open(ctx, cfg.Data, log)
	if errors.Is(err, cluster.ErrInUse) {
		return cluster.Join(ctx, cfg.Data, log)
	}
	return private, err
}

// withDatabase runs fn with the dsn of the role that owns the schema.
func withDatabase(ctx context.Context, c console, cfg config, fn func(owner string) error) (err error) {
	if cfg.DatabaseURL != "" {
		return fn(cfg.DatabaseURL)
	}
	private, err := reachCluster(ctx, c, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, private.Close()) }()
	return fn(private.OwnerDSN())
}

// Run applies every migration that is missing.
func (migrateUp) Run(ctx context.Context, c console, cfg config) error {
	return withDatabase(ctx, c, cfg, func(owner string) error { return db.MigrateUp(ctx, owner) })
}

// Run takes the newest migration back.
func (migrateDown) Run(ctx context.Context, c console, cfg config) error {
	return withDatabase(ctx, c, cfg, func(owner string) error { return db.MigrateDown(ctx, owner) })
}

// Run lists the migrations, oldest first.
func (migrateStatus) Run(ctx context.Context, c console, cfg config) error {
	return withDatabase(ctx, c, cfg, func(owner string) error {
		all, err := db.MigrateStatus(ctx, owner)
		for _, m := range all {
			state := "missing"
			if m.Applied {
				state = "applied"
			}
			c.say("%05d %-8s %s", m.Version, state, m.Name)
		}
		return err
	})
}
