package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/campaign"
	"tayang/app/listing"
)

var campaignList = list{
	columns: `c.id, c.agency_id, c.name, c.objective, c.start_date, c.end_date, c.created_at, c.created_by, c.version`,
	from:    `campaign c`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "name": {"c.name", ofText}, "start_date": {"c.start_date", ofDate}, "end_date": {"c.end_date", ofDate},
		"created_at": {"c.created_at", ofTime},
		"objective":  {"c.objective", ofText}, "created_by": {"c.created_by", ofUUID},
	},
	search: []string{"c.name", "c.objective"},
	id:     field{"c.id", ofUUID},
	sort:   "-start_date",
}

// Campaign finds the agency's campaign; NotFound when there is none.
func (tx *Tx) Campaign(ctx context.Context, agency, id uuid.UUID) (c campaign.Campaign, err error) {
	err = tx.one(ctx, &c, campaignList, agency, "c", id)
	return c, faultOf(err)
}

// Campaigns lists the agency's campaigns, newest first.
func (tx *Tx) Campaigns(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[campaign.Campaign], error) {
	return pageOf[campaign.Campaign](ctx, tx, campaignList, q, where("c.government_id = ?", tx.government()), where("c.agency_id = ?", agency))
}

// SaveCampaign inserts a campaign whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveCampaign(ctx context.Context, c campaign.Campaign) error {
	if c.Version == 0 {
		return tx.exec(ctx, `INSERT INTO campaign (government_id, id, agency_id, name, objective, start_date, end_date, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			tx.government(), c.ID, c.AgencyID, c.Name, c.Objective, c.StartDate, c.EndDate, tx.now, tx.act.Actor.User)
	}
	return tx.exec(ctx, `UPDATE campaign SET name = $4, objective = $5, start_date = $6, end_date = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), c.ID, c.Version, c.Name, c.Objective, c.StartDate, c.EndDate)
}
