package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"tayang/app/audit"
	"tayang/db"
)

type verifyCommand struct {
	Files []string `arg:"" help:"Workbooks that this program made, or exported logs."`
	Key   []string `help:"Public key of the log, from somebody who is trusted: a witness, or the office's own publication. Without it the keys in the file count."`
}

// errUnverified ends a verification that found a difference.
var errUnverified = errors.New("not everything is what it says: see the lines above")

// Run verifies each file. An exported log needs no database and no network; a workbook is held against what the ledger
// knows of the workbooks that were made.
func (v verifyCommand) Run(ctx context.Context, c console, cfg config) error {
	differs := false
	for _, name := range v.Files {
		ok, err := v.file(ctx, c, cfg, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		differs = differs || !ok
	}
	if differs {
		return errUnverified
	}
	return nil
}

func (v verifyCommand) file(ctx context.Context, c console, cfg config, name string) (ok bool, err error) {
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	begin := make([]byte, 2)
	if _, err := io.ReadFull(f, begin); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	if string(begin) == "PK" {
		return verifyWorkbook(ctx, c, cfg, name, f)
	}
	return v.log(c, name, f)
}

// log verifies an exported log from its file alone.
func (v verifyCommand) log(c console, name string, f io.Reader) (bool, error) {
	problems := 0
	done, h, err := audit.VerifyExport(f, v.Key, func(p audit.Problem) {
		problems++
		c.say("%s: %s", name, p)
	})
	if err != nil {
		return false, err
	}
	for _, gap := range done.Gaps {
		c.say("%s: NOTE %s", name, gap)
	}
	if problems > 0 {
		return false, nil
	}
	c.say("%s: %d events of %s in %d seals, whole and unchanged", name, done.Size(), h.Origin, done.Seals)
	if len(v.Key) == 0 && len(h.Keys) > 0 {
		c.say("%s: signed with %s; compare this key with one that was not in the file", name, h.Keys[len(h.Keys)-1].Verifier)
	}
	return true, nil
}

// verifyWorkbook asks the ledger whether it has made exactly this file.
func verifyWorkbook(ctx context.Context, c console, cfg config, name string, f io.Reader) (ok bool, err error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return false, err
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	p, err := openBeside(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	err = p.eachGovernment(ctx, func(owner *db.Store, g db.Government) error {
		made, err := owner.WorkbooksOf(ctx, g.ID, sum)
		for _, m := range made {
			ok = true
			c.say("%s: made for %s (%s), %s of %d, as of %s, asked for by %s; unchanged since", name, m.Agency, g.Name, m.Kind, m.FiscalYear,
				m.AsOf.UTC().Format("2006-01-02 15:04:05 MST"), m.By)
		}
		return err
	})
	if err == nil && !ok {
		c.say("%s: no workbook with SHA-256 %s was made here: it was changed, or made elsewhere", name, sum)
	}
	return ok, err
}
