package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/campaign"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/registry"
)

// storyAgreement is one media agreement in the given state.
func storyAgreement(s agreement.Status) agreement.Agreement {
	at := time.Date(2026, 2, 10, 2, 30, 0, 0, time.UTC)
	later := at.AddDate(0, 0, 1)
	estimate, offered := money.Amount(65_000_000), money.Amount(2_200_000)
	a := agreement.Agreement{
		ID: storyID(40), AgencyID: storyID(1), Kind: agreement.Media, Number: "027/014/SPK/2026", Title: "Kerja sama publikasi kegiatan pemerintah daerah semester I",
		VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", Method: "pengadaan_langsung", Form: "spk", RUPCode: "48211903", OrderDate: day("2026-02-10"), StartDate: day("2026-02-12"),
		EndDate: day("2026-12-15"), FiscalYear: 2026, OwnerEstimate: &estimate, Status: s, Value: 54_000_000, VAT: 5_940_000, Gross: 59_940_000, Remaining: 59_940_000, CreatedAt: at, CreatedBy: storyID(5), Version: 3,
	}
	a.Deliverables = []agreement.Deliverable{
		{
			ID: storyID(41), AgreementID: a.ID, Position: 1, Product: "advertorial", OutletID: uuid.NullUUID{UUID: storyID(31), Valid: true}, Channel: "KabarContoh.id", BudgetLineID: storyID(20), Quantity: 24, Unit: "artikel",
			OfferedPrice: &offered, UnitPrice: 2_000_000, LabelRequired: true, UnitNet: 2_000_000, UnitVAT: 220_000, UnitGross: 2_220_000, Placed: 18,
		},
		{
			ID: storyID(42), AgreementID: a.ID, Position: 2, Product: "banner", OutletID: uuid.NullUUID{UUID: storyID(31), Valid: true}, Channel: "KabarContoh.id", BudgetLineID: storyID(24), Quantity: 6, Unit: "bulan",
			UnitPrice: 1_110_000, TaxInclusive: true, UnitNet: 1_000_000, UnitVAT: 110_000, UnitGross: 1_110_000, Placed: 2,
		},
	}
	switch s {
	case agreement.Submitted:
		a.SubmittedAt = &at
	case agreement.Rejected:
		a.SubmittedAt, a.Remark = &at, "Harga satuan advertorial di atas standar harga; mohon negosiasi ulang."
	case agreement.Active:
		a.SubmittedAt, a.ApprovedAt, a.Paid, a.Remaining = &at, &later, 19_980_000, 39_960_000
	case agreement.Completed, agreement.Closed, agreement.Terminated:
		a.SubmittedAt, a.ApprovedAt, a.EndedAt, a.Paid, a.Remaining = &at, &later, &later, 59_940_000, 0
		a.Remark = "Penyedia berhenti terbit."
	case agreement.Draft:
		a.RUPCode = ""
	}
	return a
}

func storyAgreements() []agreement.Agreement {
	var out []agreement.Agreement
	states := []agreement.Status{agreement.Active, agreement.Submitted, agreement.Draft, agreement.Rejected, agreement.Completed, agreement.Closed, agreement.Terminated}
	titles := []string{"Kerja sama publikasi kegiatan pemerintah daerah semester I", "Advertorial hari jadi kabupaten", "Konten edukasi stunting", "Spot radio layanan kependudukan", "Liputan musrenbang", "Banner pajak daerah", "Videotron alun-alun"}
	for i, s := range states {
		a := storyAgreement(s)
		a.ID, a.Title = storyID(byte(40+100+i)), titles[i]
		a.Number = "027/0" + string(rune('1'+i)) + "4/SPK/2026"
		if i == 2 {
			a.Kind, a.VendorName = agreement.Influencer, "Contohwan Kreatif"
		}
		out = append(out, a)
	}
	return out
}

func storyChoices() choices {
	return choices{
		Vendor: storyVendor(), Outlets: storyOutlets(), Accounts: storyAccounts(), Lines: storyLines(),
		Prices:    storyPrices(),
		Campaigns: []campaign.Campaign{{ID: storyID(45), Form: campaign.Form{Name: "Hari Jadi Kabupaten", StartDate: day("2026-06-01"), EndDate: day("2026-08-31")}}},
	}
}

// storyAround is the budget around the story's agreement; the second line is short.
func storyAround() agreement.Surroundings {
	lines := storyLines()
	return agreement.Surroundings{Prices: storyPriceFacts(), Lines: map[uuid.UUID]agreement.LineFacts{
		storyID(20): {FiscalYear: 2026, Available: 136_050_000, Name: lines[0].SubActivityName + " · " + lines[0].AccountCode + " · PAD"},
		storyID(24): {FiscalYear: 2026, Available: 5_650_000, Name: lines[4].SubActivityName + " · " + lines[4].AccountCode + " · PAD"},
	}}
}

