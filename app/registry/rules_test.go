package registry_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/registry"
)

func TestVendorForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*registry.VendorForm)
		fields []string
	}{
		{"right", func(*registry.VendorForm) {}, nil},
		{"nothing", func(f *registry.VendorForm) { *f = registry.VendorForm{} }, []string{"/kind unknown_choice", "/legal_name required"}},
		{"old NPWP", func(f *registry.VendorForm) { f.NPWP = "012345678901234" }, nil},
		{"printed NPWP", func(f *registry.VendorForm) { f.NPWP = "01.234.567.8-901.234" }, nil},
		{"short NPWP", func(f *registry.VendorForm) { f.NPWP = "01234567890123" }, []string{"/npwp bad_npwp"}},
		{
			"letters", func(f *registry.VendorForm) { f.NPWP, f.NIK, f.NIB = "A", "B", "C" },
			[]string{"/npwp bad_npwp", "/nik bad_nik", "/nib bad_nib"},
		},
		{"digits of another script", func(f *registry.VendorForm) { f.NIB = strings.Repeat("١", 13) }, []string{"/nib bad_nib"}},
		{
			"business classes", func(f *registry.VendorForm) { f.KBLI = registry.Codes{"6010", "73100", "73100", ""} },
			[]string{"/kbli/0 bad_kbli", "/kbli/2 duplicate", "/kbli/3 required"},
		},
		{"too many classes", func(f *registry.VendorForm) { f.KBLI = make(registry.Codes, 51) }, []string{"/kbli too_many"}},
		{"a person's certificate", func(f *registry.VendorForm) { f.Kind = registry.Individual }, []string{"/pp55 not_for_individual"}},
		{"half a certificate", func(f *registry.VendorForm) { f.PP55.Number = " " }, []string{"/pp55/number required"}},
		{
			"certificate without end", func(f *registry.VendorForm) { f.PP55.ValidUntil = day("9999-01-01") },
			[]string{"/pp55/valid_until date_out_of_range"},
		},
		{
			"half an account", func(f *registry.VendorForm) { f.Bank = registry.Bank{Name: "Bank Contoh"} },
			[]string{"/bank/account_owner required", "/bank/account_number required"},
		},
		{"account with blanks", func(f *registry.VendorForm) { f.Bank.AccountNumber = "1234 5678-90" }, nil},
		{"no account", func(f *registry.VendorForm) { f.Bank.AccountNumber = "12/3" }, []string{"/bank/account_number bad_account_number"}},
		{
			"control characters", func(f *registry.VendorForm) { f.LegalName, f.Address = "PT\x00", "Jalan\x1b[31m" },
			[]string{"/legal_name bad_text", "/address bad_text"},
		},
		{"long", func(f *registry.VendorForm) { f.LegalName = strings.Repeat("é", 301) }, []string{"/legal_name too_long"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := company()
			c.change(&f)
			code := ""
			if c.fields != nil {
				code = "invalid"
			}
			wants(t, f.Trimmed().Check(), code, c.fields...)
		})
	}
}

func TestAgencyForm(t *testing.T) {
	t.Parallel()
	right := registry.AgencyForm{Code: " 2.16-kominfo ", Name: "Dinas Kominfo", Scheme: registry.APBD, Currency: "IDR"}
	wants(t, right.Trimmed().Check(), "")
	wants(t, registry.AgencyForm{Code: "a/b", Name: "x", Scheme: "apbx", Currency: "JPY"}.Check(), "invalid",
		"/code bad_agency_code", "/scheme unknown_choice", "/currency unknown_choice")
	wants(t, registry.AgencyForm{}.Check(), "invalid",
		"/code required", "/name required", "/scheme unknown_choice", "/currency unknown_choice")
}

func TestOutletForm(t *testing.T) {
	t.Parallel()
	form := func(domain string, c registry.Certificate) registry.OutletForm {
		return registry.OutletForm{VendorID: uuid.New(), Kind: registry.Online, Name: "Kabar", Domain: domain, PressCertificate: c}.Trimmed()
	}
	for domain, code := range map[string]string{
		"": "", "Kabar.Contoh.ID": "", "xn--kabar-9sa.id": "", "kabar": "bad_host", "https://kabar.id": "bad_host",
		"kabar.id/berita": "bad_host", "kabar..id": "bad_host", "-kabar.id": "bad_host", "10.0.0.1": "bad_host",
		"kabar.id:80": "bad_host", "käbar.id": "bad_host", strings.Repeat("a.", 130) + "id": "too_long",
	} {
		err := form(domain, registry.Certificate{}).Check()
		if code == "" {
			wants(t, err, "")
		} else {
			wants(t, err, "invalid", "/domain "+code)
		}
	}
	wants(t, form("", registry.Certificate{Date: day("2026-01-02"), ValidUntil: day("2026-01-01")}).Check(), "invalid",
		"/press_certificate/number required", "/press_certificate/valid_until before_date")
	wants(t, registry.OutletForm{}.Trimmed().Check(), "invalid", "/vendor_id required", "/kind unknown_choice", "/name required")
}

