package reports_test

import (
	"bytes"
	"io"
	"iter"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/report"
	"tayang/app/trail"
	"tayang/reports"
)

// smallTrail is a morning of the small office: a change of two fields, one of none that is told, a row that came, one that
// went, a change past the program.
func smallTrail() report.TrailBatch {
	at := time.Date(2026, 3, 2, 2, 30, 0, 0, time.UTC)
	agreement, vendor, budi := id(2, 1).String(), id(6, 1).String(), id(8, 2)
	by := func(seq int64, table, row, verb string, op trail.Op, old, now trail.Image) trail.Event {
		return trail.Event{
			Seq: seq, RecordedAt: at.Add(time.Duration(seq) * time.Minute), Actor: uuid.NullUUID{UUID: budi, Valid: true}, ActorName: "Budi Contoh",
			ActorEmail: "ppk@contoh.go.id", Verb: verb, Request: id(9, int(seq)).String(), Table: table, Row: row, Op: op, Old: old, New: now,
		}
	}
	approved := by(3, "agreement", agreement, "agreement.approve", trail.Update, trail.Image{"status": "submitted", "approved_by": nil},
		trail.Image{"number": "027/01/SPK/2026", "status": "active", "approved_by": budi.String()})
	approved.Reason = "=1+1 sesuai HPS"
	item := trail.Image{"product": "advertorial", "agreement_id": agreement, "tax_inclusive": true, "unit": "artikel"}
	past := by(6, "vendor", vendor, "outside", trail.Update, trail.Image{"bank_account_number": "0011223344"}, trail.Image{"legal_name": "PT Warta Contoh", "bank_account_number": "0099887766"})
	past.Actor, past.ActorName, past.ActorEmail, past.Outside, past.Request = uuid.NullUUID{}, "", "", &trail.Origin{Role: "postgres", Program: "psql"}, ""
	return report.TrailBatch{
		Names: trail.Names{agreement: {Text: "027/01/SPK/2026"}, budi.String(): {Text: "Budi Contoh"}},
		Events: []trail.Event{
			by(1, "vendor", vendor, "trail.begin", trail.Baseline, nil, trail.Image{"legal_name": "PT Warta Contoh", "npwp": "0123456789012345"}),
			by(2, "deliverable", id(10, 1).String(), "agreement.write", trail.Insert, nil, item),
			approved,
			by(4, "deliverable", id(10, 1).String(), "agreement.write", trail.Delete, item, nil),
			by(5, "campaign", id(11, 1).String(), "agreement.write", trail.Update, trail.Image{"version": 1}, trail.Image{"name": "Hari Jadi", "version": 2}),
			past,
		},
	}
}

func trailFigures() report.Figures {
	return report.Figures{
		{Group: "trail", Key: "baseline", Rows: 1}, {Group: "trail", Key: "insert", Rows: 1}, {Group: "trail", Key: "update", Rows: 3},
		{Group: "trail", Key: "delete", Rows: 1}, {Group: "outside", Rows: 1},
	}
}

func trailDocument(t testing.TB, language report.Language, events iter.Seq2[report.TrailBatch, error], figures report.Figures) *report.Document {
	t.Helper()
	h := heading(language, money.IDR)
	h.Kind, h.FiscalYear, h.TrailSeq, h.Record, h.From = report.Trail, 0, 6, id(2, 1).String(), date(t, "2026-03-01")
	doc := report.ComposeTrail(report.TrailSnapshot{Heading: h, Figures: figures, Events: events}, nil)
	doc.MadeFor, doc.Program = "Budi Contoh <auditor@contoh.go.id>", "1.0.0"
	return doc
}

func buildTrail(t testing.TB, doc *report.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (reports.Writer{}).WriteTrail(t.Context(), doc, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTrailInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, language := range []report.Language{report.Indonesian, report.English} {
		doc := trailDocument(t, language, stream([]report.TrailBatch{smallTrail()}), trailFigures())
		workbook := buildTrail(t, doc)
		golden(t, "trail."+string(language)+".txt", dump(t, workbook))
		if len(doc.Differences()) > 0 {
			t.Errorf("%s: %v", language, doc.Differences())
		}
		parts(t, workbook)
	}
	again := func() string {
		return sum(buildTrail(t, trailDocument(t, report.Indonesian, stream([]report.TrailBatch{smallTrail()}), trailFigures())))
	}
	if again() != again() {
		t.Error("the same trail gives other bytes")
	}
}

// TestTrailRecalculates: LibreOffice opens the register, computes every check anew, and they agree; an event that is
// missing is seen.
func TestTrailRecalculates(t *testing.T) {
	t.Parallel()
	batch := smallTrail()
	for name, c := range map[string]struct {
		events []trail.Event
		word   string
	}{"whole": {batch.Events, "agrees"}, "an event lost": {batch.Events[1:], "differs"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := trailDocument(t, report.English, stream([]report.TrailBatch{{Events: c.events, Names: batch.Names}}), trailFigures())
			f := recalculated(t, buildTrail(t, doc))
			rows, err := f.GetRows("Provenance", excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			overall := ""
			for _, row := range rows {
				if len(row) > 4 && row[0] == "All checks below" {
					overall = row[4]
				}
			}
			if overall != c.word {
				t.Errorf("all checks: %q, want %q", overall, c.word)
			}
		})
	}
}

// manyEvents streams n events of one changed field each, in batches.
func manyEvents(n int) iter.Seq2[report.TrailBatch, error] {
	event := smallTrail().Events[2]
	event.Old = trail.Image{"status": "submitted"}
	return func(yield func(report.TrailBatch, error) bool) {
		for i := 0; i < n; i += 500 {
			batch := report.TrailBatch{}
			for range 500 {
				event.Seq++
				batch.Events = append(batch.Events, event)
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

func TestATrailLongerThanASheetIsRefused(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a million rows are not short")
	}
	rows := 0
	var refused error
	for _, err := range trailDocument(t, report.English, manyEvents(1_050_000), nil).Registers[0].Rows {
		if rows++; err != nil {
			refused = err
		}
	}
	const sheet = 1_048_575
	if !fault.Is(refused, "report_too_long") || rows != sheet+1 {
		t.Errorf("%d rows, then %v", rows, refused)
	}
}

// TestALongTrailTakesLittleMemory: a register is written as its events are read.
func TestALongTrailTakesLittleMemory(t *testing.T) {
	var err error
	used, _ := peak(func() {
		err = (reports.Writer{}).WriteTrail(t.Context(), trailDocument(t, report.English, manyEvents(100_000), nil), io.Discard)
	})
	if err != nil || used > 48<<20 {
		t.Errorf("%d MiB for 100,000 rows: %v", used>>20, err)
	}
}
