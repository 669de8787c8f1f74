package agreement

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/access"
	"tayang/app/approval"
	"tayang/app/fault"
)

// people of the tables: each has one office; the author is staff, and so is a colleague.
func people() []struct {
	name  string
	actor access.Actor
} {
	at := func(n byte, agency uuid.UUID, role access.Role) access.Actor {
		id := author
		id[15] = n
		return access.Actor{User: id, Grants: []access.Grant{{Role: role, Agency: agency}}}
	}
	elsewhere := agency
	elsewhere[0] = 0xff
	return []struct {
		name  string
		actor access.Actor
	}{
		{"author", someone(author, access.Staff)},
		{"staff", at(1, agency, access.Staff)},
		{"ppk", at(2, agency, access.PPK)},
		{"verifier", at(3, agency, access.Verifier)},
		{"head", at(4, agency, access.Head)},
		{"treasurer", at(5, agency, access.Treasurer)},
		{"other", at(6, elsewhere, access.PPK)},
	}
}

// inTwoSteps is the agreement in a state, to be approved by the commitment officer and then the head.
func inTwoSteps(s Status) Agreement {
	a := promise(s)
	if s != Draft {
		a.ApprovalRound, a.ApprovalSteps = 1, approval.Steps{access.PPK, access.Head}
	}
	return a
}

// TestStatusByVerbByPerson is the whole table of two steps: what becomes of an agreement when a person does a verb, or why
// it is refused. "second" is submitted with the first step approved.
func TestStatusByVerbByPerson(t *testing.T) {
	t.Parallel()
	verbs := []Verb{Submit, Approve, Reject, Return, Withdraw, Close, Terminate, Amend}
	var b strings.Builder
	for _, s := range []Status{Draft, Submitted, "second", Active, "amended", Completed, Closed, Rejected, Terminated} {
		a := inTwoSteps(s)
		switch s { //nolint:exhaustive // the two that are no states of their own
		case "second":
			a = inTwoSteps(Submitted)
			a = step(t, a, people()[2].actor)
		case "amended":
			a = amended()
			a.ApprovalRound, a.ApprovalSteps = 1, approval.Steps{access.PPK, access.Head}
			a.Amendments[0].ID, a.Amendments[0].ApprovalSteps = thing2, approval.Steps{access.PPK, access.Head}
		}
		fmt.Fprintf(&b, "%s\n", s)
		line := func(cells ...string) {
			var row strings.Builder
			for _, c := range cells {
				fmt.Fprintf(&row, "%-25s", c)
			}
			b.WriteString("  " + strings.TrimRight(row.String(), " ") + "\n")
		}
		head := []string{""}
		for _, p := range people() {
			head = append(head, p.name)
		}
		line(head...)
		for _, v := range verbs {
			cells := []string{string(v)}
			for _, p := range people() {
				cells = append(cells, outcome(a, v, p.actor))
			}
			line(cells...)
		}
		b.WriteString("\n")
	}
	holdGolden(t, "status_by_verb.golden", b.String())
}

func step(t *testing.T, a Agreement, by access.Actor) Agreement {
	t.Helper()
	m, err := a.Move(Approve, by, time.Now(), day("2026-06-01"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return m.Agreement
}

// outcome is the state after the verb, or the code of the refusal.
func outcome(a Agreement, v Verb, by access.Actor) string {
	var err error
	var next string
	switch {
	case v == Amend:
		if err = by.Can(access.AgreementWrite, a.AgencyID); err == nil {
			err = a.Amendable()
		}
		next = "proposed"
	case v.Decides() && a.Pending() != nil:
		var d Decided
		d, err = a.Decide(v, by, time.Now(), day("2026-06-01"), "why", nil)
		next = string(d.Amendment.Status)
	default:
		var m Moved
		m, err = a.Move(v, by, time.Now(), day("2026-06-01"), "why", nil)
		next = string(m.Agreement.Status)
		if m.Agreement.Awaiting != "" && v == Approve {
			next += ", " + string(m.Agreement.Awaiting)
		}
	}
	if err != nil {
		return "! " + fault.From(err).Code
	}
	return next
}

func holdGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s has changed (%v); UPDATE_GOLDEN=1 writes it anew:\n%s", path, err, got)
	}
}

