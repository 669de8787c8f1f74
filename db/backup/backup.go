// Package backup writes everything that an installation keeps into one encrypted archive, and reads it back: the
// database as pg_dump gives it, the files that its rows speak of, and the keys that sign its logs. It holds no rule of
// any noun.
package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"strings"
	"time"

	"filippo.io/age"

	"tayang/db/cluster"
)

// Kind is how an archive names its own form.
const Kind = "tayang-backup/1"

// Manifest is the first entry of an archive: what is in it, and where the logs stood.
type Manifest struct {
	Kind    string    `json:"kind"`
	Program string    `json:"program"`
	TakenAt time.Time `json:"taken_at"`
	// Checkpoints are the newest signed checkpoints in the database, by government: they tie the archive to what
	// witnesses keep.
	Checkpoints map[string]string `json:"checkpoints"`
	Governments []string          `json:"governments"`
}

// The folders of an archive, in their order. The database comes last, so that its rows never speak of a file that is not
// there.
const (
	manifestName   = "manifest.json"
	keyFolder      = "keys/"
	fileFolder     = "files/"
	databaseFolder = "database/"
)

// chunkBytes is how much of the database lies in one entry: its size need not be known before.
const chunkBytes = 4 << 20

// Writer writes an archive. Keys and files go before the database.
type Writer struct {
	tar    *tar.Writer
	sealed io.WriteCloser
	at     time.Time
}

// NewWriter begins an archive that only the passphrase opens (age, scrypt).
func NewWriter(w io.Writer, passphrase string, m Manifest) (*Writer, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("use the passphrase: %w", err)
	}
	sealed, err := age.Encrypt(w, to)
	if err != nil {
		return nil, err
	}
	m.Kind = Kind
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	out := &Writer{tar.NewWriter(sealed), sealed, m.TakenAt}
	return out, out.entry(manifestName, text)
}

func (w *Writer) entry(name string, content []byte) error {
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), ModTime: w.at}); err != nil {
		return err
	}
	_, err := w.tar.Write(content)
	return err
}

// Key adds a file of the key folder.
func (w *Writer) Key(name string, content []byte) error {
	return w.entry(keyFolder+path.Base(name), content)
}

// File adds content of that size under its SHA-256.
func (w *Writer) File(sum string, size int64, content io.Reader) error {
	if err := w.tar.WriteHeader(&tar.Header{Name: fileFolder + sum, Mode: 0o600, Size: size, ModTime: w.at}); err != nil {
		return err
	}
	_, err := io.Copy(w.tar, content)
	return err
}

// Database adds what pg_dump gives of the snapshot.
func (w *Writer) Database(ctx context.Context, dsn, snapshot string) error {
	tool, err := cluster.Tool(ctx, "pg_dump")
	if err != nil {
		return err
	}
	var complaints bytes.Buffer
	cmd := exec.CommandContext(ctx, tool, "--format=custom", "--snapshot="+snapshot, "--dbname="+dsn)
	cmd.Stderr = &complaints
	dump, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	chunk := make([]byte, chunkBytes)
	for n := 0; err == nil; n++ {
		var got int
		if got, err = io.ReadFull(dump, chunk); got > 0 {
			err = errors.Join(w.entry(fmt.Sprintf("%s%08d", databaseFolder, n), chunk[:got]), unlessEnd(err))
		}
	}
	if err := unlessEnd(err); err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return err
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("pg_dump: %w: %s", err, strings.TrimSpace(complaints.String()))
	}
	return nil
}

func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// Close ends the archive; without it nothing of it can be read. The writer below stays open.
func (w *Writer) Close() error { return errors.Join(w.tar.Close(), w.sealed.Close()) }

// Target is where an archive is restored to. Each is called as its entries come.
type Target struct {
	Manifest func(Manifest) error
	Key      func(name string, content []byte) error
	File     func(sum string, content io.Reader) error
	// DSN is the empty database.
	DSN string
}

// errNoArchive is a file that is no archive, or not a whole one.
var errNoArchive = errors.New("this is no backup, or not the whole of one")

// ErrPassphrase says that the passphrase does not open the archive.
var ErrPassphrase = errors.New("the passphrase does not open this backup")

// keyBytesMax bounds a key file.
const keyBytesMax = 1 << 16

// Restore reads an archive into the target. The database is filled in one transaction, at the end.
func Restore(ctx context.Context, r io.Reader, passphrase string, to Target) error {
	with, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return fmt.Errorf("use the passphrase: %w", err)
	}
	open, err := age.Decrypt(r, with)
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		return ErrPassphrase
	}
	if err != nil {
		return errors.Join(errNoArchive, err)
	}
	entries := tar.NewReader(open)
	first, err := entries.Next()
	if err != nil || first.Name != manifestName {
		return errors.Join(errNoArchive, err)
	}
	var m Manifest
	if err := json.NewDecoder(entries).Decode(&m); err != nil || m.Kind != Kind {
		return errors.Join(errNoArchive, err)
	}
	if err := to.Manifest(m); err != nil {
		return err
	}
	return to.entries(ctx, entries)
}

func (to Target) entries(ctx context.Context, entries *tar.Reader) error {
	for {
		h, err := entries.Next()
		if err != nil {
			return errors.Join(errNoArchive, err) // the database was to come
		}
		switch folder, name := path.Split(h.Name); folder {
		case keyFolder:
			content, err := io.ReadAll(io.LimitReader(entries, keyBytesMax))
			if err == nil {
				err = to.Key(name, content)
			}
			if err != nil {
				return err
			}
		case fileFolder:
			if err := to.File(name, entries); err != nil {
				return err
			}
		case databaseFolder:
			return to.database(ctx, entries)
		default:
			return errNoArchive
		}
	}
}

// database gives the entry that is at hand, and all that follow, to pg_restore.
func (to Target) database(ctx context.Context, entries *tar.Reader) error {
	tool, err := cluster.Tool(ctx, "pg_restore")
	if err != nil {
		return err
	}
	reader, writer := io.Pipe()
	go func() {
		_, err := io.Copy(writer, entries)
		for err == nil {
			var h *tar.Header
			if h, err = entries.Next(); err != nil {
				break
			}
			if !strings.HasPrefix(h.Name, databaseFolder) {
				err = errNoArchive
				break
			}
			_, err = io.Copy(writer, entries)
		}
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			err = nil
		}
		_ = writer.CloseWithError(err) // gives err, or the end, to the reader
	}()
	var complaints bytes.Buffer
	cmd := exec.CommandContext(ctx, tool, "--no-owner", "--exit-on-error", "--single-transaction", "--dbname="+to.DSN)
	cmd.Stdin, cmd.Stderr = reader, &complaints
	err = cmd.Run()
	_ = reader.CloseWithError(errNoArchive) // a writer that goes on hears it
	if err != nil {
		return fmt.Errorf("pg_restore: %w: %s", err, strings.TrimSpace(complaints.String()))
	}
	return nil
}
