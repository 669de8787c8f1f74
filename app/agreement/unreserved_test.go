package agreement

import (
	"testing"
	"time"

	"tayang/app/access"
	"tayang/app/budget"
)

// TestUnreservedAgreementTakesItsMoneyAtApproval: what was never reserved is neither committed from there nor released.
func TestUnreservedAgreementTakesItsMoneyAtApproval(t *testing.T) {
	t.Parallel()
	staff := someone(author, access.Staff)
	m, err := promise(Draft).Move(Submit, staff, time.Now(), day("2026-02-03"), "", nil)
	if err != nil || len(m.Moves) != 2 || m.Agreement.Unreserved {
		t.Fatalf("%+v, %v", m, err)
	}
	if m = m.Unreserved(); len(m.Moves) != 0 || !m.Agreement.Unreserved || m.Agreement.Status != Submitted {
		t.Errorf("submitted under an override: %+v", m)
	}
	waiting := promise(Submitted)
	waiting.Unreserved = true
	for verb, want := range map[Verb]budget.Account{Approve: budget.Available, Reject: "", Withdraw: ""} {
		m, err := waiting.Move(verb, someone(other, access.Roles()...), time.Now(), day("2026-02-04"), "sebab", nil)
		if err != nil || m.Agreement.Unreserved {
			t.Errorf("%s: %+v, %v", verb, m.Agreement, err)
		}
		switch {
		case want == "" && len(m.Moves) > 0:
			t.Errorf("%s moves %+v", verb, m.Moves)
		case want != "" && (len(m.Moves) != 2 || m.Moves[0].From != want || m.Moves[0].To != budget.Committed):
			t.Errorf("%s moves %+v", verb, m.Moves)
		}
	}
	closed := promise(Active)
	closed.Unreserved = true // cannot be: the database holds that only a submission is
	if m, err := closed.Move(Close, someone(other, access.PPK), time.Now(), day("2026-06-01"), "", nil); err != nil || m.Moves[0].From != budget.Committed {
		t.Errorf("%+v, %v", m.Moves, err)
	}
}
