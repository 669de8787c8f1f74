package tax

import (
	"tayang/app/money"
	"tayang/app/period"
)

// Legal sources that several rows share.
const (
	rounding2025 = "PER-11/PJ/2025 pasal 129" // half up to the whole rupiah, for base and tax
	collectors   = "PMK 231/PMK.03/2019 pasal 18"
	services     = "UU PPh pasal 23 ayat (1) huruf c dan ayat (1a); PMK 141/PMK.03/2015"
	nonEmployee  = "UU PPh pasal 17 dan 21 ayat (5a); PER-16/PJ/2016"
	landBuilding = "UU PPh pasal 4 ayat (2); PP 34/2017"
)

// oldest is the first day that the table covers, whenever its laws began.
const oldest = "2019-01-01"

// Statutory are Indonesia's rates by law since 1 January 2019. A row ends where the rate, the base, the threshold or
// the rounding changed, or another regulation took over.
func Statutory() Rates {
	var rows []Rate
	for _, kind := range [][]Rate{vat(), companyServices(), smallCompanies(), individuals(), rental()} {
		rows = append(rows, kind...)
	}
	return Rates{rows: rows}
}

func since(kind Kind, from, to, basis string) Rate {
	r := Rate{
		Kind: kind, ValidFrom: period.MustDate(from), LegalBasis: basis,
		Base: Fraction{1, 1}, Unnumbered: Fraction{1, 1}, Rounding: money.Down,
	}
	if to != "" {
		r.ValidTo = period.MustDate(to)
	}
	if !r.ValidFrom.Before(period.MustDate("2025-01-01")) {
		r.Rounding = money.HalfUp
		r.LegalBasis += "; " + rounding2025
	}
	return r
}

func (r Rate) flat(points int64) Rate {
	r.Brackets = []Bracket{{Points: points}}
	return r
}

func (r Rate) collectedAbove(price money.Amount) Rate {
	r.CollectAbove = price
	return r
}

func (r Rate) of(num, den int64) Rate {
	r.Base = Fraction{num, den}
	return r
}

func (r Rate) unnumbered(num, den int64) Rate {
	r.Unnumbered = Fraction{num, den}
	return r
}

// vat: 10% of the price, 11% from April 2022, and 12% of 11/12 of the price since 2025 for all but luxury goods.
// The first threshold is Rp1,000,000 with VAT, which is a price of Rp909,090.
func vat() []Rate {
	return []Rate{
		since(PPN, oldest, "2020-03-31", "UU PPN (UU 42/2009) pasal 7; KMK 563/KMK.03/2003").flat(1000).collectedAbove(909_090),
		since(PPN, "2020-04-01", "2022-03-31", "UU PPN (UU 42/2009) pasal 7; "+collectors).flat(1000).collectedAbove(2_000_000),
		since(PPN, "2022-04-01", "2024-12-31", "UU PPN (UU 7/2021) pasal 7; "+collectors+" jo. PMK 59/PMK.03/2022").
			flat(1100).collectedAbove(2_000_000),
		since(PPN, "2025-01-01", "", "UU PPN (UU 7/2021) pasal 7; PMK 131/2024; "+collectors+" jo. PMK 59/PMK.03/2022").
			of(11, 12).flat(1200).collectedAbove(2_000_000),
	}
}

// companyServices: PPh 23, 2%, and 100% more without a tax number.
func companyServices() []Rate {
	return []Rate{
		since(PPh23, oldest, "2024-12-31", services).flat(200).unnumbered(2, 1),
		since(PPh23, "2025-01-01", "", services).flat(200).unnumbered(2, 1),
	}
}

// smallCompanies: final income tax of 0.5% of gross.
func smallCompanies() []Rate {
	return []Rate{
		since(PPhFinal, oldest, "2022-12-19", "PP 23/2018").flat(50),
		since(PPhFinal, "2022-12-20", "2024-12-31", "PP 55/2022 pasal 56").flat(50),
		since(PPhFinal, "2025-01-01", "", "PP 55/2022 pasal 56").flat(50),
	}
}

// individuals: PPh 21 of persons who are not employees, article 17 on half of gross, 20% more without a tax number.
func individuals() []Rate {
	before := []Bracket{{50_000_000, 500}, {250_000_000, 1500}, {500_000_000, 2500}, {0, 3000}}
	brackets := []Bracket{{60_000_000, 500}, {250_000_000, 1500}, {500_000_000, 2500}, {5_000_000_000, 3000}, {0, 3500}}
	rows := []Rate{
		since(PPh21, oldest, "2021-12-31", nonEmployee),
		since(PPh21, "2022-01-01", "2023-12-31", nonEmployee+"; UU 7/2021"),
		since(PPh21, "2024-01-01", "2024-12-31", "UU PPh pasal 17 dan 21 ayat (5a); PP 58/2023; PMK 168/2023"),
		since(PPh21, "2025-01-01", "", "UU PPh pasal 17 dan 21 ayat (5a); PP 58/2023; PMK 168/2023"),
	}
	for i := range rows {
		rows[i] = rows[i].of(1, 2).unnumbered(6, 5)
		rows[i].Brackets = brackets
	}
	rows[0].Brackets = before
	return rows
}

// rental: 10% of gross for land and buildings.
func rental() []Rate {
	return []Rate{
		since(PPh42, oldest, "2024-12-31", landBuilding).flat(1000),
		since(PPh42, "2025-01-01", "", landBuilding).flat(1000),
	}
}
