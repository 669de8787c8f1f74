package insight

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/price"
)

func day(text string) period.Date { return period.MustDate(text) }
func n(v int64) *int64            { return &v }

func TestAReadingIsForTheDayThatFits(t *testing.T) {
	t.Parallel()
	s := Subject{Status: "paid", PublishedOn: day("2026-03-02"), Due: Days{1, 7, 30}}
	var known []Insight
	for _, c := range []struct {
		on        string
		day, late int64
	}{
		{"2026-03-02", 1, 0}, {"2026-03-05", 0, 0}, {"2026-03-08", 7, 0}, {"2026-03-20", 0, 0}, {"2026-04-10", 30, 9}, {"2026-04-11", 0, 0},
	} {
		got, err := s.Read(Form{TakenOn: day(c.on), Figures: Figures{Reach: n(1)}}, known, day("2026-12-01"))
		if err != nil || got.DueDay != c.day || got.LateDays != c.late {
			t.Errorf("%s: %v D+%d, %d late", c.on, err, got.DueDay, got.LateDays)
		}
		known = append(known, got)
	}
	for name, c := range map[string]struct {
		form Form
		want string
	}{
		"nothing":      {Form{}, "/taken_on required, /reach figures_missing"},
		"before":       {Form{TakenOn: day("2026-03-01"), Figures: Figures{Reach: n(1)}}, "/taken_on before"},
		"to come":      {Form{TakenOn: day("2027-03-01"), Figures: Figures{Reach: n(-1)}}, "/taken_on in_future, /reach out_of_range"},
		"the same day": {Form{TakenOn: day("2026-03-08"), Figures: Figures{Reach: n(1)}}, "/taken_on insight_known"},
		"no such day":  {Form{TakenOn: day("2026-03-09"), DueDay: n(3), Figures: Figures{Reach: n(1)}}, "/due_day not_due"},
		"a taken day":  {Form{TakenOn: day("2026-03-09"), DueDay: n(7), Figures: Figures{Reach: n(1)}}, "/due_day due_day_taken"},
	} {
		_, err := s.Read(c.form, known, day("2026-12-01"))
		var got []string
		for _, f := range fault.From(err).Fields {
			got = append(got, f.Pointer+" "+f.Code)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if _, err := (Subject{Status: "planned"}).Read(Form{}, nil, day("2026-12-01")); !fault.Is(err, "wrong_state") {
		t.Error(err)
	}
}

func TestWhatWasDue(t *testing.T) {
	t.Parallel()
	told := func(all []Due) (out []string) {
		for _, d := range all {
			out = append(out, fmt.Sprintf("%d %s %d", d.Day, d.State, d.LateDays))
		}
		return out
	}
	due, on := Days{1, 7, 30}, day("2026-03-02")
	for _, c := range []struct {
		today   string
		known   []Insight
		undated bool
		want    []string
	}{
		{"2026-03-02", nil, false, []string{"1 later 0", "7 later 0", "30 later 0"}},
		{"2026-03-03", nil, false, []string{"1 due 0", "7 later 0", "30 later 0"}},
		{"2026-03-12", nil, false, []string{"1 missing 9", "7 missing 3", "30 later 0"}},
		{"2026-03-12", nil, true, []string{"1 undated 0", "7 missing 3", "30 later 0"}},
		{"2026-03-12", []Insight{{DueDay: 7, LateDays: 2}}, true, []string{"1 missing 9", "7 taken 2", "30 later 0"}},
	} {
		if diff := cmp.Diff(c.want, told(Agenda(due, on, day(c.today), c.known, c.undated))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.today, diff)
		}
	}
}

func TestFiguresThatFall(t *testing.T) {
	t.Parallel()
	falls := Falls([]Insight{
		{TakenOn: day("2026-03-09"), Figures: Figures{Reach: n(90), Likes: n(5)}}, {TakenOn: day("2026-03-03"), Figures: Figures{Reach: n(100), Views: n(7)}},
		{TakenOn: day("2026-04-01"), Figures: Figures{Reach: n(95), Views: n(7), Likes: n(5)}},
	})
	if want := []Fall{{"reach", 100, 90, day("2026-03-03"), day("2026-03-09")}}; !slices.Equal(falls, want) {
		t.Errorf("%+v", falls)
	}
}

func lines(text string) price.Book {
	s := price.Sheet{}
	for i, line := range strings.Split(text, "\n") {
		r := price.SheetRow{Number: i + 1}
		for _, c := range strings.Split(line, "|") {
			r.Cells = append(r.Cells, price.Cell{Text: c})
		}
		s.Rows = append(s.Rows, r)
	}
	return price.Book{Sheets: []price.Sheet{s}}
}

func TestExportsAreKnownByTheirHeads(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"instagram": {
			"Post ID|Account ID|Account username|Description|Duration (sec)|Publish time|Permalink|Post type|Date|Views|Reach|Likes|Shares|Follows|Comments|Saves\n" +
				"1802|1|contoh|Reel|30|03/02/2026|https://www.instagram.com/reel/DAbc123xyz/|IG reel|Lifetime|2400|1700|75|3|0|4|2",
			"meta 2 instagram.com/p/DAbc123xyz reach=1700 views=2400 likes=75 comments=4 shares=3 saves=2",
		},
		"in Indonesian": {
			"ID Postingan|Deskripsi|Waktu publikasi|Tautan permanen|Tayangan|Jangkauan|Suka|Komentar|Dibagikan|Disimpan\n1|x|y|https://facebook.com/contoh/posts/123456|10|9|8|7|6|5",
			"meta 2 facebook.com/posts/123456 reach=9 views=10 likes=8 comments=7 shares=6 saves=5",
		},
		"tiktok": {
			"Time|Video title|Video link|Post time|Total likes|Total comments|Total shares|Total views\n1|x|https://www.tiktok.com/@contoh/video/7300000000000000001|2 Mar|8|7|6|1.234",
			"tiktok 2 tiktok.com/embed/7300000000000000001 views=1234 likes=8 comments=7 shares=6",
		},
		"youtube": {
			"Content|Video title|Video publish time|Views|Watch time (hours)|Impressions|Likes|Comments added|Shares\nTotal|||9|1|9|9|9|9\ndQw4w9WgXcQ|x|2 Mar|9|1.5|20|3|2|1",
			"youtube 3 youtube.com/watch?v=dQw4w9WgXcQ views=9 likes=3 comments=2 shares=1 impressions=20",
		},
		"x": {
			"Post id|Date|Post text|Post Link|Impressions|Likes|Engagements|Bookmarks|Shares|Replies|Reposts\n1900000000000000001|d|x|https://x.com/contoh/status/1900000000000000001|100|9|9|2|1|4|5",
			"x 2 x.com/i/web/status/1900000000000000001 likes=9 comments=4 shares=5 saves=2 impressions=100",
		},
		"another":     {"Nama|Alamat\na|b", "export_unknown"},
		"a profile":   {"Permalink|Publish time|Likes\nhttps://instagram.com/contoh|x|1", "meta 2  likes=1"},
		"no number":   {"Permalink|Publish time|Likes\nhttps://instagram.com/p/DAbc123xyz|x|banyak", "meta 2 instagram.com/p/DAbc123xyz likes:not_whole"},
		"no post":     {"Permalink|Publish time|Likes\n|x|1", "meta"},
		"only a head": {"Permalink|Publish time|Likes", "no_rows"},
	} {
		got := ""
		sheet, err := ReadExport(lines(c.text))
		if err != nil {
			got = fault.From(err).Fields[0].Code
		} else {
			got = sheet.Platform
		}
		for _, r := range sheet.Rows {
			got += fmt.Sprintf(" %d %s", r.Number, r.Address)
			for _, name := range Names() {
				if v, there := r.Figures.Of(name); there {
					got += fmt.Sprintf(" %s=%d", name, v)
				}
			}
			for _, w := range r.Complaints {
				got += " " + w.Field + ":" + w.Code
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
