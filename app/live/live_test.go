package live

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
)

func post(days int64, kind agreement.ContentType) placement.Placement {
	p := placement.Placement{
		ID: uuid.New(), Status: placement.Verified, Net: 1_000_000, VAT: 110_000, Gross: 1_110_000,
		Publication: placement.Publication{PublishedOn: period.MustDate("2026-06-02"), URL: "https://www.instagram.com/p/Cabc12345/"},
	}
	p.ChannelKind, p.Content = placement.Social, &agreement.Content{Type: kind, MinimumLiveDays: days}
	return p
}

var wib = time.FixedZone("WIB", 7*60*60)

func at(text string) *time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, wib)
	if err != nil {
		panic(err)
	}
	return &t
}

func TestWhatAPageTells(t *testing.T) {
	t.Parallel()
	const article, reel = "https://kabar.contoh.go.id/2026/06/berita", "https://www.instagram.com/reel/Cabc12345/"
	for name, c := range map[string]struct {
		asked string
		saw   capture.Snapshot
		want  Result
	}{
		"an article":            {article, capture.Snapshot{Status: 200, FinalURL: article, Title: "Berita"}, There},
		"not found":             {article, capture.Snapshot{Status: 404, FinalURL: article, Title: "Berita"}, Gone},
		"gone":                  {article, capture.Snapshot{Status: 410, FinalURL: article}, Gone},
		"a broken site":         {article, capture.Snapshot{Status: 503, FinalURL: article}, Unclear},
		"a refusal":             {article, capture.Snapshot{Status: 403, FinalURL: article}, Unclear},
		"the front page":        {article, capture.Snapshot{Status: 200, FinalURL: "https://kabar.contoh.go.id/", Title: "Kabar"}, Unclear},
		"a soft not found":      {article, capture.Snapshot{Status: 200, FinalURL: article, Title: "Halaman tidak ditemukan"}, Unclear},
		"a login":               {reel, capture.Snapshot{Status: 200, FinalURL: "https://www.instagram.com/accounts/login/?next=x", Title: "Login"}, Unclear},
		"a platform's own name": {reel, capture.Snapshot{Status: 200, FinalURL: reel, Title: "Instagram"}, Unclear},
		"a post":                {reel, capture.Snapshot{Status: 200, FinalURL: reel, Title: "Ani on Instagram: stunting"}, There},
	} {
		if got := judge(c.asked, c.saw); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		with func(*placement.Placement)
		want bool
	}{
		"a reel":         {func(*placement.Placement) {}, true},
		"an article":     {func(p *placement.Placement) { p.ChannelKind, p.Content = placement.Online, nil }, true},
		"a paid one":     {func(p *placement.Placement) { p.Status = placement.Paid }, true},
		"a story":        {func(p *placement.Placement) { p.Content.Type = agreement.Story }, false},
		"a printed page": {func(p *placement.Placement) { p.ChannelKind = placement.Print }, false},
		"no address":     {func(p *placement.Placement) { p.URL = "" }, false},
		"a planned one":  {func(p *placement.Placement) { p.Status = placement.Planned }, false},
		"a rejected one": {func(p *placement.Placement) { p.Status = placement.Rejected }, false},
	} {
		p := post(30, agreement.Reel)
		c.with(&p)
		if got := Checkable(p); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestTheMoneyOfWhatIsGone tries days around the end of a period of 30 days, published on 2 June: it ends on 2 July.
func TestTheMoneyOfWhatIsGone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		days    int64
		rule    agreement.Shortfall
		seen    *time.Time
		checked string
		gone    string
		missing int64
		gross   money.Amount // 0: none
		whole   bool
	}{
		"whole unit":                     {30, agreement.PerUnit, at("2026-06-12 10:00"), "2026-07-02 08:00", "", 20, 1_110_000, true},
		"nothing agreed":                 {30, agreement.NoShortfall, nil, "2026-07-02 08:00", "", 30, 1_110_000, true},
		"make good":                      {30, agreement.MakeGood, nil, "2026-07-02 08:00", "", 30, 1_110_000, true},
		"by days":                        {30, agreement.ProRataDays, at("2026-06-12 10:00"), "2026-07-02 08:00", "", 20, 740_000, false},
		"by days, never seen":            {30, agreement.ProRataDays, nil, "2026-06-20 08:00", "", 30, 1_110_000, true},
		"by days, a day stated":          {30, agreement.ProRataDays, at("2026-06-12 10:00"), "2026-07-02 08:00", "2026-06-22", 10, 370_000, false},
		"by days, without a period":      {0, agreement.ProRataDays, at("2026-06-12 10:00"), "2026-07-02 08:00", "", 0, 1_110_000, true},
		"the last day":                   {30, agreement.ProRataDays, at("2026-07-01 23:59"), "2026-07-02 08:00", "", 1, 37_000, false},
		"seen on the last day":           {30, agreement.PerUnit, at("2026-07-02 00:01"), "2026-07-03 08:00", "", 0, 0, false},
		"a night in Jakarta, not in UTC": {30, agreement.PerUnit, at("2026-07-02 01:00"), "2026-07-02 08:00", "", 0, 0, false},
		"stated to have gone after":      {30, agreement.PerUnit, at("2026-06-12 10:00"), "2026-07-05 08:00", "2026-07-04", 0, 0, false},
		"gone after, without evidence":   {30, agreement.PerUnit, at("2026-06-12 10:00"), "2026-08-05 08:00", "", 20, 1_110_000, true},
	} {
		check := Check{ID: uuid.New(), Result: Gone, CheckedAt: at(c.checked)}
		if c.gone != "" {
			check.GoneOn = period.MustDate(c.gone)
		}
		s, ok, err := early(post(c.days, agreement.Reel), Known{c.rule, c.seen}, check, wib)
		if err != nil || ok != (c.gross > 0) {
			t.Errorf("%s: %v, %v: %+v", name, ok, err, s)
			continue
		}
		if ok && (s.Gross != c.gross || s.DaysMissing != c.missing || s.Whole != c.whole || s.Net+s.VAT != s.Gross || s.Status != Open) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestPartsOfAUnit: what is not owed lies between nothing and the whole, its parts sum to it, and so do the days.
func TestPartsOfAUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := post(1, agreement.Reel)
		p.Net = money.Amount(rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "net"))
		p.VAT = money.Amount(rapid.Int64Range(0, int64(p.Net)/8+1).Draw(t, "vat"))
		p.Gross = p.Net + p.VAT
		agreed := rapid.Int64Range(1, 3650).Draw(t, "agreed")
		missing := rapid.Int64Range(0, agreed).Draw(t, "missing")
		net, vat, gross, err := worth(p, agreement.ProRataDays, missing, agreed)
		if err != nil || net+vat != gross || net < 0 || vat < 0 || gross < 0 || net > p.Net || vat > p.VAT || gross > p.Gross {
			t.Fatalf("%d of %d days: %d + %d = %d of %d + %d, %v", missing, agreed, net, vat, gross, p.Net, p.VAT, err)
		}
		if missing == agreed && gross != p.Gross || missing == 0 && gross != 0 {
			t.Fatalf("%d of %d days: %d of %d", missing, agreed, gross, p.Gross)
		}
		if more, _, whole, _ := worth(p, agreement.ProRataDays, min(missing+1, agreed), agreed); more < net || whole < gross {
			t.Fatalf("a day more costs less: %d < %d", whole, gross)
		}
	})
}

