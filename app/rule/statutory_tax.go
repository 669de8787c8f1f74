package rule

import "tayang/app/period"

// The rules about the vendor's own papers and taxes that a payment is held against before it is ordered (SPM).
const (
	ReceiptMissing      Code = "receipt_missing"       // an invoice without the vendor's receipt (kuitansi)
	ReceiptDiffers      Code = "receipt_differs"       // a receipt over another amount than is paid
	MeteraiMissing      Code = "meterai_missing"       // a receipt above MeteraiAbove without e-meterai
	TaxInvoiceMissing   Code = "tax_invoice_missing"   // VAT was charged, and there is no tax invoice
	TaxInvoiceMalformed Code = "tax_invoice_malformed" // its number has not the form of one
	TaxInvoiceCode      Code = "tax_invoice_code"      // its transaction code is unusual for who pays the VAT in
	TaxInvoiceDiffers   Code = "tax_invoice_differs"   // its amounts or seller are not ours
	TaxInvoiceReused    Code = "tax_invoice_reused"    // another invoice has its number
	NotTheVendors       Code = "not_the_vendors"       // a paper that the program itself issued
	InvoiceTwin         Code = "invoice_twin"          // the same number and amount, or the same file, on another invoice
	InvoiceLooksAlike   Code = "invoice_looks_alike"   // nearly the same number, or the same day and amount
)

// The rule about deposits, asked when one is entered, and the figures of taxes and papers.
const (
	NTPNReused          Code = "ntpn_reused"           // an NTPN that is on another billing code or day already
	MeteraiAbove        Code = "meterai_above"         // receipts above it need e-meterai
	TaxInvoiceTolerance Code = "tax_invoice_tolerance" // by how much a tax invoice may differ
	DepositDuePPN       Code = "deposit_due_ppn"       // day of the next month by which VAT is deposited
	DepositDuePPh       Code = "deposit_due_pph"       // the same, of income tax
	DepositDueSoon      Code = "deposit_due_soon"      // days before it at which a deposit is reminded of
)

func taxRules() []Known {
	const deposit = "PMK 81/2024 pasal 94"
	return []Known{
		{Code: ReceiptMissing, Mode: Refuse, Of: OfPayment},
		{Code: ReceiptDiffers, Mode: Refuse, Of: OfPayment},
		{Code: MeteraiMissing, Mode: Refuse, Of: OfPayment, Basis: "UU 10/2020 pasal 3 ayat (2) huruf g", National: true},
		{Code: TaxInvoiceMissing, Mode: Refuse, Of: OfPayment, Basis: "UU PPN pasal 13", National: true},
		{Code: TaxInvoiceMalformed, Mode: Warn, Of: OfPayment, Basis: "PER-11/PJ/2025 pasal 37", National: true},
		{Code: TaxInvoiceCode, Mode: Warn, Of: OfPayment, Basis: "PER-11/PJ/2025 lampiran huruf D", National: true},
		{Code: TaxInvoiceDiffers, Mode: Refuse, Of: OfPayment, National: true},
		{Code: TaxInvoiceReused, Mode: Refuse, Of: OfPayment, National: true},
		{Code: NotTheVendors, Mode: Refuse, Of: OfPayment},
		{Code: InvoiceTwin, Mode: Refuse, Of: OfPayment},
		{Code: InvoiceLooksAlike, Mode: Warn, Of: OfPayment},
		{Code: NTPNReused, Mode: Refuse, Of: OfPayment, National: true},
		{Code: MeteraiAbove, Unit: Rupiah, Figure: 5_000_000, Basis: "UU 10/2020 pasal 3 ayat (2) huruf g", National: true},
		{Code: TaxInvoiceTolerance, Unit: Rupiah, Figure: 1, National: true},
		{Code: DepositDuePPN, Unit: Count, Figure: 15, Basis: deposit, National: true},
		{
			Code: DepositDuePPh, Unit: Count, Figure: 15, Basis: deposit, National: true,
			Past: []Past{{Until: period.MustDate("2024-12-31"), Figure: 10, Basis: "PMK 242/PMK.03/2014 pasal 2"}},
		},
		{Code: DepositDueSoon, Unit: Days, Figure: 7},
	}
}
