package db

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/lib/pq"

	"tayang/app/agreement"
)

// procurementFacts looks up the papers of the file, which of them the government asks for, and the year's lists of
// cooperating media with those of the agreement's channels that are on them, in one round trip.
func (tx *Tx) procurementFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	var channels []string
	for _, d := range a.Deliverables {
		if d.OutletID.Valid {
			channels = append(channels, d.OutletID.UUID.String())
		}
		if d.SocialAccountID.Valid {
			channels = append(channels, d.SocialAccountID.UUID.String())
		}
	}
	var found struct {
		Papers    []byte `db:"papers"`
		Checklist []byte `db:"checklist"`
		Lists     []byte `db:"lists"`
	}
	if err := tx.get(ctx, &found, procurementQuery, tx.government(), a.AgencyID, a.ID, a.FiscalYear, pq.StringArray(channels)); err != nil {
		return err
	}
	for _, part := range []struct {
		text []byte
		into any
	}{{found.Papers, &f.Procurement.Papers}, {found.Checklist, &f.Procurement.Checklist}, {found.Lists, &f.Procurement.Lists}} {
		if err := json.Unmarshal(part.text, part.into); err != nil {
			return fmt.Errorf("procurement of agreement %s: %w", a.ID, err)
		}
	}
	return nil
}

// procurementQuery: $1 government, $2 agency, $3 agreement, $4 fiscal year, $5 the agreement's outlets and accounts.
const procurementQuery = `SELECT
	(SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'code', p.code, 'number', p.number, 'date', p.date, 'file', p.file_sha256) ORDER BY p.id), '[]')
		FROM agreement_paper p WHERE p.government_id = $1 AND p.agreement_id = $3 AND p.voided_at IS NULL) AS papers,
	(SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM paper_requirement r WHERE r.government_id = $1 AND r.voided_at IS NULL) AS checklist,
	(SELECT coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'number', l.number, 'date', l.date, 'channels', (
			SELECT coalesce(jsonb_agg(coalesce(e.outlet_id, e.social_account_id)), '[]') FROM cooperation_entry e
			WHERE e.government_id = $1 AND e.cooperation_list_id = l.id AND e.voided_at IS NULL
				AND coalesce(e.outlet_id, e.social_account_id) = ANY ($5::uuid[]))) ORDER BY l.date, l.id), '[]')
		FROM cooperation_list l
		WHERE l.government_id = $1 AND l.fiscal_year = $4 AND (l.agency_id IS NULL OR l.agency_id = $2) AND l.voided_at IS NULL) AS lists`
