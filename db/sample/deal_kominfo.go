package sample

import (
	"slices"

	"tayang/app/agreement"
	"tayang/app/payment"
)

// kominfoDeals are the communication office's agreements.
func kominfoDeals() []deal {
	return slices.Concat(kominfoWinter(), kominfoSpring(), kominfoLater(), kominfoCampaigns(), kominfoCreators())
}

// kominfoWinter are those with media houses that begin with the year.
func kominfoWinter() []deal {
	return []deal{
		{
			key: "pos", title: "Kerja Sama Publikasi Contoh Pos", vendor: "pos", campaign: "kinerja", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260101", order: "01-12", start: "01-15", end: "12-15", pace: 1,
			addenda: []addendum{{on: "06-15", end: "12-22", more: 4, why: "Tambahan liputan hari jadi kabupaten sesuai kebutuhan lapangan"}},
			items: []item{
				{"advertorial", "pos", "relasi", 60, "artikel", 1_600_000, 1_500_000, false, true, 0},
				{"posting media sosial", "pos.ig", "relasi", 12, "posting", 600_000, 500_000, false, true, 0},
			},
		},
		{
			key: "kabar", title: "Kerja Sama Publikasi Kabar Contoh", vendor: "kabar", campaign: "kinerja", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260102", order: "01-13", start: "01-15", end: "12-15", pace: 5, items: []item{
				{"advertorial", "kabar", "relasi", 36, "artikel", 1_350_000, 1_250_000, true, true, 0},
			},
		},
		{
			key: "warta", title: "Penyebarluasan Siaran Pers di Warta Contoh", vendor: "warta", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260103", order: "01-14", start: "01-19", end: "12-11", pace: 7, items: []item{
				{"berita", "warta", "relasi", 36, "artikel", 800_000, 750_000, false, false, 0},
			},
		},
		{
			key: "langganan", title: "Langganan Mingguan Contoh", vendor: "minggu", method: "direct_purchase", form: "kuitansi",
			rup: "50260104", order: "01-20", start: "01-26", end: "11-30", pace: 2, rhythm: once, items: []item{
				{"langganan surat kabar", "minggu", "langganan", 11, "bulan", 1_600_000, 1_500_000, false, false, 0},
			},
		},
		{
			key: "adlib", title: "Adlib Layanan Publik Radio Suara Contoh", vendor: "suara", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260105", order: "01-28", start: "02-01", end: "11-30", pace: 1, rhythm: steady, items: []item{
				{"adlib", "suara", "diseminasi", 50, "siaran", 350_000, 300_000, false, false, 0},
			},
		},
		{
			key: "harian", title: "Advertorial Cetak Harian Contoh", vendor: "harian", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260106", order: "02-02", start: "02-05", end: "10-30", pace: 1, items: []item{
				{"advertorial", "harian", "relasi", 9, "halaman", 5_400_000, 5_000_000, false, true, 0},
			},
		},
		{
			key: "minggu", title: "Advertorial Cetak Mingguan Contoh", vendor: "minggu", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260107", order: "02-09", start: "02-11", end: "12-04", pace: 4, items: []item{
				{"advertorial", "minggu", "relasi", 10, "halaman", 3_250_000, 3_000_000, false, true, 0},
			},
		},
	}
}

