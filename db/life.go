package db

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
)

// calledOff sums the orders under the framework agreement a: of a closed one what was paid.
const calledOff = `CASE WHEN a.framework THEN (SELECT coalesce(sum(CASE WHEN o.status = 'closed' THEN o.paid ELSE o.gross END), 0)::bigint FROM agreement o
	WHERE o.government_id = a.government_id AND o.framework_id = a.id AND o.status NOT IN ('draft', 'rejected')) ELSE 0 END`

// latePenalty sums the penalties for what appeared late under the agreement a.
const latePenalty = `(SELECT coalesce(sum(p.penalty), 0)::bigint FROM placement p
	WHERE p.government_id = a.government_id AND p.agreement_id = a.id AND p.penalty > 0 AND p.status NOT IN ('planned', 'rejected', 'cancelled'))`

// suspensions gathers those of the agreement a.
const suspensions = `(SELECT coalesce(jsonb_agg(jsonb_build_object('from_on', s.from_on, 'resumed_on', s.resumed_on, 'reason', s.reason) ORDER BY s.from_on), '[]')
	FROM agreement_suspension s WHERE s.government_id = a.government_id AND s.agreement_id = a.id)`

// suspensionsOf gives the suspensions of an agreement, oldest first.
func (tx *Tx) suspensionsOf(ctx context.Context, id uuid.UUID) (found agreement.Suspensions, err error) {
	err = tx.all(ctx, (*[]agreement.Suspension)(&found), `SELECT id, agreement_id, from_on, reason, created_at, created_by, resumed_on, resume_reason, resumed_at, resumed_by
		FROM agreement_suspension WHERE government_id = $1 AND agreement_id = $2 ORDER BY from_on, id`, tx.government(), id)
	return found, err
}

