package audit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// ErrRaced says that another program has grown the log meanwhile: look again where it stands.
var ErrRaced = errors.New("the log was grown by another program")

// ErrRewritten says that the log in the database does not hold what this program has put there itself.
var ErrRewritten = errors.New("HISTORY REWRITTEN: the log in the database does not hold what this program sealed before; stop the work and keep both the database and the backups as they are")

// How the sealer works.
const (
	sealEvery    = 400 * time.Millisecond
	sealEvents   = 4096 // in one seal at most
	sealAttempts = 3    // after which a race is a fault
	// LateAfter is how long sealing may fail or lag before the program says that it is not ready.
	LateAfter = 10 * time.Second
)

// Sealer grows the logs of all governments by what was committed. Several programs may run one on the same database.
//
// Events are numbered when they are written, and become visible when their transaction ends, so a lower number may come
// after a higher one. Everything up to low is sealed; behind it the sealer looks again and again, and remembers what it
// has sealed there. low follows once every transaction that was under way when a number was seen has ended.
type Sealer struct {
	log   Log
	keys  Keys
	now   func() time.Time
	out   *slog.Logger
	heads map[uuid.UUID]*Head
	low   int64 // over all governments
	mark  *mark
	fresh bool // something may wait although no new number was given
	seen  int64
	state atomic.Pointer[State]
}

// mark is a number that was seen, and the first transaction that began only afterwards.
type mark struct {
	seq  int64
	next uint64
}

// State is how the sealing goes. Failing is empty while it goes well; Since is when it last did.
type State struct {
	Since   time.Time
	Failing string
}

// NewSealer makes a sealer over its storage and keys; now is the program's clock.
func NewSealer(log Log, keys Keys, now func() time.Time, out *slog.Logger) *Sealer {
	s := &Sealer{log: log, keys: keys, now: now, out: out, heads: map[uuid.UUID]*Head{}, fresh: true}
	s.state.Store(&State{Since: now()})
	return s
}

// State tells how the sealing goes; any goroutine may ask.
func (s *Sealer) State() State { return *s.state.Load() }

// Late reports whether the sealing has failed for too long, and why.
func (s *Sealer) Late(now time.Time) (why string, late bool) {
	st := s.State()
	if now.Sub(st.Since) <= LateAfter {
		return "", false
	}
	if st.Failing == "" {
		return "sealing has not answered since " + st.Since.UTC().Format(time.RFC3339), true
	}
	return st.Failing, true
}

// Run seals until ctx ends, and once more then.
func (s *Sealer) Run(ctx context.Context) {
	s.state.Store(&State{Since: s.now()}) // the program may have done other work before
	tick := time.NewTicker(sealEvery)
	defer tick.Stop()
	for {
		s.note(ctx, s.Step(ctx))
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), LateAfter)
			defer cancel()
			s.note(last, s.Step(last))
			return
		case <-tick.C:
		}
	}
}

// note keeps the state; a failure is logged when it begins and when it ends.
func (s *Sealer) note(ctx context.Context, err error) {
	before := s.State()
	if err == nil {
		s.state.Store(&State{Since: s.now()})
		if before.Failing != "" {
			s.out.InfoContext(ctx, "the log is sealed again")
		}
		return
	}
	if ctx.Err() != nil {
		return
	}
	s.fresh = true
	s.state.Store(&State{Since: before.Since, Failing: err.Error()})
	if before.Failing != err.Error() {
		s.out.ErrorContext(ctx, "the log is not sealed", slog.Any("error", err))
	}
}

// Step seals everything that is committed and not sealed yet.
func (s *Sealer) Step(ctx context.Context) error {
	last, err := s.log.LastEvent(ctx)
	if err != nil {
		return err
	}
	if !s.fresh && last == s.seen && s.low >= last {
		return nil
	}
	horizon, err := s.log.Horizon(ctx)
	if err != nil {
		return err
	}
	waiting, err := s.log.GovernmentsToSeal(ctx, s.low)
	if err != nil {
		return err
	}
	for _, government := range waiting {
		if err := s.government(ctx, government); err != nil {
			return fmt.Errorf("seal the log of government %s: %w", government, err)
		}
	}
	s.advance(last, horizon)
	s.seen, s.fresh = last, false
	return nil
}

// advance moves low up to the mark once everything that could stand below it has been looked at.
func (s *Sealer) advance(last int64, h Horizon) {
	if s.mark != nil && h.Oldest >= s.mark.next {
		s.low = s.mark.seq
		for _, head := range s.heads {
			head.raise(s.low)
		}
		s.mark = nil
	}
	if s.mark == nil && last > s.low {
		s.mark = &mark{last, h.Next}
	}
}

