package web

import (
	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/money"
)

func (in reader) shortfallCrumb() link { return link{in.T("shortfall.list"), in.path("shortfalls")} }

func shortfallList(in reader, q listing.Query, page listing.Page[live.Shortfall]) listPage {
	columns := []column{
		{Label: in.T("field.title"), Sort: "placement_title"}, {Label: in.T("field.vendor_id"), Sort: "vendor_name"},
		{Label: in.T("shortfall.kind"), Sort: "kind"}, {Label: in.T("field.gone_on"), Class: "date", Sort: "gone_on"},
		{Label: in.moneyLabel("agreement.gross"), Class: "money", Sort: "gross"}, {Label: in.T("field.status"), Sort: "status"},
	}
	p := in.listOf(in.path("shortfalls"), q, columns, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("shortfall.status", "open", "decided", "recovered", "void", "ended")},
		{Name: "kind", Label: in.T("shortfall.kind"), Options: in.options("shortfall.kind", "gone_early", "quantity")},
	})
	p.heading = heading{Title: in.T("shortfall.list"), Subtitle: in.T("shortfall.subtitle"), Crumbs: []link{in.placementCrumb()}}
	p.Hint = in.T("live.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	var sum money.Amount
	for _, s := range page.Items {
		sum += s.Gross
		href := in.path("shortfalls", s.ID.String())
		p.Table.add(href, number(s.PlacementTitle, href, s.AgreementNumber), text(s.VendorName), text(in.T("shortfall.kind."+string(s.Kind))), in.day(s.GoneOn),
			in.money(s.Gross), text(in.T("shortfall.status."+string(s.Status))))
	}
	if len(page.Items) > 0 {
		p.Table.Foot = []cell{text(in.T("list.page_total")), text(""), text(""), text(""), in.money(sum), text("")}
	}
	p.Table.Empty = empty{Text: in.T("shortfall.empty")}
	return p
}

func (w *Web) shortfalls(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Live.Shortfalls(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(shortfallList(r.reader, q, page))
}

func shortfallRecord(in reader, s live.Shortfall) recordPage {
	p := recordPage{
		heading: heading{Title: in.T("shortfall.one"), Subtitle: s.PlacementTitle, Crumbs: []link{in.shortfallCrumb()}, Actions: in.shortfallActions(s)},
		Figures: in.priced(s.Net, s.VAT, s.Gross),
		Parts:   []part{{ID: "facts", Title: in.T("shortfall.facts"), Note: in.shortfallWords(s), Facts: in.shortfallFacts(s)}},
	}
	state := text(in.T("shortfall.status." + string(s.Status)))
	p.State = &state
	if s.Remark != "" {
		p.Warn = in.T("record.reason", "reason", s.Remark)
	}
	return p
}

func (in reader) shortfallFacts(s live.Shortfall) []fact {
	facts := []fact{
		{in.T("field.placement_id"), to(s.PlacementTitle, in.path("placements", s.PlacementID.String())+"#live")},
		{in.T("field.agreement_id"), to(s.AgreementNumber, in.path("agreements", s.AgreementID.String()))},
		{in.T("field.vendor_id"), text(s.VendorName)}, {in.T("shortfall.kind"), text(in.T("shortfall.kind." + string(s.Kind)))},
		{in.T("shortfall.rule"), text(in.T("shortfall." + string(s.Rule)))}, {in.T("field.seen_on"), text(in.date(s.SeenOn))},
		{in.T("field.gone_on"), text(in.date(s.GoneOn))},
	}
	if s.DecidedAt != nil {
		facts = append(facts, fact{in.T("shortfall.decided"), text(in.moment(*s.DecidedAt))})
	}
	if s.Reference != "" {
		facts = append(facts, fact{in.T("shortfall.recovered"), two(s.Reference, in.date(s.RecoveredOn))})
	}
	return facts
}

func (in reader) shortfallActions(s live.Shortfall) (out []action) {
	here := in.path("shortfalls", s.ID.String())
	decides := in.can(access.ShortfallDecide) && (!s.CreatedBy.Valid || s.CreatedBy.UUID != in.Actor.User)
	if s.Status == live.Open && decides {
		out = append(out, action{Label: in.T("shortfall.decide"), Icon: "check", Href: here + "/decide", Main: true})
	}
	if s.Status == live.Decided && in.can(access.ShortfallRecover) {
		out = append(out, action{Label: in.T("shortfall.recover"), Icon: "coins", Href: here + "/recover", Main: true})
	}
	if s.Stands() && decides {
		out = append(out, action{Label: in.T("shortfall.void"), Icon: "ban", Href: here + "/void", Danger: true})
	}
	return out
}

// shortfallForm asks for what a deed on a shortfall needs: decide, void or recover.
func shortfallForm(in reader, s live.Shortfall, verb string) formPage {
	here := in.path("shortfalls", s.ID.String())
	var fields []field
	if verb == "recover" {
		reference := in.input("reference", "text", true)
		reference.Help = in.T("shortfall.help.reference")
		fields = []field{reference, in.input("date", "date", true)}
	} else {
		reason := in.input("reason", "textarea", true)
		reason.Wide, reason.Help = true, in.T("shortfall.help."+verb)
		fields = []field{reason}
	}
	return formPage{
		heading: heading{Title: in.T("shortfall." + verb), Subtitle: s.PlacementTitle, Crumbs: []link{in.shortfallCrumb(), {s.PlacementTitle, here}}},
		Action:  here + "/" + verb, Back: here, Intro: in.shortfallWords(s), Hidden: []box{version64(s.Version)}, Facts: in.shortfallFacts(s),
		Groups: []group{{Fields: fields}}, Buttons: []button{{Label: in.T("shortfall." + verb), Main: verb != "void", Danger: verb == "void", Key: "s"}},
	}
}

func (w *Web) shortfallOf(r *request) (s live.Shortfall, err error) {
	id, err := r.id("id")
	if err != nil {
		return s, err
	}
	return w.services.Live.Shortfall(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) shortfall(r *request) (answer, error) {
	s, err := w.shortfallOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(shortfallRecord(r.reader, s))
}

func (w *Web) askShortfall(verb string) handler {
	return func(r *request) (answer, error) {
		s, err := w.shortfallOf(r)
		if err != nil {
			return answer{}, err
		}
		return show(shortfallForm(r.reader, s, verb))
	}
}

func (w *Web) moveShortfall(verb string) handler {
	return func(r *request) (answer, error) {
		s, err := w.shortfallOf(r)
		if err != nil {
			return answer{}, err
		}
		if err = w.shortfallMoved(r, s, verb); err != nil {
			s.Version = r.version(err, s.Version)
			return r.refused(shortfallForm(r.reader, s, verb), err)
		}
		return done(r.path("shortfalls", s.ID.String()), "flash.shortfall."+verb)
	}
}

func (w *Web) shortfallMoved(r *request, s live.Shortfall, verb string) (err error) {
	t := r.typed()
	reason, back := t.text("reason"), live.Recovery{Reference: t.text("reference"), Date: t.date("date")}
	if err := t.wrong.Err(); err != nil {
		return err
	}
	switch verb {
	case "decide":
		_, err = w.services.Live.Decide(r.ctx(), r.Actor, r.Agency.Code, s.ID, r.expected(), reason)
	case "void":
		_, err = w.services.Live.Void(r.ctx(), r.Actor, r.Agency.Code, s.ID, r.expected(), reason)
	case "recover":
		_, err = w.services.Live.Recover(r.ctx(), r.Actor, r.Agency.Code, s.ID, r.expected(), back)
	default:
		err = fault.Missing()
	}
	return err
}
