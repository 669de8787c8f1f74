package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// Known looks up everything that counts for some vendors in a fiscal year: one statement for each kind of thing.
func (tx *Tx) Known(ctx context.Context, year int, vendors ...uuid.UUID) (k vetting.Known, err error) {
	if err := tx.all(ctx, &k.Requirements, "SELECT "+requirementList.columns+` FROM requirement t
		WHERE t.government_id = $1 AND t.fiscal_year = $2 AND t.voided_at IS NULL ORDER BY t.outlet_kind, t.mandatory DESC, t.code`, tx.government(), year); err != nil {
		return k, err
	}
	if err := tx.all(ctx, &k.Grades, "SELECT "+gradeList.columns+` FROM grade_bound t
		WHERE t.government_id = $1 AND t.fiscal_year = $2 AND t.voided_at IS NULL ORDER BY t.outlet_kind, t.min_points DESC, t.valid_from, t.id`, tx.government(), year); err != nil {
		return k, err
	}
	if len(vendors) == 0 {
		return k, nil
	}
	err = tx.knownOf(ctx, &k, year, pq.Array(vendors))
	return k, err
}

// knownOf looks up what there is of the vendors.
func (tx *Tx) knownOf(ctx context.Context, k *vetting.Known, year int, vendors any) error {
	g := tx.government()
	var founded []struct {
		Vendor uuid.UUID   `db:"vendor_id"`
		On     period.Date `db:"founded"`
	}
	for _, look := range []struct {
		into  any
		query string
		args  []any
	}{
		{&k.Vendors, "SELECT " + vendorList.columns + " FROM vendor v WHERE v.government_id = $1 AND v.id = ANY ($2) ORDER BY v.legal_name, v.id", []any{g, vendors}},
		{&k.Outlets, "SELECT " + outletList.columns + " FROM " + outletList.from + ` WHERE o.government_id = $1 AND o.vendor_id = ANY ($2)
			ORDER BY o.name, o.id`, []any{g, vendors}},
		{&k.Accounts, "SELECT " + socialList.columns + " FROM " + socialList.from + ` WHERE a.government_id = $1 AND a.vendor_id = ANY ($2)
			ORDER BY a.platform, a.handle, a.id`, []any{g, vendors}},
		{&k.Looks, "SELECT " + pressList.columns + " FROM " + pressList.from + ` JOIN outlet o ON o.government_id = c.government_id AND o.id = c.outlet_id
			WHERE c.government_id = $1 AND o.vendor_id = ANY ($2)`, []any{g, vendors}},
		{&k.Results, "SELECT " + resultList.columns + " FROM " + resultList.from + ` WHERE t.government_id = $1 AND t.vendor_id = ANY ($2)
			AND q.fiscal_year = $3 AND t.voided_at IS NULL`, []any{g, vendors, year}},
		{&k.Journalists, "SELECT " + journalistList.columns + ` FROM journalist_certificate t JOIN outlet o ON o.government_id = t.government_id AND o.id = t.outlet_id
			WHERE t.government_id = $1 AND o.vendor_id = ANY ($2) AND t.voided_at IS NULL ORDER BY t.name, t.id`, []any{g, vendors}},
		{&k.Blacklist, "SELECT " + blacklistList.columns + " FROM " + blacklistList.from + ` WHERE t.government_id = $1 AND t.vendor_id = ANY ($2)
			ORDER BY t.valid_from DESC, t.id`, []any{g, vendors}},
		{&founded, `SELECT vendor_id, min(date) AS founded FROM vendor_document WHERE government_id = $1 AND vendor_id = ANY ($2)
			AND kind IN ('deed', 'legal_entity', 'nib') AND date IS NOT NULL GROUP BY vendor_id`, []any{g, vendors}},
	} {
		if err := tx.all(ctx, look.into, look.query, look.args...); err != nil {
			return err
		}
	}
	k.Founded = map[uuid.UUID]period.Date{}
	for _, f := range founded {
		k.Founded[f.Vendor] = f.On
	}
	return nil
}

const comparedColumns = `v.id, v.kind, v.legal_name, v.npwp, v.nik, v.bank_name AS "bank.name", v.bank_account_number AS "bank.account_number",
	v.bank_account_owner AS "bank.account_owner", v.address, v.phone, v.directors`

// sharers gives the vendors that have a value in common with v, by the index of values.
func (tx *Tx) sharers(ctx context.Context, v registry.Vendor) (out []registry.Vendor, err error) {
	err = tx.all(ctx, &out, `SELECT `+comparedColumns+` FROM vendor v WHERE v.government_id = $1 AND v.id <> $2
			AND v.id IN (SELECT s.vendor_id FROM vendor_sign s WHERE s.government_id = $1 AND s.sign = ANY ($3))
		ORDER BY v.legal_name, v.id`, tx.government(), v.ID, pq.Array(vetting.Signs(v)))
	return out, err
}

// saveSigns notes by which values a vendor is compared; whoever is found by one is compared by his row.
func (tx *Tx) saveSigns(ctx context.Context, v registry.Vendor) error {
	_, err := tx.conn.ExecContext(ctx, `INSERT INTO vendor_sign (government_id, sign, vendor_id) SELECT $1, x, $2 FROM unnest($3::text[]) AS x ON CONFLICT DO NOTHING`,
		tx.government(), v.ID, pq.Array(vetting.Signs(v)))
	return err
}

// Compared gives every vendor of the government with what he is compared by.
func (tx *Tx) Compared(ctx context.Context) (out []registry.Vendor, err error) {
	err = tx.all(ctx, &out, `SELECT `+comparedColumns+` FROM vendor v WHERE v.government_id = $1 ORDER BY v.legal_name, v.id`, tx.government())
	return out, err
}
