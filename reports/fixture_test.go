package reports_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/report"
)

// office is a small year of one agency, as rows that add up.
type office struct {
	budget      []report.BudgetRow
	agreements  []report.AgreementRow
	placements  []report.PlacementRow
	influencers []report.InfluencerRow
	payments    []report.PaymentRow
	taxes       []report.TaxRow
	vendors     []report.VendorRow
	ledger      []report.LedgerRow
	overrides   []report.OverrideRow
}

func stream[R any](rows []R) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (o *office) ReportBudget(context.Context) iter.Seq2[report.BudgetRow, error] {
	return stream(o.budget)
}

func (o *office) ReportAgreements(context.Context) iter.Seq2[report.AgreementRow, error] {
	return stream(o.agreements)
}

func (o *office) ReportPlacements(context.Context) iter.Seq2[report.PlacementRow, error] {
	return stream(o.placements)
}

func (o *office) ReportInfluencers(context.Context) iter.Seq2[report.InfluencerRow, error] {
	return stream(o.influencers)
}

func (o *office) ReportPayments(context.Context) iter.Seq2[report.PaymentRow, error] {
	return stream(o.payments)
}

func (o *office) ReportTaxes(context.Context) iter.Seq2[report.TaxRow, error] {
	return stream(o.taxes)
}

func (o *office) ReportVendors(context.Context) iter.Seq2[report.VendorRow, error] {
	return stream(o.vendors)
}

func (o *office) ReportLedger(context.Context) iter.Seq2[report.LedgerRow, error] {
	return stream(o.ledger)
}

func (o *office) ReportOverrides(context.Context) iter.Seq2[report.OverrideRow, error] {
	return stream(o.overrides)
}

func id(kind, n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("01930000-0000-7000-8%03d-%012d", kind, n))
}

