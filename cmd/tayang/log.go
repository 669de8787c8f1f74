package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tayang/app/access"
	"tayang/app/audit"
	"tayang/db"
	"tayang/db/keyring"
)

type logCommand struct {
	Government string        `help:"Name of the government, when there are several."`
	Export     logExport     `cmd:"" help:"Write the whole sealed log of a government into a file that anybody can verify without us (tayang verify)."`
	Keys       logKeys       `cmd:"" help:"List the keys that signed the log."`
	RotateKey  logRotateKey  `cmd:"" help:"Sign with a new key from the next checkpoint on; the present key vouches for it."`
	ReplaceKey logReplaceKey `cmd:"" name:"replace-lost-key" help:"Sign with a new key although the present one is gone. Everybody who verifies the log will see the gap."`
}

type logExport struct {
	Output string `short:"o" required:"" help:"The file to write."`
}

type (
	logKeys       struct{}
	logRotateKey  struct{}
	logReplaceKey struct{}
)

// with runs fn on the log of the one government, or of the named one.
func (l logCommand) with(ctx context.Context, c console, cfg config, fn func(p *program, actor access.Actor) error) (err error) {
	p, err := openBeside(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	owner, err := db.Open(ctx, p.owner)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	id, err := userCommand{Government: l.Government}.government(ctx, owner)
	if err != nil {
		return err
	}
	return fn(p, access.Actor{Government: id})
}

// Run writes the log; what was recorded since the server stopped is sealed first.
func (e logExport) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	return cli.Log.with(ctx, c, cfg, func(p *program, actor access.Actor) (err error) {
		if err := p.sealNow(ctx); err != nil {
			return err
		}
		f, err := os.OpenFile(e.Output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("write the log: %w", err)
		}
		defer func() {
			if err = errors.Join(err, f.Close()); err != nil {
				err = errors.Join(err, os.Remove(e.Output))
			}
		}()
		events := int64(0)
		err = p.store.Read(ctx, actor, func(tx *db.Tx) error {
			keys, err := tx.Hashes(ctx).LogKeys()
			if err != nil {
				return err
			}
			out, err := audit.NewExporter(f, audit.ExportHeader{Origin: audit.Origin(actor.Government), Government: actor.Government.String(), Keys: keys})
			if err != nil {
				return err
			}
			if err := tx.EachSeal(ctx, func(s audit.Seal, texts map[int64][]byte) error {
				events = s.Size
				return out.Add(s, texts)
			}); err != nil {
				return err
			}
			return out.Close()
		})
		if err == nil {
			c.say("%s: %d events of %s; verify it with tayang verify", e.Output, events, audit.Origin(actor.Government))
		}
		return err
	})
}

// Run lists the keys, oldest first.
func (logKeys) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	return cli.Log.with(ctx, c, cfg, func(p *program, actor access.Actor) error {
		return p.store.ReadLog(ctx, actor.Government, func(log audit.Lookup) error {
			keys, err := log.LogKeys()
			for _, k := range keys {
				c.say("since %-10d %-8s %s", k.BeginsAtSize, k.Reason, k.Verifier)
			}
			return err
		})
	})
}

// Run rotates the key; a running server signs with it at its next checkpoint.
func (logRotateKey) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	return cli.Log.with(ctx, c, cfg, func(p *program, actor access.Actor) error {
		head, err := p.store.LogHead(ctx, actor.Government)
		if err != nil {
			return err
		}
		ring, err := p.keys.Ring(actor.Government, false)
		if err != nil {
			return err
		}
		if head.Key != ring.Verifier { // a second new key would push out the one that has to vouch for the first
			return errors.New("the last new key has not signed anything yet: try again once something was recorded and sealed")
		}
		if err := p.keys.Rotate(actor.Government); err != nil {
			return err
		}
		return sayKey(c, p.keys, actor)
	})
}

// Run replaces a key that is gone.
func (logReplaceKey) Run(ctx context.Context, c console, cfg config, cli *commands) error {
	return cli.Log.with(ctx, c, cfg, func(p *program, actor access.Actor) error {
		if _, err := p.keys.Ring(actor.Government, false); err == nil {
			return fmt.Errorf("the key is not lost: it lies in %s; use tayang log rotate-key", p.keys.Folder())
		}
		head, err := p.store.LogHead(ctx, actor.Government)
		if err != nil {
			return err
		}
		if head.Key == "" {
			return errors.New("nothing was sealed yet, so no key can be lost")
		}
		if err := p.keys.Lose(actor.Government, head.Key); err != nil {
			return err
		}
		return sayKey(c, p.keys, actor)
	})
}

func sayKey(c console, keys keyring.Directory, actor access.Actor) error {
	ring, err := keys.Ring(actor.Government, false)
	if err == nil {
		c.say("from the next checkpoint on the log is signed with %s", ring.Verifier)
	}
	return err
}
