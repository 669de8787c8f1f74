package db

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/price"
	"tayang/app/registry"
)

// priceFacts looks up what the price part of an assessment asks about.
func (tx *Tx) priceFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) (err error) {
	f.Prices, err = tx.PriceFacts(ctx, a)
	return err
}

// PriceFacts looks up the references of the lines' products, those that they name, and what the vendor is paid elsewhere.
func (tx *Tx) PriceFacts(ctx context.Context, a agreement.Agreement) (f agreement.PriceFacts, err error) {
	f.Outlets, f.Accounts = map[uuid.UUID]registry.OutletKind{}, map[uuid.UUID]string{}
	var products, named, outlets, lines []string
	for _, d := range a.Deliverables {
		products, outlets = append(products, price.Key(d.Product)), append(outlets, d.OutletID.UUID.String())
		lines = append(lines, d.BudgetLineID.String())
		if d.ReferenceNamed {
			named = append(named, d.PriceReferenceID.UUID.String())
		}
	}
	if err = tx.all(ctx, &f.References, priceReferencesOf, tx.government(), pq.StringArray(products), pq.StringArray(named), a.OrderDate); err != nil {
		return f, err
	}
	var around []struct {
		ID      uuid.UUID           `db:"id"`
		Kind    registry.OutletKind `db:"kind"`
		Account string              `db:"account"`
	}
	if err = tx.all(ctx, &around, `SELECT id, kind, '' AS account FROM outlet WHERE government_id = $1 AND id = ANY ($2::uuid[])
		UNION ALL SELECT id, '', account_code FROM budget_line WHERE government_id = $1 AND agency_id = $3 AND id = ANY ($4::uuid[])`,
		tx.government(), pq.StringArray(outlets), a.AgencyID, pq.StringArray(lines)); err != nil {
		return f, err
	}
	for _, x := range around {
		if x.Kind != "" {
			f.Outlets[x.ID] = x.Kind
		} else {
			f.Accounts[x.ID] = x.Account
		}
	}
	err = tx.all(ctx, &f.Elsewhere, paidElsewhere, tx.government(), a.VendorID, a.FiscalYear, a.ID)
	return f, err
}

var priceReferencesOf = "SELECT " + priceList.columns + " FROM " + priceList.from + ` WHERE r.government_id = $1 AND (r.product_key = ANY ($2)
		AND r.voided_at IS NULL AND r.valid_from <= $4 AND coalesce(r.valid_until, 'infinity') >= $4 OR r.id = ANY ($3::uuid[])) ORDER BY r.id`

// paidElsewhere is the least that each product costs per unit in the vendor's other agreements of the year, over all
// agencies of the government: what is in force or was.
const paidElsewhere = `SELECT DISTINCT ON (d.product, d.unit) d.product, d.unit, g.code AS agency_code, g.name AS agency_name,
		a.number AS agreement, d.unit_net AS net, d.unit_gross AS gross
	FROM agreement a
	JOIN deliverable d ON d.government_id = a.government_id AND d.agreement_id = a.id AND d.quantity > 0
	JOIN agency g ON g.government_id = a.government_id AND g.id = a.agency_id
	WHERE a.government_id = $1 AND a.vendor_id = $2 AND a.fiscal_year = $3 AND a.id <> $4
		AND a.status IN ('active', 'completed', 'closed', 'terminated')
	ORDER BY d.product, d.unit, d.unit_net, a.order_date, a.id`

// SavePrices keeps how lines were judged, where that is something else than before.
func (tx *Tx) SavePrices(ctx context.Context, of uuid.UUID, items []agreement.Deliverable) error {
	items = slices.DeleteFunc(slices.Clone(items), func(d agreement.Deliverable) bool { return d.PriceVerdict == "" })
	return tx.bulk(ctx, `INSERT INTO deliverable_price AS p (government_id, id, agreement_id, tier, named, price_reference_id, reference_price,
			reference_tax_inclusive, verdict, reason, unit_price)
		SELECT $1, x.id, $3, coalesce(x.tier, ''), coalesce(x.reference_named, false), x.price_reference_id, x.reference_price,
			coalesce(x.reference_tax_inclusive, false), x.price_verdict, coalesce(x.price_reason, ''), x.unit_price
		FROM jsonb_to_recordset($2) AS x(id uuid, tier text, reference_named boolean, price_reference_id uuid, reference_price bigint,
			reference_tax_inclusive boolean, price_verdict text, price_reason text, unit_price bigint)
		ON CONFLICT (government_id, id) DO UPDATE SET price_reference_id = excluded.price_reference_id, reference_price = excluded.reference_price,
			reference_tax_inclusive = excluded.reference_tax_inclusive, verdict = excluded.verdict, reason = excluded.reason, unit_price = excluded.unit_price
		WHERE (p.price_reference_id, p.reference_price, p.reference_tax_inclusive, p.verdict, p.reason, p.unit_price)
			IS DISTINCT FROM (excluded.price_reference_id, excluded.reference_price, excluded.reference_tax_inclusive, excluded.verdict, excluded.reason,
				excluded.unit_price)`, items, of)
}
