package campaign

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Service is what people do with campaigns. Whoever writes agreements writes campaigns.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Store]
}

// NewService makes the service over its storage.
func NewService(write access.Transactor[Store], read access.Reader[Store]) *Service {
	return &Service{write, read}
}

// Create begins a campaign. Faults: NotFound (the agency), Forbidden, Invalid by field.
func (s *Service) Create(ctx context.Context, actor access.Actor, agency string, f Form) (c Campaign, err error) {
	f = f.Trimmed()
	err = s.writing(ctx, actor, agency, func(tx Store, agency uuid.UUID) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		c, err = saved(ctx, tx, Campaign{ID: id, AgencyID: agency, Form: f})
		return c, err
	})
	return c, err
}

// Change rewrites what may be written of a campaign; see registry.Revise. Faults: NotFound, Forbidden, stale, Invalid
// by field.
func (s *Service) Change(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(Form) (Form, error)) (c Campaign, err error) {
	err = s.writing(ctx, actor, agency, func(tx Store, agency uuid.UUID) (any, error) {
		old, err := tx.Campaign(ctx, agency, id)
		if err != nil {
			return nil, err
		}
		if old.Form, err = registry.Revise(expected, old.Version, old.Form, change); err != nil {
			return nil, err
		}
		c, err = saved(ctx, tx, old)
		return c, err
	})
	return c, err
}

// saved is the campaign as storage has it after the save.
func saved(ctx context.Context, tx Store, c Campaign) (Campaign, error) {
	if err := tx.SaveCampaign(ctx, c); err != nil {
		return Campaign{}, err
	}
	return tx.Campaign(ctx, c.AgencyID, c.ID)
}

// Campaign gives one campaign.
func (s *Service) Campaign(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (c Campaign, err error) {
	err = s.reading(ctx, actor, agency, func(tx Store, agency uuid.UUID) error {
		c, err = tx.Campaign(ctx, agency, id)
		return err
	})
	return c, err
}

// List lists the agency's campaigns, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (p listing.Page[Campaign], err error) {
	err = s.reading(ctx, actor, agency, func(tx Store, agency uuid.UUID) error {
		p, err = tx.Campaigns(ctx, agency, q)
		return err
	})
	return p, err
}

func (s *Service) writing(ctx context.Context, actor access.Actor, agency string, fn func(tx Store, agency uuid.UUID) (any, error)) error {
	return s.write(ctx, actor.Does(ctx, access.AgreementWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AgreementWrite, agency)
		if err != nil {
			return nil, err
		}
		return fn(tx, ag.ID)
	})
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Store, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Store) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
