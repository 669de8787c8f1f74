package db_test

import (
	"io"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/report"
)

// manyPlacements multiplies the placements of the small year, each with two proofs, as a large office has them.
const manyPlacements = `
	INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, published_on, url,
		label_present, metrics, status, net, vat, gross, created_at, created_by, verified_by, verified_at)
	SELECT government_id, gen_random_uuid(), agency_id, agreement_id, deliverable_id, scheduled_on + n % 200, title || ' ' || n,
		published_on, url || n, label_present, metrics, 'verified', net, vat, gross, created_at, created_by, verified_by, verified_at
	FROM placement CROSS JOIN generate_series(1, 10000) AS n WHERE verified_by IS NOT NULL AND status <> 'invoiced';
	INSERT INTO proof (government_id, id, placement_id, kind, origin, captured_at, file_sha256, created_at, created_by)
	SELECT p.government_id, gen_random_uuid(), p.id, 'screenshot', 'staff', p.created_at, f.sha256, p.created_at, p.created_by
	FROM placement p JOIN file f ON f.government_id = p.government_id ON CONFLICT DO NOTHING;`

// BenchmarkReport reads every register of an office with 20,000 placements out of one snapshot: right after they were
// imported, when the planner knows nothing of them, and once it does.
func BenchmarkReport(b *testing.B) {
	for name, more := range map[string]string{"fresh": "", "analysed": "ANALYZE;"} {
		b.Run(name, func(b *testing.B) {
			store := reportStore(b, manyPlacements+";"+more)
			actor := access.Actor{Government: uuid.MustParse("01930000-0000-7000-8000-000000000001")}
			rows := int64(0)
			for b.Loop() {
				out, err := report.Maker{Source: store, Writer: &discard{}}.Make(b.Context(), actor, report.Request{
					Kind: report.Accountability, AgencyID: uuid.MustParse("01930000-0000-7000-8000-0000000000a1"), FiscalYear: 2026,
					Language: report.English,
				}, io.Discard, nil)
				if err != nil || out.Rows < 20_000 {
					b.Fatal(out, err)
				}
				rows = out.Rows
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
