package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/report"
	"tayang/app/rule"
)

func storyInvoices() []payment.Invoice {
	one := payment.Invoice{
		ID: storyID(56), AgencyID: storyID(1), AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", Number: "INV/KC/2026/031",
		Date: day("2026-04-01"), Amount: 19_980_000, Price: 18_000_000, VAT: 1_980_000, TaxInvoiceNumber: "0400260012345678", Placements: 9, AcceptedOn: day("2026-03-31"), Status: payment.Open, Version: 1,
	}
	paid := one
	paid.ID, paid.Number, paid.File, paid.Status, paid.PaymentID = storyID(57), "INV/KC/2026/018", storyHash(), "settled", uuid.NullUUID{UUID: storyID(60), Valid: true}
	ready := one
	ready.ID, ready.Number, ready.File = storyID(58), "INV/KC/2026/044", storyHash()
	return []payment.Invoice{one, ready, paid}
}

func storyPayment(s payment.Status) payment.Payment {
	at := time.Date(2026, 4, 6, 3, 0, 0, 0, time.UTC)
	p := payment.Payment{
		ID: storyID(60), AgencyID: storyID(1), AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", FiscalYear: 2026, VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara",
		Kind: payment.LS, Status: s, SPP: payment.Paper{Number: "SPP/2.16/0412/2026", Date: day("2026-04-03")}, Price: 18_000_000, VAT: 1_980_000, Gross: 19_980_000, VATCollected: true, Net: 17_640_000,
		CreatedAt: at, CreatedBy: storyID(5), Version: 2, InvoiceIDs: []uuid.UUID{storyID(57)},
	}
	p.Taxes = []payment.Tax{
		{ID: storyID(61), Kind: "ppn", Base: 16_500_000, Rate: "0.12", Amount: 1_980_000, LegalBasis: "PMK 131/2024"},
		{ID: storyID(62), Kind: "pph23", Base: 18_000_000, Rate: "0.02", Amount: 360_000, LegalBasis: "UU PPh ps. 23"},
	}
	if s == payment.Authorised || s == payment.Settled {
		p.SPM = payment.Paper{Number: "SPM/2.16/0398/2026", Date: day("2026-04-06")}
	}
	if s == payment.Settled {
		p.SP2D = payment.Paper{Number: "SP2D/0412/2026", Date: day("2026-04-08")}
		p.Taxes[0].BillingCode, p.Taxes[0].NTPN, p.Taxes[0].DepositedOn = "820260412345678", "A1B2C3D4E5F6G7H8", day("2026-04-10")
	}
	if s == payment.Reversed {
		p.Reason, p.ReversedAt = "Salah rekening tujuan.", &at
	}
	return p
}

func storyMoves(s payment.Status) []budget.Entry {
	if s != payment.Settled {
		return nil
	}
	e := storyEntries()[3]
	e.BudgetLineID = storyID(20)
	return []budget.Entry{e}
}

func storyPayments() (out []payment.Payment) {
	for i, s := range []payment.Status{payment.Requested, payment.Authorised, payment.Settled, payment.Reversed} {
		p := storyPayment(s)
		p.ID = storyID(byte(160 + i))
		out = append(out, p)
	}
	return out
}

// storyDoubts is a payment that does not meet two rules, one of which stops it.
func storyDoubts() payment.Assessment {
	at := func(mode rule.Mode, n byte, number string) payment.Doubt {
		return payment.Doubt{
			Rule: rule.InvoiceFileMissing, Mode: mode, Place: payment.AtInvoice, PlaceID: uuid.NullUUID{UUID: storyID(n), Valid: true},
			Pointer: "/invoice_ids", Args: fault.Args{"number": number},
		}
	}
	return payment.Assessment{Doubts: []payment.Doubt{at(rule.Refuse, 150, "INV-77"), at(rule.Warn, 151, "INV-78")}}
}

func paymentStories(in reader) []story {
	n := int64(4)
	a := storyAgreement(agreement.Active)
	wrong := stepForm(in, storyPayment(payment.Requested), storyDoubts(), "authorise")
	var bad fault.Fields
	bad.AddWith("/spm/date", "before", fault.Args{"field": "spp.date", "date": day("2026-04-03")})
	wrong.mark(in, fault.From(bad.Err()))
	apart := stepForm(in, storyPayment(payment.Requested), storyDoubts(), "authorise")
	apart.mark(in, fault.New(fault.Forbidden, "segregation_of_duties"))
	settled := storyPayment(payment.Settled)
	stories := []story{
		{Name: "payments", Page: paymentList(in, listing.Query{Limit: 50}, listing.Page[payment.Payment]{Items: storyPayments(), Total: &n})},
		{Name: "payments-empty", Page: paymentList(in, listing.Query{Limit: 50}, listing.Page[payment.Payment]{})},
		{Name: "payment-request", Page: requestForm(in, a, storyInvoices()[1:2], nil)},
		{Name: "payment-request-empty", Page: requestForm(in, a, nil, nil)},
		{Name: "payment-authorise", Page: wrong},
		{Name: "payment-authorise-own", Page: apart},
		{Name: "payment-settle", Page: stepForm(in, storyPayment(payment.Authorised), payment.Assessment{}, "settle")},
		{Name: "payment-reverse", Page: stepForm(in, settled, payment.Assessment{}, "reverse")},
		{Name: "payment-deposit", Page: depositForm(in, settled, settled.Taxes[1])},
		{Name: "invoice-form", Page: invoiceForm(in, a, storyPlacements()[4:5], nil)},
		{Name: "invoice-open", Page: invoiceRecord(in, storyInvoices()[0], nil)},
		{Name: "invoice-settled", Page: invoiceRecord(in, storyInvoices()[2], nil)},
	}
	for _, s := range []payment.Status{payment.Requested, payment.Authorised, payment.Settled, payment.Reversed} {
		stories = append(stories, story{Name: "payment-" + string(s), Page: paymentRecord(in, storyPayment(s), storyDoubts(), storyMoves(s), byID(storyLines()))})
	}
	return stories
}

func reportStories(in reader) []story {
	at := time.Date(2026, 11, 23, 1, 12, 0, 0, time.UTC)
	agrees := true
	request := report.Request{Kind: report.Accountability, AgencyID: storyID(1), FiscalYear: 2026, Language: report.Indonesian}
	done := report.Run{ID: storyID(70), Request: request, Status: report.Done, Progress: 100, RowsDone: 1_843, RowsTotal: 1_843, AsOf: &at, SHA256: storyHash(), Size: 312_900, Agrees: &agrees, CreatedAt: at}
	running, failed := done, done
	running.Status, running.Progress, running.RowsDone, running.SHA256, running.Agrees = report.Running, 62, 1_142, "", nil
	failed.Status, failed.Error, failed.RowsDone = report.Failed, "internal", 0
	register := done
	register.Kind, register.FiscalYear, register.Record, register.Person = report.Trail, 0, storyID(40).String(), "ppk@contoh.go.id"
	wrong := newReports(in, []report.Run{done})
	var bad fault.Fields
	bad.AddWith("/from", "outside_fiscal_year", fault.Args{"fiscal_year": 2026})
	wrong.Form.mark(in, fault.From(bad.Err()))
	return []story{
		{Name: "reports", Page: newReports(in, []report.Run{running, done, failed, register})},
		{Name: "reports-empty", Page: newReports(in, nil)},
		{Name: "reports-wrong", Page: wrong},
	}
}
