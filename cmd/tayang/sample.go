package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"tayang/db"
	"tayang/db/sample"
)

type sampleCommand struct{}

// Run loads the sample office into an empty database.
func (sampleCommand) Run(ctx context.Context, c console, cfg config) (err error) {
	p, err := open(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	return p.loadSample(ctx, c)
}

// loadSample loads the sample office, unless there is already something in the database, and prints its accounts
// when it is there.
func (p *program) loadSample(ctx context.Context, c console) (err error) {
	owner, err := db.Open(ctx, p.owner)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	all, err := owner.Governments(ctx)
	if err != nil {
		return err
	}
	switch {
	case len(all) == 0:
		c.say("Loading the sample office …")
		if err := p.tellSample(ctx); err != nil {
			return fmt.Errorf("load the sample office: %w", err)
		}
	case all[0].Name == sample.Unfinished:
		return errors.New("the sample office was left half loaded; start again with an empty database: " + p.emptied())
	case all[0].Name != sample.Government:
		c.say("The database is in use by %s; the sample office was not loaded.", all[0].Name)
		return nil
	}
	c.say("Sample office %s, password %s:", sample.Government, sample.Password)
	for _, a := range sample.Accounts()[:7] {
		c.say("  %-24s %s", a.Email, a.Name)
	}
	return nil
}

// emptied says how to come to an empty database.
func (p *program) emptied() string {
	if p.cluster == nil {
		return "drop and create the one of DATABASE_URL"
	}
	return "remove " + filepath.Join(p.cfg.Data, "cluster")
}

func (p *program) tellSample(ctx context.Context) error {
	return sample.Load(ctx, p.store, p.blobs, p.place)
}

// refusedAccounts are those whose password everybody knows, once others than this machine can reach the server.
func (c config) refusedAccounts() (out []string) {
	if c.loopback() {
		return nil
	}
	for _, a := range sample.Accounts() {
		out = append(out, a.Email)
	}
	return out
}
