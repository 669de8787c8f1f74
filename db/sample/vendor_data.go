package sample

import "tayang/app/registry"

// party is a vendor. Numbers follow from its place in the table; owner and account are those of the bank account when
// they are not the vendor's own.
type party struct {
	key, name      string
	kind           registry.VendorKind
	npwp, nik, pkp bool
	pp55           string // last day of the certificate, or none
	kbli           string
	owner, account string
	address        string
}

func parties() []party {
	const co, person = registry.Company, registry.Individual
	return []party{
		{key: "pos", name: "PT Media Contoh Satu", kind: co, npwp: true, pkp: true, kbli: "63122", address: "Jl. Contoh Raya 1"},
		{key: "kabar", name: "PT Kabar Contoh Dua", kind: co, npwp: true, pkp: true, kbli: "63122", address: "Jl. Contoh Raya 22"},
		{key: "suara", name: "PT Suara Contoh Tiga", kind: co, npwp: true, pkp: true, kbli: "60102", address: "Jl. Pemancar Contoh 3"},
		{key: "tivi", name: "PT Televisi Contoh Empat", kind: co, npwp: true, pkp: true, kbli: "60202", address: "Jl. Pemancar Contoh 4"},
		{key: "reklame", name: "PT Reklame Contoh Lima", kind: co, npwp: true, pkp: true, kbli: "73100", address: "Jl. Simpang Contoh 5"},
		{key: "harian", name: "PT Harian Contoh Enam", kind: co, npwp: true, pkp: true, kbli: "58130", address: "Jl. Percetakan Contoh 6"},
		{key: "agensi", name: "PT Agensi Kreator Contoh Tujuh", kind: co, npwp: true, pkp: true, kbli: "73100", address: "Ruko Contoh Blok 7"},
		{key: "nusa", name: "PT Portal Nusa Contoh Delapan", kind: co, npwp: true, pkp: true, kbli: "63122", address: "Menara Contoh Lt. 8"},
		{key: "warta", name: "CV Warta Contoh Sembilan", kind: co, npwp: true, kbli: "63122", address: "Jl. Contoh Kecil 9"},
		{key: "lensa", name: "CV Lensa Contoh Sepuluh", kind: co, npwp: true, kbli: "63122", address: "Jl. Contoh Kecil 10"},
		{key: "minggu", name: "CV Mingguan Contoh Sebelas", kind: co, npwp: true, kbli: "58130", address: "Jl. Contoh Kecil 11"},
		{key: "siar", name: "PT Siar Contoh Dua Belas", kind: co, npwp: true, kbli: "60102", address: "Jl. Pemancar Contoh 12"},
		{key: "desa", name: "CV Kabar Desa Contoh", kind: co, npwp: true, pp55: "2027-03-31", kbli: "63122", address: "Desa Contoh RT 13"},
		{key: "warga", name: "CV Warga Contoh", kind: co, npwp: true, pp55: "2026-12-31", kbli: "63122", address: "Desa Contoh RT 14"},
		{key: "pelita", name: "CV Pelita Contoh", kind: co, npwp: true, pp55: "2026-06-30", kbli: "58130", address: "Jl. Contoh Kecil 15"},
		{key: "rupa", name: "CV Rupa Contoh", kind: co, npwp: true, pp55: "2027-01-31", kbli: "73100", address: "Jl. Simpang Contoh 16"},
		{key: "lapak", name: "UD Lapak Berita Contoh", kind: co, kbli: "63122", address: "Pasar Contoh Los 17"},
		{key: "sinar", name: "CV Sinar Contoh", kind: co, npwp: true, kbli: "63122", account: "7700000000018", address: "Jl. Contoh Kecil 18"},
		{key: "senja", name: "CV Senja Contoh", kind: co, npwp: true, kbli: "63122", account: "7700000000018", address: "Jl. Contoh Kecil 19"},
		{key: "bintang", name: "CV Bintang Contoh", kind: co, npwp: true, kbli: "63122", owner: "Hendra Contoh", address: "Jl. Contoh Kecil 20"},
		{key: "ani", name: "Ani Contoh", kind: person, npwp: true, nik: true, address: "Kelurahan Contoh Utara"},
		{key: "budi", name: "Budi Contoh", kind: person, npwp: true, nik: true, address: "Kelurahan Contoh Selatan"},
		{key: "citra", name: "Citra Contoh", kind: person, nik: true, address: "Kelurahan Contoh Timur"},
		{key: "dedi", name: "Dedi Contoh", kind: person, address: "Kelurahan Contoh Barat"},
		{key: "eka", name: "Eka Contoh", kind: person, nik: true, address: "Kecamatan Contoh Hulu"},
	}
}

// partyOf finds a vendor by its key.
func partyOf(key string) party {
	for _, p := range parties() {
		if p.key == key {
			return p
		}
	}
	panic("sample: no vendor " + key)
}

// medium is an outlet with its standing with the Press Council; until is the last day of its certificate.
type medium struct {
	key, vendor  string
	kind         registry.OutletKind
	name, domain string
	press        registry.PressStatus
	until        string
}

