package audit

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Problem is something that does not hold. Check names the rule, Subject what breaks it.
type Problem struct {
	Check   string
	Subject string
	Detail  string
}

// String is one line for people who read reports.
func (p Problem) String() string { return p.Check + ": " + p.Subject + ": " + p.Detail }

// The rules of a log.
const (
	CheckEvents      = "log_events"      // each event hashes to its leaf
	CheckTree        = "log_tree"        // the leaves make the roots, and each tree holds the one before it
	CheckCheckpoints = "log_checkpoints" // each root is signed by the key of its time
)

// Verification follows a log from its first seal and keeps nothing but its edge: the memory does not grow with the log.
type Verification struct {
	origin string
	keys   []Key
	edge   Edge
	Events int64
	Seals  int64
	// Head is the last signed checkpoint that was seen.
	Head string
	// Gaps are the lost keys: no fault of the log, but everybody should know.
	Gaps []string
}

// NewVerification begins with an empty tree. keys are those of the log in the order in which they came.
func NewVerification(origin string, keys []Key) *Verification {
	return &Verification{origin: origin, keys: keys}
}

// Size is how many leaves were verified.
func (v *Verification) Size() int64 { return v.edge.Size }

// Add takes the next seal with its events, in the order of its Seqs; an event that is not there any more is missing.
func (v *Verification) Add(s Seal, events map[int64][]byte) (out []Problem) {
	at := fmt.Sprintf("seal at %d", s.Size)
	if s.First() != v.edge.Size || s.HashFrom != tlog.StoredHashCount(v.edge.Size) {
		out = append(out, Problem{CheckTree, at, fmt.Sprintf("begins at leaf %d, but the log before it ends at %d", s.First(), v.edge.Size)})
		return out
	}
	places := leafPlaces(v.edge.Size, len(s.Seqs))
	if int64(len(s.Hashes)) != tlog.StoredHashCount(s.Size)-s.HashFrom {
		return append(out, Problem{CheckTree, at, fmt.Sprintf("holds %d hashes", len(s.Hashes))})
	}
	leaves := make([]tlog.Hash, len(s.Seqs))
	for i, seq := range s.Seqs {
		leaves[i] = s.Hashes[places[i]]
		if p := v.checkEvent(seq, events[seq], leaves[i]); p != nil {
			out = append(out, *p)
		}
	}
	edge, added := v.edge.Grow(leaves)
	if !slices.Equal(added, s.Hashes) || edge.Root() != s.Root {
		out = append(out, Problem{CheckTree, at, "the leaves do not make this root"})
	}
	v.edge = edge
	v.Seals++
	return append(out, v.checkNote(s, edge.Root(), at)...)
}

func (v *Verification) checkEvent(seq int64, text []byte, leaf tlog.Hash) *Problem {
	v.Events++
	subject := fmt.Sprintf("event %d", seq)
	switch {
	case len(text) == 0:
		return &Problem{CheckEvents, subject, "was sealed and is not there any more"}
	case tlog.RecordHash(text) != leaf:
		return &Problem{CheckEvents, subject, "was changed after it was sealed"}
	case !bytes.HasPrefix(text, fmt.Appendf(nil, `{"seq" : %d,`, seq)):
		return &Problem{CheckEvents, subject, "stands under another number than it was sealed with"}
	}
	return nil
}

// checkNote wants the checkpoint to say what the tree is, signed by the key of its time.
func (v *Verification) checkNote(s Seal, root tlog.Hash, at string) (out []Problem) {
	complain := func(format string, args ...any) {
		out = append(out, Problem{CheckCheckpoints, at, fmt.Sprintf(format, args...)})
	}
	key, previous := v.keysAt(s.First())
	if key == nil {
		complain("no key was known then")
		return out
	}
	verifiers := []string{key.Verifier}
	if previous != nil {
		verifiers = append(verifiers, previous.Verifier)
	}
	o, err := OpenCheckpoint(s.Note, verifiers...)
	switch {
	case err != nil:
		complain("the signature does not hold: %v", err)
		return out
	case !slices.Contains(o.Signers, key.Verifier):
		complain("not signed by the key of its time")
	case o.Origin != v.origin || o.Size != s.Size || o.Root != root:
		complain("the signed text speaks of another tree: %s at %d", o.Origin, o.Size)
	}
	if key.BeginsAtSize == s.First() {
		out = append(out, v.checkHandover(o, *key, previous, at)...)
	}
	v.Head = s.Note
	return out
}

// checkHandover holds the first checkpoint of a key: it says why it signs, and the key before it signs with it unless
// it was lost.
func (v *Verification) checkHandover(o Opened, key Key, previous *Key, at string) (out []Problem) {
	if o.Key != key.Verifier || o.KeyReason != key.Reason {
		out = append(out, Problem{CheckCheckpoints, at, "a key begins here, and its checkpoint does not say so"})
	}
	switch {
	case key.Reason == KeyRotated && (previous == nil || !slices.Contains(o.Signers, previous.Verifier)):
		out = append(out, Problem{CheckCheckpoints, at, "the key was rotated without the signature of the key before it"})
	case key.Reason == KeyLost:
		v.Gaps = append(v.Gaps, fmt.Sprintf("%s: the key before it was lost; up to here the log rests on what others have kept of it", at))
	}
	return out
}

// keysAt gives the key that signs a growth from that size, and the one before it.
func (v *Verification) keysAt(size int64) (key, previous *Key) {
	for i := range v.keys {
		if v.keys[i].BeginsAtSize > size {
			break
		}
		if i > 0 {
			previous = &v.keys[i-1]
		}
		key = &v.keys[i]
	}
	return key, previous
}
