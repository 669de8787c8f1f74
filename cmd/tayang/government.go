package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/db"
)

type governmentCommand struct {
	Add  governmentAdd  `cmd:"" help:"Begin a government: a regency, city, province, ministry or other public body. Its first administrator is made with tayang user add."`
	List governmentList `cmd:"" help:"List the governments."`
}

type governmentAdd struct {
	Name string `arg:"" help:"Official name; no two governments may have the same."`
}

type governmentList struct{}

// Run begins a government, which has nothing in it yet.
func (g governmentAdd) Run(ctx context.Context, c console, cfg config) error {
	name := strings.TrimSpace(g.Name)
	if name == "" {
		return usageError{errors.New("write the name of the government")}
	}
	return withGovernments(ctx, c, cfg, func(store *db.Store, all []db.Government) error {
		if slices.ContainsFunc(all, func(o db.Government) bool { return o.Name == name }) {
			return fmt.Errorf("there is a government %s already; see tayang government list", name)
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		act := access.Act{Actor: access.Actor{Government: id}, Verb: "government.add", Reason: "command line"}
		if err := store.InTx(ctx, act, func(tx *db.Tx) (any, error) { return nil, tx.InsertGovernment(ctx, name) }); err != nil {
			return err
		}
		c.say("%s has begun", name)
		return nil
	})
}

// Run lists the governments, oldest first.
func (governmentList) Run(ctx context.Context, c console, cfg config) error {
	return withGovernments(ctx, c, cfg, func(_ *db.Store, all []db.Government) error {
		for _, g := range all {
			c.say("%s  %s", g.ID, g.Name)
		}
		return nil
	})
}

// withGovernments runs fn with a store that sees over all walls, and with the governments that there are. It brings
// the schema up to date first, for a government is the first thing that an empty database gets.
func withGovernments(ctx context.Context, c console, cfg config, fn func(store *db.Store, all []db.Government) error) error {
	return withDatabase(ctx, c, cfg, func(owner string) (err error) {
		if err := db.MigrateUp(ctx, owner); err != nil {
			return err
		}
		store, err := db.Open(ctx, owner)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, store.Close()) }()
		all, err := store.Governments(ctx)
		if err != nil {
			return err
		}
		return fn(store, all)
	})
}
