package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/rule"
)

func storyTiers() []registry.Tier {
	mikro, makro := int64(50_000), int64(200_000)
	tier := func(id byte, name string, from int64, to *int64) registry.Tier {
		return registry.Tier{ID: storyID(id), Version: 1, TierForm: registry.TierForm{
			Name: name, FollowersFrom: from, FollowersTo: to, ValidFrom: day("2026-01-01"), Basis: "Perbup Contoh 12/2025 lampiran III",
		}}
	}
	at := time.Date(2026, 1, 5, 2, 0, 0, 0, time.UTC)
	void := tier(72, "mikro", 1_000, &mikro)
	void.VoidedAt, void.VoidReason = &at, "batas bawah salah ketik"
	return []registry.Tier{tier(70, "makro", 50_000, &makro), tier(71, "mikro", 10_000, &mikro), void}
}

// storyAccountFacts is an account of a minor with a proof that waits, one that was sent back, and every statement.
func storyAccountFacts() accountFacts {
	a := storyAccounts()[0]
	a.CreatorName, a.CreatorBornOn = "Kirana Contohwati", day("2009-06-12")
	at := time.Date(2026, 2, 4, 2, 30, 0, 0, time.UTC)
	proof := registry.Ownership{
		ID: storyID(73), SocialAccountID: a.ID, VendorID: a.VendorID, Handle: a.Handle, Status: registry.OwnershipSubmitted, Author: "colleague@contoh.go.id", Version: 1, CreatedBy: storyID(5),
		OwnershipForm: registry.OwnershipForm{ProvenBy: registry.ScreenRecording, ProvenOn: day("2026-02-03"), File: storyHash()},
	}
	back := proof
	back.ID, back.ProvenBy, back.Status, back.Remark, back.Decider, back.DecidedAt = storyID(74), registry.BioCode, registry.OwnershipRejected, "Kode tidak terbaca.", "ppk@contoh.go.id", &at
	statement := func(id byte, kind registry.StatementKind, answer string) registry.Statement {
		return registry.Statement{ID: storyID(id), SocialAccountID: a.ID, StatementForm: registry.StatementForm{Kind: kind, Answer: answer, GivenOn: day("2026-02-03"), File: storyHash()}}
	}
	consent, conflict := statement(77, registry.GuardianConsent, ""), statement(75, registry.ConflictOfInterest, registry.HasConflict)
	consent.GuardianName, consent.Relation, conflict.Details = "Ibu Contohwati", "ibu kandung", "sepupu PPTK kegiatan"
	return accountFacts{
		Account: a, Tiers: storyTiers(), Proofs: []registry.Ownership{proof, back},
		Statements: []registry.Statement{conflict, statement(76, registry.CivilServant, registry.NoCivilServant), consent},
		Snapshots: []registry.Snapshot{
			{ID: storyID(37), SnapshotForm: registry.SnapshotForm{TakenOn: day("2026-02-03"), Followers: 48_200, EngagementRate: "3.25", File: storyHash()}},
			{ID: storyID(38), SnapshotForm: registry.SnapshotForm{TakenOn: day("2025-11-03"), Followers: 41_900, EngagementRate: "3.1"}},
		},
	}
}

// storyInfluence is an agreement with a creator: a reel with everything agreed, and a story with nothing.
func storyInfluence(s agreement.Status) agreementFacts {
	a, account := storyAgreement(s), storyAccounts()[0]
	a.Kind, a.Title, a.FeeVia, a.VendorName = agreement.Influencer, "Konten edukasi stunting", agreement.FeePersonal, "Contohwan Kreatif"
	reel := agreement.UsualContent(agreement.Reel)
	reel.UsageRights.Until, reel.Exclusivity = day("2026-12-31"), agreement.Permission{Text: "tanpa iklan susu formula", Until: day("2026-06-30")}
	for i := range a.Deliverables {
		d := &a.Deliverables[i]
		d.OutletID, d.SocialAccountID = uuid.NullUUID{}, uuid.NullUUID{UUID: account.ID, Valid: true}
		d.Channel, d.Product, d.Unit = "instagram @"+account.Handle, "story", "konten"
	}
	a.Deliverables[0].Product, a.Deliverables[0].Content, a.Deliverables[0].Tier = "reel", &reel, "makro"
	followers := int64(48_200)
	known := agreement.AccountFacts{
		SocialAccountID: account.ID, Handle: account.Handle, Platform: account.Platform, CreatorName: "Kirana Contohwati", Followers: &followers, SnapshotOn: day("2026-01-05"), Tier: "mikro", Minor: true,
		Ownership:    &agreement.OwnershipFact{ProvenBy: registry.BioCode, ProvenOn: day("2026-01-05"), VerifiedBy: "ppk@contoh.go.id"},
		Conflict:     &agreement.StatementFact{Answer: registry.NoConflict, GivenOn: day("2026-01-05"), File: storyHash()},
		CivilServant: &agreement.StatementFact{Answer: registry.NoCivilServant, GivenOn: day("2026-01-05"), File: storyHash()},
	}
	facts := agreement.Facts{Influence: agreement.InfluenceFacts{Accounts: []agreement.AccountFacts{known}}}
	f := agreementFacts{Agreement: a, Lines: byID(storyLines()), Known: agreement.Assessment{Facts: facts, Frozen: s == agreement.Active}}
	args := fault.Args{"handle": account.Handle, "date": a.OrderDate, "taken": known.SnapshotOn, "days": int64(36), "max": int64(30)}
	place := uuid.NullUUID{UUID: account.ID, Valid: true}
	f.Known.Doubts = []agreement.Doubt{
		{Rule: rule.SnapshotStale, Mode: rule.Refuse, Pointer: "/deliverables/0/social_account_id", Place: agreement.AtAccount, PlaceID: place, Args: args},
		{Rule: rule.GuardianMissing, Mode: rule.Refuse, Pointer: "/deliverables/0/social_account_id", Place: agreement.AtAccount, PlaceID: place, Args: args},
		{Rule: rule.ContentTermsMissing, Mode: rule.Refuse, Pointer: "/deliverables/1/content", Place: agreement.AtAgreement},
		{Rule: rule.TierMismatch, Mode: rule.Warn, Pointer: "/deliverables/0/tier", Place: agreement.AtAgreement, Args: fault.Args{"handle": account.Handle, "tier": "makro", "known": "mikro", "followers": followers, "date": known.SnapshotOn}},
	}
	return f
}

