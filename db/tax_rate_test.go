package db_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tayang/app/period"
	"tayang/app/tax"
	"tayang/db"
	"tayang/db/dbtest"
)

func TestTaxRatesAreDatedRows(t *testing.T) {
	t.Parallel()
	owner, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	rates, err := store.TaxRates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(rates.Rows()) != len(tax.Statutory().Rows()) {
		t.Errorf("want %d rows, got %d", len(tax.Statutory().Rows()), len(rates.Rows()))
	}
	for _, want := range tax.Statutory().Rows() {
		got, err := rates.At(want.Kind, want.ValidFrom)
		if err != nil || cmp.Diff(want, got, cmp.Comparer(func(a, b period.Date) bool { return a == b })) != "" {
			t.Errorf("%s since %s: %+v, %v", want.Kind, want.ValidFrom, got, err)
		}
	}

	pool, err := sql.Open("postgres", owner)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, change := range []string{
		`UPDATE tax_rate SET valid_to = '2026-12-31' WHERE kind = 'pph23' AND valid_to IS NULL`,
		`INSERT INTO tax_rate SELECT kind, '2027-01-01', NULL, 'UU baru', base_num, base_den, '[{"up_to":0,"basis_points":300}]', unnumbered_num,
			unnumbered_den, rounding, collect_above FROM tax_rate WHERE kind = 'pph23' AND valid_to = '2026-12-31'`,
	} {
		if _, err := pool.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.MigrateUp(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	if rates, err = store.TaxRates(t.Context()); err != nil {
		t.Fatal(err)
	}
	for day, points := range map[string]int64{"2026-12-31": 200, "2027-01-01": 300} {
		if r, err := rates.At(tax.PPh23, period.MustDate(day)); err != nil || r.Brackets[0].Points != points {
			t.Errorf("%s: want %d basis points, got %+v, %v", day, points, r, err)
		}
	}
	if _, err := pool.ExecContext(t.Context(), `UPDATE tax_rate SET valid_to = NULL WHERE kind = 'pph23'`); err != nil {
		t.Fatal(err)
	}
	if _, err := store.TaxRates(t.Context()); err == nil || !strings.Contains(err.Error(), "tax_rate") {
		t.Errorf("two rates at once are refused: %v", err)
	}
}
