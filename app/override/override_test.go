package override

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

var (
	agency = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000a")
	asker  = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000b")
	other  = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000c")
	line   = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000d")
	vendor = uuid.MustParse("0190f5e2-0000-7000-8000-00000000000e")
)

func someone(id uuid.UUID, roles ...access.Role) access.Actor {
	a := access.Actor{User: id, Email: "other@contoh.test"}
	for _, r := range roles {
		a.Grants = append(a.Grants, access.Grant{Role: r, Agency: agency})
	}
	return a
}

func day(text string) period.Date { return period.MustDate(text) }

// sound are requests that nothing is wrong with, one for each kind.
func sound() map[Kind]Ask {
	return map[Kind]Ask{
		CheckMode:    {Subject: Subject{Check: Budget, DocumentType: Agreement, Mode: Warn}},
		Tolerance:    {Subject: Subject{DocumentType: Invoice, Amount: 500}},
		PeriodReopen: {Subject: Subject{Month: "2026-03"}, ValidUntil: day("2026-12-31")},
		BackDate:     {Subject: Subject{Month: "2026-03", DocumentNumber: "SP2D/1"}},
		RoleChange:   {Subject: Subject{Email: "a@b.test", Role: access.PPK, AgencyCode: "A", Action: Give}},
		Acting: {
			Subject:    Subject{Email: "a@b.test", ForEmail: "c@d.test", Role: access.Head, AgencyCode: "A", DecreeNumber: "SK/1"},
			ValidUntil: day("2026-12-31"),
		},
		WithoutAgreement: {Subject: Subject{VendorID: vendor, BudgetLineID: line, Amount: 700, Date: day("2026-05-01"), Number: "K/1", Description: "Iklan"}},
	}
}

func wrongOf(err error) string {
	var out []string
	if err != nil {
		for _, f := range fault.From(err).Fields {
			out = append(out, f.Pointer+":"+f.Code)
		}
	}
	return strings.Join(out, " ")
}

func TestSubjectsOfEachKind(t *testing.T) {
	t.Parallel()
	for kind, ask := range sound() {
		ask.Kind, ask.Reason = kind, "sebab"
		if err := ask.Trimmed().Check(day("2026-11-24")); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		for other, from := range sound() {
			mixed := from
			mixed.Kind, mixed.Reason = kind, "sebab"
			if err := mixed.Check(day("2026-11-24")); other != kind && err == nil {
				t.Errorf("%s takes the subject of %s", kind, other)
			}
		}
		bare := Ask{Kind: kind, Reason: "sebab", ValidUntil: ask.ValidUntil}
		needs, _ := kind.takes()
		if got := strings.Count(wrongOf(bare.Check(day("2026-11-24"))), ":required"); got != len(needs) {
			t.Errorf("%s: %d of %d fields are asked for", kind, got, len(needs))
		}
	}
}

