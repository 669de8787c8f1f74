package web

import (
	"tayang/app/access"
	"tayang/app/placement"
)

// makeGoodForm plans a placement that stands in for one that failed.
func makeGoodForm(in reader, p placement.Placement) formPage {
	here := in.path("placements", p.ID.String())
	title, reason := in.input("title", "text", true), in.input("make_good_reason", "textarea", true)
	title.Wide, reason.Wide, title.Value = true, true, p.Title
	reason.Help = in.T("make_good.help.reason")
	on := in.input("scheduled_on", "date", true)
	on.Help = in.T("make_good.help.date", "date", in.date(p.EndDate))
	return formPage{
		heading: heading{Title: in.T("make_good.enter"), Subtitle: p.Title + " · " + in.channelName(p.Channel), Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action:  here + "/make-good", Back: here, Intro: in.T("make_good.intro"),
		Facts: []fact{
			{in.T("field.agreement_id"), to(p.AgreementNumber, in.path("agreements", p.AgreementID.String()))},
			{in.T("field.product"), two(p.Product, in.channelName(p.Channel))}, {in.T("field.status"), in.status(string(p.Status))},
			{in.T("agreement.gross"), text(in.cash(p.Gross))},
		},
		Groups:  []group{{Fields: []field{title, on, reason}}},
		Buttons: []button{{Label: in.T("make_good.button"), Main: true, Icon: "calendar"}},
	}
}

// replaceable reports whether the reader may plan a make-good for the placement.
func (in reader) replaceable(p placement.Placement) bool {
	switch p.Status {
	case placement.Planned, placement.Published, placement.Rejected, placement.Cancelled:
		return !p.Carried && !p.MadeGoodBy.Valid && in.can(access.PlacementWrite)
	case placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid:
	}
	return false
}

// makeGoodFacts say for what a placement stands in, and what stands in for it.
func (in reader) makeGoodFacts(p placement.Placement) (out []fact) {
	if p.MakeGoodFor.Valid {
		c := to(in.T("make_good.of"), in.path("placements", p.MakeGoodFor.UUID.String()))
		c.Sub = p.MakeGoodReason
		out = append(out, fact{in.T("field.make_good_for"), c})
	}
	if p.MadeGoodBy.Valid {
		out = append(out, fact{in.T("field.made_good_by"), to(in.T("make_good.by"), in.path("placements", p.MadeGoodBy.UUID.String()))})
	}
	return out
}

// makeGoodActions offers a make-good for what failed.
func (in reader) makeGoodActions(p placement.Placement) []action {
	if !in.replaceable(p) || p.Status == placement.Planned || p.Status == placement.Published {
		return nil
	}
	return []action{{Label: in.T("make_good.enter"), Icon: "calendar", Href: in.path("placements", p.ID.String(), "make-good"), Main: p.Status == placement.Rejected || p.Status == placement.Cancelled}}
}

func (w *Web) askMakeGood(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(makeGoodForm(r.reader, p.Placement))
}

func (w *Web) planMakeGood(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	plan := placement.Plan{DeliverableID: p.Placement.DeliverableID, ScheduledOn: t.date("scheduled_on"), Title: t.text("title")}
	plan.MakeGoodFor.UUID, plan.MakeGoodFor.Valid, plan.MakeGoodReason = p.Placement.ID, true, t.text("make_good_reason")
	var made placement.Placement
	if err = t.wrong.Err(); err == nil {
		made, err = w.services.Placements.Create(r.ctx(), r.Actor, r.Agency.Code, plan)
	}
	if err != nil {
		return r.refused(makeGoodForm(r.reader, p.Placement), err)
	}
	return done(r.path("placements", made.ID.String()), "flash.make_good", "title", made.Title)
}