// kominfoSpring are those of the weeks from February to March.
func kominfoSpring() []deal {
	return []deal{
		{
			key: "desa", title: "Kabar Kelompok Informasi Masyarakat", vendor: "desa", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260108", order: "02-16", start: "02-18", end: "11-27", pace: 9, items: []item{
				{"berita", "desa", "kim", 24, "artikel", 650_000, 600_000, false, false, 0},
			},
		},
		{
			key: "sinar", title: "Publikasi Daring Sinar Contoh", vendor: "sinar", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260109", order: "02-18", start: "02-20", end: "11-30", pace: 3, fate: brokenOff, on: "07-20",
			why: "Situs media tidak aktif selama tiga puluh hari", items: []item{
				{"advertorial", "sinar", "relasi", 18, "artikel", 650_000, 600_000, false, true, 0},
			},
		},
		{
			key: "siar", title: "Spot Radio Pelayanan Informasi Publik", vendor: "siar", method: "direct_purchase", form: "bukti_pembelian",
			rup: "50260110", order: "02-23", start: "02-25", end: "11-27", pace: 6, purse: payment.GU, items: []item{
				{"spot radio", "siar", "ppid", 19, "siaran", 175_000, 150_000, false, false, 0},
			},
		},
		{
			key: "nusa", title: "Berita Nasional Portal Nusa Contoh", vendor: "nusa", campaign: "kinerja", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260111", order: "03-02", start: "03-04", end: "11-27", pace: 8, items: []item{
				{"advertorial", "nusa", "relasi", 12, "artikel", 2_200_000, 2_000_000, false, true, 0},
			},
		},
		{
			key: "lensa", title: "Liputan Temu Komunitas Informasi", vendor: "lensa", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260112", order: "03-09", start: "03-11", end: "10-30", pace: 2, items: []item{
				{"advertorial", "lensa", "acara", 8, "artikel", 2_100_000, 2_000_000, false, true, 0},
			},
		},
		{
			key: "tunda", title: "Siaran Tunda Capaian Pembangunan", vendor: "tivi", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260113", order: "03-16", start: "03-18", end: "10-16", pace: 2, items: []item{
				{"siaran tunda", "tivi", "diseminasi", 6, "siaran", 8_000_000, 7_500_000, false, false, 0},
			},
		},
	}
}

// kominfoLater are those of the rest of the year.
func kominfoLater() []deal {
	return []deal{
		{
			key: "senja", title: "Publikasi Daring Senja Contoh", vendor: "senja", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260114", order: "03-23", start: "03-25", end: "09-30", pace: 2, fate: ended, on: "10-28", items: []item{
				{"advertorial", "senja", "relasi", 16, "artikel", 640_000, 600_000, false, true, 12},
			},
		},
		{
			key: "lapak", title: "Infotorial Suara Warga", vendor: "lapak", method: "direct_purchase", form: "bukti_pembelian",
			rup: "50260115", order: "04-06", start: "04-08", end: "09-15", pace: 2, purse: payment.UP, fate: ended, on: "10-26", items: []item{
				{"infotorial", "lapak", "monitor", 10, "artikel", 550_000, 500_000, false, true, 0},
			},
		},
		{
			key: "teks", title: "Teks Berjalan Nomor Darurat", vendor: "tivi", campaign: "siaga", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260116", order: "04-13", start: "04-15", end: "12-11", pace: 4,
			addenda: []addendum{{on: "11-18", end: "12-18", more: 2, why: "Tambahan tayang peringatan dini musim hujan", waits: true}},
			items: []item{
				{"teks berjalan", "tivi", "diseminasi", 30, "tayang", 800_000, 750_000, false, false, 0},
			},
		},
		{
			key: "bintang", title: "Publikasi Daring Bintang Contoh", vendor: "bintang", campaign: "stunting", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260117", order: "05-25", start: "05-27", end: "12-04", pace: 10, items: []item{
				{"advertorial", "bintang", "relasi", 14, "artikel", 850_000, 800_000, false, true, 0},
			},
		},
		{
			key: "wicara", title: "Gelar Wicara Perubahan Anggaran", vendor: "tivi", method: "pengadaan_langsung", form: "spk",
			rup: "50260118", order: "08-12", start: "08-18", end: "11-30", fate: turnedDown, on: "08-14",
			why: "Harga di atas standar harga satuan", items: []item{
				{"gelar wicara", "tivi", "diseminasi", 12, "siaran", 14_000_000, 13_500_000, false, false, 0},
			},
		},
		{
			key: "akhir", title: "Berita Akhir Tahun Portal Nusa Contoh", vendor: "nusa", method: "e_purchasing", form: "surat_pesanan",
			rup: "50260119", order: "11-18", start: "11-23", end: "12-18", fate: submitted, items: []item{
				{"advertorial", "nusa", "relasi", 8, "artikel", 2_200_000, 2_000_000, false, true, 0},
			},
		},
	}
}

