package audit

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what a log says of itself at one size: its origin, its root, when it was sealed and, when a key signs
// for the first time, why. Its text is a C2SP tlog-checkpoint with extension lines.
type Checkpoint struct {
	Origin   string
	Size     int64
	Root     tlog.Hash
	SealedAt time.Time
	// KeyReason and Key are there when this checkpoint is the first that Key signs.
	KeyReason KeyReason
	Key       string
}

const sealedLayout = "2006-01-02T15:04:05.000000Z"

// Text is what is signed.
func (c Checkpoint) Text() string {
	text := fmt.Sprintf("%s\n%d\n%s\nsealed %s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]), c.SealedAt.UTC().Format(sealedLayout))
	if c.Key != "" {
		text += "key " + string(c.KeyReason) + " " + c.Key + "\n"
	}
	return text
}

// Sign gives the signed checkpoint.
func (c Checkpoint) Sign(signers ...note.Signer) (string, error) {
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signers...)
	if err != nil {
		return "", fmt.Errorf("sign the checkpoint of %s at %d: %w", c.Origin, c.Size, err)
	}
	return string(signed), nil
}

// Opened is a checkpoint whose signatures were verified; Signers are the verifier keys that signed it.
type Opened struct {
	Checkpoint
	Signers []string
}

// errNoCheckpoint is a signed text that is no checkpoint.
var errNoCheckpoint = errors.New("not a checkpoint of a log")

// OpenCheckpoint verifies a signed checkpoint with those of the verifier keys that know it; at least one must.
func OpenCheckpoint(signed string, verifiers ...string) (Opened, error) {
	byID := map[string]string{}
	var known []note.Verifier
	for _, text := range verifiers {
		v, err := note.NewVerifier(text)
		if err != nil {
			return Opened{}, fmt.Errorf("read the key %s: %w", text, err)
		}
		known = append(known, v)
		byID[keyID(v.Name(), v.KeyHash())] = text
	}
	n, err := note.Open([]byte(signed), note.VerifierList(known...))
	if err != nil {
		return Opened{}, err
	}
	o := Opened{}
	for _, s := range n.Sigs {
		o.Signers = append(o.Signers, byID[keyID(s.Name, s.Hash)])
	}
	o.Checkpoint, err = parseCheckpoint(n.Text)
	return o, err
}

func keyID(name string, hash uint32) string { return fmt.Sprintf("%s+%08x", name, hash) }

func parseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || lines[len(lines)-1] != "" {
		return c, errNoCheckpoint
	}
	c.Origin = lines[0]
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, errNoCheckpoint
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return c, errNoCheckpoint
	}
	copy(c.Root[:], root)
	at, ok := strings.CutPrefix(lines[3], "sealed ")
	if c.SealedAt, err = time.Parse(sealedLayout, at); err != nil || !ok {
		return c, errNoCheckpoint
	}
	for _, line := range lines[4 : len(lines)-1] {
		if rest, ok := strings.CutPrefix(line, "key "); ok {
			reason, key, _ := strings.Cut(rest, " ")
			c.KeyReason, c.Key = KeyReason(reason), key
		}
	}
	return c, nil
}
