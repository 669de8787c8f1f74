package report

import (
	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
)

// PaymentRow is one payment with the taxes kept back from it. Status is that at the end of the report's period: a
// payment that was reversed later still counts as settled.
type PaymentRow struct {
	ID           uuid.UUID    `db:"id"`
	SPPNumber    string       `db:"spp_number"`
	SPPDate      period.Date  `db:"spp_date"`
	Kind         string       `db:"kind"`
	Agreement    string       `db:"agreement"`
	Title        string       `db:"title"`
	Invoices     string       `db:"invoices"`
	Payee        string       `db:"payee"`
	Bank         string       `db:"bank"`
	Account      string       `db:"account"`
	AccountOwner string       `db:"account_owner"`
	NPWP         string       `db:"npwp"`
	Price        money.Amount `db:"price"`
	VAT          money.Amount `db:"vat"`
	Gross        money.Amount `db:"gross"`
	VATCollected money.Amount `db:"vat_collected"`
	Income21     money.Amount `db:"income_21"`
	Income23     money.Amount `db:"income_23"`
	Income4      money.Amount `db:"income_4_2"`
	IncomeFinal  money.Amount `db:"income_final"`
	Penalty      money.Amount `db:"penalty"`
	Net          money.Amount `db:"net"`
	Refunded     money.Amount `db:"refunded"`
	Purpose      string       `db:"purpose"`
	Work         money.Amount `db:"work"`
	Recouped     money.Amount `db:"recouped"`
	Retained     money.Amount `db:"retained"`
	Papers       string       `db:"papers"`
	Lacking      int64        `db:"lacking"`
	SPMNumber    string       `db:"spm_number"`
	SPMDate      period.Date  `db:"spm_date"`
	SP2DNumber   string       `db:"sp2d_number"`
	SP2DDate     period.Date  `db:"sp2d_date"`
	STSNumber    string       `db:"sts_number"`
	STSDate      period.Date  `db:"sts_date"`
	Status       string       `db:"status"`
	Document     string       `db:"budget_version"`
}

func paymentColumns() []column[PaymentRow] {
	return append(append(append(paymentRequest(), paymentMoney()...), paymentOrders()...), paymentTerms()...)
}

func paymentRequest() []column[PaymentRow] {
	type row = *PaymentRow
	return []column[PaymentRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap pembayaran", "Stable id of the payment"},
			"payment.id", func(r row) Cell { return text(r.ID.String()) }),
		rowNumber[PaymentRow](),
		of("spp_number", Identifier, Words{"No SPP", "SPP No"}, Words{"Nomor surat permintaan pembayaran", "Number of the payment request"},
			"payment.spp_number", func(r row) Cell { return text(r.SPPNumber) }),
		of("spp_date", Day, Words{"Tgl SPP", "SPP Date"}, Words{"Tanggal SPP", "Date of the payment request"},
			"payment.spp_date", func(r row) Cell { return day(r.SPPDate) }),
		of("kind", Term, Words{"Jenis", "Kind"}, Words{"LS, UP, GU atau TU", "LS (direct), UP, GU or TU (imprest)"},
			"payment.kind", func(r row) Cell { return text(r.Kind) }),
		of("agreement", Identifier, Words{"No Kontrak", "Agreement No"}, Words{"Nomor perjanjian yang dibayar", "Agreement that is paid"},
			"agreement.number", func(r row) Cell { return text(r.Agreement) }),
		of("title", Text, Words{"Uraian", "Description"}, Words{"Nama paket pekerjaan", "Title of the work"},
			"agreement.title", func(r row) Cell { return text(r.Title) }),
		of("invoices", Identifier, Words{"No Tagihan", "Invoice No"}, Words{"Nomor tagihan, dipisah titik koma", "Numbers of the invoices, by semicolon"},
			"invoice.number", func(r row) Cell { return text(r.Invoices) }),
	}
}

