package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/closing"
	"tayang/app/fault"
	"tayang/app/period"
)

func periodStories(in reader) []story {
	year := storyPeriods()
	months := period.FiscalYear(2026).Months()
	wrong := periodForm(in, months[4:10], "2026-06")
	wrong.mark(in, fault.With(fault.Conflict, "earlier_month_open", fault.Args{"month": "2026-05"}))
	missing := periodForm(in, months[4:10], "2026-05")
	missing.mark(in, fault.From(closing.Request{Month: months[4]}.Check()))
	same := periodMove(in, year[3], closing.Approve, 41)
	same.mark(in, fault.New(fault.Forbidden, "segregation_of_duties"))
	return []story{
		{Name: "periods", Page: periodPage(in, 2026, year)},
		{Name: "periods-empty", Page: periodPage(in, 2026, nil)},
		{Name: "period-form", Page: periodForm(in, months[4:10], "2026-05")},
		{Name: "period-form-refused", Page: wrong},
		{Name: "period-form-wrong", Page: missing},
		{Name: "period-decide", Page: periodMove(in, year[3], closing.Approve, 41)},
		{Name: "period-decide-same-person", Page: same},
		{Name: "period-withdraw", Page: periodMove(in, year[3], closing.Withdraw, 41)},
	}
}

// storyPeriods are three months that are closed, the last of them reopened, one that was asked for, and one refusal.
func storyPeriods() []closing.Period {
	at := time.Date(2026, 4, 6, 3, 0, 0, 0, time.UTC)
	var year []closing.Period
	for i, m := range period.FiscalYear(2026).Months()[:5] {
		decided := at.AddDate(0, i, 2)
		p := closing.Period{
			ID: storyID(byte(120 + i)), AgencyID: storyID(1), Month: m, FiscalYear: 2026, Status: closing.Closed, Reason: "Rekonsiliasi dengan BKU selesai",
			RequestedAt: at.AddDate(0, i, 0), RequestedBy: storyID(5), RequestedName: "Beni Contohadi", DecidedAt: &decided,
			DecidedBy: uuid.NullUUID{UUID: storyID(6), Valid: true}, DecidedName: "Hana Contohmaya", Version: 2,
		}
		switch i {
		case 2:
			p.ReopenedBy = uuid.NullUUID{UUID: storyID(126), Valid: true}
		case 3:
			p.Status, p.DecidedAt, p.DecidedBy, p.DecidedName, p.Version = closing.Requested, nil, uuid.NullUUID{}, "", 1
		case 4:
			p.Status, p.Remark = closing.Refused, "SP2D 0412 belum dicatat"
		}
		year = append(year, p)
	}
	return year
}
