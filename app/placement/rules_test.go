package placement_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

var (
	today  = chain.Day("2026-11-24")
	reason = "alasan"
)

// unit is a placement with all evidence, in a state, under an active agreement.
func unit(status placement.Status) placement.Placement {
	yes := true
	return placement.Placement{
		ID: uuid.New(), CreatedBy: uuid.New(), ScheduledOn: chain.Day("2026-06-01"), Title: "Berita", Status: status,
		Proofs: 1, Net: 100, VAT: 11, Gross: 111,
		Order: placement.Order{
			AgreementID: uuid.New(), ChannelKind: placement.Online, AgreementStatus: agreement.Active, FiscalYear: 2026,
			OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-12-31"), LabelRequired: true,
		},
		Publication: placement.Publication{PublishedOn: chain.Day("2026-06-02"), URL: "https://kabar.test/1", LabelPresent: &yes},
	}
}

func states() []placement.Status {
	return []placement.Status{
		placement.Planned, placement.Published, placement.Verified, placement.Accepted, placement.Invoiced,
		placement.Paid, placement.Rejected, placement.Cancelled,
	}
}

// verbs are what can be done to one placement; the bulk ones are asked by their papers.
func verbs() []struct {
	name string
	do   func(placement.Placement) (placement.Status, error)
} {
	status := func(p placement.Placement, err error) (placement.Status, error) { return p.Status, err }
	enter := func(p placement.Placement, on period.Date) (placement.Status, error) {
		e := p.Entry()
		e.PublishedOn = on
		return status(p.Enter(e, uuid.New(), &placement.Clock{}))
	}
	return []struct {
		name string
		do   func(placement.Placement) (placement.Status, error)
	}{
		{"publish", func(p placement.Placement) (placement.Status, error) { return enter(p, chain.Day("2026-06-03")) }},
		{"unpublish", func(p placement.Placement) (placement.Status, error) { return enter(p, period.Date{}) }},
		{"prove", func(p placement.Placement) (placement.Status, error) { return status(p.Prove(uuid.New())) }},
		{"verify", func(p placement.Placement) (placement.Status, error) {
			return status(p.Verify(uuid.New(), time.Time{}))
		}},
		{"reject", func(p placement.Placement) (placement.Status, error) { return status(p.Reject(reason)) }},
		{"cancel", func(p placement.Placement) (placement.Status, error) { return status(p.Cancel(reason)) }},
		{"accept", func(p placement.Placement) (placement.Status, error) {
			r := placement.Report{Date: today, PlacementIDs: []uuid.UUID{p.ID}}
			_, err := r.Accept(agreement.Agreement{ID: p.AgreementID, Status: p.AgreementStatus}, []placement.Placement{p}, agreement.PenaltyRates{})
			return placement.Accepted, err
		}},
	}
}

func table(of agreement.Status) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s", "")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "%-10s", v.name)
	}
	for _, s := range states() {
		fmt.Fprintf(&b, "\n%-10s", s)
		for _, v := range verbs() {
			p := unit(s)
			p.AgreementStatus = of
			next, err := v.do(p)
			switch {
			case fault.Is(err, "wrong_state"):
				next = "-"
			case err != nil:
				next = placement.Status(err.Error())
			}
			fmt.Fprintf(&b, "%-10s", next)
		}
	}
	return trimmed(b.String())
}

func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func TestStatusByVerb(t *testing.T) {
	t.Parallel()
	for of, want := range map[agreement.Status]string{
		agreement.Active: `
          publish   unpublish prove     verify    reject    cancel    accept
planned   published planned   planned   -         -         cancelled -
published published planned   published verified  rejected  cancelled -
verified  -         -         -         -         rejected  -         accepted
accepted  -         -         -         -         -         -         -
invoiced  -         -         -         -         -         -         -
paid      -         -         -         -         -         -         -
rejected  published rejected  rejected  -         -         cancelled -
cancelled -         -         -         -         -         -         -`,
		agreement.Terminated: `
          publish   unpublish prove     verify    reject    cancel    accept
planned   -         -         -         -         -         cancelled -
published published -         published verified  rejected  cancelled -
verified  -         -         -         -         rejected  -         accepted
accepted  -         -         -         -         -         -         -
invoiced  -         -         -         -         -         -         -
paid      -         -         -         -         -         -         -
rejected  -         -         -         -         -         cancelled -
cancelled -         -         -         -         -         -         -`,
		agreement.Closed: `
          publish   unpublish prove     verify    reject    cancel    accept
planned   -         -         -         -         -         cancelled -
published -         -         -         -         rejected  cancelled -
verified  -         -         -         -         rejected  -         -
accepted  -         -         -         -         -         -         -
invoiced  -         -         -         -         -         -         -
paid      -         -         -         -         -         -         -
rejected  -         -         -         -         -         cancelled -
cancelled -         -         -         -         -         -         -`,
	} {
		if diff := cmp.Diff(strings.Split(strings.Trim(want, "\n"), "\n"), strings.Split(table(of), "\n")); diff != "" {
			t.Errorf("under an agreement that is %s (-want +got):\n%s", of, diff)
		}
	}
}

