package trail

import (
	"reflect"
	"time"
)

// deedMax is how long the writing of one deed's rows takes at most.
const deedMax = 10 * time.Second

// Fold tells a row that was written anew in one deed (taken away and put back under its id, as the lines of a draft are) as
// the change that it is, and leaves out one that came back as it was. Events are newest first.
func Fold(events []Event) (out []Event) {
	gone := map[int]bool{} // by place: told with the event that put the row back
	for i, e := range events {
		if gone[i] {
			continue
		}
		j, there := takenBefore(events, i)
		if !there {
			out = append(out, e)
			continue
		}
		gone[j] = true
		e.Op, e.Old = Update, differing(events[j].Old, e.New)
		if len(e.Old) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// takenBefore finds the event that took away, in the same deed, the row that event i put back.
func takenBefore(events []Event, i int) (int, bool) {
	e := events[i]
	if e.Op != Insert || e.Outside != nil {
		return 0, false
	}
	for j := i + 1; j < len(events); j++ {
		d := events[j]
		if d.Request != e.Request || d.Actor != e.Actor || d.Verb != e.Verb || e.RecordedAt.Sub(d.RecordedAt) > deedMax {
			return 0, false
		}
		if d.Op == Delete && d.Table == e.Table && d.Row == e.Row {
			return j, true
		}
	}
	return 0, false
}

// differing is what the row said before, where it says something else now.
func differing(was, is Image) Image {
	out := Image{}
	for name, old := range was {
		if !reflect.DeepEqual(old, is[name]) {
			out[name] = old
		}
	}
	return out
}
