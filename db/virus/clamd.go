// Package virus asks a clamd that the office runs whether what people send is harmful. What happens to a file that is,
// app/file decides.
package virus

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"
)

// Clamd speaks to a clamd by its own protocol, one connection for each file.
type Clamd struct {
	network, address string
}

// Open reads where clamd listens: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
func Open(text string) (Clamd, error) {
	u, err := url.Parse(text)
	switch {
	case err == nil && u.Scheme == "tcp" && u.Port() != "" && (u.Path == "" || u.Path == "/"):
		return Clamd{"tcp", u.Host}, nil
	case err == nil && u.Scheme == "unix" && u.Host == "" && len(u.Path) > 1:
		return Clamd{"unix", u.Path}, nil
	}
	return Clamd{}, fmt.Errorf("TAYANG_CLAMD %q is no address; write tcp://host:3310 or unix:///run/clamav/clamd.ctl", text)
}

// Bounds of a scan.
const (
	chunkBytes = 64 << 10
	dialTime   = 5 * time.Second
	replyMax   = 4 << 10
)

var errAnswer = errors.New("clamd gave no verdict")

// Scan gives the name of what clamd finds in the content; empty when it finds nothing. An error of r is given back as it
// is; every other error means that the content was not judged.
func (c Clamd) Scan(ctx context.Context, r io.Reader) (found string, err error) {
	conn, err := (&net.Dialer{Timeout: dialTime}).DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", fmt.Errorf("reach clamd: %w", err)
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	sent := c.send(conn, r)
	var own readError
	if errors.As(sent, &own) {
		return "", own.error
	}
	reply, err := io.ReadAll(io.LimitReader(conn, replyMax)) // also when it stopped listening: it says why
	if text := string(bytes.TrimRight(reply, "\x00\n")); text != "" {
		return verdict(text)
	}
	return "", fmt.Errorf("%w: %w", errAnswer, errors.Join(sent, err, ctx.Err()))
}

// readError is an error of the content, not of clamd.
type readError struct{ error }

func (c Clamd) send(conn net.Conn, r io.Reader) error {
	if _, err := conn.Write([]byte("zINSTREAM\x00")); err != nil {
		return err
	}
	piece := make([]byte, 4+chunkBytes)
	for {
		n, err := io.ReadFull(r, piece[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(piece, uint32(n))
			if _, err := conn.Write(piece[:4+n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			_, err := conn.Write([]byte{0, 0, 0, 0})
			return err
		case err != nil:
			return readError{err}
		}
	}
}

// verdict reads "stream: OK" and "stream: NAME FOUND".
func verdict(text string) (string, error) {
	text = strings.TrimPrefix(text, "stream: ")
	if text == "OK" {
		return "", nil
	}
	if name, ok := strings.CutSuffix(text, " FOUND"); ok {
		return name, nil
	}
	return "", fmt.Errorf("%w: %s", errAnswer, text)
}
