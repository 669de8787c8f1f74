package report

// WordsOf gives the words for a code of the program's vocabulary, as they stand in cells, filters and formulas. A
// code that is not vocabulary (a product that an office named itself) is its own word.
func WordsOf(code string) Words {
	for _, t := range terms() {
		if w, ok := t[code]; ok {
			return w
		}
	}
	return Words{code, code}
}

func terms() []map[string]Words {
	return []map[string]Words{states, ledgerTerms, taxTerms, channelTerms, procurementTerms, plainTerms, overrideTerms, contentTerms, registerTitles}
}

// taxKinds are the taxes of the summary, in the order of the payment register.
func taxKinds() []string { return []string{"ppn", "pph21", "pph23", "pph4_2", "pph_final"} }

var states = map[string]Words{
	"draft": {"draf", "draft"}, "submitted": {"diajukan", "submitted"}, "active": {"aktif", "active"},
	"completed": {"selesai", "completed"}, "closed": {"ditutup", "closed"}, "rejected": {"ditolak", "rejected"},
	"terminated": {"diputus", "terminated"}, "planned": {"direncanakan", "planned"}, "published": {"tayang", "published"},
	"verified": {"terverifikasi", "verified"}, "accepted": {"diterima", "accepted"}, "invoiced": {"ditagih", "invoiced"},
	"paid": {"dibayar", "paid"}, "cancelled": {"batal", "cancelled"}, "requested": {"diminta", "requested"},
	"authorised": {"disahkan", "authorised"}, "settled": {"cair", "settled"}, "reversed": {"dibatalkan", "reversed"},
	"approved": {"disetujui", "approved"}, "refused": {"tidak disetujui", "refused"}, "withdrawn": {"ditarik", "withdrawn"},
	"revoked": {"dicabut", "revoked"}, "expired": {"kedaluwarsa", "expired"},
}

var ledgerTerms = map[string]Words{
	"appropriation": {"Pagu", "Appropriation"}, "available": {"Tersedia", "Available"}, "reserved": {"Pencadangan", "Reserved"},
	"committed": {"Komitmen", "Committed"}, "realised": {"Realisasi", "Realised"}, "appropriate": {"penetapan pagu", "appropriate"},
	"reserve": {"pencadangan dana", "reserve"}, "commit": {"pengikatan", "commit"}, "realise": {"pencairan", "realise"},
	"release": {"pelepasan", "release"}, "refund": {"pengembalian", "refund"}, "budget_version": {"DPA", "budget version"},
	"agreement": {"perjanjian", "agreement"}, "payment": {"pembayaran", "payment"},
	"spending": {"belanja tanpa perjanjian", "spending without agreement"}, "invoice": {"tagihan", "invoice"},
	"placement": {"penayangan", "placement"}, "acceptance": {"BAST", "acceptance report"}, "override": {"penyimpangan", "override"},
	"user_role": {"peran", "role"},
}

var taxTerms = map[string]Words{
	"ppn": {"PPN", "VAT (PPN)"}, "pph21": {"PPh 21", "PPh 21"}, "pph23": {"PPh 23", "PPh 23"},
	"pph4_2": {"PPh 4 (2)", "PPh 4 (2)"}, "pph_final": {"PPh Final", "PPh Final"},
}

var channelTerms = map[string]Words{
	"print": {"cetak", "print"}, "online": {"daring", "online"}, "radio": {"radio", "radio"}, "tv": {"televisi", "television"},
	"outdoor": {"luar ruang", "outdoor"}, "social": {"media sosial", "social media"},
	"mixed": {"beragam", "mixed"}, "unlisted": {"tidak terdata", "not listed"}, "in_process": {"dalam proses", "in process"},
	"administrative": {"terverifikasi administratif", "administratively verified"},
	"factual":        {"terverifikasi faktual", "factually verified"}, "revoked": {"dicabut", "revoked"},
	"instagram": {"Instagram", "Instagram"}, "tiktok": {"TikTok", "TikTok"}, "youtube": {"YouTube", "YouTube"},
	"facebook": {"Facebook", "Facebook"}, "x": {"X", "X"}, "threads": {"Threads", "Threads"},
}