func TestEvidenceByChannel(t *testing.T) {
	t.Parallel()
	for kind, missing := range map[placement.ChannelKind][]string{
		placement.Online: {"/url required"}, placement.Social: {"/url required"}, placement.Print: {"/edition required", "/page required"},
		placement.Radio: {"/slot required"}, placement.TV: {"/slot required"}, placement.Outdoor: nil,
	} {
		p := unit(placement.Published)
		p.ChannelKind, p.Proofs, p.Publication = kind, 0, placement.Publication{PublishedOn: p.PublishedOn}
		_, err := p.Verify(uuid.New(), time.Time{})
		chain.Wants(t, err, "invalid", append(missing, "/proofs required", "/label_present required")...)
		p.LabelRequired, p.Proofs, p.URL, p.Edition, p.Page, p.Slot = false, 1, "https://kabar.test", "1", "1", "pagi"
		_, err = p.Verify(uuid.New(), time.Time{})
		chain.Wants(t, err, "")
	}
}

func TestEntryIsChecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*placement.Entry)
		fields []string
	}{
		"published before the order":  {func(e *placement.Entry) { e.PublishedOn = chain.Day("2026-04-30") }, []string{"/published_on before"}},
		"published before the start":  {func(e *placement.Entry) { e.PublishedOn = chain.Day("2026-05-01") }, []string{"/published_on outside_period"}},
		"planned after the end":       {func(e *placement.Entry) { e.ScheduledOn = chain.Day("2027-01-01") }, []string{"/scheduled_on outside_period"}},
		"no day planned":              {func(e *placement.Entry) { e.ScheduledOn = period.Date{} }, []string{"/scheduled_on required"}},
		"no title":                    {func(e *placement.Entry) { e.Title = " " }, []string{"/title required"}},
		"a script for an address":     {func(e *placement.Entry) { e.URL = "javascript:alert(1)" }, []string{"/url bad_url"}},
		"an address without host":     {func(e *placement.Entry) { e.URL = "https:///berita" }, []string{"/url bad_url"}},
		"an address with a password":  {func(e *placement.Entry) { e.URL = "https://a:b@kabar.test/" }, []string{"/url bad_url"}},
		"control characters":          {func(e *placement.Entry) { e.Page = "1\x01" }, []string{"/page bad_text"}},
		"too long":                    {func(e *placement.Entry) { e.Slot = strings.Repeat("é", 201) }, []string{"/slot too_long"}},
		"a figure below zero":         {func(e *placement.Entry) { e.Metrics = placement.Metrics{"likes": -1} }, []string{"/metrics/likes out_of_range"}},
		"a figure that nobody counts": {func(e *placement.Entry) { e.Metrics = placement.Metrics{"a/b": 1} }, []string{"/metrics/a~1b unknown_choice"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := unit(placement.Published)
			e := p.Entry()
			c.change(&e)
			_, err := p.Enter(e, uuid.New(), &placement.Clock{})
			chain.Wants(t, err, "invalid", c.fields...)
		})
	}
}

func TestMetricsAreLaidOver(t *testing.T) {
	t.Parallel()
	p := unit(placement.Published)
	p.Metrics = placement.Metrics{"likes": 1, "views": 2}
	e := p.Entry()
	e.Metrics = placement.Metrics{"likes": 5}
	got, err := p.Enter(e, p.CreatedBy, &placement.Clock{})
	chain.Wants(t, err, "")
	if diff := cmp.Diff(placement.Metrics{"likes": 5, "views": 2}, got.Metrics); diff != "" || p.Metrics["likes"] != 1 {
		t.Error(diff)
	}
}

