package report

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/money"
)

// BudgetRow is one budget line with its balances at the end of the report's period. Month is the realisation of the
// report's last month alone.
type BudgetRow struct {
	ID              uuid.UUID    `db:"id"`
	SubActivityCode string       `db:"sub_activity_code"`
	SubActivityName string       `db:"sub_activity_name"`
	AccountCode     string       `db:"account_code"`
	AccountName     string       `db:"account_name"`
	FundSource      string       `db:"fund_source"`
	Original        money.Amount `db:"original"`
	Appropriation   money.Amount `db:"appropriation"`
	Reserved        money.Amount `db:"reserved"`
	Committed       money.Amount `db:"committed"`
	Realised        money.Amount `db:"realised"`
	Month           money.Amount `db:"realised_month"`
	Available       money.Amount `db:"available"`
}

// label names the line shortly and unlike its neighbours, for charts.
func (r BudgetRow) label() string {
	account := r.AccountCode[strings.LastIndexByte(r.AccountCode, '.')+1:]
	return r.SubActivityName + " (" + account + ", " + r.FundSource + ")"
}

func budgetColumns() []column[BudgetRow] {
	type row = *BudgetRow
	return []column[BudgetRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap baris anggaran", "Stable id of the budget line"},
			"budget_line.id", func(r row) Cell { return text(r.ID.String()) }),
		rowNumber[BudgetRow](),
		of("sub_activity_code", Identifier, Words{"Kode Sub Kegiatan", "Sub-activity Code"},
			Words{"Kode sub kegiatan menurut DPA", "Code of the sub-activity in the budget document"},
			"budget_line.sub_activity_code", func(r row) Cell { return text(r.SubActivityCode) }),
		of("sub_activity_name", Text, Words{"Sub Kegiatan", "Sub-activity"},
			Words{"Nama sub kegiatan menurut DPA", "Name of the sub-activity in the budget document"},
			"budget_line.sub_activity_name", func(r row) Cell { return text(r.SubActivityName) }),
		of("account_code", Identifier, Words{"Kode Rekening", "Account Code"},
			Words{"Kode rekening belanja", "Code of the expenditure account"},
			"budget_line.account_code", func(r row) Cell { return text(r.AccountCode) }),
		of("account_name", Text, Words{"Uraian", "Account"},
			Words{"Nama rekening belanja", "Name of the expenditure account"},
			"budget_line.account_name", func(r row) Cell { return text(r.AccountName) }),
		of("fund_source", Text, Words{"Sumber Dana", "Fund Source"}, Words{"Sumber dana baris anggaran", "Fund source of the line"},
			"budget_line.fund_source", func(r row) Cell { return text(r.FundSource) }),
		of("original", Money, Words{"Anggaran Murni", "Original Budget"},
			Words{"Pagu menurut DPA murni", "Appropriation in the original budget"},
			"budget_version_line.appropriation (original)", func(r row) Cell { return amount(r.Original) }),
		of("appropriation", Money, Words{"Anggaran Setelah Perubahan", "Revised Budget"},
			Words{"Pagu yang berlaku pada akhir periode", "Appropriation in force at the end of the period"},
			"budget_line.appropriation", func(r row) Cell { return amount(r.Appropriation) }),
		of("reserved", Money, Words{"Pencadangan", "Reserved"},
			Words{"Dicadangkan untuk perjanjian yang diajukan", "Set aside for submitted agreements"},
			"budget_line.reserved", func(r row) Cell { return amount(r.Reserved) }),
		of("committed", Money, Words{"Komitmen", "Committed"},
			Words{"Terikat perjanjian aktif dan belum dibayar", "Promised by active agreements and not yet paid"},
			"budget_line.committed", func(r row) Cell { return amount(r.Committed) }),
		of("realised_before", Money, Words{"Realisasi sampai Bulan Lalu", "Realised to Last Month"},
			Words{"Dibayar (SP2D) sebelum bulan terakhir periode", "Paid (SP2D) before the last month of the period"},
			"ledger_entry (realise - refund)", func(r row) Cell { return amount(r.Realised - r.Month) }),
		of("realised_month", Money, Words{"Realisasi Bulan Ini", "Realised This Month"},
			Words{"Dibayar (SP2D) dalam bulan terakhir periode", "Paid (SP2D) in the last month of the period"},
			"ledger_entry (realise - refund)", func(r row) Cell { return amount(r.Month) }),
		of("realised", Money, Words{"Realisasi sampai Bulan Ini", "Realised to Date"},
			Words{"Dibayar (SP2D) sampai akhir periode", "Paid (SP2D) up to the end of the period"},
			"budget_line.realised", func(r row) Cell { return amount(r.Realised) }),
		of("available", Money, Words{"Tersedia", "Available"},
			Words{"Pagu yang belum dicadangkan, terikat atau dibayar", "Appropriation not reserved, committed or paid"},
			"budget_line.available", func(r row) Cell { return amount(r.Available) }),
		of("remaining", Money, Words{"Sisa Anggaran", "Unspent"},
			Words{"Pagu dikurangi realisasi", "Appropriation less realisation"},
			"appropriation - realised", func(r row) Cell { return amount(r.Appropriation - r.Realised) }),
		of("absorption", Share, Words{"% Serapan", "% Absorbed"},
			Words{"Realisasi dibagi pagu; kosong bila pagu nol", "Realisation over appropriation; empty when there is none"},
			"realised / appropriation", func(r row) Cell { return share(r.Realised, r.Appropriation) }),
		of("label", Text, Words{"Baris Anggaran", "Budget Line"},
			Words{"Nama singkat baris: sub kegiatan, akhir kode rekening, sumber dana", "Short name of the line: sub-activity, end of the account code, fund source"},
			"budget_line", func(r row) Cell { return text(r.label()) }),
	}
}
