package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/airing"
	"tayang/app/fault"
	"tayang/app/insight"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/app/tabular"
)

func storyLog(s airing.Status) airing.Log {
	at := time.Date(2026, 3, 5, 3, 0, 0, 0, time.UTC)
	row := func(n byte, on, clock, title string, seconds int64, remarks ...airing.Remark) airing.Airing {
		return airing.Airing{
			ID: storyID(n), LogID: storyID(230), Row: int64(n), AiredOn: day(on), AiredAt: clock, Programme: "Selamat Pagi", Title: title, Seconds: seconds,
			Station: "Suara Contoh", Remarks: remarks, Version: 1,
		}
	}
	shows := func(a airing.Airing, n byte, confirmed bool) airing.Airing {
		a.PlacementID, a.Placement = uuid.NullUUID{UUID: storyID(n), Valid: true}, "Spot Vaksin"
		if confirmed {
			a.ConfirmedAt, a.ConfirmedBy = &at, uuid.NullUUID{UUID: storyID(5), Valid: true}
		}
		return a
	}
	l := airing.Log{
		ID: storyID(230), AgencyID: storyID(1), AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", OutletID: storyID(31), OutletName: "Radio Suara Contoh 100 FM",
		OutletKind: "radio", Origin: placement.FromVendor, File: storyHash(), Filename: "log-maret.xlsx", FirstOn: day("2026-03-02"), LastOn: day("2026-03-04"), Status: s,
		RowCount: 4, Remarked: 1, Matched: 2, Over: 1, CreatedAt: at, CreatedBy: storyID(5), Version: 2,
		Rows: []airing.Airing{
			shows(row(231, "2026-03-02", "07:15:00", "Spot Vaksin", 30), 150, s == airing.Committed), shows(row(232, "2026-03-03", "07:16:00", "Spot Vaksin", 30), 151, false),
			row(233, "2026-03-03", "19:00:00", "Spot Vaksin", 30), row(234, "2026-03-04", "07:15:00", "Spot Vaksin", 15, airing.Short),
		},
		Missed: []airing.Spot{{ID: storyID(152), Title: "Spot Vaksin", Product: "spot radio 30 detik", ScheduledOn: day("2026-03-04"), Slot: "07.00–07.30", Status: placement.Planned}},
	}
	if s == airing.Committed {
		l.Confirmed = 1
	}
	if s == airing.Voided {
		l.VoidedAt, l.VoidReason, l.Rows, l.Missed = &at, "Berkas bulan lain", nil, nil
	}
	return l
}

func storyReadings() []insight.Insight {
	at := time.Date(2026, 3, 5, 3, 0, 0, 0, time.UTC)
	n := func(v int64) *int64 { return &v }
	return []insight.Insight{
		{ID: storyID(241), PlacementID: storyID(50), TakenOn: day("2026-03-12"), DueDay: 7, LateDays: 2, Source: insight.Export, File: storyHash(), Row: 4, Figures: insight.Figures{Reach: n(9_100), Views: n(12_430), Likes: n(310)}, CreatedAt: at, Version: 1},
		{ID: storyID(242), PlacementID: storyID(50), TakenOn: day("2026-03-04"), DueDay: 1, Source: insight.Typed, Figures: insight.Figures{Reach: n(4_000), Views: n(5_200)}, CreatedAt: at, Version: 1},
	}
}

