package web

import (
	"time"

	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
)

func budgetStories(in reader) []story {
	two := int64(2)
	next := "next"
	draft, locked := storyVersion(budget.Draft), storyVersion(budget.Locked)
	entered := versionForm(in, "", 0)
	entered.fill(versionValues(in, draft))
	wrong := versionForm(in, "", 0)
	wrong.fill(versionValues(in, draft))
	var bad fault.Fields
	bad.Add("/number", "required")
	bad.Add("/lines/2/account_code", "bad_code")
	wrong.mark(in, fault.From(bad.Err()))
	line := storyLines()[0]
	line.Entries = storyEntries()
	filtered := listing.Query{Limit: 50, Text: "DPA", Filters: map[string][]string{"status": {"locked"}}, Sort: []listing.Key{{Field: "date", Desc: true}}}
	return []story{
		{Name: "budgets", Page: versionList(in, listing.Query{Limit: 50}, listing.Page[budget.Version]{Items: []budget.Version{draft, locked}, Total: &two, NextCursor: &next})},
		{Name: "budgets-filtered", Page: versionList(in, filtered, listing.Page[budget.Version]{Items: []budget.Version{locked}})},
		{Name: "budgets-empty", Page: versionList(in, listing.Query{Limit: 50}, listing.Page[budget.Version]{})},
		{Name: "budget-draft", Page: versionRecord(in, draft)},
		{Name: "budget-locked", Page: versionRecord(in, locked)},
		{Name: "budget-lock", Page: lockForm(in, draft)},
		{Name: "budget-form", Page: versionForm(in, "", 0)},
		{Name: "budget-form-filled", Page: entered},
		{Name: "budget-form-wrong", Page: wrong},
		{Name: "budget-lines", Page: lineList(in, listing.Query{Limit: 50}, listing.Page[budget.Line]{Items: storyLines()})},
		{Name: "budget-line", Page: lineRecord(in, line, storyCash(true))},
		{Name: "budget-line-empty", Page: lineRecord(in, storyLines()[7], storyCash(false))},
	}
}

// day reads a date that is known to be right.
func day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func storyVersion(s budget.VersionStatus) budget.Version {
	at := time.Date(2026, 1, 5, 2, 0, 0, 0, time.UTC)
	v := budget.Version{
		ID: storyID(10), AgencyID: storyID(1), FiscalYear: 2026, Kind: budget.Original, Number: "DPA/2.16/001/2026",
		Date: day("2026-01-02"), Status: s, CreatedAt: at, CreatedBy: storyID(4), Version: 1,
	}
	if s == budget.Locked {
		v.LockedAt = &at
	} else {
		v.ID, v.Kind, v.Number, v.Date = storyID(11), budget.Revision, "DPPA/2.16/001/2026", day("2026-09-18")
	}
	for _, l := range storyLines() {
		v.Lines = append(v.Lines, budget.VersionLine{Code: l.Code, SubActivityName: l.SubActivityName, AccountName: l.AccountName, Appropriation: l.Appropriation})
		v.Total += l.Appropriation
	}
	return v
}

func storyEntries() []budget.Entry {
	at := time.Date(2026, 1, 5, 2, 0, 0, 0, time.UTC)
	dpa := budget.Document{Type: "budget_version", ID: storyID(10), Number: "DPA/2.16/001/2026"}
	contract := budget.Document{Type: "agreement", ID: storyID(40), Number: "027/014/SPK/2026"}
	sp2d := budget.Document{Type: "payment", ID: storyID(60), Number: "SP2D/0412/2026"}
	return []budget.Entry{
		{Seq: 1, Kind: budget.Appropriate, From: budget.Appropriation, To: budget.Available, Amount: 458_805_000, EffectiveOn: day("2026-01-02"), RecordedAt: at, Actor: "head@contoh.go.id", Document: dpa},
		{Seq: 9, Kind: budget.Reserve, From: budget.Available, To: budget.Reserved, Amount: 59_940_000, EffectiveOn: day("2026-02-10"), RecordedAt: at.AddDate(0, 1, 5), Actor: "staff@contoh.go.id", Document: contract},
		{Seq: 12, Kind: budget.Commit, From: budget.Reserved, To: budget.Committed, Amount: 59_940_000, EffectiveOn: day("2026-02-11"), RecordedAt: at.AddDate(0, 1, 6), Actor: "ppk@contoh.go.id", Document: contract},
		{Seq: 31, Kind: budget.Realise, From: budget.Committed, To: budget.Realised, Amount: 19_980_000, EffectiveOn: day("2026-04-03"), RecordedAt: at.AddDate(0, 3, 0), Actor: "treasurer@contoh.go.id", Document: sp2d},
		{Seq: 58, Kind: budget.Release, From: budget.Committed, To: budget.Available, Amount: 4_995_000, EffectiveOn: day("2026-07-01"), RecordedAt: at.AddDate(0, 6, 0), Actor: "ppk@contoh.go.id", Document: contract, Reason: "Edisi tidak terbit"},
	}
}