func date(t testing.TB, text string) period.Date {
	t.Helper()
	d, err := period.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// smallOffice has two budget lines, a media and an influencer agreement, four placements of which two are paid.
func smallOffice(t testing.TB) *office {
	yes, followers, views, many := true, int64(52_000), int64(18_400), int64(940)
	reference, excess, less := money.Amount(1_000_000), money.Amount(110_000), money.Amount(-500_000)
	dear := money.Amount(2_000_000)
	taken := time.Date(2026, 3, 11, 2, 30, 0, 0, time.UTC)
	estimate := money.Amount(3_400_000)
	one, passed, fee, said := int64(1), money.Amount(1_300_000), money.Amount(200_000), money.Amount(1_000_000)
	placement := report.PlacementRow{
		ID: id(3, 1), Agreement: "027/01/SPK/2026", Channel: "Warta Contoh", ChannelKind: "online", PressStatus: "factual",
		Product: "advertorial", Title: "Pelayanan satu pintu", OrderDate: date(t, "2026-03-01"), ScheduledOn: date(t, "2026-03-10"),
		PublishedOn: date(t, "2026-03-10"), URL: "https://warta.example/p/1", LabelPresent: &yes, Evidenced: 1, Price: 1_000_000, VAT: 110_000,
		Gross: 1_110_000, ReferencePrice: &reference, PriceDifference: &excess, PriceVerdict: "price_above", Paid: 1_110_000, Invoice: "INV/0001", Acceptance: "BAST/01", SPP: "SPP/01", SPM: "SPM/01", SP2D: "SP2D/01",
		ProofHashes: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", ProofTaken: &taken, Officer: "Sari Contoh", Status: "paid", ProofsRecorded: 1,
	}
	second := placement
	second.ID, second.Title, second.URL = id(3, 2), "Jadwal layanan", "https://warta.example/p/2"
	planned := report.PlacementRow{
		ID: id(3, 3), Agreement: "027/01/SPK/2026", Channel: "Warta Contoh", ChannelKind: "online", PressStatus: "factual",
		Product: "advertorial", Title: "Festival kota", OrderDate: date(t, "2026-03-01"), ScheduledOn: date(t, "2026-04-10"),
		Price: 1_000_000, VAT: 110_000, Gross: 1_110_000, Officer: "Sari Contoh", Status: "planned",
	}
	social := report.PlacementRow{
		ID: id(3, 4), Agreement: "027/02/SPK/2026", Channel: "@kota.contoh", ChannelKind: "social", Product: "reel",
		Title: "Jelajah pasar", OrderDate: date(t, "2026-03-05"), ScheduledOn: date(t, "2026-03-20"), PublishedOn: date(t, "2026-03-20"),
		URL: "https://instagram.example/reel/1", Evidenced: 1, Price: 1_500_000, Gross: 1_500_000, ReferencePrice: &dear, PriceDifference: &less, PriceVerdict: "price_below", Officer: "Sari Contoh", Status: "verified", ProofsRecorded: 2,
	}
	return &office{
		budget: []report.BudgetRow{
			{
				ID: id(1, 1), SubActivityCode: "2.16.02.2.01.0014", SubActivityName: "Relasi Media", AccountCode: "5.1.02.02.01.0055",
				AccountName: "Belanja Jasa Iklan/Reklame, Film, dan Pemotretan", FundSource: "PAD", Original: 450_000_000, Appropriation: 458_805_000,
				Committed: 1_110_000, Realised: 2_970_000, Month: 0, Available: 454_725_000,
			},
			{
				ID: id(1, 2), SubActivityCode: "2.16.02.2.01.0020", SubActivityName: "Diseminasi Informasi", AccountCode: "5.1.02.02.01.0055",
				AccountName: "Belanja Jasa Iklan/Reklame, Film, dan Pemotretan", FundSource: "DAU", Original: 307_600_000, Appropriation: 307_600_000,
				Committed: 1_500_000, Available: 306_100_000,
			},
		},
		agreements: []report.AgreementRow{
			{
				ID: id(2, 1), Kind: "media", RUPCode: "01234567", Title: "Kerja sama publikasi", SubActivities: "2.16.02.2.01.0014", Accounts: "5.1.02.02.01.0055",
				FundSources: "PAD", Method: "pengadaan_langsung", Form: "spk", Number: "027/01/SPK/2026", OrderDate: date(t, "2026-03-01"),
				Vendor: "PT Warta Contoh", NPWP: "0123456789012345", OwnerEstimate: &estimate, Offered: &estimate, Negotiated: 3_000_000, Value: 3_000_000, VAT: 330_000,
				Gross: 3_330_000, StartDate: date(t, "2026-03-01"), EndDate: date(t, "2026-12-31"), Addenda: "ADD/01", Acceptances: "BAST/01", AcceptedOn: date(t, "2026-03-15"),
				Paid: 2_220_000, PaidPeriod: 2_220_000, Status: "active", RUPAnnounced: date(t, "2026-01-05"), LegalBasis: "Perbup 1/2026",
				Minutes: "BAN/01", MinutesOn: date(t, "2026-02-28"), Shortfall: "per_unit",
				PriceVerdict: "price_above",
			},
			{
				ID: id(2, 2), Kind: "influencer", RUPCode: "01234568", Title: "Promosi wisata", SubActivities: "2.16.02.2.01.0020", Accounts: "5.1.02.02.01.0055",
				FundSources: "DAU", Method: "direct_purchase", Form: "kuitansi", Number: "027/02/SPK/2026", OrderDate: date(t, "2026-03-05"),
				Vendor: "Dewi Contoh", Negotiated: 1_500_000, Value: 1_500_000, Gross: 1_500_000, StartDate: date(t, "2026-03-05"),
				EndDate: date(t, "2026-06-30"), Status: "active",
				LookThroughRow: report.LookThroughRow{Agent: "Dewi Contoh", Recipients: &one, Net: &passed, Fee: &fee, Confirmed: &said},
			},
		},
		placements: []report.PlacementRow{placement, second, planned, social},
		influencers: []report.InfluencerRow{{
			PlacementRow: social, Handle: "@kota.contoh", Platform: "instagram", Followers: &followers,
			SnapshotOn: date(t, "2026-02-27"), Views: &views, Interactions: &many, Tier: "mikro", ContentType: "feed_post", LiveUntil: date(t, "2026-04-08"), Agent: "Dewi Contoh", Recipient: "Sari Contoh", RecipientNet: &passed, Confirmed: &said,
		}},
		payments: []report.PaymentRow{{
			ID: id(4, 1), SPPNumber: "SPP/01", SPPDate: date(t, "2026-03-16"), Kind: "ls", Agreement: "027/01/SPK/2026",
			Title: "Kerja sama publikasi", Invoices: "INV/0001", Payee: "PT Warta Contoh", Bank: "Bank Contoh", Account: "0011223344",
			AccountOwner: "PT Warta Contoh", NPWP: "0123456789012345", Price: 2_000_000, VAT: 220_000, Gross: 2_220_000, VATCollected: 220_000,
			Income23: 40_000, Net: 1_960_000, SPMNumber: "SPM/01", SPMDate: date(t, "2026-03-18"), SP2DNumber: "SP2D/01", SP2DDate: date(t, "2026-03-20"), Status: "settled",
			Purpose: "work", Work: 2_220_000, Papers: "14/15", Lacking: 1,
		}},
		taxes: []report.TaxRow{
			{
				ID: id(5, 1), Kind: "ppn", Payment: "SP2D/01", PaidOn: date(t, "2026-03-20"), Payee: "PT Warta Contoh", TaxNumber: "0123456789012345",
				TaxInvoices: "0100012345678901", Base: 1_833_333, Rate: 120_000, Amount: 220_000, LegalBasis: "PMK 131/2024",
				BillingCode: "012345678901234", NTPN: "0A1B2C3D4E5F6G7H", DepositedOn: date(t, "2026-04-10"),
			},
			{
				ID: id(5, 2), Kind: "pph23", Payment: "SP2D/01", PaidOn: date(t, "2026-03-20"), Payee: "PT Warta Contoh", TaxNumber: "0123456789012345",
				Base: 2_000_000, Rate: 20_000, Amount: 40_000, LegalBasis: "UU PPh 23",
			},
		},
		vendors: []report.VendorRow{
			{ID: id(6, 2), Kind: "individual", Name: "Dewi Contoh", NIK: "3500000000000001", Channels: "@kota.contoh", Agreements: 1, Gross: 1_500_000},
			{
				ID: id(6, 1), Kind: "company", Name: "PT Warta Contoh", NPWP: "0123456789012345", NIB: "0000000000001", KBLI: "63122", VATRegister: true,
				Bank: "Bank Contoh", Account: "0011223344", AccountOwner: "PT Warta Contoh", Address: "Jalan Contoh 1", Channels: "Warta Contoh",
				Agreements: 1, Gross: 3_330_000, Paid: 2_220_000,
				Press: "factual", Grades: "Warta Contoh: B", Blacklist: "027/19/SK/2025 (2025-03-03 – 2025-09-02)", Shared: "CV Lensa Contoh",
			},
		},
		ledger:    smallLedger(t),
		overrides: smallOverrides(t),
	}
}

func smallLedger(t testing.TB) []report.LedgerRow {
	type move struct {
		line           int
		kind, from, to string
		amount         money.Amount
		day, document  string
	}
	var out []report.LedgerRow
	for i, m := range []move{
		{1, "appropriate", "appropriation", "available", 450_000_000, "2026-01-02", "DPA/01"},
		{2, "appropriate", "appropriation", "available", 307_600_000, "2026-01-02", "DPA/01"},
		{1, "appropriate", "appropriation", "available", 8_805_000, "2026-02-02", "DPA/02"},
		{1, "reserve", "available", "reserved", 3_330_000, "2026-03-01", "027/01/SPK/2026"},
		{1, "commit", "reserved", "committed", 3_330_000, "2026-03-02", "027/01/SPK/2026"},
		{2, "reserve", "available", "reserved", 1_500_000, "2026-03-05", "027/02/SPK/2026"},
		{2, "commit", "reserved", "committed", 1_500_000, "2026-03-06", "027/02/SPK/2026"},
		{1, "commit", "available", "committed", 750_000, "2026-03-05", "KW/01"},
		{1, "realise", "committed", "realised", 750_000, "2026-03-05", "KW/01"},
		{1, "realise", "committed", "realised", 2_220_000, "2026-03-20", "SP2D/01"},
	} {
		code := map[int]string{1: "2.16.02.2.01.0014", 2: "2.16.02.2.01.0020"}[m.line]
		out = append(out, report.LedgerRow{
			Seq: int64(i + 1), RecordedAt: time.Date(2026, 3, 20, 3, 0, i, 0, time.UTC), EffectiveOn: date(t, m.day),
			Kind: m.kind, SubActivityCode: code, AccountCode: "5.1.02.02.01.0055", FundSource: "PAD", From: m.from, To: m.to, Amount: m.amount,
			DocumentType: "agreement", DocumentNumber: m.document, DocumentID: id(7, i), LineID: id(1, m.line), Actor: "Sari Contoh",
		})
	}
	return out
}

// smallOverrides are one of each category: what passed, what let nothing pass, and what came past the program.
func smallOverrides(t testing.TB) []report.OverrideRow {
	at := time.Date(2026, 3, 4, 2, 15, 0, 0, time.UTC)
	later := at.Add(26 * time.Hour)
	amount := func(a money.Amount) *money.Amount { return &a }
	one := func(n int, category, reason, status string, s override.Subject) report.OverrideRow {
		r := report.OverrideRow{
			ID: id(8, n).String(), OverrideID: id(8, n).String(), Category: category, Reason: reason, Status: status, Subject: s,
			AskedBy: "Sari Contoh", AskedAt: at.Add(time.Duration(n) * time.Hour),
		}
		if status != "requested" {
			r.DecidedBy, r.DecidedAt = "Kapa Contoh", &later
		}
		return r
	}
	warn := one(1, "check_mode", "DPPA menyusul", "approved", override.Subject{Check: override.Budget, DocumentType: override.Agreement, Mode: override.Warn})
	warn.ID, warn.DocumentType, warn.DocumentNumber, warn.Amount, warn.UsedAt, warn.UsedBy = id(9, 1).String(), "agreement", "027/02/SPK/2026", amount(1_500_000), &later, "Sari Contoh"
	tolerance := one(2, "tolerance", "Pembulatan", "expired", override.Subject{DocumentType: override.Invoice, Amount: 500})
	tolerance.ValidUntil = date(t, "2026-03-31")
	reopen := one(3, "period_reopen", "SP2D terlambat", "refused", override.Subject{Month: "2026-02"})
	reopen.Remark = "Pakai bulan berjalan"
	back := one(4, "back_date", "Berkas menyusul", "requested", override.Subject{Month: "2026-02", DocumentNumber: "SP2D/09"})
	acting := one(5, "acting", "Cuti tahunan", "revoked", override.Subject{
		Email: "ppk@contoh.go.id", ForEmail: "head@contoh.go.id", Role: access.Head, AgencyCode: "DISKOMINFO", DecreeNumber: "800/12/2026",
	})
	spent := one(6, "without_agreement", "Banjir", "approved", override.Subject{
		VendorID: id(6, 1), BudgetLineID: id(1, 1), Amount: 750_000, Date: date(t, "2026-03-05"), Number: "KW/01", Description: "Iklan darurat",
	})
	spent.Vendor, spent.Line, spent.ID, spent.DocumentType, spent.DocumentNumber = "PT Warta Contoh", "2.16.02.2.01.0014 / 5.1.02.02.01.0055", id(9, 6).String(), "spending", "KW/01"
	spent.Amount, spent.UsedAt, spent.UsedBy = amount(750_000), &later, "Kapa Contoh"
	role := report.OverrideRow{
		ID: "audit 12", Category: "role_change", Reason: "command line", AskedAt: at, DocumentType: "user_role", DocumentNumber: id(9, 7).String(),
		Subject: override.Subject{Email: "auditor@contoh.go.id", Role: access.Auditor, Action: override.Give},
	}
	outside := report.OverrideRow{
		ID: "audit 99", Category: "outside", AskedBy: "tayang_owner", AskedAt: later, Changed: "agreement", Rows: 1, Op: "update", Program: "psql",
		DocumentType: "agreement", DocumentNumber: id(2, 1).String(),
	}
	return []report.OverrideRow{role, warn, tolerance, reopen, back, acting, spent, outside}
}

// figures are what the database would say of the small office.
func smallFigures() report.Figures {
	return report.Figures{
		{Group: "account", Key: "appropriation", Amount: 766_405_000},
		{Group: "account", Key: "committed", Amount: 2_610_000},
		{Group: "account", Key: "realised", Amount: 2_970_000},
		{Group: "account", Key: "available", Amount: 760_825_000},
		{Group: "lines", Rows: 2},
		{Group: "agreement", Key: "active", Rows: 2, Amount: 4_830_000},
		{Group: "value", Amount: 4_500_000},
		{Group: "vat", Amount: 330_000},
		{Group: "offered", Amount: 3_400_000},
		{Group: "negotiated", Amount: 4_500_000},
		{Group: "paid", Amount: 2_220_000},
		{Group: "placement", Key: "paid", Rows: 2, Amount: 2_220_000},
		{Group: "placement", Key: "planned", Rows: 1, Amount: 1_110_000},
		{Group: "placement", Key: "verified", Rows: 1, Amount: 1_500_000},
		{Group: "proof", Rows: 4},
		{Group: "influencer", Rows: 1, Amount: 1_500_000},
		{Group: "payment", Key: "settled", Rows: 1, Amount: 2_220_000},
		{Group: "net", Amount: 1_960_000},
		{Group: "tax", Key: "ppn", Rows: 1, Amount: 220_000},
		{Group: "tax", Key: "pph23", Rows: 1, Amount: 40_000},
		{Group: "tax_deposit", Key: "ppn", Rows: 1, Amount: 220_000},
		{Group: "vendor", Rows: 2},
		{Group: "ledger", Key: "appropriate", Rows: 3, Amount: 766_405_000},
		{Group: "ledger", Key: "reserve", Rows: 2, Amount: 4_830_000},
		{Group: "ledger", Key: "commit", Rows: 3, Amount: 5_580_000},
		{Group: "ledger", Key: "realise", Rows: 2, Amount: 2_970_000},
		{Group: "override", Key: "check_mode", Rows: 1, Amount: 1_500_000},
		{Group: "override", Key: "tolerance", Rows: 1},
		{Group: "override", Key: "period_reopen", Rows: 1},
		{Group: "override", Key: "back_date", Rows: 1},
		{Group: "override", Key: "acting", Rows: 1},
		{Group: "override", Key: "without_agreement", Rows: 1, Amount: 750_000},
		{Group: "override", Key: "role_change", Rows: 1},
		{Group: "override", Key: "outside", Rows: 1},
		{Group: "spending", Amount: 750_000},
	}
}

func heading(language report.Language, currency money.Currency) report.Heading {
	return report.Heading{
		Request:    report.Request{Kind: report.Accountability, AgencyID: id(0, 1), FiscalYear: 2026, Language: language},
		Government: "Kabupaten Contoh", AgencyCode: "DISKOMINFO", AgencyName: "Dinas Komunikasi dan Informatika", Currency: currency,
		Place: time.FixedZone("WIB", 7*60*60), AsOf: time.Date(2026, 11, 24, 3, 4, 5, 0, time.UTC), LedgerSeq: 10,
	}
}

// document composes the small office's document.
func document(t testing.TB, h report.Heading, o *office, f report.Figures) *report.Document {
	t.Helper()
	doc := report.Compose(t.Context(), report.Snapshot{Heading: h, Figures: slices.Clone(f), Rows: o}, nil)
	doc.MadeFor, doc.Program = "Budi Contoh <auditor@contoh.go.id>", "1.0.0"
	return doc
}