// AddSuspension keeps a suspension and flags the agreement, unless that changed since it was read.
func (tx *Tx) AddSuspension(ctx context.Context, a agreement.Agreement, s agreement.Suspension) error {
	if err := tx.exec(ctx, `UPDATE agreement SET suspended_on = $4, suspension_reason = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), a.ID, a.Version, s.FromOn, s.Reason); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO agreement_suspension (government_id, id, agency_id, agreement_id, from_on, reason, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.government(), s.ID, a.AgencyID, a.ID, s.FromOn, s.Reason, tx.now, s.CreatedBy)
}

// EndSuspension ends a suspension and takes the flag off the agreement, unless that changed since it was read.
func (tx *Tx) EndSuspension(ctx context.Context, a agreement.Agreement, s agreement.Suspension) error {
	if err := tx.exec(ctx, `UPDATE agreement SET suspended_on = NULL, suspension_reason = '', version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), a.ID, a.Version); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE agreement_suspension SET resumed_on = $3, resume_reason = $4, resumed_at = $5, resumed_by = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND resumed_on IS NULL`, tx.government(), s.ID, s.ResumedOn, s.ResumeReason, tx.now, s.ResumedBy)
}

// AddFinalAccount keeps the final account of an agreement that ended, for ever.
func (tx *Tx) AddFinalAccount(ctx context.Context, a agreement.Agreement, f agreement.FinalAccount) error {
	lines, err := json.Marshal(f.Lines)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO agreement_final_account (government_id, id, agency_id, agreement_id, kind, number, date, reason, ordered,
			evidenced, accepted, paid, owed, lapsed, released, penalty, lines, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		tx.government(), f.ID, a.AgencyID, a.ID, f.Kind, f.Number, f.Date, f.Reason, f.Ordered,
		f.Evidenced, f.Accepted, f.Paid, f.Owed, f.Lapsed, f.Released, f.Penalty, string(lines), tx.now, f.CreatedBy)
}

// FinalAccount gives the account of an agreement that ended.
func (tx *Tx) FinalAccount(ctx context.Context, agency, id uuid.UUID) (f agreement.FinalAccount, err error) {
	err = tx.get(ctx, &f, `SELECT id, agreement_id, kind, number, date, reason, ordered, evidenced, accepted, paid, owed, lapsed, released, penalty,
			lines, created_at, created_by
		FROM agreement_final_account WHERE government_id = $1 AND agency_id = $2 AND agreement_id = $3`, tx.government(), agency, id)
	return f, err
}

// remindersMax is how many reminders are read at once.
const remindersMax = 100

const reminderQuery = `
	WITH running AS MATERIALIZED (
		SELECT a.id, a.number, a.title, a.vendor_id, a.status, a.start_date, a.end_date, a.suspended_on, a.framework, a.created_at, a.submitted_at
		FROM agreement a WHERE a.government_id = $1 AND a.agency_id = $2 AND a.status IN ('draft', 'submitted', 'active')
	), progress AS (
		SELECT r.id, least(100, ($4::date - r.start_date + 1) * 100 / (r.end_date - r.start_date + 1))::bigint AS elapsed,
			done.evidenced * 100 / ordered.quantity AS evidenced, coalesce(done.first_due, r.start_date) AS since
		FROM running r
		CROSS JOIN LATERAL (SELECT sum(d.quantity)::bigint AS quantity FROM deliverable d WHERE d.government_id = $1 AND d.agreement_id = r.id) ordered
		CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE p.status IN ('verified', 'accepted', 'invoiced', 'paid')) AS evidenced,
				min(p.scheduled_on) FILTER (WHERE p.status IN ('planned', 'published', 'rejected')) AS first_due
			FROM placement p WHERE p.government_id = $1 AND p.agreement_id = r.id) done
		WHERE r.status = 'active' AND NOT r.framework AND r.suspended_on IS NULL AND r.start_date <= $4::date AND ordered.quantity > 0
	), found AS (
		SELECT CASE WHEN r.end_date < $4::date THEN 'ended' ELSE 'ending' END AS kind, r.id, r.end_date AS since, 0::bigint AS elapsed, 0::bigint AS evidenced
		FROM running r WHERE r.status = 'active' AND r.end_date <= $4::date + $6::int
		UNION ALL SELECT 'behind', p.id, least(p.since, $4::date), p.elapsed, p.evidenced FROM progress p WHERE p.elapsed - p.evidenced >= $7
		UNION ALL SELECT 'draft', r.id, $4::date - ceil(extract(epoch FROM $5::timestamptz - r.created_at) / 86400)::int, 0, 0
		FROM running r WHERE r.status = 'draft' AND r.created_at < $5::timestamptz - make_interval(days => $8::int - 1)
		UNION ALL SELECT 'submitted', r.id, $4::date - ceil(extract(epoch FROM $5::timestamptz - r.submitted_at) / 86400)::int, 0, 0
		FROM running r WHERE r.status = 'submitted' AND r.submitted_at < $5::timestamptz - make_interval(days => $9::int - 1)
		UNION ALL SELECT 'suspended', r.id, r.suspended_on, 0, 0 FROM running r WHERE r.suspended_on IS NOT NULL
	)
	SELECT f.kind, f.id AS agreement_id, r.number, r.title, v.legal_name AS vendor_name, f.since, f.elapsed, f.evidenced
	FROM found f JOIN running r ON r.id = f.id JOIN vendor v ON v.government_id = $1 AND v.id = r.vendor_id
	WHERE f.kind = ANY ($3::text[]) ORDER BY f.since, r.number, f.kind LIMIT $10`

// Reminders gives the agency's reminders of the kinds, oldest first.
func (tx *Tx) Reminders(ctx context.Context, agency uuid.UUID, kinds []agreement.ReminderKind, f agreement.ReminderFigures) ([]agreement.Reminder, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	found := []agreement.Reminder{}
	err := tx.all(ctx, &found, reminderQuery, tx.government(), agency, pq.StringArray(names), f.Today, f.Midnight, f.Ending, f.Behind, f.Draft, f.Submitted, remindersMax)
	return found, err
}
