// Package health tells administrators and auditors how the data is kept: whether the log is sealed, with which keys, and
// what the nightly checks found. It changes nothing.
package health

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/audit"
)

// Run is one run of all checks on a government's data. Report is what was printed, a line for each check and problem.
type Run struct {
	StartedAt  time.Time `db:"started_at"`
	FinishedAt time.Time `db:"finished_at"`
	Problems   int64     `db:"problems"`
	Report     string    `db:"report"`
}

// Overview is how a government's data is kept. Failing is why nothing is sealed since SealingSince, or empty; Storage the code
// of the fault with which files are refused now, or empty.
type Overview struct {
	Storage      string
	Failing      string
	SealingSince time.Time
	Size         int64 // events in the log
	SealedAt     time.Time
	Root         string // of the newest checkpoint, base64
	Keys         []audit.Key
	Runs         []Run // newest first
}

// Store is what the overview needs of storage.
type Store interface {
	// LastSeal gives the newest seal; ok is false when nothing was sealed yet.
	LastSeal(ctx context.Context) (s audit.Seal, ok bool, err error)
	// LogKeys are the keys of the log, oldest first.
	LogKeys(ctx context.Context) ([]audit.Key, error)
	// CheckRuns are the last runs of the checks, newest first.
	CheckRuns(ctx context.Context, limit int) ([]Run, error)
}

// Sealing tells how the sealing goes.
type Sealing interface {
	State() audit.State
}

// Files tells whether files can be kept.
type Files interface {
	// Storage gives the code of the fault with which files are refused now, empty when they are kept.
	Storage(ctx context.Context) string
}

// Service tells how the data is kept.
type Service struct {
	read    access.Reader[Store]
	sealing Sealing
	files   Files
}

// NewService makes the service over its storage, the program's sealer and its place of files.
func NewService(read access.Reader[Store], sealing Sealing, files Files) *Service {
	return &Service{read, sealing, files}
}

// runsShown is how many runs of the checks an overview has.
const runsShown = 14

// Overview gives the state of the actor's government. Faults: Forbidden.
func (s *Service) Overview(ctx context.Context, actor access.Actor) (o Overview, err error) {
	if err := actor.Can(access.HealthRead, uuid.Nil); err != nil {
		return o, err
	}
	state := s.sealing.State()
	o.Failing, o.SealingSince = state.Failing, state.Since
	o.Storage = s.files.Storage(ctx)
	err = s.read(ctx, actor, func(tx Store) error {
		seal, ok, err := tx.LastSeal(ctx)
		if err != nil {
			return err
		}
		if ok {
			o.Size, o.SealedAt, o.Root = seal.Size, seal.SealedAt, seal.Root.String()
		}
		if o.Keys, err = tx.LogKeys(ctx); err != nil {
			return err
		}
		o.Runs, err = tx.CheckRuns(ctx, runsShown)
		return err
	})
	return o, err
}
