package web

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/paper"
	"tayang/app/registry"
	"tayang/app/rule"
)

// storyDossier is a file in which some papers are, and some are missing.
func storyDossier(a agreement.Agreement) agreement.Dossier {
	at := time.Date(2026, 2, 9, 3, 0, 0, 0, time.UTC)
	one := func(id byte, code paper.Code, number string) agreement.Paper {
		return agreement.Paper{ID: storyID(id), AgreementID: a.ID, PaperForm: agreement.PaperForm{
			Code: code, Number: number, Date: day("2026-02-09"), File: strings.Repeat("ab12", 16),
		}, CreatedAt: at, CreatedBy: storyID(5), Author: "staff@contoh.go.id", Version: 1}
	}
	other := one(162, paper.Other, "")
	other.Name = "Undangan negosiasi"
	return a.Dossier(storyRequirements(), []agreement.Paper{one(160, "offer", "PNW/14/2026"), one(161, "contract", "027/014/SPK/2026"), other})
}

// storyRequirements are a row of the government, and one that was entered wrongly.
func storyRequirements() []paper.Requirement {
	at := time.Date(2026, 1, 5, 3, 0, 0, 0, time.UTC)
	own := paper.Requirement{ID: storyID(165), RequirementForm: paper.RequirementForm{
		Code: "application", NameID: "Surat permohonan kerja sama dari media", NameEN: "Application of the medium", Kind: "media", Owner: paper.Vendor, Stage: paper.AtAgreement,
		ValidFrom: day("2026-01-01"), Basis: "Perbup Contoh 12/2024 pasal 6",
	}, CreatedAt: at, CreatedBy: storyID(9), Version: 1}
	void := own
	void.ID, void.Code, void.VoidedAt, void.VoidedBy, void.VoidReason, void.Version = storyID(166), "aplication", &at, uuid.NullUUID{UUID: storyID(9), Valid: true}, "Salah ketik", 2
	return []paper.Requirement{own, void}
}

// storyDoubted is what is in doubt about an agreement: what stops it, what passes by an override, and what is only warned of.
func storyDoubted() agreement.Assessment {
	doubt := func(code rule.Code, mode rule.Mode, at string, place agreement.Place, args fault.Args) agreement.Doubt {
		return agreement.Doubt{Rule: code, Mode: mode, Basis: "Perpres 16/2018", Pointer: at, Place: place, Args: args}
	}
	passes := doubt(rule.RUPMissing, rule.Refuse, "/rup_code", agreement.AtAgreement, nil)
	passes.OverrideID = uuid.NullUUID{UUID: storyID(200), Valid: true}
	list := doubt(rule.NotCooperating, rule.Warn, "/deliverables/0/outlet_id", agreement.AtCooperation, fault.Args{
		"name": "KabarContoh.id", "year": "2026", "number": "500.12/7/KEP/2026", "date": day("2026-01-08"),
	})
	list.PlaceID = uuid.NullUUID{UUID: storyID(170), Valid: true}
	return agreement.Assessment{Doubts: []agreement.Doubt{
		list,
		doubt(rule.MethodOverLimit, rule.Refuse, "/method", agreement.AtAgreement, fault.Args{"amount": money.Amount(510_000_000), "limit": money.Amount(200_000_000), "method": "pengadaan_langsung"}),
		doubt(rule.FormBelowValue, rule.Refuse, "/form", agreement.AtAgreement, fault.Args{"amount": money.Amount(59_940_000), "limit": money.Amount(50_000_000), "form": "kuitansi", "proper_form": "spk"}),
		doubt(rule.EstimateMissing, rule.Refuse, "/owner_estimate", agreement.AtAgreement, fault.Args{"amount": money.Amount(59_940_000), "limit": money.Amount(10_000_000)}),
		doubt(rule.RUPLate, rule.Refuse, "/procurement/rup_announced_on", agreement.AtAgreement, fault.Args{"date": day("2026-02-20"), "order_date": day("2026-02-10")}),
		doubt(rule.NegotiationMissing, rule.Refuse, "/procurement/minutes/number", agreement.AtAgreement, nil),
		doubt(rule.ShortfallMissing, rule.Refuse, "/procurement/shortfall_rule", agreement.AtAgreement, nil),
		doubt(rule.DocumentMissing, rule.Refuse, "/papers", agreement.AtPapers, fault.Args{"name_id": "HPS yang ditetapkan PPK", "name_en": "Owner's estimate", "owner": "ppk", "basis": "Perpres 16/2018 pasal 26"}),
		doubt(rule.BasisMissing, rule.Warn, "/procurement/legal_basis", agreement.AtAgreement, nil),
		passes,
	}}
}

