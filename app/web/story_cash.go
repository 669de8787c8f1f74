package web

import (
	"time"

	"tayang/app/cash"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
)

func cashStories(in reader) []story {
	lines := storyLines()
	draft, locked := storyPlan(cash.Draft), storyPlan(cash.Locked)
	one := int64(2)
	filled := cashForm(in, "", 0)
	filled.fill(cashValues(in, draft.Command(), lines))
	wrong := cashForm(in, "", 0)
	wrong.fill(cashValues(in, draft.Command(), lines))
	var bad fault.Fields
	bad.Add("/number", "required")
	bad.AddWith("/lines/1", "columns", fault.Args{"want": 15, "have": 2})
	wrong.mark(in, fault.From(bad.Err()))
	refused := cashLockForm(in, draft, lines)
	refused.mark(in, fault.From(draft.Lock([]cash.Line{{BudgetLineID: lines[0].ID, Month: 12, Amount: 900_000_000}}, lines)))
	same := cashLockForm(in, draft, lines)
	same.mark(in, fault.New(fault.Forbidden, "segregation_of_duties"))
	return []story{
		{Name: "cash-plans", Page: cashList(in, listing.Query{Limit: 50}, listing.Page[cash.Plan]{Items: []cash.Plan{draft, locked}, Total: &one})},
		{Name: "cash-plans-empty", Page: cashList(in, listing.Query{Limit: 50}, listing.Page[cash.Plan]{})},
		{Name: "cash-plan-draft", Page: cashRecord(in, draft, lines)},
		{Name: "cash-plan-locked", Page: cashRecord(in, locked, lines)},
		{Name: "cash-plan-form", Page: filled},
		{Name: "cash-plan-form-wrong", Page: wrong},
		{Name: "cash-plan-lock", Page: cashLockForm(in, draft, lines)},
		{Name: "cash-plan-lock-refused", Page: refused},
		{Name: "cash-plan-lock-same-person", Page: same},
	}
}

func storyPlan(s cash.Status) cash.Plan {
	at := time.Date(2026, 1, 6, 2, 0, 0, 0, time.UTC)
	p := cash.Plan{
		ID: storyID(130), AgencyID: storyID(1), FiscalYear: 2026, Number: "SPD/2.16/01/2026", Date: day("2026-01-05"), Status: s,
		CreatedAt: at, CreatedBy: storyID(5), Version: 1,
	}
	if s == cash.Locked {
		p.ID, p.LockedAt, p.Version = storyID(131), &at, 2
	}
	for i, l := range storyLines()[:3] {
		for m := i*3 + 1; m <= 11; m++ {
			p.Lines = append(p.Lines, cash.Line{BudgetLineID: l.ID, Month: m, Amount: l.Appropriation / 12})
			p.Total += l.Appropriation / 12
		}
	}
	return p
}

// storyCash is a line that is paid out a little ahead of the end of each month, with a plan or without.
func storyCash(planned bool) cash.Outlook {
	months := make([]cash.Month, 12)
	for i := range months {
		months[i] = cash.Month{Month: i + 1}
		if planned {
			months[i].Planned = 38_000_000
		}
		if planned && i >= 2 && i < 10 {
			months[i].Realised = 19_980_000 + money.Amount(i)*1_110_000
		}
	}
	return cash.NewOutlook(storyLines()[0].ID, planned, months)
}
