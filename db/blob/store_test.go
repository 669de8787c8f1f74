package blob_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
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
	"tayang/db/dbtest/gateway"
)

const sumOfHello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

// TestStores holds every store to the same list; the bucket is one of a real server, or that of TEST_S3_URL.
func TestStores(t *testing.T) {
	t.Parallel()
	places := map[string]string{"directory": "", "bucket": os.Getenv("TEST_S3_URL")}
	if places["bucket"] == "" {
		places["bucket"] = gateway.Start(t).URL()
	}
	for name, location := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := blob.Open(t.Context(), location, filepath.Join(t.TempDir(), "files"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			for name, holds := range map[string]func(*testing.T, blob.Store){
				"put and open": putAndOpen, "what is not there": notThere, "what broke": broken, "many at once": manyAtOnce,
				"large": large, "room": roomToKeep,
			} {
				t.Run(name, func(t *testing.T) { holds(t, s) })
			}
		})
	}
}

func putAndOpen(t *testing.T, s blob.Store) {
	for range 2 { // equal content is one file
		sum, size, err := s.Put(t.Context(), iotest.OneByteReader(strings.NewReader("hello")))
		if err != nil || sum != sumOfHello || size != 5 {
			t.Fatalf("put: %s, %d, %v", sum, size, err)
		}
	}
	if got := content(t, s, sumOfHello); got != "hello" {
		t.Errorf("got %q", got)
	}
}

func notThere(t *testing.T, s blob.Store) {
	for _, sum := range []string{strings.Repeat("0", 64), "", "2c", "../../../etc/passwd", strings.ToUpper(sumOfHello)} {
		if _, err := s.Open(t.Context(), sum); !fault.Is(err, "not_found") {
			t.Errorf("%q: got %v", sum, err)
		}
	}
}

func broken(t *testing.T, s blob.Store) {
	cut := errors.New("line cut")
	if _, _, err := s.Put(t.Context(), io.MultiReader(strings.NewReader("hel"), iotest.ErrReader(cut))); !errors.Is(err, cut) {
		t.Errorf("got %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, _, err := s.Put(ended, strings.NewReader("hello")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func manyAtOnce(t *testing.T, s blob.Store) {
	big := make([]byte, 1<<20)
	_, _ = rand.Read(big)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, _, err := s.Put(t.Context(), bytes.NewReader(big)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	sum := sha256.Sum256(big)
	if got := content(t, s, hex.EncodeToString(sum[:])); got != string(big) {
		t.Errorf("got %d other bytes", len(got))
	}
}

// large is more than a server takes in one part.
func large(t *testing.T, s blob.Store) {
	sum, size, err := s.Put(t.Context(), io.LimitReader(endless{}, 20<<20))
	if err != nil || size != 20<<20 {
		t.Fatalf("put: %d, %v", size, err)
	}
	if got := content(t, s, sum); len(got) != 20<<20 {
		t.Errorf("got %d bytes", len(got))
	}
}

// roomToKeep is there, and what waits on the disk can be read again.
func roomToKeep(t *testing.T, s blob.Store) {
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	f, err := s.Spool()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.WriteString(f, "hello"); err != nil {
		t.Error(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Error(err)
	}
	if sum, _, err := s.Put(t.Context(), f); err != nil || sum != sumOfHello {
		t.Errorf("%s, %v", sum, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func content(t *testing.T, s blob.Store, sum string) string {
	t.Helper()
	r, err := s.Open(t.Context(), sum)
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

func TestOpenSaysWhatToMend(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]string{
		"s3://bucket": "s3://KEY:SECRET@HOST", "https://key:hush@host/bucket": "s3://KEY:SECRET@HOST", "s3://key:hush@host": "names no bucket",
		"s3://key:hush@127.0.0.1:1/bucket?tls=off": "reach bucket", "s3://key:hush%zz@host/bucket": "s3://KEY:SECRET@HOST",
	} {
		_, err := blob.Open(t.Context(), location, t.TempDir())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: got %v", location, err)
		}
	}
}
