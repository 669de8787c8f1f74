package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
)

// storyAmended is the story's agreement with one amendment in force, one that was turned down and one that waits: more of
// the first line, less of the second, and a new third.
func storyAmended() agreement.Agreement {
	a := storyAgreement(agreement.Active)
	at := time.Date(2026, 8, 3, 2, 0, 0, 0, time.UTC)
	later, who := at.Add(6*time.Hour), uuid.NullUUID{UUID: storyID(6), Valid: true}
	now := agreement.Scope{EndDate: a.EndDate, Value: a.Value, VAT: a.VAT, Gross: a.Gross, Deliverables: a.Deliverables}
	was, next := now, now
	was.EndDate = day("2026-11-30")
	next.Deliverables = append([]agreement.Deliverable{}, a.Deliverables...)
	next.Deliverables[0].Quantity, next.Deliverables[1].Quantity = 26, 5
	extra := a.Deliverables[1]
	extra.ID, extra.Position, extra.Product, extra.Quantity, extra.Placed = storyID(43), 3, "berita", 2, 0
	next.Deliverables = append(next.Deliverables, extra)
	next.Value, next.VAT, next.Gross = 59_000_000, 6_490_000, 65_490_000
	one := agreement.Amendment{
		ID: storyID(46), AgreementID: a.ID, Position: 1, Number: "ADD/014.01/2026", Date: day("2026-08-03"), Reason: "Masa pelaksanaan diperpanjang sampai hari jadi kabupaten",
		Status: agreement.AmendmentApproved, ValueBefore: a.Value, ValueAfter: a.Value, Before: was, After: now, CreatedAt: at, CreatedBy: storyID(5),
		Author: "staff@contoh.go.id", DecidedAt: &later, DecidedBy: who, Decider: "ppk@contoh.go.id",
	}
	two, three := one, one
	two.ID, two.Position, two.Number, two.Date, two.Reason = storyID(47), 2, "ADD/014.02/2026", day("2026-09-07"), "Harga advertorial dinaikkan"
	two.Status, two.Remark, two.Before, two.After, two.ValueAfter = agreement.AmendmentRejected, "Harga di atas standar harga.", now, next, next.Value
	three.ID, three.Position, three.Number, three.Date, three.Reason = storyID(48), 3, "ADD/014.03/2026", day("2026-10-05"), "Tambahan liputan musim hujan"
	three.Status, three.Before, three.After, three.ValueAfter = agreement.AmendmentProposed, now, next, next.Value
	three.DecidedAt, three.DecidedBy, three.Decider = nil, uuid.NullUUID{}, ""
	a.Amendments = []agreement.Amendment{one, two, three}
	a.Amendment = a.Pending()
	return a
}

func amendmentStories(in reader) []story {
	a, lines := storyAmended(), storyLines()
	free := storyAgreement(agreement.Active)
	free.Deliverables = append([]agreement.Deliverable{}, free.Deliverables...)
	free.Deliverables[1].Placed = 0
	form := amendForm(in, free, storyChoices(), 0)
	form.fill(linesValues(in, free))
	wrong := amendForm(in, free, storyChoices(), 1)
	wrong.fill(linesValues(in, free))
	var bad fault.Fields
	bad.Add("/reason", "required")
	bad.AddWith("/end_date", "before_placement", fault.Args{"date": day("2026-11-20")})
	bad.AddWith("/deliverables/0/quantity", "below_placed", fault.Args{"placed": int64(18)})
	bad.Add("/added/0/product", "required")
	bad.AddWith("/deliverables", "above_amendment_limit", fault.Args{"limit": int64(59_400_000), "amount": int64(61_000_000), "percent": int64(10), "basis": "Perpres 16/2018 pasal 54 ayat (2)"})
	wrong.mark(in, fault.From(bad.Err()))
	outdated := decideForm(in, a, agreement.Approve, lines)
	outdated.mark(in, fault.With(fault.Conflict, "amendment_outdated", fault.Args{"number": a.Amendment.Number}))
	return []story{
		{Name: "agreement-amended", Page: agreementRecord(in, agreementFacts{Agreement: a, Lines: byID(lines), Chain: storyChain()})},
		{Name: "amendment-form", Page: form},
		{Name: "amendment-form-wrong", Page: wrong},
		{Name: "amendment-decide", Page: decideForm(in, a, agreement.Approve, lines)},
		{Name: "amendment-decide-outdated", Page: outdated},
		{Name: "amendment-withdraw", Page: decideForm(in, a, agreement.Withdraw, lines)},
		{Name: "amendment-waits", Page: refusal(in, fault.From(a.Amendable()))},
	}
}