func paymentMoney() []column[PaymentRow] {
	type row = *PaymentRow
	return []column[PaymentRow]{
		of("price", Money, Words{"Harga", "Price"}, Words{"Harga tanpa PPN", "Price without VAT"},
			"payment.price", func(r row) Cell { return amount(r.Price) }),
		of("vat", Money, Words{"PPN", "VAT"}, Words{"PPN atas harga", "VAT on the price"},
			"payment.vat", func(r row) Cell { return amount(r.VAT) }),
		of("gross", Money, Words{"Nilai", "Gross"}, Words{"Nilai bruto yang membebani anggaran", "Gross that the budget bears"},
			"payment.gross", func(r row) Cell { return amount(r.Gross) }),
		of("payee", Text, Words{"Penerima", "Payee"}, Words{"Nama resmi penyedia", "Legal name of the vendor"},
			"vendor.legal_name", func(r row) Cell { return text(r.Payee) }),
		of("bank", Text, Words{"Bank", "Bank"}, Words{"Bank penerima", "Bank of the payee"},
			"vendor.bank_name", func(r row) Cell { return text(r.Bank) }),
		of("account", Identifier, Words{"Rekening Bank", "Bank Account"}, Words{"Nomor rekening penerima", "Account number of the payee"},
			"vendor.bank_account_number", func(r row) Cell { return text(r.Account) }),
		of("account_owner", Text, Words{"Pemilik Rekening", "Account Owner"}, Words{"Nama pemilik rekening", "Name on the account"},
			"vendor.bank_account_owner", func(r row) Cell { return text(r.AccountOwner) }),
		of("npwp", Identifier, Words{"NPWP", "NPWP"}, Words{"Nomor Pokok Wajib Pajak penerima", "Tax number of the payee"},
			"vendor.npwp", func(r row) Cell { return text(r.NPWP) }),
		of("vat_collected", Money, Words{"PPN Dipungut", "VAT Collected"}, Words{"PPN yang dipungut bendahara", "VAT that the treasurer collects"},
			"payment_tax.amount", func(r row) Cell { return amount(r.VATCollected) }),
		of("income_21", Money, Words{"PPh 21", "PPh 21"}, Words{"Pajak penghasilan orang pribadi", "Income tax of individuals"},
			"payment_tax.amount", func(r row) Cell { return amount(r.Income21) }),
		of("income_23", Money, Words{"PPh 23", "PPh 23"}, Words{"Pajak penghasilan atas jasa badan usaha", "Income tax on services of companies"},
			"payment_tax.amount", func(r row) Cell { return amount(r.Income23) }),
		of("income_4_2", Money, Words{"PPh 4 (2)", "PPh 4 (2)"}, Words{"Pajak final atas sewa tanah/bangunan", "Final tax on rental of land or building"},
			"payment_tax.amount", func(r row) Cell { return amount(r.Income4) }),
		of("income_final", Money, Words{"PPh Final", "PPh Final"}, Words{"Pajak final penyedia ber-Suket PP 55", "Final tax of vendors under PP 55"},
			"payment_tax.amount", func(r row) Cell { return amount(r.IncomeFinal) }),
		of("withheld", Money, Words{"Jumlah Potongan", "Withheld"}, Words{"Bruto dikurangi neto", "Gross less net"},
			"gross - net", func(r row) Cell { return amount(r.Gross - r.Net) }),
		of("penalty", Money, Words{"Denda", "Penalty"}, Words{"Denda keterlambatan yang dipotong; pendapatan daerah", "Penalty for late delivery that was kept back; income of the region"},
			"payment.penalty", func(r row) Cell { return amount(r.Penalty) }),
		of("net", Money, Words{"Neto", "Net"}, Words{"Jumlah yang diterima penyedia", "What the vendor receives"},
			"payment.net", func(r row) Cell { return amount(r.Net) }),
		of("refunded", Money, Words{"Dikembalikan STS", "Refunded by STS"}, Words{"Bagian dari bruto yang kembali lewat STS sampai akhir periode", "Part of the gross that came back by STS up to the end of the period"},
			"payment_refund.amount", func(r row) Cell { return amount(r.Refunded) }),
	}
}

