package closing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/closing"
	"tayang/app/fault"
	"tayang/app/period"
)

func month(text string) period.Month {
	m, err := period.ParseMonth(text)
	if err != nil {
		panic(err)
	}
	return m
}

// asked are requests for January onwards in the states given.
func asked(states ...closing.Status) (year []closing.Period) {
	for i, s := range states {
		year = append(year, closing.Period{Month: period.FiscalYear(2026).Months()[i], FiscalYear: 2026, Status: s})
	}
	return year
}

func TestRequestNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		r    closing.Request
		want []string
	}{
		"good":        {closing.Request{Month: month("2026-01"), Reason: "a"}, nil},
		"nothing":     {closing.Request{}, []string{"/month required", "/reason required"}},
		"long ago":    {closing.Request{Month: month("1999-12"), Reason: "a"}, []string{"/month date_out_of_range"}},
		"long reason": {closing.Request{Month: month("2026-01"), Reason: strings.Repeat("a", 2001)}, []string{"/reason too_long"}},
	} {
		var got []string
		if err := c.r.Check(); err != nil {
			for _, f := range fault.From(err).Fields {
				got = append(got, f.Pointer+" "+f.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestMonthsAreAskedForWhenTheyAreOverAndInOrder(t *testing.T) {
	t.Parallel()
	const closed, asks, refused, withdrawn = closing.Closed, closing.Requested, closing.Refused, closing.Withdrawn
	for name, c := range map[string]struct {
		month, today string
		year         []closing.Period
		want         string
	}{
		"the first":                       {"2026-01", "2026-02-01", nil, ""},
		"on its last day":                 {"2026-01", "2026-01-31", nil, "month_not_over"},
		"to come":                         {"2026-12", "2026-11-24", nil, "month_not_over"},
		"after one that is closed":        {"2026-02", "2026-03-01", asked(closed), ""},
		"after one that is asked for":     {"2026-02", "2026-03-01", asked(asks), ""},
		"before an open one":              {"2026-02", "2026-03-01", nil, "earlier_month_open"},
		"after one that was refused":      {"2026-02", "2026-03-01", asked(refused), "earlier_month_open"},
		"after one that was withdrawn":    {"2026-02", "2026-03-01", asked(withdrawn), "earlier_month_open"},
		"closed already":                  {"2026-01", "2026-03-01", asked(closed), "duplicate"},
		"asked for already":               {"2026-01", "2026-03-01", asked(asks), "duplicate"},
		"again after a refusal":           {"2026-01", "2026-03-01", asked(refused), ""},
		"another year's months are apart": {"2027-01", "2027-03-01", asked(refused), ""},
	} {
		r := closing.Request{Month: month(c.month), Reason: "a"}
		p, err := r.Period(uuid.New(), time.Time{}, period.MustDate(c.today), c.year)
		if c.want == "" && (err != nil || p.Status != asks) || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestAnotherPersonDecides(t *testing.T) {
	t.Parallel()
	agency := uuid.New()
	who := func(roles ...access.Role) access.Actor {
		a := access.Actor{User: uuid.New()}
		for _, r := range roles {
			a.Grants = append(a.Grants, access.Grant{Role: r, Agency: agency})
		}
		return a
	}
	asker, head := who(access.Treasurer, access.Head), who(access.Head)
	january := closing.Period{AgencyID: agency, Month: month("2026-01"), FiscalYear: 2026, Status: closing.Requested, RequestedBy: asker.User}
	february := january
	february.Month = month("2026-02")
	decided := january
	decided.Status = closing.Closed
	for name, c := range map[string]struct {
		p      closing.Period
		verb   closing.Verb
		by     access.Actor
		remark string
		year   []closing.Period
		want   string
		then   closing.Status
	}{
		"closed by another":         {january, closing.Approve, head, "", nil, "", closing.Closed},
		"not by who asked":          {january, closing.Approve, asker, "", nil, "segregation_of_duties", ""},
		"nor refused by who asked":  {january, closing.Refuse, asker, "a", nil, "segregation_of_duties", ""},
		"not by a verifier":         {january, closing.Approve, who(access.Verifier), "", nil, "forbidden", ""},
		"not by a stranger":         {january, closing.Approve, access.Actor{User: uuid.New()}, "", nil, "not_found", ""},
		"refused with a reason":     {january, closing.Refuse, head, "belum rekon", nil, "", closing.Refused},
		"refused without":           {january, closing.Refuse, head, "", nil, "invalid", ""},
		"withdrawn by who asked":    {january, closing.Withdraw, asker, "", nil, "", closing.Withdrawn},
		"not withdrawn by the head": {january, closing.Withdraw, head, "", nil, "forbidden", ""},
		"decided once":              {decided, closing.Approve, head, "", nil, "wrong_state", ""},
		"not before an earlier one": {february, closing.Approve, head, "", asked(closing.Requested, closing.Requested), "earlier_month_open", ""},
		"after the earlier one":     {february, closing.Approve, head, "", asked(closing.Closed, closing.Requested), "", closing.Closed},
	} {
		p, err := c.p.Move(c.verb, c.by, c.remark, time.Time{}, c.year)
		if c.want != "" && !fault.Is(err, c.want) || c.want == "" && (err != nil || p.Status != c.then) {
			t.Errorf("%s: %s %v, want %q %s", name, p.Status, err, c.want, c.then)
		}
		if by := (uuid.NullUUID{UUID: c.by.User, Valid: true}); c.want == "" && (p.DecidedBy == by) == (c.verb == closing.Withdraw) {
			t.Errorf("%s: decided by %v", name, p.DecidedBy)
		}
	}
}

func TestAMonthIsWhatStandsNow(t *testing.T) {
	t.Parallel()
	m := month("2026-01")
	of := func(states ...closing.Status) (year []closing.Period) {
		for _, s := range states {
			year = append(year, closing.Period{Month: m, Status: s})
		}
		return year
	}
	for name, c := range map[string]struct {
		year []closing.Period
		want closing.Status
	}{
		"nobody asked":          {nil, ""},
		"the last word":         {of(closing.Withdrawn, closing.Refused), closing.Refused},
		"asked for again":       {of(closing.Refused, closing.Requested), closing.Requested},
		"closed, whatever else": {of(closing.Closed, closing.Refused), closing.Closed},
	} {
		if p, ok := closing.OfMonth(c.year, m); p.Status != c.want || ok != (c.want != "") {
			t.Errorf("%s: got %q %v", name, p.Status, ok)
		}
	}
}
