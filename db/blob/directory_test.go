package blob_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"tayang/app/fault"
	"tayang/db/blob"
)

const sumOfHello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

func open(t *testing.T) (*blob.Directory, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	d, err := blob.OpenDirectory(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, folder
}

func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(folder, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

func content(t *testing.T, d *blob.Directory, sum string) string {
	t.Helper()
	r, err := d.Open(t.Context(), sum)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPutAndOpen(t *testing.T) {
	t.Parallel()
	d, folder := open(t)
	for range 2 { // equal content is one file
		sum, size, err := d.Put(t.Context(), iotest.OneByteReader(strings.NewReader("hello")))
		if err != nil || sum != sumOfHello || size != 5 {
			t.Fatalf("put: %s, %d, %v", sum, size, err)
		}
	}
	if got := files(t, folder); len(got) != 1 || got[0] != "2c/f2/"+sumOfHello {
		t.Errorf("files %q", got)
	}
	if got := content(t, d, sumOfHello); got != "hello" {
		t.Errorf("got %q", got)
	}
}

func TestNothingIsKeptOfWhatBroke(t *testing.T) {
	t.Parallel()
	d, folder := open(t)
	broken := errors.New("line cut")
	if _, _, err := d.Put(t.Context(), io.MultiReader(strings.NewReader("hel"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, _, err := d.Put(ended, strings.NewReader("hello")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := files(t, folder); len(got) != 0 {
		t.Errorf("files %q", got)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	d, _ := open(t)
	for _, sum := range []string{sumOfHello, "", "2c", "../../../etc/passwd", strings.ToUpper(sumOfHello)} {
		if _, err := d.Open(t.Context(), sum); !fault.Is(err, "not_found") {
			t.Errorf("%q: got %v", sum, err)
		}
	}
}

func TestDamageIsFoundAndHealed(t *testing.T) {
	t.Parallel()
	d, folder := open(t)
	if _, _, err := d.Put(t.Context(), strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "2c", "f2", sumOfHello), []byte("hullo"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Open(t.Context(), sumOfHello); err == nil || fault.Is(err, "not_found") || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("got %v", err)
	}
	if _, _, err := d.Put(t.Context(), strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	if got := content(t, d, sumOfHello); got != "hello" {
		t.Errorf("got %q", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	d, folder := open(t)
	big := make([]byte, 1<<20)
	_, _ = rand.Read(big)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, _, err := d.Put(t.Context(), bytes.NewReader(big)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := files(t, folder); len(got) != 1 {
		t.Errorf("files %q", got)
	}
}
