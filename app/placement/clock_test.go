package placement

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/rule"
)

func on(text string) period.Date { return period.MustDate(text) }

// ordered is a placement of May to November, ordered on 1 May and approved, by the program's clock, on 10 May in Jakarta.
func ordered() Placement {
	approved := time.Date(2026, 5, 9, 18, 0, 0, 0, time.UTC)
	return Placement{Status: Planned, ScheduledOn: on("2026-06-01"), Net: 1_000_000, Order: Order{
		AgreementNumber: "SP/1", AgreementStatus: agreement.Active, FiscalYear: 2026, OrderDate: on("2026-05-01"), StartDate: on("2026-05-02"),
		EndDate: on("2026-11-30"), ApprovedAt: &approved, Suspensions: agreement.Suspensions{{FromOn: on("2026-08-01"), ResumedOn: on("2026-08-11"), Reason: "Sebab"}},
	}}
}

func TestThePublicationIsHeldAgainstTheClock(t *testing.T) {
	t.Parallel()
	jakarta := time.FixedZone("WIB", 7*60*60)
	row := func(code rule.Code, mode rule.Mode) rule.Set {
		return rule.Set{{Form: rule.Form{Code: code, Mode: mode, ValidFrom: on("2026-01-01")}}}
	}
	passes := func(code rule.Code, number string) []override.Override {
		return []override.Override{{ID: uuid.MustParse("0190f5e2-0000-7000-8000-000000000001"), Kind: override.CheckMode, Subject: override.Subject{
			Check: override.Check(code), DocumentType: override.Agreement, Mode: override.Warn, DocumentNumber: number,
		}}}
	}
	for _, c := range []struct {
		name, date string
		rules      rule.Set
		inForce    []override.Override
		wrong      []string
		flags      Flags
		passed     int
	}{
		{name: "in time", date: "2026-06-01"},
		{name: "the day on which it was approved", date: "2026-05-10"},
		{name: "before the program knew of it", date: "2026-05-09", flags: Flags{rule.PublishedBeforeApproval}},
		{name: "that being refused", date: "2026-05-09", rules: row(rule.PublishedBeforeApproval, rule.Refuse), wrong: []string{"published_before_approval"}},
		{
			name: "that being refused, with an override", date: "2026-05-09", rules: row(rule.PublishedBeforeApproval, rule.Refuse),
			inForce: passes(rule.PublishedBeforeApproval, "SP/1"), flags: Flags{rule.PublishedBeforeApproval}, passed: 1,
		},
		{name: "before the order", date: "2026-04-30", wrong: []string{"before"}},
		{
			name: "before the order, with an override", date: "2026-04-30", inForce: passes(rule.PublishedBeforeOrder, "SP/1"),
			flags: Flags{rule.PublishedBeforeOrder, rule.PublishedBeforeApproval}, passed: 1,
		},
		{name: "before the order, with another's override", date: "2026-04-30", inForce: passes(rule.PublishedBeforeOrder, "SP/2"), wrong: []string{"before"}},
		{name: "before the order, with another rule's override", date: "2026-04-30", inForce: passes(rule.PublishedOutsideTerm, "SP/1"), wrong: []string{"before"}},
		{name: "before the order, which nobody looks at", date: "2026-04-30", rules: row(rule.PublishedBeforeOrder, rule.Off), flags: Flags{rule.PublishedBeforeOrder, rule.PublishedBeforeApproval}},
		{name: "after the end", date: "2026-12-01", wrong: []string{"outside_period"}},
		{name: "after the end, with an override", date: "2026-12-01", inForce: passes(rule.PublishedOutsideTerm, "SP/1"), flags: Flags{rule.PublishedOutsideTerm}, passed: 1},
		{name: "within a suspension", date: "2026-08-01", wrong: []string{"suspended"}},
		{name: "the last day of a suspension", date: "2026-08-10", wrong: []string{"suspended"}},
		{name: "the day on which it went on", date: "2026-08-11"},
	} {
		p, clock := ordered(), &Clock{Rules: c.rules, InForce: c.inForce, Place: jakarta}
		e := p.Entry()
		e.Title, e.PublishedOn = "Berita", on(c.date)
		got, err := p.Enter(e, uuid.New(), clock)
		var wrong []string
		if err != nil {
			for _, f := range fault.From(err).Fields {
				wrong = append(wrong, f.Code)
			}
		}
		if !slices.Equal(wrong, c.wrong) || len(clock.Passed) != c.passed {
			t.Errorf("%s: refused %v, passed under %d", c.name, wrong, len(clock.Passed))
		}
		if c.wrong == nil && !slices.Equal(got.ClockFlags, c.flags) {
			t.Errorf("%s: flags %v, want %v", c.name, got.ClockFlags, c.flags)
		}
	}
}

