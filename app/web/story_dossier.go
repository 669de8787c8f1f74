package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/completeness"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/paper"
)

// storySubject is a payment of nine placements, with VAT, that was not ordered yet.
func storySubject() completeness.Subject {
	return completeness.Subject{
		Document: completeness.Payment, ID: storyID(60), AgencyID: storyID(1), AgreementID: storyID(40), VendorID: storyID(30), Number: "SPP/2.16/0412/2026",
		Title: "Kerja sama publikasi media daring", VendorName: "PT Kabar Contoh Nusantara", Status: "requested", Kind: "media", Method: "pengadaan_langsung", Form: "spk",
		PaymentKind: "ls", Channels: "online", VendorKind: "company", VAT: true, Amount: 19_980_000, OrderDate: day("2026-02-02"), Day: day("2026-04-03"),
		Counts: completeness.Counts{Placements: 9, Invoices: 1, Items: 1, Outlets: 1, Taxes: 2, Withheld: 1},
	}
}

// storyFile is a file in which some papers are, and some are missing.
func storyFile(s completeness.Subject) completeness.Checklist {
	at := time.Date(2026, 4, 2, 3, 0, 0, 0, time.UTC)
	var found []completeness.Found
	put := func(code paper.Code, number string, source completeness.Source) {
		f := completeness.Found{
			Code: code, Number: number, Date: day("2026-04-01"), Source: source, File: storyHash(), Size: 218_400, Media: "application/pdf", Origin: "vendor", At: &at,
			PaperID: uuid.NullUUID{UUID: storyID(170), Valid: source != completeness.Record},
		}
		found = append(found, f)
	}
	for i := range 7 {
		put(paper.Proof, "Sosialisasi program kesehatan "+string(rune('1'+i)), completeness.Record)
		found[len(found)-1].About = uuid.NullUUID{UUID: storyID(byte(80 + i)), Valid: true}
	}
	put(paper.Invoice, "INV/KC/2026/018", completeness.Record)
	put(paper.Receipt, "KW/018/2026", completeness.OfPayment)
	put(paper.SPP, s.Number, completeness.Record)
	put(paper.Other, "", completeness.OfPayment)
	found[len(found)-1].Name = "Surat pengantar"
	return completeness.Check(s, nil, found)
}

func dossierStories(in reader) []story {
	c, settled := storyFile(storySubject()), storySubject()
	settled.Status, settled.SettledOn = "settled", day("2026-04-08")
	late := storyFile(settled)
	of := completeness.Subject{
		Document: completeness.Agreement, ID: storyID(40), AgreementID: storyID(40), VendorID: storyID(30), Number: "027/014/SPK/2026", VendorName: "PT Kabar Contoh Nusantara",
		Title: "Kerja sama publikasi media daring", Status: "active", Kind: "media", Method: "pengadaan_langsung", Form: "spk", PaymentKind: "ls", Channels: "online",
		VendorKind: "company", OrderDate: day("2026-02-02"), Day: day("2026-02-02"), Amount: 19_980_000, Counts: completeness.Counts{Placements: 9, Invoices: 1, Items: 1, Outlets: 1},
	}
	p := completeness.Paper{ID: storyID(170), PaymentID: storyID(60), PaperForm: completeness.PaperForm{Code: paper.Receipt, Number: "KW/018/2026", Date: day("2026-04-01")}, File: storyHash(), Version: 1}
	wrong := paymentPaperForm(in, c, "bap")
	var bad fault.Fields
	bad.Add("/file", "required")
	wrong.mark(in, fault.From(bad.Err()))
	record := func(c completeness.Checklist) recordPage {
		return recordPage{heading: heading{Title: c.Number}, Parts: []part{in.spjPart(c)}}
	}
	owed := append(late.Owes(day("2026-06-01"), false), storyFile(of).Owes(day("2026-06-01"), false)...)
	return []story{
		{Name: "file-of-payment", Page: record(c)},
		{Name: "file-of-settled", Page: record(late)},
		{Name: "file-of-agreement", Page: record(storyFile(of))},
		{Name: "file-index", Page: newDossierPage(in, c, false)},
		{Name: "file-index-f4", Page: newDossierPage(in, late, true)},
		{Name: "file-index-agreement", Page: newDossierPage(in, storyFile(of), false)},
		{Name: "missing-papers", Page: missingList(in, listing.Query{Limit: 50}, listing.Page[completeness.Owed]{Items: owed})},
		{Name: "missing-papers-none", Page: missingList(in, listing.Query{Limit: 50}, listing.Page[completeness.Owed]{})},
		{Name: "payment-paper-form", Page: wrong},
		{Name: "payment-paper-void", Page: paymentPaperVoid(in, c, p)},
	}
}