func paymentOrders() []column[PaymentRow] {
	type row = *PaymentRow
	return []column[PaymentRow]{
		of("spm_number", Identifier, Words{"No SPM", "SPM No"}, Words{"Nomor surat perintah membayar", "Number of the payment order"},
			"payment.spm_number", func(r row) Cell { return text(r.SPMNumber) }),
		of("spm_date", Day, Words{"Tgl SPM", "SPM Date"}, Words{"Tanggal SPM", "Date of the payment order"},
			"payment.spm_date", func(r row) Cell { return day(r.SPMDate) }),
		of("sp2d_number", Identifier, Words{"No SP2D", "SP2D No"}, Words{"Nomor surat perintah pencairan dana", "Number of the disbursement order"},
			"payment.sp2d_number", func(r row) Cell { return text(r.SP2DNumber) }),
		of("sp2d_date", Day, Words{"Tgl SP2D", "SP2D Date"}, Words{"Tanggal SP2D: saat realisasi", "Date of disbursement: the realisation"},
			"payment.sp2d_date", func(r row) Cell { return day(r.SP2DDate) }),
		of("sts_number", Identifier, Words{"No STS", "STS No"}, Words{"Nomor surat tanda setoran bila dibatalkan atau kembali sebagian, dipisah titik koma", "Number of the return slip when reversed or refunded in part, by semicolon"},
			"payment.sts_number", func(r row) Cell { return text(r.STSNumber) }),
		of("sts_date", Day, Words{"Tgl STS", "STS Date"}, Words{"Tanggal STS", "Date of the return"},
			"payment.sts_date", func(r row) Cell { return day(r.STSDate) }),
		of("status", Term, Words{"Status", "Status"}, Words{"Keadaan pembayaran pada akhir periode", "State of the payment at the end of the period"},
			"payment.status", func(r row) Cell { return text(r.Status) }),
		of("budget_version", Identifier, Words{"Tahap DPA", "Budget Document"}, Words{"Nomor DPA yang berlaku saat diminta atau dicairkan", "Number of the budget document in force when it was requested or settled"},
			"payment.budget_version_id", func(r row) Cell { return text(r.Document) }),
	}
}

// paymentTerms are what a payment is for besides work, and how complete its file was when it was ordered.
func paymentTerms() []column[PaymentRow] {
	type row = *PaymentRow
	return []column[PaymentRow]{
		of("purpose", Term, Words{"Untuk", "For"}, Words{"Pekerjaan, uang muka atau retensi", "Work, an advance or money that was kept back"},
			"payment.purpose", func(r row) Cell { return text(r.Purpose) }),
		of("work", Money, Words{"Nilai Pekerjaan", "Value of Work"}, Words{"Nilai penayangan yang dibayar; kosong untuk uang muka dan retensi", "Value of the placements that are paid; none for advances and money kept back"},
			"gross + recouped + retained", func(r row) Cell { return amount(r.Work) }),
		of("recouped", Money, Words{"Uang Muka Diperhitungkan", "Advance Settled"}, Words{"Bagian yang sudah dibayar sebagai uang muka", "Part that was paid in advance"},
			"payment.recouped", func(r row) Cell { return amount(r.Recouped) }),
		of("retained", Money, Words{"Retensi Ditahan", "Kept Back"}, Words{"Bagian yang ditahan sampai retensi dibayar", "Part that is kept back until the retention is paid"},
			"payment.retained", func(r row) Cell { return amount(r.Retained) }),
		of("papers", Text, Words{"Berkas Saat SPM", "Papers at SPM"}, Words{"Berkas yang ada dari yang diminta saat SPM disahkan", "Papers that were there of those asked for when the payment was ordered"},
			"payment_assessment.assessment", func(r row) Cell { return text(r.Papers) }),
		of("lacking", Count, Words{"Berkas Wajib Kurang", "Mandatory Papers Missing"}, Words{"Berkas wajib yang belum ada saat SPM disahkan", "Mandatory papers that were not there when the payment was ordered"},
			"payment_assessment.assessment", func(r row) Cell { return number(r.Lacking) }),
	}
}
