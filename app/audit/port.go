package audit

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Horizon bounds which transactions are under way: all below Oldest have ended, none from Next on has begun.
type Horizon struct {
	Oldest uint64 `db:"oldest"`
	Next   uint64 `db:"next"`
}

// Head is where a government's log stands. Above are the events behind Low that are sealed already.
type Head struct {
	Edge  Edge
	Low   int64
	Above map[int64]struct{}
	Key   string // the verifier key that signed last, empty for a log that has not begun
}

// Log is what the sealer needs of storage.
type Log interface {
	// LastEvent is the highest number that an event of any government has been given.
	LastEvent(ctx context.Context) (int64, error)
	// Horizon tells which transactions are under way now.
	Horizon(ctx context.Context) (Horizon, error)
	// GovernmentsToSeal are those that have events behind after.
	GovernmentsToSeal(ctx context.Context, after int64) ([]uuid.UUID, error)
	// LogHead reads where a government's log stands.
	LogHead(ctx context.Context, government uuid.UUID) (Head, error)
	// Unsealed gives up to limit events behind low that are not among the sealed ones, by number.
	Unsealed(ctx context.Context, government uuid.UUID, low int64, sealed map[int64]struct{}, limit int) ([]Record, error)
	// AddSeal writes a seal behind the tree with the root before, and the key that it begins; ErrRaced when the log is
	// another one by now.
	AddSeal(ctx context.Context, government uuid.UUID, before tlog.Hash, s Seal, begins *Key) error
	// ReadLog runs fn over one snapshot of a government's log.
	ReadLog(ctx context.Context, government uuid.UUID, fn func(Lookup) error) error
}

// Ring is the key that signs a government's log, and the one before it while that has not handed over yet.
type Ring struct {
	Signer   note.Signer
	Verifier string
	Before   note.Signer // nil when there is none
	// BeforeVerifier is the public key of Before.
	BeforeVerifier string
	// Lost is the public key that an operator has declared lost when he made Signer.
	Lost string
}

// ErrKeyMissing says that the log has a key and this program does not have it: nothing is signed until it is brought
// back, or declared lost.
var ErrKeyMissing = errors.New("the key that signs the log is not here: bring it back from a backup, or declare it lost with tayang log replace-lost-key")

// Keys keeps the secret keys, outside the database.
type Keys interface {
	// Ring gives the government's keys. With begin it makes the first one when there is none, else ErrKeyMissing.
	Ring(government uuid.UUID, begin bool) (Ring, error)
}

// Lookup is what proofs need of storage, inside one government's walls. What is not there is a NotFound fault.
type Lookup interface {
	tlog.HashReader
	// SealOf gives the seal of an event, without its hashes; NotFound while the event is not sealed.
	SealOf(seq int64) (Seal, error)
	// LastSeal gives the newest seal, without its hashes; NotFound for a log that has not begun.
	LastSeal() (Seal, error)
	// SealAfter gives the first seal of a tree larger than size, without its hashes.
	SealAfter(size int64) (Seal, error)
	// EventText gives an event as it is stored.
	EventText(seq int64) ([]byte, error)
	// LogKeys are the keys of the log in the order in which they came.
	LogKeys() ([]Key, error)
}
