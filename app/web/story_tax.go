package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/passport"
	"tayang/app/payment"
	"tayang/app/tax"
)

func storyWhy() []tax.Reason {
	return []tax.Reason{
		{Code: tax.PPNCollected, Tax: tax.PPN, Args: fault.Args{"price": money.Amount(18_000_000), "deal": money.Amount(18_000_000), "limit": money.Amount(2_000_000), "vat": money.Amount(1_980_000)}},
		{Code: tax.PPNBase, Tax: tax.PPN, Args: fault.Args{"num": int64(11), "den": int64(12), "rate": "0.12", "base": money.Amount(16_500_000), "vat": money.Amount(1_980_000)}},
		{Code: tax.IsPPh23, Tax: tax.PPh23, Args: fault.Args{"rate": "0.02", "base": money.Amount(18_000_000), "amount": money.Amount(360_000), "price": money.Amount(18_000_000)}},
		{Code: tax.NotFinalExpired, Tax: tax.PPhFinal, Args: fault.Args{"date": day("2025-12-31"), "day": day("2026-04-03")}},
		{Code: tax.RoundedHalfUp},
	}
}

func storyVendorPapers() []payment.InvoicePaper {
	at := time.Date(2026, 4, 2, 3, 0, 0, 0, time.UTC)
	one := payment.InvoicePaper{
		ID: storyID(80), InvoiceID: storyID(56), Author: "staff@contoh.go.id", CreatedAt: at, Version: 1,
		InvoicePaperForm: payment.InvoicePaperForm{Kind: payment.ReceiptPaper, Number: "KW/031", Date: day("2026-04-01"), Amount: 19_980_000, Covers: payment.CoversGross, File: storyHash(), Origin: payment.VendorFile, MeteraiNumber: "P0D4XWZ8E3027WC4000004"},
		Passport:         passport.Passport{Software: "Writer LibreOffice 24.2", Author: "Sari Contoh"}, OfficeName: "Sari Contoh",
	}
	faktur := one
	faktur.ID, faktur.OfficeName, faktur.Passport = storyID(81), "", passport.Passport{Software: "Coretax DJP"}
	faktur.InvoicePaperForm = payment.InvoicePaperForm{Kind: payment.TaxInvoice, Number: "02002600000012345", Date: day("2026-04-01"), Base: 16_500_000, VAT: 1_980_000, File: storyHash(), Origin: payment.VendorFile}
	gone := one
	gone.ID, gone.VoidedAt, gone.VoidReason, gone.OfficeName = storyID(82), &at, "Bukan kuitansi tagihan ini.", ""
	return []payment.InvoicePaper{one, faktur, gone}
}

func storyTwins() []payment.Twin {
	return []payment.Twin{
		{How: payment.SameNumber, ID: uuid.NullUUID{UUID: storyID(57), Valid: true}, AgencyCode: "2.16", AgencyName: "Dinas Komunikasi dan Informatika", Number: "INV/KC/2026/31", Date: day("2026-03-01"), Amount: 19_980_000, VendorName: "PT Kabar Contoh Nusantara"},
		{How: payment.NearNumber, AgencyCode: "4.02", AgencyName: "Sekretariat DPRD", Number: "INV/KC/2O26/031"},
	}
}

func storyOwed() []payment.Owed {
	one := payment.Owed{
		ID: storyID(62), PaymentID: storyID(60), Payment: "SP2D/0412/2026", PaidOn: day("2026-04-08"), FiscalYear: 2026, VendorName: "PT Kabar Contoh Nusantara",
		Kind: tax.PPh23, Base: 18_000_000, Rate: "0.02", Amount: 360_000, DueOn: day("2026-05-15"), DaysLate: 192,
	}
	paid := one
	paid.ID, paid.Kind, paid.Amount, paid.Deposited, paid.NTPN, paid.DepositedOn, paid.DaysLate = storyID(61), tax.PPN, 1_980_000, true, "A1B2C3D4E5F6G7H8", day("2026-04-10"), 0
	soon := one
	soon.ID, soon.DueOn, soon.DaysLate = storyID(63), day("2026-12-15"), 0
	return []payment.Owed{one, paid, soon}
}

func storySlips() []payment.WithholdingSlip {
	at := time.Date(2026, 5, 12, 3, 0, 0, 0, time.UTC)
	one := payment.WithholdingSlip{
		ID: storyID(85), PaymentID: storyID(60), Kind: tax.PPh23, Base: 18_000_000, Amount: 360_000, Payment: "SP2D/0412/2026", VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", Version: 1,
		WithholdingSlipForm: payment.WithholdingSlipForm{TaxID: storyID(62), Number: "2600A1B2C", Date: day("2026-05-10"), ObjectCode: "24-104-34"},
	}
	given, gone := one, one
	given.ID, given.HandedOn, given.File = storyID(86), day("2026-05-12"), storyHash()
	gone.ID, gone.VoidedAt, gone.VoidReason = storyID(87), &at, "Salah masa."
	return []payment.WithholdingSlip{one, given, gone}
}

func taxStories(in reader) []story {
	n := int64(3)
	q := listing.Query{Limit: 50}
	open := storyInvoices()[0]
	settled := storyPayment(payment.Settled)
	settled.Explained = storyWhy()
	settled.Taxes[1].DueOn, settled.Taxes[0].DueOn, settled.Taxes[1].SlipNumber = day("2026-05-15"), day("2026-05-15"), "2600A1B2C"
	settled.Taxes[0].ReversedSlips = []payment.ReversedDeposit{{NTPN: "A1B2C3D4E5F6G7H9", DepositedOn: day("2026-04-10"), Reason: "NTPN salah ketik.", ReversedAt: time.Date(2026, 4, 11, 3, 0, 0, 0, time.UTC)}}
	requested := storyPayment(payment.Requested)
	requested.Explained = storyWhy()
	slips := storySlips()
	stories := []story{
		{Name: "invoice-papers", Page: withPapers(in, invoiceRecord(in, open, nil, storyMatch(open)), open, storyVendorPapers(), storyTwins())},
		{Name: "vendor-paper-form", Page: vendorPaperForm(in, open)},
		{Name: "vendor-paper-void", Page: vendorPaperVoid(in, open, storyVendorPapers()[0])},
		{Name: "payment-explained", Page: paymentRecord(in, settled, payment.Assessment{}, nil, nil)},
		{Name: "payment-preview", Page: in.previewed(requestForm(in, storyAgreement("active"), storyInvoices()[1:2], nil), requested)},
		{Name: "taxes", Page: taxList(in, q, listing.Page[payment.Owed]{Items: storyOwed(), Total: &n})},
		{Name: "taxes-empty", Page: taxList(in, q, listing.Page[payment.Owed]{})},
		{Name: "deposit-reverse", Page: reverseDepositForm(in, settled, settled.Taxes[0])},
		{Name: "slips", Page: slipList(in, q, listing.Page[payment.WithholdingSlip]{Items: slips, Total: &n})},
		{Name: "slips-empty", Page: slipList(in, q, listing.Page[payment.WithholdingSlip]{})},
		{Name: "slip", Page: slipRecord(in, slips[0])},
		{Name: "slip-void", Page: slipRecord(in, slips[2])},
		{Name: "slip-form", Page: slipForm(in, settled, settled.Taxes[1], nil)},
		{Name: "slip-give", Page: slipDeedForm(in, slips[0], "give")},
		{Name: "slip-voiding", Page: slipDeedForm(in, slips[0], "void")},
	}
	return append(stories, objectStories(in)...)
}
