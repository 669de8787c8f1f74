package budget

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
)

func day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func code(n string) Code { return Code{"2.16.02.2.01." + n, "5.1.02.02.01.0055", "PAD"} }

func document() CreateCommand {
	return CreateCommand{FiscalYear: 2026, Kind: Original, Number: "DPA/1", Date: day("2026-01-02"), Lines: []VersionLine{
		{Code: code("0014"), SubActivityName: "Relasi Media", AccountName: "Belanja Jasa Iklan", Appropriation: 458_805_000},
	}}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*CreateCommand)
		scheme registry.Scheme
		want   []string
	}{
		"good":                {func(*CreateCommand) {}, registry.APBD, nil},
		"signed in advance":   {func(c *CreateCommand) { c.Date = day("2025-12-31") }, registry.APBD, nil},
		"long account code":   {func(c *CreateCommand) { c.Lines[0].AccountCode = "5.1.02.02.001.00055" }, registry.APBD, nil},
		"old account code":    {func(c *CreateCommand) { c.Lines[0].AccountCode = "5.1.2.02.01.055" }, registry.APBD, nil},
		"other year":          {func(c *CreateCommand) { c.Date = day("2027-01-01") }, registry.APBD, []string{"/date outside_fiscal_year"}},
		"no such year":        {func(c *CreateCommand) { c.FiscalYear = 26; c.Date = period.Date{} }, registry.APBD, []string{"/fiscal_year out_of_range", "/date required"}},
		"kind":                {func(c *CreateCommand) { c.Kind = "extra" }, registry.APBD, []string{"/kind unknown_choice"}},
		"number":              {func(c *CreateCommand) { c.Number = "" }, registry.APBD, []string{"/number required"}},
		"no lines":            {func(c *CreateCommand) { c.Lines = nil }, registry.APBD, []string{"/lines required"}},
		"account":             {func(c *CreateCommand) { c.Lines[0].AccountCode = "522191" }, registry.APBD, []string{"/lines/0/account_code bad_code"}},
		"APBN account":        {func(c *CreateCommand) { c.Lines[0].AccountCode, c.Lines[0].SubActivityCode = "522191", "4246.EBA.994" }, registry.APBN, nil},
		"another country's":   {func(c *CreateCommand) { c.Lines[0].AccountCode, c.Lines[0].SubActivityCode = "36101", "R001" }, registry.Other, nil},
		"negative":            {func(c *CreateCommand) { c.Lines[0].Appropriation = -1 }, registry.APBD, []string{"/lines/0/appropriation out_of_range"}},
		"twice":               {func(c *CreateCommand) { c.Lines = append(c.Lines, c.Lines[0]) }, registry.APBD, []string{"/lines/1 duplicate"}},
		"approved":            {func(c *CreateCommand) { c.ApprovalNumber, c.ApprovalDate = " 903/1 ", day("2026-01-02") }, registry.APBD, nil},
		"approval undated":    {func(c *CreateCommand) { c.ApprovalNumber = "903/1" }, registry.APBD, []string{"/approval_date required"}},
		"approval unnumbered": {func(c *CreateCommand) { c.ApprovalDate = day("2026-01-02") }, registry.APBD, []string{"/approval_number required"}},
		"blank names": {
			func(c *CreateCommand) { c.Lines[0].SubActivityName, c.Lines[0].FundSource = " ", "" }, registry.APBD,
			[]string{"/lines/0/sub_activity_name required", "/lines/0/fund_source required"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := document()
			c.change(&cmd)
			var got []string
			if err := cmd.Trimmed().Check(c.scheme); err != nil {
				for _, f := range fault.From(err).Fields {
					got = append(got, f.Pointer+" "+f.Code)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("want %v, got %v", c.want, got)
			}
		})
	}
}

func line(n string, available, committed money.Amount) Line {
	return Line{ID: uuid.NewSHA1(uuid.Nil, []byte(n)), Code: code(n), Available: available, Committed: committed, Appropriation: available + committed}
}

