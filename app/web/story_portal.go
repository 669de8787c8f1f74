package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/app/portal"
)

// storyMark stands for the mark on a vendor's forms.
const storyMark = "0b7a5d3c"

func storyLinks() []portal.Link {
	made, used := time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC), time.Date(2026, 11, 20, 7, 12, 0, 0, time.UTC)
	live := portal.Link{
		ID: storyID(200), AgencyID: storyID(1), VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", Purpose: "Bukti dan tagihan triwulan IV", Email: "redaksi@kabarcontoh.id",
		ExpiresAt: made.Add(30 * 24 * time.Hour), Status: portal.Live, Uses: 3, LastUsedAt: &used, LastSource: "198.51.100.7", Sent: 2, CreatedAt: made, CreatedBy: storyID(4), Version: 1,
	}
	one := live
	one.ID, one.AgreementID, one.AgreementNumber, one.Purpose, one.Email = storyID(201), uuid.NullUUID{UUID: storyID(40), Valid: true}, "027/014/SPK/2026", "Bukti advertorial", ""
	one.Status, one.RevokedAt, one.RevokeReason, one.Uses, one.LastUsedAt, one.LastSource, one.Sent = portal.Revoked, &used, "Terkirim ke alamat yang salah", 0, nil, "", 0
	return []portal.Link{live, one}
}

func storySent(kind portal.Kind, status portal.Status) portal.Submission {
	s := portal.Submission{
		ID: storyID(210), AgencyID: storyID(1), LinkID: storyID(200), VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026",
		Kind: kind, Status: status, SHA256: storyHash(), Size: 184_320, MediaType: "application/pdf", Filename: "tagihan-november.pdf", CreatedAt: time.Date(2026, 11, 24, 3, 15, 0, 0, time.UTC), Version: 1,
	}
	if kind == portal.Invoice {
		s.Number, s.Date, s.Amount, s.TaxInvoiceNumber, s.PlacementIDs = "INV/KC/2026/071", day("2026-11-23"), 4_440_000, "0400260012345678", placement.People{storyID(50), storyID(51)}
	} else {
		s.ID, s.PlacementID, s.PlacementTitle, s.Filename = storyID(211), uuid.NullUUID{UUID: storyID(50), Valid: true}, "Bupati resmikan pusat layanan", "layar.png"
		s.URL, s.PublishedOn = "https://kabarcontoh.id/2026/11/02/pusat-layanan", day("2026-11-02")
	}
	if status == portal.Returned {
		s.Remark = "Nomor faktur pajak tidak sesuai."
	}
	return s
}

func storyVisitor(in reader) portal.Visitor {
	return portal.Visitor{
		Vendor: access.Vendor{Government: storyID(3), Link: storyID(200), Visit: storyID(220), Vendor: storyID(30), Agency: storyID(1)}, AgencyOf: in.Agency,
		VendorName: "PT Kabar Contoh Nusantara", VATRegistered: true, Purpose: "Bukti dan tagihan triwulan IV",
		LinkEnds: time.Date(2026, 12, 2, 2, 0, 0, 0, time.UTC), Ends: time.Date(2026, 11, 23, 6, 30, 0, 0, time.UTC),
	}
}

func storyAffair() portal.Affair {
	item := func(n byte, status placement.Status, proofs int64, open bool) portal.Item {
		return portal.Item{
			ID: storyID(n), AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", Title: "Bupati resmikan pusat layanan", Product: "Advertorial", Channel: "Kabar Contoh", ChannelKind: placement.Online,
			ScheduledOn: day("2026-11-02"), Status: status, Gross: 2_220_000, Proofs: proofs, Open: open,
		}
	}
	rejected := item(52, placement.Rejected, 1, true)
	rejected.Title, rejected.Remark, rejected.PublishedOn = "Festival budaya", "Tangkapan layar tidak memperlihatkan tanggal.", day("2026-11-05")
	paid := item(53, placement.Paid, 2, false)
	paid.Title, paid.PublishedOn = "Pasar murah digelar", day("2026-03-04")
	return portal.Affair{
		Order: portal.Order{
			ID: storyID(40), Number: "027/014/SPK/2026", Title: "Publikasi kegiatan pemerintah daerah", StartDate: day("2026-02-02"), EndDate: day("2026-11-30"), Status: "active",
			Gross: 39_960_000, Paid: 19_980_000, Placed: 18, Owing: 2, ToBill: 2,
		},
		Items: []portal.Item{rejected, item(50, placement.Planned, 0, true), paid}, More: true,
		Handovers: []portal.Handover{{Number: "027/BAST/014/2026", Date: day("2026-03-31"), Placements: 9, Gross: 19_980_000}},
		Claims:    []portal.Claim{{Number: "INV/KC/2026/031", Date: day("2026-04-01"), Amount: 19_980_000, Placements: 9, Status: "open"}},
		Payouts: []portal.Payout{{
			ID: storyID(60), Status: "settled", SPPDate: day("2026-04-03"), SPMDate: day("2026-04-06"), SP2DDate: day("2026-04-08"), Gross: 19_980_000, Net: 17_640_000,
			Taxes: []portal.Withheld{{Kind: "ppn", Base: 16_500_000, Rate: "0.12", Amount: 1_980_000, DepositedOn: day("2026-04-10")}, {Kind: "pph23", Base: 18_000_000, Rate: "0.02", Amount: 360_000}},
		}},
		Sent: []portal.Submission{storySent(portal.Invoice, portal.Waiting), storySent(portal.Proof, portal.Returned)},
	}
}

