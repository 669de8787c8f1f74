package web

import (
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

func (in reader) tierCrumb() link { return link{in.T("tier.title"), "/tiers"} }

func tierList(in reader, q listing.Query, page listing.Page[registry.Tier]) listPage {
	p := in.listOf("/tiers", q, []column{
		{Label: in.T("field.name"), Sort: "name"}, {Label: in.T("field.platform"), Sort: "platform"}, {Label: in.T("field.followers_from"), Class: "num", Sort: "followers_from"},
		{Label: in.T("field.followers_to"), Class: "num"}, {Label: in.T("field.valid_from"), Class: "date", Sort: "valid_from"},
		{Label: in.T("field.valid_to"), Class: "date"}, {Label: in.T("field.basis")}, {Label: in.T("field.status")},
	}, []filter{{Name: "platform", Label: in.T("field.platform"), Options: in.options("platform", "instagram", "tiktok", "youtube", "facebook", "x", "threads")}})
	p.heading = heading{Title: in.T("tier.title"), Subtitle: in.T("tier.subtitle"), Crumbs: []link{in.vendorCrumb()}}
	p.Hint = in.T("tier.hint")
	p.Table.Empty = empty{Text: in.T("tier.empty")}
	if in.writesRegistry() {
		enter := action{Label: in.T("tier.enter"), Icon: "plus", Href: "/tiers/new", Main: true, Key: "n"}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, t := range page.Items {
		p.Table.add("", in.tierCells(t)...)
	}
	return p
}

func (in reader) tierCells(t registry.Tier) []cell {
	platform, upper, name := in.T("tier.any_platform"), cell{Text: "–", Class: "num"}, cell{Text: t.Name, Class: "main"}
	if t.Platform != "" {
		platform = in.T("platform." + string(t.Platform))
	}
	if t.FollowersTo != nil {
		upper = in.count(*t.FollowersTo)
	}
	state := cell{Text: "–"}
	switch {
	case t.VoidedAt != nil:
		state = two(in.T("rule.voided"), t.VoidReason)
	case in.writesRegistry():
		name.Href, state = "/tiers/"+t.ID.String(), to(in.T("rule.void"), "/tiers/"+t.ID.String()+"/void")
	}
	return []cell{name, text(platform), in.count(t.FollowersFrom), upper, in.day(t.ValidFrom), in.day(t.ValidTo), text(t.Basis), state}
}

// tierForm enters a tier, or changes the one of the id.
func tierForm(in reader, id string, version int64) formPage {
	platform := in.choice("platform", false, append([]option{{Label: in.T("tier.any_platform")}},
		in.options("platform", "instagram", "tiktok", "youtube", "facebook", "x", "threads")...))
	upper, basis := in.input("followers_to", "number", false), in.input("basis", "text", true)
	upper.Help, basis.Wide, basis.Help = in.T("tier.help.to"), true, in.T("rule.help.basis")
	p := formPage{
		heading: heading{Title: in.T("tier.enter"), Crumbs: []link{in.tierCrumb()}}, Action: "/tiers", Back: "/tiers", Guard: true,
		Groups: []group{{Fields: []field{
			in.input("name", "text", true), platform, in.input("followers_from", "number", true), upper,
			in.input("valid_from", "date", true), in.input("valid_to", "date", false), basis,
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Hidden = in.T("tier.edit"), "/tiers/"+id, []box{version64(version)}
	}
	return p
}

func tierTyped(t *typed) registry.TierForm {
	f := registry.TierForm{
		Name: t.text("name"), Platform: registry.Platform(t.text("platform")), FollowersFrom: t.whole("followers_from"),
		ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Basis: t.text("basis"),
	}
	if t.get("followers_from") == "" {
		t.wrong.Add(pointer("followers_from"), "required")
	}
	if t.get("followers_to") != "" {
		n := t.whole("followers_to")
		f.FollowersTo = &n
	}
	return f
}

func (in reader) tierValues(f registry.TierForm) func(string) string {
	values := map[string]string{
		"name": f.Name, "platform": string(f.Platform), "followers_from": in.Number(f.FollowersFrom), "valid_from": f.ValidFrom.String(),
		"valid_to": f.ValidTo.String(), "basis": f.Basis,
	}
	if f.FollowersTo != nil {
		values["followers_to"] = in.Number(*f.FollowersTo)
	}
	return func(name string) string { return values[name] }
}

// tierVoid takes a row out that was entered wrongly.
func tierVoid(in reader, t registry.Tier) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	p := tierList(in, listing.Query{}, listing.Page[registry.Tier]{})
	facts := make([]fact, 0, len(p.Table.Columns)-1)
	for i, c := range in.tierCells(t)[:len(p.Table.Columns)-1] {
		c.Href = ""
		facts = append(facts, fact{p.Table.Columns[i].Label, c})
	}
	return formPage{
		heading: heading{Title: in.T("tier.void.title", "name", t.Name), Crumbs: []link{in.tierCrumb()}},
		Action:  "/tiers/" + t.ID.String() + "/void", Back: "/tiers", Intro: in.T("rule.void.intro"), Hidden: []box{version64(t.Version)}, Facts: facts,
		Groups: []group{{Fields: []field{reason}}}, Buttons: []button{{Label: in.T("rule.void.button"), Danger: true, Icon: "x"}},
	}
}

func (w *Web) tiers(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Tiers.List(r.ctx(), r.Actor, q)
	if err != nil {
		return answer{}, err
	}
	return show(tierList(r.reader, q, page))
}

func (w *Web) newTier(r *request) (answer, error) { return show(tierForm(r.reader, "", 0)) }

func (w *Web) createTier(r *request) (answer, error) {
	t := r.typed()
	f := tierTyped(t)
	err := t.err(f.Trimmed().Check())
	if err == nil {
		_, err = w.services.Tiers.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(tierForm(r.reader, "", 0), err)
	}
	return done("/tiers", "flash.saved", "what", f.Name)
}

func (w *Web) tierOf(r *request) (registry.Tier, error) {
	id, err := r.id("id")
	if err != nil {
		return registry.Tier{}, err
	}
	return w.services.Tiers.Tier(r.ctx(), r.Actor, id)
}

func (w *Web) editTier(r *request) (answer, error) {
	t, err := w.tierOf(r)
	if err != nil {
		return answer{}, err
	}
	p := tierForm(r.reader, t.ID.String(), t.Version)
	p.fill(r.tierValues(t.TierForm))
	return show(p)
}

func (w *Web) changeTier(r *request) (answer, error) {
	tier, err := w.tierOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := tierTyped(t)
	if err = t.err(f.Trimmed().Check()); err == nil {
		_, err = w.services.Tiers.Change(r.ctx(), r.Actor, tier.ID, r.expected(), become(f))
	}
	if err != nil {
		return r.refused(tierForm(r.reader, tier.ID.String(), r.version(err, tier.Version)), err)
	}
	return done("/tiers", "flash.saved", "what", f.Name)
}

func (w *Web) askVoidTier(r *request) (answer, error) {
	t, err := w.tierOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(tierVoid(r.reader, t))
}

func (w *Web) voidTier(r *request) (answer, error) {
	tier, err := w.tierOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Tiers.Void(r.ctx(), r.Actor, tier.ID, r.expected(), reason)
	}
	if err != nil {
		if fault.From(err).Kind != fault.Stale {
			tier.Version = r.seen()
		}
		return r.refused(tierVoid(r.reader, tier), err)
	}
	return done("/tiers", "flash.rule.voided", "what", tier.Name)
}
