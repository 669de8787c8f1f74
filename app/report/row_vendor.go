package report

import (
	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/period"
)

// VendorRow is a vendor with whom the agency made an agreement in the fiscal year. Gross and Count are of approved
// agreements, Paid of payments settled up to the end of the report's period.
type VendorRow struct {
	ID           uuid.UUID    `db:"id"`
	Kind         string       `db:"kind"`
	Name         string       `db:"name"`
	NPWP         string       `db:"npwp"`
	NIK          string       `db:"nik"`
	NIB          string       `db:"nib"`
	KBLI         string       `db:"kbli"`
	VATRegister  bool         `db:"vat_registered"`
	PP55Number   string       `db:"pp55_number"`
	PP55Until    period.Date  `db:"pp55_valid_until"`
	Bank         string       `db:"bank"`
	Account      string       `db:"account"`
	AccountOwner string       `db:"account_owner"`
	Address      string       `db:"address"`
	Channels     string       `db:"channels"`
	Agreements   int64        `db:"agreements"`
	Gross        money.Amount `db:"gross"`
	Paid         money.Amount `db:"paid"`

	// As of the end of the period, or the day of the snapshot when that comes first.
	Press     string `db:"-"` // standing of all his outlets, or mixed
	Grades    string `db:"-"` // by outlet and account
	Blacklist string `db:"-"`
	Shared    string `db:"-"` // other vendors
}

func vendorColumns() []column[VendorRow] {
	type row = *VendorRow
	return append(append(vendorIdentity(), vendorWorth()...), []column[VendorRow]{
		of("press_status", Term, Words{"Status Dewan Pers", "Press Council Status"},
			Words{"Status media penyedia pada akhir periode; beragam bila tidak sama", "Standing of his outlets at the end of the period; mixed when not the same"},
			"press_check.status", func(r row) Cell { return text(r.Press) }),
		of("grades", Text, Words{"Tingkat", "Grade"}, Words{"Tingkat tiap media dan akun pada akhir periode; – bila tanpa tingkat", "Grade of each outlet and account at the end of the period; – when none"},
			"requirement, requirement_result, grade_bound", func(r row) Cell { return text(r.Grades) }),
		of("blacklist", Text, Words{"Daftar Hitam", "Blacklist"}, Words{"Keputusan dan masa, yang lalu juga", "Decrees with their time, past ones too"},
			"blacklist", func(r row) Cell { return text(r.Blacklist) }),
		of("shared", Text, Words{"Data Sama dengan", "Shares Data with"}, Words{"Penyedia lain dengan rekening, telepon, alamat, NPWP, atau direktur yang sama", "Other vendors with the same account, phone, address, NPWP or director"},
			"vendor", func(r row) Cell { return text(r.Shared) }),
	}...)
}

func vendorWorth() []column[VendorRow] {
	type row = *VendorRow
	return []column[VendorRow]{
		of("bank", Text, Words{"Bank", "Bank"}, Words{"Bank penyedia", "Bank of the vendor"},
			"vendor.bank_name", func(r row) Cell { return text(r.Bank) }),
		of("account", Identifier, Words{"Rekening Bank", "Bank Account"}, Words{"Nomor rekening", "Account number"},
			"vendor.bank_account_number", func(r row) Cell { return text(r.Account) }),
		of("account_owner", Text, Words{"Pemilik Rekening", "Account Owner"}, Words{"Nama pemilik rekening", "Name on the account"},
			"vendor.bank_account_owner", func(r row) Cell { return text(r.AccountOwner) }),
		of("address", Text, Words{"Alamat", "Address"}, Words{"Alamat penyedia", "Address of the vendor"},
			"vendor.address", func(r row) Cell { return text(r.Address) }),
		of("channels", Text, Words{"Media dan Akun", "Outlets and Accounts"}, Words{"Media dan akun yang diwakili, dipisah titik koma", "Outlets and accounts represented, by semicolon"},
			"outlet.name, social_account.handle", func(r row) Cell { return text(r.Channels) }),
		of("agreements", Count, Words{"Jumlah Perjanjian", "Agreements"}, Words{"Perjanjian yang pernah disetujui", "Agreements that were ever approved"},
			"agreement", func(r row) Cell { return number(r.Agreements) }),
		of("gross", Money, Words{"Nilai Bruto", "Gross"}, Words{"Bruto perjanjian yang pernah disetujui", "Gross of agreements ever approved"},
			"agreement.gross", func(r row) Cell { return amount(r.Gross) }),
		of("paid", Money, Words{"Dibayar", "Paid"}, Words{"Bruto pembayaran ber-SP2D sampai akhir periode", "Gross of payments settled up to the end of the period"},
			"payment.gross (settled)", func(r row) Cell { return amount(r.Paid) }),
	}
}

func vendorIdentity() []column[VendorRow] {
	type row = *VendorRow
	return []column[VendorRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap penyedia", "Stable id of the vendor"},
			"vendor.id", func(r row) Cell { return text(r.ID.String()) }),
		rowNumber[VendorRow](),
		of("name", Text, Words{"Penyedia", "Vendor"}, Words{"Nama resmi", "Legal name"},
			"vendor.legal_name", func(r row) Cell { return text(r.Name) }),
		of("kind", Term, Words{"Jenis", "Kind"}, Words{"Badan usaha atau orang pribadi", "Company or individual"},
			"vendor.kind", func(r row) Cell { return text(r.Kind) }),
		of("npwp", Identifier, Words{"NPWP", "NPWP"}, Words{"Nomor Pokok Wajib Pajak", "Tax number"},
			"vendor.npwp", func(r row) Cell { return text(r.NPWP) }),
		of("nik", Identifier, Words{"NIK", "NIK"}, Words{"Nomor Induk Kependudukan orang pribadi", "Identity number of an individual"},
			"vendor.nik", func(r row) Cell { return text(r.NIK) }),
		of("nib", Identifier, Words{"NIB", "NIB"}, Words{"Nomor Induk Berusaha", "Business number"},
			"vendor.nib", func(r row) Cell { return text(r.NIB) }),
		of("kbli", Identifier, Words{"KBLI", "KBLI"}, Words{"Kode klasifikasi usaha, dipisah titik koma", "Codes of business classification, by semicolon"},
			"vendor.kbli", func(r row) Cell { return text(r.KBLI) }),
		of("vat_registered", Term, Words{"PKP", "VAT Registered"}, Words{"Pengusaha Kena Pajak", "Registered for VAT"},
			"vendor.vat_registered", func(r row) Cell { return yes(r.VATRegister) }),
		of("pp55_number", Identifier, Words{"No Suket PP 55", "PP 55 Certificate"}, Words{"Nomor surat keterangan PP 55", "Number of the PP 55 certificate"},
			"vendor.pp55_number", func(r row) Cell { return text(r.PP55Number) }),
		of("pp55_valid_until", Day, Words{"Suket Berlaku s.d.", "PP 55 Valid Until"}, Words{"Akhir masa berlaku Suket", "Last day of the certificate"},
			"vendor.pp55_valid_until", func(r row) Cell { return day(r.PP55Until) }),
	}
}
