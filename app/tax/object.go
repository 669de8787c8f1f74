package tax

import (
	"regexp"

	"tayang/app/period"
)

// Object is the kind of object under which a tax is declared (kode objek pajak), and who says so.
type Object struct {
	Kind      Kind        `json:"kind" db:"kind" enum:"ppn,pph21,pph23,pph_final,pph4_2"`
	Code      string      `json:"code" db:"code" doc:"NN-NNN-NN"`
	Name      string      `json:"name" db:"name"`
	ValidFrom period.Date `json:"valid_from" db:"valid_from"`
	ValidTo   period.Date `json:"valid_to,omitempty" db:"valid_to" doc:"last day; none while it is in force"`
	Source    string      `json:"source" db:"source"`
}

// Objects are those that the program knows of payments for media. Of rental of land and buildings there are several, so
// that none is known; VAT has none. An office that declares otherwise enters a row of its own.
func Objects() []Object {
	const source = "Daftar kode objek pajak e-Bupot (DJP)"
	since := period.MustDate("2022-01-01")
	return []Object{
		{Kind: PPh23, Code: "24-104-34", Name: "Jasa penyediaan tempat dan/atau waktu dalam media massa, media luar ruang, atau media lain untuk penyampaian informasi, dan/atau jasa periklanan", ValidFrom: since, Source: source},
		{Kind: PPh21, Code: "21-100-09", Name: "Bukan pegawai lainnya", ValidFrom: since, Source: source},
		{Kind: PPhFinal, Code: "28-423-01", Name: "Penghasilan usaha dengan peredaran bruto tertentu (PP 55/2022)", ValidFrom: since, Source: source},
	}
}

// ObjectAt is the object of a tax on a day: of those that hold the one that begins last, else of those that the program
// knows; none, with an empty code, when nobody has said.
func ObjectAt(rows []Object, kind Kind, on period.Date) (found Object) {
	for _, set := range [][]Object{rows, Objects()} {
		for _, o := range set {
			holds := period.Range{From: o.ValidFrom, To: o.ValidTo}.Contains(on)
			if o.Kind == kind && holds && (found.Code == "" || !o.ValidFrom.Before(found.ValidFrom)) {
				found = o
			}
		}
		if found.Code != "" {
			return found
		}
	}
	return found
}

// IsObjectCode reports whether the text has the form of an object code, 24-104-34.
func IsObjectCode(text string) bool {
	return regexp.MustCompile(`^[0-9]{2}-[0-9]{3}-[0-9]{2}$`).MatchString(text)
}
