package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tayang/db"
	"tayang/db/backup"
	"tayang/db/blob"
)

type backupCommand struct {
	File       string `arg:"" help:"The archive to write; it must not be there yet."`
	Passphrase string `name:"passphrase-file" type:"existingfile" help:"File whose first line is the passphrase; standard input when left out."`
}

type restoreCommand struct {
	File       string `arg:"" type:"existingfile" help:"The archive to read."`
	Passphrase string `name:"passphrase-file" type:"existingfile" help:"File whose first line is the passphrase; standard input when left out."`
}

// passphraseMin is the least length of a passphrase, in bytes.
const passphraseMin = 12

// readPassphrase reads the first line of the file, or of standard input.
func readPassphrase(file string) (string, error) {
	in := io.Reader(os.Stdin)
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return "", usageError{err}
		}
		defer f.Close()
		in = f
	}
	line, _ := bufio.NewReader(in).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); len(line) < passphraseMin {
		return "", usageError{fmt.Errorf("write a passphrase of at least %d characters on the first line of standard input or of --passphrase-file", passphraseMin)}
	}
	return line, nil
}

// Run writes database, files and keys into one encrypted archive; a running server goes on meanwhile.
func (b backupCommand) Run(ctx context.Context, c console, cfg config) (err error) {
	passphrase, err := readPassphrase(b.Passphrase)
	if err != nil {
		return err
	}
	p, err := openBeside(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	f, err := os.OpenFile(b.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	m, err := p.backup(ctx, f, passphrase)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(b.File))
	}
	c.say("%s: %s as of %s. Keep the passphrase elsewhere: nothing opens the backup without it.", b.File, strings.Join(m.Governments, ", "), m.TakenAt.Format("2006-01-02 15:04:05 MST"))
	return nil
}

// backup writes an archive of everything as of one moment.
func (p *program) backup(ctx context.Context, w io.Writer, passphrase string) (m backup.Manifest, err error) {
	if err := p.sealNow(ctx); err != nil {
		return m, err
	}
	owner, err := db.Open(ctx, p.owner)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	err = owner.Freeze(ctx, func(f db.Frozen) error {
		m = backup.Manifest{Program: version(), TakenAt: p.now(), Checkpoints: f.Checkpoints}
		for _, g := range f.Governments {
			m.Governments = append(m.Governments, g.Name)
		}
		out, err := backup.NewWriter(w, passphrase, m)
		if err != nil {
			return err
		}
		if err := errors.Join(p.backupKeys(out), p.backupFiles(ctx, out, f.Files)); err != nil {
			return err
		}
		if err := out.Database(ctx, p.owner, f.ID); err != nil {
			return err
		}
		return out.Close()
	})
	return m, err
}

func (p *program) backupKeys(out *backup.Writer) error {
	files, err := filepath.Glob(filepath.Join(p.keys.Folder(), "*.key"))
	for _, name := range files {
		content, e := os.ReadFile(name)
		if e == nil {
			e = out.Key(name, content)
		}
		err = errors.Join(err, e)
	}
	return err
}

// backupFiles copies the files. A size is known only once a file was read, so each passes through the disk's cache twice.
func (p *program) backupFiles(ctx context.Context, out *backup.Writer, sums []string) error {
	for _, sum := range sums {
		content, err := p.blobs.Open(ctx, sum)
		if err != nil {
			return fmt.Errorf("file %s: %w; see tayang check", sum, err)
		}
		size, err := io.Copy(io.Discard, content)
		if err = errors.Join(err, content.Close()); err != nil {
			return err
		}
		if content, err = p.blobs.Open(ctx, sum); err == nil {
			err = errors.Join(out.File(sum, size, content), content.Close())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Run restores an archive into an empty database and data folder, and checks everything.
func (r restoreCommand) Run(ctx context.Context, c console, cfg config) (err error) {
	passphrase, err := readPassphrase(r.Passphrase)
	if err != nil {
		return err
	}
	f, err := os.Open(r.File)
	if err != nil {
		return err
	}
	defer f.Close()
	var m backup.Manifest
	if err := withDatabase(ctx, c, cfg, func(owner string) error {
		m, err = restore(ctx, cfg, owner, f, passphrase)
		return err
	}); err != nil {
		return r.failed(err, cfg)
	}
	p, err := open(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	c.say("Restored %s as of %s. Checking:", strings.Join(m.Governments, ", "), m.TakenAt.Format("2006-01-02 15:04:05 MST"))
	if err := p.tied(ctx, m); err != nil {
		return err
	}
	return p.checkAll(ctx, c, "")
}

// failed says what to do about an archive that was not restored.
func (r restoreCommand) failed(err error, cfg config) error {
	switch {
	case errors.Is(err, backup.ErrPassphrase):
		return err
	case errors.Is(err, db.ErrNotEmpty):
		return fmt.Errorf("%w; a backup is restored beside what is there, never over it: set TAYANG_DATA to a new folder, or DATABASE_URL to an empty database", err)
	}
	return fmt.Errorf("%w; what is in %s and the database now is not whole: empty both before you try again", err, cfg.Data)
}

// restore fills an empty database, the store of files and the folder of keys.
func restore(ctx context.Context, cfg config, owner string, from io.Reader, passphrase string) (m backup.Manifest, err error) {
	blobs, err := blob.Open(ctx, cfg.BlobURL, filepath.Join(cfg.Data, "files"))
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, blobs.Close()) }()
	keys := filepath.Join(cfg.Data, "keys")
	err = backup.Restore(ctx, from, passphrase, backup.Target{
		DSN: owner,
		Manifest: func(it backup.Manifest) error {
			m = it
			return errors.Join(db.PrepareRestore(ctx, owner), os.MkdirAll(keys, 0o700))
		},
		Key: func(name string, content []byte) error {
			at := filepath.Join(keys, filepath.Base(name))
			if old, err := os.ReadFile(at); err == nil && string(old) != string(content) {
				return fmt.Errorf("another key lies at %s", at)
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return os.WriteFile(at, content, 0o600)
		},
		File: func(sum string, content io.Reader) error {
			got, _, err := blobs.Put(ctx, content)
			if err == nil && got != sum {
				err = fmt.Errorf("file %s is damaged in the backup", sum)
			}
			return err
		},
	})
	return m, err
}

// tied wants the restored logs to stand where the archive says that they stood.
func (p *program) tied(ctx context.Context, m backup.Manifest) error {
	owner, err := db.Open(ctx, p.owner)
	if err != nil {
		return err
	}
	err = owner.Freeze(ctx, func(f db.Frozen) error {
		for id, note := range m.Checkpoints {
			if f.Checkpoints[id] != note {
				return fmt.Errorf("the log of %s is not the one that the backup was taken of", id)
			}
		}
		return nil
	})
	return errors.Join(err, owner.Close())
}
