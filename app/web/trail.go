package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/trail"
)

// trailPage is the trail of the agency: a list of events instead of rows.
type trailPage struct {
	listPage
	Events []event
}

func (trailPage) template() string { return "trail" }

// event is one change in words.
type event struct {
	Seq      int64
	At       string
	Who      string
	Email    string
	Deed     string
	Kind     string
	Record   string
	Href     string // of the record, or of the one that it belongs to
	Parent   string
	Outside  bool
	Reason   string
	Note     string
	Changes  []trail.Change // of an update: from the old value to the new one
	Contents []trail.Change // of a row that came or went: what it holds
	Gone     bool
	Seal     string // what it is sealed in; only where a record is told whole
	Legal    string // the date of the document, beside the system's time
	Late     bool   // recorded after that date
}

// history is the last part of a record: its newest events and the way to all of them.
type history struct {
	Events []event
	More   string
}

// historyMax is how many events a record shows.
const historyMax = 10

func (in reader) teller(names trail.Names) trail.Teller {
	return trail.Teller{Lang: in.Lang, Currency: in.Agency.Currency, Place: in.Place, Names: names}
}

func (in reader) events(r trail.Reading) []event {
	out := make([]event, 0, len(r.Events))
	teller := in.teller(r.Names)
	for _, e := range r.Events {
		out = append(out, in.event(teller.Tell(e), r.Names))
	}
	return out
}

func (in reader) event(t trail.Told, names trail.Names) event {
	e := event{
		Seq: t.Seq, At: in.teller(nil).Moment(t.RecordedAt), Who: t.Who, Email: t.Email, Deed: t.Deed, Kind: t.Kind, Record: t.Record,
		Href: in.recordOf(t.Event), Outside: t.Outside != nil, Reason: t.Reason,
	}
	if t.Parent != "" {
		e.Parent = in.T("trail.part_of", "record", t.Parent)
	}
	switch {
	case t.Damaged:
		e.Note = in.T("trail.damaged")
	case t.Op != trail.Update:
		e.Contents, e.Gone = t.Changes, t.Op == trail.Delete
	case len(t.Changes) == 0:
		e.Note = in.T("trail.same")
	default:
		e.Changes = t.Changes
	}
	return e
}

// recordOf is the page of the event's record, or of the one that it belongs to; empty when there is none.
func (in reader) recordOf(e trail.Event) string {
	table, id := e.Table, e.Row
	for range 2 { // a snapshot belongs to an account, which has a page
		if href := in.pageOf(table, id); href != "" {
			return href
		}
		if table, id = e.Parent(); id == "" {
			return ""
		}
	}
	return ""
}

func (in reader) pageOf(table, id string) string {
	folder := map[string]string{
		"agreement": "agreements", "placement": "placements", "invoice": "invoices", "payment": "payments", "campaign": "campaigns",
		"budget_version": "budgets", "budget_line": "budget-lines", "override": "overrides", "cash_plan_document": "cash-plans", "debt_recognition": "debt-recognitions",
	}[table]
	switch {
	case uuid.Validate(id) != nil:
		return ""
	case folder != "" && in.Agency.Code != "":
		return in.path(folder, id)
	case table == "vendor":
		return "/vendors/" + id
	case table == "outlet":
		return "/outlets/" + id
	case table == "social_account":
		return "/social-accounts/" + id
	case table == "owner_group":
		return "/owner-groups/" + id
	case table == "cooperation_list":
		return "/cooperation-lists/" + id
	case table == "tier":
		return "/tiers"
	case table == "report_run" && in.Agency.Code != "":
		return in.path("reports")
	}
	return ""
}

// withHistory ends a record with its newest events.
func (in reader) withHistory(p recordPage, record uuid.UUID, r trail.Reading) recordPage {
	h := &history{Events: in.events(r)}
	note := ""
	if in.Agency.Code != "" && in.can(access.Read) {
		h.More = in.path("trail") + "?record=" + record.String()
	}
	if r.Next != nil {
		note = in.T("trail.history.note")
	}
	p.Parts = append(slices.Clip(p.Parts), part{ID: "history", Title: in.T("trail.history"), Note: note, History: h})
	return p
}

// record shows a record with its history.
func (w *Web) record(r *request, p recordPage, id uuid.UUID) (answer, error) {
	agency := r.Agency.Code
	if agency != "" && !r.can(access.Read) {
		agency = ""
	}
	read, err := w.services.Trail.History(r.ctx(), r.Actor, agency, id.String(), historyMax)
	if err != nil {
		return answer{}, err
	}
	return show(r.withHistory(p, id, read))
}

