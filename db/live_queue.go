package db

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/live"
	"tayang/app/period"
)

// ScheduleLiveChecks puts every check that is due into the queue, over all governments, each once; see live.Queue.
func (s *Store) ScheduleLiveChecks(ctx context.Context, now time.Time, today period.Date, age int64) (added int64, err error) {
	err = s.once(ctx, access.Act{Verb: access.PlacementVerify}, "BEGIN", func(tx *Tx) error {
		return tx.get(ctx, &added, `SELECT schedule_live_checks($1, $2, $3)`, now, today, age)
	})
	return added, err
}

// ClaimLiveCheck takes the check that waits longest, over all governments; see live.Queue.
func (s *Store) ClaimLiveCheck(ctx context.Context, lease uuid.UUID, now, until time.Time, attemptsMax int) (c live.Claim, ok bool, err error) {
	var found []struct {
		Government uuid.UUID     `db:"government_id"`
		ID         uuid.UUID     `db:"id"`
		User       uuid.NullUUID `db:"user_id"`
		Email      *string       `db:"email"`
		Name       *string       `db:"name"`
	}
	if err := s.once(ctx, access.Act{Verb: access.PlacementVerify}, "BEGIN", func(tx *Tx) error {
		return tx.all(ctx, &found, `SELECT government_id, id, user_id, email, name FROM claim_live_check($1, $2, $3, $4)`, lease, now, until, attemptsMax)
	}); err != nil || len(found) == 0 {
		return c, false, err
	}
	f := found[0]
	c = live.Claim{Lease: lease, Actor: access.Actor{Government: f.Government, User: f.User.UUID}}
	if f.Email != nil && f.Name != nil {
		c.Actor.Email, c.Actor.Name = *f.Email, *f.Name
	}
	err = s.Read(ctx, c.Actor, func(tx *Tx) error {
		return tx.get(ctx, &c.Check, `SELECT `+liveCheckList.columns+` FROM `+liveFrom+` WHERE c.government_id = $1 AND c.id = $2`, f.Government, f.ID)
	})
	return c, err == nil, err
}

// FinishLiveCheck notes what came of the claimed check; stale when it is not the claim's any more.
func (tx *Tx) FinishLiveCheck(ctx context.Context, c live.Claim) error {
	d := c.Check
	res, err := tx.conn.ExecContext(ctx, `UPDATE live_check SET status = 'done', lease = NULL, step = 'seal', error = '', result = $4, origin = $5,
			http_status = $6, final_url = $7, page_title = $8, file_sha256 = $9, filename = $10, checked_at = $11, finished_at = $12, version = version + 1
		WHERE government_id = $1 AND id = $2 AND lease = $3 AND status = 'running'`,
		tx.government(), d.ID, c.Lease, d.Result, d.Origin, d.HTTPStatus, d.FinalURL, d.PageTitle, d.File, d.Filename, d.CheckedAt, tx.now)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return &fault.Error{Kind: fault.Stale, Code: "stale", Cause: err}
	}
	return nil
}

// LiveCheckProgress notes the step of a claimed check and makes its lease longer.
func (s *Store) LiveCheckProgress(ctx context.Context, c live.Claim, step capture.Step, until time.Time) (bool, error) {
	return s.claimedLiveCheck(ctx, c, `step = $4, due_at = $5`, step, until)
}

// ReleaseLiveCheck gives a claimed check back, to be tried again from due on; tried is false when this was no real try.
func (s *Store) ReleaseLiveCheck(ctx context.Context, c live.Claim, due time.Time, tried bool) (bool, error) {
	return s.claimedLiveCheck(ctx, c, `status = 'queued', lease = NULL, due_at = $4, attempts = attempts - CASE WHEN $5 THEN 0 ELSE 1 END`, due, tried)
}

// FailLiveCheck ends a claimed check without a result: a person has to look.
func (s *Store) FailLiveCheck(ctx context.Context, c live.Claim, code string, at time.Time) (bool, error) {
	return s.claimedLiveCheck(ctx, c, `status = 'failed', lease = NULL, error = $4, finished_at = $5`, code, at)
}

// claimedLiveCheck changes a check while it is the claim's, in a transaction of its own; set uses arguments from $4 on.
func (s *Store) claimedLiveCheck(ctx context.Context, c live.Claim, set string, args ...any) (still bool, err error) {
	err = s.InTx(ctx, access.Act{Actor: c.Actor, Verb: access.PlacementVerify}, func(tx *Tx) (any, error) {
		res, err := tx.conn.ExecContext(ctx, `UPDATE live_check SET `+set+`, version = version + 1
			WHERE government_id = $1 AND id = $2 AND lease = $3 AND status = 'running'`,
			append([]any{c.Actor.Government, c.Check.ID, c.Lease}, args...)...)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		still = n > 0
		return nil, err
	})
	return still, err
}