// TestNoWayIntoForceButAllSteps tries sequences of verbs by whoever comes: an agreement is in force only after each step of
// its last round was approved in order, by as many people, none of whom made or submitted it.
func TestNoWayIntoForceButAllSteps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		roles := rapid.SliceOfN(rapid.SampledFrom(approval.Roles()), 1, 4).Draw(t, "steps")
		a := promise(Draft)
		a.SubmittedBy = uuid.NullUUID{}
		crowd := make([]access.Actor, 6)
		for i := range crowd {
			held := rapid.SliceOfDistinct(rapid.SampledFrom(access.Roles()), rapid.ID[access.Role]).Draw(t, "held")
			id := author
			id[15] += byte(i) // the first is the author
			crowd[i] = someone(id, held...)
		}
		for range rapid.IntRange(1, 40).Draw(t, "deeds") {
			by := rapid.SampledFrom(crowd).Draw(t, "by")
			v := rapid.SampledFrom([]Verb{Submit, Approve, Approve, Approve, Reject, Return, Withdraw}).Draw(t, "verb")
			was := a.Status
			m, err := a.Move(v, by, time.Now(), day("2026-06-01"), "why", nil)
			if err != nil {
				continue
			}
			a = m.Agreement
			if v == Submit { // as storage does
				a.ApprovalRound, a.ApprovalSteps = a.ApprovalRound+1, roles
			}
			if a.Status == Active && was != Active {
				inForce(t, a, roles, crowd)
			}
			if committed := len(m.Moves) > 0 && v == Approve; committed != (a.Status == Active && was != Active) {
				t.Fatalf("money is committed at the last step and no other: %v in %s", m.Moves, a.Status)
			}
		}
	})
}

func inForce(t *rapid.T, a Agreement, roles approval.Steps, crowd []access.Actor) {
	var round []Decision
	for _, d := range a.Decisions {
		if d.Round == a.ApprovalRound {
			round = append(round, d)
		}
	}
	if len(round) != len(roles) {
		t.Fatalf("in force after %d of %d steps", len(round), len(roles))
	}
	seen := map[uuid.UUID]bool{a.CreatedBy: true, a.SubmittedBy.UUID: true}
	for i, d := range round {
		if d.Role != roles[i] || d.Step != i+1 || d.Verdict != Approved || seen[d.DecidedBy] {
			t.Fatalf("step %d of %v: %+v", i+1, roles, d)
		}
		seen[d.DecidedBy] = true
		holds := slices.ContainsFunc(crowd, func(p access.Actor) bool {
			_, ok := p.As(d.Role, a.AgencyID)
			return ok && p.User == d.DecidedBy
		})
		if !holds {
			t.Fatalf("%s by somebody who is not", d.Role)
		}
	}
}

