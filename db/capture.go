package db

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/listing"
)

var captureList = list{
	columns: `c.id, c.agency_id, c.placement_id, c.url, c.status, c.step, c.progress, c.attempts, c.error, c.final_url, c.http_status, c.title,
		c.published, coalesce(c.bundle_sha256, '') AS bundle_sha256, c.proof_id, c.captured_at, c.created_at, c.created_by, c.finished_at, c.version`,
	from: `capture c`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "status": {"c.status", ofText}, "step": {"c.step", ofText}, "progress": {"c.progress", ofInt},
		"attempts": {"c.attempts", ofInt}, "error": {"c.error", ofText}, "url": {"c.url", ofText}, "final_url": {"c.final_url", ofText},
		"http_status": {"c.http_status", ofInt}, "title": {"c.title", ofText}, "published": {"c.published", ofText},
		"bundle_sha256": {"coalesce(c.bundle_sha256, '')", ofText}, "placement_id": {"c.placement_id", ofUUID},
		"proof_id":    {"coalesce(c.proof_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"captured_at": {"coalesce(c.captured_at, 'infinity')", ofTime}, "finished_at": {"coalesce(c.finished_at, 'infinity')", ofTime},
		"created_at": {"c.created_at", ofTime}, "created_by": {"c.created_by", ofUUID},
	},
	search: []string{"c.url", "c.title"},
	id:     field{"c.id", ofUUID},
	sort:   "-created_at",
}

// Captures lists the captures of a placement, newest first.
func (tx *Tx) Captures(ctx context.Context, of uuid.UUID, q listing.Query) (listing.Page[capture.Capture], error) {
	return pageOf[capture.Capture](ctx, tx, captureList, q, where("c.government_id = ?", tx.government()), where("c.placement_id = ?", of))
}

// Capture gives one capture of a placement; NotFound when it has none of that id.
func (tx *Tx) Capture(ctx context.Context, of, id uuid.UUID) (c capture.Capture, err error) {
	err = tx.get(ctx, &c, "SELECT "+captureList.columns+" FROM capture c WHERE c.government_id = $1 AND c.placement_id = $2 AND c.id = $3",
		tx.government(), of, id)
	return c, faultOf(err)
}

// AddCapture puts a capture into the queue, to be taken at once.
func (tx *Tx) AddCapture(ctx context.Context, c capture.Capture) error {
	return tx.exec(ctx, `INSERT INTO capture (government_id, id, agency_id, placement_id, url, due_at, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.government(), c.ID, c.AgencyID, c.PlacementID, c.URL, tx.now, c.CreatedAt, c.CreatedBy)
}

// FinishCapture notes what came of the claimed capture; stale when it is not the claim's any more.
func (tx *Tx) FinishCapture(ctx context.Context, c capture.Claim) error {
	d := c.Capture
	res, err := tx.conn.ExecContext(ctx, `UPDATE capture SET status = 'done', lease = NULL, step = 'seal', progress = 100, final_url = $4, http_status = $5,
			title = $6, published = $7, bundle_sha256 = $8, proof_id = $9, captured_at = $10, finished_at = $11, version = version + 1
		WHERE government_id = $1 AND id = $2 AND lease = $3 AND status = 'running'`,
		tx.government(), d.ID, c.Lease, d.FinalURL, d.HTTPStatus, d.Title, d.Published, d.Bundle, d.ProofID, d.CapturedAt, tx.now)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return &fault.Error{Kind: fault.Stale, Code: "stale", Cause: err}
	}
	return nil
}

// ClaimCapture takes the capture that waits longest, over all governments; see capture.Queue.
func (s *Store) ClaimCapture(ctx context.Context, lease uuid.UUID, now, until time.Time, attemptsMax int) (c capture.Claim, ok bool, err error) {
	var found []struct {
		Government uuid.UUID `db:"government_id"`
		ID         uuid.UUID `db:"id"`
		User       uuid.UUID `db:"user_id"`
		Email      string    `db:"email"`
		Name       string    `db:"name"`
	}
	if err := s.once(ctx, access.Act{Verb: access.PlacementWrite}, "BEGIN", func(tx *Tx) error {
		return tx.all(ctx, &found, `SELECT government_id, id, user_id, email, name FROM claim_capture($1, $2, $3, $4)`, lease, now, until, attemptsMax)
	}); err != nil || len(found) == 0 {
		return c, false, err
	}
	f := found[0]
	c = capture.Claim{Lease: lease, Actor: access.Actor{Government: f.Government, User: f.User, Email: f.Email, Name: f.Name}}
	err = s.Read(ctx, c.Actor, func(tx *Tx) error {
		if c.Actor.Grants, err = tx.grants(ctx, f.User); err != nil {
			return err
		}
		if err := tx.get(ctx, &c.Capture, `SELECT `+captureList.columns+` FROM capture c WHERE c.government_id = $1 AND c.id = $2`, f.Government, f.ID); err != nil {
			return err
		}
		return tx.get(ctx, &c.Agency, `SELECT code FROM agency WHERE government_id = $1 AND id = $2`, f.Government, c.Capture.AgencyID)
	})
	return c, err == nil, err
}

// CaptureProgress notes the step of a claimed capture and makes its lease longer.
func (s *Store) CaptureProgress(ctx context.Context, c capture.Claim, step capture.Step, until time.Time) (bool, error) {
	return s.claimedCapture(ctx, c, `step = $4, progress = $5, due_at = $6`, step, step.Progress(), until)
}

// ReleaseCapture gives a claimed capture back, to be tried again from due on; tried is false when this was no real try.
func (s *Store) ReleaseCapture(ctx context.Context, c capture.Claim, due time.Time, tried bool) (bool, error) {
	return s.claimedCapture(ctx, c, `status = 'queued', lease = NULL, due_at = $4, attempts = attempts - CASE WHEN $5 THEN 0 ELSE 1 END`, due, tried)
}

// FailCapture ends a claimed capture without a bundle.
func (s *Store) FailCapture(ctx context.Context, c capture.Claim, code string, at time.Time) (bool, error) {
	return s.claimedCapture(ctx, c, `status = 'failed', lease = NULL, error = $4, finished_at = $5`, code, at)
}

// claimedCapture changes a capture while it is the claim's, in a transaction of its own; set uses arguments from $4 on.
func (s *Store) claimedCapture(ctx context.Context, c capture.Claim, set string, args ...any) (still bool, err error) {
	err = s.InTx(ctx, access.Act{Actor: c.Actor, Verb: access.PlacementWrite}, func(tx *Tx) (any, error) {
		res, err := tx.conn.ExecContext(ctx, `UPDATE capture SET `+set+`, version = version + 1
			WHERE government_id = $1 AND id = $2 AND lease = $3 AND status = 'running'`,
			append([]any{c.Actor.Government, c.Capture.ID, c.Lease}, args...)...)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		still = n > 0
		return nil, err
	})
	return still, err
}
