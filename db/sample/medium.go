package sample

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"

	"tayang/app/airing"
	"tayang/app/file"
	"tayang/app/insight"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/price"
)

// plainReader reads the tables of the story, which have semicolons between their cells.
type plainReader struct{}

// ReadBook reads a table of the story.
func (plainReader) ReadBook(_ string, content io.ReaderAt, size int64) (price.Book, error) {
	text, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return price.Book{}, err
	}
	s := price.Sheet{Name: "CSV"}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		r := price.SheetRow{Number: i + 1}
		for _, c := range strings.Split(line, ";") {
			r.Cells = append(r.Cells, price.Cell{Text: c})
		}
		s.Rows = append(s.Rows, r)
	}
	return price.Book{Sheets: []price.Sheet{s}}, nil
}

// logged is the deal whose station sends a log.
const logged = "teks"

// tellLog has the station of a deal send its log on the day on which most spots are recorded and not yet verified: it shows
// all of them but the last, and one that nobody ordered.
func (r *run) tellLog(parcels []*parcel) {
	if r.key != logged {
		return
	}
	var on period.Date
	var best []*unit
	for d := day("02-01"); !d.After(day("11-16")); d = d.AddDays(1) {
		var open []*unit
		for _, p := range parcels {
			for _, u := range p.units {
				if u.slip.what == "" && !u.entered.IsZero() && p.planned.Before(d) && !u.published.After(d) && !u.scheduled.After(d) && u.verified.After(d) {
					open = append(open, u)
				}
			}
		}
		if workday(d) == d && len(open) > len(best) {
			on, best = d, open
		}
	}
	if len(best) < 2 {
		return
	}
	r.add(on, 15*60, "bring the log", func(ctx context.Context) error { return r.bringLog(ctx, best) })
}

func (r *run) bringLog(ctx context.Context, open []*unit) error {
	outlet := r.agreement.Deliverables[open[0].item].OutletID.UUID
	var text strings.Builder
	text.WriteString("Tanggal;Jam;Durasi;Judul;Program\n")
	row := func(u *unit, at, title string) {
		fmt.Fprintf(&text, "%s;%s;00:30:00;%s;Layanan Publik\n", u.published, at, title)
	}
	for _, u := range open[:len(open)-1] {
		var e placement.Entry
		r.locate(u, &e)
		row(u, e.Slot[:5], u.topic)
	}
	row(open[len(open)-1], "23.40", "Bonus tayang")
	l, err := r.desk.airings.Stage(ctx, r.staff, r.agency, airing.Sending{
		AgreementID: r.agreement.ID, OutletID: outlet, Origin: placement.FromVendor,
		File: file.Sent{Name: "log-siar.csv", Content: bytes.NewReader([]byte(text.String()))},
	})
	if err != nil {
		return err
	}
	if _, err = r.desk.airings.Commit(ctx, r.staff, r.agency, l.ID, nil); err != nil {
		return err
	}
	if _, err = r.desk.airings.Confirm(ctx, r.staff, r.agency, l.ID, nil, nil); err != nil {
		return err
	}
	// An export of the office's own account: nothing of it was ordered, and it is left at that.
	_, err = r.desk.insights.Stage(ctx, r.staff, r.agency, period.Date{}, file.Sent{Name: "konten-instagram.csv", Content: strings.NewReader(
		"Permalink;Publish time;Views;Likes\nhttps://www.instagram.com/p/DContoh0001/;2026-07-01;1250;80\n",
	)})
	return err
}

// tellInsights has the figures of every other post read when they are first due, and of every fourth a week later too.
func (r *run) tellInsights(u *unit) {
	if r.channels[r.items[u.item].channel].kind != placement.Social || u.slip.what != "" || u.no%2 == 1 {
		return
	}
	read := func(after int, of int64) {
		r.add(workday(later(u.published.AddDays(after), u.entered)), 16*60+u.no, "read the figures", func(ctx context.Context) error {
			return r.readFigures(ctx, u, of)
		})
	}
	if read(1, 2); u.no%4 == 0 {
		read(9, 1)
	}
}

// readFigures enters a part of what the post reached in the end.
func (r *run) readFigures(ctx context.Context, u *unit, part int64) error {
	var e placement.Entry
	r.locate(u, &e)
	f := insight.Form{TakenOn: period.DateOf(r.desk.clock.at, r.place)}
	for _, name := range insight.Names() {
		if n, there := e.Metrics[name]; there {
			n /= part
			*f.At(name) = &n
		}
	}
	if f.Empty() || u.placement.ID == uuid.Nil {
		return nil
	}
	_, err := r.desk.insights.Enter(ctx, r.staff, r.agency, u.placement.ID, f)
	return err
}
