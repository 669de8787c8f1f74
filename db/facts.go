package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/rule"
)

// Facts looks up everything that an assessment asks about, as of the order date.
func (tx *Tx) Facts(ctx context.Context, a agreement.Agreement) (f agreement.Facts, err error) {
	if f.Agency, err = tx.AgencyByID(ctx, a.AgencyID); err != nil {
		return f, err
	}
	if f.Rules, err = tx.rulesOf(ctx, a.AgencyID); err != nil {
		return f, err
	}
	for _, look := range []func(context.Context, agreement.Agreement, *agreement.Facts) error{
		tx.procurementFacts, tx.priceFacts, tx.vettingFacts, tx.influenceFacts, tx.recipientFacts,
	} {
		if err := look(ctx, a, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// rulesOf gives the rows that count for an agency.
func (tx *Tx) rulesOf(ctx context.Context, agency uuid.UUID) (set rule.Set, err error) {
	err = tx.all(ctx, &set, "SELECT "+ruleList.columns+" FROM "+ruleList.from+`
		WHERE r.government_id = $1 AND (r.agency_id IS NULL OR r.agency_id = $2) AND r.voided_at IS NULL`, tx.government(), agency)
	return set, err
}

// Freeze keeps the assessment under which the agreement came into force, for ever.
func (tx *Tx) Freeze(ctx context.Context, a agreement.Agreement, s agreement.Assessment) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO agreement_assessment (government_id, id, agency_id, agreement_id, order_date, made_at, made_by, assessment)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.government(), id, a.AgencyID, a.ID, a.OrderDate, tx.now, tx.act.Actor.User, s)
}

// Frozen gives the assessment that was kept; false when the agreement never came into force, or did before they were.
func (tx *Tx) Frozen(ctx context.Context, id uuid.UUID) (s agreement.Assessment, ok bool, err error) {
	err = tx.get(ctx, &s, `SELECT assessment FROM agreement_assessment WHERE government_id = $1 AND agreement_id = $2`, tx.government(), id)
	if errors.Is(err, sql.ErrNoRows) {
		return s, false, nil
	}
	return s, err == nil, err
}
