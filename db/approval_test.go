package db_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/approval"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/tax"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// rowsOf sets rows of the matrix, in force from 2026 on.
func rowsOf(t *testing.T, c *chain.Chain, forms ...approval.Form) {
	t.Helper()
	s := approval.NewService(db.Within(c.Store, func(tx *db.Tx) approval.Store { return tx }), db.Reading(c.Store, func(tx *db.Tx) approval.Store { return tx }))
	for _, f := range forms {
		if f.Basis = "SK 1/2026"; f.ValidFrom.IsZero() {
			f.ValidFrom = chain.Day("2026-01-01")
		}
		if _, err := s.Set(t.Context(), c.Admin, f); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNobodyActivatesPastTheSteps tries every way that SQL has to bring an agreement into force, or to have approved it.
func TestNobodyActivatesPastTheSteps(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	rowsOf(t, c, approval.Form{Kind: approval.Any, Steps: approval.Steps{access.PPK, access.Head}})
	a := c.Move(t, c.Staff, c.Draft(t, c.Item(2)), agreement.Submit)
	if a.Awaiting != access.PPK || len(a.ApprovalSteps) != 2 || a.ApprovalRound != 1 {
		t.Fatalf("%+v", a.Round)
	}
	draft := c.Draft(t, c.Item(1))
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	id := a.ID.String()
	activate := func(of, by string) string {
		return "UPDATE agreement SET status = 'active', approved_by = '" + by + "', approved_at = now() WHERE id = '" + of + "'"
	}
	decide := func(round, step int, role string, by uuid.UUID) string {
		return fmt.Sprintf(`INSERT INTO agreement_approval (government_id, id, agency_id, agreement_id, round, step, role, verdict, decided_at, decided_by)
			SELECT government_id, gen_random_uuid(), agency_id, id, %d, %d, '%s', 'approved', now(), '%s' FROM agreement WHERE id = '%s'`, round, step, role, by, id)
	}
	try := func(name, statement, code, constraint string) {
		t.Helper()
		gotCode, got := refusal(o.do(t.Context(), o.government, statement))
		if gotCode != code || got != constraint && constraint != "" {
			t.Errorf("%s: got %s %s, want %s %s", name, gotCode, got, code, constraint)
		}
	}
	all := "agreement_approved_by_all"
	try("without any step", activate(id, c.PPK.User.String()), "23514", all)
	try("a draft", activate(draft.ID.String(), c.PPK.User.String()), "23514", all)
	try("with fewer steps", "UPDATE agreement SET approval_steps = '{}' WHERE id = '"+id+"'", "23514", "agreement_steps_stand")
	try("in another round", "UPDATE agreement SET approval_round = 7 WHERE id = '"+id+"'", "23514", "agreement_steps_stand")
	try("for less money", "UPDATE agreement SET value = 1, vat = 0, gross = 1 WHERE id = '"+id+"'", "23514", "agreement_stands_while_submitted")
	try("by another author", "UPDATE agreement SET created_by = gen_random_uuid() WHERE id = '"+id+"'", "23514", "agreement_stands_while_submitted")
	try("from the start", `INSERT INTO agreement (government_id, id, agency_id, kind, number, title, vendor_id, method, form, order_date, start_date, end_date, fiscal_year,
		status, value, vat, gross, created_at, created_by, approved_by) SELECT government_id, gen_random_uuid(), agency_id, kind, 'X', title, vendor_id, method, form, order_date,
		start_date, end_date, fiscal_year, 'active', value, vat, gross, created_at, created_by, '`+c.PPK.User.String()+`' FROM agreement WHERE id = '`+id+"'", "23514", "agreement_begins_as_draft")
	try("the author's own step", decide(1, 1, "ppk", c.Staff.User), "23514", "agreement_not_approved_by_author")
	try("the second step first", decide(1, 2, "head", c.Head.User), "23514", "agreement_approval_in_order")
	try("another role's step", decide(1, 1, "head", c.Head.User), "23514", "agreement_approval_in_order")
	try("another round's step", decide(2, 1, "ppk", c.PPK.User), "23514", "agreement_approval_in_order")
	try("by who has no such role", decide(1, 1, "ppk", c.Treasurer.User), "23514", "agreement_approval_by_role")
	a = c.Move(t, c.PPK, a, agreement.Approve)
	if a.Status != agreement.Submitted || a.Awaiting != access.Head {
		t.Fatalf("one of two steps: %s, %s", a.Status, a.Awaiting)
	}
	try("after one of two", activate(id, c.PPK.User.String()), "23514", all)
	try("what was decided", "UPDATE agreement_approval SET remark = 'x'", "42501", "")
	try("a decision less", "DELETE FROM agreement_approval", "42501", "")
	if a = c.Move(t, c.Head, a, agreement.Approve); a.Status != agreement.Active || len(a.Decisions) != 2 {
		t.Errorf("after both: %+v", a)
	}
}

// TestMatrixIsTheSameInGoAndSQL holds the two ways of choosing a row against each other, over random matrices.
func TestMatrixIsTheSameInGoAndSQL(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	s := approval.NewService(db.Within(c.Store, func(tx *db.Tx) approval.Store { return tx }), db.Reading(c.Store, func(tx *db.Tx) approval.Store { return tx }))
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same rows in every run
	kinds, roles := []approval.Kind{approval.Any, approval.Media, approval.Influencer}, approval.Roles()
	set := 0
	for range 40 {
		top := money.Amount(r.IntN(100))
		f := approval.Form{Kind: kinds[r.IntN(3)], GrossFrom: money.Amount(r.IntN(60)), GrossTo: &top, ValidFrom: chain.Day("2026-01-01").AddDays(r.IntN(200)), Basis: "SK"}
		for range 1 + r.IntN(3) {
			f.Steps = append(f.Steps, roles[r.IntN(3)])
		}
		if r.IntN(2) == 0 {
			f.AgencyID = uuid.NullUUID{UUID: c.Agency.ID, Valid: true}
		}
		if r.IntN(2) == 0 {
			f.GrossTo = nil
		}
		if r.IntN(3) > 0 {
			f.ValidTo = f.ValidFrom.AddDays(r.IntN(60))
		}
		if _, err := s.Set(t.Context(), c.Admin, f); err == nil {
			set++
		} else if !fault.Is(err, "approval_rule_overlaps") && !fault.Is(err, "invalid") {
			t.Fatal(err)
		}
	}
	m, err := s.Matrix(t.Context(), c.Admin, c.Agency.ID)
	if err != nil || len(m) != set || set < 8 {
		t.Fatalf("%d rows of %d, %v", len(m), set, err)
	}
	for range 400 {
		kind, gross, on := kinds[1+r.IntN(2)], money.Amount(r.IntN(120)), chain.Day("2026-01-01").AddDays(r.IntN(300))
		var got approval.Steps
		if err := db.Pool(c.Store).QueryRowContext(t.Context(), `SELECT approval_steps_of(x.g, $2, $3, $4, $5) FROM (SELECT $1::uuid AS g, set_config('tayang.government', $1::text, false)) x`,
			c.Staff.Government, c.Agency.ID, string(kind), int64(gross), on.String()).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if want := m.StepsOn(kind, gross, on); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s of %d on %s: SQL %v, Go %v", kind, gross, on, got, want)
		}
	}
}

func TestOverlappingRowsAreRefused(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	s := approval.NewService(db.Within(c.Store, func(tx *db.Tx) approval.Store { return tx }), db.Reading(c.Store, func(tx *db.Tx) approval.Store { return tx }))
	top := money.Amount(100)
	base := approval.Form{Kind: approval.Any, GrossFrom: 10, GrossTo: &top, Steps: approval.Alone(), ValidFrom: chain.Day("2026-01-01"), ValidTo: chain.Day("2026-06-30"), Basis: "SK"}
	first, err := s.Set(t.Context(), c.Admin, base)
	if err != nil {
		t.Fatal(err)
	}
	nine, above := money.Amount(9), money.Amount(200)
	for name, x := range map[string]struct {
		change func(*approval.Form)
		ok     bool
	}{
		"the same":           {func(*approval.Form) {}, false},
		"at the upper end":   {func(f *approval.Form) { f.GrossFrom, f.GrossTo = 100, &above }, false},
		"just above":         {func(f *approval.Form) { f.GrossFrom, f.GrossTo = 101, &above }, true},
		"just below":         {func(f *approval.Form) { f.GrossFrom, f.GrossTo = 0, &nine }, true},
		"on the last day":    {func(f *approval.Form) { f.ValidFrom, f.ValidTo = chain.Day("2026-06-30"), chain.Day("2026-12-31") }, false},
		"the day after":      {func(f *approval.Form) { f.ValidFrom, f.ValidTo = chain.Day("2026-07-01"), chain.Day("2026-12-31") }, true},
		"another kind":       {func(f *approval.Form) { f.Kind = approval.Media }, true},
		"one agency's":       {func(f *approval.Form) { f.AgencyID = uuid.NullUUID{UUID: c.Agency.ID, Valid: true} }, true},
		"no such agency":     {func(f *approval.Form) { f.AgencyID = uuid.NullUUID{UUID: uuid.New(), Valid: true} }, false},
		"without upper end":  {func(f *approval.Form) { f.GrossFrom, f.GrossTo = 50, nil }, false},
		"from before it all": {func(f *approval.Form) { f.ValidFrom = chain.Day("2025-01-01") }, false},
	} {
		f := base
		x.change(&f)
		if _, err := s.Set(t.Context(), c.Admin, f); (err == nil) != x.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	longer := approval.EndCommand{ValidTo: chain.Day("2026-07-15"), Reason: "diperpanjang"}
	if _, err := s.End(t.Context(), c.Admin, first.ID, longer); !fault.Is(err, "approval_rule_overlaps") {
		t.Errorf("an end beyond the next row: %v", err)
	}
	if _, err := s.Void(t.Context(), c.Admin, first.ID, approval.VoidCommand{Reason: "keliru"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Set(t.Context(), c.Admin, base); err != nil {
		t.Errorf("a void row stands in nobody's way: %v", err)
	}
	if _, err := s.Set(t.Context(), c.Staff, base); !fault.Is(err, "forbidden") {
		t.Errorf("staff sets nothing: %v", err)
	}
}

// TestTwoApproversAtOnce: of many who approve the same step at once one does, and the others find it decided.
func TestTwoApproversAtOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	rowsOf(t, c, approval.Form{Kind: approval.Media, Steps: approval.Steps{access.Head, access.PPK}})
	for range 4 {
		a := c.Move(t, c.Staff, c.Draft(t, c.Item(1)), agreement.Submit)
		heads := []access.Actor{c.Head, c.Deputy, c.Head, c.Deputy}
		codes := make([]string, len(heads))
		var wg sync.WaitGroup
		for i, who := range heads {
			wg.Go(func() {
				_, err := c.Agreements.Move(t.Context(), who, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve})
				if codes[i] = "done"; err != nil {
					codes[i] = fault.From(err).Code
				}
			})
		}
		wg.Wait()
		done := 0
		for _, code := range codes {
			switch code {
			case "done":
				done++
			case "segregation_of_duties", "not_your_step", "stale":
			default:
				t.Errorf("refused with %s", code)
			}
		}
		got, err := c.Agreements.Get(t.Context(), c.Staff, c.Agency.Code, a.ID)
		if err != nil || done != 1 || len(got.Decisions) != 1 || got.Status != agreement.Submitted || got.Awaiting != access.PPK {
			t.Errorf("%v: %s, %+v, %v", codes, got.Status, got.Round, err)
		}
	}
}

// TestActingUnderADecree: who acts for the commitment officer decides at his step, with the decree on it; not before it is
// decided on, and not after its last day, though he still claims to.
func TestActingUnderADecree(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	o := c.Override(t, c.Admin, c.Head, override.Ask{Kind: override.Acting, ValidUntil: chain.Day("2026-11-30"), Subject: override.Subject{
		Email: c.Verifier.Email, ForEmail: c.PPK.Email, Role: access.PPK, AgencyCode: c.Agency.Code, DecreeNumber: "800/7/2026",
	}})
	plh := c.Verifier
	plh.Grants = append([]access.Grant{}, append(plh.Grants, access.Grant{Role: access.PPK, Agency: c.Agency.ID, For: c.PPK.Email, Override: o.ID})...)
	a := c.Move(t, c.Staff, c.Draft(t, c.Item(1)), agreement.Submit)
	a = c.Move(t, plh, a, agreement.Approve)
	d := a.Decisions[0]
	if a.Status != agreement.Active || d.ActingFor != c.PPK.Email || d.DecreeNumber != "800/7/2026" || d.DecreeUntil != chain.Day("2026-11-30") || d.DecreeFrom.IsZero() || d.RecordedAt.IsZero() {
		t.Errorf("%+v", d)
	}
	got, err := c.Overrides.Get(t.Context(), c.Head, c.Agency.Code, o.ID)
	if err != nil || len(got.Uses) != 1 || got.Uses[0].DocumentID != a.ID {
		t.Errorf("what passed under it: %+v, %v", got.Uses, err)
	}
	a = c.Move(t, c.Staff, c.Draft(t, c.Item(1)), agreement.Submit)
	after := func() time.Time { return time.Date(2026, time.December, 1, 3, 0, 0, 0, time.UTC) }
	later := c.Store.At(after)
	december := agreement.NewService(db.Within(later, func(tx *db.Tx) agreement.Store { return tx }), db.Within(later, func(tx *db.Tx) agreement.MoveStore { return tx }),
		db.Reading(later, func(tx *db.Tx) agreement.Lists { return tx }), tax.Statutory(), after, time.UTC)
	if _, err := december.Move(t.Context(), plh, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve}); !fault.Is(err, "not_in_office") {
		t.Errorf("the day after the decree's last: %v", err)
	}
	for name, change := range map[string]func(*access.Actor){
		"the decree of another":    func(a *access.Actor) { a.Grants[0].Override = o.ID },
		"a decree that is not one": func(a *access.Actor) { a.Grants[0].Override = uuid.New() },
		"an office never held":     func(a *access.Actor) { a.Grants[0] = access.Grant{Role: access.PPK, Agency: c.Agency.ID} },
	} {
		claims := c.Treasurer
		claims.Grants = []access.Grant{{Role: access.PPK, Agency: c.Agency.ID, For: c.PPK.Email}}
		change(&claims)
		if _, err := c.Agreements.Move(t.Context(), claims, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve}); !fault.Is(err, "not_in_office") && !fault.Is(err, "invalid") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReturnKeepsRemarksAndAnswers(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Move(t, c.Staff, c.Draft(t, c.Item(2)), agreement.Submit)
	move := func(who access.Actor, cmd agreement.MoveCommand) agreement.Agreement {
		t.Helper()
		got, err := c.Agreements.Move(t.Context(), who, c.Agency.Code, a.ID, cmd)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	a = move(c.PPK, agreement.MoveCommand{Verb: agreement.Return, Remarks: []agreement.Correction{{Pointer: "/title", Text: " Kurang jelas "}, {Pointer: "/deliverables/0/unit_price", Text: "Terlalu mahal"}}})
	if a.Status != agreement.Rejected || !a.Returned || len(a.Remarks) != 2 || a.Remarks[0].Text != "Kurang jelas" || a.Awaiting != "" {
		t.Fatalf("%+v", a.Round)
	}
	if lines := c.Balances(t); lines[0].Reserved != 0 {
		t.Errorf("the reservation is released: %d", lines[0].Reserved)
	}
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	for name, statement := range map[string]string{
		"what was remarked":   "UPDATE agreement_remark SET remark = 'x'",
		"a remark less":       "DELETE FROM agreement_remark",
		"an answer of no one": "UPDATE agreement_remark SET answer = 'x'",
	} {
		if code, _ := refusal(o.do(t.Context(), o.government, statement)); code != "42501" && code != "23514" {
			t.Errorf("%s: %s", name, code)
		}
	}
	a = move(c.Colleague, agreement.MoveCommand{Verb: agreement.Submit, Answers: []agreement.Answer{{RemarkID: a.Remarks[0].ID, Text: "Diperjelas"}}})
	if a.ApprovalRound != 2 || a.Returned || a.Remarks[0].Answer != "Diperjelas" || a.Remarks[0].Answerer != c.Colleague.Name || a.Remarks[1].AnsweredAt != nil {
		t.Errorf("%+v", a.Round)
	}
	if code, _ := refusal(o.do(t.Context(), o.government, "UPDATE agreement_remark SET answer = 'lain' WHERE answer <> ''")); code != "42501" {
		t.Errorf("an answer is given once: %s", code)
	}
	if a = move(c.PPK, agreement.MoveCommand{Verb: agreement.Approve}); a.Status != agreement.Active {
		t.Errorf("the same person decides in the next round: %s", a.Status)
	}
}
