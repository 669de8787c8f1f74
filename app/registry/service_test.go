package registry_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/registry"
	"tayang/db"
)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func fileOf(sha256 string) file.File {
	return file.File{SHA256: sha256, Size: 1, MediaType: "application/pdf"}
}

func TestVendorIsKeptAsWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made, err := d.vendors.Create(t.Context(), d.Staff, company())
	wants(t, err, "")
	if !reflect.DeepEqual(made.VendorForm, company()) || made.Version != 1 || made.CreatedBy != d.Staff.User {
		t.Errorf("made %+v", made)
	}
	got, err := d.vendors.Vendor(t.Context(), d.Auditor, made.ID)
	if wants(t, err, ""); !reflect.DeepEqual(got, made) {
		t.Errorf("got %+v, want %+v", got, made)
	}
}

func TestVendorIsChangedFieldByField(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made, err := d.vendors.Create(t.Context(), d.Staff, company())
	wants(t, err, "")
	clear := func(f registry.VendorForm) (registry.VendorForm, error) {
		f.LegalName, f.PP55, f.KBLI = "PT Kabar Baru", registry.PP55{}, nil
		return f, nil
	}
	got, err := d.vendors.Change(t.Context(), d.Staff, made.ID, one(1), clear)
	wants(t, err, "")
	want := company()
	want.LegalName, want.PP55, want.KBLI = "PT Kabar Baru", registry.PP55{}, registry.Codes{}
	if !reflect.DeepEqual(got.VendorForm, want) || got.Version != 2 {
		t.Errorf("got %+v, want %+v", got, want)
	}
	_, err = d.vendors.Change(t.Context(), d.Staff, made.ID, one(1), clear)
	wants(t, err, "stale")
	_, err = d.vendors.Change(t.Context(), d.Staff, made.ID, one(2), func(f registry.VendorForm) (registry.VendorForm, error) {
		f.Kind, f.NIB = "", "1"
		return f, nil
	})
	wants(t, err, "invalid", "/kind unknown_choice", "/nib bad_nib")
}

func TestTaxpayerIsOneVendor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	create := func(actor access.Actor, npwp string) error {
		_, err := d.vendors.Create(t.Context(), actor, registry.VendorForm{Kind: registry.Company, LegalName: "PT", NPWP: npwp})
		return err
	}
	wants(t, create(d.Staff, "012345678901234"), "")
	wants(t, create(d.Staff, "0012345678901234"), "duplicate", "/npwp duplicate")
	wants(t, create(d.Neighbour, "01.234.567.8-901.234"), "duplicate", "/npwp duplicate")
	wants(t, create(d.Stranger, "012345678901234"), "")
	wants(t, create(d.Staff, ""), "")
	wants(t, create(d.Staff, ""), "")
}

func TestRegistryRights(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	v := d.vendor(t)
	for _, reader := range []access.Actor{d.PPK, d.Verifier, d.Treasurer, d.Head, d.Auditor, d.Admin} {
		_, err := d.vendors.Create(t.Context(), reader, company())
		wants(t, err, "forbidden")
		_, err = d.vendors.AddCheck(t.Context(), reader, v.ID, registry.CheckForm{})
		wants(t, err, "forbidden")
		_, err = d.vendors.Vendor(t.Context(), reader, v.ID)
		wants(t, err, "")
	}
	_, err := d.vendors.Vendor(t.Context(), access.Actor{Government: d.Staff.Government}, v.ID)
	wants(t, err, "forbidden")
}