func campaignStories(in reader) []story {
	c := storyChoices().Campaigns[0]
	c.Objective = "Menyebarkan jadwal dan makna hari jadi kabupaten"
	filled := campaignForm(in, c.ID.String(), 1)
	filled.fill(campaignValues(c.Form))
	return []story{
		{Name: "campaigns", Page: campaignList(in, listing.Query{Limit: 50}, listing.Page[campaign.Campaign]{Items: []campaign.Campaign{c}})},
		{Name: "campaigns-empty", Page: campaignList(in, listing.Query{Limit: 50}, listing.Page[campaign.Campaign]{})},
		{Name: "campaign", Page: campaignRecord(in, c, storyAgreements()[:2])},
		{Name: "campaign-form", Page: filled},
	}
}

func agreementStories(in reader) []story {
	n := int64(7)
	moves := storyEntries()[1:3]
	for i := range moves {
		moves[i].BudgetLineID = storyID(20)
	}
	record := func(s agreement.Status, c chain) recordPage {
		return agreementRecord(in, agreementFacts{Agreement: storyAgreement(s), Lines: byID(storyLines()), Entries: moves, Chain: c, File: storyDossier(storyAgreement(s))})
	}
	draft := storyAgreement(agreement.Draft)
	filled := agreementForm(in, storyChoices(), "media", "", 0, 2)
	filled.fill(termsValues(in, draft.Terms()))
	around := storyAround()
	around.Advice = &agreement.Advice{Form: "surat_perjanjian", NeedsEstimate: true, EstimateFree: 10_000_000, MethodLimit: 50_000_000}
	agreementOutlook(in, filled.Outlook, draft, around)
	wrong := agreementForm(in, storyChoices(), "media", draft.ID.String(), 3, 2)
	wrong.fill(termsValues(in, draft.Terms()))
	var bad fault.Fields
	bad.Add("/number", "required")
	bad.AddWith("/end_date", "before", fault.Args{"field": "start_date", "date": draft.StartDate})
	bad.AddWith("/deliverables/1/unit_price", "out_of_range", fault.Args{"min": int64(1), "max": int64(fault.AmountMax)})
	bad.Add("/deliverables/0/outlet_id", "other_vendor")
	wrong.mark(in, fault.From(bad.Err()))
	exceeded := moveForm(in, draft, agreement.Submit, storyLines())
	exceeded.mark(in, fault.With(fault.Conflict, "budget_exceeded", fault.Args{"line": "2.16.02.2.01.0020 / 5.1.02.02.01.0055", "available": int64(5_650_000), "requested": int64(6_660_000)}))
	submitted := storyAgreement(agreement.Submitted)
	stories := []story{
		{Name: "agreements", Page: agreementList(in, listing.Query{Limit: 50}, listing.Page[agreement.Agreement]{Items: storyAgreements(), Total: &n})},
		{Name: "agreements-empty", Page: agreementList(in, listing.Query{Limit: 50}, listing.Page[agreement.Agreement]{})},
		{Name: "agreement-vendor", Page: vendorStep(in, []registry.Vendor{storyVendor()}, "")},
		{Name: "agreement-form", Page: agreementForm(in, storyChoices(), "media", "", 0, 1)},
		{Name: "agreement-form-filled", Page: filled},
		{Name: "agreement-form-wrong", Page: wrong},
		{Name: "agreement-check", Page: moveForm(in, draft, agreement.Submit, storyLines())},
		{Name: "agreement-check-exceeded", Page: exceeded},
		{Name: "agreement-decide", Page: moveForm(in, submitted, agreement.Approve, storyLines())},
		{Name: "agreement-close", Page: moveForm(in, storyAgreement(agreement.Active), agreement.Close, storyLines())},
		{Name: "agreement-terminate", Page: moveForm(in, storyAgreement(agreement.Active), agreement.Terminate, storyLines())},
		{Name: "agreement-withdraw", Page: moveForm(in, submitted, agreement.Withdraw, storyLines())},
	}
	for _, s := range []agreement.Status{agreement.Draft, agreement.Submitted, agreement.Rejected, agreement.Completed, agreement.Closed, agreement.Terminated} {
		stories = append(stories, story{Name: "agreement-" + string(s), Page: record(s, chain{})})
	}
	return append(append(stories, story{Name: "agreement-active", Page: record(agreement.Active, storyChain())}), append(amendmentStories(in), lifeStories(in)...)...)
}
