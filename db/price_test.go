package db_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/price"
	"tayang/db"
	"tayang/db/dbtest"
	"tayang/db/dbtest/chain"
)

func (d departure) price(t *testing.T, product, unit, kind, from, until, more string) error {
	t.Helper()
	return d.exec(t, d.app, fmt.Sprintf(`INSERT INTO price_reference (government_id, id, product, unit, outlet_kind, unit_price, tax_inclusive, basis, valid_from,
			valid_until, account_codes, created_at, created_by, specification)
		VALUES ('%%[1]s', gen_random_uuid(), '%s', '%s', '%s', 1000, false, 'Perbup', '%s', %s, '', now(), '%%[3]s', '%s') /* %%[2]s */`, product, unit, kind, from, until, more))
}

// TestDatabaseKeepsPricesApart: no two rows of one product, scope and unit share a day, whatever program writes them.
func TestDatabaseKeepsPricesApart(t *testing.T) {
	t.Parallel()
	d := newDeparture(t)
	for _, c := range []struct{ product, unit, kind, from, until, more, constraint string }{
		{"Advertorial", "artikel", "online", "2026-01-01", "'2026-06-30'", "", ""},
		{"ADVERTORIAL ", "Artikel", "online", "2026-06-30", "NULL", "", "price_reference_overlaps"},
		{"adver torial", "artikel", "online", "2026-06-30", "'2026-07-31'", "", ""},
		{"adver-torial", "artikel", "online", "2026-01-01", "NULL", "", "price_reference_overlaps"},
		{"advertorial", "artikel", "online", "2025-01-01", "'2026-01-01'", "", "price_reference_overlaps"},
		{"advertorial", "artikel", "online", "2026-02-01", "'2026-02-02'", "", "price_reference_overlaps"},
		{"advertorial", "artikel", "online", "2026-07-01", "NULL", "", ""},
		{"advertorial", "artikel", "print", "2026-01-01", "NULL", "", ""},
		{"advertorial", "halaman", "online", "2026-01-01", "NULL", "", ""},
		{"advertorial", "artikel", "online", "2026-01-01", "NULL", "khusus", ""},
		{"advertorial", "artikel", "blimp", "2026-01-01", "NULL", "", "price_reference_outlet_kind_known"},
		{"banner", "bulan", "", "2026-02-01", "'2026-01-31'", "", "price_reference_dates_ordered"},
		{" - ", "bulan", "", "2026-02-01", "NULL", "", "price_reference_words_filled"},
	} {
		if _, constraint := refusal(d.price(t, c.product, c.unit, c.kind, c.from, c.until, c.more)); constraint != c.constraint {
			t.Errorf("%+v: %s", c, constraint)
		}
	}
	for name, statement := range map[string]string{
		"another price": `UPDATE price_reference SET unit_price = 1 WHERE government_id = '%[1]s' /* %[2]s %[3]s */`,
		"gone":          `DELETE FROM price_reference WHERE government_id = '%[1]s' /* %[2]s %[3]s */`,
	} {
		if code, _ := refusal(d.exec(t, d.app, statement)); code != "42501" {
			t.Errorf("%s: %s", name, code)
		}
	}
	longer := `UPDATE price_reference SET valid_until = NULL WHERE government_id = '%[1]s' AND product = 'Advertorial' AND valid_until = '2026-06-30' /* %[2]s %[3]s */`
	if _, constraint := refusal(d.exec(t, d.owner, longer)); constraint != "price_reference_overlaps" {
		t.Errorf("longer: %s", constraint)
	}
	void := `UPDATE price_reference SET voided_at = now(), voided_by = '%[3]s', void_reason = 'salah' WHERE government_id = '%[1]s' AND product = 'Advertorial' /* %[2]s */`
	if err := d.exec(t, d.app, void); err != nil {
		t.Fatal(err)
	}
	if _, constraint := refusal(d.exec(t, d.app, void)); constraint != "price_reference_void_stays" {
		t.Errorf("void twice: %s", constraint)
	}
	if err := d.price(t, "advertorial", "artikel", "online", "2026-01-01", "'2026-06-30'", ""); err != nil {
		t.Errorf("in the place of a void row: %v", err)
	}
}

// TestPriceKeysAgree holds the program's rule of comparing words against the database's.
func TestPriceKeysAgree(t *testing.T) {
	t.Parallel()
	_, app := dbtest.DSNs(t)
	pool := connect(t, app)
	for _, word := range []string{"", " ", "Advertorial", "  a\t\nB__c--D ", "Ä É ß", "Iklan – layanan", "\v\fx", "a/b.c", "per TAYANG"} {
		var got string
		if err := pool.QueryRowContext(t.Context(), "SELECT price_key($1)", word).Scan(&got); err != nil || got != price.Key(word) {
			t.Errorf("%q: database %q, program %q, %v", word, got, price.Key(word), err)
		}
	}
}

// TestPricesWrittenAtOnceStayApart: of many who enter a price for the same days, one does.
func TestPricesWrittenAtOnceStayApart(t *testing.T) {
	t.Parallel()
	o := chain.New(t)
	s := price.NewService(db.Within(o.Store, func(tx *db.Tx) price.Store { return tx }), db.Reading(o.Store, func(tx *db.Tx) price.Store { return tx }), nil)
	f := price.Form{Product: "reel", Unit: "konten", UnitPrice: 5, Basis: "Perbup", ValidFrom: chain.Day("2026-01-01")}
	made := 0
	for _, err := range chain.Crowd(t.Context(), 8, func(ctx context.Context) error {
		_, err := s.Create(ctx, o.Staff, f)
		return err
	}) {
		if err == nil {
			made++
		} else {
			chain.Wants(t, err, "overlaps", "/valid_from price_overlaps")
		}
	}
	if made != 1 {
		t.Errorf("%d rows", made)
	}
	var n int
	if err := o.Store.Read(t.Context(), o.Staff, func(tx *db.Tx) error {
		page, err := tx.StandingPrices(t.Context(), []string{"reel"}, f.ValidFrom)
		n = len(page)
		return err
	}); err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := o.Store.InTx(t.Context(), access.Act{Actor: o.Staff}, func(tx *db.Tx) (any, error) {
		return nil, tx.WritePrices(t.Context(), nil, []price.Reference{{ID: uuid.New(), Form: f, CreatedBy: o.Staff.User}})
	}); err == nil {
		t.Error("written past the use case")
	} else {
		chain.Wants(t, err, "overlaps", "/valid_from price_overlaps")
	}
}