func TestAnotherGovernmentIsNotThere(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, v := t.Context(), d.vendor(t)
	o, err := d.outlets.Create(ctx, d.Staff, registry.OutletForm{VendorID: v.ID, Kind: registry.Print, Name: "Kabar"})
	wants(t, err, "")
	a, err := d.social.Create(ctx, d.Staff, registry.SocialForm{VendorID: v.ID, Platform: registry.X, Handle: "kabar"})
	wants(t, err, "")
	for name, try := range map[string]func(ctx context.Context) error{
		"vendor": func(ctx context.Context) error { _, err := d.vendors.Vendor(ctx, d.Stranger, v.ID); return err },
		"documents": func(ctx context.Context) error {
			_, err := d.vendors.Documents(ctx, d.Stranger, v.ID, listing.All())
			return err
		},
		"checks": func(ctx context.Context) error {
			_, err := d.vendors.Checks(ctx, d.Stranger, v.ID, listing.All())
			return err
		},
		"check": func(ctx context.Context) error {
			_, err := d.vendors.AddCheck(ctx, d.Stranger, v.ID, registry.CheckForm{})
			return err
		},
		"outlet":  func(ctx context.Context) error { _, err := d.outlets.Outlet(ctx, d.Stranger, o.ID); return err },
		"account": func(ctx context.Context) error { _, err := d.social.Account(ctx, d.Stranger, a.ID); return err },
		"snapshots": func(ctx context.Context) error {
			_, err := d.social.Snapshots(ctx, d.Stranger, a.ID, listing.All())
			return err
		},
		"agency": func(ctx context.Context) error { _, err := d.agencies.Agency(ctx, d.Stranger, "setwan"); return err },
		"change": func(ctx context.Context) error {
			_, err := d.outlets.Change(ctx, d.Stranger, o.ID, nil, func(f registry.OutletForm) (registry.OutletForm, error) { return f, nil })
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { wants(t, try(ctx), "not_found") })
	}
	_, err = d.outlets.Create(ctx, d.Stranger, registry.OutletForm{VendorID: v.ID, Kind: registry.Print, Name: "Kabar"})
	wants(t, err, "invalid", "/vendor_id not_found")
	page, err := d.vendors.List(ctx, d.Stranger, listing.All())
	if wants(t, err, ""); len(page.Items) != 0 {
		t.Errorf("a stranger sees %v", page.Items)
	}
}

func TestVendorFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, v, sum := t.Context(), d.vendor(t), d.keepFile(t, d.Staff)
	form := registry.DocumentForm{Kind: registry.TaxNumber, Name: "NPWP", Number: "0012345678901234", Date: day("2024-01-01"), File: sum}
	made, err := d.vendors.AddDocument(ctx, d.Staff, v.ID, form)
	wants(t, err, "")
	_, err = d.vendors.AddDocument(ctx, d.Staff, v.ID, form)
	wants(t, err, "duplicate", "/file duplicate")
	for _, elsewhere := range []string{hash("never sent"), d.keepFile(t, d.Stranger)} {
		form.File = elsewhere
		_, err = d.vendors.AddDocument(ctx, d.Staff, v.ID, form)
		wants(t, err, "invalid", "/file not_found")
	}
	page, err := d.vendors.Documents(ctx, d.Auditor, v.ID, listing.All())
	if wants(t, err, ""); !reflect.DeepEqual(page.Items, []registry.Document{made}) {
		t.Errorf("got %+v, want %+v", page.Items, made)
	}
	page, err = d.vendors.Documents(ctx, d.Admin, v.ID, listing.All())
	if wants(t, err, ""); page.Items[0].Number != "************1234" {
		t.Errorf("an administrator sees %q", page.Items[0].Number)
	}
}

func TestVendorChecks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, v := t.Context(), d.vendor(t)
	var made []registry.Check
	for _, on := range []string{"2026-01-01", "2026-02-01"} {
		c, err := d.vendors.AddCheck(ctx, d.Staff, v.ID, registry.CheckForm{Subject: "NPWP", CheckedOn: day(on), Result: registry.Fail, Remark: "tidak aktif"})
		wants(t, err, "")
		made = append([]registry.Check{c}, made...)
	}
	page, err := d.vendors.Checks(ctx, d.PPK, v.ID, listing.All())
	if wants(t, err, ""); !reflect.DeepEqual(page.Items, made) || made[0].CheckedBy != "staff@contoh.test" {
		t.Errorf("got %+v, want %+v", page.Items, made)
	}
	_, err = d.vendors.AddCheck(ctx, d.Staff, v.ID, registry.CheckForm{Subject: "NPWP", CheckedOn: day("2099-01-01"), Result: registry.Pass})
	wants(t, err, "invalid", "/checked_on in_future")
}

