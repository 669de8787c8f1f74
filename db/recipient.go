package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/listing"
)

// recipientsNet is what the recipients of an agreement receive together.
const recipientsNet = `coalesce((SELECT sum(r.net) FROM recipient r WHERE r.government_id = a.government_id AND r.agreement_id = a.id), 0)::bigint`

const lookThroughColumns = `a.via_agency AS "look_through.via_agency", a.agency_fee AS "look_through.fee",
	CASE WHEN a.via_agency THEN ` + recipientsNet + ` ELSE 0 END AS "look_through.net",
	CASE WHEN a.via_agency THEN a.gross - a.agency_fee - ` + recipientsNet + ` ELSE 0 END AS "look_through.residual"`

// recipients reads whom the agreement's money reaches, with the latest word of each on what he is paid.
func (tx *Tx) recipients(ctx context.Context, a *agreement.Agreement) error {
	if !a.LookThrough.ViaAgency {
		return nil
	}
	err := tx.all(ctx, &a.LookThrough.Recipients, `SELECT r.id, r.position, r.outlet_id, r.social_account_id, r.name, r.net,
			array_to_json(r.deliverables)::text::bytea AS deliverables, coalesce(o.name, s.platform || ' @' || s.handle) AS channel, v.id AS vendor_id,
			v.legal_name AS vendor_name, c.amount AS confirmed, c.date AS confirmed_on
		FROM recipient r
		LEFT JOIN outlet o ON o.government_id = r.government_id AND o.id = r.outlet_id
		LEFT JOIN social_account s ON s.government_id = r.government_id AND s.id = r.social_account_id
		JOIN vendor v ON v.government_id = r.government_id AND v.id = coalesce(o.vendor_id, s.vendor_id)
		LEFT JOIN LATERAL (SELECT k.amount, k.date FROM recipient_confirmation k
			WHERE k.government_id = r.government_id AND k.recipient_id = r.id ORDER BY k.date DESC, k.created_at DESC, k.id DESC LIMIT 1) c ON true
		WHERE r.government_id = $1 AND r.agreement_id = $2 ORDER BY r.position, r.id`, tx.government(), a.ID)
	a.LookThrough = a.LookThrough.Weighed(a.Gross, a.Deliverables)
	return err
}

// saveSplit writes the split of a draft anew. A recipient who is left out goes, or stays with nothing when he has confirmed
// already: no confirmation is lost.
func (tx *Tx) saveSplit(ctx context.Context, a agreement.Agreement) error {
	if a.Version == 0 && !a.LookThrough.ViaAgency {
		return nil
	}
	if _, err := tx.conn.ExecContext(ctx, `UPDATE agreement SET via_agency = $3, agency_fee = $4
		WHERE government_id = $1 AND id = $2 AND (via_agency, agency_fee) IS DISTINCT FROM ($3, $4)`,
		tx.government(), a.ID, a.LookThrough.ViaAgency, a.LookThrough.Fee); err != nil {
		return err
	}
	if err := tx.dropRecipients(ctx, a); err != nil {
		return err
	}
	return tx.bulk(ctx, `INSERT INTO recipient AS r (government_id, id, agency_id, agreement_id, position, outlet_id, social_account_id, name, net, deliverables)
		SELECT $1, x.id, $4, $3, x.position, x.outlet_id, x.social_account_id, coalesce(x.name, ''), x.net, coalesce(x.deliverables, '{}')
		FROM jsonb_to_recordset($2) AS x(id uuid, position integer, outlet_id uuid, social_account_id uuid, name text, net bigint, deliverables integer[])
		ON CONFLICT (government_id, id) DO UPDATE SET position = excluded.position, name = excluded.name, net = excluded.net,
			deliverables = excluded.deliverables
		WHERE (r.position, r.name, r.net, r.deliverables) IS DISTINCT FROM (excluded.position, excluded.name, excluded.net, excluded.deliverables)`,
		a.LookThrough.Recipients, a.ID, a.AgencyID)
}

func (tx *Tx) dropRecipients(ctx context.Context, a agreement.Agreement) error {
	kept := make(pq.StringArray, 0, len(a.LookThrough.Recipients))
	for _, r := range a.LookThrough.Recipients {
		kept = append(kept, r.ID.String())
	}
	const confirmed = `EXISTS (SELECT FROM recipient_confirmation c WHERE c.government_id = r.government_id AND c.recipient_id = r.id)`
	if _, err := tx.conn.ExecContext(ctx, `DELETE FROM recipient r WHERE r.government_id = $1 AND r.agreement_id = $2
		AND r.id <> ALL ($3::uuid[]) AND NOT `+confirmed, tx.government(), a.ID, kept); err != nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE recipient r SET net = 0, deliverables = '{}' WHERE r.government_id = $1 AND r.agreement_id = $2
		AND r.id <> ALL ($3::uuid[]) AND r.net <> 0`, tx.government(), a.ID, kept)
	return err
}

var confirmationList = list{
	columns: `c.id, c.agreement_id, c.recipient_id, c.amount, c.date, c.file_sha256, c.origin, c.remark, c.created_at, c.created_by, u.email AS author`,
	from:    `recipient_confirmation c JOIN user_account u ON u.government_id = c.government_id AND u.id = c.created_by`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "agreement_id": {"c.agreement_id", ofUUID}, "recipient_id": {"c.recipient_id", ofUUID}, "amount": {"c.amount", ofInt},
		"date": {"c.date", ofDate}, "file": {"c.file_sha256", ofText}, "origin": {"c.origin", ofText}, "remark": {"c.remark", ofText},
		"created_at": {"c.created_at", ofTime}, "created_by": {"c.created_by", ofUUID}, "author": {"u.email", ofText},
	},
	search: []string{"c.remark"},
	id:     field{"c.id", ofUUID},
	sort:   "-date",
}

// AddConfirmation inserts a confirmation; an unknown file is Invalid at /file.
func (tx *Tx) AddConfirmation(ctx context.Context, agency uuid.UUID, c agreement.Confirmation) error {
	return tx.exec(ctx, `INSERT INTO recipient_confirmation (government_id, id, agency_id, agreement_id, recipient_id, amount, date, file_sha256,
			origin, remark, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.government(), c.ID, agency, c.AgreementID, c.RecipientID, c.Amount, c.Date, c.File, c.Origin, c.Remark, c.CreatedAt, c.CreatedBy)
}

// Confirmation finds a confirmation; NotFound when there is none.
func (tx *Tx) Confirmation(ctx context.Context, id uuid.UUID) (c agreement.Confirmation, err error) {
	err = tx.get(ctx, &c, "SELECT "+confirmationList.columns+" FROM "+confirmationList.from+" WHERE c.government_id = $1 AND c.id = $2", tx.government(), id)
	return c, faultOf(err)
}

// Confirmations lists those of one recipient, or of the whole agreement when recipient is uuid.Nil, latest first.
func (tx *Tx) Confirmations(ctx context.Context, of, recipient uuid.UUID, q listing.Query) (listing.Page[agreement.Confirmation], error) {
	conds := []clause{where("c.government_id = ?", tx.government()), where("c.agreement_id = ?", of)}
	if recipient != uuid.Nil {
		conds = append(conds, where("c.recipient_id = ?", recipient))
	}
	return pageOf[agreement.Confirmation](ctx, tx, confirmationList, q, conds...)
}
