package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/tax"
)

// taxRate is a row of the table of rates; brackets are JSON.
type taxRate struct {
	Kind          tax.Kind     `db:"kind"`
	ValidFrom     period.Date  `db:"valid_from"`
	ValidTo       period.Date  `db:"valid_to"`
	LegalBasis    string       `db:"legal_basis"`
	BaseNum       int64        `db:"base_num"`
	BaseDen       int64        `db:"base_den"`
	Brackets      []byte       `db:"brackets"`
	UnnumberedNum int64        `db:"unnumbered_num"`
	UnnumberedDen int64        `db:"unnumbered_den"`
	Rounding      string       `db:"rounding"`
	CollectAbove  money.Amount `db:"collect_above"`
}

type taxBracket struct {
	UpTo   money.Amount `json:"up_to"`
	Points int64        `json:"basis_points"`
}

// TaxRates reads the rates in their rows; an error names rows that contradict each other.
func (s *Store) TaxRates(ctx context.Context) (tax.Rates, error) {
	var found []taxRate
	if err := sqlx.SelectContext(ctx, s.pool, &found, `SELECT kind, valid_from, valid_to, legal_basis, base_num, base_den, brackets,
			unnumbered_num, unnumbered_den, rounding, collect_above
		FROM tax_rate ORDER BY kind, valid_from`); err != nil {
		return tax.Rates{}, faultOf(err)
	}
	rows := make([]tax.Rate, len(found))
	for i, f := range found {
		var err error
		if rows[i], err = f.rate(); err != nil {
			return tax.Rates{}, err
		}
	}
	rates, err := tax.NewRates(rows)
	if err != nil {
		return rates, fmt.Errorf("the rows of tax_rate cannot be used: %w", err)
	}
	return rates, nil
}

func (f taxRate) rate() (tax.Rate, error) {
	r := tax.Rate{
		Kind: f.Kind, ValidFrom: f.ValidFrom, ValidTo: f.ValidTo, LegalBasis: f.LegalBasis,
		Base: tax.Fraction{Num: f.BaseNum, Den: f.BaseDen}, Unnumbered: tax.Fraction{Num: f.UnnumberedNum, Den: f.UnnumberedDen},
		Rounding: money.Down, CollectAbove: f.CollectAbove,
	}
	if f.Rounding == "half_up" {
		r.Rounding = money.HalfUp
	}
	var brackets []taxBracket
	if err := json.Unmarshal(f.Brackets, &brackets); err != nil {
		return r, fmt.Errorf("brackets of %s since %s: %w", f.Kind, f.ValidFrom, err)
	}
	for _, b := range brackets {
		r.Brackets = append(r.Brackets, tax.Bracket{UpTo: b.UpTo, Points: b.Points})
	}
	return r, nil
}

// writeStatutoryRates puts the rates that the program knows beside those that are there.
func writeStatutoryRates(ctx context.Context, pool *sql.DB) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("write tax rates: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing after a commit
	if _, err := tx.ExecContext(ctx, settings(access.Act{Verb: "rates.write", Reason: "migration"})); err != nil {
		return fmt.Errorf("write tax rates: %w", err)
	}
	for _, r := range tax.Statutory().Rows() {
		brackets := make([]taxBracket, len(r.Brackets))
		for i, b := range r.Brackets {
			brackets[i] = taxBracket{b.UpTo, b.Points}
		}
		body, err := json.Marshal(brackets)
		if err != nil {
			return err
		}
		rounding := "down"
		if r.Rounding == money.HalfUp {
			rounding = "half_up"
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO tax_rate (kind, valid_from, valid_to, legal_basis, base_num, base_den, brackets,
				unnumbered_num, unnumbered_den, rounding, collect_above)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
			r.Kind, r.ValidFrom, r.ValidTo, r.LegalBasis, r.Base.Num, r.Base.Den, string(body), r.Unnumbered.Num, r.Unnumbered.Den,
			rounding, r.CollectAbove); err != nil {
			return fmt.Errorf("write tax rates: %w", err)
		}
	}
	return tx.Commit()
}
