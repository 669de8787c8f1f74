package agreement

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

func TestPenalty(t *testing.T) {
	t.Parallel()
	law := PenaltyRates{Permil: 1, CapPercent: 5}
	for _, c := range []struct {
		name  string
		rates PenaltyRates
		net   money.Amount
		days  int64
		want  money.Amount
	}{
		{"on the day", law, 1_000_000, 0, 0},
		{"early", law, 1_000_000, -3, 0},
		{"a day", law, 1_000_000, 1, 1_000},
		{"without VAT: of 900,901, not of 1,000,000", law, 900_901, 1, 901},
		{"half goes up", law, 500, 1, 1},
		{"below half goes down", law, 499, 1, 0},
		{"half of many days", law, 1_500, 11, 17},
		{"the last day under the cap", law, 1_000_000, 49, 49_000},
		{"at the cap", law, 1_000_000, 50, 50_000},
		{"beyond the cap", law, 1_000_000, 51, 50_000},
		{"the cap is rounded half up too", law, 10, 1_000, 1},
		{"a year beyond any", law, 1_000_000, 9_000_000_000_000, 50_000},
		{"two thousandths and no cap to speak of", PenaltyRates{Permil: 2, CapPercent: 100}, 1_000, 600, 1_000},
		{"never more than the price", PenaltyRates{Permil: 1_000, CapPercent: 900}, 1_000, 5, 1_000},
		{"no rate", PenaltyRates{}, 1_000_000, 30, 0},
		{"no price", law, 0, 30, 0},
	} {
		if got := c.rates.Of(c.net, c.days); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestPenaltyRatesHaveTheirDays(t *testing.T) {
	t.Parallel()
	two := int64(2)
	set := rule.Set{{Form: rule.Form{Code: rule.LatePenaltyPermil, Figure: &two, ValidFrom: day("2026-07-01"), Basis: "Perbup 9/2026"}}}
	for date, want := range map[string]PenaltyRates{
		"2026-06-30": {1, 5, "Perpres 16/2018 pasal 79 ayat (4)"}, "2026-07-01": {2, 5, "Perbup 9/2026"},
	} {
		if got := PenaltyRatesOn(set, registry.APBD, day(date)); got != want {
			t.Errorf("%s: %+v", date, got)
		}
	}
	if got := PenaltyRatesOn(set, registry.Other, day("2026-07-01")); got != (PenaltyRates{}) {
		t.Errorf("another country's agency has none: %+v", got)
	}
}

func TestDaysLateLeaveSuspensionsOut(t *testing.T) {
	t.Parallel()
	held := Suspensions{{FromOn: day("2026-03-05"), ResumedOn: day("2026-03-08")}, {FromOn: day("2026-04-01")}}
	for _, c := range []struct {
		due, on string
		s       Suspensions
		want    int64
	}{
		{"2026-03-02", "2026-03-02", nil, 0},
		{"2026-03-02", "2026-03-03", nil, 1},
		{"2026-02-27", "2026-03-02", nil, 3},
		{"2026-03-02", "2026-03-10", held, 5}, // the 5th to the 7th are not his
		{"2026-03-06", "2026-03-08", held, 1}, // the 7th is not
		{"2026-03-05", "2026-03-07", held, 0},
		{"2026-03-30", "2026-04-09", held, 1}, // until further notice
		{"2026-03-02", "2026-03-01", held, 0},
	} {
		if got := DaysLate(day(c.due), day(c.on), c.s); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.due, c.on, got, c.want)
		}
	}
	if DaysLate(day("2026-03-02"), period.Date{}, nil) != 0 {
		t.Error("what did not appear is not late yet")
	}
}

// refusedBy are the fields and codes of a refusal, or its code.
func refusedBy(err error) (out []string) {
	if err == nil {
		return nil
	}
	f := fault.From(err)
	for _, field := range f.Fields {
		out = append(out, field.Pointer+" "+field.Code)
	}
	if out == nil {
		out = []string{f.Code}
	}
	return out
}

