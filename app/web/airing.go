package web

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/airing"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/placement"
	"tayang/app/tabular"
)

// Airings is what the pages of logs need.
type Airings interface {
	Stage(ctx context.Context, actor access.Actor, agency string, in airing.Sending) (airing.Log, error)
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[airing.Log], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (airing.Log, error)
	Frames(ctx context.Context, actor access.Actor, agency string) ([]airing.Frame, error)
	AiringDeeds
}

// AiringDeeds is what is done with one log.
type AiringDeeds interface {
	Commit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (airing.Log, error)
	Confirm(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, airings []uuid.UUID) (airing.Log, error)
	Match(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, m airing.Matching) (airing.Log, error)
	Unmatch(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, airings []uuid.UUID) (airing.Log, error)
	Void(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (airing.Log, error)
}

func (in reader) logCrumb() link { return link{in.T("airing.title"), in.path("airing-logs")} }

// bringActions leads from an agreement to the files that show its placements: logs of stations and screens, exports of
// platforms.
func (in reader) bringActions(f agreementFacts) (out []action) {
	if !in.can(access.PlacementWrite) || f.Agreement.Status != agreement.Active && f.Agreement.Status != agreement.Completed {
		return nil
	}
	aired, posted := false, false
	for _, p := range f.Chain.Placements {
		switch p.ChannelKind {
		case placement.Radio, placement.TV, placement.Outdoor:
			aired = true
		case placement.Social:
			posted = true
		case placement.Online, placement.Print:
		}
	}
	if aired {
		out = append(out, action{Label: in.T("airing.import"), Icon: "upload", Href: in.path("airing-logs", "new") + "?agreement_id=" + f.Agreement.ID.String()})
	}
	if posted {
		out = append(out, action{Label: in.T("insight.import"), Icon: "upload", Href: in.path("insight-imports", "new")})
	}
	return out
}

func airingLogList(in reader, q listing.Query, page listing.Page[airing.Log]) listPage {
	p := in.listOf(in.path("airing-logs"), q, []column{
		{Label: in.T("field.outlet_id"), Sort: "outlet_name"}, {Label: in.T("field.agreement_id"), Sort: "agreement_number"}, {Label: in.T("airing.days"), Sort: "first_on"},
		{Label: in.T("airing.rows"), Class: "num", Sort: "row_count"}, {Label: in.T("airing.matched"), Class: "num"}, {Label: in.T("airing.confirmed"), Class: "num"},
		{Label: in.T("airing.over"), Class: "num"}, {Label: in.T("field.status"), Sort: "status"},
	}, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("import.status", "staged", "committed", "voided")},
		{Name: "outlet_kind", Label: in.T("agreement.channel"), Options: in.options("outlet.kind", "radio", "tv", "outdoor")},
	})
	p.heading = heading{Title: in.T("airing.title"), Subtitle: in.T("airing.subtitle"), Crumbs: []link{in.placementCrumb()}}
	p.Hint = in.T("airing.hint")
	p.Table.Empty = empty{Text: in.T("airing.empty")}
	if in.can(access.PlacementWrite) {
		bring := action{Label: in.T("airing.import"), Icon: "upload", Href: in.path("airing-logs", "new"), Main: true}
		p.Actions, p.Table.Empty.Action = []action{bring}, &bring
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, l := range page.Items {
		href := in.path("airing-logs", l.ID.String())
		p.Table.add(href, number(l.OutletName, href, l.Filename), text(l.AgreementNumber), text(in.days(l)), in.count(l.RowCount), in.count(l.Matched),
			in.count(l.Confirmed), in.count(l.Over), in.imported(string(l.Status)))
	}
	return p
}

func (in reader) days(l airing.Log) string {
	if l.FirstOn == l.LastOn {
		return in.date(l.FirstOn)
	}
	return in.date(l.FirstOn) + " – " + in.date(l.LastOn)
}

// imported shows the state of a file that was brought.
func (in reader) imported(status string) cell {
	st := stateOf("import_" + status)
	return cell{Text: in.T("import.status." + status), State: &st}
}

// logForm brings the log of a station or a screen.
func logForm(in reader, frames []airing.Frame, agreement string) formPage {
	options := []option{{Label: in.T("form.choose")}}
	for _, f := range frames {
		options = append(options, option{
			Value: f.AgreementID.String() + " " + f.OutletID.String(), Label: f.AgreementNumber + " · " + f.OutletName, Selected: agreement == f.AgreementID.String(),
		})
	}
	target := in.choice("target", true, options)
	target.Label, target.Wide, target.Help, target.Also = in.T("airing.target"), true, in.T("airing.help.target"), []string{"agreement_id", "outlet_id"}
	upload := in.upload(true, priceLists)
	upload.Wide, upload.Help = true, in.T("airing.help.file")
	p := formPage{
		heading: heading{Title: in.T("airing.import"), Crumbs: []link{in.placementCrumb(), in.logCrumb()}}, Action: in.path("airing-logs"), Back: in.path("airing-logs"),
		Multipart: true, Intro: in.T("airing.intro"),
		Groups:  []group{{Fields: []field{target, in.choice("origin", true, in.options("proof.origin", "vendor", "staff")), upload}}},
		Buttons: []button{{Label: in.T("price.preview"), Main: true, Icon: "eye"}},
	}
	if len(frames) == 0 {
		p.Intro = in.T("airing.none")
	}
	return p
}

