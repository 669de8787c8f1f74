package api

import (
	"fmt"
	"strings"
	"testing"

	"tayang/app/agreement"
	"tayang/app/placement"
)

func decodes[T any](b *testing.B, body []byte) {
	b.Helper()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Decode(body, new(T), true); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecode reads the body of a placement, and an agreement of 1,000 deliverables.
func BenchmarkDecode(b *testing.B) {
	b.Run("placement", func(b *testing.B) {
		decodes[placement.Plan](b, fmt.Appendf(nil, `{"deliverable_id":%q,"scheduled_on":"2026-11-30","title":"Liputan kegiatan nomor 1"}`, vendorID))
	})
	b.Run("agreement", func(b *testing.B) {
		item := fmt.Sprintf(`{"product":"advertorial","outlet_id":%q,"budget_line_id":%q,"quantity":5,"unit":"artikel","unit_price":555000,"tax_inclusive":true}`,
			vendorID, vendorID)
		decodes[agreement.Terms](b, fmt.Appendf(nil, `{"kind":"media","number":"027/1/SPK/2026","title":"Kerja sama publikasi","vendor_id":%q,"method":"e_purchasing",
			"form":"surat_pesanan","order_date":"2026-02-02","start_date":"2026-02-02","end_date":"2026-12-15","deliverables":[%s]}`,
			vendorID, strings.Repeat(item+",", 999)+item))
	})
}
