package trail

import (
	"reflect"
	"slices"
	"strings"
)

// Told is an event in words.
type Told struct {
	Event
	Who     string // the person's name, or what stands for one
	Email   string
	Deed    string // what was done: "Perjanjian disetujui"
	Kind    string // of record: "Perjanjian"
	Record  string // its number or name
	Parent  string // the record that it belongs to, in words, when it has no page of its own
	Done    string // what happened to the row: "ubah"
	Changes []Change
}

// Change is one field from its old value to its new one; "" is nothing.
type Change struct {
	Column string
	Label  string
	Old    string
	New    string
}

// Tell says an event in words.
func (t Teller) Tell(e Event) Told {
	out := Told{
		Event: e, Kind: t.Kind(e.Table), Record: t.record(e), Done: t.find("trail.op." + string(e.Op)), Changes: t.changes(e),
	}
	out.Who, out.Email = t.who(e)
	out.Deed = t.deed(e)
	if tableName, id := e.Parent(); id != "" {
		out.Parent = t.Kind(tableName) + " " + t.named(id)
	}
	return out
}

// Kind is the kind of record in words.
func (t Teller) Kind(tableName string) string { return t.word("trail.table", tableName) }

func (t Teller) who(e Event) (name, email string) {
	switch {
	case e.Outside != nil:
		return t.T("trail.outside.who", "role", orUnknown(e.Outside.Role), "program", orUnknown(e.Outside.Program)), ""
	case e.ByOperator():
		return t.find("trail.operator"), ""
	case e.ActorLink != "":
		return t.T("trail.by_link", "link", e.ActorLink), ""
	case e.ActorName != "":
		return e.ActorName, e.ActorEmail
	case e.Actor.Valid:
		return short(e.Actor.UUID.String()), ""
	}
	return unseen, ""
}

func orUnknown(s string) string {
	if s == "" {
		return "?"
	}
	return s
}

// deed is what was done, in words: by the state that the record came to, else by the act that did it.
func (t Teller) deed(e Event) string {
	what := t.Kind(e.Table)
	if e.Outside != nil {
		return t.T("trail.outside."+string(e.Op), "what", what)
	}
	keys := []string{}
	switch e.Op {
	case Update:
		if _, moved := e.Old["status"]; moved {
			status, _ := e.New["status"].(string)
			keys = append(keys, "trail.became."+e.Table+"."+status)
		}
		keys = append(keys, "trail.verb."+e.Verb)
	case Insert:
		kind, _ := e.New["kind"].(string)
		if verdict, decided := e.New["verdict"].(string); decided {
			kind = verdict
		}
		keys = append(keys, "trail.made."+e.Table+"."+kind, "trail.made."+e.Table)
	case Delete, Baseline:
	}
	if text := t.find(keys...); text != "" {
		return text
	}
	return t.T("trail.did."+string(e.Op), "what", what)
}

// record is what the row is called, out of its own image.
func (t Teller) record(e Event) string {
	desc, image := tables()[e.Table], e.Image()
	var parts []string
	for _, name := range desc.name {
		c, _ := desc.column(name)
		if s := t.value(c, image[name]); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return short(e.Row)
	}
	return strings.Join(parts, " · ")
}

// changes are the fields that differ, or of a row that came or went all that it holds.
func (t Teller) changes(e Event) (out []Change) {
	desc := tables()[e.Table]
	for _, name := range e.touched() {
		c, _ := desc.column(name)
		if c.form == hidden {
			continue
		}
		change := Change{Column: name, Label: t.label(e.Table, name), Old: t.value(c, e.Old[name]), New: t.value(c, e.New[name])}
		if c.form == secret && e.Op == Update {
			change.Old, change.New = unseen, t.T("trail.replaced")
		}
		if e.Op != Update && change.Old == "" && change.New == "" {
			continue
		}
		out = append(out, change)
	}
	slices.SortStableFunc(out, func(a, b Change) int { return place(desc, a.Column) - place(desc, b.Column) })
	return out
}

// touched are the columns that an event is about, in alphabetical order.
func (e Event) touched() (out []string) {
	if e.Op == Update {
		for name, old := range e.Old {
			if !reflect.DeepEqual(old, e.New[name]) {
				out = append(out, name)
			}
		}
	} else {
		for name := range e.Image() {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// place puts the state first, then what the record is called by.
func place(desc table, name string) int {
	if name == "status" {
		return -1
	}
	if i := slices.Index(desc.name, name); i >= 0 {
		return i
	}
	return len(desc.name)
}

// label is a column's name in words: that of its table, else that of every table, else the form's field.
func (t Teller) label(tableName, name string) string {
	if text := t.find("trail.field."+tableName+"."+name, "trail.field."+name, "field."+name, "metric."+name); text != "" {
		return text
	}
	return name
}

// Labelled reports whether the column has a name in words.
func (t Teller) Labelled(tableName, name string) bool {
	return t.label(tableName, name) != name || t.Has("trail.field."+name) || t.Has("field."+name)
}
