package web

import (
	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/campaign"
	"tayang/app/listing"
)

func (in reader) campaignCrumb() link { return link{in.T("nav.campaigns"), in.path("campaigns")} }

func campaignList(in reader, q listing.Query, page listing.Page[campaign.Campaign]) listPage {
	p := in.listOf(in.path("campaigns"), q, []column{
		{Label: in.T("field.name"), Sort: "name"},
		{Label: in.T("field.objective")},
		{Label: in.T("field.start_date"), Class: "date", Sort: "start_date"},
		{Label: in.T("field.end_date"), Class: "date", Sort: "end_date"},
	}, nil)
	p.heading = heading{Title: in.T("nav.campaigns"), Subtitle: in.T("campaign.subtitle")}
	p.Hint = in.T("campaign.hint")
	p.Table.Empty = empty{Text: in.T("campaign.empty")}
	if in.can(access.AgreementWrite) {
		enter := action{Label: in.T("campaign.enter"), Icon: "plus", Href: in.path("campaigns", "new"), Main: true}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, c := range page.Items {
		href := in.path("campaigns", c.ID.String())
		p.Table.add(href, number(c.Name, href, ""), text(c.Objective), in.day(c.StartDate), in.day(c.EndDate))
	}
	return p
}

func campaignRecord(in reader, c campaign.Campaign, agreements []agreement.Agreement) recordPage {
	p := recordPage{heading: heading{Title: c.Name, Crumbs: []link{in.campaignCrumb()}, Subtitle: in.date(c.StartDate) + " – " + in.date(c.EndDate)}}
	if in.can(access.AgreementWrite) {
		p.Actions = []action{{Label: in.T("word.edit"), Icon: "pencil", Href: in.path("campaigns", c.ID.String(), "edit"), Key: "e"}}
	}
	t := in.agreementRows(agreements)
	p.Parts = []part{
		{ID: "facts", Title: in.T("field.objective"), Facts: []fact{{in.T("field.objective"), text(orDash(c.Objective))}}},
		{ID: "agreements", Title: in.T("nav.agreements"), Table: &t},
	}
	return p
}

func campaignForm(in reader, id string, version int64) formPage {
	objective := in.input("objective", "textarea", false)
	objective.Wide = true
	p := formPage{
		heading: heading{Title: in.T("campaign.enter"), Crumbs: []link{in.campaignCrumb()}},
		Action:  in.path("campaigns"), Back: in.path("campaigns"), Guard: true,
		Groups: []group{{Fields: []field{
			in.input("name", "text", true), in.input("start_date", "date", true), in.input("end_date", "date", true), objective,
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Back, p.Hidden = in.T("campaign.edit"), in.path("campaigns", id), in.path("campaigns", id), []box{version64(version)}
	}
	return p
}

func campaignValues(f campaign.Form) func(string) string {
	values := map[string]string{"name": f.Name, "objective": f.Objective, "start_date": f.StartDate.String(), "end_date": f.EndDate.String()}
	return func(name string) string { return values[name] }
}

func campaignTyped(t *typed) (campaign.Form, error) {
	f := campaign.Form{Name: t.text("name"), Objective: t.text("objective"), StartDate: t.date("start_date"), EndDate: t.date("end_date")}
	return f, t.err(f.Trimmed().Check())
}

func (w *Web) campaigns(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Campaigns.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(campaignList(r.reader, q, page))
}

// campaignOf fetches the campaign that the address names.
func (w *Web) campaignOf(r *request) (campaign.Campaign, error) {
	id, err := r.id("id")
	if err != nil {
		return campaign.Campaign{}, err
	}
	return w.services.Campaigns.Campaign(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) campaign(r *request) (answer, error) {
	c, err := w.campaignOf(r)
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("campaign_id", c.ID.String()))
	if err != nil {
		return answer{}, err
	}
	return w.record(r, campaignRecord(r.reader, c, page.Items), c.ID)
}

func (w *Web) newCampaign(r *request) (answer, error) {
	if err := r.Actor.Can(access.AgreementWrite, r.Agency.ID); err != nil {
		return answer{}, err
	}
	return show(campaignForm(r.reader, "", 0))
}

func (w *Web) createCampaign(r *request) (answer, error) {
	f, err := campaignTyped(r.typed())
	var c campaign.Campaign
	if err == nil {
		c, err = w.services.Campaigns.Create(r.ctx(), r.Actor, r.Agency.Code, f)
	}
	if err != nil {
		return r.refused(campaignForm(r.reader, "", 0), err)
	}
	return done(r.path("campaigns", c.ID.String()), "flash.saved", "what", c.Name)
}

func (w *Web) editCampaign(r *request) (answer, error) {
	c, err := w.campaignOf(r)
	if err != nil {
		return answer{}, err
	}
	p := campaignForm(r.reader, c.ID.String(), c.Version)
	p.fill(campaignValues(c.Form))
	return show(p)
}

func (w *Web) changeCampaign(r *request) (answer, error) {
	c, err := w.campaignOf(r)
	if err != nil {
		return answer{}, err
	}
	f, err := campaignTyped(r.typed())
	if err == nil {
		_, err = w.services.Campaigns.Change(r.ctx(), r.Actor, r.Agency.Code, c.ID, r.expected(), become(f))
	}
	if err != nil {
		return r.refused(campaignForm(r.reader, c.ID.String(), r.version(err, c.Version)), err)
	}
	return done(r.path("campaigns", c.ID.String()), "flash.saved", "what", f.Name)
}
