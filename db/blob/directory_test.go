package blob_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"tayang/app/fault"
	"tayang/db/blob"
)

func openDirectory(t *testing.T) (*blob.Directory, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	d, err := blob.OpenDirectory(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, folder
}

func files(t *testing.T, folder string) (names string) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(folder, path)
			names += filepath.ToSlash(name) + " "
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

func TestDirectoryHoldsWholeFilesOnly(t *testing.T) {
	t.Parallel()
	d, folder := openDirectory(t)
	if _, _, err := d.Put(t.Context(), iotest.ErrReader(errors.New("line cut"))); err == nil || files(t, folder) != "" {
		t.Errorf("%v left %q", err, files(t, folder))
	}
	for range 2 {
		if _, _, err := d.Put(t.Context(), strings.NewReader("hello")); err != nil {
			t.Fatal(err)
		}
	}
	if got := files(t, folder); got != "2c/f2/"+sumOfHello+" " {
		t.Errorf("files %q", got)
	}
}

// What did not arrive whole is swept away once it is old; what is kept, and what still arrives, stays.
func TestSweep(t *testing.T) {
	t.Parallel()
	d, folder := openDirectory(t)
	if _, _, err := d.Put(t.Context(), strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	old, fresh := filepath.Join(folder, "incoming", "OLD"), filepath.Join(folder, "incoming", "FRESH")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, []byte("hel"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	hour := time.Now().Add(-time.Hour)
	for _, name := range []string{old, filepath.Join(folder, "2c", "f2", sumOfHello)} {
		if err := os.Chtimes(name, hour, hour); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := d.Sweep(t.Context(), time.Now().Add(-time.Minute)); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if got := files(t, folder); got != "2c/f2/"+sumOfHello+" incoming/FRESH " {
		t.Errorf("files %q", got)
	}
}

// A place that cannot be written to is told from a sender who was cut off.
func TestAPlaceThatIsAway(t *testing.T) {
	t.Parallel()
	d, folder := openDirectory(t)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Put(t.Context(), strings.NewReader("hello")); !fault.Is(err, "storage_unavailable") {
		t.Errorf("got %v", err)
	}
	if err := d.Check(t.Context()); !fault.Is(err, "storage_unavailable") {
		t.Errorf("got %v", err)
	}
}

func TestDamageIsFoundAndHealed(t *testing.T) {
	t.Parallel()
	d, folder := openDirectory(t)
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
