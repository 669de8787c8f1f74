package web

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/owner"
	"tayang/app/registry"
)

func ownerGroupForm(in reader, id string, version int64) formPage {
	owners, source, note := in.input("owners", "textarea", false), in.input("source", "text", false), in.input("note", "textarea", false)
	owners.Wide, owners.Help, source.Wide, note.Wide = true, in.T("owner.help.owners"), true, true
	p := formPage{
		heading: heading{Title: in.T("owner.enter"), Crumbs: in.ownerCrumbs()}, Action: "/owner-groups", Back: "/owner-groups", Guard: true, Multipart: true,
		Groups: []group{{Fields: []field{
			in.input("name", "text", true), owners, source, in.input("since", "date", false), in.input("until", "date", false), note, in.upload(false, papers),
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Back, p.Hidden = in.T("owner.edit"), "/owner-groups/"+id, "/owner-groups/"+id, []box{version64(version)}
	}
	return p
}

func ownerGroupValues(f owner.Form) func(string) string {
	values := map[string]string{"name": f.Name, "owners": f.Owners, "source": f.Source, "note": f.Note, "since": f.Since.String(), "until": f.Until.String()}
	return func(name string) string { return values[name] }
}

// ownerGroupTyped reads the form; without a new file the old one stays.
func (w *Web) ownerGroupTyped(r *request, old string) (owner.Form, error) {
	t := r.typed()
	f := owner.Form{
		Name: t.text("name"), Owners: t.text("owners"), Source: t.text("source"), Note: t.text("note"), Since: t.date("since"), Until: t.date("until"), File: old,
	}
	if err := t.err(f.Trimmed().Check()); err != nil {
		return f, err
	}
	kept, err := w.keep(r)
	if fault.Is(err, "file_absent") {
		return f, nil
	}
	f.File = kept.SHA256
	return f, err
}

func (w *Web) newOwnerGroup(r *request) (answer, error) { return show(ownerGroupForm(r.reader, "", 0)) }

func (w *Web) createOwnerGroup(r *request) (answer, error) {
	f, err := w.ownerGroupTyped(r, "")
	var g owner.Group
	if err == nil {
		g, err = w.services.Owners.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(ownerGroupForm(r.reader, "", 0), err)
	}
	return done("/owner-groups/"+g.ID.String(), "flash.saved", "what", g.Name)
}

func (w *Web) editOwnerGroup(r *request) (answer, error) {
	g, _, err := w.ownerGroupOf(r)
	if err != nil {
		return answer{}, err
	}
	p := ownerGroupForm(r.reader, g.ID.String(), g.Version)
	p.fill(ownerGroupValues(g.Form))
	return show(p)
}

func (w *Web) changeOwnerGroup(r *request) (answer, error) {
	g, _, err := w.ownerGroupOf(r)
	if err != nil {
		return answer{}, err
	}
	f, err := w.ownerGroupTyped(r, g.File)
	if err == nil {
		_, err = w.services.Owners.Change(r.ctx(), r.Actor, g.ID, r.expected(), become(f))
	}
	if err != nil {
		return r.refused(ownerGroupForm(r.reader, g.ID.String(), r.version(err, g.Version)), err)
	}
	return done("/owner-groups/"+g.ID.String(), "flash.saved", "what", f.Name)
}

// ownerMemberForm puts an outlet or a vendor into a group.
func ownerMemberForm(in reader, g owner.Group, outlets []registry.Outlet, vendors []registry.Vendor) formPage {
	here := "/owner-groups/" + g.ID.String()
	who := in.choice("member_id", true, []option{{Label: in.T("form.choose")}})
	for _, o := range outlets {
		who.Options = append(who.Options, option{Value: "outlet:" + o.ID.String(), Label: o.Name + " (" + in.T("owner.kind.outlet") + " · " + o.VendorName + ")"})
	}
	for _, v := range vendors {
		who.Options = append(who.Options, option{Value: "vendor:" + v.ID.String(), Label: v.LegalName + " (" + in.T("owner.kind.vendor") + ")"})
	}
	who.Help, who.Also = in.T("owner.help.member"), []string{"outlet_id", "vendor_id"}
	source := in.input("source", "text", false)
	source.Wide = true
	return formPage{
		heading: heading{Title: in.T("owner.member.enter"), Subtitle: g.Name, Crumbs: append(in.ownerCrumbs(), link{g.Name, here})},
		Action:  here + "/members", Back: here, Multipart: true,
		Groups: []group{{Fields: []field{
			who, in.input("since", "date", true), in.input("until", "date", false), source, in.upload(false, papers),
		}}},
		Buttons: []button{{Label: in.T("owner.member.enter"), Main: true}},
	}
}

func (w *Web) memberFormOf(r *request) (owner.Group, formPage, error) {
	g, _, err := w.ownerGroupOf(r)
	if err != nil {
		return g, formPage{}, err
	}
	outlets, err := w.services.Outlets.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return g, formPage{}, err
	}
	vendors, err := w.services.Vendors.List(r.ctx(), r.Actor, listing.All())
	return g, ownerMemberForm(r.reader, g, outlets.Items, vendors.Items), err
}

func (w *Web) newMember(r *request) (answer, error) {
	_, p, err := w.memberFormOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(p)
}

// memberTyped reads the outlet or vendor that was chosen.
func memberTyped(t *typed) (outlet, vendor uuid.NullUUID) {
	kind, id, _ := strings.Cut(t.text("member_id"), ":")
	parsed, err := uuid.Parse(id)
	switch {
	case err != nil:
		t.wrong.Add("/member_id", "required")
	case kind == "outlet":
		outlet = uuid.NullUUID{UUID: parsed, Valid: true}
	default:
		vendor = uuid.NullUUID{UUID: parsed, Valid: true}
	}
	return outlet, vendor
}

func (w *Web) addOwnerMember(r *request) (answer, error) {
	g, p, err := w.memberFormOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := owner.MemberForm{Since: t.date("since"), Until: t.date("until"), Source: t.text("source")}
	f.OutletID, f.VendorID = memberTyped(t)
	if err = t.err(f.Trimmed().Check()); err == nil {
		kept, errKept := w.keep(r)
		if f.File, err = kept.SHA256, errKept; err == nil || fault.Is(err, "file_absent") {
			_, err = w.services.Owners.AddMember(r.ctx(), r.Actor, g.ID, f)
		}
	}
	if err != nil {
		return r.refused(p, err)
	}
	return done("/owner-groups/"+g.ID.String()+"#members", "flash.saved", "what", g.Name)
}

// endForm ends a membership, or voids one.
func endForm(in reader, g owner.Group, members []owner.Member) formPage {
	here := "/owner-groups/" + g.ID.String()
	who := in.choice("member_id", true, []option{{Label: in.T("form.choose")}})
	who.Label = in.T("owner.member")
	for _, m := range in.unvoided(members) {
		who.Options = append(who.Options, option{Value: m.ID.String(), Label: m.Name + " · " + in.T("field.since") + " " + in.date(m.Since)})
	}
	reason := in.input("reason", "text", false)
	reason.Help, reason.Wide = in.T("owner.help.void"), true
	return formPage{
		heading: heading{Title: in.T("owner.member.end"), Subtitle: g.Name, Crumbs: append(in.ownerCrumbs(), link{g.Name, here})},
		Action:  here + "/members/end", Back: here, Groups: []group{{Fields: []field{who, in.input("until", "date", false), reason}}},
		Buttons: []button{{Label: in.T("owner.member.end"), Main: true}},
	}
}

func (w *Web) askEndMember(r *request) (answer, error) {
	g, members, err := w.ownerGroupOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(endForm(r.reader, g, members))
}

func (w *Web) endMember(r *request) (answer, error) {
	g, members, err := w.ownerGroupOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	e, id := owner.End{Until: t.date("until"), Reason: t.text("reason")}, t.uuid("member_id")
	if t.get("member_id") == "" {
		t.wrong.Add("/member_id", "required")
	} else if _, missing := memberOf(members, id); missing != nil {
		t.wrong.Add("/member_id", "not_found")
	}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Owners.EndMember(r.ctx(), r.Actor, g.ID, id, nil, e)
	}
	if err != nil {
		return r.refused(endForm(r.reader, g, members), err)
	}
	return done("/owner-groups/"+g.ID.String()+"#members", "flash.saved", "what", g.Name)
}
