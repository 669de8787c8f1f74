package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/approval"
	"tayang/app/listing"
)

// What an agreement (a) waits for. Before there was a matrix the commitment officer approved alone.
const (
	// stepNow counts the steps that were decided in the round that goes on, of the agreement or of its amendment m.
	stepNow = `(SELECT count(*)::integer FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id
			AND p.amendment_id IS NULL AND p.round = a.approval_round)`
	amendmentStepNow = `(SELECT count(*)::integer FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id
			AND p.amendment_id = m.id)`
	awaitingRole = `CASE WHEN a.status = 'submitted' THEN coalesce(a.approval_steps[1 + ` + stepNow + `], 'ppk')
		ELSE coalesce((SELECT coalesce(m.approval_steps[1 + ` + amendmentStepNow + `], 'ppk') FROM amendment m
			WHERE m.government_id = a.government_id AND m.agreement_id = a.id AND m.status = 'proposed'), '') END`
	awaitingSince = `CASE WHEN a.status = 'submitted' THEN coalesce((SELECT max(p.decided_at) FROM agreement_approval p WHERE p.government_id = a.government_id
				AND p.agreement_id = a.id AND p.amendment_id IS NULL AND p.round = a.approval_round), a.submitted_at)
		ELSE (SELECT coalesce((SELECT max(p.decided_at) FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id
				AND p.amendment_id = m.id), m.created_at) FROM amendment m
			WHERE m.government_id = a.government_id AND m.agreement_id = a.id AND m.status = 'proposed') END`
	returnedNow = `(a.status = 'rejected' AND EXISTS (SELECT FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id
			AND p.amendment_id IS NULL AND p.round = a.approval_round AND p.verdict = 'returned'))`
)

// waitsForMe is how the filter "awaiting" names whoever asks.
const waitsForMe = "me"

// awaitingMe takes awaiting=me out of the query: what waits for a role that the actor holds in the agency, and on which he
// may decide himself.
func (tx *Tx) awaitingMe(agency uuid.UUID, q listing.Query) (listing.Query, []clause) {
	asked := q.Filters["awaiting"]
	if len(asked) != 1 || asked[0] != waitsForMe {
		return q, nil
	}
	filters := map[string][]string{}
	for name, values := range q.Filters {
		if name != "awaiting" {
			filters[name] = values
		}
	}
	q.Filters = filters
	me, roles := tx.act.Actor, []access.Role{}
	for _, role := range approval.Roles() {
		if _, ok := me.As(role, agency); ok {
			roles = append(roles, role)
		}
	}
	return q, []clause{
		where(awaitingRole+" = ANY (?::text[])", pq.Array(roles)),
		where("a.created_by <> ? AND a.submitted_by IS DISTINCT FROM ?", me.User, me.User),
		where(`NOT EXISTS (SELECT FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id AND p.amendment_id IS NULL
			AND p.round = a.approval_round AND p.decided_by = ? AND a.status = 'submitted')`, me.User),
		where(`NOT EXISTS (SELECT FROM amendment m WHERE m.government_id = a.government_id AND m.agreement_id = a.id AND m.status = 'proposed' AND (m.created_by = ?
			OR EXISTS (SELECT FROM agreement_approval p WHERE p.government_id = a.government_id AND p.agreement_id = a.id AND p.amendment_id = m.id AND p.decided_by = ?)))`,
			me.User, me.User),
	}
}

