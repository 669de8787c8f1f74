package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"golang.org/x/mod/sumdb/tlog"

	"tayang/app/access"
	"tayang/app/audit"
)

// actSeal is the deed of the sealer in a government.
func actSeal(government uuid.UUID) access.Act {
	return access.Act{Actor: access.Actor{Government: government}, Verb: "log.seal"}
}

// LastEvent is the highest number that an event of any government has been given.
func (s *Store) LastEvent(ctx context.Context) (last int64, err error) {
	err = s.pool.GetContext(ctx, &last, `SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_event_seq`)
	return last, faultOf(err)
}

// Horizon tells which transactions are under way now. A number of an event belongs to a transaction that began to
// write before the number was given.
func (s *Store) Horizon(ctx context.Context) (h audit.Horizon, err error) {
	err = s.pool.GetContext(ctx, &h, `SELECT pg_snapshot_xmin(n)::text AS oldest, pg_snapshot_xmax(n)::text AS next FROM pg_current_snapshot() n`)
	return h, faultOf(err)
}

// GovernmentsToSeal are those that have events behind after.
func (s *Store) GovernmentsToSeal(ctx context.Context, after int64) (out []uuid.UUID, err error) {
	err = s.pool.SelectContext(ctx, &out, `SELECT government_id FROM governments_to_seal($1)`, after)
	return out, faultOf(err)
}

// LogHead reads where a government's log stands.
func (s *Store) LogHead(ctx context.Context, government uuid.UUID) (head audit.Head, err error) {
	head.Above = map[int64]struct{}{}
	err = s.Read(ctx, access.Actor{Government: government}, func(tx *Tx) error {
		var last []sealRow
		if err := tx.all(ctx, &last, `SELECT size, low, key_name FROM audit_seal WHERE government_id = $1 ORDER BY size DESC LIMIT 1`, government); err != nil || len(last) == 0 {
			return err
		}
		head.Edge.Size, head.Low, head.Key = last[0].Size, last[0].Low, last[0].KeyName
		if head.Edge.Hashes, err = tx.Hashes(ctx).ReadHashes(audit.EdgeIndexes(head.Edge.Size)); err != nil {
			return err
		}
		var above []int64
		if err := tx.all(ctx, &above, `SELECT seq FROM audit_seal s, unnest(s.seqs) AS seq
			WHERE s.government_id = $1 AND s.seq_max > $2 AND seq > $2`, government, head.Low); err != nil {
			return err
		}
		for _, seq := range above {
			head.Above[seq] = struct{}{}
		}
		return nil
	})
	return head, err
}

// Unsealed gives up to limit events behind low that are not among the sealed ones, by number.
func (s *Store) Unsealed(ctx context.Context, government uuid.UUID, low int64, sealed map[int64]struct{}, limit int) (out []audit.Record, err error) {
	known := make(pq.Int64Array, 0, len(sealed))
	for seq := range sealed {
		if seq > low {
			known = append(known, seq)
		}
	}
	err = s.Read(ctx, access.Actor{Government: government}, func(tx *Tx) error {
		return tx.all(plannedAnew(ctx), &out, `SELECT e.seq, e.event FROM audit_event e
			WHERE e.government_id = $1 AND e.seq > $2 AND NOT EXISTS (SELECT FROM unnest($3::bigint[]) AS known WHERE known = e.seq)
			ORDER BY e.seq LIMIT $4`, government, low, known, limit)
	})
	return out, err
}

// sealRow is a seal as it is stored.
type sealRow struct {
	Size     int64         `db:"size"`
	Seqs     pq.Int64Array `db:"seqs"`
	Low      int64         `db:"low"`
	HashFrom int64         `db:"hash_from"`
	Hashes   []byte        `db:"hashes"`
	Root     []byte        `db:"root"`
	Note     string        `db:"note"`
	KeyName  string        `db:"key_name"`
	SealedAt time.Time     `db:"sealed_at"`
}

func (r sealRow) seal() audit.Seal {
	s := audit.Seal{Size: r.Size, Seqs: r.Seqs, Low: r.Low, HashFrom: r.HashFrom, Note: r.Note, KeyName: r.KeyName, SealedAt: r.SealedAt}
	copy(s.Root[:], r.Root)
	for i := 0; i+tlog.HashSize <= len(r.Hashes); i += tlog.HashSize {
		s.Hashes = append(s.Hashes, tlog.Hash(r.Hashes[i:i+tlog.HashSize]))
	}
	return s
}

