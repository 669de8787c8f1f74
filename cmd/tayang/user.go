package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/registry"
	"tayang/db"
)

type userCommand struct {
	Government string      `help:"Name of the government, when there are several."`
	Add        userAdd     `cmd:"" help:"Make an account. The password is read from the first line of standard input."`
	List       userList    `cmd:"" help:"List the accounts."`
	Passwd     userPasswd  `cmd:"" help:"Change a password; it is read from the first line of standard input."`
	Disable    userDisable `cmd:"" help:"Close an account and end its sessions."`
}

type userAdd struct {
	Email  string `arg:""`
	Name   string `help:"Full name." required:""`
	Role   string `help:"staff, ppk, verifier, treasurer, head, auditor or admin." required:""`
	Agency string `help:"Agency code; not for auditor and admin."`
	NIP    string `help:"Civil servant's number, 18 digits."`
}

type userList struct{}

type userPasswd struct {
	Email string `arg:""`
}

type userDisable struct {
	Email string `arg:""`
}

// within runs fn as an act of the operator in the one government, or in the named one.
func (u userCommand) within(ctx context.Context, c console, cfg config, verb access.Verb, fn func(tx *db.Tx) error) error {
	return withDatabase(ctx, c, cfg, func(owner string) (err error) {
		store, err := db.Open(ctx, owner)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, store.Close()) }()
		id, err := u.government(ctx, store)
		if err != nil {
			return err
		}
		return store.InTx(ctx, access.Act{Actor: access.Actor{Government: id}, Verb: verb, Reason: "command line"},
			func(tx *db.Tx) (any, error) { return nil, fn(tx) })
	})
}

func (u userCommand) government(ctx context.Context, store *db.Store) (uuid.UUID, error) {
	all, err := store.Governments(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	if len(all) == 1 && u.Government == "" {
		return all[0].ID, nil
	}
	var names []string
	for _, g := range all {
		if g.Name == u.Government {
			return g.ID, nil
		}
		names = append(names, g.Name)
	}
	if len(all) == 0 {
		return uuid.Nil, errors.New("there is no government yet; make one with tayang government add NAME, or load the sample office with tayang sample")
	}
	return uuid.Nil, usageError{fmt.Errorf("name one of the governments with --government: %s", strings.Join(names, ", "))}
}

// Run makes an account.
func (a userAdd) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	hash, err := passwordFromInput()
	if err != nil {
		return err
	}
	return cli.User.within(ctx, c, cfg, "user.add", func(tx *db.Tx) error {
		var agency registry.Agency
		if a.Agency != "" {
			if agency, err = tx.AgencyByCode(ctx, a.Agency); err != nil {
				return usageError{fmt.Errorf("there is no agency %s in this government", a.Agency)}
			}
		}
		u, err := access.NewUser(a.Email, a.Name, a.NIP, []access.UserRole{{Role: access.Role(a.Role), Agency: agency.ID}})
		if err != nil {
			return usageError{err}
		}
		if err := tx.InsertUser(ctx, u, hash); err != nil {
			return err
		}
		c.say("%s may sign in as %s", u.Email, a.Role)
		return nil
	})
}

// Run lists the accounts.
func (userList) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	return cli.User.within(ctx, c, cfg, "user.list", func(tx *db.Tx) error {
		all, err := tx.Users(ctx)
		for _, u := range all {
			var roles []string
			for _, r := range u.Roles {
				roles = append(roles, string(r.Role))
			}
			state := "active"
			if u.Disabled {
				state = "disabled"
			}
			c.say("%-32s %-8s %-24s %s", u.Email, state, strings.Join(roles, ","), u.Name)
		}
		return err
	})
}

// Run changes a password.
func (u userPasswd) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	hash, err := passwordFromInput()
	if err != nil {
		return err
	}
	err = cli.User.within(ctx, c, cfg, "user.passwd", func(tx *db.Tx) error { return tx.SetPassword(ctx, u.Email, hash) })
	if err != nil {
		return nobodyHas(u.Email, err)
	}
	c.say("the password of %s is changed, and its sessions are ended", u.Email)
	return nil
}

// Run closes an account.
func (u userDisable) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	err := cli.User.within(ctx, c, cfg, "user.disable", func(tx *db.Tx) error { return tx.DisableUser(ctx, u.Email) })
	if err != nil {
		return nobodyHas(u.Email, err)
	}
	c.say("%s is disabled", u.Email)
	return nil
}

func nobodyHas(email string, err error) error {
	if fault.Is(err, "not_found") {
		return fmt.Errorf("nobody has the address %s; see tayang user list", email)
	}
	return err
}

func passwordFromInput() (string, error) {
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", usageError{fmt.Errorf("write the password on the first line of standard input (%w)", err)}
	}
	hash, err := access.HashPassword(line)
	if err != nil {
		return "", usageError{errors.New("the password needs 12 to 200 characters")}
	}
	return hash, nil
}