func (h *Head) raise(low int64) {
	if low <= h.Low {
		return
	}
	h.Low = low
	for seq := range h.Above {
		if seq <= low {
			delete(h.Above, seq)
		}
	}
}

func (s *Sealer) government(ctx context.Context, government uuid.UUID) error {
	for try := 1; ; try++ {
		err := s.grow(ctx, government)
		if err == nil {
			return nil
		}
		if !errors.Is(err, ErrRaced) || try == sealAttempts {
			return err
		}
		if err := s.catchUp(ctx, government); err != nil {
			return err
		}
	}
}

// catchUp reads where the log stands now, and wants it to hold what it held when this program grew it last.
func (s *Sealer) catchUp(ctx context.Context, government uuid.UUID) error {
	mine := s.heads[government].Edge
	head, err := s.log.LogHead(ctx, government)
	if err != nil {
		return err
	}
	if mine.Size > 0 {
		err = s.log.ReadLog(ctx, government, func(log Lookup) error {
			if head.Edge.Size < mine.Size {
				return ErrRewritten
			}
			proof, err := tlog.ProveTree(head.Edge.Size, mine.Size, log)
			if err == nil && tlog.CheckTree(proof, head.Edge.Size, head.Edge.Root(), mine.Size, mine.Root()) != nil {
				return ErrRewritten
			}
			return err
		})
	}
	if err == nil {
		head.raise(s.low)
		s.heads[government] = &head
	}
	return err
}

func (s *Sealer) grow(ctx context.Context, government uuid.UUID) error {
	head := s.heads[government]
	if head == nil {
		read, err := s.log.LogHead(ctx, government)
		if err != nil {
			return err
		}
		head = &read
		head.raise(s.low)
		s.heads[government] = head
	}
	for from := head.Low; ; {
		events, err := s.log.Unsealed(ctx, government, from, head.Above, sealEvents)
		if err != nil || len(events) == 0 {
			return err
		}
		from = events[len(events)-1].Seq // what becomes visible below it meanwhile is found at the next step
		if err := s.seal(ctx, government, head, events); err != nil {
			return err
		}
		if len(events) < sealEvents {
			return nil
		}
	}
}

// seal grows one tree by the events, signs its root and writes it.
func (s *Sealer) seal(ctx context.Context, government uuid.UUID, head *Head, events []Record) error {
	leaves := make([]tlog.Hash, len(events))
	seal := Seal{Low: head.Low, HashFrom: tlog.StoredHashCount(head.Edge.Size), SealedAt: s.now().UTC().Truncate(time.Microsecond)}
	for i, e := range events {
		leaves[i] = tlog.RecordHash(e.Text)
		seal.Seqs = append(seal.Seqs, e.Seq)
	}
	var edge Edge
	edge, seal.Hashes = head.Edge.Grow(leaves)
	seal.Size, seal.Root = edge.Size, edge.Root()
	begins, err := s.sign(government, head, &seal)
	if err != nil {
		return err
	}
	if err := s.log.AddSeal(ctx, government, head.Edge.Root(), seal, begins); err != nil {
		return err
	}
	head.Edge, head.Key = edge, seal.KeyName
	for _, e := range events {
		head.Above[e.Seq] = struct{}{}
	}
	return nil
}

// sign puts the signed checkpoint to a seal; begins is the key when it signs for the first time.
func (s *Sealer) sign(government uuid.UUID, head *Head, seal *Seal) (begins *Key, err error) {
	ring, err := s.keys.Ring(government, head.Key == "")
	if err != nil {
		return nil, err
	}
	c := Checkpoint{Origin: Origin(government), Size: seal.Size, Root: seal.Root, SealedAt: seal.SealedAt}
	signers := []note.Signer{ring.Signer}
	if ring.Verifier != head.Key {
		begins = &Key{Verifier: ring.Verifier, BeginsAtSize: head.Edge.Size, CreatedAt: seal.SealedAt}
		switch {
		case head.Key == "":
			begins.Reason = KeyFirst
		case ring.Before != nil && ring.BeforeVerifier == head.Key:
			begins.Reason = KeyRotated
			signers = append(signers, ring.Before)
		case ring.Lost == head.Key:
			begins.Reason = KeyLost
		default:
			return nil, fmt.Errorf("%w (here is %s, the log was signed with %s)", ErrKeyMissing, ring.Verifier, head.Key)
		}
		if begins.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		c.KeyReason, c.Key = begins.Reason, begins.Verifier
	}
	seal.KeyName = ring.Verifier
	seal.Note, err = c.Sign(signers...)
	return begins, err
}
