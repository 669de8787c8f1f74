package money

import "testing"

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{"plain": "1234567", "as people write": "Rp 1.234.567,-"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text, IDR); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFormat(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Format(1_234_567_890, IDR, "id")
	}
}
