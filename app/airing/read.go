package airing

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/app/tabular"
)

// wordsMax bounds a text of a row, in characters; more is cut.
const wordsMax = 300

// columns are those of a log, in Indonesian and English.
func columns() tabular.Kind {
	return tabular.Kind{Name: "log", Columns: []tabular.Column{
		{Field: "date", Required: true, Heads: []string{"tanggal", "tanggal siar", "tanggal tayang", "tgl", "tgl siar", "tgl tayang", "date", "air date", "play date", "broadcast date"}},
		{Field: "time", Required: true, Heads: []string{"jam", "waktu", "jam siar", "jam tayang", "waktu siar", "waktu tayang", "pukul", "time", "air time", "start time", "actual time", "play time", "mulai"}},
		{Field: "title", Heads: []string{"judul", "materi", "versi", "versi spot", "judul spot", "judul materi", "materi iklan", "nama iklan", "judul iklan", "spot", "title", "spot title", "material", "copy", "version", "content", "konten"}},
		{Field: "programme", Heads: []string{"program", "acara", "mata acara", "nama program", "programa", "programme", "show", "slot", "break"}},
		{Field: "seconds", Heads: []string{"durasi", "durasi detik", "durasi dtk", "panjang", "lama", "duration", "duration sec", "duration seconds", "length", "dur"}},
		{Field: "station", Heads: []string{"stasiun", "nama stasiun", "radio", "televisi", "tv", "channel", "kanal", "station", "media", "layar", "lokasi", "screen", "site"}},
	}}
}

// Sheet is a log that was read: its rows, and what is wrong with the others.
type Sheet struct {
	Rows       []Airing
	Wrong      int64 // rows
	Complaints []tabular.Complaint
}

// Read reads a log. zone is how the office's time zone is called. Fault: Invalid about /file when it has no such columns or
// nothing below them.
func Read(b price.Book, zone string) (out Sheet, err error) {
	t, err := tabular.Find(b, columns())
	if err != nil {
		return out, err
	}
	for _, r := range t.Rows {
		if t.Blank(r, "date", "time") && (t.Text(r, "date") != "" || t.Blank(r, "title", "seconds")) {
			continue // blank, a total or a signature below, or the heads once more
		}
		a, wrong := readRow(t, r, zone)
		if len(wrong) > 0 {
			out.Wrong++
			out.Complaints = append(out.Complaints, wrong[:min(len(wrong), max(0, shownMax-len(out.Complaints)))]...)
			continue
		}
		out.Rows = append(out.Rows, a)
	}
	if len(out.Rows) == 0 && out.Wrong == 0 {
		var wrong fault.Fields
		wrong.Add("/file", "no_rows")
		return out, wrong.Err()
	}
	return out, nil
}

func readRow(t tabular.Table, r price.SheetRow, zone string) (a Airing, out []tabular.Complaint) {
	for _, c := range columns().Columns {
		if t.Cell(r, c.Field).Formula {
			out = append(out, t.Complain(r, c.Field, "formula", nil))
		}
	}
	if len(out) > 0 {
		return a, out
	}
	a = Airing{Row: int64(r.Number), Programme: cut(t.Text(r, "programme")), Title: cut(t.Text(r, "title")), Station: cut(t.Text(r, "station")), Remarks: Remarks{}}
	complain := func(field, code string) {
		if code != "" {
			out = append(out, t.Complain(r, field, code, fault.Args{"found": cut(t.Text(r, field)), "zone": zone}))
		}
	}
	var code string
	a.AiredOn, code = tabular.Day(t.Cell(r, "date"))
	complain("date", code)
	seconds, code := tabular.Clock(t.Cell(r, "time"), zone)
	a.AiredAt = clockText(seconds)
	complain("time", code)
	if t.Text(r, "seconds") != "" {
		seconds, code = tabular.Seconds(t.Cell(r, "seconds"))
		a.Seconds = int64(seconds)
		complain("seconds", code)
	}
	return a, out
}

func cut(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)), " ")
	if utf8.RuneCountInString(s) > wordsMax {
		s = string([]rune(s)[:wordsMax])
	}
	return s
}

// remark notes what is notable about the rows under their order; known are the airings that other logs tell of already.
func remark(rows []Airing, f Frame, spots []Spot, known []Airing) {
	seen := map[string]Remark{}
	for _, k := range known {
		seen[k.Key()] = KnownBefore
	}
	term := period.Range{From: f.StartDate, To: f.EndDate}
	least := int64(0)
	for _, s := range spots {
		if n := s.seconds(); n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	for i := range rows {
		a := &rows[i]
		a.Remarks = Remarks{}
		note := func(is bool, r Remark) {
			if is {
				a.Remarks = append(a.Remarks, r)
			}
		}
		note(!term.Contains(a.AiredOn), OutsideTerm)
		note(a.Seconds > 0 && a.Seconds < least, Short)
		note(a.Station != "" && !sameStation(a.Station, f.OutletName), OtherStation)
		before, twice := seen[a.Key()]
		note(twice, before)
		if !twice {
			seen[a.Key()] = Repeated
		}
	}
}

// sameStation reports whether one name has all words of the other, but for words that many stations have.
func sameStation(a, b string) bool {
	one, two := stationWords(a), stationWords(b)
	if len(one) == 0 || len(two) == 0 {
		return true // nothing to compare
	}
	within := func(a, b []string) bool {
		return !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
	}
	return within(one, two) || within(two, one)
}

func stationWords(name string) (out []string) {
	common := []string{"radio", "fm", "am", "tv", "televisi", "stasiun", "station", "pt", "lpp", "lppl", "mhz", "khz", "videotron", "layar", "led"}
	for _, w := range strings.Fields(tabular.Key(name)) {
		if !slices.Contains(common, w) && strings.Trim(w, "0123456789") != "" {
			out = append(out, w)
		}
	}
	return out
}
