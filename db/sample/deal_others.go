package sample

import "tayang/app/agreement"

// setwanDeals are the council secretariat's agreements.
func setwanDeals() []deal {
	return []deal{
		{
			key: "dewan.pos", title: "Advertorial Kegiatan DPRD di Contoh Pos", vendor: "pos", campaign: "dewan", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260201", order: "01-20", start: "01-22", end: "12-11", pace: 2, items: []item{
				{"advertorial", "pos", "dewan", 24, "artikel", 5_500_000, 4_995_000, true, true, 0},
			},
		},
		{
			key: "paripurna", title: "Siaran Langsung Rapat Paripurna", vendor: "tivi", campaign: "dewan", method: "pengadaan_langsung", form: "spk",
			rup: "50260202", order: "02-03", start: "02-06", end: "11-30", pace: 3, items: []item{
				{"siaran langsung", "tivi", "dewan", 20, "siaran", 9_450_000, 9_000_000, false, false, 0},
			},
		},
		{
			key: "profil", title: "Profil Anggota Dewan", vendor: "warta", campaign: "dewan", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260203", order: "03-05", start: "03-09", end: "11-30", pace: 2, fate: brokenOff, on: "08-31",
			why: "Penyedia berhenti menerbitkan rubrik", items: []item{
				{"berita", "warta", "dewan", 20, "artikel", 800_000, 750_000, false, false, 0},
			},
		},
		{
			key: "foto", title: "Galeri Foto Kegiatan Dewan", vendor: "kabar", campaign: "dewan", method: "pengadaan_langsung", form: "kuitansi",
			order: "04-07", start: "04-09", end: "11-27", pace: 4, items: []item{
				{"galeri foto", "kabar", "dewan", 20, "galeri", 450_000, 400_000, true, true, 0},
			},
		},
		{
			key: "ucapan", title: "Iklan Ucapan Hari Jadi", vendor: "pelita", method: "direct_purchase", form: "bukti_pembelian",
			rup: "50260205", order: "11-03", start: "11-16", end: "12-18", fate: withdrawn, on: "11-06", items: []item{
				{"iklan ucapan", "pelita", "dewan", 4, "halaman", 2_250_000, 2_000_000, false, true, 0},
			},
		},
	}
}

// disparDeals are the tourism office's agreements.
func disparDeals() []deal {
	const creator = agreement.Influencer
	return []deal{
		{
			key: "jelajah", title: "Konten Kreator Jelajah Contoh", vendor: "agensi", campaign: "wisata", kind: creator, method: "e_purchasing", form: "surat_pesanan",
			rup: "50260301", order: "02-25", start: "02-27", end: "10-31", pace: 2, items: []item{
				{"reel", "dapur", "wisata", 8, "konten", 2_600_000, 2_475_000, false, true, 0},
				{"reel", "jalan", "wisata", 10, "konten", 2_600_000, 2_475_000, false, true, 0},
			},
		},
		{
			key: "gapura", title: "Baliho Gerbang Wisata", vendor: "rupa", campaign: "wisata", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260302", order: "03-30", start: "04-01", end: "08-31", pace: 2, fate: ended, on: "10-12", items: []item{
				{"baliho", "baliho", "wisata", 5, "titik", 5_750_000, 5_500_000, false, false, 0},
			},
		},
		{
			key: "nasional", title: "Publikasi Wisata Portal Nusa Contoh", vendor: "nusa", campaign: "wisata", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260303", order: "04-27", start: "04-29", end: "12-04", pace: 2, items: []item{
				{"advertorial", "nusa", "wisata", 16, "artikel", 2_150_000, 2_000_000, false, true, 0},
			},
		},
		{
			key: "sungai", title: "Reel Festival Sungai Contoh", vendor: "citra", campaign: "festival", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260304", order: "05-06", start: "05-08", end: "11-27", pace: 3, items: []item{
				{"reel", "citra.ig", "wisata", 10, "konten", 1_300_000, 1_200_000, false, true, 0},
			},
		},
		{
			key: "libur", title: "Video Libur Akhir Tahun", vendor: "budi", campaign: "wisata", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260305", order: "11-16", start: "11-23", end: "12-18", fate: submitted, items: []item{
				{"video TikTok", "budi.tt", "wisata", 5, "konten", 1_600_000, 1_500_000, false, true, 0},
			},
		},
	}
}
