package audit

import (
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// KeyBegin is a key of a log with the checkpoint that it signed first.
type KeyBegin struct {
	Key
	FirstNote string `json:"first_note" doc:"signed note; a rotated key's is signed by the key before it as well"`
}

// KeyBegins gives the keys of a log with their first checkpoints.
func KeyBegins(log Lookup) ([]KeyBegin, error) {
	keys, err := log.LogKeys()
	if err != nil {
		return nil, err
	}
	out := make([]KeyBegin, len(keys))
	for i, k := range keys {
		first, err := log.SealAfter(k.BeginsAtSize)
		if err != nil {
			return nil, err
		}
		out[i] = KeyBegin{k, first.Note}
	}
	return out, nil
}

// Seen is what a witness remembers of a log: the newest checkpoint that it found to hold everything before, with its own
// signature, and the keys that it has come to know.
type Seen struct {
	Origin string    `json:"origin"`
	Keys   []string  `json:"keys"`
	Size   int64     `json:"size"`
	Root   tlog.Hash `json:"root"`
	Note   string    `json:"note"`
}

// Rewritten is what a witness must say loudly: a log does not hold what it held when the witness looked before.
type Rewritten struct {
	Origin string
	Why    string
}

// Error says what happened and what it means.
func (r *Rewritten) Error() string {
	return "HISTORY REWRITTEN in the log of " + r.Origin + ": " + r.Why
}

// Judge holds what a log says now against what was seen of it. It gives what to remember, cosigned, and what everybody
// should know of; a *Rewritten when the log does not hold what it held before. What was seen stays as it is then.
func (s Seen) Judge(keys []KeyBegin, now Consistency, witness note.Signer) (next Seen, notices []string, err error) {
	fail := func(format string, args ...any) (Seen, []string, error) {
		return s, notices, &Rewritten{s.Origin, fmt.Sprintf(format, args...)}
	}
	known, notices, why := s.meet(keys)
	if why != "" {
		return fail("%s", why)
	}
	o, err := OpenCheckpoint(now.Checkpoint, known...)
	switch {
	case err != nil:
		return fail("its checkpoint is not signed by a key of this log: %v", err)
	case o.Origin != s.Origin:
		return fail("its checkpoint is that of %s", o.Origin)
	case !slices.Contains(o.Signers, known[len(known)-1]):
		return fail("its checkpoint is signed by a key that was replaced")
	case o.Size < s.Size:
		return fail("it held %d events and holds %d now", s.Size, o.Size)
	case s.Size > 0 && (now.From != s.Size || now.Check(s.Root, o) != nil):
		return fail("the %d events that it held are not the first of the %d that it holds now", s.Size, o.Size)
	}
	if o.Size == s.Size {
		return s, notices, nil
	}
	next = Seen{Origin: s.Origin, Keys: known, Size: o.Size, Root: o.Root}
	next.Note, err = cosign(now.Checkpoint, known, witness)
	return next, notices, err
}

// meet gives the keys that are known after the log has shown its own; why is not empty when it shows one that nobody
// who could has vouched for. The first time there is nothing to hold them against.
func (s Seen) meet(keys []KeyBegin) (known, notices []string, why string) {
	if len(s.Keys) == 0 {
		for _, k := range keys {
			known = append(known, k.Verifier)
		}
		if len(known) == 0 {
			return nil, nil, "it shows no key"
		}
		return known, []string{"first look: keep its key " + known[len(known)-1] + " and compare it with what the office publishes"}, ""
	}
	if len(keys) < len(s.Keys) {
		return nil, nil, "a key that signed it is not among its keys any more"
	}
	for i, k := range keys {
		switch {
		case i < len(s.Keys) && s.Keys[i] != k.Verifier:
			return nil, nil, "a key that signed it is not among its keys any more"
		case i < len(s.Keys):
		case k.Reason == KeyRotated:
			o, err := OpenCheckpoint(k.FirstNote, known[len(known)-1])
			if err != nil || o.Key != k.Verifier {
				return nil, nil, "a new key is not vouched for by the key before it"
			}
			notices = append(notices, fmt.Sprintf("the key was rotated at %d", k.BeginsAtSize))
		case k.BeginsAtSize < s.Size:
			return nil, nil, fmt.Sprintf("a key is said to sign since %d, and at %d another one did", k.BeginsAtSize, s.Size)
		default:
			notices = append(notices, fmt.Sprintf("KEY LOST at %d: the office could not sign with the key before; only witnesses vouch for what lies before", k.BeginsAtSize))
		}
		known = append(known, k.Verifier)
	}
	return known, notices, ""
}

// cosign puts the witness's signature to those of the log.
func cosign(signed string, known []string, witness note.Signer) (string, error) {
	var verifiers []note.Verifier
	for _, k := range known {
		v, err := note.NewVerifier(k)
		if err != nil {
			return "", err
		}
		verifiers = append(verifiers, v)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifiers...))
	if err != nil {
		return "", err
	}
	text, err := note.Sign(n, witness)
	return string(text), err
}