func trailList(in reader, q listing.Query, people []trail.Person, read trail.Reading) trailPage {
	path := in.path("trail")
	p := trailPage{listPage: in.listOf(path, q, nil, in.trailFilters(q, people))}
	p.heading = heading{
		Title: in.T("trail.title"), Subtitle: in.T("trail.subtitle"),
		Actions: []action{{Label: in.T("trail.register"), Icon: "file-spreadsheet", Href: in.path("reports") + "?" + registerOf(q)}},
	}
	p.Hint, p.Sort = in.T("trail.hint"), "" // the order is one of the filters
	p.Events = in.events(read)
	p.Table.Empty.Text = in.T("trail.empty")
	bare := q
	bare.Cursor = ""
	for _, name := range []string{"from", "to", "record"} {
		if v := q.Filters[name]; len(v) == 1 {
			p.Chips = append(p.Chips, chip{in.T("trail."+name) + ": " + in.filtered(name, v[0], p.Events), address(path, without(bare, name))})
		}
	}
	if v := q.Filters["record"]; len(v) == 1 {
		p.Keep = append(p.Keep, box{Name: "record", Value: v[0]})
	}
	p.paged(in, q, read.Total, read.Next)
	return p
}

// filtered is what a filter's value is called: a date as lists write it, a record by what its events call it.
func (in reader) filtered(name, value string, events []event) string {
	if name != "record" {
		if d, err := period.ParseDate(value); err == nil {
			return d.Short()
		}
		return value
	}
	for _, e := range events {
		if e.Parent == "" && strings.HasSuffix(e.Href, "/"+value) {
			return e.Kind + " " + e.Record
		}
	}
	return value
}

// registerOf asks for the register of the same events.
func registerOf(q listing.Query) string {
	v := url.Values{"kind": {"trail"}}
	for from, to := range map[string]string{"from": "from", "to": "to", "record": "record", "actor": "person"} {
		if values := q.Filters[from]; len(values) == 1 {
			v.Set(to, values[0])
		}
	}
	return v.Encode()
}

func (in reader) trailFilters(q listing.Query, people []trail.Person) []filter {
	kinds := filter{Name: "table", Label: in.T("trail.kind")}
	for _, table := range trail.Tables() {
		kinds.Options = append(kinds.Options, option{Value: table, Label: in.T("trail.table." + table)})
	}
	who := filter{Name: "actor", Label: in.T("trail.person")}
	for _, p := range people {
		who.Options = append(who.Options, option{Value: p.Email, Label: p.Name + " · " + p.Email})
	}
	who.Options = append(who.Options, option{Value: trail.Operator, Label: in.T("trail.operator")})
	for _, v := range q.Filters["actor"] { // somebody who has no role here any more
		if !slices.ContainsFunc(who.Options, func(o option) bool { return o.Value == v }) {
			who.Options = append(who.Options, option{Value: v, Label: v})
		}
	}
	order := filter{Name: "sort", Label: in.T("trail.order"), Any: in.T("trail.order.newest"), Options: []option{
		{Value: "seq", Label: in.T("trail.order.oldest"), Selected: sortText(q) == "seq"},
	}}
	date := func(name string) filter {
		f := filter{Name: name, Label: in.T("trail." + name), Date: true}
		if v := q.Filters[name]; len(v) == 1 {
			f.Value = v[0]
		}
		return f
	}
	return []filter{
		kinds, who, {Name: "outside", Label: in.T("trail.where"), Options: in.options("trail.where", "true", "false")},
		date("from"), date("to"), order,
	}
}

func (w *Web) trail(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	asked := q
	if len(q.Sort) == 0 {
		asked.Sort = []listing.Key{{Field: "seq", Desc: true}}
	}
	read, err := w.services.Trail.Read(r.ctx(), r.Actor, r.Agency.Code, asked)
	if err != nil {
		return answer{}, err
	}
	people, err := w.services.Trail.People(r.ctx(), r.Actor, r.Agency.Code)
	if err != nil {
		return answer{}, err
	}
	return show(trailList(r.reader, q, people, read))
}

// Number is the event's number in the trail.
func (e event) Number() string { return "#" + strconv.FormatInt(e.Seq, 10) }
