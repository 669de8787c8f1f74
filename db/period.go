package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/closing"
	"tayang/app/listing"
)

var periodList = list{
	columns: `m.id, m.agency_id, m.month, extract(year FROM m.month)::integer AS fiscal_year, m.status, m.reason, m.remark, m.requested_at, m.requested_by,
		coalesce(asked.name, '') AS requested_name, m.decided_at, m.decided_by, coalesce(decided.name, '') AS decided_name, m.version`,
	from: `period m LEFT JOIN user_account asked ON asked.government_id = m.government_id AND asked.id = m.requested_by
		LEFT JOIN user_account decided ON decided.government_id = m.government_id AND decided.id = m.decided_by`,
	fields: map[string]field{
		"id": {"m.id", ofUUID}, "month": {"to_char(m.month, 'YYYY-MM')", ofText}, "fiscal_year": {"extract(year FROM m.month)::integer", ofInt},
		"status": {"m.status", ofText}, "reason": {"m.reason", ofText}, "remark": {"m.remark", ofText}, "requested_at": {"m.requested_at", ofTime},
		"requested_by": {"m.requested_by", ofUUID}, "requested_name": {"coalesce(asked.name, '')", ofText},
		"decided_at":   {"coalesce(m.decided_at, 'infinity')", ofTime},
		"decided_by":   {"coalesce(m.decided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"decided_name": {"coalesce(decided.name, '')", ofText},
	},
	search: []string{"m.reason", "m.remark"},
	id:     field{"m.id", ofUUID},
	sort:   "month,requested_at",
}

// Periods lists requests to close a month, with the override that reopens it today.
func (tx *Tx) Periods(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[closing.Period], error) {
	page, err := pageOf[closing.Period](ctx, tx, periodList, q, where("m.government_id = ?", tx.government()), where("m.agency_id = ?", agency))
	if err != nil {
		return page, err
	}
	return page, tx.reopened(ctx, page.Items)
}

// Period gives one request.
func (tx *Tx) Period(ctx context.Context, agency, id uuid.UUID) (closing.Period, error) {
	found := make([]closing.Period, 1)
	if err := tx.one(ctx, &found[0], periodList, agency, "m", id); err != nil {
		return closing.Period{}, err
	}
	err := tx.reopened(ctx, found)
	return found[0], err
}

// YearPeriods gives the requests of a fiscal year, in the order in which they were made.
func (tx *Tx) YearPeriods(ctx context.Context, agency uuid.UUID, year int) (found []closing.Period, err error) {
	if err = tx.all(ctx, &found, "SELECT "+periodList.columns+" FROM "+periodList.from+`
		WHERE m.government_id = $1 AND m.agency_id = $2 AND m.month BETWEEN make_date($3, 1, 1) AND make_date($3, 12, 31) ORDER BY m.requested_at, m.id`,
		tx.government(), agency, year); err != nil {
		return nil, err
	}
	return found, tx.reopened(ctx, found)
}

// reopened finds the overrides under which closed months take entries on the day of the transaction.
func (tx *Tx) reopened(ctx context.Context, periods []closing.Period) error {
	ids := make([]uuid.UUID, len(periods))
	for i := range periods {
		ids[i] = periods[i].ID
	}
	var open []struct {
		ID       uuid.UUID     `db:"id"`
		Override uuid.NullUUID `db:"override_id"`
	}
	if err := tx.all(ctx, &open, `SELECT m.id, override_in_force(m.government_id, m.agency_id, 'period_reopen',
			jsonb_build_object('month', to_char(m.month, 'YYYY-MM')), ($3::timestamptz AT TIME ZONE 'Asia/Jakarta')::date) AS override_id
		FROM period m WHERE m.government_id = $1 AND m.id = ANY ($2) AND m.status = 'closed'`, tx.government(), pq.Array(ids), tx.now); err != nil {
		return err
	}
	for _, o := range open {
		for i := range periods {
			if periods[i].ID == o.ID {
				periods[i].ReopenedBy = o.Override
			}
		}
	}
	return nil
}

// AddPeriod inserts a request; duplicate when the month is closed or asked for already.
func (tx *Tx) AddPeriod(ctx context.Context, p closing.Period) error {
	return tx.exec(ctx, `INSERT INTO period (government_id, id, agency_id, month, reason, requested_at, requested_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		tx.government(), p.ID, p.AgencyID, p.Month, p.Reason, p.RequestedAt, p.RequestedBy)
}

// DecidePeriod writes what became of a request, unless it changed since it was read. The table itself waits for everybody
// who is moving money of the agency before a month is closed.
func (tx *Tx) DecidePeriod(ctx context.Context, p closing.Period) error {
	return tx.exec(ctx, `UPDATE period SET status = $4, remark = $5, decided_at = $6, decided_by = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), p.ID, p.Version, p.Status, p.Remark, p.DecidedAt, p.DecidedBy)
}
