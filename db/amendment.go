package db

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"tayang/app/agreement"
)

// amendments gives the amendments of an agreement, oldest first.
func (tx *Tx) amendments(ctx context.Context, of uuid.UUID) (found []agreement.Amendment, err error) {
	err = tx.all(ctx, &found, `SELECT m.id, m.agreement_id, m.position, m.number, m.date, m.reason, m.status, m.remark, m.value_before,
			m.value_after, m.before, m.after, m.created_at, m.created_by, u.email AS author, m.decided_at, m.decided_by,
			coalesce(d.email, '') AS decider, m.approval_steps
		FROM amendment m
		JOIN user_account u ON u.government_id = m.government_id AND u.id = m.created_by
		LEFT JOIN user_account d ON d.government_id = m.government_id AND d.id = m.decided_by
		WHERE m.government_id = $1 AND m.agreement_id = $2 ORDER BY m.position`, tx.government(), of)
	return found, err
}

// AddAmendment inserts a proposal for an agreement, unless the agreement changed since it was read.
func (tx *Tx) AddAmendment(ctx context.Context, a agreement.Agreement, m agreement.Amendment) error {
	before, err := json.Marshal(m.Before)
	if err != nil {
		return err
	}
	after, err := json.Marshal(m.After)
	if err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE agreement SET version = version + 1 WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), a.ID, a.Version); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO amendment (government_id, id, agency_id, agreement_id, position, number, date, reason, value_before,
			value_after, before, after, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		tx.government(), m.ID, a.AgencyID, a.ID, m.Position, m.Number, m.Date, m.Reason, m.ValueBefore,
		m.ValueAfter, string(before), string(after), m.CreatedAt, m.CreatedBy)
}

// DecideAmendment saves the decision on an amendment, unless it was decided since it was read; an approved one becomes
// the lines of its agreement, in the database itself.
func (tx *Tx) DecideAmendment(ctx context.Context, m agreement.Amendment) error {
	var decided bool
	if err := tx.get(ctx, &decided, `SELECT decide_amendment($1, $2, $3, $4, $5, $6)`,
		tx.government(), m.ID, m.Status, m.Remark, m.DecidedBy, m.DecidedAt); err != nil {
		return err
	}
	if !decided {
		return errRetry
	}
	return nil
}
