package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/price"
	"tayang/app/registry"
)

func storyPrices() []price.Reference {
	basis := "Perbup Contoh Nomor 41 Tahun 2025"
	at := time.Date(2026, 1, 2, 2, 0, 0, 0, time.UTC)
	voided := time.Date(2026, 2, 3, 2, 0, 0, 0, time.UTC)
	row := func(n byte, f price.Form) price.Reference {
		f.Basis, f.ValidFrom, f.ValidUntil = basis, day("2026-01-01"), day("2026-12-31")
		return price.Reference{ID: storyID(n), Form: f, CreatedAt: at, CreatedBy: storyID(4), Version: 1}
	}
	list := row(221, price.Form{
		Product: "Advertorial", OutletKind: registry.Online, Unit: "artikel", UnitPrice: 1_998_000, TaxInclusive: true, GroupCode: "1.3.2.05", GroupName: "Jasa Iklan",
		StandardID: "SSH-1042", ItemCode: "1.3.2.05.001", Specification: "Media daring lokal, tayang minimal 12 bulan", AccountCodes: registry.Codes{"5.1.02.02.01.0055"},
	})
	list.SourceFile = storyHash()
	wrong := row(223, price.Form{Product: "Videotron", OutletKind: registry.Outdoor, Unit: "pekan", UnitPrice: 800_000})
	wrong.VoidedAt, wrong.VoidReason = &voided, "Kurang satu nol"
	ended := row(224, price.Form{Product: "Reel", Tier: "makro", Unit: "konten", UnitPrice: 1_400_000})
	ended.ValidUntil = day("2026-03-31")
	return []price.Reference{list, row(222, price.Form{Product: "Reel", Tier: "makro", Unit: "konten", UnitPrice: 1_500_000}), wrong, ended}
}

// storyPriceFacts is one line of each verdict.
func storyPriceFacts() agreement.PriceFacts {
	basis := "Perbup Contoh Nomor 41 Tahun 2025"
	id := uuid.NullUUID{UUID: storyID(221), Valid: true}
	line := func(position int, product string, net money.Amount, j price.Judgement) agreement.LinePrice {
		return agreement.LinePrice{Position: position, Product: product, Unit: "artikel", UnitPrice: net, UnitNet: net, Quantity: 24, Judgement: j}
	}
	above := line(1, "advertorial", 2_000_000, price.Judgement{Verdict: price.Above, ReferenceID: id, Price: 1_998_000, TaxInclusive: true, Compared: 2_220_000, Basis: basis})
	above.Elsewhere = &price.Elsewhere{AgencyName: "Sekretariat DPRD", Agreement: "027/009/SETWAN/2026", Net: 1_800_000, Gross: 1_998_000}
	below := line(2, "banner", 1_000_000, price.Judgement{Verdict: price.Below, ReferenceID: id, Price: 1_200_000, Compared: 1_000_000, Basis: basis})
	below.Elsewhere = &price.Elsewhere{AgencyName: "Dinas Pariwisata", Agreement: "027/002/DISPAR/2026", Net: 1_100_000, Gross: 1_221_000}
	return agreement.PriceFacts{Lines: []agreement.LinePrice{
		above, below, line(3, "videotron", 8_000_000, price.Judgement{Verdict: price.Equal, ReferenceID: id, Price: 8_000_000, Compared: 8_000_000, Basis: basis}),
		line(4, "baliho", 5_500_000, price.Judgement{Verdict: price.NotFound}),
		line(5, "reel", 1_500_000, price.Judgement{Verdict: price.Check, Reason: price.TierUnknown}),
	}}
}

func storyImport() (price.ImportCommand, price.Import) {
	return price.ImportCommand{Name: "SSH 2026.xlsx", SHA256: storyHash(), Basis: "Perbup Contoh Nomor 41 Tahun 2025", ValidFrom: day("2026-01-01"), ValidUntil: day("2026-12-31"), TaxInclusive: true},
		price.Import{New: 1, Changed: 1, Unchanged: 212, Rows: []price.ImportRow{
			{Row: 7, Change: price.Added, Product: "Advertorial", Unit: "artikel", Price: 1_998_000, Codes: "5.1.02.02.01.0055"},
			{Row: 8, Change: price.Repriced, Product: "Adlib", Unit: "siaran", Price: 300_000, OldPrice: 275_000},
		}}
}

func priceStories(in reader) []story {
	n := int64(4)
	all := storyPrices()
	wrong := priceForm(in)
	var bad fault.Fields
	bad.Add("/product", "required")
	bad.Add("/tier", "one_scope")
	bad.AddWith("/valid_from", "price_overlaps", fault.Args{"date": day("2026-01-01")})
	wrong.mark(in, fault.From(bad.Err()))
	cmd, ready := storyImport()
	refused := ready
	refused.Wrong, refused.Complaints = 2, []price.Complaint{
		{Row: 12, Column: "harga satuan", Field: "unit_price", Code: "amount_fraction", Args: fault.Args{"digits": 0}},
		{Row: 31, Column: "harga satuan", Field: "unit_price", Code: "doubled_price", Args: fault.Args{"row": 14}},
	}
	facts := storyPriceFacts()
	priced := storyAgreement(agreement.Submitted)
	return []story{
		{Name: "prices", Page: priceReferenceList(in, listing.Query{Limit: 50}, listing.Page[price.Reference]{Items: all, Total: &n})},
		{Name: "prices-empty", Page: priceReferenceList(in, listing.Query{Limit: 50}, listing.Page[price.Reference]{})},
		{Name: "price", Page: priceRecord(in, all[0])},
		{Name: "price-void", Page: priceRecord(in, all[2])},
		{Name: "price-form", Page: priceForm(in)},
		{Name: "price-form-wrong", Page: wrong},
		{Name: "price-void-form", Page: voidPriceForm(in, all[0])},
		{Name: "price-import", Page: importForm(in)},
		{Name: "price-import-preview", Page: importPreview(in, cmd, ready)},
		{Name: "price-import-wrong", Page: importPreview(in, cmd, refused)},
		{Name: "price-import-nothing", Page: importPreview(in, cmd, price.Import{Unchanged: 214})},
		{Name: "agreement-prices", Page: agreementRecord(in, agreementFacts{
			Agreement: priced, Lines: byID(storyLines()), Known: agreement.Assessment{Facts: agreement.Facts{Prices: facts}},
		})},
	}
}
