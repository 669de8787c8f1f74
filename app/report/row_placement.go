package report

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
)

// PlacementRow is one published unit of a deliverable. Price is without VAT; Paid is the gross once it is paid.
// Evidenced is 1 when somebody verified the placement and a proof of it is kept.
type PlacementRow struct {
	ID             uuid.UUID    `db:"id"`
	Agreement      string       `db:"agreement"`
	Channel        string       `db:"channel"`
	ChannelKind    string       `db:"channel_kind"`
	PressStatus    string       `db:"press_status"`
	Product        string       `db:"product"`
	Title          string       `db:"title"`
	OrderDate      period.Date  `db:"order_date"`
	ScheduledOn    period.Date  `db:"scheduled_on"`
	PublishedOn    period.Date  `db:"published_on"`
	TakenDownOn    period.Date  `db:"taken_down_on"`
	URL            string       `db:"url"`
	Edition        string       `db:"edition"`
	Page           string       `db:"page"`
	Slot           string       `db:"slot"`
	Extent         string       `db:"extent"` // hours, minutes and seconds by the station's log
	LabelPresent   *bool        `db:"label_present"`
	Evidenced      int64        `db:"evidenced"`
	Price          money.Amount `db:"price"`
	VAT            money.Amount `db:"vat"`
	Gross          money.Amount `db:"gross"`
	Paid           money.Amount `db:"paid"`
	Invoice        string       `db:"invoice"`
	Acceptance     string       `db:"acceptance"`
	SPP            string       `db:"spp"`
	SPM            string       `db:"spm"`
	SP2D           string       `db:"sp2d"`
	ProofHashes    string       `db:"proof_hashes"`
	ProofTaken     *time.Time   `db:"proof_taken"`
	Officer        string       `db:"officer"`
	Remark         string       `db:"remark"`
	Flags          string       `db:"flags"`
	Status         string       `db:"status"`
	ProofsRecorded int64        `db:"proofs"`
	// What the price was judged by; Difference is on the reference's tax basis.
	ReferencePrice  *money.Amount `db:"reference_price"`
	PriceDifference *money.Amount `db:"price_difference"`
	PriceVerdict    string        `db:"price_verdict"`
}

// noted is the remark with the flags of the clock before it.
func (r *PlacementRow) noted(l Language) string {
	var parts []string
	for _, flag := range strings.Fields(r.Flags) {
		parts = append(parts, WordsOf(flag).In(l))
	}
	if r.Remark != "" {
		parts = append(parts, r.Remark)
	}
	return strings.Join(parts, "; ")
}

// publication is what the placement and the influencer register have in common; at finds it in a row.
func publication[R any](at func(*R) *PlacementRow, h Heading) []column[R] {
	return append(publishedWhere(at), publishedWorth(at, h)...)
}

