package api

import (
	"tayang/app/campaign"
	"tayang/app/listing"
)

func (a *API) mountCampaigns() {
	const tag, path = "Campaigns", "/agencies/{agency}/campaigns"
	create(a, path, tag, "Begin a campaign", func(c call, body campaign.Form) (campaign.Campaign, error) {
		return a.Campaigns.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List campaigns", func(c call, q listing.Query) (listing.Page[campaign.Campaign], error) {
		return a.Campaigns.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A campaign", func(c call) (campaign.Campaign, error) {
		return a.Campaigns.Campaign(c.ctx, c.actor, c.agency, c.id)
	})
	patch(a, path+"/{id}", tag, "Change a campaign", func(c call, change func(campaign.Form) (campaign.Form, error)) (campaign.Campaign, error) {
		return a.Campaigns.Change(c.ctx, c.actor, c.agency, c.id, c.expected, change)
	})
}
