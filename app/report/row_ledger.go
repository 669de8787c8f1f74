package report

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
)

// LedgerRow is one entry of the year's ledger, from its first up to the end of the report's period: the balances
// need all of them, so From does not narrow it.
type LedgerRow struct {
	Seq             int64        `db:"seq"`
	RecordedAt      time.Time    `db:"recorded_at"`
	EffectiveOn     period.Date  `db:"effective_on"`
	Kind            string       `db:"kind"`
	SubActivityCode string       `db:"sub_activity_code"`
	AccountCode     string       `db:"account_code"`
	FundSource      string       `db:"fund_source"`
	From            string       `db:"from_account"`
	To              string       `db:"to_account"`
	Amount          money.Amount `db:"amount"`
	DocumentType    string       `db:"document_type"`
	DocumentNumber  string       `db:"document_number"`
	DocumentID      uuid.UUID    `db:"document_id"`
	LineID          uuid.UUID    `db:"budget_line_id"`
	Actor           string       `db:"actor"`
	Reason          string       `db:"reason"`
}

func ledgerColumns(place *time.Location) []column[LedgerRow] {
	type row = *LedgerRow
	return append([]column[LedgerRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Nomor tetap ayat buku besar", "Stable number of the entry"},
			"ledger_entry.seq", func(r row) Cell { return text(strconv.FormatInt(r.Seq, 10)) }),
		rowNumber[LedgerRow](),
		of("recorded_at", Moment, Words{"Waktu Catat", "Recorded At"}, Words{"Saat dicatat, jam kantor", "When it was recorded, office time"},
			"ledger_entry.recorded_at", func(r row) Cell { return moment(&r.RecordedAt, place) }),
		of("effective_on", Day, Words{"Tgl Berlaku", "Effective On"}, Words{"Tanggal menurut dokumen", "Date of the document"},
			"ledger_entry.effective_on", func(r row) Cell { return day(r.EffectiveOn) }),
		of("kind", Term, Words{"Jenis", "Kind"}, Words{"Jenis ayat", "Kind of entry"},
			"ledger_entry.kind", func(r row) Cell { return text(r.Kind) }),
		of("sub_activity_code", Identifier, Words{"Kode Sub Kegiatan", "Sub-activity Code"}, Words{"Sub kegiatan baris anggaran", "Sub-activity of the budget line"},
			"budget_line.sub_activity_code", func(r row) Cell { return text(r.SubActivityCode) }),
		of("account_code", Identifier, Words{"Kode Rekening", "Account Code"}, Words{"Rekening baris anggaran", "Account of the budget line"},
			"budget_line.account_code", func(r row) Cell { return text(r.AccountCode) }),
		of("fund_source", Text, Words{"Sumber Dana", "Fund Source"}, Words{"Sumber dana baris anggaran", "Fund source of the line"},
			"budget_line.fund_source", func(r row) Cell { return text(r.FundSource) }),
		of("from", Term, Words{"Dari", "From"}, Words{"Akun asal", "Account that gives"},
			"ledger_entry.from_account", func(r row) Cell { return text(r.From) }),
		of("to", Term, Words{"Ke", "To"}, Words{"Akun tujuan", "Account that receives"},
			"ledger_entry.to_account", func(r row) Cell { return text(r.To) }),
		of("amount", Money, Words{"Jumlah", "Amount"}, Words{"Jumlah yang berpindah, selalu positif", "Amount moved, always positive"},
			"ledger_entry.amount", func(r row) Cell { return amount(r.Amount) }),
	}, ledgerPaper()...)
}

func ledgerPaper() []column[LedgerRow] {
	type row = *LedgerRow
	return []column[LedgerRow]{
		of("document_type", Term, Words{"Dokumen", "Document"}, Words{"Jenis dokumen sumber", "Kind of source document"},
			"ledger_entry.document_type", func(r row) Cell { return text(r.DocumentType) }),
		of("document_number", Identifier, Words{"No Dokumen", "Document No"}, Words{"Nomor dokumen sumber", "Number of the source document"},
			"ledger_entry.document_number", func(r row) Cell { return text(r.DocumentNumber) }),
		of("actor", Text, Words{"Petugas", "Actor"}, Words{"Siapa yang mencatat", "Who recorded it"},
			"ledger_entry.actor_id", func(r row) Cell { return text(r.Actor) }),
		of("reason", Text, Words{"Alasan", "Reason"}, Words{"Alasan, bila diberikan", "Reason, when one was given"},
			"ledger_entry.reason", func(r row) Cell { return text(r.Reason) }),
		of("document_id", Identifier, Words{"ID Dokumen", "Document ID"}, Words{"Tanda pengenal tetap dokumen", "Stable id of the document"},
			"ledger_entry.document_id", func(r row) Cell { return text(r.DocumentID.String()) }),
		of("budget_line_id", Identifier, Words{"ID Baris Anggaran", "Budget Line ID"}, Words{"ID pada lembar Realisasi Anggaran", "ID in the sheet Budget"},
			"ledger_entry.budget_line_id", func(r row) Cell { return text(r.LineID.String()) }),
	}
}
