package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/audit"
	"tayang/app/fault"
	"tayang/app/health"
)

// LastSeal gives the newest seal of the government's log; ok is false when nothing was sealed yet.
func (tx *Tx) LastSeal(ctx context.Context) (s audit.Seal, ok bool, err error) {
	s, err = tx.Hashes(ctx).LastSeal()
	if fault.Is(err, "not_found") {
		return s, false, nil
	}
	return s, err == nil, err
}

// LogKeys are the keys of the government's log, oldest first.
func (tx *Tx) LogKeys(ctx context.Context) ([]audit.Key, error) { return tx.Hashes(ctx).LogKeys() }

// CheckRuns are the last runs of the checks on the government, newest first.
func (tx *Tx) CheckRuns(ctx context.Context, limit int) (runs []health.Run, err error) {
	err = tx.all(ctx, &runs, `SELECT started_at, finished_at, problems, report FROM check_run WHERE government_id = $1 ORDER BY id DESC LIMIT $2`,
		tx.government(), limit)
	return runs, err
}

// KeepCheck keeps what a run of the checks found.
func (s *Store) KeepCheck(ctx context.Context, government uuid.UUID, r health.Run) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return s.InTx(ctx, access.Act{Actor: access.Actor{Government: government}, Verb: "check.run"}, func(tx *Tx) (any, error) {
		return nil, tx.exec(ctx, `INSERT INTO check_run (government_id, id, started_at, finished_at, problems, report) VALUES ($1, $2, $3, $4, $5, $6)`,
			government, id, r.StartedAt, r.FinishedAt, r.Problems, r.Report)
	})
}