func TestActingIsNotedByTheGrantOfTheStep(t *testing.T) {
	t.Parallel()
	override := uuid.New()
	plh := someone(other, access.Verifier)
	plh.Grants = append(plh.Grants, access.Grant{Role: access.PPK, Agency: agency, For: "ppk@contoh.test", Override: override})
	a := inTwoSteps(Submitted)
	a.ApprovalSteps = approval.Steps{access.PPK, access.Verifier}
	first, err := a.Move(Approve, plh, time.Now(), day("2026-06-01"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := first.Decision; d.ActingFor != "ppk@contoh.test" || d.OverrideID.UUID != override {
		t.Errorf("for whom is kept: %+v", d)
	}
	if g, known := first.Agreement.ActedAs(); !known || g.Override != override {
		t.Errorf("by which grant is told: %+v", g)
	}
	if _, err := first.Agreement.Move(Approve, plh, time.Now(), day("2026-06-01"), "", nil); !fault.Is(err, "segregation_of_duties") {
		t.Errorf("one person is one step, in whatever office: %v", err)
	}
	a.ApprovalSteps = approval.Steps{access.Verifier}
	own, err := a.Move(Approve, plh, time.Now(), day("2026-06-01"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if g, known := own.Agreement.ActedAs(); !known || g.For != "" || own.Decision.OverrideID.Valid {
		t.Errorf("at the step of his own office he acts for nobody: %+v", g)
	}
}

func TestAmendmentGoesThroughItsOwnSteps(t *testing.T) {
	t.Parallel()
	a := amended()
	a.Amendments[0].ID, a.Amendments[0].ApprovalSteps = thing1, approval.Steps{access.PPK, access.Head}
	ppk, head := someone(other, access.PPK), someone(lineA, access.Head)
	if _, err := a.Decide(Approve, head, time.Now(), day("2026-06-01"), "", nil); !fault.Is(err, "not_your_step") {
		t.Errorf("the head comes second: %v", err)
	}
	first, err := a.Decide(Approve, ppk, time.Now(), day("2026-06-01"), "", nil)
	if err != nil || first.Amendment.Status != AmendmentProposed || len(first.Moves) > 0 || first.Agreement.Awaiting != access.Head {
		t.Fatalf("one of two steps changes nothing: %+v, %v", first, err)
	}
	if _, err := first.Agreement.Decide(Approve, ppk, time.Now(), day("2026-06-01"), "", nil); !fault.Is(err, "segregation_of_duties") {
		t.Errorf("never twice the same: %v", err)
	}
	last, err := first.Agreement.Decide(Approve, head, time.Now(), day("2026-06-01"), "", nil)
	if err != nil || last.Amendment.Status != AmendmentApproved || len(last.Moves) == 0 {
		t.Errorf("the last step changes the agreement: %+v, %v", last, err)
	}
}

func TestRemarksPointAtFieldsThatAreThere(t *testing.T) {
	t.Parallel()
	terms := promise(Submitted).Terms()
	for pointer, ok := range map[string]bool{
		"": true, "/number": true, "/rup_code": true, "/owner_estimate": true, "/campaign_id": true, "/deliverables": true,
		"/deliverables/0": true, "/deliverables/1/unit_price": true, "/deliverables/1/offered_price": true,
		"number": false, "/": false, "/status": false, "/deliverables/2": false, "/deliverables/-1": false, "/deliverables/00": false,
		"/deliverables/x": false, "/deliverables/0/placed": false, "/number/0": false, "/order_date/year": false, "/vendor_id/0": false,
		"/owner_estimate/x": false, "/Number": false,
	} {
		err := checkCorrections(terms, []Correction{{pointer, "Perbaiki"}})
		if ok && err != nil || !ok && (err == nil || fault.From(err).Fields[0].Pointer != "/remarks/0/pointer") {
			t.Errorf("%q: %v", pointer, err)
		}
	}
	for name, c := range map[string][]Correction{
		"/remarks":        nil,
		"/remarks/1/text": {{"/number", "Salah"}, {"/title", ""}},
		"/remarks/0/text": {{"/number", strings.Repeat("x", remarkMax+1)}},
	} {
		if err := checkCorrections(terms, c); err == nil || fault.From(err).Fields[0].Pointer != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswersAreGivenOnce(t *testing.T) {
	t.Parallel()
	at := time.Now()
	a := promise(Rejected)
	a.Remarks = []Remark{{ID: thing1}, {ID: thing2, AnsweredAt: &at}}
	for name, c := range map[string]struct {
		answers []Answer
		want    string
	}{
		"one":      {[]Answer{{thing1, "Sudah"}}, ""},
		"none":     {nil, ""},
		"again":    {[]Answer{{thing2, "Sudah"}}, "/answers/0/remark_id"},
		"twice":    {[]Answer{{thing1, "Sudah"}, {thing1, "Sudah"}}, "/answers/1/remark_id"},
		"wordless": {[]Answer{{thing1, ""}}, "/answers/0/text"},
		"unknown":  {[]Answer{{lineA, "Sudah"}}, "/answers/0/remark_id"},
	} {
		err := a.checkAnswers(c.answers)
		if c.want == "" && err != nil || c.want != "" && (err == nil || fault.From(err).Fields[0].Pointer != c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
