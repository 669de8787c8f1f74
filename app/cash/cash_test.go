package cash_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/cash"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

var first, second = uuid.New(), uuid.New()

func command() cash.Command {
	return cash.Command{FiscalYear: 2026, Number: "SPD/1", Date: period.MustDate("2026-01-05"), Lines: []cash.Line{{BudgetLineID: first, Month: 1, Amount: 100}}}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*cash.Command)
		want   []string
	}{
		"good":              {func(*cash.Command) {}, nil},
		"signed in advance": {func(c *cash.Command) { c.Date = period.MustDate("2025-12-31") }, nil},
		"nothing":           {func(c *cash.Command) { c.Lines[0].Amount = 0 }, nil},
		"other year":        {func(c *cash.Command) { c.Date = period.MustDate("2027-01-01") }, []string{"/date outside_fiscal_year"}},
		"no date":           {func(c *cash.Command) { c.Date = period.Date{} }, []string{"/date required"}},
		"no such year":      {func(c *cash.Command) { c.FiscalYear, c.Date = 1, period.Date{} }, []string{"/fiscal_year out_of_range", "/date required"}},
		"number":            {func(c *cash.Command) { c.Number = " " }, []string{"/number required"}},
		"long number":       {func(c *cash.Command) { c.Number = strings.Repeat("9", 61) }, []string{"/number too_long"}},
		"no lines":          {func(c *cash.Command) { c.Lines = nil }, []string{"/lines required"}},
		"too many lines":    {func(c *cash.Command) { c.Lines = make([]cash.Line, 12_001) }, []string{"/lines too_many"}},
		"no line":           {func(c *cash.Command) { c.Lines[0].BudgetLineID = uuid.Nil }, []string{"/lines/0/budget_line_id required"}},
		"month 13":          {func(c *cash.Command) { c.Lines[0].Month = 13 }, []string{"/lines/0/month out_of_range"}},
		"month 0":           {func(c *cash.Command) { c.Lines[0].Month = 0 }, []string{"/lines/0/month out_of_range"}},
		"negative":          {func(c *cash.Command) { c.Lines[0].Amount = -1 }, []string{"/lines/0/amount out_of_range"}},
		"twice":             {func(c *cash.Command) { c.Lines = append(c.Lines, c.Lines[0]) }, []string{"/lines/1 duplicate"}},
	} {
		cmd := command()
		c.change(&cmd)
		if got := complaints(cmd.Trimmed().Check()); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	if got := complaints(command().Fit([]budget.Line{{ID: second}})); !slices.Equal(got, []string{"/lines/0/budget_line_id not_found"}) {
		t.Errorf("another agency's line: %v", got)
	}
}

func complaints(err error) (out []string) {
	if err == nil {
		return nil
	}
	for _, f := range fault.From(err).Fields {
		out = append(out, f.Pointer+" "+f.Code)
	}
	return out
}

func TestAPlanLiesBetweenRealisedAndCeiling(t *testing.T) {
	t.Parallel()
	lines := []budget.Line{{ID: first, Appropriation: 1000, Realised: 300}, {ID: second, Appropriation: 500}}
	of := func(id uuid.UUID, month int, amount money.Amount) cash.Line {
		return cash.Line{BudgetLineID: id, Month: month, Amount: amount}
	}
	for name, c := range map[string]struct {
		inForce, document []cash.Line
		want              []string
	}{
		"first plan":               {nil, []cash.Line{of(first, 1, 600), of(first, 2, 400)}, nil},
		"exactly what is realised": {nil, []cash.Line{of(first, 1, 300)}, nil},
		"one more than the line":   {nil, []cash.Line{of(first, 1, 600), of(first, 2, 401)}, []string{"/lines/0 above_ceiling"}},
		"less than realised":       {nil, []cash.Line{of(first, 1, 299)}, []string{"/lines/0 below_realised"}},
		"with what is in force":    {[]cash.Line{of(first, 3, 900)}, []cash.Line{of(first, 1, 101)}, []string{"/lines/0 above_ceiling"}},
		"in place of it":           {[]cash.Line{of(first, 1, 900)}, []cash.Line{of(first, 1, 101), of(first, 2, 199)}, nil},
		"each line once":           {nil, []cash.Line{of(second, 1, 300), of(first, 1, 1), of(second, 2, 300)}, []string{"/lines/0 above_ceiling", "/lines/1 below_realised"}},
	} {
		err := cash.Plan{Status: cash.Draft, Lines: c.document}.Lock(c.inForce, lines)
		if got := complaints(err); !slices.Equal(got, c.want) || err != nil && !fault.Is(err, "cash_plan_out_of_bounds") {
			t.Errorf("%s: got %v %v, want %v", name, err, got, c.want)
		}
	}
	if err := (cash.Plan{Status: cash.Locked}).Lock(nil, lines); !fault.Is(err, "wrong_state") {
		t.Errorf("locked twice: %v", err)
	}
	author, editor := uuid.New(), uuid.New()
	p := cash.Plan{CreatedBy: author, RewrittenBy: uuid.NullUUID{UUID: editor, Valid: true}}
	for who, want := range map[uuid.UUID]bool{author: false, editor: false, uuid.New(): true} {
		if err := p.Apart(access.Actor{User: who}); (err == nil) != want {
			t.Errorf("%v", err)
		}
	}
}

func TestSuggestionSumsToTheCeiling(t *testing.T) {
	t.Parallel()
	lines := []budget.Line{{ID: first, Appropriation: 1001}, {ID: second, Appropriation: 500}}
	got := map[uuid.UUID]money.Amount{}
	suggested := cash.Suggest(lines, []cash.Line{{BudgetLineID: second, Month: 4, Amount: 77}})
	for _, l := range suggested {
		got[l.BudgetLineID] += l.Amount
	}
	if len(suggested) != 24 || got[first] != 1001 || got[second] != 77 || suggested[11].Amount != 88 {
		t.Errorf("got %v %v", got, suggested)
	}
}
