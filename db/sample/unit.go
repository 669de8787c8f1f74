package sample

import (
	"math/rand/v2"

	"tayang/app/period"
	"tayang/app/placement"
)

// unit is one placement to be, with the days on which things happen to it.
type unit struct {
	no, item                                int // unit counts over the whole agreement
	scheduled, published, entered, verified period.Date
	slip                                    slip
	topic                                   string

	placement placement.Placement // once it is planned
}

// dies reports whether the unit is never accepted.
func (u *unit) dies() bool { return u.slip.what == turnedBack || u.slip.what == cancelled }

// parcel is what is planned, accepted, billed and paid together.
type parcel struct {
	no      int
	planned period.Date
	units   []*unit
	what    trouble
}

// parcels spreads the units of the agreement over its term.
func (d deal) parcels() []*parcel {
	rng := rand.New(rand.NewPCG(year, uint64(d.serial))) //nolint:gosec // it has to give the same story each time
	byMonth := map[period.Month]*parcel{}
	no := 0
	for i, it := range d.items {
		for _, on := range d.spread(it, rng) {
			no++
			month := on.Month()
			if d.rhythm == once {
				month = d.term().From.Month()
			}
			if byMonth[month] == nil {
				byMonth[month] = &parcel{planned: workday(later(month.Start(), day(d.order)))}
			}
			byMonth[month].units = append(byMonth[month].units, d.unit(no, i, on, rng))
		}
	}
	var out []*parcel
	for _, m := range period.FiscalYear(year).Months() {
		if p := byMonth[m]; p != nil {
			p.no = len(out) + 1
			p.what = d.trouble(p.no)
			out = append(out, p)
		}
	}
	return out
}

// spread gives the days on which the units of an item are scheduled.
func (d deal) spread(it item, rng *rand.Rand) []period.Date {
	n, term := int(it.quantity), d.term()
	if it.placed > 0 {
		n = int(it.placed)
	}
	out := make([]period.Date, n)
	for i := range out {
		if d.rhythm == steady {
			out[i] = evenly(i, n, term)
			continue
		}
		out[i] = term.From.AddDays(int((float64(i) + rng.Float64()) * float64(term.Days()) / float64(n)))
	}
	return out
}

// evenly is the day of the i-th of n units when every month of the term has as many.
func evenly(i, n int, term period.Range) period.Date {
	months := int(term.To.Month().Number()-term.From.Month().Number()) + 1
	each := n / months
	first := term.From
	for range i / each {
		first = first.Month().Next().Start()
	}
	return first.AddDays((i%each*2 + 1) * 28 / (2 * each))
}

func (d deal) unit(no, item int, on period.Date, rng *rand.Rand) *unit {
	on = d.outside(on)
	u := &unit{no: no, item: item, scheduled: on, published: on, topic: topic(d.agency, rng), slip: d.slip(no)}
	if tomorrow := on.AddDays(1); rng.IntN(6) == 0 && tomorrow.Month() == on.Month() && d.term().Contains(tomorrow) {
		u.published = tomorrow
	}
	u.entered = workday(u.published.AddDays(1))
	u.verified = workday(u.entered.AddDays(1 + rng.IntN(3)))
	if u.slip.what == redone {
		u.verified = workday(u.verified.AddDays(3))
	}
	if d.fate == brokenOff && !u.entered.Before(day(d.on)) {
		u.entered = period.Date{}
	}
	return u
}

func (d deal) slip(no int) slip {
	for _, s := range slips() {
		if s.deal == d.key && s.unit == no {
			return s
		}
	}
	return slip{}
}

func (d deal) trouble(no int) trouble {
	for _, h := range hitches() {
		if h.deal == d.key && h.parcel == no {
			return h.what
		}
	}
	return ""
}

// last is the day on which the last of the units that are to be accepted was verified; no date when there is none.
func (p *parcel) last() (last period.Date) {
	for _, u := range p.good() {
		last = later(last, u.verified)
	}
	return last
}

// good are the units that are to be accepted.
func (p *parcel) good() (out []*unit) {
	for _, u := range p.units {
		if !u.dies() && !u.entered.IsZero() {
			out = append(out, u)
		}
	}
	return out
}

// topic is what a publication of the agency is about.
func topic(agency string, rng *rand.Rand) string {
	return pick(rng, subjects(agency)) + " di " + pick(rng, places())
}

func pick(rng *rand.Rand, of []string) string { return of[rng.IntN(len(of))] }

func subjects(agency string) []string {
	switch agency {
	case Setwan:
		return []string{
			"Rapat Paripurna", "Reses Anggota Dewan", "Pembahasan Raperda", "Kunjungan Kerja Komisi", "Dengar Pendapat Umum",
			"Sosialisasi Perda",
		}
	case Dispar:
		return []string{"Pesona Air Terjun", "Kuliner Malam", "Festival Sungai", "Desa Wisata", "Pasar Kerajinan", "Jelajah Sepeda"}
	}
	return []string{
		"Pasar Murah", "Posyandu Keliling", "Perbaikan Jalan", "Layanan KTP Jemput Bola", "Vaksinasi Anak", "Gotong Royong",
		"Pelatihan UMKM", "Bantuan Benih Padi", "Simulasi Tanggap Bencana", "Operasi Rokok Ilegal", "Perpustakaan Keliling", "Uji Coba Bus Sekolah",
	}
}

func places() []string {
	return []string{"Contoh Utara", "Contoh Selatan", "Contoh Timur", "Contoh Barat", "Contoh Hulu", "Contoh Hilir", "Contoh Kota"}
}
