package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/rule"
)

func ruleStories(in reader) []story {
	rows := storyRules()
	wrong := ruleForm(in)
	wrong.mark(in, fault.From(rule.Form{Code: rule.AddendumPercent, Mode: rule.Warn}.Check()))
	voided := ruleVoid(in, rows[0])
	voided.mark(in, fault.WrongState("voided", "void"))
	return []story{
		{Name: "rules", Page: rulePage(in, storyStanding(rows), rows)},
		{Name: "rules-none", Page: rulePage(in, storyStanding(nil), nil)},
		{Name: "rule-form", Page: ruleForm(in)},
		{Name: "rule-form-wrong", Page: wrong},
		{Name: "rule-void", Page: ruleVoid(in, rows[0])},
		{Name: "rule-void-again", Page: voided},
	}
}

// storyRules are a transitional row of the government, one of an agency, and one that was entered wrongly.
func storyRules() []rule.Rule {
	at, days, wrong := time.Date(2026, 3, 2, 3, 0, 0, 0, time.UTC), int64(45), int64(30_000)
	return []rule.Rule{
		{ID: storyID(150), Form: rule.Form{
			Code: rule.DocumentMissing, Mode: rule.Warn, ValidFrom: period.MustDate("2026-01-01"), ValidTo: period.MustDate("2026-12-31"),
			Basis: "SE Bupati Contoh Nomor 480/1/2026",
		}, CreatedAt: at, CreatedBy: storyID(9), Version: 1},
		{ID: storyID(151), Form: rule.Form{
			Code: rule.SnapshotStale, AgencyID: uuid.NullUUID{UUID: storyID(1), Valid: true}, Figure: &days, ValidFrom: period.MustDate("2026-03-01"),
			Basis: "Perbup Contoh 12/2026 pasal 9",
		}, AgencyCode: "kominfo", CreatedAt: at, CreatedBy: storyID(9), Version: 1},
		{ID: storyID(152), Form: rule.Form{
			Code: rule.SnapshotStale, Figure: &wrong, ValidFrom: period.MustDate("2026-03-01"), Basis: "Perbup Contoh 12/2026 pasal 9",
		}, CreatedAt: at, CreatedBy: storyID(9), VoidedAt: &at, VoidedBy: uuid.NullUUID{UUID: storyID(9), Valid: true}, VoidReason: "Salah ketik", Version: 2},
	}
}

func storyStanding(rows rule.Set) (out []rule.Setting) {
	for _, k := range rule.Statutory() {
		out = append(out, rows.On(k.Code, period.MustDate("2026-11-20")))
	}
	return out
}