func TestVendorList(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	for _, f := range []registry.VendorForm{
		{Kind: registry.Company, LegalName: "PT Cakra", NPWP: "0000000000000001"},
		{Kind: registry.Company, LegalName: "CV Bintang"},
		{Kind: registry.Individual, LegalName: "Ani", Address: "Jalan Bintang"},
	} {
		_, err := d.vendors.Create(ctx, d.Staff, f)
		wants(t, err, "")
	}
	for _, c := range []struct {
		name  string
		query listing.Query
		want  []string
	}{
		{"by name", listing.Query{}, []string{"Ani", "CV Bintang", "PT Cakra"}},
		{"backwards", listing.Query{Sort: []listing.Key{{Field: "legal_name", Desc: true}}}, []string{"PT Cakra", "CV Bintang", "Ani"}},
		{"companies", listing.Query{}.Where("kind", "company"), []string{"CV Bintang", "PT Cakra"}},
		{"by number", listing.Query{}.Where("npwp", "0000000000000001"), []string{"PT Cakra"}},
		{"by words", listing.Query{Text: "bintang jalan"}, []string{"Ani"}},
	} {
		page, err := d.vendors.List(ctx, d.Staff, c.query)
		wants(t, err, "")
		if got := names(page, func(v registry.Vendor) string { return v.LegalName }); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	_, err := d.vendors.List(ctx, d.Admin, listing.Query{}.Where("npwp", "0000000000000001"))
	wants(t, err, "invalid", "/query/npwp unknown_filter")
	_, err = d.vendors.List(ctx, d.Admin, listing.Query{Sort: []listing.Key{{Field: "nik"}}})
	wants(t, err, "invalid", "/query/sort unknown_field")
}

func TestOutletLife(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, v := t.Context(), d.vendor(t)
	made, err := d.outlets.Create(ctx, d.Staff, registry.OutletForm{
		VendorID: v.ID, Kind: registry.Online, Name: "Kabar", Domain: "KABAR.id",
		PressCertificate: registry.Certificate{Number: "1/DP", Date: day("2025-01-01")},
	})
	wants(t, err, "")
	if made.Domain != "kabar.id" || made.PressStatus != registry.Unlisted || made.VendorName != "CV Contoh" {
		t.Errorf("made %+v", made)
	}
	got, err := d.outlets.Change(ctx, d.Staff, made.ID, one(1), func(f registry.OutletForm) (registry.OutletForm, error) {
		f.PressStatus, f.PressCertificate.ValidUntil = registry.Factual, day("2027-01-01")
		return f, nil
	})
	wants(t, err, "")
	if got.PressStatus != registry.Factual || got.PressCertificate.Number != "1/DP" || got.Version != 2 {
		t.Errorf("got %+v", got)
	}
	_, err = d.outlets.Change(ctx, d.Staff, made.ID, one(2), func(f registry.OutletForm) (registry.OutletForm, error) {
		f.VendorID = uuid.New()
		return f, nil
	})
	wants(t, err, "invalid", "/vendor_id not_found")
	page, err := d.outlets.List(ctx, d.Auditor, listing.Query{Text: "kabar"}.Where("press_status", "factual"))
	if wants(t, err, ""); !reflect.DeepEqual(page.Items, []registry.Outlet{got}) {
		t.Errorf("got %+v, want %+v", page.Items, got)
	}
}

func TestSocialAccountLife(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, v := t.Context(), d.vendor(t)
	form := registry.SocialForm{VendorID: v.ID, Platform: registry.Instagram, Handle: "@Kabar"}
	made, err := d.social.Create(ctx, d.Staff, form)
	if wants(t, err, ""); made.Handle != "Kabar" || made.Followers != nil {
		t.Errorf("made %+v", made)
	}
	form.Handle = "kabar"
	_, err = d.social.Create(ctx, d.Staff, form)
	wants(t, err, "duplicate", "/handle duplicate")
	form.Platform = registry.TikTok
	_, err = d.social.Create(ctx, d.Staff, form)
	wants(t, err, "")

	for on, followers := range map[string]int64{"2026-03-01": 52_000, "2026-01-01": 50_000} {
		_, err = d.social.AddSnapshot(ctx, d.Staff, made.ID, registry.SnapshotForm{TakenOn: day(on), Followers: followers, EngagementRate: "3.25"})
		wants(t, err, "")
	}
	_, err = d.social.AddSnapshot(ctx, d.Staff, made.ID, registry.SnapshotForm{TakenOn: day("2026-03-01"), EngagementRate: "1", File: d.keepFile(t, d.Staff)})
	wants(t, err, "duplicate", "/taken_on duplicate")
	got, err := d.social.Account(ctx, d.Auditor, made.ID)
	if wants(t, err, ""); *got.Followers != 52_000 || got.FollowersOn != day("2026-03-01") {
		t.Errorf("got %+v", got)
	}
	page, err := d.social.Snapshots(ctx, d.Auditor, made.ID, listing.All())
	wants(t, err, "")
	if got := names(page, func(s registry.Snapshot) string { return s.TakenOn.String() + " " + s.EngagementRate }); !slices.Equal(got, []string{"2026-03-01 3.25", "2026-01-01 3.25"}) {
		t.Errorf("got %q", got)
	}
}

func TestAgencies(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	form := registry.AgencyForm{Code: "dispar", Name: "Dinas Pariwisata", Scheme: registry.APBD, Currency: "IDR"}
	scoped := access.Actor{Government: d.Admin.Government, User: d.Admin.User, Grants: []access.Grant{{Role: access.Admin, Agency: d.Agency.ID}}}
	for _, other := range []access.Actor{d.Staff, d.Auditor, scoped} {
		_, err := d.agencies.Create(ctx, other, form)
		wants(t, err, "forbidden")
	}
	made, err := d.agencies.Create(ctx, d.Admin, form)
	if wants(t, err, ""); made.Version != 1 || made.Form() != form {
		t.Errorf("made %+v", made)
	}
	_, err = d.agencies.Create(ctx, d.Admin, form)
	wants(t, err, "duplicate", "/code duplicate")
	rename := func(f registry.AgencyForm) (registry.AgencyForm, error) { f.Name = "Dinas Wisata"; return f, nil }
	_, err = d.agencies.Change(ctx, d.Staff, "kominfo", one(1), rename)
	wants(t, err, "forbidden")
	_, err = d.agencies.Change(ctx, scoped, "dispar", one(1), rename)
	wants(t, err, "not_found")
	changed, err := d.agencies.Change(ctx, d.Admin, "dispar", one(1), rename)
	if wants(t, err, ""); changed.Name != "Dinas Wisata" || changed.Version != 2 {
		t.Errorf("changed %+v", changed)
	}
	got, err := d.agencies.Agency(ctx, d.Staff, "dispar")
	if wants(t, err, ""); got != changed {
		t.Errorf("got %+v, want %+v", got, changed)
	}
	page, err := d.agencies.List(ctx, d.Staff, listing.Query{Count: true})
	wants(t, err, "")
	if codes := names(page, func(a registry.Agency) string { return a.Code }); !slices.Equal(codes, []string{"dispar", "kominfo", "setwan"}) || *page.Total != 3 {
		t.Errorf("got %q of %d", codes, *page.Total)
	}
}

func TestAgencyWithABudgetKeepsItsCurrency(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	if err := d.Store.InTx(ctx, access.Act{Actor: d.Staff}, func(tx *db.Tx) (any, error) {
		return nil, tx.InsertVersion(ctx, budget.Version{
			ID: uuid.New(), AgencyID: d.Agency.ID, FiscalYear: 2026,
			Kind: budget.Original, Number: "DPA/1", Date: day("2026-01-02"), CreatedBy: d.Staff.User,
		})
	}); err != nil {
		t.Fatal(err)
	}
	change := func(code string) error {
		_, err := d.agencies.Change(ctx, d.Admin, code, nil, func(f registry.AgencyForm) (registry.AgencyForm, error) {
			f.Currency = "EUR"
			return f, nil
		})
		return err
	}
	wants(t, change("kominfo"), "agency_in_use", "/currency agency_in_use")
	wants(t, change("setwan"), "")
}