func storyInsightImport(s insight.ImportStatus) insight.Import {
	at := time.Date(2026, 3, 9, 3, 0, 0, 0, time.UTC)
	n := func(v int64) *int64 { return &v }
	i := insight.Import{
		ID: storyID(243), AgencyID: storyID(1), Platform: "meta", TakenOn: day("2026-03-09"), File: storyHash(), Filename: "konten-instagram.csv", Status: s, New: 1, Unchanged: 1, Unknown: 1,
		CreatedAt: at, CreatedBy: storyID(5), Version: 1,
	}
	if s == insight.Staged {
		i.Rows = []insight.ImportRow{
			{Row: 2, Change: insight.Added, Title: "Reel layanan", PlacementID: uuid.NullUUID{UUID: storyID(50), Valid: true}, Placement: "Reel layanan publik", AgreementNumber: "027/020/SPK/2026", DueDay: 7, LateDays: 2, Figures: insight.Figures{Views: n(12_430)}},
			{Row: 3, Change: insight.Unchanged, Title: "Reel pajak", PlacementID: uuid.NullUUID{UUID: storyID(51), Valid: true}, Placement: "Reel pajak", AgreementNumber: "027/020/SPK/2026", Figures: insight.Figures{Views: n(900)}},
			{Row: 4, Change: insight.Foreign, Title: "Liburan", Figures: insight.Figures{Likes: n(5)}},
		}
	}
	if s == insight.Voided {
		i.VoidedAt, i.VoidReason = &at, "Ekspor hari lain"
	}
	return i
}

func mediumStories(in reader) []story {
	n := int64(3)
	logs := []airing.Log{storyLog(airing.Staged), storyLog(airing.Committed), storyLog(airing.Voided)}
	frames := []airing.Frame{{AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", OutletID: storyID(31), OutletName: "Radio Suara Contoh 100 FM", OutletKind: "radio"}}
	broken := storyLog(airing.Staged)
	broken.Wrong, broken.Complaints = 1, []tabular.Complaint{{Row: 7, Column: "Tanggal", Field: "date", Code: "bad_date", Args: fault.Args{"found": "31-02-2026", "zone": "WIB"}}}
	wrong := logForm(in, frames, "")
	var bad fault.Fields
	bad.Add("/agreement_id", "required")
	bad.AddWith("/file", "columns_missing", fault.Args{"columns": "tanggal, jam"})
	wrong.mark(in, fault.From(bad.Err()))
	imports := []insight.Import{storyInsightImport(insight.Staged), storyInsightImport(insight.Committed), storyInsightImport(insight.Voided)}
	refused := storyInsightImport(insight.Staged)
	refused.Wrong, refused.Complaints = 1, []tabular.Complaint{{Row: 5, Column: "Reach", Field: "reach", Code: "not_whole"}}
	reel := storyReel(true)
	return []story{
		{Name: "airing-logs", Page: airingLogList(in, listing.Query{Limit: 50}, listing.Page[airing.Log]{Items: logs, Total: &n})},
		{Name: "airing-logs-empty", Page: airingLogList(in, listing.Query{Limit: 50}, listing.Page[airing.Log]{})},
		{Name: "airing-log-form", Page: logForm(in, frames, storyID(40).String())},
		{Name: "airing-log-form-none", Page: logForm(in, nil, "")},
		{Name: "airing-log-form-wrong", Page: wrong},
		{Name: "airing-log-staged", Page: logRecord(in, logs[0])},
		{Name: "airing-log-wrong", Page: logRecord(in, broken)},
		{Name: "airing-log", Page: logRecord(in, logs[1])},
		{Name: "airing-log-voided", Page: logRecord(in, logs[2])},
		{Name: "airing-log-void-form", Page: voidLogForm(in, logs[1])},
		{Name: "insight-imports", Page: insightImportList(in, listing.Query{Limit: 50}, listing.Page[insight.Import]{Items: imports, Total: &n})},
		{Name: "insight-imports-empty", Page: insightImportList(in, listing.Query{Limit: 50}, listing.Page[insight.Import]{})},
		{Name: "insight-import-form", Page: insightImportForm(in)},
		{Name: "insight-import-staged", Page: insightImportRecord(in, imports[0])},
		{Name: "insight-import-wrong", Page: insightImportRecord(in, refused)},
		{Name: "insight-import", Page: insightImportRecord(in, imports[1])},
		{Name: "insight-import-voided", Page: insightImportRecord(in, imports[2])},
		{Name: "insight-import-void-form", Page: voidImportForm(in, imports[1])},
		{Name: "insight-form", Page: insightForm(in, reel)},
		{Name: "insight-void-form", Page: voidInsightForm(in, reel, storyReadings()[0])},
		{Name: "placement-readings", Page: placementRecord(in, placementFacts{Placement: reel, Proofs: storyProofs(), Insights: storyReadings()})},
	}
}
