package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/capture"
	"tayang/app/live"
	"tayang/app/placement"
)

// storyLive is a reel that was looked at again: in every state, with what every look found, and its shortfalls.
func storyLive() placementFacts {
	f := placementFacts{Placement: storyPlacement(placement.Verified), Proofs: storyProofs()}
	f.ChannelKind, f.URL = placement.Social, "https://www.instagram.com/reel/Cabc12345/"
	f.Content = &agreement.Content{Type: agreement.Reel, MinimumLiveDays: 30}
	at := time.Date(2026, 4, 1, 8, 12, 0, 0, time.UTC)
	for i, c := range []live.Check{
		{Status: capture.Failed, Error: "capture_unreachable", Purpose: live.PeriodEnd, Due: true},
		{Status: capture.Running, Step: capture.Drawing, Attempts: 2, Purpose: live.BeforePayment, Due: true},
		{Status: capture.Queued, Purpose: live.Manual, Due: true},
		{Status: capture.Done, Result: live.There, Origin: live.ByProgram, HTTPStatus: 200, PageTitle: "Ani on Instagram", Purpose: live.Manual},
		{Status: capture.Done, Result: live.Gone, Origin: live.ByStaff, Statement: "Halaman tidak tersedia, unggahan lain masih ada.", Purpose: live.PeriodEnd},
		{Status: capture.Done, Result: live.Unclear, Origin: live.ByProgram, HTTPStatus: 403, Purpose: live.BeforePayment, Due: true},
	} {
		c.ID, c.PlacementID, c.PlacementTitle, c.AgreementNumber, c.VendorName = storyID(byte(170+i)), f.ID, f.Title, f.AgreementNumber, f.VendorName
		c.Channel, c.URL, c.DueOn, c.CreatedAt, c.Version = "instagram @ani.contoh", f.URL, day("2026-04-01"), at, 1
		if c.Status == capture.Done {
			c.CheckedAt, c.File = &at, storyHash()
		}
		f.Live.Checks = append(f.Live.Checks, c)
	}
	f.Live.Shortfalls = storyShortfalls()
	return f
}

// storyShortfalls is one shortfall in every state.
func storyShortfalls() (out []live.Shortfall) {
	at := time.Date(2026, 4, 2, 3, 0, 0, 0, time.UTC)
	for i, status := range []live.ShortfallStatus{live.Open, live.Decided, live.Recovered, live.Voided, live.Ended} {
		s := live.Shortfall{
			ID: storyID(byte(180 + i)), PlacementID: storyID(50), PlacementTitle: "Reel edukasi stunting", AgreementID: storyID(40),
			AgreementNumber: "027/014/SPK/2026", VendorName: "Ani Contoh", Kind: live.GoneEarly, Rule: agreement.ProRataDays, DaysAgreed: 30, DaysMissing: 20,
			SeenOn: day("2026-03-12"), GoneOn: day("2026-04-01"), Net: 1_000_000, VAT: 110_000, Gross: 1_110_000, Status: status, Version: 1,
		}
		if i%2 == 0 {
			s.Rule, s.Whole = agreement.PerUnit, true
		}
		if status != live.Open && status != live.Ended {
			s.Remark, s.DecidedAt, s.DecidedBy = "Pasal 7 ayat (2) perjanjian", &at, uuid.NullUUID{UUID: storyID(3), Valid: true}
		}
		if status == live.Recovered {
			s.Reference, s.RecoveredOn = "STS/019/2026", day("2026-04-20")
		}
		out = append(out, s)
	}
	return out
}

// storyWaiting is what waits for people on the home page.
func storyWaiting() live.Waiting {
	return live.Waiting{
		Due: 3, DueSince: day("2026-03-28"), Open: 1, OpenSince: day("2026-03-30"), OpenGross: 1_110_000,
		Stories: []live.StoryDue{
			{PlacementID: storyID(50), Title: "Story posyandu", Channel: "instagram @ani.contoh", Deadline: time.Date(2030, 1, 1, 7, 0, 0, 0, time.UTC)},
			{PlacementID: storyID(50), Title: "Story imunisasi", Channel: "instagram @ani.contoh", Deadline: time.Date(2020, 1, 1, 7, 0, 0, 0, time.UTC)},
		},
	}
}
