package web

import (
	"time"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

func storyVendor() registry.Vendor {
	return registry.Vendor{ID: storyID(30), Version: 2, CreatedAt: time.Date(2026, 1, 12, 3, 0, 0, 0, time.UTC), CreatedBy: storyID(4), VendorForm: registry.VendorForm{
		Kind: registry.Company, LegalName: "PT Kabar Contoh Nusantara", NPWP: "0012345678901000", NIB: "1234567890123", KBLI: registry.Codes{"58130", "63122"}, VATRegistered: true,
		Bank: registry.Bank{Name: "Bank Contoh Daerah", AccountNumber: "1234567890", AccountOwner: "Budi Contoh"}, Address: "Jl. Contoh No. 12, Kabupaten Contoh",
		PP55: registry.PP55{Number: "KET-77/2024", ValidUntil: day("2026-06-30")},
	}}
}

func storyOutlets() []registry.Outlet {
	return []registry.Outlet{
		{ID: storyID(31), VendorName: "PT Kabar Contoh Nusantara", Version: 1, OutletForm: registry.OutletForm{
			VendorID: storyID(30), Kind: registry.Online, Name: "KabarContoh.id",
			Domain: "kabarcontoh.id", PressStatus: registry.Factual, PressCertificate: registry.Certificate{Number: "812/DP-Terverifikasi/K/III/2023", Date: day("2023-03-14"), ValidUntil: day("2028-03-14")},
		}},
		{ID: storyID(32), VendorName: "PT Kabar Contoh Nusantara", Version: 1, OutletForm: registry.OutletForm{VendorID: storyID(30), Kind: registry.Print, Name: "Harian Kabar Contoh", PressStatus: registry.InProcess}},
	}
}

func storyAccounts() []registry.SocialAccount {
	followers := int64(48_200)
	return []registry.SocialAccount{{
		ID: storyID(33), VendorName: "PT Kabar Contoh Nusantara", Followers: &followers, FollowersOn: day("2026-02-03"), Version: 1,
		SocialForm: registry.SocialForm{VendorID: storyID(30), Platform: registry.Instagram, Handle: "kabar.contoh", PlatformUserID: "1784140500", URL: "https://www.instagram.com/kabar.contoh/"},
	}}
}

func vendorStories(in reader) []story {
	n := int64(2)
	v := storyVendor()
	person := registry.Vendor{ID: storyID(34), Version: 1, VendorForm: registry.VendorForm{Kind: registry.Individual, LegalName: "Contohwan Kreatif", NIK: "3512340101900001"}}
	full := vendorFacts{
		Vendor: v, Outlets: storyOutlets(), Accounts: storyAccounts(), Agreements: storyAgreements(),
		Documents: []registry.Document{{ID: storyID(35), VendorID: v.ID, DocumentForm: registry.DocumentForm{Kind: registry.BusinessNumber, Name: "NIB PT Kabar Contoh", Number: "1234567890123", Date: day("2021-08-02"), File: storyHash()}}},
		Checks:    []registry.Check{{ID: storyID(36), VendorID: v.ID, CheckedBy: "staff@contoh.go.id", CheckForm: registry.CheckForm{Subject: "Status Dewan Pers", CheckedOn: day("2026-02-02"), Result: registry.Pass}}},
	}
	wrong := vendorForm(in, "", 0)
	wrong.fill(vendorValues(v.VendorForm))
	var bad fault.Fields
	bad.Add("/npwp", "bad_npwp")
	bad.Add("/bank/account_owner", "required")
	wrong.mark(in, fault.From(bad.Err()))
	return []story{
		{Name: "vendors", Page: vendorList(in, listing.Query{Limit: 50}, listing.Page[registry.Vendor]{Items: []registry.Vendor{v, person}, Total: &n})},
		{Name: "vendors-empty", Page: vendorList(in, listing.Query{Limit: 50}, listing.Page[registry.Vendor]{})},
		{Name: "vendor", Page: vendorRecord(in, full)},
		{Name: "vendor-new", Page: vendorRecord(in, vendorFacts{Vendor: person})},
		{Name: "vendor-form", Page: vendorForm(in, "", 0)},
		{Name: "vendor-form-wrong", Page: wrong},
		{Name: "outlet-form", Page: outletForm(in, v.ID, "", 0)},
		{Name: "social-form", Page: socialForm(in, v.ID, "", 0)},
		{Name: "paper-form", Page: paperForm(in, v.ID)},
		{Name: "check-form", Page: checkForm(in, v.ID)},
	}
}

// storyHash stands for the SHA-256 of a file.
func storyHash() string { return "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }
