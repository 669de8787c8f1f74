package db

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/price"
)

var priceList = list{
	columns: `r.id, r.product, r.outlet_kind, r.tier, r.unit, r.unit_price, r.tax_inclusive, r.basis, r.valid_from, r.valid_until, r.group_code,
		r.group_name, r.standard_id, r.item_code, r.specification, r.account_codes, r.source_file, r.created_at, r.created_by, r.voided_at,
		r.voided_by, r.void_reason, r.version`,
	from: `price_reference r`,
	fields: map[string]field{
		"id": {"r.id", ofUUID}, "product": {"r.product", ofText}, "outlet_kind": {"r.outlet_kind", ofText}, "tier": {"r.tier", ofText},
		"unit": {"r.unit", ofText}, "unit_price": {"r.unit_price", ofInt}, "tax_inclusive": {"r.tax_inclusive", ofBool},
		"basis": {"r.basis", ofText}, "valid_from": {"r.valid_from", ofDate}, "valid_until": {"coalesce(r.valid_until, 'infinity')", ofDate},
		"group_code": {"r.group_code", ofText}, "group_name": {"r.group_name", ofText}, "standard_id": {"r.standard_id", ofText},
		"item_code": {"r.item_code", ofText}, "specification": {"r.specification", ofText}, "source_file": {"r.source_file", ofText},
		"account_codes": {"r.account_codes", ofText}, "created_at": {"r.created_at", ofTime}, "created_by": {"r.created_by", ofUUID},
		"voided": {"(r.voided_at IS NOT NULL)", ofBool}, "voided_at": {"coalesce(r.voided_at, 'infinity')", ofTime},
		"voided_by":   {"coalesce(r.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"void_reason": {"r.void_reason", ofText},
	},
	search: []string{"r.product", "r.specification", "r.item_code", "r.standard_id", "r.group_name", "r.group_code", "r.account_codes", "r.basis", "r.tier"},
	id:     field{"r.id", ofUUID},
	sort:   "product",
}

// PriceReferences lists every row, ended and void ones too.
func (tx *Tx) PriceReferences(ctx context.Context, q listing.Query) (listing.Page[price.Reference], error) {
	return pageOf[price.Reference](ctx, tx, priceList, q, where("r.government_id = ?", tx.government()))
}

// PriceReference finds a row; NotFound when there is none.
func (tx *Tx) PriceReference(ctx context.Context, id uuid.UUID) (r price.Reference, err error) {
	err = tx.get(ctx, &r, "SELECT "+priceList.columns+" FROM "+priceList.from+" WHERE r.government_id = $1 AND r.id = $2", tx.government(), id)
	return r, faultOf(err)
}

// StandingPrices gives the rows of products, by price.Key, that are not void and in force on the day or later.
func (tx *Tx) StandingPrices(ctx context.Context, products []string, from period.Date) (out []price.Reference, err error) {
	err = tx.all(ctx, &out, "SELECT "+priceList.columns+" FROM "+priceList.from+` WHERE r.government_id = $1 AND r.product_key = ANY ($2)
		AND r.voided_at IS NULL AND coalesce(r.valid_until, 'infinity') >= $3 ORDER BY r.valid_from, r.id`, tx.government(), pq.StringArray(products), from)
	return out, err
}

// ending and priced are rows on their way in: account codes are joined by commas there.
type ending struct {
	ID         uuid.UUID   `json:"id"`
	ValidUntil period.Date `json:"valid_until"`
	Version    int64       `json:"version"`
}

type priced struct {
	price.Reference
	AccountCodes string `json:"account_codes"`
}

// WritePrices ends rows on their ValidUntil, each unless it changed since it was read, and inserts new ones; all or none.
// Fault: overlaps.
func (tx *Tx) WritePrices(ctx context.Context, ended, added []price.Reference) error {
	var ends []ending
	for _, r := range ended {
		ends = append(ends, ending{r.ID, r.ValidUntil, r.Version})
	}
	done := 0
	if len(ends) > 0 {
		body, err := json.Marshal(ends)
		if err != nil {
			return err
		}
		if err := tx.get(ctx, &done, `WITH x AS (SELECT * FROM jsonb_to_recordset($2) AS x(id uuid, valid_until date, version bigint)),
			ended AS (UPDATE price_reference r SET valid_until = x.valid_until, version = r.version + 1 FROM x
				WHERE r.government_id = $1 AND r.id = x.id AND r.version = x.version RETURNING 1)
			SELECT count(*) FROM ended`, tx.government(), string(body)); err != nil {
			return err
		}
	}
	if done != len(ends) {
		return errRetry
	}
	rows := make([]priced, len(added))
	for i, r := range added {
		rows[i] = priced{r, r.AccountCodes.String()}
	}
	return tx.bulk(ctx, `INSERT INTO price_reference (government_id, id, product, outlet_kind, tier, unit, unit_price, tax_inclusive, basis, valid_from,
			valid_until, group_code, group_name, standard_id, item_code, specification, account_codes, source_file, created_at, created_by)
		SELECT $1, x.id, x.product, coalesce(x.outlet_kind, ''), coalesce(x.tier, ''), x.unit, x.unit_price, coalesce(x.tax_inclusive, false), x.basis, x.valid_from,
			x.valid_until, coalesce(x.group_code, ''), coalesce(x.group_name, ''), coalesce(x.standard_id, ''), coalesce(x.item_code, ''),
			coalesce(x.specification, ''), x.account_codes, coalesce(x.source_file, ''), $3, x.created_by
		FROM jsonb_to_recordset($2) AS x(id uuid, product text, outlet_kind text, tier text, unit text, unit_price bigint, tax_inclusive boolean,
			basis text, valid_from date, valid_until date, group_code text, group_name text, standard_id text, item_code text,
			specification text, account_codes text, source_file text, created_by uuid)`, rows, tx.now)
}

// VoidPrice marks a row as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidPrice(ctx context.Context, r price.Reference) error {
	return tx.exec(ctx, `UPDATE price_reference SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), r.ID, r.Version, tx.now, r.VoidedBy, r.VoidReason)
}