func TestAPersonsWord(t *testing.T) {
	t.Parallel()
	p, today := post(30, agreement.Reel), period.MustDate("2026-07-02")
	for name, c := range map[string]struct {
		said Statement
		want string
	}{
		"there":                   {Statement{Result: There, Text: "masih ada"}, ""},
		"gone":                    {Statement{Result: Gone, Text: "hilang", GoneOn: period.MustDate("2026-06-10")}, ""},
		"unclear":                 {Statement{Result: Unclear, Text: "?"}, "/result:unknown_choice"},
		"nothing said":            {Statement{Result: There}, "/statement:required"},
		"there, and a day":        {Statement{Result: There, Text: "x", GoneOn: today}, "/gone_on:only_when_gone"},
		"gone before it was":      {Statement{Result: Gone, Text: "x", GoneOn: period.MustDate("2026-06-01")}, "/gone_on:before"},
		"gone on a day to come":   {Statement{Result: Gone, Text: "x", GoneOn: today.AddDays(1)}, "/gone_on:after"},
		"gone on the day of look": {Statement{Result: Gone, Text: "x", GoneOn: today}, ""},
	} {
		got := ""
		if f := fault.From(c.said.check(p, today)); f != nil && len(f.Fields) == 1 {
			got = f.Fields[0].Pointer + ":" + f.Fields[0].Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestDeedsByState: every deed in every state of a shortfall.
func TestDeedsByState(t *testing.T) {
	t.Parallel()
	now, by := *at("2026-07-03 09:00"), uuid.New()
	allowed := map[ShortfallStatus]string{Open: "decide void", Decided: "void recover"}
	for _, status := range []ShortfallStatus{Open, Decided, Recovered, Voided, Ended} {
		s := Shortfall{Status: status, GoneOn: period.MustDate("2026-07-02")}
		got := ""
		for _, d := range []struct {
			verb string
			do   func() (Shortfall, error)
		}{
			{"decide", func() (Shortfall, error) { return s.Decide("pasal 7", by, now) }},
			{"void", func() (Shortfall, error) { return s.Void("keliru", by, now) }},
			{"recover", func() (Shortfall, error) {
				return s.Recover(Recovery{"STS/1", period.MustDate("2026-07-03")}, period.MustDate("2026-07-03"))
			}},
		} {
			if _, err := d.do(); err == nil {
				got += d.verb + " "
			}
		}
		if want := allowed[status]; got != want && got != want+" " {
			t.Errorf("%s allows %q, want %q", status, got, want)
		}
	}
	if _, err := (Shortfall{Status: Open}).Decide("", by, now); err == nil {
		t.Error("decided without a reason")
	}
}
