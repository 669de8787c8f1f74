package agreement

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/tax"
)

var (
	agency = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000a")
	author = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000b")
	other  = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000c")
	lineA  = uuid.MustParse("0190f5e2-0000-7000-8000-0000000000a1")
	lineB  = uuid.MustParse("0190f5e2-0000-7000-8000-0000000000b1")
	thing1 = uuid.MustParse("0190f5e2-0000-7000-8000-000000000d01")
	thing2 = uuid.MustParse("0190f5e2-0000-7000-8000-000000000d02")
)

func someone(id uuid.UUID, roles ...access.Role) access.Actor {
	a := access.Actor{User: id}
	for _, r := range roles {
		a.Grants = append(a.Grants, access.Grant{Role: r, Agency: agency})
	}
	return a
}

func day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func promise(s Status) Agreement {
	return Agreement{
		ID: thing1, AgencyID: agency, Number: "SP/1", Status: s, FiscalYear: 2026, CreatedBy: author, Value: 5_000, Gross: 5_000,
		SubmittedBy: uuid.NullUUID{UUID: author, Valid: true}, OrderDate: day("2026-02-02"), StartDate: day("2026-02-02"), EndDate: day("2026-12-15"),
		Deliverables: []Deliverable{
			{ID: thing1, BudgetLineID: lineA, Quantity: 10, UnitPrice: 100, UnitNet: 100, UnitGross: 100},
			{ID: thing2, BudgetLineID: lineB, Quantity: 4, UnitPrice: 1_000, UnitNet: 1_000, UnitGross: 1_000},
		},
	}
}

// amended is an agreement in force on which a proposal waits: two more of the first line, one less of the second.
func amended() Agreement {
	a := promise(Active)
	m, _, err := a.Amend(proposal(), Circumstances{Rates: tax.Untaxed(), Surroundings: Surroundings{Vendor: &tax.Payee{}}})
	if err != nil {
		panic(err)
	}
	m.CreatedBy = author
	a.Amendments = []Amendment{m}
	return a
}

func proposal() Proposal {
	more, less := int64(12), int64(3)
	return Proposal{Number: "ADD/1", Date: day("2026-05-04"), Reason: "Tema baru", Deliverables: []Change{{ID: some(thing1), Quantity: &more}, {ID: some(thing2), Quantity: &less}}}
}

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }

// TestStatusByVerb is the whole table: every verb in every state, by somebody who has every role. "amended" is active with
// an amendment that waits; the verbs that decide then give the amendment its state and leave the agreement's.
func TestStatusByVerb(t *testing.T) {
	t.Parallel()
	const golden = `
           submit     approve    reject     withdraw   close      terminate  amend
draft      submitted  –          –          –          –          –          –
submitted  –          active     rejected   draft      –          –          –
active     –          –          –          –          closed     terminated proposed
amended    –          approved   rejected   withdrawn  waits      waits      waits
completed  –          –          –          –          closed     –          –
closed     –          –          –          –          –          –          –
rejected   submitted  –          –          –          –          –          –
terminated –          –          –          –          –          –          –
`
	verbs := []Verb{Submit, Approve, Reject, Withdraw, Close, Terminate, Amend}
	var b strings.Builder
	row := func(cells ...string) {
		var line strings.Builder
		for _, c := range cells {
			fmt.Fprintf(&line, "%-11s", c)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	b.WriteString("\n")
	head := []string{""}
	for _, v := range verbs {
		head = append(head, string(v))
	}
	row(head...)
	for _, s := range []Status{Draft, Submitted, Active, "amended", Completed, Closed, Rejected, Terminated} {
		a := promise(s)
		if s == "amended" {
			a = amended()
		}
		cells := []string{string(s)}
		for _, v := range verbs {
			cell, err := after(a, v)
			switch {
			case fault.Is(err, "amendment_pending"):
				cell = "waits"
			case err != nil:
				cell = "–"
				if !fault.Is(err, "wrong_state") {
					t.Errorf("%s %s: %v", s, v, err)
				}
			}
			cells = append(cells, cell)
		}
		row(cells...)
	}
	if b.String() != golden {
		t.Errorf("the table of states has changed:\n%s", b.String())
	}
}

// after is the state after a verb: of the agreement, or of the amendment that the verb is about.
func after(a Agreement, v Verb) (string, error) {
	everyone := someone(other, access.Roles()...)
	switch {
	case v == Amend:
		m, _, err := a.Amend(proposal(), Circumstances{Rates: tax.Untaxed(), Surroundings: Surroundings{Vendor: &tax.Payee{}}})
		return string(m.Status), err
	case v.Decides() && a.Pending() != nil:
		d, err := a.Decide(v, everyone, time.Now(), day("2026-06-01"), "why", nil)
		return string(d.Amendment.Status), err
	}
	m, err := a.Move(v, everyone, time.Now(), day("2026-06-01"), "why", nil)
	return string(m.Agreement.Status), err
}

func TestWhoMayMove(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		verb  Verb
		from  Status
		actor access.Actor
		want  string
	}{
		{Submit, Draft, someone(author, access.Staff), ""},
		{Submit, Draft, someone(other, access.PPK), "forbidden"},
		{Approve, Submitted, someone(other, access.PPK), ""},
		{Approve, Submitted, someone(author, access.PPK), "segregation_of_duties"},
		{Approve, Submitted, someone(author, access.Staff), "segregation_of_duties"},
		{Approve, Submitted, someone(other, access.Head), "forbidden"},
		{Reject, Submitted, someone(author, access.PPK), "segregation_of_duties"},
		{Withdraw, Submitted, someone(author, access.Staff), ""},
		{Close, Active, someone(author, access.PPK), ""},
		{Close, Active, someone(other, access.Staff), "forbidden"},
		{Terminate, Active, someone(other, access.Head), ""},
		{Close, Active, someone(other, access.Admin), "forbidden"},
		{Close, Active, access.Actor{User: other}, "not_found"},
	} {
		_, err := promise(c.from).Move(c.verb, c.actor, time.Now(), day("2026-06-01"), "why", nil)
		if c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s by %v: want %q, got %v", c.verb, c.actor.Grants, c.want, err)
		}
	}
}

