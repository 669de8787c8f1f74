package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/handover"
	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/passport"
	"tayang/app/placement"
	"tayang/app/rule"
)

// storyPlacement is one article in the given state.
func storyPlacement(s placement.Status) placement.Placement {
	at := time.Date(2026, 3, 4, 3, 0, 0, 0, time.UTC)
	yes := true
	p := placement.Placement{
		ID: storyID(50), AgencyID: storyID(1), Title: "Bupati resmikan pusat layanan informasi publik", ScheduledOn: day("2026-03-02"), Status: s,
		Order: placement.Order{
			AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", DeliverableID: storyID(41), BudgetLineID: storyID(20), VendorID: storyID(30), VendorName: "PT Kabar Contoh Nusantara",
			Product: "advertorial", Channel: "KabarContoh.id", ChannelKind: placement.Online, LabelRequired: true, FiscalYear: 2026, AgreementStatus: agreement.Active,
		},
		Net: 2_000_000, VAT: 220_000, Gross: 2_220_000, CreatedAt: at, CreatedBy: storyID(5), RecordedBy: placement.People{storyID(5)}, Version: 4,
	}
	if s != placement.Planned {
		p.Publication = placement.Publication{PublishedOn: day("2026-03-02"), URL: "https://kabarcontoh.id/2026/03/02/bupati-resmikan-pusat-layanan", LabelPresent: &yes, Metrics: placement.Metrics{"views": 12_430, "likes": 310}}
		p.Proofs = 2
	}
	switch s {
	case placement.Rejected:
		p.Remark = "Tangkapan layar terpotong: tanggal terbit tidak terlihat."
	case placement.Cancelled:
		p.Remark = "Kegiatan ditunda."
	case placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid:
		p.VerifiedAt = &at
	case placement.Planned, placement.Published:
	}
	return p
}

func storyPlacements() (out []placement.Placement) {
	states := []placement.Status{placement.Planned, placement.Published, placement.Verified, placement.Rejected, placement.Accepted, placement.Invoiced, placement.Paid, placement.Cancelled}
	for i, s := range states {
		p := storyPlacement(s)
		p.ID, p.ScheduledOn = storyID(byte(150+i)), day("2026-03-02").AddDays(i*3)
		out = append(out, p)
	}
	return out
}

func storyProofs() []placement.Proof {
	at := time.Date(2026, 3, 2, 8, 12, 0, 0, time.UTC)
	return []placement.Proof{
		{ID: storyID(51), PlacementID: storyID(50), Kind: placement.Screenshot, Origin: placement.FromStaff, CapturedAt: &at, SHA256: storyHash(), Size: 402_311, MediaType: "image/png", Filename: "tangkapan-2026-03-02.png", CreatedAt: at, Inspected: true},
		{ID: storyID(52), PlacementID: storyID(50), Kind: placement.OtherProof, Origin: placement.FromVendor, SHA256: storyHash(), Size: 91_020, MediaType: "application/pdf", Filename: "rekap-tayang.pdf", CreatedAt: at, Inspected: true},
	}
}

// storySeen is an article whose address and picture other placements have, with what its files say of themselves.
func storySeen(in reader) placementFacts {
	f := placementFacts{Placement: storyPlacement(placement.Published), Proofs: storyProofs()}
	f.Proofs[0].Source, f.Proofs[0].Agent = "10.20.30.40", "Mozilla/5.0"
	f.Proofs[0].Thumbnail = storyHash()
	f.Proofs[0].Passport = passport.Passport{Width: 1280, Height: 2400, TakenAt: "2026-03-02T15:12:00", Latitude: "-6.91750", Longitude: "107.61910", Device: "Kamera Contoh 5"}
	f.Proofs[1].Passport = passport.Passport{Pages: 3, Created: "2026-03-04T08:12:00+07:00", Modified: "2026-03-05T09:00:00+07:00"}
	own := uuid.NullUUID{UUID: storyID(51), Valid: true}
	f.Known.Sightings = []placement.Sighting{
		{How: placement.ByAddress, AgencyCode: in.Agency.Code, AgencyName: "Dinas Komunikasi dan Informatika", AgreementNumber: "027/009/SPK/2026", PlacementID: uuid.NullUUID{UUID: storyID(150), Valid: true}, Title: "Bupati resmikan pusat layanan", Status: placement.Verified, PublishedOn: day("2026-02-20")},
		{How: placement.ByPicture, ProofID: own, Score: 97, AgencyCode: "setwan", AgencyName: "Sekretariat DPRD", AgreementNumber: "170/021/SPK/2026"},
	}
	f.Known.Doubts = []placement.Doubt{
		{Rule: rule.ProofSeenBefore, Mode: rule.Refuse, Pointer: "/url", Args: fault.Args{"agency": "Dinas Komunikasi dan Informatika", "agreement": "027/009/SPK/2026", "count": 1}},
		{Rule: rule.ProofLooksAlike, Mode: rule.Warn, Pointer: "/proofs", Args: fault.Args{"agency": "Sekretariat DPRD", "agreement": "170/021/SPK/2026", "count": 1}},
	}
	return f
}

// storyInspecting is an article of which one proof was just sent.
func storyInspecting() placementFacts {
	f := placementFacts{Placement: storyPlacement(placement.Published), Proofs: storyProofs()}
	f.Proofs[0].Inspected, f.Proofs[0].Source, f.Known.Uninspected = false, "10.20.30.40", 1
	return f
}

