package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"tayang/app/file"
)

// incoming is the subfolder for what has not arrived whole.
const incoming = "incoming"

// probeBytes is what is written to find out whether there is room.
const probeBytes = 1 << 20

// spool gives a nameless file of the folder, so that nothing of it is left however the program ends.
func spool(root *os.Root) (*os.File, error) {
	name := path.Join(incoming, "spool-"+rand.Text())
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, trouble(context.Background(), err)
	}
	if err := root.Remove(name); err != nil {
		return nil, errors.Join(trouble(context.Background(), err), f.Close())
	}
	return f, nil
}

// spooled is a spool whose own errors are faults. The file is not embedded: it can do more, and io.Copy would use that past
// Write.
type spooled struct{ file *os.File }

// Write writes on; storage_full when no room is left.
func (s spooled) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	return n, trouble(context.Background(), err)
}

func (s spooled) Read(p []byte) (int, error) { return s.file.Read(p) }

func (s spooled) Seek(offset int64, whence int) (int64, error) { return s.file.Seek(offset, whence) }

func (s spooled) Close() error { return s.file.Close() }

func openSpool(root *os.Root) (file.Spool, error) {
	f, err := spool(root)
	if err != nil {
		return nil, err
	}
	return spooled{f}, nil
}

// room writes something into the folder and takes it away again.
func room(ctx context.Context, root *os.Root) error {
	f, err := spool(root)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, probeBytes))
	return trouble(ctx, errors.Join(err, f.Close()))
}

// sweep removes what began to arrive and was not touched since before: its sender was cut off, or the program was.
func sweep(ctx context.Context, root *os.Root, before time.Time) (removed int, err error) {
	folder, err := root.Open(incoming)
	if err != nil {
		return 0, trouble(ctx, err)
	}
	found, err := folder.ReadDir(-1)
	if err := errors.Join(err, folder.Close()); err != nil {
		return 0, trouble(ctx, err)
	}
	for _, one := range found {
		info, err := one.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has arrived meanwhile
		}
		if err != nil {
			return removed, trouble(ctx, err)
		}
		if !info.Mode().IsRegular() || !info.ModTime().Before(before) {
			continue
		}
		if err := root.Remove(path.Join(incoming, one.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, trouble(ctx, err)
		}
		removed++
	}
	return removed, nil
}
