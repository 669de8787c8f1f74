package price_test

import (
	"context"
	"testing"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/db"
	"tayang/db/dbtest/chain"
	"tayang/db/dbtest/office"
	"tayang/reports/read"
)

func service(o *office.Office) *price.Service {
	return price.NewService(db.Within(o.Store, func(tx *db.Tx) price.Store { return tx }), db.Reading(o.Store, func(tx *db.Tx) price.Store { return tx }), read.Reader{})
}

func form(from, until string) price.Form {
	f := price.Form{Product: "Advertorial", OutletKind: "online", Unit: "artikel", UnitPrice: 1_000_000, Basis: "Perbup 1", ValidFrom: period.MustDate(from)}
	if until != "" {
		f.ValidUntil = period.MustDate(until)
	}
	return f
}

func TestNewPriceEndsTheOldOne(t *testing.T) {
	t.Parallel()
	o := office.New(t)
	s := service(o)
	old, err := s.Create(t.Context(), o.Staff, form("2026-01-01", "2026-12-31"))
	chain.Wants(t, err, "")
	later := form("2026-07-01", "")
	later.Product, later.UnitPrice = " ADVERTORIAL", 1_200_000
	_, err = s.Create(t.Context(), o.Neighbour, later)
	chain.Wants(t, err, "")
	if old, err = s.Reference(t.Context(), o.Auditor, old.ID); err != nil || old.ValidUntil != period.MustDate("2026-06-30") || old.UnitPrice != 1_000_000 {
		t.Errorf("%+v %v", old, err)
	}
	_, err = s.Create(t.Context(), o.Staff, form("2026-07-01", ""))
	chain.Wants(t, err, "overlaps", "/valid_from price_overlaps")
	_, err = s.Create(t.Context(), o.Staff, form("2026-03-01", ""))
	chain.Wants(t, err, "overlaps", "/valid_from price_overlaps")
	_, err = s.Create(t.Context(), o.Staff, form("2026-03-01", "2026-03-31"))
	chain.Wants(t, err, "")
	_, err = s.Create(t.Context(), o.PPK, form("2027-01-01", ""))
	chain.Wants(t, err, "forbidden")
	page, err := s.List(t.Context(), o.Auditor, listing.All())
	if err != nil || len(page.Items) != 3 {
		t.Errorf("%d rows, %v", len(page.Items), err)
	}
	if page, err = s.List(t.Context(), o.Stranger, listing.All()); err != nil || len(page.Items) != 0 {
		t.Errorf("another government sees %d rows, %v", len(page.Items), err)
	}
	_, err = s.Reference(t.Context(), o.Stranger, old.ID)
	chain.Wants(t, err, "not_found")
}

func TestVoidNeedsAReasonOnce(t *testing.T) {
	t.Parallel()
	o := office.New(t)
	s := service(o)
	r, err := s.Create(t.Context(), o.Staff, form("2026-01-01", ""))
	chain.Wants(t, err, "")
	void := func(who access.Actor, version int64, reason string) error {
		_, err := s.Void(t.Context(), who, r.ID, price.VoidCommand{Expected: &version, Reason: reason})
		return err
	}
	chain.Wants(t, void(o.Staff, 1, " "), "invalid", "/reason required")
	chain.Wants(t, void(o.PPK, 1, "salah"), "forbidden")
	chain.Wants(t, void(o.Staff, 7, "salah"), "stale")
	chain.Wants(t, void(o.Staff, 1, "salah"), "")
	chain.Wants(t, void(o.Staff, 2, "salah"), "wrong_state")
	_, err = s.Create(t.Context(), o.Staff, form("2026-01-01", ""))
	chain.Wants(t, err, "")
}

const csvList = "DAFTAR HARGA\nuraian barang;satuan;harga satuan;kode rekening;spesifikasi\n" +
	"Advertorial;artikel;1.500.000,00;5.1.02.02.01.0055, 5.1.02.02.01.0062;daring\nAdlib;siaran;Rp 300.000;;\n"

func list(content, from string) price.ImportCommand {
	return price.ImportCommand{Name: "ssh.csv", Content: []byte(content), Basis: "Perbup 41/2025", ValidFrom: period.MustDate(from), TaxInclusive: true}
}

func TestImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	o := office.New(t)
	s := service(o)
	counts := func(cmd price.ImportCommand, do func(context.Context, access.Actor, price.ImportCommand) (price.Import, error), want [4]int) {
		t.Helper()
		i, err := do(t.Context(), o.Staff, cmd)
		if err != nil || [4]int{i.New, i.Changed, i.Unchanged, i.Wrong} != want {
			t.Fatalf("%+v %v, want %v", i, err, want)
		}
	}
	first := list(csvList, "2026-01-01")
	counts(first, s.Preview, [4]int{2, 0, 0, 0})
	if page, err := s.List(t.Context(), o.Staff, listing.All()); err != nil || len(page.Items) != 0 {
		t.Fatalf("a preview wrote %d rows, %v", len(page.Items), err)
	}
	counts(first, s.Commit, [4]int{2, 0, 0, 0})
	counts(first, s.Commit, [4]int{0, 0, 2, 0})
	counts(list(csvList, "2026-05-01"), s.Commit, [4]int{0, 0, 2, 0})
	counts(list(csvList+"Videotron;pekan;8000000;;\n", "2026-07-01"), s.Preview, [4]int{1, 0, 2, 0})
	dearer := list("uraian barang;satuan;harga satuan\nADLIB;Siaran;350000\n", "2026-07-01")
	counts(dearer, s.Commit, [4]int{0, 1, 0, 0})
	counts(dearer, s.Commit, [4]int{0, 0, 1, 0})
	counts(list("uraian barang;satuan;harga satuan\nadlib;siaran;1\n", "2026-02-01"), s.Preview, [4]int{0, 0, 0, 1})
	page, err := s.List(t.Context(), o.Staff, listing.All().Where("product", "Adlib"))
	if err != nil || len(page.Items) != 1 || page.Items[0].ValidUntil != period.MustDate("2026-06-30") || !page.Items[0].TaxInclusive {
		t.Errorf("%+v %v", page.Items, err)
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	t.Parallel()
	o := office.New(t)
	s := service(o)
	cmd := list(csvList+"Reel;konten;1.500.000,50;;\nStory;;5;;\n", "2026-01-01")
	i, err := s.Preview(t.Context(), o.Staff, cmd)
	if err != nil || i.Wrong != 2 || i.New != 2 || i.Complaints[0].Row != 5 || i.Complaints[0].Column != "harga satuan" {
		t.Fatalf("%+v %v", i, err)
	}
	_, err = s.Commit(t.Context(), o.Staff, cmd)
	chain.Wants(t, err, "import_refused", "/rows/4/unit_price amount_fraction", "/rows/5/unit required")
	if page, err := s.List(t.Context(), o.Staff, listing.All()); err != nil || len(page.Items) != 0 {
		t.Errorf("%d rows, %v", len(page.Items), err)
	}
	_, err = s.Preview(t.Context(), o.PPK, cmd)
	chain.Wants(t, err, "forbidden")
	cmd.Basis, cmd.ValidFrom = "", period.Date{}
	_, err = s.Commit(t.Context(), o.Staff, cmd)
	chain.Wants(t, err, "invalid", "/basis required", "/valid_from required")
	_, err = s.Preview(t.Context(), o.Staff, list("PK\x03\x04", "2026-01-01"))
	if f := fault.From(err); f.Code != "workbook_unreadable" {
		t.Error(err)
	}
}