func storyCooperation() registry.CooperationList {
	at := time.Date(2026, 1, 8, 3, 0, 0, 0, time.UTC)
	entry := func(id byte, channel string) registry.CooperationEntry {
		return registry.CooperationEntry{ID: storyID(id), ListID: storyID(170), Channel: channel, VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara", CreatedAt: at, Version: 1}
	}
	off := entry(172, "Senja Contoh")
	off.VoidedAt, off.VoidReason = &at, "Berhenti terbit"
	return registry.CooperationList{ID: storyID(170), CooperationForm: registry.CooperationForm{
		FiscalYear: 2026, Number: "500.12/7/KEP/2026", Date: day("2026-01-08"), Basis: "Perbup Contoh 12/2024",
	}, Members: 1, CreatedAt: at, Version: 1, Entries: []registry.CooperationEntry{entry(171, "KabarContoh.id"), off}}
}

func procurementStories(in reader) []story {
	a := storyAgreement(agreement.Submitted)
	facts := agreementFacts{Agreement: a, Lines: byID(storyLines()), Known: storyDoubted(), File: storyDossier(a)}
	decide := moveForm(in, a, agreement.Approve, storyLines())
	decide.Tables = append([]table{in.doubtTable(facts)}, decide.Tables...)
	clean := moveForm(in, a, agreement.Approve, storyLines())
	clean.Tables = append([]table{in.doubtTable(agreementFacts{Agreement: a})}, clean.Tables...)
	l := storyCooperation()
	f := cooperationFacts{List: l, Outlets: storyOutlets(), Accounts: storyAccounts()}
	void := l
	void.VoidedAt, void.VoidReason = &l.CreatedAt, "Salah tahun"
	wrong := paperRequirementForm(in)
	wrong.mark(in, fault.From(paper.RequirementForm{}.Check(nil, nil)))
	held := facts.File.Items[1].Papers
	if len(held) == 0 {
		held = facts.File.Other
	}
	n := int64(1)
	return []story{
		{Name: "agreement-doubts", Page: agreementRecord(in, facts)},
		{Name: "agreement-decide-doubts", Page: decide},
		{Name: "agreement-decide-clean", Page: clean},
		{Name: "agreement-paper-form", Page: agreementPaperForm(in, a, facts.File, "owner_estimate")},
		{Name: "agreement-paper-void", Page: agreementPaperVoid(in, a, held[0])},
		{Name: "cooperation-lists", Page: cooperationLists(in, listing.Query{Limit: 50}, listing.Page[registry.CooperationList]{Items: []registry.CooperationList{l, void}, Total: &n})},
		{Name: "cooperation-lists-empty", Page: cooperationLists(in, listing.Query{Limit: 50}, listing.Page[registry.CooperationList]{})},
		{Name: "cooperation-list", Page: cooperationRecord(in, f)},
		{Name: "cooperation-list-void", Page: cooperationRecord(in, cooperationFacts{List: void})},
		{Name: "cooperation-form", Page: cooperationForm(in)},
		{Name: "cooperation-void", Page: cooperationVoid(in, l, nil)},
		{Name: "cooperation-remove", Page: cooperationVoid(in, l, &l.Entries[0])},
		{Name: "paper-requirements", Page: requirementPage(in, storyRequirements())},
		{Name: "paper-requirement-form", Page: paperRequirementForm(in)},
		{Name: "paper-requirement-wrong", Page: wrong},
		{Name: "paper-requirement-void", Page: requirementVoid(in, storyRequirements()[0])},
	}
}
