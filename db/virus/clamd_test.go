package virus_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tayang/app/fault"
	"tayang/app/file"
	"tayang/db/blob"
	"tayang/db/virus"
)

// marker is what the test's own signature knows: nothing that another scanner would stop.
const marker = "INI-BUKAN-VIRUS-TETAPI-TANDA-UJI-TAYANG"

// clamd starts the real scanner with one signature of ours.
func clamd(t *testing.T) virus.Clamd {
	t.Helper()
	program, err := exec.LookPath("clamd")
	if err != nil {
		t.Skip("clamd is not installed (Debian: clamav-daemon): the scanner is not tried")
	}
	dir := t.TempDir()
	socket := filepath.Join(dir, "s")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("uji.ndb", fmt.Sprintf("Uji.Tayang:0:*:%x\n", marker))
	settings := write("clamd.conf", "LocalSocket "+socket+"\nDatabaseDirectory "+dir+"\nForeground yes\nStreamMaxLength 1M\n")
	cmd := exec.CommandContext(t.Context(), program, "--config-file="+settings)
	out := &strings.Builder{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for range 600 {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	c, err := virus.Open("unix://" + socket)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestScan(t *testing.T) {
	t.Parallel()
	c := clamd(t)
	for name, r := range map[string]struct{ content, want string }{
		"harmless": {"laporan", ""}, "nothing": {"", ""}, "harmful": {"awal " + marker + " akhir", "Uji.Tayang.UNOFFICIAL"},
		"harmful after many pieces": {strings.Repeat("x", 300<<10) + marker, "Uji.Tayang.UNOFFICIAL"},
	} {
		if found, err := c.Scan(t.Context(), strings.NewReader(r.content)); err != nil || found != r.want {
			t.Errorf("%s: got %q, %v", name, found, err)
		}
	}
	if found, err := c.Scan(t.Context(), strings.NewReader(strings.Repeat("x", 2<<20))); err == nil {
		t.Errorf("more than the scanner takes passes: %q", found)
	}
	broken := errors.New("broken")
	if _, err := c.Scan(t.Context(), io.MultiReader(strings.NewReader("awal"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("an error of the content: got %v", err)
	}
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	c, err := virus.Open("unix://" + filepath.Join(t.TempDir(), "none"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Scan(t.Context(), strings.NewReader("x")); err == nil {
		t.Error("a scanner that is not there finds nothing")
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"tcp://localhost:3310": true, "unix:///run/clamav/clamd.ctl": true, "tcp://localhost": false, "localhost:3310": false, "unix://run/x": false, "http://x:1": false,
	} {
		if _, err := virus.Open(text); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// What is harmful is not kept, and neither is anything while nobody judges.
func TestHarmfulFilesAreRefused(t *testing.T) {
	t.Parallel()
	blobs, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	send := func(c virus.Clamd, text string) error {
		f, err := file.NewService(blobs, nil, nil, file.SizeMax).Scanned(c).Receive(t.Context(), file.Sent{
			Name: "bukti.txt", Content: strings.NewReader(text), Purpose: file.Proof,
		})
		if err == nil {
			kept, err := blobs.Open(t.Context(), f.SHA256)
			if err != nil {
				return err
			}
			return kept.Close()
		}
		return err
	}
	c := clamd(t)
	if err := send(c, strings.Repeat("laporan ", 50_000)); err != nil {
		t.Errorf("a harmless file: %v", err)
	}
	bad := strings.Repeat("laporan ", 50_000) + marker
	if err := send(c, bad); !fault.Is(err, "file_infected") {
		t.Errorf("a harmful file: %v", err)
	}
	if _, err := blobs.Open(t.Context(), fmt.Sprintf("%x", sha256.Sum256([]byte(bad)))); err == nil {
		t.Error("a harmful file is kept")
	}
	away, err := virus.Open("unix://" + filepath.Join(t.TempDir(), "none"))
	if err != nil {
		t.Fatal(err)
	}
	if err := send(away, "laporan"); !fault.Is(err, "internal") {
		t.Errorf("without a scanner that answers: %v", err)
	}
}
