package db_test

import (
	"io"
	"slices"
	"testing"
	"time"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/report"
	"tayang/db/dbtest/chain"
)

// TestTheRegisterOfTheTrailAgrees: what the sheet counts is what the database counts, for each reader and each narrowing.
func TestTheRegisterOfTheTrailAgrees(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Draft(t, c.Item(2))
	a = c.Move(t, c.Staff, a, agreement.Submit)
	c.Move(t, c.PPK, a, agreement.Approve)
	today := day(t, time.Now().In(time.FixedZone("WIB", 7*60*60)).Format(time.DateOnly))
	base := report.Request{Kind: report.Trail, AgencyID: c.Agency.ID, Language: report.English}
	with := func(change func(*report.Request)) report.Request {
		r := base
		change(&r)
		return r
	}
	counts := map[string]int64{}
	for name, x := range map[string]struct {
		actor access.Actor
		req   report.Request
	}{
		"auditor":     {c.Auditor, base},
		"staff":       {c.Staff, base},
		"record":      {c.Staff, with(func(r *report.Request) { r.Record = a.ID.String() })},
		"person":      {c.Staff, with(func(r *report.Request) { r.Person = c.PPK.Email })},
		"today":       {c.Staff, with(func(r *report.Request) { r.From, r.To = today, today })},
		"another day": {c.Staff, with(func(r *report.Request) { r.To = day(t, "2020-01-01") })},
		"a past year": {c.Staff, with(func(r *report.Request) { r.FiscalYear = 2020 })},
	} {
		var read discard
		out, err := report.Maker{Source: c.Store, Writer: &read}.Make(t.Context(), x.actor, x.req, io.Discard, nil)
		chain.Wants(t, err, "")
		for _, d := range read.doc.Differences() {
			t.Errorf("%s: %s: sheet %d, database %d", name, d.Label.EN, d.Sheet.Total(), d.Other())
		}
		if !out.Agrees || read.doc.Heading.TrailSeq == 0 {
			t.Errorf("%s: %+v", name, out)
		}
		counts[name] = out.Rows
	}
	if counts["auditor"] <= counts["staff"] || counts["staff"] != counts["today"] || counts["record"] < 5 || counts["person"] < 2 ||
		counts["another day"] != 0 || counts["a past year"] != 0 {
		t.Errorf("rows: %v", counts)
	}
}

// TestARegisterAboutNothingIsRefused, and one that a worker makes shows what its reader may see.
func TestARegisterAboutNothingIsRefused(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	b := newBench(t, c.Store, lines{})
	ask := func(actor access.Actor, cmd report.CreateCommand) (report.Run, error) {
		return b.service.Create(t.Context(), actor, c.Agency.Code, cmd)
	}
	_, err := ask(c.Staff, report.CreateCommand{Kind: report.Trail, Record: "nothing", Person: "nobody@contoh.test"})
	chain.Wants(t, err, "invalid", "/record not_found", "/person not_found")
	_, err = ask(c.Staff, report.CreateCommand{Kind: report.Accountability, FiscalYear: 2026, Record: c.Vendor.ID.String()})
	chain.Wants(t, err, "invalid", "/record only_trail")
	_, err = ask(c.Staff, report.CreateCommand{Kind: report.Trail, Record: c.Auditor.User.String()}) // people are for auditors
	chain.Wants(t, err, "invalid", "/record not_found")
	var sizes []int64
	for _, actor := range []access.Actor{c.Staff, c.Auditor} {
		run, err := ask(actor, report.CreateCommand{Kind: report.Trail})
		chain.Wants(t, err, "")
		if worked, err := b.Step(t.Context()); err != nil || !worked {
			t.Fatal(worked, err)
		}
		run, err = b.service.Get(t.Context(), actor, c.Agency.Code, run.ID)
		chain.Wants(t, err, "")
		if run.Status != report.Done || !*run.Agrees {
			t.Errorf("%+v", run)
		}
		sizes = append(sizes, run.RowsDone)
	}
	if !slices.IsSorted(sizes) || sizes[0] == sizes[1] {
		t.Errorf("rows of staff and auditor: %v", sizes)
	}
}