func TestSocialForm(t *testing.T) {
	t.Parallel()
	form := func(handle, url string) registry.SocialForm {
		return registry.SocialForm{VendorID: uuid.New(), Platform: registry.TikTok, Handle: handle, URL: url}.Trimmed()
	}
	if got := form(" @Kabar.Contoh ", "").Handle; got != "Kabar.Contoh" {
		t.Errorf("handle %q", got)
	}
	for handle, code := range map[string]string{"@": "required", "a b": "bad_handle", "a@b": "bad_handle", "カバル": ""} {
		if err := form(handle, "").Check(); code == "" {
			wants(t, err, "")
		} else {
			wants(t, err, "invalid", "/handle "+code)
		}
	}
	for url, code := range map[string]string{
		"https://www.tiktok.com/@kabar": "", "javascript:alert(1)": "bad_url", "https://": "bad_url", "//tiktok.com": "bad_url",
		"https://u:p@tiktok.com": "bad_url", "https://a\x00b": "bad_text", "http://" + strings.Repeat("a", 2000): "too_long",
	} {
		if err := form("kabar", url).Check(); code == "" {
			wants(t, err, "")
		} else {
			wants(t, err, "invalid", "/url "+code)
		}
	}
}

func TestSnapshotForm(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for rate, canonical := range map[string]string{"0": "0", "3.250": "3.25", "100.0": "100", "12.000001": "12.000001"} {
		f := registry.SnapshotForm{TakenOn: day("2026-11-24"), Followers: 50_000, EngagementRate: rate}.Trimmed()
		if wants(t, f.Check(now), ""); f.EngagementRate != canonical {
			t.Errorf("rate %q became %q, want %q", rate, f.EngagementRate, canonical)
		}
	}
	for _, rate := range []string{"", "-1", "1e1", "100.1", "101", "1,5", "1.", ".5", "0.0000001", "NaN"} {
		f := registry.SnapshotForm{TakenOn: day("2026-11-24"), EngagementRate: rate}
		wants(t, f.Check(now), "invalid", "/engagement_rate bad_percent")
	}
	wants(t, registry.SnapshotForm{TakenOn: day("2026-11-26"), Followers: -1, EngagementRate: "1", File: "../x"}.Trimmed().Check(now), "invalid",
		"/taken_on in_future", "/followers out_of_range", "/file bad_sha256")
}

func TestPaperForms(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	wants(t, registry.DocumentForm{}.Check(), "invalid", "/kind unknown_choice", "/name required", "/file required")
	wants(t, registry.DocumentForm{Kind: registry.Deed, Name: "Akta", Date: day("1930-01-01"), ValidUntil: day("1920-01-01"), File: hash("x")}.Check(),
		"invalid", "/date date_out_of_range", "/valid_until date_out_of_range", "/valid_until before_date")
	wants(t, registry.CheckForm{}.Check(now), "invalid", "/subject required", "/checked_on required", "/result unknown_choice")
	wants(t, registry.CheckForm{Subject: "NPWP", CheckedOn: day("2026-11-24"), Result: registry.Pass}.Check(now), "")
}

func TestAgencyInUseKeepsItsBooks(t *testing.T) {
	t.Parallel()
	a := registry.Agency{Code: "a", Name: "A", Scheme: registry.APBD, Currency: "IDR"}
	f := registry.AgencyForm{Code: "b", Name: "B", Scheme: registry.Other, Currency: "MXN"}
	got, err := a.With(f, false)
	if wants(t, err, ""); got.Form() != f {
		t.Errorf("got %+v", got)
	}
	_, err = a.With(f, true)
	wants(t, err, "agency_in_use", "/scheme agency_in_use", "/currency agency_in_use")
}

func TestNumbersAreForThoseWhoNeedThem(t *testing.T) {
	t.Parallel()
	v := registry.Vendor{VendorForm: company()}
	v.NIK = "3578012345678901"
	for role, full := range map[access.Role]bool{
		access.Staff: true, access.PPK: true, access.Verifier: true, access.Treasurer: true, access.Head: true,
		access.Auditor: true, access.Admin: false,
	} {
		got := v.For(access.Actor{Grants: []access.Grant{{Role: role}}})
		want := [3]string{v.NPWP, v.NIK, v.Bank.AccountNumber}
		if !full {
			want = [3]string{"************1234", "************8901", "************7890"}
		}
		if is := [3]string{got.NPWP, got.NIK, got.Bank.AccountNumber}; is != want {
			t.Errorf("%s sees %q, want %q", role, is, want)
		}
	}
	if got := (registry.Vendor{}).For(access.Actor{}); got.NPWP != "" {
		t.Errorf("an empty number became %q", got.NPWP)
	}
}
