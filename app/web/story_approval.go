package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/approval"
	"tayang/app/fault"
	"tayang/app/money"
)

// storyMatrix is a matrix with a row of each sort.
func storyMatrix() []approval.Rule {
	at := time.Date(2026, 1, 2, 2, 0, 0, 0, time.UTC)
	top := money.Amount(999_999_999)
	return []approval.Rule{
		{ID: storyID(230), Form: approval.Form{
			Kind: approval.Influencer, GrossFrom: 1_000_000_000, Steps: approval.Steps{access.PPK, access.Head}, ValidFrom: day("2026-01-01"),
			Basis: "Perbup 4/2026 pasal 7", AgencyID: uuid.NullUUID{UUID: storyID(1), Valid: true},
		}, AgencyCode: "DISKOMINFO", CreatedAt: at, Version: 1},
		{ID: storyID(231), Form: approval.Form{
			Kind: approval.Any, GrossFrom: 50_000_000, GrossTo: &top, Steps: approval.Steps{access.PPK, access.Verifier, access.Head}, ValidFrom: day("2026-01-01"),
			ValidTo: day("2026-12-31"), Basis: "Perbup 4/2026 pasal 6",
		}, CreatedAt: at, Version: 1},
		{ID: storyID(232), Form: approval.Form{
			Kind: approval.Media, Steps: approval.Steps{access.Head}, ValidFrom: day("2026-01-01"), Basis: "Perbup 4/2026",
		}, CreatedAt: at, VoidedAt: &at, VoidReason: "Keliru: seharusnya PPK", Version: 2},
	}
}

// storyRound is the story's agreement in its second round: returned once, mended, approved by the verifier who acts for
// the commitment officer, and waiting for the head.
func storyRound(s agreement.Status) agreement.Agreement {
	a := storyAgreement(s)
	first := time.Date(2026, 2, 10, 4, 0, 0, 0, time.UTC)
	second := first.AddDate(0, 0, 2)
	a.CreatedBy, a.SubmittedBy = storyID(5), uuid.NullUUID{UUID: storyID(5), Valid: true}
	a.ApprovalRound, a.ApprovalSteps, a.HasDecisions = 2, approval.Steps{access.PPK, access.Head}, true
	a.Decisions = []agreement.Decision{{
		ID: storyID(240), Round: 1, Step: 1, Role: access.PPK, Verdict: agreement.Returned, Remark: "Lihat catatan", DecidedAt: first,
		DecidedBy: storyID(6), Name: "Putra Contohman", Email: "ppk@contoh.go.id", RecordedAt: first,
	}}
	a.Remarks = []agreement.Remark{
		{ID: storyID(241), Round: 1, Pointer: "/rup_code", Text: "Kode RUP belum sesuai paketnya", CreatedAt: first, Author: "Putra Contohman"},
		{ID: storyID(242), Round: 1, Pointer: "/deliverables/0/unit_price", Text: "Di atas standar harga", CreatedAt: first, Author: "Putra Contohman"},
	}
	if s == agreement.Rejected {
		a.ApprovalRound, a.Returned = 1, true
		return a
	}
	a.Remarks[0].Answer, a.Remarks[0].AnsweredAt, a.Remarks[0].Answerer = "Sudah diganti dengan kode paket 48211903", &second, "Sari Contohwati"
	a.Decisions = append(a.Decisions, agreement.Decision{
		ID: storyID(243), Round: 2, Step: 1, Role: access.PPK, Verdict: agreement.Approved, DecidedAt: second, DecidedBy: storyID(7), Name: "Vina Contohsari",
		Email: "verifier@contoh.go.id", ActingFor: "ppk@contoh.go.id", ActingName: "Putra Contohman", DecreeNumber: "800/071/DISKOMINFO/2026",
		DecreeFrom: day("2026-02-11"), DecreeUntil: day("2026-02-20"), RecordedAt: second.AddDate(0, 0, 1),
	})
	a.Awaiting, a.AwaitingSince = access.Head, &second
	return a
}

func approvalStories(in reader) []story {
	clerk, officer := in, in
	clerk.Actor.Grants = []access.Grant{{Role: access.Staff}}
	officer.Actor.Grants = []access.Grant{{Role: access.PPK}}
	in.Actor.Grants = append(in.Actor.Grants, access.Grant{Role: access.Admin})
	waits, back := storyRound(agreement.Submitted), storyRound(agreement.Rejected)
	wrong := approvalForm(in)
	var bad fault.Fields
	bad.Add("/steps", "required")
	bad.Add("/basis", "required")
	wrong.mark(in, fault.From(bad.Err()))
	overlaps := approvalForm(in)
	overlaps.mark(in, &fault.Error{Kind: fault.Conflict, Code: "approval_rule_overlaps", Fields: fault.Fields{{Pointer: "/gross_from", Code: "approval_rule_overlaps"}}})
	mend := agreementForm(in, storyChoices(), "media", back.ID.String(), 3, 2)
	mend.fill(termsValues(in, back.Terms()))
	in.withRemarks(&mend, back)
	big := moveForm(in, storyAgreement(agreement.Draft), agreement.Submit, storyLines())
	in.tellSteps(&big, approval.Steps{access.PPK, access.Head})
	record := func(who reader, a agreement.Agreement) recordPage {
		return agreementRecord(who, agreementFacts{Agreement: a, Lines: byID(storyLines())})
	}
	return []story{
		{Name: "approvals", Page: approvalPage(in, storyMatrix())},
		{Name: "approvals-empty", Page: approvalPage(clerk, nil)},
		{Name: "approval-form", Page: approvalForm(in)},
		{Name: "approval-form-wrong", Page: wrong},
		{Name: "approval-form-overlaps", Page: overlaps},
		{Name: "approval-end", Page: approvalChange(in, storyMatrix()[0], "end")},
		{Name: "approval-void", Page: approvalChange(in, storyMatrix()[1], "void")},
		{Name: "agreement-second-step", Page: record(in, waits)},
		{Name: "agreement-returned", Page: record(clerk, back)},
		{Name: "agreement-mend", Page: mend},
		{Name: "agreement-check-two-steps", Page: big},
		{Name: "agreement-answer", Page: moveForm(in, back, agreement.Submit, storyLines())},
		{Name: "agreement-decide-second", Page: moveForm(in, waits, agreement.Approve, storyLines())},
		{Name: "agreement-decide-not-yours", Page: moveForm(officer, waits, agreement.Approve, storyLines())},
	}
}
