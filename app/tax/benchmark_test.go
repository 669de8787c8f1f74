package tax

import "testing"

func BenchmarkWithhold(b *testing.B) {
	for name, in := range map[string]Input{
		"company, VAT collected": {Payee: pkp, Class: Service, Price: 10_000_000, VAT: 1_100_000, On: in2026},
		"person, two brackets":   {Payee: person, Class: Service, Price: 200_000_000, On: in2026},
	} {
		b.Run(name, func(b *testing.B) {
			rates := Statutory()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Withhold(in, rates); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
