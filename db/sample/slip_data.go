package sample

// mishap is what went otherwise with one unit of an agreement.
type mishap string

const (
	turnedBack  mishap = "turnedBack"  // its proof does not convince, for good
	redone      mishap = "redone"      // its proof does not convince at first
	cancelled   mishap = "cancelled"   // it never appeared
	addressed   mishap = "addressed"   // its address is the text
	unlabelled  mishap = "unlabelled"  // paid content without a label
	proofShared mishap = "proofShared" // its proof is the picture of the text
	takenDown   mishap = "takenDown"   // gone before the end of its minimum live period; the text is what staff saw
)

// slip is a mishap of the n-th unit of an agreement.
type slip struct {
	deal string
	unit int
	what mishap
	text string // the reason, the address or the picture
}

func slips() []slip {
	const market = "https://contoh-pos.example/2026/03/pasar-murah-ramadan"
	return []slip{
		{"pos", 9, addressed, market},
		{"pos", 11, addressed, market},
		{"kabar", 14, addressed, "https://salinan-contoh.example/2026/05/posyandu-keliling"},
		{"nusa", 5, unlabelled, ""},
		{"desa", 6, proofShared, "lapak-tani"},
		{"desa", 8, proofShared, "lapak-tani"},
		{"pos", 20, turnedBack, "Tangkapan layar tidak memuat tanggal tayang"},
		{"warta", 12, turnedBack, "Tautan tidak dapat dibuka"},
		{"teks", 11, turnedBack, "Log siaran tidak memuat jam tayang"},
		{"foto", 9, turnedBack, "Foto bukan dari kegiatan yang dipesan"},
		{"nasional", 7, turnedBack, "Artikel tidak memuat lokasi wisata"},
		{"kabar", 25, redone, "Tangkapan layar terpotong"},
		{"ani", 3, takenDown, "Tautan menampilkan \"Maaf, halaman ini tidak tersedia\"; unggahan lain di akun masih ada."},
		{"ani", 4, redone, "Tautan menuju konten lain"},
		{"dewan.pos", 10, redone, "Judul tidak sesuai pesanan"},
		{"warta", 20, cancelled, "Siaran pers ditarik"},
		{"teks", 5, cancelled, "Siaran diganti liputan darurat"},
		{"siar", 15, cancelled, "Pemancar dalam perbaikan"},
		{"citra", 8, cancelled, "Tema diganti"},
		{"paripurna", 9, cancelled, "Rapat paripurna ditunda"},
		{"jelajah", 5, cancelled, "Cuaca buruk di lokasi"},
	}
}

// trouble is what went otherwise with one month's papers of an agreement.
type trouble string

const (
	undeposited trouble = "undeposited" // its taxes are never deposited
	returned    trouble = "returned"    // the bank returns the money, and it is paid anew
	billedEarly trouble = "billedEarly" // the invoice is older than what it bills
	heldUp      trouble = "heldUp"      // the payment is held for an hour
	credited    trouble = "credited"    // the vendor takes a placement off his invoice
	paidIn      trouble = "paidIn"      // the vendor pays the penalty in himself
	givenBack   trouble = "givenBack"   // the vendor gives the money of a placement back
	roundedUp   trouble = "roundedUp"   // the vendor's VAT is rounded up, within the tolerance
)

// hitch is a trouble of the n-th settlement of an agreement.
type hitch struct {
	deal   string
	parcel int
	what   trouble
}

func hitches() []hitch {
	return []hitch{
		{"tunda", 3, undeposited}, {"baliho", 2, returned}, {"lensa", 4, billedEarly}, {"nusa", 2, roundedUp},
		{"desa", 3, heldUp}, {"desa", 6, paidIn}, {"siar", 3, credited}, {"teks", 2, givenBack},
	}
}