func publishedWhere[R any](at func(*R) *PlacementRow) []column[R] {
	return []column[R]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap penayangan", "Stable id of the placement"},
			"placement.id", func(r *R) Cell { return text(at(r).ID.String()) }),
		rowNumber[R](),
		of("agreement", Identifier, Words{"No Kontrak", "Agreement No"}, Words{"Nomor perjanjian", "Number of the agreement"},
			"agreement.number", func(r *R) Cell { return text(at(r).Agreement) }),
		of("channel", Text, Words{"Media", "Outlet"}, Words{"Nama media, atau akun media sosial", "Outlet, or social account"},
			"outlet.name, social_account.handle", func(r *R) Cell { return text(at(r).Channel) }),
		of("channel_kind", Term, Words{"Jenis Media", "Outlet Kind"}, Words{"Jenis media; media sosial untuk influencer", "Kind of outlet; social for influencers"},
			"outlet.kind", func(r *R) Cell { return text(at(r).ChannelKind) }),
		of("press_status", Term, Words{"Status Dewan Pers Saat Pesan", "Press Council Status at Order"},
			Words{
				"Status media yang dibekukan saat perjanjian berlaku, atau menurut riwayat pemeriksaan; kosong bila tidak diketahui, dan untuk media sosial",
				"Standing of the outlet as frozen when the agreement came into force, else by the history of looks; empty when not known, and for social media",
			},
			"agreement_assessment, press_check.status", func(r *R) Cell { return text(at(r).PressStatus) }),
		of("product", Term, Words{"Jenis Produk", "Product"}, Words{"Produk yang dipesan", "Product ordered"},
			"deliverable.product", func(r *R) Cell { return text(at(r).Product) }),
		of("title", Text, Words{"Judul", "Title"}, Words{"Judul penayangan", "Title of the placement"},
			"placement.title", func(r *R) Cell { return text(at(r).Title) }),
		of("order_date", Day, Words{"Tgl Pesan", "Ordered On"}, Words{"Tanggal pesanan", "Date of the order"},
			"agreement.order_date", func(r *R) Cell { return day(at(r).OrderDate) }),
		of("scheduled_on", Day, Words{"Tgl Jadwal", "Scheduled On"}, Words{"Tanggal tayang yang direncanakan", "Planned day of publication"},
			"placement.scheduled_on", func(r *R) Cell { return day(at(r).ScheduledOn) }),
		of("published_on", Day, Words{"Tgl Tayang", "Published On"}, Words{"Tanggal tayang", "Day of publication"},
			"placement.published_on", func(r *R) Cell { return day(at(r).PublishedOn) }),
		of("taken_down_on", Day, Words{"Tgl Turun", "Taken Down On"},
			Words{"Tanggal penayangan diturunkan bila diketahui, selain itu hari ditemukan sudah turun", "Day it was taken down where known, else the day on which it was found gone"},
			"live_check.gone_on, live_check.checked_at (last check)", func(r *R) Cell { return day(at(r).TakenDownOn) }),
		of("url", Text, Words{"URL", "URL"}, Words{"Alamat penayangan daring", "Address on the internet"},
			"placement.url", func(r *R) Cell { return text(at(r).URL) }),
		of("edition", Identifier, Words{"Edisi", "Edition"}, Words{"Edisi media cetak", "Edition of a printed outlet"},
			"placement.edition", func(r *R) Cell { return text(at(r).Edition) }),
		of("page", Identifier, Words{"Halaman", "Page"}, Words{"Halaman media cetak", "Page of a printed outlet"},
			"placement.page", func(r *R) Cell { return text(at(r).Page) }),
		of("slot", Identifier, Words{"Slot", "Slot"}, Words{"Jam atau posisi tayang", "Time or position of airing"},
			"placement.slot", func(r *R) Cell { return text(at(r).Slot) }),
		of("extent", Text, Words{"Durasi/Ukuran", "Duration/Size"}, Words{"Durasi siaran menurut log stasiun; kosong bila tidak ada log", "Length of airing by the station's log; empty without one"},
			"airing.seconds", func(r *R) Cell { return text(at(r).Extent) }),
		of("label_present", Term, Words{"Label Iklan", "Ad Label"}, Words{"Apakah berlabel iklan/advertorial", "Whether it is labelled as paid content"},
			"placement.label_present", func(r *R) Cell { return yesOf(at(r).LabelPresent) }),
	}
}

