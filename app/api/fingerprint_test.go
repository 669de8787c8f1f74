package api

import (
	"bytes"
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"tayang/app/access"
	"tayang/app/fault"
)

// TestFingerprintInPassing: however a body comes in pieces, its fingerprint is that of the whole, without the boundary.
func TestFingerprintInPassing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		boundary := bytes.Repeat([]byte("ab"), rng.IntN(4)) // short and periodic, so that pieces of it are everywhere
		body := make([]byte, rng.IntN(400))
		for i := range body {
			body[i] = "abc"[rng.IntN(3)]
		}
		want := sha256.New()
		want.Write(body)
		if len(boundary) > 0 {
			want.Reset()
			want.Write(bytes.ReplaceAll(body, boundary, nil))
		}
		want.Write([]byte{0})
		for _, r := range []io.Reader{bytes.NewReader(body), iotest.OneByteReader(bytes.NewReader(body)), iotest.HalfReader(bytes.NewReader(body)), iotest.DataErrReader(bytes.NewReader(body))} {
			p, a := &print{hash: sha256.New(), boundary: boundary, rest: r}, &access.Answer{}
			p.keep(a)
			if _, err := io.CopyN(io.Discard, p, int64(rng.IntN(len(body)+1))); err != nil {
				t.Fatal(err)
			}
			sum, err := p.sum()
			if err != nil || !bytes.Equal(sum, want.Sum(nil)) || !bytes.Equal(a.RequestHash, sum) {
				t.Fatalf("%d: %q without %q: %x, %v, kept %x", n, body, boundary, sum, err, a.RequestHash)
			}
		}
	}
	cut := &print{hash: sha256.New(), rest: iotest.ErrReader(io.ErrUnexpectedEOF)}
	if _, err := cut.sum(); !fault.Is(err, "malformed") {
		t.Errorf("a body that was cut off: %v", err)
	}
}
