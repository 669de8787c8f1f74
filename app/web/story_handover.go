package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/handover"
	"tayang/app/payment"
	"tayang/app/placement"
)

func storyFulfilment() placement.Fulfilment {
	return placement.NewFulfilment(storyID(40), []placement.Fulfilled{
		{
			DeliverableID: storyID(41), Position: 1, Product: "advertorial", Channel: "Kabar Contoh", Unit: "artikel", UnitPrice: 2_000_000, UnitGross: 2_220_000,
			Units:        placement.Units{Ordered: 12, Planned: 11, Published: 10, Verified: 9, Accepted: 9, Invoiced: 6, Paid: 3, MakeGoods: 1, Short: 1},
			OrderedGross: 26_640_000, EvidencedGross: 19_980_000, PaidGross: 6_660_000, ShortGross: 2_220_000, MissingGross: 4_440_000,
		},
		{
			DeliverableID: storyID(42), Position: 2, Product: "banner", Channel: "Kabar Contoh", Unit: "hari", UnitPrice: 555_000, TaxInclusive: true, UnitGross: 555_000,
			Units: placement.Units{Ordered: 30, Planned: 4}, OrderedGross: 16_650_000, MissingGross: 16_650_000,
		},
	})
}

func storyMatch(i payment.Invoice) payment.Match {
	return payment.Match{
		InvoiceID: i.ID, Number: i.Number, Detailed: true, Tolerance: 100, Amount: i.Amount, Due: i.Price + i.VAT,
		Lines: []payment.MatchLine{
			{
				DeliverableID: storyID(41), Product: "advertorial", Channel: "Kabar Contoh", Unit: "artikel", Ordered: 12, Evidenced: 9, Accepted: 9, Here: 8,
				Quantity: 8, UnitPrice: 2_000_000, AgreedPrice: 2_000_000, Amount: 17_760_000, Due: 17_760_000, Verdict: payment.LineAgrees,
			},
			{
				DeliverableID: storyID(42), Product: "banner", Channel: "Kabar Contoh", Unit: "hari", Ordered: 30, Evidenced: 4, Accepted: 4, Here: 4,
				Quantity: 4, UnitPrice: 555_000, TaxInclusive: true, AgreedPrice: 555_000, AgreedTax: true, Amount: 2_220_050, Due: 2_220_000, Difference: 50, Verdict: payment.LineTolerated,
			},
			{
				DeliverableID: storyID(43), Product: "infotorial", Channel: "Kabar Contoh", Unit: "artikel", Ordered: 2, Evidenced: 1, Accepted: 1, Here: 1,
				Quantity: 2, UnitPrice: 1_500_000, AgreedPrice: 1_000_000, Amount: 3_330_000, Due: 2_220_000, Difference: 1_110_000, Verdict: payment.LineQuantity,
			},
		},
	}
}

func storySigning() placement.Signing {
	return placement.Signing{
		Place: "Contoh", SignedOn: day("2026-04-01"), OfficeSigner: "Pramono Contoh", OfficeNIP: "198001012005011001", VendorSigner: "Nusa Contoh",
		VendorPosition: "Direktur", File: storyHash(), FileOrigin: placement.FromVendor,
	}
}

func storyHead(number string, by placement.Signing) handover.Head {
	return handover.Head{
		ID: storyID(180), AgencyID: storyID(1), AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara",
		Number: number, Date: day("2026-03-31"), Signing: by, CreatedAt: time.Date(2026, 3, 31, 3, 0, 0, 0, time.UTC), CreatedBy: storyID(4), Version: 2,
	}
}

