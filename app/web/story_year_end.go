package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/debt"
	"tayang/app/fault"
)

func yearEndStories(in reader) []story {
	asked, approved := storyDebt(debt.Requested), storyDebt(debt.Approved)
	facts := storyDebtFacts()
	lines := append(append([]budget.Line{}, facts.From...), facts.To...)
	open := []debt.Open{
		{AgreementID: storyID(40), Number: "027/014/SPK/2026", Title: "Publikasi capaian", VendorName: "PT Media Contoh", Status: "active", FiscalYear: 2026, Unpublished: 9_990_000, Owed: 4_995_000},
		{AgreementID: storyID(41), Number: "027/021/SPK/2026", Title: "Advertorial", VendorName: "CV Kabar Contoh", Status: "terminated", FiscalYear: 2026, Owed: 19_980_000},
		{AgreementID: storyID(42), Number: "027/022/SPK/2026", Title: "Spot radio", VendorName: "PT Suara Contoh", Status: "active", FiscalYear: 2026, Owed: 3_330_000, PendingID: uuid.NullUUID{UUID: storyID(140), Valid: true}},
		{AgreementID: storyID(43), Number: "027/030/SPK/2026", Title: "Baliho", VendorName: "CV Rupa Contoh", Status: "active", FiscalYear: 2026, Unpublished: 5_500_000},
	}
	wrong := debtForm(in, facts)
	var bad fault.Fields
	bad.Add("/number", "required")
	bad.AddWith("/lines/0/amount", "amount_mismatch", fault.Args{"amount": facts.Owed[0].Gross + 1, "expected": facts.Owed[0].Gross})
	wrong.mark(in, fault.From(bad.Err()))
	refused := debtMove(in, asked, lines, debt.Approve)
	refused.mark(in, fault.With(fault.Conflict, "period_closed", fault.Args{"month": "2026-12", "document": asked.Number}))
	return []story{
		{Name: "year-end", Page: yearEndPage(in, 2026, open, []debt.Recognition{asked, approved})},
		{Name: "year-end-empty", Page: yearEndPage(in, 2025, nil, nil)},
		{Name: "debt-form", Page: debtForm(in, facts)},
		{Name: "debt-form-wrong", Page: wrong},
		{Name: "debt-requested", Page: debtRecord(in, asked, lines)},
		{Name: "debt-approved", Page: debtRecord(in, approved, lines)},
		{Name: "debt-decide", Page: debtMove(in, asked, lines, debt.Approve)},
		{Name: "debt-decide-refused", Page: refused},
		{Name: "debt-withdraw", Page: debtMove(in, asked, lines, debt.Withdraw)},
	}
}

func storyDebtFacts() debtFacts {
	from, to := storyLines()[:2], storyLines()[:2]
	for i := range to {
		to[i].ID, to[i].FiscalYear = storyID(byte(150+i)), 2027
	}
	return debtFacts{
		Agreement: agreement.Agreement{ID: storyID(41), Number: "027/021/SPK/2026", VendorName: "CV Kabar Contoh", Status: agreement.Terminated, FiscalYear: 2026},
		Owed:      []debt.Owed{{Line: from[0].ID, Year: 2026, Gross: 14_985_000}, {Line: from[1].ID, Year: 2026, Gross: 4_995_000}}, From: from, To: to,
	}
}

func storyDebt(s debt.Status) debt.Recognition {
	at, f := time.Date(2027, 1, 11, 3, 0, 0, 0, time.UTC), storyDebtFacts()
	r := debt.Recognition{
		ID: storyID(140), AgencyID: storyID(1), AgreementID: f.Agreement.ID, AgreementNumber: f.Agreement.Number, VendorName: f.Agreement.VendorName,
		FiscalYear: 2027, Number: "900/PU/001/2027", Date: day("2027-01-11"), Status: s, CreatedAt: at, CreatedBy: storyID(5), CreatedName: "Budi Contohadi", Version: 1,
	}
	for i, o := range f.Owed {
		r.Lines = append(r.Lines, debt.Line{FromLine: o.Line, ToLine: f.To[i].ID, Amount: o.Gross})
		r.Total += o.Gross
	}
	if s == debt.Approved {
		r.ID, r.DecidedAt, r.DecidedBy, r.DecidedName, r.Version = storyID(141), &at, uuid.NullUUID{UUID: storyID(6), Valid: true}, "Hana Contohmaya", 2
	}
	return r
}