// decisions fills in every step that was decided on an agreement and its amendments, and what is to be mended.
func (tx *Tx) decisions(ctx context.Context, a *agreement.Agreement) error {
	if err := tx.all(ctx, &a.Decisions, `SELECT p.id, p.amendment_id, p.round, p.step, p.role, p.verdict, p.remark, p.decided_at, p.decided_by, u.name, u.email,
			p.acting_override_id, coalesce(o.subject ->> 'for_email', '') AS acting_for, coalesce(f.name, '') AS acting_name,
			coalesce(o.subject ->> 'decree_number', '') AS decree_number, (o.decided_at AT TIME ZONE g.timezone)::date AS decree_from,
			o.valid_until AS decree_until, p.recorded_at
		FROM agreement_approval p JOIN government g ON g.government_id = p.government_id
		JOIN user_account u ON u.government_id = p.government_id AND u.id = p.decided_by
		LEFT JOIN override o ON o.government_id = p.government_id AND o.id = p.acting_override_id
		LEFT JOIN user_account f ON f.government_id = p.government_id AND f.email = o.subject ->> 'for_email'
		WHERE p.government_id = $1 AND p.agreement_id = $2 ORDER BY p.decided_at, p.id`, tx.government(), a.ID); err != nil {
		return err
	}
	return tx.all(ctx, &a.Remarks, `SELECT r.id, p.round, r.pointer, r.remark, r.created_at, r.created_by, u.name AS author, r.answer, r.answered_at,
			r.answered_by, coalesce(w.name, '') AS answerer, r.approval_id
		FROM agreement_remark r JOIN agreement_approval p ON p.government_id = r.government_id AND p.id = r.approval_id
		JOIN user_account u ON u.government_id = r.government_id AND u.id = r.created_by
		LEFT JOIN user_account w ON w.government_id = r.government_id AND w.id = r.answered_by
		WHERE r.government_id = $1 AND r.agreement_id = $2 ORDER BY r.created_at, r.approval_id, r.position`, tx.government(), a.ID)
}

// AddDecision keeps the step that was decided, unless the agreement changed since it was read. Who decides at the same
// time waits here, and then finds it changed.
func (tx *Tx) AddDecision(ctx context.Context, a agreement.Agreement, d agreement.Decision) (agreement.Decision, error) {
	err := tx.returning(ctx, &d, `INSERT INTO agreement_approval (government_id, id, agency_id, agreement_id, amendment_id, round, step, role, verdict, remark,
			decided_at, decided_by, acting_override_id)
		SELECT a.government_id, $4, a.agency_id, a.id, $5, $6, $7, $8, $9, $10, $11, $12, $13
		FROM (SELECT government_id, id, agency_id FROM agreement WHERE government_id = $1 AND id = $2 AND version = $3 FOR NO KEY UPDATE) a
		RETURNING decided_at, recorded_at`,
		tx.government(), a.ID, a.Version, d.ID, d.AmendmentID, d.Round, d.Step, d.Role, d.Verdict, d.Remark, tx.now, d.DecidedBy, d.OverrideID)
	return d, err
}

// AddRemarks keeps what is to be mended, in order.
func (tx *Tx) AddRemarks(ctx context.Context, a agreement.Agreement, d agreement.Decision, corrections []agreement.Correction) error {
	type row struct {
		ID      uuid.UUID `json:"id"`
		Pointer string    `json:"pointer"`
		Text    string    `json:"remark"`
		Place   int       `json:"position"`
	}
	rows := make([]row, len(corrections))
	for i, c := range corrections {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = row{id, c.Pointer, c.Text, i + 1}
	}
	return tx.bulk(ctx, `INSERT INTO agreement_remark (government_id, id, agency_id, agreement_id, approval_id, position, pointer, remark, created_at, created_by)
		SELECT $1, x.id, $3, $4, $5, x.position, x.pointer, x.remark, $6, $7
		FROM jsonb_to_recordset($2) AS x(id uuid, pointer text, remark text, position integer)`, rows, a.AgencyID, a.ID, d.ID, tx.now, d.DecidedBy)
}

// AnswerRemarks keeps the answers, each once; one that was answered meanwhile counts as changed.
func (tx *Tx) AnswerRemarks(ctx context.Context, a agreement.Agreement, answers []agreement.Answer) error {
	ids, texts := make([]string, len(answers)), make([]string, len(answers))
	for i, answer := range answers {
		ids[i], texts[i] = answer.RemarkID.String(), answer.Text
	}
	return tx.exec(ctx, `UPDATE agreement_remark r SET answer = x.text, answered_at = $5, answered_by = $6
		FROM unnest($3::uuid[], $4::text[]) AS x(id, text)
		WHERE r.government_id = $1 AND r.agreement_id = $2 AND r.id = x.id AND r.answered_at IS NULL`,
		tx.government(), a.ID, pq.Array(ids), pq.Array(texts), tx.now, tx.act.Actor.User)
}
