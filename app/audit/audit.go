// Package audit makes the trail's events into a log that shows whether anything in it was changed, taken out or put in
// later: a Merkle tree (RFC 6962) for each government, signed checkpoints of its root, proofs that an event is in it and
// that a later tree holds an earlier one whole, and the verification of all that. What an event says, and how it is
// shown to people, is not known here: an event is its exact bytes.
package audit

import (
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
)

// Record is one event of the trail: Text is what was stored, and what is hashed.
type Record struct {
	Seq  int64  `db:"seq"`
	Text []byte `db:"event"`
}

// Seal is one growth of a government's tree: the events Seqs became its last leaves, in their order.
type Seal struct {
	Size     int64       // leaves after the growth
	Seqs     []int64     // of the new leaves; the first is leaf Size - len(Seqs)
	Low      int64       // every event up to this one is in this seal or an earlier one
	HashFrom int64       // where Hashes begin in the tree's storage (tlog.StoredHashIndex)
	Hashes   []tlog.Hash // what the growth adds to the storage
	Root     tlog.Hash
	Note     string // the signed checkpoint
	KeyName  string // of the key that signed, as note.Verifier writes it
	SealedAt time.Time
}

// First is the leaf of the first event of the seal.
func (s Seal) First() int64 { return s.Size - int64(len(s.Seqs)) }

// KeyReason is why a key signs from some size on.
type KeyReason string

// The reasons.
const (
	KeyFirst   KeyReason = "first"
	KeyRotated KeyReason = "rotated" // the key before it signed the change as well
	KeyLost    KeyReason = "lost"    // the key before it was gone: a gap that everybody sees
)

// Key is a public key that signs the log of a government from a size on.
type Key struct {
	ID           uuid.UUID `db:"id" json:"id"`
	Verifier     string    `db:"verifier" json:"verifier" doc:"Ed25519 key as golang.org/x/mod/sumdb/note writes it"`
	BeginsAtSize int64     `db:"begins_at_size" json:"begins_at_size"`
	Reason       KeyReason `db:"reason" json:"reason" enum:"first,rotated,lost"`
	CreatedAt    time.Time `db:"created_at" json:"created_at"`
}

// Origin is the name under which a government's log signs.
func Origin(government uuid.UUID) string { return "tayang/" + government.String() }
