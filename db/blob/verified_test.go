package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestVerifiedReadsToTheEndOnlyWhatIsWhole(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("hello"))
	for text, whole := range map[string]bool{"hello": true, "hullo": false, "hell": false, "": false} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.DataErrReader(strings.NewReader(text))} {
			_, err := io.ReadAll(&verified{io.NopCloser(r), sha256.New(), hex.EncodeToString(sum[:])})
			if whole != (err == nil) {
				t.Errorf("%q: got %v", text, err)
			}
		}
	}
}
