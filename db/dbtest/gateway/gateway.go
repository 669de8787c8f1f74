// Package gateway runs a real S3 server over a folder, for tests of what happens when it goes away. It is versitygw, at the
// version that scripts/versitygw names.
package gateway

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// What the server goes by.
const (
	access  = "tayang-uji"
	secret  = "rahasia-untuk-uji-saja"
	bucket  = "bukti"
	prefix  = "berkas"
	started = 30 * time.Second
)

// Gateway is an S3 server of its own, over a folder that outlives it.
type Gateway struct {
	binary, root, address string
	cmd                   *exec.Cmd
}

// Start runs a server with an empty bucket until the test ends.
func Start(t testing.TB) *Gateway {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	out, err := exec.CommandContext(t.Context(), filepath.Join(filepath.Dir(here), "..", "..", "..", "scripts", "versitygw")).Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("scripts/versitygw: %v: %s", err, failed.Stderr)
		}
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &Gateway{binary: strings.TrimSpace(string(out)), root: t.TempDir(), address: ln.Addr().String()}
	_ = ln.Close()
	for _, folder := range []string{"objects", "notes"} {
		if err := os.MkdirAll(filepath.Join(g.root, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	g.Run(t)
	t.Cleanup(g.Kill)
	client, err := minio.New(g.address, &minio.Options{Creds: credentials.NewStaticV4(access, secret, ""), Region: "us-east-1"})
	if err == nil {
		err = client.MakeBucket(t.Context(), bucket, minio.MakeBucketOptions{Region: "us-east-1"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Run runs the server again, on the same address and folder.
func (g *Gateway) Run(t testing.TB) {
	t.Helper()
	g.cmd = exec.CommandContext(context.Background(), g.binary, "--access", access, "--secret", secret, "--port", g.address, "--quiet", //nolint:gosec // built by us
		"posix", "--sidecar", filepath.Join(g.root, "notes"), filepath.Join(g.root, "objects"))
	g.cmd.Stdout, g.cmd.Stderr = io.Discard, io.Discard
	if err := g.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(started); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", g.address)
		if err == nil {
			_ = conn.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the S3 server does not answer: %v", err)
		}
	}
}

// Kill ends the server without warning.
func (g *Gateway) Kill() {
	_ = g.cmd.Process.Signal(syscall.SIGKILL)
	_ = g.cmd.Wait()
}

// URL is what TAYANG_BLOB_URL says of the bucket.
func (g *Gateway) URL() string {
	return "s3://" + access + ":" + secret + "@" + g.address + "/" + bucket + "/" + prefix + "?tls=off&region=us-east-1"
}

// File is where the server keeps the content of that SHA-256, to be looked at or spoilt.
func (g *Gateway) File(sum string) string {
	return filepath.Join(g.root, "objects", bucket, prefix, sum[:2], sum[2:4], sum)
}
