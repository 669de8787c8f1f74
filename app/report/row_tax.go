package report

import (
	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/tax"
)

// TaxRow is one tax kept back from a settled payment. Rate is in millionths; PaidOn is the date of the SP2D.
// Deposits after the end of the report's period are not in it.
type TaxRow struct {
	ID          uuid.UUID    `db:"id"`
	Kind        string       `db:"kind"`
	Payment     string       `db:"payment"`
	PaidOn      period.Date  `db:"paid_on"`
	Payee       string       `db:"payee"`
	TaxNumber   string       `db:"tax_number"`
	TaxInvoices string       `db:"tax_invoices"`
	Base        money.Amount `db:"base"`
	Rate        int64        `db:"rate"`
	Amount      money.Amount `db:"amount"`
	LegalBasis  string       `db:"legal_basis"`
	BillingCode string       `db:"billing_code"`
	NTPN        string       `db:"ntpn"`
	DepositedOn period.Date  `db:"deposited_on"`
	BilledOn    period.Date  `db:"billed_on"`
	DueOn       period.Date  `db:"due_on"` // none: settled before due days were kept
	SlipNumber  string       `db:"slip_number"`
	ObjectCode  string       `db:"object_code"`
}

// deposited is the amount once it is deposited.
func (r TaxRow) deposited() money.Amount {
	if r.DepositedOn.IsZero() {
		return 0
	}
	return r.Amount
}

// late is how many days after its due date the tax was deposited, or is still owed today; nothing when in time.
func (r TaxRow) late(today period.Date) Cell {
	until := r.DepositedOn
	if until.IsZero() {
		until = today
	}
	if days := until.Sub(r.due()); days > 0 {
		return number(int64(days))
	}
	return None()
}

// due is the last day for the deposit; of what was settled before it was kept, by the rule of today (PMK 81/2024 art. 94).
func (r TaxRow) due() period.Date {
	if r.DueOn.IsZero() {
		const day = 15
		return tax.DueOn(r.PaidOn, day)
	}
	return r.DueOn
}

func taxColumns(today period.Date) []column[TaxRow] {
	type row = *TaxRow
	return append(taxPayee(), []column[TaxRow]{
		of("billing_code", Identifier, Words{"Kode Billing", "Billing Code"}, Words{"Kode billing penyetoran", "Billing code of the deposit"},
			"payment_tax.billing_code", func(r row) Cell { return text(r.BillingCode) }),
		of("billing_date", Day, Words{"Tgl Billing", "Billing Date"}, Words{"Tanggal kode billing dibuat", "Date of the billing code"},
			"payment_tax.billed_on", func(r row) Cell { return day(r.BilledOn) }),
		of("ntpn", Identifier, Words{"NTPN", "NTPN"}, Words{"Nomor Transaksi Penerimaan Negara", "State receipt number"},
			"payment_tax.ntpn", func(r row) Cell { return text(r.NTPN) }),
		of("deposited_on", Day, Words{"Tgl Setor", "Deposited On"}, Words{"Tanggal setor ke kas negara", "Day of the deposit"},
			"payment_tax.deposited_on", func(r row) Cell { return day(r.DepositedOn) }),
		of("deposited", Money, Words{"Disetor", "Deposited"}, Words{"Pajak yang sudah disetor", "Tax that has been deposited"},
			"payment_tax.amount", func(r row) Cell { return amount(r.deposited()) }),
		of("slip_number", Identifier, Words{"No Bukti Potong", "Withholding Slip No"}, Words{"Nomor bukti potong", "Number of the withholding slip"},
			"withholding_slip.number", func(r row) Cell { return text(r.SlipNumber) }),
		of("due_on", Day, Words{"Jatuh Tempo", "Due On"}, Words{"Batas setor menurut aturan pada tanggal SP2D", "Last day for the deposit by the rules of the SP2D's date"},
			"payment_tax.due_on", func(r row) Cell { return day(r.due()) }),
		of("days_late", Count, Words{"Terlambat (hari)", "Days Late"}, Words{"Hari lewat jatuh tempo sampai setor atau saat laporan", "Days past due until deposit or the as-of day"},
			"deposited_on - due_on", func(r row) Cell { return r.late(today) }),
	}...)
}

func taxPayee() []column[TaxRow] {
	type row = *TaxRow
	return []column[TaxRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap potongan pajak", "Stable id of the tax line"},
			"payment_tax.id", func(r row) Cell { return text(r.ID.String()) }),
		rowNumber[TaxRow](),
		of("month", YearMonth, Words{"Masa", "Tax Month"}, Words{"Masa pajak: bulan SP2D", "Tax month: month of the SP2D"},
			"payment.sp2d_date", func(r row) Cell { return month(r.PaidOn.Month()) }),
		of("kind", Term, Words{"Jenis", "Kind"}, Words{"Jenis pajak", "Kind of tax"},
			"payment_tax.kind", func(r row) Cell { return text(r.Kind) }),
		of("object_code", Identifier, Words{"Kode Objek", "Object Code"}, Words{"Kode objek pajak pada bukti potong", "Code of the tax object on the withholding slip"},
			"withholding_slip.object_code", func(r row) Cell { return text(r.ObjectCode) }),
		of("payment", Identifier, Words{"No SP2D", "SP2D No"}, Words{"Pembayaran yang dipotong", "Payment it is kept back from"},
			"payment.sp2d_number", func(r row) Cell { return text(r.Payment) }),
		of("payee", Text, Words{"Penerima", "Payee"}, Words{"Nama resmi penyedia", "Legal name of the vendor"},
			"vendor.legal_name", func(r row) Cell { return text(r.Payee) }),
		of("tax_number", Identifier, Words{"NPWP/NIK", "NPWP/NIK"}, Words{"NPWP, atau NIK bila tanpa NPWP", "NPWP, or NIK without one"},
			"vendor.npwp, vendor.nik", func(r row) Cell { return text(r.TaxNumber) }),
		of("tax_invoices", Identifier, Words{"No Faktur", "Tax Invoice No"}, Words{"Nomor faktur pajak, dipisah titik koma", "Numbers of the tax invoices, by semicolon"},
			"invoice.tax_invoice_number", func(r row) Cell { return text(r.TaxInvoices) }),
		of("base", Money, Words{"DPP", "Base"}, Words{"Dasar pengenaan pajak", "Taxable base"},
			"payment_tax.base", func(r row) Cell { return amount(r.Base) }),
		of("rate", Share, Words{"Tarif", "Rate"}, Words{"Tarif pajak", "Tax rate"},
			"payment_tax.rate", func(r row) Cell { return number(r.Rate) }),
		of("amount", Money, Words{"Pajak", "Tax"}, Words{"Pajak yang dipotong atau dipungut", "Tax withheld or collected"},
			"payment_tax.amount", func(r row) Cell { return amount(r.Amount) }),
		of("legal_basis", Text, Words{"Dasar Hukum", "Legal Basis"}, Words{"Aturan tarif", "Rule behind the rate"},
			"payment_tax.legal_basis", func(r row) Cell { return text(r.LegalBasis) }),
	}
}
