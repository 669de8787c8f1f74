package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/trail"
)

// storyEvents is a week of an agreement, with a change past the program, newest first.
func storyEvents() trail.Reading {
	at := time.Date(2026, 2, 11, 3, 12, 40, 0, time.UTC)
	person := func(n byte) uuid.NullUUID { return uuid.NullUUID{UUID: storyID(n), Valid: true} }
	row, vendor := storyID(40).String(), storyID(30).String()
	sari := trail.Event{Actor: person(4), ActorName: "Sari Contohwati", ActorEmail: "staff@contoh.go.id"}
	budi := trail.Event{Actor: person(5), ActorName: "Budi Contoh", ActorEmail: "ppk@contoh.go.id"}
	made := func(who trail.Event, seq int64, ago time.Duration, table, id, verb string, op trail.Op, old, now trail.Image) trail.Event {
		who.Seq, who.RecordedAt, who.Table, who.Row, who.Verb, who.Op, who.Old, who.New = seq, at.Add(-ago), table, id, verb, op, old, now
		return who
	}
	image := func(status, title string) trail.Image {
		return trail.Image{
			"id": row, "number": "027/014/SPK/2026", "title": title, "status": status, "vendor_id": vendor, "order_date": "2026-02-10",
			"method": "pengadaan_langsung", "approved_by": storyID(5).String(), "remark": "",
		}
	}
	past := made(trail.Event{Outside: &trail.Origin{Role: "postgres", Program: "psql"}}, 1046, 2*time.Hour, "vendor", vendor, "outside", trail.Update,
		trail.Image{"bank_account_number": "0011223344"}, trail.Image{"legal_name": "PT Kabar Contoh Nusantara", "bank_account_number": "0099887766"})
	refused := made(budi, 1045, 26*time.Hour, "agreement", row, "agreement.approve", trail.Update, trail.Image{"status": "submitted", "remark": ""},
		trail.Image{"number": "027/014/SPK/2026", "status": "rejected", "remark": "Mohon negosiasi ulang."})
	refused.Reason = "Harga satuan advertorial di atas standar harga; mohon negosiasi ulang."
	item := trail.Image{
		"product": "advertorial", "agreement_id": row, "outlet_id": storyID(31).String(), "unit": "artikel", "tax_inclusive": false, "label_required": true,
	}
	operator := trail.Event{Actor: uuid.NullUUID{Valid: true}}
	return trail.Reading{
		Names: trail.Names{
			vendor: {Text: "PT Kabar Contoh Nusantara"}, row: {Text: "027/014/SPK/2026"}, storyID(31).String(): {Text: "KabarContoh.id", Owner: vendor},
			storyID(5).String(): {Text: "Budi Contoh"}, storyID(4).String(): {Text: "Sari Contohwati"},
		},
		Events: []trail.Event{
			made(budi, 1048, 0, "agreement", row, "agreement.approve", trail.Update, trail.Image{"status": "submitted", "approved_by": nil},
				image("active", "Kerja sama publikasi kegiatan pemerintah daerah semester I")),
			made(sari, 1047, time.Hour, "agreement", row, "agreement.write", trail.Update, trail.Image{"title": "Kerja sama publikasi"},
				image("draft", "Kerja sama publikasi kegiatan pemerintah daerah semester I")),
			past, refused,
			made(sari, 1044, 27*time.Hour, "deliverable", storyID(41).String(), "agreement.write", trail.Insert, nil, item),
			made(sari, 1043, 27*time.Hour, "deliverable", storyID(42).String(), "agreement.write", trail.Delete, item, nil),
			made(operator, 1042, 90*time.Hour, "user_account", storyID(5).String(), "user.passwd", trail.Update, trail.Image{"password_hash": "a"},
				trail.Image{"name": "Budi Contoh", "password_hash": "b"}),
			{Seq: 1041, RecordedAt: at.Add(-91 * time.Hour), Table: "agreement", Row: row, Op: trail.Update, Damaged: true, Actor: person(4), ActorName: "Sari Contohwati"},
		},
	}
}

func trailStories(in reader) []story {
	people := []trail.Person{{Email: "ppk@contoh.go.id", Name: "Budi Contoh"}, {Email: "staff@contoh.go.id", Name: "Sari Contohwati"}}
	n, next := int64(1_000_001), "x"
	read := storyEvents()
	read.Total, read.Next = &n, &next
	q := listing.Query{Limit: 50, CountMax: countMax}
	filtered := q.Where("record", storyID(40).String()).Where("from", "2026-02-01").Where("actor", "pensiun@contoh.go.id")
	filtered.Cursor = "x"
	empty := trailList(in, filtered, people, trail.Reading{})
	return []story{
		{Name: "trail", Page: trailList(in, q, people, read)},
		{Name: "trail-record", Page: trailList(in, filtered, people, storyEvents())},
		{Name: "trail-none", Page: empty},
		{Name: "trail-empty", Page: trailList(in, q, nil, trail.Reading{})},
		{Name: "agreement-history", Page: in.withHistory(agreementRecord(in, agreementFacts{Agreement: storyAgreement(agreement.Active), Lines: byID(storyLines())}), storyID(40), read)},
		{Name: "agreement-history-none", Page: in.withHistory(agreementRecord(in, agreementFacts{Agreement: storyAgreement(agreement.Draft), Lines: byID(storyLines())}), storyID(40), trail.Reading{})},
	}
}
