package sample

import "tayang/app/money"

// ceiling is a budget line with what the original document and the revision give it, in rupiah.
type ceiling struct {
	key, subActivity, name, account, fund string
	original, revised                     money.Amount
}

// The accounts in use, with their names.
const (
	advertising  = "5.1.02.02.01.0055"
	subscription = "5.1.02.02.01.0062"
	events       = "5.1.02.02.01.0047"
	honoraria    = "5.1.02.02.01.0003"
)

func accountName(code string) string {
	switch code {
	case advertising:
		return "Belanja Jasa Iklan/Reklame, Film, dan Pemotretan"
	case subscription:
		return "Belanja Langganan Jurnal/Surat Kabar/Majalah"
	case events:
		return "Belanja Jasa Penyelenggaraan Acara"
	case honoraria:
		return "Honorarium Narasumber atau Pembahas, Moderator, Pembawa Acara, dan Panitia"
	}
	return code
}

func kominfoCeilings() []ceiling {
	return []ceiling{
		{"relasi", "2.16.02.2.01.0014", "Relasi Media", advertising, "PAD", 398_805_000, 418_805_000},
		{"langganan", "2.16.02.2.01.0014", "Relasi Media", subscription, "PAD", 60_000_000, 40_000_000},
		{"kim", "2.16.02.2.01.0015", "Kemitraan Komunikasi dengan Komunitas Informasi Masyarakat", advertising, "DAU", 149_450_000, 149_450_000},
		{"acara", "2.16.02.2.01.0015", "Kemitraan Komunikasi dengan Komunitas Informasi Masyarakat", events, "DAU", 100_000_000, 80_000_000},
		{"ppid", "2.16.02.2.01.0017", "Pelayanan Informasi Publik", advertising, "PAD", 85_000_000, 85_000_000},
		{"monitor", "2.16.02.2.01.0019", "Monitoring Informasi Kebijakan, Opini, dan Aspirasi Publik", advertising, "PAD", 55_000_000, 50_000_000},
		{"diseminasi", "2.16.02.2.01.0020", "Diseminasi Informasi", advertising, "PAD", 307_600_000, 342_600_000},
		{"kanal", "2.16.02.2.01.0021", "Pengelolaan Media Komunikasi Publik", advertising, "PAD", 300_000_000, 300_000_000},
		{"cukai", "2.16.02.2.01.0021", "Pengelolaan Media Komunikasi Publik", advertising, "DBH-CHT", 146_155_000, 146_155_000},
		{"konten", "2.16.02.2.01.0023", "Penyusunan Konten", advertising, "PAD", 151_602_800, 171_602_800},
		{"sdm", "2.16.02.2.01.0024", "Penguatan Kapasitas Sumber Daya Manusia Komunikasi Publik", honoraria, "DAU", 5_000_000, 5_000_000},
	}
}

func setwanCeilings() []ceiling {
	return []ceiling{
		{"dewan", "4.02.02.2.04.0003", "Publikasi dan Dokumentasi Dewan", advertising, "PAD", 520_000_000, 0},
		{"koran", "4.02.02.2.04.0003", "Publikasi dan Dokumentasi Dewan", subscription, "PAD", 30_000_000, 0},
	}
}

func disparCeilings() []ceiling {
	return []ceiling{
		{"wisata", "3.26.03.2.01.0004", "Fasilitasi Kegiatan Pemasaran Pariwisata", advertising, "PAD", 220_000_000, 0},
		{"festival", "3.26.03.2.01.0004", "Fasilitasi Kegiatan Pemasaran Pariwisata", events, "DAU", 40_000_000, 0},
	}
}

// drive is a campaign of an agency.
type drive struct{ key, agency, name, objective, start, end string }

func drives() []drive {
	return []drive{
		{"kinerja", Kominfo, "Kabupaten Contoh Melayani", "Warga mengetahui layanan dan capaian pemerintah kabupaten.", "01-05", "12-18"},
		{"cukai", Kominfo, "Gempur Rokok Ilegal Contoh", "Warga mengenali pita cukai palsu dan melaporkannya.", "05-04", "11-30"},
		{"stunting", Kominfo, "Contoh Bebas Stunting", "Ibu hamil dan balita datang ke posyandu.", "04-01", "12-11"},
		{"siaga", Kominfo, "Contoh Siaga Bencana", "Warga tahu jalur evakuasi dan nomor darurat.", "09-01", "12-18"},
		{"dewan", Setwan, "Suara Dewan Contoh", "Warga mengikuti pembahasan peraturan daerah.", "01-12", "12-18"},
		{"wisata", Dispar, "Jelajah Contoh", "Kunjungan wisatawan nusantara naik.", "02-16", "12-11"},
		{"festival", Dispar, "Festival Sungai Contoh", "Pengunjung datang dari kabupaten tetangga.", "07-01", "09-30"},
	}
}