// logRecord is one log: what it tells, what is wrong with it, and which spots its rows show.
func logRecord(in reader, l airing.Log) recordPage {
	here := in.path("airing-logs", l.ID.String())
	state := in.imported(string(l.Status))
	p := recordPage{heading: heading{
		Title: in.T("airing.of", "outlet", l.OutletName), Subtitle: l.Filename,
		Crumbs: []link{in.placementCrumb(), in.logCrumb(), {l.AgreementNumber, in.path("agreements", l.AgreementID.String())}},
	}, State: &state, Figures: []figure{
		{in.T("airing.rows"), in.Number(l.RowCount), ""}, {in.T("airing.matched"), in.Number(l.Matched), ""}, {in.T("airing.confirmed"), in.Number(l.Confirmed), ""},
		{in.T("airing.over"), in.Number(l.Over), ""}, {in.T("airing.missed"), in.Number(int64(len(l.Missed))), ""}, {in.T("price.count.wrong"), in.Number(l.Wrong), ""},
	}}
	if l.VoidReason != "" {
		p.Warn = in.T("record.reason", "reason", l.VoidReason)
	}
	writes := in.can(access.PlacementWrite)
	if writes && l.Status != airing.Voided {
		p.Actions = append(p.Actions, action{Label: in.T("airing.void"), Icon: "ban", Href: here + "/void", Danger: true})
	}
	p.Parts = []part{{ID: "log", Title: in.T("airing.file"), Note: in.T("airing.note." + string(l.Status)), Facts: in.logFacts(l)}}
	if writes && l.Status == airing.Staged && l.Wrong == 0 {
		p.Parts = append(p.Parts, in.taking(here+"/commit", "airing.commit", l.Version))
	}
	if len(l.Complaints) > 0 {
		t := in.unreadable(l.Complaints)
		p.Parts = append(p.Parts, part{ID: "wrong-rows", Title: in.T("price.count.wrong"), Note: in.T("airing.wrong", "n", l.Wrong), Table: &t})
	}
	open := writes && l.Status == airing.Committed
	p.Parts = append(p.Parts, in.airingParts(l, open)...)
	return p
}

// taking is the part of a page at which a file that was looked at is taken.
func (in reader) taking(path, does string, version int64) part {
	return part{ID: "commit", Title: in.T(does), Form: &formPage{
		Action: path, Hidden: []box{version64(version)}, Buttons: []button{{Label: in.T(does), Main: true, Icon: "check", Key: "s"}},
	}}
}

func (in reader) logFacts(l airing.Log) []fact {
	return []fact{
		{in.T("field.outlet_id"), to(l.OutletName, "/outlets/"+l.OutletID.String())}, {in.T("field.agreement_id"), to(l.AgreementNumber, in.path("agreements", l.AgreementID.String()))},
		{in.T("field.origin"), text(in.T("proof.origin." + string(l.Origin)))}, {in.T("airing.days"), text(in.days(l))},
		{in.T("field.file"), cell{Text: l.Filename, Sub: "SHA-256 " + l.File, Href: "/files/" + l.File}}, {in.T("field.created_at"), text(in.moment(l.CreatedAt))},
	}
}

// unreadable are the rows of a file that cannot be taken: where, and how to mend it.
func (in reader) unreadable(all []tabular.Complaint) table {
	t := table{ID: "complaints", Columns: []column{{Label: in.T("price.row"), Class: "num"}, {Label: in.T("price.column")}, {Label: in.T("price.remedy")}}}
	for _, c := range all {
		t.add("", in.count(int64(c.Row)), text(orDash(c.Column)), text(in.FieldMessage(c.Refusal(), money.IDR)))
	}
	return t
}