func portalStories(in reader) []story {
	n := int64(2)
	links, a := storyLinks(), storyAffair()
	waiting, proof := storySent(portal.Invoice, portal.Waiting), storySent(portal.Proof, portal.Waiting)
	f := portal.LinkForm{VendorID: storyID(30), AgreementID: uuid.NullUUID{UUID: storyID(40), Valid: true}}
	made := links[0]
	made.Uses, made.LastUsedAt, made.LastSource, made.Sent = 0, nil, "", 0
	record := agreementRecord(in, agreementFacts{Agreement: storyAgreement(agreement.Active)})
	record.Parts = []part{in.linksPart(links, storyID(30), f.AgreementID)}
	all := []story{
		{Name: "vendor-links", Page: linkList(in, listing.Query{Limit: 50}, listing.Page[portal.Link]{Items: links, Total: &n})},
		{Name: "vendor-links-empty", Page: linkList(in, listing.Query{Limit: 50}, listing.Page[portal.Link]{})},
		{Name: "vendor-links-of-agreement", Page: record},
		{Name: "vendor-link-form", Page: linkForm(in, "PT Kabar Contoh Nusantara", f, "027/014/SPK/2026")},
		{Name: "vendor-link-made", Page: linkRecord(in, made, nil, "https://tayang.contoh.go.id/v/AZNaLhAAcACAAAAAAAAAAwGTWi4QAHAAgAAAAAAAAMh0ZXJwZW5kZWsta2FyZW5hLWNvbnRvaC1zYWphLWluaQ")},
		{Name: "vendor-link", Page: linkRecord(in, links[0], []portal.Submission{waiting, proof}, "")},
		{Name: "vendor-link-revoked", Page: linkRecord(in, links[1], nil, "")},
		{Name: "vendor-link-revoke", Page: revokeForm(in, links[0])},
		{Name: "vendor-submissions", Page: submissionList(in, listing.Query{Limit: 50}, listing.Page[portal.Submission]{Items: []portal.Submission{waiting, proof}, Total: &n})},
		{Name: "vendor-submission-invoice", Page: submissionRecord(in, waiting)},
		{Name: "vendor-submission-proof", Page: submissionRecord(in, proof)},
		{Name: "vendor-submission-returned", Page: submissionRecord(in, storySent(portal.Invoice, portal.Returned))},
	}
	return append(all, doorStories(in, a)...)
}

func doorStories(in reader, a portal.Affair) []story {
	v, once := storyVisitor(in), storyID(230)
	wrong := doorInvoiceForm(in, a.Order, a.Items[1:2], nil, once, storyMark)
	var bad fault.Fields
	bad.AddWith("/amount", "amount_mismatch", fault.Args{"amount": int64(2_000_000), "expected": int64(2_220_000)})
	wrong.mark(in, fault.From(bad.Err()))
	overview := portal.Overview{Orders: []portal.Order{a.Order}, Sent: a.Sent}
	all := []story{
		{Name: "door-entry", Page: doorEntry(in, "AZNaLhAAcACA"), Out: true},
		{Name: "door-gone", Page: doorGone(in, "vendor_link_gone"), Out: true},
		{Name: "door", Page: doorHomePage(in, v, overview)},
		{Name: "door-empty", Page: doorHomePage(in, v, portal.Overview{})},
		{Name: "door-agreement", Page: doorAffairPage(in, v, a)},
		{Name: "door-placement", Page: doorItemPage(in, a.Items[0], once, storyMark)},
		{Name: "door-placement-closed", Page: doorItemPage(in, a.Items[2], once, storyMark)},
		{Name: "door-invoice", Page: wrong},
		{Name: "door-invoice-nothing", Page: doorInvoiceForm(in, a.Order, nil, nil, once, storyMark)},
		{Name: "door-receipt-invoice", Page: doorReceiptPage(in, v, a.Sent[0])},
		{Name: "door-receipt-returned", Page: doorReceiptPage(in, v, a.Sent[1])},
	}
	for i := range all {
		all[i].Door = true
	}
	return all
}