func creatorStories(in reader) []story {
	n := int64(3)
	f, a := storyAccountFacts(), storyAccounts()[0]
	owner := ownershipForm(in, a)
	owner.mark(in, fault.From(registry.OwnershipForm{ProvenBy: registry.OtherMethod}.Check(in.Now)))
	declared := statementForm(in, a)
	declared.mark(in, fault.From(registry.StatementForm{Kind: registry.GuardianConsent}.Check(in.Now)))
	tier := tierForm(in, storyID(70).String(), 1)
	tier.fill(in.tierValues(storyTiers()[0].TierForm))
	tier.mark(in, &fault.Error{Kind: fault.Conflict, Code: "overlap", Fields: []fault.Field{{Pointer: "/followers_from", Code: "overlap"}}})
	ordered := storyInfluence(agreement.Draft)
	choices := storyChoices()
	choices.Tiers = storyTiers()
	filled := agreementForm(in, choices, "influencer", "", 0, 2)
	filled.fill(termsValues(in, ordered.Agreement.Terms()))
	agreementOutlook(in, filled.Outlook, ordered.Agreement, storyAround())
	filled.Outlook.Tables = append(filled.Outlook.Tables, in.reached(ordered.Agreement, ordered.Known.Facts.Influence)...)
	return []story{
		{Name: "social-account", Page: accountRecord(in, f)},
		{Name: "social-account-empty", Page: accountRecord(in, accountFacts{Account: a})},
		{Name: "ownership-form", Page: ownershipForm(in, a)},
		{Name: "ownership-form-wrong", Page: owner},
		{Name: "ownership-decide", Page: ownershipDecision(in, a, f.Proofs[0])},
		{Name: "statement-form", Page: statementForm(in, a)},
		{Name: "statement-form-wrong", Page: declared},
		{Name: "tiers", Page: tierList(in, listing.Query{Limit: 50}, listing.Page[registry.Tier]{Items: storyTiers(), Total: &n})},
		{Name: "tiers-empty", Page: tierList(in, listing.Query{Limit: 50}, listing.Page[registry.Tier]{})},
		{Name: "tier-form", Page: tierForm(in, "", 0)},
		{Name: "tier-form-wrong", Page: tier},
		{Name: "tier-void", Page: tierVoid(in, storyTiers()[0])},
		{Name: "agreement-form-influencer", Page: filled},
		{Name: "agreement-influencer", Page: agreementRecord(in, ordered)},
		{Name: "agreement-influencer-active", Page: agreementRecord(in, storyInfluence(agreement.Active))},
		{Name: "placement-insights", Page: placementRecord(in, placementFacts{Placement: storyReel(true), Proofs: storyProofs()})},
		{Name: "placement-insights-late", Page: placementRecord(in, placementFacts{Placement: storyReel(false), Proofs: storyProofs()})},
		{Name: "placement-insights-planned", Page: placementRecord(in, placementFacts{Placement: storyReelPlanned()})},
	}
}

// storyReel is a reel of three weeks ago, with its figures or without.
func storyReel(entered bool) placement.Placement {
	p := storyPlacement(placement.Published)
	content := agreement.UsualContent(agreement.Reel)
	p.Content, p.ChannelKind, p.Channel, p.Product, p.Title = &content, placement.Social, "instagram @kabar.contoh", "reel", "Cegah stunting sejak dini"
	p.PublishedOn, p.Metrics = day("2026-11-02"), nil
	if entered {
		p.Metrics = placement.Metrics{"reach": 20_100, "views": 31_870, "likes": 1_240}
	}
	return p
}

func storyReelPlanned() placement.Placement {
	p := storyReel(false)
	planned := storyPlacement(placement.Planned)
	planned.Content, planned.ChannelKind, planned.Channel, planned.Product = p.Content, p.ChannelKind, p.Channel, p.Product
	return planned
}
