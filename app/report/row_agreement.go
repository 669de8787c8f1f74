package report

import (
	"slices"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
)

// AgreementRow is one agreement of the fiscal year. Offered and Negotiated are unit prices × quantities as they were
// written; Paid is the gross of payments settled up to the end of the report's period, PaidPeriod within it.
type AgreementRow struct {
	ID            uuid.UUID     `db:"id"`
	Kind          string        `db:"kind"`
	RUPCode       string        `db:"rup_code"`
	Title         string        `db:"title"`
	SubActivities string        `db:"sub_activities"`
	Accounts      string        `db:"accounts"`
	FundSources   string        `db:"fund_sources"`
	Method        string        `db:"method"`
	Form          string        `db:"form"`
	Number        string        `db:"number"`
	OrderDate     period.Date   `db:"order_date"`
	Vendor        string        `db:"vendor"`
	NPWP          string        `db:"npwp"`
	OwnerEstimate *money.Amount `db:"owner_estimate"`
	Offered       *money.Amount `db:"offered"`
	Negotiated    money.Amount  `db:"negotiated"`
	Value         money.Amount  `db:"value"`
	VAT           money.Amount  `db:"vat"`
	Gross         money.Amount  `db:"gross"`
	StartDate     period.Date   `db:"start_date"`
	EndDate       period.Date   `db:"end_date"`
	Addenda       string        `db:"addenda"`
	Acceptances   string        `db:"acceptances"`
	AcceptedOn    period.Date   `db:"accepted_on"`
	Penalty       money.Amount  `db:"penalty"`
	Paid          money.Amount  `db:"paid"`
	PaidPeriod    money.Amount  `db:"paid_period"`
	Status        string        `db:"status"`
	BudgetVersion string        `db:"budget_version"`
	RUPAnnounced  period.Date   `db:"rup_announced_on"`
	NoEstimate    string        `db:"no_estimate_reason"`
	LegalBasis    string        `db:"legal_basis"`
	Minutes       string        `db:"minutes_number"`
	MinutesOn     period.Date   `db:"minutes_date"`
	Shortfall     string        `db:"shortfall_rule"`
	PriceVerdict  string        `db:"price_verdict"` // the gravest of its lines
	LookThroughRow
}

func agreementColumns() []column[AgreementRow] {
	return slices.Concat(agreementPaper(), agreementMoney(), agreementProcurement(), lookThroughColumns())
}

func agreementPaper() []column[AgreementRow] {
	type row = *AgreementRow
	return []column[AgreementRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap perjanjian", "Stable id of the agreement"},
			"agreement.id", func(r row) Cell { return text(r.ID.String()) }),
		rowNumber[AgreementRow](),
		of("rup_code", Identifier, Words{"Kode RUP", "RUP Code"}, Words{"Kode Rencana Umum Pengadaan", "Code in the procurement plan"},
			"agreement.rup_code", func(r row) Cell { return text(r.RUPCode) }),
		of("title", Text, Words{"Paket", "Package"}, Words{"Nama paket pekerjaan; judul perjanjian bila tidak disebut", "Name of the package; the title where none is named"},
			"agreement.package, agreement.title", func(r row) Cell { return text(r.Title) }),
		of("kind", Term, Words{"Jenis", "Kind"}, Words{"Kerja sama media atau influencer", "Media or influencer agreement"},
			"agreement.kind", func(r row) Cell { return text(r.Kind) }),
		of("sub_activities", Identifier, Words{"Sub Kegiatan", "Sub-activity"},
			Words{"Kode sub kegiatan yang membiayai, dipisah titik koma", "Codes of the sub-activities that pay, by semicolon"},
			"deliverable, budget_line.sub_activity_code", func(r row) Cell { return text(r.SubActivities) }),
		of("accounts", Identifier, Words{"Rekening", "Account"},
			Words{"Kode rekening yang dibebani, dipisah titik koma", "Account codes charged, by semicolon"},
			"deliverable, budget_line.account_code", func(r row) Cell { return text(r.Accounts) }),
		of("fund_sources", Text, Words{"Sumber Dana", "Fund Source"}, Words{"Sumber dana, dipisah titik koma", "Fund sources, by semicolon"},
			"deliverable, budget_line.fund_source", func(r row) Cell { return text(r.FundSources) }),
		of("method", Term, Words{"Metode", "Method"}, Words{"Metode pemilihan penyedia", "Procurement method"},
			"agreement.method", func(r row) Cell { return text(r.Method) }),
		of("form", Term, Words{"Bentuk", "Form"}, Words{"Bentuk kontrak", "Form of the contract"},
			"agreement.form", func(r row) Cell { return text(r.Form) }),
		of("number", Identifier, Words{"Nomor", "Number"}, Words{"Nomor perjanjian", "Number of the agreement"},
			"agreement.number", func(r row) Cell { return text(r.Number) }),
		of("order_date", Day, Words{"Tanggal", "Date"}, Words{"Tanggal pesanan/perjanjian", "Date of the order"},
			"agreement.order_date", func(r row) Cell { return day(r.OrderDate) }),
		of("vendor", Text, Words{"Penyedia", "Vendor"}, Words{"Nama resmi penyedia", "Legal name of the vendor"},
			"vendor.legal_name", func(r row) Cell { return text(r.Vendor) }),
		of("npwp", Identifier, Words{"NPWP", "NPWP"}, Words{"Nomor Pokok Wajib Pajak penyedia", "Tax number of the vendor"},
			"vendor.npwp", func(r row) Cell { return text(r.NPWP) }),
	}
}