var procurementTerms = map[string]Words{
	"media": {"media", "media"}, "influencer": {"influencer", "influencer"},
	"e_purchasing": {"e-purchasing", "e-purchasing"}, "direct_purchase": {"pembelian langsung", "direct purchase"},
	"pengadaan_langsung":  {"pengadaan langsung", "direct procurement"},
	"penunjukan_langsung": {"penunjukan langsung", "direct appointment"}, "tender_cepat": {"tender cepat", "fast tender"},
	"tender": {"tender", "tender"}, "seleksi": {"seleksi", "selection"}, "swakelola_i": {"swakelola I", "self-managed I"},
	"swakelola_ii": {"swakelola II", "self-managed II"}, "swakelola_iii": {"swakelola III", "self-managed III"},
	"swakelola_iv": {"swakelola IV", "self-managed IV"}, "dikecualikan": {"dikecualikan", "exempt"}, "other": {"lainnya", "other"},
	"bukti_pembelian": {"bukti pembelian", "purchase receipt"}, "kuitansi": {"kuitansi", "receipt"}, "spk": {"SPK", "work order (SPK)"},
	"per_unit": {"dibayar per satuan terbukti", "per evidenced unit"}, "make_good": {"diganti tayang kemudian", "published later"},
	"pro_rata_days": {"dibayar menurut hari tayang", "by the days that it stayed"}, "there": {"ya", "yes"}, "gone": {"tidak, sudah turun", "no, gone"},
	"surat_perjanjian": {"surat perjanjian", "contract"}, "surat_pesanan": {"surat pesanan", "catalogue order"},
}

var contentTerms = map[string]Words{
	"feed_post": {"posting feed", "feed post"}, "reel": {"reel", "reel"}, "story": {"story", "story"}, "video": {"video", "video"},
	"live": {"siaran langsung", "live"}, "repost": {"unggah ulang", "repost"},
}

var plainTerms = map[string]Words{
	"insert": {"tambah", "insert"}, "update": {"ubah", "update"}, "delete": {"hapus", "delete"}, "baseline": {"keadaan awal", "baseline"},
	"published_before_order": {"tayang sebelum pesanan", "published before the order"}, "published_outside_term": {"tayang di luar masa perjanjian", "published outside the term"},
	"published_before_approval": {"tayang sebelum disetujui", "published before approval"},
	"yes":                       {"ya", "yes"}, "no": {"tidak", "no"}, "company": {"badan usaha", "company"}, "individual": {"orang pribadi", "individual"},
	"work": {"pekerjaan", "work"}, "advance": {"uang muka", "advance"}, "retention": {"retensi", "retention"},
	"ls": {"LS", "LS"}, "up": {"UP", "UP"}, "gu": {"GU", "GU"}, "tu": {"TU", "TU"},
	"price_above": {"melebihi", "above"}, "price_equal": {"sesuai", "equal"}, "price_below": {"di bawah", "below"},
	"price_not_found": {"tidak ditemukan", "not found"}, "price_check": {"perlu dicek", "to be checked"},
}

var overrideTerms = map[string]Words{
	"check_mode": {"pemeriksaan hanya memperingatkan", "check only warns"}, "tolerance": {"toleransi", "tolerance"},
	"period_reopen": {"pembukaan kembali periode", "period reopened"}, "back_date": {"penanggalan mundur", "back-dating"},
	"role_change": {"perubahan peran", "role change"}, "acting": {"Plt/Plh", "acting for somebody"},
	"without_agreement": {"belanja tanpa perjanjian", "spending without agreement"},
	"outside":           {"perubahan di luar program", "change outside the program"},
}

var registerTitles = map[string]Words{
	string(Budget): {"Realisasi Anggaran", "Budget"}, string(Agreements): {"Perjanjian", "Agreements"},
	string(Placements): {"Penayangan", "Placements"}, string(Influencers): {"Influencer", "Influencers"},
	string(Payments): {"Pembayaran", "Payments"}, string(Taxes): {"Pajak", "Taxes"},
	string(Vendors): {"Penyedia", "Vendors"}, string(Ledger): {"Buku Besar", "Ledger"},
	string(Overrides): {"Penyimpangan", "Overrides"}, string(Events): {"Jejak", "Trail"},
}