func TestFlagsStay(t *testing.T) {
	t.Parallel()
	p, clock := ordered(), &Clock{Place: time.UTC}
	for _, c := range []struct {
		date string
		want Flags
	}{{"2026-05-08", Flags{rule.PublishedBeforeApproval}}, {"2026-06-02", Flags{rule.PublishedBeforeApproval}}} {
		e := p.Entry()
		e.Title, e.PublishedOn = "Berita", on(c.date)
		var err error
		if p, err = p.Enter(e, uuid.New(), clock); err != nil || !slices.Equal(p.ClockFlags, c.want) {
			t.Errorf("%s: %v %v", c.date, p.ClockFlags, err)
		}
	}
}

// TestLateness: moving the plan on the day or after it does not make a placement less late.
func TestLateness(t *testing.T) {
	t.Parallel()
	type step struct{ today, plan, published string }
	for name, c := range map[string]struct {
		steps   []step
		days    int64
		penalty int64
	}{
		"on the day":                       {[]step{{"2026-06-01", "2026-06-01", "2026-06-01"}}, 0, 0},
		"a day late":                       {[]step{{"2026-06-05", "2026-06-01", "2026-06-02"}}, 1, 1_000},
		"moved before its day":             {[]step{{"2026-05-30", "2026-06-10", ""}, {"2026-06-12", "2026-06-10", "2026-06-11"}}, 1, 1_000},
		"moved on its day":                 {[]step{{"2026-06-01", "2026-06-10", ""}, {"2026-06-12", "2026-06-10", "2026-06-11"}}, 1, 1_000},
		"moved after its day":              {[]step{{"2026-06-02", "2026-06-10", ""}, {"2026-06-12", "2026-06-10", "2026-06-11"}}, 10, 10_000},
		"moved with its publication":       {[]step{{"2026-06-12", "2026-06-11", "2026-06-11"}}, 10, 10_000},
		"moved twice":                      {[]step{{"2026-06-02", "2026-06-10", ""}, {"2026-06-03", "2026-06-20", ""}, {"2026-06-20", "2026-06-20", "2026-06-04"}}, 3, 3_000},
		"over a suspension":                {[]step{{"2026-08-20", "2026-06-01", "2026-08-12"}}, 62, 50_000},
		"taken back":                       {[]step{{"2026-06-05", "2026-06-01", "2026-06-02"}, {"2026-06-06", "2026-06-01", ""}}, 0, 0},
		"corrected to the day it appeared": {[]step{{"2026-06-05", "2026-06-01", "2026-06-03"}, {"2026-06-06", "2026-06-01", "2026-06-01"}}, 0, 0},
	} {
		p := ordered()
		for _, s := range c.steps {
			e := p.Entry()
			e.Title, e.ScheduledOn, e.PublishedOn = "Berita", on(s.plan), period.Date{}
			if s.published != "" {
				e.PublishedOn = on(s.published)
			}
			var err error
			if p, err = p.Enter(e, uuid.New(), &Clock{Today: on(s.today), Place: time.UTC}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if p.LateDays != c.days || int64(p.Penalty) != c.penalty {
			t.Errorf("%s: %d days, %d; want %d, %d", name, p.LateDays, p.Penalty, c.days, c.penalty)
		}
	}
}
