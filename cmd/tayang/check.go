package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"tayang/app/access"
	"tayang/app/audit"
	"tayang/app/fault"
	"tayang/app/health"
	"tayang/db"
)

type checkCommand struct {
	Government string `help:"Name of one government; all when it is left out."`
}

// errProblems ends a check that found something; what it is was printed.
var errProblems = errors.New("the data does not hold what it should: see the lines above, and docs/operations.md on what to do")

// Run runs every named check and prints a line for each, with what breaks it.
func (k checkCommand) Run(ctx context.Context, c console, cfg config) (err error) {
	p, err := openBeside(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	return p.checkAll(ctx, c, k.Government)
}

// checkAll checks one government, or all of them; errProblems when something does not hold.
func (p *program) checkAll(ctx context.Context, c console, only string) error {
	checked, total := 0, 0
	err := p.eachGovernment(ctx, func(owner *db.Store, g db.Government) error {
		if only != "" && g.Name != only {
			return nil
		}
		checked++
		c.say("%s", g.Name)
		problems, err := p.check(ctx, owner, g, c.say)
		total += problems
		return err
	})
	switch {
	case err != nil:
		return err
	case checked == 0 && only != "":
		return usageError{fmt.Errorf("there is no government %s; see tayang government list", only)}
	case total > 0:
		return errProblems
	}
	return nil
}

// eachGovernment runs fn for every government with a store that sees over all walls.
func (p *program) eachGovernment(ctx context.Context, fn func(owner *db.Store, g db.Government) error) (err error) {
	owner, err := db.Open(ctx, p.owner)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	all, err := owner.Governments(ctx)
	if err != nil {
		return err
	}
	for _, g := range all {
		if err := fn(owner, g); err != nil {
			return err
		}
	}
	return nil
}

// check runs every check on one government, says what came of each, and gives the number of problems.
func (p *program) check(ctx context.Context, owner *db.Store, g db.Government, say func(string, ...any)) (problems int, err error) {
	actor := access.Actor{Government: g.ID}
	report := func(name, what string, found []audit.Problem) {
		problems += len(found)
		state := "ok"
		if len(found) > 0 {
			state = "FAILED"
		}
		say("%s", strings.TrimRight(fmt.Sprintf("  %-6s %-24s %s", state, name, what), " "))
		for _, f := range found {
			say("         %s: %s", f.Subject, f.Detail)
		}
	}
	if err := p.checkLog(ctx, actor, report); err != nil {
		return problems, err
	}
	for _, check := range db.Checks() {
		found, err := check.Run(ctx, owner, actor)
		if err != nil {
			return problems, err
		}
		report(check.Name, "", found)
	}
	return problems, p.checkFiles(ctx, actor, report)
}

// reporter is told what came of a check.
type reporter func(name, what string, found []audit.Problem)

// unsealedAge is how old an event must be before it is missed in the log.
const unsealedAge = "1 minute"

// sealNow seals what was recorded while no server ran. Where the key is not at hand it is left to who has it.
func (p *program) sealNow(ctx context.Context) error {
	err := audit.NewSealer(p.store, p.keys, p.now, p.log).Step(ctx)
	if err != nil && !errors.Is(err, audit.ErrKeyMissing) {
		return fmt.Errorf("seal what was recorded: %w", err)
	}
	return nil
}

// checkLog verifies the whole log from its first event on, and that what was recorded is in it.
func (p *program) checkLog(ctx context.Context, actor access.Actor, report reporter) error {
	if err := p.sealNow(ctx); err != nil {
		return err
	}
	found := map[string][]audit.Problem{}
	var v *audit.Verification
	var unsealed int64
	err := p.store.Read(ctx, actor, func(tx *db.Tx) error {
		keys, err := tx.Hashes(ctx).LogKeys()
		if err != nil {
			return err
		}
		v = audit.NewVerification(audit.Origin(actor.Government), keys)
		low := int64(0)
		if err := tx.EachSeal(ctx, func(s audit.Seal, events map[int64][]byte) error {
			low = s.Low
			for _, one := range v.Add(s, events) {
				found[one.Check] = append(found[one.Check], one)
			}
			return nil
		}); err != nil {
			return err
		}
		unsealed, err = tx.UnsealedSince(ctx, low, unsealedAge)
		return err
	})
	if err != nil {
		return err
	}
	report(audit.CheckEvents, fmt.Sprintf("%d events", v.Events), found[audit.CheckEvents])
	report(audit.CheckTree, fmt.Sprintf("%d seals", v.Seals), found[audit.CheckTree])
	gaps := ""
	for _, g := range v.Gaps {
		gaps += "NOTE " + g
	}
	report(audit.CheckCheckpoints, gaps, found[audit.CheckCheckpoints])
	var late []audit.Problem
	if unsealed > 0 {
		late = append(late, audit.Problem{Subject: fmt.Sprintf("%d events", unsealed), Detail: "are older than " + unsealedAge + " and not sealed"})
	}
	report("log_complete", "", late)
	return nil
}

// checkFiles reads every file that the government's rows speak of and holds it against its name.
func (p *program) checkFiles(ctx context.Context, actor access.Actor, report reporter) error {
	var found []audit.Problem
	files := 0
	err := p.store.Read(ctx, actor, func(tx *db.Tx) error {
		return tx.FileHashes(ctx, func(sum string) error {
			files++
			err := p.blobs.Verify(ctx, sum)
			if err == nil {
				return nil
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			detail := err.Error()
			if fault.From(err).Kind == fault.NotFound {
				detail = "is not there"
			}
			found = append(found, audit.Problem{Subject: "file " + sum, Detail: detail})
			return nil
		})
	})
	if err != nil {
		return err
	}
	report("files_are_there", fmt.Sprintf("%d files", files), found)
	return nil
}

// nightly is the hour of the office's day at which the server checks its data.
const nightly = 2

// watch checks the data every night until ctx ends; what it finds goes to the log and to the page of the administrators.
func (p *program) watch(ctx context.Context) {
	for {
		now := p.now().In(p.place)
		next := time.Date(now.Year(), now.Month(), now.Day(), nightly, 0, 0, 0, p.place)
		if !next.After(now) {
			next = next.AddDate(0, 0, 1)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(next.Sub(now)):
		}
		if err := p.checkAndKeep(ctx); err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "the nightly check did not end", slog.Any("error", err))
		}
	}
}

// checkAndKeep checks every government and keeps what was found.
func (p *program) checkAndKeep(ctx context.Context) error {
	return p.eachGovernment(ctx, func(owner *db.Store, g db.Government) error {
		var text strings.Builder
		began := p.now()
		problems, err := p.check(ctx, owner, g, func(format string, args ...any) { fmt.Fprintf(&text, format+"\n", args...) })
		if err != nil {
			return err
		}
		if problems > 0 {
			p.log.ErrorContext(ctx, "the data does not hold what it should; see tayang check", slog.String("government", g.Name), slog.Int("problems", problems))
		}
		return p.store.KeepCheck(ctx, g.ID, health.Run{StartedAt: began, FinishedAt: p.now(), Problems: int64(problems), Report: text.String()})
	})
}
