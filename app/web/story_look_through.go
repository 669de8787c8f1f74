package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/owner"
)

// storyThrough is the story's agreement through an agency: one recipient confirmed, one confirmed less, one said nothing.
func storyThrough(s agreement.Status) agreement.Agreement {
	a := storyAgreement(s)
	a.Kind = agreement.Influencer
	some := func(n int64) *money.Amount { m := money.Amount(n); return &m }
	account := func(n byte) uuid.NullUUID { return uuid.NullUUID{UUID: storyID(n), Valid: true} }
	a.LookThrough = agreement.LookThrough{ViaAgency: true, Fee: 5_940_000, Recipients: []agreement.Recipient{
		{ID: storyID(61), Share: agreement.Share{OutletID: account(31), Net: 30_000_000}, Position: 1, Channel: "KabarContoh.id", VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", Confirmed: some(30_000_000), ConfirmedOn: day("2026-02-09")},
		{ID: storyID(62), Share: agreement.Share{SocialAccountID: account(33), Net: 20_000_000, Name: "Ani Contoh"}, Position: 2, Channel: "instagram @ani.contoh", VendorID: storyID(34), VendorName: "Ani Contoh", Confirmed: some(12_500_000), ConfirmedOn: day("2026-02-09")},
		{ID: storyID(63), Share: agreement.Share{SocialAccountID: account(35), Net: 4_000_000}, Position: 3, Channel: "tiktok @budi.contoh", VendorID: storyID(36), VendorName: "Budi Contoh"},
	}}
	a.LookThrough = a.LookThrough.Weighed(a.Gross, a.Deliverables)
	return a
}

func lookThroughStories(in reader) []story {
	a, draft := storyThrough(agreement.Active), storyThrough(agreement.Draft)
	at := time.Date(2026, 2, 9, 3, 0, 0, 0, time.UTC)
	papers := []agreement.Confirmation{
		{ID: storyID(64), AgreementID: a.ID, RecipientID: storyID(62), ConfirmationForm: agreement.ConfirmationForm{Amount: 12_500_000, Date: day("2026-02-09"), File: storyHash(), Origin: agreement.FromRecipient, Remark: "Diterima tunai"}, CreatedAt: at, Author: "staff@contoh.go.id"},
		{ID: storyID(65), AgreementID: a.ID, RecipientID: storyID(61), ConfirmationForm: agreement.ConfirmationForm{Amount: 30_000_000, Date: day("2026-02-09"), File: storyHash(), Origin: agreement.FromAgency}, CreatedAt: at, Author: "staff@contoh.go.id"},
	}
	filled := agreementForm(in, storyChoices(), "influencer", "", 0, 2)
	filled.Split = in.split(storyChoices(), 3, true)
	filled.fill(termsValues(in, draft.Terms()))
	open := draft
	open.LookThrough.Fee = 940_000
	open.LookThrough = open.LookThrough.Weighed(open.Gross, open.Deliverables)
	agreementOutlook(in, filled.Outlook, open, storyAround())
	wrong := confirmationForm(in, a)
	wrong.heading = heading{Title: in.T("confirmation.enter"), Crumbs: []link{in.agreementCrumb()}}
	var bad fault.Fields
	bad.Add("/recipient_id", "required")
	bad.Add("/file", "required")
	wrong.mark(in, fault.From(bad.Err()))
	refused := moveForm(in, open, agreement.Submit, storyLines())
	refused.mark(in, fault.From(open.Complete()))
	amended := storyThrough(agreement.Active)
	now := amended.LookThrough
	next := now
	next.Fee, next.Recipients = 6_940_000, append([]agreement.Recipient{}, now.Recipients...)
	next.Recipients[0].Net = 29_000_000
	amended.Amendments = []agreement.Amendment{{
		ID: storyID(66), AgreementID: a.ID, Position: 1, Number: "ADD/1", Date: day("2026-06-01"), Reason: "Pembagian baru", Status: agreement.AmendmentProposed, Author: "staff@contoh.go.id",
		ValueBefore: a.Value, ValueAfter: a.Value, CreatedAt: at, CreatedBy: storyID(5),
		Before: agreement.Scope{EndDate: a.EndDate, Gross: a.Gross, Value: a.Value, VAT: a.VAT, LookThrough: &now, Deliverables: a.Deliverables},
		After:  agreement.Scope{EndDate: a.EndDate, Gross: a.Gross, Value: a.Value, VAT: a.VAT, LookThrough: &next, Deliverables: a.Deliverables},
	}}
	amended.Amendment = amended.Pending()
	form := amendForm(in, a, storyChoices(), 0)
	in.resplit(&form, a, storyChoices(), 3)
	form.fill(linesValues(in, a))
	return []story{
		{Name: "agreement-through", Page: agreementRecord(in, agreementFacts{Agreement: a, Lines: byID(storyLines()), Confirmations: papers})},
		{Name: "agreement-form-through", Page: filled},
		{Name: "agreement-check-residual", Page: refused},
		{Name: "agreement-decide-through", Page: moveForm(in, storyThrough(agreement.Submitted), agreement.Approve, storyLines())},
		{Name: "confirmation-wrong", Page: wrong},
		{Name: "agreement-resplit", Page: agreementRecord(in, agreementFacts{Agreement: amended, Lines: byID(storyLines())})},
		{Name: "amendment-form-through", Page: form},
	}
}

func ownerStories(in reader) []story {
	g := owner.Group{ID: storyID(70), Form: owner.Form{Name: "Kelompok Nusantara Contoh", Owners: "Keluarga Contoh (65%)", Source: "Akta perubahan nomor 12/2024", File: storyHash(), Since: day("2024-05-01")}, Members: 2, Version: 2}
	when := time.Date(2026, 3, 2, 3, 0, 0, 0, time.UTC)
	members := []owner.Member{
		{ID: storyID(71), GroupID: g.ID, GroupName: g.Name, Name: "KabarContoh.id", MemberForm: owner.MemberForm{OutletID: uuid.NullUUID{UUID: storyID(31), Valid: true}, Since: day("2024-05-01"), Source: "Susunan pengurus", File: storyHash()}},
		{ID: storyID(72), GroupID: g.ID, GroupName: g.Name, Name: "PT Suara Contoh", MemberForm: owner.MemberForm{VendorID: uuid.NullUUID{UUID: storyID(30), Valid: true}, Since: day("2024-05-01"), Until: day("2026-06-30")}},
		{ID: storyID(73), GroupID: g.ID, GroupName: g.Name, Name: "CV Keliru Contoh", MemberForm: owner.MemberForm{VendorID: uuid.NullUUID{UUID: storyID(36), Valid: true}, Since: day("2026-01-01")}, VoidedAt: &when, VoidReason: "Salah nama"},
	}
	c := owner.Concentration{AgencyID: in.Agency.ID, AgencyName: "Dinas Kominfo", FiscalYear: 2026}
	c.Total, c.ByVendor, c.ByGroup = owner.Gather([]owner.Portion{
		{VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", GroupID: uuid.NullUUID{UUID: g.ID, Valid: true}, GroupName: g.Name, Gross: 59_940_000},
		{VendorID: storyID(34), VendorName: "Ani Contoh", Gross: 20_000_000},
	})
	gathered := []owner.Concentration{c}
	page := listing.Page[owner.Group]{Items: []owner.Group{g}}
	taken := ownerMemberForm(in, g, storyOutlets(), nil)
	var bad fault.Fields
	bad.AddWith("/since", "owner_group_taken", fault.Args{"group": "Kelompok Lain"})
	taken.mark(in, fault.From(bad.Err()))
	edit := ownerGroupForm(in, g.ID.String(), g.Version)
	edit.fill(ownerGroupValues(g.Form))
	return []story{
		{Name: "owner-groups", Page: ownerGroupList(in, listing.Query{Limit: 50}, page, gathered)},
		{Name: "owner-groups-empty", Page: ownerGroupList(in, listing.Query{Limit: 50}, listing.Page[owner.Group]{}, nil)},
		{Name: "owner-group", Page: ownerGroupRecord(in, g, members, gathered)},
		{Name: "owner-group-form", Page: edit},
		{Name: "owner-group-member", Page: taken},
		{Name: "owner-group-end", Page: endForm(in, g, members)},
	}
}
