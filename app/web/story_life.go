package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/placement"
	"tayang/app/rule"
)

// storyFramework is a framework agreement with most of its ceiling called off, and its orders.
func storyFramework() (agreement.Agreement, []agreement.Agreement) {
	f := storyAgreement(agreement.Active)
	f.ID, f.Number, f.Title = storyID(190), "027/020/PAYUNG/2026", "Kontrak payung advertorial daring"
	f.Framework, f.Ceiling, f.CalledOff, f.Value, f.VAT, f.Gross, f.Paid, f.Remaining = true, 120_000_000, 84_360_000, 0, 0, 0, 0, 0
	var orders []agreement.Agreement
	for i, s := range []agreement.Status{agreement.Active, agreement.Submitted, agreement.Draft} {
		o := storyAgreement(s)
		o.ID, o.Number, o.FrameworkID, o.FrameworkNumber = storyID(byte(191+i)), "027/02"+string(rune('1'+i))+"/SP/2026", uuid.NullUUID{UUID: f.ID, Valid: true}, f.Number
		orders = append(orders, o)
	}
	return f, orders
}

// storyLate is a placement that appeared eleven days late and before the approval was recorded.
func storyLate() placement.Placement {
	p := storyPlacement(placement.Verified)
	p.ScheduledOn, p.PublishedOn = day("2026-02-09"), day("2026-02-20")
	p.LateDays, p.Penalty = 11, 22_000
	p.ClockFlags = placement.Flags{rule.PublishedBeforeOrder, rule.PublishedBeforeApproval}
	return p
}

// storySuspended is an agreement that was held up twice, and is so still.
func storySuspended() agreement.Agreement {
	a := storyAgreement(agreement.Active)
	at := time.Date(2026, 10, 5, 2, 0, 0, 0, time.UTC)
	a.SuspendedOn, a.Suspension, a.Penalty = day("2026-10-05"), "Situs media dalam perbaikan setelah peretasan", 22_000
	a.Suspensions = agreement.Suspensions{
		{FromOn: day("2026-06-01"), ResumedOn: day("2026-06-15"), Reason: "Penghematan anggaran", ResumeReason: "Penghematan dicabut", CreatedAt: at},
		{FromOn: a.SuspendedOn, Reason: a.Suspension, CreatedAt: at},
	}
	return a
}

func storyFinal(a agreement.Agreement) agreement.FinalAccount {
	f := agreement.FinalAccount{
		AgreementID: a.ID, Kind: agreement.Terminated, Number: "NA/014/2026", Date: day("2026-09-30"), Reason: a.Remark,
		CreatedAt: time.Date(2026, 9, 30, 3, 0, 0, 0, time.UTC),
	}
	for _, d := range a.Deliverables {
		l := agreement.FinalLine{DeliverableID: d.ID, Position: d.Position, Product: d.Product, Channel: d.Channel, Unit: d.Unit, UnitGross: d.UnitGross}
		l.Units = agreement.Units{Ordered: d.Quantity, Evidenced: 3, Accepted: 2, Paid: 1, Owed: 3, Released: d.Quantity - 4}
		l.Tally = agreement.Tally{Ordered: d.Gross(), Evidenced: 3 * d.UnitGross, Accepted: 2 * d.UnitGross, Paid: d.UnitGross, Owed: 3 * d.UnitGross, Released: d.Gross() - 4*d.UnitGross, Penalty: 11_000}
		f.Lines = append(f.Lines, l)
		f.Ordered, f.Evidenced, f.Accepted = f.Ordered+l.Ordered, f.Evidenced+l.Evidenced, f.Accepted+l.Accepted
		f.Paid, f.Owed, f.Released, f.Penalty = f.Paid+l.Paid, f.Owed+l.Owed, f.Released+l.Released, f.Penalty+l.Penalty
	}
	return f
}

func lifeStories(in reader) []story {
	f, orders := storyFramework()
	held, ended, lines := storySuspended(), storyAgreement(agreement.Terminated), byID(storyLines())
	final := storyFinal(ended)
	record := func(a agreement.Agreement, l lifeFacts) recordPage {
		return agreementRecord(in, agreementFacts{Agreement: a, Lines: lines, Chain: storyChain(), Life: l})
	}
	c := storyChoices()
	c.Framework = &f
	order := agreementForm(in, c, "media", "", 0, 2)
	order.Intro = in.T("framework.order.intro", "number", f.Number, "left", in.cash(f.Left()))
	order.fill(termsValues(in, orderTerms(f, day("2026-08-03"))))
	exceeded := moveForm(in, orders[2], agreement.Submit, storyLines())
	exceeded.mark(in, fault.With(fault.Conflict, "framework_exceeded", fault.Args{
		"framework": f.Number, "ceiling": int64(f.Ceiling), "called_off": int64(f.CalledOff), "left": int64(f.Left()), "requested": int64(59_940_000),
	}))
	wrong := pauseForm(in, storyAgreement(agreement.Active), agreement.Suspend)
	var bad fault.Fields
	bad.Add("/reason", "required")
	bad.AddWith("/date", "before", fault.Args{"field": "order_date", "date": day("2026-02-10")})
	wrong.mark(in, fault.From(bad.Err()))
	late := storyLate()
	return []story{
		{Name: "framework", Page: record(f, lifeFacts{Orders: orders})},
		{Name: "framework-unused", Page: record(f, lifeFacts{})},
		{Name: "framework-order", Page: order},
		{Name: "framework-exceeded", Page: exceeded},
		{Name: "agreement-order", Page: record(orders[0], lifeFacts{})},
		{Name: "agreement-suspended", Page: record(held, lifeFacts{Late: []placement.Placement{late}, First: []placement.Placement{late}, Early: []placement.Placement{late}})},
		{Name: "agreement-suspend", Page: pauseForm(in, storyAgreement(agreement.Active), agreement.Suspend)},
		{Name: "agreement-suspend-wrong", Page: wrong},
		{Name: "agreement-resume", Page: pauseForm(in, held, agreement.Resume)},
		{Name: "agreement-ended", Page: record(ended, lifeFacts{Final: final})},
		{Name: "final-account", Page: finalRecord(in, ended, final)},
		{Name: "placement-late", Page: placementRecord(in, placementFacts{Placement: late})},
	}
}