func TestLockBringsEveryLineToItsCeiling(t *testing.T) {
	t.Parallel()
	v := Version{Kind: Revision, Status: Draft, Date: day("2026-07-01"), Lines: []VersionLine{
		{Code: code("0014"), Appropriation: 120}, {Code: code("0015"), Appropriation: 40}, {Code: code("0017"), Appropriation: 50},
	}}
	lines := []Line{line("0014", 60, 40), line("0015", 30, 20), line("0017", 0, 0), line("0019", 15, 0)}
	moves, err := v.Lock(lines)
	if err != nil {
		t.Fatal(err)
	}
	got := map[uuid.UUID]money.Amount{}
	for _, m := range moves {
		if m.From == Appropriation {
			got[m.Line] += m.Amount
		} else {
			got[m.Line] -= m.Amount
		}
	}
	for i, want := range []money.Amount{20, -10, 50, -15} {
		if got[lines[i].ID] != want {
			t.Errorf("line %d: want %d, got %d", i, want, got[lines[i].ID])
		}
	}
	lines[3].Available, lines[3].Reserved = 5, 10
	lines[1].Available, lines[1].Committed = 5, 45
	_, err = v.Lock(lines)
	f := fault.From(err)
	if f.Code != "budget_exceeded" || len(f.Fields) != 2 || f.Fields[0].Pointer != "/lines/1" || f.Fields[1].Pointer != "/lines" {
		t.Errorf("both short lines are named: %v", err)
	}
	v.Status = Locked
	if _, err := v.Lock(lines); !fault.Is(err, "wrong_state") {
		t.Errorf("locked is locked: %v", err)
	}
}

// TestLockNeverTakesWhatIsPromised: whatever the document says, no line falls below its promises and the moves lead
// exactly to the document's figures.
func TestLockNeverTakesWhatIsPromised(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, 1_000)
		var lines []Line
		v := Version{Kind: Shift, Status: Draft}
		for _, n := range []string{"0014", "0015", "0017"} {
			lines = append(lines, line(n, money.Amount(amount.Draw(t, "available")), money.Amount(amount.Draw(t, "committed"))))
			if rapid.Bool().Draw(t, "named") {
				v.Lines = append(v.Lines, VersionLine{Code: code(n), Appropriation: money.Amount(amount.Draw(t, "appropriation"))})
			}
		}
		moves, err := v.Lock(lines)
		if err != nil {
			return
		}
		for i, l := range lines {
			for _, m := range moves {
				if m.Line != l.ID {
					continue
				}
				if m.Amount <= 0 {
					t.Fatalf("an entry moves a positive amount: %+v", m)
				}
				if m.To == Available {
					lines[i].Available += m.Amount
				} else {
					lines[i].Available -= m.Amount
				}
			}
			want := money.Amount(0)
			for _, d := range v.Lines {
				if d.Code == l.Code {
					want = d.Appropriation
				}
			}
			if lines[i].Available < 0 || lines[i].Available+l.Committed != want {
				t.Fatalf("line %s: available %d, committed %d, document %d", l.SubActivityCode, lines[i].Available, l.Committed, want)
			}
		}
	})
}

func TestOrderOfDocuments(t *testing.T) {
	t.Parallel()
	original := Version{Kind: Original, Date: day("2026-01-02"), Number: "DPA/1"}
	shift := Version{Kind: Shift, Date: day("2026-04-01")}
	for _, c := range []struct {
		v      Version
		locked []Version
		want   string
	}{
		{original, nil, ""},
		{shift, nil, "original_missing"},
		{shift, []Version{original}, ""},
		{original, []Version{original}, "original_exists"},
		{Version{Kind: Revision, Date: day("2026-03-01")}, []Version{original, shift}, "version_out_of_order"},
	} {
		err := c.v.Follows(c.locked)
		if c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s of %s: want %q, got %v", c.v.Kind, c.v.Date, c.want, err)
		}
	}
}

func TestAnotherPersonLocksAShift(t *testing.T) {
	t.Parallel()
	author, editor, other := uuid.New(), uuid.New(), uuid.New()
	for _, c := range []struct {
		kind VersionKind
		by   uuid.UUID
		want string
	}{
		{Original, author, ""}, {Original, other, ""}, {Shift, other, ""}, {Revision, other, ""},
		{Shift, author, "segregation_of_duties"}, {Revision, author, "segregation_of_duties"}, {Revision, editor, "segregation_of_duties"},
	} {
		v := Version{Kind: c.kind, CreatedBy: author, RewrittenBy: uuid.NullUUID{UUID: editor, Valid: true}}
		if err := v.Apart(access.Actor{User: c.by}); c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s by %s: got %v, want %q", c.kind, c.by, err, c.want)
		}
	}
}