func media() []medium {
	const online, print, radio, tv, outdoor = registry.Online, registry.Print, registry.Radio, registry.TV, registry.Outdoor
	return []medium{
		{"pos", "pos", online, "Contoh Pos", "contoh-pos.example", registry.Factual, "2028-05-31"},
		{"pos.cetak", "pos", print, "Contoh Pos Edisi Cetak", "", registry.Factual, "2028-05-31"},
		{"kabar", "kabar", online, "Kabar Contoh", "kabar-contoh.example", registry.Factual, "2027-11-30"},
		{"suara", "suara", radio, "Radio Suara Contoh 100 FM", "suara-contoh.example", registry.Administrative, "2027-02-28"},
		{"tivi", "tivi", tv, "Contoh TV", "contoh-tv.example", registry.Factual, "2028-01-31"},
		{"simpang", "reklame", outdoor, "Videotron Simpang Contoh", "", registry.Unlisted, ""},
		{"alun", "reklame", outdoor, "Videotron Alun-Alun Contoh", "", registry.Unlisted, ""},
		{"harian", "harian", print, "Harian Contoh", "harian-contoh.example", registry.Factual, "2029-04-30"},
		{"nusa", "nusa", online, "Portal Nusa Contoh", "nusa-contoh.example", registry.Factual, "2028-08-31"},
		{"warta", "warta", online, "Warta Contoh", "warta-contoh.example", registry.Administrative, "2027-06-30"},
		{"lensa", "lensa", online, "Lensa Contoh", "lensa-contoh.example", registry.Administrative, "2027-09-30"},
		{"minggu", "minggu", print, "Mingguan Contoh", "", registry.Administrative, "2027-07-31"},
		{"siar", "siar", radio, "Radio Siar Contoh 90 FM", "", registry.Administrative, "2027-12-31"},
		{"desa", "desa", online, "Kabar Desa", "kabar-desa.example", registry.Administrative, "2027-03-31"},
		{"warga", "warga", online, "Warga Menulis", "warga-menulis.example", registry.InProcess, ""},
		{"pelita", "pelita", print, "Tabloid Pelita Contoh", "", registry.InProcess, ""},
		{"baliho", "rupa", outdoor, "Baliho Batas Kota Contoh", "", registry.Unlisted, ""},
		{"lapak", "lapak", online, "Lapak Berita", "lapak-berita.example", registry.InProcess, ""},
		{"sinar", "sinar", online, "Sinar Contoh", "sinar-contoh.example", registry.Administrative, "2027-04-30"},
		{"senja", "senja", online, "Senja Contoh", "senja-contoh.example", registry.Administrative, "2027-01-31"},
		{"bintang", "bintang", online, "Bintang Contoh", "bintang-contoh.example", registry.Administrative, "2026-03-31"},
	}
}

// profile is a social account.
type profile struct {
	key, vendor string
	platform    registry.Platform
	handle      string
}

func profiles() []profile {
	return []profile{
		{"pos.ig", "pos", registry.Instagram, "contohpos"},
		{"dapur", "agensi", registry.Instagram, "dapur.contoh"},
		{"jalan", "agensi", registry.Instagram, "jalan.contoh"},
		{"muda", "agensi", registry.TikTok, "muda.contoh"},
		{"ani.ig", "ani", registry.Instagram, "ani.contoh"},
		{"budi.tt", "budi", registry.TikTok, "budi.contoh"},
		{"citra.ig", "citra", registry.Instagram, "citra.contoh"},
		{"citra.tt", "citra", registry.TikTok, "citra.contoh"},
		{"dedi.yt", "dedi", registry.YouTube, "dedi.contoh"},
		{"eka.fb", "eka", registry.Facebook, "eka.contoh"},
	}
}

// reach is a look at a social account: on a day, with a picture of it or without.
type reach struct {
	account, on string
	followers   int64
	rate        string
	pictured    bool
}

func reaches() []reach {
	return []reach{
		{"pos.ig", "01-07", 128_400, "1.8", true},
		{"eka.fb", "02-09", 18_250, "2.4", true},
		{"dapur", "02-18", 92_300, "3.1", true},
		{"jalan", "02-18", 74_900, "4.2", true},
		{"ani.ig", "04-14", 61_700, "3.6", true},
		{"dapur", "04-27", 96_800, "3.0", true},
		{"jalan", "04-27", 77_150, "4.0", true},
		{"muda", "04-27", 142_000, "5.5", false},
		{"citra.ig", "04-29", 38_600, "4.8", true},
		{"budi.tt", "05-12", 187_500, "6.1", true},
		{"citra.ig", "06-15", 39_450, "4.6", true},
		{"citra.tt", "06-15", 44_200, "5.9", false},
		{"dedi.yt", "06-29", 55_030, "2.2", true},
		{"pos.ig", "07-01", 133_900, "1.7", false},
		{"muda", "09-07", 151_300, "5.1", false},
		{"ani.ig", "10-05", 66_020, "3.4", true},
		{"ani.ig", "11-06", 66_480, "3.4", true},
		{"budi.tt", "11-06", 193_900, "5.8", true},
		{"citra.ig", "11-06", 40_120, "4.5", true},
		{"dedi.yt", "11-06", 56_400, "2.1", true},
		{"eka.fb", "11-06", 18_900, "2.3", true},
		{"budi.tt", "11-10", 194_200, "5.8", true},
	}
}
