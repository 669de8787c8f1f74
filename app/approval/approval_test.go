package approval_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/approval"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

func day(text string) period.Date { return period.MustDate(text) }

func upTo(a money.Amount) *money.Amount { return &a }

func steps(roles ...access.Role) approval.Steps { return roles }

func TestMostSpecificRowCounts(t *testing.T) {
	t.Parallel()
	here := uuid.NullUUID{UUID: uuid.New(), Valid: true}
	row := func(agency uuid.NullUUID, kind approval.Kind, from money.Amount, to *money.Amount, since, until string, s approval.Steps) approval.Rule {
		f := approval.Form{AgencyID: agency, Kind: kind, GrossFrom: from, GrossTo: to, Steps: s, ValidFrom: day(since), Basis: "SK"}
		if until != "" {
			f.ValidTo = day(until)
		}
		return approval.Rule{ID: uuid.New(), Form: f}
	}
	everywhere := uuid.NullUUID{}
	m := approval.Matrix{
		row(everywhere, approval.Any, 50_000_000, upTo(199_999_999), "2026-01-01", "2026-06-30", steps(access.PPK, access.Head)),
		row(everywhere, approval.Any, 200_000_000, nil, "2026-01-01", "", steps(access.PPK, access.Verifier, access.Head)),
		row(everywhere, approval.Influencer, 50_000_000, nil, "2026-01-01", "", steps(access.Head)),
		row(here, approval.Any, 100_000_000, upTo(150_000_000), "2026-01-01", "", steps(access.Verifier, access.PPK)),
		row(here, approval.Media, 120_000_000, nil, "2026-03-01", "", steps(access.Head, access.PPK)),
	}
	voided := row(here, approval.Media, 0, nil, "2026-01-01", "", steps(access.Head))
	voided.VoidedAt = &voided.CreatedAt
	m = append(m, voided)
	for _, c := range []struct {
		name  string
		kind  approval.Kind
		gross money.Amount
		on    string
		want  string
	}{
		{"no row: the commitment officer", approval.Media, 49_999_999, "2026-02-01", "[ppk]"},
		{"the least amount counts", approval.Media, 50_000_000, "2026-02-01", "[ppk head]"},
		{"the greatest amount counts", approval.Media, 199_999_999, "2026-02-01", "[ppk head]"},
		{"one more is the next row's", approval.Media, 200_000_000, "2026-02-01", "[ppk verifier head]"},
		{"before the first day", approval.Media, 60_000_000, "2025-12-31", "[ppk]"},
		{"the first day", approval.Media, 60_000_000, "2026-01-01", "[ppk head]"},
		{"the last day", approval.Media, 60_000_000, "2026-06-30", "[ppk head]"},
		{"after the last day", approval.Media, 60_000_000, "2026-07-01", "[ppk]"},
		{"its own kind before any", approval.Influencer, 60_000_000, "2026-02-01", "[head]"},
		{"the agency before the government, though its kind is any", approval.Influencer, 110_000_000, "2026-02-01", "[verifier ppk]"},
		{"the agency's kind before its any", approval.Media, 130_000_000, "2026-03-01", "[head ppk]"},
		{"the agency's any before that day", approval.Media, 130_000_000, "2026-02-28", "[verifier ppk]"},
		{"beyond the agency's any", approval.Influencer, 150_000_001, "2026-02-01", "[head]"},
	} {
		got := m.StepsOn(c.kind, c.gross, day(c.on))
		if s := format(got); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

func format(s approval.Steps) string {
	out := "["
	for i, role := range s {
		if i > 0 {
			out += " "
		}
		out += string(role)
	}
	return out + "]"
}

func TestFormIsChecked(t *testing.T) {
	t.Parallel()
	good := approval.Form{Kind: approval.Any, Steps: approval.Alone(), ValidFrom: day("2026-01-01"), Basis: "SK 1/2026"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for at, change := range map[string]func(*approval.Form){
		"/kind":       func(f *approval.Form) { f.Kind = "press" },
		"/gross_from": func(f *approval.Form) { f.GrossFrom = -1 },
		"/gross_to":   func(f *approval.Form) { f.GrossFrom, f.GrossTo = 10, upTo(9) },
		"/steps/1":    func(f *approval.Form) { f.Steps = steps(access.PPK, access.Treasurer) },
		"/valid_from": func(f *approval.Form) { f.ValidFrom = period.Date{} },
		"/valid_to":   func(f *approval.Form) { f.ValidTo = day("2025-12-31") },
		"/basis":      func(f *approval.Form) { f.Basis = "" },
	} {
		f := good
		change(&f)
		got := fault.From(f.Check())
		if len(got.Fields) != 1 || got.Fields[0].Pointer != at {
			t.Errorf("%s: got %+v", at, got.Fields)
		}
	}
	none := good
	none.Steps = nil
	if !fault.Is(none.Check(), "invalid") {
		t.Error("a row without steps says nothing")
	}
}

func TestStepsAreStoredAsAnArray(t *testing.T) {
	t.Parallel()
	for _, s := range []approval.Steps{{}, steps(access.PPK), steps(access.PPK, access.Head, access.PPK)} {
		v, err := s.Value()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := v.(string)
		var back approval.Steps
		if err := back.Scan([]byte(unquoted(text))); err != nil || format(back) != format(s) {
			t.Errorf("%v: %v, %v", s, back, err)
		}
	}
	var s approval.Steps
	if err := s.Scan(7); err == nil {
		t.Error("a number is no array")
	}
}

// unquoted is how PostgreSQL gives an array of plain words.
func unquoted(s string) string {
	out := ""
	for _, r := range s {
		if r != '"' {
			out += string(r)
		}
	}
	return out
}