func TestWrongAsks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   Kind
		change func(*Ask)
		want   string
	}{
		"unknown kind":          {"ceiling", func(*Ask) {}, "/kind:unknown_choice"},
		"no reason":             {Tolerance, func(a *Ask) { a.Reason = " " }, "/reason:required"},
		"the ceiling":           {CheckMode, func(a *Ask) { a.Subject.Check = "ceiling" }, "/subject/check:unknown_choice"},
		"budget of invoices":    {CheckMode, func(a *Ask) { a.Subject.DocumentType = Invoice }, "/subject/document_type:unknown_choice"},
		"matching of payments":  {CheckMode, func(a *Ask) { a.Subject.Check, a.Subject.DocumentType = Matching, Payment }, "/subject/document_type:unknown_choice"},
		"mode off":              {CheckMode, func(a *Ask) { a.Subject.Mode = "off" }, "/subject/mode:unknown_choice"},
		"tolerance of payments": {Tolerance, func(a *Ask) { a.Subject.DocumentType = Payment }, "/subject/document_type:unknown_choice"},
		"negative tolerance":    {Tolerance, func(a *Ask) { a.Subject.Amount = -1 }, "/subject/amount:out_of_range"},
		"no such month":         {PeriodReopen, func(a *Ask) { a.Subject.Month = "2026-13" }, "/subject/month:date_invalid"},
		"past":                  {PeriodReopen, func(a *Ask) { a.ValidUntil = day("2026-11-23") }, "/valid_until:past"},
		"until today":           {PeriodReopen, func(a *Ask) { a.ValidUntil = day("2026-11-24") }, ""},
		"role for ever":         {RoleChange, func(a *Ask) { a.ValidUntil = day("2026-12-31") }, "/valid_until:does_not_expire"},
		"no agency for a PPK":   {RoleChange, func(a *Ask) { a.Subject.AgencyCode = "" }, "/subject/agency_code:required"},
		"auditor of one agency": {RoleChange, func(a *Ask) { a.Subject.Role = access.Auditor }, "/subject/agency_code:whole_government"},
		"auditor":               {RoleChange, func(a *Ask) { a.Subject.Role, a.Subject.AgencyCode = access.Auditor, "" }, ""},
		"acting without end":    {Acting, func(a *Ask) { a.ValidUntil = period.Date{} }, "/valid_until:required"},
		"acting for himself":    {Acting, func(a *Ask) { a.Subject.ForEmail = " A@B.test " }, "/subject/for_email:same_person"},
		"acting administrator":  {Acting, func(a *Ask) { a.Subject.Role = access.Admin }, "/subject/role:unknown_choice"},
		"no address":            {Acting, func(a *Ask) { a.Subject.Email = "nobody" }, "/subject/email:bad_email"},
		"number of signs":       {WithoutAgreement, func(a *Ask) { a.Subject.Number = "--" }, "/subject/number:bad_code"},
		"a stranger's field":    {WithoutAgreement, func(a *Ask) { a.Subject.Month = "2026-01" }, "/subject/month:not_of_kind"},
		"long description":      {WithoutAgreement, func(a *Ask) { a.Subject.Description = strings.Repeat("x", 301) }, "/subject/description:too_long"},
	} {
		ask := sound()[c.kind]
		ask.Kind, ask.Reason = c.kind, "sebab"
		c.change(&ask)
		if got := wrongOf(ask.Trimmed().Check(day("2026-11-24"))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestSubjectsFitWhatTheyName(t *testing.T) {
	t.Parallel()
	free, holds, gone := &Person{ID: other}, &Person{ID: other, Holds: true}, &Person{ID: other, Disabled: true}
	for name, c := range map[string]struct {
		kind   Kind
		around Around
		change func(*Subject)
		want   string
	}{
		"new role":             {RoleChange, Around{Person: free}, nil, ""},
		"held already":         {RoleChange, Around{Person: holds}, nil, "/subject/role:held_already"},
		"taken back":           {RoleChange, Around{Person: holds}, func(s *Subject) { s.Action = TakeBack }, ""},
		"taken from who left":  {RoleChange, Around{Person: &Person{Disabled: true, Holds: true}}, func(s *Subject) { s.Action = TakeBack }, ""},
		"not held":             {RoleChange, Around{Person: free}, func(s *Subject) { s.Action = TakeBack }, "/subject/role:not_held"},
		"nobody":               {RoleChange, Around{}, nil, "/subject/email:no_account"},
		"who left":             {RoleChange, Around{Person: gone}, nil, "/subject/email:no_account"},
		"another agency":       {RoleChange, Around{Person: free}, func(s *Subject) { s.AgencyCode = "B" }, "/subject/agency_code:other_agency"},
		"acting":               {Acting, Around{Person: free, For: gone}, nil, ""},
		"acting for nobody":    {Acting, Around{Person: gone}, nil, "/subject/email:no_account /subject/for_email:no_account"},
		"spending":             {WithoutAgreement, Around{Vendor: true, FiscalYear: 2026}, nil, ""},
		"spending of nothing":  {WithoutAgreement, Around{}, nil, "/subject/vendor_id:not_found /subject/budget_line_id:not_found"},
		"spending of the past": {WithoutAgreement, Around{Vendor: true, FiscalYear: 2027}, nil, "/subject/date:outside_fiscal_year"},
		"a mode names nothing": {CheckMode, Around{}, nil, ""},
	} {
		s := sound()[c.kind].Subject
		if c.change != nil {
			c.change(&s)
		}
		if got := wrongOf(s.fit(c.kind, "A", c.around)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestStatusByVerb is the whole table: every verb in every state, by somebody who may.
func TestStatusByVerb(t *testing.T) {
	t.Parallel()
	const golden = `
            approve    refuse     withdraw   revoke
requested   approved   refused    withdrawn  –
approved    –          –          –          revoked
expired     –          –          –          –
refused     –          –          –          –
withdrawn   –          –          –          –
revoked     –          –          –          –
`
	var b strings.Builder
	row := func(cells ...string) {
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(fmt.Sprintf("%-12s%-11s%-11s%-11s%-11s", cells[0], cells[1], cells[2], cells[3], cells[4]), " "))
	}
	b.WriteString("\n")
	row("", "approve", "refuse", "withdraw", "revoke")
	for _, s := range []Status{Requested, Approved, "expired", Refused, Withdrawn, Revoked} {
		cells := []string{string(s)}
		for _, v := range Verbs() {
			o := Override{Kind: Tolerance, Status: s, CreatedBy: asker}
			if s == "expired" {
				o.Status, o.ValidUntil = Approved, day("2026-11-23")
			}
			who := someone(other, access.Head)
			if v == Withdraw {
				who = someone(asker, access.Staff)
			}
			next, err := o.Move(v, who, agency, time.Now(), day("2026-11-24"), "sebab")
			cell := string(next.Status)
			if err != nil {
				if cell = "–"; !fault.Is(err, "wrong_state") {
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

func TestWhoMayDecide(t *testing.T) {
	t.Parallel()
	himself := someone(other, access.Head)
	himself.Email = "a@b.test"
	for name, c := range map[string]struct {
		kind   Kind
		verb   Verb
		actor  access.Actor
		remark string
		want   string
	}{
		"a head":                      {Tolerance, Approve, someone(other, access.Head), "", ""},
		"who asked":                   {Tolerance, Approve, someone(asker, access.Head), "", "segregation_of_duties"},
		"who asked, without a right":  {Tolerance, Refuse, someone(asker, access.Staff), "x", "segregation_of_duties"},
		"a commitment officer":        {Tolerance, Approve, someone(other, access.PPK), "", "forbidden"},
		"an administrator of money":   {Tolerance, Approve, someone(other, access.Admin), "", "forbidden"},
		"refusal without a word":      {Tolerance, Refuse, someone(other, access.Head), "", "invalid"},
		"an administrator of roles":   {RoleChange, Approve, someone(other, access.Admin), "", ""},
		"a head of roles":             {Acting, Approve, someone(other, access.Head), "", ""},
		"whom the role is for":        {RoleChange, Approve, himself, "", "segregation_of_duties"},
		"who acts":                    {Acting, Approve, himself, "", "segregation_of_duties"},
		"withdrawn by another":        {Tolerance, Withdraw, someone(other, access.Staff), "", "not_yours"},
		"withdrawn by who asked":      {Tolerance, Withdraw, someone(asker, access.Staff), "", ""},
		"roles withdrawn by who left": {RoleChange, Withdraw, someone(asker, access.Staff), "", "forbidden"},
	} {
		o := Override{Kind: c.kind, Status: Requested, CreatedBy: asker, Subject: sound()[c.kind].Subject}
		if _, err := o.Move(c.verb, c.actor, agency, time.Now(), day("2026-11-24"), c.remark); c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	for name, c := range map[string]struct {
		kind   Kind
		remark string
		want   string
	}{"with a reason": {Acting, "selesai", ""}, "without": {Acting, "", "invalid"}, "a role that was given": {RoleChange, "salah", "wrong_state"}} {
		o := Override{Kind: c.kind, Status: Approved, CreatedBy: asker, Subject: sound()[c.kind].Subject}
		if _, err := o.Move(Revoke, someone(asker, access.Admin), agency, time.Now(), day("2026-11-24"), c.remark); c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("revoke %s: %v, want %q", name, err, c.want)
		}
	}
	late := Override{Kind: Tolerance, Status: Requested, CreatedBy: asker, ValidUntil: day("2026-11-23")}
	if _, err := late.Move(Approve, someone(other, access.Head), agency, time.Now(), day("2026-11-24"), ""); !fault.Is(err, "wrong_state") {
		t.Errorf("approved after its last day: %v", err)
	}
}

func TestWhichOverrideLetsThrough(t *testing.T) {
	t.Parallel()
	mode := func(c Check, d DocumentType) Override {
		return Override{ID: uuid.New(), Kind: CheckMode, Subject: Subject{Check: c, DocumentType: d, Mode: Warn}}
	}
	tolerance := func(a money.Amount) Override {
		return Override{ID: uuid.New(), Kind: Tolerance, Subject: Subject{DocumentType: Invoice, Amount: a}}
	}
	narrow, wide, matching, budget := tolerance(10), tolerance(100), mode(Matching, Invoice), mode(Budget, Agreement)
	all := []Override{budget, matching, wide, narrow}
	for name, c := range map[string]struct {
		inForce []Override
		excess  money.Amount
		want    uuid.UUID
	}{
		"the narrowest that suffices": {all, 10, narrow.ID},
		"a wider one":                 {all, 11, wide.ID},
		"then the mode":               {all, 101, matching.ID},
		"too much for a tolerance":    {[]Override{wide, narrow, budget}, 101, uuid.Nil},
		"none":                        {nil, 1, uuid.Nil},
	} {
		if got, ok := Allows(c.inForce, c.excess); got.ID != c.want || ok != (c.want != uuid.Nil) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if _, ok := Warns(all, Budget, Payment, ""); ok {
		t.Error("a warning for agreements is none for payments")
	}
	if got, ok := Warns(all, Budget, Agreement, ""); !ok || got.ID != budget.ID {
		t.Error("the warning for agreements is not found")
	}
}

func TestSpendingMovesMoney(t *testing.T) {
	t.Parallel()
	o := Override{ID: other, AgencyID: uuid.NullUUID{UUID: agency, Valid: true}, Kind: WithoutAgreement, Subject: sound()[WithoutAgreement].Subject, Reason: "sebab"}
	told := func(moves []budget.Move) (out []string) {
		for _, m := range moves {
			out = append(out, fmt.Sprint(m.Kind, " ", m.From, ">", m.To, " ", m.Amount, " ", m.EffectiveOn, " ", m.Document.Type, " ", m.Document.Number))
		}
		return out
	}
	want := "commit available>committed 700 2026-05-01 spending K/1|realise committed>realised 700 2026-05-01 spending K/1"
	if got := strings.Join(told(o.Spend()), "|"); got != want {
		t.Error(got)
	}
	for today, want := range map[string]string{"2026-11-24": "2026-11-24", "2027-02-01": "2026-12-31", "2026-01-01": "2026-05-01"} {
		if got := told(o.Refund(day(today))); len(got) != 1 || got[0] != "refund realised>available 700 "+want+" spending K/1" {
			t.Errorf("%s: %v", today, got)
		}
	}
}

func TestSubjectIsStoredAndRead(t *testing.T) {
	t.Parallel()
	for kind, ask := range sound() {
		stored, err := ask.Subject.Value()
		if err != nil {
			t.Fatal(err)
		}
		var back Subject
		if err := back.Scan([]byte(stored.(string))); err != nil || back != ask.Subject {
			t.Errorf("%s: %v %+v", kind, err, back)
		}
	}
	if stored, _ := sound()[PeriodReopen].Subject.Value(); stored != `{"month":"2026-03"}` {
		t.Errorf("the ledger looks for what is stored: %s", stored)
	}
}