func TestMovesOfMoney(t *testing.T) {
	t.Parallel()
	everyone := someone(other, access.Roles()...)
	open := []Open{{DeliverableID: thing1, Placed: 4, Paid: 3}, {DeliverableID: thing2, Placed: 2, Owed: 1, Paid: 1}}
	for _, c := range []struct {
		verb Verb
		from Status
		open []Open
		want []string
	}{
		{Submit, Draft, nil, []string{"reserve available>reserved 1000 2026-02-02", "reserve available>reserved 4000 2026-02-02"}},
		{Approve, Submitted, nil, []string{"commit reserved>committed 1000 2026-02-02", "commit reserved>committed 4000 2026-02-02"}},
		{Withdraw, Submitted, nil, []string{"release reserved>available 1000 2026-06-01", "release reserved>available 4000 2026-06-01"}},
		{Close, Active, open[:1], []string{"release committed>available 700 2026-06-01", "release committed>available 4000 2026-06-01"}},
		{Terminate, Active, open, []string{"release committed>available 700 2026-06-01", "release committed>available 2000 2026-06-01"}},
		{Close, Completed, []Open{{DeliverableID: thing1, Paid: 10}, {DeliverableID: thing2, Paid: 4}}, nil},
	} {
		m, err := promise(c.from).Move(c.verb, everyone, time.Now(), day("2026-06-01"), "why", c.open)
		if err != nil {
			t.Fatal(c.verb, err)
		}
		var got []string
		for _, x := range m.Moves {
			got = append(got, fmt.Sprintf("%s %s>%s %d %s", x.Kind, x.From, x.To, x.Amount, x.EffectiveOn))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: want %v, got %v", c.verb, c.want, got)
		}
	}
	if _, err := promise(Active).Move(Close, everyone, time.Now(), day("2026-06-01"), "", open); !fault.Is(err, "open_placements") {
		t.Errorf("what is owed keeps an agreement open: %v", err)
	}
	if _, err := promise(Active).Move(Terminate, everyone, time.Now(), day("2026-06-01"), "", open); !fault.Is(err, "invalid") {
		t.Errorf("breaking off needs a reason: %v", err)
	}
}

func TestReleaseAfterTheYearCountsInIt(t *testing.T) {
	t.Parallel()
	m, err := promise(Active).Move(Close, someone(other, access.PPK), time.Now(), day("2027-01-15"), "", nil)
	if err != nil || m.Moves[0].EffectiveOn != day("2026-12-31") {
		t.Errorf("want the last day of the fiscal year, got %v, %v", m.Moves, err)
	}
}

func TestByLineKeepsEveryAmount(t *testing.T) {
	t.Parallel()
	items := []Deliverable{{BudgetLineID: lineA, Quantity: 2, UnitGross: 5}, {BudgetLineID: lineB, Quantity: 1, UnitGross: 7}, {BudgetLineID: lineA, Quantity: 1, UnitGross: 11}}
	lines, sums := ByLine(items, Deliverable.Gross)
	if len(lines) != 2 || lines[0] != lineA || sums[lineA] != money.Amount(21) || sums[lineB] != 7 {
		t.Errorf("%v %v", lines, sums)
	}
}

// What the API's document lists as choices are the choices.
func TestMethodsAndFormsAreThoseOfTheDocument(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Method": join(Methods()), "Form": join(Forms())} {
		for _, of := range []reflect.Type{reflect.TypeFor[Terms](), reflect.TypeFor[Agreement]()} {
			if f, _ := of.FieldByName(name); f.Tag.Get("enum") != want {
				t.Errorf("%s.%s: the tag says %s, the program %s", of, name, f.Tag.Get("enum"), want)
			}
		}
	}
}

func join[T ~string](words []T) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(w))
	}
	return b.String()
}

func TestMethodsAndFormsAreReadAsTheLawWritesThem(t *testing.T) {
	t.Parallel()
	got := Terms{Method: " E-Purchasing", Form: "Surat Pesanan"}.Trimmed()
	if got.Method != "e_purchasing" || got.Form != "surat_pesanan" {
		t.Errorf("%q %q", got.Method, got.Form)
	}
}
