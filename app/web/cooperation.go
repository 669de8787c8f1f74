package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

func (in reader) cooperationCrumb() link { return link{in.T("nav.cooperation"), "/cooperation-lists"} }

// cooperationLists is every list of cooperating media, newest year first.
func cooperationLists(in reader, q listing.Query, page listing.Page[registry.CooperationList]) listPage {
	p := in.listOf("/cooperation-lists", q, []column{
		{Label: in.T("cooperation.decree"), Sort: "number"},
		{Label: in.T("field.fiscal_year"), Sort: "fiscal_year"},
		{Label: in.T("field.date"), Class: "date", Sort: "date"},
		{Label: in.T("field.agency_id")},
		{Label: in.T("cooperation.members"), Class: "num"},
		{Label: in.T("field.status")},
	}, []filter{{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()}})
	p.heading = heading{Title: in.T("nav.cooperation"), Subtitle: in.T("cooperation.subtitle")}
	p.Hint = in.T("cooperation.hint")
	p.Table.Empty = empty{Text: in.T("cooperation.empty")}
	if in.writesRegistry() {
		enter := action{Label: in.T("cooperation.enter"), Icon: "plus", Href: "/cooperation-lists/new", Main: true}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, l := range page.Items {
		href := "/cooperation-lists/" + l.ID.String()
		p.Table.add(href, number(l.Number, href, l.Basis), text(strconv.Itoa(l.FiscalYear)), in.day(l.Date), text(in.listOwner(l.AgencyCode)), in.count(l.Members), in.voided(l.VoidedAt != nil, l.VoidReason))
	}
	return p
}

// listOwner names the agency that a row is for.
func (in reader) listOwner(agencyCode string) string {
	if agencyCode == "" {
		return in.T("rule.everybody")
	}
	return agencyCode
}

func (in reader) voided(void bool, reason string) cell {
	if void {
		return two(in.T("rule.voided"), reason)
	}
	return text(in.T("cooperation.in_force"))
}

// cooperationFacts is a list, and what may be put on it.
type cooperationFacts struct {
	List     registry.CooperationList
	Outlets  []registry.Outlet
	Accounts []registry.SocialAccount
}

func cooperationRecord(in reader, f cooperationFacts) recordPage {
	l := f.List
	here := "/cooperation-lists/" + l.ID.String()
	p := recordPage{heading: heading{Title: l.Number, Subtitle: in.T("cooperation.of", "year", strconv.Itoa(l.FiscalYear)), Crumbs: []link{in.cooperationCrumb()}}}
	if l.VoidedAt != nil {
		p.Warn = in.T("record.reason", "reason", l.VoidReason)
	}
	writes := in.writesRegistry() && l.VoidedAt == nil
	t := &table{ID: "entry-rows", Empty: empty{Text: in.T("cooperation.nobody")}, Columns: []column{
		{Label: in.T("agreement.channel")}, {Label: in.T("field.vendor_id")}, {Label: in.T("cooperation.since")}, {Label: in.T("field.status")},
	}}
	for _, e := range l.Entries {
		state := in.voided(e.VoidedAt != nil, e.VoidReason)
		if e.VoidedAt == nil && writes {
			state = to(in.T("cooperation.remove"), here+"/entries/"+e.ID.String()+"/void")
		}
		t.add("", text(in.channelName(e.Channel)), to(e.VendorName, "/vendors/"+e.VendorID.String()), text(in.moment(e.CreatedAt)), state)
	}
	p.Parts = []part{
		{ID: "decree", Title: in.T("cooperation.decree"), Facts: []fact{
			{in.T("field.number"), text(l.Number)}, {in.T("field.date"), text(in.date(l.Date))}, {in.T("field.basis"), text(l.Basis)},
			{in.T("field.fiscal_year"), text(strconv.Itoa(l.FiscalYear))}, {in.T("field.agency_id"), text(in.listOwner(l.AgencyCode))},
		}},
		{ID: "entries", Title: in.T("cooperation.entries"), Note: in.T("cooperation.entries.note"), Table: t},
	}
	if writes {
		p.Actions = []action{{Label: in.T("rule.void"), Icon: "x", Href: here + "/void", Danger: true}}
		form := memberForm(in, f)
		p.Parts = append(p.Parts, part{ID: "add", Title: in.T("cooperation.add"), Form: &form})
	}
	return p
}

// memberForm puts a medium on the list that is not there yet.
func memberForm(in reader, f cooperationFacts) formPage {
	there := func(id uuid.UUID) bool {
		return slices.ContainsFunc(f.List.Entries, func(e registry.CooperationEntry) bool {
			return e.VoidedAt == nil && (e.OutletID.UUID == id || e.SocialAccountID.UUID == id)
		})
	}
	choices := choices{
		Outlets:  slices.DeleteFunc(slices.Clone(f.Outlets), func(o registry.Outlet) bool { return there(o.ID) }),
		Accounts: slices.DeleteFunc(slices.Clone(f.Accounts), func(a registry.SocialAccount) bool { return there(a.ID) }),
	}
	channel := in.choice("channel", true, in.channels(choices))
	channel.Label, channel.Also = in.T("agreement.channel"), []string{"outlet_id", "social_account_id"}
	return formPage{
		Action: "/cooperation-lists/" + f.List.ID.String() + "/entries", Groups: []group{{Fields: []field{channel}}},
		Buttons: []button{{Label: in.T("cooperation.add"), Main: true, Icon: "plus"}},
	}
}

func cooperationForm(in reader) formPage {
	year := in.choice("fiscal_year", true, in.years())
	for i := range year.Options {
		year.Options[i].Selected = year.Options[i].Value == strconv.Itoa(in.today().Year())
	}
	agency := in.choice("agency_id", false, []option{{Label: in.T("rule.everybody")}})
	for _, a := range in.Agencies {
		agency.Options = append(agency.Options, option{Value: a.ID.String(), Label: a.Name})
	}
	basis := in.input("basis", "text", true)
	basis.Wide, basis.Help = true, in.T("cooperation.help.basis")
	return formPage{
		heading: heading{Title: in.T("cooperation.enter"), Crumbs: []link{in.cooperationCrumb()}},
		Action:  "/cooperation-lists", Back: "/cooperation-lists", Guard: true,
		Groups:  []group{{Fields: []field{year, in.input("number", "text", true), in.input("date", "date", true), agency, basis}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// cooperationVoid takes a list, or a medium off it.
func cooperationVoid(in reader, l registry.CooperationList, e *registry.CooperationEntry) formPage {
	here := "/cooperation-lists/" + l.ID.String()
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	p := formPage{
		heading: heading{Title: in.T("cooperation.void.title", "number", l.Number), Crumbs: []link{in.cooperationCrumb(), {l.Number, here}}},
		Action:  here + "/void", Back: here, Intro: in.T("cooperation.void.intro"), Hidden: []box{version64(l.Version)},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("rule.void.button"), Danger: true, Icon: "x"}},
	}
	if e != nil {
		p.Title, p.Intro = in.T("cooperation.remove.title", "name", in.channelName(e.Channel)), in.T("cooperation.remove.intro")
		p.Action, p.Back, p.Hidden = here+"/entries/"+e.ID.String()+"/void", here+"#entries", []box{version64(e.Version)}
		p.Buttons[0].Label = in.T("cooperation.remove")
	}
	return p
}

func (w *Web) cooperations(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Cooperation.List(r.ctx(), r.Actor, q)
	if err != nil {
		return answer{}, err
	}
	return show(cooperationLists(r.reader, q, page))
}

func (w *Web) newCooperation(r *request) (answer, error) { return show(cooperationForm(r.reader)) }

func (w *Web) createCooperation(r *request) (answer, error) {
	t := r.typed()
	f := registry.CooperationForm{
		FiscalYear: int(t.whole("fiscal_year")), Number: t.text("number"), Date: t.date("date"), Basis: t.text("basis"), AgencyID: t.uuidOr("agency_id"),
	}
	err := t.err(f.Trimmed().Check())
	var l registry.CooperationList
	if err == nil {
		l, err = w.services.Cooperation.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(cooperationForm(r.reader), err)
	}
	return done("/cooperation-lists/"+l.ID.String(), "flash.saved", "what", l.Number)
}

// cooperationOf fetches the list that the address names, with all that may be put on it.
func (w *Web) cooperationOf(r *request) (f cooperationFacts, err error) {
	id, err := r.id("id")
	if err != nil {
		return f, err
	}
	if f.List, err = w.services.Cooperation.Get(r.ctx(), r.Actor, id); err != nil || !r.writesRegistry() {
		return f, err
	}
	outlets, err := w.services.Outlets.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return f, err
	}
	accounts, err := w.services.Accounts.List(r.ctx(), r.Actor, listing.All())
	f.Outlets, f.Accounts = outlets.Items, accounts.Items
	return f, err
}

func (w *Web) cooperation(r *request) (answer, error) {
	f, err := w.cooperationOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, cooperationRecord(r.reader, f), f.List.ID)
}

func (w *Web) addMember(r *request) (answer, error) {
	f, err := w.cooperationOf(r)
	if err != nil {
		return answer{}, err
	}
	var m registry.CooperationMember
	kind, id, _ := strings.Cut(r.typed().text("channel"), ":")
	if parsed, err := uuid.Parse(id); err == nil && kind == "outlet" {
		m.OutletID = uuid.NullUUID{UUID: parsed, Valid: true}
	} else if err == nil {
		m.SocialAccountID = uuid.NullUUID{UUID: parsed, Valid: true}
	}
	if _, err = w.services.Cooperation.Add(r.ctx(), r.Actor, f.List.ID, m); err != nil {
		wrong, ok := isFault(err)
		if !ok {
			return answer{}, err
		}
		form := memberForm(r.reader, f)
		form.fill(r.typed().get)
		form.mark(r.reader, wrong)
		p := cooperationRecord(r.reader, f)
		for i := range p.Parts {
			if p.Parts[i].ID == "add" {
				p.Parts[i].Form = &form
			}
		}
		return answer{page: p, status: statusOf(wrong.Kind)}, nil
	}
	return done("/cooperation-lists/"+f.List.ID.String()+"#entries", "flash.saved", "what", f.List.Number)
}

// entryOf fetches the list, and the entry that the address names, if it names any.
func (w *Web) entryOf(r *request) (l registry.CooperationList, e *registry.CooperationEntry, err error) {
	id, below, err := r.below()
	if err != nil {
		return l, nil, err
	}
	if l, err = w.services.Cooperation.Get(r.ctx(), r.Actor, id); err != nil || below == uuid.Nil {
		return l, nil, err
	}
	found, ok := l.Entry(below)
	if !ok {
		return l, nil, fault.Missing()
	}
	return l, &found, nil
}

func (w *Web) askVoidCooperation(r *request) (answer, error) {
	l, e, err := w.entryOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(cooperationVoid(r.reader, l, e))
}

func (w *Web) voidCooperation(r *request) (answer, error) {
	l, e, err := w.entryOf(r)
	if err != nil {
		return answer{}, err
	}
	cmd := registry.Removal{Expected: r.expected(), Reason: r.typed().text("reason")}
	if e == nil {
		_, err = w.services.Cooperation.Void(r.ctx(), r.Actor, l.ID, cmd)
	} else {
		_, err = w.services.Cooperation.Remove(r.ctx(), r.Actor, l.ID, e.ID, cmd)
	}
	if err != nil {
		return r.refusedVoid(cooperationVoid(r.reader, l, e), err)
	}
	if e != nil {
		return done("/cooperation-lists/"+l.ID.String()+"#entries", "flash.cooperation.removed", "what", e.Channel)
	}
	return done("/cooperation-lists", "flash.rule.voided", "what", l.Number)
}