func TestSuspending(t *testing.T) {
	t.Parallel()
	boss, at := someone(other, access.PPK), time.Date(2026, 5, 4, 2, 0, 0, 0, time.UTC)
	past := Suspensions{{FromOn: day("2026-03-05"), ResumedOn: day("2026-03-08")}}
	open := append(slices.Clone(past), Suspension{ID: thing1, FromOn: day("2026-04-01")})
	framework := promise(Active)
	framework.Framework = true
	for _, c := range []struct {
		name  string
		a     Agreement
		s     Suspensions
		verb  Verb
		actor access.Actor
		date  string
		text  string
		want  []string
	}{
		{"in force", promise(Active), nil, Suspend, boss, "2026-04-01", "Sebab", nil},
		{"again, from the day it went on", promise(Active), past, Suspend, boss, "2026-03-08", "Sebab", nil},
		{"over an earlier one", promise(Active), past, Suspend, boss, "2026-03-07", "Sebab", []string{"/date before"}},
		{"twice", promise(Active), open, Suspend, boss, "2026-05-01", "Sebab", []string{"wrong_state"}},
		{"a draft", promise(Draft), nil, Suspend, boss, "2026-04-01", "Sebab", []string{"wrong_state"}},
		{"what ended", promise(Closed), nil, Suspend, boss, "2026-04-01", "Sebab", []string{"wrong_state"}},
		{"a framework", framework, nil, Suspend, boss, "2026-04-01", "Sebab", []string{"wrong_state"}},
		{"no reason", promise(Active), nil, Suspend, boss, "2026-04-01", "", []string{"/reason required"}},
		{"no day", promise(Active), nil, Suspend, boss, "", "Sebab", []string{"/date required"}},
		{"before the order", promise(Active), nil, Suspend, boss, "2026-02-01", "Sebab", []string{"/date before"}},
		{"another year", promise(Active), nil, Suspend, boss, "2027-01-01", "Sebab", []string{"/date outside_fiscal_year"}},
		{"by staff", promise(Active), nil, Suspend, someone(other, access.Staff), "2026-04-01", "Sebab", []string{"forbidden"}},
		{"going on", promise(Active), open, Resume, boss, "2026-04-02", "", nil},
		{"going on the same day", promise(Active), open, Resume, boss, "2026-04-01", "", []string{"/date not_after"}},
		{"going on without a day", promise(Active), open, Resume, boss, "", "", []string{"/date required"}},
		{"going on though nothing holds it", promise(Active), past, Resume, boss, "2026-04-02", "", []string{"wrong_state"}},
	} {
		a, p := c.a, Pause{Reason: c.text}
		if c.date != "" {
			p.Date = day(c.date)
		}
		a.Suspensions = c.s
		var err error
		if c.verb == Suspend {
			_, err = a.Suspend(c.actor, p, at)
		} else {
			_, err = a.Resume(c.actor, p, at)
		}
		if got := refusedBy(err); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOrdersKeepToTheirFramework(t *testing.T) {
	t.Parallel()
	f := promise(Active)
	f.ID, f.Framework, f.Ceiling = thing2, true, 10_000
	f.StartDate, f.EndDate = day("2026-03-01"), day("2026-10-31")
	f.Deliverables = []Deliverable{{Product: "Advertorial", Unit: "artikel", OutletID: some(outlet), UnitNet: 100}}
	item := Deliverable{Product: "advertorial", Unit: "artikel", OutletID: some(outlet), UnitNet: 100}
	terms := func() Terms {
		return Terms{
			OrderDate: day("2026-03-01"), StartDate: day("2026-03-01"), EndDate: day("2026-10-31"),
			Framing: Framing{FrameworkID: some(f.ID)},
		}
	}
	for name, c := range map[string]struct {
		change func(*Terms, *Agreement, *Deliverable)
		want   []string
	}{
		"as listed":         {func(*Terms, *Agreement, *Deliverable) {}, nil},
		"cheaper":           {func(_ *Terms, _ *Agreement, d *Deliverable) { d.UnitNet = 99 }, nil},
		"dearer":            {func(_ *Terms, _ *Agreement, d *Deliverable) { d.UnitNet = 101 }, []string{"/deliverables/0/unit_price above_framework_price"}},
		"another product":   {func(_ *Terms, _ *Agreement, d *Deliverable) { d.Product = "banner" }, []string{"/deliverables/0/product not_in_framework"}},
		"another unit":      {func(_ *Terms, _ *Agreement, d *Deliverable) { d.Unit = "paket" }, []string{"/deliverables/0/product not_in_framework"}},
		"another channel":   {func(_ *Terms, _ *Agreement, d *Deliverable) { d.OutletID = some(thing1) }, []string{"/deliverables/0/product not_in_framework"}},
		"another vendor":    {func(t *Terms, _ *Agreement, _ *Deliverable) { t.VendorID = thing1 }, []string{"/framework_id other_vendor"}},
		"not in force":      {func(_ *Terms, f *Agreement, _ *Deliverable) { f.Status = Closed }, []string{"/framework_id framework_not_active"}},
		"no framework":      {func(_ *Terms, f *Agreement, _ *Deliverable) { f.Framework = false }, []string{"/framework_id not_found"}},
		"before its order":  {func(t *Terms, _ *Agreement, _ *Deliverable) { t.OrderDate = day("2026-02-01") }, []string{"/order_date outside_framework"}},
		"before its start":  {func(t *Terms, _ *Agreement, _ *Deliverable) { t.StartDate = day("2026-02-28") }, []string{"/start_date outside_framework"}},
		"beyond its end":    {func(t *Terms, _ *Agreement, _ *Deliverable) { t.EndDate = day("2026-11-01") }, []string{"/end_date outside_framework"}},
		"of no framework":   {func(t *Terms, _ *Agreement, d *Deliverable) { t.FrameworkID = uuid.NullUUID{} }, nil},
		"an own ceiling":    {func(t *Terms, _ *Agreement, _ *Deliverable) { t.Ceiling = 5 }, []string{"/ceiling not_of_framework"}},
		"a framework of it": {func(t *Terms, _ *Agreement, _ *Deliverable) { t.Framework = true }, []string{"/framework_id one_framing"}},
	} {
		terms, framework, line := terms(), f, item
		c.change(&terms, &framework, &line)
		var wrong fault.Fields
		terms.checkFraming(&wrong)
		if len(wrong) == 0 {
			terms.fitFramework(&wrong, &framework)
		}
		got := refusedBy(wrong.Err())
		if got == nil {
			got = refusedBy(checkFrameworkPrices([]Deliverable{line}, framework))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAFrameworkPromisesNothing(t *testing.T) {
	t.Parallel()
	everyone := someone(other, access.Roles()...)
	for _, from := range []struct {
		verb Verb
		in   Status
	}{{Submit, Draft}, {Approve, Submitted}, {Reject, Submitted}, {Withdraw, Submitted}, {Close, Active}, {Terminate, Active}} {
		a := promise(from.in)
		a.frame(Terms{Framing: Framing{Framework: true}})
		if a.Gross != 0 || a.Ceiling != 5_000 {
			t.Fatalf("%+v", a)
		}
		moved, err := a.Move(from.verb, everyone, time.Now(), day("2026-05-04"), "Sebab", nil)
		if err != nil || len(moved.Moves) != 0 {
			t.Errorf("%s: %v %v", from.verb, moved.Moves, err)
		}
	}
	a := promise(Active)
	a.Framework = true
	if err := a.Amendable(); !fault.Is(err, "framework_not_amendable") {
		t.Error(err)
	}
}

// TestFinalAccountsAddUp: whatever became of the lines, ordered is paid, owed, lapsed and released, and the whole is the sum
// of its lines.
func TestFinalAccountsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, open := Agreement{ID: thing1, Status: Terminated}, []Open{}
		for range rapid.IntRange(1, 6).Draw(t, "lines") {
			d := Deliverable{ID: uuid.New(), Quantity: rapid.Int64Range(0, 50).Draw(t, "quantity"), UnitGross: money.Amount(rapid.Int64Range(1, 9_999_999).Draw(t, "price"))}
			left := d.Quantity
			take := func(name string) int64 {
				n := rapid.Int64Range(0, left).Draw(t, name)
				left -= n
				return n
			}
			o := Open{DeliverableID: d.ID, Settled: take("settled"), Owed: take("owed")}
			o.Paid = o.Settled + take("lapsed")
			o.Evidenced = o.Settled + rapid.Int64Range(0, o.Owed).Draw(t, "evidenced")
			o.Accepted = rapid.Int64Range(o.Settled, o.Evidenced).Draw(t, "accepted")
			o.Penalty = money.Amount(rapid.Int64Range(0, 1_000).Draw(t, "penalty"))
			a.Deliverables, open = append(a.Deliverables, d), append(open, o)
		}
		f := a.finalAccount(Account{}, open, day("2026-05-04"))
		var sum Tally
		for _, l := range f.Lines {
			if l.Ordered != l.Paid+l.Owed+l.Lapsed+l.Released || l.Released < 0 || l.Accepted > l.Evidenced || l.Evidenced > l.Ordered {
				t.Fatalf("%+v", l)
			}
			sum.add(l.Tally)
		}
		if sum != f.Tally || f.Ordered != f.Paid+f.Owed+f.Lapsed+f.Released {
			t.Fatalf("%+v, lines %+v", f.Tally, sum)
		}
		if left := rest(open); f.Released != total(a.Deliverables, left) {
			t.Fatalf("released %d, the entries say %d", f.Released, total(a.Deliverables, left))
		}
	})
}

// total is what the entries of an end release.
func total(items []Deliverable, left func(Deliverable) int64) (sum money.Amount) {
	for _, d := range items {
		sum += d.UnitGross * money.Amount(left(d))
	}
	return sum
}
