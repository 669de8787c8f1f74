package debt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/debt"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

var (
	oldA, oldB, newA, newB, stale = uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()
	agency, author                = uuid.New(), uuid.New()
)

func lines() map[uuid.UUID]budget.Line {
	return map[uuid.UUID]budget.Line{newA: {ID: newA, FiscalYear: 2027}, newB: {ID: newB, FiscalYear: 2027}, stale: {ID: stale, FiscalYear: 2026}}
}

func standing(status agreement.Status, unpublished int64, owed ...debt.Owed) debt.Standing {
	return debt.Standing{Agreement: agreement.Agreement{ID: uuid.New(), AgencyID: agency, Status: status, FiscalYear: 2026}, Unpublished: unpublished, Owed: owed}
}

func owes(line uuid.UUID, gross money.Amount) debt.Owed {
	return debt.Owed{Line: line, Year: 2026, Gross: gross}
}

func form() debt.Form {
	return debt.Form{AgreementID: uuid.New(), Number: "PU/1", Date: period.MustDate("2027-01-05"), Lines: []debt.Line{{FromLine: oldA, ToLine: newA, Amount: 100}, {FromLine: oldB, ToLine: newB, Amount: 50}}}
}

func complaints(err error) (code string, fields []string) {
	if err == nil {
		return "", nil
	}
	f := fault.From(err)
	for _, w := range f.Fields {
		fields = append(fields, w.Pointer+" "+w.Code)
	}
	return f.Code, fields
}

func TestFormNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*debt.Form)
		want   []string
	}{
		"good":         {func(*debt.Form) {}, nil},
		"nothing":      {func(f *debt.Form) { *f = debt.Form{} }, []string{"/agreement_id required", "/number required", "/date required", "/lines required"}},
		"no old line":  {func(f *debt.Form) { f.Lines[0].FromLine = uuid.Nil }, []string{"/lines/0/from_line required"}},
		"no new line":  {func(f *debt.Form) { f.Lines[1].ToLine = uuid.Nil }, []string{"/lines/1/to_line required"}},
		"no money":     {func(f *debt.Form) { f.Lines[1].Amount = 0 }, []string{"/lines/1/amount out_of_range"}},
		"a line twice": {func(f *debt.Form) { f.Lines[1].FromLine = oldA }, []string{"/lines/1/from_line duplicate"}},
		"no end":       {func(f *debt.Form) { f.Lines = make([]debt.Line, 1001) }, []string{"/lines too_many"}},
	} {
		f := form()
		c.change(&f)
		if _, got := complaints(f.Trimmed().Check()); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestADebtIsExactlyWhatIsOwed(t *testing.T) {
	t.Parallel()
	both := []debt.Owed{owes(oldA, 100), owes(oldB, 50)}
	for name, c := range map[string]struct {
		s      debt.Standing
		change func(*debt.Form)
		code   string
		fields []string
	}{
		"terminated":             {standing(agreement.Terminated, 3, both...), nil, "", nil},
		"active, all published":  {standing(agreement.Active, 0, both...), nil, "", nil},
		"active, not all":        {standing(agreement.Active, 1, both...), nil, "unpublished_units", nil},
		"closed":                 {standing(agreement.Closed, 0), nil, "wrong_state", nil},
		"nothing owed":           {standing(agreement.Terminated, 0), nil, "nothing_owed", nil},
		"too much":               {standing(agreement.Terminated, 0, both...), func(f *debt.Form) { f.Lines[0].Amount++ }, "invalid", []string{"/lines/0/amount amount_mismatch"}},
		"too little":             {standing(agreement.Terminated, 0, both...), func(f *debt.Form) { f.Lines[1].Amount-- }, "invalid", []string{"/lines/1/amount amount_mismatch"}},
		"a line left out":        {standing(agreement.Terminated, 0, both...), func(f *debt.Form) { f.Lines = f.Lines[:1] }, "invalid", []string{"/lines line_missing"}},
		"a line that owes not":   {standing(agreement.Terminated, 0, both[:1]...), nil, "invalid", []string{"/lines/1/from_line not_found"}},
		"to nobody's line":       {standing(agreement.Terminated, 0, both...), func(f *debt.Form) { f.Lines[0].ToLine = uuid.New() }, "invalid", []string{"/lines/0/to_line not_found"}},
		"to the old year's line": {standing(agreement.Terminated, 0, both...), func(f *debt.Form) { f.Lines[0].ToLine = stale }, "invalid", []string{"/lines/0/to_line outside_fiscal_year"}},
		"in the year that owes": {standing(agreement.Terminated, 0, both[:1]...), func(f *debt.Form) {
			f.Date, f.Lines = period.MustDate("2026-12-31"), []debt.Line{{FromLine: oldA, ToLine: stale, Amount: 100}}
		}, "invalid", []string{"/date not_after_year"}},
		"carried over once again": {standing(agreement.Terminated, 0, debt.Owed{Line: oldA, Year: 2025, Gross: 100}, both[1]), nil, "", nil},
	} {
		f := form()
		if c.change != nil {
			c.change(&f)
		}
		r, err := f.Recognition(c.s, lines())
		if code, fields := complaints(err); code != c.code || !slices.Equal(fields, c.fields) {
			t.Errorf("%s: got %s %v, want %s %v", name, code, fields, c.code, c.fields)
		}
		if err == nil && (r.FiscalYear != 2027 || r.Status != debt.Requested || r.AgencyID != agency) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestAnotherPersonCarriesOver(t *testing.T) {
	t.Parallel()
	who := func(id uuid.UUID, roles ...access.Role) access.Actor {
		a := access.Actor{User: id}
		for _, r := range roles {
			a.Grants = append(a.Grants, access.Grant{Role: r, Agency: agency})
		}
		return a
	}
	head, both := who(uuid.New(), access.Head), who(author, access.Staff, access.Head)
	s := standing(agreement.Terminated, 0, owes(oldA, 100), debt.Owed{Line: oldB, Year: 2025, Gross: 50})
	for name, c := range map[string]struct {
		verb   debt.Verb
		by     access.Actor
		status debt.Status
		remark string
		s      debt.Standing
		code   string
		then   debt.Status
		moves  int
	}{
		"approved":            {debt.Approve, head, debt.Requested, "", s, "", debt.Approved, 4},
		"not by its author":   {debt.Approve, both, debt.Requested, "", s, "segregation_of_duties", "", 0},
		"nor refused by him":  {debt.Refuse, both, debt.Requested, "a", s, "segregation_of_duties", "", 0},
		"not by staff":        {debt.Approve, who(uuid.New(), access.Staff), debt.Requested, "", s, "forbidden", "", 0},
		"refused":             {debt.Refuse, head, debt.Requested, "a", s, "", debt.Refused, 0},
		"refused without why": {debt.Refuse, head, debt.Requested, "", s, "invalid", "", 0},
		"withdrawn":           {debt.Withdraw, both, debt.Requested, "", s, "", debt.Withdrawn, 0},
		"decided once":        {debt.Approve, head, debt.Approved, "", s, "wrong_state", "", 0},
		"owes less by now":    {debt.Approve, head, debt.Requested, "", standing(agreement.Terminated, 0, owes(oldA, 100)), "debt_changed", "", 0},
		"owes nothing by now": {debt.Approve, head, debt.Requested, "", standing(agreement.Terminated, 0), "nothing_owed", "", 0},
	} {
		r := debt.Recognition{AgencyID: agency, Status: c.status, CreatedBy: author, Number: "PU/1", Date: period.MustDate("2027-01-05"), Lines: form().Lines}
		r, moves, err := r.Move(c.verb, c.by, c.remark, time.Time{}, c.s, lines())
		if code, _ := complaints(err); code != c.code || err == nil && r.Status != c.then || len(moves) != c.moves {
			t.Errorf("%s: %s, %s, %d moves", name, code, r.Status, len(moves))
		}
		if c.moves == 0 {
			continue
		}
		if m := moves[0]; m.Kind != budget.Release || m.Line != oldA || m.EffectiveOn != period.MustDate("2026-12-31") || m.Amount != 100 || m.Document.Type != "debt_recognition" {
			t.Errorf("released at the end of the old year: %+v", m)
		}
		if m := moves[1]; m.Kind != budget.Commit || m.From != budget.Available || m.Line != newA || m.EffectiveOn != r.Date || m.Amount != 100 {
			t.Errorf("committed on the day of the document: %+v", m)
		}
		if m := moves[2]; m.EffectiveOn != period.MustDate("2025-12-31") {
			t.Errorf("each line in its own year: %+v", m)
		}
	}
}
