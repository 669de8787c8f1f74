package db

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/placement"
)

// FinishInspection writes passport and thumbnail of a proof that waited to be inspected; false when it did not any more.
func (tx *Tx) FinishInspection(ctx context.Context, f placement.Proof) (fresh bool, err error) {
	res, err := tx.conn.ExecContext(ctx, `UPDATE proof SET passport = $3, thumbnail_sha256 = nullif($4, ''), uninspected = false
		WHERE government_id = $1 AND id = $2 AND uninspected`, tx.government(), f.ID, f.Passport, f.Thumbnail)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.exec(ctx, `UPDATE proof_inspection SET done = true, lease = NULL WHERE government_id = $1 AND proof_id = $2`, tx.government(), f.ID)
}

// queueInspection lets a proof wait until it is inspected, in the transaction that records it.
func (tx *Tx) queueInspection(ctx context.Context, proof uuid.UUID) error {
	return tx.exec(ctx, `INSERT INTO proof_inspection (government_id, proof_id, due_at) VALUES ($1, $2, $3)`, tx.government(), proof, tx.now)
}

// ClaimInspection takes the proof that waits longest, over all governments; see placement.Inspections.
func (s *Store) ClaimInspection(ctx context.Context, lease uuid.UUID, now, until time.Time) (u placement.Uninspected, ok bool, err error) {
	var found []struct {
		Government uuid.UUID `db:"government_id"`
		ID         uuid.UUID `db:"id"`
		Attempts   int       `db:"attempts"`
		User       uuid.UUID `db:"user_id"`
		Email      string    `db:"email"`
		Name       string    `db:"name"`
	}
	if err := s.once(ctx, access.Act{Verb: access.PlacementWrite}, "BEGIN", func(tx *Tx) error {
		return tx.all(ctx, &found, `SELECT government_id, id, attempts, user_id, email, name FROM claim_inspection($1, $2, $3)`, lease, now, until)
	}); err != nil || len(found) == 0 {
		return u, false, err
	}
	f := found[0]
	u = placement.Uninspected{Lease: lease, Attempts: f.Attempts, Actor: access.Actor{Government: f.Government, User: f.User, Email: f.Email, Name: f.Name}}
	err = s.Read(ctx, u.Actor, func(tx *Tx) error {
		return tx.get(ctx, &u.Proof, "SELECT "+proofList.columns+" FROM "+proofList.from+" WHERE f.government_id = $1 AND f.id = $2", f.Government, f.ID)
	})
	return u, err == nil, err
}

// ReleaseInspection gives a proof back, to be tried again from due on; nothing when it is not the claim's any more.
func (s *Store) ReleaseInspection(ctx context.Context, u placement.Uninspected, due time.Time) error {
	return s.InTx(ctx, access.Act{Actor: u.Actor, Verb: access.PlacementWrite}, func(tx *Tx) (any, error) {
		_, err := tx.conn.ExecContext(ctx, `UPDATE proof_inspection SET lease = NULL, due_at = $4
			WHERE government_id = $1 AND proof_id = $2 AND lease = $3 AND NOT done`, u.Actor.Government, u.Proof.ID, u.Lease, due)
		return nil, err
	})
}
