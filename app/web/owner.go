package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/owner"
	"tayang/app/registry"
)

func (in reader) ownerCrumbs() []link {
	return []link{in.vendorCrumb(), {in.T("owner.title"), "/owner-groups"}}
}

// ownerGroupList is the groups with this year's money of the office at hand, and how it gathers.
func ownerGroupList(in reader, q listing.Query, page listing.Page[owner.Group], gathered []owner.Concentration) listPage {
	p := in.listOf("/owner-groups", q, []column{
		{Label: in.T("field.name"), Sort: "name"}, {Label: in.T("field.owners")}, {Label: in.T("owner.members"), Class: "num"},
		{Label: in.T("owner.money"), Class: "money"}, {Label: in.T("owner.share"), Class: "num"},
	}, nil)
	p.heading = heading{Title: in.T("owner.title"), Subtitle: in.T("owner.subtitle"), Crumbs: []link{in.vendorCrumb()}}
	p.Hint, p.Table.Empty = in.T("owner.hint"), empty{Text: in.T("owner.empty")}
	if in.writesRegistry() {
		enter := action{Label: in.T("owner.enter"), Icon: "plus", Href: "/owner-groups/new", Main: true}
		p.Actions, p.Table.Empty.Action = []action{enter}, &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, g := range page.Items {
		href, money, share := "/owner-groups/"+g.ID.String(), cell{Text: "–", Class: "money"}, cell{Text: "–", Class: "num"}
		for _, c := range gathered {
			if got, ok := c.ByGroup.Of(g.ID); ok && c.AgencyID == in.Agency.ID {
				money, share = in.money(got.Gross), in.basisPoints(got.Share)
			}
		}
		p.Table.add(href, number(g.Name, href, ""), text(orDash(g.Owners)), in.count(g.Members), money, share)
	}
	for _, c := range gathered {
		if c.AgencyID == in.Agency.ID {
			p.Subtitle = in.T("owner.hhi", "agency", c.AgencyName, "year", strconv.Itoa(c.FiscalYear), "vendor", c.ByVendor.HHI, "group", c.ByGroup.HHI)
		}
	}
	return p
}

// ownerGroupRecord is a group: who owns it, who belongs to it, and what each office paid to it this year.
func ownerGroupRecord(in reader, g owner.Group, members []owner.Member, gathered []owner.Concentration) recordPage {
	here := "/owner-groups/" + g.ID.String()
	p := recordPage{heading: heading{Title: g.Name, Subtitle: in.T("owner.one"), Crumbs: in.ownerCrumbs()}}
	if in.writesRegistry() {
		p.Actions = []action{{Label: in.T("word.edit"), Icon: "pencil", Href: here + "/edit", Key: "e"}}
	}
	lasting := "–"
	switch {
	case !g.Until.IsZero():
		lasting = in.date(g.Since) + " – " + in.date(g.Until)
	case !g.Since.IsZero():
		lasting = in.T("owner.lasting.since", "day", in.date(g.Since))
	}
	p.Parts = []part{
		{ID: "disclosure", Title: in.T("owner.disclosure"), Facts: []fact{
			{in.T("field.owners"), text(orDash(g.Owners))}, {in.T("field.source"), text(orDash(g.Source))}, {in.T("owner.lasting"), text(lasting)},
			{in.T("field.note"), text(orDash(g.Note))}, {in.T("field.file"), in.fileLink(g.File)},
		}},
		{ID: "members", Title: in.T("owner.members"), Note: in.T("owner.members.note"), Table: in.ownerMembers(here, members)},
		{ID: "money", Title: in.T("owner.money_of"), Note: in.T("owner.money.note"), Table: in.ownerMoney(g, gathered)},
	}
	if in.writesRegistry() {
		p.Parts[1].Actions = []action{
			{Label: in.T("owner.member.enter"), Icon: "plus", Href: here + "/members/new"}, {Label: in.T("owner.member.end"), Icon: "flag", Href: here + "/members/end"},
		}
	}
	return p
}

func (in reader) ownerMembers(here string, members []owner.Member) *table {
	t := &table{ID: "member-rows", Empty: empty{Text: in.T("owner.members.empty")}, Columns: []column{
		{Label: in.T("field.name")}, {Label: in.T("field.since"), Class: "date"}, {Label: in.T("field.until"), Class: "date"},
		{Label: in.T("field.source")}, {Label: in.T("field.file")},
	}}
	for _, m := range members {
		name := two(m.Name, in.T("owner.kind.outlet"))
		if m.VendorID.Valid {
			name = two(m.Name, in.T("owner.kind.vendor"))
			name.Href = "/vendors/" + m.VendorID.UUID.String()
		}
		source := text(m.Source)
		if m.VoidedAt != nil {
			name.Class, source = "struck", two(in.T("owner.voided"), m.VoidReason)
		}
		t.add("", name, in.day(m.Since), in.day(m.Until), source, in.fileLink(m.File))
	}
	return t
}

// ownerMoney is the group's money of the year in each office that the reader may open.
func (in reader) ownerMoney(g owner.Group, gathered []owner.Concentration) *table {
	none := "owner.money.empty"
	if len(gathered) == 0 { // the reader may open no office, and so knows of no money
		none = "owner.money.closed"
	}
	t := &table{ID: "owner-money", Empty: empty{Text: in.T(none)}, Columns: []column{
		{Label: in.T("field.agency_id")}, {Label: in.T("field.fiscal_year"), Class: "num"}, {Label: in.T("owner.money"), Class: "money"},
		{Label: in.T("owner.share"), Class: "num"}, {Label: in.T("owner.hhi.vendor"), Class: "num"}, {Label: in.T("owner.hhi.group"), Class: "num"},
	}}
	for _, c := range gathered {
		got, ok := c.ByGroup.Of(g.ID)
		if !ok {
			continue
		}
		t.add("", text(c.AgencyName), cell{Text: strconv.Itoa(c.FiscalYear), Class: "num"}, in.money(got.Gross), in.basisPoints(got.Share), in.count(c.ByVendor.HHI), in.count(c.ByGroup.HHI))
	}
	return t
}

func (in reader) unvoided(members []owner.Member) (out []owner.Member) {
	for _, m := range members {
		if m.VoidedAt == nil {
			out = append(out, m)
		}
	}
	return out
}

// groupFact tells to which groups something belongs.
func (in reader) groupFact(members []owner.Member) []fact {
	var out []fact
	for _, m := range in.unvoided(members) {
		value := to(m.GroupName, "/owner-groups/"+m.GroupID.String())
		if value.Sub = in.T("field.since") + " " + in.date(m.Since); !m.Until.IsZero() {
			value.Sub += " – " + in.date(m.Until)
		}
		out = append(out, fact{in.T("owner.one"), value})
	}
	return out
}

// gathered is the concentration of every office that the reader may open, for the year at hand.
func (w *Web) gathered(r *request) (out []owner.Concentration, err error) {
	for _, a := range r.Agencies {
		if !r.Actor.Sees(a.ID) {
			continue
		}
		c, err := w.services.Owners.Concentration(r.ctx(), r.Actor, a.Code, int(r.year()))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (w *Web) ownerGroups(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Owners.List(r.ctx(), r.Actor, q)
	if err != nil {
		return answer{}, err
	}
	gathered, err := w.gathered(r)
	if err != nil {
		return answer{}, err
	}
	return show(ownerGroupList(r.reader, q, page, gathered))
}

// ownerGroupOf fetches the group that the address names, and who belongs to it.
func (w *Web) ownerGroupOf(r *request) (g owner.Group, members []owner.Member, err error) {
	id, err := r.id("id")
	if err != nil {
		return g, nil, err
	}
	if g, err = w.services.Owners.Group(r.ctx(), r.Actor, id); err != nil {
		return g, nil, err
	}
	page, err := w.services.Owners.Members(r.ctx(), r.Actor, listing.All().Where("group_id", id.String()))
	return g, page.Items, err
}

func (w *Web) ownerGroup(r *request) (answer, error) {
	g, members, err := w.ownerGroupOf(r)
	if err != nil {
		return answer{}, err
	}
	gathered, err := w.gathered(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, ownerGroupRecord(r.reader, g, members, gathered), g.ID)
}

// groupsOfVendor gives the memberships of a vendor and of his outlets.
func (w *Web) groupsOfVendor(r *request, vendor uuid.UUID, outlets []registry.Outlet) ([]owner.Member, error) {
	own, err := w.services.Owners.Members(r.ctx(), r.Actor, listing.All().Where("vendor_id", vendor.String()))
	if err != nil || len(outlets) == 0 {
		return own.Items, err
	}
	ids := make([]string, len(outlets))
	for i, o := range outlets {
		ids[i] = o.ID.String()
	}
	of, err := w.services.Owners.Members(r.ctx(), r.Actor, listing.All().Where("outlet_id", ids...))
	return append(own.Items, of.Items...), err
}

// groupsOf are the memberships of the vendor or of one of his outlets.
func (f vendorFacts) groupsOf(id uuid.UUID) (out []owner.Member) {
	for _, m := range f.Groups {
		if m.VoidedAt == nil && (m.VendorID.UUID == id || m.OutletID.UUID == id) {
			out = append(out, m)
		}
	}
	return out
}

// groupCell is the first of the groups to which an outlet belongs.
func (in reader) groupCell(members []owner.Member) cell {
	for _, f := range in.groupFact(members) {
		return f.Value
	}
	return text("–")
}

// memberOf finds a membership of the group. Fault: NotFound.
func memberOf(members []owner.Member, id uuid.UUID) (owner.Member, error) {
	for _, m := range members {
		if m.ID == id {
			return m, nil
		}
	}
	return owner.Member{}, fault.Missing()
}
