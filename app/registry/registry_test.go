package registry_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/db"
	"tayang/db/dbtest/office"
)

// desk is an office with the services of its registry.
type desk struct {
	*office.Office
	agencies *registry.AgencyService
	vendors  *registry.VendorService
	outlets  *registry.OutletService
	social   *registry.SocialService
}

func newDesk(t *testing.T) desk {
	t.Helper()
	o := office.New(t)
	agencies := func(tx *db.Tx) registry.AgencyStore { return tx }
	vendors := func(tx *db.Tx) registry.VendorStore { return tx }
	outlets := func(tx *db.Tx) registry.OutletStore { return tx }
	social := func(tx *db.Tx) registry.SocialStore { return tx }
	return desk{
		o,
		registry.NewAgencyService(db.Within(o.Store, agencies), db.Reading(o.Store, agencies)),
		registry.NewVendorService(db.Within(o.Store, vendors), db.Reading(o.Store, vendors)),
		registry.NewOutletService(db.Within(o.Store, outlets), db.Reading(o.Store, outlets)),
		registry.NewSocialService(db.Within(o.Store, social), db.Reading(o.Store, social)),
	}
}

func company() registry.VendorForm {
	return registry.VendorForm{
		Kind: registry.Company, LegalName: "PT Kabar Contoh", NPWP: "0012345678901234", NIB: "1234567890123",
		KBLI: registry.Codes{"60102", "73100"}, VATRegistered: true,
		PP55:    registry.PP55{Number: "S-1/PP55/2026", ValidUntil: day("2026-12-31")},
		Bank:    registry.Bank{Name: "Bank Contoh", AccountNumber: "1234567890", AccountOwner: "PT Kabar Contoh"},
		Address: "Jalan Contoh 1",
	}
}

func (d desk) vendor(t *testing.T) registry.Vendor {
	t.Helper()
	v, err := d.vendors.Create(t.Context(), d.Staff, registry.VendorForm{Kind: registry.Company, LegalName: "CV Contoh"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// keepFile notes a file without content: the registry only asks whether it is there.
func (d desk) keepFile(t *testing.T, actor access.Actor) (sha256 string) {
	t.Helper()
	sha256 = hash(uuid.NewString())
	if err := d.Store.InTx(t.Context(), access.Act{Actor: actor}, func(tx *db.Tx) (any, error) {
		return nil, tx.SaveFile(t.Context(), fileOf(sha256))
	}); err != nil {
		t.Fatal(err)
	}
	return sha256
}

func day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func one(n int64) *int64 { return &n }

// wants fails the test unless err is a fault of that code ("" for none) on exactly those fields.
func wants(t *testing.T, err error, code string, fields ...string) {
	t.Helper()
	if code == "" && err == nil {
		return
	}
	if code == "" || !fault.Is(err, code) {
		t.Fatalf("got %v, want %q", err, code)
	}
	var got []string
	for _, f := range fault.From(err).Fields {
		got = append(got, f.Pointer+" "+f.Code)
	}
	if len(got) != len(fields) {
		t.Fatalf("got fields %q, want %q", got, fields)
	}
	for i := range fields {
		if got[i] != fields[i] {
			t.Errorf("got field %q, want %q", got[i], fields[i])
		}
	}
}

func names[T any](p listing.Page[T], name func(T) string) (out []string) {
	for _, i := range p.Items {
		out = append(out, name(i))
	}
	return out
}
