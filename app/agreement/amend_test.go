package agreement

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/app/tax"
)

var outlet = uuid.MustParse("0190f5e2-0000-7000-8000-0000000000e1")

// around is the world of the tests: a vendor with one outlet, two lines of 2026, the first line placed five times.
func around() Circumstances {
	return Circumstances{
		Rates: tax.Untaxed(), Limit: limitOf(nil, registry.Agency{Scheme: registry.APBD}, day("2026-05-04")),
		Open: []Open{{DeliverableID: thing1, Placed: 5, Owed: 1, Paid: 2, Last: day("2026-08-17")}},
		Surroundings: Surroundings{
			Vendor: &tax.Payee{}, OutletVendor: map[uuid.UUID]uuid.UUID{outlet: {}}, ChannelName: map[uuid.UUID]string{outlet: "Kabar"},
			Lines: map[uuid.UUID]LineFacts{lineA: {FiscalYear: 2026}, lineB: {FiscalYear: 2027}},
		},
	}
}

func ptr[T any](v T) *T { return &v }

// added is a new line at 100 a piece.
func added(quantity int64) Change {
	return Change{
		Quantity: &quantity, UnitPrice: ptr(money.Amount(100)), Product: "banner", OutletID: some(outlet), BudgetLineID: some(lineA),
		Unit: "bulan", TaxInclusive: ptr(false),
	}
}

// wrongOf are the fields that a proposal is refused for, as pointer:code.
func wrongOf(a Agreement, change func(*Proposal), c Circumstances) (out []string) {
	p := Proposal{Number: "ADD/1", Date: day("2026-05-04"), Reason: "Tema baru"}
	change(&p)
	err := p.Trimmed().Check(Media)
	if err == nil {
		_, _, err = a.Amend(p, c)
	}
	if err == nil {
		return nil
	}
	for _, f := range fault.From(err).Fields {
		out = append(out, f.Pointer+":"+f.Code)
	}
	if out == nil {
		out = []string{fault.From(err).Code}
	}
	return out
}

