package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/app/registry"
)

// storyOverride is an override of the kind that somebody else asked for.
func storyOverride(k override.Kind, s override.Subject, status override.Status) override.Override {
	at := time.Date(2026, 3, 4, 2, 15, 0, 0, time.UTC)
	later := at.AddDate(0, 0, 1)
	o := override.Override{
		ID: storyID(200), AgencyID: uuid.NullUUID{UUID: storyID(1), Valid: true}, Kind: k, Subject: s, Status: status, Version: 1,
		Reason: "DPPA baru dikunci pekan depan, sedangkan penayangan terikat tanggal hari jadi.", CreatedAt: at, CreatedBy: storyID(5), AskedBy: "ppk@contoh.go.id",
	}
	switch status {
	case override.Approved, override.Refused, override.Revoked:
		o.DecidedAt, o.DecidedBy, o.Decider, o.Version = &later, uuid.NullUUID{UUID: storyID(6), Valid: true}, "head@contoh.go.id", 2
	case override.Requested, override.Withdrawn:
	}
	if status == override.Refused || status == override.Revoked {
		o.Remark = "Tunggu perubahan anggaran."
	}
	if status == override.Revoked {
		o.RevokedAt, o.Revoker = &later, "head@contoh.go.id"
	}
	return o
}

func storyUses() []override.Use {
	at := time.Date(2026, 3, 6, 3, 40, 0, 0, time.UTC)
	return []override.Use{
		{ID: storyID(210), OverrideID: storyID(200), Kind: override.CheckMode, DocumentType: "agreement", DocumentID: storyID(40), DocumentNumber: "027/014/SPK/2026", Amount: 59_940_000, UsedAt: at, User: "staff@contoh.go.id"},
		{ID: storyID(211), OverrideID: storyID(201), Kind: override.Acting, DocumentType: "payment", DocumentID: storyID(60), DocumentNumber: "SPM/2.16/0398/2026", Amount: 19_980_000, UsedAt: at, User: "ppk@contoh.go.id", For: "head@contoh.go.id"},
	}
}

// storyOverrides are one of every kind and state.
func storyOverrides() []override.Override {
	warns := storyOverride(override.CheckMode, override.Subject{Check: override.Budget, DocumentType: override.Agreement, Mode: override.Warn}, override.Approved)
	warns.Count, warns.Passed, warns.Uses = 1, 59_940_000, storyUses()[:1]
	tolerance := storyOverride(override.Tolerance, override.Subject{DocumentType: override.Invoice, Amount: 10_000}, override.Approved)
	tolerance.ValidUntil, tolerance.Expired = day("2026-06-30"), true
	acting := storyOverride(override.Acting, override.Subject{
		Email: "ppk@contoh.go.id", ForEmail: "head@contoh.go.id", Role: "head", AgencyCode: "DISKOMINFO", DecreeNumber: "800/112/2026",
	}, override.Revoked)
	acting.ValidUntil, acting.Count, acting.Passed, acting.Uses = day("2026-12-31"), 1, 19_980_000, storyUses()[1:]
	spent := storyOverride(override.WithoutAgreement, override.Subject{
		VendorID: storyID(30), BudgetLineID: storyID(20), Amount: 4_500_000, Date: day("2026-03-02"), Number: "KW/017/2026", Description: "Iklan darurat banjir",
	}, override.Approved)
	spent.Count, spent.Passed = 1, 4_500_000
	all := []override.Override{
		warns, tolerance,
		storyOverride(override.PeriodReopen, override.Subject{Month: "2026-02"}, override.Refused),
		storyOverride(override.BackDate, override.Subject{Month: "2026-02", DocumentNumber: "SP2D/0412/2026"}, override.Withdrawn),
		storyOverride(override.RoleChange, override.Subject{Email: "verifier@contoh.go.id", Role: "treasurer", AgencyCode: "DISKOMINFO", Action: override.Give}, override.Requested),
		acting, spent,
	}
	for i := range all {
		all[i].ID = storyID(byte(200 + i))
	}
	return all
}

func overrideStories(in reader) []story {
	n := int64(7)
	all := storyOverrides()
	facts := func(o override.Override) overrideFacts {
		return overrideFacts{Override: o, Vendor: "PT Kabar Contoh Nusantara", Line: storyLines()[0]}
	}
	stories := []story{
		{Name: "overrides", Page: overrideList(in, listing.Query{Limit: 50}, listing.Page[override.Override]{Items: all, Total: &n})},
		{Name: "overrides-empty", Page: overrideList(in, listing.Query{Limit: 50}, listing.Page[override.Override]{})},
		{Name: "override-new", Page: overrideStep(in, override.Kinds())},
	}
	choices := overrideChoices{Vendors: []registry.Vendor{storyVendor()}, Lines: storyLines()}
	for i, k := range override.Kinds() {
		stories = append(stories, story{Name: "override-form-" + string(k), Page: overrideForm(in, k, choices)},
			story{Name: "override-" + string(k), Page: overrideRecord(in, facts(all[i]))})
	}
	asked := all[4]
	wrong := overrideForm(in, override.WithoutAgreement, choices)
	var bad fault.Fields
	bad.AddWith("/subject/date", "outside_fiscal_year", fault.Args{"fiscal_year": 2026})
	bad.Add("/reason", "required")
	wrong.mark(in, fault.From(bad.Err()))
	own := verdictForm(in, facts(asked), override.Approve)
	own.mark(in, fault.New(fault.Forbidden, "segregation_of_duties"))
	return append(append(stories,
		story{Name: "override-wrong", Page: wrong},
		story{Name: "override-decide", Page: verdictForm(in, facts(all[6]), override.Approve)},
		story{Name: "override-decide-own", Page: own},
		story{Name: "override-take-back", Page: verdictForm(in, facts(asked), override.Withdraw)},
		story{Name: "override-revoke", Page: verdictForm(in, facts(all[0]), override.Revoke)},
	), passedStories(in)...)
}

// passedStories are records of what passed under an override.
func passedStories(in reader) []story {
	a := storyAgreement(agreement.Submitted)
	a.Unreserved = true
	i := storyInvoices()[0]
	i.Excess, i.Amount = 10_000, i.Amount+10_000
	tolerated := storyUses()[:1]
	tolerated[0].Kind, tolerated[0].DocumentType = override.Tolerance, "invoice"
	paid := paymentRecord(in, storyPayment(payment.Authorised), payment.Assessment{}, nil, byID(storyLines()))
	paid.Passed = in.passedBy(storyUses()[1:])
	return []story{
		{Name: "agreement-unreserved", Page: agreementRecord(in, agreementFacts{
			Agreement: a, Lines: byID(storyLines()), Entries: []budget.Entry{}, Passed: storyUses()[:1],
		})},
		{Name: "agreement-decide-unreserved", Page: moveForm(in, a, agreement.Approve, storyLines())},
		{Name: "invoice-excess", Page: invoiceRecord(in, i, tolerated)},
		{Name: "payment-acting", Page: paid},
	}
}