func agreementMoney() []column[AgreementRow] {
	type row = *AgreementRow
	return []column[AgreementRow]{
		of("owner_estimate", Money, Words{"HPS", "Owner's Estimate"}, Words{"Harga perkiraan sendiri, termasuk pajak", "Owner's estimate, tax included"},
			"agreement.owner_estimate", func(r row) Cell { return amountOf(r.OwnerEstimate) }),
		of("offered", Money, Words{"Penawaran", "Offered"},
			Words{"Harga penawaran × volume; kosong bila ada item tanpa penawaran", "Offered price × quantity; empty when a line has no offer"},
			"deliverable.offered_price × quantity", func(r row) Cell { return amountOf(r.Offered) }),
		of("negotiated", Money, Words{"Negosiasi", "Negotiated"}, Words{"Harga satuan hasil negosiasi × volume", "Negotiated unit price × quantity"},
			"deliverable.unit_price × quantity", func(r row) Cell { return amount(r.Negotiated) }),
		of("price_verdict", Term, Words{"Penilaian Harga", "Price Verdict"}, Words{"Harga terhadap harga acuan: yang terberat dari semua item", "Prices against their references: the gravest of all lines"},
			"deliverable_price.verdict", func(r row) Cell { return text(r.PriceVerdict) }),
		of("value", Money, Words{"Nilai Kontrak", "Value"}, Words{"Nilai perjanjian tanpa PPN", "Value of the agreement without VAT"},
			"agreement.value", func(r row) Cell { return amount(r.Value) }),
		of("vat", Money, Words{"PPN", "VAT"}, Words{"PPN atas nilai kontrak", "VAT on the value"},
			"agreement.vat", func(r row) Cell { return amount(r.VAT) }),
		of("gross", Money, Words{"Nilai Bruto", "Gross"}, Words{"Nilai kontrak ditambah PPN", "Value with VAT"},
			"agreement.gross", func(r row) Cell { return amount(r.Gross) }),
		of("start_date", Day, Words{"Mulai", "Start"}, Words{"Awal masa pelaksanaan", "First day of performance"},
			"agreement.start_date", func(r row) Cell { return day(r.StartDate) }),
		of("end_date", Day, Words{"Selesai", "End"}, Words{"Akhir masa pelaksanaan", "Last day of performance"},
			"agreement.end_date", func(r row) Cell { return day(r.EndDate) }),
		of("addenda", Identifier, Words{"Addendum", "Addendum"}, Words{"Nomor adendum yang disetujui, dipisah titik koma", "Numbers of approved addenda, by semicolon"},
			"amendment.number", func(r row) Cell { return text(r.Addenda) }),
		of("acceptances", Identifier, Words{"No BAST", "Acceptance No"}, Words{"Nomor berita acara serah terima, dipisah titik koma", "Numbers of acceptance reports, by semicolon"},
			"acceptance.number", func(r row) Cell { return text(r.Acceptances) }),
		of("accepted_on", Day, Words{"Tgl BAST", "Acceptance Date"}, Words{"Tanggal BAST terakhir", "Date of the last acceptance report"},
			"acceptance.date", func(r row) Cell { return day(r.AcceptedOn) }),
		of("paid", Money, Words{"Dibayar", "Paid"}, Words{"Bruto pembayaran ber-SP2D sampai akhir periode", "Gross of payments settled up to the end of the period"},
			"payment.gross (settled)", func(r row) Cell { return amount(r.Paid) }),
		of("paid_period", Money, Words{"Dibayar Periode Ini", "Paid in Period"}, Words{"Bagian yang dibayar dalam periode laporan", "The part paid within the report's period"},
			"payment.gross (settled)", func(r row) Cell { return amount(r.PaidPeriod) }),
		of("remaining", Money, Words{"Sisa", "Remaining"}, Words{"Nilai bruto dikurangi dibayar", "Gross less paid"},
			"gross - paid", func(r row) Cell { return amount(r.Gross - r.Paid) }),
		of("penalty", Money, Words{"Denda", "Penalty"}, Words{"Denda keterlambatan atas yang tayang terlambat sampai akhir periode, tanpa PPN", "Penalty for what appeared late up to the end of the period, without VAT"},
			"placement.penalty", func(r row) Cell { return amount(r.Penalty) }),
		of("status", Term, Words{"Status", "Status"}, Words{"Keadaan perjanjian pada saat laporan", "State of the agreement at the as-of time"},
			"agreement.status", func(r row) Cell { return text(r.Status) }),
		of("budget_version", Identifier, Words{"Tahap DPA", "Budget Document"}, Words{"Nomor DPA yang berlaku saat perjanjian diajukan atau disetujui", "Number of the budget document in force when it was submitted or approved"},
			"agreement.budget_version_id", func(r row) Cell { return text(r.BudgetVersion) }),
	}
}

