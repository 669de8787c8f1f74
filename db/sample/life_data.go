package sample

import (
	"context"

	"tayang/app/agreement"
	"tayang/app/period"
)

// hold is a time in which an agreement is suspended, from its first day to the day on which it goes on.
type hold struct{ from, to, why, back string }

// lifeDeals are a framework agreement of the communication office and the orders under it, one of them held up for a while.
func lifeDeals() []deal {
	item := func(n int64) []item {
		return []item{{"infotorial", "lensa", "relasi", n, "artikel", 750_000, 700_000, false, true, 0}}
	}
	order := func(key, title, rup, on, start, end string, n int64) deal {
		return deal{
			key: key, title: title, vendor: "lensa", campaign: "kinerja", method: "e_purchasing", form: "surat_pesanan",
			rup: rup, order: on, start: start, end: end, pace: 3, items: item(n), under: "payung",
		}
	}
	held := order("payung.2", "Pesanan Infotorial Layanan Perizinan", "50260142", "07-20", "07-22", "09-18", 4)
	held.holds = []hold{{from: "08-03", to: "08-18", why: "Situs media dalam perbaikan setelah peretasan", back: "Situs media pulih dan sudah diperiksa"}}
	return []deal{
		{
			key: "payung", title: "Kontrak Payung Infotorial Daring", vendor: "lensa", campaign: "kinerja", method: "e_purchasing", form: "surat_perjanjian",
			rup: "50260140", order: "05-18", start: "05-20", end: "12-11", pace: 3, items: item(1), ceiling: 12_000_000,
		},
		order("payung.1", "Pesanan Infotorial Layanan Kesehatan", "50260141", "06-03", "06-05", "07-24", 5),
		held,
		order("payung.3", "Pesanan Infotorial Musim Tanam", "50260143", "09-21", "09-23", "11-27", 5),
	}
}

// outside moves a day that lies in a suspension to the day on which work goes on.
func (d deal) outside(on period.Date) period.Date {
	for _, h := range d.holds {
		if !on.Before(day(h.from)) && on.Before(day(h.to)) {
			on = day(h.to)
		}
	}
	return on
}

// tellHolds puts the suspensions of the agreement on the agenda.
func (r *run) tellHolds() {
	for _, h := range r.holds {
		pause := func(verb agreement.Verb, on, why string) {
			r.add(day(on), 7*60, string(verb), func(ctx context.Context) error {
				_, err := r.desk.agreements.Pause(ctx, r.ppk, r.agency, r.agreement.ID, nil, verb, agreement.Pause{Date: day(on), Reason: why})
				return err
			})
		}
		pause(agreement.Suspend, h.from, h.why)
		pause(agreement.Resume, h.to, h.back)
	}
}