func publishedWorth[R any](at func(*R) *PlacementRow, h Heading) []column[R] {
	return []column[R]{
		of("ordered", Count, Words{"Dipesan", "Ordered"}, Words{"Selalu 1: satu baris adalah satu penayangan", "Always 1: a row is one placement"},
			"—", func(*R) Cell { return number(1) }),
		of("evidenced", Count, Words{"Terbukti", "Evidenced"}, Words{"1 bila terverifikasi dan buktinya tersimpan", "1 when verified and a proof is kept"},
			"placement.verified_at, proof", func(r *R) Cell { return number(at(r).Evidenced) }),
		of("price", Money, Words{"Harga Satuan", "Unit Price"}, Words{"Harga satuan tanpa PPN", "Unit price without VAT"},
			"placement.net", func(r *R) Cell { return amount(at(r).Price) }),
		of("vat", Money, Words{"PPN", "VAT"}, Words{"PPN atas harga satuan", "VAT on the unit price"},
			"placement.vat", func(r *R) Cell { return amount(at(r).VAT) }),
		of("gross", Money, Words{"Harga Bruto", "Gross Price"}, Words{"Harga satuan ditambah PPN", "Unit price with VAT"},
			"placement.gross", func(r *R) Cell { return amount(at(r).Gross) }),
		of("reference_price", Money, Words{"Harga Acuan", "Reference Price"},
			Words{"Standar harga yang berlaku pada tanggal pesan; kosong bila tidak ditemukan atau perlu dicek", "Price reference valid on the order date; empty when there is none or it has to be checked"},
			"deliverable_price.reference_price", func(r *R) Cell { return amountOf(at(r).ReferencePrice) }),
		of("price_difference", Money, Words{"Selisih", "Difference"},
			Words{"Harga satuan dikurangi harga acuan: bruto bila acuan termasuk PPN, selain itu tanpa PPN", "Unit price less reference: gross when the reference has VAT in it, else without VAT"},
			"placement.net or gross − deliverable_price.reference_price", func(r *R) Cell { return amountOf(at(r).PriceDifference) }),
		of("price_verdict", Term, Words{"Penilaian Harga", "Price Verdict"}, Words{"Harga terhadap harga acuan saat perjanjian berlaku", "Price against its reference when the agreement came into force"},
			"deliverable_price.verdict", func(r *R) Cell { return text(at(r).PriceVerdict) }),
		of("paid", Money, Words{"Dibayar", "Paid"}, Words{"Harga bruto bila sudah dibayar", "Gross price once paid"},
			"placement.gross (paid)", func(r *R) Cell { return amount(at(r).Paid) }),
		of("invoice", Identifier, Words{"No Tagihan", "Invoice No"}, Words{"Nomor tagihan penyedia", "Number of the vendor's invoice"},
			"invoice.number", func(r *R) Cell { return text(at(r).Invoice) }),
		of("acceptance", Identifier, Words{"No BAST", "Acceptance No"}, Words{"Nomor berita acara serah terima", "Number of the acceptance report"},
			"acceptance.number", func(r *R) Cell { return text(at(r).Acceptance) }),
		of("spp", Identifier, Words{"No SPP", "SPP No"}, Words{"Nomor surat permintaan pembayaran", "Number of the payment request"},
			"payment.spp_number", func(r *R) Cell { return text(at(r).SPP) }),
		of("spm", Identifier, Words{"No SPM", "SPM No"}, Words{"Nomor surat perintah membayar", "Number of the payment order"},
			"payment.spm_number", func(r *R) Cell { return text(at(r).SPM) }),
		of("sp2d", Identifier, Words{"No SP2D", "SP2D No"}, Words{"Nomor surat perintah pencairan dana", "Number of the disbursement order"},
			"payment.sp2d_number", func(r *R) Cell { return text(at(r).SP2D) }),
		of("proofs", Count, Words{"Jumlah Bukti", "Proofs"}, Words{"Banyaknya berkas bukti tayang", "Number of proof files"},
			"proof", func(r *R) Cell { return number(at(r).ProofsRecorded) }),
		of("proof_hashes", Identifier, Words{"Hash Bukti", "Proof Hash"}, Words{"SHA-256 berkas bukti, dipisah spasi", "SHA-256 of the proof files, by space"},
			"proof.file_sha256", func(r *R) Cell { return text(at(r).ProofHashes) }),
		of("proof_taken", Moment, Words{"Tgl Ambil Bukti", "Proof Taken"}, Words{"Saat bukti pertama diambil", "When the first proof was captured"},
			"proof.captured_at", func(r *R) Cell { return moment(at(r).ProofTaken, h.Place) }),
		of("officer", Text, Words{"Petugas", "Officer"}, Words{"Pencatat penayangan", "Who entered the placement"},
			"placement.created_by", func(r *R) Cell { return text(at(r).Officer) }),
		of("remark", Text, Words{"Catatan", "Remark"}, Words{"Catatan pemeriksa, dan tanda tayang sebelum pesanan, di luar masa, atau sebelum disetujui", "Remark of the verifier, and flags: published before the order, outside the term or before approval"},
			"placement.remark, placement.clock_flags", func(r *R) Cell { return text(at(r).noted(h.Language)) }),
		of("status", Term, Words{"Status", "Status"}, Words{"Keadaan penayangan pada saat laporan", "State of the placement at the as-of time"},
			"placement.status", func(r *R) Cell { return text(at(r).Status) }),
	}
}

func placementColumns(h Heading) []column[PlacementRow] {
	return publication(func(r *PlacementRow) *PlacementRow { return r }, h)
}
