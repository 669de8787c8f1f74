package trail

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

// TestFoldTellsWhatWasWrittenAnewAsAChange: newest first, a row that went and came back in one deed is one change, and
// nothing when it came back as it was.
func TestFoldTellsWhatWasWrittenAnewAsAChange(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 2, 1, 3, 0, 0, 0, time.UTC)
	who := uuid.NullUUID{UUID: uuid.New(), Valid: true}
	seq := int64(100)
	event := func(op Op, row, request string, image Image) Event {
		seq--
		e := Event{Seq: seq, RecordedAt: at, Actor: who, Verb: "agreement.write", Request: request, Table: "deliverable", Row: row, Op: op}
		if op == Delete {
			e.Old = image
		} else {
			e.New = image
		}
		return e
	}
	events := []Event{
		event(Insert, "c", "r2", Image{"product": "banner"}),
		event(Insert, "b", "r2", Image{"product": "spot", "quantity": "2"}),
		event(Insert, "a", "r2", Image{"product": "berita", "quantity": "2"}),
		event(Delete, "b", "r2", Image{"product": "spot", "quantity": "2"}),
		event(Delete, "a", "r2", Image{"product": "berita", "quantity": "1"}),
		event(Delete, "d", "r2", Image{"product": "poster"}),
		event(Insert, "a", "r1", Image{"product": "berita", "quantity": "1"}),
	}
	got := Fold(events)
	if len(got) != 4 {
		t.Fatalf("%+v", got)
	}
	if got[0].Row != "c" || got[0].Op != Insert {
		t.Errorf("a new row is new: %+v", got[0])
	}
	if got[1].Row != "a" || got[1].Op != Update || len(got[1].Old) != 1 || got[1].Old["quantity"] != "1" || got[1].Seq != 97 {
		t.Errorf("what differs is told: %+v", got[1])
	}
	if got[2].Row != "d" || got[2].Op != Delete {
		t.Errorf("what went is gone: %+v", got[2])
	}
	if got[3].Op != Insert {
		t.Errorf("another deed stays as it is: %+v", got[3])
	}
	outside := events[2]
	outside.Outside = &Origin{}
	if got := Fold([]Event{outside, events[4]}); len(got) != 2 {
		t.Errorf("what came past the program is never folded: %+v", got)
	}
}
