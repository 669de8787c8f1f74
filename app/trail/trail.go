// Package trail reads the trail of changes: what an event is, who may see which, and how one is said in words (who, when,
// what was done to which record, each field from its old value to its new one). Events are written by the database alone;
// sealing and proving them is no business of this package, nor are pages, sheets and SQL.
package trail

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// Op says what happened to a row.
type Op string

// The operations. Baseline is the image of a row that was there before the trail began.
const (
	Baseline Op = "baseline"
	Insert   Op = "insert"
	Update   Op = "update"
	Delete   Op = "delete"
)

// Ops lists every operation.
func Ops() []Op { return []Op{Insert, Update, Delete, Baseline} }

// Image is a row as JSON: values by column, numbers as they were written.
type Image map[string]any

// Origin is who came past the program: the role of the database and the program that it was told.
type Origin struct {
	Role    string `json:"role"`
	Program string `json:"program"`
}

// Event is one change of one row. Old holds of an update only what differs, New the whole row; Insert has no Old, Delete
// no New. An event without an actor was made outside the program; the operator at the command line is the zero UUID.
type Event struct {
	Seq        int64
	RecordedAt time.Time
	Actor      uuid.NullUUID
	ActorName  string
	ActorEmail string
	ActorLink  string // of a vendor who came through a link: his name and what the link was for
	Verb       string
	Reason     string
	Request    string
	Table      string
	Row        string
	Op         Op
	Outside    *Origin
	Old        Image
	New        Image
	Damaged    bool // the stored text cannot be read; what stands beside it is all there is
}

// Stored is an event as it is kept: the columns that it is found by, its exact text, and who the actor is today.
type Stored struct {
	Seq        int64         `db:"seq"`
	RecordedAt time.Time     `db:"recorded_at"`
	Actor      uuid.NullUUID `db:"actor_id"`
	Verb       string        `db:"verb"`
	Table      string        `db:"table_name"`
	Row        string        `db:"row_id"`
	Op         Op            `db:"op"`
	Outside    bool          `db:"outside"`
	Text       string        `db:"event"`
	Name       string        `db:"actor_name"`
	Email      string        `db:"actor_email"`
	Link       string        `db:"actor_link"`
}

// Event reads the stored text. What the text says counts; the columns serve where it cannot be read.
func (s Stored) Event() Event {
	e := Event{
		Seq: s.Seq, RecordedAt: s.RecordedAt, Actor: s.Actor, ActorName: s.Name, ActorEmail: s.Email, ActorLink: s.Link, Verb: s.Verb,
		Table: s.Table, Row: s.Row, Op: s.Op,
	}
	if s.Outside {
		e.Outside = &Origin{}
	}
	var text struct {
		Reason  string  `json:"reason"`
		Request string  `json:"request"`
		Verb    string  `json:"verb"`
		Table   string  `json:"table"`
		Row     string  `json:"row"`
		Op      Op      `json:"op"`
		Old     Image   `json:"old"`
		New     Image   `json:"new"`
		Outside *Origin `json:"outside"`
	}
	d := json.NewDecoder(bytes.NewReader([]byte(s.Text)))
	d.UseNumber()
	if err := d.Decode(&text); err != nil {
		e.Damaged = true
		return e
	}
	e.Reason, e.Request, e.Verb, e.Table, e.Row, e.Op = text.Reason, text.Request, text.Verb, text.Table, text.Row, text.Op
	e.Old, e.New, e.Outside = text.Old, text.New, text.Outside
	return e
}

// Image is the row that the event leaves, or the one that it took away.
func (e Event) Image() Image {
	if e.New != nil {
		return e.New
	}
	return e.Old
}

// ByOperator reports whether the change was made at the command line.
func (e Event) ByOperator() bool { return e.Actor.Valid && e.Actor.UUID == uuid.Nil }

// Operator is how the person at the command line is named in filters and answers.
const Operator = "operator"

// ByLink begins the name of a vendor who came through a link, in filters and answers; the link's id follows.
const ByLink = "link:"

// Entry is an event as programs read it. Personal identifiers are masked to their last four characters, secrets are
// never there.
type Entry struct {
	Seq        int64         `json:"seq"`
	RecordedAt time.Time     `json:"recorded_at"`
	Actor      string        `json:"actor" doc:"e-mail address; operator for the command line; link: and its id for a vendor who came through one; empty outside the program"`
	ActorID    uuid.NullUUID `json:"actor_id"`
	Verb       string        `json:"verb"`
	Reason     string        `json:"reason"`
	RequestID  string        `json:"request_id"`
	Table      string        `json:"table"`
	RowID      string        `json:"row_id"`
	Op         Op            `json:"op"`
	Outside    bool          `json:"outside" doc:"made past the program"`
	Origin     *Origin       `json:"origin,omitempty" doc:"who came past the program"`
	Old        Image         `json:"old" nullable:"true" doc:"of an update only what differs"`
	New        Image         `json:"new" nullable:"true" doc:"the whole row"`
}

// Entry is the event for programs.
func (e Event) Entry() Entry {
	out := Entry{
		Seq: e.Seq, RecordedAt: e.RecordedAt.UTC(), Actor: e.ActorEmail, ActorID: e.Actor, Verb: e.Verb, Reason: e.Reason, RequestID: e.Request,
		Table: e.Table, RowID: e.Row, Op: e.Op, Outside: e.Outside != nil, Origin: e.Outside,
		Old: masked(e.Table, e.Old), New: masked(e.Table, e.New),
	}
	if e.ByOperator() {
		out.Actor = Operator
	}
	if e.ActorLink != "" {
		out.Actor = ByLink + e.Actor.UUID.String()
	}
	return out
}