// storyCaptured is an article whose page was opened by the program: in every state.
func storyCaptured() placementFacts {
	f := placementFacts{Placement: storyPlacement(placement.Published), Proofs: storyProofs(), Opens: true}
	at := time.Date(2026, 3, 2, 8, 12, 0, 0, time.UTC)
	for i, s := range []capture.Status{capture.Queued, capture.Running, capture.Failed, capture.Done} {
		c := capture.Capture{ID: storyID(byte(160 + i)), PlacementID: storyID(50), URL: f.URL, Status: s, CreatedAt: at, Attempts: 1, Progress: 60}
		switch s {
		case capture.Failed:
			c.Error = "capture_unreachable"
		case capture.Done:
			c.FinalURL, c.HTTPStatus, c.Title, c.Published, c.Bundle = f.URL, 200, "Bupati resmikan pusat layanan informasi", "2026-03-02T08:00:00+07:00", storyHash()
		case capture.Queued, capture.Running:
		}
		f.Captures = append(f.Captures, c)
	}
	return f
}

func storyAcceptance() placement.Acceptance {
	return placement.Acceptance{ID: storyID(55), AgreementID: storyID(40), AgreementNumber: "027/014/SPK/2026", VendorID: storyID(30), Number: "027/BAST/031/2026", Date: day("2026-03-31"), Placements: 9, Gross: 19_980_000}
}

func storyChain() chain {
	return chain{Fulfilment: storyFulfilment(), Recaps: []handover.Recap{storyRecap(storySigning())}, Placements: storyPlacements(), Acceptances: []placement.Acceptance{storyAcceptance()}, Invoices: storyInvoices(), Payments: storyPayments(), Total: 20, In: map[placement.Status]int64{placement.Planned: 2, placement.Rejected: 1, placement.Published: 3, placement.Verified: 1, placement.Accepted: 4}}
}

func placementStories(in reader) []story {
	n := int64(1_204)
	next := "next"
	var bad fault.Fields
	bad.Add("/file", "empty_file")
	refused := placementRecord(in, placementFacts{Placement: storyPlacement(placement.Published), Proofs: storyProofs()})
	refused.Parts[len(refused.Parts)-1].Form.mark(in, fault.From(bad.Err()))
	recorded := publicationForm(in, storyPlacement(placement.Published))
	recorded.fill(publicationValues(in, storyPlacement(placement.Published)))
	one := storyPlacement(placement.Published)
	one.ChannelKind = placement.Print
	ofOne := listing.Query{Limit: 50}.Where("agreement_id", storyID(40).String())
	stories := []story{
		{Name: "placements", Page: placementList(in, listing.Query{Limit: 50}, listing.Page[placement.Placement]{Items: storyPlacements(), Total: &n, NextCursor: &next})},
		{Name: "placements-of-agreement", Page: placementList(in, ofOne, listing.Page[placement.Placement]{Items: storyPlacements()})},
		{Name: "placements-empty", Page: placementList(in, listing.Query{Limit: 50}, listing.Page[placement.Placement]{})},
		{Name: "placement-plan", Page: planForm(in, storyAgreement(agreement.Active), 2)},
		{Name: "placement-publication", Page: recorded},
		{Name: "placement-publication-print", Page: publicationForm(in, one)},
		{Name: "placement-proof-wrong", Page: refused},
		{Name: "placement-decide", Page: judgeForm(in, storySeen(in))},
		{Name: "placement-seen", Page: placementRecord(in, storySeen(in))},
		{Name: "placement-inspecting", Page: placementRecord(in, storyInspecting())},
		{Name: "placement-decide-inspecting", Page: judgeForm(in, storyInspecting())},
		{Name: "placement-captured", Page: placementRecord(in, storyCaptured())},
		{Name: "placement-live", Page: placementRecord(in, storyLive())},
		{Name: "live-checks", Page: liveList(in, listing.Query{Limit: 50}.Where("due", "true"), listing.Page[live.Check]{Items: storyLive().Live.Checks, Total: &n, NextCursor: &next})},
		{Name: "live-checks-empty", Page: liveList(in, listing.Query{Limit: 50}, listing.Page[live.Check]{})},
		{Name: "live-state", Page: stateForm(in, storyLive().Live.Checks[0])},
		{Name: "shortfalls", Page: shortfallList(in, listing.Query{Limit: 50}, listing.Page[live.Shortfall]{Items: storyShortfalls(), Total: &n})},
		{Name: "shortfalls-empty", Page: shortfallList(in, listing.Query{Limit: 50}, listing.Page[live.Shortfall]{})},
		{Name: "shortfall-decide", Page: shortfallForm(in, storyShortfalls()[0], "decide")},
		{Name: "shortfall-void", Page: shortfallForm(in, storyShortfalls()[0], "void")},
		{Name: "shortfall-recover", Page: shortfallForm(in, storyShortfalls()[1], "recover")},
		{Name: "override-form-rule", Page: departureForm(in, rule.ProofSeenBefore, "placement", storyID(50).String())},
		{Name: "placement-cancel", Page: cancelForm(in, storyPlacement(placement.Planned))},
		{Name: "acceptance-form", Page: acceptanceForm(in, storyAgreement(agreement.Active), storyPlacements()[2:3], nil, storyFulfilment().Lines)},
		{Name: "acceptance-form-empty", Page: acceptanceForm(in, storyAgreement(agreement.Active), nil, nil, nil)},
	}
	for _, s := range storyShortfalls() {
		stories = append(stories, story{Name: "shortfall-is-" + string(s.Status), Page: shortfallRecord(in, s)})
	}
	for _, p := range storyPlacements() {
		proofs := storyProofs()
		if p.Proofs == 0 {
			proofs = nil
		}
		stories = append(stories, story{Name: "placement-" + string(p.Status), Page: placementRecord(in, placementFacts{Placement: p, Proofs: proofs})})
	}
	return stories
}
