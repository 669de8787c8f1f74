package report

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/trail"
)

// TrailRow is one line of the trail's register: of an update one field that changed, of a row that came or went all that
// it holds. So each change can be filtered and counted by its field, and a new row does not fill a screen.
type TrailRow struct {
	ID     string
	First  bool // of its event: what counts events
	Field  string
	Old    string
	New    string
	Told   trail.Told
	Moment time.Time
}

func trailColumns(place *time.Location) []column[TrailRow] {
	text := func(key string, head, meaning Words, source string, value func(*TrailRow) string) column[TrailRow] {
		return of(key, Text, head, meaning, source, func(r *TrailRow) Cell { return textCell(value(r)) })
	}
	return []column[TrailRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Nomor peristiwa dan kolom yang berubah; unik", "Number of the event and the column that changed; unique"},
			"audit_event.seq", func(r *TrailRow) Cell { return textCell(r.ID) }),
		rowNumber[TrailRow](),
		of("seq", Count, Words{"Nomor peristiwa", "Event number"}, Words{"Nomor dalam jejak; nomor yang tidak ada milik pemerintah atau unit lain, atau transaksi yang batal",
			"Number in the trail; a number that is missing belongs to another government or agency, or to a transaction that failed"},
			"audit_event.seq", func(r *TrailRow) Cell { return number(r.Told.Seq) }),
		of("events", Count, Words{"Peristiwa", "Events"}, Words{"1 pada baris pertama tiap peristiwa, selain itu 0: jumlahnya banyaknya peristiwa",
			"1 on the first row of each event, else 0: their sum is the number of events"}, "—",
			func(r *TrailRow) Cell {
				if r.First {
					return number(1)
				}
				return number(0)
			}),
		of("recorded_at", Moment, Words{"Waktu", "Time"}, Words{"Saat perubahan dicatat", "When the change was recorded"}, "audit_event.recorded_at",
			func(r *TrailRow) Cell { return moment(&r.Moment, place) }),
		text("who", Words{"Pelaku", "Person"}, Words{"Siapa yang mengubah: orang, operator, atau peran basis data di luar program",
			"Who changed it: a person, the operator, or a database role outside the program"}, "audit_event.actor_id → user_account.name", func(r *TrailRow) string { return r.Told.Who }),
		of("email", Identifier, Words{"Surel", "E-mail"}, Words{"Alamat surel pelaku", "The person's e-mail address"}, "user_account.email",
			func(r *TrailRow) Cell { return textCell(r.Told.Email) }),
		text("deed", Words{"Kata kerja", "Verb"}, Words{"Apa yang dilakukan", "What was done"}, "audit_event.verb", func(r *TrailRow) string { return r.Told.Deed }),
		text("reason", Words{"Alasan", "Reason"}, Words{"Alasan yang ditulis pelaku", "The reason that the person gave"}, "audit_event.event: reason",
			func(r *TrailRow) string { return r.Told.Reason }),
		text("kind", Words{"Jenis catatan", "Kind of record"}, Words{"Jenis catatan yang berubah", "Kind of the record that changed"}, "audit_event.table_name",
			func(r *TrailRow) string { return r.Told.Kind }),
		text("record", Words{"Catatan", "Record"}, Words{"Nomor atau nama catatan", "Number or name of the record"}, "audit_event.event: new, old",
			func(r *TrailRow) string { return r.Told.Record }),
		text("parent", Words{"Bagian dari", "Part of"}, Words{"Catatan yang memilikinya, bila ada", "The record that it belongs to, if any"}, "audit_event.parent_id",
			func(r *TrailRow) string { return r.Told.Parent }),
		of("op", Term, Words{"Operasi", "Operation"}, Words{"Tambah, ubah, hapus, atau keadaan saat jejak dimulai", "Insert, update, delete, or as it stood when the trail began"},
			"audit_event.op", func(r *TrailRow) Cell { return textCell(string(r.Told.Op)) }),
		text("field", Words{"Kolom", "Field"}, Words{"Kolom yang berubah; kosong bila seluruh isi catatan", "The field that changed; empty for all that the record holds"},
			"audit_event.event: old, new", func(r *TrailRow) string { return r.Field }),
		text("old", Words{"Nilai lama", "Old value"}, Words{"Nilai sebelum perubahan; nomor pribadi hanya empat angka terakhir", "Value before the change; of personal numbers the last four"},
			"audit_event.event: old", func(r *TrailRow) string { return r.Old }),
		text("new", Words{"Nilai baru", "New value"}, Words{"Nilai setelah perubahan; nomor pribadi hanya empat angka terakhir", "Value after the change; of personal numbers the last four"},
			"audit_event.event: new", func(r *TrailRow) string { return r.New }),
		of("outside", Term, Words{"Di luar program", "Outside the program"}, Words{"Apakah diubah tanpa lewat program", "Whether it was changed past the program"},
			"audit_event.outside", func(r *TrailRow) Cell { return yes(r.Told.Outside != nil) }),
		of("row_id", Identifier, Words{"ID baris", "Row ID"}, Words{"Pengenal tetap catatan", "Stable id of the record"}, "audit_event.row_id",
			func(r *TrailRow) Cell { return textCell(r.Told.Row) }),
		of("request_id", Identifier, Words{"ID permintaan", "Request ID"}, Words{"Pengenal permintaan, sama untuk semua perubahan satu perbuatan",
			"Id of the request, the same for all changes of one deed"}, "audit_event.event: request", func(r *TrailRow) Cell { return textCell(r.Told.Request) }),
	}
}

