// Package blob keeps content by its SHA-256 where the settings say. What the content is, and who may see it, is not
// known here.
package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"time"

	"tayang/app/fault"
	"tayang/app/file"
)

// Directory keeps each content as a file ab/cd/abcd… of one folder. Several processes may share the folder.
type Directory struct {
	root *os.Root
}

// OpenDirectory opens the folder, and makes it when it is not there; the caller closes it.
func OpenDirectory(folder string) (*Directory, error) {
	root, err := openRoot(folder)
	if err != nil {
		return nil, err
	}
	return &Directory{root}, nil
}

// openRoot opens a folder with its subfolder for what arrives.
func openRoot(folder string) (*os.Root, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make folder for files: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open folder for files: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("make folder for incoming files: %w", err), root.Close())
	}
	return root, nil
}

// Close gives the folder back.
func (d *Directory) Close() error { return d.root.Close() }

// Spool gives a file for what is still arriving, outside of what is kept; it is gone when it is closed.
func (d *Directory) Spool() (file.Spool, error) { return openSpool(d.root) }

// Check says whether content can be kept now: storage_full, or storage_unavailable.
func (d *Directory) Check(ctx context.Context) error { return room(ctx, d.root) }

// Sweep removes what began to arrive, did not arrive whole and was not touched since before.
func (d *Directory) Sweep(ctx context.Context, before time.Time) (removed int, err error) {
	return sweep(ctx, d.root, before)
}

// Put keeps everything that r gives; content and name are durable once it returns. Keeping equal content again puts a
// fresh copy in the old one's place. Faults: storage_full, storage_unavailable.
func (d *Directory) Put(ctx context.Context, r io.Reader) (sum string, size int64, err error) {
	temporary := path.Join(incoming, rand.Text())
	sum, size, err = d.receive(ctx, temporary, r)
	if err == nil {
		err = trouble(ctx, d.place(temporary, sum))
	}
	if err != nil {
		if e := d.root.Remove(temporary); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
		return "", 0, err
	}
	return sum, size, nil
}

func (d *Directory) receive(ctx context.Context, name string, r io.Reader) (sum string, size int64, err error) {
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", 0, trouble(ctx, err)
	}
	defer func() { err = errors.Join(err, trouble(ctx, f.Close())) }()
	hash := sha256.New()
	if size, err = io.Copy(io.MultiWriter(&keeping{ctx, f}, hash), &cancellable{ctx, r}); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(hash.Sum(nil)), size, trouble(ctx, f.Sync())
}

// place gives the file its name, and makes the name durable in every folder on the way to it.
func (d *Directory) place(temporary, sum string) error {
	name := nameOf(sum)
	if err := d.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	if err := d.root.Rename(temporary, name); err != nil {
		return err
	}
	for folder := path.Dir(name); ; folder = path.Dir(folder) {
		if err := d.sync(folder); err != nil || folder == "." {
			return err
		}
	}
}

func (d *Directory) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Open reads content again, after having made sure that it is still what its name says. NotFound when it is not there.
func (d *Directory) Open(ctx context.Context, sum string) (io.ReadCloser, error) {
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(sum) {
		return nil, fault.Missing()
	}
	f, err := d.root.Open(nameOf(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Missing()
	}
	if err != nil {
		return nil, trouble(ctx, err)
	}
	if err := verify(ctx, f, sum); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Verify reads content to its end. NotFound when it is not there, an error when it is not what its name says.
func (d *Directory) Verify(ctx context.Context, sum string) error {
	content, err := d.Open(ctx, sum) // reads it all
	if err != nil {
		return err
	}
	return content.Close()
}

// verify reads the file to its end and goes back to its beginning.
func verify(ctx context.Context, f *os.File, sum string) error {
	hash := sha256.New()
	if _, err := io.Copy(hash, &cancellable{ctx, f}); err != nil {
		return err
	}
	if is := hex.EncodeToString(hash.Sum(nil)); is != sum {
		return fmt.Errorf("file %s is damaged: its content has SHA-256 %s", f.Name(), is)
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}

func nameOf(sum string) string { return path.Join(sum[:2], sum[2:4], sum) }

// cancellable stops reading when the request has ended.
type cancellable struct {
	ctx  context.Context
	from io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(p)
}
