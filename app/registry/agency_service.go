package registry

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
)

// AgencyService is what people do with agencies.
type AgencyService struct{ desk desk[AgencyStore] }

// NewAgencyService makes the service over its storage.
func NewAgencyService(write access.Transactor[AgencyStore], read access.Reader[AgencyStore]) *AgencyService {
	return &AgencyService{desk[AgencyStore]{write, read}}
}

// Create founds an agency; only an administrator of the whole government may. Faults: Forbidden, Invalid by field,
// duplicate (its code).
func (s *AgencyService) Create(ctx context.Context, actor access.Actor, f AgencyForm) (a Agency, err error) {
	f = f.Trimmed()
	id, err := uuid.NewV7()
	if err != nil {
		return Agency{}, err
	}
	// No grant names the new agency: only one that holds everywhere reaches it.
	if actor.Can(access.AgencyWrite, id) != nil {
		return Agency{}, fault.With(fault.Forbidden, "forbidden", fault.Args{"verb": string(access.AgencyWrite)})
	}
	if err := f.Check(); err != nil {
		return Agency{}, err
	}
	err = s.desk.write(ctx, actor.Does(ctx, access.AgencyWrite, ""), func(tx AgencyStore) (any, error) {
		a, err = Agency{ID: id}.With(f, false)
		if err != nil {
			return nil, err
		}
		if err := tx.SaveAgency(ctx, a); err != nil {
			return nil, err
		}
		a.Version++
		return a, nil
	})
	return a, err
}

// Change rewrites what may be written of an agency. expected, when given, is the version that the caller has seen.
// Faults: NotFound, Forbidden, stale, Invalid by field, duplicate, agency_in_use.
func (s *AgencyService) Change(ctx context.Context, actor access.Actor, code string, expected *int64, change func(AgencyForm) (AgencyForm, error)) (a Agency, err error) {
	err = s.desk.write(ctx, actor.Does(ctx, access.AgencyWrite, ""), func(tx AgencyStore) (any, error) {
		if a, err = Allowed(ctx, tx, actor, access.AgencyWrite, code); err != nil {
			return nil, err
		}
		f, err := Revise(expected, a.Version, a.Form(), change)
		if err != nil {
			return nil, err
		}
		inUse, err := tx.AgencyInUse(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		if a, err = a.With(f, inUse); err != nil {
			return nil, err
		}
		if err := tx.SaveAgency(ctx, a); err != nil {
			return nil, err
		}
		a.Version++
		return a, nil
	})
	return a, err
}

// Agency gives one agency by its code.
func (s *AgencyService) Agency(ctx context.Context, actor access.Actor, code string) (a Agency, err error) {
	err = s.desk.reading(ctx, actor, func(tx AgencyStore) error {
		a, err = tx.AgencyByCode(ctx, code)
		return err
	})
	return a, err
}

// List lists the government's agencies.
func (s *AgencyService) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Agency], err error) {
	err = s.desk.reading(ctx, actor, func(tx AgencyStore) error {
		p, err = tx.Agencies(ctx, q)
		return err
	})
	return p, err
}
