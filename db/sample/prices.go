package sample

import (
	"context"
	"fmt"

	"tayang/app/money"
	"tayang/app/price"
	"tayang/app/registry"
)

// standard is a price reference of the regency. Most prices have VAT in them; without it is said.
type standard struct {
	product       string
	kind          registry.OutletKind
	tier, unit    string
	price         money.Amount
	inclusive     bool
	specification string
	from          string // month and day; empty: the year's first
}

// standards are what the regency's price list says of media: not of every product, as price lists are. Running text stands in
// it twice; live broadcasts of the council cost more than it allows; photo galleries become cheaper in July.
func standards() []standard {
	return []standard{
		{product: "advertorial", kind: registry.Print, unit: "halaman", price: 5_000_000},
		{product: "langganan surat kabar", kind: registry.Print, unit: "bulan", price: 1_500_000},
		{product: "siaran langsung", kind: registry.TV, unit: "siaran", price: 8_750_000},
		{product: "siaran tunda", kind: registry.TV, unit: "siaran", price: 7_500_000},
		{product: "gelar wicara", kind: registry.TV, unit: "siaran", price: 12_000_000},
		{product: "teks berjalan", kind: registry.TV, unit: "tayang", price: 700_000, specification: "Durasi 15 detik"},
		{product: "teks berjalan", kind: registry.TV, unit: "tayang", price: 800_000, specification: "Durasi 30 detik"},
		{product: "galeri foto", kind: registry.Online, unit: "galeri", price: 475_000, inclusive: true},
		{product: "galeri foto", kind: registry.Online, unit: "galeri", price: 450_000, inclusive: true, from: "07-01"},
		{product: "video YouTube", tier: "makro", unit: "konten", price: 5_500_000},
	}
}

// tellPrices enters the price references at the start of the year.
func (s *story) tellPrices(ctx context.Context, d *desk) error {
	for _, x := range standards() {
		from := "01-01"
		if x.from != "" {
			from = x.from
		}
		if _, err := d.prices.Create(ctx, s.crews[Kominfo].staff, price.Form{
			Product: x.product, OutletKind: x.kind, Tier: x.tier, Unit: x.unit, UnitPrice: x.price, TaxInclusive: x.inclusive,
			Basis: "Perbup Contoh Nomor 41 Tahun 2025 tentang Standar Harga Satuan", ValidFrom: day(from), ValidUntil: day("12-31"),
			GroupCode: "1.3.2.05", GroupName: "Jasa publikasi", Specification: x.specification,
		}); err != nil {
			return fmt.Errorf("price reference %s: %w", x.product, err)
		}
	}
	return nil
}