// kominfoCampaigns are those with creators and for outdoor media that serve the campaigns of spring.
func kominfoCampaigns() []deal {
	const creator = agreement.Influencer
	return []deal{
		{
			key: "ani", title: "Reel Edukasi Stunting", vendor: "ani", campaign: "stunting", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260120", order: "04-20", start: "04-22", end: "11-18", pace: 3, items: []item{
				{"reel", "ani.ig", "konten", 14, "konten", 1_650_000, 1_500_000, false, true, 0},
			},
		},
		{
			key: "kreator", title: "Konten Kreator Kabupaten Melayani", vendor: "agensi", campaign: "kinerja", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260121", order: "05-04", start: "05-06", end: "10-30", pace: 2, items: []item{
				{"reel", "dapur", "diseminasi", 6, "konten", 2_600_000, 2_475_000, false, true, 0},
				{"reel", "jalan", "diseminasi", 6, "konten", 2_600_000, 2_475_000, false, true, 0},
				{"video TikTok", "muda", "diseminasi", 6, "konten", 2_600_000, 2_475_000, false, true, 0},
			},
		},
		{
			key: "baliho", title: "Baliho Gempur Rokok Ilegal", vendor: "rupa", campaign: "cukai", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260122", order: "05-11", start: "05-13", end: "10-09", pace: 2, items: []item{
				{"baliho", "baliho", "cukai", 6, "titik", 5_500_000, 5_500_000, false, false, 0},
			},
		},
		{
			key: "budi", title: "Video Gempur Rokok Ilegal", vendor: "budi", campaign: "cukai", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260123", order: "05-18", start: "05-20", end: "11-06", pace: 2, items: []item{
				{"video TikTok", "budi.tt", "cukai", 12, "konten", 1_650_000, 1_500_000, false, true, 0},
			},
		},
		{
			key: "videotron.1", title: "Videotron Layanan Publik Tahap I", vendor: "reklame", campaign: "kinerja", method: "pengadaan_langsung", form: "spk",
			rup: "50260124", order: "06-02", start: "06-05", end: "08-28", pace: 2, items: []item{
				{"videotron", "simpang", "kanal", 8, "pekan", 8_400_000, 8_000_000, false, false, 0},
			},
		},
		{
			key: "videotron.2", title: "Videotron Layanan Publik Tahap II", vendor: "reklame", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260125", order: "06-08", start: "06-11", end: "08-31", pace: 3, items: []item{
				{"videotron", "alun", "kanal", 8, "pekan", 8_400_000, 8_000_000, false, false, 0},
			},
		},
		{
			key: "videotron.3", title: "Videotron Layanan Publik Tahap III", vendor: "reklame", campaign: "kinerja", method: "pengadaan_langsung", form: "spk",
			rup: "50260126", order: "06-15", start: "06-18", end: "09-30", pace: 4, rhythm: once, items: []item{
				{"videotron", "simpang", "kanal", 8, "pekan", 8_400_000, 8_000_000, false, false, 0},
			},
		},
	}
}

// kominfoCreators are those of the second half of the year, most with creators.
func kominfoCreators() []deal {
	const creator = agreement.Influencer
	return []deal{
		{
			key: "citra", title: "Story dan Video Anti Hoaks", vendor: "citra", campaign: "kinerja", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260127", order: "06-22", start: "06-24", end: "12-10", pace: 2, items: []item{
				{"story", "citra.ig", "konten", 14, "konten", 350_000, 300_000, false, true, 0},
				{"video TikTok", "citra.tt", "konten", 8, "konten", 600_000, 550_000, false, true, 0},
			},
		},
		{
			key: "dedi", title: "Video Panduan Siaga Bencana", vendor: "dedi", campaign: "siaga", kind: creator, method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260128", order: "07-06", start: "07-08", end: "10-30", pace: 5, items: []item{
				{"video YouTube", "dedi.yt", "konten", 4, "konten", 5_500_000, 5_000_000, false, true, 0},
			},
		},
		{
			key: "eka", title: "Posting Kegiatan Kelompok Informasi", vendor: "eka", kind: creator, method: "direct_purchase", form: "bukti_pembelian",
			rup: "50260129", order: "07-13", start: "07-15", end: "11-13", pace: 8, items: []item{
				{"posting media sosial", "eka.fb", "kim", 12, "konten", 550_000, 500_000, false, true, 0},
			},
		},
		{
			key: "refleksi", title: "Videotron Refleksi Akhir Tahun", vendor: "reklame", campaign: "kinerja", method: "pengadaan_langsung", form: "kuitansi",
			rup: "50260130", order: "11-20", start: "11-30", end: "12-24", fate: drafted, items: []item{
				{"videotron", "alun", "kanal", 3, "pekan", 8_400_000, 8_000_000, false, false, 0},
			},
		},
	}
}