func TestProposalsAreHeldAgainstTheAgreement(t *testing.T) {
	t.Parallel()
	line := func(c Change) func(*Proposal) {
		return func(p *Proposal) { p.Deliverables = []Change{c} }
	}
	quantity := func(of uuid.UUID, n int64) func(*Proposal) { return line(Change{ID: some(of), Quantity: &n}) }
	price := func(of uuid.UUID, n money.Amount) func(*Proposal) { return line(Change{ID: some(of), UnitPrice: &n}) }
	end := func(date string) func(*Proposal) { return func(p *Proposal) { p.EndDate = day(date) } }
	for _, c := range []struct {
		name   string
		change func(*Proposal)
		want   string
	}{
		{"up to the limit", quantity(thing1, 15), ""},
		{"beyond the limit", quantity(thing1, 16), "/deliverables:above_amendment_limit"},
		{"as many as are placed", quantity(thing1, 5), ""},
		{"fewer than are placed", quantity(thing1, 4), "/deliverables/0/quantity:below_placed"},
		{"nothing of a line that is not placed", quantity(thing2, 0), ""},
		{"less than nothing", quantity(thing2, -1), "/deliverables/0/quantity:out_of_range"},
		{"the price of a line with placements", price(thing1, 90), "/deliverables/0/unit_price:price_fixed"},
		{"its price as it is", price(thing1, 100), "/deliverables:nothing_changes"},
		{"another price", price(thing2, 1_100), ""},
		{"no price", price(thing2, 0), "/deliverables/0/unit_price:out_of_range"},
		{"nothing", func(*Proposal) {}, "/deliverables:nothing_changes"},
		{"as it is", quantity(thing1, 10), "/deliverables:nothing_changes"},
		{"the end alone", end("2026-12-24"), ""},
		{"the end as it is", end("2026-12-15"), "/deliverables:nothing_changes"},
		{"the end on the day of the last placement", end("2026-08-17"), ""},
		{"the end before the last placement", end("2026-08-16"), "/end_date:before_placement"},
		{"the end before the start", end("2026-01-31"), "/end_date:before /end_date:before /end_date:before_placement"},
		{"the end in the next year", end("2027-01-01"), "/end_date:outside_fiscal_year"},
		{"before the order", func(p *Proposal) { p.Date, p.EndDate = day("2026-02-01"), day("2026-12-24") }, "/date:before"},
		{"on the day of the order", func(p *Proposal) { p.Date, p.EndDate = day("2026-02-02"), day("2026-12-24") }, ""},
		{"in the year before", func(p *Proposal) { p.Date, p.EndDate = day("2025-12-31"), day("2026-12-24") }, "/date:outside_fiscal_year /date:before"},
		{"without papers", func(p *Proposal) { *p = Proposal{Number: " ", Reason: "\t", EndDate: day("2026-12-24")} }, "/number:required /reason:required /date:required"},
		{"no such line", quantity(lineA, 3), "/deliverables/0/id:not_found"},
		{"a line twice", func(p *Proposal) {
			p.Deliverables = []Change{{ID: some(thing2), Quantity: ptr(int64(5))}, {ID: some(thing2), Quantity: ptr(int64(6))}}
		}, "/deliverables/1/id:doubled"},
		{"what a line is", line(Change{ID: some(thing1), Product: "banner", Unit: "bulan"}), "/deliverables/0/product:not_amendable /deliverables/0/unit:not_amendable"},
		{"a new line", line(added(5)), ""},
		{"a new line beyond the limit", line(added(6)), "/deliverables:above_amendment_limit"},
		{"none of a new line", line(added(0)), "/deliverables/0/quantity:out_of_range"},
		{"a bare line", line(Change{Product: "banner"}), "/deliverables/0/quantity:required /deliverables/0/unit_price:required " +
			"/deliverables/0/tax_inclusive:required /deliverables/0/unit:required /deliverables/0/budget_line_id:required /deliverables/0/outlet_id:required"},
		{"a line of the next year", func(p *Proposal) {
			p.Deliverables = []Change{added(1)}
			p.Deliverables[0].BudgetLineID = some(lineB)
		}, "/deliverables/0/budget_line_id:other_fiscal_year"},
		{"another's outlet", func(p *Proposal) {
			p.Deliverables = []Change{added(1)}
			p.Deliverables[0].OutletID = some(thing1)
		}, "/deliverables/0/outlet_id:not_found"},
		{"everything out", func(p *Proposal) {
			p.Deliverables = []Change{{ID: some(thing1), Quantity: ptr(int64(0))}, {ID: some(thing2), Quantity: ptr(int64(0))}}
		}, "/deliverables/0/quantity:below_placed"},
	} {
		if got := strings.Join(wrongOf(promise(Active), c.change, around()), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// unplaced is an agreement of 5,000 without placements.
func unplaced() (Agreement, Circumstances) {
	c := around()
	c.Open = nil
	return promise(Active), c
}

func TestTheLimitCountsFromTheOriginal(t *testing.T) {
	t.Parallel()
	a, c := unplaced()
	a.Value = 5_400
	a.Amendments = []Amendment{
		{Number: "ADD/1", Status: AmendmentApproved, Date: day("2026-05-10"), ValueBefore: 5_000, ValueAfter: 5_400},
		{Number: "ADD/2", Status: AmendmentRejected, Date: day("2026-07-01"), ValueBefore: 5_400, ValueAfter: 5_500},
	}
	a.Deliverables[0].Quantity = 14
	more := func(n int64) func(*Proposal) {
		return func(p *Proposal) {
			p.Date, p.Deliverables = day("2026-06-01"), []Change{{ID: some(thing1), Quantity: &n}}
		}
	}
	for n, want := range map[int64]string{15: "", 16: "/deliverables:above_amendment_limit"} {
		if got := strings.Join(wrongOf(a, more(n), c), " "); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	early := func(p *Proposal) { more(15)(p); p.Date = day("2026-05-09") }
	if got := wrongOf(a, early, c); !slices.Equal(got, []string{"/date:before_amendment"}) {
		t.Errorf("before the amendment in force: %v", got)
	}
	c.Limit = nil
	if got := wrongOf(a, more(100), c); got != nil {
		t.Errorf("without a limit: %v", got)
	}
	nothing := func(p *Proposal) {
		p.Date, p.Deliverables = day("2026-06-01"), []Change{{ID: some(thing1), Quantity: ptr(int64(0))}, {ID: some(thing2), Quantity: ptr(int64(0))}}
	}
	if got := wrongOf(a, nothing, c); !slices.Equal(got, []string{"/deliverables:nothing_left"}) {
		t.Errorf("everything taken out: %v", got)
	}
	a.Deliverables[1].Quantity, a.Value = 10, 11_400 // above the limit by other ways
	if got := wrongOf(a, more(2), c); got != nil {
		t.Errorf("what lowers the value is not held against the limit: %v", got)
	}
}

func TestLimitsHaveTheirDays(t *testing.T) {
	t.Parallel()
	here, row := some(uuid.MustParse("0190f5e2-0000-7000-8000-0000000000a9")), func(code rule.Code, of uuid.NullUUID, from, to string, mode rule.Mode, figure int64) rule.Rule {
		f := rule.Form{Code: code, AgencyID: of, Mode: mode, ValidFrom: day(from), Basis: string(code) + " " + from}
		if mode == "" {
			f.Figure = &figure
		}
		if to != "" {
			f.ValidTo = day(to)
		}
		return rule.Rule{Form: f}
	}
	set := rule.Set{
		row(rule.AddendumPercent, uuid.NullUUID{}, "2026-01-01", "2026-06-30", "", 25),
		row(rule.AddendumPercent, here, "2026-03-01", "2026-03-31", "", 0),
		row(rule.AddendumOverLimit, uuid.NullUUID{}, "2026-09-01", "2026-09-30", rule.Warn, 0),
	}
	for _, c := range []struct {
		date   string
		scheme registry.Scheme
		most   money.Amount // of an original of 1,000; -1: no limit
	}{
		{"2025-12-31", registry.APBD, 1_100},
		{"2026-01-01", registry.APBD, 1_250},
		{"2026-02-28", registry.APBN, 1_250},
		{"2026-03-15", registry.APBD, 1_000}, // the agency's own row goes before the government's
		{"2026-04-01", registry.APBD, 1_250},
		{"2026-07-01", registry.APBD, 1_100},
		{"2026-09-15", registry.APBD, -1}, // only warns
		{"2026-03-15", registry.Other, -1},
	} {
		got := money.Amount(-1)
		if l := limitOf(set, registry.Agency{Scheme: c.scheme}, day(c.date)); l != nil {
			got = l.most(1_000)
		}
		if got != c.most {
			t.Errorf("%s %s: %d, want %d", c.date, c.scheme, got, c.most)
		}
	}
}

func shown(moves []budget.Move) (out []string) {
	for _, m := range moves {
		out = append(out, fmt.Sprintf("%s %s>%s %d %s %s %s", m.Kind, m.From, m.To, m.Amount, m.EffectiveOn, m.Document.Number, m.Reason))
	}
	return out
}

func TestMovesOfAnAmendment(t *testing.T) {
	t.Parallel()
	everyone := someone(other, access.Roles()...)
	a, c := unplaced()
	m, moves, err := a.Amend(proposal(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(moves); !slices.Equal(got, []string{"reserve available>reserved 200 2026-05-04 ADD/1 Tema baru"}) {
		t.Errorf("a proposal reserves what it adds, and gives nothing back yet: %v", got)
	}
	a.Amendments = []Amendment{m}
	for verb, want := range map[Verb][]string{
		Approve: {"commit reserved>committed 200 2026-05-04 ADD/1 Tema baru", "release committed>available 1000 2026-05-04 ADD/1 Tema baru"},
		Reject:  {"release reserved>available 200 2026-06-01 ADD/1 Tema baru"}, Withdraw: {"release reserved>available 200 2026-06-01 ADD/1 Tema baru"},
	} {
		d, err := a.Decide(verb, everyone, time.Now(), day("2026-06-01"), "why", nil)
		if got := shown(d.Moves); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v; want %v", verb, got, err, want)
		}
		if want := map[Verb]money.Amount{Approve: 4_200, Reject: 5_000, Withdraw: 5_000}[verb]; d.Agreement.Gross != want || d.Agreement.Status != Active {
			t.Errorf("%s: %d %s, want %d", verb, d.Agreement.Gross, d.Agreement.Status, want)
		}
	}
	for today, want := range map[string]string{"2026-05-01": "2026-05-04", "2027-02-01": "2026-12-31"} {
		d, err := a.Decide(Withdraw, everyone, time.Now(), day(today), "", nil)
		if err != nil || d.Moves[0].EffectiveOn != day(want) {
			t.Errorf("undone on %s: %v, %v; want %s", today, d.Moves, err, want)
		}
	}
}

func TestWhoDecidesOnAnAmendment(t *testing.T) {
	t.Parallel()
	third := uuid.MustParse("0190f5e2-0000-7000-8000-00000000000d")
	for _, c := range []struct {
		verb   Verb
		actor  access.Actor
		reason string
		want   string
	}{
		{Approve, someone(third, access.PPK), "", ""},
		{Approve, someone(third, access.Head), "", "forbidden"},
		{Approve, someone(other, access.PPK), "", "segregation_of_duties"},  // proposed it
		{Approve, someone(author, access.PPK), "", "segregation_of_duties"}, // made the agreement
		{Reject, someone(other, access.PPK), "why", "segregation_of_duties"},
		{Reject, someone(third, access.PPK), "", "invalid"},
		{Reject, someone(third, access.PPK), "why", ""},
		{Withdraw, someone(other, access.Staff), "", ""},
		{Withdraw, someone(third, access.PPK), "", "forbidden"},
	} {
		a := amended()
		a.Amendments[0].CreatedBy = other
		_, err := a.Decide(c.verb, c.actor, time.Now(), day("2026-06-01"), c.reason, nil)
		if c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s by %v: want %q, got %v", c.verb, c.actor.Grants, c.want, err)
		}
	}
}

func TestApprovalIsHeldAgainstWhatWasPlacedMeanwhile(t *testing.T) {
	t.Parallel()
	everyone := someone(other, access.Roles()...)
	a, c := unplaced()
	p := proposal()
	p.Deliverables[0].UnitPrice, p.EndDate = ptr(money.Amount(90)), day("2026-09-30")
	m, _, err := a.Amend(p, c)
	if err != nil {
		t.Fatal(err)
	}
	a.Amendments = []Amendment{m}
	open := []Open{{DeliverableID: thing1, Placed: 1, Last: day("2026-10-01")}, {DeliverableID: thing2, Placed: 4, Last: day("2026-06-01")}}
	_, err = a.Decide(Approve, everyone, time.Now(), day("2026-06-01"), "", open)
	f := fault.From(err)
	if f.Code != "amendment_outdated" || f.Kind != fault.Conflict || len(f.Fields) != 3 {
		t.Errorf("%v", err)
	}
	if _, err = a.Decide(Reject, everyone, time.Now(), day("2026-06-01"), "why", open); err != nil {
		t.Errorf("it can still be rejected: %v", err)
	}
}

func TestAmendmentsCompleteAndReopen(t *testing.T) {
	t.Parallel()
	everyone := someone(other, access.Roles()...)
	for _, c := range []struct {
		from Status
		paid money.Amount
		want Status
	}{{Active, 4_200, Completed}, {Active, 4_100, Active}, {Completed, 4_200, Completed}, {Completed, 4_000, Active}} {
		a, around := unplaced()
		m, _, err := a.Amend(proposal(), around)
		if err != nil {
			t.Fatal(err)
		}
		a.Status, a.Paid, a.Amendments = c.from, c.paid, []Amendment{m}
		d, err := a.Decide(Approve, everyone, time.Now(), day("2026-06-01"), "", nil)
		if err != nil || d.Agreement.Status != c.want {
			t.Errorf("%s with %d paid: %s, %v; want %s", c.from, c.paid, d.Agreement.Status, err, c.want)
		}
	}
}

// TestAmendmentsKeepTheMoney: whatever is proposed, what was reserved is committed or given back, and what is committed
// then is the new gross of each line.
func TestAmendmentsKeepTheMoney(t *testing.T) {
	t.Parallel()
	everyone := someone(other, access.Roles()...)
	rapid.Check(t, func(t *rapid.T) {
		a, c := unplaced()
		c.Limit = nil
		p := proposal()
		for i := range p.Deliverables {
			p.Deliverables[i].Quantity = ptr(rapid.Int64Range(0, 20).Draw(t, "quantity"))
			p.Deliverables[i].UnitPrice = ptr(money.Amount(rapid.Int64Range(1, 2_000).Draw(t, "price")))
		}
		for range rapid.IntRange(0, 3).Draw(t, "new lines") {
			p.Deliverables = append(p.Deliverables, added(rapid.Int64Range(1, 9).Draw(t, "quantity")))
		}
		m, reserve, err := a.Amend(p, c)
		if err != nil {
			t.Skip(err)
		}
		a.Amendments = []Amendment{m}
		verb := rapid.SampledFrom([]Verb{Approve, Reject, Withdraw}).Draw(t, "verb")
		d, err := a.Decide(verb, everyone, time.Now(), day("2026-06-01"), "why", nil)
		if err != nil {
			t.Fatal(err)
		}
		held := map[budget.Account]map[uuid.UUID]money.Amount{budget.Reserved: {}, budget.Committed: {}, budget.Available: {}}
		_, held[budget.Committed] = ByLine(a.Deliverables, Deliverable.Gross)
		for _, move := range append(reserve, d.Moves...) {
			held[move.From][move.Line] -= move.Amount
			held[move.To][move.Line] += move.Amount
		}
		lines, want := ByLine(d.Agreement.Deliverables, Deliverable.Gross)
		for _, line := range lines {
			if held[budget.Reserved][line] != 0 || held[budget.Committed][line] != want[line] {
				t.Errorf("%s: reserved %d, committed %d, want %d", verb, held[budget.Reserved][line], held[budget.Committed][line], want[line])
			}
		}
		if d.Agreement.Gross != money.Amount(int64(want[lineA])+int64(want[lineB])) {
			t.Errorf("%s: gross %d, lines %v", verb, d.Agreement.Gross, want)
		}
	})
}