func agreementProcurement() []column[AgreementRow] {
	type row = *AgreementRow
	return []column[AgreementRow]{
		of("rup_announced_on", Day, Words{"Tgl RUP", "RUP Date"}, Words{"Tanggal pengumuman RUP", "Day on which the RUP was announced"},
			"agreement.rup_announced_on", func(r row) Cell { return day(r.RUPAnnounced) }),
		of("no_estimate_reason", Text, Words{"Alasan Tanpa HPS", "Why No Estimate"}, Words{"Mengapa tidak ada HPS", "Why there is no owner's estimate"},
			"agreement.no_estimate_reason", func(r row) Cell { return text(r.NoEstimate) }),
		of("legal_basis", Text, Words{"Dasar Hukum", "Legal Basis"}, Words{"Peraturan yang mendasari kerja sama", "Regulation that the cooperation rests on"},
			"agreement.legal_basis", func(r row) Cell { return text(r.LegalBasis) }),
		of("minutes_number", Identifier, Words{"No BA Negosiasi", "Minutes No"}, Words{"Nomor berita acara negosiasi", "Number of the minutes of negotiation"},
			"agreement.minutes_number", func(r row) Cell { return text(r.Minutes) }),
		of("minutes_date", Day, Words{"Tgl BA Negosiasi", "Minutes Date"}, Words{"Tanggal berita acara negosiasi", "Date of the minutes of negotiation"},
			"agreement.minutes_date", func(r row) Cell { return day(r.MinutesOn) }),
		of("shortfall_rule", Term, Words{"Bila Tayang Kurang", "On Shortfall"}, Words{"Yang disepakati bila tayang kurang dari pesanan", "What was agreed on for less publication than ordered"},
			"agreement.shortfall_rule", func(r row) Cell { return text(r.Shortfall) }),
	}
}