func TestWhoRecordsIsRemembered(t *testing.T) {
	t.Parallel()
	clerk, guest := uuid.New(), uuid.New()
	p := unit(placement.Published)
	for _, c := range []struct {
		by     uuid.UUID
		change func(*placement.Entry)
		want   placement.People
	}{
		{clerk, func(e *placement.Entry) { e.Title, e.ScheduledOn = "Lain", chain.Day("2026-06-05") }, nil},
		{clerk, func(e *placement.Entry) { e.URL = "https://kabar.test/2" }, placement.People{clerk}},
		{clerk, func(e *placement.Entry) { e.LabelPresent = nil }, placement.People{clerk}},
		{guest, func(e *placement.Entry) { e.Metrics = placement.Metrics{"views": 3} }, placement.People{clerk, guest}},
	} {
		e := p.Entry()
		c.change(&e)
		var err error
		p, err = p.Enter(e, c.by, &placement.Clock{})
		chain.Wants(t, err, "")
		if diff := cmp.Diff(c.want, p.RecordedBy); diff != "" {
			t.Error(diff)
		}
	}
	if got := p.Authors(); len(got) != 3 || got[0] != p.CreatedBy {
		t.Errorf("authors %v", got)
	}
}

func TestTurningDownFreesMoneyOfTerminatedAgreement(t *testing.T) {
	t.Parallel()
	p := unit(placement.Published)
	turned, err := p.Reject(reason)
	chain.Wants(t, err, "")
	if moves := p.Freed(turned, today); moves != nil {
		t.Errorf("an active agreement keeps its money: %v", moves)
	}
	p.AgreementStatus = agreement.Terminated
	moves := p.Freed(turned, today)
	if len(moves) != 1 || moves[0].Amount != p.Gross || moves[0].Kind != budget.Release || moves[0].To != budget.Available {
		t.Errorf("moves %v", moves)
	}
}

func TestReportIsHeldAgainstPlacements(t *testing.T) {
	t.Parallel()
	a := agreement.Agreement{ID: uuid.New(), Status: agreement.Active}
	good, other, early := unit(placement.Verified), unit(placement.Verified), unit(placement.Published)
	good.AgreementID, early.AgreementID = a.ID, a.ID
	found := []placement.Placement{good, other, early}
	accept := func(date string, ids ...uuid.UUID) (placement.Acceptance, error) {
		return placement.Report{AgreementID: a.ID, Number: "BAST/1", Date: chain.Day(date), PlacementIDs: ids}.Accept(a, found, agreement.PenaltyRates{})
	}
	_, err := accept("2026-06-10", good.ID, uuid.New(), other.ID)
	chain.Wants(t, err, "invalid", "/placement_ids/1 not_found", "/placement_ids/2 other_agreement")
	_, err = accept("2026-06-10", good.ID, early.ID)
	chain.Wants(t, err, "wrong_state", "/placement_ids/1 wrong_state")
	_, err = accept("2026-06-01", good.ID)
	chain.Wants(t, err, "invalid", "/date before")
	done, err := accept("2026-06-02", good.ID)
	chain.Wants(t, err, "")
	if done.Gross != good.Gross || done.Placements != 1 {
		t.Errorf("got %+v", done)
	}
}

func TestReportIsChecked(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	for _, c := range []struct {
		report placement.Report
		fields []string
	}{
		{placement.Report{}, []string{"/number required", "/date required", "/placement_ids required"}},
		{
			placement.Report{Number: "1", Date: today.AddDays(1), PlacementIDs: []uuid.UUID{id, id}},
			[]string{"/placement_ids/1 duplicate"},
		},
		{
			placement.Report{Number: "1", Date: today, PlacementIDs: make([]uuid.UUID, placement.PlacementsMax+1)},
			[]string{"/placement_ids too_many"},
		},
	} {
		chain.Wants(t, c.report.Check(), "invalid", c.fields...)
	}
}

func TestPeopleAndMetricsAreStored(t *testing.T) {
	t.Parallel()
	for _, p := range []placement.People{{}, {uuid.New()}, {uuid.New(), uuid.New()}} {
		text, err := p.Value()
		chain.Wants(t, err, "")
		var got placement.People
		chain.Wants(t, got.Scan([]byte(text.(string))), "")
		if diff := cmp.Diff(p, got); diff != "" {
			t.Error(diff)
		}
	}
	m := placement.Metrics{"views": 7}
	text, err := m.Value()
	chain.Wants(t, err, "")
	var got placement.Metrics
	chain.Wants(t, got.Scan([]byte(text.(string))), "")
	if diff := cmp.Diff(m, got); diff != "" {
		t.Error(diff)
	}
}
