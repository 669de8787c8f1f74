package blob_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

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