func hashBytes(hashes []tlog.Hash) []byte {
	out := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

// AddSeal writes a seal behind the tree with the root before, and the key that it begins; audit.ErrRaced when the log is
// another one by now.
func (s *Store) AddSeal(ctx context.Context, government uuid.UUID, before tlog.Hash, n audit.Seal, begins *audit.Key) error {
	err := s.once(ctx, actSeal(government), "BEGIN", func(tx *Tx) error {
		if begins != nil {
			if err := tx.exec(ctx, `INSERT INTO audit_key (government_id, id, verifier, begins_at_size, reason, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
				government, begins.ID, begins.Verifier, begins.BeginsAtSize, begins.Reason, begins.CreatedAt); err != nil {
				return err
			}
		}
		return tx.exec(ctx, `INSERT INTO audit_seal (government_id, size, seqs, seq_min, seq_max, low, hash_from, hashes, root, note, key_name, sealed_at)
			SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
			WHERE $13::bigint = 0 OR EXISTS (SELECT FROM audit_seal s WHERE s.government_id = $1 AND s.size = $13 AND s.root = $14)`,
			government, n.Size, pq.Int64Array(n.Seqs), n.Seqs[0], n.Seqs[len(n.Seqs)-1], n.Low, n.HashFrom, hashBytes(n.Hashes), n.Root[:],
			n.Note, n.KeyName, n.SealedAt, n.First(), before[:])
	})
	var pe *pq.Error
	if errors.As(err, &pe) && pe.Code == "23505" || errors.Is(err, errRetry) {
		return fmt.Errorf("%w: %w", audit.ErrRaced, err)
	}
	return faultOf(err)
}

// logLookup reads one government's log for proofs.
type logLookup struct {
	tx  *Tx
	ctx context.Context // tlog.HashReader has none of its own
}

// Hashes reads the stored hashes of the act's own government's tree, and what else proofs ask for.
func (tx *Tx) Hashes(ctx context.Context) audit.Lookup { return logLookup{tx, ctx} }

// ReadLog runs fn over one snapshot of a government's log. Whoever knows its id may read it: a checkpoint and a proof
// show hashes only.
func (s *Store) ReadLog(ctx context.Context, government uuid.UUID, fn func(audit.Lookup) error) error {
	return s.Read(ctx, access.Actor{Government: government}, func(tx *Tx) error { return fn(tx.Hashes(ctx)) })
}

// ReadHashes gives the hashes at the indexes of the tree's storage.
func (l logLookup) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found [][]byte
	if err := l.tx.all(l.ctx, &found, `SELECT substring(s.hashes FROM ((i.place - s.hash_from) * 32 + 1)::integer FOR 32)
		FROM unnest($2::bigint[]) WITH ORDINALITY AS i(place, n) CROSS JOIN LATERAL (
			SELECT s.hash_from, s.hashes FROM audit_seal s WHERE s.government_id = $1 AND s.hash_from <= i.place ORDER BY s.hash_from DESC LIMIT 1) s
		ORDER BY i.n`, l.tx.government(), pq.Int64Array(indexes)); err != nil {
		return nil, err
	}
	out := make([]tlog.Hash, len(indexes))
	if len(found) != len(indexes) {
		return nil, fmt.Errorf("the log has %d of %d hashes", len(found), len(indexes))
	}
	for i, h := range found {
		if len(h) != tlog.HashSize {
			return nil, fmt.Errorf("the log has no hash at %d", indexes[i])
		}
		out[i] = tlog.Hash(h)
	}
	return out, nil
}

const sealColumns = `s.size, s.seqs, s.low, s.hash_from, s.root, s.note, s.key_name, s.sealed_at`

// SealOf gives the seal of an event, without its hashes.
func (l logLookup) SealOf(seq int64) (audit.Seal, error) {
	var r sealRow
	err := l.tx.get(l.ctx, &r, `SELECT `+sealColumns+` FROM audit_seal s
		WHERE s.government_id = $1 AND s.seq_max >= $2 AND s.seq_min <= $2 AND $2 = ANY (s.seqs) ORDER BY s.seq_max LIMIT 1`, l.tx.government(), seq)
	return r.seal(), faultOf(err)
}

// LastSeal gives the newest seal, without its hashes; NotFound for a log that has not begun.
func (l logLookup) LastSeal() (audit.Seal, error) {
	var r sealRow
	err := l.tx.get(l.ctx, &r, `SELECT `+sealColumns+` FROM audit_seal s WHERE s.government_id = $1 ORDER BY s.size DESC LIMIT 1`, l.tx.government())
	return r.seal(), faultOf(err)
}

// SealAfter gives the first seal of a tree larger than size, without its hashes.
func (l logLookup) SealAfter(size int64) (audit.Seal, error) {
	var r sealRow
	err := l.tx.get(l.ctx, &r, `SELECT `+sealColumns+` FROM audit_seal s WHERE s.government_id = $1 AND s.size > $2 ORDER BY s.size LIMIT 1`,
		l.tx.government(), size)
	return r.seal(), faultOf(err)
}

// EventText gives an event as it is stored.
func (l logLookup) EventText(seq int64) (text []byte, err error) {
	err = l.tx.get(l.ctx, &text, `SELECT e.event FROM audit_event e WHERE e.government_id = $1 AND e.seq = $2`, l.tx.government(), seq)
	return text, faultOf(err)
}

// LogKeys are the keys of the log in the order in which they came.
func (l logLookup) LogKeys() (keys []audit.Key, err error) {
	err = l.tx.all(l.ctx, &keys, `SELECT k.id, k.verifier, k.begins_at_size, k.reason, k.created_at FROM audit_key k
		WHERE k.government_id = $1 ORDER BY k.begins_at_size, k.created_at`, l.tx.government())
	return keys, faultOf(err)
}

// EachSeal runs fn over a government's seals with their events, from the first on, one seal in memory at a time.
func (tx *Tx) EachSeal(ctx context.Context, fn func(audit.Seal, map[int64][]byte) error) error {
	for size := int64(0); ; {
		var found []sealRow
		if err := tx.all(ctx, &found, `SELECT `+sealColumns+`, s.hashes FROM audit_seal s WHERE s.government_id = $1 AND s.size > $2
			ORDER BY s.size LIMIT 1`, tx.government(), size); err != nil || len(found) == 0 {
			return err
		}
		seal := found[0].seal()
		var events []audit.Record
		if err := tx.all(ctx, &events, `SELECT e.seq, e.event FROM audit_event e WHERE e.government_id = $1 AND e.seq = ANY ($2)`,
			tx.government(), found[0].Seqs); err != nil {
			return err
		}
		texts := make(map[int64][]byte, len(events))
		for _, e := range events {
			texts[e.Seq] = e.Text
		}
		if err := fn(seal, texts); err != nil {
			return err
		}
		size = seal.Size
	}
}
