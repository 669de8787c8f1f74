// Package keyring keeps the secret keys that sign the logs: one file for each government in a folder that only the
// program may read, outside the database, so that whoever can write there cannot sign.
package keyring

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"tayang/app/audit"
)

// Directory is the folder of the keys.
type Directory struct{ folder string }

// Open names the folder; it is made when the first key is.
func Open(folder string) Directory { return Directory{folder} }

// Folder is where the keys lie, for backups.
func (d Directory) Folder() string { return d.folder }

func (d Directory) file(government uuid.UUID) string {
	return filepath.Join(d.folder, government.String()+".key")
}

// Ring gives the government's keys. With begin it makes the first one when there is none, else audit.ErrKeyMissing. It
// reads the file each time: a rotation by another program holds from the next checkpoint on.
func (d Directory) Ring(government uuid.UUID, begin bool) (r audit.Ring, err error) {
	lines, err := d.read(government)
	if errors.Is(err, fs.ErrNotExist) && begin {
		if err = d.write(government, "", true); err == nil || errors.Is(err, fs.ErrExist) { // another program may be faster
			lines, err = d.read(government)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return r, fmt.Errorf("%w: %s", audit.ErrKeyMissing, d.file(government))
	}
	if err != nil {
		return r, fmt.Errorf("keys of government %s: %w", government, err)
	}
	if r.Signer, r.Verifier, err = parse(lines[0]); err != nil || len(lines) == 1 {
		return r, err
	}
	if lost, ok := strings.CutPrefix(lines[1], lostMark); ok {
		r.Lost = lost
		return r, nil
	}
	r.Before, r.BeforeVerifier, err = parse(lines[1])
	return r, err
}

// lostMark stands before the public key that was declared lost.
const lostMark = "lost "

// Rotate makes a new key that signs from the next checkpoint on; the one that it follows signs that checkpoint too.
func (d Directory) Rotate(government uuid.UUID) error {
	lines, err := d.read(government)
	if err == nil {
		err = d.write(government, lines[0], false)
	}
	if err != nil {
		return fmt.Errorf("rotate the key of government %s: %w", government, err)
	}
	return nil
}

// Lose makes a new key in the place of one that is gone; the next checkpoint says so to everybody.
func (d Directory) Lose(government uuid.UUID, verifier string) error {
	if err := d.write(government, lostMark+verifier, false); err != nil {
		return fmt.Errorf("replace the lost key of government %s: %w", government, err)
	}
	return nil
}

// errNoKey is a file that holds no key.
var errNoKey = errors.New("the file holds no key")

// read gives the secret keys, the newest first; a line is the secret key, a blank and its public key.
func (d Directory) read(government uuid.UUID) ([]string, error) {
	text, err := os.ReadFile(d.file(government))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if lines[0] == "" {
		return nil, errNoKey
	}
	return lines, nil
}

// write makes a new key and puts it before what it follows, whole or not at all; when it is to be the first, it leaves
// what another program has written.
func (d Directory) write(government uuid.UUID, follows string, first bool) error {
	secret, public, err := note.GenerateKey(rand.Reader, audit.Origin(government))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(d.folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.folder, ".key-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(strings.TrimSpace(secret+" "+public+"\n"+follows) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if first {
		return os.Link(f.Name(), d.file(government))
	}
	return os.Rename(f.Name(), d.file(government))
}

func parse(line string) (s note.Signer, verifier string, err error) {
	secret, public, ok := strings.Cut(line, " ")
	if !ok {
		return nil, "", errNoKey
	}
	if s, err = note.NewSigner(secret); err != nil {
		return nil, "", errNoKey // its text could be part of the secret
	}
	return s, public, nil
}