func storyRecap(by placement.Signing) handover.Recap {
	return handover.Recap{
		Head: storyHead("REKAP/03/2026", by), From: day("2026-03-01"), To: day("2026-03-31"), Placements: 2, Gross: 4_440_000,
		Lines: handover.RecapLines{
			{PlacementID: storyID(50), Title: "Pasar murah di Contoh Utara", Product: "advertorial", Channel: "Kabar Contoh", PublishedOn: day("2026-03-02"), Where: "https://kabarcontoh.id/2026/03/02/pasar", Gross: 2_220_000, Proofs: 2, Evidence: storyHash()},
			{PlacementID: storyID(51), Title: "Posyandu keliling", Product: "advertorial", Channel: "Kabar Contoh", PublishedOn: day("2026-03-09"), Where: "https://kabarcontoh.id/2026/03/09/posyandu", Gross: 2_220_000, Proofs: 1, Evidence: storyHash()},
		},
	}
}

func storyShort() placement.Acceptance {
	c := storyAcceptance()
	c.AgreementNumber, c.VendorName, c.Signing = "027/014/SPK/2026", "PT Kabar Contoh Nusantara", storySigning()
	c.Shortfalls = []placement.QuantityShortfall{{ID: storyID(181), Short: placement.Short{DeliverableID: storyID(41), Quantity: 1, Reason: "Edisi Minggu tidak terbit"}, Product: "advertorial", Amount: 2_220_000, Rule: agreement.PerUnit}}
	return c
}

// handoverStories are the papers between publication and payment, and the lines of invoices.
func handoverStories(in reader) []story {
	a := storyAgreement(agreement.Active)
	void := storyRecap(placement.Signing{})
	at := time.Date(2026, 4, 2, 3, 0, 0, 0, time.UTC)
	void.VoidedAt, void.VoidReason = &at, "Periode keliru"
	inspection := handover.Inspection{Head: storyHead("BAP/03/2026", storySigning()), Acceptances: 1, Gross: 19_980_000, AcceptanceIDs: []uuid.UUID{storyID(55)}}
	head := in.paperHead("recap", storyRecap(placement.Signing{}).Head, in.path("recaps", storyID(180).String()))
	i := storyInvoices()[0]
	wrong := linesForm(in, i, storyMatch(i))
	var bad fault.Fields
	bad.AddWith("/lines/2/quantity", "line_quantity", fault.Args{"product": "infotorial", "n": int64(2), "here": int64(1)})
	bad.AddWith("/lines/2/unit_price", "line_price", fault.Args{"product": "infotorial", "amount": int64(1_500_000), "expected": int64(1_000_000)})
	wrong.mark(in, fault.From(bad.Err()))
	failed := storyPlacement(placement.Rejected)
	failed.EndDate = day("2026-11-30")
	good := storyPlacement(placement.Published)
	good.MakeGoodFor, good.MakeGoodReason = uuid.NullUUID{UUID: storyID(51), Valid: true}, "Tidak tayang pada tanggalnya"
	gone := storyPlacement(placement.Cancelled)
	gone.MadeGoodBy = uuid.NullUUID{UUID: storyID(52), Valid: true}
	return []story{
		{Name: "recap-form", Page: recapForm(in, a)},
		{Name: "recap-unsigned", Page: recapRecord(in, storyRecap(placement.Signing{}))},
		{Name: "recap-signed", Page: recapRecord(in, storyRecap(storySigning()))},
		{Name: "recap-void", Page: recapRecord(in, void)},
		{Name: "recap-sign", Page: signForm(in, head)},
		{Name: "recap-take-back", Page: takeBackForm(in, head)},
		{Name: "acceptance-short", Page: acceptanceRecord(in, storyShort())},
		{Name: "acceptance-unsigned", Page: acceptanceRecord(in, storyAcceptance())},
		{Name: "inspection-form", Page: inspectionForm(in, a, []placement.Acceptance{storyAcceptance()}, nil)},
		{Name: "inspection-form-empty", Page: inspectionForm(in, a, nil, nil)},
		{Name: "inspection", Page: inspectionRecord(in, inspection, []placement.Acceptance{storyAcceptance()})},
		{Name: "invoice-lines", Page: wrong},
		{Name: "make-good-form", Page: makeGoodForm(in, failed)},
		{Name: "make-good", Page: placementRecord(in, placementFacts{Placement: good, Proofs: storyProofs()})},
		{Name: "make-good-of", Page: placementRecord(in, placementFacts{Placement: gone})},
	}
}