// textCell is text for the cells of this file, in which text makes a column.
func textCell(s string) Cell { return text(s) }

// sheetRowsMax is how many rows a sheet takes below its heads.
const sheetRowsMax = 1_048_575

// trailRows says the events in words, row by row. A trail that is longer than a sheet is the fault report_too_long.
func trailRows(h Heading, batches iter.Seq2[TrailBatch, error]) iter.Seq2[TrailRow, error] {
	teller := trail.Teller{Lang: lang.For(string(h.Language)), Currency: h.Currency, Place: h.Place, Texts: map[string]string{}}
	return func(yield func(TrailRow, error) bool) {
		n := 0
		for batch, err := range batches {
			if err != nil {
				yield(TrailRow{}, err)
				return
			}
			teller.Names = batch.Names
			for _, e := range batch.Events {
				for _, row := range rowsOfEvent(teller.Tell(e)) {
					if n++; n > sheetRowsMax {
						yield(TrailRow{}, fault.New(fault.Invalid, "report_too_long"))
						return
					}
					if !yield(row, nil) {
						return
					}
				}
			}
		}
	}
}

// rowsOfEvent is one row for each field that an update changed; any other event is one row.
func rowsOfEvent(t trail.Told) []TrailRow {
	seq := strconv.FormatInt(t.Seq, 10)
	whole := TrailRow{ID: seq, First: true, Told: t, Moment: t.RecordedAt}
	if t.Op != trail.Update {
		whole.Old, whole.New = contents(t.Changes)
		return []TrailRow{whole}
	}
	if len(t.Changes) == 0 {
		return []TrailRow{whole}
	}
	rows := make([]TrailRow, len(t.Changes))
	for i, c := range t.Changes {
		rows[i] = TrailRow{ID: seq + ":" + c.Column, First: i == 0, Field: c.Label, Old: c.Old, New: c.New, Told: t, Moment: t.RecordedAt}
	}
	return rows
}

// contents writes all values of a row that went and of one that came.
func contents(changes []trail.Change) (old, now string) {
	var gone, come []string
	for _, c := range changes {
		if c.Old != "" {
			gone = append(gone, c.Label+": "+c.Old)
		}
		if c.New != "" {
			come = append(come, c.Label+": "+c.New)
		}
	}
	return strings.Join(gone, "; "), strings.Join(come, "; ")
}

// ComposeTrail makes the document of a register of the trail; seen, which may be nil, hears of every row that is read.
func ComposeTrail(s TrailSnapshot, seen func()) *Document {
	events, outside := sumOf(Events, "events"), sumOf(Events, "events", Match{"outside", "yes"})
	all, _ := s.Figures.all(figTrail)
	section := Section{Title: Words{"Peristiwa", "Events"}, Controls: []Control{
		{Words{"Semua peristiwa", "All events"}, Count, only(events), all, nil},
	}}
	for _, op := range trail.Ops() {
		w := WordsOf(string(op))
		section.Controls = append(section.Controls, Control{
			Words{"Operasi " + w.ID, "Operation " + w.EN}, Count,
			only(sumOf(Events, "events", Match{"op", string(op)})), s.Figures.rows(figTrail, string(op)), nil,
		})
	}
	section.Controls = append(section.Controls, Control{
		Words{"Di luar program", "Outside the program"}, Count, only(outside), s.Figures.rows(figOutside, ""), nil,
	})
	doc := &Document{
		Heading: s.Heading, Sections: []Section{section},
		Populations: []Population{{Events, "events", rowsOf(Events), sumOf(Events, "events")}},
	}
	t := follow(doc.Sections, doc.Populations, seen)
	doc.Registers = []Register{bind(Events, trailColumns(s.Heading.Place), trailRows(s.Heading, s.Events), t)}
	return doc
}