// airingParts are the rows by what they show: proposed, confirmed, nothing; and the spots that none shows.
func (in reader) airingParts(l airing.Log, open bool) (out []part) {
	here := in.path("airing-logs", l.ID.String())
	var proposed, confirmed, over, remarked []airing.Airing
	for _, a := range l.Rows {
		switch {
		case a.ConfirmedAt != nil:
			confirmed = append(confirmed, a)
		case a.PlacementID.Valid:
			proposed = append(proposed, a)
		case len(a.Remarks) > 0:
			remarked = append(remarked, a)
		default:
			over = append(over, a)
		}
	}
	choosing := func(id, title, note, path, does string, rows []airing.Airing, deed bool) {
		if len(rows) == 0 {
			return
		}
		p := part{ID: id, Title: in.T(title), Note: in.T(note)}
		t := in.airingRows(id+"-rows", rows, deed)
		if p.Table = &t; deed {
			p.Table, p.Form = nil, &formPage{Action: here + path, Hidden: []box{version64(l.Version)}, Tables: []table{t}, Buttons: []button{{Label: in.T(does), Main: id == "proposed", Icon: "check"}}}
		}
		out = append(out, p)
	}
	choosing("proposed", "airing.proposed", "airing.proposed.note", "/confirm", "airing.confirm", proposed, open)
	choosing("confirmed", "airing.confirmed", "airing.confirmed.note", "/unmatch", "airing.unmatch", confirmed, open)
	choosing("over", "airing.over", "airing.over.note", "", "", over, false)
	choosing("remarked", "airing.remarked", "airing.remarked.note", "", "", remarked, false)
	if len(l.Missed) > 0 {
		t := in.spots(l.Missed)
		out = append(out, part{ID: "missed", Title: in.T("airing.missed"), Note: in.T("airing.missed.note"), Table: &t})
	}
	if free := append(over, remarked...); open && len(l.Missed) > 0 && len(free) > 0 {
		form := matchForm(in, l, free)
		out = append(out, part{ID: "match", Title: in.T("airing.match"), Note: in.T("airing.match.note"), Form: &form})
	}
	return out
}

func (in reader) airingRows(id string, rows []airing.Airing, choose bool) table {
	t := table{ID: id, Checks: choose, Columns: []column{
		{Label: in.T("price.row"), Class: "num"}, {Label: in.T("airing.aired")}, {Label: in.T("field.title")}, {Label: in.T("airing.programme")},
		{Label: in.T("airing.seconds"), Class: "num"}, {Label: in.T("airing.spot")}, {Label: in.T("airing.remarks")},
	}}
	for _, a := range rows {
		var words []string
		for _, r := range a.Remarks {
			words = append(words, in.T("airing.remark."+string(r)))
		}
		spot := text("–")
		if a.PlacementID.Valid {
			spot = to(a.Placement, in.path("placements", a.PlacementID.UUID.String()))
		}
		t.add("", in.count(a.Row), two(in.date(a.AiredOn), a.AiredAt), two(orDash(a.Title), a.Station), text(orDash(a.Programme)), in.count(a.Seconds), spot, text(orDash(strings.Join(words, "; "))))
		if choose {
			t.Rows[len(t.Rows)-1].Check = &box{Name: "airing_ids", Value: a.ID.String(), Label: in.airingName(a), Checked: a.ConfirmedAt == nil}
		}
	}
	return t
}

func (in reader) airingName(a airing.Airing) string {
	return in.date(a.AiredOn) + " " + a.AiredAt + " " + orDash(a.Title)
}

func (in reader) spots(all []airing.Spot) table {
	t := table{ID: "missed-rows", Columns: []column{{Label: in.T("field.title")}, {Label: in.T("field.scheduled_on"), Class: "date"}, {Label: in.T("field.slot")}, {Label: in.T("field.status")}}}
	for _, s := range all {
		href := in.path("placements", s.ID.String())
		t.add(href, number(s.Title, href, s.Product), in.day(s.ScheduledOn), text(orDash(s.Slot)), in.status(string(s.Status)))
	}
	return t
}

// matchForm says by hand which spot a row shows.
func matchForm(in reader, l airing.Log, free []airing.Airing) formPage {
	row, spot := in.choice("airing_id", true, []option{{Label: in.T("form.choose")}}), in.choice("placement_id", true, []option{{Label: in.T("form.choose")}})
	row.Label, spot.Label = in.T("airing.row"), in.T("airing.spot")
	for _, a := range free {
		if a.Counts() {
			row.Options = append(row.Options, option{Value: a.ID.String(), Label: in.airingName(a)})
		}
	}
	for _, s := range l.Missed {
		spot.Options = append(spot.Options, option{Value: s.ID.String(), Label: in.date(s.ScheduledOn) + " · " + s.Title})
	}
	return formPage{
		Action: in.path("airing-logs", l.ID.String(), "match"), Hidden: []box{version64(l.Version)}, Groups: []group{{Fields: []field{row, spot}}},
		Buttons: []button{{Label: in.T("airing.match"), Icon: "check"}},
	}
}

// voidLogForm asks why a log is void.
func voidLogForm(in reader, l airing.Log) formPage {
	here := in.path("airing-logs", l.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("airing.void"), Subtitle: l.OutletName + " · " + l.Filename, Crumbs: []link{in.placementCrumb(), in.logCrumb()}}, Action: here + "/void", Back: here,
		Intro: in.T("airing.void_intro"), Facts: in.logFacts(l), Hidden: []box{version64(l.Version)}, Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("airing.void"), Danger: true, Icon: "ban"}},
	}
}
